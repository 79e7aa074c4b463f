//! Short forms in a text: a few by vector instructions, many by an automaton.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use memchr::memmem::Finder;

/// With more forms one pass of an automaton is less work than one for each of them. Making
/// the automaton costs as much as a thousand words, and most texts have a handful of forms.
const MOST_SINGLE: usize = 24;

/// What finds a list of forms in texts.
pub(super) enum FormSearch<'a> {
    /// One search a form.
    Single(Vec<Finder<'a>>),
    /// One search for all of them.
    All(AhoCorasick),
}

impl<'a> FormSearch<'a> {
    /// Of some forms, none of which is empty; `None` if there is none.
    pub(super) fn of(forms: impl ExactSizeIterator<Item = &'a str>) -> Option<Self> {
        if forms.len() <= MOST_SINGLE {
            let finders: Vec<Finder<'_>> = forms.map(Finder::new).collect();
            return (!finders.is_empty()).then_some(FormSearch::Single(finders));
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(forms);
        automaton.ok().map(FormSearch::All)
    }

    /// Every place at which a form stands: start, end and position of the form.
    pub(super) fn each(&self, text: &str, mut found: impl FnMut(usize, usize, usize)) {
        match self {
            FormSearch::Single(finders) => {
                for (at, finder) in finders.iter().enumerate() {
                    let len = finder.needle().len();
                    for start in finder.find_iter(text.as_bytes()) {
                        found(start, start + len, at);
                    }
                }
            }
            FormSearch::All(automaton) => {
                for it in automaton.find_overlapping_iter(text) {
                    found(it.start(), it.end(), it.pattern().as_usize());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_forms_and_many_are_found_alike() {
        let text = "Holm and Ada Holm, then Vane and Holms";
        let few = ["Holm", "Ada", "Vane"];
        let others: Vec<String> = (0..MOST_SINGLE).map(|it| format!("No{it}")).collect();
        let many = few.into_iter().chain(others.iter().map(|it| &**it));
        let many: Vec<&str> = many.collect();
        let found = |search: FormSearch<'_>| {
            let mut places = Vec::new();
            search.each(text, |start, end, at| places.push((start, end, at)));
            places.sort_unstable();
            places
        };
        let few = found(FormSearch::of(few.into_iter()).unwrap());
        assert_eq!(few, [(0, 4, 0), (9, 12, 1), (13, 17, 0), (24, 28, 2), (33, 37, 0)]);
        assert_eq!(few, found(FormSearch::of(many.into_iter()).unwrap()));
        assert!(FormSearch::of([].into_iter()).is_none());
    }
}

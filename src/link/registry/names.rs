//! From a name as registered to the forms in which it may be written.

use crate::link::english;
use crate::link::registry::{Name, NameSort, companies, fold, surnames};
use crate::stub::EntityKind;

/// Abbreviations that are written with and without their period.
const ABBREVIATIONS: [&str; 15] = [
    "Co", "Corp", "Dr", "Ft", "Gen", "Gov", "Inc", "Jr", "Ltd", "Mt", "No", "Rep", "Sen",
    "Sr", "St",
];

/// The forms of a name and the sort of each, without repetition: `US` is also `U.S.`, a
/// person has surnames, `Acme Inc.` is also `Acme`.
pub fn forms(name: &str, sort: &NameSort, kind: EntityKind) -> Vec<(String, Name)> {
    let mut forms = Forms { sort: sort.clone(), found: Vec::new() };
    let name = fold::folded(name);
    let (article, bare) = english::without_article(&name);
    if article == "The " {
        forms.add(&name, Name { article: true, ..Name::new(sort.clone()) });
    }
    let several_words = bare.contains(' ') || is_acronym(bare);
    if article != "The " || several_words {
        forms.add(bare, Name::new(sort.clone()));
    }
    match kind {
        EntityKind::Person => person(bare, &mut forms),
        EntityKind::Organization => company(bare, &mut forms),
        _ => {}
    }
    forms.found
}

/// Without `Jr.`, without middle initials, and by surname.
fn person(name: &str, forms: &mut Forms) {
    let mut core = name;
    if let Some((without, generation)) = surnames::without_generation(name) {
        core = without;
        forms.exact(&format!("{core} {generation}"));
        forms.exact(&format!("{core}, {generation}"));
        forms.short(core, NameSort::WithoutGeneration);
    }
    let words: Vec<&str> = core.split(' ').collect();
    let inner = 1..words.len().max(2) - 1;
    let is_middle = |i: usize| inner.contains(&i) && surnames::is_initial(words[i]);
    let (middle, kept): (Vec<usize>, Vec<usize>) =
        (0..words.len()).partition(|&i| is_middle(i));
    if !middle.is_empty() {
        let joined = |at: &[usize]| at.iter().map(|&i| words[i]).collect::<Vec<_>>().join(" ");
        let initials = joined(&middle).chars().filter(|c| c.is_alphabetic()).collect();
        let bare_initials = core.replace('.', "");
        forms.exact(&bare_initials);
        let sort = NameSort::WithoutInitials { initials };
        forms.short(&joined(&kept), sort);
    }
    // An alias such as `Senator Rubio` has no given name to leave out; its last word is
    // the surname all the same. One such as `the president` has none.
    if !name.starts_with(|c: char| c.is_lowercase()) {
        for surname in surnames::surnames(core) {
            forms.short(surname, NameSort::Surname);
        }
    }
}

/// Without the legal form.
fn company(name: &str, forms: &mut Forms) {
    if let Some((core, form)) = companies::without_form(name) {
        let alone = core.contains(' ') || core.len() > 3 && !english::is_common(core);
        forms.short(core, NameSort::WithoutForm { form, alone });
    }
}

struct Forms {
    sort: NameSort,
    found: Vec<(String, Name)>,
}

impl Forms {
    /// Adds a spelling of the name itself.
    fn exact(&mut self, written: &str) {
        self.add(written, Name::new(self.sort.clone()));
    }

    /// Adds a shortening, valid as long as the name is.
    fn short(&mut self, written: &str, sort: NameSort) {
        let days = match self.sort {
            NameSort::Dated { from, to } => Some((from, to)),
            _ => None,
        };
        self.add(written, Name { days, ..Name::new(sort) });
    }

    fn add(&mut self, written: &str, name: Name) {
        for spelling in spellings(written) {
            let known = self.found.iter().any(|(other, _)| *other == spelling);
            if !known && spelling.chars().nth(1).is_some() && spelling.contains(char::is_alphanumeric) {
                self.found.push((spelling, name.clone()));
            }
        }
    }
}

/// The name as written, then with the periods of its abbreviations turned.
fn spellings(written: &str) -> Vec<String> {
    let turned = |turn: fn(&str) -> String| {
        written.split(' ').map(turn).collect::<Vec<_>>().join(" ")
    };
    vec![written.to_owned(), turned(without_periods), turned(with_periods)]
}

fn without_periods(word: &str) -> String {
    let bare = word.replace('.', "");
    let abbreviates = ABBREVIATIONS.contains(&&*bare) && bare.len() + 1 == word.len();
    let dotted = bare.chars().count() >= 2
        && word.split_terminator('.').all(|part| {
            part.chars().count() == 1 && part.starts_with(char::is_uppercase)
        });
    if abbreviates || dotted { bare } else { word.to_owned() }
}

fn with_periods(word: &str) -> String {
    if ABBREVIATIONS.contains(&word) {
        return format!("{word}.");
    }
    if is_acronym(word) && word.len() <= 5 && word.bytes().all(|b| b.is_ascii_uppercase()) {
        return word.chars().flat_map(|letter| [letter, '.']).collect();
    }
    word.to_owned()
}

/// Whether a name is one word of capitals and at least two of them: `US`, `AT&T`, `G7`.
pub fn is_acronym(name: &str) -> bool {
    let shouts = |c: char| !c.is_lowercase() && c != ' ';
    name.chars().nth(1).is_some()
        && name.chars().all(shouts)
        && name.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_in_several_forms() {
        use EntityKind::{Organization, Person, Place};
        let cases: [(&str, EntityKind, &[&str]); 11] = [
            ("US", Place, &["US", "U.S."]),
            ("U.S. Senate", Place, &["U.S. Senate", "US Senate"]),
            ("St. Louis", Place, &["St. Louis", "St Louis"]),
            ("The Hague", Place, &["The Hague"]),
            ("the Pentagon", Organization, &["Pentagon"]),
            ("The Daily Post", Organization, &["The Daily Post", "Daily Post"]),
            ("Acme Ltd", Organization, &["Acme Ltd", "Acme Ltd.", "Acme"]),
            ("Donald J. Trump", Person, &["Donald J. Trump", "Donald J Trump", "Donald Trump", "Trump"]),
            ("Sammy Fox Jr.", Person, &["Sammy Fox Jr.", "Sammy Fox Jr", "Sammy Fox, Jr.", "Sammy Fox, Jr", "Sammy Fox", "Fox"]),
            ("the president", Person, &["president"]),
            ("X", Organization, &[]),
        ];
        for (name, kind, expected) in cases {
            let forms = forms(name, &NameSort::Primary, kind);
            let written: Vec<&str> = forms.iter().map(|(written, _)| &**written).collect();
            assert_eq!(written, expected, "{name}");
        }
    }
}

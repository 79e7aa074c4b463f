//! Places in a text that links can lead to.

use std::collections::{HashMap, HashSet};

use crate::parse::markdown::body::Body;
use crate::slug::Slug;

/// A place in a text that links can lead to: a heading, or HTML with an `id`.
#[derive(Clone, Debug, PartialEq)]
pub struct Landing {
    /// Its first byte in the file.
    pub at: u32,
    /// Its id on the page.
    pub id: Box<str>,
    /// The id that GitHub gives a heading; empty for HTML.
    pub github: Box<str>,
}

/// Ids, each of which is given out once.
#[derive(Debug, Default)]
pub struct UniqueIds {
    taken: HashSet<String>,
    /// How often each was asked for.
    counts: HashMap<String, u32>,
}

impl UniqueIds {
    /// The id itself if it is free; else the id with a number behind it, the first that is free
    /// from `first` on.
    pub fn free(&mut self, id: &str, first: u32) -> String {
        if self.take(id) {
            return id.to_owned();
        }
        let mut n = *self.counts.get(id).unwrap_or(&first);
        loop {
            let numbered = format!("{id}-{n}");
            n += 1;
            if self.take(&numbered) {
                self.counts.insert(id.to_owned(), n);
                return numbered;
            }
        }
    }

    /// Takes an id if it is free.
    pub fn take(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned())
    }
}

/// The landings of a text as they are gathered.
#[derive(Debug, Default)]
pub(super) struct Landings {
    pub(super) found: Vec<Landing>,
    ids: UniqueIds,
    github: UniqueIds,
    /// The heading being walked: its first byte and its words so far.
    heading: Option<(u32, String)>,
}

impl Landings {
    pub(super) fn begin_heading(&mut self, at: u32) {
        self.heading = Some((at, String::new()));
    }

    /// Words that may be a heading's.
    pub(super) fn words(&mut self, words: &str) {
        if let Some((_, heading)) = &mut self.heading {
            heading.push_str(words);
        }
    }

    pub(super) fn end_heading(&mut self) {
        let Some((at, words)) = self.heading.take() else { return };
        let slug = Slug::from_title(&words);
        let slug = slug.as_ref().map_or("section", Slug::as_str);
        let id = self.ids.free(&format!("h-{slug}"), 2).into();
        // GitHub numbers the second of two headings 1.
        let github = self.github.free(&github_id(&words), 1).into();
        self.found.push(Landing { at, id, github });
    }

    /// Takes the id of an HTML element; `false` if it is taken, or kept for the page's own.
    pub(super) fn html(&mut self, at: u32, id: &str) -> bool {
        let is_free = !id.is_empty() && !is_kept(id) && self.ids.take(id);
        if is_free {
            self.found.push(Landing { at, id: id.into(), github: "".into() });
        }
        is_free
    }
}

/// Whether the page itself may use an id: the theme for its own parts (`dl-`, `body`), a text
/// for headings, mentions, notes and references to them.
fn is_kept(id: &str) -> bool {
    let kept = ["dl-", "h-", "m-", "note-", "ref-"];
    id == "body"
        || kept.iter().any(|it| id.starts_with(it))
        || id.contains(char::is_whitespace)
}

/// The id that GitHub gives a heading: lower case, signs left out, hyphens for spaces.
fn github_id(words: &str) -> String {
    let is_kept = |c: &char| {
        c.is_alphanumeric()
            || matches!(c, ' ' | '-' | '_')
            || unicode_normalization::char::is_combining_mark(*c)
    };
    let lower = words.trim().chars().flat_map(char::to_lowercase);
    lower.filter(is_kept).map(|c| if c == ' ' { '-' } else { c }).collect()
}

impl Body {
    /// The id on the page that `#fragment` leads to: of HTML, of a note (`#note-x`, `#fn-x`),
    /// or of a heading in our spelling, in GitHub's, or with its words as in the text.
    pub fn landing(&self, fragment: &str) -> Option<Box<str>> {
        // Browsers go to the top of the page for both (WHATWG HTML, "select the indicated part").
        if matches!(fragment, "" | "top") {
            return Some(fragment.into());
        }
        if let Some(same) = self.landings.iter().find(|it| *it.id == *fragment) {
            return Some(same.id.clone());
        }
        let note =
            ["note-", "fn-", "fn:"].iter().find_map(|it| fragment.strip_prefix(it));
        if let Some(at) = note.and_then(|note| self.annotation_of(note)) {
            return Some(format!("note-{}", self.annotations[at].id).into());
        }
        let headings = || self.landings.iter().filter(|it| it.id.starts_with("h-"));
        let lower = fragment.to_lowercase();
        let github = headings().find(|it| *it.github == *lower);
        let slug = Slug::from_title(fragment);
        let slug = slug.as_ref().map(Slug::as_str);
        let near = || headings().find(|it| it.id.get(2..) == slug);
        github.or_else(near).map(|it| it.id.clone())
    }

    /// The position of an annotation that is shown, by its id or its name.
    fn annotation_of(&self, note: &str) -> Option<usize> {
        let at = self.annotations.iter().position(|it| *it.id == *note);
        let at =
            at.or_else(|| self.annotations.iter().position(|it| *it.label == *note))?;
        self.annotations[at].is_shown.then_some(at)
    }

    /// The id of the heading or HTML that begins at a byte of the file.
    pub fn landing_at(&self, at: u32) -> Option<&str> {
        let found = self.landings.binary_search_by_key(&at, |it| it.at).ok()?;
        Some(&self.landings[found].id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_stands_once_whatever_is_asked_for() {
        let mut ids = UniqueIds::default();
        let asked = ["a", "a", "a-2", "a", "a-2-2", "a-2"];
        let given: Vec<_> = asked.iter().map(|it| ids.free(it, 2)).collect();
        assert_eq!(given, ["a", "a-2", "a-2-2", "a-3", "a-2-2-2", "a-2-3"]);
    }

    #[test]
    fn ids_of_headings_are_those_that_github_gives() {
        let cases = [
            ("Night desk", "night-desk"),
            ("Über uns!", "über-uns"),
            ("What's new_in 2.0?", "whats-new_in-20"),
            ("a  b", "a--b"),
        ];
        for (words, expected) in cases {
            assert_eq!(github_id(words), expected, "{words}");
        }
    }
}

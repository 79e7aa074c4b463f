//! The name that was probably meant.

use std::collections::{BTreeSet, HashMap};

use crate::span::narrow;

/// How many names are measured against a misspelt one at most. More than that, and a book
/// full of unknown names would cost names times entities.
const MAX_MEASURED: usize = 256;

/// The candidate nearest to `name`, if it is near enough to be meant. Looks at every
/// candidate: for many of them see [`Spellings`].
pub fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let name = name.to_lowercase();
    let n_chars = name.chars().count();
    let limit = 1 + n_chars / 4;
    let is_of_a_length = |it: &&str| it.chars().count().abs_diff(n_chars) <= limit;
    let distance =
        |candidate: &str| strsim::osa_distance(&name, &candidate.to_lowercase());
    candidates
        .into_iter()
        .filter(is_of_a_length)
        .map(|candidate| (distance(candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// How many letters are wrong, missing, too many or changed about between two names, whatever
/// their capitals.
pub fn edits_between(a: &str, b: &str) -> usize {
    strsim::osa_distance(&a.to_lowercase(), &b.to_lowercase())
}

/// Whether a misspelt name can only be `near`, one of `all`: a letter wrong, or two in a long
/// word, and no other as near.
pub fn is_surely(name: &str, near: &str, all: &[&str]) -> bool {
    let distance = |it: &str| strsim::osa_distance(&name.to_lowercase(), it);
    let most = if name.chars().count() < 7 { 1 } else { 2 };
    let n_chars = name.chars().count();
    n_chars >= 3
        && distance(near) <= most
        && all.iter().filter(|it| distance(it) <= most).count() == 1
}

/// Many names, so kept that the nearest to one is found without a look at all of them.
#[derive(Clone, Debug, Default)]
pub struct Spellings {
    names: Vec<Box<str>>,
    /// The names in which two letters stand side by side.
    by_pair: HashMap<[char; 2], Vec<u32>>,
}

impl Spellings {
    /// The spellings of some names.
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Spellings {
        let mut spellings = Spellings::default();
        for name in names {
            let at = narrow(spellings.names.len());
            for pair in pairs(name) {
                spellings.by_pair.entry(pair).or_default().push(at);
            }
            spellings.names.push(name.into());
        }
        spellings
    }

    /// The name nearest to one that is none of them, if it is near enough to be meant.
    ///
    /// Only names that share two letters in a row with it are measured, those first that
    /// share the rarest: what a slip of the pen leaves of a name is rare as well.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        let mut found: Vec<&Vec<u32>> =
            pairs(name).iter().filter_map(|pair| self.by_pair.get(pair)).collect();
        found.sort_by_key(|it| it.len());
        let n_chars = name.chars().count();
        let mut near = BTreeSet::new();
        let holders = found.into_iter().flatten().take(MAX_MEASURED * 16);
        for at in holders {
            let candidate = &*self.names[*at as usize];
            if candidate.chars().count().abs_diff(n_chars) <= 1 + n_chars / 4 {
                near.insert(candidate);
            }
            if near.len() == MAX_MEASURED {
                break;
            }
        }
        nearest(name, near)
    }
}

/// Every two letters of a name that stand side by side, in lower case.
fn pairs(name: &str) -> BTreeSet<[char; 2]> {
    let letters: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
    letters.windows(2).map(|it| [it[0], it[1]]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_near() {
        let cases = [
            ("titel", Some("title")),
            ("datum", Some("date")),
            ("byline", None),
            ("tags", Some("tags")),
            ("", None),
        ];
        let spellings = Spellings::of(["title", "date", "tags"]);
        for (name, expected) in cases {
            assert_eq!(nearest(name, ["title", "date", "tags"]), expected, "{name:?}");
            assert_eq!(spellings.nearest(name), expected, "{name:?}");
        }
    }

    #[test]
    fn only_a_small_slip_is_certain() {
        let keys = ["title", "date", "updated", "summary", "storylines", "by"];
        let cases = [
            ("titel", "title", true),
            ("datum", "date", false),
            ("time", "title", false),
            ("storyline", "storylines", true),
            ("sumary", "summary", true),
            ("bi", "by", false),
        ];
        for (name, near, expected) in cases {
            assert_eq!(is_surely(name, near, &keys), expected, "{name}");
        }
        assert!(!is_surely("form", "for", &["for", "from"]));
    }

    #[test]
    fn one_name_of_many_is_found_by_what_is_rare_in_it() {
        let names: Vec<String> = (0..20_000)
            .map(|n| format!("Sample Person {}", n * 7919 % 100_003))
            .collect();
        let spellings = Spellings::of(
            names.iter().map(String::as_str).chain(["Quentin Zabrowski", "Ada Holm"]),
        );
        assert_eq!(spellings.nearest("Quentin Zabrovski"), Some("Quentin Zabrowski"));
        assert_eq!(spellings.nearest("ada hlom"), Some("Ada Holm"));
        assert_eq!(spellings.nearest("Nobody At All"), None);
    }
}

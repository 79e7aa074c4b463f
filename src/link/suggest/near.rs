//! Names in running text that are an entity's but for a slip of the pen.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, edits_between};
use crate::language::Names;
use crate::link::edition::Edition;
use crate::link::near_names::nearly;
use crate::link::suggest::sightings::Sightings;
use crate::link::texts::TextIdx;
use crate::parallel;

/// A name that stands more often is somebody's own.
const MOST_PLACES: usize = 2;

/// Reports each name of a text that is a letter away from one of the registry.
///
/// Only names of several words are compared, for one word is soon another one, and only
/// those that hardly ever stand anywhere: what is written often is written so on purpose.
pub fn near_names(edition: &Edition) -> Vec<Diagnostic> {
    let all: Vec<TextIdx> = edition.texts.all().collect();
    let seen = parallel::map(&all, |idx| {
        let mut names = Sightings::names_of(edition, *idx);
        names.retain(|it| it.name.contains(' '));
        names
    });
    let mut places: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for (idx, names) in all.iter().zip(&seen) {
        for it in names {
            places.entry(&it.name).or_default().push((*idx, it.place()));
        }
    }
    places.retain(|_, it| it.len() <= MOST_PLACES);
    let mut found = Vec::new();
    for (name, places) in places {
        let near = edition.registry.nearest(name).filter(|near| is_slip(name, near));
        let Some(near) = near else { continue };
        for (idx, at) in places {
            found.push(nearly(name, near, edition.document(idx).span(at)));
        }
    }
    found
}

/// Whether a name is another one with a letter wrong, missing or too many, or with two of
/// them changed about, inside one of its words.
fn is_slip(name: &str, near: &str) -> bool {
    let words = || name.split(' ').zip(near.split(' '));
    if name.split(' ').count() != near.split(' ').count()
        || edits_between(name, near) != 1
    {
        return false;
    }
    let mut different = words().filter(|(a, b)| a != b);
    let (Some((a, b)), None) = (different.next(), different.next()) else { return false };
    let is_long = a.chars().count().min(b.chars().count()) >= 4;
    let begins_alike = a.chars().next() == b.chars().next();
    // `Holms` may be the plural, `Harbour` another spelling, `Jon` another person than Jan.
    let is_ending = a.starts_with(b) || b.starts_with(a);
    let given = &Names::table().given_names;
    let is_given = given.has(a) && given.has(b);
    let has_digit = a.contains(|c: char| c.is_ascii_digit());
    is_long && begins_alike && !is_ending && !is_given && !has_digit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_from_another_name() {
        let cases = [
            ("Claudia Shienbaum", "Claudia Sheinbaum", true),
            ("Marco Rubbio", "Marco Rubio", true),
            ("Ministry of Defence", "Ministry of Defense", true),
            ("Ana Holm", "Ada Holm", false),
            ("Maria Holm", "Marie Holm", false),
            ("Ada Holms", "Ada Holm", false),
            ("Boeing 747", "Boeing 737", false),
            ("Ada Bolm", "Ada Holm", false),
            ("Ada Vane", "Ada Holm", false),
        ];
        for (name, near, expected) in cases {
            assert_eq!(is_slip(name, near), expected, "{name}");
        }
    }
}

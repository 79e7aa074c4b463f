//! Who is in a text for sure, and from where on.

use std::collections::BTreeMap;

use crate::link::mentions::scan::Scanned;
use crate::link::mentions::terms::{Candidate, Context};
use crate::link::registry::{EntityIdx, Registry};
use crate::span::floor;

/// Who is in a text for sure.
pub(super) struct Evidence {
    /// By full name or by hand, each with the place from which on.
    pub(super) present: BTreeMap<EntityIdx, Place>,
    /// Acronyms given in parentheses: the letters, whose they are, and from where on.
    pub(super) acronyms: Vec<(String, EntityIdx, Place)>,
}

/// A passage and a byte in it.
pub(super) type Place = (u32, usize);

impl Evidence {
    /// Reads the evidence of a text.
    pub(super) fn collect(
        registry: &Registry,
        scanned: &Scanned<'_>,
        context: &Context<'_>,
    ) -> Evidence {
        let written = context.written.iter().map(|it| (*it, (0, 0)));
        let mut evidence = Evidence { present: written.collect(), acronyms: Vec::new() };
        let mut order: Vec<&Candidate> = scanned.candidates.iter().collect();
        order.sort_by_key(|it| (it.passage, it.start, std::cmp::Reverse(it.end)));
        // The longest reach so far: what lies within it is part of a longer name.
        let mut reach = (u32::MAX, 0, 0);
        for it in order {
            let is_covered = reach.0 == it.passage
                && (it.end < reach.2 || it.end == reach.2 && reach.1 < it.start);
            if is_covered {
                continue;
            }
            if reach.0 != it.passage || reach.2 < it.end {
                reach = (it.passage, it.start, it.end);
            }
            let [entity] = it.holders.as_slice() else { continue };
            if it.is_full {
                let place = (it.passage, it.end);
                let first = evidence.present.entry(*entity).or_insert(place);
                *first = place.min(*first);
            }
            let text = scanned.text(it.passage);
            if let Some((acronym, end)) = acronym_after(registry, *entity, text, it) {
                evidence.acronyms.push((acronym, *entity, (it.passage, end)));
            }
        }
        evidence
    }

    /// Those of some entities, which are in order, that are in the text for sure.
    pub(super) fn among(&self, entities: &[EntityIdx]) -> Vec<EntityIdx> {
        if entities.len() <= self.present.len() {
            let is_present = |it: &&EntityIdx| self.present.contains_key(it);
            return entities.iter().filter(is_present).copied().collect();
        }
        let is_one = |it: &&EntityIdx| entities.binary_search(it).is_ok();
        self.present.keys().filter(is_one).copied().collect()
    }
}

/// The acronym in parentheses right behind a name, and where it ends: the initials of the
/// name's capitalized words, or one of its aliases.
fn acronym_after(
    registry: &Registry,
    entity: EntityIdx,
    text: &str,
    it: &Candidate,
) -> Option<(String, usize)> {
    let rest = text[it.end..].strip_prefix(" (")?;
    let near = floor(rest, 20);
    let acronym = &rest[..rest[..near].find(')')?];
    let is_acronym = (2..=8).contains(&acronym.len())
        && acronym.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '&' | '-'));
    let name = &text[it.start..it.end];
    let initials = |only_capitals: bool| -> String {
        let words = name.split([' ', '-']).filter_map(|word| word.chars().next());
        words
            .filter(|c| !only_capitals || c.is_uppercase())
            .flat_map(char::to_uppercase)
            .collect()
    };
    let letters: String = acronym.chars().filter(|c| c.is_alphabetic()).collect();
    let is_alias =
        registry.entity(entity).aliases.iter().any(|alias| &**alias == acronym);
    let fits = is_alias || letters == initials(true) || letters == initials(false);
    (is_acronym && name.contains(' ') && fits).then(|| (acronym.to_owned(), it.end + 2))
}

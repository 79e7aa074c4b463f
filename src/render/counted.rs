//! Things with a number beside them: entities with their briefs, months, kinds.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::link::registry::EntityIdx;
use crate::link::texts::LinkedBrief;
use crate::render::here::Here;
use crate::render::view::Counted;
use crate::span::narrow;

/// A number of things as a view has it.
pub(super) fn count(n: usize) -> u32 {
    narrow(n)
}

/// The state of an item in a list of links: whether the page is its own.
pub(super) fn state(is_current: bool) -> String {
    if is_current { "current".to_owned() } else { String::new() }
}

/// The entities that some briefs mention and how many of these do, most often first; on a
/// tie in the order of the registry.
pub(super) fn most_named<'a>(
    briefs: impl Iterator<Item = &'a LinkedBrief>,
) -> Vec<(EntityIdx, u32)> {
    let mut counts: BTreeMap<EntityIdx, u32> = BTreeMap::new();
    for (entity, _) in briefs.flat_map(|it| &it.entities) {
        *counts.entry(*entity).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(entity, n)| (Reverse(*n), *entity));
    counts
}

/// An entity and a number of briefs.
pub(super) fn entity(here: &Here<'_>, entity: EntityIdx, count: u32) -> Counted {
    let link = here.entity(here.edition.entity(entity));
    Counted { label: link.label, href: link.href, count, state: String::new() }
}

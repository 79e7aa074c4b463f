//! Related briefs: those that share entities, rare ones weighing more.

use crate::link::edition::Edition;
use crate::link::registry::EntityIdx;
use crate::link::texts::BriefIdx;

/// How many briefs of an entity are looked at, half of them newer and half older than the
/// brief in question. Bounds the cost of a brief to entities times this, whatever the size
/// of the archive; what lies further away shares little but the name.
const NEIGHBORS: usize = 48;

/// A related brief and the names that tie it.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// The brief.
    pub brief: BriefIdx,
    /// The entities both mention, the rarest first.
    pub shared: Vec<EntityIdx>,
}

/// The briefs most closely tied to one, the closest first; on a tie the newer first.
///
/// An entity that `n` of all `N` briefs mention weighs `ln(1 + N / n)` (inverse document
/// frequency; Spärck Jones, 1972).
pub fn related(edition: &Edition, of: BriefIdx, most: usize) -> Vec<Related> {
    let entities = &edition.brief(of).entities;
    let mut names: Vec<(f64, EntityIdx)> =
        entities.iter().map(|(entity, _)| (weight(edition, *entity), *entity)).collect();
    names.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    // A brief and the position of a name that ties it: the rarest of a brief comes first.
    let mut ties: Vec<(BriefIdx, u32)> = Vec::with_capacity(names.len() * NEIGHBORS);
    for (rank, (_, entity)) in (0..).zip(&names) {
        let briefs = &edition.entity(*entity).briefs;
        let here = briefs.partition_point(|brief| *brief < of);
        let from = here.saturating_sub(NEIGHBORS / 2);
        let to = (from + NEIGHBORS + 1).min(briefs.len());
        let others = briefs[from..to].iter().filter(|brief| **brief != of);
        ties.extend(others.map(|brief| (*brief, rank)));
    }
    ties.sort_unstable();
    let name = |(_, rank): &(BriefIdx, u32)| names[*rank as usize];
    let mut scored: Vec<(f64, &[(BriefIdx, u32)])> = ties
        .chunk_by(|a, b| a.0 == b.0)
        .map(|tie| (tie.iter().map(|it| name(it).0).sum(), tie))
        .collect();
    let closest_first = |a: &(f64, &[(BriefIdx, u32)]), b: &(f64, &[(BriefIdx, u32)])| {
        b.0.total_cmp(&a.0).then(a.1[0].0.cmp(&b.1[0].0))
    };
    if most < scored.len() {
        scored.select_nth_unstable_by(most, closest_first);
        scored.truncate(most);
    }
    scored.sort_unstable_by(closest_first);
    let related = |(_, tie): (f64, &[(BriefIdx, u32)])| Related {
        brief: tie[0].0,
        shared: tie.iter().map(|it| name(it).1).collect(),
    };
    scored.into_iter().map(related).collect()
}

/// How much it says that two briefs share the entity.
#[expect(clippy::cast_precision_loss, reason = "counts of briefs are far below 2^52")]
fn weight(edition: &Edition, entity: EntityIdx) -> f64 {
    let n_with = edition.entity(entity).briefs.len().max(1);
    (1.0 + edition.briefs.len() as f64 / n_with as f64).ln()
}

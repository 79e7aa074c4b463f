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

/// An entity of the brief in question and how much it says that another mentions it, too.
#[derive(Clone, Copy)]
struct Weighed {
    weight: f64,
    entity: EntityIdx,
}

/// Another brief that mentions one of the entities. Ordered by brief, then by rank.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Tie {
    brief: BriefIdx,
    /// The entity, as a position in the list that has the rarest first.
    rank: u32,
}

/// The briefs most closely tied to one, the closest first; on a tie the newer first.
///
/// An entity that `n` of all `N` briefs mention weighs `ln(1 + N / n)` (inverse document
/// frequency; Spärck Jones, 1972).
pub fn related(edition: &Edition, of: BriefIdx, most: usize) -> Vec<Related> {
    let weighed = weighed(edition, of);
    // The ties of all briefs in one list that is sorted once: a map from brief to ties would
    // allocate for each of them, and this runs for every page of a brief.
    let mut ties: Vec<Tie> = Vec::with_capacity(weighed.len() * NEIGHBORS);
    for (rank, Weighed { entity, .. }) in (0..).zip(&weighed) {
        let briefs = &edition.entity(*entity).briefs.named;
        let here = briefs.partition_point(|brief| *brief < of);
        let from = here.saturating_sub(NEIGHBORS / 2);
        let to = (from + NEIGHBORS + 1).min(briefs.len());
        let others = briefs[from..to].iter().filter(|brief| **brief != of);
        ties.extend(others.map(|brief| Tie { brief: *brief, rank }));
    }
    ties.sort_unstable();
    let name = |tie: &Tie| weighed[tie.rank as usize];
    let mut scored: Vec<(f64, &[Tie])> = ties
        .chunk_by(|a, b| a.brief == b.brief)
        .map(|ties| (ties.iter().map(|it| name(it).weight).sum(), ties))
        .collect();
    let closest_first = |(score_a, a): &(f64, &[Tie]), (score_b, b): &(f64, &[Tie])| {
        score_b.total_cmp(score_a).then(a[0].brief.cmp(&b[0].brief))
    };
    // Hundreds are scored and a handful is shown: those are found without sorting the rest.
    if most < scored.len() {
        scored.select_nth_unstable_by(most, closest_first);
        scored.truncate(most);
    }
    scored.sort_unstable_by(closest_first);
    let related = |(_, ties): (f64, &[Tie])| Related {
        brief: ties[0].brief,
        shared: ties.iter().map(|it| name(it).entity).collect(),
    };
    scored.into_iter().map(related).collect()
}

/// The entities of a brief, the rarest first.
fn weighed(edition: &Edition, of: BriefIdx) -> Vec<Weighed> {
    let entities = edition.brief(of).entities.iter();
    let mut weighed: Vec<Weighed> = entities
        .map(|(entity, _)| Weighed { weight: weight(edition, *entity), entity: *entity })
        .collect();
    weighed.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.entity.cmp(&b.entity)));
    weighed
}

/// How much it says that two briefs share the entity.
#[expect(clippy::cast_precision_loss, reason = "counts of briefs are far below 2^52")]
fn weight(edition: &Edition, entity: EntityIdx) -> f64 {
    let n_with = edition.entity(entity).briefs.named.len().max(1);
    (1.0 + edition.briefs.len() as f64 / n_with as f64).ln()
}

//! A made-up book of any size, the same bytes for ever.
//!
//! Every brief depends on its number and on the number of entities alone, so a book of 1,000
//! briefs begins a book of 10,000 that has as many entities. Whole numbers only: no machine
//! rounds otherwise. A brief has 180 to 430 words
//! (one in a hundred has more) and names 3 to 12 entities; the entity of
//! rank r is drawn with weight 1 / (r + 10), so that the first is in a tenth of all briefs.

pub(crate) mod book;
pub(crate) mod brief;
pub(crate) mod entity;

mod random;
mod words;

use crate::corpus::entity::{Entity, Kind};

/// Everybody and everything the briefs are about.
#[derive(Debug)]
pub(crate) struct Cast {
    pub(crate) entities: Vec<Entity>,
    /// Sums of weights, by which entities are drawn.
    sums: Vec<u64>,
    /// Positions of persons and of places.
    persons: Vec<usize>,
    places: Vec<usize>,
}

impl Cast {
    /// As many entities. At least a dozen are made, so that each kind is among them.
    pub(crate) fn new(n_entities: usize) -> Cast {
        let entities = entity::entities(n_entities.max(12));
        let mut sum = 0;
        let weights = (0..entities.len() as u64).map(|rank| 1_000_000_000 / (rank + 10));
        let sums = weights
            .map(|weight| {
                sum += weight;
                sum
            })
            .collect();
        let of = |kind: Kind| {
            let all = entities.iter().enumerate();
            all.filter(|(_, it)| it.kind == kind).map(|(at, _)| at).collect()
        };
        let (persons, places) = (of(Kind::Person), of(Kind::Place));
        Cast { entities, sums, persons, places }
    }

    /// How many storylines the book has.
    pub(crate) fn n_storylines(&self) -> usize {
        (self.entities.len() / 20).max(2)
    }

    fn draw(&self, random: &mut random::Random) -> usize {
        let total = usize::try_from(self.sums[self.sums.len() - 1]).expect("64 bits");
        let at = random.below(total) as u64;
        self.sums.partition_point(|sum| *sum <= at)
    }
}

/// Entities for a book of so many briefs, as archives tend to have them.
pub(crate) fn usual_entities(n_briefs: usize) -> usize {
    match n_briefs {
        0..5_000 => (n_briefs / 5).max(12),
        5_000..50_000 => n_briefs / 10,
        _ => n_briefs / 20,
    }
}

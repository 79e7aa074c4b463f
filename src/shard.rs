//! One site built by many machines: which pages are whose, and what a part says of itself.

pub mod engine;
pub mod fingerprint;
pub mod list;

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt;
use std::str::FromStr;

use crate::link::edition::Edition;
use crate::outline::kind::Page;

/// How many parts a site may have at most.
pub const MAX_SHARDS: u32 = 10_000;

/// One of several parts of a site, from 1: `2/7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    index: u32,
    of: u32,
}

impl Shard {
    /// The part at `index`, which counts from 1, of `of` parts. The error says what is wrong.
    pub fn new(index: u32, of: u32) -> Result<Shard, String> {
        if of == 0 || of > MAX_SHARDS {
            return Err(format!("a site has from 1 to {MAX_SHARDS} parts, not {of}"));
        }
        if index == 0 || index > of {
            return Err(format!(
                "the parts of {of} are numbered from 1 to {of}, not {index}"
            ));
        }
        Ok(Shard { index, of })
    }

    /// Which part it is, from 1.
    pub fn index(self) -> u32 {
        self.index
    }

    /// How many parts there are.
    pub fn of(self) -> u32 {
        self.of
    }

    /// The pages of this part, in the order of the outline. Every page is in exactly one
    /// part, and every machine deals alike.
    ///
    /// The costliest pages are dealt first, each to the part that has the least to do: so
    /// the parts differ by no more than the cheapest pages cost.
    pub fn pages<'a>(self, edition: &Edition, outline: &'a [Page]) -> Vec<&'a Page> {
        let mut costs: Vec<(Reverse<u64>, usize)> = outline
            .iter()
            .map(|page| Reverse(page.kind.cost(edition, outline.len()) + WRITING))
            .zip(0..)
            .collect();
        costs.sort_unstable();
        let mut loads: BinaryHeap<Reverse<(u64, u32)>> =
            (1..=self.of).map(|index| Reverse((0, index))).collect();
        let mut mine = Vec::with_capacity(outline.len() / self.of as usize + 1);
        for (Reverse(cost), at) in costs {
            let Some(mut least) = loads.peek_mut() else { break };
            let Reverse((load, index)) = *least;
            *least = Reverse((load + cost, index));
            if index == self.index {
                mine.push(at);
            }
        }
        mine.sort_unstable();
        mine.into_iter().map(|at| &outline[at]).collect()
    }
}

/// Comparing a page with what lies there, or writing it, in microseconds.
const WRITING: u64 = 20;

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Shard, String> {
        let numbers = text
            .split_once('/')
            .and_then(|(index, of)| Some((number(index)?, number(of)?)));
        match numbers {
            Some((index, of)) => Shard::new(index, of),
            None => Err(format!(
                "`{text}` is not a part: write `2/7` for the second of seven"
            )),
        }
    }
}

/// A number of digits alone, without a sign.
fn number(text: &str) -> Option<u32> {
    text.bytes().all(|it| it.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_two_numbers_and_a_slash() {
        let good = Shard::new(2, 7).unwrap();
        assert_eq!("2/7".parse(), Ok(good));
        assert_eq!(good.to_string(), "2/7");
        for text in
            ["", "2", "/", "0/7", "8/7", "1/0", "1/10001", "-1/7", "+1/7", "1/7/7"]
        {
            assert!(text.parse::<Shard>().is_err(), "{text:?}");
        }
        for text in ["1 /7", "١/٧", "1/99999999999", "0x1/7", "a/b"] {
            assert!(text.parse::<Shard>().is_err(), "{text:?}");
        }
    }
}

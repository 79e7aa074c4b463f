//! Finding mentions: a closed registry and rules, no model.
//!
//! Five steps, each of which takes time with the text and not with its square. *Scan*: one
//! pass of the automaton gives every place where a name stands. *Guard*: places that are
//! part of an address, a date, a longer word or an unknown longer name are refused.
//! *Evidence*: who is in the text by full name. *Short forms*: the surnames and acronyms
//! that follow from that. *Resolve*: the longest at each place; a shared name goes to whom
//! the text shows, else to nobody.

mod address;
mod bounds;
mod case;
mod common;
mod endings;
mod evidence;
mod initials;
mod longer;
mod nested;
mod plain;
mod refusal;
mod resolve;
mod rule;
mod scan;
mod search;
mod segments;
mod short;
mod shouting;
mod view;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::language::Language;
use crate::link::registry::{EntityIdx, Registry};
use evidence::Evidence;
pub use plain::passages_of_plain;
pub use refusal::Refusal;
pub use rule::{MentionRule, RulesOff};
use scan::Scanned;

/// What a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassageKind {
    /// Running text.
    Text,
    /// A heading, in which capitals mean little.
    Heading,
    /// Words beside the running text: a summary, a caption, the words of a link.
    Aside,
}

/// One block of running text: markup removed, U+FFFC where something stands that no name
/// can cross.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'a> {
    /// The text.
    pub text: &'a str,
    /// What it is.
    pub kind: PassageKind,
    /// The bytes that are dates for sure, in order: `May 2019` is not Theresa May.
    pub dates: &'a [Range<u32>],
}

/// What a name means where it was settled by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// This entity.
    Entity(EntityIdx),
    /// Nobody: it is not linked.
    None,
}

/// What is known before a text is read.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The day of the brief, for names that hold for a time.
    pub date: Option<Date>,
    /// What the program knows of the text's language.
    pub language: &'static Language,
    /// What names mean in this text.
    pub settled: &'a BTreeMap<Box<str>, Meaning>,
    /// The rules that the book turned off.
    pub rules_off: &'a RulesOff,
    /// The entities linked by hand, which are in the text for sure.
    pub written: &'a [EntityIdx],
}

/// What was found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Names, in the order of the text, without overlap.
    pub mentions: Vec<Mention>,
    /// Names that could be several entities', each once, where it stands first.
    pub ambiguous: Vec<Ambiguous>,
    /// Names that stand in the text and are not mentions, in no order.
    pub refused: Vec<Refused>,
}

/// A name and whose it is. Bytes of the passage's text; a possessive ending is not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The passage, as a position.
    pub passage: u32,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Whose name it is.
    pub entity: EntityIdx,
    /// How it was found.
    pub rule: MentionRule,
}

/// A name that could be several entities'.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ambiguous {
    /// The name, with its capitals.
    pub name: Box<str>,
    /// The passage, as a position.
    pub passage: u32,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Whose it could be, by position.
    pub candidates: Arc<[EntityIdx]>,
    /// How often it stands in the text.
    pub count: u32,
}

/// A name that stands in a text and is not a mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The passage, as a position.
    pub passage: u32,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Why.
    pub why: Refusal,
}

/// A place where a name stands, in folded bytes of its passage, and whose it may be.
#[derive(Clone, Debug)]
struct Candidate {
    passage: u32,
    start: usize,
    end: usize,
    rule: MentionRule,
    holders: Holders,
    /// Whether it is surely the full name of its entity.
    is_full: bool,
    /// What goes first of two in one place.
    weight: Weight,
}

/// What goes first of two names of equal length, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// What the registry says.
    Registered,
    /// An acronym that the text itself explains.
    Explained,
    /// What the front matter settles.
    Settled,
}

/// Whose a name may be. Most have one holder, and take no memory beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Holders {
    /// Nobody's: it was settled so.
    Nobody,
    /// One entity's.
    One(EntityIdx),
    /// Several entities', by position.
    Several(Arc<[EntityIdx]>),
}

impl Holders {
    /// Of entities in order.
    fn of(entities: &[EntityIdx]) -> Holders {
        match entities {
            [] => Holders::Nobody,
            [only] => Holders::One(*only),
            several => Holders::Several(several.into()),
        }
    }

    fn as_slice(&self) -> &[EntityIdx] {
        match self {
            Holders::Nobody => &[],
            Holders::One(only) => std::slice::from_ref(only),
            Holders::Several(several) => several,
        }
    }

    /// Whether all of some holders are so.
    fn all(&self, is_so: impl Fn(EntityIdx) -> bool) -> bool {
        self.as_slice().iter().all(|it| is_so(*it))
    }
}

/// Finds the names in a text.
pub fn find(
    registry: &Registry,
    passages: &[Passage<'_>],
    context: &Context<'_>,
) -> Found {
    let mut scanned = Scanned::of(registry, passages, context);
    common::drop_sentence_starts(context, &mut scanned);
    let evidence = Evidence::collect(registry, &scanned, context);
    short::add(registry, &evidence, context, &mut scanned);
    resolve::settle(context, &mut scanned);
    resolve::resolve(scanned, &evidence)
}

#[cfg(test)]
mod tests;

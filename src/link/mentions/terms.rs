//! What finding names starts from, and what it comes to.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::language::Language;
use crate::link::mentions::refusal::NameRefusal;
use crate::link::mentions::rule::{MentionRule, RulesOff};
use crate::link::registry::EntityIdx;

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
pub struct SearchedPassage<'a> {
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
pub struct FoundNames {
    /// Names, in the order of the text, without overlap.
    pub mentions: Vec<Mention>,
    /// Names that could be several entities', each once, where it stands first.
    pub ambiguous: Vec<Ambiguous>,
    /// Names that stand in the text and are not mentions, in no order.
    pub refused: Vec<RefusedName>,
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
pub struct RefusedName {
    /// The passage, as a position.
    pub passage: u32,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Why.
    pub why: NameRefusal,
}

/// A place where a name stands, in folded bytes of its passage, and whose it may be.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) passage: u32,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) rule: MentionRule,
    pub(super) holders: Holders,
    /// Whether it is surely the full name of its entity.
    pub(super) is_full: bool,
    /// What goes first of two in one place.
    pub(super) weight: Weight,
}

/// What goes first of two names of equal length, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// What the registry says.
    Registered,
    /// An acronym that the text itself explains.
    Explained,
    /// What the front matter settles.
    Settled,
}

/// Whose a name may be. Most have one holder, and take no memory beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holders {
    /// Nobody's: it was settled so.
    Nobody,
    /// One entity's.
    One(EntityIdx),
    /// Several entities', by position.
    Several(Arc<[EntityIdx]>),
}

impl Holders {
    /// Of entities in order.
    pub(super) fn of(entities: &[EntityIdx]) -> Holders {
        match entities {
            [] => Holders::Nobody,
            [only] => Holders::One(*only),
            several => Holders::Several(several.into()),
        }
    }

    pub(super) fn as_slice(&self) -> &[EntityIdx] {
        match self {
            Holders::Nobody => &[],
            Holders::One(only) => std::slice::from_ref(only),
            Holders::Several(several) => several,
        }
    }

    /// Whether all of some holders are so.
    pub(super) fn all(&self, is_so: impl Fn(EntityIdx) -> bool) -> bool {
        self.as_slice().iter().all(|it| is_so(*it))
    }
}

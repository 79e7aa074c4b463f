//! A claim as it stands: the sentence, what parties did with it, what the desk found.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;

use crate::date::PartialDate;
use crate::link::registry::EntityIdx;
use crate::link::texts::{ClaimFileIdx, TextIdx, Texts};
use crate::parse::claim::{FindingKind, StanceKind};
use crate::slug::Slug;

/// A claim, as a position in [`Claims::all`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimIdx(pub u32);

/// One sentence that is true or false, with all that is done and found about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposition {
    /// Its segment of the address.
    pub slug: Slug,
    /// The sentence, without the final stop; as its file has it, else the newest text.
    pub sentence: Box<str>,
    /// Its file, if it has one.
    pub file: Option<ClaimFileIdx>,
    /// Whom or what it is about, in the order written.
    pub about: Vec<Party>,
    /// What parties did with it, newest first; those of unknown day last.
    pub stances: Vec<Stance>,
    /// What the desk found, newest first.
    pub turns: Vec<Turn>,
    /// The annotations that name it, those of the newest text first.
    pub told_in: Vec<(TextIdx, u32)>,
    /// Addresses it once had, each with the text that names it.
    pub redirect_from: Vec<(Box<str>, TextIdx)>,
}

/// Who does something with a claim, or whom it is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {
    /// Somebody whom the registry knows.
    Entity(EntityIdx),
    /// Somebody else, as written.
    Words(Box<str>),
}

/// What one party did with a claim on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Stance {
    /// Whose it is.
    pub party: Party,
    /// What the party did.
    pub kind: StanceKind,
    /// When; `None` where a text without a day of its own does not say.
    pub on: Option<PartialDate>,
    /// Who reported it.
    pub source: Option<Box<str>>,
    /// The text that tells it.
    pub told_in: TextIdx,
    /// The annotation there; `None` for the front matter of the claim's file.
    pub annotation: Option<u32>,
}

/// What the desk found on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// What it found.
    pub is: FindingKind,
    /// When: the day of the text that prints it.
    pub on: PartialDate,
    /// The moment by which findings are ordered.
    pub(super) instant: Timestamp,
    /// On what grounds.
    pub source: Option<Box<str>>,
    /// The text that prints it.
    pub told_in: TextIdx,
    /// The annotation there; `None` for the front matter of the claim's file.
    pub annotation: Option<u32>,
}

/// All claims of the edition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claims {
    /// By slug.
    pub all: Vec<Proposition>,
    /// The claim that each annotation names.
    pub(super) named: BTreeMap<(TextIdx, u32), ClaimIdx>,
    /// The claims that each party did something with, those of its newest stance first.
    pub by_party: BTreeMap<EntityIdx, Vec<ClaimIdx>>,
    /// All of them, those that changed last first.
    pub by_change: Vec<ClaimIdx>,
    /// Those whose words are nearly those of another one, each with that one.
    pub(super) near: Vec<(ClaimIdx, ClaimIdx)>,
}

impl Claims {
    /// The claim at a position.
    pub fn get(&self, idx: ClaimIdx) -> &Proposition {
        &self.all[idx.0 as usize]
    }

    /// The claim of that slug.
    pub fn of_slug(&self, slug: &str) -> Option<&Proposition> {
        let at = self.all.binary_search_by(|it| it.slug.as_str().cmp(slug)).ok()?;
        Some(&self.all[at])
    }

    /// The claim that an annotation names.
    pub fn named(&self, text: TextIdx, annotation: u32) -> Option<ClaimIdx> {
        self.named.get(&(text, annotation)).copied()
    }

    /// The claims that the annotations of a text name, each once, in the order of the text.
    pub fn told_in(&self, text: TextIdx) -> Vec<ClaimIdx> {
        let named = self.named.range((text, 0)..=(text, u32::MAX));
        let mut seen = BTreeSet::new();
        named.map(|(_, idx)| *idx).filter(|idx| seen.insert(*idx)).collect()
    }
}

impl Proposition {
    /// The sentence as a sentence: with a final stop unless it ends with a sign of its own.
    pub fn with_stop(&self) -> String {
        let ends = self.sentence.ends_with(['.', '!', '?', '…', '。', '؟', '।']);
        if ends { self.sentence.to_string() } else { format!("{}.", self.sentence) }
    }

    /// What the desk finds now, and since when. If the last few findings agree, it is the
    /// oldest of these: repeating a finding does not make it newer.
    pub fn now(&self) -> Option<&Turn> {
        self.runs().next()
    }

    /// What the desk had found at a moment.
    pub fn then(&self, instant: Timestamp) -> Option<&Turn> {
        self.turns.iter().find(|it| it.instant <= instant)
    }

    /// The findings, newest first, without those that only repeat the finding before them in
    /// time.
    pub fn runs(&self) -> impl Iterator<Item = &Turn> {
        let turns = self.turns.iter().enumerate();
        let is_new = |at: usize, turn: &Turn| {
            self.turns.get(at + 1).is_none_or(|before| before.is != turn.is)
        };
        turns.filter(move |(at, turn)| is_new(*at, turn)).map(|(_, turn)| turn)
    }

    /// Whether the desk has not settled it.
    pub fn is_open(&self) -> bool {
        match self.now().map(|it| it.is) {
            None | Some(FindingKind::Unconfirmed | FindingKind::Disputed) => true,
            Some(FindingKind::Confirmed | FindingKind::False) => false,
        }
    }

    /// The newest stance of each party, in the order of those stances, newest first.
    pub fn leading(&self) -> Vec<&Stance> {
        let mut seen = BTreeSet::new();
        self.stances.iter().filter(|it| seen.insert(it.party.folded())).collect()
    }

    /// The day of its last change: of a finding, a stance or a brief that names it.
    pub fn changed(&self, texts: &Texts) -> Option<Date> {
        let turn = self.turns.first().map(|it| it.on.first());
        let stance = self.stances.first().and_then(|it| Some(it.on?.first()));
        let told = self.told_in.iter().filter_map(|(text, _)| texts.day(*text)).max();
        [turn, stance, told].into_iter().flatten().max()
    }
}

impl Party {
    /// Who is meant by a name.
    pub(super) fn named(name: &str, texts: &Texts) -> Party {
        match texts.entity_idx(name) {
            Some(entity) => Party::Entity(entity),
            None => Party::Words(name.into()),
        }
    }

    /// The party as it is told from others: capitals and spaces do not count.
    #[must_use]
    pub fn folded(&self) -> Party {
        match self {
            Party::Entity(entity) => Party::Entity(*entity),
            Party::Words(words) => Party::Words(folded(words).into()),
        }
    }
}

/// Words without a difference of capitals, spaces and a final stop.
pub(super) fn folded(words: &str) -> String {
    let words = words.trim().trim_end_matches('.');
    let words = words.split_whitespace().map(str::to_lowercase);
    words.collect::<Vec<_>>().join(" ")
}

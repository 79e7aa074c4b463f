//! Quotes: what speakers are quoted with, newest first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::date::PartialDate;
use crate::link::facets::Facet;
use crate::link::registry::EntityIdx;
use crate::link::texts::{TextIdx, Texts};
use crate::parse::annotation::{Kind, QuoteNote};

/// Words that somebody said, in one text.
#[derive(Clone, Debug, PartialEq)]
pub struct Quoted {
    /// The text that quotes.
    pub told_in: TextIdx,
    /// The annotation, as a position in that text's body.
    pub annotation: u32,
    /// Who said them, if the registry knows.
    pub speaker: Option<EntityIdx>,
    /// The day; the brief's if it is not written. `None` where a text without a day of its
    /// own does not say.
    pub on: Option<PartialDate>,
    /// Whether they are the words of a stance on a claim.
    pub has_claim: bool,
}

/// All quotes of the edition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quotes {
    /// Newest first: by day, then by text; those without a day last.
    pub all: Vec<Quoted>,
    /// What each entity is quoted with: positions in `all`, newest first.
    pub by_speaker: BTreeMap<EntityIdx, Vec<u32>>,
}

/// Collects the quotes of all texts.
pub(super) fn collect(texts: &Texts) -> Quotes {
    let mut all = Vec::new();
    for idx in texts.all_with(Facet::Annotations) {
        let document = texts.document(idx);
        for (at, annotation) in (0..).zip(&document.body.annotations) {
            let Some(quote) = quote(&annotation.kind) else { continue };
            let by = quote.speaker.as_ref();
            all.push(Quoted {
                told_in: idx,
                annotation: at,
                speaker: by.and_then(|by| texts.entity_idx(&by.value)),
                on: quote.on.or_else(|| texts.day(idx).map(PartialDate::from)),
                has_claim: quote.claim.is_some(),
            });
        }
    }
    all.sort_by_key(|it| {
        (Reverse(it.on.map(PartialDate::first)), it.told_in, it.annotation)
    });
    let mut quotes = Quotes { all, ..Quotes::default() };
    for (at, quote) in (0..).zip(&quotes.all) {
        if let Some(speaker) = quote.speaker {
            quotes.by_speaker.entry(speaker).or_default().push(at);
        }
    }
    quotes
}

/// A quote, if an annotation is one.
pub fn quote(kind: &Kind) -> Option<&QuoteNote> {
    match kind {
        Kind::Quote(it) => Some(it),
        Kind::Claim(_)
        | Kind::Event(_)
        | Kind::Source(_)
        | Kind::Note { .. }
        | Kind::Correction { .. }
        | Kind::Plain => None,
    }
}

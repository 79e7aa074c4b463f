//! What became of a text after it was published: corrections, and when it last changed.

use std::cmp::Reverse;

use jiff::tz::TimeZone;

use crate::date::{Moment, PartialDate};
use crate::link::texts::{LinkedBrief, TextIdx, Texts};
use crate::parse::annotation::Kind;
use crate::parse::brief;
use crate::parse::document::Document;

/// A mistake that was put right.
#[derive(Clone, Debug, PartialEq)]
pub struct Mended {
    /// When.
    pub on: PartialDate,
    /// What was wrong, as plain text.
    pub text: String,
}

/// The corrections of a text, in its front matter and in its footnotes, the newest first.
pub fn corrections(texts: &Texts, idx: TextIdx) -> Vec<Mended> {
    let front = match idx {
        TextIdx::Brief(idx) => &*texts.brief(idx).brief.front.corrections,
        TextIdx::Entity(_)
        | TextIdx::Storyline(_)
        | TextIdx::Claim(_)
        | TextIdx::Page(_) => &[],
    };
    mended(front, texts.document(idx))
}

fn mended(front: &[brief::Correction], document: &Document) -> Vec<Mended> {
    let front = front.iter().map(|it| Mended { on: it.on, text: it.text.to_string() });
    let annotations = (0..).zip(&document.body.annotations);
    let notes = annotations.filter_map(|(idx, annotation)| {
        let Kind::Correction { on: Some(on) } = annotation.kind else { return None };
        let text = document.plain_text(Some(idx)).replace('\n', " ");
        Some(Mended { on, text })
    });
    let mut all: Vec<Mended> = front.chain(notes).collect();
    all.sort_by_key(|it| Reverse(it.on));
    all
}

/// When a brief was changed: what it says itself, or its newest correction if that is
/// later. `None` for one that never was.
pub fn updated(linked: &LinkedBrief) -> Option<Moment> {
    let front = &linked.brief.front;
    let mended = mended(&front.corrections, &linked.brief.document);
    let corrected = mended.iter().map(|it| it.on.last()).max();
    match (&front.updated, corrected) {
        (Some(updated), Some(day)) if day <= updated.day => Some(updated.clone()),
        (_, Some(day)) if day > front.date.day => {
            Moment::parse(&day.to_string(), &TimeZone::UTC)
        }
        (updated, _) => updated.clone(),
    }
}

/// When a brief last changed; never before it was published.
pub fn last_change(linked: &LinkedBrief) -> Moment {
    let published = &linked.brief.front.date;
    let updated = updated(linked).filter(|it| it.instant > published.instant);
    updated.unwrap_or_else(|| published.clone())
}

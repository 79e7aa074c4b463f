//! What became of a text after it was published: corrections, and when it last changed.

use std::cmp::Reverse;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::date::{Moment, PartialDate};
use crate::link::texts::{LinkedBrief, TextIdx, Texts};
use crate::parse::brief;
use crate::parse::document::Document;

/// A mistake that was put right.
#[derive(Clone, Debug, PartialEq)]
pub struct DatedCorrection {
    /// When.
    pub on: PartialDate,
    /// What was wrong, as plain text.
    pub text: String,
}

/// The corrections of a text, in its front matter and in its footnotes, the newest first.
pub fn corrections(texts: &Texts, idx: TextIdx) -> Vec<DatedCorrection> {
    let front = match idx {
        TextIdx::Brief(idx) => &*texts.brief(idx).brief.front.corrections,
        TextIdx::Entity(_)
        | TextIdx::Storyline(_)
        | TextIdx::Claim(_)
        | TextIdx::Page(_) => &[],
    };
    mended(front, texts.document(idx))
}

fn mended(front: &[brief::Correction], document: &Document) -> Vec<DatedCorrection> {
    let front =
        front.iter().map(|it| DatedCorrection { on: it.on, text: it.text.to_string() });
    let annotations = (0..).zip(&document.body.annotations);
    let notes = annotations.filter_map(|(idx, annotation)| {
        let on = annotation.kind.corrected()?;
        let text = document.plain_text(Some(idx)).replace('\n', " ");
        Some(DatedCorrection { on, text })
    });
    let mut all: Vec<DatedCorrection> = front.chain(notes).collect();
    all.sort_by_key(|it| Reverse(it.on));
    all
}

/// When a brief was changed; `None` for one that never was.
///
/// Every correction moves it on. One of a day that is known counts from the start of that day
/// in the book's zone, one of a month or a year from its start, and none from before the
/// brief or from what was corrected before it. What lies after `now` has not happened yet:
/// a feed tells of a change when it is due.
pub fn updated(linked: &LinkedBrief, zone: &TimeZone, now: Timestamp) -> Option<Moment> {
    let front = &linked.brief.front;
    let mut last = written(front, zone).filter(|it| it.instant <= now);
    let mut corrected = front.date.instant;
    for DatedCorrection { on, .. } in
        mended(&front.corrections, &linked.brief.document).iter().rev()
    {
        let start = Moment::parse(&on.first().to_string(), zone)?;
        if start.instant > now {
            break;
        }
        let is_later = start.instant > corrected;
        let moment = if is_later { start } else { following(corrected, zone)? };
        corrected = moment.instant;
        if last.as_ref().is_none_or(|it| it.instant < corrected) {
            last = Some(moment);
        }
    }
    last
}

/// What the brief says itself. A day without a time may be its own, whose midnight lies
/// before it.
fn written(front: &brief::BriefFront, zone: &TimeZone) -> Option<Moment> {
    let (written, published) = (front.updated.as_ref()?, &front.date);
    if written.instant > published.instant {
        return Some(written.clone());
    }
    let is_same_day = !written.has_time && written.day == published.day;
    is_same_day.then(|| following(published.instant, zone)).flatten()
}

/// The first moment after another; a day without a time, as corrections are.
fn following(instant: Timestamp, zone: &TimeZone) -> Option<Moment> {
    instant.checked_add(1.second()).ok().map(|it| Moment::at(it, zone))
}

/// When a brief last changed, or else was published.
pub fn last_change(linked: &LinkedBrief, zone: &TimeZone, now: Timestamp) -> Moment {
    updated(linked, zone, now).unwrap_or_else(|| linked.brief.front.date.clone())
}

//! Which year a date without one means, and whether it may lie ahead.

use jiff::civil::Date;

use crate::date::PartialDate;
use crate::link::dates::shape::{DateContext, DoubtKind, ShapeKind};

/// Up to so many days ahead a date without a year is next to come rather than long past.
const AHEAD: i32 = 30;

/// A day and a month with a year, with an impossible one a doubt.
pub(super) fn with_year(day: i8, month: i8, year: i16) -> ShapeKind {
    match Date::new(year, month, day) {
        Ok(date) => ShapeKind::Sure(date.into()),
        Err(_) => ShapeKind::Doubt(DoubtKind::Impossible),
    }
}

/// A day and a month without a year: the last one up to the day of the brief, or the next if
/// the sentence looks ahead. `None` if it cannot be told.
pub(super) fn without_year(
    day: i8,
    month: i8,
    sentence: &str,
    context: &DateContext<'_>,
) -> Option<ShapeKind> {
    let today = context.day?;
    let this_year = Date::new(today.year(), month, day).ok()?;
    if this_year <= today {
        return Some(ShapeKind::Sure(this_year.into()));
    }
    let ahead = (this_year - today).get_days();
    let looks_ahead = looks_ahead(sentence, context);
    if ahead <= AHEAD {
        // Without a word that looks ahead it may be this year's or the last one's.
        return looks_ahead.then(|| ShapeKind::Sure(this_year.into()));
    }
    let last_year = Date::new(today.year() - 1, month, day).ok()?;
    (!looks_ahead).then(|| ShapeKind::Sure(last_year.into()))
}

/// A month without a year: the last one up to the brief's. `None` if the sentence looks
/// ahead.
pub(super) fn month(
    month: i8,
    sentence: &str,
    context: &DateContext<'_>,
) -> Option<PartialDate> {
    let today = context.day?;
    let year = if month <= today.month() { today.year() } else { today.year() - 1 };
    let is_sure = year == today.year() || !looks_ahead(sentence, context);
    is_sure.then_some(PartialDate { year, month: Some(month), day: None })
}

/// Whether a sentence speaks of what is to come.
pub(super) fn looks_ahead(sentence: &str, context: &DateContext<'_>) -> bool {
    let ahead = &context.words().looks_ahead;
    let mut words = sentence.split(|c: char| !c.is_alphanumeric());
    words.any(|word| !word.is_empty() && ahead.has(&word.to_lowercase()))
}

/// The stretch of a sentence around a place: up to some forty bytes each way, not beyond
/// its ends.
pub(super) fn sentence(text: &str, start: usize, end: usize) -> &str {
    let mut from = start.saturating_sub(40);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let mut to = (end + 40).min(text.len());
    while !text.is_char_boundary(to) {
        to += 1;
    }
    let before = &text[from..start];
    let after = &text[end..to];
    let from = before.rfind(['.', '!', '?', '\u{fffc}']).map_or(from, |at| {
        from + at + before[at..].chars().next().map_or(1, char::len_utf8)
    });
    let to = after.find(['.', '!', '?', '\u{fffc}']).map_or(to, |at| end + at);
    &text[from..to]
}

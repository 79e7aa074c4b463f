//! What a date is read against, and what was read.

use jiff::civil::Date;

use crate::date::PartialDate;
use crate::language::Language;
use crate::parse::config::DateOrder;

/// What the text is read against.
#[derive(Clone, Copy, Debug)]
pub struct DateContext<'a> {
    /// The day of the brief; `None` for a text without one, in which only dates with a year
    /// are found.
    pub day: Option<Date>,
    /// What `8/7` means.
    pub order: DateOrder,
    /// The language of the text (BCP 47). Words are read in English only.
    pub language: &'a str,
}

impl DateContext<'_> {
    /// The words that say what is a date.
    pub(super) fn words(&self) -> &'static Language {
        Language::of(self.language)
    }
}

/// What is doubtful about a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoubtKind {
    /// Both orders give a day, and not the same.
    BothOrders {
        /// The day first.
        day_month: Date,
        /// The month first.
        month_day: Date,
    },
    /// The calendar has no such day.
    Impossible,
}

/// A shape that was recognized, up to byte `end`.
pub(super) struct Shape {
    pub(super) end: usize,
    pub(super) kind: ShapeKind,
}

pub(super) enum ShapeKind {
    Sure(PartialDate),
    Doubt(DoubtKind),
}

/// The word that ends right before a byte, lower-case, spaces between skipped.
pub(super) fn word_before(text: &str, at: usize) -> String {
    let before = text[..at].trim_end();
    let start = before
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |it| it + before[it..].chars().next().map_or(1, char::len_utf8));
    before[start..].to_lowercase()
}

/// Letters, digits and every byte of other scripts.
pub(super) fn is_word_byte(byte: u8) -> bool {
    IS_WORD[byte as usize]
}

/// A table, for every byte of every text is asked about.
const IS_WORD: [bool; 256] = {
    let mut is_word = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        is_word[byte] = matches!(byte, 0x30..=0x39 | 0x41..=0x5a | 0x5f | 0x61..=0x7a)
            || byte >= 0x80;
        byte += 1;
    }
    is_word
};

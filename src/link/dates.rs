//! Dates in running text, found only where they are sure.
//!
//! No grammar and no model: a date is a few fixed shapes (`8 August 2025`, `8/8`, `on
//! Friday`), each with the guards that keep fractions, scores, prices and names apart.

mod numeric;
mod resolve;
mod shape;
mod words;

use crate::date::PartialDate;
pub use crate::link::dates::shape::{DateContext, DoubtKind};
use crate::link::dates::shape::{ShapeKind, is_word_byte};
use crate::span::narrow;

/// What was found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// Dates that are sure, in the order of the text, without overlap.
    pub found: Vec<FoundDate>,
    /// What looks like a date and is not sure, in the order of the text.
    pub doubts: Vec<DateDoubt>,
}

/// A date and its place in the text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundDate {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// A day, a month or a year.
    pub date: PartialDate,
}

/// A doubt and its place in the text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateDoubt {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What is doubtful.
    pub kind: DoubtKind,
}

/// Finds the dates of a text.
pub fn find(text: &str, context: &DateContext<'_>) -> Dates {
    let mut dates = Dates::default();
    let is_english = context.language == "en" || context.language.starts_with("en-");
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if at > 0 && is_word_byte(bytes[at - 1]) {
            let word = bytes[at..].iter().position(|it| !is_word_byte(*it));
            at += word.map_or(bytes.len(), |len| len + 1);
            continue;
        }
        let shape = match &bytes[at..] {
            [b'0'..=b'9', ..] => numeric::read(text, at, context, is_english),
            word if is_english && words::may_begin(word) => {
                words::read(text, at, context)
            }
            _ => None,
        };
        let Some(shape) = shape else {
            at += 1;
            continue;
        };
        let (start, end) = (narrow(at), narrow(shape.end));
        match shape.kind {
            ShapeKind::Sure(date) => dates.found.push(FoundDate { start, end, date }),
            ShapeKind::Doubt(kind) => dates.doubts.push(DateDoubt { start, end, kind }),
        }
        at = shape.end.max(at + 1);
    }
    dates
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::config::DateOrder;

    fn said(text: &str, order: DateOrder, day: &str) -> String {
        let context = DateContext { day: day.parse().ok(), order, language: "en" };
        let dates = find(text, &context);
        let found = dates.found.iter().map(|it| {
            format!("{}={}", &text[it.start as usize..it.end as usize], it.date)
        });
        let doubts = dates.doubts.iter().map(|it| {
            let kind = match it.kind {
                DoubtKind::BothOrders { .. } => "both",
                DoubtKind::Impossible => "impossible",
            };
            format!("{}?{kind}", &text[it.start as usize..it.end as usize])
        });
        found.chain(doubts).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn dates_are_found_where_they_are_sure() {
        let cases = [
            ("reported on 8/8 that", "8/8=2025-08-08"),
            ("at the White House on 7/8.", "7/8=2025-08-07"),
            ("on 8/8/2025", "8/8/2025=2025-08-08"),
            ("on 25.7.2025, he", "25.7.2025=2025-07-25"),
            ("since 2025-02-20.", "2025-02-20=2025-02-20"),
            ("on 7 August,", "7 August=2025-08-07"),
            ("on 7th of August", "7th of August=2025-08-07"),
            ("on August 8, 2025, the", "August 8, 2025=2025-08-08"),
            ("on Aug. 6", "Aug. 6=2025-08-06"),
            ("on 12 December", "12 December=2024-12-12"),
            ("in February 2025", "February 2025=2025-02"),
            ("In March, Trump", "March=2025-03"),
            ("in December he", "December=2024-12"),
            ("on 1/4", "1/4=2025-04-01"),
            ("on 25.7.25, he", "25.7.25=2025-07-25"),
            ("in the year of 25/7/1925", "25/7/1925=1925-07-25"),
            ("on Wednesday", "Wednesday=2025-08-06"),
            ("on Friday.", "Friday=2025-08-08"),
            ("said yesterday", "yesterday=2025-08-07"),
            ("said last month that", "last month=2025-07"),
        ];
        for (text, expected) in cases {
            assert_eq!(said(text, DateOrder::DayMonth, "2025-08-08"), expected, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_date_is_left_alone() {
        let cases = [
            "works 24/7",
            "after 9/11",
            "a 50/50 chance",
            "1/2 cup",
            "on 3/4 of the land",
            "won 7-5",
            "$8.8 billion",
            "version 8.8.8.8",
            "8.8 percent",
            "at 8:30",
            "https://example.org/2025/08/08/x",
            "May said",
            "Theresa May 2019",
            "March on",
            "the Sunday Times",
            "Sunday",
            "page 3/4",
            "on Friday next week they will vote",
            "8 Augusta",
            "room 8/8B",
            "on 8/8/8/8",
            "he may 8",
            // Versions, sections, ratios, scores and fractions.
            "went to 4.11.10, the editor to 8.2.3075",
            "released 4.11.10 on",
            "version 8.2.2025",
            "Linux 5.10.24",
            "section 3/4/2025",
            "under sections 3/4 and",
            "§ 3.4.2025",
            "a ratio of 3/4",
            "a score of 7/8",
            "fell by 1/3",
            "from 1/4 to 3/4",
            "part (1/2)",
            "rose to 3/4",
            "on 1/2 acre",
            "in 8.8.3025",
            "rated 4/5",
            "until 3.4.11",
            "12 marches",
        ];
        for text in cases {
            assert_eq!(said(text, DateOrder::DayMonth, "2025-08-08"), "", "{text}");
        }
    }

    #[test]
    fn doubtful_dates_are_reported() {
        let cases = [
            ("on 6/8, he", DateOrder::Unsettled, "6/8?both"),
            ("on 8/8 he", DateOrder::Unsettled, "8/8=2025-08-08"),
            ("on 25/7 he", DateOrder::Unsettled, "25/7=2025-07-25"),
            ("on 6/8 he", DateOrder::MonthDay, "6/8=2025-06-08"),
            ("on 12/8 he said", DateOrder::DayMonth, ""),
            ("until 12 August", DateOrder::DayMonth, "12 August=2025-08-12"),
            ("on 31/2/2025", DateOrder::DayMonth, "31/2/2025?impossible"),
            ("on 30 February 2025", DateOrder::DayMonth, "30 February 2025?impossible"),
        ];
        for (text, order, expected) in cases {
            assert_eq!(said(text, order, "2025-08-08"), expected, "{text}");
        }
    }

    #[test]
    fn a_text_without_a_day_has_only_dates_with_a_year() {
        let text = "On 8 August and on 9 August 2025, on Friday, on 8/8";
        assert_eq!(said(text, DateOrder::DayMonth, ""), "9 August 2025=2025-08-09");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "[0-9/. A-Za-zéあ\u{301}-]{0,60}") {
            said(&text, DateOrder::Unsettled, "2025-08-08");
        }
    }
}

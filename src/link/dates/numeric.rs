//! Dates that begin with a digit: `2025-08-08`, `8/8`, `8.8.2025`, `8 August 2025`.

use jiff::civil::Date;

use crate::date::PartialDate;
use crate::link::dates::resolve::{sentence, with_year, without_year};
use crate::link::dates::shape::{
    DateContext, DoubtKind, Shape, ShapeKind, is_word_byte, word_before,
};
use crate::link::dates::words::month_name;
use crate::parse::config::DateOrder;
use crate::span::floor;

/// Reads the date that begins at a digit, if one does.
pub(super) fn read(
    text: &str,
    at: usize,
    context: &DateContext<'_>,
    is_english: bool,
) -> Option<Shape> {
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| !c.is_whitespace() && !"([\"'“‘—–-".contains(c)) {
        return None;
    }
    if before == Some('-') && !text[..at].ends_with(" -") {
        return None;
    }
    let (first, n_digits) = number(text, at)?;
    let after = at + n_digits;
    match text.as_bytes().get(after)? {
        b'-' if n_digits == 4 => iso(text, at),
        b'/' | b'.' if n_digits <= 2 => slashed(text, at, first, after, context),
        _ if n_digits <= 2 && is_english => {
            day_and_month(text, at, first, after, context)
        }
        _ => None,
    }
}

/// A number of at most four digits, and how many it has.
fn number(text: &str, at: usize) -> Option<(i16, usize)> {
    let digits = text.get(at..)?.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 4 {
        return None;
    }
    Some((text[at..at + digits].parse().ok()?, digits))
}

/// Whether a shape may end here: no letter, digit or sign goes on.
fn ends(text: &str, at: usize) -> bool {
    let rest = &text.as_bytes()[at..];
    match (rest.first(), rest.get(1)) {
        (Some(b'/' | b'%' | b'_'), _) => false,
        (Some(b'.' | b',' | b':' | b'-'), Some(next)) if is_word_byte(*next) => false,
        (Some(byte), _) => {
            !is_word_byte(*byte) || text[at..].starts_with(['—', '–', '”', '’'])
        }
        (None, _) => true,
    }
}

fn iso(text: &str, at: usize) -> Option<Shape> {
    let date = PartialDate::parse(text.get(at..at + 10)?)?;
    let end = at + 10;
    ends(text, end).then_some(Shape { end, kind: ShapeKind::Sure(date) })
}

/// `8/8`, `8/8/2025`, `8.8.2025`.
fn slashed(
    text: &str,
    at: usize,
    first: i16,
    separator: usize,
    context: &DateContext<'_>,
) -> Option<Shape> {
    let sign = text.as_bytes()[separator];
    let (second, n_second) = number(text, separator + 1).filter(|(_, n)| *n <= 2)?;
    let mut end = separator + 1 + n_second;
    let mut year = None;
    let mut is_short_year = false;
    if text.as_bytes().get(end) == Some(&sign)
        && let Some((third, n_third)) = number(text, end + 1)
    {
        year = Some(match n_third {
            4 => third,
            2 => 2000 + third,
            _ => return None,
        });
        is_short_year = n_third == 2;
        end += 1 + n_third;
    }
    if !ends(text, end) || is_other_number(text, at, end, context) {
        return None;
    }
    let word = word_before(text, at);
    let words = context.words();
    let is_date = match year {
        Some(year) if is_short_year => {
            words.day_openers.has(&word) && is_near(year, 10, 10, context)
        }
        Some(year) => is_near(year, 200, 50, context),
        None => {
            let is_famous = matches!((first, second), (9, 11) | (24, 7));
            // `(8/9)` may be the eighth of nine parts.
            let is_bracketed = text[..at].ends_with('(') && text[end..].starts_with(')');
            let is_no_part = first > second && first > 12;
            // `from 1/4`, `by 1/3`: a fraction unless the word says that it is a day.
            let is_fraction = first < second && matches!(second, 2..=5 | 8 | 10 | 16);
            let is_opened = words.day_openers.has(&word)
                || words.date_openers.has(&word) && !is_fraction;
            sign == b'/' && !is_famous && (is_opened || is_bracketed && is_no_part)
        }
    };
    if !is_date {
        return None;
    }
    let (first, second) = (i8::try_from(first).ok()?, i8::try_from(second).ok()?);
    let sentence = sentence(text, at, end);
    // With dots the day always comes first.
    let order = if sign == b'.' { DateOrder::DayMonth } else { context.order };
    let kind = in_order(first, second, year, order, sentence, context)?;
    Some(Shape { end, kind })
}

/// Whether a year is near the brief's. What is far from it is a version or another number.
fn is_near(year: i16, back: i16, ahead: i16, context: &DateContext<'_>) -> bool {
    let today = context.day.map_or(2000, Date::year);
    (today.saturating_sub(back)..=today.saturating_add(ahead)).contains(&year)
}

/// Whether the words beside a number say that it is a version, a section, a ratio, a score
/// or a share: `version 4.11.2010`, `3/4 of the land`.
fn is_other_number(text: &str, at: usize, end: usize, context: &DateContext<'_>) -> bool {
    let words = context.words();
    let from = floor(text, at.saturating_sub(40));
    let before = text[from..at].trim_end();
    let mut before = before.rsplit(|c: char| !c.is_alphanumeric() && c != '§');
    // `sections 3/4 and 5/6`, `a score of 3/4`
    let says_so = |word: &str| {
        word.ends_with('§') || words.numbered.has(word.to_lowercase().as_str())
    };
    let rest = text[end..].trim_start_matches([' ', '-', '\n']);
    let len = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    before.next().is_some_and(says_so)
        || before.next().is_some_and(says_so)
        || words.shares.has(&rest[..len])
}

fn in_order(
    first: i8,
    second: i8,
    year: Option<i16>,
    order: DateOrder,
    sentence: &str,
    context: &DateContext<'_>,
) -> Option<ShapeKind> {
    let resolve = |day: i8, month: i8| match year {
        Some(year) => Some(with_year(day, month, year)),
        None => without_year(day, month, sentence, context),
    };
    match order {
        DateOrder::DayMonth => resolve(first, second),
        DateOrder::MonthDay => resolve(second, first),
        DateOrder::Unsettled => {
            let year = year.or_else(|| context.day.map(Date::year))?;
            let day_month = Date::new(year, second, first).ok();
            let month_day = Date::new(year, first, second).ok();
            match (day_month, month_day) {
                (Some(a), Some(b)) if a != b => {
                    Some(ShapeKind::Doubt(DoubtKind::BothOrders {
                        day_month: a,
                        month_day: b,
                    }))
                }
                (Some(_), _) => resolve(first, second),
                (None, Some(_)) => resolve(second, first),
                (None, None) => None,
            }
        }
    }
}

/// `8 August`, `8th of August 2025`.
fn day_and_month(
    text: &str,
    at: usize,
    day: i16,
    after: usize,
    context: &DateContext<'_>,
) -> Option<Shape> {
    let mut rest = &text[after..];
    for ordinal in ["st", "nd", "rd", "th"] {
        rest = rest.strip_prefix(ordinal).unwrap_or(rest);
    }
    rest = rest.strip_prefix([' ', '\n', '\u{a0}'])?;
    rest = rest.strip_prefix("of ").unwrap_or(rest);
    let (month, n) = month_name(rest)?;
    rest = &rest[n..];
    let mut end = text.len() - rest.len();
    let day = i8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
    let written =
        rest.strip_prefix([' ', '\n', '\u{a0}']).or_else(|| rest.strip_prefix(", "));
    if let Some(written) = written
        && let Some((year, 4)) = number(written, 0)
        && ends(written, 4)
    {
        end = text.len() - written.len() + 4;
        return Some(Shape { end, kind: with_year(day, month, year) });
    }
    if !ends(text, end) {
        return None;
    }
    let kind = without_year(day, month, sentence(text, at, end), context)?;
    Some(Shape { end, kind })
}

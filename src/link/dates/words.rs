//! Dates that begin with a word: `August 8`, `in March`, `on Friday`, `yesterday`.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::date::{MONTHS, PartialDate};
use crate::link::dates::resolve::{
    looks_ahead, month, sentence, with_year, without_year,
};
use crate::link::dates::shape::{DateContext, Shape, ShapeKind, word_before};

/// The short forms of each month, with or without their point (AP and Reuters styles).
const SHORT_MONTHS: [&[&str]; 12] = [
    &["Jan"],
    &["Feb"],
    &["Mar"],
    &["Apr"],
    &[],
    &["Jun"],
    &["Jul"],
    &["Aug"],
    &["Sept", "Sep"],
    &["Oct"],
    &["Nov"],
    &["Dec"],
];

const WEEKDAYS: &[(&str, Weekday)] = &[
    ("Monday", Weekday::Monday),
    ("Tuesday", Weekday::Tuesday),
    ("Wednesday", Weekday::Wednesday),
    ("Thursday", Weekday::Thursday),
    ("Friday", Weekday::Friday),
    ("Saturday", Weekday::Saturday),
    ("Sunday", Weekday::Sunday),
];

/// Whether a date in words may begin so: a month, a weekday, `last`, `today` or `yesterday`,
/// as its first two letters tell.
pub(super) fn may_begin(word: &[u8]) -> bool {
    let [first, second, ..] = word else { return false };
    let seconds: &[u8] = match first {
        b'A' => b"pu",
        b'D' | b'W' | b'y' => b"e",
        b'F' => b"er",
        b'J' => b"au",
        b'M' => b"ao",
        b'N' | b't' => b"o",
        b'O' => b"c",
        b'S' => b"aeu",
        b'T' => b"hu",
        b'l' => b"a",
        _ => return false,
    };
    seconds.contains(second)
}

/// The month that a text begins with, and how many bytes its name has, a point included.
pub(super) fn month_name(text: &str) -> Option<(i8, usize)> {
    // No two begin with the same three letters.
    let begins = text.as_bytes().get(..3)?;
    let mut all = (1..).zip(MONTHS.iter().zip(SHORT_MONTHS));
    let (month, (long, short)) =
        all.find(|(_, (long, _))| long.as_bytes()[..3] == *begins)?;
    let is_here = |name: &str| {
        let rest = text.strip_prefix(name);
        rest.is_some_and(|it| !it.starts_with(char::is_alphanumeric))
    };
    if is_here(long) {
        return Some((month, long.len()));
    }
    let short = short.iter().find(|it| is_here(it))?;
    let point = usize::from(text[short.len()..].starts_with('.'));
    Some((month, short.len() + point))
}

/// Reads the date that begins with a word, if one does.
pub(super) fn read(text: &str, at: usize, context: &DateContext<'_>) -> Option<Shape> {
    if text[..at].ends_with(['@', '#', '/', '-']) {
        return None;
    }
    let rest = &text[at..];
    if let Some((number, n)) = month_name(rest) {
        return month_first(text, at, number, n, context);
    }
    let today = context.day?;
    if let Some((name, weekday)) =
        WEEKDAYS.iter().find(|(name, _)| rest.starts_with(name))
    {
        return on_weekday(text, at, name, *weekday, context);
    }
    relative(text, at, today)
}

/// `August 8`, `August 8, 2025`, `August 2025`, `in August`.
fn month_first(
    text: &str,
    at: usize,
    number: i8,
    n: usize,
    context: &DateContext<'_>,
) -> Option<Shape> {
    let rest = &text[at + n..];
    if let Some(after) = rest.strip_prefix([' ', '\u{a0}', '\n']) {
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let goes_on = |n: usize| {
            let next = after[n..].chars().next();
            next.is_some_and(|c| c.is_alphanumeric() || "%/:".contains(c))
        };
        let from = text.len() - after.len();
        if digits == 4 && !goes_on(4) {
            let year: i16 = after[..4].parse().ok()?;
            let is_year = (1000..=2999).contains(&year);
            let is_name = is_name_before(text, at);
            let date = PartialDate { year, month: Some(number), day: None };
            return (is_year && !is_name)
                .then_some(Shape { end: from + 4, kind: ShapeKind::Sure(date) });
        }
        if (1..=2).contains(&digits) {
            let day: i8 = after[..digits].parse().ok()?;
            let ordinal =
                ["st", "nd", "rd", "th"].iter().any(|it| after[digits..].starts_with(it));
            let end = digits + if ordinal { 2 } else { 0 };
            if goes_on(end) || !(1..=31).contains(&day) {
                return None;
            }
            let year = after[end..].strip_prefix(',').unwrap_or(&after[end..]);
            let year = year
                .strip_prefix(' ')
                .filter(|it| it.bytes().take_while(u8::is_ascii_digit).count() == 4);
            if let Some(year) = year
                && let Ok(number_of_year) = year[..4].parse::<i16>()
                && (1000..=2999).contains(&number_of_year)
            {
                let end = text.len() - year.len() + 4;
                return Some(Shape { end, kind: with_year(day, number, number_of_year) });
            }
            let end = from + end;
            let kind = without_year(day, number, sentence(text, at, end), context)?;
            return Some(Shape { end, kind });
        }
    }
    let word = word_before(text, at);
    let is_time = matches!(word.as_str(), "in" | "since" | "last");
    if !is_time || rest.starts_with(['\'', '’', '-']) {
        return None;
    }
    let date = month(number, sentence(text, at, at + n), context)?;
    Some(Shape { end: at + n, kind: ShapeKind::Sure(date) })
}

/// Whether the word before is a capitalized name: `Theresa May 2019`.
fn is_name_before(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end();
    let word = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or("");
    word.chars().next().is_some_and(char::is_uppercase)
        && word.chars().all(char::is_alphabetic)
        && !matches!(
            word,
            "In" | "Since" | "From" | "Until" | "By" | "Late" | "Early" | "Mid"
        )
}

/// `on Friday`: the last one up to the day of the brief, as wires write it.
fn on_weekday(
    text: &str,
    at: usize,
    name: &str,
    weekday: Weekday,
    context: &DateContext<'_>,
) -> Option<Shape> {
    let today = context.day?;
    let end = at + name.len();
    let is_whole =
        !text[end..].starts_with(|c: char| c.is_alphanumeric() || "'’-".contains(c));
    let next: String =
        text[end..].trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
    let is_name = next.chars().next().is_some_and(char::is_uppercase)
        && !text[end..].starts_with('.');
    let starts_with_on = word_before(text, at) == "on";
    if !is_whole
        || is_name
        || !starts_with_on
        || looks_ahead(sentence(text, at, end), context)
    {
        return None;
    }
    let back = today.weekday().since(weekday);
    let date = today.checked_sub(i64::from(back).days()).ok()?;
    Some(Shape { end, kind: ShapeKind::Sure(date.into()) })
}

/// `yesterday`, `today`, `last month`, `last year`.
fn relative(text: &str, at: usize, today: Date) -> Option<Shape> {
    const CHOICES: [&str; 4] = ["yesterday", "today", "last month", "last year"];
    let words = CHOICES.into_iter().find(|words| text[at..].starts_with(words))?;
    let date = match words {
        "yesterday" => today.checked_sub(1.day()).ok()?.into(),
        "today" => today.into(),
        "last month" => {
            let last_month = today.first_of_month().checked_sub(1.day()).ok()?;
            PartialDate { day: None, ..last_month.into() }
        }
        _ => PartialDate { year: today.year() - 1, month: None, day: None },
    };
    let end = at + words.len();
    let is_whole =
        !text[end..].starts_with(|c: char| c.is_alphanumeric() || "'’-".contains(c));
    is_whole.then_some(Shape { end, kind: ShapeKind::Sure(date) })
}

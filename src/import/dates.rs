//! Dates as old heads and file names have them.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::date::{MONTHS, Moment};

/// A date that was read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OldDate {
    /// As our front matter has it: `2024-02-01`, `2024-02-01T10:00`, with an offset if one
    /// was written.
    pub(crate) text: String,
    /// The day as written.
    pub(crate) day: Date,
    /// Whether day and month could be the other way round.
    pub(crate) is_doubtful: bool,
}

impl OldDate {
    /// A day without a time.
    pub(crate) fn of_day(day: Date) -> OldDate {
        OldDate { text: day.to_string(), day, is_doubtful: false }
    }

    /// The moment in a zone.
    pub(crate) fn moment(&self, zone: &TimeZone) -> Option<Moment> {
        Moment::parse(&self.text, zone)
    }
}

/// Reads a date in any of the forms that desks write; `None` if it has no year, no month, or
/// a day that the calendar lacks.
pub(crate) fn read(text: &str) -> Option<OldDate> {
    let text = text.trim().trim_matches(['"', '\'']);
    if text.bytes().all(|it| it.is_ascii_digit()) {
        return of_digits(text);
    }
    let (time, rest) = split_time(text);
    let (day, is_doubtful) = read_day(&rest)?;
    if !(1..=9999).contains(&day.year()) {
        return None;
    }
    let text = match time {
        Some(TimeOfDay { hour: 0, minute: 0, second: 0, .. }) | None => day.to_string(),
        Some(clock) => format!("{day}T{}", clock.text()),
    };
    // What our own reading refuses is not a date for us.
    Moment::parse(&text, &TimeZone::UTC)?;
    Some(OldDate { text, day, is_doubtful })
}

/// The day at the start of a file's name, `2024-02-01-strike`, and the rest of the name.
pub(crate) fn of_name(name: &str) -> Option<(Date, &str)> {
    let mut parts = name.splitn(4, ['-', '_']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let is_number = |it: &str, max: usize| {
        (1..=max).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit())
    };
    if year.len() != 4
        || !is_number(year, 4)
        || !is_number(month, 2)
        || !is_number(day, 2)
    {
        return None;
    }
    let date =
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some((date, parts.next().unwrap_or("")))
}

/// The day in an old address: `/2024/02/01/strike/`.
pub(crate) fn of_path(path: &str) -> Option<Date> {
    let parts: Vec<&str> = path.split('/').collect();
    parts.windows(3).find_map(|it| {
        let (year, month, day) = (it[0], it[1], it[2]);
        (year.len() == 4 && month.len() <= 2 && day.len() <= 2).then(|| {
            Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
        })?
    })
}

/// `20240201`, `20240201103000`, or seconds or milliseconds since 1970.
fn of_digits(text: &str) -> Option<OldDate> {
    match text.len() {
        8 | 14 => {
            let number = |from: usize, to: usize| text[from..to].parse::<i8>().ok();
            let day =
                Date::new(text[..4].parse().ok()?, number(4, 6)?, number(6, 8)?).ok()?;
            if text.len() == 8 || text.ends_with("000000") {
                return Some(OldDate::of_day(day));
            }
            let text =
                format!("{day}T{}:{}:{}", &text[8..10], &text[10..12], &text[12..]);
            Moment::parse(&text, &TimeZone::UTC)?;
            Some(OldDate { text, day, is_doubtful: false })
        }
        9 | 10 | 13 => {
            let number = text.parse::<i64>().ok()?;
            let seconds = if text.len() == 13 { number / 1000 } else { number };
            let instant = jiff::Timestamp::from_second(seconds).ok()?;
            let day = instant.to_zoned_datetime(TimeZone::UTC).date();
            Some(OldDate { text: instant.to_string(), day, is_doubtful: false })
        }
        _ => None,
    }
}

/// A time of day and its distance from UTC as written.
struct TimeOfDay {
    hour: u8,
    minute: u8,
    second: u8,
    offset: String,
}

impl TimeOfDay {
    fn text(&self) -> String {
        let second =
            if self.second > 0 { format!(":{:02}", self.second) } else { String::new() };
        format!("{:02}:{:02}{second}{}", self.hour, self.minute, self.offset)
    }
}

/// The time in a text, and the text without it.
fn split_time(text: &str) -> (Option<TimeOfDay>, String) {
    let Some(colon) = text.find(':') else { return (None, text.to_owned()) };
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut start = colon;
    while start > 0 && is_digit(start - 1) && colon - start < 2 {
        start -= 1;
    }
    let two = |at: usize| {
        (is_digit(at) && is_digit(at + 1)).then(|| text[at..at + 2].parse::<u8>().ok())?
    };
    let (Ok(mut hour), Some(minute)) = (text[start..colon].parse::<u8>(), two(colon + 1))
    else {
        return (None, text.to_owned());
    };
    let mut end = colon + 3;
    let mut second = 0;
    if bytes.get(end) == Some(&b':')
        && let Some(found) = two(end + 1)
    {
        (second, end) = (found, end + 3);
    }
    if matches!(bytes.get(end), Some(b'.' | b',')) {
        end += 1;
        while is_digit(end) {
            end += 1;
        }
    }
    let mut after = text[end..].trim_start();
    let half = after.get(..2).map(str::to_ascii_lowercase);
    if let Some("am" | "pm") = half.as_deref() {
        hour = hour % 12 + if half.as_deref() == Some("pm") { 12 } else { 0 };
        after = &after[2..];
    }
    let before = text[..start].trim_end().trim_end_matches(['T', 't']);
    let (offset, rest) = split_offset(after);
    (Some(TimeOfDay { hour, minute, second, offset }), format!("{before} {rest}"))
}

/// The offset at the start of what follows a time, as ISO 8601 has it, and the rest. Empty
/// for a time that names none.
fn split_offset(after: &str) -> (String, &str) {
    let after = after.trim_start();
    if let Some(rest) = after.strip_prefix(['+', '-', '−']) {
        let digits: String =
            rest.chars().take_while(|c| c.is_ascii_digit() || *c == ':').collect();
        let numbers: String = digits.chars().filter(char::is_ascii_digit).collect();
        let sign = if after.starts_with('+') { '+' } else { '-' };
        let offset = match numbers.len() {
            1 => format!("{sign}0{numbers}:00"),
            2 => format!("{sign}{numbers}:00"),
            4 => format!("{sign}{}:{}", &numbers[..2], &numbers[2..]),
            _ => return (String::new(), rest),
        };
        return (offset, &rest[digits.len()..]);
    }
    let end = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
    let (word, rest) = after.split_at(end);
    let offset = match word.to_ascii_uppercase().as_str() {
        "Z" | "UTC" | "GMT" => "Z",
        "EST" | "CDT" => "-05:00",
        "EDT" => "-04:00",
        "CST" | "MDT" => "-06:00",
        "MST" | "PDT" => "-07:00",
        "PST" => "-08:00",
        "BST" | "CET" => "+01:00",
        "CEST" | "EET" => "+02:00",
        _ => return (String::new(), after),
    };
    (offset.to_owned(), rest)
}

/// A day in words or numbers, and whether it could be another one.
fn read_day(text: &str) -> Option<(Date, bool)> {
    let is_dotted = text.contains('.');
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let words: Vec<&str> = words.into_iter().filter(|it| !is_weekday(it)).collect();
    if let Some(at) = words.iter().position(|it| month_of(it).is_some()) {
        let month = month_of(words[at])?;
        let numbers: Vec<i16> = words.iter().filter_map(|it| ordinal(it)).collect();
        let [a, b] = numbers[..] else { return None };
        let (year, day) = if a > 31 { (a, b) } else { (b, a) };
        return Some((Date::new(year, month, i8::try_from(day).ok()?).ok()?, false));
    }
    let numbers: Vec<i16> = words.iter().map_while(|it| it.parse().ok()).collect();
    let date = |year: i16, month: i16, day: i16| {
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    match numbers[..] {
        [year, month, day] if words[0].len() == 4 => {
            Some((date(year, month, day)?, false))
        }
        [year, month] if words[0].len() == 4 => Some((date(year, month, 1)?, true)),
        [a, b, year] if words[2].len() == 4 && (is_dotted || a > 12) => {
            Some((date(year, b, a)?, false))
        }
        [a, b, year] if words[2].len() == 4 => {
            Some((date(year, a, b)?, b <= 12 && a != b))
        }
        _ => None,
    }
}

fn is_weekday(word: &str) -> bool {
    let is_short = |day: &&str| word.len() >= 3 && word.len() <= day.len();
    crate::date::WEEKDAYS
        .iter()
        .any(|day| is_short(day) && day[..word.len()].eq_ignore_ascii_case(word))
}

fn month_of(word: &str) -> Option<i8> {
    let is_this = |month: &str| {
        word.eq_ignore_ascii_case(month)
            || word.len() == 3 && month[..3].eq_ignore_ascii_case(word)
            || word.eq_ignore_ascii_case("sept") && month == "September"
    };
    let at = MONTHS.iter().position(|it| is_this(it))?;
    i8::try_from(at + 1).ok()
}

/// `1`, `1st`, `22nd`, `2024`.
fn ordinal(word: &str) -> Option<i16> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th")
        .then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_every_form_that_desks_write() {
        let cases = [
            ("2024-02-01", Some("2024-02-01")),
            ("2024-2-1", Some("2024-02-01")),
            ("2024/02/01", Some("2024-02-01")),
            ("20240201", Some("2024-02-01")),
            ("2024-02-01 10:00:00 -0500", Some("2024-02-01T10:00-05:00")),
            ("2024-02-01 10:00:05 +05:30", Some("2024-02-01T10:00:05+05:30")),
            ("2024-02-01T10:00:00.000Z", Some("2024-02-01T10:00Z")),
            ("2024-02-01T10:00", Some("2024-02-01T10:00")),
            ("2024-02-01 00:00:00 +0000", Some("2024-02-01")),
            ("2024-02-01 9:05 pm EST", Some("2024-02-01T21:05-05:00")),
            ("Thu, 01 Feb 2024 10:00:00 +0000", Some("2024-02-01T10:00+00:00")),
            ("1 February 2024", Some("2024-02-01")),
            ("Feb 1st, 2024 10:30", Some("2024-02-01T10:30")),
            ("February 1, 2024", Some("2024-02-01")),
            ("1.2.2024", Some("2024-02-01")),
            ("13/02/2024", Some("2024-02-13")),
            ("02/13/2024", Some("2024-02-13")),
            ("1706781600", Some("2024-02-01T10:00:00Z")),
            ("1706781600000", Some("2024-02-01T10:00:00Z")),
            ("2024-02-30", None),
            ("soon", None),
            ("", None),
            ("12:00", None),
        ];
        for (text, expected) in cases {
            let found = read(text).map(|it| it.text);
            assert_eq!(found.as_deref(), expected, "{text:?}");
        }
        assert!(read("02/03/2024").unwrap().is_doubtful);
    }

    #[test]
    fn names_and_paths_carry_days() {
        let found = of_name("2024-2-01-dock-strike").map(|it| (it.0.to_string(), it.1));
        assert_eq!(found, Some(("2024-02-01".to_owned(), "dock-strike")));
        assert_eq!(of_name("dock-strike-2024"), None);
        assert_eq!(
            of_path("/news/2024/02/01/x/").map(|it| it.to_string()).as_deref(),
            Some("2024-02-01")
        );
        assert_eq!(of_path("/news/strike/"), None);
    }
}

//! Dates as a desk writes them: a day, a month or a year, a time that may lack a zone.

use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

/// The months in English, as texts name them and pages show them.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The days of the week in English, from Monday as in ISO 8601.
pub const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A date of which the day, or the day and the month, may be unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// The year, 1 to 9999.
    pub year: i16,
    /// The month, 1 to 12; `None` if only the year is known.
    pub month: Option<i8>,
    /// The day; `None` if it is not known. Never given without a month.
    pub day: Option<i8>,
}

impl PartialDate {
    /// Reads `2025`, `2025-02` or `2025-02-20`; `None` for anything else, and for days
    /// that the calendar does not have.
    pub fn parse(text: &str) -> Option<PartialDate> {
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = parts
            .next()
            .map(|month| digits(month, 2))
            .map_or(Some(None), |m| m.map(Some))?;
        let day =
            parts.next().map(|day| digits(day, 2)).map_or(Some(None), |d| d.map(Some))?;
        if parts.next().is_some() || year == 0 {
            return None;
        }
        let narrow = |number: i16| i8::try_from(number).ok();
        let month = month.map_or(Some(None), |month| narrow(month).map(Some))?;
        let day = day.map_or(Some(None), |day| narrow(day).map(Some))?;
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(PartialDate { year, month, day })
    }

    /// The first day that the date can mean.
    pub fn first(self) -> Date {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
            .expect("parse and From check that the day exists")
    }

    /// The last day that the date can mean.
    pub fn last(self) -> Date {
        match (self.month, self.day) {
            (_, Some(_)) => self.first(),
            (Some(_), None) => self.first().last_of_month(),
            (None, None) => self.first().last_of_year(),
        }
    }
}

/// The days from a first to a last one, both included. A role, a relation or a name that
/// holds for a time holds on a day if, and only if, its period contains the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The first day; `None` if it is not known, which contradicts no day.
    pub first: Option<Date>,
    /// The last day; `None` while it lasts.
    pub last: Option<Date>,
}

impl Period {
    /// The period between two dates as they are written. A date without a day or a month
    /// stands for all the days that it can mean, so that it contradicts none of them.
    pub fn between(from: Option<PartialDate>, to: Option<PartialDate>) -> Period {
        Period { first: from.map(PartialDate::first), last: to.map(PartialDate::last) }
    }

    /// Whether a day is within.
    pub fn contains(self, day: Date) -> bool {
        self.has_begun(day) && !self.is_over(day)
    }

    /// Whether the first day is not after a day.
    pub fn has_begun(self, day: Date) -> bool {
        self.first.is_none_or(|first| first <= day)
    }

    /// Whether the last day is before a day.
    pub fn is_over(self, day: Date) -> bool {
        self.last.is_some_and(|last| last < day)
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> PartialDate {
        PartialDate {
            year: date.year(),
            month: Some(date.month()),
            day: Some(date.day()),
        }
    }
}

/// As in ISO 8601: `2025`, `2025-02` or `2025-02-20`.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(10);
        push_date(*self, &mut text);
        f.write_str(&text)
    }
}

fn push_date(date: PartialDate, out: &mut String) {
    let year = date.year.unsigned_abs();
    push_two(year / 100, out);
    push_two(year % 100, out);
    for part in [date.month, date.day].into_iter().flatten() {
        out.push('-');
        push_two(part.unsigned_abs().into(), out);
    }
}

/// A number below 100 in two digits. Pages hold hundreds of dates, and `{:02}` takes ten
/// times as long.
fn push_two(n: u16, out: &mut String) {
    for digit in [n / 10 % 10, n % 10] {
        out.push(char::from_digit(digit.into(), 10).expect("it is below ten"));
    }
}

fn digits(text: &str, n: usize) -> Option<i16> {
    (text.len() == n && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

/// A moment as front matter gives it: a day, or a day and a time in a zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// The day, in the zone that was written or else in the book's.
    pub day: Date,
    /// The instant; midnight of the day if no time was written.
    pub instant: Timestamp,
    /// Offset from UTC, in seconds, at that instant.
    pub offset: i32,
    /// Whether a time of day was written.
    pub has_time: bool,
}

impl Moment {
    /// Reads `2025-08-08`, `2025-08-08T21:30`, with seconds, with `Z` or an offset, and with
    /// a space for the `T` and before the offset. What lacks a zone is in `zone`. `None` for anything else.
    pub fn parse(text: &str, zone: &TimeZone) -> Option<Moment> {
        let bytes = text.as_bytes();
        let plain_day = text
            .get(..10)
            .and_then(PartialDate::parse)
            .filter(|date| date.day.is_some())?;
        if bytes.len() == 10 {
            let zoned = plain_day.first().to_zoned_datetime(zone.clone()).ok()?;
            return Some(Moment::of(&zoned, false));
        }
        if !matches!(bytes[10], b'T' | b't' | b' ') {
            return None;
        }
        let text = text.replacen(['t', ' '], "T", 1);
        // As Jekyll writes it: `2025-08-08 21:30:00 -0400`.
        let text = match text.split_once(' ') {
            Some((time, zone)) if zone.starts_with(['+', '-', 'Z']) => {
                time.to_owned() + zone
            }
            _ => text,
        };
        if let Ok(instant) = text.parse::<Timestamp>() {
            let offset =
                jiff::fmt::temporal::Pieces::parse(&text).ok()?.to_numeric_offset()?;
            // RFC 3339, section 5.6: hours up to 23.
            if offset.seconds().abs() >= 24 * 60 * 60 {
                return None;
            }
            return Some(Moment::of(
                &instant.to_zoned_datetime(TimeZone::fixed(offset)),
                true,
            ));
        }
        let local = text.parse::<DateTime>().ok()?;
        if text.contains('[') {
            return None;
        }
        Some(Moment::of(&local.to_zoned_datetime(zone.clone()).ok()?, true))
    }

    fn of(zoned: &ZonedDateTime, has_time: bool) -> Moment {
        Moment {
            day: zoned.date(),
            instant: zoned.timestamp(),
            offset: zoned.offset().seconds(),
            has_time,
        }
    }

    /// An instant in a zone, told as a day.
    pub fn at(instant: Timestamp, zone: &TimeZone) -> Moment {
        Moment::of(&instant.to_zoned_datetime(zone.clone()), false)
    }

    /// The moment in RFC 3339, with its offset: `2025-08-08T21:30:00-04:00`.
    pub fn rfc3339(&self) -> String {
        let minutes = self.offset.unsigned_abs() / 60;
        let offset = |n: u32| u16::try_from(n).expect("an offset is within a day or so");
        let local = self.local();
        let mut text = String::with_capacity(25);
        push_date(local.date().into(), &mut text);
        for (before, n) in
            [('T', local.hour()), (':', local.minute()), (':', local.second())]
        {
            text.push(before);
            push_two(n.unsigned_abs().into(), &mut text);
        }
        text.push(if self.offset < 0 { '-' } else { '+' });
        push_two(offset(minutes / 60), &mut text);
        text.push(':');
        push_two(offset(minutes % 60), &mut text);
        text
    }

    /// The clock time in the moment's own zone.
    pub fn local(&self) -> DateTime {
        let offset = jiff::tz::Offset::from_seconds(self.offset)
            .expect("the offset came from a zoned time");
        offset.to_datetime(self.instant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_may_lack_a_day_or_a_month() {
        let cases = [
            ("2025", Some(("2025-01-01", "2025-12-31"))),
            ("2024-02", Some(("2024-02-01", "2024-02-29"))),
            ("2025-08-08", Some(("2025-08-08", "2025-08-08"))),
            ("2025-02-30", None),
            ("2025-13", None),
            ("25", None),
            ("2025-8-8", None),
            ("0000", None),
            ("2025-08-08-01", None),
            ("", None),
        ];
        for (text, expected) in cases {
            let days = PartialDate::parse(text)
                .map(|date| (date.first().to_string(), date.last().to_string()));
            let expected = expected.map(|(a, b)| (a.to_owned(), b.to_owned()));
            assert_eq!(days, expected, "{text:?}");
        }
    }

    #[test]
    fn a_period_contains_its_first_and_its_last_day() {
        let cases = [
            (None, None, true),
            (Some("2025-08-08"), Some("2025-08-08"), true),
            (Some("2025-08-09"), None, false),
            (None, Some("2025-08-07"), false),
            (Some("2025"), Some("2025-08"), true), // any day of August
            (Some("2025-09"), Some("2025"), false),
            (Some("2026"), Some("2024"), false), // ends before it begins
        ];
        let day = Date::constant(2025, 8, 8);
        for (from, to, expected) in cases {
            let date = |text: Option<&str>| text.and_then(PartialDate::parse);
            let period = Period::between(date(from), date(to));
            assert_eq!(period.contains(day), expected, "{from:?} to {to:?}");
        }
    }

    #[test]
    fn moments_take_the_zone_of_the_book_when_they_lack_one() {
        let zone = TimeZone::get("America/New_York").unwrap();
        let cases = [
            ("2025-08-08", Some("2025-08-08T00:00:00-04:00")),
            ("2025-01-08T21:30", Some("2025-01-08T21:30:00-05:00")),
            ("2025-08-08 21:30:15", Some("2025-08-08T21:30:15-04:00")),
            ("2025-08-08T21:30:00Z", Some("2025-08-08T21:30:00+00:00")),
            ("2025-08-08T21:30:00+05:30", Some("2025-08-08T21:30:00+05:30")),
            ("2025-08-08 21:30:00 -0400", Some("2025-08-08T21:30:00-04:00")),
            ("2025-08-08 21:30:00 Z", Some("2025-08-08T21:30:00+00:00")),
            ("2025-08-08T21:30:00+24:00", None),
            ("2025-08-08T25:00", None),
            ("8 August", None),
            ("2025-08", None),
        ];
        for (text, expected) in cases {
            let moment = Moment::parse(text, &zone).map(|moment| moment.rfc3339());
            assert_eq!(moment.as_deref(), expected, "{text:?}");
        }
    }
}

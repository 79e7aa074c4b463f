//! Dates as other programs write them.

use jiff::civil::{Date, Time};
use jiff::fmt::rfc2822;

use crate::date::MONTHS;

/// A day or a time that is written in another way than ours, as we write it: `2024-02-01` or
/// `2024-02-01T10:00:00-05:00`. `None` if it is not certain what is meant, as with
/// `3/4/2025`.
pub(super) fn meant(text: &str) -> Option<String> {
    let text = text.trim();
    if let Ok(zoned) = rfc2822::parse(text) {
        return Some(zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
    }
    let words = text.replace(',', " ");
    let words: Vec<&str> = words.split_whitespace().collect();
    if let [a, b, c, rest @ ..] = &words[..]
        && let Some(day) = with_month(a, b, c)
    {
        return with_time(day, &rest.join(" "));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 8 && text.len() == 8 {
        return date(&text[..4], &text[4..6], &text[6..]).map(|it| it.to_string());
    }
    let end = text.find(|c: char| c == 'T' || c.is_whitespace()).unwrap_or(text.len());
    let (day, time) = text.split_at(end);
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    let [year, month, day] = &parts[..] else { return None };
    if year.len() != 4 {
        return None;
    }
    with_time(date(year, month, day)?, time.trim_start_matches('T').trim())
}

/// `February 1 2024` or `1 February 2024`; months may be cut to three letters.
fn with_month(a: &str, b: &str, year: &str) -> Option<Date> {
    let month = |word: &str| {
        let word = word.trim_end_matches('.');
        let is_it = |it: &str| {
            it.eq_ignore_ascii_case(word)
                || word.len() >= 3
                    && it
                        .get(..word.len())
                        .is_some_and(|it| it.eq_ignore_ascii_case(word))
        };
        Some((MONTHS.iter().position(|it| is_it(it))? + 1).to_string())
    };
    let day = |word: &str| {
        let day = word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).to_owned();
        (!day.is_empty()).then_some(day)
    };
    let (month, day) = match month(a) {
        Some(month) => (month, day(b)?),
        None => (month(b)?, day(a)?),
    };
    if year.len() != 4 {
        return None;
    }
    date(year, &month, &day)
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let is_short = |it: &str| (1..=2).contains(&it.len());
    if !is_short(month) || !is_short(day) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A day with a time of day behind it: nothing, `10:00`, `10:00:00 -0500`, `10:00 UTC`.
fn with_time(day: Date, time: &str) -> Option<String> {
    if time.is_empty() {
        return Some(day.to_string());
    }
    let at = time.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.'));
    let (clock, zone) = time.split_at(at.unwrap_or(time.len()));
    let [hour, minute, seconds @ ..] = &clock.split(':').collect::<Vec<_>>()[..] else {
        return None;
    };
    let second = match seconds {
        [] => "0",
        [it] => it.split('.').next().unwrap_or("0"),
        _ => return None,
    };
    let clock =
        Time::new(hour.parse().ok()?, minute.parse().ok()?, second.parse().ok()?, 0)
            .ok()?;
    let offset = match zone.trim() {
        "" => String::new(),
        "Z" | "UTC" | "GMT" => "Z".to_owned(),
        zone => {
            let digits: String = zone.get(1..)?.split(':').collect();
            let is_offset = zone.starts_with(['+', '-'])
                && digits.len() == 4
                && digits.bytes().all(|it| it.is_ascii_digit());
            is_offset
                .then(|| format!("{}{}:{}", &zone[..1], &digits[..2], &digits[2..]))?
        }
    };
    Some(format!("{day}T{}{offset}", clock.strftime("%H:%M:%S")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_write_is_read_where_it_is_certain() {
        let cases = [
            ("2024/02/01", Some("2024-02-01")),
            ("2024-2-1", Some("2024-02-01")),
            ("2024.02.01", Some("2024-02-01")),
            ("20240201", Some("2024-02-01")),
            ("2024-02-01 10:00:00 -0500", Some("2024-02-01T10:00:00-05:00")),
            ("2024/02/01 9:05", Some("2024-02-01T09:05:00")),
            ("2024-02-01T10:00:00.123 UTC", Some("2024-02-01T10:00:00Z")),
            ("Thu, 01 Feb 2024 10:00:00 +0000", Some("2024-02-01T10:00:00+00:00")),
            ("Thu, 1 Feb 2024 10:00:00 GMT", Some("2024-02-01T10:00:00+00:00")),
            ("February 1, 2024", Some("2024-02-01")),
            ("Feb. 1st, 2024", Some("2024-02-01")),
            ("1 February 2024 14:30", Some("2024-02-01T14:30:00")),
            ("01/02/2024", None),
            ("3.4.2025", None),
            ("2024-02-30", None),
            ("2024-02-01 10:00 EST", None),
            ("Friday", None),
            ("", None),
            ("é", None),
        ];
        for (text, expected) in cases {
            assert_eq!(meant(text).as_deref(), expected, "{text:?}");
        }
    }
}

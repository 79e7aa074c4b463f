//! Numeric dates in pasted copy: `8/8` gets its month and year in words.

use jiff::civil::Date;

use crate::import::remark::{Construct, Remark};
use crate::import::wire::copy::WireCopy;
use crate::parse::config::DateOrder;

/// A numeric date without a year: its place and its two numbers.
struct Numeric {
    start: usize,
    end: usize,
    a: i8,
    b: i8,
}

/// Gives `8/8` its month and year in words, and the item its day if it has none.
pub(super) fn numeric_dates(copy: &mut WireCopy, order: DateOrder, today: Date) {
    let all: Vec<Numeric> = copy.paragraphs.iter().flat_map(|it| numeric(it)).collect();
    let until = copy.date.unwrap_or(today);
    let is_day_first = is_day_first(&all, order, until);
    let mut latest: Option<Date> = None;
    for text in copy.paragraphs.iter_mut().chain(&mut copy.captions) {
        for found in numeric(text).into_iter().rev() {
            let Some(day) = found.day(is_day_first, until) else { continue };
            latest = latest.max(Some(day));
            let month =
                crate::date::MONTHS[usize::try_from(day.month() - 1).unwrap_or(0)];
            let words = match order {
                DateOrder::MonthDay => format!("{month} {}, {}", day.day(), day.year()),
                _ => format!("{} {month} {}", day.day(), day.year()),
            };
            let written = &text[found.start..found.end];
            let what = format!("the date {written} was read as {words}");
            copy.remarks.push(Remark::of(Construct::Decide, &what));
            text.replace_range(found.start..found.end, &words);
        }
    }
    copy.date = copy.date.or(latest);
}

/// Whether the day is before the month: as the book says, else in the order in which the
/// days lie closer together, for copy tells of days that do.
fn is_day_first(all: &[Numeric], order: DateOrder, until: Date) -> bool {
    let spread = |is_day_first: bool| {
        let days: Option<Vec<Date>> =
            all.iter().map(|it| it.day(is_day_first, until)).collect();
        let days = days.unwrap_or_default();
        let ends = days.iter().min().zip(days.iter().max());
        ends.map_or(i32::MAX, |(first, last)| (*last - *first).get_days())
    };
    match order {
        DateOrder::DayMonth => true,
        DateOrder::MonthDay => false,
        DateOrder::Unsettled => spread(true) <= spread(false),
    }
}

impl Numeric {
    /// The last day before `until` that it can mean.
    fn day(&self, is_day_first: bool, until: Date) -> Option<Date> {
        let (day, month) = if is_day_first { (self.a, self.b) } else { (self.b, self.a) };
        Date::new(until.year(), month, day).ok().map(|it| past(it, until))
    }
}

/// Numeric dates in running text: `8/8` behind a word that goes before days.
fn numeric(text: &str) -> Vec<Numeric> {
    const BEFORE: &[&str] =
        &["on", "since", "until", "from", "to", "by", "of", "before", "after", "dated"];
    let mut found = Vec::new();
    let mut at = 0;
    let mut last_word = String::new();
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word
            .trim()
            .trim_end_matches(['.', ',', ';', ':', ')', '”', '"'])
            .trim_start_matches('(');
        let numbers = bare
            .split_once('/')
            .and_then(|(a, b)| Some((a.parse::<i8>().ok()?, b.parse::<i8>().ok()?)));
        if let Some((a, b)) = numbers
            && (1..=31).contains(&a)
            && (1..=31).contains(&b)
            && BEFORE.contains(&last_word.to_lowercase().as_str())
        {
            let start = at + word.find(bare).unwrap_or(0);
            found.push(Numeric { start, end: start + bare.len(), a, b });
        }
        bare.clone_into(&mut last_word);
        at += word.len();
    }
    found
}

/// A day of this year that is still to come was one of the last year.
pub(super) fn past(day: Date, today: Date) -> Date {
    if day <= today {
        day
    } else {
        Date::new(day.year() - 1, day.month(), day.day()).unwrap_or(day)
    }
}

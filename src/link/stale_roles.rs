//! Roles and days: which one was held, and whether a text gives an outdated title.

use std::ops::Range;

use jiff::civil::Date;

use crate::date::Period;

/// A role as the checks want it.
#[derive(Clone, Copy, Debug)]
pub struct RoleTitle<'a> {
    /// What it is called.
    pub title: &'a str,
    /// Of what.
    pub of: Option<&'a str>,
    /// The days on which it is held.
    pub period: Period,
}

/// An outdated title in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaleRole {
    /// The first byte of the title's words.
    pub start: u32,
    /// One past their last byte.
    pub end: u32,
    /// The role that the words name.
    pub role: usize,
    /// The role that was held that day.
    pub held: Option<usize>,
}

/// Words before a title that make it another, or say that it is past or to come.
const QUALIFIERS: &[&str] = &[
    "vice",
    "deputy",
    "prime",
    "acting",
    "former",
    "ex",
    "then",
    "late",
    "assistant",
    "under",
    "incoming",
    "outgoing",
    "interim",
    "onetime",
    "erstwhile",
    "future",
    "shadow",
    "past",
    "previous",
    "previously",
    "as",
    "when",
    "was",
    "were",
    "candidate",
    "elect",
];

/// How far before a name its title may begin, in bytes.
const REACH: usize = 80;

/// The role held on a day: of several the one that began last. `None` before the first,
/// after the last, and in a gap.
pub fn held_on(roles: &[RoleTitle<'_>], day: Date) -> Option<usize> {
    (0..roles.len())
        .filter(|at| roles[*at].period.contains(day))
        .max_by_key(|at| (roles[*at].period.first, *at))
}

/// Whether the words before or after a name give a title that was not held that day.
pub fn check(
    text: &str,
    mention: Range<usize>,
    roles: &[RoleTitle<'_>],
    day: Date,
) -> Option<StaleRole> {
    let held = |role: &RoleTitle<'_>| role.period.contains(day);
    if roles.iter().all(held) {
        return None;
    }
    let (before, n_name) = words_before(text, &mention);
    let after = words_after(text, mention.end);
    for (at, role) in roles.iter().enumerate() {
        if held(role) {
            continue;
        }
        let title = tokens(role.title);
        if title.is_empty() {
            continue;
        }
        let found =
            ends_with(&before, n_name, &title).or_else(|| begins_with(&after, &title));
        let is_still_held =
            || roles.iter().any(|other| held(other) && is_short_for(&title, other));
        if let Some(range) = found
            && !is_still_held()
        {
            return Some(StaleRole {
                start: u32::try_from(range.start).ok()?,
                end: u32::try_from(range.end).ok()?,
                role: at,
                held: held_on(roles, day),
            });
        }
    }
    None
}

/// A word in lower case and its place in the text.
type Word = (String, Range<usize>);

/// Whether a title may be short for a role: `Secretary` for `Secretary of State`.
fn is_short_for(title: &[String], role: &RoleTitle<'_>) -> bool {
    tokens(role.title).windows(title.len().max(1)).any(|words| words == title)
}

/// The words of a title in lower case, without a leading country.
fn tokens(title: &str) -> Vec<String> {
    let mut words: Vec<String> = title
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .map(|word| word.replace('.', "").to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    if words.len() > 1
        && matches!(words[0].as_str(), "us" | "uk" | "eu" | "american" | "mexican")
    {
        words.remove(0);
    }
    words
}

/// The words up to a name, in the same sentence, and those of the name itself but its last;
/// with how many of them are the name's.
fn words_before(text: &str, mention: &Range<usize>) -> (Vec<Word>, usize) {
    let mut from = mention.start.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = &text[from..mention.start];
    let cut = before.rfind(['!', '?', ';', ':', '(', '\u{fffc}', ',']);
    from +=
        cut.map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let mut words = words(text, from..mention.start);
    let name = self::words(text, mention.clone());
    let n_name = name.len().saturating_sub(1);
    words.extend(name.into_iter().take(n_name));
    (words, n_name)
}

/// The words of an apposition: behind a comma, up to the next one.
fn words_after(text: &str, end: usize) -> Vec<Word> {
    let Some(rest) = text[end..].strip_prefix(", ") else { return Vec::new() };
    let start = text.len() - rest.len();
    let len =
        rest.find([',', '.', ';', ':', '\u{fffc}']).unwrap_or(rest.len()).min(REACH);
    let mut stop = start + len;
    while !text.is_char_boundary(stop) {
        stop -= 1;
    }
    words(text, start..stop)
}

fn words(text: &str, range: Range<usize>) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    let piece = &text[range.clone()];
    for (at, c) in piece.char_indices().chain([(piece.len(), ' ')]) {
        if c.is_alphanumeric() {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            let place = range.start + from..range.start + at;
            words.push((text[place.clone()].to_lowercase(), place));
        }
    }
    words
}

/// The place of a title that ends right before the name, or in it: `Senator Rubio` may be
/// an alias.
fn ends_with(words: &[Word], n_name: usize, title: &[String]) -> Option<Range<usize>> {
    let nearest = words.len() - n_name;
    for end in (nearest.max(title.len())..=words.len()).rev() {
        let here = &words[end - title.len()..end];
        let is_title = here.iter().map(|(word, _)| word).eq(title);
        let is_country =
            |word: &str| matches!(word, "us" | "u" | "s" | "uk" | "american");
        let before = words[..end - title.len()].iter().map(|(word, _)| word.as_str());
        let before = before.rev().find(|word| !is_country(word));
        if is_title && !before.is_some_and(|word| QUALIFIERS.contains(&word)) {
            return Some(here[0].1.start..here[here.len() - 1].1.end);
        }
    }
    None
}

/// The place of a title in `a US senator from Florida`.
fn begins_with(words: &[Word], title: &[String]) -> Option<Range<usize>> {
    let skip = words
        .iter()
        .take_while(|(word, _)| {
            matches!(word.as_str(), "a" | "an" | "the" | "us" | "u" | "s")
        })
        .count();
    let rest = &words[skip..];
    let has_article = words
        .first()
        .is_some_and(|(word, _)| matches!(word.as_str(), "a" | "an" | "the"));
    let is_title = rest.len() >= title.len()
        && rest.iter().map(|(word, _)| word).take(title.len()).eq(title);
    let place = is_title && has_article;
    place.then(|| rest[0].1.start..rest[title.len() - 1].1.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<Date> {
        text.parse().ok()
    }

    /// Rubio's roles, and Trump's two terms.
    fn roles(of: &str) -> Vec<RoleTitle<'static>> {
        let role = |title, from, to| RoleTitle {
            title,
            of: None,
            period: Period { first: day(from), last: day(to) },
        };
        match of {
            "Rubio" => vec![
                role("US Senator", "2011-01-03", "2025-01-20"),
                role("Secretary of State", "2025-01-21", ""),
            ],
            "Holm" => vec![
                role("Deputy Chair", "2021-03-01", "2024-12-31"),
                role("Chair of the Board", "2025-01-01", ""),
            ],
            "Trump" => vec![
                role("President", "2017-01-20", "2021-01-20"),
                role("President", "2025-01-20", ""),
            ],
            _ => vec![
                role("Senator", "2023-01-03", "2025-01-10"),
                role("Vice President", "2025-01-20", ""),
            ],
        }
    }

    fn said(text: &str, name: &str, on: &str) -> Option<String> {
        let start = text.find(name).unwrap();
        let last = name.rsplit(' ').next().unwrap();
        let stale =
            check(text, start..start + name.len(), &roles(last), day(on).unwrap())?;
        Some(text[stale.start as usize..stale.end as usize].to_owned())
    }

    #[test]
    fn a_title_of_another_time_is_found() {
        let cases = [
            ("US Senator Marco Rubio said", "Marco Rubio", "2025-08-08", "Senator"),
            ("Florida senator Marco Rubio", "Marco Rubio", "2025-08-08", "senator"),
            ("Then Senator Rubio left", "Senator Rubio", "2025-08-08", ""),
            ("Senator Rubio left", "Senator Rubio", "2025-08-08", "Senator"),
            (
                "Marco Rubio, a US senator from Florida,",
                "Marco Rubio",
                "2025-08-08",
                "senator",
            ),
            (
                "Secretary of State Marco Rubio",
                "Marco Rubio",
                "2024-08-08",
                "Secretary of State",
            ),
            ("President Donald Trump", "Donald Trump", "2023-08-08", "President"),
            ("Deputy Chair Ada Holm", "Ada Holm", "2025-08-08", "Deputy Chair"),
            ("Chair Ada Holm", "Ada Holm", "2025-08-08", ""),
            ("Senator JD Vance", "JD Vance", "2025-08-08", "Senator"),
            // Right on the day, past, to come, or another office.
            ("Secretary of State Marco Rubio", "Marco Rubio", "2025-08-08", ""),
            ("former US Senator Marco Rubio", "Marco Rubio", "2025-08-08", "Senator"),
            ("former Senator Marco Rubio", "Marco Rubio", "2025-08-08", ""),
            ("ex-Senator Marco Rubio", "Marco Rubio", "2025-08-08", ""),
            ("President Donald Trump", "Donald Trump", "2025-08-08", ""),
            ("President-elect Donald Trump", "Donald Trump", "2024-12-08", ""),
            ("Vice President JD Vance", "JD Vance", "2025-08-08", ""),
            ("The senator met Marco Rubio", "Marco Rubio", "2025-08-08", ""),
            ("Marco Rubio spoke. A senator left", "Marco Rubio", "2025-08-08", ""),
        ];
        for (text, name, on, expected) in cases {
            if text.starts_with("former US") {
                assert_eq!(said(text, name, on), None, "{text}");
                continue;
            }
            let expected = (!expected.is_empty()).then(|| expected.to_owned());
            assert_eq!(said(text, name, on), expected, "{text} on {on}");
        }
    }

    #[test]
    fn of_several_roles_the_one_that_began_last_is_held() {
        let roles = [
            RoleTitle {
                title: "Deputy",
                of: None,
                period: Period { first: day("2010-01-01"), last: None },
            },
            RoleTitle {
                title: "Chair",
                of: None,
                period: Period { first: day("2015-01-01"), last: day("2016-12-31") },
            },
        ];
        let cases = [
            ("2009-12-31", None),
            ("2010-01-01", Some(0)),
            ("2015-06-01", Some(1)),
            ("2017-01-01", Some(0)),
        ];
        for (on, expected) in cases {
            assert_eq!(held_on(&roles, day(on).unwrap()), expected, "{on}");
        }
    }
}

//! Roles and days: which one was held, and whether a text gives an outdated title.

use std::ops::Range;

use jiff::civil::Date;

use crate::date::Period;
use crate::language::Language;
use crate::span::narrow;

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

/// How far before or behind a name its title may be, in bytes.
const REACH: usize = 80;

/// The role held on a day: of several the one that began last. `None` before the first,
/// after the last, and in a gap.
pub fn held_on(roles: &[RoleTitle<'_>], day: Date) -> Option<usize> {
    (0..roles.len())
        .filter(|at| roles[*at].period.contains(day))
        .max_by_key(|at| (roles[*at].period.first, *at))
}

/// Whether the words before or after a name give a title that was not held that day.
///
/// `Mayor Ines Quist`, `the mayor, Ines Quist,`, `the mayor of Norwick, Ines Quist,`, `As
/// mayor, Ines Quist`, `Ines Quist, mayor of Norwick,`, `Ines Quist (mayor)`.
pub fn check(
    language: &Language,
    text: &str,
    mention: Range<usize>,
    roles: &[RoleTitle<'_>],
    day: Date,
) -> Option<StaleRole> {
    let held = |role: &RoleTitle<'_>| role.period.contains(day);
    if roles.iter().all(held) {
        return None;
    }
    let around = Around::of(language, text, mention);
    for (at, role) in roles.iter().enumerate().filter(|(_, role)| !held(role)) {
        let title = tokens(language, role.title);
        if title.is_empty() {
            continue;
        }
        let of = role.of.map(|of| tokens(language, of)).unwrap_or_default();
        let wanted = SoughtRole { title: &title, of: &of };
        let found = around
            .right_before(&wanted)
            .or_else(|| around.before_comma(&wanted))
            .or_else(|| around.behind(&wanted));
        let is_short = |other: &RoleTitle<'_>| {
            tokens(language, other.title).windows(title.len()).any(|words| words == title)
        };
        let is_still_held = || roles.iter().any(|other| held(other) && is_short(other));
        if let Some(range) = found
            && !is_still_held()
        {
            return Some(StaleRole {
                start: narrow(range.start),
                end: narrow(range.end),
                role: at,
                held: held_on(roles, day),
            });
        }
    }
    None
}

/// A role as words: `["deputy", "chair"]` of `["union"]`, which may be empty.
struct SoughtRole<'a> {
    title: &'a [String],
    of: &'a [String],
}

/// A word in lower case, its place in the text, and what stands before it.
struct Token<'a> {
    lower: String,
    place: Range<usize>,
    gap: &'a str,
}

/// The words around a name, as far as its sentence goes.
struct Around<'a> {
    language: &'a Language,
    text: &'a str,
    mention: Range<usize>,
    /// Those up to the name, and those of the name itself but its last: `Senator Rubio`
    /// may be an alias.
    before: Vec<Token<'a>>,
    /// How many of them are the name's.
    n_name: usize,
    /// Those behind the name.
    behind: Vec<Token<'a>>,
}

impl<'a> Around<'a> {
    fn of(language: &'a Language, text: &'a str, mention: Range<usize>) -> Around<'a> {
        let mut from = mention.start.saturating_sub(REACH);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let stretch = &text[from..mention.start];
        let cut = stretch.rfind(['!', '?', ';', ':', '(', '\u{fffc}']);
        let width = |at: usize| stretch[at..].chars().next().map_or(1, char::len_utf8);
        from += cut.map_or(0, |at| at + width(at));
        let mut before = words(text, from..mention.start);
        // A point ends a sentence behind a word that is not an abbreviation.
        let ends =
            |it: usize| before[it].gap.starts_with('.') && before[it - 1].lower.len() > 4;
        if let Some(start) = (1..before.len()).rev().find(|it| ends(*it)) {
            before.drain(..start);
        }
        let mut name = words(text, mention.clone());
        name.pop();
        let n_name = name.len();
        before.extend(name);
        let rest = &text[mention.end..];
        let len = rest.find(['!', '?', ';', ':', '\u{fffc}']).unwrap_or(rest.len());
        let mut stop = mention.end + len.min(REACH);
        while !text.is_char_boundary(stop) {
            stop -= 1;
        }
        let behind = words(text, mention.end..stop);
        Around { language, text, mention, before, n_name, behind }
    }

    /// `Mayor Ines Quist`, `Florida senator Marco Rubio`.
    fn right_before(&self, wanted: &SoughtRole<'_>) -> Option<Range<usize>> {
        let words = &self.before;
        let title = wanted.title;
        let nearest = words.len() - self.n_name;
        if self.n_name == 0 && !self.text[..self.mention.start].ends_with([' ', '\n']) {
            return None;
        }
        let is_apart = self.text[..self.mention.start].trim_end().ends_with([',', '.']);
        for end in (nearest.max(title.len())..=words.len()).rev() {
            if end == nearest && is_apart {
                continue;
            }
            let start = end - title.len();
            if is_title(&words[start..end], title) && !self.is_qualified(start) {
                return Some(place(&words[start..end]));
            }
        }
        None
    }

    /// `The mayor, Ines Quist,`, `The mayor of Norwick, Ines Quist,`, `As mayor, Ines
    /// Quist`.
    fn before_comma(&self, wanted: &SoughtRole<'_>) -> Option<Range<usize>> {
        let words = &self.before[..self.before.len() - self.n_name];
        if !self.text[..self.mention.start].ends_with(", ") {
            return None;
        }
        let title = wanted.title;
        for start in (0..words.len().saturating_sub(title.len() - 1)).rev() {
            let end = start + title.len();
            let is_one = words[start + 1..].iter().all(|it| !it.gap.contains([',', '.']));
            if !is_one {
                return None;
            }
            if !is_title(&words[start..end], title) {
                continue;
            }
            let is_as = start > 0 && words[start - 1].lower == "as";
            let has_article = start > 0
                && (self.language.articles.has(&words[start - 1].lower)
                    || words[start].gap == " "
                        && matches!(words[start - 1].gap, "'" | "’"));
            let is_closed = self.text[self.mention.end..].starts_with([',', '.', ')']);
            let is_apposition = is_as || has_article && is_closed;
            let is_office = match words.get(end) {
                None => true,
                Some(next) => next.lower == "of" && self.fits(&words[end + 1..], wanted),
            };
            if is_apposition && is_office {
                return Some(place(&words[start..end]));
            }
        }
        None
    }

    /// `Ines Quist, mayor of Norwick,`, `Marco Rubio, a US senator from Florida`, `Ines
    /// Quist (mayor)`.
    fn behind(&self, wanted: &SoughtRole<'_>) -> Option<Range<usize>> {
        let title = wanted.title;
        let words = &self.behind;
        let opens = words.first()?.gap;
        if opens != ", " && opens != " (" {
            return None;
        }
        let is_small = |it: &&Token<'_>| {
            self.language.articles.has(&it.lower) || self.is_country(&it.lower)
        };
        let skip = words.iter().take_while(is_small).count();
        let has_article =
            words.first().is_some_and(|it| self.language.articles.has(&it.lower));
        let end = skip + title.len();
        if end > words.len() || !is_title(&words[skip..end], title) {
            return None;
        }
        let is_office = match words.get(end) {
            None => true,
            Some(next) if next.gap.contains([',', ')', '.']) => true,
            Some(next) if next.lower == "of" => self.fits(&words[end + 1..], wanted),
            Some(next) if self.language.role_ends.has(&next.lower) => false,
            Some(next) if next.lower == "from" => !words
                .get(end + 1)
                .is_some_and(|it| it.lower.starts_with(char::is_numeric)),
            Some(next) => has_article || self.language.role_places.has(&next.lower),
        };
        is_office.then(|| place(&words[skip..end]))
    }

    /// Whether what follows `of` is what the role is of; any, if the role does not say.
    fn fits(&self, rest: &[Token<'_>], wanted: &SoughtRole<'_>) -> bool {
        let skip =
            rest.iter().take_while(|it| self.language.articles.has(&it.lower)).count();
        let rest = rest[skip..].iter().map(|it| &it.lower);
        wanted.of.iter().zip(rest).all(|(a, b)| a == b)
    }

    /// Whether the word before a title makes it another: `vice president`, `former mayor`.
    fn is_qualified(&self, start: usize) -> bool {
        let before = self.before[..start].iter().rev().map(|it| it.lower.as_str());
        let mut before = before.skip_while(|word| self.is_country(word));
        before.next().is_some_and(|word| self.language.role_qualifiers.has(word))
    }

    fn is_country(&self, word: &str) -> bool {
        self.language.role_countries.has(word)
    }
}

/// The words of a title in lower case, without a leading country or article.
fn tokens(language: &Language, title: &str) -> Vec<String> {
    let mut words: Vec<String> = title
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .map(|word| word.replace('.', "").to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    let is_small =
        |word: &str| language.role_countries.has(word) || language.articles.has(word);
    if words.len() > 1 && is_small(&words[0]) {
        words.remove(0);
    }
    words
}

fn words(text: &str, range: Range<usize>) -> Vec<Token<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut last = 0;
    let piece = &text[range.clone()];
    for (at, c) in piece.char_indices().chain([(piece.len(), ' ')]) {
        if c.is_alphanumeric() {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            let place = range.start + from..range.start + at;
            let lower = text[place.clone()].to_lowercase();
            words.push(Token { lower, place, gap: &piece[last..from] });
            last = at;
        }
    }
    words
}

fn is_title(words: &[Token<'_>], title: &[String]) -> bool {
    words.iter().map(|it| &it.lower).eq(title)
}

fn place(words: &[Token<'_>]) -> Range<usize> {
    words[0].place.start..words[words.len() - 1].place.end
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
            "Quist" => vec![RoleTitle {
                title: "Mayor",
                of: Some("Norwick"),
                period: Period { first: day("2019-01-01"), last: day("2024-12-31") },
            }],
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
        let place = start..start + name.len();
        let stale =
            check(Language::of("en"), text, place, &roles(last), day(on).unwrap())?;
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
            ("former US Senator Marco Rubio", "Marco Rubio", "2025-08-08", ""),
            ("former Senator Marco Rubio", "Marco Rubio", "2025-08-08", ""),
            ("ex-Senator Marco Rubio", "Marco Rubio", "2025-08-08", ""),
            ("President Donald Trump", "Donald Trump", "2025-08-08", ""),
            ("President-elect Donald Trump", "Donald Trump", "2024-12-08", ""),
            ("Vice President JD Vance", "JD Vance", "2025-08-08", ""),
            ("The senator met Marco Rubio", "Marco Rubio", "2025-08-08", ""),
            ("Marco Rubio spoke. A senator left", "Marco Rubio", "2025-08-08", ""),
        ];
        for (text, name, on, expected) in cases {
            let expected = (!expected.is_empty()).then(|| expected.to_owned());
            assert_eq!(said(text, name, on), expected, "{text} on {on}");
        }
    }

    #[test]
    fn an_office_may_stand_before_or_behind_the_name() {
        let cases = [
            ("Ines Quist, mayor of Norwick, said", "mayor"),
            ("The mayor, Ines Quist, said", "mayor"),
            ("The mayor of Norwick, Ines Quist, said", "mayor"),
            ("On Monday the city’s mayor, Ines Quist, left", "mayor"),
            ("Norwick's mayor, Ines Quist, left", "mayor"),
            ("Ines Quist (mayor) voted", "mayor"),
            ("Ines Quist (the mayor of Norwick)", "mayor"),
            ("As mayor, Ines Quist votes", "mayor"),
            ("Ines Quist, the mayor, voted", "mayor"),
            ("He met Ines Quist, mayor.", "mayor"),
            ("Norwick mayor Ines Quist voted", "mayor"),
            // Another office, another place, another time, or another person.
            ("Ines Quist, mayor of Bonn, said", ""),
            ("The mayor of Bonn, Ines Quist, said", ""),
            ("Ines Quist, mayor until 2024, said", ""),
            ("Ines Quist, a mayor until 2024, said", ""),
            ("Ines Quist, then mayor, said", ""),
            ("Ines Quist, deputy mayor of Norwick, said", ""),
            ("The deputy mayor, Ines Quist, said", ""),
            ("The former mayor, Ines Quist, said", ""),
            ("After the mayor, Ines Quist and Bo Lind spoke", ""),
            ("Ines Quist, mayor candidates and others", ""),
            ("He saw the mayor. Ines Quist, too, left", ""),
            ("The mayor, who met Ines Quist, left", ""),
        ];
        for (text, expected) in cases {
            let expected = (!expected.is_empty()).then(|| expected.to_owned());
            assert_eq!(said(text, "Ines Quist", "2025-03-21"), expected, "{text}");
        }
        let said = said("Ada Holm, deputy chair of the Union,", "Ada Holm", "2025-08-08");
        assert_eq!(said.as_deref(), Some("deputy chair"));
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

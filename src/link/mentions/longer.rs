//! What keeps a name from being a part of a longer one that the registry lacks.
//!
//! Four guards, named as the manual names them: a word before (`New Mexico`, `Melania
//! Trump`), a word behind (`Trump Tower`), an `of` before (`Bank of America`), and a
//! generation behind (`Trump Jr.`); and hyphens (`Jean-Marie`).

use crate::date::{MONTHS, WEEKDAYS};
use crate::language::{Language, Names};
use crate::link::mentions::guards::is_word;
use crate::link::mentions::view::FoldedPassage;
use crate::link::mentions::{Candidate, MentionRule, PassageKind};
use crate::link::registry::Registry;
use crate::parse::entity::EntityKind;

/// Drops candidates that belong to a longer name which the registry lacks.
pub(super) fn drop_parts(
    registry: &Registry,
    passage: &FoldedPassage<'_>,
    at: u32,
    candidates: &mut Vec<Candidate>,
) {
    let first = candidates.partition_point(|it| it.passage < at);
    let surroundings = Surroundings::of(registry, passage, &candidates[first..]);
    let mut at = 0;
    candidates.retain(|it| {
        at += 1;
        at <= first
            || it.rule == MentionRule::AllCaps
            || !surroundings.is_hyphenated(it) && !surroundings.is_part(it)
    });
}

/// A passage and the names in it, which make no other name longer.
struct Surroundings<'a> {
    registry: &'a Registry,
    language: &'a Language,
    text: &'a str,
    is_heading: bool,
    /// Where names begin and end, each in order.
    starts: Vec<usize>,
    ends: Vec<usize>,
}

/// The words beside a name.
struct Beside<'a> {
    name: &'a str,
    before: &'a str,
    next: &'a str,
    /// Whether another name begins right behind.
    next_is_name: bool,
    /// Whether another name ends right before.
    before_is_name: bool,
}

impl<'a> Surroundings<'a> {
    fn of(
        registry: &'a Registry,
        passage: &'a FoldedPassage<'_>,
        candidates: &[Candidate],
    ) -> Surroundings<'a> {
        let mut starts: Vec<usize> = candidates.iter().map(|it| it.start).collect();
        let mut ends: Vec<usize> = candidates.iter().map(|it| it.end).collect();
        starts.sort_unstable();
        ends.sort_unstable();
        Surroundings {
            registry,
            language: registry.language,
            text: passage.text(),
            is_heading: passage.kind == PassageKind::Heading,
            starts,
            ends,
        }
    }

    /// Whether a hyphen joins the name to something that makes another name of it:
    /// `US-Mexico`, `US-led` and `anti-Trump` do not, `Jean-Marie` does.
    fn is_hyphenated(&self, it: &Candidate) -> bool {
        let after = self.text[it.end..].strip_prefix('-');
        if let Some(after) = after.filter(|after| after.starts_with(is_word)) {
            let len = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
            let is_name = self.starts.binary_search(&(it.end + 1)).is_ok();
            if !is_name && !self.language.hyphenated.has(&after[..len]) {
                return true;
            }
        }
        let before = self.text[..it.start].strip_suffix('-');
        if let Some(before) = before.filter(|before| before.ends_with(is_word)) {
            let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            let is_name = self.ends.binary_search(&(it.start - 1)).is_ok();
            if !is_name && !self.language.prefixes.has(&last.to_lowercase()) {
                return true;
            }
        }
        false
    }

    /// Whether the words beside a name make a longer one of it.
    fn is_part(&self, it: &Candidate) -> bool {
        let name = &self.text[it.start..it.end];
        if !name.starts_with(char::is_uppercase) {
            return false;
        }
        let beside = Beside {
            name,
            before: word_before(self.language, self.text, it.start),
            next: word_after(self.text, it.end),
            next_is_name: self.starts.binary_search(&(it.end + 1)).is_ok(),
            before_is_name: it.start > 0
                && self.ends.binary_search(&(it.start - 1)).is_ok(),
        };
        if self.is_another_generation(it, &beside) {
            return true;
        }
        if is_acronym(name) {
            return self.language.institutions_of_acronyms.has(beside.next);
        }
        self.goes_on(&beside)
            || !name.contains(' ')
                && (self.begins_earlier(&beside) || self.is_of(it, &beside))
    }

    /// `Donald Trump Jr.`, where the registry has the father.
    fn is_another_generation(&self, it: &Candidate, beside: &Beside<'_>) -> bool {
        let is_person = || {
            let kinds = it.entities.iter().map(|it| self.registry.entity(*it).kind);
            kinds.into_iter().all(|kind| kind == EntityKind::Person)
        };
        let has_its_own = beside.name.contains("Jr");
        Names::table().generations.has(beside.next) && !has_its_own && is_person()
    }

    /// `Trump Tower`, `Pentagon Papers`: a word with a capital behind. A name of several
    /// words is made longer by the words for institutions only.
    fn goes_on(&self, beside: &Beside<'_>) -> bool {
        let next = beside.next;
        if self.is_heading || beside.next_is_name || !next.starts_with(char::is_uppercase)
        {
            return false;
        }
        let is_one_word = !beside.name.contains(' ');
        self.language.institutions.has(next)
            || is_one_word && !self.is_no_part_of_names(next) && !is_shouted(next)
    }

    /// `New Mexico`, `Melania Trump`, `J. Trump`: a word with a capital before.
    fn begins_earlier(&self, beside: &Beside<'_>) -> bool {
        let before = beside.before;
        if !before.starts_with(char::is_uppercase) {
            return false;
        }
        if self.language.directions.has(before) && !beside.before_is_name {
            return true;
        }
        if self.is_heading {
            return false;
        }
        let is_initial = before.len() == 2 && before.ends_with('.');
        let makes_no_name = || {
            self.language.openers.has(before)
                || self.is_no_part_of_names(before)
                || beside.before_is_name
                || self.language.demonym_endings.ends(before)
                || is_shouted(before)
        };
        is_initial || !makes_no_name()
    }

    /// `Bank of America`, `Gulf of Mexico`; `President of Mexico` is none.
    fn is_of(&self, it: &Candidate, beside: &Beside<'_>) -> bool {
        if beside.before != "of" {
            return false;
        }
        let before = self.text[..it.start].trim_end();
        let head = before.strip_suffix("of").map(str::trim_end).unwrap_or_default();
        self.language.heads_of.has(word_before(self.language, head, head.len()))
    }

    /// Titles, days and months stand beside names with a capital of their own.
    fn is_no_part_of_names(&self, word: &str) -> bool {
        self.language.titles.has(word)
            || self.language.followers.has(word)
            || WEEKDAYS.contains(&word)
            || MONTHS.contains(&word)
    }
}

/// Capitals and points, not too many.
fn is_acronym(name: &str) -> bool {
    name.len() <= 6 && name.chars().all(|c| c.is_uppercase() || c == '.')
}

/// Two capitals or more: an acronym, which stands before a name like an adjective.
fn is_shouted(word: &str) -> bool {
    word.chars().count() >= 2 && word.chars().all(|c| c.is_uppercase() || c == '.')
}

/// The word behind a place, if only a space is between; its points belong to it.
fn word_after(text: &str, end: usize) -> &str {
    let Some(rest) = text[end..].strip_prefix(' ') else { return "" };
    let len = rest
        .find(|c: char| !c.is_alphanumeric() && !"'.&".contains(c))
        .unwrap_or(rest.len());
    let word = &rest[..len];
    let word = word.strip_suffix("'s").unwrap_or(word);
    let is_short = word.len() <= 4;
    if is_short { word } else { word.trim_end_matches('.') }
}

/// The word before a place, if only a space is between.
fn word_before<'a>(language: &Language, text: &'a str, start: usize) -> &'a str {
    let before = text[..start].trim_end_matches(' ');
    if start < text.len() && before.len() + 1 != start && before.len() != start {
        return "";
    }
    let from = before
        .char_indices()
        .rev()
        .find(|(_, c)| !c.is_alphanumeric() && !"'.".contains(*c))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let word = &before[from..];
    // A sentence ended here, unless the point is an abbreviation's.
    let is_abbreviation = |word: &str| {
        word.len() == 2 || language.titles.has(word) || language.directions.has(word)
    };
    if word.ends_with('.') && !is_abbreviation(word) { "" } else { word }
}

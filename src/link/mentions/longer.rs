//! What keeps a name from being a part of a longer one that the registry lacks.
//!
//! Four guards, named as the manual names them: a word before (`New Mexico`, `Melania
//! Trump`), a word behind (`Trump Tower`), an `of` before (`Bank of America`), and a
//! generation behind (`Trump Jr.`); and hyphens (`Jean-Marie`).

use std::borrow::Cow;

use crate::date::{MONTHS, WEEKDAYS};
use crate::language::{Language, Names};
use crate::link::mentions::bounds::is_word;
use crate::link::mentions::case::capitalized;
use crate::link::mentions::refusal::NameRefusal;
use crate::link::mentions::rule::MentionRule;
use crate::link::mentions::terms::{Candidate, PassageKind};
use crate::link::mentions::view::FoldedPassage;
use crate::link::registry::Registry;
use crate::parse::entity::EntityKind;

/// A passage and the names in it, which make no other name longer.
pub(super) struct Surroundings<'a> {
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
    before: Cow<'a, str>,
    next: Cow<'a, str>,
    /// Whether another name begins right behind.
    next_is_name: bool,
    /// Whether another name ends right before.
    before_is_name: bool,
    /// Whether the name is in capitals, which say nothing of the words beside it.
    is_shouted: bool,
}

impl<'a> Surroundings<'a> {
    /// The surroundings of the names of a passage, in any order.
    pub(super) fn of<'c>(
        registry: &'a Registry,
        language: &'a Language,
        passage: &'a FoldedPassage<'_>,
        names: impl Iterator<Item = &'c Candidate> + Clone,
    ) -> Surroundings<'a> {
        let mut starts: Vec<usize> = names.clone().map(|it| it.start).collect();
        let mut ends: Vec<usize> = names.map(|it| it.end).collect();
        starts.sort_unstable();
        ends.sort_unstable();
        Surroundings {
            registry,
            language,
            text: passage.text(),
            is_heading: passage.kind == PassageKind::Heading,
            starts,
            ends,
        }
    }

    /// Why a name is a part of a longer one; `None` if it is not.
    pub(super) fn refusal(&self, it: &Candidate) -> Option<NameRefusal> {
        if self.is_hyphenated(it) {
            return Some(NameRefusal::Hyphen);
        }
        let name = &self.text[it.start..it.end];
        if !name.starts_with(char::is_uppercase) {
            return None;
        }
        let is_shouted = it.rule == MentionRule::AllCaps;
        // Next to a name in capitals, `NEW` is `New`.
        let plain = |word: &'a str| {
            if is_shouted && self::is_shouted(word) {
                Cow::Owned(capitalized(word))
            } else {
                Cow::Borrowed(word)
            }
        };
        let before = word_before(self.language, self.text, it.start);
        // `Ruritania's Norwick`: what owns a name is not part of it.
        let owner = before.split_once('\'').map_or("", |(owner, _)| owner);
        let owns = owner.chars().count() > 1 && it.start > before.len() && {
            let from = it.start - 1 - before.len();
            before.ends_with("'s") || self.starts.binary_search(&from).is_ok()
        };
        let beside = Beside {
            name,
            before: plain(if owns { "" } else { before }),
            next: plain(word_after(self.text, it.end)),
            next_is_name: self.starts.binary_search(&(it.end + 1)).is_ok(),
            before_is_name: it.start > 0
                && self.ends.binary_search(&(it.start - 1)).is_ok(),
            is_shouted,
        };
        if self.is_another_generation(it, &beside) {
            return Some(NameRefusal::Generation);
        }
        if is_acronym(name) && !is_shouted {
            let is_another = self.language.institutions_of_acronyms.has(&beside.next);
            return is_another.then_some(NameRefusal::WordBehind);
        }
        if self.goes_on(&beside) {
            return Some(NameRefusal::WordBehind);
        }
        if name.contains(' ') {
            return self.is_longer_person(it, &beside).then_some(NameRefusal::WordBefore);
        }
        if self.begins_earlier(it, &beside) {
            return Some(NameRefusal::WordBefore);
        }
        self.is_of(it, &beside).then_some(NameRefusal::Of)
    }

    /// Whether a hyphen joins the name to something that makes another name of it:
    /// `US-Mexico`, `US-led` and `anti-Trump` do not, `Jean-Marie` does. In German a hyphen
    /// behind a name joins anything: `BP-Chef`.
    fn is_hyphenated(&self, it: &Candidate) -> bool {
        let after = self.text[it.end..].strip_prefix('-');
        if let Some(after) = after.filter(|after| after.starts_with(is_word)) {
            let len = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
            let is_name = self.starts.binary_search(&(it.end + 1)).is_ok();
            let joins = self.language.nouns_have_capitals && !self.is_given_name(it);
            if !is_name && !joins && !self.language.hyphenated.has(&after[..len]) {
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

    /// Whether a name could be the first half of a person's: `Jean-Marie`.
    fn is_given_name(&self, it: &Candidate) -> bool {
        it.holders.all(|it| self.registry.entity(it).kind == EntityKind::Person)
            && it.rule != MentionRule::Surname
    }

    /// `Donald Trump Jr.`, where the registry has the father.
    fn is_another_generation(&self, it: &Candidate, beside: &Beside<'_>) -> bool {
        let is_person =
            || it.holders.all(|it| self.registry.entity(it).kind == EntityKind::Person);
        let has_its_own = beside.name.contains("Jr");
        Names::table().generations.has(&beside.next) && !has_its_own && is_person()
    }

    /// `Trump Tower`, `Pentagon Papers`: a word with a capital behind. A name of several
    /// words is made longer by the words for institutions only.
    fn goes_on(&self, beside: &Beside<'_>) -> bool {
        let next = &*beside.next;
        if self.is_heading || beside.next_is_name || !next.starts_with(char::is_uppercase)
        {
            return false;
        }
        if self.language.institutions.has(next) {
            return true;
        }
        let says_something = !beside.is_shouted && !self.language.nouns_have_capitals;
        says_something
            && !beside.name.contains(' ')
            && !self.is_no_part_of_names(next)
            && !is_shouted(next)
    }

    /// `New Mexico`, `Melania Trump`, `J. Trump`: a word with a capital before.
    fn begins_earlier(&self, it: &Candidate, beside: &Beside<'_>) -> bool {
        let before = &*beside.before;
        if !before.starts_with(char::is_uppercase) {
            return false;
        }
        if self.language.directions.has(before) && !beside.before_is_name {
            return true;
        }
        if self.is_heading || beside.is_shouted {
            return false;
        }
        let is_initial = before.len() == 2 && before.ends_with('.');
        if is_initial {
            return true;
        }
        if self.language.nouns_have_capitals {
            // Only a given name makes another person of a surname.
            return it.rule == MentionRule::Surname
                && Names::table().given_names.has(before)
                && !beside.before_is_name;
        }
        !(self.language.openers.has(before)
            || self.is_no_part_of_names(before)
            || beside.before_is_name
            || self.language.demonym_endings.ends(before)
            || is_shouted(before))
    }

    /// `Curtis Robert Burr` is not Robert Burr: a word with a capital before a person's full
    /// name, in mid-sentence or a given name, that is neither title nor adjective.
    fn is_longer_person(&self, it: &Candidate, beside: &Beside<'_>) -> bool {
        let before = &*beside.before;
        let is_person =
            || it.holders.all(|it| self.registry.entity(it).kind == EntityKind::Person);
        if self.is_heading
            || beside.is_shouted
            || beside.before_is_name
            || !before.starts_with(char::is_uppercase)
            || !is_person()
        {
            return false;
        }
        Names::table().given_names.has(before) && !self.is_no_part_of_names(before)
    }

    /// `Bank of America`, `Gulf of Mexico`; `President of Mexico` is none.
    fn is_of(&self, it: &Candidate, beside: &Beside<'_>) -> bool {
        let of = &*beside.before;
        let is_of = self.language.of.has(of) || beside.is_shouted && of == "Of";
        if !is_of {
            return false;
        }
        let before = self.text[..it.start].trim_end();
        let head = before[..before.len() - of.len()].trim_end();
        let word = word_before(self.language, head, head.len());
        self.language.heads_of.has(word)
            || beside.is_shouted && self.language.heads_of.has(&capitalized(word))
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
    // An article that has lost its vowel is not a part of the name: `L'Ukraine`.
    if word.ends_with('\'') && !word.eq_ignore_ascii_case("o'") {
        return "";
    }
    // A sentence ended here, unless the point is an abbreviation's.
    let is_abbreviation = |word: &str| {
        word.len() == 2 || language.titles.has(word) || language.directions.has(word)
    };
    if word.ends_with('.') && !is_abbreviation(word) { "" } else { word }
}

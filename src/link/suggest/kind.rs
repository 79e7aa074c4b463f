//! What a name that the registry lacks is likely to be.

use crate::language::{Language, Names};
use crate::link::suggest::runs::{Run, is_acronym};
use crate::parse::entity::EntityKind;

/// What one place says of what a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hint {
    /// Nothing.
    None,
    /// A title before it, or what people do behind it.
    Person,
    /// A word for `in` before it.
    Place,
    /// It is written as a link, so it is somebody's name for sure.
    Written,
}

impl Hint {
    /// Of the words around a name.
    pub(super) fn of(run: &Run<'_>, language: &Language) -> Hint {
        if !run.titles.is_empty() {
            return Hint::Person;
        }
        if language.before_places.has(&run.before.to_lowercase()) {
            return Hint::Place;
        }
        let is_deed = run.after != "and" && language.verbs_of_people.has(run.after);
        if is_deed { Hint::Person } else { Hint::None }
    }
}

/// How often the places of a name say what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hints {
    n: u32,
    persons: u32,
    places: u32,
}

impl Hints {
    /// Adds what one place says.
    pub(super) fn add(&mut self, hint: Hint) {
        self.n += 1;
        self.persons += u32::from(hint == Hint::Person);
        self.places += u32::from(hint == Hint::Place);
    }

    /// The likely kind of a name of which that is said.
    pub(super) fn kind(self, name: &str, language: &Language) -> EntityKind {
        let words: Vec<&str> = name.split(' ').collect();
        let [first, .., last] = &words[..] else { return self.of_word(name) };
        let any = |list: &crate::language::Words| words.iter().any(|it| list.has(it));
        if any(&language.event_words) {
            return EntityKind::Event;
        }
        if language.law_words.has(last) || language.law_words.has(first) {
            return EntityKind::Law;
        }
        let is_given = Names::table().given_names.has(first);
        let is_place = language.directions.has(first) || language.place_words.has(last);
        if is_place && !is_given {
            return EntityKind::Place;
        }
        let is_body = any(&language.tail_words)
            || any(&language.institutions)
            || language.heads_of.has(first)
            || any(&language.body_words);
        if is_body && !is_given {
            return EntityKind::Organization;
        }
        if is_given || self.persons * 4 >= self.n && self.persons > self.places {
            return EntityKind::Person;
        }
        if self.places * 2 >= self.n {
            return EntityKind::Place;
        }
        match words.len() {
            2 | 3 if !any(&language.of) => EntityKind::Person,
            _ => EntityKind::Organization,
        }
    }

    fn of_word(self, name: &str) -> EntityKind {
        if is_acronym(name) {
            return EntityKind::Organization;
        }
        if self.persons * 2 >= self.n && self.persons > self.places {
            return EntityKind::Person;
        }
        if self.places * 3 >= self.n {
            EntityKind::Place
        } else {
            EntityKind::Organization
        }
    }
}

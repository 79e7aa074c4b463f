//! All names and aliases, and whose they are.

mod beginnings;
pub mod companies;
mod entry;
pub mod fold;
pub(in crate::link) mod inflected;
mod patterns;
pub(in crate::link) mod short_forms;
pub(in crate::link) mod spellings;
pub mod surnames;

use std::collections::HashMap;
use std::ptr;
use std::sync::OnceLock;

use aho_corasick::Anchored;
use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::nfa::contiguous::NFA;

use crate::diagnostic::Spellings;
use crate::language::Language;
use crate::link::registry::beginnings::Beginnings;
pub use crate::link::registry::entry::{EntityIdx, NamedEntity, TimedName, UseKind};
use crate::link::registry::fold::{folded, lowered};
pub use crate::link::registry::inflected::Inflected;
pub use crate::link::registry::patterns::{Pattern, Use};
use crate::link::registry::short_forms::ShortForm;

/// All names and whose they are, with one automaton that finds them in a text.
///
/// Built once; the time a search takes grows with the text, not with the names.
#[derive(Clone, Debug)]
pub struct Registry {
    /// What the program knows of the book's language.
    pub language: &'static Language,
    /// The entities, by position.
    pub entities: Vec<NamedEntity>,
    /// What the automaton looks for, by pattern number.
    pub patterns: Vec<Pattern>,
    /// The patterns, and the state in which it is before it has read anything.
    automaton: Option<(NFA, StateID)>,
    /// With which letters they begin.
    beginnings: Beginnings,
    /// The short forms of each entity's name; made when a text has it.
    short_forms: Vec<OnceLock<Vec<ShortForm>>>,
    /// The names that take endings in the book's language.
    pub inflected: Inflected,
    /// Whose a name, alias or slug is, in lower case.
    by_name: HashMap<Box<str>, Vec<EntityIdx>>,
    /// Pattern numbers by their exact text.
    by_text: HashMap<Box<str>, u32>,
    /// Names and aliases by their letters; made when a name is not found.
    spellings: OnceLock<Spellings>,
}

impl PartialEq for Registry {
    /// The rest follows from the entities and the language.
    fn eq(&self, other: &Registry) -> bool {
        self.entities == other.entities && ptr::eq(self.language, other.language)
    }
}

impl Default for Registry {
    /// No entity, in English.
    fn default() -> Registry {
        Registry::new(Vec::new(), "en")
    }
}

impl Registry {
    /// The registry of some entities; positions are those of the list. The language is the
    /// book's, as a BCP 47 tag.
    pub fn new(entities: Vec<NamedEntity>, language: &str) -> Registry {
        let mut by_name: HashMap<Box<str>, Vec<EntityIdx>> = HashMap::new();
        for (idx, entity) in (0..).map(EntityIdx).zip(&entities) {
            let dated = entity.dated_names.iter().map(|it| &it.name);
            let names = entity.aliases.iter().chain(dated);
            for name in [&entity.name, &entity.slug].into_iter().chain(names) {
                let holders = by_name.entry(lowered(&folded(name)).into()).or_default();
                if holders.last() != Some(&idx) {
                    holders.push(idx);
                }
            }
        }
        let language = Language::of(language);
        let patterns = patterns::of(&entities, language);
        let by_text = (0..)
            .zip(&patterns)
            .map(|(at, pattern)| (pattern.text.clone(), at))
            .collect();
        let texts = patterns.iter().map(|pattern| pattern.text.as_bytes());
        let beginnings = Beginnings::of(texts.clone());
        // Names begin where words begin, so each search is anchored there: it ends at the
        // first letter that no name has, and needs no way back to shorter names.
        let automaton = NFA::builder().prefilter(false).build(texts).ok();
        let automaton = automaton.and_then(|it| {
            let start = it.start_state(Anchored::Yes).ok()?;
            Some((it, start))
        });
        let short_forms = entities.iter().map(|_| OnceLock::new()).collect();
        let inflected = Inflected::of(&entities, language);
        let spellings = OnceLock::new();
        Registry {
            language,
            entities,
            patterns,
            automaton,
            beginnings,
            short_forms,
            inflected,
            by_name,
            by_text,
            spellings,
        }
    }

    /// Whose a name, alias or slug is, whatever its capitals; several if it is shared. A
    /// slug wins over names that are spelled like it.
    pub fn lookup(&self, name: &str) -> Vec<EntityIdx> {
        let key = lowered(&folded(name));
        let holders = self.by_name.get(key.as_str()).map_or(&[][..], |it| it);
        let by_slug = holders.iter().find(|it| &*self.entity(**it).slug == name);
        match by_slug {
            Some(only) => vec![*only],
            None => holders.to_vec(),
        }
    }

    /// The entity at a position.
    pub fn entity(&self, idx: EntityIdx) -> &NamedEntity {
        &self.entities[idx.0 as usize]
    }

    /// The short forms that hold in a text which has an entity's full name.
    pub(in crate::link) fn short_forms(&self, idx: EntityIdx) -> &[ShortForm] {
        self.short_forms[idx.0 as usize]
            .get_or_init(|| self.short_forms_in(idx, self.language))
    }

    /// The same for a text in another language than the book's.
    pub(in crate::link) fn short_forms_in(
        &self,
        idx: EntityIdx,
        language: &Language,
    ) -> Vec<ShortForm> {
        let is_free = |form: &str| {
            let uses = self.pattern(&lowered(form)).map(|it| &it.uses);
            uses.is_none_or(|it| it.iter().all(|it| it.entity == idx))
        };
        short_forms::of(self.entity(idx), language, is_free)
    }

    /// The registered name nearest to one that is none, if one is near enough to be meant.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        let spellings = self.spellings.get_or_init(|| {
            let names = self.entities.iter();
            let names = names.flat_map(|it| [&it.name].into_iter().chain(&it.aliases));
            Spellings::of(names.map(|it| &**it))
        });
        spellings.nearest(name)
    }

    /// The pattern of a name in lower case.
    pub fn pattern(&self, text: &str) -> Option<&Pattern> {
        self.by_text.get(text).map(|at| &self.patterns[*at as usize])
    }

    /// The patterns with which a text in lower case begins, the shortest first, each with
    /// its length.
    pub fn starting<'a>(
        &'a self,
        small: &[u8],
        mut found: impl FnMut(usize, &'a Pattern),
    ) {
        let Some((automaton, start)) = &self.automaton else { return };
        if !self.beginnings.may_begin(small) {
            return;
        }
        let mut state = *start;
        for (len, byte) in (1..).zip(small) {
            state = automaton.next_state(Anchored::Yes, state, *byte);
            if !automaton.is_special(state) {
                continue;
            }
            if automaton.is_dead(state) {
                return;
            }
            if automaton.is_match(state) {
                // Behind the one that begins here are those that begin later.
                let longest = automaton.match_pattern(state, 0);
                if automaton.pattern_len(longest) == len {
                    found(len, &self.patterns[longest.as_usize()]);
                }
            }
        }
    }
}

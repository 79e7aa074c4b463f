//! The names of one text that the registry lacks.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::language::Language;
use crate::link::asides::{self, NamedIn};
use crate::link::edition::Edition;
use crate::link::registry::fold::{folded, lowered};
use crate::link::suggest::kind::Hint;
use crate::link::suggest::runs::{self, BLANK, Run};
use crate::link::texts::TextIdx;
use crate::parse::document::Document;
use crate::parse::markdown::{Passage, PieceText, Target};
use crate::span::Stretch;

/// What one text has of names that the registry lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sightings {
    /// The names, in the order of the text.
    pub names: Vec<Sighting>,
    /// The words that it writes small: a word is common that a text writes so.
    pub small: SmallWords,
}

/// Words that texts write small, as hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SmallWords(HashSet<u64>);

impl SmallWords {
    /// Adds those of another text.
    pub fn extend(&mut self, more: &SmallWords) {
        self.0.extend(&more.0);
    }

    /// Whether a word is among them.
    pub fn has(&self, word: &str) -> bool {
        self.0.contains(&word_hash(word))
    }
}

/// A place where such a name stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The name, folded.
    pub name: Box<str>,
    pub(super) at: Stretch,
    /// Whether it begins a sentence, where a capital says nothing.
    pub(super) opens_sentence: bool,
    /// The title before it: `Prime Minister`; mostly empty.
    pub(super) title: Box<str>,
    /// What stands around it says of what it is.
    pub(super) hint: Hint,
}

impl Sighting {
    /// Where it stands.
    pub fn place(&self) -> Stretch {
        self.at
    }
}

impl Sightings {
    /// Of a text.
    pub fn of(edition: &Edition, idx: TextIdx) -> Sightings {
        let mut small = SmallWords::default();
        let names = Sightings::read(edition, idx, |text| {
            small.0.extend(runs::small_words(text).map(word_hash));
        });
        Sightings { names, small }
    }

    /// The names alone, which take half the time.
    pub fn names_of(edition: &Edition, idx: TextIdx) -> Vec<Sighting> {
        Sightings::read(edition, idx, |_| ())
    }

    /// The names of a text; `each` is told the words of each passage.
    fn read(
        edition: &Edition,
        idx: TextIdx,
        mut each: impl FnMut(&str),
    ) -> Vec<Sighting> {
        let document = edition.document(idx);
        let language = match idx {
            TextIdx::Brief(it) => edition.brief(it).brief.front.language.as_deref(),
            _ => None,
        };
        let language = Language::of(language.unwrap_or(&edition.config.language));
        let mut found = Sightings::default();
        for passage in &document.body.passages {
            let text = BlankedText::of(passage, edition, idx);
            each(&text.text);
            // Headings have capitals of their own.
            let is_shouted = !text.text.contains(char::is_lowercase);
            if passage.is_heading || is_shouted {
                continue;
            }
            for run in runs::runs(&text.text, language) {
                found.add(edition, language, &text, &run);
            }
        }
        found.written(edition, document);
        found.given(edition, idx);
        found.names
    }

    fn add(
        &mut self,
        edition: &Edition,
        language: &Language,
        text: &BlankedText,
        run: &Run<'_>,
    ) {
        let name = folded(&run.words.join(" "));
        let registry = &edition.registry;
        let is_known = !registry.lookup(&name).is_empty()
            || registry.pattern(&lowered(&name)).is_some();
        if is_known || edition.config.names.settled.contains_key(&*name) {
            return;
        }
        self.names.push(Sighting {
            at: text.in_file(run.start, run.end),
            opens_sentence: run.opens_sentence,
            title: run.titles.join(" ").into(),
            hint: Hint::of(run, language),
            name: name.into(),
        });
    }

    /// Adds the names under keys that no entity has: a speaker, a place, an outlet.
    fn given(&mut self, edition: &Edition, idx: TextIdx) {
        for (named_in, name) in asides::names(edition.any(idx)) {
            let value = folded(&name.value);
            let connectors = &edition.registry.language.name_connectors;
            let is_proper =
                |it: &str| it.contains(char::is_uppercase) || connectors.has(it);
            // Who publishes is no matter of the registry.
            let is_own =
                *value == *edition.publisher() || *value == *edition.config.title;
            let is_name = value.split(' ').count() <= 6
                && value.split(' ').all(is_proper)
                && !is_own
                && edition.registry.lookup(&value).is_empty();
            if is_name {
                self.names.push(Sighting {
                    name: value.into(),
                    at: name.at,
                    opens_sentence: false,
                    title: Box::default(),
                    hint: match named_in {
                        NamedIn::Place => Hint::Place,
                        NamedIn::Party | NamedIn::Byline => Hint::Person,
                        _ => Hint::None,
                    },
                });
            }
        }
    }

    /// Adds the names in `[[…]]` that no entity has: whoever wrote them meant one.
    fn written(&mut self, edition: &Edition, document: &Document) {
        for link in &document.body.links {
            let Target::Name(name, at) = &link.target else { continue };
            let name = folded(name);
            let is_name = name.contains(char::is_uppercase);
            if is_name && edition.registry.lookup(&name).is_empty() {
                self.names.push(Sighting {
                    name: name.into(),
                    at: *at,
                    opens_sentence: false,
                    title: Box::default(),
                    hint: Hint::Written,
                });
            }
        }
    }
}

/// A word as it is kept.
fn word_hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new(); // with fixed keys: the same in every run
    word.hash(&mut hasher);
    hasher.finish()
}

/// A passage with a blank for each mention and for what is no text.
struct BlankedText {
    text: String,
    /// Where in the file a place in the text comes from, in order.
    marks: Vec<(usize, u32)>,
}

impl BlankedText {
    fn of(passage: &Passage, edition: &Edition, idx: TextIdx) -> BlankedText {
        let document = edition.document(idx);
        let mentions = &edition.text(idx).found.mentions;
        let mut blanked = BlankedText { text: String::new(), marks: Vec::new() };
        for piece in document.body.pieces(passage) {
            if piece.text != PieceText::Source {
                let text = document.body.text(piece, &document.text);
                blanked.marks.push((blanked.text.len(), piece.at.start));
                blanked.text.push_str(text);
                continue;
            }
            let mut from = piece.at.start;
            let first = mentions.partition_point(|it| it.at.start < piece.at.start);
            let inside =
                mentions[first..].iter().take_while(|it| it.at.end <= piece.at.end);
            for mention in inside {
                blanked.push(document, from, mention.at.start);
                blanked.text.push(BLANK);
                from = mention.at.end;
            }
            blanked.push(document, from, piece.at.end);
        }
        blanked
    }

    fn push(&mut self, document: &Document, from: u32, to: u32) {
        self.marks.push((self.text.len(), from));
        let range = from as usize..to as usize;
        self.text.push_str(document.text.get(range).unwrap_or(""));
    }

    fn in_file(&self, start: usize, end: usize) -> Stretch {
        let place = |at: usize| {
            let next = self.marks.partition_point(|(it, _)| *it <= at);
            let (from, file) = self.marks[next.saturating_sub(1)];
            file as usize + at - from
        };
        Stretch::new(place(start)..place(end.saturating_sub(1)).max(place(start)) + 1)
    }
}

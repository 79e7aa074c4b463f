//! Names that change with their case: `Москве` for `Москва`, `Sinipankin` for `Sinipankki`.

use std::collections::{BTreeSet, HashMap};

use crate::language::Language;
use crate::link::registry::entry::{EntityIdx, NamedEntity, UseKind};
use crate::link::registry::fold::{folded, lowered};

/// A stem of fewer letters says too little: `Рим` stays as it is.
const SHORTEST_STEM: usize = 4;

/// The names of a registry by the stem of their first word; empty in a language whose
/// endings are put to names as they are.
#[derive(Clone, Debug, Default)]
pub struct Inflected {
    /// Every ending that a word can have, without the empty one.
    endings: BTreeSet<Box<str>>,
    by_stem: HashMap<Box<str>, Vec<InflectedName>>,
}

/// A name whose words take endings.
#[derive(Clone, Debug)]
pub struct InflectedName {
    /// Whose it is.
    pub entity: EntityIdx,
    /// What it is to its entity.
    pub kind: UseKind,
    words: Vec<Stems>,
}

/// What one word of a name can be: a stem, and the endings that it takes.
type Stems = Vec<(Box<str>, &'static [Box<str>])>;

impl Inflected {
    pub(super) fn of(entities: &[NamedEntity], language: &'static Language) -> Inflected {
        let mut inflected = Inflected::default();
        if !language.changes_endings() {
            return inflected;
        }
        let endings = language.endings.iter().flatten().filter(|it| !it.is_empty());
        inflected.endings = endings.cloned().collect();
        for (entity, named) in (0..).map(EntityIdx).zip(entities) {
            inflected.add(entity, UseKind::Name, &named.name, language);
            for alias in &named.aliases {
                inflected.add(entity, UseKind::Alias, alias, language);
            }
        }
        inflected
    }

    fn add(
        &mut self,
        entity: EntityIdx,
        kind: UseKind,
        name: &str,
        language: &'static Language,
    ) {
        let name = folded(name);
        if !name.split(' ').all(|word| word.starts_with(char::is_uppercase)) {
            return;
        }
        let name = lowered(&name);
        let words: Vec<Stems> = name.split(' ').map(|it| stems(it, language)).collect();
        let mut firsts: Vec<&str> = words[0].iter().map(|(stem, _)| &**stem).collect();
        firsts.sort_unstable();
        firsts.dedup();
        for first in firsts {
            let named = InflectedName { entity, kind, words: words.clone() };
            self.by_stem.entry(first.into()).or_default().push(named);
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_stem.is_empty()
    }

    /// The names that a text in lower case begins with in an inflected form, each with how
    /// long it is.
    pub fn at<'a>(&'a self, text: &str) -> Vec<(usize, &'a InflectedName)> {
        let word = first_word(text);
        let endings = self.endings.iter().filter_map(|it| word.strip_suffix(&**it));
        let stems = endings.chain([word]);
        let names = stems.filter_map(|stem| self.by_stem.get(stem)).flatten();
        names.filter_map(|it| Some((it.len_of(text)?, it))).collect()
    }
}

impl InflectedName {
    /// How long the name is that a text begins with; `None` if it is another, or if all of
    /// its words stand as the registry has them.
    fn len_of(&self, text: &str) -> Option<usize> {
        let mut at = 0;
        let mut is_plain = true;
        for (i, stems) in self.words.iter().enumerate() {
            if i > 0 {
                at += 1;
                text[..at].ends_with(' ').then_some(())?;
            }
            let word = first_word(text.get(at..)?);
            let ending = stems.iter().find_map(|(stem, row)| {
                let ending = word.strip_prefix(&**stem)?;
                row.iter().position(|it| &**it == ending)
            })?;
            is_plain &= ending == 0;
            at += word.len();
            if i + 1 < self.words.len() && !text[at..].starts_with(' ') {
                return None;
            }
        }
        (!is_plain).then_some(at)
    }
}

/// What a word can be without its ending.
fn stems(word: &str, language: &'static Language) -> Stems {
    let mut stems: Stems = vec![(word.into(), &PLAIN[..])];
    for row in &language.endings {
        let Some(stem) = row.first().and_then(|plain| word.strip_suffix(&**plain)) else {
            continue;
        };
        if stem.chars().count() >= SHORTEST_STEM {
            stems.push((stem.into(), row));
        }
    }
    stems
}

/// A word that takes no ending.
static PLAIN: std::sync::LazyLock<[Box<str>; 1]> =
    std::sync::LazyLock::new(|| [Box::default()]);

/// The forms of a word, without the word itself.
pub(in crate::link) fn forms(word: &str, language: &Language) -> Vec<String> {
    let mut forms = Vec::new();
    for row in
        language.endings.iter().filter(|row| row.first().is_some_and(|it| !it.is_empty()))
    {
        if let Some(stem) = word.strip_suffix(&*row[0])
            && stem.chars().count() >= SHORTEST_STEM
        {
            forms.extend(row[1..].iter().map(|ending| format!("{stem}{ending}")));
        }
    }
    forms
}

fn first_word(text: &str) -> &str {
    let ends = |c: char| !c.is_alphanumeric();
    &text[..text.find(ends).unwrap_or(text.len())]
}

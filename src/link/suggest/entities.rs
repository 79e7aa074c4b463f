//! Entities that the registry lacks: names, grouped, counted and dated.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::language::Language;
use crate::link::edition::Edition;
use crate::link::registry::fold::lowered;
use crate::link::registry::spellings::letters;
use crate::link::registry::surnames::surnames;
use crate::link::suggest::kind::{Hint, Hints};
use crate::link::suggest::runs::is_acronym;
use crate::link::suggest::sightings::{Sighting, Sightings, SmallWords};
use crate::link::texts::TextIdx;
use crate::parallel;
use crate::parse::entity::EntityKind;
use crate::span::Stretch;

/// An entity that the registry lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestedEntity {
    /// Its name: the fullest that the texts have.
    pub name: String,
    /// What it is likely to be.
    pub kind: EntityKind,
    /// Acronyms and shorter names that texts use for it.
    pub aliases: Vec<String>,
    /// How often it is named, by any of its names.
    pub count: u32,
    /// In how many texts.
    pub n_texts: u32,
    /// The first and last day on which a brief names it; `None` if none does.
    pub days: Option<(Date, Date)>,
    /// The titles beside it, in the order of their first day, each with its days.
    pub titles: Vec<SeenTitle>,
    /// Where its name stands first.
    pub place: (TextIdx, Stretch),
    /// Whether a link that is written by hand names it: then it is meant for sure.
    pub is_written: bool,
    /// All words by which texts name it, sorted.
    pub words: Vec<String>,
}

/// A title beside a name, and the days of the briefs that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenTitle {
    /// The title, with its capitals.
    pub title: String,
    /// The first and last day; `None` if no brief has it.
    pub days: Option<(Date, Date)>,
}

/// What is known of one name over all texts.
#[derive(Clone, Debug, Default)]
struct Seen {
    /// The texts that have it, each with how often.
    texts: BTreeMap<usize, u32>,
    n_inside: u32,
    n_all: u32,
    hints: Hints,
    is_written: bool,
    days: Option<(Date, Date)>,
    titles: BTreeMap<Box<str>, Option<(Date, Date)>>,
    place: Option<(TextIdx, Stretch)>,
}

/// The names of a book that its registry lacks.
pub struct SeenNames {
    /// Those of each text, in the order of the edition.
    pub texts: Vec<(TextIdx, Arc<[Sighting]>)>,
    /// The words that any text writes small.
    pub small: SmallWords,
}

impl SeenNames {
    /// Reads all texts; `done` is called once a text that was read.
    pub fn of(edition: &Edition, done: impl Fn() + Sync + Send) -> SeenNames {
        let all: Vec<TextIdx> = edition.texts.all().collect();
        let sightings = parallel::map(&all, |idx| {
            let found = Sightings::of(edition, *idx);
            done();
            found
        });
        let mut seen = SeenNames { texts: Vec::new(), small: SmallWords::default() };
        for (idx, sightings) in all.into_iter().zip(sightings) {
            seen.small.extend(&sightings.small);
            seen.texts.push((idx, sightings.names.into()));
        }
        seen
    }

    /// The entities that they suggest.
    pub fn entities(&self, edition: &Edition) -> Vec<SuggestedEntity> {
        new_entities(edition, &self.texts, &self.small)
    }
}

/// The entities that some texts suggest, those that most texts name first.
///
/// `texts` in the order of the edition; `small` has the words that any of them writes small.
pub fn new_entities(
    edition: &Edition,
    texts: &[(TextIdx, Arc<[Sighting]>)],
    small: &SmallWords,
) -> Vec<SuggestedEntity> {
    let language = edition.registry.language;
    let is_small = |word: &str| small.has(&word.to_lowercase());
    let mut names: BTreeMap<Box<str>, Seen> = BTreeMap::new();
    for (at, (idx, sightings)) in texts.iter().enumerate() {
        for sighting in &**sightings {
            let Some(name) = name_of(sighting, &is_small) else { continue };
            let seen = names.entry(name).or_default();
            seen.add(at, *idx, edition.day(*idx), sighting);
        }
    }
    let known = words_of_people(edition);
    names.retain(|name, seen| {
        is_sure(name, seen, &is_small) && (seen.is_written || !known.contains(&**name))
    });
    let mut found: Vec<SuggestedEntity> = grouped(&names)
        .into_iter()
        .map(|group| group.entity(language))
        .filter(|it| edition.registry.lookup(&it.name).is_empty())
        .collect();
    found.sort_by(|a, b| {
        (b.n_texts, b.count).cmp(&(a.n_texts, a.count)).then_with(|| a.name.cmp(&b.name))
    });
    found
}

/// The words by which registered people are called: alone they mean one of them, who is not
/// in that text by full name.
fn words_of_people(edition: &Edition) -> BTreeSet<&str> {
    let entities = &edition.registry.entities;
    let people = entities.iter().filter(|it| it.kind == EntityKind::Person);
    people.flat_map(|it| it.name.split(' ').chain(surnames(&it.name))).collect()
}

/// The name of a place: a first word that texts write small elsewhere is no part of it
/// where it begins a sentence.
fn name_of(sighting: &Sighting, is_small: &impl Fn(&str) -> bool) -> Option<Box<str>> {
    let name = &sighting.name;
    if !sighting.opens_sentence || sighting.hint == Hint::Written {
        return Some(name.clone());
    }
    let Some((first, rest)) = name.split_once(' ') else { return Some(name.clone()) };
    if !is_small(first) {
        return Some(name.clone());
    }
    rest.contains(' ').then(|| rest.into())
}

/// Whether a name is one: several words, or one that stands in mid-sentence and is never
/// written small.
fn is_sure(name: &str, seen: &Seen, is_small: &impl Fn(&str) -> bool) -> bool {
    if seen.is_written {
        return true;
    }
    if name.contains(' ') {
        // `Foreign Affairs` is two words that texts have small, and a heading of a sort.
        return !name
            .split(' ')
            .all(|it| is_small(it) || !it.starts_with(char::is_uppercase));
    }
    seen.n_inside > 0 && !is_small(name)
}

impl Seen {
    fn add(&mut self, at: usize, idx: TextIdx, day: Option<Date>, it: &Sighting) {
        *self.texts.entry(at).or_default() += 1;
        self.n_all += 1;
        self.n_inside += u32::from(!it.opens_sentence);
        self.hints.add(it.hint);
        self.is_written |= it.hint == Hint::Written;
        self.days = joined(self.days, day.map(|day| (day, day)));
        if !it.title.is_empty() {
            let title = self.titles.entry(it.title.clone()).or_default();
            *title = joined(*title, day.map(|day| (day, day)));
        }
        self.place.get_or_insert((idx, it.at));
    }
}

/// The days from the first of both to the last.
pub(super) fn joined(
    a: Option<(Date, Date)>,
    b: Option<(Date, Date)>,
) -> Option<(Date, Date)> {
    match (a, b) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (one, other) => one.or(other),
    }
}

/// A name and the shorter ones that mean the same.
struct NameGroup {
    name: Box<str>,
    seen: Seen,
    aliases: BTreeSet<Box<str>>,
    words: BTreeSet<Box<str>>,
    /// How often it is named in each text, by any of its names.
    texts: BTreeMap<usize, u32>,
}

/// Puts surnames, acronyms and short forms to the full names that texts have beside them.
fn grouped(names: &BTreeMap<Box<str>, Seen>) -> Vec<NameGroup> {
    let mut of_short: BTreeMap<String, Vec<Box<str>>> = BTreeMap::new();
    for name in names.keys().filter(|it| it.contains(' ')) {
        for short in shorter(name) {
            of_short.entry(short).or_default().push(name.clone());
        }
    }
    let mut merged: BTreeMap<Box<str>, Vec<Box<str>>> = BTreeMap::new();
    let mut groups = Vec::new();
    for (name, seen) in names {
        let full = of_short.get(&**name).into_iter().flatten();
        // In how many texts both stand: a surname is that of whom it stands beside.
        let mut beside = full.map(|full| {
            let texts = &names[full].texts;
            (seen.texts.keys().filter(|it| texts.contains_key(it)).count(), full)
        });
        let best = beside.by_ref().max_by_key(|(n, full)| (*n, std::cmp::Reverse(*full)));
        match best.filter(|(n, _)| *n > 0) {
            Some((_, full)) => merged.entry(full.clone()).or_default().push(name.clone()),
            None => groups.push(name.clone()),
        }
    }
    let group = |name: Box<str>| {
        let mut group = NameGroup {
            seen: names[&name].clone(),
            texts: names[&name].texts.clone(),
            aliases: BTreeSet::new(),
            words: BTreeSet::from([name.clone()]),
            name,
        };
        let mut open = vec![group.name.clone()];
        while let Some(full) = open.pop() {
            for short in merged.get(&full).into_iter().flatten() {
                group.join(short, &names[short]);
                open.push(short.clone());
            }
        }
        group
    };
    groups.into_iter().map(group).collect()
}

/// The shorter forms that a name may have: surname, initials, what is left without a middle
/// initial, and the first words of a longer name.
fn shorter(name: &str) -> Vec<String> {
    let mut short: Vec<String> = surnames(name).into_iter().map(str::to_owned).collect();
    short.extend(letters(name));
    let words: Vec<&str> = name.split(' ').collect();
    if let [first, middle, last] = words[..]
        && middle.chars().filter(|c| c.is_alphabetic()).count() == 1
    {
        short.push(format!("{first} {last}"));
    }
    for n in 1..words.len() {
        short.push(words[..n].join(" "));
        if words[n].starts_with(char::is_uppercase) {
            short.push(words[n..].join(" "));
        }
    }
    short.sort();
    short.dedup();
    short.retain(|it| it != name && !it.is_empty());
    short
}

impl NameGroup {
    fn join(&mut self, name: &str, seen: &Seen) {
        for (text, n) in &seen.texts {
            *self.texts.entry(*text).or_default() += n;
        }
        self.seen.days = joined(self.seen.days, seen.days);
        for (title, days) in &seen.titles {
            let own = self.seen.titles.entry(title.clone()).or_default();
            *own = joined(*own, *days);
        }
        self.words.insert(name.into());
        let is_surname = surnames(&self.name).contains(&name);
        if is_acronym(name) || !is_surname {
            self.aliases.insert(name.into());
        }
    }

    fn entity(self, language: &Language) -> SuggestedEntity {
        let kind = self.seen.hints.kind(&self.name, language);
        let mut titles: Vec<SeenTitle> = self
            .seen
            .titles
            .iter()
            .map(|(title, days)| SeenTitle { title: title.to_string(), days: *days })
            .collect();
        titles.sort_by(|a, b| a.days.cmp(&b.days).then_with(|| a.title.cmp(&b.title)));
        // A person's first name alone is no alias, and what is found anyway needs none.
        let is_alias = |it: &str| {
            kind != EntityKind::Person
                || it.contains(' ') && lowered(it) != lowered(&self.name)
        };
        SuggestedEntity {
            kind,
            aliases: self
                .aliases
                .iter()
                .filter(|it| is_alias(it))
                .map(ToString::to_string)
                .collect(),
            count: self.texts.values().sum(),
            n_texts: crate::span::narrow(self.texts.len()),
            days: self.seen.days,
            titles,
            place: self.seen.place.expect("a name stands somewhere"),
            is_written: self.seen.is_written,
            words: self.words.iter().map(ToString::to_string).collect(),
            name: self.name.into(),
        }
    }
}

//! Candidates from a list that the desk has: proposed only where the texts hold them.

use std::collections::BTreeMap;

use crate::language::Language;
use crate::link::edition::Edition;
use crate::link::mentions::{self, Context, PassageKind, RulesOff, SearchedPassage};
use crate::link::registry::{EntityIdx, NamedEntity, Registry};
use crate::link::suggest::aliases::SuggestedAlias;
use crate::link::suggest::entities::{SuggestedEntity, joined};
use crate::link::texts::TextIdx;
use crate::parallel;
use crate::parse::entity::EntityKind;
use crate::parse::markdown::PieceText;
use crate::span::{Stretch, narrow};

/// Something that a list names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedEntity {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Its other names.
    pub aliases: Vec<String>,
}

/// What of a list the texts hold.
#[derive(Debug, Default)]
pub struct FromList {
    /// Entities that the registry lacks.
    pub entities: Vec<SuggestedEntity>,
    /// Names that the list has for entities of the registry.
    pub aliases: Vec<SuggestedAlias>,
}

/// A name of the list where a text has it: whose it is there, by position in the list.
struct ListedMention {
    listed: EntityIdx,
    words: String,
    at: Stretch,
}

/// What of a list the texts hold, in the order of the list; aliases that no text has are
/// left out, for every one of them can be wrong somewhere.
pub fn from_list(edition: &Edition, list: &[ListedEntity]) -> FromList {
    let named = list.iter().map(|it| NamedEntity {
        slug: Box::default(),
        kind: it.kind,
        name: it.name.as_str().into(),
        aliases: it.aliases.iter().map(|it| it.as_str().into()).collect(),
        dated_names: Vec::new(),
    });
    let registry = Registry::new(named.collect(), &edition.config.language);
    let texts: Vec<TextIdx> = edition.texts.all().collect();
    let held = parallel::map(&texts, |idx| held(edition, *idx, &registry));
    let mut words: Vec<BTreeMap<&str, Vec<(TextIdx, Stretch)>>> =
        vec![BTreeMap::new(); list.len()];
    for (idx, held) in texts.iter().zip(&held) {
        for it in held {
            let places = words[it.listed.0 as usize].entry(&it.words).or_default();
            places.push((*idx, it.at));
        }
    }
    let mut found = FromList::default();
    for (listed, words) in list.iter().zip(words) {
        let Some(first) = words.values().flatten().next() else { continue };
        match edition.registry.lookup(&listed.name)[..] {
            [] => found.entities.push(entity(edition, listed, &words, *first)),
            [known] => {
                let own = |it: &str| edition.registry.lookup(it).is_empty();
                let new = words.iter().filter(|(it, _)| is_alias(listed, it) && own(it));
                found.aliases.extend(new.map(|(alias, places)| SuggestedAlias {
                    entity: known,
                    alias: (*alias).to_owned(),
                    count: narrow(places.len()),
                    of: narrow(places.len()),
                    place: places[0],
                }));
            }
            _ => {}
        }
    }
    found
}

/// Whether a list has these words as another name.
fn is_alias(listed: &ListedEntity, words: &str) -> bool {
    listed.name != words && listed.aliases.iter().any(|it| it == words)
}

fn entity(
    edition: &Edition,
    listed: &ListedEntity,
    words: &BTreeMap<&str, Vec<(TextIdx, Stretch)>>,
    first: (TextIdx, Stretch),
) -> SuggestedEntity {
    let mut texts: Vec<TextIdx> = words.values().flatten().map(|it| it.0).collect();
    let count = narrow(texts.len());
    texts.sort();
    texts.dedup();
    let days = texts.iter().filter_map(|it| edition.day(*it)).map(|day| (day, day));
    SuggestedEntity {
        name: listed.name.clone(),
        kind: listed.kind,
        aliases: words
            .keys()
            .filter(|it| is_alias(listed, it))
            .map(|it| (*it).to_owned())
            .collect(),
        count,
        n_texts: narrow(texts.len()),
        days: days.fold(None, |all, day| joined(all, Some(day))),
        titles: Vec::new(),
        place: first,
        is_written: false,
        words: words.keys().map(|it| (*it).to_owned()).collect(),
    }
}

/// The names of a list in a text, where no mention stands already.
fn held(edition: &Edition, idx: TextIdx, registry: &Registry) -> Vec<ListedMention> {
    let document = edition.document(idx);
    let linked = edition.text(idx);
    let language = match idx {
        TextIdx::Brief(it) => edition.brief(it).brief.front.language.as_deref(),
        _ => None,
    };
    let context = Context {
        date: edition.day(idx),
        language: Language::of(language.unwrap_or(&edition.config.language)),
        settled: &BTreeMap::new(),
        rules_off: &RulesOff::default(),
        written: &[],
    };
    // The pieces of all passages, each as it stands in the file: a name that goes on across
    // markup is not looked for here.
    let passages = document.body.passages.iter().flat_map(|passage| {
        let pieces = document.body.pieces(passage).iter();
        let source = pieces.filter(|it| it.text == PieceText::Source);
        source.map(|it| (it.at, passage.is_heading))
    });
    let passages: Vec<(Stretch, bool)> = passages.collect();
    let texts: Vec<SearchedPassage<'_>> = passages
        .iter()
        .map(|(at, is_heading)| SearchedPassage {
            text: document.text.get(at.range()).unwrap_or(""),
            kind: if *is_heading { PassageKind::Heading } else { PassageKind::Text },
            dates: &[],
        })
        .collect();
    let found = mentions::find(registry, &texts, &context);
    let mut held = Vec::new();
    for it in &found.mentions {
        let from = passages[it.passage as usize].0.start;
        let at = Stretch { start: from + it.start, end: from + it.end };
        let next = linked.found.mentions.partition_point(|it| it.at.end <= at.start);
        let is_free =
            linked.found.mentions.get(next).is_none_or(|it| at.end <= it.at.start);
        if is_free {
            let words = document.text.get(at.range()).unwrap_or("");
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            held.push(ListedMention { listed: it.entity, words, at });
        }
    }
    held
}

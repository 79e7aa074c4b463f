//! Names that writers give entities in their own links.

use std::collections::BTreeMap;

use crate::link::edition::Edition;
use crate::link::registry::EntityIdx;
use crate::link::registry::fold::{folded, lowered};
use crate::link::targets::Destination;
use crate::link::texts::TextIdx;
use crate::parse::markdown::Link;
use crate::span::Stretch;

/// Another name of an entity, which the registry lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestedAlias {
    /// Whose it is.
    pub entity: EntityIdx,
    /// The name.
    pub alias: String,
    /// How often these words stand for the entity.
    pub count: u32,
    /// How often they stand for anybody.
    pub of: u32,
    /// Where they stand first.
    pub place: (TextIdx, Stretch),
}

/// Of five links with the same words, so many must lead to one entity.
const SHARE: (u32, u32) = (4, 5);

/// Where links with the same words lead: each entity with how often, and the first place.
type Leads = BTreeMap<EntityIdx, (u32, (TextIdx, Stretch))>;

/// The aliases that the links of all texts suggest, the most frequent first.
///
/// Words that are written small are no name, and another entity's name is none of this one.
pub fn new_aliases(edition: &Edition) -> Vec<SuggestedAlias> {
    let mut words: BTreeMap<String, Leads> = BTreeMap::new();
    for idx in edition.texts.all() {
        let document = edition.document(idx);
        let destinations = &edition.text(idx).destinations;
        for (link, destination) in document.body.links.iter().zip(destinations) {
            let Destination::Entity(entity) = destination else { continue };
            let Some(said) = words_of(link, &document.text) else { continue };
            let said = without_article(edition, &said);
            let leads = words.entry(said).or_default();
            leads.entry(*entity).or_insert((0, (idx, link.at))).0 += 1;
        }
    }
    let mut found: Vec<SuggestedAlias> = words
        .into_iter()
        .filter(|(said, _)| is_proper(edition, said))
        .filter_map(|(said, leads)| alias(edition, said, &leads))
        .collect();
    found.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.alias.cmp(&b.alias)));
    found
}

/// The words of a link, folded, without markup and possessive ending; `None` for one that
/// has no words of its own.
fn words_of(link: &Link, text: &str) -> Option<String> {
    let link = text.get(link.at.range())?;
    let words = if let Some(inner) = link.strip_prefix("[[") {
        inner.strip_suffix("]]")?.split_once('|')?.1
    } else {
        let end = link.rfind("](")?;
        link[..end].strip_prefix('[')?
    };
    if words.contains(['[', ']', '!', '`', '<', '\n']) {
        return None;
    }
    let words = folded(&words.replace(['*', '_'], ""));
    let words = words.strip_suffix("'s").unwrap_or(&words);
    (!words.is_empty()).then(|| words.to_owned())
}

/// `Iron Mayor` of `the Iron Mayor`.
fn without_article(edition: &Edition, words: &str) -> String {
    let articles = &edition.registry.language.articles;
    let rest = words.split_once(' ').filter(|(it, _)| articles.has(&it.to_lowercase()));
    rest.map_or(words, |(_, rest)| rest).to_owned()
}

/// Whether words have the capitals of a name behind articles and the like.
fn is_proper(edition: &Edition, words: &str) -> bool {
    let language = edition.registry.language;
    let is_plain = |it: &&str| {
        language.openers.has(it)
            || language.articles.has(&it.to_lowercase())
            || language.titles.has(it)
    };
    let mut own = words.split(' ').skip_while(is_plain).peekable();
    let starts = own.peek().is_some_and(|it| {
        it.chars().any(char::is_uppercase)
            && it.chars().filter(|c| c.is_alphanumeric()).count() > 1
    });
    starts && words.split(' ').count() <= 6
}

fn alias(edition: &Edition, words: String, leads: &Leads) -> Option<SuggestedAlias> {
    let of: u32 = leads.values().map(|(n, _)| n).sum();
    let (entity, (count, place)) =
        leads.iter().max_by_key(|(it, (n, _))| (*n, std::cmp::Reverse(**it)))?;
    if count * SHARE.1 < of * SHARE.0 {
        return None;
    }
    // Another's name, or one that is found already.
    let registry = &edition.registry;
    let is_taken = !registry.lookup(&words).is_empty()
        || registry.pattern(&lowered(&words)).is_some()
        || registry.short_forms(*entity).iter().any(|it| *it.text == *words)
        || edition.config.names.settled.contains_key(&*words);
    (!is_taken).then_some(SuggestedAlias {
        entity: *entity,
        alias: words,
        count: *count,
        of,
        place: *place,
    })
}

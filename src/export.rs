//! The book as data: one record a thing, for analysts and other tools.

mod claims;
pub mod records;
pub mod registry;

use crate::date::{Moment, PartialDate};
use crate::link::edition::Edition;
use crate::link::registry::EntityIdx;
use crate::link::texts::{BriefIdx, LinkedBrief, LinkedEntity, TextIdx};
use crate::parse::brief::Source;
use crate::parse::entity::same_as_url;
use crate::parse::fields::Placed;
use crate::parse::storyline::STATUSES;
use crate::span::Ruler;

use crate::export::records::{
    Book, Brief, Correction, Counted, Entity, Event, Mention, Name, Record, Relation,
    Role, SourceRecord, Storyline,
};
use crate::site_url::SiteUrl;

/// The version of the records. It grows when a field goes or changes its meaning, not when
/// one is added.
pub const VERSION: u32 = 3;

/// Gives every record of an edition to `take`, in this order: the book, its entities by
/// path, storylines by path, briefs newest first, each with its mentions in text order,
/// claims by slug, each with its stances and findings newest first, quotes newest first,
/// events oldest first.
///
/// The error is the first that `take` gives.
pub fn export<E>(
    edition: &Edition,
    mut take: impl FnMut(&Record<'_>) -> Result<(), E>,
) -> Result<(), E> {
    take(&Record::Book(book(edition)))?;
    for linked in &edition.entities {
        take(&Record::Entity(entity(linked)))?;
    }
    for linked in &edition.storylines {
        let document = &linked.storyline.document;
        let word = STATUSES.iter().find(|(_, it)| *it == linked.storyline.status);
        take(&Record::Storyline(Storyline {
            file: &document.path,
            page: &linked.permalink.0,
            slug: document.slug.as_str(),
            title: &document.title.value,
            summary: value(linked.storyline.summary.as_ref()),
            status: word.map_or("", |(word, _)| word),
            briefs: linked.briefs.iter().map(|it| page(edition, *it)).collect(),
        }))?;
    }
    for (idx, linked) in (0..).map(BriefIdx).zip(&edition.briefs) {
        take(&Record::Brief(brief(edition, linked)))?;
        each_mention(edition, TextIdx::Brief(idx), |it| take(&Record::Mention(it)))?;
    }
    for idx in edition.texts.all().filter(|it| !matches!(it, TextIdx::Brief(_))) {
        each_mention(edition, idx, |it| take(&Record::Mention(it)))?;
    }
    for claim in &edition.claims.all {
        claims::each(edition, claim, &mut take)?;
    }
    for quote in &edition.quotes.all {
        if let Some(quote) = claims::quoted(edition, quote) {
            take(&Record::Quote(quote))?;
        }
    }
    for event in &edition.timelines.events {
        take(&Record::Event(Event {
            date: event.date.to_string(),
            heading: &event.heading,
            place: event.place.as_deref(),
            entities: event.entities.iter().map(|it| slug(edition, *it)).collect(),
            told_in: event
                .told_in
                .iter()
                .map(|(text, _)| &*edition.permalink(*text).0)
                .collect(),
        }))?;
    }
    Ok(())
}

fn page(edition: &Edition, idx: BriefIdx) -> &str {
    &edition.brief(idx).permalink.0
}

fn slug(edition: &Edition, idx: EntityIdx) -> &str {
    edition.entity(idx).entity.document.slug.as_str()
}

fn value(placed: Option<&Placed<Box<str>>>) -> Option<&str> {
    placed.map(|it| &*it.value)
}

fn moment(moment: &Moment) -> String {
    if moment.has_time { moment.rfc3339() } else { moment.day.to_string() }
}

fn date(date: Option<PartialDate>) -> Option<String> {
    date.map(|it| it.to_string())
}

fn book(edition: &Edition) -> Book<'_> {
    let config = &edition.config;
    Book {
        version: VERSION,
        title: &config.title,
        site_url: config.site_url.as_ref().map(SiteUrl::as_str),
        language: &config.language,
        n_briefs: edition.briefs.len(),
        n_entities: edition.entities.len(),
        n_storylines: edition.storylines.len(),
    }
}

fn entity(linked: &LinkedEntity) -> Entity<'_> {
    let (document, front) = (&linked.entity.document, &linked.entity.front);
    Entity {
        file: &document.path,
        page: &linked.permalink.0,
        slug: document.slug.as_str(),
        name: &document.title.value,
        kind: front.kind.word(),
        aliases: front.aliases.iter().map(|it| &*it.value).collect(),
        summary: value(front.summary.as_ref()),
        roles: front
            .roles
            .iter()
            .map(|it| Role {
                title: &it.title,
                of: value(it.of.as_ref()),
                from: date(it.from),
                to: date(it.to),
            })
            .collect(),
        relations: front
            .relations
            .iter()
            .map(|it| Relation {
                is: &it.is,
                entity: &it.entity.value,
                from: date(it.from),
                to: date(it.to),
            })
            .collect(),
        names: front
            .names
            .iter()
            .map(|it| Name { name: &it.name, from: date(it.from), to: date(it.to) })
            .collect(),
        same_as: front
            .same_as
            .iter()
            .filter_map(|(key, value)| same_as_url(key, value))
            .collect(),
        location: front.location.map(|(lat, lon)| [lat, lon]),
        n_briefs: linked.briefs.named.len(),
        n_wrote: linked.briefs.wrote.len(),
        n_source_of: linked.briefs.source_of.len(),
    }
}

fn brief<'a>(edition: &'a Edition, linked: &'a LinkedBrief) -> Brief<'a> {
    let (document, front) = (&linked.brief.document, &linked.brief.front);
    Brief {
        file: &document.path,
        page: &linked.permalink.0,
        title: &document.title.value,
        date: moment(&front.date),
        updated: front.updated.as_ref().map(moment),
        summary: value(front.summary.as_ref()),
        place: value(front.place.as_ref()),
        by: front.by.iter().map(|it| &*it.value).collect(),
        sources: front.sources.iter().map(source).collect(),
        storylines: front.storylines.iter().map(|it| it.value.as_str()).collect(),
        tags: front.tags.iter().map(|it| &*it.label).collect(),
        language: front.language.as_deref().unwrap_or(&edition.config.language),
        entities: linked
            .entities
            .iter()
            .map(|(entity, count)| Counted {
                entity: slug(edition, *entity),
                count: *count,
            })
            .collect(),
        corrections: front
            .corrections
            .iter()
            .map(|it| Correction { on: it.on.to_string(), text: &it.text })
            .collect(),
        text: document.plain_text(None),
    }
}

fn source(source: &Source) -> SourceRecord<'_> {
    SourceRecord {
        outlet: &source.outlet.value,
        title: source.title.as_deref(),
        url: source.url.as_deref(),
        date: date(source.date),
        archive: source.archive.as_deref(),
    }
}

/// Gives every mention of a text in text order, those written by hand among them.
pub fn each_mention<'a, E>(
    edition: &'a Edition,
    idx: TextIdx,
    mut take: impl FnMut(Mention<'a>) -> Result<(), E>,
) -> Result<(), E> {
    let document = edition.document(idx);
    let named = edition.text(idx).named(document);
    let named = named.into_iter().map(|it| (it.at.range(), it.entity, it.rule));
    mentions(edition, &document.path, &document.text, named).try_for_each(&mut take)
}

/// Mentions as records; `named` is in the order of the text.
pub fn mentions<'a>(
    edition: &'a Edition,
    file: &'a str,
    text: &'a str,
    named: impl Iterator<Item = (std::ops::Range<usize>, EntityIdx, &'static str)>,
) -> impl Iterator<Item = Mention<'a>> {
    // Characters are counted once along the text, not from its start for each mention.
    let (mut bytes, mut chars) = (0, 0);
    let ruler = Ruler::of(text);
    named.map(move |(at, entity, rule)| {
        let surface = &text[at.clone()];
        chars += text[bytes..at.start].chars().count();
        bytes = at.start;
        let place = ruler.line_col(at.start);
        Mention {
            file,
            entity: slug(edition, entity),
            surface,
            rule,
            start: chars,
            end: chars + surface.chars().count(),
            line: place.line,
            column: place.col,
        }
    })
}

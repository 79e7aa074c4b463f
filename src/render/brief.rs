//! The page of a brief.

use std::collections::BTreeSet;

use crate::date::{MONTHS, Moment};
use crate::diagnostic::Diagnostic;
use crate::link::edition::Edition;
use crate::link::registry::EntityIdx;
use crate::link::related::related;
use crate::link::revisions::{self, DatedCorrection};
use crate::link::stale_roles::held_on;
use crate::link::text::titles;
use crate::link::texts::{BriefIdx, LinkedBrief, LinkedEntity, StorylineIdx, TextIdx};
use crate::parse::brief::{self, BriefFront, Labels, license_url};
use crate::parse::config::Dateline;
use crate::parse::entity::KINDS;
use crate::render::head::{Described, HeadOf, NetworkCard};
use crate::render::here::Here;
use crate::render::parts::{self, CardOf, brief_link};
use crate::render::view::{
    BriefView, Card, Correction, EntityCard, FeedLink, Head, Name, Related, SidebarGroup,
    StorylinePlace, TimelineEvent,
};
use crate::render::{body, events, roles, words};
use crate::span::narrow;

/// How many events stand beside a brief.
const EVENTS: usize = 12;

/// The page with every mention marked; see [`body::render_with_places`].
pub(super) fn with_places(
    here: &Here<'_>,
    idx: BriefIdx,
) -> Result<BriefView, Diagnostic> {
    let body = body::render_with_places(TextIdx::Brief(idx), here);
    Ok(BriefView { body, ..view(here, idx)? })
}

pub(super) fn view(here: &Here<'_>, idx: BriefIdx) -> Result<BriefView, Diagnostic> {
    let edition = here.edition;
    let linked = edition.brief(idx);
    let (document, front) = (&linked.brief.document, &linked.brief.front);
    let rendered = body::render(TextIdx::Brief(idx), here);
    let day = front.date.day.into();
    Ok(BriefView {
        head: head(here, idx, linked),
        marker: marker(here, linked),
        title: document.title.value.to_string(),
        summary: front.summary.as_ref().map(|it| it.value.to_string()),
        place: front.place.as_ref().map(|place| here.name(&place.value)),
        dateline: opens_with_dateline(here, &linked.brief, &rendered)
            .then(|| here.short_date(day)),
        byline: front.by.iter().map(|by| here.name(&by.value)).collect(),
        sources: front.sources.iter().map(|it| here.source(it)).collect(),
        published: here.moment(&front.date),
        updated: updated(here, linked).map(|updated| here.moment(&updated)),
        image: front.image.as_ref().and_then(|image| here.image(image)),
        sidebar: sidebar(here, idx, &rendered)?,
        body: rendered.passages,
        timeline: timeline(here, idx),
        storylines: storylines(here, idx),
        related: related(edition, idx, edition.config.related as usize)
            .into_iter()
            .map(|it| {
                let name = |it: &EntityIdx| {
                    edition.entity(*it).entity.document.title.value.to_string()
                };
                Ok(Related {
                    link: brief_link(here, it.brief)?,
                    shared: it.shared.iter().take(4).map(name).collect(),
                })
            })
            .collect::<Result<_, Diagnostic>>()?,
        tags: front
            .tags
            .iter()
            .map(|tag| here.crumb(&tag.label, &format!("tags/{}/", tag.slug)))
            .collect(),
        corrections: corrections(here, TextIdx::Brief(idx)),
        edit: here.edit(&document.path),
        kicker: label(front, |it| &it.kicker),
        section: label(front, |it| &it.section),
        license: license(front),
        extra: document.extra(),
    })
}

fn label(
    front: &BriefFront,
    which: impl Fn(&Labels) -> &Option<Box<str>>,
) -> Option<String> {
    front.labels.as_ref().and_then(|it| which(it).as_ref()).map(ToString::to_string)
}

fn license(front: &BriefFront) -> Option<Name> {
    let label = label(front, |it| &it.license)?;
    Some(Name { href: license_url(&label), label })
}

/// Whether the theme opens the text with place and day.
fn opens_with_dateline(
    here: &Here<'_>,
    brief: &brief::Brief,
    rendered: &body::RenderedBody,
) -> bool {
    let is_wanted = match here.edition.config.dateline {
        Dateline::OnPlace => brief.front.place.is_some(),
        Dateline::Always => true,
        Dateline::Never => false,
    };
    let first = rendered.passages.first();
    let is_paragraph = first.is_none_or(|it| it.html.0.starts_with("<p>"));
    let place = brief.front.place.as_ref().map_or("", |it| &*it.value);
    is_wanted && is_paragraph && !has_dateline(&brief.document.opening(), place)
}

/// Whether a text begins with a dateline of its own: `GENEVA (AP) —`, `Geneva, 12 March –`.
fn has_dateline(text: &str, place: &str) -> bool {
    let dash =
        [" — ", " – ", " -- ", "—", " - "].iter().filter_map(|it| text.find(it)).min();
    let Some(before) = dash.and_then(|at| text.get(..at)).filter(|it| it.len() <= 60)
    else {
        return false;
    };
    let first = before.split([',', '(', ' ']).next().unwrap_or("");
    let is_capitals = first.chars().count() >= 3
        && first.chars().all(|c| !c.is_lowercase())
        && first.chars().any(char::is_uppercase);
    let is_place = !place.is_empty()
        && before.to_lowercase().starts_with(&place.to_lowercase())
        && before[place.len().min(before.len())..].starts_with([',', ' ', '('])
            | (before.len() == place.len());
    is_capitals || is_place
}

/// When the brief last changed.
fn updated(here: &Here<'_>, linked: &LinkedBrief) -> Option<Moment> {
    let Edition { config, wanted, .. } = here.edition;
    revisions::updated(linked, &config.zone, wanted.now)
}

/// What a text corrects, the newest first.
pub(super) fn corrections(here: &Here<'_>, idx: TextIdx) -> Vec<Correction> {
    let mended = revisions::corrections(&here.edition.texts, idx).into_iter();
    let shown = mended.map(|DatedCorrection { on, text }| Correction {
        date: here.date(on),
        text,
        corrected: None,
    });
    shown.collect()
}

fn head(here: &Here<'_>, idx: BriefIdx, linked: &LinkedBrief) -> Head {
    let (document, front) = (&linked.brief.document, &linked.brief.front);
    let day = front.date.day;
    let month = MONTHS[usize::from(day.month().unsigned_abs()) - 1];
    let picture = front.image.as_ref().map(|it| &*it.file.value);
    let picture = picture.filter(|it| here.edition.assets.contains_key(*it));
    let is_drawing = |file: &str| file.to_ascii_lowercase().ends_with(".svg");
    let annotations = here.edition.config.web_annotation.then(|| FeedLink {
        title: "Annotations".to_owned(),
        href: "annotations.jsonld".to_owned(),
        media_type: "application/ld+json".to_owned(),
    });
    let head = HeadOf {
        title: &document.title.value,
        description: linked.brief.standfirst(),
        language: front.language.as_deref(),
        breadcrumbs: vec![
            here.crumb(&day.year().to_string(), &format!("{:04}/", day.year())),
            here.crumb(month, &format!("{:04}/{:02}/", day.year(), day.month())),
        ],
        forms: annotations.into_iter().collect(),
        card: Some(NetworkCard {
            published: Some(front.date.rfc3339()),
            picture: picture.filter(|it| !is_drawing(it)), // no network shows drawings
        }),
        is: Described::Article(idx),
        ..HeadOf::default()
    };
    head.at(here)
}

fn marker(here: &Here<'_>, linked: &LinkedBrief) -> Option<String> {
    let front = &linked.brief.front;
    if front.is_draft {
        return Some("Draft".to_owned());
    }
    let embargo = front.embargo.as_ref()?;
    (embargo.instant > here.edition.wanted.now)
        .then(|| format!("Embargoed until {}", here.moment(embargo).text))
}

/// The entities of the brief by kind, each with its role on the day.
fn sidebar(
    here: &Here<'_>,
    idx: BriefIdx,
    rendered: &body::RenderedBody,
) -> Result<Vec<SidebarGroup>, Diagnostic> {
    let edition = here.edition;
    let linked = edition.brief(idx);
    let mut groups = Vec::new();
    for (word, kind) in KINDS {
        let of_kind = linked
            .entities
            .iter()
            .filter(|(entity, _)| edition.entity(*entity).entity.front.kind == *kind);
        let cards: Vec<Card> = of_kind
            .map(|(entity, n_mentions)| card(here, idx, *entity, *n_mentions, rendered))
            .collect::<Result<_, _>>()?;
        if !cards.is_empty() {
            let label = words::kind(*kind).1.to_owned();
            groups.push(SidebarGroup { kind: (*word).to_owned(), label, cards });
        }
    }
    Ok(groups)
}

fn card(
    here: &Here<'_>,
    idx: BriefIdx,
    entity: EntityIdx,
    n_mentions: u32,
    rendered: &body::RenderedBody,
) -> Result<Card, Diagnostic> {
    let edition = here.edition;
    let linked = edition.entity(entity);
    let day = edition.brief(idx).brief.front.date.day;
    let most = edition.config.last_briefs as usize;
    let here_in_list = linked.briefs.named.partition_point(|brief| *brief <= idx);
    let earlier = linked.briefs.named[here_in_list..].iter().take(most);
    let name = name_on(linked, day);
    let role = held_on(&titles(&linked.entity), day);
    let jump = rendered.jumps.get(&entity);
    let is_usual = name.is_none() && jump.is_some();
    let of = is_usual.then_some(CardOf { role, n_mentions });
    let about = parts::card(here, entity, of, |here| EntityCard {
        name: name.unwrap_or(&linked.entity.document.title.value).to_owned(),
        href: here.page(&linked.permalink),
        role: role.map(|at| roles::in_words(&linked.entity.front.roles[at])),
        summary: linked.entity.front.summary.as_ref().map(|it| it.value.to_string()),
        n_mentions,
        jump: jump.cloned(),
    })?;
    Ok(Card {
        about,
        briefs: earlier
            .map(|brief| brief_link(here, *brief))
            .collect::<Result<_, _>>()?,
    })
}

/// A name of an entity that holds on a day, if one holds for a time only.
fn name_on(linked: &LinkedEntity, day: jiff::civil::Date) -> Option<&str> {
    let names = linked.entity.front.names.iter();
    let held = names.filter(|it| it.period().contains(day));
    held.max_by_key(|it| it.from).map(|it| &*it.name)
}

/// The events that the brief tells, and those of its storylines up to its day.
fn timeline(here: &Here<'_>, idx: BriefIdx) -> Vec<TimelineEvent> {
    let edition = here.edition;
    let front = &edition.brief(idx).brief.front;
    let own = TextIdx::Brief(idx);
    let of_storylines =
        (0..).map(StorylineIdx).zip(&edition.storylines).filter(|(_, linked)| {
            let slug = &linked.storyline.document.slug;
            front.storylines.iter().any(|it| it.value == *slug)
        });
    let timelines = &edition.timelines;
    let of_storylines =
        of_storylines.filter_map(|(idx, _)| timelines.by_storyline.get(&idx));
    let told = of_storylines.chain(timelines.by_text.get(&own)).flatten();
    let near: BTreeSet<u32> = told.copied().collect();
    let known = near.into_iter().map(|at| &timelines.events[at as usize]);
    let mut known: Vec<_> =
        known.filter(|event| event.date.first() <= front.date.day).collect();
    let start = known.len().saturating_sub(EVENTS);
    known.drain(..start);
    known.into_iter().map(|event| events::event(here, event, Some(own))).collect()
}

fn storylines(here: &Here<'_>, idx: BriefIdx) -> Vec<StorylinePlace> {
    let edition = here.edition;
    let slugs = &edition.brief(idx).brief.front.storylines;
    let of_brief = edition.storylines.iter().filter(|linked| {
        slugs.iter().any(|slug| slug.value == linked.storyline.document.slug)
    });
    of_brief
        .filter_map(|linked| {
            // Oldest first, so the positions fall.
            let at = linked.briefs.binary_search_by(|it| idx.cmp(it)).ok()?;
            let brief = |at: usize| linked.briefs.get(at).map(|brief| here.brief(*brief));
            Some(StorylinePlace {
                title: linked.storyline.document.title.value.to_string(),
                href: here.page(&linked.permalink),
                status: words::story_status(linked.storyline.status),
                previous: at.checked_sub(1).and_then(brief),
                next: brief(at + 1),
                position: narrow(at + 1),
                total: narrow(linked.briefs.len()),
            })
        })
        .collect()
}

//! The page of a brief.

use crate::link::registry::EntityIdx;
use crate::link::related::related;
use crate::link::stale_roles::held_on;
use crate::link::text::titles;
use crate::link::{BriefIdx, Edition, LinkedBrief, LinkedEntity};
use crate::parse::entity::KINDS;
use crate::render::here::Here;
use crate::render::view::{
    BriefLink, BriefView, Card, Correction, Head, Property, Related, SidebarGroup,
    Source, StorylinePlace, TimelineEvent,
};
use crate::render::{body, words};

/// How many events stand beside a brief.
const EVENTS: usize = 12;

pub(super) fn view(here: &Here<'_>, idx: BriefIdx) -> BriefView {
    let edition = here.edition;
    let linked = edition.brief(idx);
    let (document, front) = (&linked.brief.document, &linked.brief.front);
    let rendered = body::render(document, &linked.text, here);
    let day = front.date.day.into();
    BriefView {
        head: head(here, idx, linked),
        marker: marker(here, linked),
        title: document.title.value.to_string(),
        summary: front.summary.as_ref().map(ToString::to_string),
        place: front.place.as_ref().map(|place| here.name(&place.value)),
        dateline: here.short_date(day),
        byline: front.by.iter().map(|by| here.name(&by.value)).collect(),
        sources: front.sources.iter().map(|it| source(here, it)).collect(),
        published: here.moment(&front.date),
        updated: updated(linked).map(|updated| here.moment(&updated)),
        image: front.image.as_ref().map(|image| here.image(image)),
        sidebar: sidebar(here, idx, &rendered),
        body: rendered.passages,
        timeline: timeline(here, idx),
        storylines: storylines(here, idx),
        related: related(edition, idx, edition.config.related as usize)
            .into_iter()
            .map(|it| {
                let BriefLink { title, href, date } = here.brief(it.brief);
                let name = |it: &EntityIdx| {
                    edition.entity(*it).entity.document.title.value.to_string()
                };
                Related {
                    title,
                    href,
                    date,
                    shared: it.shared.iter().take(4).map(name).collect(),
                }
            })
            .collect(),
        tags: front
            .tags
            .iter()
            .filter_map(|tag| {
                let slug = crate::slug::Slug::from_title(&tag.value)?;
                Some(here.crumb(&tag.value, &format!("tags/{slug}/")))
            })
            .collect(),
        corrections: corrections(here, linked),
        edit: here.edit(&document.path),
    }
}

/// When the brief last changed: what it says itself, or its newest correction if that is
/// later.
pub(super) fn updated(linked: &LinkedBrief) -> Option<crate::date::Moment> {
    let front = &linked.brief.front;
    let corrected = correction_days(linked).into_iter().map(|(on, _)| on.last()).max();
    match (&front.updated, corrected) {
        (Some(updated), Some(day)) if day <= updated.day => Some(updated.clone()),
        (_, Some(day)) if day > front.date.day => {
            crate::date::Moment::parse(&day.to_string(), &jiff::tz::TimeZone::UTC)
        }
        (updated, _) => updated.clone(),
    }
}

/// The corrections in front matter and in footnotes, each with its day, newest first.
fn correction_days(linked: &LinkedBrief) -> Vec<(crate::date::PartialDate, String)> {
    let front = linked.brief.front.corrections.iter();
    let mut all: Vec<_> = front.map(|it| (it.on, it.text.to_string())).collect();
    let document = &linked.brief.document;
    for (idx, annotation) in (0..).zip(&document.body.annotations) {
        if annotation.kind == crate::parse::annotation::Kind::Correction
            && let Some(on) = annotation.on
        {
            let passages =
                document.body.passages.iter().filter(|it| it.annotation == Some(idx));
            let pieces = passages.flat_map(|it| &it.pieces);
            let text: String = pieces
                .map(|piece| match &piece.text {
                    crate::parse::markdown::PieceText::Decoded(text) => &**text,
                    _ => &document.text[piece.at.range()],
                })
                .collect();
            all.push((on, text.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
    }
    all.sort_by_key(|it| std::cmp::Reverse(it.0));
    all
}

pub(super) fn corrections(here: &Here<'_>, linked: &LinkedBrief) -> Vec<Correction> {
    correction_days(linked)
        .into_iter()
        .map(|(on, text)| Correction { date: here.date(on), text, brief: None })
        .collect()
}

fn head(here: &Here<'_>, idx: BriefIdx, linked: &LinkedBrief) -> Head {
    let (document, front) = (&linked.brief.document, &linked.brief.front);
    let day = front.date.day;
    let mut head = here.head(&document.title.value, "");
    head.description = front.summary.as_ref().map(ToString::to_string);
    if let Some(language) = &front.language {
        head.language = language.to_string();
    }
    let month = crate::render::here::MONTHS[usize::from(day.month().unsigned_abs()) - 1];
    head.breadcrumbs = vec![
        here.crumb(&day.year().to_string(), &format!("{:04}/", day.year())),
        here.crumb(month, &format!("{:04}/{:02}/", day.year(), day.month())),
    ];
    let article = crate::render::json_ld::article(here, idx);
    crate::render::json_ld::with_breadcrumbs(here, &mut head, article);
    let mut picture = front.image.as_ref().map(|it| &*it.file.value);
    picture = picture.filter(|it| !it.to_ascii_lowercase().ends_with(".svg")); // no network shows drawings
    here.social(&mut head, "article", picture);
    head.social.push(Property {
        property: "article:published_time".to_owned(),
        content: front.date.rfc3339(),
    });
    head
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

fn source(here: &Here<'_>, source: &crate::parse::brief::Source) -> Source {
    Source {
        outlet: here.name(&source.outlet.value),
        title: source.title.as_ref().map(ToString::to_string),
        url: source.url.as_ref().map(ToString::to_string),
        date: source.date.map(|date| here.date(date)),
        archive: source.archive.as_ref().map(ToString::to_string),
    }
}

/// The entities of the brief by kind, each with its role on the day.
fn sidebar(
    here: &Here<'_>,
    idx: BriefIdx,
    rendered: &body::RenderedBody,
) -> Vec<SidebarGroup> {
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
            .collect();
        if !cards.is_empty() {
            let label = words::kind(*kind).1.to_owned();
            groups.push(SidebarGroup { kind: (*word).to_owned(), label, cards });
        }
    }
    groups
}

fn card(
    here: &Here<'_>,
    idx: BriefIdx,
    entity: EntityIdx,
    n_mentions: u32,
    rendered: &body::RenderedBody,
) -> Card {
    let edition = here.edition;
    let linked = edition.entity(entity);
    let day = edition.brief(idx).brief.front.date.day;
    let most = edition.config.last_briefs as usize;
    let here_in_list = linked.briefs.partition_point(|brief| *brief <= idx);
    let earlier = linked.briefs[here_in_list..].iter().take(most);
    Card {
        name: name_on(linked, day),
        href: here.page(&linked.permalink),
        role: role_on(linked, day),
        summary: linked.entity.front.summary.as_ref().map(ToString::to_string),
        n_mentions,
        jump: rendered.jumps.get(&entity).cloned(),
        briefs: earlier.map(|brief| here.brief(*brief)).collect(),
    }
}

/// The name that an entity has on a day: one that holds for a time, or its own.
fn name_on(linked: &LinkedEntity, day: jiff::civil::Date) -> String {
    let holds = |it: &&crate::parse::entity::DatedName| {
        it.from.is_some_and(|from| from.first() <= day)
            && it.to.is_none_or(|to| to.last() >= day)
    };
    let names = linked.entity.front.names.iter().filter(holds);
    let newest = names.max_by_key(|it| it.from);
    newest.map_or_else(
        || linked.entity.document.title.value.to_string(),
        |it| it.name.to_string(),
    )
}

/// The role that an entity held on a day: `Secretary of State, United States`.
pub(super) fn role_on(linked: &LinkedEntity, day: jiff::civil::Date) -> Option<String> {
    let held = held_on(&titles(&linked.entity), day)?;
    let role = &linked.entity.front.roles[held];
    Some(match &role.of {
        Some(of) => format!("{}, {}", role.title, of.value),
        None => role.title.to_string(),
    })
}

/// The events that the brief tells, and those of its storylines around its day.
fn timeline(here: &Here<'_>, idx: BriefIdx) -> Vec<TimelineEvent> {
    let edition = here.edition;
    let front = &edition.brief(idx).brief.front;
    let is_near = |event: &&crate::link::timeline::TimelineEvent| {
        event.told.iter().any(|(brief, _)| {
            let shares = |slug: &crate::parse::fields::Placed<crate::slug::Slug>| {
                let other = &edition.brief(*brief).brief.front.storylines;
                other.iter().any(|it| it.value == slug.value)
            };
            *brief == idx || front.storylines.iter().any(shares)
        })
    };
    if front.storylines.is_empty() && !tells(edition, idx) {
        return Vec::new();
    }
    let day = front.date.day;
    let known = edition.events.iter().filter(|event| event.date.first() <= day);
    let mut near: Vec<_> = known.filter(is_near).collect();
    let start = near.len().saturating_sub(EVENTS);
    near.drain(..start);
    near.into_iter().map(|event| event_view(here, event, Some(idx))).collect()
}

/// Whether the brief itself tells an event.
fn tells(edition: &Edition, idx: BriefIdx) -> bool {
    let annotations = &edition.brief(idx).brief.document.body.annotations;
    annotations.iter().any(|it| it.kind == crate::parse::annotation::Kind::Event)
}

/// An event as a list shows it; on the page of a brief without that brief.
pub(super) fn event_view(
    here: &Here<'_>,
    event: &crate::link::timeline::TimelineEvent,
    on: Option<BriefIdx>,
) -> TimelineEvent {
    let edition = here.edition;
    let mut told: Vec<BriefIdx> = event.told.iter().map(|(brief, _)| *brief).collect();
    told.dedup();
    let is_here = on.is_some_and(|on| told.contains(&on));
    let href = event.told.first().filter(|_| !is_here).map(|(brief, at)| {
        let linked = edition.brief(*brief);
        let ids = body::ids(&linked.brief.document.body.annotations);
        format!("{}#note-{}", here.page(&linked.permalink), ids[*at as usize])
    });
    told.retain(|brief| Some(*brief) != on);
    TimelineEvent {
        date: here.date(event.date),
        heading: event.heading.to_string(),
        href,
        place: event.place.as_ref().map(|place| here.name(place)),
        briefs: told.into_iter().map(|brief| here.brief(brief)).collect(),
    }
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
                position: u32::try_from(at + 1).unwrap_or(u32::MAX),
                total: u32::try_from(linked.briefs.len()).unwrap_or(u32::MAX),
            })
        })
        .collect()
}

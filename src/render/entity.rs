//! The page of an entity.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::date::Period;
use crate::diagnostic::Diagnostic;
use crate::link::registry::EntityIdx;
use crate::link::texts::{LinkedEntity, TextIdx};
use crate::parse::entity::same_as_url;
use crate::render::brief::event_view;
use crate::render::fragments::brief_item;
use crate::render::here::Here;
use crate::render::lists::{count, pager, stretch, with_pager};
use crate::render::storyline::counted;
use crate::render::view::{EntityView, Link, Location, NameInTime, Relation, Role};
use crate::render::{body, claims, pictures, words};

/// How many of the newest briefs say with whom an entity appears.
const LOOKED_AT: usize = 1000;
/// How many companions are shown.
const COMPANIONS: usize = 12;

pub(super) fn view(
    here: &Here<'_>,
    idx: EntityIdx,
    page: u32,
) -> Result<EntityView, Diagnostic> {
    let edition = here.edition;
    let linked = edition.entity(idx);
    let (document, front) = (&linked.entity.document, &linked.entity.front);
    let (kind, kinds) = words::kind(front.kind);
    let list = linked.permalink.0.to_string();
    let pager = pager(here, &list, page, linked.briefs.len());
    let kind_address = format!("entities/kind/{}/", front.kind.word());
    let mut head = here.head(&document.title.value, "entities/");
    head.description = front.summary.as_ref().map(ToString::to_string);
    head.breadcrumbs =
        vec![here.crumb("Entities", "entities/"), here.crumb(kinds, &kind_address)];
    let mut view = EntityView {
        head: with_pager(head, &pager),
        name: document.title.value.to_string(),
        kind: front.kind.word().to_owned(),
        kind_link: here.crumb(kind, &kind_address),
        summary: None,
        aliases: Vec::new(),
        names: Vec::new(),
        image: None,
        body: Vec::new(),
        roles: Vec::new(),
        relations: Vec::new(),
        same_as: Vec::new(),
        location: None,
        n_briefs: count(linked.briefs.len()),
        briefs: stretch(edition, &linked.briefs, page)
            .iter()
            .map(|it| brief_item(here, *it))
            .collect::<Result<_, _>>()?,
        pager,
        events: Vec::new(),
        events_picture: None,
        claims: Vec::new(),
        quotes: Vec::new(),
        companions: Vec::new(),
        companions_picture: None,
        months_picture: None,
        edit: here.edit(&document.path),
    };
    if page == 1 {
        fill(&mut view, here, idx, linked);
    }
    Ok(view)
}

/// What only the first page shows.
fn fill(view: &mut EntityView, here: &Here<'_>, idx: EntityIdx, linked: &LinkedEntity) {
    let front = &linked.entity.front;
    here.social(&mut view.head, "website", None);
    let own = crate::render::json_ld::entity(here, linked);
    crate::render::json_ld::with_breadcrumbs(here, &mut view.head, own);
    if here.edition.config.feeds.entities && !linked.briefs.is_empty() {
        view.head.feeds.splice(0..0, here.feeds(&view.name, &linked.permalink.0));
    }
    view.summary = front.summary.as_ref().map(ToString::to_string);
    view.aliases = front.aliases.iter().map(|it| it.value.to_string()).collect();
    view.names = front
        .names
        .iter()
        .map(|it| NameInTime {
            name: it.name.to_string(),
            from: it.from.map(|from| here.date(from)),
            to: it.to.map(|to| here.date(to)),
        })
        .collect();
    view.image = front.image.as_ref().map(|image| here.image(image));
    view.body = body::render(&linked.entity.document, &linked.text, here).passages;
    view.roles = roles(here, linked);
    view.relations = front
        .relations
        .iter()
        .map(|it| Relation {
            label: it.is.to_string(),
            entity: match here.edition.entity_named(&it.entity.value) {
                Some(other) => {
                    let Link { label, href } = here.entity(other);
                    crate::render::view::Name { label, href: Some(href) }
                }
                None => here.name(&it.entity.value),
            },
            from: it.from.map(|from| here.date(from)),
            to: it.to.map(|to| here.date(to)),
            state: state(it.period(), here.today()),
        })
        .collect();
    view.same_as = front
        .same_as
        .iter()
        .filter_map(|(key, value)| {
            Some(Link { label: same_as_label(key), href: same_as_url(key, value)? })
        })
        .collect();
    view.location = front.location.map(location);
    let timelines = &here.edition.timelines;
    let events = timelines.at(timelines.by_entity.get(&idx));
    let own = Some(TextIdx::Entity(idx));
    view.events = events.iter().map(|event| event_view(here, event, own)).collect();
    view.events_picture = pictures::strip(&events, here);
    (view.claims, view.quotes) = claims::of_speaker(here, idx);
    let companions = companions(here, idx, linked);
    view.companions_picture = pictures::companions(&view.name, &companions);
    view.companions = companions;
    view.months_picture = pictures::months(here, linked);
}

fn roles(here: &Here<'_>, linked: &LinkedEntity) -> Vec<Role> {
    let today = here.today();
    let mut roles: Vec<_> = linked.entity.front.roles.iter().collect();
    roles.sort_by_key(|role| std::cmp::Reverse(role.from));
    roles
        .into_iter()
        .map(|role| Role {
            title: role.title.to_string(),
            of: role.of.as_ref().map(|of| here.name(&of.value)),
            from: role.from.map(|from| here.date(from)),
            to: role.to.map(|to| here.date(to)),
            state: state(role.period(), today),
        })
        .collect()
}

/// What a period is on the day of the build: `current` only if the day is within.
fn state(period: Period, today: Date) -> String {
    let state = match period {
        it if it.contains(today) => "current",
        it if it.is_over(today) => "past",
        _ => "future",
    };
    state.to_owned()
}

/// The name of a registry for readers: `wikidata` is `Wikidata`.
fn same_as_label(key: &str) -> String {
    match key {
        "orcid" | "isni" | "viaf" | "ror" => key.to_uppercase(),
        _ => {
            let mut label = key.replace('-', " ");
            if let Some(first) = label.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            label
        }
    }
}

fn location((lat, lon): (f64, f64)) -> Location {
    let (north, east) =
        (if lat < 0.0 { 'S' } else { 'N' }, if lon < 0.0 { 'W' } else { 'E' });
    Location {
        text: format!("{}° {north}, {}° {east}", lat.abs(), lon.abs()),
        href: format!("geo:{lat},{lon}"),
    }
}

/// The entities that the newest briefs name beside this one, most often first.
fn companions(
    here: &Here<'_>,
    idx: EntityIdx,
    linked: &LinkedEntity,
) -> Vec<crate::render::view::Counted> {
    let mut counts: BTreeMap<EntityIdx, u32> = BTreeMap::new();
    for brief in linked.briefs.iter().take(LOOKED_AT) {
        for (entity, _) in &here.edition.brief(*brief).entities {
            if *entity != idx {
                *counts.entry(*entity).or_default() += 1;
            }
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(entity, n)| (std::cmp::Reverse(*n), *entity));
    counts.into_iter().take(COMPANIONS).map(|(it, n)| counted(here, it, n)).collect()
}

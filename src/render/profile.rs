//! What only the first page of an entity shows: who or what it is.

use std::cmp::Reverse;

use jiff::civil::Date;

use crate::date::Period;
use crate::diagnostic::Diagnostic;
use crate::html::Html;
use crate::link::registry::EntityIdx;
use crate::link::texts::{Credit, LinkedEntity, TextIdx};
use crate::parse::entity::{self, Entity, same_as_url};
use crate::render::counted::{self, most_named};
use crate::render::here::Here;
use crate::render::view::{
    Counted, Credits, Image, Link, Location, Name, NameInTime, PartyClaim, Passage,
    QuoteItem, Relation, Role, TimelineEvent,
};
use crate::render::{body, claims, credits, events, pictures};

/// How many of the newest briefs say with whom an entity appears.
const LOOKED_AT: usize = 1000;
/// How many companions are shown.
const COMPANIONS: usize = 12;

/// What only the first page of an entity shows; see [`EntityView`].
#[derive(Default)]
pub(super) struct Profile {
    pub(super) summary: Option<String>,
    pub(super) aliases: Vec<String>,
    pub(super) names: Vec<NameInTime>,
    pub(super) image: Option<Image>,
    pub(super) body: Vec<Passage>,
    pub(super) roles: Vec<Role>,
    pub(super) relations: Vec<Relation>,
    pub(super) same_as: Vec<Link>,
    pub(super) location: Option<Location>,
    pub(super) events: Vec<TimelineEvent>,
    pub(super) events_picture: Option<Html>,
    pub(super) claims: Vec<PartyClaim>,
    pub(super) quotes: Vec<QuoteItem>,
    pub(super) companions: Vec<Counted>,
    pub(super) companions_picture: Option<Html>,
    pub(super) months_picture: Option<Html>,
    pub(super) wrote: Option<Credits>,
    pub(super) source_of: Option<Credits>,
}

impl Profile {
    /// The profile of an entity.
    pub(super) fn of(here: &Here<'_>, idx: EntityIdx) -> Result<Profile, Diagnostic> {
        let linked = here.edition.entity(idx);
        let front = &linked.entity.front;
        let timelines = &here.edition.timelines;
        let events = timelines.at(timelines.by_entity.get(&idx));
        let own = Some(TextIdx::Entity(idx));
        let companions = companions(here, idx, linked);
        let name = &linked.entity.document.title.value;
        Ok(Profile {
            summary: front.summary.as_ref().map(|it| it.value.to_string()),
            aliases: front.aliases.iter().map(|it| it.value.to_string()).collect(),
            names: front.names.iter().map(|it| name_in_time(here, it)).collect(),
            image: front.image.as_ref().and_then(|image| here.image(image)),
            body: body::render(TextIdx::Entity(idx), here).passages,
            roles: roles(here, linked),
            relations: front.relations.iter().map(|it| relation(here, it)).collect(),
            same_as: same_as(&linked.entity),
            location: front.location.map(location),
            events: events.iter().map(|it| events::event(here, it, own)).collect(),
            events_picture: pictures::strip(&events, here),
            claims: claims::of_party(here, idx),
            quotes: claims::quotes_of(here, idx),
            companions_picture: pictures::companions(name, &companions),
            companions,
            months_picture: pictures::months(here, linked),
            wrote: credits::newest(here, linked, Credit::Wrote)?,
            source_of: credits::newest(here, linked, Credit::SourceOf)?,
        })
    }
}

fn name_in_time(here: &Here<'_>, name: &entity::DatedName) -> NameInTime {
    NameInTime {
        name: name.name.to_string(),
        from: name.from.map(|from| here.date(from)),
        to: name.to.map(|to| here.date(to)),
    }
}

fn relation(here: &Here<'_>, relation: &entity::Relation) -> Relation {
    let name = &relation.entity.value;
    Relation {
        label: relation.is.to_string(),
        entity: match here.edition.entity_named(name) {
            // Under its own name, whatever front matter calls it.
            Some(other) => {
                let Link { label, href } = here.entity(other);
                Name { label, href: Some(href) }
            }
            None => here.name(name),
        },
        from: relation.from.map(|from| here.date(from)),
        to: relation.to.map(|to| here.date(to)),
        state: state(relation.period(), here.today()),
    }
}

/// The entity elsewhere, as far as its address there can be told.
fn same_as(entity: &Entity) -> Vec<Link> {
    let all = entity.front.same_as.iter().filter_map(|(key, value)| {
        Some(Link { label: same_as_label(key), href: same_as_url(key, value)? })
    });
    all.collect()
}

fn roles(here: &Here<'_>, linked: &LinkedEntity) -> Vec<Role> {
    let today = here.today();
    let mut roles: Vec<_> = linked.entity.front.roles.iter().collect();
    roles.sort_by_key(|role| Reverse(role.from));
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
fn companions(here: &Here<'_>, idx: EntityIdx, linked: &LinkedEntity) -> Vec<Counted> {
    let newest = linked.briefs.named.iter().take(LOOKED_AT);
    let named = most_named(newest.map(|it| here.edition.brief(*it)));
    let others = named.into_iter().filter(|(entity, _)| *entity != idx);
    others.take(COMPANIONS).map(|(it, n)| counted::entity(here, it, n)).collect()
}

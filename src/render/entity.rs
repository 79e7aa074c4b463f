//! The page of an entity.

use crate::diagnostic::Diagnostic;
use crate::link::registry::EntityIdx;
use crate::link::texts::LinkedEntity;
use crate::render::counted::count;
use crate::render::head::{Described, HeadOf, NetworkCard};
use crate::render::here::Here;
use crate::render::paging::{pager, stretch};
use crate::render::parts::brief_item;
use crate::render::profile::Profile;
use crate::render::view::{EntityView, Head, Pager};
use crate::render::words;

pub(super) fn view(
    here: &Here<'_>,
    idx: EntityIdx,
    page: u32,
) -> Result<EntityView, Diagnostic> {
    let edition = here.edition;
    let linked = edition.entity(idx);
    let (document, front) = (&linked.entity.document, &linked.entity.front);
    let (kind, _) = words::kind(front.kind);
    let pager = pager(here, &linked.permalink.0, page, linked.briefs.named.len());
    let profile = if page == 1 { Profile::of(here, idx)? } else { Profile::default() };
    Ok(EntityView {
        head: head(here, linked, &pager),
        name: document.title.value.to_string(),
        kind: front.kind.word().to_owned(),
        kind_link: here.crumb(kind, &address_of_kind(linked)),
        summary: profile.summary,
        aliases: profile.aliases,
        names: profile.names,
        image: profile.image,
        body: profile.body,
        roles: profile.roles,
        relations: profile.relations,
        same_as: profile.same_as,
        location: profile.location,
        n_briefs: count(linked.briefs.named.len()),
        briefs: stretch(edition, &linked.briefs.named, page)
            .iter()
            .map(|it| brief_item(here, *it))
            .collect::<Result<_, _>>()?,
        pager,
        wrote: profile.wrote,
        source_of: profile.source_of,
        events: profile.events,
        events_picture: profile.events_picture,
        claims: profile.claims,
        quotes: profile.quotes,
        companions: profile.companions,
        companions_picture: profile.companions_picture,
        months_picture: profile.months_picture,
        edit: here.edit(&document.path),
        extra: document.extra(),
    })
}

fn address_of_kind(linked: &LinkedEntity) -> String {
    format!("entities/kind/{}/", linked.entity.front.kind.word())
}

fn head(here: &Here<'_>, linked: &LinkedEntity, pager: &Pager) -> Head {
    let (document, front) = (&linked.entity.document, &linked.entity.front);
    let (title, address) = (&*document.title.value, &*linked.permalink.0);
    let (_, kinds) = words::kind(front.kind);
    let is_first = pager.page == 1;
    let has_feeds = here.edition.config.feeds.entities && !linked.briefs.is_empty();
    let head = HeadOf {
        title,
        section: "entities/",
        description: front.summary.as_ref().map(|it| it.value.to_string()),
        breadcrumbs: vec![
            here.crumb("Entities", "entities/"),
            here.crumb(kinds, &address_of_kind(linked)),
        ],
        feeds: (is_first && has_feeds).then_some((title, address)),
        card: is_first.then(NetworkCard::default),
        is: if is_first { Described::Entity(linked) } else { Described::Nothing },
        pager: Some(pager),
        language: document.language.as_deref(),
        ..HeadOf::default()
    };
    head.at(here)
}

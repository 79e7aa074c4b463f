//! The pages of storylines.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::link::edition::Edition;
use crate::link::registry::EntityIdx;
use crate::link::texts::{BriefIdx, LinkedStoryline, StorylineIdx, TextIdx};
use crate::parse::storyline::StoryStatus;
use crate::render::brief::event_view;
use crate::render::fragments::brief_item;
use crate::render::here::Here;
use crate::render::lists::count;
use crate::render::view::{
    Counted, StorylineItem, StorylineView, StorylinesView, TimelineEvent,
};
use crate::render::{body, claims, pictures, words};

pub(super) fn view(
    here: &Here<'_>,
    idx: StorylineIdx,
) -> Result<StorylineView, Diagnostic> {
    let linked = here.edition.storyline(idx);
    let document = &linked.storyline.document;
    let mut head = here.head(&document.title.value, "storylines/");
    head.description = linked.storyline.summary.as_ref().map(ToString::to_string);
    head.breadcrumbs = vec![here.crumb("Storylines", "storylines/")];
    crate::render::json_ld::collection(here, &mut head);
    if here.edition.config.feeds.storylines && !linked.briefs.is_empty() {
        head.feeds.splice(0..0, here.feeds(&document.title.value, &linked.permalink.0));
    }
    here.social(&mut head, "website", None);
    let timelines = &here.edition.timelines;
    let events = timelines.at(timelines.by_storyline.get(&idx));
    let own = Some(TextIdx::Storyline(idx));
    let timeline: Vec<TimelineEvent> =
        events.iter().map(|event| event_view(here, event, own)).collect();
    Ok(StorylineView {
        head,
        title: document.title.value.to_string(),
        summary: linked.storyline.summary.as_ref().map(ToString::to_string),
        status: words::story_status(linked.storyline.status),
        body: body::render(document, &linked.text, here).passages,
        briefs: linked
            .briefs
            .iter()
            .map(|it| brief_item(here, *it))
            .collect::<Result<_, _>>()?,
        timeline_picture: pictures::strip(&events, here),
        timeline,
        cast: cast(here, &linked.briefs),
        claims: claims::of_storyline(here, idx),
        edit: here.edit(&document.path),
    })
}

/// The entities of the briefs, those of most briefs first.
fn cast(here: &Here<'_>, briefs: &[BriefIdx]) -> Vec<Counted> {
    let mut counts: BTreeMap<EntityIdx, u32> = BTreeMap::new();
    for brief in briefs {
        for (entity, _) in &here.edition.brief(*brief).entities {
            *counts.entry(*entity).or_default() += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(entity, n)| (std::cmp::Reverse(*n), *entity));
    counts.into_iter().map(|(entity, n)| counted(here, entity, n)).collect()
}

/// An entity and a number of briefs.
pub(super) fn counted(here: &Here<'_>, entity: EntityIdx, count: u32) -> Counted {
    let link = here.entity(here.edition.entity(entity));
    Counted { label: link.label, href: link.href, count, state: String::new() }
}

pub(super) fn all(here: &Here<'_>) -> StorylinesView {
    let mut head = here.head("Storylines", "storylines/");
    head.description =
        Some(format!("The stories that {} follows.", here.edition.config.title));
    StorylinesView {
        head,
        title: "Storylines".to_owned(),
        developing: items(here, StoryStatus::Developing),
        closed: items(here, StoryStatus::Closed),
    }
}

/// The storylines that stand so, the one with the newest brief first.
pub(super) fn items(here: &Here<'_>, status: StoryStatus) -> Vec<StorylineItem> {
    let edition: &Edition = here.edition;
    let mut some: Vec<&LinkedStoryline> =
        edition.storylines.iter().filter(|it| it.storyline.status == status).collect();
    some.sort_by_key(|it| it.briefs.last().map_or(BriefIdx(u32::MAX), |newest| *newest));
    some.into_iter()
        .map(|linked| StorylineItem {
            title: linked.storyline.document.title.value.to_string(),
            href: here.page(&linked.permalink),
            status: words::story_status(status),
            summary: linked.storyline.summary.as_ref().map(ToString::to_string),
            n_briefs: count(linked.briefs.len()),
            latest: linked.briefs.last().map(|newest| here.brief(*newest)),
        })
        .collect()
}

//! The pages of storylines.

use crate::diagnostic::Diagnostic;
use crate::link::edition::Edition;
use crate::link::texts::{BriefIdx, LinkedStoryline, StorylineIdx, TextIdx};
use crate::parse::storyline::StoryStatus;
use crate::render::counted::{self, count, most_named};
use crate::render::head::{Described, HeadOf, NetworkCard};
use crate::render::here::Here;
use crate::render::parts::brief_item;
use crate::render::view::{
    Counted, StorylineItem, StorylineView, StorylinesView, TimelineEvent,
};
use crate::render::{body, claims, events, pictures, words};

pub(super) fn view(
    here: &Here<'_>,
    idx: StorylineIdx,
) -> Result<StorylineView, Diagnostic> {
    let linked = here.edition.storyline(idx);
    let document = &linked.storyline.document;
    let (title, address) = (&*document.title.value, &*linked.permalink.0);
    let has_feeds = here.edition.config.feeds.storylines && !linked.briefs.is_empty();
    let head = HeadOf {
        title,
        section: "storylines/",
        description: linked.storyline.summary.as_ref().map(|it| it.value.to_string()),
        breadcrumbs: vec![here.crumb("Storylines", "storylines/")],
        feeds: has_feeds.then_some((title, address)),
        card: Some(NetworkCard::default()),
        is: Described::Collection,
        language: document.language.as_deref(),
        ..HeadOf::default()
    };
    let timelines = &here.edition.timelines;
    let events = timelines.at(timelines.by_storyline.get(&idx));
    let own = Some(TextIdx::Storyline(idx));
    let timeline: Vec<TimelineEvent> =
        events.iter().map(|event| events::event(here, event, own)).collect();
    Ok(StorylineView {
        head: head.at(here),
        title: document.title.value.to_string(),
        summary: linked.storyline.summary.as_ref().map(|it| it.value.to_string()),
        status: words::story_status(linked.storyline.status),
        body: body::render(TextIdx::Storyline(idx), here).passages,
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
        extra: document.extra(),
    })
}

/// The entities of the briefs, those of most briefs first.
fn cast(here: &Here<'_>, briefs: &[BriefIdx]) -> Vec<Counted> {
    let named = most_named(briefs.iter().map(|it| here.edition.brief(*it)));
    named.into_iter().map(|(entity, n)| counted::entity(here, entity, n)).collect()
}

pub(super) fn all(here: &Here<'_>) -> StorylinesView {
    let head = HeadOf {
        title: "Storylines",
        section: "storylines/",
        description: Some(format!(
            "The stories that {} follows.",
            here.edition.config.title
        )),
        ..HeadOf::default()
    };
    StorylinesView {
        head: head.at(here),
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
            summary: linked.storyline.summary.as_ref().map(|it| it.value.to_string()),
            n_briefs: count(linked.briefs.len()),
            lang: here.lang_in(&linked.storyline.document),
            latest: linked.briefs.last().map(|newest| here.brief(*newest)),
        })
        .collect()
}

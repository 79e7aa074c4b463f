//! What happened, as pages list it.

use crate::link::texts::TextIdx;
use crate::link::timeline;
use crate::render::here::Here;
use crate::render::view::TimelineEvent;

/// An event in a list; on the page of a text without that text.
pub(super) fn event(
    here: &Here<'_>,
    event: &timeline::TimelineEvent,
    on: Option<TextIdx>,
) -> TimelineEvent {
    let mut told_in = event.told_in.clone();
    told_in.dedup_by_key(|(text, _)| *text);
    let is_here = told_in.iter().any(|(text, _)| Some(*text) == on);
    let newest = told_in.first().filter(|_| !is_here);
    let lang = told_in.first().and_then(|(text, _)| here.lang_of(*text));
    let href = newest.map(|(text, at)| here.told_in(*text, *at).href);
    told_in.retain(|(text, _)| Some(*text) != on);
    TimelineEvent {
        date: here.date(event.date),
        heading: event.heading.to_string(),
        lang,
        href,
        place: event.place.as_ref().map(|place| here.name(place)),
        told_in: told_in.into_iter().map(|(text, at)| here.told_in(text, at)).collect(),
    }
}

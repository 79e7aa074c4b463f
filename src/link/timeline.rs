//! What happened when: events that the briefs tell, each once.

use std::collections::BTreeMap;

use crate::date::PartialDate;
use crate::link::registry::EntityIdx;
use crate::link::{BriefIdx, Edition};
use crate::parse::annotation::{Annotation, Kind};
use crate::parse::markdown::Body;
use crate::slug::Slug;
use crate::span::Stretch;

/// Something that happened, told in one brief or several.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineEvent {
    /// When.
    pub date: PartialDate,
    /// What, in the words of the newest brief.
    pub heading: Box<str>,
    /// Where, in the same words.
    pub place: Option<Box<str>>,
    /// Who tells it, newest first: the brief, and the annotation in its body.
    pub told: Vec<(BriefIdx, u32)>,
    /// The entities in the annotated words and at the place, in order of their file.
    pub entities: Vec<EntityIdx>,
}

/// Collects the events of all briefs, oldest first. One with the same `id`, or the same day
/// and heading, is the same event.
pub fn collect(edition: &Edition) -> Vec<TimelineEvent> {
    let mut events: BTreeMap<(PartialDate, Slug), TimelineEvent> = BTreeMap::new();
    let mut by_id: BTreeMap<Box<str>, (PartialDate, Slug)> = BTreeMap::new();
    for (idx, linked) in (0..).map(BriefIdx).zip(&edition.briefs) {
        let body = &linked.brief.document.body;
        for (at, annotation) in (0..).zip(&body.annotations) {
            let (Kind::Event, Some(date), Some(head)) =
                (annotation.kind, annotation.on, &annotation.head)
            else {
                continue;
            };
            let Some(heading) = Slug::from_title(&head.value) else { continue };
            let mut key = (date, heading);
            if let Some(id) = &annotation.ledger {
                key = by_id.entry(id.value.clone()).or_insert(key).clone();
            }
            let event = events.entry(key).or_insert_with(|| TimelineEvent {
                date,
                heading: head.value.clone(),
                place: annotation.place.as_ref().map(|it| it.value.clone()),
                told: Vec::new(),
                entities: Vec::new(),
            });
            event.told.push((idx, at));
            let named = linked.text.found.mentions.iter().filter(|mention| {
                words(body, at).iter().any(|words| words.contains(mention.at))
            });
            event.entities.extend(named.map(|it| it.entity));
            event.entities.extend(place(edition, annotation));
            event.entities.sort_unstable();
            event.entities.dedup();
        }
    }
    events.into_values().collect()
}

fn place(edition: &Edition, annotation: &Annotation) -> Option<EntityIdx> {
    match edition.registry.lookup(&annotation.place.as_ref()?.value)[..] {
        [only] => Some(only),
        _ => None,
    }
}

/// The annotated words of an annotation, without their brackets, in the order of the file.
pub fn words(body: &Body, annotation: u32) -> Vec<Stretch> {
    body.anchors
        .iter()
        .filter(|anchor| anchor.annotation == annotation)
        .filter_map(|anchor| anchor.words)
        .map(|(open, close)| Stretch { start: open + 1, end: close })
        .collect()
}

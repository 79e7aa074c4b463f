//! What happened when: events that texts tell, each once.

use std::collections::BTreeMap;

use crate::date::PartialDate;
use crate::link::facets::Facet;
use crate::link::registry::EntityIdx;
use crate::link::texts::{StorylineIdx, TextIdx, Texts};
use crate::parse::annotation::{EventNote, Kind};
use crate::parse::markdown::Body;
use crate::span::Stretch;

/// Something that happened, told in one text or several.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineEvent {
    /// When.
    pub date: PartialDate,
    /// What, in the words of the newest text.
    pub heading: Box<str>,
    /// Where, in the same words.
    pub place: Option<Box<str>>,
    /// Who tells it, newest first: the text, and the annotation in its body.
    pub told_in: Vec<(TextIdx, u32)>,
    /// The entities in the annotated words and at the place, in order of their file.
    pub entities: Vec<EntityIdx>,
}

/// All events of the texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timelines {
    /// Oldest first.
    pub events: Vec<TimelineEvent>,
    /// The events of each entity: those it is named in, and those its own text tells.
    /// Positions in `events`, oldest first.
    pub by_entity: BTreeMap<EntityIdx, Vec<u32>>,
    /// The events of each storyline, those its briefs and
    /// its own text tell. Positions in `events`, oldest first.
    pub by_storyline: BTreeMap<StorylineIdx, Vec<u32>>,
    /// The events each text tells. Positions in `events`, oldest first.
    pub by_text: BTreeMap<TextIdx, Vec<u32>>,
}

impl Timelines {
    /// The events at some positions.
    pub fn at<'a>(&'a self, positions: Option<&'a Vec<u32>>) -> Vec<&'a TimelineEvent> {
        positions.into_iter().flatten().map(|at| &self.events[*at as usize]).collect()
    }
}

/// Collects the events of all texts. One with the same `id`, or the same day and heading,
/// is the same event.
pub fn collect(texts: &Texts) -> Timelines {
    let mut timelines = Timelines { events: events(texts), ..Timelines::default() };
    for (at, event) in (0..).zip(&timelines.events) {
        for entity in &event.entities {
            push(timelines.by_entity.entry(*entity).or_default(), at);
        }
        for (text, _) in &event.told_in {
            push(timelines.by_text.entry(*text).or_default(), at);
            if let TextIdx::Entity(entity) = text {
                push(timelines.by_entity.entry(*entity).or_default(), at);
            }
        }
    }
    for (storyline, linked) in (0..).map(StorylineIdx).zip(&texts.storylines) {
        let own = TextIdx::Storyline(storyline);
        let tellers = linked.briefs.iter().map(|it| TextIdx::Brief(*it)).chain([own]);
        let mut told: Vec<u32> = tellers
            .filter_map(|it| timelines.by_text.get(&it))
            .flatten()
            .copied()
            .collect();
        told.sort_unstable();
        told.dedup();
        if !told.is_empty() {
            timelines.by_storyline.insert(storyline, told);
        }
    }
    timelines
}

/// Adds a position that may be the last one already.
fn push(positions: &mut Vec<u32>, at: u32) {
    if positions.last() != Some(&at) {
        positions.push(at);
    }
}

fn events(texts: &Texts) -> Vec<TimelineEvent> {
    let mut events: BTreeMap<(PartialDate, String), TimelineEvent> = BTreeMap::new();
    let mut by_id: BTreeMap<Box<str>, (PartialDate, String)> = BTreeMap::new();
    for idx in texts.all_with(Facet::Annotations) {
        let body = &texts.document(idx).body;
        for (at, annotation) in (0..).zip(&body.annotations) {
            let Some(told) = event(&annotation.kind) else { continue };
            let (Some(date), Some(head)) = (told.on, &told.heading) else { continue };
            let mut key = (date, folded(&head.value));
            if let Some(id) = &told.id {
                key = by_id.entry(id.value.clone()).or_insert(key).clone();
            }
            let event = events.entry(key).or_insert_with(|| TimelineEvent {
                date,
                heading: head.value.clone(),
                place: told.place.as_ref().map(|it| it.value.clone()),
                told_in: Vec::new(),
                entities: Vec::new(),
            });
            event.told_in.push((idx, at));
            event.entities.extend(named(texts, idx, at, told));
            event.entities.sort_unstable();
            event.entities.dedup();
        }
    }
    events.into_values().collect()
}

/// An event, if an annotation is one: whatever is, is on timelines and in the export.
fn event(kind: &Kind) -> Option<&EventNote> {
    match kind {
        Kind::Event(it) => Some(it),
        Kind::Claim(_)
        | Kind::Quote(_)
        | Kind::Source(_)
        | Kind::Note { .. }
        | Kind::Correction { .. }
        | Kind::Plain => None,
    }
}

/// A heading by which the same event is known again: without capitals and punctuation, with
/// the signs that make another event of it, as in `+5 %` and `-5 %`.
fn folded(heading: &str) -> String {
    let is_kept = |c: char| c.is_alphanumeric() || "+-−±%‰$€£¥#&°/".contains(c);
    let words =
        heading.split(|c: char| c.is_whitespace() || ",;:.!?'\"“”‘’()".contains(c));
    let words = words.map(|word| word.replace(|c| !is_kept(c), "").to_lowercase());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The entities in the annotated words, and the place.
fn named(texts: &Texts, idx: TextIdx, at: u32, told: &EventNote) -> Vec<EntityIdx> {
    let words = words(&texts.document(idx).body, at);
    let mentions = texts.text(idx).found.mentions.iter();
    let inside = mentions.filter(|it| words.iter().any(|words| words.contains(it.at)));
    let place = told.place.as_ref().and_then(|place| texts.entity_idx(&place.value));
    inside.map(|it| it.entity).chain(place).collect()
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

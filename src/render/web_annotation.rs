//! What a brief names and what stands in its margin, for other tools: the W3C's Web
//! Annotation Data Model (<https://www.w3.org/TR/annotation-model/>).

mod places;

use serde_json::{Value, json};

use crate::date::PartialDate;
use crate::link::registry::EntityIdx;
use crate::link::targets::Destination;
use crate::link::texts::{BriefIdx, TextIdx};
use crate::parse::annotation::{Annotation, Kind};
use crate::parse::claim::StanceKind;
use crate::parse::entity::same_as_url;
use crate::parse::fields::Placed;
use crate::render::here::Here;
use crate::render::web_annotation::places::{Places, places};
use crate::render::{body, words};

/// How many characters before and after the words say which words are meant.
const CONTEXT: usize = 32;

/// The annotations of a brief as JSON-LD, in text order: each mention, then each typed
/// footnote. `page` is the brief's page with its places marked.
pub(super) fn annotations(here: &Here<'_>, idx: BriefIdx, page: &str) -> Vec<u8> {
    let linked = here.edition.brief(idx);
    let address = |path: &str| here.absolute(path).unwrap_or_else(|| here.to(path));
    let own = format!("{}annotations.jsonld", linked.permalink);
    let places = places(page);
    let brief = AnnotatedBrief {
        idx,
        source: address(&linked.permalink.0) + if places.has_id { "#body" } else { "" },
        id: address(&own),
        places,
    };
    let mut items = mentions(here, &brief);
    items.extend(notes(here, &brief));
    let page = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": brief.id,
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": items,
    });
    let mut bytes = page.to_string().into_bytes();
    bytes.push(b'\n');
    bytes
}

/// The brief whose annotations are written.
struct AnnotatedBrief {
    idx: BriefIdx,
    /// The file of annotations.
    id: String,
    /// The text that is annotated: an element of the page.
    source: String,
    places: Places,
}

impl AnnotatedBrief {
    fn target(&self, (start, end): (usize, usize)) -> Value {
        let text = &self.places.text;
        let words = |from: usize, to: usize| text[from..to].iter().collect::<String>();
        json!({
            "source": self.source,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": words(start, end),
                    "prefix": words(start.saturating_sub(CONTEXT), start),
                    "suffix": words(end, (end + CONTEXT).min(text.len())),
                },
                { "type": "TextPositionSelector", "start": start, "end": end },
            ],
        })
    }

    /// The words of an annotation; at a point the word before it.
    fn words(&self, id: &str) -> Vec<(usize, usize)> {
        if let Some(words) = self.places.words.get(id) {
            return words.clone();
        }
        let at_point = self.places.references.get(id).into_iter().flatten();
        at_point
            .map(|at| {
                let before = &self.places.text[..*at];
                let is_space = |c: &char| c.is_whitespace();
                let end =
                    before.iter().rposition(|c| !is_space(c)).map_or(0, |it| it + 1);
                let start =
                    before[..end].iter().rposition(is_space).map_or(0, |it| it + 1);
                (start, end)
            })
            .filter(|(start, end)| start < end)
            .collect()
    }
}

fn mentions(here: &Here<'_>, brief: &AnnotatedBrief) -> Vec<Value> {
    let linked = here.edition.brief(brief.idx);
    let mut found: Vec<((usize, usize), EntityIdx)> = Vec::new();
    for (mark, place) in &brief.places.mentions {
        let entity = match mark.strip_prefix("link-") {
            Some(link) => link.parse().ok().and_then(|link: usize| {
                match linked.text.destinations.get(link)? {
                    Destination::Entity(entity) => Some(*entity),
                    _ => None,
                }
            }),
            None => mark.parse().ok().and_then(|mention: usize| {
                Some(linked.text.found.mentions.get(mention)?.entity)
            }),
        };
        found.extend(entity.map(|entity| (*place, entity)));
    }
    found.sort_unstable();
    (1..)
        .zip(found)
        .map(|(n, (place, entity)): (u32, _)| {
            let about = about(here, entity).into_iter().map(|source| {
                json!({
                    "type": "SpecificResource",
                    "purpose": "identifying",
                    "source": source,
                })
            });
            json!({
                "id": format!("{}#mention-{n}", brief.id),
                "type": "Annotation",
                "motivation": "identifying",
                "body": about.collect::<Vec<_>>(),
                "target": brief.target(place),
            })
        })
        .collect()
}

/// An entity's page, and the same entity elsewhere.
fn about(here: &Here<'_>, entity: EntityIdx) -> Vec<String> {
    let linked = here.edition.entity(entity);
    let own = &linked.permalink.0;
    let page = here.absolute(own).unwrap_or_else(|| here.to(own));
    let same_as = linked.entity.front.same_as.iter();
    let elsewhere = same_as.filter_map(|(key, value)| same_as_url(key, value));
    [page].into_iter().chain(elsewhere).collect()
}

fn notes(here: &Here<'_>, brief: &AnnotatedBrief) -> Vec<Value> {
    let document = here.edition.document(TextIdx::Brief(brief.idx));
    let annotations = &document.body.annotations;
    let mut items = Vec::new();
    for (at, annotation) in (0..).zip(annotations) {
        let id = &annotation.id;
        let motivation = match annotation.kind {
            Kind::Plain => continue,
            Kind::Claim(_) => "assessing",
            Kind::Event(_) => "describing",
            Kind::Quote(_)
            | Kind::Source(_)
            | Kind::Note { .. }
            | Kind::Correction { .. } => "commenting",
        };
        let mut targets: Vec<Value> =
            brief.words(id).into_iter().map(|place| brief.target(place)).collect();
        let target = match targets.len() {
            0 => continue, // nothing refers to it
            1 => targets.remove(0),
            _ => targets.into(),
        };
        let language = here.edition.brief(brief.idx).brief.front.language.clone();
        let mut text = json!({
            "type": "TextualBody",
            "purpose": motivation,
            "format": "text/plain",
            "language": language.as_ref().unwrap_or(&here.edition.config.language),
            "value": told(here, annotation, &document.plain_text(Some(at))),
        });
        if let Some(bodies) = claim_bodies(here, brief.idx, at) {
            text = bodies.into_iter().chain([text]).collect();
        }
        items.push(json!({
            "id": format!("{}#note-{id}", brief.id),
            "type": "Annotation",
            "motivation": motivation,
            "body": text,
            "target": target,
        }));
    }
    items
}

/// The claim that a note is of: its sentence, and what the desk found when the brief was
/// published.
fn claim_bodies(here: &Here<'_>, idx: BriefIdx, at: u32) -> Option<Vec<Value>> {
    let claims = &here.edition.claims;
    let claim = claims.get(claims.named(TextIdx::Brief(idx), at)?);
    let address = format!("claims/{}/", claim.slug);
    let source = here.absolute(&address).unwrap_or_else(|| here.to(&address));
    let mut bodies = vec![json!({
        "type": "TextualBody",
        "purpose": "assessing",
        "format": "text/plain",
        "value": claim.with_stop(),
        "source": source,
    })];
    let published = here.edition.brief(idx).brief.front.date.instant;
    if let Some(found) = claim.then(published) {
        bodies.push(json!({
            "type": "TextualBody",
            "purpose": "classifying",
            "value": found.is.word(),
        }));
    }
    Some(bodies)
}

/// `Claim, denied by Claudia Sheinbaum, 8 August 2025: The words of the note.`
fn told(here: &Here<'_>, annotation: &Annotation, note: &str) -> String {
    let value =
        |it: &Option<Placed<Box<str>>>| it.as_ref().map(|it| it.value.to_string());
    let day = |on: Option<PartialDate>| on.map(|on| here.date(on).text);
    let particulars = match &annotation.kind {
        Kind::Claim(it) => {
            let by = |(kind, by): &(StanceKind, Placed<Box<str>>)| {
                Some(format!("{} {}", words::stance(*kind).by.to_lowercase(), by.value))
            };
            let stances = it.stances.iter().map(by);
            stances.chain([day(it.on), value(&it.source)]).collect()
        }
        Kind::Quote(it) => vec![value(&it.speaker), day(it.on), value(&it.source)],
        Kind::Event(it) => vec![value(&it.heading), value(&it.place), day(it.on)],
        Kind::Source(Some(it)) => vec![
            Some(it.outlet.value.to_string()),
            it.title.as_ref().map(ToString::to_string),
            it.url.as_ref().map(ToString::to_string),
        ],
        Kind::Note { heading } => vec![value(heading)],
        Kind::Correction { on } => vec![day(*on)],
        Kind::Source(None) | Kind::Plain => Vec::new(),
    };
    let mut said = body::kind_label(&annotation.kind).to_owned();
    for part in particulars.into_iter().flatten() {
        said.push_str(", ");
        said.push_str(&part);
    }
    if note.is_empty() { said } else { format!("{said}: {note}") }
}

//! What an annotation tells beside its text: words, sources, how a claim stands.

use crate::html::Html;
use crate::link::statements;
use crate::parse::annotation::{Annotation, Kind};
use crate::parse::fields::Placed;
use crate::render::here::Here;
use crate::render::view;
use crate::slug::Slug;

/// An annotation apart from its text, its id and its place in the text.
pub(super) fn view(annotation: &Annotation, here: &Here<'_>) -> view::Annotation {
    let name =
        |name: &Option<Placed<Box<str>>>| name.as_ref().map(|it| here.name(&it.value));
    let head = annotation.head.as_ref().map(|it| it.value.to_string());
    let (status, now_status, ledger_href) = standing(annotation, here);
    view::Annotation {
        kind: match annotation.kind {
            Kind::Plain => "note".to_owned(),
            kind => kind.word().to_owned(),
        },
        kind_label: kind_label(annotation.kind).to_owned(),
        heading: match annotation.kind {
            Kind::Event | Kind::Note => head,
            _ => None,
        },
        status,
        now_status,
        ledger_href,
        speaker: match annotation.kind {
            Kind::Quote => name(&annotation.head),
            _ => name(&annotation.by),
        },
        to: name(&annotation.to),
        place: name(&annotation.place),
        when: annotation.on.map(|on| here.date(on)),
        sources: sources(annotation, here),
        id: String::new(),
        number: 0,
        words: None,
        body: Html::default(),
        ref_ids: Vec::new(),
    }
}

/// How a claim stood, how it stands now if that differs, and its own page.
fn standing(
    annotation: &Annotation,
    here: &Here<'_>,
) -> (Option<view::Status>, Option<view::Status>, Option<String>) {
    let Kind::Claim(then) = annotation.kind else { return (None, None, None) };
    let ledger = statements::ledger(annotation);
    let claims = &here.edition.claims;
    let now = ledger.as_ref().and_then(|it| claims.now(it)).and_then(|it| it.status);
    let changed = now.filter(|now| *now != then);
    let href = ledger
        .filter(|it| claims.ledgers.contains_key(it))
        .map(|it| here.to(&format!("claims/{it}/")));
    let status = crate::render::words::claim_status;
    (Some(status(then)), changed.map(status), href)
}

/// The sources of an annotation: what `source` names, or the source it is itself.
pub fn sources(annotation: &Annotation, here: &Here<'_>) -> Vec<view::Source> {
    let outlet = match annotation.kind {
        Kind::Source => annotation.head.as_ref(),
        _ => annotation.source.as_ref(),
    };
    let Some(outlet) = outlet else { return Vec::new() };
    let work = &annotation.work;
    vec![view::Source {
        outlet: here.name(&outlet.value),
        title: work.title.as_ref().map(ToString::to_string),
        url: work.url.as_ref().map(ToString::to_string),
        date: work.date.map(|date| here.date(date)),
        archive: work.archive.as_ref().map(ToString::to_string),
    }]
}

/// The kind for readers.
pub fn kind_label(kind: Kind) -> &'static str {
    match kind {
        Kind::Claim(_) => "Claim",
        Kind::Quote => "Quote",
        Kind::Event => "Event",
        Kind::Source => "Source",
        Kind::Note | Kind::Plain => "Note",
        Kind::Correction => "Correction",
    }
}

/// An id for each annotation: its name as a slug, numbered where two are alike.
pub fn ids(annotations: &[Annotation]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::with_capacity(annotations.len());
    for annotation in annotations {
        let slug = Slug::from_title(&annotation.label);
        let base = slug.map_or_else(|| "note".to_owned(), |slug| slug.to_string());
        let mut id = base.clone();
        let mut n = 1;
        while ids.contains(&id) {
            n += 1;
            id = format!("{base}-{n}");
        }
        ids.push(id);
    }
    ids
}

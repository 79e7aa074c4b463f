//! What an annotation tells beside its text: words, sources, how a claim stands.

use crate::date::PartialDate;
use crate::html::Html;
use crate::link::statements;
use crate::parse::annotation::{Annotation, Kind};
use crate::parse::fields::Placed;
use crate::render::here::Here;
use crate::render::view;

/// An annotation apart from its text, its id and its place in the text.
pub(super) fn view(annotation: &Annotation, here: &Here<'_>) -> view::Annotation {
    let (status, now_status, ledger_href) = standing(annotation, here);
    let told = told(annotation, here);
    view::Annotation {
        kind: match &annotation.kind {
            Kind::Plain => "note".to_owned(),
            kind => kind.word().to_owned(),
        },
        kind_label: kind_label(&annotation.kind).to_owned(),
        heading: told.heading,
        status,
        now_status,
        ledger_href,
        speaker: told.speaker,
        to: told.to,
        place: told.place,
        when: told.when,
        sources: sources(annotation, here),
        id: String::new(),
        number: 0,
        words: None,
        body: Html::default(),
        ref_ids: Vec::new(),
    }
}

/// What an annotation tells in a line above its text.
#[derive(Default)]
struct Told {
    heading: Option<String>,
    speaker: Option<view::Name>,
    to: Option<view::Name>,
    place: Option<view::Name>,
    when: Option<view::Moment>,
}

/// Heading, names and day of an annotation.
fn told(annotation: &Annotation, here: &Here<'_>) -> Told {
    let name = |it: &Option<Placed<Box<str>>>| it.as_ref().map(|it| here.name(&it.value));
    let words =
        |it: &Option<Placed<Box<str>>>| it.as_ref().map(|it| it.value.to_string());
    let day = |on: Option<PartialDate>| on.map(|on| here.date(on));
    match &annotation.kind {
        Kind::Claim(it) => {
            Told { speaker: name(&it.by), when: day(it.on), ..Told::default() }
        }
        Kind::Quote(it) => Told {
            speaker: name(&it.speaker),
            to: name(&it.to),
            when: day(it.on),
            ..Told::default()
        },
        Kind::Event(it) => Told {
            heading: words(&it.heading),
            place: name(&it.place),
            when: day(it.on),
            ..Told::default()
        },
        Kind::Note { heading } => Told { heading: words(heading), ..Told::default() },
        Kind::Correction { on } => Told { when: day(*on), ..Told::default() },
        Kind::Source(_) | Kind::Plain => Told::default(),
    }
}

/// How a claim stood, how it stands now if that differs, and its own page.
fn standing(
    annotation: &Annotation,
    here: &Here<'_>,
) -> (Option<view::Status>, Option<view::Status>, Option<String>) {
    let Kind::Claim(claim) = &annotation.kind else { return (None, None, None) };
    let (then, ledger) = (claim.status, statements::ledger(claim));
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
    let outlet = match &annotation.kind {
        Kind::Claim(it) => it.source.as_ref(),
        Kind::Quote(it) => it.source.as_ref(),
        Kind::Source(it) => {
            return it.iter().map(|it| here.source(it)).collect();
        }
        Kind::Event(_) | Kind::Note { .. } | Kind::Correction { .. } | Kind::Plain => {
            None
        }
    };
    let only_outlet = |outlet: &Placed<Box<str>>| view::Source {
        outlet: here.name(&outlet.value),
        title: None,
        url: None,
        date: None,
        archive: None,
    };
    outlet.into_iter().map(only_outlet).collect()
}

/// The kind for readers.
pub fn kind_label(kind: &Kind) -> &'static str {
    match kind {
        Kind::Claim(_) => "Claim",
        Kind::Quote(_) => "Quote",
        Kind::Event(_) => "Event",
        Kind::Source(_) => "Source",
        Kind::Note { .. } | Kind::Plain => "Note",
        Kind::Correction { .. } => "Correction",
    }
}

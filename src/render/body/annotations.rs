//! What an annotation tells beside its text: words, sources, how a claim stands.

use crate::date::PartialDate;
use crate::html::Html;
use crate::link::claims::Stance;
use crate::link::texts::TextIdx;
use crate::parse::annotation::{Annotation, Kind};
use crate::parse::claim::StanceKind;
use crate::parse::fields::Placed;
use crate::render::body::context::BodyContext;
use crate::render::here::Here;
use crate::render::words::finding_status;
use crate::render::{claims, view};

/// An annotation apart from its text, its id and its place in the text.
pub(super) fn view(
    at: u32,
    annotation: &Annotation,
    context: &BodyContext<'_>,
) -> view::Annotation {
    let here = context.here;
    let told = told(annotation, here);
    view::Annotation {
        kind: match &annotation.kind {
            Kind::Plain => "note".to_owned(),
            kind => kind.word().to_owned(),
        },
        kind_label: kind_label(&annotation.kind).to_owned(),
        heading: told.heading,
        claim: claim(context.idx, at, annotation, here),
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
        Kind::Claim(it) => Told { when: day(it.on), ..Told::default() },
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

/// The claim that a note is of: its sentence, what the desk found when the text was
/// published and what it finds now, and what the note tells of parties.
fn claim(
    text: TextIdx,
    at: u32,
    annotation: &Annotation,
    here: &Here<'_>,
) -> Option<view::NoteClaim> {
    let claims = &here.edition.claims;
    let claim = claims.get(claims.named(text, at)?);
    let own = match &annotation.kind {
        Kind::Claim(it) => it.finding.as_ref().map(|it| it.value),
        Kind::Quote(_)
        | Kind::Event(_)
        | Kind::Source(_)
        | Kind::Note { .. }
        | Kind::Correction { .. }
        | Kind::Plain => None,
    };
    let published = match text {
        TextIdx::Brief(idx) => Some(here.edition.brief(idx).brief.front.date.instant),
        TextIdx::Entity(_)
        | TextIdx::Storyline(_)
        | TextIdx::Claim(_)
        | TextIdx::Page(_) => None,
    };
    let then = published.and_then(|it| claim.then(it)).map(|it| it.is);
    let then = own.or(then);
    let now = claim.now().filter(|now| Some(now.is) != then);
    let of_note = |it: &&Stance| (it.told_in, it.annotation) == (text, Some(at));
    let stances: Vec<_> = claim.stances.iter().filter(of_note).collect();
    Some(view::NoteClaim {
        sentence: claim.with_stop(),
        href: claims::href(here, claim),
        then: then.map(finding_status),
        now: now.map(|now| claims::now_finding(here, now)),
        stances: claims::groups(here, &stances),
    })
}

/// What the desk finds now on the claim of a note, as it stands at the words in the text.
///
/// `None` where the note tells that somebody denies, doubts or withdraws the claim: a sign at
/// their words would be read as a finding on those.
pub(super) fn sign(
    text: TextIdx,
    at: u32,
    annotation: &Annotation,
    here: &Here<'_>,
) -> Option<view::Status> {
    if !matches!(annotation.kind, Kind::Claim(_)) {
        return None;
    }
    let claims = &here.edition.claims;
    let claim = claims.get(claims.named(text, at)?);
    let of_note = |it: &&Stance| (it.told_in, it.annotation) == (text, Some(at));
    let says = |it: &Stance| it.kind == StanceKind::Says;
    let only_says = claim.stances.iter().filter(of_note).all(says);
    claim.now().filter(|_| only_says).map(|now| finding_status(now.is))
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

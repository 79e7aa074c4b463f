//! The claims ledger, and statements on other pages.

use std::collections::{BTreeMap, BTreeSet};

use crate::date::PartialDate;
use crate::html::Html;
use crate::link::registry::EntityIdx;
use crate::link::statements::{Statement, said_by};
use crate::link::texts::{StorylineIdx, TextIdx};
use crate::parse::annotation::{Annotation, Kind, STATUSES};
use crate::render::body;
use crate::render::counted::count;
use crate::render::head::HeadOf;
use crate::render::here::Here;
use crate::render::ids::ids;
use crate::render::view::{
    ClaimGroup, ClaimStep, ClaimView, ClaimsView, Link, Moment, Name, Position, Speaker,
    Statement as StatementView, Tally,
};
use crate::render::words::claim_status;
use crate::slug::Slug;

/// The words that an annotation is about; its text's title if it stands at a point.
fn words(here: &Here<'_>, statement: &Statement) -> String {
    let document = here.edition.document(statement.told_in);
    document
        .annotated_words(statement.annotation)
        .unwrap_or_else(|| document.title.value.to_string())
}

fn annotation<'a>(here: &Here<'a>, statement: &Statement) -> &'a Annotation {
    let body = &here.edition.document(statement.told_in).body;
    &body.annotations[statement.annotation as usize]
}

fn speaker(here: &Here<'_>, statement: &Statement) -> Option<Name> {
    if let Some(entity) = statement.speaker {
        let Link { label, href } = here.entity(here.edition.entity(entity));
        return Some(Name { label, href: Some(href) });
    }
    let by = said_by(annotation(here, statement))??;
    Some(Name { label: by.value.to_string(), href: None })
}

/// When it was said, as exact as it is known.
fn said_on(here: &Here<'_>, statement: &Statement) -> Option<Moment> {
    let on = match &annotation(here, statement).kind {
        Kind::Claim(it) => it.on,
        Kind::Quote(it) => it.on,
        Kind::Event(_)
        | Kind::Source(_)
        | Kind::Note { .. }
        | Kind::Correction { .. }
        | Kind::Plain => None,
    };
    let on = on.or(statement.day.map(PartialDate::from));
    on.map(|on| here.date(on))
}

fn statement(here: &Here<'_>, it: &Statement, with_speaker: bool) -> StatementView {
    let now = it.ledger.as_ref().and_then(|ledger| here.edition.claims.now(ledger));
    let status = now.map_or(it.status, |now| now.status);
    StatementView {
        kind: annotation(here, it).kind.word().to_owned(),
        words: words(here, it),
        status: status.map(claim_status),
        speaker: if with_speaker { speaker(here, it) } else { None },
        date: said_on(here, it),
        told_in: here.told_in(it.told_in, it.annotation),
        ledger_href: it
            .ledger
            .as_ref()
            .map(|ledger| here.to(&format!("claims/{ledger}/"))),
    }
}

/// The claims of the edition, each that is followed only once: as its newest text has it.
fn current<'a>(here: &Here<'a>) -> impl Iterator<Item = &'a Statement> {
    let claims = &here.edition.claims;
    claims.statements.iter().filter(|it| claims.is_current(it))
}

pub(super) fn all(here: &Here<'_>) -> ClaimsView {
    let head = HeadOf {
        title: "Claims",
        section: "claims/",
        description: Some(format!(
            "What is claimed, by whom, and how it stands: {}.",
            here.edition.config.title
        )),
        ..HeadOf::default()
    };
    let claims: Vec<&Statement> = current(here).collect();
    let group = |(_, status): &(&str, crate::parse::annotation::Status)| {
        let these = claims.iter().filter(|it| it.status == Some(*status));
        let these: Vec<_> = these.map(|it| statement(here, it, true)).collect();
        (!these.is_empty())
            .then(|| ClaimGroup { status: claim_status(*status), claims: these })
    };
    ClaimsView {
        head: head.at(here),
        title: "Claims".to_owned(),
        n_claims: count(claims.len()),
        groups: STATUSES.iter().filter_map(group).collect(),
        speakers: speakers(here, &claims),
    }
}

fn speakers(here: &Here<'_>, claims: &[&Statement]) -> Vec<Speaker> {
    let mut by_name: BTreeMap<String, Vec<&Statement>> = BTreeMap::new();
    for claim in claims {
        if let Some(name) = speaker(here, claim) {
            by_name.entry(name.label).or_default().push(claim);
        }
    }
    let mut speakers: Vec<_> = by_name.into_values().collect();
    speakers.sort_by_key(|claims| std::cmp::Reverse(claims.len()));
    speakers
        .into_iter()
        .filter_map(|claims| {
            let tally = |(_, status): &(&str, crate::parse::annotation::Status)| {
                let n = claims.iter().filter(|it| it.status == Some(*status)).count();
                (n > 0).then(|| Tally { status: claim_status(*status), count: count(n) })
            };
            Some(Speaker {
                name: speaker(here, claims[0])?,
                n_claims: count(claims.len()),
                tallies: STATUSES.iter().filter_map(tally).collect(),
            })
        })
        .collect()
}

pub(super) fn followed(here: &Here<'_>, ledger: &Slug) -> ClaimView {
    let claims = &here.edition.claims;
    let steps: Vec<&Statement> = claims.ledgers[ledger]
        .iter()
        .map(|at| &claims.statements[*at as usize])
        .collect();
    let newest = steps[0];
    let title = capitalized(&words(here, newest));
    let head = HeadOf {
        title: &title,
        section: "claims/",
        breadcrumbs: vec![here.crumb("Claims", "claims/")],
        ..HeadOf::default()
    };
    ClaimView {
        head: head.at(here),
        title,
        status: claim_status(
            newest.status.unwrap_or(crate::parse::annotation::Status::Unconfirmed),
        ),
        speaker: speaker(here, newest),
        positions: positions(here, &steps),
        steps: steps.into_iter().filter_map(|it| step(here, it)).collect(),
    }
}

/// A headline begins with a capital, also where the words stood in mid-sentence.
fn capitalized(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(chars).collect()
}

/// The newest statement of each party, if they do not all say the same.
fn positions(here: &Here<'_>, steps: &[&Statement]) -> Vec<Position> {
    let mut parties: Vec<(Name, &Statement)> = Vec::new();
    for step in steps {
        let Some(speaker) = speaker(here, step) else { continue };
        if !parties.iter().any(|(known, _)| *known == speaker) {
            parties.push((speaker, step));
        }
    }
    if parties.iter().all(|(_, it)| it.status == parties[0].1.status) {
        return Vec::new();
    }
    parties
        .into_iter()
        .filter_map(|(speaker, it)| {
            Some(Position {
                speaker,
                status: claim_status(it.status?),
                words: capitalized(&words(here, it)),
                date: said_on(here, it),
                told_in: here.told_in(it.told_in, it.annotation),
            })
        })
        .collect()
}

fn step(here: &Here<'_>, it: &Statement) -> Option<ClaimStep> {
    let document = here.edition.document(it.told_in);
    let rendered = body::render(document, here.edition.text(it.told_in), here);
    let notes = rendered.passages.into_iter().flat_map(|it| it.annotations);
    let id = &ids(&document.body.annotations)[it.annotation as usize];
    let note = notes.into_iter().find(|note| note.id == *id);
    Some(ClaimStep {
        date: said_on(here, it),
        status: claim_status(it.status?),
        words: words(here, it),
        speaker: speaker(here, it),
        sources: body::sources(annotation(here, it), here),
        // Ids belong to the text's own page.
        body: note.map_or_else(Html::default, |note| Html(without_ids(&note.body.0))),
        told_in: here.told_in(it.told_in, it.annotation),
    })
}

/// HTML without ids, for a page that shows it beside its like.
fn without_ids(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(" id=\"") {
        out.push_str(&rest[..at]);
        let after = &rest[at + 5..];
        rest = after.find('"').map_or("", |end| &after[end + 1..]);
    }
    out + rest
}

/// The claims and quotes of a speaker, newest first.
pub(super) fn of_speaker(
    here: &Here<'_>,
    speaker: EntityIdx,
) -> (Vec<StatementView>, Vec<StatementView>) {
    let claims = &here.edition.claims;
    let positions = claims.by_speaker.get(&speaker).map_or(&[][..], |it| it);
    let all = positions.iter().map(|at| &claims.statements[*at as usize]);
    let (claims, quotes): (Vec<_>, Vec<_>) = all.partition(|it| it.status.is_some());
    let views = |list: Vec<&Statement>| {
        list.into_iter().map(|it| statement(here, it, false)).collect::<Vec<_>>()
    };
    (views(claims), views(quotes))
}

/// The claims that a storyline's briefs and its own text tell, as they stand now, newest
/// first.
pub(super) fn of_storyline(here: &Here<'_>, idx: StorylineIdx) -> Vec<StatementView> {
    let claims = &here.edition.claims;
    let own = TextIdx::Storyline(idx);
    let briefs = &here.edition.storyline(idx).briefs;
    let texts = briefs.iter().map(|it| TextIdx::Brief(*it)).chain([own]);
    let told: BTreeSet<u32> =
        texts.filter_map(|it| claims.by_text.get(&it)).flatten().copied().collect();
    told.into_iter()
        .map(|at| &claims.statements[at as usize])
        .filter(|it| claims.is_current(it))
        .map(|it| statement(here, it, true))
        .collect()
}

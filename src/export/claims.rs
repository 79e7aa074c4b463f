//! Claims, stances, findings and quotes as records.

use crate::export::records::{Claim, FindingRecord, Quote, Record, StanceRecord};
use crate::export::{date, slug, value};
use crate::link::claims::{Party, Proposition};
use crate::link::edition::Edition;
use crate::link::quotes::{Quoted, quote};

/// Gives a claim, its stances and its findings, each newest first.
pub(super) fn each<'a, E>(
    edition: &'a Edition,
    claim: &'a Proposition,
    take: &mut impl FnMut(&Record<'a>) -> Result<(), E>,
) -> Result<(), E> {
    take(&Record::Claim(record(edition, claim)))?;
    for it in &claim.stances {
        let document = edition.document(it.told_in);
        take(&Record::Stance(StanceRecord {
            claim: claim.slug.as_str(),
            party: party(edition, &it.party),
            entity: entity(edition, &it.party),
            does: it.kind.word(),
            on: date(it.on),
            source: it.source.as_deref(),
            file: &document.path,
            page: &edition.permalink(it.told_in).0,
            words: it.annotation.and_then(|at| document.annotated_words(at)),
            note: it.annotation.map(|at| document.plain_text(Some(at))),
        }))?;
    }
    for it in &claim.turns {
        take(&Record::Finding(FindingRecord {
            claim: claim.slug.as_str(),
            is: it.is.word(),
            on: it.on.to_string(),
            source: it.source.as_deref(),
            file: &edition.document(it.told_in).path,
            page: &edition.permalink(it.told_in).0,
        }))?;
    }
    Ok(())
}

fn record<'a>(edition: &'a Edition, claim: &'a Proposition) -> Claim<'a> {
    let about = |it: &'a Party| entity(edition, it).unwrap_or_else(|| party(edition, it));
    let mut told_in: Vec<_> = claim.told_in.iter().map(|(text, _)| *text).collect();
    told_in.dedup();
    Claim {
        slug: claim.slug.as_str(),
        page: format!("claims/{}/", claim.slug),
        file: claim.file.map(|idx| &*edition.claim_file(idx).claim.document.path),
        sentence: &claim.sentence,
        about: claim.about.iter().map(about).collect(),
        finding: claim.now().map(|it| it.is.word()),
        since: claim.now().map(|it| it.on.to_string()),
        told_in: told_in.into_iter().map(|it| &*edition.permalink(it).0).collect(),
    }
}

fn entity<'a>(edition: &'a Edition, party: &Party) -> Option<&'a str> {
    match party {
        Party::Entity(idx) => Some(slug(edition, *idx)),
        Party::Words(_) => None,
    }
}

fn party<'a>(edition: &'a Edition, party: &'a Party) -> &'a str {
    match party {
        Party::Entity(idx) => &edition.entity(*idx).entity.document.title.value,
        Party::Words(words) => words,
    }
}

/// A quote.
pub(super) fn quoted<'a>(edition: &'a Edition, it: &Quoted) -> Option<Quote<'a>> {
    let document = edition.document(it.told_in);
    let note = quote(&document.body.annotations[it.annotation as usize].kind)?;
    let claim = edition.claims.named(it.told_in, it.annotation);
    Some(Quote {
        file: &document.path,
        page: &edition.permalink(it.told_in).0,
        words: document.annotated_words(it.annotation),
        by: value(note.speaker.as_ref()),
        speaker: it.speaker.map(|it| slug(edition, it)),
        on: date(it.on),
        to: value(note.to.as_ref()),
        source: value(note.source.as_ref()),
        claim: claim.map(|idx| edition.claims.get(idx).slug.as_str()),
        stance: note.claim.as_ref().map(|(_, kind)| kind.word()),
        note: document.plain_text(Some(it.annotation)),
    })
}

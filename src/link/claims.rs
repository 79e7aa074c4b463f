//! Claims: what is said to be so, what parties do with it, and what the desk finds.
//!
//! A claim is one sentence that is true or false. What a party does with it and what the
//! desk finds of it are two things, kept apart from here to the page: a finding belongs to
//! the sentence, never to a party or to words of another sense.

mod annotated;
mod identity;
mod near;
mod proposition;
mod stances;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, Rule};
use crate::link::claims::annotated::{annotations, claim_of};
use crate::link::claims::identity::Identities;
pub use crate::link::claims::proposition::{
    ClaimIdx, Claims, Party, Proposition, Stance, Turn,
};
use crate::link::registry::EntityIdx;
use crate::link::texts::{ClaimFileIdx, Texts};
use crate::parse::brief::Brief;

/// Collects what all texts tell of claims. `unpublished` are the briefs that are not among
/// the texts: a claim that only they name is not one that nobody names. `last` only ever
/// saves work.
pub(super) fn collect(
    texts: &Texts,
    unpublished: &[Arc<Brief>],
    (zone, now): (&TimeZone, Timestamp),
    last: &Claims,
    log: &mut Vec<Diagnostic>,
) -> Claims {
    let identities = Identities::of(texts, log);
    let today = now.to_zoned_datetime(zone.clone()).date();
    let clock = stances::Clock { zone, today };
    let mut all: Vec<Proposition> = identities.propositions(texts);
    let mut named = BTreeMap::new();
    for (at, file) in (0..).map(ClaimFileIdx).zip(&texts.claim_files) {
        if let Some(idx) = identities.of_file(at) {
            let proposition = &mut all[idx.0 as usize];
            stances::of_file(proposition, at, file, texts, &clock, log);
        }
    }
    for (text, annotation, it) in annotations(texts) {
        let Some(claim) = claim_of(it) else { continue };
        let Some(idx) = identities.resolve(claim) else { continue };
        named.insert((text, annotation), idx);
        let proposition = &mut all[idx.0 as usize];
        proposition.told_in.push((text, annotation));
        stances::of_annotation(proposition, text, annotation, it, texts, &clock, log);
    }
    for proposition in &mut all {
        stances::settle(proposition, texts, log);
    }
    let near = near::pairs(&all, last);
    let mut claims = Claims { all, named, near, ..Claims::default() };
    claims.by_party = by_party(&claims.all);
    claims.by_change = by_change(&claims.all, texts);
    unused(&claims, &identities, texts, unpublished, log);
    near::report(&claims, texts, log);
    claims
}

fn by_party(all: &[Proposition]) -> BTreeMap<EntityIdx, Vec<ClaimIdx>> {
    let mut by_party: BTreeMap<EntityIdx, Vec<_>> = BTreeMap::new();
    for (idx, proposition) in (0..).map(ClaimIdx).zip(all) {
        for stance in proposition.leading() {
            if let Party::Entity(entity) = stance.party {
                let day = Reverse(stance.on.map(PartialDate::first));
                by_party.entry(entity).or_default().push((day, idx));
            }
        }
    }
    let sorted = by_party.into_iter().map(|(entity, mut claims)| {
        claims.sort_unstable();
        (entity, claims.into_iter().map(|(_, idx)| idx).collect())
    });
    sorted.collect()
}

fn by_change(all: &[Proposition], texts: &Texts) -> Vec<ClaimIdx> {
    let mut changes: Vec<_> = (0..)
        .map(ClaimIdx)
        .zip(all)
        .map(|(idx, it)| (Reverse(it.changed(texts)), it.told_in.first().copied(), idx))
        .collect();
    changes.sort_unstable();
    changes.into_iter().map(|(_, _, idx)| idx).collect()
}

/// Reports the claims with a file that no text names, drafts and embargoed briefs included.
fn unused(
    claims: &Claims,
    identities: &Identities,
    texts: &Texts,
    unpublished: &[Arc<Brief>],
    log: &mut Vec<Diagnostic>,
) {
    let hidden = unpublished.iter().flat_map(|it| &it.document.body.annotations);
    let hidden = hidden.filter_map(|it| identities.resolve(claim_of(it)?));
    let hidden: BTreeSet<ClaimIdx> = hidden.collect();
    for (idx, proposition) in (0..).map(ClaimIdx).zip(&claims.all) {
        if let Some(file) = proposition.file
            && proposition.told_in.is_empty()
            && !hidden.contains(&idx)
        {
            let document = &texts.claim_file(file).claim.document;
            let message = format!("no text refers to the claim `{}`", proposition.slug);
            let span = document.span(document.title.at);
            log.push(Diagnostic::new(
                Rule::UnusedClaim,
                span,
                message,
                format!(
                    "write `claim: {}` in a footnote, or delete the file",
                    proposition.slug
                ),
            ));
        }
    }
}

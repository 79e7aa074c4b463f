//! Claims and quotes: who says what, where it is told, and how it stands now.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Rule};
use crate::link::registry::EntityIdx;
use crate::link::{BriefIdx, Edition};
use crate::parse::annotation::{Annotation, Kind, Status};
use crate::parse::document::Document;
use crate::slug::Slug;

/// A claim or a quote that a brief tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The brief that tells it.
    pub brief: BriefIdx,
    /// The annotation, as a position in the brief's body.
    pub annotation: u32,
    /// Who says it, if the registry knows.
    pub speaker: Option<EntityIdx>,
    /// How the claim stood in that brief; `None` for a quote.
    pub status: Option<Status>,
    /// The day it was said; the brief's if that is not known.
    pub day: Date,
    /// The claim that is followed over several briefs.
    pub ledger: Option<Slug>,
}

/// All claims and quotes of the edition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claims {
    /// Newest first: by day, then by brief.
    pub statements: Vec<Statement>,
    /// The claims that are followed: positions in `statements`, newest first.
    pub ledgers: BTreeMap<Slug, Vec<u32>>,
    /// What each entity says: positions in `statements`, newest first.
    pub by_speaker: BTreeMap<EntityIdx, Vec<u32>>,
}

impl Claims {
    /// How a followed claim stands now: as its newest brief says.
    pub fn now(&self, ledger: &Slug) -> Option<&Statement> {
        let newest = self.ledgers.get(ledger)?.first()?;
        Some(&self.statements[*newest as usize])
    }
}

/// Collects what the briefs tell, and reports speakers that are nearly entities.
pub fn collect(edition: &Edition, log: &mut Vec<Diagnostic>) -> Claims {
    let mut statements = Vec::new();
    for (idx, linked) in (0..).map(BriefIdx).zip(&edition.briefs) {
        let document = &linked.brief.document;
        for (at, annotation) in (0..).zip(&document.body.annotations) {
            let said_by = match annotation.kind {
                Kind::Claim(_) => &annotation.by,
                Kind::Quote => &annotation.head,
                _ => continue,
            };
            let speaker = said_by.as_ref().and_then(|by| {
                match edition.registry.lookup(&by.value)[..] {
                    [only] => Some(only),
                    _ => None,
                }
            });
            if let (None, Some(by)) = (speaker, said_by) {
                log.extend(near_name(edition, document, &by.value, by.at));
            }
            statements.push(Statement {
                brief: idx,
                annotation: at,
                speaker,
                status: match annotation.kind {
                    Kind::Claim(status) => Some(status),
                    _ => None,
                },
                day: annotation.on.map_or(
                    linked.brief.front.date.day,
                    super::super::date::PartialDate::first,
                ),
                ledger: ledger(annotation),
            });
        }
    }
    statements.sort_by(|a, b| b.day.cmp(&a.day).then(a.brief.cmp(&b.brief)));
    let mut claims = Claims { statements, ..Claims::default() };
    for (at, statement) in (0..).zip(&claims.statements) {
        if let Some(ledger) = &statement.ledger {
            claims.ledgers.entry(ledger.clone()).or_default().push(at);
        }
        if let Some(speaker) = statement.speaker {
            claims.by_speaker.entry(speaker).or_default().push(at);
        }
    }
    for followed in claims.ledgers.values_mut() {
        // The newest brief decides how a claim stands, not the day it speaks of.
        followed.sort_by_key(|at| claims.statements[*at as usize].brief);
    }
    claims
}

/// The name under which a claim is followed.
pub fn ledger(annotation: &Annotation) -> Option<Slug> {
    match annotation.kind {
        Kind::Claim(_) => Slug::from_title(&annotation.ledger.as_ref()?.value),
        _ => None,
    }
}

fn near_name(
    edition: &Edition,
    document: &Document,
    name: &str,
    at: crate::span::Stretch,
) -> Option<Diagnostic> {
    let near = edition.registry.nearest(name)?;
    let message = format!("`{name}` is no entity, and `{near}` is one");
    Some(
        Diagnostic::new(Rule::NearName, document.span(at), message)
            .help(format!("write `{near}` if that one is meant")),
    )
}

//! Claims and quotes: who says what, where it is told, and how it stands now.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, Rule};
use crate::link::facets::Facet;
use crate::link::registry::EntityIdx;
use crate::link::texts::{TextIdx, Texts};
use crate::parse::annotation::{Annotation, ClaimNote, Kind, Status};
use crate::parse::document::Document;
use crate::parse::fields::Placed;
use crate::slug::Slug;

/// A claim or a quote that a text tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The text that tells it.
    pub told_in: TextIdx,
    /// The annotation, as a position in that text's body.
    pub annotation: u32,
    /// Who says it, if the registry knows.
    pub speaker: Option<EntityIdx>,
    /// How the claim stood in that text; `None` for a quote.
    pub status: Option<Status>,
    /// The day it was said; the brief's if that is not written. `None` where a text without
    /// a date of its own does not say.
    pub day: Option<Date>,
    /// The claim that is followed over several texts.
    pub ledger: Option<Slug>,
}

/// All claims and quotes of the texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claims {
    /// Newest first: by day, then by text; those without a day last.
    pub statements: Vec<Statement>,
    /// The claims that are followed: positions in `statements`, newest first.
    pub ledgers: BTreeMap<Slug, Vec<u32>>,
    /// What each entity says: positions in `statements`, newest first.
    pub by_speaker: BTreeMap<EntityIdx, Vec<u32>>,
    /// What each text tells: positions in `statements`, newest first.
    pub by_text: BTreeMap<TextIdx, Vec<u32>>,
}

impl Claims {
    /// How a followed claim stands now: as the newest text says.
    pub fn now(&self, ledger: &Slug) -> Option<&Statement> {
        let newest = self.ledgers.get(ledger)?.first()?;
        Some(&self.statements[*newest as usize])
    }

    /// Whether there is a claim at all.
    pub fn has_any(&self) -> bool {
        self.statements.iter().any(|it| it.status.is_some())
    }

    /// Whether a statement is a claim as it stands now: one that is not followed, or the
    /// newest of one that is.
    pub fn is_current(&self, statement: &Statement) -> bool {
        let newest = statement.ledger.as_ref().and_then(|ledger| self.now(ledger));
        statement.status.is_some() && newest.is_none_or(|it| std::ptr::eq(it, statement))
    }
}

/// Collects what all texts tell, and reports speakers that are nearly entities.
pub fn collect(texts: &Texts, log: &mut Vec<Diagnostic>) -> Claims {
    let mut statements = Vec::new();
    for idx in texts.all_with(Facet::Annotations) {
        let document = texts.document(idx);
        for (at, annotation) in (0..).zip(&document.body.annotations) {
            let Some(said_by) = said_by(annotation) else { continue };
            let speaker = said_by.and_then(|by| texts.entity_idx(&by.value));
            if let (None, Some(by)) = (speaker, said_by) {
                log.extend(near_name(texts, document, by));
            }
            let (said, status, ledger) = match &annotation.kind {
                Kind::Claim(it) => (it.on, Some(it.status), ledger(it)),
                Kind::Quote(it) => (it.on, None, None),
                Kind::Event(_)
                | Kind::Source(_)
                | Kind::Note { .. }
                | Kind::Correction { .. }
                | Kind::Plain => continue,
            };
            statements.push(Statement {
                told_in: idx,
                annotation: at,
                speaker,
                status,
                day: said.map(PartialDate::first).or_else(|| texts.day(idx)),
                ledger,
            });
        }
    }
    statements.sort_by_key(|it| (Reverse(it.day), it.told_in, it.annotation));
    let mut claims = Claims { statements, ..Claims::default() };
    for (at, statement) in (0..).zip(&claims.statements) {
        claims.by_text.entry(statement.told_in).or_default().push(at);
        if let Some(ledger) = &statement.ledger {
            claims.ledgers.entry(ledger.clone()).or_default().push(at);
        }
        if let Some(speaker) = statement.speaker {
            claims.by_speaker.entry(speaker).or_default().push(at);
        }
    }
    for followed in claims.ledgers.values_mut() {
        // The newest brief decides how a claim stands, not the day it speaks of. A text
        // without a date of its own is as new as the day it names.
        followed.sort_by_key(|at| {
            let it = &claims.statements[*at as usize];
            (Reverse(texts.day(it.told_in).or(it.day)), it.told_in)
        });
    }
    claims
}

/// Who makes a statement, as far as it is written; `None` for an annotation that is none.
pub fn said_by(annotation: &Annotation) -> Option<Option<&Placed<Box<str>>>> {
    match &annotation.kind {
        Kind::Claim(it) => Some(it.by.as_ref()),
        Kind::Quote(it) => Some(it.speaker.as_ref()),
        Kind::Event(_)
        | Kind::Source(_)
        | Kind::Note { .. }
        | Kind::Correction { .. }
        | Kind::Plain => None,
    }
}

/// The name under which a claim is followed.
pub fn ledger(claim: &ClaimNote) -> Option<Slug> {
    Slug::from_title(&claim.ledger.as_ref()?.value)
}

fn near_name(
    texts: &Texts,
    document: &Document,
    name: &Placed<Box<str>>,
) -> Option<Diagnostic> {
    let near = texts.registry.nearest(&name.value)?;
    let message = format!("`{}` is no entity, and `{near}` is one", name.value);
    Some(
        Diagnostic::new(Rule::NearName, document.span(name.at), message)
            .help(format!("write `{near}` if that one is meant")),
    )
}

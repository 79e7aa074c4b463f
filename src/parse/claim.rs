//! Claims that are followed, a file each, and the words for what is done with a claim.

use std::sync::Arc;

use schemars::JsonSchema;

use crate::date::PartialDate;
use crate::parse::config::Config;
use crate::parse::document::{self, Document};
use crate::parse::fields::{Fields, Log, Placed, one_of, partial_date, text};
use crate::parse::node::Node;
use crate::parse::redirect::redirect;
use crate::span::Stretch;

/// A claim that is followed, a file in `content/claims/`: its title is the claim, one
/// sentence that is true or false.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimFile {
    /// What it shares with other content files.
    pub document: Document,
    /// What the rest of the front matter says.
    pub front: ClaimFront,
}

/// The front matter of a claim beyond its title.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClaimFront {
    /// Whom or what it is about: names of entities, or plain words.
    pub about: Box<[Placed<Box<str>>]>,
    /// What the desk found apart from briefs, in the order written.
    pub findings: Box<[FiledFinding]>,
    /// What parties did with it apart from briefs, in the order written.
    pub stances: Box<[FiledStance]>,
    /// Addresses it once had, without a slash at either end.
    pub redirect_from: Box<[Placed<Box<str>>]>,
}

/// A finding in a claim's front matter.
#[derive(Clone, Debug, PartialEq)]
pub struct FiledFinding {
    /// Where it stands.
    pub at: Stretch,
    /// What the desk found.
    pub is: FindingKind,
    /// When.
    pub on: PartialDate,
    /// On what grounds.
    pub source: Option<Placed<Box<str>>>,
}

/// A stance in a claim's front matter.
#[derive(Clone, Debug, PartialEq)]
pub struct FiledStance {
    /// Whose it is: an entity's name, or plain words.
    pub by: Placed<Box<str>>,
    /// What the party does.
    pub does: StanceKind,
    /// When; `None` if that is not known.
    pub on: Option<PartialDate>,
    /// Who reported it.
    pub source: Option<Placed<Box<str>>>,
}

/// What a party does with a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub enum StanceKind {
    /// It says that it is so.
    Says,
    /// It says that it is not so.
    Denies,
    /// It does not believe it.
    Doubts,
    /// It takes back what it said.
    Withdraws,
}

/// The words of the stances, in the order of lists.
pub const STANCES: &[(&str, StanceKind)] = &[
    ("says", StanceKind::Says),
    ("denies", StanceKind::Denies),
    ("doubts", StanceKind::Doubts),
    ("withdraws", StanceKind::Withdraws),
];

/// What the desk finds of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// It has it from those who say it, and from nobody else.
    Unconfirmed,
    /// Parties contradict one another, and the desk cannot decide.
    Disputed,
    /// It holds it true.
    Confirmed,
    /// It holds it untrue.
    False,
}

/// The words of the findings, in the order of lists.
pub const FINDINGS: &[(&str, FindingKind)] = &[
    ("unconfirmed", FindingKind::Unconfirmed),
    ("disputed", FindingKind::Disputed),
    ("confirmed", FindingKind::Confirmed),
    ("false", FindingKind::False),
];

impl StanceKind {
    /// The word that is written for it: `denies`.
    pub fn word(self) -> &'static str {
        STANCES.iter().find(|(_, it)| *it == self).map_or("", |(word, _)| word)
    }
}

impl FindingKind {
    /// The word that is written for it: `disputed`.
    pub fn word(self) -> &'static str {
        FINDINGS.iter().find(|(_, it)| *it == self).map_or("", |(word, _)| word)
    }
}

const EXAMPLE: &str = "title: Nine in ten dockers are on strike\n";

/// Reads a claim.
pub fn read(
    path: &Arc<str>,
    text: &Arc<str>,
    config: &Config,
    log: &mut Log<'_>,
) -> ClaimFile {
    let (document, front) =
        document::read(path, text, config, "title", EXAMPLE, log, |fields, log| {
            fields.map_or_else(ClaimFront::default, |fields| front(fields, log))
        });
    ClaimFile { document, front }
}

fn front(fields: &mut Fields<'_>, log: &mut Log<'_>) -> ClaimFront {
    ClaimFront {
        about: fields.list("about", log, text),
        findings: fields.list("findings", log, finding),
        stances: fields.list("stances", log, stance),
        redirect_from: fields.list("redirect-from", log, redirect),
    }
}

fn finding(node: &Node, name: &str, log: &mut Log<'_>) -> Option<FiledFinding> {
    let mut fields = Fields::of(node, name, log)?;
    let at = fields.at;
    let is = fields.required("is", "is: unconfirmed", log, one_of(FINDINGS));
    let on = fields.required("on", "on: 2025-08-08", log, partial_date);
    let source = fields.take("source", log, text);
    fields.finish(log);
    Some(FiledFinding { at, is: is?, on: on?, source })
}

fn stance(node: &Node, name: &str, log: &mut Log<'_>) -> Option<FiledStance> {
    let mut fields = Fields::of(node, name, log)?;
    let by = fields.required("by", "by: Claudia Sheinbaum", log, text);
    let does = fields.required("does", "does: denies", log, one_of(STANCES));
    let on = fields.take("on", log, partial_date);
    let source = fields.take("source", log, text);
    fields.finish(log);
    Some(FiledStance { by: by?, does: does?, on, source })
}

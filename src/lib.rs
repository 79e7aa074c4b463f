//! Dateline turns Markdown briefs and a registry of entities into a linked site.
//!
//! A build is a value computed from values: files come in at one edge ([`disk`]), go
//! through four stages that touch nothing else, and leave as pages at the other edge.
//!
//! ```text
//! disk::read     parse         link          outline         render::render    disk::write
//! book ──► Inputs ──► Parsed ──► Edition ──► Vec<Page> ──► bytes, page by page ──► public/
//! ```
//!
//! The other edge is [`disk`], which writes a folder, [`http`], which answers a browser, or
//! [`publish`], which pushes a commit. All three take the same bytes.
//!
//! Each stage takes its previous result, which only ever saves work: a build with `last`
//! equals a build from nothing.

pub mod cmd;
pub mod date;
pub mod diagnostic;
pub mod disk;
pub mod export;
pub mod html;
pub mod http;
pub mod input;
pub mod language;
pub mod link;
pub mod outline;
pub mod parallel;
pub mod parse;
pub mod publish;
pub mod render;
pub mod schema;
pub mod shard;
pub mod slug;
pub mod span;
pub mod theme;

use std::sync::Arc;

use diagnostic::{Diagnostic, Rule, Severity};
use input::Inputs;
use link::edition::Edition;
use outline::Page;
use parse::Parsed;

/// A book carried to its edition and its outline, and what there is to say about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Build {
    /// Each file on its own.
    pub parsed: Parsed,
    /// The whole book, every name resolved.
    pub edition: Edition,
    /// Which pages there are.
    pub outline: Arc<Vec<Page>>,
    /// What there is to say, by file and place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Carries a set of inputs to an edition and its outline. `last` only ever saves work.
pub fn build(inputs: &Inputs, last: &Build) -> Build {
    let mut log = Vec::new();
    let parsed = parse::parse(inputs, &last.parsed).log(&mut log);
    let edition = link::link(&parsed, &last.edition).log(&mut log);
    // An outline that found two pages for one address is laid out again, to say so again.
    let had_clashes = last.diagnostics.iter().any(|it| it.rule == Rule::PathClash);
    let before = (!had_clashes).then_some((&last.edition, &last.outline));
    let outline = outline::outline(&edition, before).log(&mut log);
    parsed.config.heed(&mut log);
    log.sort();
    log.dedup();
    Build { parsed, edition, outline, diagnostics: log }
}

impl Build {
    /// Whether something keeps the book from being written.
    pub fn has_errors(&self) -> bool {
        let config = &self.parsed.config;
        self.diagnostics.iter().any(|it| config.severity(it.rule) == Severity::Error)
    }
}

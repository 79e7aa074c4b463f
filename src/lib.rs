//! Dateline turns Markdown briefs and a registry of entities into a linked site.
//!
//! A build is a value computed from values: files come in at one edge ([`disk`]), go
//! through four stages that touch nothing else, and leave as pages at the other edge.
//!
//! ```text
//! disk::read     parse         link          outline         render::render    disk::write
//! book ──► Inputs ──► Parsed ──► Edition ──► Outline ──► bytes, page by page ──► public/
//! ```
//!
//! The other edge is [`disk`], which writes a folder, [`http`], which answers a browser, or
//! [`publish`], which pushes a commit. All three take the same bytes.
//!
//! A [`site::Site`] is what all of them take: a book that can be rendered, with a
//! [`report::Report`] of all there is to say of it.
//!
//! Each stage takes its previous result, which only ever saves work: a build with `last`
//! equals a build from nothing.

pub mod cmd;
pub mod date;
pub mod diagnostic;
pub mod digest;
pub mod disk;
pub mod elements;
pub mod export;
pub mod html;
pub mod http;
pub mod import;
pub mod input;
pub mod language;
pub mod layout;
pub mod link;
pub mod mend;
pub mod outline;
pub mod parallel;
pub mod parse;
pub mod pictures;
pub mod publish;
pub mod render;
pub mod report;
pub mod schema;
pub mod shard;
pub mod site;
pub mod site_url;
pub mod slug;
pub mod span;
pub mod theme;

use std::sync::Arc;

use input::Inputs;
use link::edition::Edition;
use outline::Outline;
use parse::{Parsed, archived};
use report::Report;

/// A book carried to its edition and its outline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Built {
    /// Each file on its own.
    pub parsed: Parsed,
    /// The whole book, every name resolved.
    pub edition: Edition,
    /// Which pages there are.
    pub outline: Arc<Outline>,
}

/// Carries a set of inputs to an edition and its outline, and tells what was found on the
/// way. `last` only ever saves work.
pub fn build(inputs: &Inputs, last: &Built) -> (Built, Report) {
    let mut log = Vec::new();
    let parsed = parse::parse(inputs, &last.parsed).log(&mut log);
    let edition = link::link(&parsed, &last.edition).log(&mut log);
    let outline = outline::outline(&edition, &last.edition, &last.outline).log(&mut log);
    archived::lower(&parsed, &mut log);
    let mut report = Report::new(&parsed.config);
    report.add(log);
    (Built { parsed, edition, outline }, report)
}

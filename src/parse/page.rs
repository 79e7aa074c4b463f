//! Pages: everything that is not a brief, entity or storyline.

use std::sync::Arc;

use crate::parse::config::Config;
use crate::parse::document::{self, Document};
use crate::parse::fields::{self, Log, Placed};
use crate::parse::redirect::redirect;

/// A page of the site, a file in `content/pages/`, or the words on top of the home page.
#[derive(Clone, Debug, PartialEq)]
pub struct PageFile {
    /// What it shares with other content files.
    pub document: Document,
    /// One or two sentences on it.
    pub summary: Option<Placed<Box<str>>>,
    /// Addresses that it once had.
    pub redirect_from: Box<[Placed<Box<str>>]>,
}

/// Reads a page.
pub fn read(
    path: &Arc<str>,
    text: &Arc<str>,
    config: &Config,
    log: &mut Log<'_>,
) -> PageFile {
    let example = "title: About us\n";
    let (document, (summary, redirect_from)) =
        document::read(path, text, config, "title", example, log, |fields, log| {
            fields.map_or_else(<(Option<_>, Box<[_]>)>::default, |fields| {
                let summary = fields.take("summary", log, fields::text);
                (summary, fields.list("redirect-from", log, redirect))
            })
        });
    PageFile { document, summary, redirect_from }
}

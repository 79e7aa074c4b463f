//! Storylines: briefs on one developing story.

use std::sync::Arc;

use schemars::JsonSchema;

use crate::parse::config::Config;
use crate::parse::document::{self, Document};
use crate::parse::fields::{self, Log, Placed, one_of};
use crate::parse::redirect::redirect;

/// One developing story, a file in `content/storylines/`.
#[derive(Clone, Debug, PartialEq)]
pub struct Storyline {
    /// What it shares with other content files.
    pub document: Document,
    /// What the story is, in a sentence or two.
    pub summary: Option<Placed<Box<str>>>,
    /// Whether it goes on.
    pub status: StoryStatus,
    /// Addresses that it once had.
    pub redirect_from: Box<[Placed<Box<str>>]>,
}

/// Whether a story goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub enum StoryStatus {
    /// It does.
    #[default]
    Developing,
    /// It has ended.
    Closed,
}

/// The words of the statuses.
pub const STATUSES: &[(&str, StoryStatus)] =
    &[("developing", StoryStatus::Developing), ("closed", StoryStatus::Closed)];

/// Reads a storyline.
pub fn read(
    path: &Arc<str>,
    text: &Arc<str>,
    config: &Config,
    log: &mut Log<'_>,
) -> Storyline {
    let example = "title: The dock strike\nstatus: developing\n";
    let (document, (summary, status, redirect_from)) =
        document::read(path, text, config, "title", example, log, |fields, log| {
            match fields {
                Some(fields) => (
                    fields.take("summary", log, fields::text),
                    fields.take("status", log, one_of(STATUSES)),
                    fields.list("redirect-from", log, redirect),
                ),
                None => (None, None, Box::default()),
            }
        });
    let status = status.unwrap_or_default();
    Storyline { document, summary, status, redirect_from }
}

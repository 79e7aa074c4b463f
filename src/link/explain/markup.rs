//! What of a text's Markdown is not running text.

use pulldown_cmark::{Event, Tag};

use crate::parse::document::Document;
use crate::parse::markdown::{events, prepared};
use crate::span::Stretch;

/// The stretches of a body in which names are not looked for, each with why.
pub(super) struct NoRunningText(Vec<(Stretch, &'static str)>);

impl NoRunningText {
    /// Of a document.
    pub(super) fn of(document: &Document, autolink: bool) -> NoRunningText {
        let start = document.body.at.start as usize;
        let prepared = prepared(&document.text[start..]);
        let stretches = events(&prepared, autolink).filter_map(|(event, range)| {
            Some((Stretch::new(range).shifted(start), why(&event)?))
        });
        NoRunningText(stretches.collect())
    }

    /// Why names are not looked for at a place, by the innermost of what it is in.
    pub(super) fn at(&self, at: Stretch) -> Option<&'static str> {
        let around = self.0.iter().filter(|it| it.0.contains(at));
        around.min_by_key(|(it, _)| it.end - it.start).map(|(_, why)| *why)
    }
}

fn why(event: &Event<'_>) -> Option<&'static str> {
    let why = match event {
        Event::Code(_) => "is in code, where names are not looked for",
        Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => {
            "is in HTML, where names are not looked for"
        }
        Event::Start(Tag::CodeBlock(_)) => {
            "is in a block of code, where names are not looked for"
        }
        Event::Start(Tag::Link { .. }) => {
            "is in a link that is written by hand and leads elsewhere"
        }
        Event::Start(Tag::Image { .. }) => {
            "is in a picture's description, where names are not looked for"
        }
        Event::Start(Tag::FootnoteDefinition(_)) => {
            "is in a field of a footnote, which is read as it stands"
        }
        _ => return None,
    };
    Some(why)
}

//! What is rendered, for which page, and for what.

use crate::link::targets::Destination;
use crate::link::text::LinkedText;
use crate::link::texts::TextIdx;
use crate::parse::document::Document;
use crate::render::here::Here;
use crate::span::Stretch;

/// A text on its way to HTML.
#[derive(Clone, Copy)]
pub(super) struct BodyContext<'a> {
    pub(super) idx: TextIdx,
    pub(super) document: &'a Document,
    pub(super) text: &'a LinkedText,
    pub(super) here: &'a Here<'a>,
    pub(super) form: Form,
}

/// What a text is rendered for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A page: first mentions are links, annotations beside their words.
    Page,
    /// A reader of feeds: no ids, no margin.
    Feed,
    /// Finding places in the page's text: the page's words with every mention marked.
    Places,
}

impl<'a> BodyContext<'a> {
    pub(super) fn of(idx: TextIdx, here: &'a Here<'a>, form: Form) -> BodyContext<'a> {
        let (document, text) = (here.edition.document(idx), here.edition.text(idx));
        BodyContext { idx, document, text, here, form }
    }

    /// Where a link or picture of the text leads; `None` if it leads out of the book.
    pub(super) fn destination(&self, at: Stretch) -> Option<&'a Destination> {
        let links = &self.document.body.links;
        let idx = links.binary_search_by_key(&at.start, |link| link.at.start).ok()?;
        self.text.destinations.get(idx)
    }
}

//! The text as it is gathered: block by block, and each footnote apart.

use std::collections::BTreeMap;

use pulldown_cmark::Event;

/// A block at the top level, as events to be written and the annotations it refers to.
#[derive(Default)]
pub(super) struct OpenBlock<'a> {
    pub(super) events: Vec<Event<'a>>,
    pub(super) annotations: Vec<u32>,
}

/// The blocks of a text in order, and its footnotes by their position.
#[derive(Default)]
pub(super) struct Blocks<'a> {
    pub(super) done: Vec<OpenBlock<'a>>,
    pub(super) notes: BTreeMap<u32, OpenBlock<'a>>,
    block: OpenBlock<'a>,
    depth: u32,
    /// The footnotes being walked, each with its text: one may stand in a list or a
    /// quotation of another.
    open_notes: Vec<(u32, OpenBlock<'a>)>,
    /// How many have begun, which is the position of the next.
    n_notes: u32,
}

impl<'a> Blocks<'a> {
    /// An element begins.
    pub(super) fn deeper(&mut self) {
        self.depth += 1;
    }

    /// An element ends.
    pub(super) fn shallower(&mut self) {
        self.depth -= 1;
    }

    /// Ends the block if no element is open.
    pub(super) fn end_block(&mut self) {
        if self.depth == 0 && !self.block.events.is_empty() {
            self.done.push(std::mem::take(&mut self.block));
        }
    }

    pub(super) fn begin_note(&mut self) {
        self.open_notes.push((self.n_notes, OpenBlock::default()));
        self.n_notes += 1;
    }

    pub(super) fn end_note(&mut self) {
        if let Some((idx, block)) = self.open_notes.pop() {
            self.notes.insert(idx, block);
        }
    }

    /// Whether what comes now is a footnote's.
    pub(super) fn is_in_note(&self) -> bool {
        !self.open_notes.is_empty()
    }

    /// Where what comes now belongs.
    pub(super) fn target(&mut self) -> &mut OpenBlock<'a> {
        match self.open_notes.last_mut() {
            Some((_, block)) => block,
            None => &mut self.block,
        }
    }

    pub(super) fn push(&mut self, event: Event<'a>) {
        self.target().events.push(event);
    }

    /// Adds markup of our own.
    pub(super) fn html(&mut self, html: &'static str) {
        if !html.is_empty() {
            self.push(Event::InlineHtml(html.into()));
        }
    }

    /// Adds markup of our own.
    pub(super) fn html_owned(&mut self, html: String) {
        self.push(Event::InlineHtml(html.into()));
    }
}

//! Running text in pieces, each with its place.

use std::ops::Range;

use crate::parse::markdown::body::Body;
use crate::span::{Stretch, narrow};

/// One block of running text: a paragraph, a heading, a list item, a table cell.
///
/// Its text is in pieces, which lie together with those of the whole body: there are dozens
/// in a brief.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Whether it is a heading.
    pub is_heading: bool,
    /// The footnote it belongs to, as a position in [`Body::annotations`].
    pub annotation: Option<u32>,
    /// The position of its first piece in the body.
    pub(super) first: u32,
    /// One past the position of its last piece.
    pub(super) end: u32,
}

/// A piece of running text and its place in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The place.
    pub at: Stretch,
    /// The text.
    pub text: PieceText,
}

/// The text of a piece; [`Body::text`] gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceText {
    /// As in the file.
    Source,
    /// The end of a line, whatever else stands there in the file.
    Break,
    /// Not as in the file: an entity or an escape, decoded; its position in the body.
    Decoded(u32),
    /// Something that no name can cross: code, a link, a picture, HTML.
    Barrier,
}

/// What stands for a barrier in running text: U+FFFC, the object replacement character. It is
/// no letter, so a name ends before it and none goes across.
const BARRIER: &str = "\u{fffc}";

impl Body {
    /// The pieces of a passage, in the order of the file.
    pub fn pieces(&self, passage: &Passage) -> &[Piece] {
        &self.pieces[passage.first as usize..passage.end as usize]
    }

    /// The text of a piece; `file` is the whole file's.
    pub fn text<'a>(&'a self, piece: &Piece, file: &'a str) -> &'a str {
        match piece.text {
            PieceText::Source => &file[piece.at.range()],
            PieceText::Break => "\n",
            PieceText::Decoded(at) => &self.decoded[at as usize],
            PieceText::Barrier => BARRIER,
        }
    }
}

/// Passages as they are gathered.
#[derive(Debug, Default)]
pub(super) struct Passages {
    closed: Vec<Passage>,
    pieces: Vec<Piece>,
    decoded: Vec<Box<str>>,
    /// The passage being walked: whether it is a heading, and the position of its first
    /// piece.
    open: Option<(bool, usize)>,
}

impl Passages {
    /// Begins a passage.
    pub(super) fn open(&mut self, is_heading: bool) {
        self.open = Some((is_heading, self.pieces.len()));
    }

    /// Adds a piece; begins a passage if none is open.
    pub(super) fn push(&mut self, at: Stretch, text: PieceText) {
        if self.open.is_none() {
            self.open(false);
        }
        self.pieces.push(Piece { at, text });
    }

    pub(super) fn decode(&mut self, text: &str) -> PieceText {
        self.decoded.push(text.into());
        PieceText::Decoded(narrow(self.decoded.len() - 1))
    }

    /// The position of the piece that was just added.
    pub(super) fn last_piece(&self) -> usize {
        self.pieces.len().saturating_sub(1)
    }

    /// Takes the text of a piece away. It stays as an empty one, which keeps the positions
    /// of those behind it.
    pub(super) fn hide(&mut self, piece: usize) {
        if let Some(piece) = self.pieces.get_mut(piece) {
            piece.at.end = piece.at.start;
        }
    }

    /// Where the open passage begins.
    pub(super) fn first_at(&self) -> Option<Stretch> {
        let (_, first) = self.open?;
        self.pieces.get(first).map(|piece| piece.at)
    }

    /// Ends the open passage; one of fields is not kept.
    pub(super) fn close(&mut self, is_field: bool, annotation: Option<u32>, file: &str) {
        let Some((is_heading, first)) = self.open.take() else { return };
        if is_field {
            self.pieces.truncate(first);
        } else if let Some(Range { start: first, end }) = self.join(first, file) {
            self.closed.push(Passage { is_heading, annotation, first, end });
        }
    }

    /// Joins the pieces of a passage that follow each other in the file, line ends
    /// included. `None`, and nothing is kept, if it has no text.
    fn join(&mut self, first: usize, file: &str) -> Option<Range<u32>> {
        let mut end = first;
        let mut has_text = false;
        for at in first..self.pieces.len() {
            let piece = self.pieces[at];
            let source = &file[piece.at.range()];
            let (is_plain, is_text, is_empty) = match piece.text {
                PieceText::Source => (true, true, source.is_empty()),
                PieceText::Break => (source == "\n", false, false),
                PieceText::Decoded(at) => {
                    let text = &self.decoded[at as usize];
                    (false, !text.trim().is_empty(), text.is_empty())
                }
                PieceText::Barrier => (false, false, false),
            };
            if is_empty {
                continue;
            }
            has_text |= is_text;
            if let Some(last) = self.pieces[first..end].last_mut()
                && is_plain
                && last.text == PieceText::Source
                && last.at.end == piece.at.start
            {
                last.at.end = piece.at.end;
            } else {
                self.pieces[end] = piece;
                end += 1;
            }
        }
        self.pieces.truncate(if has_text { end } else { first });
        has_text.then(|| narrow(first)..narrow(end))
    }

    /// Gives a body all that was gathered.
    pub(super) fn finish(self, body: &mut Body) {
        body.passages = self.closed.into();
        body.pieces = self.pieces.into();
        body.decoded = self.decoded.into();
    }
}

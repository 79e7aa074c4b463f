//! Running text in pieces, each with its place.

use crate::span::Stretch;

/// One block of running text: a paragraph, a heading, a list item, a table cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// Whether it is a heading.
    pub is_heading: bool,
    /// The footnote it belongs to, as a position in [`Body::annotations`].
    pub annotation: Option<u32>,
    /// Its text in pieces.
    pub pieces: Vec<Piece>,
}

/// A piece of running text and its place in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// The place.
    pub at: Stretch,
    /// The text.
    pub text: PieceText,
}

/// The text of a piece.
#[derive(Clone, Debug, PartialEq)]
pub enum PieceText {
    /// As in the file.
    Source,
    /// Not as in the file: an entity or an escape, decoded.
    Decoded(Box<str>),
    /// Something that no name can cross: code, a link, a picture, HTML.
    Barrier,
}

/// Joins pieces that follow each other in the file, line ends included.
pub(super) fn join(pieces: &mut Vec<Piece>, text: &str) {
    pieces.retain(
        |piece| !matches!(&piece.text, PieceText::Decoded(text) if text.is_empty()),
    );
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces.drain(..) {
        let is_plain = match &piece.text {
            PieceText::Source => true,
            PieceText::Decoded(words) => {
                &**words == "\n" && &text[piece.at.range()] == "\n"
            }
            PieceText::Barrier => false,
        };
        match joined.last_mut() {
            Some(last)
                if is_plain
                    && last.text == PieceText::Source
                    && last.at.end == piece.at.start =>
            {
                last.at.end = piece.at.end;
            }
            _ => joined.push(piece),
        }
    }
    *pieces = joined;
}

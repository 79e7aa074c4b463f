//! The blocks of a text in which names are looked for, in the order in which they are read.

use std::borrow::Cow;

use crate::link::asides::{self, AnyText, NamedIn, Prose};
use crate::link::mentions::PassageKind;
use crate::link::targets::Destination;
use crate::parse::document::Document;
use crate::parse::markdown::{Body, Passage, Piece, PieceText};
use crate::span::{Stretch, narrow};

/// A block of a text.
pub(super) enum Block<'a> {
    /// Running text.
    Running { plain: PlainPassage<'a>, passage: Passage },
    /// Words beside it.
    Beside(Prose<'a>),
}

impl<'a> Block<'a> {
    /// The blocks of a text whose links lead to `destinations`. The words of a link come
    /// before the block that holds it, so that whoever is named in full in a link is known in
    /// all of its block. A link to an entity is a mention by itself.
    pub(super) fn all(text: AnyText<'a>, destinations: &[Destination]) -> Vec<Block<'a>> {
        let document = text.document();
        let body = &document.body;
        let running = body.passages.iter().map(|passage| {
            let plain = PlainPassage::of(passage, document);
            let at = plain.at();
            (at, Block::Running { plain, passage: *passage })
        });
        let running: Vec<(Stretch, Block<'a>)> = running.collect();
        let mut stretches: Vec<Stretch> = running.iter().map(|(at, _)| *at).collect();
        stretches.sort_unstable();
        let is_mention = |it: &Prose<'_>| {
            let link = body.links.binary_search_by_key(&it.at.start, |it| it.at.start);
            it.named_in == NamedIn::Link
                && link.is_ok_and(|at| matches!(destinations[at], Destination::Entity(_)))
        };
        let beside = asides::prose(text).into_iter().filter(|it| !is_mention(it));
        let beside = beside.map(|prose| {
            let before = stretches.partition_point(|it| it.start <= prose.at.start);
            let around = before.checked_sub(1).map(|at| stretches[at]);
            let around = around.filter(|it| prose.at.end <= it.end);
            (around.map_or(prose.at.start, |it| it.start), false, Block::Beside(prose))
        });
        let mut beside: Vec<(u32, bool, Block<'a>)> = beside.collect();
        if beside.is_empty() {
            return running.into_iter().map(|(_, block)| block).collect();
        }
        beside.extend(running.into_iter().map(|(at, block)| (at.start, true, block)));
        beside.sort_by_key(|(at, is_running, _)| (*at, *is_running));
        beside.into_iter().map(|(_, _, block)| block).collect()
    }

    /// Its words.
    pub(super) fn text(&self) -> &str {
        match self {
            Block::Running { plain, .. } => &plain.text,
            Block::Beside(prose) => prose.words,
        }
    }

    /// What its words are.
    pub(super) fn kind(&self) -> PassageKind {
        match self {
            Block::Running { passage, .. } if passage.is_heading => PassageKind::Heading,
            Block::Running { .. } => PassageKind::Text,
            Block::Beside(Prose { named_in: NamedIn::Title, .. }) => PassageKind::Heading,
            Block::Beside(_) => PassageKind::Aside,
        }
    }

    /// Whether its words are whole sentences: those of a link are cut out of theirs, which
    /// may say `former` before them.
    pub(super) fn is_whole(&self) -> bool {
        !matches!(self, Block::Beside(Prose { named_in: NamedIn::Link, .. }))
    }

    /// The stretch of the file that a range of its words comes from.
    pub(super) fn in_file(&self, start: u32, end: u32, document: &Document) -> Stretch {
        match self {
            Block::Running { plain, .. } => plain.in_file(start, end),
            Block::Beside(prose) => {
                prose.in_file(start as usize..end as usize, &document.text)
            }
        }
    }
}

/// A passage as plain text, and the way back to the file.
pub(super) struct PlainPassage<'a> {
    text: Cow<'a, str>,
    pieces: &'a [Piece],
    body: &'a Body,
}

impl<'a> PlainPassage<'a> {
    fn of(passage: &Passage, document: &'a Document) -> PlainPassage<'a> {
        let (body, file) = (&document.body, &*document.text);
        let pieces = body.pieces(passage);
        let text = match pieces {
            [only] => Cow::Borrowed(body.text(only, file)),
            _ => pieces.iter().map(|it| body.text(it, file)).collect(),
        };
        PlainPassage { text, pieces, body }
    }

    /// The stretch of the file that a range of the text comes from.
    fn in_file(&self, start: u32, end: u32) -> Stretch {
        let (from, piece) = self.piece(start);
        // Only a piece that stands in the file as it is has places inside it; of any other
        // (`&amp;`) a range covers all or nothing.
        let is_source = |piece: &Piece| piece.text == PieceText::Source;
        let at = piece.at;
        let first = if is_source(piece) { at.start + (start - from) } else { at.start };
        // `end` may be where the next piece begins, so the last byte is asked for.
        let (from, piece) = self.piece(end.saturating_sub(1).max(start));
        let at = piece.at;
        let last = if is_source(piece) { at.start + (end - from) } else { at.end };
        Stretch { start: first, end: last.max(first) }
    }

    /// The piece that holds a byte of the text, and where in the text it begins.
    fn piece(&self, byte: u32) -> (u32, &'a Piece) {
        let (last, others) = self.pieces.split_last().expect("a passage has text");
        let mut from = 0;
        for piece in others {
            let len = match piece.text {
                PieceText::Source => piece.at.end - piece.at.start,
                // Only the text of a source piece is in the file.
                _ => narrow(self.body.text(piece, "").len()),
            };
            if byte < from + len {
                return (from, piece);
            }
            from += len;
        }
        (from, last)
    }

    /// The stretch of the file from its first piece to its last.
    fn at(&self) -> Stretch {
        let start = self.pieces.first().map_or(0, |it| it.at.start);
        Stretch { start, end: self.pieces.last().map_or(start, |it| it.at.end) }
    }
}

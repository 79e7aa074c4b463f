//! A passage in the one spelling in which names are compared, and the way back.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::link::mentions::terms::{PassageKind, SearchedPassage};
use crate::link::registry::fold::plain;
use crate::span::narrow;

/// A passage folded: composed, every space alike, one apostrophe, one hyphen.
pub(super) struct FoldedPassage<'a> {
    pub(super) kind: PassageKind,
    text: Cow<'a, str>,
    /// For each byte of the folded text where its character begins in the passage, and one
    /// more for the end; empty if both are alike.
    origins: Vec<u32>,
    len: usize,
}

impl<'a> FoldedPassage<'a> {
    pub(super) fn new(passage: &SearchedPassage<'a>) -> FoldedPassage<'a> {
        let source = passage.text;
        let (text, origins) = match source {
            odd if !is_nearly_folded(odd) => fold(odd),
            breaks if breaks.contains('\n') => {
                (Cow::Owned(breaks.replace('\n', " ")), Vec::new())
            }
            plain => (Cow::Borrowed(plain), Vec::new()),
        };
        FoldedPassage { kind: passage.kind, text, origins, len: source.len() }
    }

    /// The folded text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The range of the passage that a range of the folded text comes from.
    pub(super) fn in_passage(&self, start: usize, end: usize) -> (u32, u32) {
        if self.origins.is_empty() {
            return (narrow(start), narrow(end));
        }
        let end = self.origins.get(end).map_or(narrow(self.len), |it| *it);
        (self.origins[start], end)
    }
}

/// Whether folding would change nothing but line breaks, each between two words. All bytes
/// are looked at, many at once: that is faster than up to the first that says no.
fn is_nearly_folded(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_odd = |byte: u8| byte >= 0x80 || byte < b' ' && byte != b'\n';
    let is_space = |byte: u8| byte == b' ' || byte == b'\n';
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    !bytes.iter().fold(false, |any, byte| any | is_odd(*byte))
        && !pairs.fold(false, |any, (a, b)| any | (is_space(*a) & is_space(*b)))
}

/// Folds a text, with the origin of each byte.
///
/// Marks are composed with the letters before them, so the text goes piece by piece: a
/// piece is a character and the marks behind it.
fn fold<'a>(source: &str) -> (Cow<'a, str>, Vec<u32>) {
    let is_composed = is_nfc_quick(source.chars()) == IsNormalized::Yes;
    let folding = Folding {
        text: String::with_capacity(source.len()),
        origins: Vec::with_capacity(source.len() + 1),
    };
    let folded =
        if is_composed { folding.composed(source) } else { folding.decomposed(source) };
    (Cow::Owned(folded.text), folded.origins)
}

/// A text while it is folded.
struct Folding {
    text: String,
    origins: Vec<u32>,
}

impl Folding {
    fn push(&mut self, c: char, origin: usize) {
        let Some(c) = plain(c) else { return };
        if c == ' ' && self.text.ends_with(' ') {
            return;
        }
        self.text.push(c);
        self.origins.resize(self.text.len(), narrow(origin));
    }

    /// A text whose marks are composed already; most of it stays as it is.
    fn composed(mut self, source: &str) -> Folding {
        let bytes = source.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let graphic = bytes[at..].iter().take_while(|it| it.is_ascii_graphic());
            let end = at + graphic.count();
            self.text.push_str(&source[at..end]);
            self.origins.extend((narrow(at)..).take(end - at));
            at = end;
            let Some(c) = source[at..].chars().next() else { break };
            self.push(c, at);
            at += c.len_utf8();
        }
        self.origins.push(narrow(source.len()));
        self
    }

    /// A text piece by piece, each composed.
    fn decomposed(mut self, source: &str) -> Folding {
        let mut pieces = source.char_indices().peekable();
        while let Some((at, c)) = pieces.next() {
            let mut end = at + c.len_utf8();
            while let Some((mark, c)) = pieces.peek().copied() {
                let joins = unicode_normalization::char::is_combining_mark(c)
                    || ('\u{1160}'..='\u{11ff}').contains(&c);
                if !joins {
                    break;
                }
                end = mark + c.len_utf8();
                pieces.next();
            }
            for c in source[at..end].nfc() {
                self.push(c, at);
            }
        }
        self.origins.push(narrow(source.len()));
        self
    }
}

//! A passage in the one spelling in which names are compared, and the way back.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::link::mentions::{Passage, PassageKind};
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
    pub(super) fn new(passage: &Passage<'a>) -> FoldedPassage<'a> {
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
    let mut text = String::with_capacity(source.len());
    let mut origins = Vec::with_capacity(source.len() + 1);
    let is_composed = is_nfc_quick(source.chars()) == IsNormalized::Yes;
    let mut push = |c: char, origin: usize, text: &mut String| {
        let Some(c) = plain(c) else { return };
        if c == ' ' && text.ends_with(' ') {
            return;
        }
        text.push(c);
        origins.resize(text.len(), narrow(origin));
    };
    let mut pieces = source.char_indices().peekable();
    while let Some((at, c)) = pieces.next() {
        if is_composed {
            push(c, at, &mut text);
            continue;
        }
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
            push(c, at, &mut text);
        }
    }
    origins.push(narrow(source.len()));
    (Cow::Owned(text), origins)
}

//! Where a text shouts: names in capitals are names there.

use crate::link::mentions::terms::PassageKind;
use crate::link::mentions::view::FoldedPassage;

/// Whether the text shouts here: a dateline of wire copy, or a line of capitals.
pub(super) fn is_shouting(passage: &FoldedPassage<'_>, start: usize, end: usize) -> bool {
    let text = passage.text();
    let rest = text[end..].trim_start();
    let is_dateline = start == 0
        && (rest.starts_with(['(', ',', '—', '–', '-', '/']) || rest.starts_with('|'));
    if is_dateline {
        return true;
    }
    let letters = |piece: &str| {
        let upper = piece.chars().filter(|c| c.is_uppercase()).count();
        let lower = piece.chars().filter(|c| c.is_lowercase()).count();
        (upper, lower)
    };
    if passage.kind == PassageKind::Heading {
        return letters(text).1 == 0;
    }
    // A sentence has a lower-case letter near, or shouts.
    let from = text[..start].rfind(['.', '!', '?']).map_or(0, |at| at + 1);
    let to = text[end..].find(['.', '!', '?']).map_or(text.len(), |at| end + at);
    if text[from..start].chars().rev().take(40).any(char::is_lowercase)
        || text[end..to].chars().take(40).any(char::is_lowercase)
    {
        return false;
    }
    let (upper, lower) = letters(&text[from..to]);
    lower == 0 && upper > (end - start)
}

//! Plain text, cut into passages at empty lines.

use crate::link::mentions::terms::{PassageKind, SearchedPassage};

/// The passages of a plain text, each with the byte at which it begins.
pub fn passages_of_plain(text: &str) -> Vec<(usize, SearchedPassage<'_>)> {
    let mut passages = Vec::new();
    let mut start = None;
    let mut end = 0;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let is_empty = line.trim_start_matches('\u{feff}').trim().is_empty();
        if is_empty {
            if let Some(from) = start.take() {
                passages.push(passage(text, from, end));
            }
        } else {
            start.get_or_insert(offset);
            end = offset + line.trim_end().len();
        }
        offset += line.len();
    }
    if let Some(from) = start {
        passages.push(passage(text, from, end));
    }
    passages
}

fn passage(text: &str, from: usize, end: usize) -> (usize, SearchedPassage<'_>) {
    (
        from,
        SearchedPassage { text: &text[from..end], kind: PassageKind::Text, dates: &[] },
    )
}

//! Where names stand in a text: at each place the few longest.

use crate::language::Language;
use crate::link::mentions::bounds::{self, is_arabic, is_unspaced, is_word};
use crate::link::mentions::scene::NamePlace;
use crate::link::mentions::segments;
use crate::link::registry::Registry;
use crate::link::registry::fold::lowered;

/// How many names that begin in one place are looked at. Shorter ones could only count if
/// guards refuse all of these, and `Ab Ab Ab …` with two hundred names in it must not take
/// the product of both.
const MOST: usize = 4;

/// The whole words of a text at which patterns stand, in order; of those that begin in one
/// place the longest few.
pub(super) fn longest<'a>(
    registry: &'a Registry,
    language: &Language,
    text: &str,
) -> Vec<NamePlace<'a>> {
    let mut places: Vec<NamePlace<'a>> = Vec::new();
    let breaks = segments::breaks(text);
    // A name that is cut out of a word is none: 京都 in 東京都.
    let is_cut = |at: usize| {
        breaks.as_ref().is_some_and(|breaks| breaks.binary_search(&at).is_err())
    };
    let small = lowered(text);
    starts(&small, |start| {
        let first = places.len();
        registry.starting(&small.as_bytes()[start..], |len, pattern| {
            let end = start + len;
            let Some(whole) = bounds::whole(language, text, start, end) else { return };
            let is_part = breaks.is_some()
                && text[start..end].chars().any(is_unspaced)
                && (is_cut(start) || is_cut(end));
            if !is_part {
                places.push(NamePlace { start, end, whole, pattern });
            }
        });
        let n_longest = (places.len() - first).min(MOST);
        places.drain(first..places.len() - n_longest);
    });
    places
}

/// The places in a text at which a name may begin: where words do, and anywhere in scripts
/// that write without spaces or put letters before a name.
fn starts(text: &str, mut found: impl FnMut(usize)) {
    let bytes = text.as_bytes();
    let mut was_word = false;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii() {
            if !was_word && *byte != b' ' {
                found(at);
            }
            was_word = byte.is_ascii_alphanumeric() || *byte == b'_';
            at += 1;
            continue;
        }
        let c = text[at..].chars().next().unwrap_or_default();
        let is_unspaced = is_unspaced(c);
        if !was_word || is_unspaced || is_arabic(c) {
            found(at);
        }
        was_word = is_word(c) && !is_unspaced;
        at += c.len_utf8();
    }
}

//! Words in scripts that write without spaces, by dictionary.

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

use crate::link::mentions::bounds::is_unspaced;

/// Where words begin and end in a text, in order; `None` for a text with spaces between
/// words, in which they can be seen.
pub(super) fn breaks(text: &str) -> Option<Vec<usize>> {
    if text.is_ascii() || !text.chars().any(is_unspaced) {
        return None;
    }
    let segmenter = WordSegmenter::new_auto(WordBreakInvariantOptions::default());
    Some(segmenter.segment_str(text).collect())
}

//! Words in scripts that write without spaces, by dictionary.

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

use crate::link::mentions::bounds::is_unspaced;

/// Where words begin and end in a text, in order; `None` for a text with spaces between
/// words, in which they can be seen.
pub(super) fn breaks(text: &str) -> Option<Vec<usize>> {
    // All of their letters begin with one of these bytes; dashes and quotation marks do not.
    let may_be = |byte: u8| byte >= 0xE0 && byte != 0xE2;
    if !text.bytes().fold(false, |any, it| any | may_be(it))
        || !text.chars().any(is_unspaced)
    {
        return None;
    }
    let segmenter = WordSegmenter::new_auto(WordBreakInvariantOptions::default());
    Some(segmenter.segment_str(text).collect())
}

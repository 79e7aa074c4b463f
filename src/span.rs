//! Places in text: byte ranges inside, lines and columns only when printed.

use std::ops::Range;
use std::sync::Arc;

/// A range of bytes in one file, without the file's name; four bytes a bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stretch {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Stretch {
    /// The stretch of a range of bytes. Offsets past 4 GiB become 4 GiB: files are
    /// refused long before that size.
    pub fn new(range: Range<usize>) -> Stretch {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Stretch { start: clamp(range.start), end: clamp(range.end) }
    }

    /// The same as a range that indexes a string.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The same stretch, `by` bytes further on.
    #[must_use]
    pub fn shifted(self, by: usize) -> Stretch {
        Stretch::new(self.start as usize + by..self.end as usize + by)
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Stretch) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// This stretch of the file at `path`.
    pub fn of(self, path: &Arc<str>) -> Span {
        Span { path: Arc::clone(path), stretch: self }
    }
}

/// A stretch of a file as it was read: front matter counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file, from the root of the book, with `/` between folders.
    pub path: Arc<str>,
    /// Where in the file.
    pub stretch: Stretch,
}

/// A line and a column, both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineCol {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub col: usize,
}

/// The line and column of a byte offset. An offset past the end is the end; one inside a
/// character is that character's.
pub fn line_col(text: &str, offset: usize) -> LineCol {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let mut col = before[line_start..].chars().count() + 1;
    if line == 1 && text.starts_with('\u{feff}') && col > 1 {
        col -= 1; // a byte order mark is no column
    }
    LineCol { line, col }
}

/// The last place up to `at` where a character of the text begins, or its end.
pub fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|it| text.is_char_boundary(*it)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_become_lines_and_columns() {
        let cases = [
            ("abc", 9, (1, 4)), // past the end
            ("a\nbc", 2, (2, 1)),
            ("é\né!", 5, (2, 2)),      // characters, not bytes
            ("\u{feff}ab", 4, (1, 2)), // a byte order mark takes no column
            ("é", 1, (1, 1)),          // inside a character
        ];
        for (text, offset, (line, col)) in cases {
            let expected = LineCol { line, col };
            assert_eq!(line_col(text, offset), expected, "byte {offset} of {text:?}");
        }
    }
}

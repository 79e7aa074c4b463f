//! Places in text: byte ranges inside, lines and columns only when printed.

use std::ops::Range;
use std::sync::Arc;

/// An offset or a count in four bytes. What is more becomes `u32::MAX`: files are refused
/// long before that size.
pub fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A range of bytes in one file, without the file's name; four bytes a bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stretch {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Stretch {
    /// The stretch of a range of bytes.
    pub fn new(range: Range<usize>) -> Stretch {
        Stretch { start: narrow(range.start), end: narrow(range.end) }
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
/// character is that character's. For more than a few offsets of one text see [`Ruler`].
pub fn line_col(text: &str, offset: usize) -> LineCol {
    walked(text, 0, floor(text, offset), LineCol { line: 1, col: 1 })
}

/// Lines and columns of one text, which is gone through once: a thousand findings in a
/// file would else be counted a thousand times from its start.
#[derive(Debug)]
pub struct Ruler<'a> {
    text: &'a str,
    /// The line and column at every [`STEP`] bytes.
    marks: Vec<LineCol>,
}

/// How far apart the marks of a [`Ruler`] are, in bytes. Marks at line starts would not
/// do: a whole file may be one line.
const STEP: usize = 512;

impl<'a> Ruler<'a> {
    /// The ruler of a text.
    pub fn of(text: &'a str) -> Ruler<'a> {
        let mut at = LineCol { line: 1, col: 1 };
        let mut marks = vec![at];
        for start in (0..text.len().saturating_sub(STEP)).step_by(STEP) {
            at = walked(text, floor(text, start), floor(text, start + STEP), at);
            marks.push(at);
        }
        Ruler { text, marks }
    }

    /// The same as [`line_col`].
    pub fn line_col(&self, offset: usize) -> LineCol {
        let offset = floor(self.text, offset);
        let mark = (offset / STEP).min(self.marks.len() - 1);
        walked(self.text, floor(self.text, mark * STEP), offset, self.marks[mark])
    }
}

/// The line and column at `to`, from those at `from`.
fn walked(text: &str, from: usize, to: usize, at: LineCol) -> LineCol {
    let LineCol { mut line, mut col } = at;
    let text = &text[from..to];
    // A byte order mark takes no column.
    let text = if from == 0 { text.trim_start_matches('\u{feff}') } else { text };
    for c in text.chars() {
        if c == '\n' {
            (line, col) = (line + 1, 1);
        } else {
            col += 1;
        }
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

    #[test]
    fn a_ruler_measures_as_one_who_counts_from_the_start() {
        let texts = [
            String::new(),
            "é".repeat(STEP * 3),
            "a line of words\n\u{1f600}\n\n".repeat(200),
            format!("\u{feff}{}\n{}", "x".repeat(STEP - 3), "é\n".repeat(STEP)),
        ];
        for text in texts {
            let ruler = Ruler::of(&text);
            for offset in 0..=text.len() + 1 {
                assert_eq!(
                    ruler.line_col(offset),
                    line_col(&text, offset),
                    "byte {offset}"
                );
            }
        }
    }
}

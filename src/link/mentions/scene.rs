//! A passage while it is scanned: its folded text, and where the automaton stopped in it.

use std::ops::Range;

use crate::link::mentions::bounds;
use crate::link::mentions::view::FoldedPassage;
use crate::link::registry::Pattern;

/// A passage with what is not a name in it.
pub(super) struct Scene<'a> {
    pub(super) folded: FoldedPassage<'a>,
    pub(super) addresses: Vec<Range<usize>>,
    pub(super) dates: &'a [Range<u32>],
}

impl Scene<'_> {
    pub(super) fn text(&self) -> &str {
        self.folded.text()
    }

    /// Whether a stretch of the folded text touches a date.
    pub(super) fn is_date(&self, start: usize, end: usize) -> bool {
        if self.dates.is_empty() {
            return false;
        }
        let (start, end) = self.folded.in_passage(start, end);
        let at = self.dates.partition_point(|it| it.end <= start);
        self.dates.get(at).is_some_and(|it| it.start < end)
    }
}

/// A place where the automaton found a pattern, as whole words.
#[derive(Clone, Copy, Debug)]
pub(super) struct NamePlace<'a> {
    pub(super) start: usize,
    /// Where the pattern ends; its word may go on with an ending.
    pub(super) end: usize,
    pub(super) whole: bounds::Whole,
    pub(super) pattern: &'a Pattern,
}

//! Where findings lie, as people count.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::input::Inputs;
use crate::span::{LineCol, Ruler, Span, Stretch};

/// Where findings lie in the files of a book, as lines and columns.
#[derive(Debug)]
pub struct Positions<'a> {
    inputs: &'a Inputs,
    rulers: BTreeMap<Arc<str>, Ruler<'a>>,
}

impl<'a> Positions<'a> {
    /// The positions in some inputs.
    pub fn of(inputs: &'a Inputs) -> Positions<'a> {
        Positions { inputs, rulers: BTreeMap::new() }
    }

    /// The text of a file; empty if it has none.
    pub fn text(&self, path: &str) -> &'a str {
        self.inputs.text(path).map_or("", |text| &**text)
    }

    /// The line and column of a byte of a file.
    pub fn line_col(&mut self, path: &Arc<str>, offset: usize) -> LineCol {
        let text = self.text(path);
        let ruler =
            self.rulers.entry(Arc::clone(path)).or_insert_with(|| Ruler::of(text));
        ruler.line_col(offset)
    }

    /// Where a span begins and where it ends.
    pub fn bounds(&mut self, span: &Span) -> (LineCol, LineCol) {
        let Stretch { start, end } = span.stretch;
        (
            self.line_col(&span.path, start as usize),
            self.line_col(&span.path, end as usize),
        )
    }
}

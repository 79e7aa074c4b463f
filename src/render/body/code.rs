//! Code blocks.

use pulldown_cmark::{CodeBlockKind, CowStr};

use crate::render::highlight::highlight;

/// A code block being walked.
pub(super) struct Code {
    text: String,
    language: String,
}

impl Code {
    pub(super) fn begin(kind: &CodeBlockKind<'_>) -> Code {
        let language = match kind {
            CodeBlockKind::Fenced(info) => {
                let is_end = |c: char| c == ',' || c.is_whitespace();
                info.split(is_end).next().unwrap_or("").to_owned()
            }
            CodeBlockKind::Indented => String::new(),
        };
        Code { text: String::new(), language }
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The block as HTML.
    pub(super) fn end<'a>(&self) -> CowStr<'a> {
        highlight(&self.text, &self.language).0.into()
    }
}

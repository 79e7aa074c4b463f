//! What there is to say about a place in the book.

use crate::diagnostic::rule::{Rule, Severity};
use crate::span::{Span, Stretch};

/// Something to say: which check found it, where it is, what is wrong, and the way out.
///
/// Sorted by file, then place, then rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// The narrowest stretch that is wrong.
    pub span: Span,
    /// The check that found it.
    pub rule: Rule,
    /// What is wrong: lower case, no full stop, names in backticks.
    pub message: String,
    /// Second places that explain the first, each with a few words.
    pub labels: Vec<(Span, String)>,
    /// What to do, each an imperative sentence.
    pub help: Vec<String>,
    /// How much it weighs whatever the book's settings say; `None` if it is for them to say.
    pub severity: Option<Severity>,
    /// What mends it surely, all in the file that it is about; empty if somebody has to
    /// decide.
    pub edits: Box<[Edit]>,
}

/// A change of a source file that mends what a diagnostic is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What goes; empty for something that is only added.
    pub span: Span,
    /// What comes in its place.
    pub text: Box<str>,
}

impl Diagnostic {
    /// A diagnostic without second places. There is always a way out, so there is always
    /// help. What is long is cut in its middle: a value may be the size of a book.
    pub fn new(
        rule: Rule,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            span,
            rule,
            message: shortened(message.into(), MAX_MESSAGE),
            labels: Vec::new(),
            help: vec![shortened(help.into(), MAX_HELP)],
            severity: None,
            edits: Box::default(),
        }
    }

    /// Adds a change that mends it, in the file that it is about. Only what is sure belongs
    /// here: `check --fix` makes it without asking.
    pub fn edit(&mut self, at: Stretch, text: impl Into<Box<str>>) -> &mut Diagnostic {
        let span = at.of(&self.span.path);
        let mut edits = std::mem::take(&mut self.edits).into_vec();
        edits.push(Edit { span, text: text.into() });
        self.edits = edits.into();
        self
    }

    /// The same with one more way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help.push(shortened(help.into(), MAX_HELP));
        self
    }

    /// The same with one more place.
    #[must_use]
    pub fn label(mut self, span: Span, words: impl Into<String>) -> Diagnostic {
        self.labels.push((span, shortened(words.into(), MAX_MESSAGE)));
        self
    }

    /// A span for a mistake that is the whole file's: its very start.
    pub fn whole_file(path: &str) -> Span {
        Span { path: path.into(), stretch: Stretch::default() }
    }
}

/// The most bytes of a message or label.
const MAX_MESSAGE: usize = 400;

/// The most bytes of one help, which may list keys or hold a block to paste.
const MAX_HELP: usize = 1000;

/// A text of at most about `most` bytes: of a longer one the middle is left out, since what
/// is wrong with a value is said after it.
fn shortened(text: String, most: usize) -> String {
    if text.len() <= most {
        return text;
    }
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (head, tail) = (boundary(most * 2 / 3), boundary(text.len() - most / 3));
    format!("{} … {}", &text[..head], &text[tail..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_long_is_cut_in_its_middle() {
        let span = Diagnostic::whole_file("a.md");
        let message = format!("`{}` is not a slug", "é".repeat(5000));
        let diagnostic = Diagnostic::new(Rule::BadSlug, span, message, "x".repeat(9000));
        assert!(diagnostic.message.len() < MAX_MESSAGE + 8, "{}", diagnostic.message);
        assert!(
            diagnostic.message.ends_with("é` is not a slug"),
            "{}",
            diagnostic.message
        );
        assert!(diagnostic.help[0].len() < MAX_HELP + 8);
    }
}

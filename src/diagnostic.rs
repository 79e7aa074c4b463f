//! Something to say about a place in the book, and the ways to print it.

mod concise;
mod full;
mod github;
mod json;
mod nearest;
mod rule;
mod sarif;

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

use clap::ValueEnum;

use crate::input::Inputs;
use crate::span::{LineCol, Ruler, Span, Stretch};

pub use nearest::{Spellings, edits_between, is_surely, nearest};

pub use rule::{Rule, Severity};

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

    /// The diagnostic in the given form, with a line end; `severity` is what the book's
    /// settings make of the rule.
    pub fn print(
        &self,
        severity: Severity,
        format: Format,
        color: bool,
        positions: &mut Positions<'_>,
    ) -> String {
        match format {
            Format::Full => full::print(self, severity, color, positions),
            Format::Concise => concise::print(self, severity, positions),
            Format::Json => json::print(self, severity, positions),
            Format::Github => github::print(self, severity, positions),
            Format::Sarif => sarif::log(&[(self, severity)], positions),
        }
    }
}

/// All findings as one log in SARIF, which is one document and not a line each.
pub fn sarif(
    findings: &[(&Diagnostic, Severity)],
    positions: &mut Positions<'_>,
) -> String {
    sarif::log(findings, positions)
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

/// A form in which diagnostics are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the lines of the file, for a person
    #[default]
    Full,
    /// One line each
    Concise,
    /// One JSON object a line
    Json,
    /// Commands that GitHub Actions shows beside the lines of a pull request
    Github,
    /// One document in SARIF 2.1.0, for code scanning
    Sarif,
}

/// A value and what there is to say about how it came to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Reported<T> {
    /// The value, usable whatever was reported.
    pub value: T,
    /// What there is to say, in no particular order.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Reported<T> {
    /// Sets the diagnostics aside and gives the value.
    pub fn log(mut self, log: &mut Vec<Diagnostic>) -> T {
        log.append(&mut self.diagnostics);
        self.value
    }
}

/// `text` without what a terminal or a runner could take for a command: control characters
/// become `�`; tabs and line ends stay. Bidirectional overrides (Unicode, UAX #9) go too,
/// since they can make a message read as what it is not; and `##[` is broken, which GitHub's
/// runner takes for a command anywhere in a line. No byte more or less where it is broken.
pub fn printable(text: &str) -> String {
    let tame = |c: char| match c {
        '\n' | '\t' => c,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    unmarked(text.chars().map(tame).collect())
}

/// `text` as [`printable`] leaves it, and on one line: a line that begins with what somebody
/// wrote can be a command to GitHub's runner (`::stop-commands::`).
pub fn one_line(text: &str) -> String {
    printable(&text.replace("\r\n", "\n")).replace('\n', "⏎")
}

/// `text` as [`printable`] leaves it, with a mark of ours before every line but the first,
/// which goes behind words of ours; see [`one_line`].
pub fn continued(text: &str) -> String {
    let text = printable(text);
    let lines = text.trim_end().lines().enumerate();
    let lines = lines.map(|(at, line)| match at {
        0 => line.to_owned(),
        _ => format!("\n  | {}", line.trim_start()),
    });
    lines.collect()
}

fn unmarked(text: String) -> String {
    if text.contains("##[") { text.replace("##[", "# [") } else { text }
}

impl FromStr for Rule {
    type Err = Option<Rule>;

    /// The rule of that name; the error is the rule with the nearest name.
    fn from_str(name: &str) -> Result<Rule, Option<Rule>> {
        let by_name =
            |name: &str| Rule::ALL.iter().copied().find(|rule| rule.name() == name);
        by_name(name).ok_or_else(|| {
            nearest(name, Rule::ALL.iter().map(|rule| rule.name())).and_then(by_name)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_never_reach_the_terminal() {
        assert_eq!(
            printable("a\u{1b}[31mb\u{9b}\u{202e}\n"),
            "a\u{fffd}[31mb\u{fffd}\u{fffd}\n"
        );
    }

    #[test]
    fn no_part_of_a_line_is_a_command() {
        let cases = [
            ("a\n::stop-commands::x", "a⏎::stop-commands::x"),
            ("a\r\nb\rc", "a⏎b\u{fffd}c"),
            ("a ##[add-mask]b ###[c", "a # [add-mask]b ## [c"),
        ];
        for (text, expected) in cases {
            assert_eq!(one_line(text), expected, "{text:?}");
        }
    }

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

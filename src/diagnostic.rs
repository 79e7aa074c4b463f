//! Something to say about a place in the book, and the ways to print it.

mod concise;
mod full;
mod github;
mod json;
mod rule;

use std::str::FromStr;

use clap::ValueEnum;

use crate::input::Inputs;
use crate::span::{LineCol, Span, Stretch, line_col};

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
}

impl Diagnostic {
    /// A diagnostic without help or second places.
    pub fn new(rule: Rule, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            span,
            rule,
            message: message.into(),
            labels: Vec::new(),
            help: Vec::new(),
        }
    }

    /// The same with one more way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help.push(help.into());
        self
    }

    /// The same with one more place.
    #[must_use]
    pub fn label(mut self, span: Span, words: impl Into<String>) -> Diagnostic {
        self.labels.push((span, words.into()));
        self
    }

    /// A span for a mistake that is the whole file's: its very start.
    pub fn whole_file(path: &str) -> Span {
        Span { path: path.into(), stretch: Stretch::default() }
    }

    /// Where the diagnostic begins, for people.
    pub fn place(&self, inputs: &Inputs) -> LineCol {
        let text = inputs.text(&self.span.path).map_or("", |text| &**text);
        line_col(text, self.span.stretch.start as usize)
    }

    /// The diagnostic in the given form, with a line end; `severity` is what the book's
    /// settings make of the rule.
    pub fn print(
        &self,
        severity: Severity,
        format: Format,
        color: bool,
        inputs: &Inputs,
    ) -> String {
        match format {
            Format::Full => full::print(self, severity, color, inputs),
            Format::Concise => concise::print(self, severity, inputs),
            Format::Json => json::print(self, severity, inputs),
            Format::Github => github::print(self, severity, inputs),
        }
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

/// `text` without what a terminal could take for a command: control characters become
/// `�`; tabs and line ends stay. Bidirectional overrides (Unicode, UAX #9) go too, since
/// they can make a message read as what it is not.
pub fn printable(text: &str) -> String {
    let tame = |c: char| match c {
        '\n' | '\t' => c,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    text.chars().map(tame).collect()
}

/// The candidate nearest to `name`, if it is near enough to be meant.
pub fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let name = name.to_lowercase();
    let limit = 1 + name.chars().count() / 4;
    let distance =
        |candidate: &str| strsim::osa_distance(&name, &candidate.to_lowercase());
    candidates
        .into_iter()
        .map(|candidate| (distance(candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
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
    fn the_nearest_name_is_near() {
        let cases = [
            ("titel", Some("title")),
            ("datum", Some("date")),
            ("byline", None),
            ("tags", Some("tags")),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(nearest(name, ["title", "date", "tags"]), expected, "{name:?}");
        }
    }
}

//! Something to say about a place in the book, and the ways to print it.

mod concise;
mod finding;
mod full;
mod github;
mod json;
mod nearest;
mod positions;
mod printable;
mod rule;
mod sarif;

use std::str::FromStr;

use clap::ValueEnum;

pub use finding::{Diagnostic, Edit};
pub use nearest::{Spellings, edits_between, is_surely, nearest};
pub use positions::Positions;
pub use printable::{continued, one_line, printable};
pub use rule::{Rule, Severity};

impl Diagnostic {
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

//! All there is to say of a book.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::parse::config::Config;

/// What a book has been found to have wrong with it: by file and place, each finding once,
/// without what the book turned off.
///
/// [`Report::add`] is the only way in, so whoever prints, counts or refuses sees the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    config: Arc<Config>,
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// An empty report on a book with these settings.
    pub fn new(config: &Arc<Config>) -> Report {
        Report { config: Arc::clone(config), diagnostics: Vec::new() }
    }

    /// Takes note of findings, in whatever order they come.
    pub fn add(&mut self, found: impl IntoIterator<Item = Diagnostic>) {
        let n_before = self.diagnostics.len();
        let config = Arc::clone(&self.config);
        let is_on = |it: &Diagnostic| weight(it, &config) != Severity::Off;
        self.diagnostics.extend(found.into_iter().filter(is_on));
        if self.diagnostics.len() > n_before {
            self.diagnostics.sort();
            self.diagnostics.dedup();
        }
    }

    /// The findings, by file and place.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How much a finding weighs in this book.
    pub fn severity(&self, diagnostic: &Diagnostic) -> Severity {
        weight(diagnostic, &self.config)
    }

    /// Keeps only the findings that somebody asks for.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.diagnostics.retain(keep);
    }

    /// The findings of one severity, by file and place.
    pub fn of(&self, severity: Severity) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(move |it| self.severity(it) == severity)
    }

    /// Whether something keeps the book from being written.
    pub fn has_errors(&self) -> bool {
        self.of(Severity::Error).next().is_some()
    }

    /// The files of the briefs that are left out of the archive, by path.
    pub fn left_out(&self) -> BTreeSet<&str> {
        let is_left_out = |it: &&Diagnostic| {
            matches!(it.rule, Rule::HeldBrief | Rule::UnreadableFile)
                && it.severity == Some(Severity::Warning)
        };
        let left_out = self.diagnostics.iter().filter(is_left_out);
        left_out.map(|it| &*it.span.path).collect()
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }
}

fn weight(diagnostic: &Diagnostic, config: &Config) -> Severity {
    diagnostic.severity.unwrap_or_else(|| config.severity(diagnostic.rule))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_in_order_without_doubles_and_without_what_is_off() {
        let toml = "[rules]\nraw-html = 'off'\nunknown-entity = 'warning'\n";
        let mut report = Report::new(&Arc::new(Config::parse(toml).value));
        let at = |path: &str, rule| {
            Diagnostic::new(rule, Diagnostic::whole_file(path), "words", "do")
        };
        report.add([at("b.md", Rule::UnknownEntity), at("a.md", Rule::RawHtml)]);
        assert!(!report.has_errors());
        report.add([at("b.md", Rule::UnknownEntity), at("a.md", Rule::BrokenLink)]);
        let paths: Vec<&str> =
            report.diagnostics().iter().map(|it| &*it.span.path).collect();
        assert_eq!(paths, ["a.md", "b.md"]);
        assert_eq!(report.of(Severity::Warning).count(), 1);
        assert!(report.has_errors());
    }
}

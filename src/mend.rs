//! A book with its certain mistakes mended.

use std::collections::BTreeMap;
use std::sync::Arc;

use similar::TextDiff;

use crate::diagnostic::{Diagnostic, Edit};
use crate::input::Inputs;
use crate::site::Site;

/// How often the whole is looked at again. An edit can bring to light what another one
/// mends: a head in TOML becomes YAML, then its keys are ours, then their values.
const MAX_ROUNDS: usize = 8;

/// What was mended.
#[derive(Debug, Default)]
pub struct Mended {
    /// The files that changed, by path.
    pub changes: Vec<Change>,
    /// How many findings were mended.
    pub n: usize,
}

/// A file before and after.
#[derive(Debug)]
pub struct Change {
    /// The file, from the root of the book.
    pub path: Arc<str>,
    /// Its text as it was read.
    pub before: Arc<str>,
    /// Its text with all edits made.
    pub after: Arc<str>,
}

/// Makes the edits of the findings that are wanted, again and again until there are none.
/// The site becomes that of the mended book.
pub fn mend(site: &mut Site, wanted: impl Fn(&Diagnostic) -> bool) -> Mended {
    let first = Arc::clone(&site.inputs);
    let mut n = 0;
    for _ in 0..MAX_ROUNDS {
        let findings = site.report.diagnostics().iter().filter(|it| wanted(it));
        let (texts, n_made) = made(&site.inputs, findings);
        if n_made == 0 {
            break;
        }
        n += n_made;
        let mut inputs = (*site.inputs).clone();
        for (path, text) in texts {
            inputs.insert(&path, &text);
        }
        *site = Site::of(inputs, &Arc::clone(&site.built));
    }
    let changes = site.inputs.files.keys().filter_map(|path| {
        let (before, after) = (first.text(path)?, site.inputs.text(path)?);
        let (path, after) = (Arc::clone(path), Arc::clone(after));
        (**before != *after).then(|| Change { path, before: Arc::clone(before), after })
    });
    Mended { changes: changes.collect(), n }
}

/// What a finding's edits change in a file, as a unified diff without lines around it; empty
/// for a finding without edits.
pub fn changed_lines(inputs: &Inputs, finding: &Diagnostic) -> String {
    let (texts, _) = made(inputs, std::iter::once(finding));
    let mut lines = String::new();
    for (path, after) in texts {
        let before = inputs.text(&path).map_or("", |text| text);
        lines += &diff(&path, before, &after);
    }
    lines
}

/// Two texts of a file as a unified diff.
///
/// Without lines around a change: they would begin with what a source wrote, which can be a
/// command to whatever reads the output.
pub fn diff(path: &str, before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let mut diff = diff.unified_diff();
    diff.context_radius(0).header(&format!("a/{path}"), &format!("b/{path}")).to_string()
}

/// The texts that change, and of how many findings the edits were made.
///
/// A finding is mended whole or not at all: one of whose edits meets another's waits for
/// the next round.
fn made<'a>(
    inputs: &Inputs,
    findings: impl Iterator<Item = &'a Diagnostic>,
) -> (BTreeMap<Arc<str>, String>, usize) {
    let mut taken: BTreeMap<Arc<str>, BTreeMap<u32, &Edit>> = BTreeMap::new();
    let mut n = 0;
    for finding in findings.filter(|it| !it.edits.is_empty()) {
        let fits = finding.edits.iter().all(|edit| {
            let text = inputs.text(&edit.span.path).map_or("", |text| text);
            let is_within = text.get(edit.span.stretch.range()).is_some();
            let others = taken.get(&edit.span.path);
            is_within && others.is_none_or(|others| is_free(others, edit))
        });
        if fits {
            n += 1;
            for edit in &finding.edits {
                let others = taken.entry(Arc::clone(&edit.span.path)).or_default();
                others.insert(edit.span.stretch.start, edit);
            }
        }
    }
    let text = |(path, edits): (Arc<str>, BTreeMap<u32, &Edit>)| {
        let before = inputs.text(&path).map_or("", |text| text);
        let (mut after, mut from) = (String::with_capacity(before.len()), 0);
        for edit in edits.into_values() {
            let at = edit.span.stretch.range();
            after += &before[from..at.start];
            after += &edit.text;
            from = at.end;
        }
        after += &before[from..];
        (path, after)
    };
    (taken.into_iter().map(text).collect(), n)
}

/// Whether an edit meets none of those before it; two that touch meet.
fn is_free(others: &BTreeMap<u32, &Edit>, edit: &Edit) -> bool {
    let at = edit.span.stretch;
    let before = others.range(..=at.end).next_back();
    before.is_none_or(|(_, other)| other.span.stretch.end < at.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, Rule};
    use crate::span::Stretch;

    #[test]
    fn edits_that_meet_wait_for_the_next_round() {
        let mut inputs = Inputs::empty(jiff::Timestamp::UNIX_EPOCH);
        inputs.insert("a.md", "one two three");
        let finding = |edits: &[(std::ops::Range<usize>, &str)]| {
            let span = Diagnostic::whole_file("a.md");
            let mut finding = Diagnostic::new(Rule::BadValue, span, "x", "y");
            for (at, text) in edits {
                finding.edit(Stretch::new(at.clone()), *text);
            }
            finding
        };
        let findings = [
            finding(&[(0..3, "1"), (8..13, "3")]),
            finding(&[(3..4, "-")]), // touches the first
            finding(&[(5..6, "u"), (8..8, "x")]), // one of the two meets
            finding(&[(5..6, "W")]),
            finding(&[(90..91, "past the end")]),
            finding(&[]),
        ];
        let (texts, n) = made(&inputs, findings.iter());
        assert_eq!(n, 2);
        assert_eq!(texts["a.md"], "1 tWo 3");
    }
}

//! What is wrong in templates, as diagnostics with their places.

use std::collections::BTreeMap;

use tera::ErrorKind;

use crate::diagnostic::{Diagnostic, Rule};
use crate::layout::TEMPLATES;
use crate::span::Stretch;

/// A template of the book.
#[derive(Clone, Debug)]
pub(super) struct OwnTemplate {
    /// Its text without the mark below.
    pub(super) text: String,
    /// Whether its file begins with a byte order mark, which counts in places.
    pub(super) has_mark: bool,
}

/// The book's own templates by name.
pub(super) type Own = BTreeMap<String, OwnTemplate>;

/// What is wrong in a template.
pub(super) struct TemplateFault {
    /// The template; `None` if it is not known which.
    pub(super) template: Option<String>,
    place: FaultPlace,
    message: String,
}

/// Where in a template.
enum FaultPlace {
    Bytes(Stretch),
    /// A line and a column, both from 1.
    Line(usize, usize),
}

impl TemplateFault {
    /// Everything that an error of the engine tells; `template` is the one at work.
    ///
    /// For names that it does not know it writes all of them into one text, each as rustc
    /// would: `error: …`, and on the next line ` --> name:line:column`.
    pub(super) fn all(error: &tera::Error, template: Option<&str>) -> Vec<TemplateFault> {
        let text = error.to_string();
        let mut found = Vec::new();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let Some(message) = line.strip_prefix("error: ") else { continue };
            let place = lines.next().and_then(|it| it.trim_start().strip_prefix("--> "));
            let Some((rest, column)) = place.and_then(|it| it.rsplit_once(':')) else {
                continue;
            };
            let Some((name, line)) = rest.rsplit_once(':') else { continue };
            if let (Ok(line), Ok(column)) = (line.parse(), column.parse()) {
                found.push(TemplateFault {
                    template: Some(name.to_owned()),
                    place: FaultPlace::Line(line, column),
                    message: lower(message),
                });
            }
        }
        if found.is_empty() || matches!(error.kind(), ErrorKind::SyntaxError(_)) {
            return vec![TemplateFault::one(error, template)];
        }
        found
    }

    /// The first of them.
    pub(super) fn first(error: &tera::Error, template: &str) -> TemplateFault {
        TemplateFault::one(error, Some(template))
    }

    fn one(error: &tera::Error, template: Option<&str>) -> TemplateFault {
        let (template, at, message) = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let range = report.span().range.clone();
                (
                    Some(report.filename().to_owned()),
                    Stretch::new(range),
                    report.message().to_owned(),
                )
            }
            ErrorKind::MissingParent { current, parent } => {
                let message = format!("it extends `{parent}`, which does not exist");
                (Some(current.clone()), Stretch::default(), message)
            }
            ErrorKind::CircularExtend { tpl, .. } => {
                (Some(tpl.clone()), Stretch::default(), "it extends itself".to_owned())
            }
            ErrorKind::CircularInclude { tpl, .. } => {
                (Some(tpl.clone()), Stretch::default(), "it includes itself".to_owned())
            }
            _ => {
                let message = error.to_string();
                let message =
                    message.lines().next().unwrap_or("it cannot be rendered").to_owned();
                (template.map(str::to_owned), Stretch::default(), message)
            }
        };
        TemplateFault { template, place: FaultPlace::Bytes(at), message }
    }

    /// Says so at its place.
    pub(super) fn diagnostic(&self, own: &Own) -> Diagnostic {
        let name = self.template.as_deref();
        let path = name.map_or(TEMPLATES.into(), |name| format!("{TEMPLATES}/{name}"));
        let file = name.and_then(|it| own.get(it));
        let at = match self.place {
            FaultPlace::Bytes(at) => at,
            FaultPlace::Line(line, column) => file.map_or(Stretch::default(), |it| {
                named(&it.text, &self.message, line, column)
            }),
        };
        // The engine counts from behind the mark, which has three bytes in the file.
        let at = if file.is_some_and(|it| it.has_mark) { at.shifted(3) } else { at };
        Diagnostic::new(
            Rule::Template,
            at.of(&path.as_str().into()),
            self.message.trim_end_matches('.'),
            "mend the template, or delete it to go back to the theme's; docs/templates.md lists what each is told",
        )
    }
}

/// The first letter small, as messages begin.
fn lower(message: &str) -> String {
    let mut rest = message.chars();
    rest.next().map_or(String::new(), |it| it.to_lowercase().chain(rest).collect())
}

/// The name that a message has in backticks, in a line of a text; the place itself if it is
/// not there.
fn named(text: &str, message: &str, line: usize, column: usize) -> Stretch {
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let line = text[start..].lines().next().unwrap_or_default();
    let from = line.char_indices().nth(column.saturating_sub(1)).map_or(0, |(at, _)| at);
    let name = message.split('`').nth(1).unwrap_or_default();
    match line[from..].find(name) {
        Some(at) => Stretch::new(start + from + at..start + from + at + name.len()),
        None => Stretch::new(start + from..start + from),
    }
}

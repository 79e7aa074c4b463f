//! One JSON object a line, for other programs.

use serde::Serialize;

use crate::diagnostic::finding::Diagnostic;
use crate::diagnostic::positions::Positions;
use crate::diagnostic::rule::Severity;
use crate::span::Span;

/// A diagnostic as programs read it. Lines and columns count from 1, columns in
/// characters; `start` and `end` are bytes in the file.
#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
    labels: Vec<JsonLabel<'a>>,
    help: &'a [String],
}

#[derive(Serialize)]
struct JsonLabel<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
}

#[derive(Serialize)]
struct JsonPlace<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start: u32,
    end: u32,
}

fn place<'a>(span: &'a Span, positions: &mut Positions<'_>) -> JsonPlace<'a> {
    let (start, end) = positions.bounds(span);
    JsonPlace {
        file: &span.path,
        line: start.line,
        column: start.col,
        end_line: end.line,
        end_column: end.col,
        start: span.stretch.start,
        end: span.stretch.end,
    }
}

pub(super) fn print(
    diagnostic: &Diagnostic,
    severity: Severity,
    positions: &mut Positions<'_>,
) -> String {
    let labels = diagnostic
        .labels
        .iter()
        .map(|(span, words)| JsonLabel { message: words, place: place(span, positions) })
        .collect();
    let object = JsonDiagnostic {
        rule: diagnostic.rule.name(),
        severity: severity.word(),
        message: &diagnostic.message,
        place: place(&diagnostic.span, positions),
        labels,
        help: &diagnostic.help,
    };
    let mut line =
        serde_json::to_string(&object).expect("strings and numbers become JSON");
    // GitHub's runner takes `##[` for a command anywhere in a line.
    line = line.replace("##[", "#\\u0023[");
    line.push('\n');
    line
}

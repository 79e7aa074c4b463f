//! One JSON object a line, for other programs.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::input::Inputs;
use crate::span::{Span, line_col};

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

fn place<'a>(span: &'a Span, inputs: &Inputs) -> JsonPlace<'a> {
    let text = inputs.text(&span.path).map_or("", |text| &**text);
    let start = line_col(text, span.stretch.start as usize);
    let end = line_col(text, span.stretch.end as usize);
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
    inputs: &Inputs,
) -> String {
    let labels = diagnostic
        .labels
        .iter()
        .map(|(span, words)| JsonLabel { message: words, place: place(span, inputs) })
        .collect();
    let object = JsonDiagnostic {
        rule: diagnostic.rule.name(),
        severity: severity.word(),
        message: &diagnostic.message,
        place: place(&diagnostic.span, inputs),
        labels,
        help: &diagnostic.help,
    };
    let mut line =
        serde_json::to_string(&object).expect("strings and numbers become JSON");
    line.push('\n');
    line
}

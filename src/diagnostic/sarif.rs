//! A log in SARIF 2.1.0 (OASIS), which code scanning and editors read.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::diagnostic::finding::Diagnostic;
use crate::diagnostic::positions::Positions;
use crate::diagnostic::rule::{Rule, Severity};
use crate::span::Span;

/// What a segment of a relative reference keeps (RFC 3986, section 3.3).
const SEGMENT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// One log with one run: every rule, and the findings in the order given.
pub(super) fn log(
    findings: &[(&Diagnostic, Severity)],
    positions: &mut Positions<'_>,
) -> String {
    let results: Vec<Value> =
        findings.iter().map(|(it, severity)| result(it, *severity, positions)).collect();
    let rules: Vec<Value> = Rule::ALL.iter().map(|rule| descriptor(*rule)).collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "Dateline",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    // GitHub's runner takes `##[` for a command anywhere in a line.
    let log = serde_json::to_string_pretty(&log).expect("a value becomes JSON");
    log.replace("##[", "#\\u0023[") + "\n"
}

/// A rule as the log describes it (SARIF 2.1.0, section 3.49).
fn descriptor(rule: Rule) -> Value {
    let entry = rule.entry();
    json!({
        "id": entry.name,
        "shortDescription": {"text": entry.what},
        "fullDescription": {"text": entry.why},
        "help": {"text": entry.instead},
        "defaultConfiguration": {"level": level(entry.severity)},
    })
}

/// SARIF 2.1.0, section 3.27.10.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Off => "none",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// A finding (SARIF 2.1.0, section 3.27).
fn result(
    diagnostic: &Diagnostic,
    severity: Severity,
    positions: &mut Positions<'_>,
) -> Value {
    let mut text = diagnostic.message.clone();
    for help in &diagnostic.help {
        text += "\nhelp: ";
        text += help;
    }
    let labels = diagnostic.labels.iter();
    let related: Vec<Value> = labels
        .map(|(span, words)| {
            let mut place = location(span, positions);
            place["message"] = json!({"text": words});
            place
        })
        .collect();
    let mut result = json!({
        "ruleId": diagnostic.rule.name(),
        "ruleIndex": diagnostic.rule as usize,
        "level": level(severity),
        "message": {"text": text},
        "locations": [location(&diagnostic.span, positions)],
    });
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    if !diagnostic.edits.is_empty() {
        result["fixes"] = json!([fix(diagnostic, positions)]);
    }
    result
}

/// The edits of a finding (SARIF 2.1.0, section 3.55); they are all in one file.
fn fix(diagnostic: &Diagnostic, positions: &mut Positions<'_>) -> Value {
    let replacements: Vec<Value> = diagnostic
        .edits
        .iter()
        .map(|edit| {
            json!({
                "deletedRegion": region(&edit.span, positions),
                "insertedContent": {"text": edit.text},
            })
        })
        .collect();
    json!({
        "description": {"text": diagnostic.help.first()},
        "artifactChanges": [{
            "artifactLocation": {"uri": uri(&diagnostic.span.path)},
            "replacements": replacements,
        }],
    })
}

fn location(span: &Span, positions: &mut Positions<'_>) -> Value {
    json!({"physicalLocation": {
        "artifactLocation": {"uri": uri(&span.path)},
        "region": region(span, positions),
    }})
}

/// Lines and columns from 1; the end is one past the last character (SARIF 2.1.0, 3.30).
fn region(span: &Span, positions: &mut Positions<'_>) -> Value {
    let (start, end) = positions.bounds(span);
    json!({
        "startLine": start.line,
        "startColumn": start.col,
        "endLine": end.line,
        "endColumn": end.col,
    })
}

fn uri(path: &str) -> String {
    utf8_percent_encode(path, SEGMENT).to_string()
}

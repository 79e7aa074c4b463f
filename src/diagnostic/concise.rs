//! One line a diagnostic, its help below it.

use std::fmt::Write;

use crate::diagnostic::finding::Diagnostic;
use crate::diagnostic::positions::Positions;
use crate::diagnostic::printable::one_line;
use crate::diagnostic::rule::Severity;

/// `path:line:column: severity[rule]: message`, then a line for each help.
pub(super) fn print(
    diagnostic: &Diagnostic,
    severity: Severity,
    positions: &mut Positions<'_>,
) -> String {
    let place = positions.bounds(&diagnostic.span).0;
    let (path, rule) = (one_line(&diagnostic.span.path), diagnostic.rule.name());
    let message = one_line(&diagnostic.message);
    let mut out = format!(
        "{path}:{}:{}: {}[{rule}]: {message}\n",
        place.line,
        place.col,
        severity.word()
    );
    for help in &diagnostic.help {
        writeln!(out, "  help: {}", one_line(help)).expect("a string takes all");
    }
    out
}

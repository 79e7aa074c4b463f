//! One line a diagnostic, its help below it.

use std::fmt::Write;

use crate::diagnostic::{Diagnostic, Severity, printable};
use crate::input::Inputs;

/// `path:line:column: severity[rule]: message`, then a line for each help.
pub(super) fn print(
    diagnostic: &Diagnostic,
    severity: Severity,
    inputs: &Inputs,
) -> String {
    let place = diagnostic.place(inputs);
    let (path, rule) = (printable(&diagnostic.span.path), diagnostic.rule.name());
    let message = printable(&diagnostic.message);
    let mut out = format!(
        "{path}:{}:{}: {}[{rule}]: {message}\n",
        place.line,
        place.col,
        severity.word()
    );
    for help in &diagnostic.help {
        writeln!(out, "  help: {}", printable(help)).expect("a string takes all");
    }
    out
}

//! Diagnostics on their way out.

use std::io::{self, IsTerminal, Write};

use crate::Build;
use crate::diagnostic::{Diagnostic, Format, Severity};
use crate::input::Inputs;

/// Prints diagnostics in the given form; with how many errors and warnings there are, for
/// people.
pub(super) fn print(
    diagnostics: &[Diagnostic],
    built: &Build,
    inputs: &Inputs,
    format: Format,
    color: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    let config = &built.parsed.config;
    for diagnostic in diagnostics {
        let severity = config.severity(diagnostic.rule);
        out.write_all(diagnostic.print(severity, format, color, inputs).as_bytes())?;
    }
    if matches!(format, Format::Full | Format::Concise) && !diagnostics.is_empty() {
        let is_error = |it: &&Diagnostic| config.severity(it.rule) == Severity::Error;
        let n_errors = diagnostics.iter().filter(is_error).count();
        let n_warnings = diagnostics.len() - n_errors;
        let counted = [counted(n_errors, "error"), counted(n_warnings, "warning")];
        let counted: Vec<String> = counted.into_iter().flatten().collect();
        writeln!(out, "{}", counted.join(", "))?;
    }
    Ok(())
}

/// `3 errors`; `None` for none.
pub(super) fn counted(n: usize, what: &str) -> Option<String> {
    match n {
        0 => None,
        1 => Some(format!("1 {what}")),
        n => Some(format!("{n} {what}s")),
    }
}

/// Whether a stream is a terminal that wants color (no-color.org).
#[expect(clippy::disallowed_methods, reason = "a wish of the user about the terminal")]
pub(super) fn wants_color(stream: &impl IsTerminal) -> bool {
    let refuses = std::env::var("NO_COLOR").is_ok_and(|it| !it.is_empty());
    stream.is_terminal() && !refuses
}

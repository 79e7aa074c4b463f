//! Diagnostics on their way out.

use std::io::{self, IsTerminal, Write};

use crate::diagnostic::{Format, Severity};
use crate::input::Inputs;
use crate::report::Report;

/// Prints what there is to say in the given form; with how many errors and warnings there
/// are, for people.
pub(super) fn print(
    report: &Report,
    inputs: &Inputs,
    format: Format,
    color: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    for diagnostic in report.diagnostics() {
        let severity = report.severity(diagnostic);
        out.write_all(diagnostic.print(severity, format, color, inputs).as_bytes())?;
    }
    if matches!(format, Format::Full | Format::Concise) && !report.is_empty() {
        let weights = [(Severity::Error, "error"), (Severity::Warning, "warning")];
        let counted = weights.map(|(it, what)| counted(report.of(it).count(), what));
        let counted: Vec<String> = counted.into_iter().flatten().collect();
        writeln!(out, "{}", counted.join(", "))?;
    }
    Ok(())
}

/// Prints it beside the output of a command, which goes elsewhere.
pub(super) fn print_aside(
    report: &Report,
    inputs: &Inputs,
    format: Format,
) -> io::Result<()> {
    let mut stderr = io::stderr();
    let color = wants_color(&stderr);
    print(report, inputs, format, color, &mut stderr)
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

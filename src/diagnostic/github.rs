//! Workflow commands, which GitHub shows beside the lines of a pull request.

use crate::diagnostic::{Diagnostic, Severity, printable};
use crate::input::Inputs;
use crate::span::line_col;

/// `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::message`, escaped as the
/// runner wants it (GitHub Docs, "Workflow commands for GitHub Actions").
pub(super) fn print(
    diagnostic: &Diagnostic,
    severity: Severity,
    inputs: &Inputs,
) -> String {
    let place = diagnostic.place(inputs);
    let text = inputs.text(&diagnostic.span.path).map_or("", |text| &**text);
    let end = line_col(text, diagnostic.span.stretch.end as usize);
    let mut message = printable(&diagnostic.message);
    for help in &diagnostic.help {
        message += "\nhelp: ";
        message += &printable(help);
    }
    format!(
        "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}\n",
        severity.word(),
        property(&diagnostic.span.path),
        place.line,
        place.col,
        end.line,
        end.col.max(place.col),
        property(diagnostic.rule.name()),
        data(&message)
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(&printable(text)).replace(':', "%3A").replace(',', "%2C")
}

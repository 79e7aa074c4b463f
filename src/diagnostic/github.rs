//! Workflow commands, which GitHub shows beside the lines of a pull request.

use crate::diagnostic::finding::Diagnostic;
use crate::diagnostic::positions::Positions;
use crate::diagnostic::printable::printable;
use crate::diagnostic::rule::Severity;

/// `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::message`, escaped as the
/// runner wants it (GitHub Docs, "Workflow commands for GitHub Actions").
pub(super) fn print(
    diagnostic: &Diagnostic,
    severity: Severity,
    positions: &mut Positions<'_>,
) -> String {
    let (place, end) = positions.bounds(&diagnostic.span);
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

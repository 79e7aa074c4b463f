//! The panel in the page: what is wrong with the book, what the desk wants to know.

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::html;
use crate::http::desk::{self, Desk};
use crate::http::preview::Preview;
use crate::http::server::Server;
use crate::link::suggest::entities::SuggestedEntity;
use crate::mend;
use crate::span::line_col;

/// How many diagnostics of each weight are told; the panel says how many there are.
const MAX_TOLD: usize = 50;
/// The longest piece of a line before and after a place.
const MAX_LINE: usize = 160;

/// The script, with the panel's style and frame in it: one request, and nothing of the
/// page's own can clash with it.
const SCRIPT: &str = concat!(
    "const CSS = `",
    include_str!("panel.css"),
    "`;\nconst HTML = `",
    include_str!("panel.html"),
    "`;\n",
    include_str!("panel.js"),
);

/// What the panel shows.
#[derive(Serialize)]
struct PanelView<'a> {
    errors: Vec<DiagnosticView<'a>>,
    warnings: Vec<DiagnosticView<'a>>,
    n_errors: usize,
    n_warnings: usize,
    /// Why the book cannot be read.
    trouble: Option<&'a str>,
    desk: Option<Desk<'a>>,
}

/// A diagnostic with the line it is about.
#[derive(Serialize)]
struct DiagnosticView<'a> {
    rule: &'static str,
    message: &'a str,
    help: &'a [String],
    path: &'a str,
    /// The path on this machine, with line and column, to copy.
    place: String,
    line: usize,
    before: String,
    marked: String,
    after: String,
    /// Opens the place in the editor.
    link: Option<String>,
    /// What `check --fix` would change, as a diff; empty if it is for a person to mend.
    fix: String,
    /// Whether it is in the file of the open page.
    is_here: bool,
}

/// The script that every page loads.
pub(super) async fn script() -> Response {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT).into_response()
}

/// A page with the one line that loads the script, before its `</body>`.
pub(super) fn injected(
    mut page: Vec<u8>,
    path: &str,
    hash: u64,
    files: u64,
    token: &str,
) -> Vec<u8> {
    let end = b"</body>";
    let at = page.windows(end.len()).rposition(|it| it == end).unwrap_or(page.len());
    let path = html::escape(path);
    let line = format!(
        "<script defer src=\"/.dateline/panel.js\" data-page=\"{path}\" data-hash=\"{hash:x}\" data-files=\"{files:x}\" data-token=\"{token}\"></script>\n"
    );
    page.splice(at..at, line.into_bytes());
    page
}

/// The panel of the page at a path, as JSON. Without `lacking` the desk's part has no names
/// that the registry lacks.
pub(super) fn data(
    server: &Server,
    preview: &Preview,
    path: &str,
    lacking: Option<&[SuggestedEntity]>,
) -> String {
    let file = desk::document(&preview.shown, path).map(|it| &*it.path);
    let is_here = |it: &&Diagnostic| Some(&*it.span.path) == file;
    let report = &preview.newest.report;
    let of = |severity: Severity| {
        let all = || report.of(severity);
        let here = all().filter(is_here);
        let there = all().filter(|it| !is_here(it));
        let told = here.chain(there).take(MAX_TOLD);
        told.map(|it| diagnostic(it, is_here(&it), server, preview)).collect()
    };
    let panel = PanelView {
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
        n_errors: report.of(Severity::Error).count(),
        n_warnings: report.of(Severity::Warning).count(),
        trouble: preview.trouble.as_deref(),
        desk: desk::desk(preview, path, lacking),
    };
    serde_json::to_string(&panel).unwrap_or_default()
}

fn diagnostic<'a>(
    diagnostic: &'a Diagnostic,
    is_here: bool,
    server: &Server,
    preview: &Preview,
) -> DiagnosticView<'a> {
    let span = &diagnostic.span;
    let text = preview.newest.inputs.text(&span.path).map_or("", |text| &**text);
    let boundary = |at: usize| {
        let at = at.min(text.len());
        (0..=at).rev().find(|it| text.is_char_boundary(*it)).unwrap_or(0)
    };
    let start = boundary(span.stretch.start as usize);
    let end = boundary(span.stretch.end as usize).max(start);
    let end = text[start..end].find('\n').map_or(end, |at| start + at);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let from = boundary(line_start.max(start.saturating_sub(MAX_LINE)));
    let to = boundary(line_end.min(end + MAX_LINE)).max(end);
    let place = line_col(text, start);
    let file = server.root.join(&*span.path);
    DiagnosticView {
        rule: diagnostic.rule.name(),
        message: &diagnostic.message,
        help: &diagnostic.help,
        path: &span.path,
        place: format!("{}:{}:{}", file.display(), place.line, place.col),
        line: place.line,
        before: text[from..start].to_owned(),
        marked: text[start..end].to_owned(),
        after: text[end..to].trim_end().to_owned(),
        link: server.editor.link(&file, place.line, place.col),
        fix: mend::changed_lines(&preview.newest.inputs, diagnostic),
        is_here,
    }
}

//! With the lines of the file, for a person at a terminal.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity, printable};
use crate::input::Inputs;
use crate::span::{Span, line_col};

/// The longest piece of one line that is shown; wire copy has paragraphs of kilobytes.
const MAX_LINE: usize = 400;

pub(super) fn print(
    diagnostic: &Diagnostic,
    severity: Severity,
    color: bool,
    inputs: &Inputs,
) -> String {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning | Severity::Off => Level::WARNING,
    };
    let title =
        level.primary_title(printable(&diagnostic.message)).id(diagnostic.rule.name());
    let mut excerpts = vec![Excerpt::of(&diagnostic.span, inputs)];
    excerpts.extend(diagnostic.labels.iter().map(|(span, _)| Excerpt::of(span, inputs)));
    let mut group = Group::with_title(title);
    for (at, excerpt) in excerpts.into_iter().enumerate() {
        let annotation: Annotation<'_> = match at.checked_sub(1) {
            None => AnnotationKind::Primary.span(excerpt.range.clone()),
            Some(label) => AnnotationKind::Context
                .span(excerpt.range.clone())
                .label(printable(&diagnostic.labels[label].1)),
        };
        group = group.element(
            Snippet::source(excerpt.lines)
                .path(excerpt.path)
                .line_start(excerpt.line)
                .annotation(annotation),
        );
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii).render(&[group]) + "\n\n"
}

/// The lines a span touches, tame enough for a terminal.
struct Excerpt {
    path: String,
    lines: String,
    line: usize,
    range: std::ops::Range<usize>,
}

impl Excerpt {
    fn of(span: &Span, inputs: &Inputs) -> Excerpt {
        let text = inputs.text(&span.path).map_or("", |text| &**text);
        let boundary = |mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = boundary(span.stretch.start as usize);
        let end = boundary(span.stretch.end as usize).max(start);
        // One line is enough to find a place; a block is shown by its first line.
        let end = text[start..end].find('\n').map_or(end, |newline| start + newline);
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[end..].find('\n').map_or(text.len(), |newline| end + newline);
        let from = boundary(line_start.max(start.saturating_sub(MAX_LINE)));
        let to = boundary(line_end.min(end + MAX_LINE)).max(end);
        let tame = |text: &str| {
            printable(&text.replace(['\r', '\u{feff}'], "")).replace('\t', " ")
        };
        let (before, marked) = (tame(&text[from..start]), tame(&text[start..end]));
        Excerpt {
            path: printable(&span.path),
            range: before.len()..before.len() + marked.len(),
            lines: before + &marked + &tame(&text[end..to]),
            line: line_col(text, start).line,
        }
    }
}

//! With the lines of the file, for a person at a terminal.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::finding::Diagnostic;
use crate::diagnostic::positions::Positions;
use crate::diagnostic::printable::{one_line, printable};
use crate::diagnostic::rule::Severity;
use crate::span::Span;

/// The longest piece of one line that is shown; wire copy has paragraphs of kilobytes.
const MAX_LINE: usize = 400;

pub(super) fn print(
    diagnostic: &Diagnostic,
    severity: Severity,
    color: bool,
    positions: &mut Positions<'_>,
) -> String {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning | Severity::Off => Level::WARNING,
    };
    let title =
        level.primary_title(one_line(&diagnostic.message)).id(diagnostic.rule.name());
    let mut excerpts = vec![Excerpt::of(&diagnostic.span, positions)];
    let labels = diagnostic.labels.iter();
    excerpts.extend(labels.map(|(span, _)| Excerpt::of(span, positions)));
    let mut group = Group::with_title(title);
    for (at, excerpt) in excerpts.into_iter().enumerate() {
        let annotation: Annotation<'_> = match at.checked_sub(1) {
            None => AnnotationKind::Primary.span(excerpt.range.clone()),
            Some(label) => AnnotationKind::Context
                .span(excerpt.range.clone())
                .label(one_line(&diagnostic.labels[label].1)),
        };
        group = group.element(
            Snippet::source(excerpt.lines)
                .path(excerpt.path)
                .line_start(excerpt.line)
                .annotation(annotation),
        );
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(one_line(help)));
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
    fn of(span: &Span, positions: &mut Positions<'_>) -> Excerpt {
        let text = positions.text(&span.path);
        let boundary = |mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = boundary(span.stretch.start as usize);
        let end = boundary(span.stretch.end as usize).max(start);
        // One line is enough to find a place; a block is shown by its first line. No look
        // goes further than what is shown: a whole file may be one line.
        let end = boundary(end.min(start + MAX_LINE));
        let end = text[start..end].find('\n').map_or(end, |newline| start + newline);
        let from = boundary(start.saturating_sub(MAX_LINE));
        let from =
            text[from..start].rfind('\n').map_or(from, |newline| from + newline + 1);
        let to = boundary(end + MAX_LINE).max(end);
        let to = text[end..to].find('\n').map_or(to, |newline| end + newline);
        let tame = |text: &str| {
            printable(&text.replace(['\r', '\u{feff}'], "")).replace('\t', " ")
        };
        let (before, marked) = (tame(&text[from..start]), tame(&text[start..end]));
        Excerpt {
            path: one_line(&span.path),
            range: before.len()..before.len() + marked.len(),
            // Once more as a whole, since `##` and `[` may meet where the pieces do.
            lines: printable(&(before + &marked + &tame(&text[end..to]))),
            line: positions.line_col(&span.path, start).line,
        }
    }
}

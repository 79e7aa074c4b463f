//! Footnotes: their definitions, what refers to them, and the words they are about.

use crate::diagnostic::Rule;
use crate::parse::annotation::lines::FieldLine;
use crate::parse::annotation::{self, Annotation};
use crate::parse::fields::Log;
use crate::parse::markdown::body::Anchor;
use crate::span::{Stretch, narrow};

/// A `[` that may begin the words of an annotation.
pub(super) struct Bracket {
    pub(super) at: u32,
    /// How deep in emphasis it stands.
    pub(super) depth: u32,
    /// The position of its piece.
    pub(super) piece: usize,
}

/// The footnote being walked.
struct OpenNote {
    idx: u32,
    at: Stretch,
    /// Whether its first paragraph has been seen.
    is_read: bool,
}

/// The footnotes of a text as they are gathered.
#[derive(Default)]
pub(super) struct Footnotes {
    pub(super) annotations: Vec<Annotation>,
    labels: Vec<Box<str>>,
    /// References by name, resolved when all definitions are known.
    references: Vec<(Box<str>, Anchor)>,
    open: Option<OpenNote>,
}

impl Footnotes {
    pub(super) fn begin(&mut self, label: &str, at: Stretch) {
        let idx = narrow(self.labels.len());
        self.labels.push(label.into());
        self.open = Some(OpenNote { idx, at, is_read: false });
    }

    pub(super) fn end(&mut self, at: Stretch, text: &str, log: &mut Log<'_>) {
        self.first_paragraph(Stretch { start: at.end, end: at.end }, text, log);
        self.open = None;
    }

    /// The footnote being walked.
    pub(super) fn current(&self) -> Option<u32> {
        self.open.as_ref().map(|note| note.idx)
    }

    /// Reads a paragraph if it is the first of a footnote; it is skipped as text if it
    /// holds fields.
    pub(super) fn first_paragraph(&mut self, at: Stretch, text: &str, log: &mut Log<'_>) {
        let Some(note) = self.open.as_mut().filter(|note| !note.is_read) else { return };
        note.is_read = true;
        let mut lines = Vec::new();
        let mut offset = at.start as usize;
        for line in text[at.range()].split_inclusive('\n') {
            let words = line.trim();
            if !words.is_empty() {
                let from = offset + (line.len() - line.trim_start().len());
                let line_start = text[..from].rfind('\n').map_or(0, |it| it + 1);
                let is_alone = text[line_start..from].trim().is_empty();
                lines.push(FieldLine {
                    words,
                    at: Stretch::new(from..from + words.len()),
                    indent: is_alone.then_some(from - line_start),
                });
            }
            offset += line.len();
        }
        let label = self.labels[note.idx as usize].clone();
        self.annotations.push(annotation::read(&label, note.at, &lines, log));
    }

    /// Whether what is walked now are the fields of a typed footnote.
    pub(super) fn is_field(&self, at: Stretch) -> bool {
        self.open.is_some()
            && self
                .annotations
                .last()
                .is_some_and(|it| it.fields_end.is_some_and(|end| at.start < end))
    }

    /// A reference at a point, or with the bytes of the brackets around its words.
    pub(super) fn refer(&mut self, label: &str, at: Stretch, words: Option<(u32, u32)>) {
        let anchor = Anchor { annotation: 0, words, at, within: self.current() };
        self.references.push((label.into(), anchor));
    }

    /// Gives each reference its footnote, and reports footnotes that nobody refers to.
    pub(super) fn resolve(&mut self, log: &mut Log<'_>) -> Vec<Anchor> {
        let mut anchors = Vec::new();
        let mut used = vec![false; self.labels.len()];
        for (label, mut anchor) in std::mem::take(&mut self.references) {
            let Some(idx) = self.labels.iter().position(|it| same_label(it, &label))
            else {
                continue; // reported where it stands
            };
            used[idx] = true;
            anchor.annotation = narrow(idx);
            anchors.push(anchor);
        }
        anchors.sort_by_key(|anchor: &Anchor| anchor.at);
        for (annotation, used) in self.annotations.iter().zip(used) {
            if !used {
                let label = &annotation.label;
                let at = annotation.at.start as usize;
                let at = Stretch::new(at..at + label.len() + 3);
                let message = format!("nothing refers to the footnote `[^{label}]`");
                log.say(
                    Rule::UnreferencedFootnote,
                    at,
                    message,
                    format!(
                        "put `[^{label}]` after the words it belongs to, or delete it"
                    ),
                );
            }
        }
        anchors
    }
}

/// Reports `[^name]` when the parser saw no definition and so left it as text: `rest` is
/// the file from the bracket on, `name` the text behind it.
pub(super) fn undefined(open: Stretch, name: &str, rest: &str, log: &mut Log<'_>) {
    let Some(label) = name.strip_prefix('^').filter(|label| !label.is_empty()) else {
        return;
    };
    let is_closed = rest.get(1 + name.len()..).is_some_and(|it| it.starts_with(']'));
    if is_closed {
        let start = open.start as usize;
        let whole = Stretch::new(start..start + name.len() + 2);
        log.say(
            Rule::UndefinedFootnote,
            whole,
            format!("`[^{label}]` is not defined"),
            format!("add `[^{label}]: …` at the end of the file"),
        );
    }
}

/// Footnote names are compared as `CommonMark` compares link labels: case folded, white
/// space collapsed.
fn same_label(a: &str, b: &str) -> bool {
    a.split_whitespace()
        .flat_map(str::chars)
        .flat_map(char::to_lowercase)
        .eq(b.split_whitespace().flat_map(str::chars).flat_map(char::to_lowercase))
}

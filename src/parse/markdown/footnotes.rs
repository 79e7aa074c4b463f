//! Footnotes: their definitions, what refers to them, and the words they are about.

use std::collections::HashMap;

use crate::diagnostic::Rule;
use crate::parse::annotation::lines::FieldLine;
use crate::parse::annotation::{self, Annotation, Kind};
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
    annotations: Vec<Option<Annotation>>,
    pub(super) labels: Vec<Box<str>>,
    /// References by name, resolved when all definitions are known.
    references: Vec<(Box<str>, Anchor)>,
    /// The footnotes being walked: one may stand in a quotation or list of another.
    open: Vec<OpenNote>,
    /// Where the last one ended.
    last_end: Option<u32>,
}

impl Footnotes {
    pub(super) fn begin(
        &mut self,
        label: &str,
        at: Stretch,
        text: &str,
        log: &mut Log<'_>,
    ) {
        let idx = narrow(self.labels.len());
        self.flattened(label, at, text, log);
        self.labels.push(label.into());
        self.annotations.push(None);
        self.open.push(OpenNote { idx, at, is_read: false });
    }

    /// Reports a footnote that was written inside another: the parser ends the outer one where
    /// the inner one begins, and gives the inner one all that follows.
    fn flattened(&self, label: &str, at: Stretch, text: &str, log: &mut Log<'_>) {
        let source = &text[at.range()];
        let is_behind = self.last_end == Some(at.start);
        let is_indented = source.starts_with("    ") || source.starts_with('\t');
        let is_in_line = !text[..at.start as usize].ends_with('\n');
        if is_behind && (is_indented || is_in_line) {
            let from = at.start as usize + source.len() - source.trim_start().len();
            let at = Stretch::new(from..from + label.len() + 3);
            let message = format!("the footnote `[^{label}]` is defined inside another");
            log.say(Rule::NestedFootnote, at, message, format!(
                "begin the line of `[^{label}]` at the margin, below the other footnote"
            ));
        }
    }

    pub(super) fn end(&mut self, at: Stretch, text: &str, log: &mut Log<'_>) {
        let is_empty = self.open.last().is_some_and(|note| {
            let source = text[note.at.start as usize..at.end as usize].trim();
            source.len() <= self.labels[note.idx as usize].len() + "[^]:".len()
        });
        // One without a paragraph is read as empty: every footnote has to become an annotation,
        // or the positions of those behind it would be wrong.
        self.first_paragraph(Stretch { start: at.end, end: at.end }, text, log);
        self.last_end = Some(at.end);
        let Some(note) = self.open.pop() else { return };
        let is_plain = self.annotations[note.idx as usize]
            .as_ref()
            .is_some_and(|it| it.kind == Kind::Plain);
        if is_plain && !is_empty {
            let source = &text[note.at.start as usize..at.end as usize];
            let label = source.find("]:").map_or(0, |it| it + "]:".len());
            let start = note.at.start as usize + label;
            annotation::report_meant(&source[label..], start, log);
        }
        if is_empty {
            let label = &self.labels[note.idx as usize];
            let start = note.at.start as usize;
            let at = Stretch::new(start..start + label.len() + "[^]".len());
            let message = format!("the footnote `[^{label}]` has no text");
            let edits = indented(&text[start..], start);
            let help = if edits.is_empty() {
                "write the note behind the colon, or delete it"
            } else {
                "indent the lines below it by four spaces"
            };
            let said = log.say(Rule::EmptyFootnote, at, message, help);
            for (at, spaces) in edits {
                said.edit(at, spaces);
            }
        }
    }

    /// The footnote being walked.
    pub(super) fn current(&self) -> Option<u32> {
        self.open.last().map(|note| note.idx)
    }

    /// Reads a paragraph for fields if it is the first of a footnote. If it holds some, it is
    /// not part of the running text.
    pub(super) fn first_paragraph(&mut self, at: Stretch, text: &str, log: &mut Log<'_>) {
        let Some(note) = self.open.last_mut().filter(|note| !note.is_read) else {
            return;
        };
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
        let idx = note.idx as usize;
        let annotation = annotation::read(&self.labels[idx], note.at, &lines, log);
        self.annotations[idx] = Some(annotation);
    }

    /// Whether what is walked now are the fields of a typed footnote.
    pub(super) fn is_field(&self, at: Stretch) -> bool {
        let current =
            self.current().and_then(|idx| self.annotations[idx as usize].as_ref());
        current.is_some_and(|it| it.fields_end.is_some_and(|end| at.start < end))
    }

    /// A reference at a point, or with the bytes of the brackets around its words.
    pub(super) fn refer(&mut self, label: &str, at: Stretch, words: Option<(u32, u32)>) {
        let anchor = Anchor { annotation: 0, words, at, within: self.current() };
        self.references.push((label.into(), anchor));
    }

    /// Gives each reference its footnote, and reports footnotes that nothing refers to.
    pub(super) fn resolve(mut self, log: &mut Log<'_>) -> (Vec<Annotation>, Vec<Anchor>) {
        let mut by_label = HashMap::new();
        for (idx, label) in (0..).zip(&self.labels) {
            by_label.entry(folded_label(label)).or_insert(idx);
        }
        let mut anchors = Vec::new();
        for (label, mut anchor) in std::mem::take(&mut self.references) {
            if let Some(idx) = by_label.get(&folded_label(&label)) {
                anchor.annotation = *idx;
                anchors.push(anchor);
            } // else `undefined` has reported it where it stands
        }
        // Whoever renders the text looks them up by place.
        anchors.sort_by_key(|anchor: &Anchor| anchor.at);
        let mut annotations: Vec<Annotation> =
            self.annotations.into_iter().flatten().collect();
        let shown = shown(&anchors, annotations.len());
        for ((idx, annotation), is_shown) in (0..).zip(&mut annotations).zip(&shown) {
            annotation.is_shown = *is_shown;
            if !annotation.is_shown {
                let is_first =
                    by_label.get(&folded_label(&annotation.label)) == Some(&idx);
                let is_named = anchors.iter().any(|it| it.annotation == idx);
                unreferenced(annotation, is_first, is_named, log);
            }
        }
        // A reference in a note that is not shown would be linked back to from nowhere.
        anchors.retain(|it| it.within.is_none_or(|note| shown[note as usize]));
        (annotations, anchors)
    }
}

/// Which footnotes the text refers to, itself or by way of others that it refers to.
fn shown(anchors: &[Anchor], n: usize) -> Vec<bool> {
    let mut shown = vec![false; n];
    let mut by_note: HashMap<Option<u32>, Vec<u32>> = HashMap::new();
    for anchor in anchors {
        by_note.entry(anchor.within).or_default().push(anchor.annotation);
    }
    let mut next = by_note.remove(&None).unwrap_or_default();
    while let Some(idx) = next.pop() {
        if !std::mem::replace(&mut shown[idx as usize], true) {
            next.extend(by_note.remove(&Some(idx)).unwrap_or_default());
        }
    }
    shown
}

fn unreferenced(
    annotation: &Annotation,
    is_first: bool,
    is_named: bool,
    log: &mut Log<'_>,
) {
    let label = &annotation.label;
    let at = annotation.at.start as usize;
    let at = Stretch::new(at..at + label.len() + 3);
    let (message, help) = match (is_first, is_named) {
        (false, _) => (
            format!(
                "the footnote `[^{label}]` is defined twice, and only the first is shown"
            ),
            "give one of the two another name".to_owned(),
        ),
        (true, true) => (
            format!("only footnotes that are not shown refer to `[^{label}]`"),
            format!("put `[^{label}]` after the words it belongs to, or delete it"),
        ),
        (true, false) => (
            format!("nothing refers to the footnote `[^{label}]`"),
            format!("put `[^{label}]` after the words it belongs to, or delete it"),
        ),
    };
    log.say(Rule::UnreferencedFootnote, at, message, help);
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
fn folded_label(label: &str) -> String {
    let words: Vec<String> = label.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}
/// The edits that make the lines below an empty footnote its text: as many as are indented,
/// by less than Markdown wants, of which the first names what it is. `note` begins with the
/// footnote, at `start` of the file.
fn indented(note: &str, start: usize) -> Vec<(Stretch, &'static str)> {
    let mut edits = Vec::new();
    let mut at = start;
    for (n, line) in note.split_inclusive('\n').enumerate() {
        let n_spaces = line.len() - line.trim_start_matches(' ').len();
        let words = line.trim();
        if n == 1 && !is_field(words) {
            return Vec::new();
        }
        if n > 0 {
            if n_spaces == 0 || n_spaces > 3 || words.is_empty() {
                break;
            }
            edits.push((Stretch::new(at..at + n_spaces), "    "));
        }
        at += line.len();
    }
    edits
}

/// Whether a line is the first of a typed note: `claim: …`.
fn is_field(line: &str) -> bool {
    let key = line.split_once(':').map_or("", |(key, _)| key.trim());
    let kinds = ["claim", "quote", "event", "source", "note", "correction"];
    kinds.iter().any(|it| key.eq_ignore_ascii_case(it))
}

//! One walk over the Markdown of a document: its running text, links and annotations.
//!
//! Nothing is rendered here. What is kept is small: places in the file. The text is walked
//! once more when its page is rendered.

mod addresses;
mod passages;
mod wire;

use std::iter::Peekable;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::diagnostic::Rule;
use crate::parse::annotation::{self, Annotation};
use crate::parse::config::RawHtml;
use crate::parse::fields::Log;
use crate::span::Stretch;
use addresses::leads_out;
use passages::Pieces;

pub use addresses::{local_target, scheme};
pub use passages::{Passage, Piece, PieceText};

/// The Markdown that Dateline reads: `CommonMark` with tables, footnotes, strikethrough,
/// task lists and `[[links]]`.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_WIKILINKS
}

/// What is known of a text after one walk.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// The whole body in the file.
    pub at: Stretch,
    /// Its running text, block by block, in the order of the file.
    pub passages: Box<[Passage]>,
    /// The pieces of all passages, passage by passage.
    pub(super) pieces: Box<[Piece]>,
    /// The texts of pieces that are not as in the file.
    pub(super) decoded: Box<[Box<str>]>,
    /// Links that point into the book, in the order of the file.
    pub links: Box<[Link]>,
    /// Footnotes, in the order of their definitions.
    pub annotations: Box<[Annotation]>,
    /// Where they are referred to, in the order of the file.
    pub anchors: Box<[Anchor]>,
    /// Whether a code block is in it, so that grammars are wanted.
    pub has_code: bool,
}

/// A link that points into the book.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The whole link.
    pub at: Stretch,
    /// Where it points to.
    pub target: Target,
}

/// Where a link points to.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// `[[Name]]` or `[[slug|words]]`: the part before the bar, and its place.
    Name(Box<str>, Stretch),
    /// A content file, from the root of the book, and what follows `#`.
    File(Box<str>, Option<Box<str>>),
    /// A page or a file of the site, from its root, without the leading slash.
    Site(Box<str>),
}

/// A place that refers to a footnote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The footnote, as a position in [`Body::annotations`].
    pub annotation: u32,
    /// The byte of the `[` before the words and of the `]` after them; `None` for a point.
    pub words: Option<(u32, u32)>,
    /// The `[^name]`.
    pub at: Stretch,
    /// The footnote that the reference itself stands in.
    pub within: Option<u32>,
}

/// Walks the body of a file, which begins at byte `start`.
pub fn read(text: &Arc<str>, start: usize, raw_html: RawHtml, log: &mut Log<'_>) -> Body {
    let source = &text[start..];
    let events = Parser::new_ext(source, options()).into_offset_iter();
    let mut walk = Walk {
        text,
        start,
        raw_html,
        passages: Vec::new(),
        pieces: Pieces::default(),
        links: Vec::new(),
        annotations: Vec::new(),
        has_code: false,
        passage: None,
        depth: 0,
        opaque: 0,
        code: false,
        html: None,
        brackets: Vec::new(),
        references: Vec::new(),
        note: None,
        labels: Vec::new(),
    };
    let mut events = events.peekable();
    while let Some((event, range)) = events.next() {
        let at = Stretch::new(start + range.start..start + range.end);
        walk.event(event, at, &mut events, log);
    }
    walk.flush();
    let anchors = walk.resolve(log);
    wire::check(text, start, log);
    Body {
        at: Stretch::new(start..text.len()),
        passages: walk.passages.into(),
        pieces: walk.pieces.pieces.into(),
        decoded: walk.pieces.decoded.into(),
        links: walk.links.into(),
        annotations: walk.annotations.into(),
        anchors: anchors.into(),
        has_code: walk.has_code,
    }
}

/// A `[` that may begin the words of an annotation.
struct Bracket {
    at: u32,
    depth: u32,
    /// The position of its piece.
    piece: usize,
}

/// The footnote being walked.
struct Note {
    idx: u32,
    at: Stretch,
    /// Whether its first paragraph has been seen.
    is_read: bool,
}

struct Walk<'a> {
    text: &'a str,
    start: usize,
    raw_html: RawHtml,
    passages: Vec<Passage>,
    pieces: Pieces,
    links: Vec<Link>,
    annotations: Vec<Annotation>,
    has_code: bool,
    /// The passage being walked: whether it is a heading, and the position of its first
    /// piece.
    passage: Option<(bool, usize)>,
    /// How deep in inline markup.
    depth: u32,
    /// How deep in links and pictures, whose text is no running text.
    opaque: u32,
    code: bool,
    html: Option<Stretch>,
    brackets: Vec<Bracket>,
    /// References by name, resolved when all definitions are known.
    references: Vec<(Box<str>, Anchor)>,
    note: Option<Note>,
    labels: Vec<Box<str>>,
}

type Events<'a, I> = Peekable<I>;

impl<'a> Walk<'a> {
    fn event<I: Iterator<Item = (Event<'a>, Range<usize>)>>(
        &mut self,
        event: Event<'a>,
        at: Stretch,
        events: &mut Events<'a, I>,
        log: &mut Log<'_>,
    ) {
        match event {
            Event::Start(tag) => self.begin(&tag, at, log),
            Event::End(tag) => self.end(tag, at, log),
            Event::Text(_) if self.code || self.opaque > 0 => {}
            Event::Text(words) => self.words(&words, at, events, log),
            Event::SoftBreak | Event::HardBreak if self.opaque == 0 => {
                self.piece(at, PieceText::Break);
            }
            Event::Code(_) => self.piece(at, PieceText::Barrier),
            Event::InlineHtml(html) => {
                self.piece(at, PieceText::Barrier);
                if !html.starts_with("<!--") {
                    self.raw_html(at, log);
                }
            }
            Event::Html(html)
                if !html.trim_start().starts_with("<!--") && self.html.is_none() =>
            {
                self.html = Some(at);
            }
            Event::FootnoteReference(label) => {
                self.piece(at, PieceText::Barrier);
                let within = self.note.as_ref().map(|note| note.idx);
                let anchor = Anchor { annotation: 0, words: None, at, within };
                self.references.push(((&*label).into(), anchor));
            }
            _ => {}
        }
    }

    fn begin(&mut self, tag: &Tag<'a>, at: Stretch, log: &mut Log<'_>) {
        match tag {
            Tag::Paragraph => {
                self.flush();
                self.first_paragraph(at, log);
            }
            Tag::Heading { .. } => {
                self.flush();
                self.open_passage(true);
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = true;
                self.has_code = true;
            }
            Tag::FootnoteDefinition(label) => {
                self.flush();
                let idx = u32::try_from(self.labels.len()).unwrap_or(u32::MAX);
                self.labels.push((&**label).into());
                self.note = Some(Note { idx, at, is_read: false });
            }
            Tag::Link { link_type, dest_url, .. } => {
                self.piece(at, PieceText::Barrier);
                if self.opaque == 0 || !matches!(link_type, LinkType::WikiLink { .. }) {
                    self.link(*link_type, dest_url, at, log);
                }
                self.opaque += 1;
            }
            Tag::Image { dest_url, .. } => {
                self.piece(at, PieceText::Barrier);
                self.image(dest_url, at, log);
                self.opaque += 1;
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => self.depth += 1,
            _ => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd, at: Stretch, log: &mut Log<'_>) {
        match tag {
            TagEnd::Link | TagEnd::Image => self.opaque -= 1,
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.depth -= 1,
            TagEnd::CodeBlock => self.code = false,
            TagEnd::HtmlBlock => {
                if let Some(first) = self.html.take() {
                    self.raw_html(Stretch { start: first.start, end: first.end }, log);
                }
            }
            TagEnd::FootnoteDefinition => {
                self.flush();
                self.first_paragraph(Stretch { start: at.end, end: at.end }, log);
                self.note = None;
            }
            _ => self.flush(),
        }
    }

    /// Reads the first paragraph of a footnote; it is skipped as text if it holds fields.
    fn first_paragraph(&mut self, at: Stretch, log: &mut Log<'_>) {
        let Some(note) = self.note.as_mut().filter(|note| !note.is_read) else { return };
        note.is_read = true;
        let mut lines = Vec::new();
        let mut offset = at.start as usize;
        for line in self.text[at.range()].split_inclusive('\n') {
            let words = line.trim();
            if !words.is_empty() {
                let from = offset + (line.len() - line.trim_start().len());
                lines.push((Stretch::new(from..from + words.len()), words));
            }
            offset += line.len();
        }
        let label = self.labels[note.idx as usize].clone();
        self.annotations.push(annotation::read(&label, note.at, &lines, log));
    }

    /// Whether what is walked now are the fields of a typed footnote.
    fn is_field(&self, at: Stretch) -> bool {
        self.note.is_some()
            && self
                .annotations
                .last()
                .is_some_and(|it| it.fields_end.is_some_and(|end| at.start < end))
    }

    fn words<I: Iterator<Item = (Event<'a>, Range<usize>)>>(
        &mut self,
        words: &str,
        at: Stretch,
        events: &mut Events<'a, I>,
        log: &mut Log<'_>,
    ) {
        let source = &self.text[at.range()];
        let next = events.peek().map(|(event, range)| (event, self.start + range.start));
        match source {
            "[" => {
                self.undefined_footnote(at, next, log);
                self.piece(at, PieceText::Source);
                let piece = self.pieces.pieces.len() - 1;
                self.brackets.push(Bracket { at: at.start, depth: self.depth, piece });
                return;
            }
            "]" => {
                let open = self.brackets.pop();
                if let (Some(open), Some((Event::FootnoteReference(label), next))) =
                    (open, next)
                    && next == at.end as usize
                {
                    let label = label.clone();
                    if let Some((_, range)) = events.next() {
                        let reference = Stretch::new(
                            self.start + range.start..self.start + range.end,
                        );
                        self.anchor(&label, &open, at, reference, log);
                    }
                    return;
                }
            }
            _ => {}
        }
        if words == source {
            self.piece(at, PieceText::Source);
        } else {
            let decoded = self.pieces.decode(words);
            self.piece(at, decoded);
        }
    }

    fn anchor(
        &mut self,
        label: &str,
        open: &Bracket,
        close: Stretch,
        reference: Stretch,
        log: &mut Log<'_>,
    ) {
        let within = self.note.as_ref().map(|note| note.idx);
        let mut anchor = Anchor { annotation: 0, words: None, at: reference, within };
        if open.depth == self.depth {
            anchor.words = Some((open.at, close.start));
            // An empty piece keeps the positions of those behind it.
            if let Some(piece) = self.pieces.pieces.get_mut(open.piece) {
                piece.at.end = piece.at.start;
            }
        } else {
            let whole = Stretch { start: open.at, end: reference.end };
            let message =
                format!("the words of `[^{label}]` begin or end inside emphasis");
            log.say(Rule::CrossingAnchor, whole, message).push(
                "put both brackets inside the emphasis, or both outside".to_owned(),
            );
        }
        self.references.push((label.into(), anchor));
    }

    /// Reports `[^name]` when the parser saw no definition and so left it as text.
    fn undefined_footnote(
        &self,
        open: Stretch,
        next: Option<(&Event<'a>, usize)>,
        log: &mut Log<'_>,
    ) {
        let Some((Event::Text(words), at)) = next else { return };
        let rest = &self.text[at..];
        let name = words.strip_prefix('^').filter(|name| !name.is_empty());
        if let Some(name) = name
            && rest[words.len()..].starts_with(']')
            && at == open.end as usize
        {
            let whole = Stretch::new(open.start as usize..at + words.len() + 1);
            log.say(
                Rule::UndefinedFootnote,
                whole,
                format!("`[^{name}]` is not defined"),
            )
            .push(format!("add `[^{name}]: …` at the end of the file"));
        }
    }

    fn open_passage(&mut self, is_heading: bool) {
        self.passage = Some((is_heading, self.pieces.pieces.len()));
    }

    fn piece(&mut self, at: Stretch, text: PieceText) {
        if self.opaque > 0 {
            return;
        }
        if self.passage.is_none() {
            self.open_passage(false);
        }
        self.pieces.pieces.push(Piece { at, text });
    }

    fn flush(&mut self) {
        self.brackets.clear();
        let Some((is_heading, first)) = self.passage.take() else { return };
        if self.pieces.pieces.get(first).is_some_and(|piece| self.is_field(piece.at)) {
            self.pieces.pieces.truncate(first);
            return;
        }
        if let Some(Range { start: first, end }) = self.pieces.close(first, self.text) {
            let annotation = self.note.as_ref().map(|note| note.idx);
            self.passages.push(Passage { is_heading, annotation, first, end });
        }
    }

    fn raw_html(&self, at: Stretch, log: &mut Log<'_>) {
        if self.raw_html == RawHtml::Drop {
            log.say(Rule::RawHtml, at, "this HTML is left out".to_owned()).push(
                "write it in Markdown, or set `raw-html = \"sanitize\"` under `[text]` in book.toml"
                    .to_owned(),
            );
        }
    }

    fn image(&mut self, file: &str, at: Stretch, log: &mut Log<'_>) {
        let source = &self.text[at.range()];
        if file.trim().is_empty() {
            log.say(Rule::EmptyImage, at, "this picture has no file".to_owned()).push(
                "put the picture under `image: {file, alt, caption, credit}` in the front matter, and delete this line and its captions"
                    .to_owned(),
            );
            return;
        }
        if source.starts_with("![](") || source.starts_with("![ ](") {
            log.say(
                Rule::MissingAlt,
                at,
                "this picture has no words for who cannot see it".to_owned(),
            )
            .push("describe it between the brackets: `![A gate at night](…)`".to_owned());
        }
        if scheme(file).is_some() {
            let message = format!("the picture `{file}` lies on another site");
            log.say(Rule::UnsafeLink, at, message)
                .push("put the file into static/ and name it there".to_owned());
            return;
        }
        match local_target(log.path, file) {
            Some(target) => self.links.push(Link { at, target }),
            None => leads_out(file, at, log),
        }
    }

    fn link(&mut self, kind: LinkType, target: &str, at: Stretch, log: &mut Log<'_>) {
        if let LinkType::WikiLink { .. } = kind {
            let start = at.start as usize + 2;
            let end = (start + target.len()).min(at.end as usize);
            let name = target.trim().into();
            self.links
                .push(Link { at, target: Target::Name(name, Stretch::new(start..end)) });
            return;
        }
        if let Some(scheme) = scheme(target) {
            if !matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel") {
                let message = format!("a link may not use `{scheme}:`");
                log.say(Rule::UnsafeLink, at, message).push(
                    "link to an `https:` address, a file of the book, or an entity"
                        .to_owned(),
                );
            }
            return;
        }
        if target.trim().is_empty() {
            log.say(Rule::BrokenLink, at, "this link leads nowhere".to_owned()).push(
                "name a file of the book, an entity, or an `https:` address".to_owned(),
            );
            return;
        }
        if target.starts_with("//") || target.starts_with('#') || kind == LinkType::Email
        {
            return;
        }
        match local_target(log.path, target) {
            Some(target) => self.links.push(Link { at, target }),
            None => leads_out(target, at, log),
        }
    }

    /// Gives each reference its footnote, and reports footnotes that nobody refers to.
    fn resolve(&mut self, log: &mut Log<'_>) -> Vec<Anchor> {
        let mut anchors = Vec::new();
        let mut used = vec![false; self.labels.len()];
        for (label, mut anchor) in std::mem::take(&mut self.references) {
            let Some(idx) = self.labels.iter().position(|it| same_label(it, &label))
            else {
                continue; // reported where it stands
            };
            used[idx] = true;
            anchor.annotation = u32::try_from(idx).unwrap_or(u32::MAX);
            anchors.push(anchor);
        }
        anchors.sort_by_key(|anchor: &Anchor| anchor.at);
        for (annotation, used) in self.annotations.iter().zip(used) {
            if !used {
                let label = &annotation.label;
                let at = annotation.at.start as usize;
                let at = Stretch::new(at..at + label.len() + 3);
                let message = format!("nothing refers to the footnote `[^{label}]`");
                log.say(Rule::UnreferencedFootnote, at, message).push(format!(
                    "put `[^{label}]` after the words it belongs to, or delete it"
                ));
            }
        }
        anchors
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

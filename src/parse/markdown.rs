//! One walk over the Markdown of a document: its running text, links and annotations.
//!
//! Nothing is rendered here. What is kept is small: places in the file. The text is walked
//! once more when its page is rendered.

mod addresses;
mod body;
mod footnotes;
mod links;
mod passages;
mod wire;

use std::iter::Peekable;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::diagnostic::Rule;
use crate::parse::annotation::give_ids;
use crate::parse::config::RawHtml;
use crate::parse::fields::Log;
use crate::span::Stretch;
use footnotes::{Bracket, Footnotes};
use passages::Passages;

pub use addresses::{local_target, scheme};
pub use body::{Anchor, Body, Link, Target};
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

/// Walks the body of a file, which begins at byte `start`.
pub fn read(text: &Arc<str>, start: usize, raw_html: RawHtml, log: &mut Log<'_>) -> Body {
    let source = &text[start..];
    let mut walk = Walk {
        text,
        start,
        raw_html,
        passages: Passages::default(),
        links: Vec::new(),
        notes: Footnotes::default(),
        has_code: false,
        depth: 0,
        opaque: 0,
        code: false,
        html: None,
        brackets: Vec::new(),
    };
    let mut events = Parser::new_ext(source, options()).into_offset_iter().peekable();
    while let Some((event, range)) = events.next() {
        let at = Stretch::new(start + range.start..start + range.end);
        walk.event(event, at, &mut events, log);
    }
    walk.flush();
    let anchors = walk.notes.resolve(log);
    give_ids(&mut walk.notes.annotations);
    wire::check(text, start, log);
    let mut body = Body {
        at: Stretch::new(start..text.len()),
        links: walk.links.into(),
        annotations: walk.notes.annotations.into(),
        anchors: anchors.into(),
        has_code: walk.has_code,
        ..Body::default()
    };
    walk.passages.finish(&mut body);
    body
}

struct Walk<'a> {
    text: &'a str,
    start: usize,
    raw_html: RawHtml,
    passages: Passages,
    links: Vec<Link>,
    notes: Footnotes,
    has_code: bool,
    /// How deep in inline markup.
    depth: u32,
    /// How deep in links and pictures, whose text is no running text.
    opaque: u32,
    code: bool,
    html: Option<Stretch>,
    brackets: Vec<Bracket>,
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
                self.notes.refer(&label, at, None);
            }
            _ => {}
        }
    }

    fn begin(&mut self, tag: &Tag<'a>, at: Stretch, log: &mut Log<'_>) {
        match tag {
            Tag::Paragraph => {
                self.flush();
                self.notes.first_paragraph(at, self.text, log);
            }
            Tag::Heading { .. } => {
                self.flush();
                self.passages.open(true);
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = true;
                self.has_code = true;
            }
            Tag::FootnoteDefinition(label) => {
                self.flush();
                self.notes.begin(label, at);
            }
            Tag::Link { link_type, dest_url, .. } => {
                self.piece(at, PieceText::Barrier);
                if self.opaque == 0 || !matches!(link_type, LinkType::WikiLink { .. }) {
                    self.links.extend(links::link(*link_type, dest_url, at, log));
                }
                self.opaque += 1;
            }
            Tag::Image { dest_url, .. } => {
                self.piece(at, PieceText::Barrier);
                let source = &self.text[at.range()];
                self.links.extend(links::image(source, dest_url, at, log));
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
                    self.raw_html(first, log);
                }
            }
            TagEnd::FootnoteDefinition => {
                self.flush();
                self.notes.end(at, self.text, log);
            }
            _ => self.flush(),
        }
    }

    fn words<I: Iterator<Item = (Event<'a>, Range<usize>)>>(
        &mut self,
        words: &str,
        at: Stretch,
        events: &mut Events<'a, I>,
        log: &mut Log<'_>,
    ) {
        let source = &self.text[at.range()];
        let end = at.end as usize;
        let next = events.peek().filter(|(_, range)| self.start + range.start == end);
        match (source, next) {
            ("[", next) => {
                if let Some((Event::Text(name), _)) = next {
                    footnotes::undefined(at, name, &self.text[at.start as usize..], log);
                }
                self.piece(at, PieceText::Source);
                let piece = self.passages.last_piece();
                self.brackets.push(Bracket { at: at.start, depth: self.depth, piece });
                return;
            }
            ("]", Some((Event::FootnoteReference(label), range))) => {
                if let Some(open) = self.brackets.pop() {
                    let reference =
                        Stretch::new(self.start + range.start..self.start + range.end);
                    let label = label.clone();
                    events.next();
                    self.anchor(&label, &open, at, reference, log);
                    return;
                }
            }
            ("]", _) => drop(self.brackets.pop()),
            _ => {}
        }
        if words == source {
            self.piece(at, PieceText::Source);
        } else {
            let decoded = self.passages.decode(words);
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
        let mut words = None;
        if open.depth == self.depth {
            words = Some((open.at, close.start));
            self.passages.hide(open.piece);
        } else {
            let whole = Stretch { start: open.at, end: reference.end };
            let message =
                format!("the words of `[^{label}]` begin or end inside emphasis");
            log.say(
                Rule::CrossingAnchor,
                whole,
                message,
                "put both brackets inside the emphasis, or both outside",
            );
        }
        self.notes.refer(label, reference, words);
    }

    fn piece(&mut self, at: Stretch, text: PieceText) {
        if self.opaque == 0 {
            self.passages.push(at, text);
        }
    }

    fn flush(&mut self) {
        self.brackets.clear();
        let is_field = self.passages.first_at().is_some_and(|at| self.notes.is_field(at));
        self.passages.close(is_field, self.notes.current(), self.text);
    }

    fn raw_html(&self, at: Stretch, log: &mut Log<'_>) {
        if self.raw_html == RawHtml::Drop {
            log.say(Rule::RawHtml, at, "this HTML is left out".to_owned(), "write it in Markdown, or set `raw-html = \"sanitize\"` under `[text]` in book.toml"
                    .to_owned());
        }
    }
}

//! One walk over the Markdown of a document: its running text, links and annotations.
//!
//! Nothing is rendered here. What is kept is small: places in the file. The text is walked
//! once more when its page is rendered.

mod addresses;
mod author_html;
mod bare_links;
mod body;
mod footnotes;
mod html;
mod landings;
mod links;
mod passages;
mod source;
mod stray;
mod wire;

use std::iter::Peekable;
use std::sync::Arc;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::diagnostic::Rule;
use crate::parse::annotation::give_ids;
use crate::parse::config::{Config, RawHtml};
use crate::parse::fields::{Log, is_forbidden};
use crate::span::Stretch;
use bare_links::Events;
use footnotes::{Bracket, Footnotes};
use landings::Landings;
use passages::Passages;
use stray::{Stars, StrayBrackets};

pub use addresses::{local_target, scheme};
pub use author_html::HtmlChunk;
pub use body::{Anchor, Aside, AsideKind, Body, Link, Target};
pub use html::{HtmlAttribute, HtmlElements, HtmlStep, HtmlTag, decoded};
pub use landings::{Landing, UniqueIds};
pub use links::is_of_host;
pub use passages::{Passage, Piece, PieceText};
pub use source::{options, prepared};

/// The events of a text that was [`prepared`], each with its place: with `autolink` addresses
/// in its words are links.
pub fn events(prepared: &str, autolink: bool) -> Events<'_> {
    Events::new(prepared, autolink)
}

/// Walks the body of a file, which begins at byte `start`.
pub fn read(text: &Arc<str>, start: usize, config: &Config, log: &mut Log<'_>) -> Body {
    let prepared = prepared(&text[start..]);
    let mut walk = MarkdownWalk {
        text,
        start,
        raw_html: config.raw_html,
        passages: Passages::default(),
        links: Vec::new(),
        asides: Vec::new(),
        open_link: None,
        link_words: Vec::new(),
        notes: Footnotes::default(),
        landings: Landings::default(),
        has_code: false,
        depth: 0,
        opaque: 0,
        pictures: 0,
        code: false,
        elements: HtmlElements::default(),
        chunk: None,
        brackets: Vec::new(),
        stray: StrayBrackets::default(),
        stars: Stars::default(),
    };
    let mut events = events(&prepared, config.autolink).peekable();
    while let Some((event, range)) = events.next() {
        let at = Stretch::new(start + range.start..start + range.end);
        walk.event(event, at, &mut events, log);
    }
    walk.flush(log);
    walk.stray.finish(text, &walk.notes.labels, log);
    let (mut annotations, anchors) = walk.notes.resolve(log);
    give_ids(&mut annotations);
    wire::check(text, start, log);
    let mut body = Body {
        at: Stretch::new(start..text.len()),
        links: walk.links.into(),
        asides: walk.asides.into(),
        annotations: annotations.into(),
        anchors: anchors.into(),
        landings: walk.landings.found.into(),
        has_code: walk.has_code,
        ..Body::default()
    };
    walk.passages.finish(&mut body);
    body
}

struct MarkdownWalk<'a> {
    text: &'a str,
    start: usize,
    raw_html: RawHtml,
    passages: Passages,
    links: Vec<Link>,
    asides: Vec<Aside>,
    /// The words so far of the link that is open, and where it stands.
    open_link: Option<(String, Stretch)>,
    /// For each link that is open: where it stands, and whether it has had words.
    link_words: Vec<(Stretch, bool)>,
    notes: Footnotes,
    landings: Landings,
    has_code: bool,
    /// How deep in emphasis: the words of an annotation must begin and end at one depth.
    depth: u32,
    /// How deep in links and pictures, whose text is not running text.
    opaque: u32,
    /// How deep in pictures, whose words are no HTML either.
    pictures: u32,
    code: bool,
    /// The author's HTML elements.
    elements: HtmlElements,
    /// The block of HTML being walked.
    chunk: Option<HtmlChunk>,
    brackets: Vec<Bracket>,
    stray: StrayBrackets,
    stars: Stars,
}

impl<'a> MarkdownWalk<'a> {
    fn event(
        &mut self,
        event: Event<'a>,
        at: Stretch,
        events: &mut Peekable<Events<'a>>,
        log: &mut Log<'_>,
    ) {
        match event {
            Event::Start(tag) => self.begin(&tag, at, log),
            Event::End(tag) => self.end(tag, at, log),
            Event::Text(_) if self.code => {}
            Event::Text(words) => {
                self.landings.words(&words);
                if !words.is_empty() {
                    self.link_has_words();
                }
                if self.is_opaque() {
                    self.words_beside(&words, at);
                } else {
                    self.words(&words, at, events, log);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                self.words_beside("\n", at);
                self.piece(at, PieceText::Break);
            }
            Event::Code(code) => {
                self.landings.words(&code);
                self.link_has_words();
                self.piece(at, PieceText::Barrier);
            }
            Event::InlineHtml(html) => {
                self.link_has_words();
                self.piece(at, PieceText::Barrier);
                let mut chunk = HtmlChunk::default();
                chunk.push(&html, at.start as usize);
                if self.pictures == 0 {
                    self.html(&chunk, log);
                }
            }
            Event::Html(html) => {
                let chunk = self.chunk.get_or_insert_default();
                chunk.push(&html, at.start as usize);
            }
            Event::FootnoteReference(label) => {
                self.piece(at, PieceText::Barrier);
                self.notes.refer(&label, at, None);
            }
            _ => {}
        }
    }

    fn begin(&mut self, tag: &Tag<'a>, at: Stretch, log: &mut Log<'_>) {
        // A block of HTML is not an element: a `<div>` that it opens may hold the paragraphs after it.
        if !matches!(tag, Tag::HtmlBlock) {
            self.elements.enter();
        }
        match tag {
            Tag::Paragraph => {
                self.flush(log);
                self.notes.first_paragraph(at, self.text, log);
            }
            Tag::Heading { .. } => {
                self.flush(log);
                self.passages.open(true);
                self.landings.begin_heading(at.start);
            }
            Tag::CodeBlock(_) => {
                self.flush(log);
                self.code = true;
                self.has_code = true;
            }
            Tag::FootnoteDefinition(label) => {
                self.flush(log);
                self.notes.begin(label, at, self.text, log);
            }
            Tag::Link { link_type, dest_url, .. } => {
                self.link_has_words();
                self.piece(at, PieceText::Barrier);
                if self.opaque == 0 {
                    self.open_link = Some((String::new(), at));
                }
                if self.opaque == 0 || !matches!(link_type, LinkType::WikiLink { .. }) {
                    self.links.extend(links::link(*link_type, dest_url, at, log));
                }
                self.link_words.push((at, false));
                self.opaque += 1;
            }
            Tag::Image { dest_url, title, .. } => {
                self.link_has_words();
                self.piece(at, PieceText::Barrier);
                let source = &self.text[at.range()];
                self.links.extend(links::image(source, dest_url, at, log));
                if self.opaque == 0 && !title.is_empty() {
                    let (kind, words) = (AsideKind::Caption, (**title).into());
                    self.asides.push(Aside { kind, words, at });
                }
                self.opaque += 1;
                self.pictures += 1;
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {
                self.stars.emphasis(at, self.depth > 0);
                self.depth += 1;
            }
            _ => self.flush(log),
        }
    }

    fn end(&mut self, tag: TagEnd, at: Stretch, log: &mut Log<'_>) {
        if tag != TagEnd::HtmlBlock {
            self.elements.leave();
        }
        match tag {
            TagEnd::Link => {
                self.opaque -= 1;
                if self.opaque == 0
                    && let Some((words, at)) = self.open_link.take()
                {
                    self.asides.push(Aside {
                        kind: AsideKind::Link,
                        words: words.into(),
                        at,
                    });
                }
                if let Some((at, false)) = self.link_words.pop() {
                    empty_link(at, log);
                }
            }
            TagEnd::Image => {
                self.opaque -= 1;
                self.pictures -= 1;
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.depth -= 1,
            TagEnd::CodeBlock => self.code = false,
            TagEnd::Heading(_) => {
                self.landings.end_heading();
                self.flush(log);
            }
            TagEnd::HtmlBlock => {
                if let Some(chunk) = self.chunk.take() {
                    self.html(&chunk, log);
                }
            }
            TagEnd::FootnoteDefinition => {
                self.flush(log);
                self.notes.end(at, self.text, log);
            }
            _ => self.flush(log),
        }
    }

    /// Whether what comes now is not running text: the words of a link, a picture, a script.
    fn is_opaque(&self) -> bool {
        self.opaque > 0 || self.elements.is_in("a") || self.elements.is_dropping()
    }

    /// Words that are not running text, as a link has them.
    fn words_beside(&mut self, words: &str, at: Stretch) {
        if self.pictures > 0 || self.elements.is_dropping() {
            return;
        }
        if let Some((open, _)) = &mut self.open_link {
            open.push_str(words);
        } else if self.elements.is_in("a") {
            let (kind, words) = (AsideKind::Link, words.into());
            self.asides.push(Aside { kind, words, at });
        }
    }

    fn link_has_words(&mut self) {
        if let Some((_, has_words)) = self.link_words.last_mut() {
            *has_words = true;
        }
    }

    /// Takes in running text. The parser hands out every sign that might have been markup, such
    /// as a bracket, as a text of its own.
    fn words(
        &mut self,
        words: &str,
        at: Stretch,
        events: &mut Peekable<Events<'a>>,
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
            ("]", _) => {
                if let Some(open) = self.brackets.pop() {
                    self.stray.push(open.at, at.start);
                }
            }
            ("*", _) => self.stars.push(at.start as usize),
            _ => {}
        }
        if words == source {
            self.piece(at, PieceText::Source);
            return;
        }
        if let Some(c) = words.chars().find(|c| is_forbidden(*c)) {
            let message =
                format!("`{source}` is the control character U+{:04X}", u32::from(c));
            log.say(Rule::ControlCharacter, at, message, "delete it".to_owned());
        }
        let decoded = self.passages.decode(words);
        self.piece(at, decoded);
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
        if !self.is_opaque() {
            self.passages.push(at, text);
        }
    }

    fn flush(&mut self, log: &mut Log<'_>) {
        self.brackets.clear();
        self.stars.finish(self.text, log);
        let is_field = self.passages.first_at().is_some_and(|at| self.notes.is_field(at));
        self.passages.close(is_field, self.notes.current(), self.text);
    }

    fn html(&mut self, chunk: &HtmlChunk, log: &mut Log<'_>) {
        if self.raw_html == RawHtml::Sanitize {
            let (elements, landings) = (&mut self.elements, &mut self.landings);
            author_html::read(chunk, elements, &mut self.links, landings, log);
        } else {
            author_html::dropped(chunk, log);
        }
    }
}

fn empty_link(at: Stretch, log: &mut Log<'_>) {
    log.say(
        Rule::EmptyLink,
        at,
        "this link has no words".to_owned(),
        "write the words to click between the brackets".to_owned(),
    );
}

//! A text to HTML: mentions linked, dates marked, annotations beside their words.

mod annotations;
mod author_html;
mod blocks;
mod callouts;
mod code;
mod context;
mod feed;
mod headings;
mod links;
mod marks;
mod notes;
mod output;
mod passages;
mod pictures;
mod tables;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use crate::html::Html;
use crate::link::texts::TextIdx;
use crate::parse::config::RawHtml;
use crate::parse::markdown::{HtmlChunk, HtmlElements, events, prepared};
use crate::render::here::Here;
use crate::render::view;
use crate::span::Stretch;
use blocks::Blocks;
use code::Code;
use context::{BodyContext, BodyForm};
use links::{Links, WrittenLink};
use marks::Marks;
use notes::{References, WordsEdge};
use pictures::Pictures;
use tables::Tables;

pub use annotations::{kind_label, sources};
pub use passages::RenderedBody;

/// Renders a text for the page at `here`.
pub fn render(idx: TextIdx, here: &Here<'_>) -> RenderedBody {
    BodyWalk::run(BodyContext::of(idx, here, BodyForm::Page))
}

/// The text for a reader of feeds: links and emphasis, but no ids, no margin, and the notes
/// as a list at the end. `here` gives absolute links.
pub fn render_for_feed(idx: TextIdx, here: &Here<'_>) -> Html {
    feed::with_notes(BodyWalk::run(BodyContext::of(idx, here, BodyForm::Feed)).passages)
}

/// The passages of [`render`] with the same words, in which every mention is an element
/// with the attribute `data-mention`: its position in [`LinkedText::found`], or for one
/// linked by hand `link-` and the link's position in the body.
///
/// [`LinkedText::found`]: crate::link::text::LinkedText::found
pub fn render_with_places(idx: TextIdx, here: &Here<'_>) -> Vec<view::Passage> {
    BodyWalk::run(BodyContext::of(idx, here, BodyForm::Places)).passages
}

/// One walk over the events of a text.
struct BodyWalk<'a> {
    context: BodyContext<'a>,
    out: Blocks<'a>,
    marks: Marks,
    links: Links,
    pictures: Pictures,
    references: References,
    tables: Tables,
    code: Option<Code>,
    /// Whether the label of a box to tick is open.
    is_task: bool,
    /// The author's HTML, and the block of it being walked.
    elements: HtmlElements,
    chunk: Option<HtmlChunk>,
}

impl<'a> BodyWalk<'a> {
    fn run(context: BodyContext<'a>) -> RenderedBody {
        let mut links = Links::default();
        let marks = Marks::of(&context, &mut links.jumps);
        let start = context.document.body.at.start as usize;
        let autolink = context.here.edition.config.autolink;
        let source = prepared(&context.document.text[start..]);
        let mut walk = BodyWalk {
            marks,
            references: References::of(&context.document.body),
            context,
            out: Blocks::default(),
            links,
            pictures: Pictures::default(),
            tables: Tables::default(),
            code: None,
            is_task: false,
            elements: HtmlElements::default(),
            chunk: None,
        };
        for (event, range) in events(&source, autolink) {
            let at = Stretch::new(start + range.start..start + range.end);
            walk.event(event, at);
            if walk.elements.is_empty() {
                walk.out.end_block();
            }
        }
        author_html::close(&walk.elements.finish(), &mut walk.out);
        walk.out.end_block();
        let context = walk.context;
        passages::cut(walk.out, &walk.references, walk.links.jumps, &context)
    }

    fn event(&mut self, event: Event<'a>, at: Stretch) {
        // A name may go on inside emphasis and on the next line; anything else ends its link.
        if !is_emphasis(&event) && !matches!(event, Event::Text(_) | Event::SoftBreak) {
            self.marks.close(&mut self.out);
        }
        if self.pictures.is_open() {
            self.pictures.words(&event);
        }
        match event {
            Event::Start(tag) => self.begin(tag, at),
            Event::End(tag) => self.end(tag, at),
            Event::FootnoteReference(_) => {
                let is_in_picture = self.pictures.is_open();
                self.references.refer(at, is_in_picture, &self.context, &mut self.out);
            }
            _ if self.pictures.is_open() => {}
            // HTML is looked at even while an element is left out, or its end would be missed.
            Event::Html(_) | Event::InlineHtml(_) => self.author_html(&event, at),
            _ if self.elements.is_dropping() => {}
            Event::Text(words) => match &mut self.code {
                Some(code) => code.push(&words),
                None => self.words(words, at),
            },
            Event::TaskListMarker(is_done) => {
                self.is_task = true;
                let checked = if is_done { " checked=\"\"" } else { "" };
                self.out.html_owned(format!(
                    "<label><input type=\"checkbox\" disabled=\"\"{checked}> "
                ));
            }
            event => self.out.push(event),
        }
    }

    fn begin(&mut self, tag: Tag<'a>, at: Stretch) {
        if matches!(tag, Tag::HtmlBlock) {
            return;
        }
        self.out.deeper();
        self.elements.enter();
        if self.pictures.is_open() && !matches!(tag, Tag::Image { .. }) {
            return;
        }
        let is_free = self.is_free();
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {
                let file = &*self.context.document.text;
                self.marks.begin_emphasis(at, file, is_free, &mut self.out);
                self.out.push(Event::Start(tag));
            }
            Tag::FootnoteDefinition(_) => self.out.begin_note(),
            Tag::CodeBlock(kind) => {
                self.end_task();
                self.code = Some(Code::begin(&kind));
            }
            Tag::Heading { level, .. } => {
                self.out.push(headings::begin(level, at.start, &self.context));
            }
            Tag::Link { link_type: kind, dest_url, title, .. } => {
                let link = WrittenLink { kind, address: &dest_url, title: &title, at };
                self.links.begin(&link, is_free, &self.context, &mut self.out);
            }
            Tag::Image { dest_url, title, .. } => {
                self.pictures.begin(&dest_url, &title, at.start);
            }
            Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell => {
                self.tables.begin(tag, &mut self.out);
            }
            Tag::Paragraph => self.out.push(Event::Start(tag)),
            Tag::BlockQuote(Some(kind)) => {
                self.end_task();
                callouts::begin(kind, self.context.form, &mut self.out);
            }
            tag => {
                self.end_task();
                self.out.push(Event::Start(tag));
            }
        }
    }

    fn end(&mut self, tag: TagEnd, at: Stretch) {
        if tag == TagEnd::HtmlBlock {
            if let Some(chunk) = self.chunk.take() {
                self.html(&chunk);
            }
            return;
        }
        self.out.shallower();
        author_html::close(&self.elements.leave(), &mut self.out);
        if self.pictures.is_open() && tag != TagEnd::Image {
            return;
        }
        let is_free = self.is_free();
        let out = &mut self.out;
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                self.marks.end_emphasis(tag, at, out);
            }
            TagEnd::FootnoteDefinition => out.end_note(),
            TagEnd::BlockQuote(Some(_)) => callouts::end(self.context.form, out),
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    out.push(Event::Html(code.end()));
                }
            }
            TagEnd::Heading(level) => {
                out.push(Event::End(TagEnd::Heading(level.max(HeadingLevel::H2))));
            }
            TagEnd::Link => self.links.end(out),
            TagEnd::Image => self.pictures.end(is_free, &self.context, out),
            TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => {
                self.tables.end(tag, out);
            }
            TagEnd::Paragraph => {
                self.end_task();
                if !self.pictures.end_paragraph(&mut self.out) {
                    self.out.push(Event::End(tag));
                }
            }
            TagEnd::Item => {
                self.end_task();
                self.out.push(Event::End(tag));
            }
            tag => out.push(Event::End(tag)),
        }
    }

    /// Whether a link may begin here: not in another one.
    fn is_free(&self) -> bool {
        self.links.is_free() && !self.elements.is_in("a")
    }

    /// Closes the label of a box to tick. In HTML it may hold words, but no blocks.
    fn end_task(&mut self) {
        if std::mem::take(&mut self.is_task) {
            self.out.html("</label>");
        }
    }

    fn words(&mut self, words: CowStr<'a>, at: Stretch) {
        if matches!(&*words, "[" | "]")
            && let Some(bracket) = self.references.bracket(at, &self.context)
        {
            self.marks.close(&mut self.out);
            match bracket {
                _ if self.context.form == BodyForm::Feed => {}
                WordsEdge::Begin(id) => self
                    .out
                    .html_owned(format!("<span class=\"words\" data-note=\"{id}\">")),
                WordsEdge::End => self.out.html("</span>"),
            }
            return;
        }
        let (file, is_free) = (&*self.context.document.text, self.is_free());
        self.marks.words(words, at, file, is_free, &mut self.out);
    }

    /// HTML of the author: a line of a block, which is written at its end, or one tag.
    fn author_html(&mut self, event: &Event<'a>, at: Stretch) {
        let mut tag = HtmlChunk::default();
        match event {
            Event::Html(line) => {
                let chunk = self.chunk.get_or_insert_default();
                chunk.push(line, at.start as usize);
            }
            Event::InlineHtml(html) => tag.push(html, at.start as usize),
            _ => {}
        }
        if !tag.html.is_empty() {
            self.html(&tag);
        }
    }

    fn html(&mut self, chunk: &HtmlChunk) {
        if self.context.here.edition.config.raw_html == RawHtml::Sanitize {
            let is_free = self.is_free();
            let (elements, out) = (&mut self.elements, &mut self.out);
            author_html::write(chunk, elements, is_free, &self.context, out);
        }
    }
}

/// Whether emphasis begins or ends.
fn is_emphasis(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
    )
}

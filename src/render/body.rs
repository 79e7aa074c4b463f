//! A text to HTML: mentions linked, dates marked, annotations beside their words.

mod annotations;
mod blocks;
mod code;
mod context;
mod feed;
mod headings;
mod links;
mod marks;
mod notes;
mod output;
mod passages;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Parser, Tag, TagEnd};

use crate::html::Html;
use crate::link::texts::TextIdx;
use crate::parse::config::RawHtml;
use crate::parse::markdown::options;
use crate::render::here::Here;
use crate::render::view;
use crate::span::Stretch;
use blocks::Blocks;
use code::Code;
use context::{BodyContext, Form};
use headings::Headings;
use links::Links;
use marks::Marks;
use notes::{References, WordsEdge};

pub use annotations::{kind_label, sources};
pub use passages::RenderedBody;

/// Renders a text for the page at `here`.
pub fn render(idx: TextIdx, here: &Here<'_>) -> RenderedBody {
    Walk::run(BodyContext::of(idx, here, Form::Page))
}

/// The text for a reader of feeds: links and emphasis, but no ids, no margin, and the notes
/// as a list at the end. `here` gives absolute links.
pub fn render_for_feed(idx: TextIdx, here: &Here<'_>) -> Html {
    feed::with_notes(Walk::run(BodyContext::of(idx, here, Form::Feed)).passages)
}

/// The passages of [`render`] with the same words, in which every mention is an element
/// with the attribute `data-mention`: its position in [`LinkedText::found`], or for one
/// linked by hand `link-` and the link's position in the body.
///
/// [`LinkedText::found`]: crate::link::text::LinkedText::found
pub fn render_with_places(idx: TextIdx, here: &Here<'_>) -> Vec<view::Passage> {
    Walk::run(BodyContext::of(idx, here, Form::Places)).passages
}

/// One walk over the events of a text.
struct Walk<'a> {
    context: BodyContext<'a>,
    out: Blocks<'a>,
    marks: Marks,
    links: Links,
    references: References,
    headings: Headings,
    code: Option<Code>,
    n_tables: u32,
}

impl<'a> Walk<'a> {
    fn run(context: BodyContext<'a>) -> RenderedBody {
        let mut links = Links::default();
        let mut walk = Walk {
            marks: Marks::of(&context, &mut links.jumps),
            references: References::of(&context.document.body),
            context,
            out: Blocks::default(),
            links,
            headings: Headings::default(),
            code: None,
            n_tables: 0,
        };
        let start = context.document.body.at.start as usize;
        let source: &'a str = &context.document.text[start..];
        for (event, range) in Parser::new_ext(source, options()).into_offset_iter() {
            let at = Stretch::new(start + range.start..start + range.end);
            walk.event(event, at);
            walk.out.end_block();
        }
        passages::cut(walk.out, &walk.references, walk.links.jumps, &context)
    }

    fn event(&mut self, event: Event<'a>, at: Stretch) {
        if !is_emphasis(&event) && !matches!(event, Event::Text(_) | Event::SoftBreak) {
            self.marks.close(&mut self.out);
        }
        match event {
            Event::Start(tag) => {
                self.out.deeper();
                self.begin(tag, at);
            }
            Event::End(tag) => {
                self.out.shallower();
                self.end(tag, at);
            }
            Event::Text(words) => match &mut self.code {
                Some(code) => code.push(&words),
                None => self.words(words, at),
            },
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(html),
            Event::FootnoteReference(_) => {
                self.references.refer(at, &self.context, &mut self.out);
            }
            event => self.out.push(event),
        }
    }

    fn begin(&mut self, tag: Tag<'a>, at: Stretch) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {
                let (file, is_free) =
                    (&*self.context.document.text, self.links.is_free());
                self.marks.begin_emphasis(at, file, is_free, &mut self.out);
                self.out.push(Event::Start(tag));
            }
            Tag::FootnoteDefinition(_) => self.out.begin_note(),
            Tag::CodeBlock(kind) => self.code = Some(Code::begin(&kind)),
            Tag::Heading { level, .. } => self.headings.begin(level, &mut self.out),
            Tag::Link { link_type, dest_url, .. } => {
                let (context, out) = (&self.context, &mut self.out);
                self.links.begin(link_type, &dest_url, at, context, out);
            }
            Tag::Image { link_type, dest_url, title, id } => {
                let dest_url = links::picture(dest_url, at, &self.context);
                self.out.push(Event::Start(Tag::Image {
                    link_type,
                    dest_url,
                    title,
                    id,
                }));
            }
            Tag::Table(_) => {
                self.n_tables += 1;
                let label = match self.n_tables {
                    1 => "Table".to_owned(),
                    n => format!("Table {n}"),
                };
                self.out.html_owned(format!(
                    "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">\n"
                ));
                self.out.push(Event::Start(tag));
            }
            tag => self.out.push(Event::Start(tag)),
        }
    }

    fn end(&mut self, tag: TagEnd, at: Stretch) {
        let out = &mut self.out;
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                self.marks.end_emphasis(tag, at, out);
            }
            TagEnd::FootnoteDefinition => out.end_note(),
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    out.push(Event::Html(code.end()));
                }
            }
            TagEnd::Heading(level) => {
                if self.context.form != Form::Feed {
                    self.headings.end(out);
                }
                out.push(Event::End(TagEnd::Heading(level.max(HeadingLevel::H2))));
            }
            TagEnd::Link => self.links.end(out),
            TagEnd::Table => {
                out.push(Event::End(TagEnd::Table));
                out.html("</div>\n");
            }
            tag => out.push(Event::End(tag)),
        }
    }

    fn words(&mut self, words: CowStr<'a>, at: Stretch) {
        if matches!(&*words, "[" | "]")
            && let Some(bracket) = self.references.bracket(at, &self.context)
        {
            self.marks.close(&mut self.out);
            match bracket {
                _ if self.context.form == Form::Feed => {}
                WordsEdge::Begin(id) => self
                    .out
                    .html_owned(format!("<span class=\"words\" data-note=\"{id}\">")),
                WordsEdge::End => self.out.html("</span>"),
            }
            return;
        }
        let (file, is_free) = (&*self.context.document.text, self.links.is_free());
        self.marks.words(words, at, file, is_free, &mut self.out);
    }

    fn raw_html(&mut self, html: CowStr<'a>) {
        if self.context.here.edition.config.raw_html == RawHtml::Sanitize {
            self.out.target().has_html = true;
            self.out.push(Event::Html(html));
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

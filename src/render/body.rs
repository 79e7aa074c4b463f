//! A text to HTML: mentions linked, dates marked, annotations beside their words.

mod annotations;
mod output;

use std::collections::BTreeMap;

use pulldown_cmark::{
    CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Parser, Tag, TagEnd,
};

use crate::html::{Html, escape_into};
use crate::link::registry::EntityIdx;
use crate::link::targets::Destination;
use crate::link::text::LinkedText;
use crate::parse::annotation::Kind;
use crate::parse::config::RawHtml;
use crate::parse::document::Document;
use crate::parse::markdown::{self, options};
use crate::render::here::Here;
use crate::render::highlight::highlight;
use crate::render::view;
use crate::slug::Slug;
use crate::span::Stretch;
use output::{clean_url, skip_first_paragraph, without_id, write};

use annotations::standing;
pub use annotations::{ids, kind_label, sources};

/// A text as HTML.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RenderedBody {
    /// The text, cut after each block that has annotations.
    pub passages: Vec<view::Passage>,
    /// Where each entity's first mention is, for links that jump there.
    pub jumps: BTreeMap<EntityIdx, String>,
}

/// Renders a text for the page at `here`.
pub fn render(document: &Document, text: &LinkedText, here: &Here<'_>) -> RenderedBody {
    let mut walk = Walk::new(document, text, here);
    walk.run();
    walk.finish()
}

/// The text for a reader of feeds: links and emphasis, but no ids, no margin, and the notes
/// as a list at the end. `here` gives absolute links.
pub fn render_for_feed(document: &Document, text: &LinkedText, here: &Here<'_>) -> Html {
    let mut walk = Walk::new(document, text, here);
    walk.form = Form::Feed;
    for mark in &mut walk.marks {
        without_id(&mut mark.open);
    }
    walk.run();
    let mut html = String::new();
    let mut notes = String::new();
    for passage in walk.finish().passages {
        html.push_str(&passage.html.0);
        for note in passage.annotations {
            notes.push_str("<li>");
            let speaker = note.speaker.map(|it| it.label);
            let status = note.status.map(|it| it.label);
            let when = note.when.map(|it| it.text);
            let said = [Some(note.kind_label), status, speaker, note.heading, when];
            let said: Vec<String> = said.into_iter().flatten().collect();
            escape_into(&said.join(", "), &mut notes);
            if let Some(words) = note.words {
                notes.push_str(": ");
                escape_into(&words, &mut notes);
            }
            notes.push_str(&note.body.0);
            notes.push_str("</li>\n");
        }
    }
    if !notes.is_empty() {
        html.push_str("<ul>\n");
        html.push_str(&notes);
        html.push_str("</ul>\n");
    }
    Html(html)
}

/// The passages of [`render`] with the same words, in which every mention is an element
/// with the attribute `data-mention`: its position in [`LinkedText::found`], or for one
/// linked by hand `link-` and the link's position in the body.
pub fn render_with_places(
    document: &Document,
    text: &LinkedText,
    here: &Here<'_>,
) -> Vec<view::Passage> {
    let mut walk = Walk::new(document, text, here);
    walk.form = Form::Places;
    walk.marks.clear();
    for (position, mention) in text.found.mentions.iter().enumerate() {
        let open = format!("<span data-mention=\"{position}\">");
        walk.marks.push(Mark { at: mention.at, open, close: "</span>" });
    }
    walk.marks.sort_by_key(|mark| mark.at);
    walk.run();
    walk.finish().passages
}

/// Whether emphasis begins or ends.
fn is_emphasis(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
    )
}

/// One stretch of the text that becomes an element.
struct Mark {
    at: Stretch,
    open: String,
    close: &'static str,
}

/// A block at the top level, as events to be written and the annotations it refers to.
#[derive(Default)]
struct Block<'a> {
    events: Vec<Event<'a>>,
    annotations: Vec<u32>,
    has_html: bool,
}

struct Walk<'a> {
    document: &'a Document,
    text: &'a LinkedText,
    here: &'a Here<'a>,
    /// Mentions and dates, by place; never overlapping.
    marks: Vec<Mark>,
    next_mark: usize,
    open_mark: Option<usize>,
    /// How many emphases have begun inside it.
    enclosed: u32,
    jumps: BTreeMap<EntityIdx, String>,
    /// The number of each annotation, by position; 0 for one without a reference.
    numbers: Vec<u32>,
    /// The ids of each annotation's references so far.
    ref_ids: Vec<Vec<String>>,
    ids: Vec<String>,
    blocks: Vec<Block<'a>>,
    block: Block<'a>,
    depth: u32,
    /// The footnote being walked, and its text.
    note: Option<(u32, Block<'a>)>,
    notes: BTreeMap<u32, Block<'a>>,
    n_notes: u32,
    code: Option<(String, String)>,
    /// What closes each open link: a link that leads nowhere is no link.
    links: Vec<&'static str>,
    n_tables: u32,
    heading: Option<usize>,
    headings: Vec<String>,
    form: Form,
}

/// What a text is rendered for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A page: first mentions are links, annotations beside their words.
    Page,
    /// A reader of feeds: no ids, no margin.
    Feed,
    /// Finding places in the page's text: the page's words with every mention marked.
    Places,
}

impl<'a> Walk<'a> {
    fn new(document: &'a Document, text: &'a LinkedText, here: &'a Here<'a>) -> Walk<'a> {
        let body = &document.body;
        let mut numbers = vec![0; body.annotations.len()];
        let mut n = 0;
        let main = body.anchors.iter().filter(|it| it.within.is_none());
        for anchor in main.chain(body.anchors.iter().filter(|it| it.within.is_some())) {
            let number = &mut numbers[anchor.annotation as usize];
            if *number == 0 {
                n += 1;
                *number = n;
            }
        }
        let mut walk = Walk {
            document,
            text,
            here,
            marks: Vec::new(),
            next_mark: 0,
            open_mark: None,
            enclosed: 0,
            jumps: BTreeMap::new(),
            ids: ids(&body.annotations),
            ref_ids: vec![Vec::new(); numbers.len()],
            numbers,
            blocks: Vec::new(),
            block: Block::default(),
            depth: 0,
            note: None,
            notes: BTreeMap::new(),
            n_notes: 0,
            code: None,
            links: Vec::new(),
            n_tables: 0,
            heading: None,
            headings: Vec::new(),
            form: Form::Page,
        };
        walk.collect_marks();
        walk
    }

    fn collect_marks(&mut self) {
        for mention in self.text.found.mentions.iter().filter(|it| it.is_first) {
            let linked = self.here.edition.entity(mention.entity);
            if linked.entity.document.path == self.document.path {
                continue; // an entity's own page does not link to itself
            }
            let slug = linked.entity.document.slug.as_str();
            let href = self.here.page(&linked.permalink);
            let parts =
                ["<a class=\"mention\" id=\"m-", slug, "\" href=\"", &href, "\">"];
            let open = parts.concat();
            self.jumps.insert(mention.entity, ["#m-", slug].concat());
            self.marks.push(Mark { at: mention.at, open, close: "</a>" });
        }
        for (at, date) in &self.text.found.dates {
            let open = format!("<time datetime=\"{date}\">");
            self.marks.push(Mark { at: *at, open, close: "</time>" });
        }
        self.marks.sort_by_key(|mark| mark.at);
    }

    fn run(&mut self) {
        let start = self.document.body.at.start as usize;
        let source: &'a str = &self.document.text[start..];
        for (event, range) in Parser::new_ext(source, options()).into_offset_iter() {
            let at = Stretch::new(start + range.start..start + range.end);
            self.event(event, at);
            if self.depth == 0 && self.note.is_none() && !self.block.events.is_empty() {
                let block = std::mem::take(&mut self.block);
                self.blocks.push(block);
            }
        }
    }

    fn event(&mut self, event: Event<'a>, at: Stretch) {
        if !is_emphasis(&event) && !matches!(event, Event::Text(_) | Event::SoftBreak) {
            self.close_mark();
        }
        match event {
            Event::Start(tag @ (Tag::Emphasis | Tag::Strong | Tag::Strikethrough)) => {
                self.depth += 1;
                self.begin_emphasis(at);
                self.push(Event::Start(tag));
            }
            Event::End(
                tag @ (TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough),
            ) => {
                self.depth -= 1;
                self.end_emphasis(tag, at);
            }
            Event::Start(tag) => {
                self.depth += 1;
                self.begin(tag, at);
            }
            Event::End(tag) => {
                self.depth -= 1;
                self.end(tag);
            }
            Event::Text(words) => match &mut self.code {
                Some((code, _)) => code.push_str(&words),
                None => self.words(words, at),
            },
            Event::SoftBreak => self.push(Event::SoftBreak),
            Event::Code(code) => self.push(Event::Code(code)),
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(html),
            Event::FootnoteReference(_) => self.reference(at),
            event => self.push(event),
        }
    }

    /// A name may hold emphasis, or begin with it: the link then goes around it. Emphasis
    /// that only a part of the name is in cuts the link in two.
    fn begin_emphasis(&mut self, at: Stretch) {
        if let Some(open) = self.open_mark
            && !self.encloses(open, at)
        {
            self.close_mark();
        }
        let next = self.next_mark;
        if self.open_mark.is_none() && next < self.marks.len() && self.encloses(next, at)
        {
            self.continue_marks(self.marks[next].at.start);
        }
        if self.open_mark.is_some() {
            self.enclosed += 1;
        }
    }

    fn end_emphasis(&mut self, tag: TagEnd, at: Stretch) {
        let Some(open) = self.open_mark.filter(|_| self.enclosed > 0) else {
            self.close_mark();
            self.push(Event::End(tag));
            return;
        };
        self.push(Event::End(tag));
        self.enclosed -= 1;
        if self.enclosed == 0 && self.marks[open].at.end <= at.end {
            self.close_mark();
        }
    }

    /// Whether all the words of an emphasis are a mark's: only asterisks and the like are
    /// outside.
    fn encloses(&self, mark: usize, emphasis: Stretch) -> bool {
        let mark = self.marks[mark].at;
        let is_sign = |from: u32, to: u32| {
            let signs = &self.document.text[from.min(to) as usize..to as usize];
            signs.bytes().all(|it| matches!(it, b'*' | b'_' | b'~'))
        };
        mark.start < emphasis.end
            && is_sign(emphasis.start, mark.start.max(emphasis.start))
            && is_sign(mark.end, emphasis.end.max(mark.end))
    }

    fn begin(&mut self, tag: Tag<'a>, at: Stretch) {
        match tag {
            Tag::FootnoteDefinition(_) => {
                self.note = Some((self.n_notes, Block::default()));
                self.n_notes += 1;
            }
            Tag::CodeBlock(kind) => {
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => {
                        let word = |c: char| c == ',' || c.is_whitespace();
                        info.split(word).next().unwrap_or("").to_owned()
                    }
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((String::new(), language));
            }
            Tag::Heading { level, id, classes, attrs } => {
                self.heading = Some(self.target().events.len());
                let level = level.max(HeadingLevel::H2);
                self.push(Event::Start(Tag::Heading { level, id, classes, attrs }));
            }
            Tag::Link { link_type, dest_url, .. } => {
                self.open_link(link_type, &dest_url, at);
            }
            Tag::Image { link_type, dest_url, title, id } => {
                let dest_url = match self.destination(at) {
                    Some(Destination::Site(path)) => self.here.to(path).into(),
                    _ if markdown::scheme(&dest_url).is_some() => "".into(),
                    _ => dest_url,
                };
                self.push(Event::Start(Tag::Image { link_type, dest_url, title, id }));
            }
            Tag::Table(alignment) => {
                self.n_tables += 1;
                let label = match self.n_tables {
                    1 => "Table".to_owned(),
                    n => format!("Table {n}"),
                };
                self.html_owned(format!(
                    "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">\n"
                ));
                self.push(Event::Start(Tag::Table(alignment)));
            }
            tag => self.push(Event::Start(tag)),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::FootnoteDefinition => {
                if let Some((idx, block)) = self.note.take() {
                    self.notes.insert(idx, block);
                }
            }
            TagEnd::CodeBlock => {
                if let Some((code, language)) = self.code.take() {
                    self.push(Event::Html(highlight(&code, &language).0.into()));
                }
            }
            TagEnd::Heading(level) => {
                self.heading_id();
                self.push(Event::End(TagEnd::Heading(level.max(HeadingLevel::H2))));
            }
            TagEnd::Link => {
                let close = self.links.pop().unwrap_or("");
                self.html(close);
            }
            TagEnd::Table => {
                self.push(Event::End(TagEnd::Table));
                self.html("</div>\n");
            }
            tag => self.push(Event::End(tag)),
        }
    }

    /// Gives the heading that ends here an id, so that links can lead to it.
    fn heading_id(&mut self) {
        let Some(start) = self.heading.take().filter(|_| self.form != Form::Feed) else {
            return;
        };
        let words: String = self.target().events[start..]
            .iter()
            .filter_map(|event| match event {
                Event::Text(text) | Event::Code(text) => Some(&**text),
                _ => None,
            })
            .collect();
        let Some(slug) = Slug::from_title(&words) else { return };
        let n_same = self.headings.iter().filter(|it| **it == slug.as_str()).count();
        let name = match n_same {
            0 => format!("h-{slug}"),
            n => format!("h-{slug}-{}", n + 1),
        };
        self.headings.push(slug.as_str().to_owned());
        if let Some(Event::Start(Tag::Heading { id, .. })) =
            self.target().events.get_mut(start)
        {
            *id = Some(name.into());
        }
    }

    fn open_link(&mut self, kind: LinkType, address: &str, at: Stretch) {
        let is_ours = self.destination(at).is_some();
        let href = match self.destination(at) {
            Some(Destination::Entity(entity)) => {
                let entity = *entity;
                self.open_entity_link(entity, at);
                return;
            }
            Some(Destination::Page(permalink, fragment)) => {
                let fragment = fragment.as_ref().map(|it| format!("#h-{it}"));
                Some(self.here.page(permalink) + &fragment.unwrap_or_default())
            }
            Some(Destination::Site(path)) => Some(self.here.to(path)),
            Some(Destination::Nowhere) => None,
            None if matches!(kind, LinkType::WikiLink { .. }) => None,
            None => match markdown::scheme(address).as_deref() {
                Some("http" | "https" | "mailto" | "tel") => Some(address.to_owned()),
                Some(_) => None,
                None if kind == LinkType::Email => Some(format!("mailto:{address}")),
                None => address
                    .strip_prefix('#')
                    .filter(|_| self.form != Form::Feed)
                    .map(|it| format!("#h-{it}")),
            },
        };
        match href {
            Some(href) => {
                let mut open = String::from("<a href=\"");
                escape_into(&clean_url(&href), &mut open);
                open.push_str(if is_ours { "\">" } else { "\" rel=\"external\">" });
                self.html_owned(open);
                self.links.push("</a>");
            }
            None => self.links.push(""),
        }
    }

    fn open_entity_link(&mut self, entity: EntityIdx, at: Stretch) {
        if self.form == Form::Places {
            let links = &self.document.body.links;
            let position = links.partition_point(|link| link.at.start < at.start);
            self.html_owned(format!("<span data-mention=\"link-{position}\">"));
            self.links.push("</span>");
            return;
        }
        let linked = self.here.edition.entity(entity);
        let href = self.here.page(&linked.permalink);
        let id = format!("m-{}", linked.entity.document.slug);
        let open = if self.jumps.contains_key(&entity)
            || self.note.is_some()
            || self.form == Form::Feed
        {
            format!("<a class=\"mention\" href=\"{href}\">")
        } else {
            self.jumps.insert(entity, format!("#{id}"));
            format!("<a class=\"mention\" id=\"{id}\" href=\"{href}\">")
        };
        self.html_owned(open);
        self.links.push("</a>");
    }

    /// Where a link or picture of the text leads; `None` if it leads out of the book.
    fn destination(&self, at: Stretch) -> Option<&'a Destination> {
        let links = &self.document.body.links;
        let idx = links.binary_search_by_key(&at.start, |link| link.at.start).ok()?;
        self.text.destinations.get(idx)
    }

    fn words(&mut self, words: CowStr<'a>, at: Stretch) {
        let anchors = &self.document.body.anchors;
        if matches!(&*words, "[" | "]") {
            let found = anchors.iter().find_map(|anchor| {
                let (open, close) = anchor.words?;
                (open == at.start || close == at.start)
                    .then_some((anchor, open == at.start))
            });
            if let Some((anchor, is_open)) = found {
                self.close_mark();
                if self.form == Form::Feed {
                    return;
                }
                if is_open {
                    self.open_anchor(anchor.annotation);
                } else {
                    self.html("</span>");
                }
                return;
            }
        }
        let source = &self.document.text[at.range()];
        if *words != *source {
            // Decoded text cannot be cut: a mark has all of it or nothing.
            self.continue_marks(at.start);
            self.push(Event::Text(words));
            return;
        }
        let mut from = at.start;
        while from < at.end {
            self.continue_marks(from);
            let until = match self.open_mark {
                Some(open) => self.marks[open].at.end,
                None => {
                    self.marks.get(self.next_mark).map_or(at.end, |mark| mark.at.start)
                }
            };
            let until = until.clamp(from, at.end);
            let until = if until == from { at.end } else { until };
            let piece = &source[(from - at.start) as usize..(until - at.start) as usize];
            self.push(Event::Text(piece.to_owned().into()));
            from = until;
        }
        if let Some(open) = self.open_mark
            && self.enclosed == 0
            && self.marks[open].at.end <= at.end
        {
            self.close_mark();
        }
    }

    /// Closes a mark that ends at or before `at` and opens one that covers `at`.
    fn continue_marks(&mut self, at: u32) {
        if let Some(open) = self.open_mark
            && self.marks[open].at.end <= at
        {
            self.close_mark();
        }
        while let Some(mark) = self.marks.get(self.next_mark) {
            if mark.at.end <= at {
                self.next_mark += 1;
                continue;
            }
            if mark.at.start <= at && self.open_mark.is_none() && self.links.is_empty() {
                let open = mark.open.clone();
                self.html_owned(open);
                self.open_mark = Some(self.next_mark);
            }
            break;
        }
    }

    fn close_mark(&mut self) {
        if let Some(open) = self.open_mark.take() {
            self.enclosed = 0;
            let close = self.marks[open].close;
            self.html(close);
            // Beyond markup the name goes on as a second link without the id.
            without_id(&mut self.marks[open].open);
        }
    }

    fn open_anchor(&mut self, annotation: u32) {
        let idx = annotation as usize;
        let id = &self.ids[idx];
        let open = format!("<span class=\"words\" data-note=\"{id}\">");
        self.html_owned(open);
    }

    fn reference(&mut self, at: Stretch) {
        let anchors = &self.document.body.anchors;
        let Ok(found) = anchors.binary_search_by_key(&at, |anchor| anchor.at) else {
            return;
        };
        let idx = anchors[found].annotation;
        let id = self.ids[idx as usize].clone();
        let ref_ids = &mut self.ref_ids[idx as usize];
        let ref_id = match ref_ids.len() {
            0 => format!("ref-{id}"),
            n => format!("ref-{id}-{}", n + 1),
        };
        ref_ids.push(ref_id.clone());
        let number = self.numbers[idx as usize];
        let html = format!(
            "<a class=\"ref\" id=\"{ref_id}\" href=\"#note-{id}\" data-note=\"{id}\" role=\"doc-noteref\" aria-label=\"Note {number}\">{number}</a>"
        );
        if self.form != Form::Feed {
            self.html_owned(html);
        }
        let block = self.target();
        if !block.annotations.contains(&idx) {
            block.annotations.push(idx);
        }
    }

    fn raw_html(&mut self, html: CowStr<'a>) {
        let is_wanted = self.here.edition.config.raw_html == RawHtml::Sanitize;
        if is_wanted {
            self.target().has_html = true;
            self.push(Event::Html(html));
        }
    }

    fn target(&mut self) -> &mut Block<'a> {
        match &mut self.note {
            Some((_, block)) => block,
            None => &mut self.block,
        }
    }

    fn push(&mut self, event: Event<'a>) {
        self.target().events.push(event);
    }

    fn html(&mut self, html: &'static str) {
        if !html.is_empty() {
            self.push(Event::InlineHtml(html.into()));
        }
    }

    fn html_owned(&mut self, html: String) {
        self.push(Event::InlineHtml(html.into()));
    }

    /// Cuts the text before and after each block with annotations. An annotation stands by the block
    /// that refers to it first; one that only another annotation refers to follows that.
    fn finish(mut self) -> RenderedBody {
        let mut shown = vec![false; self.ids.len()];
        let mut passages = Vec::new();
        let mut html = String::new();
        for block in std::mem::take(&mut self.blocks) {
            if !block.annotations.is_empty() && !html.is_empty() {
                let html = Html(std::mem::take(&mut html));
                passages.push(view::Passage { html, annotations: Vec::new() });
            }
            html.push_str(&write(block.events, block.has_html));
            let mut queue = block.annotations;
            let mut notes = Vec::new();
            let mut next = 0;
            while next < queue.len() {
                let idx = queue[next];
                next += 1;
                if std::mem::replace(&mut shown[idx as usize], true) {
                    continue;
                }
                let body = self.notes.remove(&idx).unwrap_or_default();
                queue.extend(&body.annotations);
                notes.push(self.annotation(idx, body));
            }
            if !notes.is_empty() {
                let html = Html(std::mem::take(&mut html));
                passages.push(view::Passage { html, annotations: notes });
            }
        }
        if !html.is_empty() {
            passages.push(view::Passage { html: Html(html), annotations: Vec::new() });
        }
        RenderedBody { passages, jumps: self.jumps }
    }

    fn annotation(&self, idx: u32, body: Block<'a>) -> view::Annotation {
        let annotation = &self.document.body.annotations[idx as usize];
        let mut events = body.events;
        if annotation.fields_end.is_some() {
            skip_first_paragraph(&mut events);
        }
        let here = self.here;
        let name = |name: &Option<crate::parse::fields::Placed<Box<str>>>| {
            name.as_ref().map(|it| here.name(&it.value))
        };
        let head = annotation.head.as_ref().map(|it| it.value.to_string());
        let (status, now_status, ledger_href) = standing(annotation, here);
        view::Annotation {
            id: self.ids[idx as usize].clone(),
            number: self.numbers[idx as usize],
            kind: match annotation.kind {
                Kind::Plain => "note".to_owned(),
                kind => kind.word().to_owned(),
            },
            kind_label: kind_label(annotation.kind).to_owned(),
            words: self.document.annotated_words(idx),
            heading: match annotation.kind {
                Kind::Event | Kind::Note => head,
                _ => None,
            },
            status,
            now_status,
            ledger_href,
            speaker: match annotation.kind {
                Kind::Quote => name(&annotation.head),
                _ => name(&annotation.by),
            },
            to: name(&annotation.to),
            place: name(&annotation.place),
            when: annotation.on.map(|on| here.date(on)),
            sources: sources(annotation, here),
            body: Html(write(events, body.has_html)),
            ref_ids: self.ref_ids[idx as usize].clone(),
        }
    }
}

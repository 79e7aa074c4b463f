//! Mentions and dates: stretches of the text that become elements.

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, TagEnd};

use crate::link::registry::EntityIdx;
use crate::parse::fields::is_forbidden;
use crate::render::body::blocks::Blocks;
use crate::render::body::context::{BodyContext, BodyForm};
use crate::span::Stretch;

/// One stretch of the text that becomes an element.
struct Mark {
    at: Stretch,
    open: String,
    close: &'static str,
}

/// The marks of a text, by place; never overlapping.
pub(super) struct Marks {
    list: Vec<Mark>,
    next: usize,
    open: Option<usize>,
    /// How many emphases have begun inside the open one.
    enclosed: u32,
}

impl Marks {
    /// The marks of a text; adds to `jumps` where each entity's first mention is.
    pub(super) fn of(
        context: &BodyContext<'_>,
        jumps: &mut BTreeMap<EntityIdx, String>,
    ) -> Marks {
        let mut marks = match context.form {
            BodyForm::Places => places(context),
            BodyForm::Page | BodyForm::Feed => firsts(context, jumps),
        };
        marks.sort_by_key(|mark| mark.at);
        Marks { list: marks, next: 0, open: None, enclosed: 0 }
    }

    /// A name may hold emphasis, or begin with it: the link then goes around it. Emphasis that
    /// holds a part of the name and other words, too, cuts the link in two: elements may not
    /// cross.
    pub(super) fn begin_emphasis(
        &mut self,
        at: Stretch,
        file: &str,
        is_free: bool,
        out: &mut Blocks<'_>,
    ) {
        if let Some(open) = self.open
            && !self.encloses(open, at, file)
        {
            self.close(out);
        }
        let next = self.next;
        if self.open.is_none() && next < self.list.len() && self.encloses(next, at, file)
        {
            self.continue_at(self.list[next].at.start, is_free, out);
        }
        if self.open.is_some() {
            self.enclosed += 1;
        }
    }

    pub(super) fn end_emphasis(
        &mut self,
        tag: TagEnd,
        at: Stretch,
        out: &mut Blocks<'_>,
    ) {
        let Some(open) = self.open.filter(|_| self.enclosed > 0) else {
            self.close(out);
            out.push(Event::End(tag));
            return;
        };
        out.push(Event::End(tag));
        self.enclosed -= 1;
        if self.enclosed == 0 && self.list[open].at.end <= at.end {
            self.close(out);
        }
    }

    /// Whether all the words of an emphasis are a mark's: only asterisks and the like are
    /// outside.
    fn encloses(&self, mark: usize, emphasis: Stretch, file: &str) -> bool {
        let mark = self.list[mark].at;
        let is_sign = |from: u32, to: u32| {
            let signs = &file[from.min(to) as usize..to as usize];
            signs.bytes().all(|it| matches!(it, b'*' | b'_' | b'~'))
        };
        mark.start < emphasis.end
            && is_sign(emphasis.start, mark.start.max(emphasis.start))
            && is_sign(mark.end, emphasis.end.max(mark.end))
    }

    /// Adds words, cut where marks begin and end. Inside a link (not `is_free`) none begins.
    pub(super) fn words<'a>(
        &mut self,
        words: CowStr<'a>,
        at: Stretch,
        file: &str,
        is_free: bool,
        out: &mut Blocks<'a>,
    ) {
        let source = &file[at.range()];
        if *words != *source {
            // Decoded text cannot be cut: a mark has all of it or nothing.
            self.continue_at(at.start, is_free, out);
            let is_clean = !words.contains(is_forbidden);
            let clean = || words.replace(is_forbidden, "").into();
            out.push(Event::Text(if is_clean { words } else { clean() }));
            return;
        }
        let mut from = at.start;
        while from < at.end {
            self.continue_at(from, is_free, out);
            let until = match self.open {
                Some(open) => self.list[open].at.end,
                None => self.list.get(self.next).map_or(at.end, |mark| mark.at.start),
            };
            let until = until.clamp(from, at.end);
            let until = if until == from { at.end } else { until };
            let piece = &source[(from - at.start) as usize..(until - at.start) as usize];
            out.push(Event::Text(piece.to_owned().into()));
            from = until;
        }
        if let Some(open) = self.open
            && self.enclosed == 0
            && self.list[open].at.end <= at.end
        {
            self.close(out);
        }
    }

    /// Closes a mark that ends at or before `at` and opens one that covers `at`.
    fn continue_at(&mut self, at: u32, is_free: bool, out: &mut Blocks<'_>) {
        if let Some(open) = self.open
            && self.list[open].at.end <= at
        {
            self.close(out);
        }
        while let Some(mark) = self.list.get(self.next) {
            if mark.at.end <= at {
                self.next += 1;
                continue;
            }
            if mark.at.start <= at && self.open.is_none() && is_free {
                out.html_owned(mark.open.clone());
                self.open = Some(self.next);
            }
            break;
        }
    }

    /// Closes the open mark, if there is one.
    pub(super) fn close(&mut self, out: &mut Blocks<'_>) {
        if let Some(open) = self.open.take() {
            self.enclosed = 0;
            out.html(self.list[open].close);
            // If markup ends it early, the rest of the name becomes a second link, and an id
            // must stand once on a page.
            without_id(&mut self.list[open].open);
        }
    }
}

/// First mentions as links, and dates.
fn firsts(
    context: &BodyContext<'_>,
    jumps: &mut BTreeMap<EntityIdx, String>,
) -> Vec<Mark> {
    let mut marks = Vec::new();
    for mention in context.text.found.mentions.iter().filter(|it| it.is_first) {
        let linked = context.here.edition.entity(mention.entity);
        if linked.entity.document.path == context.document.path {
            continue; // an entity's own page does not link to itself
        }
        let slug = linked.entity.document.slug.as_str();
        let href = context.here.page(&linked.permalink);
        let mut open =
            ["<a class=\"mention\" id=\"m-", slug, "\" href=\"", &href, "\">"].concat();
        if context.form == BodyForm::Feed {
            without_id(&mut open);
        }
        jumps.insert(mention.entity, ["#m-", slug].concat());
        marks.push(Mark { at: mention.at, open, close: "</a>" });
    }
    for (at, date) in &context.text.found.dates {
        let open = format!("<time datetime=\"{date}\">");
        marks.push(Mark { at: *at, open, close: "</time>" });
    }
    marks
}

/// Every mention with its position.
fn places(context: &BodyContext<'_>) -> Vec<Mark> {
    let mentions = context.text.found.mentions.iter().enumerate();
    let marks = mentions.map(|(position, mention)| {
        let open = format!("<span data-mention=\"{position}\">");
        Mark { at: mention.at, open, close: "</span>" }
    });
    marks.collect()
}

/// Takes the id out of a tag that is about to be written, if it has one: `firsts` puts it right
/// before `href`.
fn without_id(tag: &mut String) {
    if let (Some(from), Some(to)) = (tag.find(" id=\""), tag.find("\" href")) {
        tag.replace_range(from..=to, "");
    }
}

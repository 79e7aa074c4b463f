//! Links: where they lead from the page.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, LinkType};

use crate::html::escape_into;
use crate::link::registry::EntityIdx;
use crate::link::targets::Destination;
use crate::render::body::blocks::Blocks;
use crate::render::body::context::{BodyContext, BodyForm};
use crate::render::body::output::clean_url;
use crate::span::Stretch;

/// The links that are open, and for each entity a link to its first mention on the page.
#[derive(Default)]
pub(super) struct Links {
    open: Vec<OpenLink>,
    pub(super) jumps: BTreeMap<EntityIdx, String>,
}

/// A link as it was written.
pub(super) struct WrittenLink<'a> {
    pub(super) kind: LinkType,
    pub(super) address: &'a str,
    pub(super) title: &'a str,
    pub(super) at: Stretch,
}

struct OpenLink {
    /// What closes it: a link that leads nowhere is not a link.
    close: &'static str,
    /// What is shown if it has no words.
    words: String,
    /// How many events there were when it began.
    n_events: usize,
}

impl Links {
    /// Whether no link is open.
    pub(super) fn is_free(&self) -> bool {
        self.open.is_empty()
    }

    /// A link begins; within another one, which HTML does not allow, it is its words alone.
    pub(super) fn begin(
        &mut self,
        link: &WrittenLink<'_>,
        is_free: bool,
        context: &BodyContext<'_>,
        out: &mut Blocks<'_>,
    ) {
        let (mut open, mut close) = (String::new(), "");
        let mut words = link.address.to_owned();
        if let Some((Destination::Entity(entity), rest)) =
            context.destination(link.at.start)
        {
            let named = &context.here.edition.entity(*entity).entity.document;
            words = named.title.value.to_string();
            if is_free {
                (open, close) = self.entity(*entity, rest, link, context, out);
            }
        } else if is_free && let Some(href) = href(link, context) {
            (open, close) = (href, "</a>");
        }
        if !open.is_empty() {
            out.html_owned(open);
        }
        let n_events = out.target().events.len();
        self.open.push(OpenLink { close, words, n_events });
    }

    /// The start tag of a link to an entity, and what closes it.
    fn entity(
        &mut self,
        entity: EntityIdx,
        rest: &str,
        link: &WrittenLink<'_>,
        context: &BodyContext<'_>,
        out: &Blocks<'_>,
    ) -> (String, &'static str) {
        if context.form == BodyForm::Places {
            let links = &context.document.body.links;
            let position = links.partition_point(|it| it.at.start < link.at.start);
            return (format!("<span data-mention=\"link-{position}\">"), "</span>");
        }
        let linked = context.here.edition.entity(entity);
        let mut open = String::from("<a class=\"mention\"");
        let id = format!("m-{}", linked.entity.document.slug);
        let has_id = context.form == BodyForm::Page
            && !out.is_in_note()
            && !self.jumps.contains_key(&entity);
        if has_id {
            self.jumps.insert(entity, format!("#{id}"));
            open.push_str(" id=\"");
            open.push_str(&id);
            open.push('"');
        }
        open.push_str(" href=\"");
        escape_into(
            &clean_url(&(context.here.page(&linked.permalink) + rest)),
            &mut open,
        );
        open.push_str("\">");
        (open, "</a>")
    }

    pub(super) fn end(&mut self, out: &mut Blocks<'_>) {
        let Some(OpenLink { close, words, n_events }) = self.open.pop() else { return };
        if out.target().events.len() == n_events {
            out.push(Event::Text(words.into()));
        }
        out.html(close);
    }
}

/// The start tag of a link; `None` if it leads nowhere.
fn href(link: &WrittenLink<'_>, context: &BodyContext<'_>) -> Option<String> {
    let (href, is_external) = if link.kind == LinkType::Email {
        (format!("mailto:{}", link.address), true)
    } else {
        let href = context.href(link.address, link.at.start)?;
        (href.href, href.is_external)
    };
    let mut open = String::from("<a href=\"");
    escape_into(&clean_url(&href), &mut open);
    if !link.title.is_empty() {
        open.push_str("\" title=\"");
        escape_into(link.title, &mut open);
    }
    open.push_str(if is_external { "\" rel=\"external\">" } else { "\">" });
    Some(open)
}

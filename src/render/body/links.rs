//! Links and pictures: where they lead from the page.

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, LinkType};

use crate::html::escape_into;
use crate::link::registry::EntityIdx;
use crate::link::targets::Destination;
use crate::parse::markdown;
use crate::render::body::blocks::Blocks;
use crate::render::body::context::{BodyContext, Form};
use crate::render::body::output::clean_url;
use crate::span::Stretch;

/// The links that are open, and where each entity's first mention is.
#[derive(Default)]
pub(super) struct Links {
    /// What closes each open link: a link that leads nowhere is no link.
    open: Vec<&'static str>,
    pub(super) jumps: BTreeMap<EntityIdx, String>,
}

impl Links {
    /// Whether no link is open.
    pub(super) fn is_free(&self) -> bool {
        self.open.is_empty()
    }

    pub(super) fn begin(
        &mut self,
        kind: LinkType,
        address: &str,
        at: Stretch,
        context: &BodyContext<'_>,
        out: &mut Blocks<'_>,
    ) {
        let destination = context.destination(at);
        if let Some(Destination::Entity(entity)) = destination {
            self.begin_entity(*entity, at, context, out);
            return;
        }
        let close = match href(kind, address, destination, context) {
            Some(href) => {
                let mut open = String::from("<a href=\"");
                escape_into(&clean_url(&href), &mut open);
                let is_ours = destination.is_some();
                open.push_str(if is_ours { "\">" } else { "\" rel=\"external\">" });
                out.html_owned(open);
                "</a>"
            }
            None => "",
        };
        self.open.push(close);
    }

    fn begin_entity(
        &mut self,
        entity: EntityIdx,
        at: Stretch,
        context: &BodyContext<'_>,
        out: &mut Blocks<'_>,
    ) {
        if context.form == Form::Places {
            let links = &context.document.body.links;
            let position = links.partition_point(|link| link.at.start < at.start);
            out.html_owned(format!("<span data-mention=\"link-{position}\">"));
            self.open.push("</span>");
            return;
        }
        let linked = context.here.edition.entity(entity);
        let href = context.here.page(&linked.permalink);
        let id = format!("m-{}", linked.entity.document.slug);
        let has_id = context.form == Form::Page
            && !out.is_in_note()
            && !self.jumps.contains_key(&entity);
        out.html_owned(if has_id {
            self.jumps.insert(entity, format!("#{id}"));
            format!("<a class=\"mention\" id=\"{id}\" href=\"{href}\">")
        } else {
            format!("<a class=\"mention\" href=\"{href}\">")
        });
        self.open.push("</a>");
    }

    pub(super) fn end(&mut self, out: &mut Blocks<'_>) {
        out.html(self.open.pop().unwrap_or(""));
    }
}

/// The address of a link that is no entity's; `None` for one that leads nowhere.
fn href(
    kind: LinkType,
    address: &str,
    destination: Option<&Destination>,
    context: &BodyContext<'_>,
) -> Option<String> {
    match destination {
        Some(Destination::Entity(_) | Destination::Nowhere) => None,
        Some(Destination::Page(permalink, fragment)) => {
            let fragment = fragment.as_ref().map(|it| format!("#h-{it}"));
            Some(context.here.page(permalink) + &fragment.unwrap_or_default())
        }
        Some(Destination::Site(path)) => Some(context.here.to(path)),
        None if matches!(kind, LinkType::WikiLink { .. }) => None,
        None => match markdown::scheme(address).as_deref() {
            Some("http" | "https" | "mailto" | "tel") => Some(address.to_owned()),
            Some(_) => None,
            None if kind == LinkType::Email => Some(format!("mailto:{address}")),
            None => address
                .strip_prefix('#')
                .filter(|_| context.form != Form::Feed)
                .map(|it| format!("#h-{it}")),
        },
    }
}

/// The address of a picture of the text.
pub(super) fn picture<'a>(
    address: CowStr<'a>,
    at: Stretch,
    context: &BodyContext<'_>,
) -> CowStr<'a> {
    match context.destination(at) {
        Some(Destination::Site(path)) => context.here.to(path).into(),
        _ if markdown::scheme(&address).is_some() => "".into(),
        _ => address,
    }
}

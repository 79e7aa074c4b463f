//! HTML that an author wrote into a text, written anew.

use pulldown_cmark::Event;

use crate::html::escape_into;
use crate::parse::markdown::{HtmlAttribute, HtmlChunk, HtmlElements, HtmlStep, HtmlTag};
use crate::render::body::blocks::Blocks;
use crate::render::body::context::{BodyContext, BodyForm};
use crate::render::body::output::clean_url;
use crate::render::body::pictures;

/// Adds what of a stretch of HTML a page may hold.
pub(super) fn write(
    chunk: &HtmlChunk,
    elements: &mut HtmlElements,
    is_free: bool,
    context: &BodyContext<'_>,
    out: &mut Blocks<'_>,
) {
    let mut html = String::new();
    for step in elements.steps(&chunk.html) {
        match step {
            HtmlStep::Text(text) => push_text(text, &mut html),
            HtmlStep::Begin(tag) => begin(&tag, chunk, is_free, context, &mut html),
            HtmlStep::End(name) => end(&name, &mut html),
            HtmlStep::LeftOut(..) => {}
        }
    }
    if !html.is_empty() {
        out.push(Event::InlineHtml(html.into()));
    }
}

/// Ends elements, innermost first.
pub(super) fn close(names: &[String], out: &mut Blocks<'_>) {
    let mut html = String::new();
    for name in names {
        end(name, &mut html);
    }
    if !html.is_empty() {
        out.push(Event::InlineHtml(html.into()));
    }
}

fn end(name: &str, html: &mut String) {
    html.push_str("</");
    html.push_str(name);
    html.push('>');
}

/// Adds text between tags. It is HTML already, so its entities stay as they are; a `<` or `>`
/// that is left in it is not part of a tag.
fn push_text(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            c => html.push(c),
        }
    }
}

fn begin(
    tag: &HtmlTag,
    chunk: &HtmlChunk,
    is_free: bool,
    context: &BodyContext<'_>,
    html: &mut String,
) {
    if tag.name == "img" && !has_picture(tag, chunk, context) {
        let alt = tag.get("alt").unwrap_or("");
        let source = tag.attributes.iter().find(|it| it.name == "src");
        let address = source.map_or("", |it| &*it.value);
        let at = source.map_or(u32::MAX, |it| place(it, chunk));
        html.push_str(&pictures::stand_in(address, alt, at, is_free, context));
        return;
    }
    html.push('<');
    html.push_str(&tag.name);
    for attribute in &tag.attributes {
        if let Some((name, value)) = written(tag, attribute, chunk, context) {
            html.push(' ');
            html.push_str(name);
            html.push_str("=\"");
            escape_into(&value, html);
            html.push('"');
        }
    }
    if tag.name == "img" && tag.get("alt").is_none() {
        html.push_str(" alt=\"\"");
    }
    html.push('>');
}

/// Whether the picture is one of the book.
fn has_picture(tag: &HtmlTag, chunk: &HtmlChunk, context: &BodyContext<'_>) -> bool {
    let source = tag.attributes.iter().find(|it| it.name == "src");
    source.is_some_and(|it| local(it, chunk, context).is_some())
}

/// The address of a file of the book.
fn local(
    attribute: &HtmlAttribute,
    chunk: &HtmlChunk,
    context: &BodyContext<'_>,
) -> Option<String> {
    let href = context.href(&attribute.value, place(attribute, chunk))?;
    (!href.is_external).then(|| clean_url(&href.href))
}

/// An attribute as it is written; `None` for one that is not.
fn written<'a>(
    tag: &HtmlTag,
    attribute: &'a HtmlAttribute,
    chunk: &HtmlChunk,
    context: &BodyContext<'_>,
) -> Option<(&'a str, String)> {
    let (name, value) = (&*attribute.name, &attribute.value);
    match (&*tag.name, name) {
        ("a", "href") => {
            let href = context.href(value, place(attribute, chunk))?;
            Some((name, clean_url(&href.href)))
        }
        (_, "src" | "poster") => Some((name, local(attribute, chunk, context)?)),
        // The walk that reads the text keeps no such links, so there is none to look up.
        (_, "cite") => Some((name, clean_url(&context.href(value, u32::MAX)?.href))),
        ("a", "name") | (_, "id") => {
            let id = context.document.body.landing_at(place(attribute, chunk))?;
            (context.form != BodyForm::Feed).then(|| ("id", id.to_owned()))
        }
        _ => Some((name, value.clone())),
    }
}

/// Where an attribute stands in the file.
fn place(attribute: &HtmlAttribute, chunk: &HtmlChunk) -> u32 {
    u32::try_from(chunk.place(attribute.at)).unwrap_or(u32::MAX)
}

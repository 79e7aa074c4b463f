//! Pictures of a text: their address, their words, and figures.

use pulldown_cmark::{Event, Tag};

use crate::html::escape_into;
use crate::link::targets::Destination;
use crate::outline::links::is_there;
use crate::render::body::blocks::Blocks;
use crate::render::body::context::BodyContext;
use crate::render::body::output::clean_url;
use crate::render::words;

/// The pictures being walked: the words of one may hold another.
#[derive(Default)]
pub(super) struct Pictures {
    open: Vec<OpenPicture>,
    /// The picture that the open paragraph begins with, by the position of its event, and its
    /// title. If nothing has followed at the end of the paragraph, it becomes a figure.
    lone: Option<(usize, String)>,
}

struct OpenPicture {
    address: String,
    title: String,
    alt: String,
    at: u32,
}

impl Pictures {
    /// Whether what comes now are the words of a picture.
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    pub(super) fn begin(&mut self, address: &str, title: &str, at: u32) {
        let (address, title) = (address.to_owned(), title.to_owned());
        self.open.push(OpenPicture { address, title, alt: String::new(), at });
    }

    /// Words of the open picture.
    pub(super) fn words(&mut self, event: &Event<'_>) {
        let Some(open) = self.open.last_mut() else { return };
        match event {
            Event::Text(words) | Event::Code(words) => open.alt.push_str(words),
            Event::SoftBreak | Event::HardBreak => open.alt.push(' '),
            _ => {}
        }
    }

    /// Ends a picture. Inside a link (not `is_free`) one on another site becomes its words alone.
    pub(super) fn end(
        &mut self,
        is_free: bool,
        context: &BodyContext<'_>,
        out: &mut Blocks<'_>,
    ) {
        let Some(OpenPicture { address, title, alt, at }) = self.open.pop() else {
            return;
        };
        if let Some(outer) = self.open.last_mut() {
            outer.alt.push_str(&alt);
            return;
        }
        match picture(&alt, &title, at, context) {
            Some(html) => {
                let events = &out.target().events;
                let is_first =
                    matches!(events.last(), Some(Event::Start(Tag::Paragraph)));
                self.lone = is_first.then_some((events.len(), title));
                out.html_owned(html);
            }
            None => out.html_owned(stand_in(&address, &alt, at, is_free, context)),
        }
    }

    /// Turns a paragraph that is one picture into a figure, its title into the caption.
    /// Whether it did.
    pub(super) fn end_paragraph(&mut self, out: &mut Blocks<'_>) -> bool {
        let events = &mut out.target().events;
        let Some((at, title)) = self.lone.take().filter(|it| it.0 + 1 == events.len())
        else {
            return false;
        };
        let Some(Event::InlineHtml(picture)) = events.pop() else { return false };
        events.truncate(at - 1); // the start of the paragraph, too
        let mut figure = format!("<figure>{}", without_title(&picture, &title));
        if !title.is_empty() {
            figure.push_str("<figcaption>");
            escape_into(&title, &mut figure);
            figure.push_str("</figcaption>");
        }
        figure.push_str("</figure>\n");
        events.push(Event::Html(figure.into()));
        true
    }
}

/// The element of a picture of the book; `None` for any other.
pub(super) fn picture(
    alt: &str,
    title: &str,
    at: u32,
    context: &BodyContext<'_>,
) -> Option<String> {
    let (Destination::Site(path), rest) = context.destination(at)? else { return None };
    if !is_there(context.here.outline, path) {
        return None;
    }
    let mut html = String::from("<img src=\"");
    escape_into(&clean_url(&(context.here.to(path) + rest)), &mut html);
    html.push_str("\" alt=\"");
    escape_into(alt, &mut html);
    html.push('"');
    let asset = context.here.edition.assets.get(&**path);
    if let Some((width, height)) = asset.and_then(|it| it.dimensions) {
        html.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
    }
    html.push_str(&titled(title));
    html.push('>');
    Some(html)
}

fn titled(title: &str) -> String {
    let mut html = String::new();
    if !title.is_empty() {
        html.push_str(" title=\"");
        escape_into(title, &mut html);
        html.push('"');
    }
    html
}

/// The picture without its title, which is now the caption.
fn without_title(picture: &str, title: &str) -> String {
    match picture.strip_suffix(&format!("{}>", titled(title))) {
        Some(before) => format!("{before}>"),
        None => picture.to_owned(),
    }
}

/// What stands for a picture that the page cannot show: a link to one on another site, else
/// its words.
pub(super) fn stand_in(
    address: &str,
    alt: &str,
    at: u32,
    is_free: bool,
    context: &BodyContext<'_>,
) -> String {
    let mut html = String::new();
    let href = context.href(address, at).filter(|it| it.is_external);
    let Some(href) = href else {
        escape_into(alt, &mut html);
        return html;
    };
    if is_free {
        html.push_str("<a href=\"");
        escape_into(&clean_url(&href.href), &mut html);
        html.push_str("\" rel=\"external\">");
    }
    let words = if alt.trim().is_empty() { &href.href } else { alt };
    escape_into(&words::picture_elsewhere(words), &mut html);
    if is_free {
        html.push_str("</a>");
    }
    html
}

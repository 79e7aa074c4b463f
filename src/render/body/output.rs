//! Events to HTML text: figures, harmless HTML, clean addresses.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::html::escape_into;

pub(super) fn skip_first_paragraph(events: &mut Vec<Event<'_>>) {
    let end = events.iter().position(|it| matches!(it, Event::End(TagEnd::Paragraph)));
    if let (Some(Event::Start(Tag::Paragraph)), Some(end)) = (events.first(), end) {
        events.drain(..=end);
    }
}

/// Turns a paragraph that is one picture into a figure, its title into the caption.
pub(super) fn as_figure(events: &mut [Event<'_>]) {
    let [
        Event::Start(Tag::Paragraph),
        Event::Start(Tag::Image { title, .. }),
        inner @ ..,
        Event::End(TagEnd::Image),
        Event::End(TagEnd::Paragraph),
    ] = &events[..]
    else {
        return;
    };
    if inner.iter().any(|it| matches!(it, Event::End(TagEnd::Image))) {
        return; // two pictures
    }
    let mut caption = String::new();
    if !title.is_empty() {
        caption.push_str("<figcaption>");
        escape_into(title, &mut caption);
        caption.push_str("</figcaption>");
    }
    let last = events.len() - 1;
    events[last] = Event::Html(format!("{caption}</figure>\n").into());
    events[0] = Event::Html("<figure>".into());
    if let Event::Start(Tag::Image { title, .. }) = &mut events[1] {
        *title = "".into();
    }
}

pub(super) fn write(mut events: Vec<Event<'_>>, has_html: bool) -> String {
    as_figure(&mut events);
    let mut html = String::with_capacity(events.len() * 24);
    pulldown_cmark::html::push_html(&mut html, events.into_iter());
    if has_html { sanitize(&html) } else { html }
}

/// Leaves what can do no harm: no scripts, styles, forms or handlers.
pub(super) fn sanitize(html: &str) -> String {
    ammonia::Builder::default()
        .add_generic_attributes([
            "class",
            "id",
            "data-note",
            "data-kind",
            "data-mention",
            "tabindex",
        ])
        .add_tag_attributes("a", ["aria-label", "rel", "role"])
        .add_tag_attributes("div", ["role", "aria-label"])
        .link_rel(None)
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .clean(html)
        .to_string()
}

/// An address without the control characters and spaces that browsers would skip.
pub(super) fn clean_url(url: &str) -> String {
    let mut clean = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            ' ' => clean.push_str("%20"),
            '"' => clean.push_str("%22"),
            '<' => clean.push_str("%3C"),
            '>' => clean.push_str("%3E"),
            '\\' => clean.push_str("%5C"),
            '^' => clean.push_str("%5E"),
            '`' => clean.push_str("%60"),
            '{' => clean.push_str("%7B"),
            '|' => clean.push_str("%7C"),
            '}' => clean.push_str("%7D"),
            c if c.is_control() => {}
            c => clean.push(c),
        }
    }
    clean
}

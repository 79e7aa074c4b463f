//! Events to HTML text, and clean addresses.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::parse::fields::{has_no_forbidden, is_forbidden};

/// Takes away the first paragraph: that of a typed footnote holds its fields.
pub(super) fn skip_first_paragraph(events: &mut Vec<Event<'_>>) {
    let end = events.iter().position(|it| matches!(it, Event::End(TagEnd::Paragraph)));
    if let (Some(Event::Start(Tag::Paragraph)), Some(end)) = (events.first(), end) {
        events.drain(..=end);
    }
}

pub(super) fn write(events: Vec<Event<'_>>) -> String {
    let mut html = String::with_capacity(events.len() * 24);
    pulldown_cmark::html::push_html(&mut html, events.into_iter());
    // They were reported; in a book where that stops nobody no page has them.
    if !has_no_forbidden(&html) {
        html.retain(|c| !is_forbidden(c));
    }
    html
}

/// An address without the control characters that browsers would skip, and with those signs
/// percent-encoded that may not stand in an address.
pub(super) fn clean_url(url: &str) -> String {
    let mut clean = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            ' ' => clean.push_str("%20"),
            '"' => clean.push_str("%22"),
            '<' => clean.push_str("%3C"),
            '>' => clean.push_str("%3E"),
            '[' => clean.push_str("%5B"),
            '\\' => clean.push_str("%5C"),
            ']' => clean.push_str("%5D"),
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

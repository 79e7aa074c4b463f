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
    let host = ip_host(url);
    for (at, c) in url.char_indices() {
        match c {
            '[' | ']' if host.contains(&at) => clean.push(c),
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

/// Where the host of an address stands that is an IPv6 address: `[::1]`. Only there brackets
/// stay as they are (RFC 3986, section 3.2.2).
fn ip_host(url: &str) -> std::ops::Range<usize> {
    let Some((scheme, rest)) = url.split_once("://") else { return 0..0 };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let user = authority.rfind('@').map_or(0, |at| at + 1);
    let is_ip = authority[user..].starts_with('[');
    let start = scheme.len() + 3 + user;
    let length = authority[user..].find(']').map_or(0, |at| at + 1);
    if is_ip { start..start + length } else { 0..0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_encoded_but_those_of_a_host() {
        for (written, expected) in [
            ("http://[::1]/", "http://[::1]/"),
            ("http://a:b@[::1]:80/x[1]", "http://a:b@[::1]:80/x%5B1%5D"),
            (
                "https://b.example/a[1]?q=[x]#[y]",
                "https://b.example/a%5B1%5D?q=%5Bx%5D#%5By%5D",
            ),
            ("/a[1]", "/a%5B1%5D"),
            (
                "https://b.example/?u=http://[::1]/",
                "https://b.example/?u=http://%5B::1%5D/",
            ),
            ("http://[::1", "http://%5B::1"),
        ] {
            assert_eq!(clean_url(written), expected);
        }
    }
}

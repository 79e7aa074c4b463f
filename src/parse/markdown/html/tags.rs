//! Tags in a stretch of HTML.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser};

/// A piece of HTML.
pub(super) enum HtmlPart<'a> {
    /// Text between tags.
    Text(&'a str),
    /// A comment, a declaration, or a tag that does not end.
    Comment,
    /// A tag.
    Tag(HtmlTag),
}

/// A tag as it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct HtmlTag {
    /// Its `<`, as a byte of the HTML.
    pub at: usize,
    /// One past its `>`.
    pub end: usize,
    /// The element, in lower case.
    pub name: String,
    /// Whether it begins with `</`.
    pub is_end: bool,
    /// The attributes in order, each name once.
    pub attributes: Vec<HtmlAttribute>,
}

/// An attribute of a tag.
#[derive(Clone, Debug, PartialEq)]
pub struct HtmlAttribute {
    /// Its first byte in the HTML.
    pub at: usize,
    /// Its name, in lower case.
    pub name: String,
    /// Its value, decoded; empty if there is none.
    pub value: String,
}

impl HtmlTag {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|it| it.name == name).map(|it| &*it.value)
    }
}

/// Takes HTML apart. Every byte is in one of the parts.
pub(super) fn parts(html: &str) -> Vec<HtmlPart<'_>> {
    let mut parts = Vec::new();
    let (mut at, mut text) = (0, 0);
    while let Some(found) = html[at..].find('<').map(|it| at + it) {
        let Some((part, end)) = markup(html, found) else {
            at = found + 1;
            continue;
        };
        if text < found {
            parts.push(HtmlPart::Text(&html[text..found]));
        }
        parts.push(part);
        (at, text) = (end, end);
    }
    if text < html.len() {
        parts.push(HtmlPart::Text(&html[text..]));
    }
    parts
}

/// The tag or comment that begins at a `<`, and where it ends; `None` for a `<` that is text.
fn markup(html: &str, at: usize) -> Option<(HtmlPart<'_>, usize)> {
    let rest = &html[at + 1..];
    let up_to = |end: &str, from: usize| {
        html[from..].find(end).map_or(html.len(), |it| from + it + end.len())
    };
    if rest.starts_with("!--") {
        return Some((HtmlPart::Comment, up_to("-->", at + 4)));
    }
    if rest.starts_with(['!', '?']) {
        return Some((HtmlPart::Comment, up_to(">", at + 1)));
    }
    let is_end = rest.starts_with('/');
    let name_at = at + 1 + usize::from(is_end);
    if !html[name_at..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let is_name_end = |c: char| c.is_whitespace() || matches!(c, '/' | '>');
    let name_end =
        html[name_at..].find(is_name_end).map_or(html.len(), |it| name_at + it);
    let name = html[name_at..name_end].to_ascii_lowercase();
    match attributes(html, name_end) {
        Some((attributes, end)) => {
            let attributes = if is_end { Vec::new() } else { attributes };
            let tag = HtmlTag { at, end, name, is_end, attributes };
            Some((HtmlPart::Tag(tag), end))
        }
        None => Some((HtmlPart::Comment, html.len())),
    }
}

/// The attributes that begin at a byte, and one past the `>` behind them; `None` if there is
/// none.
fn attributes(html: &str, mut at: usize) -> Option<(Vec<HtmlAttribute>, usize)> {
    let mut attributes: Vec<HtmlAttribute> = Vec::new();
    loop {
        at = past(html, at, |c| c.is_whitespace() || c == '/');
        if html[at..].starts_with('>') {
            return Some((attributes, at + 1));
        }
        let start = at;
        let first = html[at..].chars().next()?.len_utf8(); // a name may begin with `=`
        at = past(html, at + first, |c| {
            !c.is_whitespace() && !matches!(c, '/' | '>' | '=')
        });
        let name = html[start..at].to_ascii_lowercase();
        let equals = past(html, at, char::is_whitespace);
        let mut value = "";
        if html[equals..].starts_with('=') {
            at = past(html, equals + 1, char::is_whitespace);
            let (from, to) = match html[at..].chars().next()? {
                quote @ ('"' | '\'') => {
                    let from = at + 1;
                    (from, from + html[from..].find(quote)?)
                }
                _ => (at, past(html, at, |c| !c.is_whitespace() && c != '>')),
            };
            value = &html[from..to];
            at = if from > at { to + 1 } else { to };
        }
        if attributes.iter().all(|it| it.name != name) {
            let value = decoded(value).into_owned();
            attributes.push(HtmlAttribute { at: start, name, value });
        }
    }
}

/// The place, from `at` on, of the first character for which `is_one` is false.
fn past(html: &str, at: usize, is_one: impl Fn(char) -> bool) -> usize {
    html[at..].find(|c| !is_one(c)).map_or(html.len(), |it| at + it)
}

/// Text with its entities decoded: `Don&#8217;t`.
pub fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '#');
        let len = end.map_or(rest.len(), |it| it + 1);
        let is_entity = rest[len..].starts_with(';');
        let len = if is_entity { len + 1 } else { len };
        // The Markdown parser knows the names of all entities. Its first event is the start of
        // a paragraph, so the text is the second.
        match Parser::new(&rest[..len]).nth(1) {
            Some(Event::Text(text)) if is_entity => out.push_str(&text),
            _ => out.push_str(&rest[..len]),
        }
        rest = &rest[len..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        let parts = parts(html);
        let shown = parts.iter().map(|part| match part {
            HtmlPart::Text(text) => format!("{text:?}"),
            HtmlPart::Comment => "comment".to_owned(),
            HtmlPart::Tag(tag) => {
                let attributes = tag.attributes.iter();
                let attributes =
                    attributes.map(|it| format!(" {}={:?}", it.name, it.value));
                let slash = if tag.is_end { "/" } else { "" };
                format!("<{slash}{}{}>", tag.name, attributes.collect::<String>())
            }
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn html_is_taken_apart_as_it_is_written() {
        let cases = [
            ("a < b <B>c</b >", r#""a < b " <b> "c" </b>"#),
            ("<a href=x title='y z' open>", r#"<a href="x" title="y z" open="">"#),
            ("<a\nhref = \"a&amp;b&eacute;&#58;&no;\"/>", r#"<a href="a&bé:&no;">"#),
            ("<!-- a > b --><?x?><!DOCTYPE html>", "comment comment comment"),
            ("<p <b>", r#"<p <b="">"#),
            ("x <p class=\"y", r#""x " comment"#),
            ("<a x=1 X=2>", r#"<a x="1">"#),
            ("</p a=b>", "</p>"),
            ("<p =a>", r#"<p =a="">"#),
            ("<", r#""<""#),
        ];
        for (html, expected) in cases {
            assert_eq!(shown(html), expected, "{html}");
        }
    }
}

//! The Markdown parser with two of its habits mended, so that both walks read alike.
//!
//! It splits the cells of a table at each `|` before it looks for `[[name|words]]`, and takes
//! `[[1]](address)` for the name `1` with an aside in parentheses. So the signs that mislead it
//! are replaced before it sees them, and put back in the events that it gives. Their stand-ins
//! are control characters, which are refused in a text of the book, and one byte long like the
//! signs, so that all places stay right.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd};

/// Stands for the bar in `[[name|words]]`.
const BAR: char = '\u{1f}';
/// Stand for the inner brackets of `[[1]](address)`.
const OPEN: char = '\u{1d}';
const CLOSE: char = '\u{1e}';

/// The Markdown that Dateline reads: `CommonMark` with tables, footnotes, strikethrough,
/// task lists, definition lists, `[[links]]` and quotations that begin with `[!NOTE]`.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_WIKILINKS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

/// A text as the parser is to see it, every byte at its place.
pub fn prepared(text: &str) -> Cow<'_, str> {
    if memchr::memmem::find(text.as_bytes(), b"[[").is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = text.as_bytes().to_vec();
    let mut offset = 0;
    let mut is_table = false;
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        // The head of a table is the line above the border; the rows last until an empty line.
        let next_is_border = lines.peek().is_some_and(|next| is_border(next));
        is_table = (is_table && !line.trim().is_empty()) || is_border(line);
        links(line, is_table || next_is_border, &mut out[offset..offset + line.len()]);
        offset += line.len();
    }
    let changed = String::from_utf8(out).expect("ASCII was put for ASCII");
    Cow::Owned(changed)
}

/// Whether a line may be the border below the head of a table, which may stand in a quotation.
fn is_border(line: &str) -> bool {
    line.contains('-') && line.bytes().all(|it| b"|:- \t>\r\n".contains(&it))
}

/// Changes the links of a line that begin with two brackets.
fn links(line: &str, is_table: bool, out: &mut [u8]) {
    let mut from = 0;
    while let Some(open) = line[from..].find("[[").map(|at| from + at) {
        from = open + 2;
        let Some(close) = line[from..].find("]]").map(|at| from + at) else { return };
        let inner = &line[open + 2..close];
        if inner.contains('[') {
            continue;
        }
        if is_table && let Some(bar) = inner.find('|') {
            out[open + 2 + bar] = BAR as u8;
        }
        if is_destination(&line[close + 2..]) {
            out[open + 1] = OPEN as u8;
            out[close] = CLOSE as u8;
        }
        from = close + 2;
    }
}

/// Whether what follows is an address in brackets rather than an aside.
fn is_destination(rest: &str) -> bool {
    let Some(inner) = rest.strip_prefix('(') else { return false };
    let end = inner.find([' ', '\t', ')', '\n']).unwrap_or(inner.len());
    inner[..end].contains(['/', '.', ':', '#']) && inner.contains(')')
}

/// The events of a text, with every sign as the author wrote it.
pub(super) struct SourceEvents<'a> {
    parser: OffsetIter<'a>,
    /// Whether no sign stands in for another.
    is_plain: bool,
    /// Whether a link's own text follows, the part up to [`BAR`] being its name and not shown.
    words: bool,
}

impl<'a> SourceEvents<'a> {
    /// The events of a text that was prepared, each with its place.
    pub(super) fn new(prepared: &'a str) -> SourceEvents<'a> {
        let parser = Parser::new_ext(prepared, options()).into_offset_iter();
        let bytes = prepared.as_bytes();
        let is_plain =
            memchr::memchr3(BAR as u8, OPEN as u8, CLOSE as u8, bytes).is_none();
        SourceEvents { parser, is_plain, words: false }
    }
}

impl<'a> Iterator for SourceEvents<'a> {
    type Item = (Event<'a>, Range<usize>);

    fn next(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        let (event, range) = self.parser.next()?;
        if let Event::Start(Tag::Link { link_type: LinkType::WikiLink { .. }, .. }) =
            event
        {
            return Some((self.link(event), range));
        }
        if self.is_plain {
            return Some((event, range));
        }
        Some(match event {
            Event::Text(text) if self.words => self.link_words(&text, range),
            Event::Text(text) => (Event::Text(restored(text)), range),
            Event::Code(text) => (Event::Code(restored(text)), range),
            Event::Html(text) => (Event::Html(restored(text)), range),
            Event::InlineHtml(text) => (Event::InlineHtml(restored(text)), range),
            Event::End(TagEnd::Link) => {
                self.words = false;
                (event, range)
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let (dest_url, title) = (restored(dest_url), restored(title));
                (Event::Start(Tag::Link { link_type, dest_url, title, id }), range)
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let (dest_url, title) = (restored(dest_url), restored(title));
                (Event::Start(Tag::Image { link_type, dest_url, title, id }), range)
            }
            event => (event, range),
        })
    }
}

impl<'a> SourceEvents<'a> {
    /// A `[[link]]` with its bar back: what stands before it is the name.
    fn link(&mut self, event: Event<'a>) -> Event<'a> {
        let Event::Start(Tag::Link { mut link_type, dest_url, title, id }) = event else {
            return event;
        };
        let name = match dest_url.split_once(BAR) {
            Some((name, _)) => {
                self.words = true;
                link_type = LinkType::WikiLink { has_pothole: true };
                name
            }
            None => &dest_url,
        };
        // In a table the bar may be escaped, as GitHub wants it.
        let name: CowStr<'a> = name.strip_suffix('\\').unwrap_or(name).to_owned().into();
        Event::Start(Tag::Link { link_type, dest_url: name, title, id })
    }

    /// The words of a link, without the name before the bar.
    fn link_words(
        &mut self,
        text: &str,
        range: Range<usize>,
    ) -> (Event<'a>, Range<usize>) {
        match text.split_once(BAR) {
            Some((name, words)) => {
                self.words = false;
                let start = (range.start + name.len() + 1).min(range.end);
                (Event::Text(words.to_owned().into()), start..range.end)
            }
            // A part of the name: the parser may cut it into several texts.
            None => (Event::Text("".into()), range.end..range.end),
        }
    }
}

fn restored(text: CowStr<'_>) -> CowStr<'_> {
    if !text.contains([BAR, OPEN, CLOSE]) {
        return text;
    }
    let sign = |c| match c {
        BAR => '|',
        OPEN => '[',
        CLOSE => ']',
        c => c,
    };
    text.chars().map(sign).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        let prepared = prepared(text);
        assert_eq!(prepared.len(), text.len());
        let mut html = String::new();
        pulldown_cmark::html::push_html(
            &mut html,
            SourceEvents::new(&prepared).map(|it| it.0),
        );
        html.trim().to_owned()
    }

    #[test]
    fn links_in_brackets_are_read_as_they_are_meant() {
        let cases = [
            ("[[a|b]]", "<p><a href=\"a\">b</a></p>"),
            ("[[1]](https://x.example)", "<p><a href=\"https://x.example\">[1]</a></p>"),
            ("[[Ada]](the mayor)", "<p><a href=\"Ada\">Ada</a>(the mayor)</p>"),
            ("`[[a|b]](c.md)`", "<p><code>[[a|b]](c.md)</code></p>"),
        ];
        for (text, expected) in cases {
            assert_eq!(html(text), expected, "{text}");
        }
        let cell = |text: &str| html(&format!("| A | B |\n|---|---|\n| {text} | c |\n"));
        for text in ["[[a|b]]", "[[a\\|b]]"] {
            let html = cell(text);
            assert!(
                html.contains("<td><a href=\"a\">b</a></td><td>c</td>"),
                "{text}: {html}"
            );
        }
    }
}

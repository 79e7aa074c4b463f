//! Tags of HTML within lines of Markdown.

use std::ops::Range;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::cell::RefCell;

use crate::import::remark::{Construct, Remark};
use crate::import::text::html::{FromHtml, link_to};
use crate::import::text::marks::address;
use crate::parse::markdown::options;

/// The text with Markdown in place of the tags in its lines; a tag without Markdown is out,
/// its words stay.
pub(crate) fn without_tags(
    text: &str,
    html: &FromHtml,
    remarks: &mut Vec<Remark>,
) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut walk = TagLines {
        text,
        html,
        remarks,
        edits: Vec::new(),
        links: Vec::new(),
        flat: 0,
        block: None,
    };
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        walk.event(&event, range);
    }
    apply(text, walk.edits)
}

/// A text with stretches replaced; they are in order and do not overlap.
pub(crate) fn apply(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|it| (it.0.start, it.0.end));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (range, new) in edits {
        if range.start < done {
            continue; // it lies within one that was replaced already
        }
        out += &text[done..range.start];
        out += &new;
        done = range.end;
    }
    out + &text[done..]
}

struct TagLines<'a> {
    text: &'a str,
    html: &'a FromHtml,
    remarks: &'a mut Vec<Remark>,
    edits: Vec<(Range<usize>, String)>,
    /// Where open `<a>` lead to.
    links: Vec<Option<String>>,
    /// In how many headings and cells, which have one line only.
    flat: usize,
    /// The block of HTML being walked: its stretch and its text without signs of quotations.
    block: Option<(Range<usize>, String)>,
}

impl TagLines<'_> {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::TableCell) => self.flat += 1,
            Event::End(TagEnd::Heading(_) | TagEnd::TableCell) => self.flat -= 1,
            Event::Start(Tag::HtmlBlock) => self.block = Some((range, String::new())),
            Event::Html(html) => match &mut self.block {
                Some((_, text)) => *text += html,
                None => self.block_of(range, html),
            },
            Event::End(TagEnd::HtmlBlock) => {
                if let Some((range, html)) = self.block.take() {
                    self.block_of(range, &html);
                }
            }
            Event::InlineHtml(html) => {
                let new = self.tag(html, range.end);
                self.edits.push((range, new));
            }
            _ => {}
        }
    }

    fn block_of(&mut self, range: Range<usize>, html: &str) {
        let made = self.html.markdown(html, self.remarks);
        let end = if self.text[range.clone()].ends_with('\n') { "\n" } else { "" };
        self.edits.push((range, format!("{}{end}", made.trim_matches('\n'))));
    }

    /// The Markdown for one tag.
    fn tag(&mut self, html: &str, end: usize) -> String {
        let Some(tag) = read_tag(html) else {
            if html.starts_with("<!--") {
                self.remarks.push(Remark::of(Construct::Comment, html));
            }
            return String::new();
        };
        let simple = |sign: &str| sign.to_owned();
        match tag.name.as_str() {
            "b" | "strong" => simple("**"),
            "i" | "em" | "cite" | "dfn" | "var" => simple("*"),
            "del" | "s" | "strike" => simple("~~"),
            "code" | "kbd" | "samp" | "tt" => simple("`"),
            "br" if self.flat > 0 => simple(" "),
            "br" if self.text[end..].starts_with('\n') => simple("\\"),
            "br" => simple("\\\n"),
            "q" if tag.is_close => simple("”"),
            "q" => simple("“"),
            "sup" | "sub" => self.raised(&tag, end),
            "a" => self.anchor(&tag),
            "img" => picture(&tag),
            "iframe" | "embed" | "video" | "audio" | "object" | "source"
                if !tag.is_close =>
            {
                self.remarks.push(Remark::of(Construct::Embed, html));
                let src = tag.get("src").or_else(|| tag.get("data"));
                src.map_or(String::new(), |it| {
                    link_to(it, tag.get("title").unwrap_or(""))
                })
            }
            "abbr" | "time" | "p" | "div" | "iframe" | "video" | "audio" | "object"
            | "wbr" => String::new(),
            name => {
                if !tag.is_close {
                    self.remarks.push(Remark::of(Construct::Html, &format!("<{name}>")));
                }
                String::new()
            }
        }
    }

    /// `<sup>2</sup>` as `²`: small digits have letters of their own.
    fn raised(&mut self, tag: &ReadTag, end: usize) -> String {
        let close = format!("</{}>", tag.name);
        let inner = self.text[end..].split(close.as_str()).next().unwrap_or("");
        let is_digits = inner.len() <= 4 && inner.bytes().all(|it| it.is_ascii_digit());
        if tag.is_close || inner.is_empty() || !is_digits {
            if !tag.is_close {
                self.remarks
                    .push(Remark::of(Construct::Html, &format!("<{}>", tag.name)));
            }
            return String::new();
        }
        let digits = if tag.name == "sup" {
            "⁰¹²³⁴⁵⁶⁷⁸⁹"
        } else {
            "₀₁₂₃₄₅₆₇₈₉"
        };
        let small = |it: char| digits.chars().nth(it.to_digit(10)? as usize);
        self.edits.push((end..end + inner.len() + close.len(), String::new()));
        inner.chars().filter_map(small).collect()
    }

    fn anchor(&mut self, tag: &ReadTag) -> String {
        if !tag.is_close {
            let href = tag.get("href").filter(|it| !it.trim().is_empty());
            self.links.push(href.map(|it| address(it, "")));
            return if href.is_some() { "[".to_owned() } else { String::new() };
        }
        match self.links.pop().flatten() {
            Some(href) => format!("]({href})"),
            None => String::new(),
        }
    }
}

fn picture(tag: &ReadTag) -> String {
    let source = tag.get("src").or_else(|| tag.get("data-src"));
    let alt = tag.get("alt").unwrap_or("").replace(['[', ']', '\n'], " ");
    source.map_or(String::new(), |it| format!("![{}]({})", alt.trim(), address(it, "")))
}

/// A tag taken apart.
pub(crate) struct ReadTag {
    pub(crate) name: String,
    pub(crate) is_close: bool,
    attributes: Vec<(String, String)>,
}

impl ReadTag {
    /// An attribute's value.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }
}

/// Takes a tag apart as a browser does; `None` for a comment.
pub(crate) fn read_tag(html: &str) -> Option<ReadTag> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(FirstTag::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.tag.into_inner()
}

#[derive(Default)]
struct FirstTag {
    tag: RefCell<Option<ReadTag>>,
}

impl TokenSink for FirstTag {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut first = self.tag.borrow_mut();
        if let Token::TagToken(tag) = token
            && first.is_none()
        {
            let attributes = tag.attrs.iter();
            let attributes =
                attributes.map(|it| (it.name.local.to_string(), it.value.to_string()));
            *first = Some(ReadTag {
                name: tag.name.to_string(),
                is_close: tag.kind == TagKind::EndTag,
                attributes: attributes.collect(),
            });
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_in_lines_become_markdown() {
        let cases = [
            ("5 m<sup>2</sup>, CO<sub>2</sub>, 1<sup>st</sup>", "5 m², CO₂, 1st"),
            ("A <b>bold</b> <a href=\"/x y\">link</a>", "A **bold** [link](/x%20y)"),
            ("one<br/>\ntwo", "one\\\ntwo"),
            ("| a<br>b |\n|---|\n", "| a b |\n|---|\n"),
            ("<span class=x>word</span> <u>x</u>", "word x"),
            ("`<b>` stays", "`<b>` stays"),
            ("5 < 6 and <3", "5 < 6 and <3"),
            ("<a name=\"x\"></a>Text", "Text"),
            ("> <p>quoted</p>\n", "> quoted\n"),
            ("see <img src=\"a.jpg\" alt=\"A [b]\">", "see ![A  b](a.jpg)"),
        ];
        for (text, expected) in cases {
            let made = without_tags(text, &FromHtml::new(), &mut Vec::new());
            assert_eq!(made, expected, "{text:?}");
        }
    }
}

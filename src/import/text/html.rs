//! HTML as Markdown, and what of it has none.

use htmd::element_handler::{HandlerResult, Handlers};
use htmd::options::{BrStyle, BulletListMarker, HrStyle, Options};
use htmd::{Element, HtmlToMarkdown};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts,
};
use std::cell::RefCell;

use crate::elements::{self, ElementTrait};
use crate::import::remark::{Construct, Remark};

/// Turns HTML into Markdown; made once for an archive.
pub(crate) struct FromHtml(HtmlToMarkdown);

impl FromHtml {
    /// With what old texts have beyond the library's own elements.
    pub(crate) fn new() -> FromHtml {
        let options = Options {
            br_style: BrStyle::Backslash,
            hr_style: HrStyle::Asterisks,
            bullet_list_marker: BulletListMarker::Dash,
            ul_bullet_spacing: 1,
            ol_number_spacing: 1,
            ..Options::default()
        };
        let builder = HtmlToMarkdown::builder()
            .options(options)
            .scripting_enabled(false)
            .skip_tags(elements::all(ElementTrait::Silent).collect())
            .add_handler(
                vec!["figure", "details", "dd", "center"],
                within("\n\n", "\n\n"),
            )
            .add_handler(vec!["figcaption"], within("\n\n*", "*\n\n"))
            .add_handler(vec!["summary", "dt"], within("\n\n**", "**\n\n"))
            .add_handler(vec!["del", "s", "strike"], within("~~", "~~"))
            .add_handler(
                elements::all(ElementTrait::Player).collect(),
                |on: &dyn Handlers, it: Element<'_>| Some(player(on, &it)),
            );
        FromHtml(builder.build())
    }

    /// The Markdown of HTML; what has no Markdown is among the remarks.
    pub(crate) fn markdown(&self, html: &str, remarks: &mut Vec<Remark>) -> String {
        remarks.extend(noticed(html));
        // Comments split words that belong together, and nobody sees them.
        let bare = without_comments(html);
        let converted = self.0.convert(&bare);
        converted.unwrap_or_else(|_| crate::import::plain::of_html(html))
    }
}

/// What puts signs around the words of an element.
fn within(
    before: &'static str,
    after: &'static str,
) -> impl Fn(&dyn Handlers, Element<'_>) -> Option<HandlerResult> {
    move |on, it| {
        let content = on.walk_children(it.node).content;
        Some(match content.trim() {
            "" => "".into(),
            words => format!("{before}{words}{after}").into(),
        })
    }
}

fn player(on: &dyn Handlers, it: &Element<'_>) -> HandlerResult {
    let attribute = |name: &str| {
        let found = it.attrs.iter().find(|attr| &*attr.name.local == name);
        found.map(|attr| attr.value.to_string()).filter(|it| !it.trim().is_empty())
    };
    let Some(src) = attribute("src").or_else(|| attribute("data")) else {
        let inner = on.walk_children(it.node).content;
        return inner.into();
    };
    if it.tag == "track" {
        return "".into();
    }
    let title = attribute("title").unwrap_or_default();
    let before = if it.tag == "source" { "" } else { "\n\n" };
    format!("{before}{}{before}", link_to(&src, &title)).into()
}

/// A link to something that a page of another site shows: `[YouTube](https://…)`.
pub(crate) fn link_to(address: &str, title: &str) -> String {
    let address = match address.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => address.to_owned(),
    };
    let video = address
        .split_once("youtube.com/embed/")
        .or(address.split_once("youtube-nocookie.com/embed/"));
    let address = match video {
        Some((_, id)) => {
            let id = id.split(['?', '&', '/']).next().unwrap_or(id);
            format!("https://www.youtube.com/watch?v={id}")
        }
        None => address,
    };
    let words = match title.trim() {
        "" => named(&address),
        title => title.replace(['[', ']'], ""),
    };
    format!(
        "[{words}]({})",
        address.replace(' ', "%20").replace('(', "%28").replace(')', "%29")
    )
}

fn named(address: &str) -> String {
    let host = crate::import::fields::host(address);
    let file = || address.rsplit('/').next().unwrap_or(address).to_owned();
    match host.as_deref() {
        Some("youtube.com" | "youtu.be") => "YouTube".to_owned(),
        Some("vimeo.com" | "player.vimeo.com") => "Vimeo".to_owned(),
        Some(host) => host.to_owned(),
        None => file(),
    }
}

fn without_comments(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        out += before;
        rest = comment.split_once("-->").map_or("", |it| it.1);
    }
    out + rest
}

/// Remarks about the elements that lose something.
pub(crate) fn noticed(html: &str) -> Vec<Remark> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Noticed::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.remarks.into_inner()
}

#[derive(Default)]
struct Noticed {
    remarks: RefCell<Vec<Remark>>,
}

impl TokenSink for Noticed {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(Tag { kind: TagKind::StartTag, name, attrs, .. }) = token {
            let name = &*name;
            let source =
                attrs.iter().find(|it| matches!(&*it.name.local, "src" | "data"));
            let construct = match name {
                _ if elements::is(name, ElementTrait::Silent) => Construct::Script,
                "source" | "track" => return TokenSinkResult::Continue,
                _ if elements::is(name, ElementTrait::Player) => Construct::Embed,
                _ if elements::is(name, ElementTrait::Markdown) => {
                    return TokenSinkResult::Continue;
                }
                _ => Construct::Html,
            };
            let what = match source {
                Some(it) if construct == Construct::Embed => {
                    format!("<{name}> {}", it.value)
                }
                _ => format!("<{name}>"),
            };
            self.remarks.borrow_mut().push(Remark::of(construct, &what));
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_markdown() {
        let cases = [
            ("<p>A <b>bold</b> <a href=\"/x\">link</a></p>", "A **bold** [link](/x)"),
            ("<ul><li>One</li><li>Two</li></ul>", "- One\n- Two"),
            (
                "<figure><img src=\"a.jpg\" alt=\"Gate\"><figcaption>At night</figcaption></figure>",
                "![Gate](a.jpg)\n\n*At night*",
            ),
            (
                "<iframe src=\"https://www.youtube.com/embed/abc?x=1\"></iframe>",
                "[YouTube](https://www.youtube.com/watch?v=abc)",
            ),
            ("<p>a<!-- no -->b</p><script>x()</script>", "ab"),
            ("one<br>two", "one\\\ntwo"),
        ];
        for (html, expected) in cases {
            assert_eq!(
                FromHtml::new().markdown(html, &mut Vec::new()),
                expected,
                "{html}"
            );
        }
        let said = noticed("<p><script></script><font>x</font></p>");
        let said: Vec<_> =
            said.iter().map(|it| (it.construct, it.what.as_str())).collect();
        assert_eq!(said, [(Construct::Script, "<script>"), (Construct::Html, "<font>")]);
    }
}

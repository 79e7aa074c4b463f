//! What holds for any text a desk could write.

use std::cell::RefCell;
use std::collections::BTreeMap;

use dateline::render::Rendered;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use proptest::prelude::*;

use crate::book::{between, book, site};
use serde_json::Value;

/// Counts elements and attributes by name.
#[derive(Default)]
struct Names(RefCell<BTreeMap<String, usize>>);

impl TokenSink for Names {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let TagToken(tag) = token {
            let mut names = self.0.borrow_mut();
            for attribute in &tag.attrs {
                *names
                    .entry(format!("{} {}", tag.name, attribute.name.local))
                    .or_default() += 1;
            }
            *names.entry(tag.name.to_string()).or_default() += 1;
            if &*tag.name == "script" {
                let script = html5ever::tokenizer::states::RawKind::ScriptData;
                return TokenSinkResult::RawData(script);
            }
        }
        TokenSinkResult::Continue
    }
}

/// The elements and attributes of all pages of a book, as a browser's parser sees them.
fn names(files: &str) -> BTreeMap<String, usize> {
    let inputs = book(files);
    let site = site(&inputs);
    let mut all = BTreeMap::new();
    for page in site.built.outline.iter().filter(|page| page.path.ends_with(".html")) {
        let rendered = site.render(page).unwrap();
        let Rendered::Bytes(bytes) = rendered else { continue };
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from(String::from_utf8(bytes).unwrap()));
        let tokenizer = Tokenizer::new(Names::default(), TokenizerOpts::default());
        let _ = tokenizer.feed(&queue);
        tokenizer.end();
        for (name, n) in tokenizer.sink.0.into_inner() {
            *all.entry(name).or_default() += n;
        }
    }
    all
}

/// A book in which `text` stands in every field that takes any text.
fn fields(text: &str) -> String {
    let text = serde_json::to_string(text).unwrap();
    format!(
        "//- book.toml
[output.html]
site-url = 'https://example.org/'
//- content/entities/e.md
---
name: {text}
kind: person
aliases: [{text}]
summary: {text}
roles: [{{title: {text}, of: {text}}}]
---
//- content/storylines/s.md
---
title: {text}
summary: {text}
---
//- content/briefs/b.md
---
title: {text}
slug: b
date: 2025-08-08
summary: {text}
place: {text}
by: [{text}]
sources: [{{outlet: {text}, title: {text}}}]
storylines: [s]
corrections: [{{on: 2025-08-09, text: {text}}}]
---
Words.
"
    )
}

/// The texts of the elements of a name in an XML file that must be well formed.
fn xml_texts(xml: &str, name: &str) -> Vec<String> {
    let page = roxmltree::Document::parse(xml).unwrap();
    let of_name = page.descendants().filter(|it| it.tag_name().name() == name);
    of_name.map(|it| it.text().unwrap_or_default().to_owned()).collect()
}

/// Texts that could mean something to HTML, XML, JSON or a template.
fn nasty() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<",
        ">",
        "&",
        "\"",
        "'",
        "/",
        "=",
        "script",
        "</script>",
        "<!--",
        "-->",
        "]]>",
        "&lt;",
        "&#60;",
        "{{",
        "}}",
        "{%",
        "\\",
        "\u{2028}",
        "onload=",
        "javascript:",
        "a",
        " ",
        "é",
        "日",
        "\u{202e}",
        "|",
        "`",
        "$",
    ]);
    prop::collection::vec(pieces, 1..12)
        .prop_map(|pieces| format!("x{}x", pieces.concat()))
}

/// Markdown of all kinds, mostly broken.
fn markdown() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "[",
        "]",
        "[^a]",
        "[^a]: ",
        "[[",
        "]]",
        "|",
        "(",
        ")",
        "*",
        "_",
        "~~",
        "`",
        "```\n",
        "\n",
        "\n\n",
        "    ",
        "- ",
        "> ",
        "# ",
        "<b>",
        "</b>",
        "<!-- ",
        "-->",
        "![",
        "&amp;",
        "\\",
        "Mexico",
        "Ada Holm",
        "Holm",
        "8/8",
        "on Friday",
        "claim: Holm left.\n",
        "denied-by: Ada Holm\n",
        "é",
        "日本",
        "\u{301}",
        "\r\n",
        "a",
        " ",
        "---\n",
        "| a | b |\n|---|---|\n",
        "1. ",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_text_in_any_field_adds_no_element_and_no_attribute(text in nasty()) {
        prop_assert_eq!(names(&fields(&text)), names(&fields("plain")), "{}", text);
    }

    #[test]
    fn a_text_in_any_field_comes_back_from_feeds_and_structured_data(text in nasty()) {
        let mut inputs = book(&fields(&text));
        inputs.wanted.now = "2025-08-08T12:00:00Z".parse().unwrap(); // it is news
        let atom = crate::book::page(&inputs, "feed.xml");
        let titles = xml_texts(&atom, "title");
        prop_assert_eq!(titles.last(), Some(&text));
        xml_texts(&crate::book::page(&inputs, "news-sitemap.xml"), "loc");
        let json: Value =
            serde_json::from_str(&crate::book::page(&inputs, "feed.json")).unwrap();
        prop_assert_eq!(json["items"][0]["title"].as_str(), Some(&*text));
        let html = crate::book::page(&inputs, "2025/08/08/b/index.html");
        let script = between(&html, "<script type=\"application/ld+json\">", "</script>");
        let linked: Value = serde_json::from_str(script[0]).unwrap();
        prop_assert_eq!(linked[0]["headline"].as_str(), Some(&*text));
    }

    #[test]
    fn any_markdown_is_read_linked_and_rendered(text in markdown()) {
        let files = format!("//- content/entities/mexico.md
---
name: Mexico
kind: place
---
//- content/entities/ada.md
---
name: Ada Holm
kind: person
roles: [{{title: Chair, from: 2020, to: 2021}}]
---
//- content/briefs/b.md
---
title: B
date: 2025-08-08
---
{text}");
        let inputs = book(&files);
        let site = site(&inputs);
        for page in site.built.outline.iter() {
            site.render(page).unwrap();
        }
        for it in site.report.diagnostics() {
            let text = inputs.text(&it.span.path).unwrap();
            prop_assert!(text.get(it.span.stretch.range()).is_some(), "{:?}", it);
        }
    }
}

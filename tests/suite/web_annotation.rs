//! What other tools are told about a brief selects the words it speaks of.

use proptest::prelude::*;
use scraper::{Html, Selector};
use serde_json::Value;

use crate::book::{book, page};

const ENTITIES: &str = "
//- book.toml
[book]
title = \"Desk\"
[output.html]
site-url = \"https://example.org/repo/\"
[output.web-annotation]
//- content/entities/ann-lee.md
---
name: Ann Lee
kind: person
aliases: [安莉]
same-as: {wikidata: Q42}
---
//- content/entities/port.md
---
name: Port of Oslo
kind: place
---
";

/// The text of a page's body as a browser has it, in characters.
fn text_of(html: &str) -> Vec<char> {
    let page = Html::parse_document(html);
    let body = page.select(&Selector::parse("#body").unwrap()).next().unwrap();
    body.text().flat_map(str::chars).collect()
}

/// Each target of each annotation of a brief: motivation and words, once the selectors have
/// been held against the page.
fn selected(body: &str) -> Vec<(String, String)> {
    let files = format!(
        "{ENTITIES}//- content/briefs/b.md\n---\ntitle: B\ndate: 2026-03-12\n---\n{body}"
    );
    let inputs = book(&files);
    let text = text_of(&page(&inputs, "2026/03/12/b/index.html"));
    let annotations = page(&inputs, "2026/03/12/b/annotations.jsonld");
    let annotations: Value = serde_json::from_str(&annotations).unwrap();
    let mut selected = Vec::new();
    for item in annotations["items"].as_array().unwrap() {
        let targets = match &item["target"] {
            Value::Array(targets) => targets.clone(),
            target => vec![target.clone()],
        };
        for target in targets {
            assert_eq!(target["source"], "https://example.org/repo/2026/03/12/b/#body");
            let (quote, position) = (&target["selector"][0], &target["selector"][1]);
            let at =
                |key: &str| usize::try_from(position[key].as_u64().unwrap()).unwrap();
            let words =
                |from: usize, to: usize| text[from..to].iter().collect::<String>();
            let (start, end) = (at("start"), at("end"));
            assert_eq!(quote["exact"], words(start, end));
            assert_eq!(quote["prefix"], words(start.saturating_sub(32), start));
            assert_eq!(quote["suffix"], words(end, (end + 32).min(text.len())));
            selected.push((item["motivation"].to_string(), words(start, end)));
        }
    }
    selected
}

#[test]
fn each_mention_and_each_note_selects_its_words_in_the_page() {
    let body =
        "Ann *Lee* [said][^no] & meant: `<b>` no. Then Lee, 安莉 and the [[port|harbor]].

<b>She</b> [left the *Port of Oslo*][^left] on foot[^how].

[^no]:
    claim: The port is closed.
    denied-by: Ann Lee

    The Port of Oslo said nothing.

[^left]:
    event: Ann Lee leaves
    on: 2026-03

[^how]:
    note: How

    By foot.
";
    let selected = selected(body);
    let expected = [
        ("identifying", "Ann Lee"),
        ("identifying", "Port of Oslo"), // in the margin
        ("identifying", "Lee"),
        ("identifying", "安莉"),
        ("identifying", "harbor"),
        ("identifying", "Port of Oslo"),
        ("assessing", "said"),
        ("describing", "left the Port of Oslo"),
        ("commenting", "foot"), // a point: the word before it
    ];
    let mut is: Vec<_> =
        selected.iter().map(|(why, words)| (why.trim_matches('"'), &**words)).collect();
    is.sort_unstable();
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(is, expected);
}

#[test]
fn a_mention_is_identified_by_its_page_and_elsewhere() {
    let files = format!(
        "{ENTITIES}//- content/briefs/b.md\n---\ntitle: B\ndate: 2026-03-12\n---\nAnn Lee.\n"
    );
    let annotations = page(&book(&files), "2026/03/12/b/annotations.jsonld");
    let annotations: Value = serde_json::from_str(&annotations).unwrap();
    let about = annotations["items"][0]["body"].as_array().unwrap().iter();
    let about: Vec<_> = about.map(|it| it["source"].as_str().unwrap()).collect();
    assert_eq!(
        about,
        [
            "https://example.org/repo/entities/ann-lee/",
            "https://www.wikidata.org/entity/Q42"
        ]
    );
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("Ann Lee"),
        Just("Ann\nLee"),
        Just("Ann *Lee*"),
        Just("**Ann** Lee's"),
        Just("安莉"),
        Just("[[Ann Lee]]"),
        Just("[[port|the *port*]]"),
        Just(" "),
        Just("\n\n"),
        Just("[Ann Lee said][^a]"),
        Just("word[^b]"),
        Just("`code`"),
        Just("&amp; é 👍🏽"),
        Just("\n\n    Ann Lee\n\n"),
        Just("\n\n| Ann Lee | b |\n|---|---|\n| Port of Oslo | d |\n\n"),
        Just("<pre>\nAnn Lee</pre>"),
        Just("\n\n- Ann Lee\n- x\n\n"),
        Just("\n\n## Ann Lee\n\n"),
        Just("![Ann Lee](x.png)"),
        Just("[x](https://example.org/)"),
        Just("~~Port of Oslo~~"),
    ];
    proptest::collection::vec(piece, 0..14).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_the_markdown_the_selectors_hold(body in pieces()) {
        let notes = "\n\n[^a]:\n    claim: Ann Lee left.\n    denied-by: Ann Lee\n\n[^b]:\n    note: Of Ann Lee\n";
        for (why, words) in selected(&(body + notes)) {
            if why == "\"identifying\"" {
                prop_assert!(!words.trim().is_empty());
            }
        }
    }
}

//! Who is named in a title, a caption, the words of a link, and under the keys of front matter
//! and notes: each counts, each is told apart.

use dateline::export::{each_mention, export, records::Record};
use dateline::input::Inputs;
use dateline::link::texts::TextIdx;
use dateline::{Built, build};
use snapbox::{assert_data_eq, str};

use crate::book::{between, book, page};

const REGISTRY: &str = "
//- content/entities/ada-holm.md
---
name: Ada Holm
kind: person
---
//- content/entities/ben-ito.md
---
name: Ben Ito
kind: person
---
//- content/entities/norwick.md
---
name: Norwick
kind: place
---
//- content/entities/wire.md
---
name: Wire
kind: organization
---
";

const BRIEF: &str = "
//- static/x.jpg
x
//- content/briefs/a.md
---
title: \"Holm \\\"wins\\\" in Norwick\"
date: 2025-08-08
place: Norwick
by: [Ben Ito]
sources: [Wire, {outlet: Ada Holm}]
summary: >
  A day for
  Ada Holm.
image: {file: x.jpg, alt: x, caption: Ben Ito at work}
---
## What Norwick says

Ada Holm [won][^w]. [What Holm said](https://x.example/), [[Norwick|the town]].

![A gate](/x.jpg \"A gate of Norwick\")

[^w]:
    claim: The vote was fair.
    said-by: Ada Holm
    denied-by: Ben Ito
    about: Norwick
    source: Wire
";

/// Everything named in a text, a line each.
fn named(files: &str, path: &str) -> String {
    let edition = build(&book(files), &Built::default()).0.edition;
    let is_it = |idx: &TextIdx| &*edition.document(*idx).path == path;
    let text = edition.texts.all().find(is_it).unwrap();
    let mut lines = String::new();
    let line = |it: dateline::export::records::Mention<'_>| {
        let surface = it.surface.replace('\n', " ");
        lines += &format!(
            "{}:{} {surface} = {} ({})\n",
            it.line, it.column, it.entity, it.rule
        );
        Ok::<(), ()>(())
    };
    each_mention(&edition, text, line).unwrap();
    lines
}

#[test]
fn every_place_that_names_somebody_counts_by_a_rule_of_its_own() {
    assert_data_eq!(
        named(&format!("{REGISTRY}{BRIEF}"), "content/briefs/a.md"),
        str![[r#"
2:9 Holm = ada-holm (title)
2:26 Norwick = norwick (title)
4:8 Norwick = norwick (place)
5:6 Ben Ito = ben-ito (byline)
6:11 Wire = wire (source)
6:26 Ada Holm = ada-holm (source)
9:3 Ada Holm = ada-holm (summary)
10:39 Ben Ito = ben-ito (caption)
12:9 Norwick = norwick (heading)
14:1 Ada Holm = ada-holm (name)
14:27 Holm = ada-holm (link)
14:59 [[Norwick|the town]] = norwick (written)
16:29 Norwick = norwick (caption)
20:14 Ada Holm = ada-holm (party)
21:16 Ben Ito = ben-ito (party)
22:12 Norwick = norwick (about)
23:13 Wire = wire (source)

"#]],
    );
}

#[test]
fn a_link_stays_what_it_is_and_whoever_is_in_its_words_is_known_from_there() {
    let files = format!(
        "{REGISTRY}//- content/briefs/a.md\n---\ntitle: A\ndate: 2025-08-08\n---\n\
         [Ada Holm](https://x.example/) spoke. Holm left.\n"
    );
    let html = page(&book(&files), "2025/08/08/a/index.html");
    assert!(
        html.contains("<a href=\"https://x.example/\" rel=\"external\">Ada Holm</a>")
    );
    let links = between(&html, "<a class=\"mention\"", "</a>");
    assert_eq!(
        links,
        [" id=\"m-ada-holm\" href=\"../../../../entities/ada-holm/\">Holm"]
    );
    assert!(html.contains("2×"), "{html}");
}

#[test]
fn an_entity_tells_apart_what_names_it_what_it_wrote_and_what_rests_on_it() {
    let inputs = book(&format!("{REGISTRY}{BRIEF}"));
    let headings = |slug: &str| {
        let html = page(&inputs, &format!("entities/{slug}/index.html"));
        let headings = between(&html, "<h2>", "</h2>").into_iter();
        let is_list = |it: &String| it.contains("brief");
        headings.map(str::to_owned).filter(is_list).collect::<Vec<_>>()
    };
    assert_eq!(headings("wire"), ["Source of 1 brief"]);
    assert_eq!(headings("ben-ito"), ["Named in 1 brief", "Wrote 1 brief"]);
    assert_eq!(headings("ada-holm"), ["Named in 1 brief", "Source of 1 brief"]);
    assert_eq!(headings("norwick"), ["Named in 1 brief"]);
}

#[test]
fn who_wrote_a_brief_and_what_it_rests_on_is_in_no_card_and_ties_no_briefs() {
    let brief = |name: &str, place: &str| {
        format!(
            "//- content/briefs/{name}.md\n---\ntitle: {name}\ndate: 2025-08-08\n\
             by: Ben Ito\nsources: [Wire]\n{place}---\nIt rained.\n"
        )
    };
    let files = format!("{REGISTRY}{}{}", brief("a", ""), brief("b", "place: Norwick\n"));
    let inputs = book(&files);
    let html = page(&inputs, "2025/08/08/b/index.html");
    assert!(!html.contains("<ul class=\"related\">"), "{html}");
    let cards = between(&html, "<li class=\"card\">", "</li>").concat();
    assert!(cards.contains("Norwick") && !cards.contains("Wire"), "{html}");
    let news = page(&inputs, "index.html");
    assert!(
        !between(&news, "In the news", "</section>").concat().contains("Wire"),
        "{news}"
    );
    let registry = page(&inputs, "entities/index.html");
    assert_eq!(registry.matches("2 briefs").count(), 2, "{registry}");
}

#[test]
fn what_an_agency_is_the_source_of_has_pages_of_its_own() {
    let mut files = format!(
        "//- book.toml\n[output.html]\nsite-url = 'https://x.example/'\n[lists]\nper-page = 20\n{REGISTRY}"
    );
    for n in 10..55 {
        files += &format!(
            "//- content/briefs/b{n}.md\n---\ntitle: B{n}\ndate: 2025-08-08\nsources: [Wire]\n---\nx\n"
        );
    }
    let inputs = book(&files);
    let own = page(&inputs, "entities/wire/index.html");
    assert!(own.contains("<h2>Source of 45 briefs</h2>"), "{own}");
    let list = between(&own, "<h2>Source of", "</section>")[0];
    assert_eq!(between(list, "<li>", "</li>").len(), 10, "{list}");
    assert!(own.contains("entities/wire/source-of/\">All 45</a>"), "{list}");
    let third = page(&inputs, "entities/wire/source-of/page/3/index.html");
    assert!(third.contains("<h1>With Wire as a source</h1>"), "{third}");
    let list = between(&third, "<ol class=\"briefs\">", "</ol>")[0];
    assert_eq!(between(list, "<time", "</time>").len(), 5, "{list}");
    let feed = page(&inputs, "entities/wire/feed.xml");
    assert_eq!(between(&feed, "<entry>", "</entry>").len(), 10, "{feed}");
}

#[test]
fn the_export_counts_the_three_apart() {
    let edition =
        build(&book(&format!("{REGISTRY}{BRIEF}")), &Built::default()).0.edition;
    let mut counts = Vec::new();
    export(&edition, |record| {
        if let Record::Entity(it) = record {
            let counted = (it.n_briefs, it.n_wrote, it.n_source_of);
            counts.push((it.slug.to_owned(), counted));
        }
        Ok::<(), ()>(())
    })
    .unwrap();
    let expected = [
        ("ada-holm", (1, 0, 1)),
        ("ben-ito", (1, 1, 0)),
        ("norwick", (1, 0, 0)),
        ("wire", (0, 0, 1)),
    ];
    assert_eq!(counts, expected.map(|(slug, it)| (slug.to_owned(), it)));
}

#[test]
fn a_rebuild_after_each_edit_of_who_is_named_equals_a_build_from_nothing() {
    let mut inputs: Inputs = book(&format!("{REGISTRY}{BRIEF}"));
    for n in 0..200 {
        let front = "by: Ben Ito\nsources: [Wire]\nplace: Norwick\n";
        let text = format!("---\ntitle: N{n}\ndate: 2025-08-07\n{front}---\nAda Holm\n");
        inputs.insert(&format!("content/briefs/n{n}.md"), &text);
    }
    let mut last = build(&inputs, &Built::default());
    let fronts = [
        "title: A\nby: [Ada Holm, Ben Ito]\n",
        "title: Wire\nsources: [Norwick, Wire]\n",
        "title: A\nsummary: Ben Ito in Norwick\nby: Wire\n",
        "title: A\nimage: {file: x.jpg, alt: x, caption: Wire}\n",
        "title: A\n",
        "title: A\nby: Ada Holm\nsources: Ada Holm\nplace: Norwick\n",
    ];
    for front in fronts {
        let text = format!("---\n{front}date: 2025-08-07\n---\n[Ben Ito](/x.jpg)\n");
        inputs.insert("content/briefs/n7.md", &text);
        last = build(&inputs, &last.0);
        assert!(last == build(&inputs, &Built::default()), "after {front}");
    }
}

//! Links in texts: where they lead, down to the place on the page.

use snapbox::{assert_data_eq, str};

use crate::book::{between, book, page, said};

const A: &str = "2025/08/08/a/index.html";

/// A brief of that text among files that it may link to.
fn text(text: &str) -> String {
    format!(
        "//- content/entities/ada.md
---
name: Ada Holm
kind: person
---
## Career

She wrote.
//- content/pages/team.md
---
title: Team
---
## Night desk

## Über uns

## Update

## Update
//- content/briefs/port.md
---
title: Port
date: 2025-08-07
---
It rose.[^cost]

[^cost]: Forty.
//- static/files/r.pdf
x
//- static/files/a#b?.pdf
x
//- content/briefs/a.md
---
title: A
date: 2025-08-08
---
{text}
"
    )
}

/// The addresses of the links of a text.
fn hrefs(links: &str) -> Vec<String> {
    let files = text(links);
    assert_eq!(said(&book(&files)), "", "{links}");
    let html = page(&book(&files), A);
    let body = between(&html, "id=\"body\">", "<footer")[0];
    between(body, " href=\"", "\"").into_iter().map(str::to_owned).collect()
}

#[test]
fn what_stands_behind_a_path_is_kept() {
    let cases = [
        ("[p](/files/r.pdf#page=3)", "../../../../files/r.pdf#page=3"),
        ("[p](/files/r.pdf?v=2)", "../../../../files/r.pdf?v=2"),
        ("[p](/files/a%23b%3F.pdf)", "../../../../files/a%23b%3F.pdf"),
        ("[x](../entities/ada.md#career)", "../../../../entities/ada/#h-career"),
        ("[[Ada Holm#career]]", "../../../../entities/ada/#h-career"),
        ("[x](/2025/08/07/port/#note-cost)", "../../../../2025/08/07/port/#note-cost"),
        ("[x](port.md#note-cost)", "../../../../2025/08/07/port/#note-cost"),
        ("[x](/team/#night-desk)", "../../../../team/#h-night-desk"),
    ];
    for (link, expected) in cases {
        assert_eq!(hrefs(link), [expected], "{link}");
    }
}

#[test]
fn a_heading_is_found_by_every_spelling_that_other_programs_use() {
    let team = |id: &str| format!("../../../../team/#{id}");
    let cases = [
        ("#h-night-desk", "h-night-desk"),
        ("#night-desk", "h-night-desk"),
        ("#Night-desk", "h-night-desk"),
        ("#Night%20desk", "h-night-desk"),
        ("#über-uns", "h-uber-uns"),
        ("#%C3%BCber-uns", "h-uber-uns"),
        ("#uber-uns", "h-uber-uns"),
        ("#update", "h-update"),
        ("#update-1", "h-update-2"),
    ];
    for (fragment, id) in cases {
        let link = format!("[x](../pages/team.md{fragment})");
        assert_eq!(hrefs(&link), [team(id)], "{fragment}");
    }
    let own = hrefs("## Who said it\n\n[up](#Who-said-it) [top](#)");
    assert_eq!(own, ["#h-who-said-it", "#"]);
    let html = page(&book(&text("## Who\n\n[up](#who)")), A);
    assert!(!html.contains("rel=\"external\""), "{html}");
}

#[test]
fn a_place_that_no_page_has_is_reported() {
    let files = text(
        "[a](#no-such) [b](port.md#nopart) [c](/team/#x) [d](port.md#note-x) [[Ada Holm#y]]",
    );
    assert_data_eq!(
        said(&book(&files)),
        str![[r#"
content/briefs/a.md:5:1: warning[broken-anchor]: the page has no heading, note or id `no-such`
  help: write the words of a heading in lower case with hyphens, or delete the `#…`
content/briefs/a.md:5:15: warning[broken-anchor]: the page has no heading, note or id `nopart`
  help: write the words of a heading in lower case with hyphens, or delete the `#…`
content/briefs/a.md:5:35: warning[broken-anchor]: the page has no heading, note or id `x`
  help: write the words of a heading in lower case with hyphens, or delete the `#…`
content/briefs/a.md:5:49: warning[broken-anchor]: the page has no heading, note or id `note-x`
  help: write the words of a heading in lower case with hyphens, or delete the `#…`
content/briefs/a.md:5:69: warning[broken-anchor]: the page has no heading, note or id `y`
  help: write the words of a heading in lower case with hyphens, or delete the `#…`

"#]]
    );
}

#[test]
fn addresses_of_hosts_and_brackets_in_words_are_links() {
    assert_eq!(hrefs("[x](//host.example/a)"), ["https://host.example/a"]);
    assert_eq!(hrefs("[[1]](https://x.example/)"), ["https://x.example/"]);
    assert_eq!(hrefs("[x](https://x.example/a[1])"), ["https://x.example/a%5B1%5D"]);
    let html = page(&book(&text("See [[1]](https://x.example/ \"The report\").")), A);
    let link =
        "<a href=\"https://x.example/\" title=\"The report\" rel=\"external\">[1]</a>";
    assert!(html.contains(link), "{html}");
}

#[test]
fn links_in_tables_may_have_a_bar_escaped_or_not() {
    for link in ["[[ada|the mayor]]", "[[ada\\|the mayor]]"] {
        let table = format!("| Who | What |\n|---|--:|\n| {link} | 4 |\n");
        let html = page(&book(&text(&table)), A);
        assert!(
            html.contains("href=\"../../../../entities/ada/\">the mayor</a></td>"),
            "{html}"
        );
        assert!(html.contains("<td class=\"align-right\">4</td>"), "{html}");
        assert_eq!(said(&book(&text(&table))), "");
    }
}

#[test]
fn a_link_without_words_is_reported_and_shows_where_it_leads() {
    let files = text("[](https://x.example/) and [[ada|]].");
    assert_data_eq!(
        said(&book(&files)),
        str![[r#"
content/briefs/a.md:5:1: warning[empty-link]: this link has no words
  help: write the words to click between the brackets
content/briefs/a.md:5:28: warning[empty-link]: this link has no words
  help: write the words to click between the brackets

"#]]
    );
    let html = page(&book(&files), A);
    assert!(html.contains(">https://x.example/</a>"), "{html}");
    assert!(html.contains(">Ada Holm</a>"), "{html}");
}

#[test]
fn a_picture_on_another_site_becomes_a_link() {
    let files =
        text("![A gate](https://pics.example/gate.jpg) ![Sea](//pics.example/sea.jpg)");
    assert_data_eq!(
        said(&book(&files)),
        str![[r#"
content/briefs/a.md:5:1: warning[remote-picture]: this picture is on another site, pics.example, so a link stands for it
  help: put the file into static/ and write its path, such as `/img/gate.jpg`
content/briefs/a.md:5:42: warning[remote-picture]: this picture is on another site, pics.example, so a link stands for it
  help: put the file into static/ and write its path, such as `/img/sea.jpg`

"#]]
    );
    let html = page(&book(&files), A);
    assert!(!html.contains("<img"), "{html}");
    let link =
        "<a href=\"https://pics.example/gate.jpg\" rel=\"external\">Picture: A gate</a>";
    assert!(html.contains(link), "{html}");
    assert!(html.contains("href=\"https://pics.example/sea.jpg\""), "{html}");
}

#[test]
fn a_name_with_an_escape_in_it_is_pointed_at_as_a_whole() {
    let files = text("[[[\\(éé]]");
    let (_, brief) = files.split_once("briefs/a.md\n").unwrap();
    let report = crate::book::site(&book(&files)).report;
    let rule = dateline::diagnostic::Rule::UnknownEntity;
    let said = report.diagnostics().iter().find(|it| it.rule == rule);
    let at = said.unwrap().span.stretch.range();
    assert_eq!(brief.get(at), Some("\\(éé"));
}

#[test]
fn a_file_is_named_by_its_path_as_in_obsidian() {
    for (written, href) in [
        ("[[Team#Night desk]]", "../../../../team/#h-night-desk"),
        ("[[pages/team]]", "../../../../team/"),
        ("[[team.md]]", "../../../../team/"),
        ("[[pages/team.md#Update|news]]", "../../../../team/#h-update"),
        ("[[content/pages/team]]", "../../../../team/"),
        ("[[entities/ada]]", "../../../../entities/ada/"),
        ("[[briefs/port]]", "../../../../2025/08/07/port/"),
    ] {
        let book = book(&text(&format!("See {written}.")));
        assert_eq!(said(&book), "", "{written}");
        let html = page(&book, A);
        let body = between(&html, "<p>See <a", ">");
        assert!(body[0].contains(&format!("href=\"{href}\"")), "{written}: {body:?}");
    }
}

#[test]
fn accents_may_be_encoded_in_either_way_in_links_and_in_names_of_files() {
    // A file that macOS named, with the accent apart, and one with a letter that has it.
    let (apart, whole) = ("u\u{308}ber", "\u{fc}ber");
    for (file, written) in [(apart, whole), (whole, apart)] {
        let book = book(&format!(
            "//- static/img/{file}.svg\nx\n\
             //- content/pages/{file}.md\n---\ntitle: Page\n---\n\
             //- content/briefs/a.md\n---\ntitle: A\ndate: 2025-08-08\n---\n\
             ![x](/img/{written}.svg) [y](../pages/{written}.md) [[{written}]]\n"
        ));
        assert_eq!(said(&book), "", "{file:?} as {written:?}");
        let html = page(&book, A);
        let name = percent_encoding::utf8_percent_encode(
            file,
            percent_encoding::NON_ALPHANUMERIC,
        );
        assert!(html.contains(&format!("img/{name}.svg")), "{html}");
    }
}

#[test]
fn a_picture_is_named_as_in_front_matter_or_as_in_a_text() {
    for written in [
        "/img/x.svg",
        "img/x.svg",
        "static/img/x.svg",
        "/static/img/x.svg",
        "../../static/img/x.svg",
    ] {
        let book = book(&format!(
            "//- static/img/x.svg\nx\n\
             //- content/briefs/a.md\n---\ntitle: A\ndate: 2025-08-08\n\
             image: {{file: {written}, alt: x}}\n---\nWords ![x]({written}) here.\n"
        ));
        let is_way_up = written.starts_with("..");
        assert_eq!(said(&book).is_empty(), !is_way_up, "{written}: {}", said(&book));
        let html = page(&book, A);
        assert!(html.contains("src=\"../../../../img/x.svg\""), "{written}");
    }
}

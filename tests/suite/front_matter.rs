//! Front matter: what is written there is what is read, or it is reported.

use snapbox::{assert_data_eq, str};

use crate::book::{book, page, said};

fn brief(front: &str) -> String {
    format!("//- content/briefs/a.md\n---\n{front}\n---\nText.\n")
}

#[test]
fn a_text_stays_as_it_is_written() {
    for (written, expected) in [
        ("TRUE", "TRUE"),
        ("Null", "Null"),
        ("true", "true"),
        ("007", "007"),
        ("AT&T", "AT&amp;T"),
        ("'Local #5'", "Local #5"),
    ] {
        let files = brief(&format!("title: {written}\ndate: 2025-08-08\nsummary: ''"));
        assert_eq!(said(&book(&files)), "", "{written}");
        let html = page(&book(&files), "2025/08/08/a/index.html");
        assert!(html.contains(&format!("<h1>{expected}</h1>")), "{written}: {html}");
    }
    let files = brief("title: A\ndate: 2025-08-08\ntags: [Null, True]");
    assert_eq!(said(&book(&files)), "");
    assert!(page(&book(&files), "tags/null/index.html").contains("Null"));
}

#[test]
fn an_entity_of_html_is_reported() {
    let files = brief("title: Don&#8217;t; R&D;\ndate: 2025-08-08");
    assert_data_eq!(
        said(&book(&files)),
        str![[r#"
content/briefs/a.md:2:11: warning[html-entity]: `&#8217;` is printed as it is
  help: write `’`

"#]]
    );
}

#[test]
fn a_text_that_yaml_cuts_is_reported() {
    let files =
        brief("title: Local #5 strikes\ndate: 2025-08-08 # the day\ntags: [a] #b");
    assert_data_eq!(
        said(&book(&files)),
        str![[r#"
content/briefs/a.md:2:8: warning[cut-text]: this text ends at `Local`: in YAML, ` #` begins a comment
  help: put it in quotes: `"Local #5 strikes"`

"#]]
    );
}

#[test]
fn a_list_that_is_written_as_a_text_is_reported() {
    let files = format!(
        "{}//- content/entities/firm.md\n---\nname: Lind, Berg and Sons\nkind: organization\n---\n",
        brief(
            "title: A\ndate: 2025-08-08\nby: Ada Holm, Ben Ito\ntags: a, b\nsources: [AFP and Reuters, 'Lind, Berg and Sons', 'Lind, Jr.']"
        )
    );
    assert_data_eq!(
        said(&book(&files)),
        str![[r#"
content/briefs/a.md:4:5: warning[comma-list]: `by: Ada Holm, Ben Ito` is one text, not a list
  help: write `by: [Ada Holm, Ben Ito]`
content/briefs/a.md:5:7: warning[comma-list]: `tags: a, b` is one text, not a list
  help: write `tags: [a, b]`

"#]]
    );
}

#[test]
fn tags_that_differ_in_signs_have_pages_of_their_own_or_are_reported() {
    let files = brief(
        "title: A\ndate: 2025-08-08\ntags: [C, C++, 'C#', '#MeToo', security, Security, U.S., U-S]",
    );
    assert_data_eq!(
        said(&book(&files)),
        str![[r#"
content/briefs/a.md:2:8: warning[tag-clash]: the tags `U-S` and `U.S.` have one address, /tags/u-s/
  help: write `U.S.` in both places, or choose other words

"#]]
    );
    for path in ["c", "c-plus-plus", "c-sharp", "metoo"] {
        page(&book(&files), &format!("tags/{path}/index.html"));
    }
}

#[test]
fn events_that_differ_in_signs_are_two() {
    let files = "//- content/briefs/a.md
---
title: A
date: 2025-08-08
storylines: [s]
---
Up[^a], down[^b], and so on[^c].

[^a]:
    event: +5 %
    on: 2025-08-01

[^b]:
    event: -5 %
    on: 2025-08-01

[^c]:
    event: ?!
    on: 2025-08-01
//- content/storylines/s.md
---
title: S
---
";
    let html = page(&book(files), "storylines/s/index.html");
    for heading in ["+5 %", "-5 %", "?!"] {
        assert!(html.contains(heading), "{heading} in {html}");
    }
}

#[test]
fn a_brief_is_never_published_without_its_day_or_before_its_time() {
    let rules = "//- book.toml\n[rules]\nfront-matter = 'warning'\nwrong-type = 'warning'\nmissing-key = 'warning'\n";
    for front in [
        "title: A",
        "title: A\ndate: soon",
        "title: [",
        "title: A\ndate: 2025-08-08\nembargo: tomorrow",
        "title: A\ndate: 2025-08-08\ndraft: maybe",
    ] {
        let files = format!("{rules}{}", brief(front));
        let inputs = book(&files);
        let said = said(&inputs);
        assert!(said.contains("error[held-brief]"), "{front}: {said}");
        assert!(!page(&inputs, "index.html").contains("a/\""), "{front}");
    }
    let held = format!("{rules}held-brief = 'warning'\n{}", brief("title: A"));
    assert!(said(&book(&held)).contains("error[held-brief]"));
    let dated =
        format!("{rules}//- content/briefs/2025/08/07/b.md\n---\ntitle: B\n---\n");
    assert!(page(&book(&dated), "2025/08/07/b/index.html").contains("<h1>B</h1>"));
}

#[test]
fn a_picture_may_be_decoration() {
    let files = format!(
        "{}//- static/x.png\nx\n",
        brief("title: A\ndate: 2025-08-08\nimage: {file: x.png, alt: ''}")
    );
    assert_eq!(said(&book(&files)), "");
    assert!(page(&book(&files), "2025/08/08/a/index.html").contains("alt=\"\""));
}

#[test]
fn what_a_brief_is_filed_under_stands_above_it_and_its_terms_below() {
    let files = format!(
        "//- book.toml\n[book]\ntitle = 'Desk'\n[output.html]\nsite-url = 'https://desk.example/'\n{}",
        brief(
            "title: A\ndate: 2025-08-08\nkicker: Exclusive\nsection: Port\nlicense: CC-BY-SA-4.0"
        )
    );
    assert_eq!(said(&book(&files)), "");
    let html = page(&book(&files), "2025/08/08/a/index.html");
    for part in [
        "<span class=\"section\">Port</span> <span aria-hidden=\"true\">/</span> Exclusive</p>",
        "License: <a rel=\"license\" href=\"https://creativecommons.org/licenses/by-sa/4.0/\">CC-BY-SA-4.0</a>",
        "\"articleSection\":\"Port\"",
        "\"license\":\"https://creativecommons.org/licenses/by-sa/4.0/\"",
    ] {
        assert!(html.contains(part), "{part} is not in\n{html}");
    }
}

#[test]
fn templates_are_told_what_front_matter_has_under_extra() {
    let template = "//- templates/brief.html\n{{ view.extra.rating + 1 }} {{ view.extra.code }} {{ view.extra.team[1].name }} {{ view.extra.word }}\n";
    let front = "title: A\ndate: 2025-08-08\nextra:\n  rating: 4\n  code: 007\n  team: [x, {name: Ada}]\n  word: <b>";
    let files = format!("{}{template}", brief(front));
    let html = page(&book(&files), "2025/08/08/a/index.html");
    assert_eq!(html.trim(), "5 007 Ada &lt;b&gt;");
    let files = brief("title: A\ndate: 2025-08-08\nextra: [1]");
    assert_data_eq!(
        said(&book(&files)),
        str![[r#"
content/briefs/a.md:4:8: error[wrong-type]: `extra` must be a table of keys that your templates know, not a list
  help: write a table of keys that your templates know

"#]]
    );
}

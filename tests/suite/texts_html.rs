//! HTML in texts, for books that want it: nested as it is written, harmless, nothing lost.

use snapbox::{assert_data_eq, str};

use crate::book::{between, book, page, said};

const A: &str = "2025/08/08/a/index.html";

fn text(text: &str) -> String {
    format!(
        "//- book.toml\n[text]\nraw-html = 'sanitize'\n//- static/img/x.jpg\nx\n\
         //- content/pages/team.md\n---\ntitle: Team\n---\n\
         //- content/briefs/a.md\n---\ntitle: A\ndate: 2025-08-08\n---\n{text}\n"
    )
}

fn html(markdown: &str) -> String {
    let html = page(&book(&text(markdown)), A);
    between(&html, "id=\"body\">", "<footer")[0].to_owned()
}

#[test]
fn markdown_inside_html_stays_inside() {
    let html = html(
        "<details open>\n<summary>More</summary>\n\nSome **bold** words.[^n]\n\n- [x] done\n\n</details>\n\nAfter.\n\n[^n]: A note.",
    );
    let inside = between(&html, "<details open=\"\">", "</details>")[0];
    for part in ["<summary>More</summary>", "<strong>bold</strong>", "checked", "ref-n"] {
        assert!(inside.contains(part), "{part} in {html}");
    }
    assert!(!inside.contains("After."), "{html}");
}

#[test]
fn what_markdown_makes_is_not_touched_beside_html() {
    let markdown = "On 7 August 2025 it rose.\n\n- [x] a\n\n| A |\n|--:|\n| b |\n";
    let beside = markdown.replace("it rose", "<b>it</b> rose");
    let plain = html(markdown).replace("it rose", "<b>it</b> rose");
    assert_eq!(html(&beside), plain);
    assert!(plain.contains("<time datetime=\"2025-08-07\">"), "{plain}");
}

#[test]
fn everything_that_is_left_out_is_reported() {
    let files = text(
        "<div style=\"x\" class=\"box\">\n\nText\n\n</div>\n\n<iframe src=\"https://v.example/\"></iframe>\n\n\
         A <font color=red>red</font> word</b> and <a name=\"part\"></a><a id=\"body\">it</a>.\n\n\
         <img src=\"https://t.example/p.gif\" alt=\"Dot\">\n\n<a href=\"nowhere.md\">x</a> <img src=\"/img/x.jpg\">",
    );
    assert_data_eq!(
        said(&book(&files)),
        str![[r#"
content/briefs/a.md:5:6: warning[raw-html]: the attribute `style` of `<div>` is left out
  help: give it a `class`, and style that in a file under `additional-css`
content/briefs/a.md:11:1: warning[raw-html]: `<iframe>` is left out
  help: link to what it shows: `[words](https://…)`
content/briefs/a.md:13:3: warning[raw-html]: `<font>` is left out
  help: delete it, or write it in Markdown
content/briefs/a.md:13:34: warning[raw-html]: `</b>`, which ends nothing here, is left out
  help: delete it, or write it in Markdown
content/briefs/a.md:13:65: warning[raw-html]: the id `body`, which the page uses already, is left out
  help: delete it, or write it in Markdown
content/briefs/a.md:15:6: warning[remote-picture]: this picture is on another site, t.example, so a link stands for it
  help: put the file into static/ and write its path, such as `/img/p.gif`
content/briefs/a.md:17:4: error[broken-link]: there is no file content/briefs/nowhere.md
  help: name a file of the book by its path from this one
content/briefs/a.md:17:28: warning[missing-alt]: this picture has no `alt` text
  help: add `alt="…"`: what it shows, in a few words

"#]]
    );
}

#[test]
fn addresses_in_html_are_treated_as_in_markdown() {
    let html = html(
        "<a href=\"../pages/team.md\">Team</a> <img src=\"/img/x.jpg\" alt=\"X\" width=\"9\"> \
         <a name=\"part\"></a>[down](#part) <a href=\"javascript&colon;x\">no</a>",
    );
    assert!(html.contains("<a href=\"../../../../team/\">Team</a>"), "{html}");
    assert!(
        html.contains("<img src=\"../../../../img/x.jpg\" alt=\"X\" width=\"9\">"),
        "{html}"
    );
    assert!(html.contains("<a id=\"part\"></a><a href=\"#part\">down</a>"), "{html}");
    assert!(html.contains("<a>no</a>"), "{html}");
}

#[test]
fn the_page_stays_whole_whatever_is_written() {
    for nasty in [
        "</div></main></body>text",
        "<div><p><b>open",
        "<table><tr><td>a\n\n**b**\n",
        "- <div>\n- b</div>\n\nc",
        "<a href=\"https://a.example\">b [c](https://d.example) <a>e</a>",
        "<svg><script>x()</script></svg>d",
        "<b title=\"</b><script>\">e",
        "<scr<script>ipt>f",
        "> <blockquote>\n\ng",
        "<img src=x onerror=alert(1)//",
    ] {
        let html = page(&book(&text(nasty)), A);
        let text = between(&html, "id=\"body\">", "<footer")[0];
        for bad in ["<script", "<img src=x", "</main>", "</body>", "<svg"] {
            assert!(!text.contains(bad), "{bad} of {nasty} in {text}");
        }
        for name in ["div", "b", "table", "td", "blockquote", "li", "a", "p"] {
            let open = html.matches(&format!("<{name} ")).count()
                + html.matches(&format!("<{name}>")).count();
            let closed = html.matches(&format!("</{name}>")).count();
            assert_eq!(open, closed, "{name} of {nasty} in {html}");
        }
    }
}

#[test]
fn what_stands_behind_a_script_in_a_line_stays() {
    let html = html("Say <script>lost()</script> [team](../pages/team.md), `code`, end.");
    let rest = "<a href=\"../../../../team/\">team</a>, <code>code</code>, end.</p>";
    assert!(html.contains(&format!("<p>Say  {rest}")), "{html}");
}

#[test]
fn html_among_the_words_of_a_picture_opens_nothing() {
    let html = html("![A <a href=\"x\"> gate](/img/x.jpg) and 7 August 2025.");
    assert!(html.contains("<time datetime=\"2025-08-07\">"), "{html}");
}

#[test]
fn a_film_on_another_site_is_left_out_and_told_so() {
    let files = text(
        "<video src=\"https://v.example/a.mp4\" poster=\"//v.example/p.jpg\"></video>",
    );
    assert_data_eq!(
        said(&book(&files)),
        str![[r#"
content/briefs/a.md:5:8: warning[remote-picture]: this film is on another site, v.example, so it is left out
  help: put the file into static/ and write its path, such as `/a.mp4`, or link to it: `[words](https://…)`
content/briefs/a.md:5:38: warning[remote-picture]: this picture is on another site, v.example, so it is left out
  help: put the file into static/ and write its path, such as `/p.jpg`, or link to it: `[words](https://…)`

"#]]
    );
}

//! Callouts, definition lists and bare addresses: what texts of today have beyond `CommonMark`.

use crate::book::{between, book, page, said};

const A: &str = "2025/08/08/a/index.html";

fn files(settings: &str, text: &str) -> String {
    format!(
        "//- book.toml\n[book]\ntitle = 'Desk'\n[output.html]\nsite-url = 'https://desk.example/'\n{settings}\n\
         //- content/entities/ines-quist.md\n---\nname: Ines Quist\nkind: person\n---\n\
         //- content/briefs/a.md\n---\ntitle: A\ndate: 2025-08-08\n---\n{text}\n"
    )
}

fn body(settings: &str, text: &str) -> String {
    let html = page(&book(&files(settings, text)), A);
    between(&html, "id=\"body\">", "<footer")[0].to_owned()
}

#[test]
fn a_quotation_that_begins_with_a_sign_is_a_box_whose_word_is_read_aloud() {
    let text = "> [!WARNING]\n> Ines Quist *resigned*.\n>\n> > Within.\n\n> [!note]\n> Small.\n\n> [!OTHER]\n> Not one.";
    let html = body("", text);
    assert!(
        html.contains(
            "<div class=\"callout\" data-kind=\"warning\" role=\"note\">\n<p class=\"label\">Warning</p>\n<p><a"
        ),
        "{html}"
    );
    assert!(html.contains("data-kind=\"note\"") && html.contains("[!OTHER]"), "{html}");
    let entity = page(&book(&files("", text)), "entities/ines-quist/index.html");
    assert!(entity.contains("resigned"), "names are found in it: {entity}");
    let feed = page(&book(&files("", text)), "feed.xml");
    assert!(
        feed.contains("<blockquote>\n<p><strong>Warning</strong></p>")
            && !feed.contains("callout"),
        "{feed}"
    );
}

#[test]
fn terms_with_their_definitions_are_a_list() {
    let html = body(
        "",
        "Ebb\n: The tide goes out, *says* Ines Quist.\n: Decline.\n\nFlood\n: The tide comes in.",
    );
    assert!(html.contains("<dl>\n<dt>Ebb</dt>\n<dd>The tide"), "{html}");
    assert_eq!((html.matches("<dd>").count(), html.matches("<dt>").count()), (3, 2));
    assert!(html.contains("ines-quist"), "{html}");
}

#[test]
fn an_address_without_brackets_is_a_link_unless_the_book_says_no() {
    let text = "See https://x.example/a_b?c=1&d=2, [here](https://y.example) and `https://z.example`.";
    let link = "<a href=\"https://x.example/a_b?c=1&amp;d=2\" rel=\"external\">https://x.example/a_b?c=1&amp;d=2</a>, <a";
    let html = body("", text);
    assert!(html.contains(link), "{html}");
    assert_eq!(html.matches("<a ").count(), 2, "{html}");
    assert_eq!(said(&book(&files("", text))), "");
    let html = body("[text]\nautolink = false", text);
    assert_eq!(html.matches("<a ").count(), 1, "{html}");
}

#[test]
fn no_name_is_found_in_an_address_and_no_link_within_a_link_of_html() {
    let text = "<a href=\"https://y.example\">See https://x.example/Ines Quist</a>";
    let html = body("[text]\nraw-html = 'sanitize'", text);
    assert_eq!(html.matches("<a ").count(), 1, "{html}");
    let html = body("", "At https://x.example/?q=Ines+Quist they asked.");
    assert!(!html.contains("class=\"mention\""), "{html}");
}

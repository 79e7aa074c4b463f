//! Texts: what is read as Markdown, and what is printed as it was typed.

use snapbox::{assert_data_eq, str};

use crate::book::{between, book, page, said};

const A: &str = "2025/08/08/a/index.html";

fn text(text: &str) -> String {
    format!("//- content/briefs/a.md\n---\ntitle: A\ndate: 2025-08-08\n---\n{text}\n")
}

fn html(markdown: &str) -> String {
    let html = page(&book(&text(markdown)), A);
    between(&html, "id=\"body\">", "<footer")[0].to_owned()
}

#[test]
fn a_footnote_inside_another_is_nested_or_reported() {
    let quoted = "Words.[^a]\n\n[^a]: Outer.\n\n    > [^b]: Inner.\n\n    Tail.[^b]";
    assert_eq!(said(&book(&text(quoted))), "");
    let html = html(quoted);
    let notes = between(&html, "class=\"note-body\"", "</div>");
    assert!(notes[0].contains("Outer.") && notes[0].contains("Tail."), "{html}");
    assert!(!notes[0].contains("Inner.") && notes[1].contains("Inner."), "{html}");
    let flat = "Words.[^a]\n\n[^a]: Outer.\n\n    [^b]: Inner.\n\n    Tail.[^b]";
    assert_data_eq!(
        said(&book(&text(flat))),
        str![[r#"
content/briefs/a.md:9:5: error[nested-footnote]: the footnote `[^b]` is defined inside another
  help: begin the line of `[^b]` at the margin, below the other footnote
content/briefs/a.md:9:5: warning[unreferenced-footnote]: only footnotes that are not shown refer to `[^b]`
  help: put `[^b]` after the words it belongs to, or delete it

"#]]
    );
}

#[test]
fn footnotes_that_are_not_shown_are_reported() {
    let files =
        text("Words.[^a]\n\n[^a]:\n\n[^b]: See.[^c]\n\n[^c]: See.[^b]\n\n[^a]: Again.");
    assert_data_eq!(
        said(&book(&files)),
        str![[r#"
content/briefs/a.md:7:1: warning[empty-footnote]: the footnote `[^a]` has no text
  help: write the note behind the colon, or delete it
content/briefs/a.md:9:1: warning[unreferenced-footnote]: only footnotes that are not shown refer to `[^b]`
  help: put `[^b]` after the words it belongs to, or delete it
content/briefs/a.md:11:1: warning[unreferenced-footnote]: only footnotes that are not shown refer to `[^c]`
  help: put `[^c]` after the words it belongs to, or delete it
content/briefs/a.md:13:1: warning[unreferenced-footnote]: the footnote `[^a]` is defined twice, and only the first is shown
  help: give one of the two another name

"#]]
    );
}

#[test]
fn a_note_leads_back_only_to_references_that_are_shown() {
    let html = html("Words.[^a]\n\n[^a]: Shown.\n\n[^b]: Not shown.[^a]");
    assert!(html.contains("#ref-a\"") && !html.contains("#ref-a-2"), "{html}");
}

#[test]
fn ids_that_are_nearly_alike_stand_once_each() {
    let html = html(
        "## Update\n\nA[^a][^a][^a-2].\n\n## Update\n\nB[^é][^ê].\n\n## Update 2\n\n## 50 %\n\n## +/-\n\n\
         [^a]: A.\n\n[^a-2]: B.\n\n[^é]: C.\n\n[^ê]: D.",
    );
    let mut ids = between(&html, " id=\"", "\"");
    let n = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), n, "{ids:?}");
    for id in ["h-update", "h-update-2", "h-update-2-2", "h-section", "ref-a", "note-e-2"]
    {
        assert!(ids.contains(&id), "{id} in {ids:?}");
    }
}

#[test]
fn brackets_that_are_printed_are_reported() {
    let files = text(
        "[words][loss] and [report][report], words^[note], [x] (y.md), [a](y z.md), [sic] (sic).\n\n\
         It fell.[^loss]\n\n[^loss]: Forty.",
    );
    assert_data_eq!(
        said(&book(&files)),
        str![[r#"
content/briefs/a.md:5:1: warning[stray-brackets]: these brackets are printed as they are
  help: write `[words][^loss]` for a note
content/briefs/a.md:5:19: warning[stray-brackets]: these brackets are printed as they are
  help: write `[report](address)` for a link, or `[report][^report]` for a note
content/briefs/a.md:5:43: warning[stray-brackets]: these brackets are printed as they are
  help: write `words[^name]`, and `[^name]: the note` at the end of the file
content/briefs/a.md:5:51: warning[stray-brackets]: these brackets are printed as they are
  help: write `[x](y.md)`
content/briefs/a.md:5:63: warning[stray-brackets]: these brackets are printed as they are
  help: write `[a](<y z.md>)`

"#]]
    );
}

#[test]
fn asterisks_that_are_printed_are_reported() {
    let files =
        text("これは**「重要」**です。\n\nTwo * three * four, and 5*.\n\n`a**b**`");
    assert_data_eq!(
        said(&book(&files)),
        str![[r#"
content/briefs/a.md:5:4: warning[stray-emphasis]: `**` is printed here and makes nothing stand out
  help: write `「**重要**」`, or put a space before and behind

"#]]
    );
}

#[test]
fn an_entity_that_is_a_control_character_is_reported_and_left_out() {
    let files = text("A bell &#7; rings.");
    assert_data_eq!(
        said(&book(&files)),
        str![[r#"
content/briefs/a.md:5:8: error[control-character]: `&#7;` is the control character U+0007
  help: delete it

"#]]
    );
    assert!(html("A bell &#7; rings.").contains("A bell  rings."));
}

#[test]
fn the_words_of_a_picture_are_plain() {
    let files = format!(
        "{}//- static/x.svg\nx\n",
        text("![a [b](https://e.example) *c*](/x.svg) here")
    );
    let html = page(&book(&files), A);
    assert!(html.contains("<img src=\"../../../../x.svg\" alt=\"a b c\">"), "{html}");
    assert!(self::html("![the gate]() stood.").contains("the gate stood."));
    let lone = format!("{}//- static/x.svg\nx\n", text("![A gate](/x.svg \"At night\")"));
    let html = page(&book(&lone), A);
    let figure = "<figure><img src=\"../../../../x.svg\" alt=\"A gate\"><figcaption>At night</figcaption></figure>";
    assert!(html.contains(figure), "{html}");
}

#[test]
fn boxes_to_tick_have_a_name_and_cells_a_class() {
    let html =
        html("- [x] Ask\n- [ ] Print\n\n  twice\n\n| A | B |\n|:-:|:--|\n| c | d |\n");
    let label = "<label><input type=\"checkbox\" disabled=\"\" checked=\"\"> Ask</label>";
    assert!(html.contains(label), "{html}");
    assert_eq!(html.matches("<label>").count(), html.matches("</label>").count());
    assert!(html.contains("<th class=\"align-center\">A</th>"), "{html}");
    assert!(!html.contains("style="), "{html}");
}

#[test]
fn a_quote_in_a_note_that_is_not_shown_leads_to_the_page_alone() {
    let files = "//- content/entities/ada.md\n---\nname: Ada Holm\nkind: person\n---\n";
    let note = "[^q]:\n    quote: Ada Holm\n\n    Said so.\n";
    let entity = |words: &str| {
        let files = format!("{files}{}", text(&format!("{words}\n\n{note}")));
        page(&book(&files), "entities/ada/index.html")
    };
    assert!(entity("She [spoke][^q].").contains("/2025/08/08/a/#note-q\""));
    assert!(!entity("She `spoke[^q]`.").contains("#note-q"));
}

#[test]
fn a_typed_note_with_markup_around_its_fields_is_reported() {
    let notes = [
        "- claim: The pier burned.\n    - said-by: Ada",
        "**claim**: The pier burned.\n    **said-by**: Ada",
        "**Claim:** The pier burned.",
        "1. quote: Ada\n    2. to: Wire",
        "claims: The pier burned.",
        "quotes: Ada\n    to: Wire",
        "cliam: The pier burned.\n    said-by: Ada",
    ];
    for note in notes {
        let report = said(&book(&text(&format!("Words.[^a]\n\n[^a]:\n    {note}\n"))));
        assert!(report.contains("printed"), "{note}: {report}");
    }
    let ordinary = [
        "**Note**: the law was passed.",
        "**Source**: a letter to the desk.",
        "Sources: two of them.",
        "- a list\n    - of two",
        "Claims were made: x.",
        "- event: a word\n    - another: word",
    ];
    for note in ordinary {
        let report = said(&book(&text(&format!("Words.[^a]\n\n[^a]:\n    {note}\n"))));
        assert_eq!(report, "", "{note}");
    }
}

#[test]
fn the_wrong_words_that_stand_out_are_reported() {
    let files = text(
        "これは**「甲」**と**「乙」**です。\n\n**「甲」**と**「乙」** です。\n\n「甲」**と**「乙」です。",
    );
    assert_data_eq!(
        said(&book(&files)),
        str![[r#"
content/briefs/a.md:5:9: warning[stray-emphasis]: the wrong words stand out: `と`
  help: put the `**` inside the brackets, `「**…**」`, or a space before and behind
content/briefs/a.md:7:6: warning[stray-emphasis]: the wrong words stand out: `と`
  help: put the `**` inside the brackets, `「**…**」`, or a space before and behind

"#]]
    );
}

#[test]
fn a_list_in_which_two_names_are_one_text_is_reported() {
    let files = "//- content/entities/afp.md\n---\nname: AFP\nkind: organization\n---\n\
         //- content/briefs/a.md\n---\ntitle: A\ndate: 2025-08-08\nby: [Ada Holm, \"Ben Ito, AFP\"]\n\
         sources: [AFP and Reuters, Standard and Poor's]\n---\n";
    assert_data_eq!(
        said(&book(files)),
        str![[r#"
content/briefs/a.md:4:16: warning[comma-list]: `by: Ben Ito, AFP` is one text, not a list
  help: make it items of their own: `Ben Ito`, `AFP`
content/briefs/a.md:5:11: warning[comma-list]: `sources: AFP and Reuters` is one text, not a list
  help: make it items of their own: `AFP`, `Reuters`

"#]]
    );
}

#[test]
fn a_card_does_not_lead_to_a_mention_in_a_note_that_is_not_shown() {
    let files = format!(
        "//- content/entities/norwick.md\n---\nname: Norwick\nkind: place\n---\n{}",
        text("Words `x[^n]`.\n\n[^n]: Of Norwick.")
    );
    assert!(!page(&book(&files), A).contains("#m-norwick"));
}

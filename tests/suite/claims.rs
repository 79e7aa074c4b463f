//! Claims: a proposition, what parties do with it, and what the desk finds, on every page.

use snapbox::{assert_data_eq, str};

use crate::book::{between, book, page, said};

/// Three briefs: a union says that nine in ten are on strike, the port denies it, and an
/// inspector counts 88 percent, which is a claim of its own.
const STRIKE: &str = "
//- book.toml
[output.html]
site-url = 'https://example.org/'
//- content/entities/union.md
---
name: Harbor Union
kind: organization
---
//- content/entities/port.md
---
name: Port of Norwick
kind: organization
---
//- content/entities/inspector.md
---
name: Ines Quist
kind: person
---
//- content/storylines/strike.md
---
title: The strike
---
//- content/briefs/one.md
---
title: Dockers walk out
date: 2025-03-14
storylines: [strike]
---
The Harbor Union says that [nine in ten][^turnout] are out.

[^turnout]:
    claim: Nine in ten dockers are on strike.
    said-by: Harbor Union
    finding: unconfirmed
//- content/briefs/two.md
---
title: Port denies it
date: 2025-03-15
storylines: [strike]
---
The Port of Norwick said [\"that is not so\"][^denial].

[^denial]:
    claim: nine in ten dockers are on strike
    denied-by: Port of Norwick
//- content/briefs/three.md
---
title: Inspector counts
date: 2025-03-20
storylines: [strike]
---
Ines Quist counted [88 percent][^count], which bears out [the union][^borne].

[^count]:
    claim: 88 percent of the dockers were on strike on 18 March.
    said-by: Ines Quist
    finding: confirmed

[^borne]:
    claim: Nine in ten dockers are on strike.
    finding: confirmed
    finding-source: Ines Quist
";

/// The text of HTML: tags gone, spaces single.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for c in html.chars() {
        match c {
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ if is_tag => {}
            _ => text.push(c),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The margin of a page: each note's text.
fn notes(html: &str) -> Vec<String> {
    between(html, "<details class=\"note\"", "</details>")
        .into_iter()
        .map(|it| plain(&format!("<{it}")))
        .collect()
}

#[test]
fn no_page_says_that_the_words_of_a_denier_are_confirmed() {
    let inputs = book(STRIKE);
    assert_eq!(said(&inputs), "");
    let two = page(&inputs, "2025/03/15/two/index.html");
    assert_eq!(
        notes(&two),
        ["1 Claim nine in ten dockers are on strike. Now ● confirmed. Denied by Port of Norwick. ○ Unconfirmed then · now ● confirmed, 20 March 2025 Denied by Port of Norwick Who said and denied it ↑ §"
            .replace("nine", "Nine")]
    );
    let port = page(&inputs, "entities/port/index.html");
    let section = between(&port, "<h2>Says and denies</h2>", "</section>")[0];
    assert_eq!(
        plain(section),
        "Denies: Nine in ten dockers are on strike. 15 March 2025, in Port denies it What the desk finds of the claim: ● confirmed, since 20 March 2025"
    );
    let claim = page(&inputs, "claims/nine-in-ten-dockers-are-on-strike/index.html");
    let opening = between(&claim, "<header class=\"opening\">", "</header>")[0];
    assert_eq!(
        plain(opening),
        "Claim Nine in ten dockers are on strike. ● Confirmed, since 20 March 2025 before: unconfirmed, since 14 March 2025 Said by Harbor Union; denied by Port of Norwick."
    );
    let storyline = page(&inputs, "storylines/strike/index.html");
    let told = between(&storyline, "<ul class=\"claim-list\">", "</section>")[0];
    let items: Vec<_> = between(told, "<li class=\"claim-item\">", "</li>")
        .into_iter()
        .map(plain)
        .collect();
    assert_eq!(
        items,
        [
            "88 percent of the dockers were on strike on 18 March. ● Confirmed, since 20 March 2025 Said by Ines Quist.",
            "Nine in ten dockers are on strike. ● Confirmed, since 20 March 2025 before: unconfirmed Said by Harbor Union; denied by Port of Norwick.",
        ]
    );
}

#[test]
fn then_and_now_are_findings_of_one_claim_and_nothing_else() {
    let inputs = book(STRIKE);
    let one = page(&inputs, "2025/03/14/one/index.html");
    assert_eq!(
        notes(&one),
        [
            "1 Claim Nine in ten dockers are on strike. Now ● confirmed. Said by Harbor Union. ○ Unconfirmed then · now ● confirmed, 20 March 2025 Said by Harbor Union Who said and denied it ↑ §"
        ]
    );
    let home = page(&inputs, "index.html");
    let changed = between(&home, "<h2>What changed</h2>", "</section>")[0];
    assert_eq!(
        plain(changed),
        "● Confirmed 20 March 2025 Nine in ten dockers are on strike. Before: unconfirmed"
    );
}

#[test]
fn the_sign_of_a_finding_stands_at_words_that_say_the_claim_and_at_none_that_deny_it() {
    let signs = |path: &str| {
        let html = page(&book(STRIKE), path);
        between(&html, "<a class=\"ref\"", "</a>")
            .iter()
            .map(|it| plain(it))
            .collect::<Vec<_>>()
    };
    let said = signs("2025/03/14/one/index.html");
    assert!(said[0].contains("Note 1, confirmed") && said[0].contains('●'), "{said:?}");
    let denied = signs("2025/03/15/two/index.html");
    assert!(denied[0].contains("\"Note 1\"") && !denied[0].contains('●'), "{denied:?}");
}

#[test]
fn the_page_of_a_claim_is_a_table_of_stances_over_its_days() {
    let claim =
        page(&book(STRIKE), "claims/nine-in-ten-dockers-are-on-strike/index.html");
    let table = between(&claim, "<table class=\"matrix\">", "</table>")[0];
    let rows: Vec<_> = between(table, "<tr", "</tr>")
        .into_iter()
        .map(|it| plain(&it.replace("</t", " </t")).replace("> ", ""))
        .collect();
    assert_eq!(
        rows,
        [
            "14 March 2025 15 March 2025 20 March 2025",
            "class=\"desk\"> The desk finds ○ Unconfirmed ● Confirmed",
            "Harbor Union said",
            "Port of Norwick denied",
        ]
        .map(|it| it.replace("> ", ""))
    );
    assert!(table.contains(
        "<td colspan=\"2\"><span class=\"status\" data-status=\"unconfirmed\""
    ));
    let cells = |row: usize| {
        let row = between(table, "<tr", "</tr>")[row];
        between(row, "<td", ">").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let held = " class=\"held\" data-stance=\"says\"";
    assert_eq!(cells(2), [held, held, held]);
    assert_eq!(cells(3)[0], "", "nothing is held before it is said");
}

#[test]
fn quote_marks_are_never_doubled() {
    let claim =
        page(&book(STRIKE), "claims/nine-in-ten-dockers-are-on-strike/index.html");
    assert!(claim.contains("<q>that is not so</q>"), "{claim}");
}

#[test]
fn a_claim_is_told_to_search_engines_with_where_it_appeared() {
    let json = |inputs: &dateline::input::Inputs| {
        let html = page(inputs, "claims/nine-in-ten-dockers-are-on-strike/index.html");
        let script =
            between(&html, "<script type=\"application/ld+json\">", "</script>")[0];
        serde_json::from_str::<serde_json::Value>(script).unwrap()[0].clone()
    };
    let claim = json(&book(STRIKE));
    assert_eq!(claim["@type"], "Claim");
    assert_eq!(claim["appearance"].as_array().unwrap().len(), 3);
    assert_eq!(claim["firstAppearance"]["url"], "https://example.org/2025/03/14/one/");
    assert_eq!(
        claim["author"][0]["name"], "Harbor Union",
        "who says it, not who denies it"
    );
    let reviewing =
        STRIKE.replace("[output.html]", "[claims]\nreview = true\n[output.html]");
    let review = json(&book(&reviewing));
    assert_eq!(review["@type"], "ClaimReview");
    assert_eq!(review["reviewRating"]["alternateName"], "Confirmed");
    assert_eq!(review["itemReviewed"]["@type"], "Claim");
}

#[test]
fn the_feed_says_the_sentence_before_who_denied_it() {
    let feed = page(&book(STRIKE), "feed.xml");
    assert!(
        feed.contains("<p>Nine in ten dockers are on strike. (Unconfirmed then, now confirmed, 20 March 2025.) Denied by Port of Norwick.</p>"),
        "{feed}"
    );
}

/// A brief with these footnotes on a word each.
fn brief(notes: &[&str]) -> String {
    let mut text = "\n//- content/entities/ann.md\n---\nname: Ann Lee\nkind: person\n---\n//- content/briefs/b.md\n---\ntitle: B\ndate: 2025-08-08\n---\nText".to_owned();
    for at in 0..notes.len() {
        text += &format!("[^{at}]");
    }
    text += ".\n";
    for (at, note) in notes.iter().enumerate() {
        text += &format!("\n[^{at}]:\n    {}\n", note.replace('\n', "\n    "));
    }
    text
}

#[test]
fn what_is_wrong_with_claims_is_told_where_it_stands() {
    let notes = [
        "claim: denied\nby: Ann Lee\nledger: troops",
        "claim: trops",
        "claim: Ann Lee has left the town.\nsaid-by: Ann Lee\nfinding: disputed",
        "claim: Ann Lee has not left the town.\nsaid-by: Ann Lea",
        "claim: Ann Lee has left the town.\ndenied-by: Ann Lee\nfinding: false",
        "quote: Ann Lee\nclaim: troops",
    ];
    let files = "
//- content/claims/troops.md
---
title: Troops will be sent to the border
findings: [{is: unconfirmed, on: 2031-01-01}]
---
//- content/claims/unused.md
---
title: Nobody has ever claimed this before
---
//- content/entities/bo.md
---
name: Bo Ray
kind: person
---
He [said][^a] it.

[^a]:
    claim: troops
    finding: false
";
    let all = brief(&notes) + files;
    assert_data_eq!(
        said(&book(&all)),
        str![[r#"
content/briefs/b.md:8:12: error[old-claim]: `claim: denied` is how claims were written in 0.1.0
  help: write `claim: troops`, `denied-by: Ann Lee`
  help: give it a file content/claims/troops.md whose `title` is the claim, one full sentence
content/briefs/b.md:13:12: error[unknown-claim]: no claim has the slug `trops`
  help: write `troops`
content/briefs/b.md:15:1: warning[contrary-stances]: one party says and denies this claim in one text
  help: correct the party, or give one of the stances its day with `on`
content/briefs/b.md:20:1: warning[near-claim]: nearly the words of another claim: `Ann Lee has left the town.`
  help: write the same sentence if it is the same claim, and `denied-by` for a denial
content/briefs/b.md:22:14: warning[near-name]: `Ann Lea` matches no entity, but `Ann Lee` does
  help: write `Ann Lee` if that is the one you mean
content/briefs/b.md:24:1: warning[conflicting-findings]: the desk finds `false` and `disputed` of one claim at the same time
  help: give the later brief a time of day, or correct one of them
content/briefs/b.md:30:5: error[missing-key]: `stance` is missing
  help: add `stance: denies`
content/claims/troops.md:3:12: warning[future-finding]: this finding is dated 2031-01-01, a day that has not come
  help: correct the date; until then the finding is left out
content/claims/unused.md:2:8: warning[unused-claim]: no text refers to the claim `unused`
  help: write `claim: unused` in a footnote, or delete the file
content/entities/bo.md:7:1: error[missing-key]: `on` is missing: this text has no day of its own, and a finding needs one
  help: add `on: 2025-08-08`

"#]]
    );
}

#[test]
fn five_hundred_stances_and_a_sentence_of_two_thousand_characters_are_one_page() {
    let long = "very ".repeat(400);
    let first = format!("claim: This is a {long}long sentence.\nsaid-by: Ann Lee");
    let mut notes = vec![first];
    for at in 0..500 {
        let day = at % 28 + 1;
        notes.push(format!(
            "claim: It rains in Norwick today.\nsaid-by: Party {at}\non: 2025-07-{day:02}"
        ));
    }
    let notes: Vec<&str> = notes.iter().map(String::as_str).collect();
    let inputs = book(&brief(&notes));
    assert_eq!(said(&inputs), "");
    let claim = page(&inputs, "claims/it-rains-in-norwick-today/index.html");
    assert_eq!(
        between(&claim, "<ul class=\"parties\">", "</ul>")[0].matches("<li>").count(),
        500
    );
    assert!(!claim.contains("<table"), "too many days for columns");
}

#[test]
fn a_claim_keeps_its_address_when_a_later_text_makes_the_same_one() {
    let files = "
//- content/briefs/old.md
---
title: Old
date: 2025-08-01
---
A[^a].

[^a]:
    claim: It is so!
//- content/briefs/new.md
---
title: New
date: 2025-08-02
---
B[^b] C[^c].

[^b]:
    claim: It is so?

[^c]:
    claim: Something else is so.
    slug: other
    redirect-from: /old/other/
";
    let inputs = book(files);
    assert!(page(&inputs, "claims/it-is-so/index.html").contains("<h1>It is so!</h1>"));
    assert!(page(&inputs, "claims/it-is-so-2/index.html").contains("<h1>It is so?</h1>"));
    assert!(
        page(&inputs, "claims/other/index.html")
            .contains("<h1>Something else is so.</h1>")
    );
    assert!(page(&inputs, "old/other/index.html").contains("../../claims/other/"));
}

#[test]
fn a_quote_may_be_the_words_of_a_stance() {
    let notes = [
        "claim: It rains in Norwick.\nsaid-by: Bo Ray",
        "quote: Ann Lee\nclaim: it-rains-in-norwick\nstance: denies",
    ];
    let inputs = book(&brief(&notes));
    assert_eq!(said(&inputs), "");
    let ann = page(&inputs, "entities/ann/index.html");
    assert!(ann.contains("Denies:"), "{ann}");
    assert!(!ann.contains("<h2>Quotes</h2>"), "told once");
}

#[test]
fn a_claim_without_a_finding_has_no_sign_and_no_word() {
    let inputs = book(&brief(&["claim: It rains in Norwick.\nsaid-by: Ann Lee"]));
    for path in ["2025/08/08/b/index.html", "claims/it-rains-in-norwick/index.html"] {
        let html = page(&inputs, path);
        let main = between(&html, "<main", "</main>")[0];
        assert!(!main.contains("class=\"status\""), "{path}: {main}");
    }
}

#[test]
fn of_a_withdrawn_statement_both_are_kept_and_the_last_leads() {
    let notes = [
        "claim: It rains in Norwick.\nsaid-by: Ann Lee\non: 2025-08-01",
        "claim: It rains in Norwick.\nwithdrawn-by: Ann Lee",
    ];
    let inputs = book(&brief(&notes));
    assert_eq!(said(&inputs), "");
    let ann = page(&inputs, "entities/ann/index.html");
    let section = between(&ann, "<h2>Says and denies</h2>", "</section>")[0];
    assert_eq!(
        plain(section),
        "Withdrew: It rains in Norwick. 8 August 2025, in B Before that: said, 1 August 2025, in B"
    );
}

#[test]
fn web_annotations_carry_the_sentence_and_the_finding_of_the_day() {
    let with = STRIKE.replace("[output.html]", "[output.web-annotation]\n[output.html]");
    let json = page(&book(&with), "2025/03/15/two/annotations.jsonld");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let items = json["items"].as_array().unwrap();
    let note = items.iter().find(|it| it["motivation"] == "assessing").unwrap();
    let bodies = note["body"].as_array().unwrap();
    assert_eq!(bodies[0]["value"], "Nine in ten dockers are on strike.");
    assert_eq!(
        bodies[0]["source"],
        "https://example.org/claims/nine-in-ten-dockers-are-on-strike/"
    );
    assert_eq!(bodies[1]["purpose"], "classifying");
    assert_eq!(bodies[1]["value"], "unconfirmed", "not yet confirmed on that day");
    assert_eq!(bodies[2]["value"], "Claim, denied by Port of Norwick");
}

#[test]
fn an_export_tells_claims_stances_and_findings_apart() {
    let made = crate::book::site(&book(STRIKE));
    let mut lines = Vec::new();
    dateline::export::export(&made.built.edition, |record| {
        let line = serde_json::to_value(record).unwrap();
        let told = match line["record"].as_str().unwrap() {
            "claim" => format!("claim {} {}", line["sentence"], line["finding"]),
            "stance" => {
                format!("stance {} {} {}", line["entity"], line["does"], line["on"])
            }
            "finding" => {
                format!("finding {} {} {}", line["is"], line["on"], line["source"])
            }
            _ => return Ok::<(), ()>(()),
        };
        lines.push(told.replace('"', ""));
        Ok(())
    })
    .unwrap();
    assert_eq!(
        lines,
        [
            "claim 88 percent of the dockers were on strike on 18 March confirmed",
            "stance inspector says 2025-03-20",
            "finding confirmed 2025-03-20 null",
            "claim Nine in ten dockers are on strike confirmed",
            "stance port denies 2025-03-15",
            "stance union says 2025-03-14",
            "finding confirmed 2025-03-20 Ines Quist",
            "finding unconfirmed 2025-03-14 null",
        ]
    );
}

#[test]
fn a_claim_may_be_about_itself_and_its_file_may_tell_of_it() {
    let files = "
//- content/claims/loop.md
---
title: This claim is about itself
about: This claim is about itself
stances: [{by: Ann Lee, does: says}]
---
See [[This claim is about itself]] and [it][^a].

[^a]:
    claim: loop
    denied-by: Bo Ray
    on: 2025-08
    finding: disputed
";
    let inputs = book(files);
    assert_eq!(said(&inputs), "");
    let html = page(&inputs, "claims/loop/index.html");
    let opening = between(&html, "<header class=\"opening\">", "</header>")[0];
    assert_eq!(
        plain(opening),
        "Claim This claim is about itself. ◐ Disputed, since August 2025 Said by Ann Lee; denied by Bo Ray."
    );
}

#[test]
fn of_two_files_with_one_sentence_the_first_has_the_words_of_footnotes() {
    let files = "
//- content/claims/a-port.md
---
title: The port is open
---
//- content/claims/b-port.md
---
title: The port is open
---
//- content/briefs/one.md
---
title: Ships come in
date: 2025-03-14
---
Somebody says that [ships come in][^open].

[^open]:
    claim: The port is open.
    said-by: A pilot
";
    let inputs = book(files);
    assert!(page(&inputs, "claims/a-port/index.html").contains("A pilot"));
    assert!(!page(&inputs, "claims/b-port/index.html").contains("A pilot"));
}

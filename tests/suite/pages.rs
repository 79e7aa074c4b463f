//! What a reader sees on each kind of page.

use dateline::render::Rendered;

use crate::book::{between, book, page, said, site};

const ROLES: &str = "
//- content/entities/marco-rubio.md
---
name: Marco Rubio
kind: person
summary: An American politician.
roles:
  - {title: US Senator, of: Florida, from: 2011-01-05, to: 2025-01-20}
  - {title: Secretary of State, of: United States, from: 2025-01-21, to: 2025-12-31}
---
Born in Miami.
";

fn role_on(date: &str) -> Option<String> {
    let brief = format!(
        "{ROLES}//- content/briefs/b.md\n---\ntitle: B\ndate: {date}\n---\nMarco Rubio spoke.\n"
    );
    let inputs = book(&brief);
    let path = format!("{}/b/index.html", date.replace('-', "/"));
    let html = page(&inputs, &path);
    between(&html, "<p class=\"role\">", "</p>").first().map(|it| (*it).to_owned())
}

#[test]
fn the_sidebar_shows_the_role_held_on_the_day_of_the_brief() {
    let cases = [
        ("2011-01-04", None), // before the first
        ("2011-01-05", Some("US Senator, Florida")),
        ("2025-01-20", Some("US Senator, Florida")),
        ("2025-01-21", Some("Secretary of State, United States")),
        ("2026-01-01", None), // after the last
    ];
    for (date, expected) in cases {
        assert_eq!(role_on(date).as_deref(), expected, "{date}");
    }
}

/// A ministry that had another name until 2021, and a member that left a union.
const PERIODS: &str = "
//- content/entities/ministry.md
---
name: Ministry of Defense
kind: organization
names:
  - {name: War Office, to: 2021}
relations:
  - {is: member of, entity: union, from: 2020-01-01, to: 2022-12-31}
  - {is: part of, entity: union, from: 2031-01-01}
---
//- content/entities/union.md
---
name: Union
kind: organization
---
";

#[test]
fn a_name_that_has_only_a_last_day_holds_until_that_day_in_text_and_card() {
    for (day, name, words) in [
        ("2021-12-31", "War Office", "War Office"),
        ("2022-01-01", "Ministry of Defense", "Ministry of Defense"),
    ] {
        let text = format!(
            "{PERIODS}//- content/briefs/b.md\n---\ntitle: B\ndate: {day}\n---\nThe {words} spoke.\n"
        );
        let path = format!("{}/b/index.html", day.replace('-', "/"));
        let html = page(&book(&text), &path);
        let card = between(&html, "<p class=\"name\">", "</p>");
        assert!(
            card.iter().any(|it| it.contains(&format!(">{name}<"))),
            "{day}: {card:?}"
        );
        assert!(
            html.contains(&format!(
                "href=\"../../../../entities/ministry/\">{words}</a>"
            )),
            "{day}"
        );
    }
}

#[test]
fn a_relation_that_is_over_or_to_come_says_so() {
    let html = page(&book(PERIODS), "entities/ministry/index.html");
    let states = between(&html, "<li data-state=\"", "\"");
    assert_eq!(states, ["past", "future"]);
    assert!(html.contains("<span class=\"now\">past</span>"));
}

#[test]
fn the_first_mention_is_a_link_and_all_are_counted() {
    let inputs = book(&format!("{ROLES}
//- content/briefs/b.md
---
title: B
date: 2025-08-08
---
# Marco Rubio in a heading

*Marco Rubio* spoke. Later Marco Rubio left, see [Marco Rubio](https://example.org) and `Marco Rubio`.
"));
    let html = page(&inputs, "2025/08/08/b/index.html");
    let links = between(&html, "<a class=\"mention\" id=\"m-marco-rubio\" href=\"", "\"");
    assert_eq!(links, ["../../../../entities/marco-rubio/"]);
    assert!(
        html.contains("href=\"#m-marco-rubio\""),
        "the sidebar leads to the first mention"
    );
    assert!(
        html.contains("4×"),
        "the heading and the link count, the code does not: {html}"
    );
}

#[test]
fn an_entity_lists_the_briefs_that_mention_it_newest_first_and_paged() {
    let mut files = format!("{ROLES}//- book.toml\n[lists]\nper-page = 2\n");
    for day in 1..=5 {
        files += &format!(
            "//- content/briefs/b{day}.md\n---\ntitle: Brief {day}\ndate: 2025-08-0{day}\n---\nMarco Rubio.\n"
        );
    }
    let inputs = book(&files);
    let first = page(&inputs, "entities/marco-rubio/index.html");
    let second = page(&inputs, "entities/marco-rubio/page/2/index.html");
    let titles = |html: &str| -> Vec<String> {
        let mut titles: Vec<String> = (1..=5).map(|n| format!("Brief {n}")).collect();
        titles.retain(|title| html.contains(&format!(">{title}<")));
        titles
    };
    assert_eq!(titles(&first), ["Brief 4", "Brief 5"]);
    assert_eq!(titles(&second), ["Brief 2", "Brief 3"]);
    assert!(first.contains("href=\"../../entities/marco-rubio/page/2/\""), "{first}");
}

#[test]
fn related_briefs_name_what_they_share_and_rare_names_weigh_more() {
    let mut files = String::from(
        "
//- content/entities/common.md
---
name: Commonland
kind: place
---
//- content/entities/rare.md
---
name: Rareville
kind: place
---
//- content/briefs/x.md
---
title: X
date: 2025-08-08
---
Commonland and Rareville.
//- content/briefs/old.md
---
title: Shares the rare one
date: 2024-01-01
---
Rareville.
",
    );
    for day in 1..=6 {
        files += &format!(
            "//- content/briefs/c{day}.md\n---\ntitle: Common {day}\ndate: 2025-08-0{day}\n---\nCommonland.\n"
        );
    }
    let html = page(&book(&files), "2025/08/08/x/index.html");
    let related = between(&html, "<ul class=\"related\">", "</section>")[0];
    let first = related.find("Shares the rare one").unwrap();
    assert!(related.find("Common 6").is_some_and(|common| first < common), "{related}");
    assert!(related.contains("Both name Rareville"), "{related}");
}

#[test]
fn a_storyline_leads_from_each_brief_to_the_one_before_and_after() {
    let mut files = String::from(
        "//- content/storylines/s.md\n---\ntitle: Saga\nstatus: closed\n---\n",
    );
    for day in 1..=3 {
        files += &format!(
            "//- content/briefs/b{day}.md\n---\ntitle: Part {day}\ndate: 2025-08-0{day}\nstorylines: [s]\n---\nText.\n"
        );
    }
    let html = page(&book(&files), "2025/08/02/b2/index.html");
    assert!(html.contains("Brief 2 of 3"), "{html}");
    assert!(
        html.contains("<a rel=\"prev\" href=\"../../../../2025/08/01/b1/\">Part 1</a>"),
        "{html}"
    );
    assert!(
        html.contains("<a rel=\"next\" href=\"../../../../2025/08/03/b3/\">Part 3</a>"),
        "{html}"
    );
    let saga = page(&book(&files), "storylines/s/index.html");
    assert!(saga.find("Part 1") < saga.find("Part 3"), "oldest first");
}

#[test]
fn tags_years_and_months_list_their_briefs() {
    let inputs = book(
        "
//- content/briefs/a.md
---
title: In August
date: 2025-08-08
tags: [Border security]
---
Text.
//- content/briefs/b.md
---
title: In July
date: 2024-07-01
---
Text.
",
    );
    let listed = |path: &str| {
        let html = page(&inputs, path);
        (html.contains("In August"), html.contains("In July"))
    };
    assert_eq!(listed("tags/border-security/index.html"), (true, false));
    assert_eq!(listed("2025/index.html"), (true, false));
    assert_eq!(listed("2025/08/index.html"), (true, false));
    assert_eq!(listed("2024/07/index.html"), (false, true));
    assert_eq!(listed("index.html"), (true, true));
    assert!(page(&inputs, "tags/index.html").contains("Border security"));
    assert!(page(&inputs, "404.html").contains("In August"));
}

#[test]
fn the_registry_is_sorted_as_the_language_sorts() {
    let names = ["Zebra", "Ärger", "Apfel", "Öl", "Oberon"];
    let mut files = String::new();
    for name in names {
        files += &format!(
            "//- content/entities/{}.md\n---\nname: {name}\nkind: thing\n---\n",
            name.to_lowercase()
        );
    }
    let order = |language: &str| {
        let inputs =
            book(&format!("{files}//- book.toml\n[book]\nlanguage = '{language}'\n"));
        let html = page(&inputs, "entities/index.html");
        let mut found = names;
        found.sort_by_key(|name| html.find(&format!(">{name}<")));
        found
    };
    assert_eq!(order("de"), ["Apfel", "Ärger", "Oberon", "Öl", "Zebra"]);
    assert_eq!(order("sv"), ["Apfel", "Oberon", "Zebra", "Ärger", "Öl"]);
}

#[test]
fn links_between_content_files_lead_to_pages() {
    let inputs = book("
//- content/pages/about.md
---
title: About
---
## How we work
Text.
//- content/storylines/s.md
---
title: Saga
---
//- content/briefs/2025/2025-08-08-a.md
---
title: A
date: 2025-08-08
---
[b](../2025/b.md), [about](../../pages/about.md#how-we-work), [[Saga]], [[B|that one]], ![A dot](/img/dot.svg)
//- content/briefs/2025/b.md
---
title: B
date: 2025-08-07
---
Text.
//- static/img/dot.svg
x
");
    assert_eq!(said(&inputs), "");
    let html = page(&inputs, "2025/08/08/a/index.html");
    for href in [
        "../../../../2025/08/07/b/\">b<",
        "../../../../about/#h-how-we-work\">about<",
        "../../../../storylines/s/\">Saga<",
        "../../../../2025/08/07/b/\">that one<",
        "../../../../img/dot.svg\" alt=\"A dot\"",
    ] {
        assert!(html.contains(href), "{href} in {html}");
    }
    assert!(page(&inputs, "about/index.html").contains("<h2 id=\"h-how-we-work\">"));
}

#[test]
fn drafts_embargoed_and_expired_briefs_are_on_no_page() {
    let front = ["draft: true", "embargo: 2025-08-21", "expires: 2025-08-19"];
    for front in front {
        let mut inputs = book(&format!(
            "
//- book.toml
[output.html]
site-url = 'https://example.org/repo/'
[output.web-annotation]
//- content/entities/e.md
---
name: Canaryland
kind: place
---
//- content/briefs/other.md
---
title: Other
date: 2025-08-07
storylines: [s]
---
Canaryland [did][^s].

[^s]:
    claim: shared
    said-by: Someone
//- content/claims/shared.md
---
title: It is shared
---
//- content/storylines/s.md
---
title: Saga
---
//- content/briefs/canary.md
---
title: Canary title
date: 2025-08-08
summary: Canary summary
tags: [canarytag]
by: [Canary Author]
place: Canaryland
storylines: [s]
redirect-from: [/canary-old/]
slug: canary-slug
updated: 2025-08-09
sources: [Canary Outlet, {{outlet: Canary Times, title: Canary piece, url: \"https://canary.example/\"}}]
image: {{file: canary.svg, alt: Canary alt, caption: Canary caption, credit: Canary credit}}
mentions: {{Canary: e}}
corrections: [{{on: 2025-08-09, text: Canary was wrong}}]
language: ca
{front}
---
Canary words about Canaryland[^c]. [Canary said][^q] [canary did][^e] canary[^n] canary[^k] canary[^d].

[^c]:
    claim: Canary is so.
    said-by: Canary Speaker
    finding: confirmed
    finding-source: Canary Paper
    redirect-from: /canary-claim/

[^d]:
    claim: shared
    denied-by: Canary Denier
    finding: false

[^q]:
    quote: Canary Voice

[^e]:
    event: Canary event
    on: 2025-08-08
    place: Canaryland

[^n]:
    note: Canary heading

    Canary note.

[^k]:
    correction: 2025-08-10

    Canary mended.
//- static/canary.svg
<svg/>
"
        ));
        let made = site(&inputs);
        for page in made.built.outline.iter() {
            let rendered = made.render(page).unwrap();
            let dateline::render::Rendered::Bytes(bytes) = rendered else { continue };
            let text = String::from_utf8_lossy(&bytes).replace("Canaryland", "");
            assert!(
                !text.to_lowercase().contains("canary"),
                "{front}: {} {text}",
                page.path
            );
            let is_file = &*page.path == "canary.svg"; // copied whoever names it
            assert!(is_file || !page.path.contains("canary"), "{}", page.path);
        }
        dateline::export::export(&made.built.edition, |record| {
            let line = serde_json::to_string(record).unwrap().replace("Canaryland", "");
            (!line.to_lowercase().contains("canary")).then_some(()).ok_or(line)
        })
        .unwrap();
        inputs.wanted.drafts = true;
        inputs.wanted.future = true;
        let preview = site(&inputs);
        let n_expected = 1 + usize::from(!front.starts_with("expires"));
        assert_eq!(preview.built.edition.briefs.len(), n_expected, "{front}");
    }
}

#[test]
fn markup_in_names_stays_text_on_every_page() {
    let inputs = book(
        "
//- book.toml
[book]
title = 'A & B <i>'
//- content/entities/e.md
---
name: 'Evil <b>\"&'' Corp'
kind: organization
aliases: ['</script><script>alert(1)</script>']
summary: '<img src=x onerror=alert(1)>'
---
//- content/briefs/b.md
---
title: '</title><script>alert(1)</script>'
date: 2025-08-08
summary: '\"><script>'
tags: ['<b>tag']
by: ['<i>me</i>']
---
Evil <b>\"&' Corp spoke.
",
    );
    let site = site(&inputs);
    for page in site.built.outline.iter() {
        let rendered = site.render(page).unwrap();
        let dateline::render::Rendered::Bytes(bytes) = rendered else { continue };
        if !page.path.ends_with(".html") {
            continue;
        }
        let html = String::from_utf8(bytes).unwrap();
        for bad in ["<script>alert", "<img src=x", "<b>tag", "<i>me", "<b>\""] {
            assert!(!html.contains(bad), "{bad} on {}", page.path);
        }
    }
}

#[test]
fn a_templates_own_file_takes_the_place_of_the_themes() {
    let files = "//- content/briefs/b.md\n---\ntitle: B\ndate: 2025-08-08\n---\nText.\n//- templates/brief.html\nOnly {{ view.title }}\n";
    assert_eq!(page(&book(files), "2025/08/08/b/index.html"), "Only B\n");
}

#[test]
fn a_name_that_holds_for_a_time_is_shown_in_its_time() {
    let shown = |date: &str| {
        let files = format!(
            "//- content/entities/dod.md\n---\nname: Department of Defense\nkind: organization\nnames: [{{name: Department of War, from: 2025-09-05}}]\n---\n//- content/briefs/b.md\n---\ntitle: B\ndate: {date}\n---\nAt the Department of Defense.\n"
        );
        let html =
            page(&book(&files), &format!("{}/b/index.html", date.replace('-', "/")));
        between(&html, "<p class=\"name\"><a href=\"../../../../entities/dod/\">", "<")[0]
            .to_owned()
    };
    assert_eq!(shown("2025-09-04"), "Department of Defense");
    assert_eq!(shown("2025-09-05"), "Department of War");
}

#[test]
fn one_entity_has_a_json_feed_if_the_book_asks_for_it() {
    let made = |setting: &str| {
        let files = format!(
            "//- book.toml
[output.html]
site-url = 'https://example.org/'
[feeds]
{setting}
//- content/entities/mexico.md
---
name: Mexico
kind: place
---
//- content/briefs/a.md
---
title: A
date: 2025-08-08
---
Mexico waits.
"
        );
        let site = site(&book(&files));
        let outline = site.built.outline.iter().map(|it| it.path.to_string());
        let mut feeds: Vec<String> = outline.filter(|it| it.contains("feed.")).collect();
        feeds.sort();
        let path = site.page("entities/mexico/index.html").unwrap();
        let Rendered::Bytes(html) = site.render(path).unwrap() else { panic!() };
        let html = String::from_utf8(html).unwrap();
        let links = between(&html, "<link rel=\"alternate\"", ">");
        feeds.join(" ") + &format!(", {} links", links.len())
    };
    assert_eq!(made(""), "entities/mexico/feed.xml feed.json feed.xml, 3 links");
    assert_eq!(
        made("json-of-one = true"),
        "entities/mexico/feed.json entities/mexico/feed.xml feed.json feed.xml, 4 links"
    );
}

#[test]
fn feeds_and_sitemaps_carry_the_address_of_the_site_and_pages_do_not() {
    let files = "//- book.toml
[book]
title = 'Desk'
[output.html]
site-url = 'https://example.org/repo'
//- content/entities/mexico.md
---
name: Mexico
kind: place
---
//- content/briefs/a.md
---
title: 'A <b> & \"c\"'
date: 2025-08-08T21:30
corrections: [{on: 2025-08-10, text: It was Monday.}]
---
In Mexico [a claim][^c].

[^c]:
    claim: It is so.
    denied-by: Mexico
    finding: disputed
";
    let inputs = book(files);
    let atom = page(&inputs, "feed.xml");
    for expected in [
        "<id>tag:example.org,2025-08-08:/a</id>",
        "<published>2025-08-08T21:30:00+00:00</published>",
        "<updated>2025-08-10T00:00:00+00:00</updated>",
        "href=\"https://example.org/repo/2025/08/08/a/\"",
        "<title>A &lt;b&gt; &amp;",
        "<![CDATA[<p>In <a class=\"mention\" href=\"https://example.org/repo/entities/mexico/\">",
        "Claim: a claim<p>It is so. (Disputed.) Denied by Mexico.</p>",
    ] {
        assert!(atom.contains(expected), "{expected} in {atom}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&page(&inputs, "feed.json")).unwrap();
    assert_eq!(json["items"][0]["title"], "A <b> & \"c\"");
    assert_eq!(json["feed_url"], "https://example.org/repo/feed.json");
    let sitemap = page(&inputs, "sitemap.xml");
    assert!(
        sitemap.contains(
            "<loc>https://example.org/repo/2025/08/08/a/</loc><lastmod>2025-08-10"
        ),
        "{sitemap}"
    );
    assert!(!sitemap.contains("404"), "{sitemap}");
    assert!(
        page(&inputs, "robots.txt")
            .contains("Sitemap: https://example.org/repo/sitemap.xml")
    );
    let html = page(&inputs, "2025/08/08/a/index.html");
    assert!(html.contains("\\u003cb\\u003e"), "markup in structured data is escaped");
    assert!(
        html.contains(
            "rel=\"canonical\" href=\"https://example.org/repo/2025/08/08/a/\""
        )
    );
    assert!(!html.contains("<a href=\"https://example.org/repo"), "links are relative");
}

#[test]
fn a_link_goes_around_emphasis_inside_a_name() {
    let cases = [
        ("*Marco* Rubio", "<a …><em>Marco</em> Rubio</a>"),
        ("Marco *Rubio*", "<a …>Marco <em>Rubio</em></a>"),
        ("**Marco Rubio** spoke", "<a …><strong>Marco Rubio</strong></a> spoke"),
        ("*Marco **Rubio***", "<a …><em>Marco <strong>Rubio</strong></em></a>"),
        ("Marco\nRubio spoke", "<a …>Marco\nRubio</a> spoke"),
        ("*Hm. Marco* Rubio", "<em>Hm. <a …>Marco</a></em><a …> Rubio</a>"),
    ];
    for (text, expected) in cases {
        let inputs = book(&format!(
            "{ROLES}//- content/briefs/b.md\n---\ntitle: B\ndate: 2025-08-08\n---\n{text}\n"
        ));
        let html = page(&inputs, "2025/08/08/b/index.html");
        let body = between(&html, "<div class=\"text\">", "</div>")[0];
        let body = body.rsplit("<p>").next().unwrap().replace("</p>", "");
        let body = body
            .replace(" class=\"mention\" id=\"m-marco-rubio\"", "")
            .replace(" class=\"mention\"", "")
            .replace("href=\"../../../../entities/marco-rubio/\"", "…");
        assert_eq!(body.trim(), expected, "{text}");
    }
}

#[test]
fn the_words_on_the_home_page_may_have_notes() {
    let home = "//- content/index.md\nWelcome[^one].\n\n[^one]:\n    note: Since 2019\n";
    let html = page(&book(home), "index.html");
    assert!(html.contains("href=\"#note-one\"") && html.contains("id=\"note-one\""));
}

//! What a desk meets in its week: settings, navigation, briefs that are too early.

use snapbox::{assert_data_eq, str};

use crate::book::{between, book, page, said};

#[test]
fn a_key_that_is_missing_and_one_that_is_unknown_are_one_slip() {
    let book = book(
        "
//- content/briefs/a.md
---
title: A
date: 2025-08-08
---
It [opens][^e] and [he][^c] said.

[^e]:
    event: It opens
    date: 2025-08-09

[^c]:
    claim: It is so.
    said-by: Ada
    whne: 2025
//- content/entities/b.md
---
name: Bo Lind
knid: person
---
",
    );
    assert_data_eq!(
        said(&book),
        str![[r#"
content/briefs/a.md:9:5: error[unknown-key]: unknown key `date`, and `on` is missing
  help: write `on`; the keys are `event`, `id`, `on` and `place`
content/briefs/a.md:14:5: error[unknown-key]: unknown key `whne`
  help: delete it; the keys are `about`, `claim`, `denied-by`, `doubted-by`, `finding`, `finding-source`, `on`, `redirect-from`, `said-by`, `slug`, `source` and `withdrawn-by`
content/entities/b.md:3:1: error[unknown-key]: unknown key `knid`, and `kind` is missing
  help: write `kind`

"#]]
    );
}

#[test]
fn a_brief_whose_day_has_not_come_is_told_unless_it_waits() {
    let brief = |name: &str, front: &str| {
        format!(
            "//- content/briefs/{name}.md\n---\ntitle: {name}\n{front}\n---\nIt is on 1 June.\n"
        )
    };
    let book = book(&format!(
        "{}{}{}",
        brief("early", "date: 2099-12-24"),
        brief("waits", "date: 2099-12-24\nembargo: 2099-12-24"),
        brief("today", "date: 2025-05-20"),
    ));
    assert_data_eq!(
        said(&book),
        str![[r#"
content/briefs/early.md:3:7: warning[future-date]: the brief is of 2099-12-24, and today is 2025-08-20
  help: correct the day, or add `embargo: 2099-12-24`

"#]]
    );
}

#[test]
fn a_domain_is_compared_with_the_address_of_the_site() {
    for (cname, expected) in [
        ("news.example.net", ""),
        ("NEWS.example.net", ""),
        ("other.example.net", "cname-mismatch"),
        ("news.example.net\\nb.example", "bad-value"),
        ("localhost", "bad-value"),
    ] {
        let book = book(&format!(
            "//- book.toml\n[output.html]\nsite-url = 'https://news.example.net/'\ncname = \"{cname}\"\n\
             //- content/pages/a.md\n---\ntitle: A\n---\n"
        ));
        let said = said(&book);
        assert!(
            said.contains(expected) && said.is_empty() == expected.is_empty(),
            "{cname}: {said}"
        );
    }
}

const NAV: &str = "
//- book.toml
[[nav]]
to = '/about/'
[[nav]]
to = 'https://shop.example/'
label = 'Shop'
[[nav]]
to = '/'
label = 'Front'
[output.html]
additional-js = ['js/own.js', {src = 'https://counter.example/x.js', attributes = {data-domain = 'a\"b'}}]
[publisher]
logo = '/img/logo.svg'
[rules]
remote-script = 'off'
//- static/img/logo.svg
x
//- static/js/own.js
x
//- static/favicon.png
x
//- content/pages/about.md
---
title: About
---
//- content/pages/team.md
---
title: Team
---
";

#[test]
fn the_navigation_is_the_books_own() {
    let book = book(NAV);
    assert_eq!(said(&book), "");
    let html = page(&book, "about/index.html");
    let nav = between(&html, "<nav aria-label=\"Site\">", "</nav>");
    assert_data_eq!(
        nav[0],
        str![[r#"

<ul>
<li><a href="../about/" aria-current="true">About</a></li>
<li><a rel="external" href="https://shop.example/">Shop</a></li>
<li><a href="../">Front</a></li>
</ul>

"#]]
    );
    // What is not listed is not there, and has its page.
    assert!(!nav[0].contains("team"));
    assert!(page(&book, "team/index.html").contains("<h1>Team</h1>"));
}

#[test]
fn scripts_icon_and_logo_are_on_every_page_and_corrections_are_linked() {
    let html = page(&book(NAV), "about/index.html");
    for expected in [
        "<script defer src=\"../js/own.js\"></script>",
        "<script defer src=\"https://counter.example/x.js\" data-domain=\"a&quot;b\"></script>",
        "<link rel=\"icon\" href=\"../favicon.png\" type=\"image/png\">",
        "<img class=\"logo\" src=\"../img/logo.svg\" alt=\"\">",
        "<a href=\"../corrections/\">Corrections</a>",
    ] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
}

#[test]
fn a_navigation_that_leads_nowhere_is_told() {
    let mut pages = String::new();
    for n in 0..21 {
        pages += &format!("//- content/pages/p{n}.md\n---\ntitle: P{n}\n---\n");
    }
    let crowded = book(&pages);
    assert_data_eq!(
        said(&crowded),
        str![[r#"
book.toml:1:1: warning[crowded-nav]: 21 pages would be in the navigation
  help: list the ones that matter as `[[nav]]`: the first 20 are shown

"#]]
    );
    let html = page(&crowded, "p1/index.html");
    assert_eq!(
        between(&html, "<nav aria-label=\"Site\">", "</nav>")[0].matches("<li>").count(),
        20
    );
    let wrong = book(
        "
//- book.toml
[[nav]]
to = '/nowhere/'
[[nav]]
to = 'https://shop.example/'
[output.html]
additional-js = [{src = 'https://counter.example/x.js', attributes = {onload = 'x()'}}]
//- content/pages/a.md
---
title: A
---
",
    );
    assert_data_eq!(
        said(&wrong),
        str![[r#"
book.toml:2:6: error[broken-link]: the site has no page and no file `/nowhere`
  help: write the address of a page, a list or a feed of the site
book.toml:4:6: error[missing-key]: an entry of the navigation that leads out needs words
  help: add `label = "…"`
book.toml:6:25: warning[remote-script]: every page loads a script from counter.example
  help: put the script into static/ if its license lets you, or set `remote-script = "off"` under `[rules]`
book.toml:6:71: error[bad-value]: `onload` cannot be an attribute here
  help: write attributes such as `data-domain`, `crossorigin` or `integrity`

"#]]
    );
}

#[test]
fn the_manual_has_the_variables_of_the_stylesheet() {
    let css = include_str!("../../static/dateline.css");
    let manual = include_str!("../../docs/templates.md");
    let names = |line: &'static str| {
        let name = line.trim_start().strip_prefix("--")?.split(':').next()?;
        Some(format!("| `--{name}` |"))
    };
    let (root, _) = css.split_once(":root").unwrap().1.split_once('}').unwrap();
    let variables: Vec<String> = root.lines().filter_map(names).collect();
    assert!(variables.len() > 10);
    for variable in &variables {
        assert!(manual.contains(variable), "{variable}");
    }
    assert_eq!(manual.matches("\n| `--").count(), variables.len());
}

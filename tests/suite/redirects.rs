//! Old addresses lead on, for every kind of text, byte for byte.

use dateline::render::Rendered;
use snapbox::{assert_data_eq, str};

use crate::book::{book, said, site};

const BOOK: &str = "
//- book.toml
[book]
title = 'R'
[output.html]
site-url = 'https://x.example/r/'
[output.html.redirect]
'/rss.xml' = '/feed.xml'
'/tag/Port/' = '/tags/port'
'/tag/Port/atom.xml' = '/tags/port/feed.xml'
'/start/' = '/'
//- content/briefs/a.md
---
title: Strike
date: 2025-03-12
tags: [Port]
storylines: [dock]
redirect-from: [/r/old/, /Old/Strike.php, '/R%C3%A9sum%C3%A9/Night%20desk.html', /100%25/]
---
Ada [said][^c] so.

[^c]:
    claim: so
    said-by: Ada Holm
//- content/entities/ada.md
---
name: Ada Holm
kind: person
redirect-from: /people/Ada/
---
//- content/storylines/dock.md
---
title: Docks
redirect-from: /stories/Docks.htm
---
//- content/pages/team.md
---
title: Team
redirect-from: [/about-us/, /about-us.html]
---
//- content/claims/so.md
---
title: It is so.
redirect-from: /claim/1/
---
";

#[test]
fn every_kind_of_text_keeps_its_old_addresses_byte_for_byte() {
    let site = site(&book(BOOK));
    assert!(site.report.is_empty(), "{:?}", site.report.diagnostics());
    let mut told = String::new();
    for page in site.built.outline.iter() {
        if page.kind.template() == Some("redirect.html") {
            let Ok(Rendered::Bytes(bytes)) = site.render(page) else { panic!() };
            let html = String::from_utf8(bytes).unwrap();
            let (_, to) = html.split_once("url=").unwrap();
            let to = to.split('"').next().unwrap();
            told += &format!("{} leads to {to}\n", page.path);
        }
    }
    assert_data_eq!(
        told,
        str![[r#"
100%/index.html leads to ../2025/03/12/a/
Old/Strike.php/index.html leads to ../../2025/03/12/a/
Résumé/Night desk.html leads to ../2025/03/12/a/
about-us.html leads to ./team/
about-us/index.html leads to ../team/
claim/1/index.html leads to ../../claims/so/
old/index.html leads to ../2025/03/12/a/
people/Ada/index.html leads to ../../entities/ada/
start/index.html leads to ../
stories/Docks.htm leads to ../storylines/dock/
tag/Port/index.html leads to ../../tags/port/

"#]]
    );
}

#[test]
fn an_old_address_of_a_feed_is_that_feed() {
    let site = site(&book(BOOK));
    let bytes = |path: &str| match site.render(site.built.outline.page(path).unwrap()) {
        Ok(Rendered::Bytes(bytes)) => bytes,
        _ => panic!("{path}"),
    };
    for (old, new) in
        [("rss.xml", "feed.xml"), ("tag/Port/atom.xml", "tags/port/feed.xml")]
    {
        assert!(bytes(old) == bytes(new), "{old}");
    }
}

#[test]
fn an_old_address_that_cannot_be_kept_is_told() {
    let book = book(
        "//- book.toml
[output.html]
site-url = 'https://x.example/r/'
[output.html.redirect]
'/gone/' = '/nowhere/'
'/team/' = '/'
'../up/' = '/'
//- content/pages/team.md
---
title: Team
redirect-from: ['/x/rss.xml', '/?p=12', 'https://old.example/team/', '/a%2Fb/', '/team/#desk']
---
",
    );
    assert_data_eq!(
        said(&book),
        str![[r#"
book.toml:4:12: error[broken-link]: the site has no page and no file `/nowhere`
  help: write the address of a page, a list or a feed of the site
book.toml:5:1: error[path-clash]: the address `/team/` is taken
  help: take the address out of `redirect`: a page that is there cannot lead elsewhere
book.toml:6:1: error[bad-slug]: `../up/` is not an address within the site
  help: write a path such as `/2024/old-name/`
content/pages/team.md:3:17: error[bad-slug]: `/x/rss.xml` is the address of a feed, and this is none
  help: write `[output.html.redirect]` and `"/x/rss.xml" = "/feed.xml"` in book.toml
content/pages/team.md:3:31: error[bad-slug]: `/?p=12` is not an address within the site
  help: write it without what follows `?`: a folder of files cannot answer that
content/pages/team.md:3:41: error[bad-slug]: `https://old.example/team/` is not an address within the site
  help: write the path alone, without the host: `/2024/old-name/`
content/pages/team.md:3:70: error[bad-slug]: `/a%2Fb/` is not an address within the site
  help: write a path such as `/2024/old-name/`
content/pages/team.md:3:81: error[bad-slug]: `/team/#desk` is not an address within the site
  help: write a path such as `/2024/old-name/`

"#]]
    );
}

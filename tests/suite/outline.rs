//! Which pages there are, from the first build and from one edit to the next.

use dateline::outline::kind::PageKind;
use dateline::report::Report;
use dateline::{Built, build};
use snapbox::{assert_data_eq, str};

use crate::book::{book, said};
use crate::complete::{name, variants};

/// A book that has a page of each kind.
const BOOK: &str = "
//- book.toml
[book]
title = 'T'
[lists]
per-page = 1
[output.html]
site-url = 'https://t.example/'
cname = 't.example'
[output.html.redirect]
'/start/' = '/2025/06/'
'/rss.xml' = '/tags/docks/feed.xml'
[output.web-annotation]
//- static/picture.txt
x
//- content/index.md
---
title: Welcome
---
//- content/pages/about.md
---
title: About
---
//- content/storylines/strike.md
---
title: Strike
---
//- content/entities/port.md
---
name: Port
kind: place
---
//- content/briefs/one.md
---
title: One
date: 2025-07-07
sources: [Port]
---
Port.
//- content/briefs/news.md
---
title: News
date: 2025-08-20
---
//- content/briefs/two.md
---
title: Two
date: 2025-06-08
sources: [Port]
storylines: [strike]
tags: [docks]
redirect-from: [old]
---
Port, [it is said][^a].

[^a]:
    claim: The port is closing.
    denied-by: Port
    slug: closing
    redirect-from: /shut/
";

/// What is gone once one file is: the page of the kind at this path.
struct Gone {
    without: &'static str,
    path: &'static str,
}

/// For each kind of page, what takes one away. `None` for kinds that every site has.
fn gone(kind: &PageKind) -> Option<Gone> {
    let gone = |without, path| Some(Gone { without, path });
    let two = "content/briefs/two.md";
    match kind {
        PageKind::Home(_) => gone(two, "page/3/index.html"),
        PageKind::Brief(_) => gone(two, "2025/06/08/two/index.html"),
        PageKind::Entity(..) => gone(two, "entities/port/page/2/index.html"),
        PageKind::Credits(..) => gone(two, "entities/port/source-of/index.html"),
        PageKind::Registry(_) => {
            gone("content/entities/port.md", "entities/kind/place/index.html")
        }
        PageKind::Storylines => {
            gone("content/storylines/strike.md", "storylines/index.html")
        }
        PageKind::Storyline(_) => {
            gone("content/storylines/strike.md", "storylines/strike/index.html")
        }
        PageKind::Claims(..) => gone(two, "claims/index.html"),
        PageKind::Claim(..) => gone(two, "claims/closing/index.html"),
        PageKind::ClaimRedirect(..) => gone(two, "shut/index.html"),
        PageKind::Tags => gone(two, "tags/index.html"),
        PageKind::Tag(..) => gone(two, "tags/docks/index.html"),
        PageKind::Year(_) => gone("content/briefs/one.md", "2025/07/index.html"),
        PageKind::Month(..) => gone(two, "2025/06/index.html"),
        PageKind::Page(_) => gone("content/pages/about.md", "about/index.html"),
        PageKind::WebAnnotations(_) => gone(two, "2025/06/08/two/annotations.jsonld"),
        PageKind::Redirect(..) => gone(two, "old/index.html"),
        PageKind::SiteRedirect(_) => gone(two, "start/index.html"),
        PageKind::OldFeed(..) => gone(two, "rss.xml"),
        PageKind::Feed(..) => gone(two, "storylines/strike/feed.xml"),
        PageKind::Sitemap => gone("book.toml", "sitemap.xml"),
        PageKind::NewsSitemap => gone("content/briefs/news.md", "news-sitemap.xml"),
        PageKind::Cname => gone("book.toml", "CNAME"),
        PageKind::Asset(_) => gone("static/picture.txt", "picture.txt"),
        PageKind::SitemapPart(_) // as many pages as that have a test of their own
        | PageKind::Corrections
        | PageKind::NotFound
        | PageKind::Robots
        | PageKind::NoJekyll
        | PageKind::ThemeAsset(_) => None,
    }
}

fn has(built: &(Built, Report), path: &str) -> bool {
    built.0.outline.page(path).is_some()
}

#[test]
fn a_page_of_each_kind_goes_and_comes_back_with_one_edit() {
    let whole = book(BOOK);
    let first = build(&whole, &Built::default());
    let mut missing = variants(include_str!("../../src/outline/kind.rs"), "PageKind");
    for page in first.0.outline.iter() {
        let kind = format!("{:?}", page.kind);
        missing.retain(|it| name(&page.kind) != *it);
        let Some(Gone { without, path }) = gone(&page.kind) else { continue };
        assert!(has(&first, path), "{kind}: {path}");
        let mut less = whole.clone();
        match without.strip_prefix("static/") {
            Some(asset) => drop(less.assets.remove(asset).unwrap()),
            None => drop(less.files.remove(without).unwrap()),
        }
        let next = build(&less, &first.0);
        assert!(!has(&next, path), "{kind}: {path} without {without}");
        assert_eq!(next, build(&less, &Built::default()), "{kind}: without {without}");
        let again = build(&whole, &next.0);
        assert_eq!(again, first, "{kind}: {without} is back");
    }
    assert_eq!(missing, ["SitemapPart"], "the book has a page of each kind");
    assert_eq!(said(&whole), "", "each page is rendered");
}

#[test]
fn a_sitemap_comes_in_parts_when_it_is_too_long_and_only_then() {
    // A tag is a page for eight bytes of front matter, of which a brief may have 64 KiB.
    let tags = |n_briefs: usize| {
        let mut inputs =
            book("//- book.toml\n[output.html]\nsite-url = 'https://t.example/'\n");
        for brief in 0..n_briefs {
            let tags: Vec<String> =
                (0..5_000).map(|n| format!("t{}", brief * 5_000 + n)).collect();
            let text = format!(
                "---\ntitle: A\ndate: 2025-08-08\ntags: [{}]\n---\n",
                tags.join(", ")
            );
            inputs.insert(&format!("content/briefs/b{brief}.md"), &text);
        }
        inputs
    };
    let few = build(&tags(9), &Built::default());
    let many = build(&tags(10), &few.0);
    assert!(!has(&few, "sitemap-1.xml"));
    assert!(has(&many, "sitemap-2.xml") && !has(&many, "sitemap-3.xml"));
    assert_eq!(build(&tags(9), &many.0), few);
}

#[test]
fn an_edit_that_changes_no_address_keeps_the_outline() {
    let mut inputs = book(BOOK);
    let first = build(&inputs, &Built::default());
    inputs.insert(
        "content/briefs/one.md",
        "---\ntitle: Another title\nslug: one\ndate: 2025-07-07\nsources: [Port]\n---\nPort\n",
    );
    let next = build(&inputs, &first.0);
    assert!(std::sync::Arc::ptr_eq(&first.0.outline, &next.0.outline));
}

#[test]
fn two_briefs_with_one_address_are_reported_until_one_has_another() {
    let brief =
        |slug: &str| format!("---\ntitle: A\nslug: {slug}\ndate: 2025-08-08\n---\n");
    let mut inputs = book("");
    inputs.insert("content/briefs/a.md", &brief("a"));
    inputs.insert("content/briefs/b.md", &brief("a"));
    let clashing = build(&inputs, &Built::default());
    inputs.insert("content/briefs/c.md", &brief("c"));
    let still = build(&inputs, &clashing.0);
    let n = |built: &(Built, Report)| built.1.diagnostics().len();
    assert_eq!((n(&clashing), n(&still)), (1, 1));
    assert_eq!(still, build(&inputs, &Built::default()));
    inputs.insert("content/briefs/b.md", &brief("b"));
    assert_eq!(n(&build(&inputs, &still.0)), 0);
}

#[test]
fn a_link_to_a_file_finds_it_as_it_is_named_and_is_told_of_other_capitals() {
    let inputs = book(
        "
//- static/img/IMG_0412.PNG
x
//- content/briefs/a.md
---
title: A
date: 2025-08-08
---
[one](/img/IMG_0412.PNG) [two](/img/img_0412.png) [three](/Entities/) [four](/none)
",
    );
    assert_data_eq!(
        said(&inputs),
        str![[r#"
content/briefs/a.md:5:26: error[broken-link]: the site has no page and no file `/img/img_0412.png`
  help: write `/img/IMG_0412.PNG`: capitals matter
content/briefs/a.md:5:51: error[broken-link]: the site has no page and no file `/Entities/`
  help: write `/entities/`: capitals matter
content/briefs/a.md:5:71: error[broken-link]: the site has no page and no file `/none`
  help: link to a content file by its path, or put the file into static/

"#]]
    );
}

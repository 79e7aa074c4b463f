//! `dateline import` from each kind of archive.

use std::fs;

use crate::import::{archive, errors, files, import, put, remarks, text_of};

const HUGO: &str = r#"
//- from/hugo.toml
baseURL = "https://desk.example/"
title = "Harbor Desk"
languageCode = "en-us"
[permalinks]
news = "/:year/:month/:slug/"
[languages.en]
[languages.de]
//- from/data/authors.yaml
ada: {name: Ada Holm}
//- from/content/_index.md
---
title: Home
---
Welcome to the desk.
//- from/content/about.md
---
title: About
aliases: [/ueber-uns/]
---
[News]({{< relref "news/strike.md" >}}), [team](team/#night-desk), ![Gate](/img/gate.jpg)
//- from/content/team/_index.md
+++
title = "Team"
+++
## Night desk

Two people.
//- from/content/news/_index.md
---
title: News
---
//- from/content/news/strike.md
+++
title = "Dock strike"
date = 2024-02-01T10:00:00-05:00
lastmod = 2024-02-03
authors = ["ada"]
tags = ["port"]
categories = ["labor"]
series = ["The strike"]
description = "It began."
aliases = ["/old/strike.html", "older/"]
[params]
kicker = "Exclusive"
license = "CC-BY-4.0"
rating = 4
team = ["a", {b = 1}]
+++
{{< figure src="/img/gate.jpg" alt="A gate" caption="At night" >}}

{{< youtube abc123 >}}

{{% notice warning %}}
Mind the *gap*.
{{% /notice %}}

{{< unknown x="1" >}}Kept words{{< /unknown >}}

`{{</* figure */>}}` is shown.

```
{{< figure src="in-code.jpg" >}}
```

See [the talks]({{< ref "/news/talks" >}}) and [next](../bundle/).
//- from/content/news/talks.md
{"title": "Talks", "date": "2024-02-02", "draft": false, "weight": 3}
They talked.
//- from/content/news/bundle/index.md
---
title: Bundle
date: 2024-02-04
publishDate: 2024-02-05
resources:
- src: quay.jpg
---
![Quay](quay.jpg) ![Quay again](images/QUAY2.jpg) [paper](paper.pdf) [home](/)
//- from/content/news/later.md
---
title: Later
date: 2031-01-01
---
To come.
//- from/content/news/gone.md
---
title: Gone
date: 2023-01-01
expiryDate: 2023-02-01
---
Expired.
//- from/content/news/draft.md
---
title: A draft
draft: true
---
Words.
//- from/content/news/talks.de.md
---
title: Streik
date: 2024-02-01
---
Der Hafen.
//- from/content/news/url.md
---
title: Own address
date: 2024-03-01
url: /special/Place.html
---
Text.
//- from/content/news/html.html
---
title: In HTML
date: 2024-03-02
---
<p>Some <em>HTML</em> and {{< figure src="/img/gate.jpg" alt="Gate" >}}.</p>
//- from/content/news/headless/index.md
---
title: Headless
headless: true
---
Hidden.
//- from/content/news/no-head.md
Just text without a head.
//- from/content/news/broken.md
+++
title = "Broken
date = 2024-03-03
+++
Text.
//- from/content/news/z-same-day.md
---
title: Dock strike
date: 2024-02-01
slug: strike
---
One more of that name.
//- from/content/authors/board/_index.md
---
title: Harbor Board
---
The board writes.
//- from/content/tags/port/_index.md
---
title: Port
---
"#;

#[test]
fn an_archive_of_hugo_becomes_a_book_without_errors() {
    let root = archive(HUGO);
    let from = root.path().join("from");
    put(&from, "static/img/gate.jpg", b"\xff\xd8\xff gate");
    put(&from, "content/news/bundle/quay.jpg", b"\xff\xd8\xff quay");
    put(&from, "content/news/bundle/images/quay2.jpg", b"\xff\xd8\xff quay2");
    put(&from, "content/news/bundle/paper.pdf", b"%PDF");
    let book = import(root.path(), &[]);
    assert_eq!(errors(&book), "", "{:#?}", remarks(&book));
    let strike = text_of(&book, "content/briefs/2024/2024-02-01-strike.md");
    for part in [
        "updated: 2024-02-03",
        "by: [Ada Holm]",
        "storylines: [the-strike]",
        "kicker: Exclusive\nlicense: CC-BY-4.0\nextra:\n  rating: 4\n  team: [a, {\"b\": 1}]\n",
        "tags: [port, labor]",
        "\"/old/strike.html\"",
        "\"/2024/02/older/\"",
        "![A gate](/img/gate.jpg)\n\n*At night*",
        "[YouTube](https://www.youtube.com/watch?v=abc123)",
        "> [!WARNING]\n> Mind the *gap*.",
        "\nKept words\n",
        "`{{< figure >}}` is shown.",
        "{{< figure src=\"in-code.jpg\" >}}",
        "[the talks](2024-02-02-talks.md) and [next](2024-02-04-bundle.md)",
    ] {
        assert!(strike.contains(part), "{part} is not in\n{strike}");
    }
    let bundle = text_of(&book, "content/briefs/2024/2024-02-04-bundle.md");
    assert!(
        bundle.contains(
            "![Quay](/news/bundle/quay.jpg) ![Quay again](/news/bundle/images/quay2.jpg)"
        ),
        "{bundle}"
    );
    assert!(
        bundle.contains("[paper](/news/bundle/paper.pdf) [home](../../index.md)"),
        "{bundle}"
    );
    assert!(
        text_of(&book, "content/briefs/2024/2024-02-01-strike-2.md").contains("title:")
    );
    assert!(text_of(&book, "content/index.md").contains("Welcome"));
    assert!(text_of(&book, "content/entities/board.md").contains("kind: organization"));
    assert!(
        text_of(&book, "content/pages/about.md")
            .contains("(../briefs/2024/2024-02-01-strike.md)")
    );
}

const ZOLA: &str = r#"
//- from/config.toml
base_url = "https://desk.example/news"
title = "Desk"
default_language = "en"
//- from/content/_index.md
+++
+++
//- from/content/blog/_index.md
+++
title = "Blog"
sort_by = "date"
+++
//- from/content/blog/2024-02-01-strike.md
+++
title = "Strike"
[taxonomies]
tags = ["port"]
authors = ["Ada Holm"]
[extra]
lead = "x"
+++
{{ youtube(id="abc") }} See [talks](@/blog/talks.md#part) and {{ unknown(x=1) }}.

{% quote(author="Mo") %}
Words *said*.
{% end %}

<!-- more -->

Rest.
//- from/content/blog/talks.md
+++
title = "Talks"
date = 2024-02-02
aliases = ["old/talks"]
path = "special/talks"
+++
## Part

Text ![p](p.png) and ![x](/gate.jpg).
//- from/content/pages/about.md
+++
title = "About"
+++
[Strike](https://desk.example/news/blog/strike/)
"#;

#[test]
fn an_archive_of_zola_becomes_a_book_without_errors() {
    let root = archive(ZOLA);
    put(&root.path().join("from"), "static/gate.jpg", b"\xff\xd8\xff gate");
    let book = import(root.path(), &[]);
    assert_eq!(errors(&book), "", "{:#?}", remarks(&book));
    let strike = text_of(&book, "content/briefs/2024/2024-02-01-strike.md");
    for part in [
        "by: [Ada Holm]",
        "tags: [port]",
        "redirect-from: [\"/blog/strike/\"]",
        "> Words *said*.\n>\n> — Mo",
        "(2024-02-02-talks.md#part)",
        "watch?v=abc",
    ] {
        assert!(strike.contains(part), "{part} is not in\n{strike}");
    }
    let talks = text_of(&book, "content/briefs/2024/2024-02-02-talks.md");
    assert!(
        talks.contains("redirect-from: [\"/special/talks\", \"/old/talks\"]"),
        "{talks}"
    );
    assert!(talks.contains("Text p and ![x](/gate.jpg)."), "{talks}");
    assert!(
        text_of(&book, "content/pages/pages/about.md")
            .contains("[Strike](../../briefs/2024/2024-02-01-strike.md)")
    );
}

const PELICAN: &str = r#"
//- from/pelicanconf.py
AUTHOR = 'Ada Holm'
SITENAME = "Harbor"
SITEURL = 'https://harbor.example'
TIMEZONE = 'Europe/Paris'
ARTICLE_URL = '{date:%Y}/{slug}.html'
FEED_ALL_ATOM = 'feeds/all.atom.xml'
//- from/content/port/strike.md
Title: Dock strike
Date: 2024-02-01 10:20
Modified: 2024-02-03
Tags: port, labor
Authors: Ada Holm, Ben Ito
Summary: It *began*.
Status: published

See [talks]({filename}talks.md), [again](|filename|/port/talks.md) and ![gate]({static}/images/gate.jpg).
//- from/content/port/talks.md
title: Talks
date: 2024-02-02
slug: the-talks

Text.
//- from/content/draft.md
Title: Draft
Date: 2024-02-05
Status: draft

Text.
//- from/content/pages/about.md
Title: About

About us.
//- from/content/old.rst
Old
###
:date: 2010-01-01
"#;

#[test]
fn an_archive_of_pelican_becomes_a_book_without_errors() {
    let root = archive(PELICAN);
    put(&root.path().join("from"), "content/images/gate.jpg", b"\xff\xd8\xff gate");
    let book = import(root.path(), &[]);
    assert_eq!(errors(&book), "", "{:#?}", remarks(&book));
    let strike = text_of(&book, "content/briefs/2024/2024-02-01-dock-strike.md");
    for part in [
        "date: 2024-02-01T10:20",
        "summary: It began.",
        "by: [Ada Holm, Ben Ito]",
        "tags: [port, labor]",
        "redirect-from: [\"/2024/dock-strike.html\"]",
        "[talks](2024-02-02-the-talks.md), [again](2024-02-02-the-talks.md) and ![gate](/images/gate.jpg)",
    ] {
        assert!(strike.contains(part), "{part} is not in\n{strike}");
    }
    assert!(
        text_of(&book, "content/briefs/2024/2024-02-05-draft.md").contains("draft: true")
    );
    assert!(text_of(&book, "book.toml").contains("time-zone = \"Europe/Paris\""));
    let told: Vec<_> =
        remarks(&book).into_iter().filter(|it| it.0.ends_with("old.rst")).collect();
    assert_eq!(told.len(), 1);
}

const ELEVENTY: &str = r#"
//- from/eleventy.config.js
export default function (c) { return { dir: { input: "src" } }; }
//- from/src/_data/metadata.json
{"title": "Desk", "url": "https://desk.example/", "language": "en"}
//- from/src/posts/posts.json
{"tags": "posts", "layout": "post.njk"}
//- from/src/posts/2024-02-01-strike.md
---
title: Strike
tags: [posts, port]
---
See [talks](./talks.md), [about](/about/) and {{ metadata.title }}. ![Gate](/img/gate.jpg)
//- from/src/posts/talks.md
---
title: Talks
date: 2024-02-02
permalink: "/{{ page.date | date }}/talks/"
---
Text.
//- from/src/about/index.md
---
title: About
---
About.
//- from/src/index.njk
---
title: Home
---
{% for post in collections.posts %}{{ post.url }}{% endfor %}
//- from/src/data.njk
---
permalink: false
---
x
"#;

#[test]
fn an_archive_of_eleventy_becomes_a_book_without_errors() {
    let root = archive(ELEVENTY);
    put(&root.path().join("from"), "public/img/gate.jpg", b"\xff\xd8\xff gate");
    let book = import(root.path(), &[]);
    assert_eq!(errors(&book), "", "{:#?}", remarks(&book));
    let strike = text_of(&book, "content/briefs/2024/2024-02-01-strike.md");
    for part in [
        "tags: [port]",
        "[talks](2024-02-02-talks.md)",
        "[about](../../pages/about.md)",
        "![Gate](/img/gate.jpg)",
        "redirect-from: [\"/posts/strike/\"]",
    ] {
        assert!(strike.contains(part), "{part} is not in\n{strike}");
    }
}

const VAULT: &str = r#"
//- from/.obsidian/app.json
{}
//- from/Daily/2024-02-01.md
#port #labor

Met [[Ines Quist]] and [[Ada Holm|Ada]] at [[Port of Norwick#Gates]]. See [[Dock strike]]. %%secret%%

![[gate.png|300]] ![[missing.png]] ![[Dock strike]]

> [!warning] Mind the gap
> Words here. ^block1

```dataview
list from #port
```
//- from/News/Dock strike.md
---
date: 2024-02-02
tags: news, port
aliases: [The strike]
cssclass: wide
---
# Dock strike

It ==began==. [[Nobody]] and [[The strike]].
//- from/People/Ines Quist.md
---
aliases: [Quist]
---
Runs the port.
//- from/Notes/Ada Holm.md
---
type: person
---
Writes.
//- from/Places/Port of Norwick.md
## Gates

Three of them.
//- from/Notes/Ideas.md
Some ideas with a [[Daily/2024-02-01|day]] and `[[code]]`.
//- from/Templates/Note.md
{{title}}
"#;

#[test]
fn a_vault_of_obsidian_becomes_a_book_without_errors() {
    let root = archive(VAULT);
    put(&root.path().join("from"), "attachments/gate.png", b"\x89PNG gate");
    let book = import(root.path(), &[]);
    assert_eq!(errors(&book), "", "{:#?}", remarks(&book));
    let paths: Vec<String> =
        files(&book).into_keys().filter(|it| it.starts_with("content/")).collect();
    assert_eq!(
        paths,
        [
            "content/briefs/2024/2024-02-01-on-2024-02-01.md",
            "content/briefs/2024/2024-02-02-dock-strike.md",
            "content/entities/ada-holm.md",
            "content/entities/ines-quist.md",
            "content/entities/port-of-norwick.md",
            "content/pages/notes/ideas.md",
        ]
    );
    let day = text_of(&book, "content/briefs/2024/2024-02-01-on-2024-02-01.md");
    for part in [
        "tags: [port, labor]",
        "[Ines Quist](../../entities/ines-quist.md) and [Ada](../../entities/ada-holm.md)",
        "![](/attachments/gate.png)",
        "> [!WARNING]\n> **Mind the gap**\n>\n> Words here.",
    ] {
        assert!(day.contains(part), "{part} is not in\n{day}");
    }
    assert!(!day.contains("secret") && !day.contains("dataview"), "{day}");
    let strike = text_of(&book, "content/briefs/2024/2024-02-02-dock-strike.md");
    assert!(strike.contains("It **began**. Nobody and"), "{strike}");
}

const WXR: &str = r#"
//- from/export.xml
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="c" xmlns:excerpt="e" xmlns:dc="d">
<channel><title>Harbor &amp; Co</title><link>https://harbor.example</link><description>News</description><language>en-US</language>
<wp:base_blog_url>https://harbor.example</wp:base_blog_url>
<wp:author><wp:author_login><![CDATA[aholm]]></wp:author_login><wp:author_display_name><![CDATA[Ada Holm]]></wp:author_display_name></wp:author>
<item><title>Gate</title><link>https://harbor.example/gate/</link><wp:post_id>7</wp:post_id><wp:post_type>attachment</wp:post_type>
<wp:attachment_url>https://harbor.example/wp-content/uploads/2024/02/gate.jpg</wp:attachment_url>
<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value><![CDATA[A gate]]></wp:meta_value></wp:postmeta></item>
<item><title>Dock strike &#8217;24</title><link>https://harbor.example/2024/02/01/dock-strike/</link><pubDate>Thu, 01 Feb 2024 15:00:00 +0000</pubDate>
<dc:creator><![CDATA[aholm]]></dc:creator>
<content:encoded><![CDATA[The port <strong>shut</strong>.
On Friday.

[caption id="a" width="300"]<img src="https://harbor.example/wp-content/uploads/2024/02/gate.jpg" alt="Gate" /> At night[/caption]

[gallery ids="7,8"]

<!--more-->

[embed]https://www.youtube.com/watch?v=abc[/embed]

See <a href="https://harbor.example/about/">about</a> and <a href="/?p=12">talks</a> and [sic].

[contact-form-7 id="3"]]]></content:encoded>
<excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>11</wp:post_id><wp:post_date>2024-02-01 10:00:00</wp:post_date><wp:post_name>dock-strike</wp:post_name>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="port"><![CDATA[Port]]></category><category domain="post_tag" nicename="labor"><![CDATA[labor]]></category>
<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>7</wp:meta_value></wp:postmeta>
<wp:comment><wp:comment_content>No</wp:comment_content></wp:comment></item>
<item><title>Talks</title><link>https://harbor.example/2024/02/02/talks/</link><dc:creator>nobody</dc:creator>
<content:encoded><![CDATA[<!-- wp:paragraph -->
<p>They <em>talked</em>.</p>
<!-- /wp:paragraph -->
<!-- wp:image --><figure class="wp-block-image"><img src="/wp-content/uploads/gone.jpg" alt="Gone"/><figcaption>Words</figcaption></figure><!-- /wp:image -->]]></content:encoded>
<wp:post_id>12</wp:post_id><wp:post_date>2024-02-02 10:00:00</wp:post_date><wp:post_name>talks</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>Draft</title><link>https://harbor.example/?p=13</link><content:encoded><![CDATA[Words]]></content:encoded><wp:post_id>13</wp:post_id><wp:post_date>0000-00-00 00:00:00</wp:post_date><wp:post_name></wp:post_name><wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>Trash</title><content:encoded><![CDATA[Words]]></content:encoded><wp:post_id>14</wp:post_id><wp:status>trash</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>About</title><link>https://harbor.example/about/</link><content:encoded><![CDATA[We are.]]></content:encoded><wp:post_id>15</wp:post_id><wp:post_name>about</wp:post_name><wp:status>publish</wp:status><wp:post_type>page</wp:post_type></item>
<item><title>Menu</title><wp:post_id>16</wp:post_id><wp:status>publish</wp:status><wp:post_type>nav_menu_item</wp:post_type></item>
</channel></rss>
"#;

#[test]
fn an_export_of_wordpress_becomes_a_book_without_errors() {
    let root = archive(WXR);
    put(
        &root.path().join("from"),
        "wp-content/uploads/2024/02/gate.jpg",
        b"\xff\xd8\xff gate",
    );
    let book = import(root.path(), &[]);
    assert_eq!(errors(&book), "", "{:#?}", remarks(&book));
    let strike = text_of(&book, "content/briefs/2024/2024-02-01-dock-strike.md");
    for part in [
        "title: Dock strike ’24",
        "by: [Ada Holm]",
        "tags: [labor, Port]",
        "image: {file: \"wp-content/uploads/2024/02/gate.jpg\", alt: A gate}",
        "The port **shut**.\\\n",
        "![Gate](/wp-content/uploads/2024/02/gate.jpg)\n\n*At night*",
        "![A gate](/wp-content/uploads/2024/02/gate.jpg)",
        "[YouTube](https://www.youtube.com/watch?v=abc)",
        "[about](../../pages/about.md) and [talks](2024-02-02-talks.md)",
        "\\[sic\\]",
    ] {
        assert!(strike.contains(part), "{part} is not in\n{strike}");
    }
    assert!(!strike.contains("contact-form"), "{strike}");
    let talks = text_of(&book, "content/briefs/2024/2024-02-02-talks.md");
    assert!(talks.contains("They *talked*.") && !talks.contains("<!--"), "{talks}");
    assert!(
        text_of(&book, "content/briefs/2000/2000-01-01-draft.md").contains("draft: true")
    );
}

const GHOST: &str = r##"
//- from/ghost.json
{"db": [{"meta": {"version": "5"}, "data": {
"posts": [
 {"id": "1", "title": "Dock strike", "slug": "dock-strike", "html": "<p>The port <strong>shut</strong>. <a href=\"__GHOST_URL__/talks/\">Talks</a> <a href=\"/draft/\">Draft</a></p><figure><img src=\"__GHOST_URL__/content/images/gate.jpg\" alt=\"Gate\"><figcaption>Night</figcaption></figure>", "status": "published", "type": "post", "published_at": "2024-02-01T10:00:00.000Z", "updated_at": "2024-02-03T10:00:00.000Z", "feature_image": "__GHOST_URL__/content/images/gate.jpg", "custom_excerpt": "It began."},
 {"id": "2", "title": "Talks", "slug": "talks", "html": null, "plaintext": "They talked.", "status": "published", "type": "post", "published_at": "2024-02-02T10:00:00.000Z"},
 {"id": "4", "title": "Draft", "slug": "draft", "html": "<p>See <a href=\"/talks/\">talks</a>.</p>", "status": "draft", "type": "post", "created_at": "2024-02-02T10:00:00.000Z"},
 {"id": "3", "title": "About", "slug": "about", "html": "<p>We.</p>", "status": "published", "type": "page", "published_at": "2024-01-01T10:00:00.000Z"}],
"posts_meta": [{"post_id": "1", "feature_image_alt": "A gate"}],
"tags": [{"id": "t1", "name": "Port", "slug": "port"}, {"id": "t2", "name": "#internal", "slug": "hash"}],
"posts_tags": [{"post_id": "1", "tag_id": "t1", "sort_order": 0}, {"post_id": "1", "tag_id": "t2", "sort_order": 1}],
"users": [{"id": "u1", "name": "Ada Holm", "slug": "ada", "bio": "Edits.", "website": "https://ada.example"}],
"posts_authors": [{"post_id": "1", "author_id": "u1"}],
"settings": [{"key": "title", "value": "Harbor"}, {"key": "timezone", "value": "Etc/UTC"}]
}}]}
"##;

#[test]
fn an_export_of_ghost_becomes_a_book_without_errors() {
    let root = archive(GHOST);
    put(&root.path().join("from"), "content/images/gate.jpg", b"\xff\xd8\xff gate");
    let book = import(root.path(), &[]);
    assert_eq!(errors(&book), "", "{:#?}", remarks(&book));
    let strike = text_of(&book, "content/briefs/2024/2024-02-01-dock-strike.md");
    for part in [
        "date: 2024-02-01T10:00Z",
        "summary: It began.",
        "by: [Ada Holm]",
        "tags: [Port]",
        "image: {file: \"content/images/gate.jpg\", alt: A gate}",
        "[Talks](2024-02-02-talks.md) Draft",
        "![Gate](/content/images/gate.jpg)\n\n*Night*",
    ] {
        assert!(strike.contains(part), "{part} is not in\n{strike}");
    }
    let ada = text_of(&book, "content/entities/ada-holm.md");
    assert!(ada.contains("summary: Edits."), "{ada}");
    let report = fs::read_to_string(book.join("import-report.md")).unwrap();
    assert!(report.contains("| texts | 4 | 4 | 0 |"), "{report}");
}

const WIRE: &str = "Port of Norwick shut\nNORWICK, Aug 8 (Wire One) - The port shut on 7/8, *they* said.\nMayor Ines Quist spoke on 8/8.\n![]() |\nA gate at night. Photo: Wire One |\nA gate at night. Photo: Wire One\nHuyen Le (Wire Two, Norwick Post)\n***\nSecond item\nIt has text. It names no day.\n";

#[test]
fn wire_copy_becomes_briefs_of_a_book_that_is_there() {
    let root = archive(
        "
//- book/book.toml
[book]
title = 'Desk'
[text]
date-order = 'dmy'
//- book/content/entities/ines-quist.md
---
name: Ines Quist
kind: person
roles:
  - {title: Mayor, of: Norwick, from: 2015-01-01, to: 2020-01-01}
---
",
    );
    put(root.path(), "wire.txt", WIRE.as_bytes());
    let args = ["import", "wire.txt", "--to", "book", "--date", "2025-08-09"];
    let output = crate::import::dateline(root.path(), &args);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let book = root.path().join("book");
    let brief = text_of(&book, "content/briefs/2025/2025-08-08-port-of-norwick-shut.md");
    let expected = "---\ntitle: Port of Norwick shut\ndate: 2025-08-08\nplace: Norwick\nby: [Huyen Le]\nsources: [Wire Two, Norwick Post, Wire One]\n---\n\nThe port shut on 7 August 2025, \\*they\\* said.\n\nMayor Ines Quist spoke on 8 August 2025.\n";
    assert_eq!(brief, expected);
    assert!(
        text_of(&book, "content/briefs/2025/2025-08-09-second-item.md")
            .contains("It names no day.")
    );
    // What is left is what an editor must decide.
    let output = crate::import::dateline(&book, &["check", "--format", "concise"]);
    let said = String::from_utf8(output.stdout).unwrap();
    let rules: Vec<&str> = said.lines().filter(|it| it.starts_with("content/")).collect();
    assert!(rules.len() == 1 && rules[0].contains("[stale-role]"), "{said}");
    let told: Vec<String> =
        remarks(&book).into_iter().filter(|it| it.1 == "decide").map(|it| it.2).collect();
    assert!(
        told.iter().any(|it| it.contains("caption: A gate at night., credit: Wire One")),
        "{told:?}"
    );
}

#[test]
fn languages_of_hugo_in_files_of_their_own_are_known() {
    let root = archive(
        "
//- from/config/_default/hugo.toml
baseURL = 'https://desk.example/'
defaultContentLanguage = 'en'
//- from/config/_default/languages.en.toml
contentDir = 'content/en'
//- from/config/_default/languages.de.toml
contentDir = 'content/de'
//- from/content/en/news/strike.md
---
title: Strike
date: 2024-02-01
---
See [the talks](/news/talks/).
//- from/content/en/news/talks.md
---
title: Talks
date: 2024-02-02
---
They talked.
//- from/content/de/news/strike.md
---
title: Streik
date: 2024-02-03
---
Der Hafen.
",
    );
    let book = import(root.path(), &[]);
    assert_eq!(errors(&book), "", "{:#?}", remarks(&book));
    let strike = text_of(&book, "content/briefs/2024/2024-02-01-strike.md");
    assert!(strike.contains("redirect-from: [\"/news/strike/\"]"), "{strike}");
    assert!(strike.contains("[the talks](2024-02-02-talks.md)"), "{strike}");
    let german = text_of(&book, "content/briefs/2024/2024-02-03-strike.md");
    assert!(german.contains("redirect-from: [\"/de/news/strike/\"]"), "{german}");
    assert!(german.contains("language: de"), "{german}");
}

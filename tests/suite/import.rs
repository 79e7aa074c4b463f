//! `dateline import`: whole small archives in, books that build out.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// A folder made of a string, `//- path` before each file.
pub(crate) fn archive(files: &str) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for file in files.split("//- ").skip(1) {
        let (path, text) = file.split_once('\n').unwrap();
        put(root.path(), path, text.as_bytes());
    }
    root
}

pub(crate) fn put(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

pub(crate) fn dateline(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(folder).args(args).env("SOURCE_DATE_EPOCH", "1756000000");
    command.output().unwrap()
}

/// Imports `from` of a folder into `book` beside it, and gives the book's folder.
pub(crate) fn import(root: &Path, args: &[&str]) -> std::path::PathBuf {
    let mut all = vec!["import", "from", "--to", "book"];
    all.extend(args);
    let output = dateline(root, &all);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    root.join("book")
}

/// What `check` calls an error in a book.
pub(crate) fn errors(book: &Path) -> String {
    let output = dateline(book, &["check", "--format", "concise"]);
    let said = String::from_utf8(output.stdout).unwrap();
    let errors: Vec<&str> = said.lines().filter(|it| it.contains(": error[")).collect();
    errors.join("\n")
}

/// The lines of the report: file, construct, what.
pub(crate) fn remarks(book: &Path) -> Vec<(String, String, String)> {
    let text = fs::read_to_string(book.join("import-report.jsonl")).unwrap();
    let field = |line: &Value, key: &str| line[key].as_str().unwrap_or("").to_owned();
    text.lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|it| (field(&it, "file"), field(&it, "construct"), field(&it, "what")))
        .collect()
}

/// Every file of a book but the reports, with its bytes.
pub(crate) fn files(book: &Path) -> BTreeMap<String, Vec<u8>> {
    let walk = walkdir::WalkDir::new(book).into_iter().map(Result::unwrap);
    let files = walk.filter(|it| it.file_type().is_file());
    let named = files.map(|it| {
        let path = it.path().strip_prefix(book).unwrap().to_str().unwrap().to_owned();
        (path, fs::read(it.path()).unwrap())
    });
    named.filter(|it| !it.0.starts_with("import-report")).collect()
}

pub(crate) fn text_of(book: &Path, path: &str) -> String {
    fs::read_to_string(book.join(path)).unwrap_or_else(|_| {
        panic!("no {path} among {:#?}", files(book).keys().collect::<Vec<_>>())
    })
}

fn jekyll() -> tempfile::TempDir {
    let root = archive(JEKYLL);
    let from = root.path().join("from");
    put(
        &from,
        "_posts/2021-03-01-latin.md",
        b"---\ntitle: Caf\xe9 strike\n---\nThe \x93caf\xe9\x94 closed.\n",
    );
    put(
        &from,
        "_posts/2021-03-02-bom.md",
        b"\xef\xbb\xbf---\r\ntitle: With a mark\r\n---\r\nLine one.\r\nLine two\x07.\r\n",
    );
    put(
        &from,
        "_posts/2021-03-03-utf16.md",
        &utf16("---\ntitle: Wide\n---\nWide words.\n"),
    );
    put(&from, "_posts/2021-03-04-nul.md", b"---\ntitle: Holes\n---\nA\0B\n");
    put(&from, "assets/img/gate.jpg", b"\xff\xd8\xff gate");
    put(&from, "assets/img/IMG_0412.JPG", b"\xff\xd8\xff quay");
    put(&from, "assets/img/cafe\u{301}.png", b"\x89PNG cafe");
    put(&from, "assets/img/unused.png", b"\x89PNG");
    put(&from, "files/report.pdf", b"%PDF");
    root
}

fn utf16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    [0xff, 0xfe].into_iter().chain(units).collect()
}

const JEKYLL: &str = r#"
//- from/_config.yml
title: The Norwick Desk
description: "News from <b>Norwick</b>"
url: https://desk.example
baseurl: /news
timezone: America/New_York
lang: en-US
permalink: /:categories/:year/:month/:day/:title.html
author: Ada Holm
collections:
  people:
    output: true
defaults:
  - scope: {path: "", type: posts}
    values: {layout: post, section: port}
//- from/_data/authors.yml
bito:
  name: Ben Ito
  bio: Covers the port.
  website: https://ito.example
//- from/_posts/2020-01-02-dock-strike.md
---
layout: post
title:  "Dock strike &amp; talks"
date:   2020-01-02 21:30:00 -0500
categories: port labor
tags: [Port, "C++", C]
author: bito
excerpt: "Talks <em>failed</em>."
image: /assets/img/gate.jpg
image_alt: The gate
redirect_from:
  - /old/strike/
  - /Old/Strike.php
kicker: Exclusive
---
The [gate]({{ site.baseurl }}/assets/img/gate.jpg) was shut. See [the talks]({% post_url 2020-01-03-talks %})
and [about us](/news/about/) or [nothing](/nowhere/).

![Quay]({{ "/assets/img/img_0412.jpg" | relative_url }})

![Gone](/assets/gone.png)

![Far](https://pictures.example/far.jpg)

{% include figure.html src="/assets/img/gate.jpg" alt="The gate" caption="At *night*" %}

{% include promo.html %}

{% highlight ruby %}
puts "{{ not.a.tag }}"
{% endhighlight %}
//- from/_posts/2020-01-03-talks.md
---
Title: Talks
TITLE: Talks break off
title: Talks break off
tags: port labor
---
# Talks break off

The talks ended[^1]. They said so.

<!--more-->

More on [the strike](/news/port/labor/2020/01/02/dock-strike.html) and https://desk.example/news/about/.
Also <https://other.example/x_y_z>, and https://other.example/a_b_c.

[^1]: Source: a spokesman.
//- from/_posts/2020-01-04-html.html
---
title: In HTML
date: January 4, 2020 9:05 PM
---
<p>One <b>bold</b> word.</p>
<ul><li>First</li><li>Second</li></ul>
<script>track()</script>
<iframe src="https://www.youtube.com/embed/abc123"></iframe>
//- from/_posts/2020-01-05-kramdown.md
---
title: Kramdown
---
* TOC
{:toc}

## Part one {#one}
{: .wide}

Text{: .red} with an attribute and ==signs==. See [part](#part-one) and [x](#nowhere).

*[NATO]: North Atlantic Treaty Organization

<div class="box" markdown="1">
**Boxed** words
</div>
//- from/_posts/2020-01-06-broken-head.md
---
title: A: "colon"
tags:
- one
	- two
  date 2020-01-06
---
Text of the broken one.
//- from/_posts/2020-01-07-unclosed.md
---
title: Never closed

Text without an end of its head.
//- from/_posts/2020-01-08-future.md
---
title: Not yet
date: 2031-05-06
---
Later.
//- from/_posts/2020-01-09-hidden.md
---
title: Hidden
published: false
---
Hidden words.
//- from/_drafts/idea.md
---
title: An idea
---
Words without a day.
//- from/_drafts/dated.md
---
title: A dated idea
date: 2020-02-02
---
Words.
//- from/sports/_posts/2020-01-10-cup.md
---
title: Cup
date: 2020/01/10
permalink: /Sports/The%20Cup/
authors: [Mo Lind, Harbor Board, admin]
canonical_url: https://wire.example/cup
series: The cup
---
They won. [Report](/news/files/report.pdf#page=2), [back](../2020-01-03-talks.md), [lost file](/files/none.pdf).
//- from/_posts/2020-01-10-cup.md
---
title: Cup again
series: The cup
---
Another of one day. ![é](/assets/img/café.png)
//- from/_posts/2020-01-11-raw.md
---
title: Raw
---
{% raw %}`{{ shown }}`{% endraw %} and `{% kept %}`.
{% if page.x %}Inside{% endif %}{{ page.title }} {{ page.unknown }}{% comment %}no{% endcomment %}
//- from/_posts/2020-01-12-wild.md
---
title: Local #5 strikes
link: https://elsewhere.example/story
tags: ["C#", "!!!", port]
---
<p align="center">Centered <font color="red">red</font></p>

[run](javascript:alert(1)) [[Not a wiki link]] and [empty]() and ![](data:image/gif;base64,R0lG)

A<sup>2</sup> [^undefined] word <b>bold
//- from/_posts/2020-13-45-odd.md
---
title: Odd day
---
No such day.
//- from/_posts/2020-01-13-refs.md
---
title: References
---
A [reference][r], a [strike] and an ![image][i].

[r]: /news/about/ "About"
[strike]: /news/port/labor/2020/01/02/dock-strike.html
[i]: /assets/img/gate.jpg
//- from/_posts/2020-01-14-empty.md
//- from/_people/ada.md
---
title: Ada Holm
---
Edits the desk.
//- from/about.md
---
layout: page
title: About
permalink: /about/
---
We are in Norwick. [Tags](/tags/port/), [home](/), [feed](/feed.xml).
//- from/contact.md
---
title: Contact
---
Write to us.
//- from/index.html
---
layout: home
---
{% for post in site.posts %}{{ post.title }}{% endfor %}
//- from/README.md
# Not a page
//- from/_layouts/post.html
<html>{{ content }}</html>
"#;

#[test]
fn an_archive_of_jekyll_becomes_a_book_without_errors() {
    let root = jekyll();
    let book = import(root.path(), &[]);
    assert_eq!(errors(&book), "", "{:#?}", remarks(&book));
    let strike = text_of(&book, "content/briefs/2020/2020-01-02-dock-strike.md");
    let expected = r#"---
title: Dock strike & talks
date: 2020-01-02T21:30-05:00
summary: Talks failed.
by: [Ben Ito]
tags: [Port, "C++", labor]
image: {file: "assets/img/gate.jpg", alt: The gate}
redirect-from: ["/port/labor/2020/01/02/dock-strike.html", "/old/strike/", "/Old/Strike.php"]
kicker: Exclusive
section: port
---

The [gate](/assets/img/gate.jpg) was shut. See [the talks](2020-01-03-talks.md)
and [about us](../../pages/about.md) or nothing.

![Quay](/assets/img/IMG_0412.JPG)

Gone

[Picture: Far](https://pictures.example/far.jpg)

![The gate](/assets/img/gate.jpg)

*At night*

```ruby
puts "{{ not.a.tag }}"
```
"#;
    assert_eq!(strike, expected);
}

#[test]
fn nothing_of_an_archive_is_lost_without_a_word() {
    let root = jekyll();
    let book = import(root.path(), &[]);
    let remarks = remarks(&book);
    let n = |construct: &str| remarks.iter().filter(|it| it.1 == construct).count();
    let files = files(&book);
    let n_files = |folder: &str| files.keys().filter(|it| it.starts_with(folder)).count();
    // 25 posts of any sort, two drafts, an entry of a collection, four pages; one of the
    // pages is a template and in the report.
    let from = root.path().join("from");
    let is_text = |it: &str| {
        matches!(it.rsplit('.').next(), Some("md" | "html"))
            && it != "README.md"
            && !it.starts_with("_layouts")
    };
    let n_texts = self::files(&from).keys().filter(|it| is_text(it)).count();
    let n_out = n_files("content/briefs") + n_files("content/pages") + n("not-a-text");
    assert_eq!(n_out, n_texts);
    // Every picture that a text shows: copied, a link, or told.
    let told = ["missing-picture", "remote-picture"].map(n);
    assert_eq!((n_files("static/assets"), told), (3, [2, 1]));
    assert!(!files.contains_key("static/assets/img/unused.png"));
    // Every address, in the book or in the report.
    let answered: Vec<String> = files
        .iter()
        .filter(|it| it.0.starts_with("content/"))
        .flat_map(|(_, bytes)| {
            let text = String::from_utf8(bytes.clone()).unwrap();
            let line = text.lines().find(|it| it.starts_with("redirect-from:"));
            let list = line.map_or(String::new(), |it| it.replace(['[', ']', '"'], ""));
            list.trim_start_matches("redirect-from: ")
                .split(", ")
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .filter(|it| !it.is_empty())
        .collect();
    let lost: Vec<&str> = remarks
        .iter()
        .filter(|it| it.1 == "lost-address")
        .map(|it| it.2.as_str())
        .collect();
    for address in [
        "/old/strike/",
        "/Old/Strike.php",
        "/2020/01/03/talks.html",
        "/contact.html",
        "/Sports/The%20Cup/",
    ] {
        let is_told = lost.contains(&address);
        let is_there = answered.iter().any(|it| it == address);
        assert!(is_told != is_there, "{address}: {answered:?} {lost:?}");
    }
}

#[test]
fn a_second_import_changes_nothing_and_a_third_only_what_nobody_edited() {
    let root = jekyll();
    let book = import(root.path(), &[]);
    let first = files(&book);
    import(root.path(), &[]);
    assert!(files(&book) == first, "the second run changed something");
    // The desk edits one, deletes one; the archive changes three.
    let brief = |name: &str| format!("content/briefs/2020/{name}.md");
    put(
        &book,
        &brief("2020-01-03-talks"),
        b"---\ntitle: Ours\ndate: 2020-01-03\n---\nOurs.\n",
    );
    fs::remove_file(book.join(brief("2020-01-06-broken-head"))).unwrap();
    let from = root.path().join("from/_posts");
    for name in
        ["2020-01-03-talks.md", "2020-01-05-kramdown.md", "2020-01-06-broken-head.md"]
    {
        put(&from, name, b"---\ntitle: Theirs\n---\nTheirs now.\n");
    }
    import(root.path(), &[]);
    assert!(text_of(&book, &brief("2020-01-03-talks")).contains("Ours."));
    assert!(text_of(&book, &brief("2020-01-05-kramdown")).contains("Theirs now."));
    assert!(!book.join(brief("2020-01-06-broken-head")).exists());
    let told = remarks(&book);
    let told: Vec<&str> = told
        .iter()
        .map(|it| it.1.as_str())
        .filter(|it| matches!(*it, "edited" | "deleted"))
        .collect();
    assert_eq!(told, ["edited", "deleted"]);
}

#[test]
fn a_dry_run_writes_nothing_and_the_archive_is_never_touched() {
    let root = jekyll();
    let from = root.path().join("from");
    let before = files(&from);
    let book = import(root.path(), &["--dry-run"]);
    assert!(!book.exists());
    import(root.path(), &[]);
    assert!(files(&from) == before);
}

#[test]
fn the_map_says_what_the_program_cannot_know() {
    let root = jekyll();
    let map = "[keys]\nkicker = 'summary'\n[tags]\n'promo' = '**Read on**'\n[entities]\npeople = 'person'\n";
    put(root.path(), "map.toml", map.as_bytes());
    let book = import(
        root.path(),
        &["--map", "map.toml", "--since", "2020-01-02", "--authors", "text"],
    );
    assert_eq!(errors(&book), "");
    let strike = text_of(&book, "content/briefs/2020/2020-01-02-dock-strike.md");
    assert!(strike.contains("**Read on**"), "{strike}");
    let entities: Vec<String> =
        files(&book).into_keys().filter(|it| it.contains("/entities/")).collect();
    assert_eq!(entities, ["content/entities/ada.md"]);
}

//! What is certain is mended in the sources: old posts become briefs, texts without findings
//! stay as they are.

use dateline::Built;
use dateline::diagnostic::{Rule, Severity};
use dateline::input::Inputs;
use dateline::mend::{Mended, mend};
use dateline::site::Site;
use snapbox::{IntoData, assert_data_eq, str};

use crate::book::{book, said};

/// Kinds of findings of which none may be left where `--fix` has been.
const MENDED: &[Rule] = &[
    Rule::CommaList,
    Rule::DoubledKey,
    Rule::DuplicateParagraph,
    Rule::FrontMatter,
    Rule::TrailingByline,
    Rule::UnknownKey,
    Rule::WrongType,
];

fn mended(inputs: &Inputs) -> (Site, Mended) {
    let mut site = Site::of(inputs.clone(), &Built::default());
    let mended = mend(&mut site, |_| true);
    (site, mended)
}

/// Mends a book of old posts; after that it has no errors, nothing of a kind that is
/// mended, and a second time nothing changes. The first file becomes what is expected.
fn check(files: &str, expected: impl IntoData) {
    let inputs = book(files);
    let (site, _) = mended(&inputs);
    let all = said(&site.inputs);
    for finding in site.report.diagnostics() {
        assert_ne!(site.report.severity(finding), Severity::Error, "{all}");
        assert!(!MENDED.contains(&finding.rule), "{all}");
    }
    let (_, again) = mended(&site.inputs);
    assert!(again.changes.is_empty(), "{:?}", again.changes);
    let first = files.split("//- ").nth(1).unwrap().lines().next().unwrap();
    let text = site.inputs.text(first).unwrap().to_string();
    assert_data_eq!(text, expected.into_data().raw());
}

#[test]
fn posts_of_jekyll_become_briefs() {
    check(
        r#"//- content/briefs/2024-02-01-dock-strike.md
---
layout: post
title:  "Dock strike begins"
author: Ada Holm, Ben Ito
categories: [news, harbor]
tags:
  - strike
  - harbor
excerpt: The port stands still.
permalink: /news/dock-strike/
last_modified_at: 2024-02-03 09:00:00 +0100
comments: true
published: false
lang: en
---
The strike began at dawn.
//- content/briefs/2024-02-02-talks.md
---
layout: post
title: Talks
date: 2024/02/02
category: news
published: true
---
"#,
        str![[r#"
---
date: 2024-02-01
title:  "Dock strike begins"
by: [Ada Holm, Ben Ito]
tags: [strike, harbor, news]
summary: The port stands still.
redirect-from: /news/dock-strike/
updated: 2024-02-03 09:00:00 +0100
draft: true
language: en
---
The strike began at dawn.

"#]],
    );
}

#[test]
fn posts_of_hugo_in_yaml_become_briefs() {
    check(
        r#"//- content/briefs/strike.md
---
title: Dock strike begins
date: 2024-02-01T10:00:00-05:00
lastmod: 2024-02-03T10:00:00-05:00
publishDate: 2024-02-01T09:00:00-05:00
expiryDate: 2034-02-01
draft: no
description: The port stands still.
authors: ["Ada Holm"]
keywords: [strike, harbor]
categories: [news]
aliases: [/old/strike/, /older/strike/]
weight: 10
toc: true
type: posts
url: /2024/strike/
---
The strike began at dawn.
"#,
        str![[r#"
---
title: Dock strike begins
date: 2024-02-01T10:00:00-05:00
updated: 2024-02-03T10:00:00-05:00
embargo: 2024-02-01T09:00:00-05:00
expires: 2034-02-01
draft: false
summary: The port stands still.
by: ["Ada Holm"]
tags: [strike, harbor, news]
redirect-from: [/old/strike/, /older/strike/, /2024/strike/]
---
The strike began at dawn.

"#]],
    );
}

#[test]
fn posts_of_hugo_in_toml_become_briefs() {
    check(
        r#"//- content/briefs/strike.md
+++
title = "Dock strike: day one"
date = 2024-02-01T10:00:00-05:00
draft = false
description = 'The port stands still.'
tags = ["strike", "the harbor, at night"]
categories = ["news"]
aliases = ["/old/strike/"]
weight = 10
[menu.main]
name = "Strike"
+++

The strike began at dawn.
"#,
        str![[r#"
---
title: "Dock strike: day one"
date: 2024-02-01T10:00:00-05:00
draft: false
summary: The port stands still.
tags: [strike, "the harbor, at night", news]
redirect-from: [/old/strike/]
---

The strike began at dawn.

"#]],
    );
}

#[test]
fn posts_of_zola_become_briefs() {
    check(
        r#"//- content/briefs/strike.md
+++
title = "Dock strike begins"
description = "The port stands still."
date = 2024-02-01
updated = 2024-02-03
authors = ["Ada Holm"]
template = "post.html"
in_search_index = true
aliases = ["/old/strike/"]

[taxonomies]
tags = ["strike", "harbor"]
categories = ["news"]

[extra]
hero = "quay.jpg"
+++
The strike began at dawn.
"#,
        str![[r#"
---
title: Dock strike begins
summary: The port stands still.
date: 2024-02-01
updated: 2024-02-03
by: [Ada Holm]
redirect-from: [/old/strike/]
tags: [strike, harbor, news]
extra: {hero: quay.jpg}
---
The strike began at dawn.

"#]],
    );
}

#[test]
fn posts_of_pelican_become_briefs() {
    check(
        r#"//- content/briefs/strike.md
Title: Dock strike: day one
Date: 2024-02-01 10:20
Modified: 2024-02-03 19:30
Category: News
Tags: strike, harbor
Slug: dock-strike
Authors: Ada Holm, Ben Ito
Summary: The port stands still.
Status: published

The strike began at dawn.

The quay at dawn on the first day.

The quay at dawn on the first day.

Ada Holm and Ben Ito (AFP, Reuters)
"#,
        str![[r#"
---
title: "Dock strike: day one"
date: 2024-02-01 10:20
updated: 2024-02-03 19:30
tags: [News, strike, harbor]
slug: dock-strike
by: [Ada Holm, Ben Ito]
summary: The port stands still.
sources: [AFP, Reuters]
---

The strike began at dawn.

The quay at dawn on the first day.



"#]],
    );
}

#[test]
fn notes_of_obsidian_become_briefs() {
    check(
        r#"//- content/briefs/strike.md
---
created: 2024-02-01 10:00
modified: 2024-02-03 11:00
aliases: []
cssclasses: [wide]
publish: true
tags: [strike, harbor]
---

# Dock strike begins

[[Ada Holm]] was at the port.
//- content/entities/ada-holm.md
---
name: Ada Holm
kind: person
---
"#,
        str![[r#"
---
title: Dock strike begins
date: 2024-02-01 10:00
updated: 2024-02-03 11:00
tags: [strike, harbor]
---


[[Ada Holm]] was at the port.

"#]],
    );
}

#[test]
fn markdown_exported_from_wordpress_becomes_briefs() {
    check(
        r#"//- content/briefs/strike.md
---
id: 42
title: "Dock strike begins"
date: "Thu, 01 Feb 2024 10:00:00 +0000"
author: ada
guid: https://news.example/?p=42
permalink: https://news.example/2024/02/01/dock-strike/
layout: post
status: publish
comment_status: open
categories: 
  - "news"
tags: 
  - "strike"
  - "harbor"
coverImage: "quay.jpg"
---

The strike began at dawn.
//- static/quay.jpg
picture
"#,
        str![[r#"
---
title: "Dock strike begins"
date: 2024-02-01T10:00:00+00:00
by: ada
redirect-from: [/2024/02/01/dock-strike/]
tags: [strike, harbor, news]
image: {file: quay.jpg}
---

The strike began at dawn.

"#]],
    );
}

#[test]
fn what_is_not_certain_stays_for_somebody_to_decide() {
    let inputs = book(
        "//- content/briefs/a.md
---
title: A
datum: 2024-02-01
date: 1/2/2024
summary: One
description: Two
series: Harbor
permalink: /:year/:title/
by: Harbor Desk, Norwick
---
Text.
//- content/entities/desk.md
---
name: Harbor Desk, Norwick
kind: organization
---
",
    );
    let (_, mended) = mended(&inputs);
    assert!(mended.changes.is_empty(), "{:?}", mended.changes);
}

#[test]
fn a_text_without_findings_is_not_touched() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let wanted =
        dateline::input::Wanted { now: crate::book::now(), drafts: true, future: true };
    let inputs = dateline::disk::read(root, wanted).unwrap();
    let (_, mended) = mended(&inputs);
    assert!(mended.changes.is_empty(), "{:?}", mended.changes);
}

#[test]
fn line_ends_and_comments_around_an_edit_stay() {
    let text = "---\r\ntitle: A\r\ndate: 2024-02-01\r\n# who\r\nauthor: Ada Holm\r\n# not ours\r\nlayout: post # by hand\r\n# what it says\r\nsumary: One\r\n---\r\nText.\r\n";
    let mut inputs = Inputs::empty(crate::book::now());
    inputs.insert("content/briefs/a.md", text);
    let (site, _) = mended(&inputs);
    assert_eq!(
        &**site.inputs.text("content/briefs/a.md").unwrap(),
        "---\r\ntitle: A\r\ndate: 2024-02-01\r\n# who\r\nby: Ada Holm\r\n# not ours\r\n# what it says\r\nsummary: One\r\n---\r\nText.\r\n"
    );
}

#[test]
fn a_typed_footnote_that_is_indented_by_too_little_is_indented() {
    check(
        r#"//- content/briefs/2024-02-01-strike.md
---
title: Strike
date: 2024-02-01
---
He [said so][^a], and [that][^b].

[^a]:
  claim: It is so.
  said-by: Ada Holm

[^b]:
   Note: A heading

   Of a note.

The end.
"#,
        str![[r#"
---
title: Strike
date: 2024-02-01
---
He [said so][^a], and [that][^b].

[^a]:
    claim: It is so.
    said-by: Ada Holm

[^b]:
    Note: A heading

   Of a note.

The end.

"#]],
    );
}

//! `[archive] before`: faults of old texts stop nobody, and nothing wrong is printed.

use dateline::diagnostic::Severity;
use dateline::input::Inputs;
use dateline::{Built, build};
use snapbox::{assert_data_eq, str};

use crate::book::{between, book, page, said, site};

const SETTINGS: &str = "//- book.toml\n[archive]\nbefore = 2020-01-01\n";

/// A book with an old archive, of which each brief has another fault.
const ARCHIVE: &str = "
//- content/briefs/2019-03-04-links.md
---
titel: Links
title: Links
date: 2019-03-04
updated: yesterday
storylines: [nothing]
image: {file: gone.jpg, alt: x}
---
See [the port](port.md), [the team](/team/), [[Nobody]], [run](javascript:x).

![A gate](/img/gone.png)

Words[^a] and words.[^b]

[^a]:
    claim: denied
    by: Ada
//- content/briefs/2019-03-05-dateless.md
---
title: The day is in the name
---
Text.
//- content/briefs/2019/03/06/path.md
---
title: The day is in the path
date: soon
---
Text.
//- content/briefs/2019-03-07-untitled.md
---
date: 2019-03-07
---
Text of a brief without a title.
//- content/briefs/nowhen.md
---
title: No day at all
---
Text of a brief without a day.
//- content/briefs/2019-03-08-broken.md
---
title: [
---
Text of a brief with broken front matter.
//- content/briefs/2019-03-09-slug.md
---
title: A slug that is none
slug: Not a slug!
date: 2019-03-09
---
Text of a brief without an address.
//- content/briefs/2019-03-04-more.md
---
title: Links again
slug: links
date: 2019-03-04
---
Text of a brief whose address is taken.
//- content/briefs/2019-03-10-draft.md
---
title: A draft, perhaps
date: 2019-03-10
draft: perhaps
---
Text of what may be a draft.
//- content/briefs/2025-08-08-new.md
---
title: New
date: 2025-08-08
---
See [[Links]] and [no day](nowhen.md).
";

#[test]
fn faults_of_an_archive_are_warnings_and_those_of_the_desk_are_not() {
    let inputs = book(&format!("{SETTINGS}{ARCHIVE}"));
    assert_data_eq!(
        said(&inputs),
        str![[r#"
content/briefs/2019-03-04-links.md:2:1: warning[unknown-key]: unknown key `titel`
  help: write `title`
content/briefs/2019-03-04-links.md:5:10: warning[wrong-type]: `updated` must be a day or a time, not `yesterday`
  help: write `updated: 2025-08-08` or `updated: 2025-08-08T21:30`
content/briefs/2019-03-04-links.md:6:14: warning[unknown-storyline]: no storyline is called `nothing`
  help: add a file content/storylines/nothing.md
content/briefs/2019-03-04-links.md:7:15: warning[missing-file]: there is no file static/gone.jpg
  help: put the file into static/, and name it from there
content/briefs/2019-03-04-links.md:9:5: warning[broken-link]: there is no file content/briefs/port.md
  help: link to `nowhen.md`
content/briefs/2019-03-04-links.md:9:26: warning[broken-link]: the site has no page and no file `/team/`
  help: link to a content file by its path, or put the file into static/
content/briefs/2019-03-04-links.md:9:48: warning[unknown-entity]: no entity is called `Nobody`
  help: add a file for it: `dateline new entity "Nobody" --kind person`
content/briefs/2019-03-04-links.md:9:58: warning[unsafe-link]: a link may not use `javascript:`
  help: link to an `https:` address, a file of the book, or an entity
content/briefs/2019-03-04-links.md:11:1: warning[broken-link]: the site has no page and no file `/img/gone.png`
  help: link to a content file by its path, or put the file into static/
content/briefs/2019-03-04-links.md:13:21: warning[undefined-footnote]: `[^b]` is not defined
  help: add `[^b]: …` at the end of the file
content/briefs/2019-03-04-links.md:16:12: warning[old-claim]: `claim: denied` is how claims were written in 0.1.0
  help: write `claim: What is claimed, as one full sentence.`, `denied-by: Ada`
content/briefs/2019-03-04-more.md:1:1: warning[held-brief]: this brief of the archive is left out: its address is that of content/briefs/2019-03-04-links.md
  help: mend its front matter, or move the file out of the content folder
content/briefs/2019-03-05-dateless.md:2:1: warning[missing-key]: `date` is missing
  help: add `date: 2025-08-08`
content/briefs/2019-03-07-untitled.md:1:1: warning[held-brief]: this brief of the archive is left out: it has no title
  help: mend its front matter, or move the file out of the content folder
content/briefs/2019-03-07-untitled.md:2:1: warning[missing-key]: `title` is missing
  help: add `title: A headline`
content/briefs/2019-03-08-broken.md:1:1: warning[held-brief]: this brief of the archive is left out: it has no title
  help: mend its front matter, or move the file out of the content folder
content/briefs/2019-03-08-broken.md:2:8: warning[front-matter]: this is not YAML: unclosed bracket '['
  help: put a text in quotes if it holds `: `, `#` or begins with a sign
content/briefs/2019-03-09-slug.md:1:1: warning[held-brief]: this brief of the archive is left out: it has no address
  help: mend its front matter, or move the file out of the content folder
content/briefs/2019-03-09-slug.md:3:7: warning[bad-slug]: `Not a slug!` is not a slug
  help: write `not-a-slug`
content/briefs/2019-03-10-draft.md:1:1: warning[held-brief]: this brief of the archive is left out: it cannot be told whether it may be published
  help: mend its front matter, or move the file out of the content folder
content/briefs/2019-03-10-draft.md:4:8: warning[wrong-type]: `draft` must be `true` or `false`, not a text
  help: write `true` or `false`
content/briefs/2019/03/06/path.md:3:7: warning[wrong-type]: `date` must be a day or a time, not `soon`
  help: write `date: 2025-08-08` or `date: 2025-08-08T21:30`
content/briefs/2025-08-08-new.md:5:7: error[unknown-entity]: no entity is called `Links`
  help: add a file for it: `dateline new entity "Links" --kind person`
content/briefs/2025-08-08-new.md:5:19: error[broken-link]: `content/briefs/nowhen.md` is left out of the archive
  help: delete the link, or mend what is said of that brief
content/briefs/nowhen.md:1:1: warning[held-brief]: this brief of the archive is left out: its day is not in its front matter, its file name or its path
  help: mend its front matter, or move the file out of the content folder
content/briefs/nowhen.md:2:1: warning[missing-key]: `date` is missing
  help: add `date: 2025-08-08`

"#]]
    );
}

#[test]
fn what_cannot_be_placed_is_left_out_and_counted() {
    let site = site(&book(&format!("{SETTINGS}{ARCHIVE}")));
    let left_out: Vec<&str> = site.report.left_out().into_iter().collect();
    let names = ["04-more", "07-untitled", "08-broken", "09-slug", "10-draft"];
    let mut expected: Vec<String> =
        names.iter().map(|it| format!("content/briefs/2019-03-{it}.md")).collect();
    expected.push("content/briefs/nowhen.md".to_owned());
    assert_eq!(left_out, expected);
    let briefs = site.built.edition.briefs.iter();
    let titles: Vec<&str> = briefs.map(|it| &*it.brief.document.title.value).collect();
    let expected = ["New", "The day is in the path", "The day is in the name", "Links"];
    assert_eq!(titles, expected);
}

#[test]
fn nothing_wrong_is_printed_of_an_archive() {
    let inputs = book(&format!("{SETTINGS}{ARCHIVE}"));
    let html = page(&inputs, "2019/03/04/links/index.html");
    let body = between(&html, "id=\"body\">", "<footer")[0];
    for words in ["the port", "the team", "Nobody", "run", "A gate"] {
        assert!(body.contains(words), "{words} in {body}");
    }
    for wrong in ["<img", "port.md", "/team/", "javascript", "gone"] {
        assert!(!html.contains(wrong), "{wrong} in {html}");
    }
    assert!(!page(&inputs, "index.html").contains("without"));
}

#[test]
fn without_the_setting_each_of_these_faults_is_an_error() {
    let report = site(&book(ARCHIVE)).report;
    let files = |severity| {
        let of = report.of(severity).map(|it| it.span.path.to_string());
        of.collect::<std::collections::BTreeSet<_>>()
    };
    let with_errors = files(Severity::Error);
    assert_eq!(with_errors.len(), 10, "{with_errors:?}");
    assert!(report.left_out().is_empty());
}

#[test]
fn a_rebuild_of_an_archive_equals_a_build_from_nothing() {
    let mut inputs: Inputs = book(&format!("{SETTINGS}{ARCHIVE}"));
    let mut last = build(&inputs, &Built::default());
    let brief =
        |slug: &str| format!("---\ntitle: L\nslug: {slug}\ndate: 2019-03-04\n---\n");
    let edits = [
        ("content/briefs/2019-03-04-links.md", brief("other")),
        ("content/briefs/2019-03-04-more.md", brief("other")),
        ("content/briefs/2019-03-04-links.md", brief("links")),
        ("content/briefs/nowhen.md", brief("nowhen")),
        ("book.toml", "[archive]\nbefore = 2019-03-06\n".to_owned()),
        ("book.toml", String::new()),
    ];
    for (path, text) in edits {
        inputs.insert(path, &text);
        last = build(&inputs, &last.0);
        assert!(last == build(&inputs, &Built::default()), "after editing {path}");
    }
}

//! What is said about books that are wrong, one mistake a test.

use snapbox::{IntoData, assert_data_eq, str};

use crate::book::{book, page, said};

fn check(files: &str, expected: impl IntoData) {
    assert_data_eq!(said(&book(files)), expected.into_data().raw());
}

#[test]
fn front_matter_may_be_missing_unclosed_or_broken() {
    check(
        "//- content/briefs/missing.md
Text.
//- content/briefs/unclosed.md
---
title: A
//- content/briefs/yaml.md
---
title: A: B
---
//- content/briefs/doubled.md
---
title: A
title: B
---
//- content/briefs/empty.md
---
---
",
        str![[r#"
content/briefs/doubled.md:3:1: error[doubled-key]: `title` is given twice
  help: delete one of the two lines
content/briefs/empty.md:2:1: error[wrong-type]: `front matter` must be a table of `key: value`, not nothing
  help: write a table of `key: value`
content/briefs/missing.md:1:1: error[front-matter]: this file has no front matter
  help: begin it with a line `---`, then `title: A headline` and `date: 2025-08-08`, and another line `---`
content/briefs/unclosed.md:1:1: error[front-matter]: this front matter is not closed
  help: put a line `---` below the last key
content/briefs/yaml.md:2:9: error[front-matter]: this is not YAML: mapping values are not allowed in this context
  help: put a text in quotes if it holds `: `, `#` or begins with a sign

"#]],
    );
}

#[test]
fn keys_and_values_may_be_wrong() {
    check(
        "//- content/briefs/a.md
---
titel: A
title: [A]
date: Friday
draft: perhaps
tags: {a: b}
slug: Not A Slug
image: {fil: x}
sources: [{outlet: AFP, url: javascript:x}]
corrections: [{on: 2025-13-01, text: x}]
---
Text.
//- content/entities/e.md
---
name: Eve
kind: persona
roles: [{title: Boss, from: 2025-02-01, to: 2025-01-01}]
location: {lat: 95, lon: 0}
same-as: {wikidata: Napoleon}
---
//- content/storylines/s.md
---
title: S
status: open
---
",
        str![[r#"
content/briefs/a.md:2:1: error[unknown-key]: unknown key `titel`
  help: write `title`
content/briefs/a.md:3:8: error[wrong-type]: `title` must be a text, not a list
  help: write a text
content/briefs/a.md:4:7: error[wrong-type]: `date` must be a day or a time, not `Friday`
  help: write `date: 2025-08-08` or `date: 2025-08-08T21:30`
content/briefs/a.md:5:8: error[wrong-type]: `draft` must be `true` or `false`, not a text
  help: write `true` or `false`
content/briefs/a.md:6:7: error[wrong-type]: `tags` must be a text, not a table
  help: put the text in quotes if it contains `: `
content/briefs/a.md:7:7: error[bad-slug]: `Not A Slug` is not a slug
  help: write `not-a-slug`
content/briefs/a.md:8:8: warning[missing-alt]: the picture has no `alt`
  help: add `alt: …`: what it shows, in a few words
content/briefs/a.md:8:9: error[unknown-key]: unknown key `fil`, and `file` is missing
  help: write `file`
content/briefs/a.md:9:30: error[unsafe-link]: `url` must be a web address, not `javascript:x`
  help: write an address that begins with `https://`
content/briefs/a.md:10:20: error[wrong-type]: `on` must be a date, not `2025-13-01`
  help: write `2025-08-08`, `2025-08` or `2025`
content/entities/e.md:3:7: error[bad-value]: `persona` is not a value of `kind`
  help: write `person`; the values are `person`, `organization`, `place`, `event`, `law`, `work` and `thing`
content/entities/e.md:4:45: warning[role-dates]: `to: 2025-01-01` is before `from: 2025-02-01`
  help: swap `from` and `to`, or correct the one that is wrong
content/entities/e.md:5:17: error[wrong-type]: `lat` is a number of degrees from -90 to 90
  help: write `lat: 38.9`
content/entities/e.md:6:21: error[bad-value]: `Napoleon` is neither an address nor an identifier of `wikidata`
  help: write an `https://` address, or `wikidata: Q324546`
content/storylines/s.md:3:9: error[bad-value]: `open` is not a value of `status`
  help: write one of `developing` and `closed`

"#]],
    );
}

#[test]
fn names_may_be_unknown() {
    check(
        "//- content/entities/rubio.md
---
name: Marco Rubio
kind: person
relations: [{is: member of, entity: republicans}]
---
//- content/briefs/a.md
---
title: A
date: 2025-08-08
storylines: [no-such-story]
mentions: {Rubio: marco-rubioo}
---
[[Marko Rubio]] and [[Somebody Else]] met.
",
        str![[r#"
content/briefs/a.md:4:14: error[unknown-storyline]: no storyline is called `no-such-story`
  help: add a file content/storylines/no-such-story.md
content/briefs/a.md:5:19: error[unknown-entity]: no entity is called `marco-rubioo`
  help: write `Marco Rubio`
content/briefs/a.md:7:3: error[unknown-entity]: no entity is called `Marko Rubio`
  help: write `Marco Rubio`
content/briefs/a.md:7:23: error[unknown-entity]: no entity is called `Somebody Else`
  help: add a file for it: `dateline new entity "Somebody Else" --kind person`
content/entities/rubio.md:4:37: error[unknown-entity]: no entity is called `republicans`
  help: add a file for it: `dateline new entity "republicans" --kind person`

"#]],
    );
}

#[test]
fn links_may_lead_nowhere_or_do_harm() {
    check(
        "//- content/briefs/2025/a.md
---
title: A
date: 2025-08-08
---
[gone](gone.md), [near](../b.md), [draft](draft.md), [out](../../../../x.md),
[js](javascript:alert(1)), [JS](JaVaScRiPt:x), [data](data:text/html,x), ![far](https://example.org/x.png), [page](/no/such/page/).
//- content/briefs/2025/b.md
---
title: B
date: 2025-08-08
---
//- content/briefs/2025/draft.md
---
title: Draft
date: 2025-08-08
draft: true
---
",
        str![[r#"
content/briefs/2025/a.md:5:1: error[broken-link]: there is no file content/briefs/2025/gone.md
  help: name a file of the book by its path from this one
content/briefs/2025/a.md:5:18: error[broken-link]: there is no file content/briefs/b.md
  help: link to `b.md`
content/briefs/2025/a.md:5:35: error[broken-link]: `content/briefs/2025/draft.md` is a draft, under embargo or expired
  help: delete the link, or publish both together
content/briefs/2025/a.md:5:54: error[broken-link]: `../../../../x.md` leads out of the book
  help: name a file of the book by its path from this one
content/briefs/2025/a.md:6:1: error[unsafe-link]: a link may not use `javascript:`
  help: link to an `https:` address, a file of the book, or an entity
content/briefs/2025/a.md:6:28: error[unsafe-link]: a link may not use `javascript:`
  help: link to an `https:` address, a file of the book, or an entity
content/briefs/2025/a.md:6:48: error[unsafe-link]: a link may not use `data:`
  help: link to an `https:` address, a file of the book, or an entity
content/briefs/2025/a.md:6:74: warning[remote-picture]: this picture is on another site, example.org, so a link stands for it
  help: put the file into static/ and write its path, such as `/img/x.png`
content/briefs/2025/a.md:6:109: error[broken-link]: the site has no page and no file `/no/such/page/`
  help: link to a content file by its path, or put the file into static/

"#]],
    );
}

#[test]
fn a_harmful_link_is_shown_as_its_words() {
    let inputs = book(
        "//- content/briefs/a.md
---
title: A
date: 2025-08-08
---
[js](javascript:alert(1)) [d](data:text/html,x) <javascript:alert(2)>
",
    );
    let html = page(&inputs, "2025/08/08/a/index.html");
    assert!(
        !html.contains("javascript:alert(1)") && !html.contains("data:text"),
        "{html}"
    );
    assert!(!html.contains("href=\"javascript"), "{html}");
}

#[test]
fn two_files_may_not_share_an_address() {
    check(
        "//- content/briefs/a.md
---
title: A
date: 2025-08-08
---
//- content/briefs/b.md
---
title: B
date: 2025-08-08
slug: a
redirect-from: [/2025/08/08/A/, /entities/, /2024/old/]
---
//- content/pages/entities.md
---
title: E
---
//- content/pages/2025.md
---
title: A year
---
//- static/index.html/x
",
        str![[r#"
content/briefs/b.md:2:8: error[path-clash]: the address `/2025/08/08/a/` is taken
  help: give one of the two another `slug`
content/briefs/b.md:5:17: error[path-clash]: the address `/2025/08/08/A/` is taken
  help: take the address out of `redirect-from`: a page that is there cannot lead elsewhere
content/briefs/b.md:5:33: error[path-clash]: the address `/entities/` is taken
  help: take the address out of `redirect-from`: a page that is there cannot lead elsewhere
  help: the site has a page of its own there
content/pages/2025.md:2:8: error[path-clash]: the address `/2025/` is taken
  help: give one of the two another `slug`
  help: the site has a page of its own there
content/pages/entities.md:2:8: error[path-clash]: the address `/entities/` is taken
  help: give one of the two another `slug`
  help: the site has a page of its own there
static/index.html/x:1:1: error[path-clash]: the address `/` is taken
  help: rename the file in static/, or move it into a folder of its own
  help: the site has a page of its own there

"#]],
    );
}

#[test]
fn slugs_and_paths_may_leave_the_site_or_be_devices() {
    let long = "x".repeat(240);
    check(
        &format!(
            "//- content/briefs/con.md
---
title: A
date: 2025-08-08
redirect-from: [../../etc/passwd, /a/../b/, '/aux/x/', /.git/config]
slug: ../up
---
//- content/briefs/{long}.md
---
title: B
date: 2025-08-08
---
//- content/briefs/!!!.md
---
title: C
date: 2025-08-08
---
"
        ),
        str![[r#"
content/briefs/!!!.md:1:1: error[bad-slug]: the file name `!!!` makes no address
  help: give it a name with letters or digits, or add `slug: …`
content/briefs/con.md:1:1: error[bad-slug]: the file name `con` cannot be a part of an address
  help: give the file another name: Windows keeps this one for a device
content/briefs/con.md:4:17: error[bad-slug]: `../../etc/passwd` is not an address within the site
  help: write a path such as `/2024/old-name/`
content/briefs/con.md:4:35: error[bad-slug]: `/a/../b/` is not an address within the site
  help: write a path such as `/2024/old-name/`
content/briefs/con.md:4:45: error[bad-slug]: `/aux/x/` is not an address within the site
  help: write a path such as `/2024/old-name/`
content/briefs/con.md:4:56: error[bad-slug]: `/.git/config` is not an address within the site
  help: write a path such as `/2024/old-name/`
content/briefs/con.md:5:7: error[bad-slug]: `../up` is not a slug
  help: write `up`
content/briefs/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.md:1:1: error[bad-slug]: the file name `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx` cannot be a part of an address
  help: give the file a shorter name, under 200 bytes

"#]],
    );
}

#[test]
fn texts_may_hold_what_no_page_can() {
    check(
        "//- content/briefs/a.md
---
title: \"A\\u0007\"
date: 2025-08-08
---
A bell \u{7} in the text. <b>Bold</b> and

<script>alert(1)</script>

<!-- a comment is left out in silence -->
",
        str![[r#"
content/briefs/a.md:2:8: error[control-character]: `title` contains the control character U+0007
  help: delete it
content/briefs/a.md:5:8: error[control-character]: the text holds the control character U+0007
  help: delete it
content/briefs/a.md:5:23: warning[raw-html]: this HTML is left out
  help: write it in Markdown, or set `raw-html = "sanitize"` under `[text]` in book.toml
content/briefs/a.md:5:30: warning[raw-html]: this HTML is left out
  help: write it in Markdown, or set `raw-html = "sanitize"` under `[text]` in book.toml
content/briefs/a.md:7:1: warning[raw-html]: this HTML is left out
  help: write it in Markdown, or set `raw-html = "sanitize"` under `[text]` in book.toml

"#]],
    );
}

#[test]
fn raw_html_is_left_out_or_made_harmless() {
    let files = "//- content/briefs/a.md
---
title: A
date: 2025-08-08
---
One <b onclick=\"x()\">bold</b> <img src=x onerror=alert(1)>.

<script>alert(1)</script>

<iframe src=\"https://example.org\"></iframe>
";
    let dropped = page(&book(files), "2025/08/08/a/index.html");
    assert!(dropped.contains("One bold ."), "{dropped}");
    let sanitized = format!("{files}//- book.toml\n[text]\nraw-html = 'sanitize'\n");
    let kept = page(&book(&sanitized), "2025/08/08/a/index.html");
    assert!(kept.contains("<b>bold</b>"), "{kept}");
    for html in [dropped, kept] {
        for bad in ["onclick", "onerror", "alert(1)", "<iframe"] {
            assert!(!html.contains(bad), "{bad} in {html}");
        }
    }
}

#[test]
fn wire_copy_as_it_comes_is_helped_along() {
    check(
        "//- content/entities/rubio.md
---
name: Marco Rubio
kind: person
roles:
  - {title: US Senator, of: Florida, from: 2011-01-05, to: 2025-01-20}
  - {title: Secretary of State, of: United States, from: 2025-01-21}
---
//- content/briefs/a.md
---
title: A
date: 2025-08-08
---
US media reported on 7/8 that the president directed the Pentagon to prepare options.
![]() |
US President Donald Trump at the White House on 8/8. Photo: AFP |
US President Donald Trump at the White House on 8/8. Photo: AFP
In an interview on 6/8, US Senator Marco Rubio said this designation allows it.
Huyen Le (AFP, Washington Post)
",
        str![[r#"
content/briefs/a.md:5:22: warning[ambiguous-date]: `7/8` can be 2025-08-07 or 2025-07-08
  help: write `7 August`, or set `date-order` under `[text]` in book.toml
content/briefs/a.md:6:1: warning[empty-image]: this picture has no file
  help: put the picture under `image: {file, alt, caption, credit}` in the front matter, and delete this line and its captions
content/briefs/a.md:8:1: warning[duplicate-paragraph]: this paragraph appears twice in a row
  help: delete one of the two
content/briefs/a.md:9:20: warning[ambiguous-date]: `6/8` can be 2025-08-06 or 2025-06-08
  help: write `6 August`, or set `date-order` under `[text]` in book.toml
content/briefs/a.md:9:28: warning[stale-role]: Marco Rubio was not `Senator` on 8 August 2025
  help: write `Secretary of State` of United States, the role held that day
content/briefs/a.md:10:1: warning[trailing-byline]: this text ends with a byline
  help: put `by: [Huyen Le]` and `sources: [AFP, Washington Post]` in the front matter, and delete the line

"#]],
    );
}

#[test]
fn footnotes_may_be_undefined_unused_or_crossed() {
    check(
        "//- content/briefs/a.md
---
title: A
date: 2025-08-08
---
[Words][^gone] and *crossed [words*][^c].

[^c]: Fine.
[^unused]: Never shown.
",
        str![[r#"
content/briefs/a.md:5:8: error[undefined-footnote]: `[^gone]` is not defined
  help: add `[^gone]: …` at the end of the file
content/briefs/a.md:5:29: warning[crossing-anchor]: the words of `[^c]` begin or end inside emphasis
  help: put both brackets inside the emphasis, or both outside
content/briefs/a.md:8:1: warning[unreferenced-footnote]: nothing refers to the footnote `[^unused]`
  help: put `[^unused]` after the words it belongs to, or delete it

"#]],
    );
}

#[test]
fn pictures_may_be_missing_or_mute() {
    check(
        "//- content/briefs/a.md
---
title: A
date: 2025-08-08
image: {file: img/gaet.svg}
---
![](/img/gate.svg)
//- static/img/gate.svg
x
",
        str![[r#"
content/briefs/a.md:4:8: warning[missing-alt]: the picture has no `alt`
  help: add `alt: …`: what it shows, in a few words
content/briefs/a.md:4:15: error[missing-file]: there is no file static/img/gaet.svg
  help: write `img/gate.svg`
content/briefs/a.md:6:1: warning[missing-alt]: this picture has no text for readers who cannot see it
  help: describe it between the brackets: `![A gate at night](…)`

"#]],
    );
}

#[test]
fn a_template_may_be_broken() {
    check(
        "//- content/briefs/a.md
---
title: A
date: 2025-08-08
---
//- templates/brief.html
{{ view.title }
//- templates/home.html
{% extends \"base.html\" %}
{% block main %}{{ view.no.such }}{% endblock %}
",
        str![[r#"
templates/brief.html:1:15: error[template]: Found `}` but expected }}
  help: mend the template, or delete it to go back to the theme's; docs/templates.md lists what each is told
templates/home.html:2:25: error[template]: Field `no` is not defined. Available fields: body, days, entities, head, pager, storylines, turned
  help: mend the template, or delete it to go back to the theme's; docs/templates.md lists what each is told

"#]],
    );
}

#[test]
fn all_that_is_wrong_in_templates_is_told_with_its_place() {
    check(
        "
//- templates/page.html
{% include \"nope.html\" %}
{{ view.title | shout }} é {{ yell() }}
//- templates/tag.html
{% extends \"bse.html\" %}
//- templates/claim.html
{{ view.title | nofilter }}
{% if view.title is odder %}x{% endif %}
//- templates/entity.html
{{ view.title
",
        str![[r#"
templates/claim.html:1:17: error[template]: unknown filter `nofilter`
  help: mend the template, or delete it to go back to the theme's; docs/templates.md lists what each is told
templates/claim.html:2:21: error[template]: unknown test `odder`
  help: mend the template, or delete it to go back to the theme's; docs/templates.md lists what each is told
templates/entity.html:1:9: error[template]: Unexpected end of input
  help: mend the template, or delete it to go back to the theme's; docs/templates.md lists what each is told
templates/page.html:1:13: error[template]: unknown template `nope.html`
  help: mend the template, or delete it to go back to the theme's; docs/templates.md lists what each is told
templates/page.html:2:17: error[template]: unknown filter `shout`
  help: mend the template, or delete it to go back to the theme's; docs/templates.md lists what each is told
templates/page.html:2:31: error[template]: unknown function `yell`
  help: mend the template, or delete it to go back to the theme's; docs/templates.md lists what each is told
templates/tag.html:1:1: error[template]: it extends `bse.html`, which does not exist
  help: mend the template, or delete it to go back to the theme's; docs/templates.md lists what each is told

"#]],
    );
}

#[test]
fn an_alias_bomb_is_refused() {
    check(
        "//- content/briefs/a.md
---
a: &a [x, x, x]
b: &b [*a, *a, *a]
c: [*b, *b, *b]
---
",
        str![[r#"
content/briefs/a.md:2:7: error[front-matter]: front matter has no anchors (`&name`) and no aliases (`*name`)
  help: write the value out, or put it in quotes

"#]],
    );
}

#[test]
fn a_byte_order_mark_and_crlf_are_accepted() {
    let files = "//- content/briefs/a.md\n\u{feff}---\r\ntitle: A\r\ndate: 2025-08-08\r\n---\r\nOne\r\nline.\r\n";
    assert_eq!(said(&book(files)), "");
    assert!(page(&book(files), "2025/08/08/a/index.html").contains("One\nline."));
}

#[test]
fn settings_set_how_much_a_finding_weighs() {
    check(
        "//- book.toml
[rules]
raw-html = 'error'
missing-alt = 'off'
//- content/briefs/a.md
---
title: A
date: 2025-08-08
---
<b>x</b> ![](/img/x.svg)
//- static/img/x.svg
",
        str![[r#"
content/briefs/a.md:5:1: error[raw-html]: this HTML is left out
  help: write it in Markdown, or set `raw-html = "sanitize"` under `[text]` in book.toml
content/briefs/a.md:5:5: error[raw-html]: this HTML is left out
  help: write it in Markdown, or set `raw-html = "sanitize"` under `[text]` in book.toml

"#]],
    );
}

#[test]
fn a_link_without_its_ending_or_its_address_is_helped_along() {
    check(
        "//- content/briefs/a.md
---
title: A
date: 2025-08-08
---
[b](b) and [nothing](<>).
//- content/briefs/b.md
---
title: B
date: 2025-08-08
---
",
        str![[r#"
content/briefs/a.md:5:1: error[broken-link]: there is no file content/briefs/b
  help: link to `b.md`
content/briefs/a.md:5:12: error[broken-link]: this link leads nowhere
  help: name a file of the book, an entity, or an `https:` address

"#]],
    );
}

#[test]
fn files_and_languages_may_be_misspelt() {
    check(
        "//- book.toml
[output.html]
additional-css = ['house.css']
//- content/briefs/a.md
---
title: A
date: 2025-08-08
language: Englisch
---
",
        str![[r#"
book.toml:2:19: error[missing-file]: there is no file static/house.css
  help: put the file into static/, and name it from there
content/briefs/a.md:4:11: error[bad-value]: `Englisch` is not a language tag
  help: write a tag of BCP 47 such as `en`, `pt-BR` or `ar`

"#]],
    );
}

#[test]
fn names_that_only_the_writer_or_a_host_knows_are_reserved() {
    check(
        "//- content/briefs/a.md
---
title: A
date: 2025-08-08
redirect-from: [/CNAME/, /cname/old/, /dateline-manifest.txt, /.well-known/x/]
---
Text.
//- content/pages/cname.md
---
title: Our name
---
//- static/dateline-manifest.txt
x
//- static/dateline-part.txt/x
x
//- static/CNAME
news.example.org
",
        str![[r#"
content/briefs/a.md:4:17: error[path-clash]: the address `/CNAME/` is reserved
  help: take the address out of `redirect-from`
  help: hosts read the domain of the site there
content/briefs/a.md:4:26: error[path-clash]: the address `/cname/old/` is reserved
  help: take the address out of `redirect-from`
  help: hosts read the domain of the site there
content/briefs/a.md:4:39: error[path-clash]: the address `/dateline-manifest.txt/` is reserved
  help: take the address out of `redirect-from`
  help: Dateline keeps its own list of the site there
content/briefs/a.md:4:63: error[bad-slug]: `/.well-known/x/` is not an address within the site
  help: write a path such as `/2024/old-name/`
content/pages/cname.md:2:8: error[path-clash]: the address `/cname/` is reserved
  help: give the page another `slug`
  help: hosts read the domain of the site there
static/dateline-manifest.txt:1:1: error[path-clash]: the address `/dateline-manifest.txt` is reserved
  help: rename the file in static/
  help: Dateline keeps its own list of the site there
static/dateline-part.txt/x:1:1: error[path-clash]: the address `/dateline-part.txt/x` is reserved
  help: rename the file in static/
  help: Dateline keeps its list of a part of the site there

"#]],
    );
}

#[test]
fn a_clash_says_which_of_the_two_can_go() {
    check(
        "//- content/briefs/a.md
---
title: A
date: 2025-08-08
redirect-from: /entities/
---
Text.
//- static/tags/index.html
x
//- content/briefs/b.md
---
title: B
date: 2025-08-08
tags: [x]
---
Text.
//- static/2025/08/08/b
x
",
        str![[r#"
content/briefs/a.md:4:16: error[path-clash]: the address `/entities/` is taken
  help: take the address out of `redirect-from`: a page that is there cannot lead elsewhere
  help: the site has a page of its own there
static/2025/08/08/b:1:1: error[path-clash]: the address `/2025/08/08/b` is taken
  help: rename the file in static/, or move it into a folder of its own
static/tags/index.html:1:1: error[path-clash]: the address `/tags/` is taken
  help: rename the file in static/, or move it into a folder of its own
  help: the site has a page of its own there

"#]],
    );
}

#[test]
fn a_robots_txt_and_a_404_page_of_the_book_s_own_take_the_place_of_the_site_s() {
    let inputs = book("//- static/robots.txt\nUser-agent: *\n//- static/404.html\n<p>");
    assert_eq!(said(&inputs), "");
    let built = dateline::build(&inputs, &dateline::Built::default()).0;
    for path in ["robots.txt", "404.html"] {
        let pages = built.outline.iter().filter(|page| &*page.path == path);
        let kinds: Vec<_> = pages.map(|page| page.kind.clone()).collect();
        assert_eq!(kinds, [dateline::outline::kind::PageKind::Asset(path.into())]);
    }
}

#[test]
fn a_file_of_static_may_be_named_as_in_a_text_or_with_its_folder() {
    let inputs = book(
        "//- book.toml
[book]
title = 'T'
[output.html]
additional-css = ['/a house.css', 'static/b.css', 'c.css']
[publisher]
logo = '/img/logo.png'
//- content/entities/norwick.md
---
name: Norwick
kind: place
image: {file: /img/gate.jpg, alt: A gate}
---
//- content/briefs/a.md
---
title: A
date: 2025-08-08
image: {file: static/img/gate.jpg, alt: A gate}
---
![A gate](/img/gate.jpg)
//- static/img/gate.jpg
x
//- static/img/logo.png
x
//- static/a house.css
x
//- static/b.css
x
//- static/c.css
x
",
    );
    assert_eq!(said(&inputs), "");
    let html = page(&inputs, "index.html");
    for path in ["\"./a%20house.css\"", "\"./b.css\"", "\"./c.css\""] {
        assert!(html.contains(path), "{path} in {html}");
    }
}

#[test]
fn a_name_that_differs_in_the_form_of_its_accents_says_so() {
    check(
        "//- book.toml
[book]
title = 'T'
[output.html]
additional-js = ['quay.js']
//- content/briefs/a.md
---
title: A
date: 2025-08-08
image: {file: img/café.jpg, alt: A café}
---
Text.
//- static/img/cafe\u{301}.jpg
x
",
        str![[r#"
book.toml:4:18: error[missing-file]: there is no file static/quay.js
  help: put the file into static/, and name it from there
content/briefs/a.md:4:15: error[missing-file]: there is no file static/img/café.jpg
  help: a file is called that, but its name has the letters with accents decomposed (NFD): rename it, or paste its name from the file system

"#]],
    );
}

#[test]
fn a_template_that_nothing_uses_is_told() {
    check(
        "//- templates/brieff.html
x
//- templates/my/card.html
x
//- templates/own.html
x
//- templates/brief-link.html
{% include \"my/card.html\" %}{{ view.title }}
",
        str![[r#"
templates/brieff.html:1:1: warning[stray-file]: nothing uses the template `brieff.html`
  help: rename it to `brief.html`, the theme's name for it
templates/own.html:1:1: warning[stray-file]: nothing uses the template `own.html`
  help: name it in another template, or delete it; docs/templates.md lists the theme's

"#]],
    );
}

#[test]
fn a_name_that_two_entities_have_links_to_neither_and_is_reported() {
    check(
        "//- content/entities/ada-holm.md
---
name: Ada Holm
kind: person
aliases: [the Chair]
---
//- content/entities/ines-quist.md
---
name: Ines Quist
kind: person
aliases: [the Chair]
---
//- content/briefs/a.md
---
title: A
date: 2025-08-08
---
Then the Chair spoke.
",
        str![[r#"
content/briefs/a.md:5:6: warning[ambiguous-name]: `the Chair` can be `ada-holm` or `ines-quist`, so it links to none
  help: settle it for the book with `"the Chair" = "ada-holm"` under `[names]` in book.toml, or for a brief with `mentions: {the Chair: ada-holm}`; `none` links it to nobody

"#]],
    );
}

#[test]
fn an_address_that_no_browser_follows_is_reported() {
    check(
        "//- content/briefs/a.md
---
title: A
date: 2025-08-08
sources: [{outlet: AFP, url: www.afp.com}, {outlet: Reuters, url: \"https://reuters.com\"}]
---
",
        str![[r#"
content/briefs/a.md:4:30: error[bad-address]: `url` must be a web address, not `www.afp.com`
  help: write an address that begins with `https://`

"#]],
    );
}

#[test]
fn a_date_that_may_be_of_this_year_or_the_last_is_no_mistake() {
    check(
        "//- content/briefs/a.md
---
title: A
date: 2025-08-08
---
It was said on 9 August, and once more on 9 August 2025.
",
        str![[]],
    );
}

#[test]
fn a_change_before_the_brief_is_reported() {
    check(
        "//- content/briefs/a.md
---
title: A
date: 2025-08-08
updated: 2025-08-07
---
//- content/briefs/b.md
---
title: B
date: 2025-08-08
updated: 2025-08-09
---
",
        str![[r#"
content/briefs/a.md:4:10: warning[updated-before-date]: `updated` is earlier than `date`
  help: correct whichever of the two is wrong

"#]],
    );
}

#[test]
fn a_picture_that_tells_of_its_camera_is_reported() {
    let mut inputs = book("//- static/img/gate.jpg\nx\n//- static/img/quay.jpg\nx\n");
    let gate = inputs.assets.get_mut("img/gate.jpg").unwrap();
    gate.traces.has_serial = true;
    assert_data_eq!(
        said(&inputs),
        str![[r#"
static/img/gate.jpg:1:1: warning[camera-serial]: this picture holds the serial number of a camera or a lens
  help: run `dateline check --fix`, or `exiftool -all= -tagsfromfile @ -Orientation -Copyright -Artist -ICC_Profile -overwrite_original 'static/img/gate.jpg'`

"#]]
        .raw()
    );
}

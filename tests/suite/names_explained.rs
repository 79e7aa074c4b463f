//! Why a name is a link or not: every reason has its words.

use std::fmt::Write as _;

use dateline::link::explain::explain;
use dateline::link::texts::{BriefIdx, TextIdx};
use dateline::span::line_col;
use snapbox::{IntoData, assert_data_eq, str};

use crate::book::{book, site};

const BOOK: &str = "
//- book.toml
[names]
Brill = \"none\"
[names.rules]
head = false
//- content/entities/ada.md
---
name: Ada Holm
kind: person
---
//- content/entities/ida.md
---
name: Ida Lind
kind: person
aliases: [Lind]
---
//- content/entities/bo.md
---
name: Bo Lind
kind: person
aliases: [Lind]
---
//- content/entities/halden.md
---
name: Halden Group
kind: organization
---
//- content/entities/mexico.md
---
name: Mexico
kind: place
---
//- content/entities/turkey.md
---
name: Turkey
kind: place
---
//- content/entities/brill.md
---
name: Brill
kind: place
---
//- content/entities/may.md
---
name: Robin May
kind: person
---
//- content/briefs/a.md
---
title: Holm and Mexico
date: 2025-08-01
mentions: {Mexico Times: none}
---
# Mexico before Holm

Holm spoke in New Mexico, Mexico and Mexico, with Jean-Mexico, to `Mexico`.
See <https://example.org/Mexico> and [Mexico City](https://example.org/x).
Ada Holm met Holm, Holmes and HOLM. Ask [[Ada Holm|Holm]].

Lind of Halden Group met Halden. Turkey is a bird, and turkey is eaten.
The Bank of Mexico paid Brill, and the Mexico Times wrote of it.
On 5 May 2025 nobody named Quist came; Orr did. @Mexico <b>Mexico</b>

    Mexico in code

![Mexico](/x.png)

[^x]: Mexico in a note[^x]
";

/// What became of a name, a line a place.
fn check(name: &str, expected: impl IntoData) {
    let site = site(&book(BOOK));
    let edition = &site.built.edition;
    let idx = TextIdx::Brief(BriefIdx(0));
    let text = &edition.document(idx).text;
    let explained = explain(&site.built.parsed, edition, idx, name);
    let mut said = String::new();
    for it in explained.places {
        let place = line_col(text, it.at.start as usize);
        let mark = if it.is_link { "=" } else { "-" };
        writeln!(said, "{mark} {}:{} {}", place.line, place.col, it.why).unwrap();
    }
    if let Some(near) = explained.nearest {
        writeln!(said, "nearest {near}").unwrap();
    }
    for (at, rule) in explained.others {
        writeln!(said, "other {} ({rule})", &text[at.range()]).unwrap();
    }
    assert_data_eq!(said, expected.raw());
}

#[test]
fn each_place_of_a_name_is_told_with_its_reason() {
    check(
        "Mexico",
        str![[r#"
- 2:17 counts as a mention of `mexico` (rule `title`); the one link to it is in line 8
- 4:12 is under a key of the front matter in which names are not looked for
- 6:3 counts as a mention of `mexico` (rule `heading`); the one link to it is in line 8
- 8:19 is part of a longer name: see the word before it
= 8:27 links to `mexico` (rule `name`): its first mention
- 8:38 counts as a mention of `mexico` (rule `name`); the one link to it is in line 8
- 8:56 is joined to another word by a hyphen
- 8:68 is in code, where names are not looked for
- 9:26 is in a link that is written by hand and leads elsewhere
- 9:39 is in a link that is written by hand and leads elsewhere
- 13:13 is part of a longer name with `of`
- 13:40 is part of a longer name: see the word behind it
- 14:50 is in an address, a path, a handle or a hashtag
- 14:60 counts as a mention of `mexico` (rule `name`); the one link to it is in line 8
- 16:5 is in a block of code, where names are not looked for
- 18:3 is in a picture's description, where names are not looked for
- 20:7 counts as a mention of `mexico` (rule `name`); the one link to it is in line 8

"#]],
    );
    check(
        "holm",
        str![[r#"
- 2:8 counts as a mention of `ada` (rule `title`); the one link to it is in line 10
- 6:17 counts as a mention of `ada` (rule `heading`); the one link to it is in line 10
- 8:1 counts as a mention of `ada` (rule `surname`); the one link to it is in line 10
- 10:5 is part of `Ada Holm`, which counts as a mention of `ada` (rule `name`); the one link to it is in line 10
- 10:14 counts as a mention of `ada` (rule `surname`); the one link to it is in line 10
- 10:20 is part of a longer word: `Holmes`
- 10:31 is the surname of `ada`, and short forms count with their own capitals only; an alias would count anywhere
= 10:47 is part of `[[Ada Holm|Holm]]`, which links to `ada`, as it is written by hand
= 10:52 is part of `[[Ada Holm|Holm]]`, which links to `ada`, as it is written by hand

"#]],
    );
    check(
        "Lind",
        str![[r#"
- 12:1 can be `bo` or `ida`, and the text shows none of them

"#]],
    );
    check(
        "Halden",
        str![[r#"
= 12:9 is part of `Halden Group`, which links to `halden` (rule `name`): its first mention
- 12:26 would be a mention of `halden` by the rule `head`, which is off under `[names.rules]`

"#]],
    );
    check(
        "Turkey",
        str![[r#"
- 12:34 is a common word too, and begins a sentence here, where its capital says nothing
- 12:56 is a name of `turkey`, but written with other capitals here

"#]],
    );
    check(
        "Brill",
        str![[r#"
- 13:25 is nobody's name here: `none` in `[names]` of book.toml says so

"#]],
    );
    check(
        "May",
        str![[r#"
- 14:6 is the surname of `may`, which counts once the full name stands in the text; an alias would count anywhere

"#]],
    );
    check(
        "Quist",
        str![[r#"
- 14:28 is not the name of any entity

"#]],
    );
}

#[test]
fn a_name_that_stands_nowhere_is_told_by_its_other_words_or_the_nearest_name() {
    check(
        "Halden Grupp",
        str![[r#"
nearest Halden Group

"#]],
    );
    check("Robin May", str![[r#""#]]);
    check("Zzz", str![[r#""#]]);
}

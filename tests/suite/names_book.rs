//! What is said of names over the whole book: shared ones once, those that no text can have
//! where they are given, and those that are nearly an entity's.

use snapbox::{IntoData, assert_data_eq, str};

use crate::book::{book, said};

fn check(files: &str, expected: impl IntoData) {
    assert_data_eq!(said(&book(files)), expected.raw());
}

const GOLFERS: &str = "
//- content/entities/augusta.md
---
name: Augusta
kind: place
---
//- content/entities/golf-tour.md
---
name: Golf Tour
kind: organization
---
//- content/entities/ann.md
---
name: Ann Lee
kind: person
aliases: [Lee]
---
A singer of Norwick.
//- content/entities/bob.md
---
name: Bob Lee
kind: person
aliases: [Lee]
---
Plays for the Golf Tour.
//- content/briefs/1.md
---
title: One
date: 2025-08-01
---
Bob Lee won in Augusta.
";

#[test]
fn a_shared_name_is_reported_once_for_the_book_with_the_likeliest_first() {
    let briefs = "
//- content/briefs/2.md
---
title: Two
date: 2025-08-02
---
Mr Lee came to Augusta for the Golf Tour. They cheered for Lee.
//- content/briefs/3.md
---
title: Three
date: 2025-08-03
---
Then Lee went home.
";
    check(
        &format!("{GOLFERS}{briefs}"),
        str![[r#"
content/briefs/3.md:5:6: warning[ambiguous-name]: `Lee` can be `bob` or `ann`, so it links to none (3 times in 2 texts)
  help: most likely `bob`: Augusta and Golf Tour are here too
  help: settle it for the book with `Lee = "bob"` under `[names]` in book.toml, or for a brief with `mentions: {Lee: bob}`; `none` links it to nobody

"#]],
    );
}

#[test]
fn a_shared_name_that_is_settled_for_the_book_is_not_reported() {
    let more = "
//- book.toml
[names]
Lee = \"bob\"
//- content/briefs/2.md
---
title: Two
date: 2025-08-02
---
Mr Lee came home.
";
    check(&format!("{GOLFERS}{more}"), str![[r#""#]]);
}

#[test]
fn of_many_candidates_a_few_are_named() {
    let entity = |n: usize| {
        format!(
            "//- content/entities/lee-{n}.md\n---\nname: Given{n} Lee\nkind: person\naliases: [Lee]\n---\n"
        )
    };
    let files: String = (10..30).map(entity).collect();
    let brief =
        "//- content/briefs/1.md\n---\ntitle: One\ndate: 2025-08-01\n---\nMr Lee won.\n";
    check(
        &format!("{files}{brief}"),
        str![[r#"
content/briefs/1.md:5:4: warning[ambiguous-name]: `Lee` can be `lee-10`, `lee-11`, `lee-12`, `lee-13`, `lee-14` or 15 more, so it links to none
  help: settle it for the book with `Lee = "lee-10"` under `[names]` in book.toml, or for a brief with `mentions: {Lee: lee-10}`; `none` links it to nobody

"#]],
    );
}

#[test]
fn names_that_no_text_can_have_are_reported_where_they_are_given() {
    check(
        r##"
//- content/entities/c.md
---
name: C++
kind: thing
aliases: [See plus plus, "@cpp", "#cpp", The]
---
//- content/entities/booking.md
---
name: Booking.example
kind: organization
---
//- content/briefs/1.md
---
title: One
date: 2025-08-01
---
They wrote See plus plus and Booking.example.
"##,
        str![[r#"
content/entities/c.md:2:7: warning[unfindable-name]: `C++` is never found in a text: it has fewer than two letters or digits
  help: add an alias of two letters or more, or link it by hand: `[[c|C++]]`
content/entities/c.md:4:26: warning[unfindable-name]: `@cpp` is never found in a text: handles and hashtags are left alone
  help: add an alias without the sign, or link it by hand: `[[c|@cpp]]`
content/entities/c.md:4:34: warning[unfindable-name]: `#cpp` is never found in a text: handles and hashtags are left alone
  help: add an alias without the sign, or link it by hand: `[[c|#cpp]]`
content/entities/c.md:4:42: warning[everyday-name]: `The` is an everyday word, and links where nobody is meant
  help: write a longer name, or link it by hand: `[[c|The]]`

"#]],
    );
}

#[test]
fn a_name_in_a_field_that_is_nearly_an_entitys_is_reported() {
    check(
        "
//- content/entities/norwick.md
---
name: Norwick
kind: place
---
//- content/entities/ministry.md
---
name: Ministry of Defense
kind: organization
---
//- content/entities/ann.md
---
name: Ann Lee
kind: person
roles:
  - {title: Minister, of: Ministry of Defence}
---
//- content/claims/dock.md
---
title: The dock is closed
about: [Norwcik]
stances:
  - {by: Ann Lea, does: says, on: 2025-08-01}
---
//- content/briefs/1.md
---
title: One
date: 2025-08-01
place: Norwik
---
All is well.[^1]

[^1]: claim: dock
//- content/briefs/2.md
---
title: Two
date: 2025-08-02
place: Forwick
---
All is well.
",
        str![[r#"
content/briefs/1.md:4:8: warning[near-name]: `Norwik` matches no entity, but `Norwick` does
  help: write `Norwick` if that is the one you mean
content/claims/dock.md:3:9: warning[near-name]: `Norwcik` matches no entity, but `Norwick` does
  help: write `Norwick` if that is the one you mean
content/claims/dock.md:5:10: warning[near-name]: `Ann Lea` matches no entity, but `Ann Lee` does
  help: write `Ann Lee` if that is the one you mean
content/entities/ann.md:5:27: warning[near-name]: `Ministry of Defence` matches no entity, but `Ministry of Defense` does
  help: write `Ministry of Defense` if that is the one you mean

"#]],
    );
}

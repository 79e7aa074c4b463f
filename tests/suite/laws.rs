//! What holds for every book.

use std::collections::BTreeMap;
use std::path::Path;

use dateline::parse::clock::next_change;
use dateline::shard::fingerprint::of_pages;
use dateline::site::Site;
use dateline::{Built, build};

use crate::book::{book, site};

const BOOK: &str = "
//- book.toml
[book]
title = 'Test'
//- content/entities/rubio.md
---
name: Marco Rubio
kind: person
roles:
  - {title: US Senator, from: 2011-01-05, to: 2025-01-20}
  - {title: Secretary of State, from: 2025-01-21}
---
A profile that names [[Mexico]].
//- content/entities/mexico.md
---
name: Mexico
kind: place
---
//- content/storylines/story.md
---
title: Story
---
About Marco Rubio.
//- content/briefs/one.md
---
title: One
date: 2025-08-07
storylines: [story]
---
Marco Rubio spoke of Mexico. See [two](two.md).
//- content/briefs/two.md
---
title: Two
date: 2025-08-08
storylines: [story]
tags: [security]
---
Mexico [answered][^a].

[^a]:
    claim: troops
    denied-by: Mexico
    finding: disputed
//- content/claims/troops.md
---
title: Troops will come
findings: [{is: unconfirmed, on: 2025-08-01}]
---
Of Mexico.
";

#[test]
fn a_rebuild_equals_a_build_from_nothing() {
    let mut inputs = book(BOOK);
    let mut last = build(&inputs, &Built::default());
    let edits = [
        (
            "content/briefs/one.md",
            "---\ntitle: One!\ndate: 2025-08-09\n---\nMexico, Rubio.\n",
        ),
        (
            "content/entities/mexico.md",
            "---\nname: Mexico\naliases: [Rubio]\nkind: place\n---\n",
        ),
        (
            "content/claims/troops.md",
            "---\ntitle: Troops will come soon\nslug: sent\n---\nOf Rubio.\n",
        ),
        (
            "content/claims/other.md",
            "---\ntitle: Troops will come\nstances: [{by: Mexico, does: says}]\n---\n",
        ),
        ("content/briefs/two.md", "---\ntitle: Two\n---\nbroken: no date\n"),
        ("content/entities/rubio.md", "---\nname: Marco A. Rubio\nkind: person\n---\n"),
        (
            "content/briefs/three.md",
            "---\ntitle: Three\ndate: 2025-08-01\ndraft: true\n---\nMexico\n",
        ),
        (
            "content/briefs/three.md",
            "---\ntitle: Three\ndate: 2025-08-01\n---\n[[Story]], [[Two]]\n",
        ),
        ("book.toml", "[book]\ntitle = 'Other'\n[text]\ndate-order = 'mdy'\n"),
        ("content/storylines/story.md", "---\ntitle: Tale\n---\n"),
        ("content/index.md", "---\ntitle: Welcome\n---\nMexico\n"),
        ("content/pages/about.md", "---\ntitle: About\n---\n[home](../index.md)\n"),
    ];
    for (path, text) in edits {
        inputs.insert(path, text);
        last = build(&inputs, &last.0);
        assert_eq!(last, build(&inputs, &Built::default()), "after editing {path}");
    }
    let paths: Vec<_> = inputs.files.keys().cloned().collect();
    for path in paths {
        inputs.files.remove(&path);
        last = build(&inputs, &last.0);
        assert_eq!(last, build(&inputs, &Built::default()), "after deleting {path}");
    }
}

#[test]
fn equal_inputs_give_equal_pages_whatever_the_order_of_work() {
    let inputs = book(BOOK);
    let pages = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let site = Site::of(inputs.clone(), &Built::default());
            let outline = &site.built.outline;
            let pages =
                dateline::parallel::map(outline, |page| site.render(page).unwrap());
            let paths: Vec<_> = outline.iter().map(|page| page.path.clone()).collect();
            (paths, pages)
        })
    };
    assert_eq!(pages(1), pages(4));
}

#[test]
fn until_the_next_change_of_the_clock_a_site_stays_as_it_is() {
    let files = "
//- book.toml
[book]
title = 'Test'

[text]
time-zone = 'America/New_York'
//- content/briefs/a.md
---
title: A
date: 2025-01-02T10:00
embargo: 2025-01-02T12:00
---
//- content/briefs/b.md
---
title: B
date: 2025-01-01
expires: 2025-01-03T15:30
---
Two[^c] ships.

[^c]:
    correction: 2025-01-03

    There were three.
";
    let made_at = |now: jiff::Timestamp| {
        let mut inputs = book(files);
        inputs.wanted.now = now;
        let built = site(&inputs).built;
        let made_from = of_pages(&inputs, &built.edition, &built.outline);
        (made_from, next_change(&built.parsed).unwrap())
    };
    let mut now = "2025-01-01T03:00:00Z".parse().unwrap();
    let mut n_changes = 0;
    for _ in 0..12 {
        let (made_from, next) = made_at(now);
        assert_eq!(made_at(next - jiff::SignedDuration::from_secs(1)).0, made_from);
        n_changes += usize::from(made_at(next).0 != made_from);
        now = next;
    }
    // All but one: the hour at which A would have been news, were it not under embargo.
    assert_eq!((n_changes, now), (11, "2025-01-08T05:00:00Z".parse().unwrap()));
}

/// The folders and files of `src/`, top to bottom: a module uses only what is below it.
const LAYERS: &[&str] = &[
    "main",
    "cmd",
    "schema",
    "export",
    "publish",
    "http",
    "import",
    "disk",
    "mend",
    "site",
    "lib",
    "render",
    "shard",
    "outline",
    "link",
    "report",
    "parse",
    "theme",
    "diagnostic",
    "input",
    "pictures",
    "language",
    "digest",
    "parallel",
    "layout",
    "site_url",
    "slug",
    "date",
    "html",
    "elements",
    "span",
];

#[test]
fn imports_point_downwards() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let rank: BTreeMap<&str, usize> =
        LAYERS.iter().enumerate().map(|(rank, layer)| (*layer, rank)).collect();
    for entry in walkdir::WalkDir::new(&src) {
        let entry = entry.unwrap();
        if entry.path().extension().is_none_or(|it| it != "rs") {
            continue;
        }
        let within = entry.path().strip_prefix(&src).unwrap();
        let first = within.iter().next().unwrap().to_str().unwrap();
        let layer = first.trim_end_matches(".rs");
        let here =
            *rank.get(layer).unwrap_or_else(|| panic!("add {layer} to the layers"));
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let program = text.split("#[cfg(test)]").next().unwrap();
        for used in program.split("crate::").skip(1) {
            let name: String = used
                .chars()
                .take_while(|c| c.is_ascii_lowercase() || *c == '_')
                .collect();
            let Some(there) = rank.get(name.as_str()) else { continue };
            assert!(
                here <= *there,
                "{} uses {name}, which is above it",
                within.display()
            );
        }
    }
}

//! What `suggest` proposes: on made-up books, and on the sample book with a third of its
//! entities taken away.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use dateline::Built;
use dateline::input::Inputs;
use dateline::link::edition::Edition;
use dateline::link::mentions::MentionRule;
use dateline::link::registry::EntityIdx;
use dateline::link::registry::fold::lowered;
use dateline::link::suggest::aliases::new_aliases;
use dateline::link::suggest::entities::{SeenNames, SuggestedEntity};
use dateline::link::suggest::list::{ListedEntity, from_list};
use dateline::parse::entity::EntityKind;
use dateline::site::Site;
use snapbox::{IntoData, assert_data_eq, str};

use crate::book::{book, site};
use crate::sample::sample;

const BOOK: &str = "
//- content/entities/ada.md
---
name: Ada Holm
kind: person
---
//- content/entities/norwick.md
---
name: Norwick
kind: place
---
//- content/briefs/1.md
---
title: One
date: 2025-08-01
---
Mayor Ida Lind met Ada Holm in Norwick. Lind said the Harbor Union (HU) was wrong.
The dockers of Port Sella are in the union. [[ada|The Iron Mayor]] left.
//- content/briefs/2.md
---
title: Two
date: 2025-08-02
---
Harbor Union leaders came to Port Sella. The HU struck. Dockers cheered, said Ida Lind.
Governor Ida Lind was there. [[ada|the Iron Mayor]] was not; [[Bo Quist]] was.
//- content/briefs/3.md
---
title: Three
date: 2025-08-03
---
Then Holm spoke. Critics laughed, and critics of [[ada|Norwick]] too. Zorn won.
";

fn entities(edition: &Edition) -> String {
    let mut said = String::new();
    for it in SeenNames::of(edition, || ()).entities(edition) {
        let titles: Vec<String> = it
            .titles
            .iter()
            .map(|it| format!("{} {}", it.title, it.days.unwrap().0))
            .collect();
        writeln!(
            said,
            "{} {} [{}] {} in {} ({})",
            it.kind.word(),
            it.name,
            it.aliases.join(", "),
            it.count,
            it.n_texts,
            titles.join(", ")
        )
        .unwrap();
    }
    said
}

#[test]
fn names_that_nobody_has_are_grouped_counted_and_dated() {
    let site = site(&book(BOOK));
    let expected = str![[r#"
organization Harbor Union [HU] 4 in 2 ()
person Ida Lind [] 3 in 2 (Mayor 2025-08-01, Governor 2025-08-02)
place Port Sella [] 2 in 2 ()
person Bo Quist [] 1 in 1 ()

"#]];
    assert_data_eq!(entities(&site.built.edition), expected.raw());
}

#[test]
fn words_that_links_lead_to_one_entity_with_are_aliases() {
    let site = site(&book(BOOK));
    let edition = &site.built.edition;
    let mut said = String::new();
    for it in new_aliases(edition) {
        let slug = edition.entity(it.entity).entity.document.slug.as_str();
        writeln!(said, "{slug} {} {} of {}", it.alias, it.count, it.of).unwrap();
    }
    let expected = str![[r#"
ada Iron Mayor 2 of 2

"#]];
    assert_data_eq!(said, expected.raw());
}

#[test]
fn of_a_list_only_what_the_texts_hold_is_proposed() {
    let site = site(&book(BOOK));
    let listed = |name: &str, aliases: &[&str]| ListedEntity {
        name: name.to_owned(),
        kind: EntityKind::Organization,
        aliases: aliases.iter().map(|it| (*it).to_owned()).collect(),
    };
    let list = [
        listed("Harbor Union", &["HU", "Union of Harbors"]),
        listed("Nobody Here", &["NH"]),
        listed("Norwick", &["Port Sella"]),
    ];
    let found = from_list(&site.built.edition, &list);
    let entities: Vec<String> = found
        .entities
        .iter()
        .map(|it| {
            format!(
                "{} [{}] {} in {}",
                it.name,
                it.aliases.join(", "),
                it.count,
                it.n_texts
            )
        })
        .collect();
    assert_eq!(entities, ["Harbor Union [HU] 4 in 2"]);
    let aliases: Vec<&str> = found.aliases.iter().map(|it| &*it.alias).collect();
    assert_eq!(aliases, ["Port Sella"]);
}

/// Names of the sample book that nobody has a file for, and that are somebody's.
const OTHERS: &[&str] =
    &["El Salvador", "New York", "Texas", "US Drug Enforcement Administration"];

/// A generator of numbers that are the same on every machine (Knuth's MMIX).
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % n
    }
}

/// What the whole sample book knows of its entities.
struct Known {
    edition: Edition,
    /// How often each is named by a name of its own.
    counts: BTreeMap<EntityIdx, u32>,
}

impl Known {
    fn of(inputs: &Inputs) -> Known {
        let edition = Site::of(inputs.clone(), &Built::default()).built.edition.clone();
        let mut counts: BTreeMap<EntityIdx, u32> = BTreeMap::new();
        for idx in edition.texts.all() {
            for it in &edition.text(idx).found.mentions {
                let is_short =
                    matches!(it.rule, MentionRule::Surname | MentionRule::Head);
                *counts.entry(it.entity).or_default() += u32::from(!is_short);
            }
        }
        Known { edition, counts }
    }

    /// Whose a proposal is, as far as the whole book knows.
    fn holders(&self, it: &SuggestedEntity) -> BTreeSet<EntityIdx> {
        let registry = &self.edition.registry;
        let names = it.words.iter().chain(&it.aliases).chain([&it.name]);
        let of = |name: &String| {
            let pattern = registry.pattern(&lowered(name));
            let uses = pattern.into_iter().flat_map(|it| &it.uses).map(|it| it.entity);
            registry.lookup(name).into_iter().chain(uses).collect::<Vec<_>>()
        };
        names.flat_map(of).collect()
    }
}

#[test]
fn a_third_of_the_sample_book_that_is_taken_away_is_proposed_again() {
    let inputs = (*sample().inputs).clone();
    let known = Known::of(&inputs);
    let (mut right, mut wrong, mut found, mut missed) = (0, 0, 0, 0);
    let mut slips: BTreeMap<String, u32> = BTreeMap::new();
    for seed in 1..=20 {
        let mut draw = Draw(seed);
        let mut left: Vec<u32> =
            (0..u32::try_from(known.edition.entities.len()).unwrap()).collect();
        let mut removed = BTreeSet::new();
        for _ in 0..known.edition.entities.len() / 3 {
            let at = draw.below(left.len());
            removed.insert(EntityIdx(left.swap_remove(at)));
        }
        let mut rest = inputs.clone();
        for idx in &removed {
            rest.files.remove(&known.edition.entity(*idx).entity.document.path);
        }
        let site = Site::of(rest, &Built::default());
        let proposals =
            SeenNames::of(&site.built.edition, || ()).entities(&site.built.edition);
        let mut again = BTreeSet::new();
        for it in proposals.iter().filter(|it| it.count >= 2) {
            let holders = known.holders(it);
            let is_right = holders.iter().any(|it| removed.contains(it))
                || OTHERS.contains(&&*it.name);
            again.extend(holders);
            if is_right {
                right += 1;
            } else {
                wrong += 1;
                *slips.entry(format!("wrong {}", it.name)).or_default() += 1;
            }
        }
        for idx in removed {
            if known.counts.get(&idx).is_none_or(|n| *n < 2) {
                continue;
            }
            if again.contains(&idx) {
                found += 1;
            } else {
                missed += 1;
                let name = &known.edition.entity(idx).entity.document.title.value;
                *slips.entry(format!("missed {name}")).or_default() += 1;
            }
        }
    }
    for (slip, n) in &slips {
        eprintln!("{n:3} {slip}");
    }
    let share = |a: u32, b: u32| f64::from(a) * 100.0 / f64::from(a + b);
    let (precision, recall) = (share(right, wrong), share(found, missed));
    eprintln!(
        "precision {precision:.1} ({right} of {}), recall {recall:.1} ({found} of {})",
        right + wrong,
        found + missed
    );
    assert!(precision >= 85.0, "precision {precision:.1}");
    assert!(recall >= 65.0, "recall {recall:.1}");
}

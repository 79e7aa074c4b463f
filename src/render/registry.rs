//! The registry from A to Z.

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use unicode_normalization::UnicodeNormalization;

use crate::link::registry::EntityIdx;
use crate::parse::entity::{EntityKind, KINDS};
use crate::render::brief::role_on;
use crate::render::here::Here;
use crate::render::lists::{count, state};
use crate::render::view::{Counted, EntityItem, Letter, RegistryView};
use crate::render::words;

/// The order of a language (Unicode Collation Algorithm with the CLDR's tailoring); of the
/// root for a tag that is none.
pub(super) fn collator(language: &str) -> CollatorBorrowed<'static> {
    let unknown = icu_locale_core::Locale::UNKNOWN;
    let locale: icu_locale_core::Locale = language.parse().unwrap_or(unknown);
    let options = CollatorOptions::default();
    Collator::try_new(locale.into(), options)
        .or_else(|_| Collator::try_new(icu_locale_core::Locale::UNKNOWN.into(), options))
        .expect("the order of the root is compiled in")
}

/// An entity in a list.
pub(super) fn item(here: &Here<'_>, idx: EntityIdx) -> EntityItem {
    let linked = here.edition.entity(idx);
    let front = &linked.entity.front;
    let today =
        here.edition.wanted.now.to_zoned_datetime(here.edition.config.zone.clone());
    let role = role_on(linked, today.date());
    EntityItem {
        name: linked.entity.document.title.value.to_string(),
        href: here.page(&linked.permalink),
        kind_label: words::kind(front.kind).0.to_owned(),
        line: role.or_else(|| front.summary.as_ref().map(ToString::to_string)),
        n_briefs: count(linked.briefs.len()),
    }
}

pub(super) fn view(here: &Here<'_>, kind: Option<EntityKind>) -> RegistryView {
    let edition = here.edition;
    let is_listed = |idx: &EntityIdx| {
        kind.is_none_or(|kind| edition.entity(*idx).entity.front.kind == kind)
    };
    let n = u32::try_from(edition.entities.len()).unwrap_or(u32::MAX);
    let mut entities: Vec<EntityItem> =
        (0..n).map(EntityIdx).filter(is_listed).map(|idx| item(here, idx)).collect();
    let collator = collator(&edition.config.language);
    entities.sort_by(|a, b| {
        collator.compare(&a.name, &b.name).then_with(|| a.href.cmp(&b.href))
    });
    let title = kind.map_or("Entities", |kind| words::kind(kind).1);
    let mut head = here.head(title, "entities/");
    head.description =
        Some(format!("{title} in the registry of {}.", edition.config.title));
    if kind.is_some() {
        head.breadcrumbs = vec![here.crumb("Entities", "entities/")];
    }
    RegistryView {
        head,
        title: title.to_owned(),
        n_entities: count(entities.len()),
        kinds: kinds(here, kind),
        letters: letters(entities),
    }
}

fn kinds(here: &Here<'_>, open: Option<EntityKind>) -> Vec<Counted> {
    let all = &here.edition.entities;
    let mut kinds = vec![Counted {
        label: "All".to_owned(),
        href: here.to("entities/"),
        count: count(all.len()),
        state: state(open.is_none()),
    }];
    for (word, kind) in KINDS {
        let n = all.iter().filter(|it| it.entity.front.kind == *kind).count();
        if n > 0 {
            kinds.push(Counted {
                label: words::kind(*kind).1.to_owned(),
                href: here.to(&format!("entities/kind/{word}/")),
                count: count(n),
                state: state(open == Some(*kind)),
            });
        }
    }
    kinds
}

/// Entities by first letter, accents aside, in the order given. Letters that the order of
/// the language puts apart twice are joined.
fn letters(entities: Vec<EntityItem>) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    for entity in entities {
        let first = entity.name.nfd().find(|c| c.is_alphanumeric());
        let label = match first {
            Some(c) if c.is_alphabetic() => c.to_uppercase().to_string(),
            _ => "#".to_owned(),
        };
        match letters.iter_mut().find(|it| it.label == label) {
            Some(letter) => letter.entities.push(entity),
            None => {
                let id = match first {
                    Some(c) if c.is_alphabetic() => {
                        format!("letter-{}", c.to_lowercase())
                    }
                    _ => "letter-other".to_owned(),
                };
                letters.push(Letter { label, id, entities: vec![entity] });
            }
        }
    }
    letters
}

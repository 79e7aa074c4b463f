//! The registry from A to Z.

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use unicode_normalization::UnicodeNormalization;

use crate::link::registry::EntityIdx;
use crate::parse::entity::{EntityKind, KINDS};
use crate::render::counted::{count, state};
use crate::render::head::{Described, HeadOf};
use crate::render::here::Here;
use crate::render::roles::role_on;
use crate::render::view::{Counted, EntityItem, Letter, RegistryView};
use crate::render::words;
use crate::span::narrow;

/// The order of a language (Unicode Collation Algorithm with the CLDR's tailoring); of the
/// root for a tag that is none.
pub(super) fn collator(
    language: &str,
    options: CollatorOptions,
) -> CollatorBorrowed<'static> {
    let unknown = icu_locale_core::Locale::UNKNOWN;
    let locale: icu_locale_core::Locale = language.parse().unwrap_or(unknown);
    Collator::try_new(locale.into(), options)
        .or_else(|_| Collator::try_new(icu_locale_core::Locale::UNKNOWN.into(), options))
        .expect("the order of the root is compiled in")
}

/// An entity in a list.
pub(super) fn item(here: &Here<'_>, idx: EntityIdx) -> EntityItem {
    let linked = here.edition.entity(idx);
    let front = &linked.entity.front;
    let role = role_on(linked, here.today());
    EntityItem {
        name: linked.entity.document.title.value.to_string(),
        href: here.page(&linked.permalink),
        kind_label: words::kind(front.kind).0.to_owned(),
        line: role.or_else(|| front.summary.as_ref().map(|it| it.value.to_string())),
        n_briefs: count(linked.briefs.n_all()),
    }
}

pub(super) fn view(here: &Here<'_>, kind: Option<EntityKind>) -> RegistryView {
    let edition = here.edition;
    let is_listed = |idx: &EntityIdx| {
        kind.is_none_or(|kind| edition.entity(*idx).entity.front.kind == kind)
    };
    let n = narrow(edition.entities.len());
    let mut entities: Vec<EntityItem> =
        (0..n).map(EntityIdx).filter(is_listed).map(|idx| item(here, idx)).collect();
    let collator = collator(&edition.config.language, CollatorOptions::default());
    entities.sort_by(|a, b| {
        collator.compare(&a.name, &b.name).then_with(|| a.href.cmp(&b.href))
    });
    let title = kind.map_or("Entities", |kind| words::kind(kind).1);
    let above = kind.map(|_| here.crumb("Entities", "entities/"));
    let head = HeadOf {
        title,
        section: "entities/",
        description: Some(format!(
            "{title} in the registry of {}.",
            edition.config.title
        )),
        breadcrumbs: above.into_iter().collect(),
        is: Described::Collection,
        ..HeadOf::default()
    };
    RegistryView {
        head: head.at(here),
        title: title.to_owned(),
        n_entities: count(entities.len()),
        kinds: kinds(here, kind),
        letters: letters(entities, &edition.config.language),
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

/// Entities by first letter as the language tells letters apart: in German `Ä` stands under
/// `A`, in Swedish by itself.
fn letters(entities: Vec<EntityItem>, language: &str) -> Vec<Letter> {
    let mut options = CollatorOptions::default();
    options.strength = Some(Strength::Primary);
    let collator = collator(language, options);
    let mut letters: Vec<Letter> = Vec::new();
    for entity in entities {
        let label = letter(&entity.name, &collator);
        if let Some(letter) = letters.iter_mut().find(|it| it.label == label) {
            letter.entities.push(entity);
        } else {
            let name =
                if label == "#" { "other".to_owned() } else { label.to_lowercase() };
            letters.push(Letter {
                id: format!("letter-{name}"),
                label,
                entities: vec![entity],
            });
        }
    }
    letters
}

/// The letter that a name stands under; `#` for one that begins with none.
fn letter(name: &str, collator: &CollatorBorrowed<'_>) -> String {
    let Some(first) =
        name.nfc().find(|c| c.is_alphanumeric()).filter(|c| c.is_alphabetic())
    else {
        return "#".to_owned();
    };
    let upper = first.to_uppercase().to_string();
    let base: String = upper.nfd().take(1).collect();
    if collator.compare(&base, &upper).is_eq() { base } else { upper }
}

//! Names of entities that no text can have, or that are found where nobody is meant.

use crate::diagnostic::{Diagnostic, Rule};
use crate::language::Language;
use crate::link::registry::fold::folded;
use crate::parse::entity::Entity;
use crate::span::Stretch;

/// What is wrong with the names of an entity.
pub(super) fn check(entity: &Entity, language: &Language, log: &mut Vec<Diagnostic>) {
    let document = &entity.document;
    let title = (&document.title.value, document.title.at);
    let aliases = entity.front.aliases.iter().map(|it| (&it.value, it.at));
    for (name, at) in [title].into_iter().chain(aliases) {
        let name = folded(name);
        log.extend(fault(&name, language).map(|it| it.said(&name, entity, at)));
    }
}

/// What keeps a name from doing its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NameFault {
    /// It has fewer than two letters or digits.
    Short,
    /// It is a handle or a hashtag.
    Address,
    /// It is a word that begins sentences, or a title.
    Everyday,
}

impl NameFault {
    fn said(self, name: &str, entity: &Entity, at: Stretch) -> Diagnostic {
        let slug = entity.document.slug.as_str();
        let by_hand = format!("link it by hand: `[[{slug}|{name}]]`");
        let (rule, message, help) = match self {
            NameFault::Short => (
                Rule::UnfindableName,
                format!(
                    "`{name}` is never found in a text: it has fewer than two letters or digits"
                ),
                format!("add an alias of two letters or more, or {by_hand}"),
            ),
            NameFault::Address => (
                Rule::UnfindableName,
                format!(
                    "`{name}` is never found in a text: handles and hashtags are left alone"
                ),
                format!("add an alias without the sign, or {by_hand}"),
            ),
            NameFault::Everyday => (
                Rule::EverydayName,
                format!("`{name}` is an everyday word, and links where nobody is meant"),
                format!("write a longer name, or {by_hand}"),
            ),
        };
        Diagnostic::new(rule, entity.document.span(at), message, help)
    }
}

/// What is wrong with a folded name; `None` for nearly all of them.
fn fault(name: &str, language: &Language) -> Option<NameFault> {
    let n_letters = name.chars().filter(|c| c.is_alphanumeric()).count();
    if n_letters < 2 {
        return Some(NameFault::Short);
    }
    if name.starts_with(['@', '#']) {
        return Some(NameFault::Address);
    }
    let is_short = name.chars().count() <= 3;
    let is_everyday = language.openers.has(name)
        || language.articles.has(&name.to_lowercase())
        || is_short && language.titles.has(name);
    is_everyday.then_some(NameFault::Everyday)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::link::mentions::{self, Context, RulesOff};
    use crate::link::registry::{NamedEntity, Registry};
    use crate::parse::entity::EntityKind;

    /// Whether a text that has the name in mid-sentence has a mention.
    fn is_found(name: &str) -> bool {
        let named = NamedEntity {
            slug: "it".into(),
            kind: EntityKind::Thing,
            name: name.into(),
            aliases: Vec::new(),
            dated_names: Vec::new(),
        };
        let registry = Registry::new(vec![named], "en");
        let text = format!("On Monday they saw {name} there.");
        let passages: Vec<_> =
            mentions::passages_of_plain(&text).into_iter().map(|it| it.1).collect();
        let context = Context {
            date: None,
            language: registry.language,
            settled: &BTreeMap::new(),
            rules_off: &RulesOff::default(),
            written: &[],
        };
        !mentions::find(&registry, &passages, &context).mentions.is_empty()
    }

    #[test]
    fn names_that_no_text_can_have_are_told_from_short_ones() {
        let english = Language::of("en");
        for name in ["C++", "X", "É", "@home", "#MeToo"] {
            let fault = fault(name, english);
            assert!(
                matches!(fault, Some(NameFault::Short | NameFault::Address)),
                "{name}"
            );
            assert!(!is_found(name), "{name}");
        }
        for name in ["The", "It", "Mr", "Despite"] {
            assert_eq!(fault(name, english), Some(NameFault::Everyday), "{name}");
        }
        let fine = [
            "US",
            "5G",
            "AT&T",
            "C2",
            "Norwick",
            "The Hague",
            "President",
            "Booking.example",
            "$TRUMP",
            ".NET",
            "R&B",
            "AC/DC",
            "7/11",
        ];
        for name in fine {
            assert_eq!(fault(name, english), None, "{name}");
            assert!(is_found(name), "{name}");
        }
    }
}

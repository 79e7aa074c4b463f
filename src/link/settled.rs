//! What the settings say of names for the whole book: what they mean, and which rules are
//! off.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Rule};
use crate::link::mentions::{Meaning, RulesOff};
use crate::link::registry::Registry;
use crate::link::text;
use crate::parse::config::Config;

/// What the settings say of names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SettledNames {
    /// What names mean in every text; a brief's front matter goes before.
    pub meanings: BTreeMap<Box<str>, Meaning>,
    /// The rules that are off.
    pub rules_off: RulesOff,
}

impl SettledNames {
    /// Resolves `[names]` of the settings, and reports entities that there are not.
    pub fn of(
        config: &Config,
        registry: &Registry,
        log: &mut Vec<Diagnostic>,
    ) -> SettledNames {
        let path: Arc<str> = "book.toml".into();
        let mut meanings = BTreeMap::new();
        for (name, entity) in &config.names.settled {
            let Some(entity) = entity else {
                meanings.insert(name.clone(), Meaning::None);
                continue;
            };
            let span = entity.at.of(&path);
            match registry.lookup(&entity.value)[..] {
                [only] => {
                    meanings.insert(name.clone(), Meaning::Entity(only));
                }
                [] => log.push(text::unknown_entity(&entity.value, span, registry)),
                _ => {
                    let message = format!("`{}` is a name of several", entity.value);
                    let help = "write the slug of the one that is meant";
                    log.push(Diagnostic::new(Rule::AmbiguousName, span, message, help));
                }
            }
        }
        let rules_off = RulesOff::named(config.names.rules_off.iter().map(|it| &**it));
        SettledNames { meanings, rules_off }
    }
}

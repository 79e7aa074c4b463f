//! Names to what the automaton looks for: each name, and the spellings that go without
//! saying.

use std::collections::BTreeMap;

use crate::date::Period;
use crate::link::registry::companies::without_form;
use crate::link::registry::fold::folded;
use crate::link::registry::surnames::{is_initial, without_generation};
use crate::link::registry::{EntityIdx, NamedEntity};
use crate::parse::entity::EntityKind;

/// A text to look for and whose name it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The text, folded.
    pub text: Box<str>,
    /// Whose it is, by position.
    pub uses: Vec<Use>,
    /// Whether it is one word.
    pub is_one_word: bool,
    /// Whether it is two to six capitals, as `US` or `NATO`.
    pub is_acronym: bool,
    /// Whether it is another name in capitals throughout, for wire copy that shouts.
    pub is_shouted: bool,
}

/// A name of one entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// The entity.
    pub entity: EntityIdx,
    /// What the name is to it.
    pub kind: UseKind,
    /// The days on which it is called so.
    pub period: Period,
}

/// What a name is to its entity, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UseKind {
    /// Its name.
    Name,
    /// One that holds for a time.
    Dated,
    /// Another name.
    Alias,
    /// A name without its `Inc.`, its middle initial, its article or its points.
    Variant,
    /// A name in capitals.
    Shouted,
}

/// The patterns of all entities, by text.
pub(super) fn of(entities: &[NamedEntity]) -> Vec<Pattern> {
    let mut by_text: BTreeMap<String, Vec<Use>> = BTreeMap::new();
    for (idx, entity) in (0..).map(EntityIdx).zip(entities) {
        let mut names = vec![(UseKind::Name, folded(&entity.name), Period::default())];
        for alias in &entity.aliases {
            names.push((UseKind::Alias, folded(alias), Period::default()));
        }
        for dated in &entity.dated_names {
            names.push((UseKind::Dated, folded(&dated.name), dated.period));
        }
        for (kind, name, period) in names {
            for variant in variants(&name, entity.kind) {
                add(
                    &mut by_text,
                    &variant,
                    Use { entity: idx, kind: UseKind::Variant, period },
                );
            }
            let shouted = name.to_uppercase();
            if shouted != name && name.chars().count() > 2 {
                add(
                    &mut by_text,
                    &shouted,
                    Use { entity: idx, kind: UseKind::Shouted, period },
                );
            }
            add(&mut by_text, &name, Use { entity: idx, kind, period });
        }
    }
    by_text.into_iter().map(|(text, uses)| pattern(text, uses)).collect()
}

/// Adds a use; of two for one entity the surer stays.
fn add(by_text: &mut BTreeMap<String, Vec<Use>>, text: &str, new: Use) {
    let n_letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    if n_letters < 2 {
        return;
    }
    let uses = by_text.entry(text.to_owned()).or_default();
    match uses.iter_mut().find(|it| it.entity == new.entity && it.period == new.period) {
        Some(old) if new.kind < old.kind => *old = new,
        Some(_) => {}
        None => uses.push(new),
    }
}

fn pattern(text: String, mut uses: Vec<Use>) -> Pattern {
    // A name in capitals that is also somebody's real name is that.
    let is_real = |it: &Use| it.kind != UseKind::Shouted;
    let is_shouted = !uses.iter().any(is_real);
    if !is_shouted {
        uses.retain(is_real);
    }
    uses.sort_by_key(|it| it.entity);
    let n_chars = text.chars().count();
    Pattern {
        is_one_word: !text.contains(' '),
        is_acronym: (2..=6).contains(&n_chars)
            && text.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '&' | '-'))
            && !is_shouted,
        is_shouted,
        uses,
        text: text.into(),
    }
}

/// The spellings of a name that go without saying.
fn variants(name: &str, kind: EntityKind) -> Vec<String> {
    let mut variants = Vec::new();
    let mut base = vec![name.to_owned()];
    if kind == EntityKind::Person {
        let core = without_generation(name).map_or(name, |(core, _)| core);
        let words: Vec<&str> = core.split(' ').collect();
        let inner = |at: usize| at > 0 && at + 1 < words.len();
        let kept: Vec<&str> = words
            .iter()
            .enumerate()
            .filter(|(at, word)| !(inner(*at) && is_initial(word)))
            .map(|(_, word)| *word)
            .collect();
        base.push(core.to_owned());
        base.push(kept.join(" "));
    } else if let Some((core, _)) = without_form(name)
        && core.contains(' ')
    {
        base.push(core.to_owned());
    }
    for name in &base {
        if let Some(rest) =
            name.strip_prefix("The ").or_else(|| name.strip_prefix("the "))
        {
            variants.push(format!("The {rest}"));
            // The article is left out of the mention where the rest can stand alone.
            let stands_alone = rest.contains(' ') && rest.starts_with(char::is_uppercase);
            variants.push(if stands_alone {
                rest.to_owned()
            } else {
                format!("the {rest}")
            });
        }
        if let Some(dotted) = other_points(name) {
            variants.push(dotted);
        }
        let mut chars = name.chars();
        if let Some(first) = chars.next().filter(|c| c.is_lowercase()) {
            variants.push(first.to_uppercase().chain(chars).collect());
        }
    }
    variants.extend(base);
    variants.retain(|it| it != name);
    variants
}

/// `U.S.` for `US` and the reverse.
fn other_points(name: &str) -> Option<String> {
    let is_letters = |text: &str| {
        (2..=4).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_uppercase())
    };
    if is_letters(name) {
        return Some(name.chars().flat_map(|c| [c, '.']).collect());
    }
    let plain = name.replace('.', "");
    (name.len() == plain.len() * 2 && is_letters(&plain)).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_spellings_that_go_without_saying() {
        let cases: [(&str, EntityKind, &[&str]); 7] = [
            ("Donald J. Trump", EntityKind::Person, &["Donald Trump"]),
            (
                "Robert F. Kennedy Jr.",
                EntityKind::Person,
                &["Robert F. Kennedy", "Robert Kennedy"],
            ),
            ("Acme Rail Inc.", EntityKind::Organization, &["Acme Rail"]),
            ("Apple Inc.", EntityKind::Organization, &[]),
            ("The World Over", EntityKind::Work, &["World Over"]),
            ("US", EntityKind::Place, &["U.S."]),
            ("fentanyl", EntityKind::Thing, &["Fentanyl"]),
        ];
        for (name, kind, expected) in cases {
            let mut found = variants(name, kind);
            found.sort();
            found.dedup();
            assert_eq!(found, expected, "{name}");
        }
    }
}

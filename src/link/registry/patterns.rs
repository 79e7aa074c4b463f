//! Names to what the automaton looks for: each name, and the spellings that go without
//! saying.

use std::collections::BTreeMap;

use crate::date::Period;
use crate::language::Language;
use crate::link::registry::entry::{EntityIdx, NamedEntity, UseKind};
use crate::link::registry::fold::{folded, lowered};
use crate::link::registry::spellings::spellings;

/// A text to look for and whose name it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The text, folded and in lower case.
    pub text: Box<str>,
    /// Whose it is, by position; capitals may tell them apart.
    pub uses: Vec<Use>,
}

/// A name of one entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The entity.
    pub entity: EntityIdx,
    /// What the name is to it.
    pub kind: UseKind,
    /// The name with its capitals.
    pub spelled: Box<str>,
    /// The days on which it is called so.
    pub period: Period,
}

/// The patterns of all entities, by text.
pub(super) fn of(entities: &[NamedEntity], language: &Language) -> Vec<Pattern> {
    let mut by_text: BTreeMap<String, Vec<Use>> = BTreeMap::new();
    for (entity, named) in (0..).map(EntityIdx).zip(entities) {
        let always = Period::default();
        let mut names = vec![(UseKind::Name, folded(&named.name), always)];
        for alias in &named.aliases {
            names.push((UseKind::Alias, folded(alias), always));
        }
        for dated in &named.dated_names {
            names.push((UseKind::Dated, folded(&dated.name), dated.period));
        }
        for (kind, name, period) in names {
            for (kind, spelled) in spellings(&name, named.kind, language) {
                let spelled = spelled.into_boxed_str();
                add(&mut by_text, Use { entity, kind, spelled, period });
            }
            add(&mut by_text, Use { entity, kind, spelled: name.into(), period });
        }
    }
    let patterns = by_text.into_iter().map(|(text, uses)| pattern(text, uses));
    patterns.filter(|it| !it.uses.is_empty()).collect()
}

/// Adds a use; of two of one entity with the same letters the surer stays.
fn add(by_text: &mut BTreeMap<String, Vec<Use>>, new: Use) {
    let n_letters = new.spelled.chars().filter(|c| c.is_alphanumeric()).count();
    if n_letters < 2 {
        return;
    }
    let uses = by_text.entry(lowered(&new.spelled)).or_default();
    // The uses of one entity are added one after the other.
    let of_this = uses.iter_mut().rev().take_while(|it| it.entity == new.entity);
    let mut of_this = of_this
        .filter(|it| it.period.first == new.period.first && it.spelled == new.spelled);
    match of_this.next() {
        Some(old) if new.kind < old.kind => *old = new,
        Some(_) => {}
        None => uses.push(new),
    }
}

fn pattern(text: String, mut uses: Vec<Use>) -> Pattern {
    uses.sort_by_key(|it| (it.entity, it.kind));
    // A name that is somebody's for sure is nobody else's short form, and what could be
    // several short forms is none.
    let is_sure = uses.iter().any(|it| !it.kind.gives_way());
    let entities = |kind: UseKind| {
        let mut all: Vec<EntityIdx> =
            uses.iter().filter(|it| it.kind == kind).map(|it| it.entity).collect();
        all.dedup();
        all.len()
    };
    let is_shared = [UseKind::Marks, UseKind::Nickname, UseKind::Core, UseKind::Initials]
        .map(|kind| (kind, kind != UseKind::Marks && entities(kind) > 1));
    let goes = |it: &Use| {
        let shared = is_shared.iter().any(|(kind, shared)| *kind == it.kind && *shared);
        it.kind.gives_way() && (is_sure || shared)
    };
    let kept: Vec<bool> = uses.iter().map(|it| !goes(it)).collect();
    let mut kept = kept.into_iter();
    uses.retain(|_| kept.next().unwrap_or(true));
    Pattern { text: text.into(), uses }
}

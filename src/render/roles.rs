//! The offices of an entity in words.

use jiff::civil::Date;

use crate::link::stale_roles::held_on;
use crate::link::text::titles;
use crate::link::texts::LinkedEntity;
use crate::parse::entity::Role;

/// The role that an entity held on a day: `Secretary of State, United States`.
pub(super) fn role_on(linked: &LinkedEntity, day: Date) -> Option<String> {
    let held = held_on(&titles(&linked.entity), day)?;
    Some(in_words(&linked.entity.front.roles[held]))
}

/// A role and of what it is: `Secretary of State, United States`.
pub(super) fn in_words(role: &Role) -> String {
    match &role.of {
        Some(of) => format!("{}, {}", role.title, of.value),
        None => role.title.to_string(),
    }
}

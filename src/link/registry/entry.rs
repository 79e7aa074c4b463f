//! What the registry holds of an entity.

use crate::date::Period;
use crate::parse::entity::EntityKind;

/// An entity, as a position in the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityIdx(pub u32);

/// An entity as far as its names go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedEntity {
    /// Its segment of the address.
    pub slug: Box<str>,
    /// What it is.
    pub kind: EntityKind,
    /// Its name.
    pub name: Box<str>,
    /// Its other names.
    pub aliases: Vec<Box<str>>,
    /// Names that hold for a time only.
    pub dated_names: Vec<TimedName>,
}

/// A name that holds for a time only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimedName {
    /// The name.
    pub name: Box<str>,
    /// The days on which it holds.
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
    /// A name without its marks.
    Marks,
    /// A name with a short form of the given name.
    Nickname,
    /// The one word before `Inc.`
    Core,
    /// The initials of an organization.
    Initials,
}

impl UseKind {
    /// Whether it gives way to another entity that is surely called so.
    pub(super) fn gives_way(self) -> bool {
        matches!(
            self,
            UseKind::Marks | UseKind::Nickname | UseKind::Core | UseKind::Initials
        )
    }
}

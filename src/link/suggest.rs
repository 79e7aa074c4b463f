//! What the registry lacks: aliases from the writers' own links, entities from names that
//! nobody has, and what of a list the texts hold.

pub mod aliases;
pub mod entities;
mod kind;
pub mod list;
pub mod near;
mod runs;
pub mod sightings;

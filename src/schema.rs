//! What the files of a book may hold, as JSON Schemas: for editors that complete and check
//! while a desk writes.
//!
//! The structs below are never filled: they say in types what [`crate::parse`] reads, and
//! the suite holds the two against each other key by key.

pub mod front_matter;
pub mod settings;
pub mod values;

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::Value;

use crate::schema::front_matter::{
    BriefFile, ClaimFile, EntityFile, PageFile, StorylineFile,
};
use crate::schema::settings::BookFile;

/// What there is a schema of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum SchemaOf {
    /// The front matter of a brief
    Brief,
    /// The front matter of an entity
    Entity,
    /// The front matter of a storyline
    Storyline,
    /// The front matter of a claim
    Claim,
    /// The front matter of a page
    Page,
    /// book.toml
    Book,
    /// A line of what `dateline export` writes
    Export,
}

impl SchemaOf {
    /// All of them.
    pub const ALL: &'static [SchemaOf] = &[
        SchemaOf::Brief,
        SchemaOf::Entity,
        SchemaOf::Storyline,
        SchemaOf::Claim,
        SchemaOf::Page,
        SchemaOf::Book,
        SchemaOf::Export,
    ];

    /// The schema (JSON Schema, draft 2020-12).
    pub fn schema(self) -> Value {
        let schema = match self {
            SchemaOf::Brief => of::<BriefFile>(),
            SchemaOf::Entity => of::<EntityFile>(),
            SchemaOf::Storyline => of::<StorylineFile>(),
            SchemaOf::Claim => of::<ClaimFile>(),
            SchemaOf::Page => of::<PageFile>(),
            SchemaOf::Book => of::<BookFile>(),
            SchemaOf::Export => of::<crate::export::records::Record<'static>>(),
        };
        schema.to_value()
    }
}

impl fmt::Display for SchemaOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SchemaOf::Brief => "brief",
            SchemaOf::Entity => "entity",
            SchemaOf::Storyline => "storyline",
            SchemaOf::Claim => "claim",
            SchemaOf::Page => "page",
            SchemaOf::Book => "book",
            SchemaOf::Export => "export",
        })
    }
}

fn of<T: JsonSchema>() -> Schema {
    SchemaGenerator::default().into_root_schema_for::<T>()
}

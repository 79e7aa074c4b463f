//! `dateline schema`: what files may hold, for editors.

use std::io::Write;

use crate::cmd::outcome::Outcome;
use crate::schema::SchemaOf;

/// Print the JSON Schema for a kind of file
///
/// Editors use it to complete and check as you type; in VS Code, the YAML and TOML extensions
/// do.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  dateline schema brief > brief.schema.json
  dateline schema book > book.schema.json    and in book.toml, on the first line:
                                             #:schema ./book.schema.json")]
pub(super) struct Schema {
    /// The kind of file
    #[arg(value_enum)]
    of: SchemaOf,
}

impl Schema {
    /// Prints the schema.
    pub(super) fn run(&self, out: &mut impl Write) -> anyhow::Result<Outcome> {
        serde_json::to_writer_pretty(&mut *out, &self.of.schema())?;
        writeln!(out)?;
        Ok(Outcome::Done)
    }
}

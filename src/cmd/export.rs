//! `dateline export`: the book as data.

use std::io::{self, Write};

use crate::cmd::book::BookArgs;
use crate::cmd::outcome::Outcome;
use crate::cmd::progress::Progress;
use crate::cmd::report;
use crate::diagnostic::Format;
use crate::export::export;
use crate::export::registry::{RegistryForm, registry};

/// Print the book as JSON Lines for analysis and other tools
///
/// One JSON object per line: the book, its entities, storylines, briefs, mentions, claims,
/// quotes and events. `dateline schema export` prints what each holds.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  dateline export > book.jsonl
  dateline export --format csv > people.csv      the registry, a row for each office
  dateline export | jq -r 'select(.record == \"claim\") | [.on, .by, .status] | @tsv'
  dateline export | duckdb -c \"select * from read_json('/dev/stdin')\"")]
pub(super) struct Export {
    #[command(flatten)]
    book: BookArgs,
    /// The whole book, or its registry in a form that others read
    #[arg(long, value_enum, default_value_t)]
    format: ExportFormat,
}

/// What is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum ExportFormat {
    /// Everything, one JSON object a line
    #[default]
    Jsonl,
    /// Entities and their offices as a table
    Csv,
    /// People, organizations, places and memberships as Popolo
    Popolo,
    /// Entities and their offices as lines of `FollowTheMoney`
    Ftm,
}

impl Export {
    /// Prints every record; nothing if the book has errors.
    pub(super) fn run(&self, out: &mut impl Write) -> anyhow::Result<Outcome> {
        let progress = Progress::start("reading");
        let site = self.book.site(&progress)?;
        drop(progress);
        if site.report.has_errors() {
            report::print_aside(&site.report, &site.inputs, Format::Full)?;
            return Ok(Outcome::Findings);
        }
        let form = match self.format {
            ExportFormat::Jsonl => None,
            ExportFormat::Csv => Some(RegistryForm::Csv),
            ExportFormat::Popolo => Some(RegistryForm::Popolo),
            ExportFormat::Ftm => Some(RegistryForm::FollowTheMoney),
        };
        if let Some(form) = form {
            out.write_all(registry(&site.built.edition, form).as_bytes())?;
            return Ok(Outcome::Done);
        }
        export(&site.built.edition, |record| {
            serde_json::to_writer(&mut *out, record).map_err(io::Error::from)?;
            out.write_all(b"\n")
        })?;
        Ok(Outcome::Done)
    }
}

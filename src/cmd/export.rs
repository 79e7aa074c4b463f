//! `dateline export`: the book as data.

use std::io::{self, Write};

use crate::cmd::book::BookArgs;
use crate::cmd::outcome::Outcome;
use crate::cmd::progress::Progress;
use crate::cmd::report;
use crate::diagnostic::Format;
use crate::export::export;

/// Print the book as JSON Lines for analysis and other tools
///
/// One JSON object per line: the book, its entities, storylines, briefs, mentions, claims,
/// quotes and events. `dateline schema export` prints what each holds.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  dateline export > book.jsonl
  dateline export | jq -r 'select(.record == \"claim\") | [.on, .by, .status] | @tsv'
  dateline export | duckdb -c \"select * from read_json('/dev/stdin')\"")]
pub(super) struct Export {
    #[command(flatten)]
    book: BookArgs,
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
        export(&site.built.edition, |record| {
            serde_json::to_writer(&mut *out, record).map_err(io::Error::from)?;
            out.write_all(b"\n")
        })?;
        Ok(Outcome::Done)
    }
}

//! `dateline export`: the book as data.

use std::io::{self, Write};

use crate::cmd::progress::Progress;
use crate::cmd::{Book, Outcome, report};
use crate::diagnostic::Format;
use crate::disk;
use crate::export::export;

/// Print the book as JSON Lines, for analysis and other tools
///
/// One JSON object a line: the book, its entities, storylines, briefs, mentions, claims,
/// quotes and events. `dateline schema export` prints what each holds.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  dateline export > book.jsonl
  dateline export | jq -r 'select(.record == \"claim\") | [.on, .by, .status] | @tsv'
  dateline export | duckdb -c \"select * from read_json('/dev/stdin')\"")]
pub(super) struct Export {
    #[command(flatten)]
    book: Book,
}

impl Export {
    /// Prints every record; nothing if the book has errors.
    pub(super) fn run(&self, out: &mut impl Write) -> anyhow::Result<Outcome> {
        let progress = Progress::start("reading");
        let inputs = disk::read(&self.book.root, &self.book.options()?)?;
        progress.step("linking");
        let built = crate::build(&inputs, &crate::Build::default());
        drop(progress);
        if built.has_errors() {
            let (color, mut stderr) = (report::wants_color(&io::stderr()), io::stderr());
            let said = &built.diagnostics;
            report::print(said, &built, &inputs, Format::Full, color, &mut stderr)?;
            return Ok(Outcome::Findings);
        }
        export(&built.edition, |record| {
            serde_json::to_writer(&mut *out, record).map_err(io::Error::from)?;
            out.write_all(b"\n")
        })?;
        Ok(Outcome::Done)
    }
}

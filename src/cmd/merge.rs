//! `dateline merge`: the parts that several jobs built, into one site.
#![expect(clippy::disallowed_methods, reason = "the closing line says how long it took")]

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use crate::cmd::build::closing;
use crate::cmd::outcome::Outcome;
use crate::cmd::progress::Progress;
use crate::disk::{self, Merging};

/// Join the parts that `build --shard` made
///
/// Every part must be present exactly once and come from the same book and the same program,
/// and every file must be as it was built. The result is what `build` would have written; the
/// output is not touched until everything has been checked.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  dateline merge public-part-*-of-7 --output public
  dateline merge parts/1 parts/2 --output public")]
pub(super) struct Merge {
    /// The folders of all the parts
    #[arg(required = true, value_name = "PART")]
    parts: Vec<PathBuf>,
    /// The folder to write the site to
    #[arg(long, short, value_name = "DIR")]
    output: PathBuf,
}

impl Merge {
    /// Joins the parts and says what was written.
    pub(super) fn run(&self, out: &mut impl Write) -> anyhow::Result<Outcome> {
        let started = Instant::now();
        let progress = Progress::start("checking");
        let written = disk::merge(&self.parts, &self.output, |merging| match merging {
            Merging::Begins(n) => {
                progress.count("merging", usize::try_from(n).unwrap_or(usize::MAX));
            }
            Merging::Took(n) => (0..n).for_each(|_| progress.inc()),
        })?;
        drop(progress);
        writeln!(out, "{}", closing(&written, &self.output, started.elapsed()))?;
        Ok(Outcome::Done)
    }
}

//! `dateline import`: a book out of an old site, wire copy or a registry.

use std::io::Write;
use std::path::PathBuf;

use crate::cmd::book::now;
use crate::cmd::outcome::Outcome;
use crate::cmd::progress::Progress;
use crate::diagnostic::printable;
use crate::disk;
use crate::import::{ArchiveKind, AuthorsAs, ImportJob, ImportMap, Step, import};

/// Make a book out of an old site, wire copy or a registry
///
/// Reads what another program left and writes a book that builds. FROM is never changed. What
/// could not be taken over as it was is told, place by place, in import-report.md and
/// import-report.jsonl. A second run brings what is new in FROM and leaves alone what you
/// have edited since.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  dateline import old-site --to briefs            the kind is known by its files
  dateline import old-site --to briefs --dry-run  only say what would become of it
  dateline import old-site --to briefs --since 2020-01-01
  dateline import old-site --to briefs --map map.toml
  dateline import wire.txt --to briefs            pasted copy as briefs; - is standard input
  dateline import people.csv --to briefs          a table of people and offices as entities
  dateline import Q324546.json --to briefs        an entity of Wikidata

The file of --map says what the program cannot know:

  [keys]
  standline = \"summary\"              # a key of old heads, and ours
  [tags]
  notice = \"> {inner}\"               # a tag or shortcode, as Markdown
  [entities]
  people = \"person\"                  # a collection or folder, and the kind of its entities
  [columns]
  \"Full name\" = \"name\"              # a column of a table, and the field it fills")]
pub(super) struct ImportArgs {
    /// The archive: a folder, or a file; `-` is standard input
    from: PathBuf,
    /// The folder of the book; it is made if it is not there
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// What the archive was written for; guessed from its files if not given
    #[arg(long = "as", value_enum, value_name = "KIND")]
    kind: Option<ArchiveKind>,
    /// Write nothing, only say what would be done
    #[arg(long)]
    dry_run: bool,
    /// Fetch pictures of other sites with the system's `curl`, up to 20 MB each
    #[arg(long)]
    fetch_images: bool,
    /// What becomes of those who write
    #[arg(long, value_enum, default_value_t = AuthorsAs::Entities)]
    authors: AuthorsAs,
    /// The day of wire copy that names none; today if not given
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<jiff::civil::Date>,
    /// Leave out what is older
    #[arg(long, value_name = "YYYY-MM-DD")]
    since: Option<jiff::civil::Date>,
    /// A file that says what old keys, tags, collections and columns mean
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
}

impl ImportArgs {
    /// Imports and says where the report is.
    pub(super) fn run(&self, out: &mut impl Write) -> anyhow::Result<Outcome> {
        let map = match &self.map {
            Some(path) => ImportMap::parse(&disk::read_text(path)?)?,
            None => ImportMap::default(),
        };
        let job = ImportJob {
            from: &self.from,
            to: &self.to,
            kind: self.kind,
            is_dry: self.dry_run,
            authors: self.authors,
            date: self.date,
            fetches_images: self.fetch_images,
            since: self.since,
            map,
            now: now()?,
        };
        let progress = Progress::start("reading");
        let account = import(&job, &|step| match step {
            Step::Reading => progress.step("reading"),
            Step::Converting(n) => progress.count("converting", n),
            Step::OneMore => progress.inc(),
        })?;
        drop(progress);
        writeln!(out, "{}: {}", account.summary(), account.written())?;
        let to = printable(&self.to.to_string_lossy());
        if self.dry_run {
            writeln!(out, "nothing was written; what would be told is below\n")?;
            let from = self.from.display().to_string();
            out.write_all(account.markdown(&from, "not written").as_bytes())?;
        } else {
            writeln!(out, "what became of each thing: {to}/import-report.md")?;
            writeln!(out, "next: dateline check --root {to}")?;
        }
        Ok(Outcome::Done)
    }
}

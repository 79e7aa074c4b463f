//! `dateline build`: the site, into its folder.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::Built;
use crate::cmd::book::{BookArgs, sources};
use crate::cmd::outcome::{Outcome, leave};
use crate::cmd::part::{self, Part, ShardArg};
use crate::cmd::progress::Progress;
use crate::cmd::{removal, report};
use crate::diagnostic::Format;
use crate::digest::Digest;
use crate::disk::{self, Stamp, StaticFile, Writer, Written};
use crate::outline::kind::Page;
use crate::render::Rendered;
use crate::shard::{Shard, fingerprint, list};
use crate::site::Site;

/// Build the site
///
/// Reads the book, renders every page, and writes what has changed since the last build. If
/// neither the book nor the site has changed, nothing is rendered. If the book has errors,
/// the old site stays as it is.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  dateline build
  dateline build --root ../my-book --drafts
  dateline build --format github     in a GitHub Actions workflow
  dateline build --shard 2/7         the second of seven parts, for `dateline merge`")]
pub(super) struct Build {
    #[command(flatten)]
    book: BookArgs,
    /// Write to this folder instead of the `build-dir` in book.toml
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Build one part of the site, I of N, counting from 1; `auto` asks the system that runs
    /// the job
    #[arg(long, value_name = "I/N")]
    shard: Option<ShardArg>,
    /// Allow more than half of the last build's pages, or its last brief, to be removed
    #[arg(long)]
    allow_removal: bool,
    /// How to print problems
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Build {
    /// Builds the book and says what was written.
    #[expect(
        clippy::disallowed_methods,
        reason = "the closing line says how long it took"
    )]
    pub(super) fn run(&self, out: &mut impl Write) -> anyhow::Result<Outcome> {
        let started = Instant::now();
        let program = disk::program(); // before anybody can put another one in its place
        let shard = self.shard.map(ShardArg::shard).transpose()?;
        let progress = Progress::start("reading");
        let mut site = self.book.site(&progress)?;
        let output = self.output(&site, shard)?;
        let written = if site.report.has_errors() {
            drop(progress);
            self.say(&site)?;
            output.settle()?;
            None
        } else if let Some(shard) = shard {
            self.part(&mut site, shard, &output, progress)?
        } else {
            self.whole(&mut site, program, &output, progress)?
        };
        leave(site);
        let closing = match &written {
            Some(written) => closing(written, &output.folder, started.elapsed()),
            None => "nothing was written: fix the errors first".to_owned(),
        };
        if self.format != Format::Json {
            writeln!(out, "{closing}")?;
        }
        Ok(if written.is_some() { Outcome::Done } else { Outcome::Findings })
    }

    /// Where the site, or a part of it, goes. The error is for a part that would take the
    /// place of a whole site.
    fn output(&self, site: &Site, shard: Option<Shard>) -> anyhow::Result<Output> {
        let config = &site.built.parsed.config;
        let root = self.book.root.clone();
        let build_dir = root.join(&*config.build_dir);
        let folder = match (&self.output, shard) {
            (Some(folder), _) => folder.clone(),
            (None, Some(shard)) => part::output(shard, &build_dir),
            (None, None) => build_dir,
        };
        if shard.is_some() {
            disk::refuse_whole_site(&folder)?;
        }
        Ok(Output { folder, sources: sources(&root, &config.src), root })
    }

    /// Writes the whole site, unless it stands as the last build left it; `None` if templates
    /// fail.
    fn whole(
        &self,
        site: &mut Site,
        program: Option<Digest>,
        output: &Output,
        progress: Progress,
    ) -> anyhow::Result<Option<Written>> {
        let stamp = program.map(|program| stamp(program, site));
        let writer = output.open()?;
        let built = Arc::clone(&site.built);
        removal::check(&writer, &output.folder, &built.outline, self.allow_removal)?;
        if let Some(stamp) = &stamp {
            progress.count("comparing", built.outline.len());
            let root = &self.book.root;
            let written = writer.stands(stamp, &built.outline, root, || progress.inc());
            if written.is_some() {
                drop(progress);
                self.say(site)?;
                return Ok(written);
            }
        }
        progress.count("writing", built.outline.len());
        let pages: Vec<&Page> = built.outline.iter().collect();
        site.each(&pages, |page, rendered| {
            progress.inc();
            if let (Some(stamp), Rendered::Bytes(bytes)) = (&stamp, &rendered) {
                stamp.note(&page.path, bytes);
            }
            self.put(page, &rendered, &writer)
        })?;
        drop(progress);
        self.say(site)?;
        if site.report.has_errors() {
            return Ok(None);
        }
        if let Some(stamp) = &stamp {
            writer.keep(stamp);
        }
        writer.finish().map(Some)
    }

    /// Writes one part of the site and its list; `None` if templates fail.
    fn part(
        &self,
        site: &mut Site,
        shard: Shard,
        output: &Output,
        progress: Progress,
    ) -> anyhow::Result<Option<Written>> {
        let part = Part::new(shard, &self.book.root, site)?;
        let writer = output.open()?;
        let built = Arc::clone(&site.built);
        let pages = part.pages(&built);
        progress.count("writing", pages.len());
        site.each(&pages, |page, rendered| {
            progress.inc();
            part.note(page, &rendered);
            self.put(page, &rendered, &writer)
        })?;
        drop(progress);
        self.say(site)?;
        if site.report.has_errors() {
            return Ok(None);
        }
        writer.put(list::NAME, part.list().as_bytes())?;
        writer.finish().map(Some)
    }

    /// Gives a page to the writer.
    fn put(
        &self,
        page: &Page,
        rendered: &Rendered,
        writer: &Writer,
    ) -> anyhow::Result<()> {
        match rendered {
            Rendered::Bytes(bytes) => writer.put(&page.path, bytes),
            Rendered::Asset(file) => {
                let file = StaticFile::open(&self.book.root, file)?;
                writer.copy(&page.path, &file)
            }
        }
    }

    /// Prints the report. The site is worth writing even if nobody listens.
    fn say(&self, site: &Site) -> io::Result<()> {
        let said = report::print_aside(&site.report, &site.inputs, self.format);
        match said.and_then(|()| report::note_held(site, self.format)) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            said => said,
        }
    }
}

/// The folder that is written, and what it must stay clear of.
struct Output {
    folder: PathBuf,
    root: PathBuf,
    sources: [PathBuf; 3],
}

impl Output {
    fn open(&self) -> anyhow::Result<Writer> {
        Writer::open(&self.folder, &self.root, &self.sources)
    }

    /// Leaves the old site as it is, but for what an interrupted build began.
    fn settle(&self) -> anyhow::Result<()> {
        Writer::settle(&self.folder, &self.root, &self.sources)
    }
}

/// What a site is made from: this program and this book.
fn stamp(program: Digest, site: &Site) -> Stamp {
    let Built { edition, outline, .. } = &*site.built;
    Stamp::new(program, fingerprint::of_pages(&site.inputs, edition, outline))
}

/// `1,204 files (18.3 MB) in public/, 0.41 s: 12 new, 3 changed, 1,189 unchanged`.
pub(super) fn closing(written: &Written, output: &Path, took: Duration) -> String {
    let mut parts = Vec::new();
    for (n, what) in [
        (written.new, "new"),
        (written.changed, "changed"),
        (written.unchanged, "unchanged"),
        (written.removed, "removed"),
    ] {
        if n > 0 {
            parts.push(format!("{} {what}", grouped(n as u64)));
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "for reading, to a tenth")]
    let size = match written.bytes {
        bytes if bytes < 1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        bytes if bytes < 1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        bytes => format!("{:.2} GB", bytes as f64 / 1e9),
    };
    format!(
        "{} files ({size}) in {}, {:.2} s: {}",
        grouped(written.files as u64),
        crate::diagnostic::one_line(&output.display().to_string()),
        took.as_secs_f64(),
        parts.join(", ")
    )
}

/// `1,204`.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let cases = [(0, "0"), (999, "999"), (1_204, "1,204"), (1_000_000, "1,000,000")];
        for (n, expected) in cases {
            assert_eq!(grouped(n), expected, "{n}");
        }
    }
}

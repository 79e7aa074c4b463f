//! `dateline build`: the site, into its folder.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::cmd::part::{self, Part};
use crate::cmd::progress::Progress;
use crate::cmd::{Book, Outcome, leave, pages, removal, report, sources};
use crate::diagnostic::{Diagnostic, Format};
use crate::disk::{self, Stamp, Writer, Written};
use crate::input::Inputs;
use crate::outline::Page;
use crate::parallel;
use crate::render::Rendered;
use crate::render::engine::Templates;
use crate::shard::digest::Digest;
use crate::shard::{fingerprint, list};

/// Make the site
///
/// Reads the book, renders every page, and writes what differs from the last build. If the
/// book and the site are as the last build left them, nothing is rendered. An error in the
/// book leaves the old site as it is.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  dateline build
  dateline build --root ../my-book --drafts
  dateline build --format github     in a workflow of GitHub Actions
  dateline build --shard 2/7         the second of seven parts, for `dateline merge`")]
pub(super) struct Build {
    #[command(flatten)]
    book: Book,
    /// Write to this folder instead of the build-dir of book.toml
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Make one part of the site: I of N, from 1; `auto` asks the engine that runs this job
    #[arg(long, value_name = "I/N")]
    shard: Option<part::Wanted>,
    /// Let more than half of the pages of the last build go, or its last brief
    #[arg(long)]
    allow_removal: bool,
    /// How to print what is wrong
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
        let program = disk::program();
        let shard = self.shard.map(part::Wanted::shard).transpose()?;
        let progress = Progress::start("reading");
        let inputs = disk::read(&self.book.root, &self.book.options()?)?;
        progress.step("linking");
        let mut built = crate::build(&inputs, &crate::Build::default());
        let (templates, stamp) = parallel::join(
            || Templates::new(&inputs, &built.edition),
            || stamp(program.filter(|_| shard.is_none()), &inputs, &built),
        );
        let mut templates = templates.log(&mut built.diagnostics);
        let color = report::wants_color(&io::stderr());
        let say = |diagnostics: &[Diagnostic], built: &crate::Build| {
            let mut err = io::stderr();
            let said =
                report::print(diagnostics, built, &inputs, self.format, color, &mut err);
            match said {
                // The site is worth writing even if nobody listens.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
                said => said,
            }
        };
        let config = &built.parsed.config;
        let part = shard
            .map(|shard| Part::new(shard, &self.book.root, &inputs, &built))
            .transpose()?;
        let build_dir = self.book.root.join(&*config.build_dir);
        let output = match (&self.output, &part) {
            (Some(output), _) => output.clone(),
            (None, Some(part)) => part.output(&build_dir),
            (None, None) => build_dir,
        };
        if part.is_some() {
            disk::refuse_whole_site(&output)?;
        }
        let sources = sources(&self.book.root, &config.src);
        if built.has_errors() {
            drop(progress);
            say(&built.diagnostics, &built)?;
            Writer::settle(&output, &self.book.root, &sources)?;
            return Ok(self.refuse(out)?);
        }
        let writer = Writer::open(&output, &self.book.root, &sources)?;
        if part.is_none() {
            removal::check(&writer, &output, &built.outline, self.allow_removal)?;
        }
        let standing = stamp.as_ref().and_then(|stamp| {
            progress.count("comparing", built.outline.len());
            let statics = self.book.root.join("static");
            writer.stands(stamp, &built.outline, &statics, || progress.inc())
        });
        let wanted: Vec<&Page> = match (&part, standing) {
            (_, Some(_)) => Vec::new(),
            (Some(part), None) => part.pages(&built),
            (None, None) => built.outline.iter().collect(),
        };
        progress.count("writing", wanted.len());
        let take = |page: &Page, rendered| {
            self.take(page, rendered, part.as_ref(), stamp.as_ref(), &writer)
        };
        let found = pages::each(&built, &mut templates, &wanted, &progress, take)?;
        // What is wrong with a template is found by rendering, and said at each build.
        let stamp = stamp.filter(|_| found.is_empty());
        drop(progress);
        built.diagnostics.extend(found);
        built.diagnostics.sort();
        built.diagnostics.dedup();
        say(&built.diagnostics, &built)?;
        if built.has_errors() {
            drop(writer);
            return Ok(self.refuse(out)?);
        }
        if let Some(part) = part {
            writer.put(list::NAME, part.list().as_bytes())?;
        }
        let written = if let Some(written) = standing {
            written
        } else {
            if let Some(stamp) = &stamp {
                writer.keep(stamp);
            }
            writer.finish()?
        };
        if self.format != Format::Json {
            writeln!(out, "{}", closing(&written, &output, started.elapsed()))?;
        }
        leave((inputs, built, templates));
        Ok(Outcome::Done)
    }

    /// Gives a page to the writer, and to those who take note of it.
    fn take(
        &self,
        page: &Page,
        rendered: Rendered,
        part: Option<&Part>,
        stamp: Option<&Stamp>,
        writer: &Writer,
    ) -> anyhow::Result<()> {
        if let Some(part) = part {
            part.note(page, &rendered);
        }
        match rendered {
            Rendered::Bytes(bytes) => {
                if let Some(stamp) = stamp {
                    stamp.note(&page.path, &bytes);
                }
                writer.put(&page.path, &bytes)
            }
            Rendered::Asset(file) => {
                writer.copy(&page.path, &self.book.root.join("static").join(file))
            }
        }
    }

    fn refuse(&self, out: &mut impl Write) -> io::Result<Outcome> {
        if self.format != Format::Json {
            writeln!(out, "nothing was written: mend the errors first")?;
        }
        Ok(Outcome::Findings)
    }
}

/// What a site of this book is made from; `None` if it is not known which program this is.
fn stamp(
    program: Option<Digest>,
    inputs: &Inputs,
    built: &crate::Build,
) -> Option<Stamp> {
    let pages = || fingerprint::of_pages(inputs, &built.edition, &built.outline);
    program.map(|program| Stamp::new(program, pages()))
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
        output.display(),
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

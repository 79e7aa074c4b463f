//! `dateline publish`: the site, onto a branch of a remote or into a folder to be uploaded.

mod branch;
mod folder;
mod told;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::cmd::book::{BookArgs, nearest};
use crate::cmd::outcome::Outcome;
use crate::cmd::progress::Progress;
use crate::cmd::report;
use crate::diagnostic::{Format, continued};
use crate::disk::StaticFile;
use crate::publish::{self, Limits, Repository};
use crate::render::Rendered;
use crate::site::Site;

/// GitHub Pages gives a deployment ten minutes; from eight on it is time to say so.
const LONG: Duration = Duration::from_secs(8 * 60);

/// Publish the site
///
/// Builds the book in memory, checks it, and pushes the site as one commit to a branch that
/// a host such as GitHub Pages serves. Your work tree, index and branches are left alone, no
/// hooks run, and nothing is ever force-pushed. An error in the book, or anything unexpected
/// about the branch, stops it before it pushes.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  dateline publish                        to the branch gh-pages of origin
  dateline publish --dry-run              what would change
  dateline publish --branch main --remote git@github.com:desk/desk.github.io.git
  dateline publish --to ../site           to a folder, for rsync or a bucket")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag on the command line")]
pub(super) struct Publish {
    /// The folder that holds book.toml; by default, this one or the nearest above it
    #[arg(long, default_value_os_t = nearest(), hide_default_value = true, value_name = "DIR")]
    root: PathBuf,
    /// Push to this remote of the repository, or to this address
    #[arg(long, default_value = "origin", value_name = "NAME")]
    remote: String,
    /// Push to this branch
    #[arg(long, default_value = "gh-pages", value_name = "NAME")]
    branch: String,
    /// Use this commit message instead of one that names the source
    #[arg(long, short, value_name = "TEXT")]
    message: Option<String>,
    /// Show what would change without pushing
    #[arg(long, short = 'n')]
    dry_run: bool,
    /// Publish even if files of the book are not committed
    #[arg(long)]
    allow_dirty: bool,
    /// Allow more than half of the published pages to be removed
    #[arg(long)]
    allow_removal: bool,
    /// Take over a branch that holds files Dateline did not make; they are replaced
    #[arg(long)]
    adopt: bool,
    /// Start the branch over with a single commit, unless somebody else has just pushed to it
    #[arg(long)]
    replace_history: bool,
    /// How long each step over the network may take
    #[arg(long, default_value_t = 600, value_name = "SECONDS",
          value_parser = clap::value_parser!(u64).range(1..=86_400))]
    timeout: u64,
    /// Write the site to this folder instead, for rsync or a bucket; git is not needed
    #[arg(long, value_name = "DIR", conflicts_with_all = [
        "remote", "branch", "message", "dry_run", "allow_dirty", "adopt",
        "replace_history", "timeout",
    ])]
    to: Option<PathBuf>,
    /// How to print problems
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Where the site goes.
enum PublishTo<'a> {
    Folder(&'a Path),
    Branch(Box<Repository>),
}

/// A book on its way to a host.
struct Ready<'a> {
    publish: &'a Publish,
    site: Site,
    progress: Progress,
    started: Instant,
}

impl Publish {
    /// Publishes the book and says what changed.
    #[expect(clippy::disallowed_methods, reason = "how long it took is told")]
    pub(super) fn run(&self, out: &mut impl Write) -> anyhow::Result<Outcome> {
        let started = Instant::now();
        let progress = Progress::start("reading");
        let target = match &self.to {
            Some(folder) => PublishTo::Folder(folder),
            None => PublishTo::Branch(Box::new(Repository::open(&self.root)?)),
        };
        let book = BookArgs { root: self.root.clone(), drafts: false, future: false };
        let site = book.site(&progress)?;
        let ready = Ready { publish: self, site, progress, started };
        if ready.site.report.has_errors() {
            // What else is missing is told in the same run.
            if let PublishTo::Branch(repository) = &target
                && let Err(missing) = ready.conditions(repository, &Limits::default())
            {
                warn(&[format!("{missing:#}")])?;
            }
            return ready.refuse(out);
        }
        let outcome = match target {
            PublishTo::Folder(folder) => ready.write_to(folder, out),
            PublishTo::Branch(repository) => ready.push(&repository, out),
        };
        if started.elapsed() > LONG && self.to.is_none() {
            warn(&[
                "publishing took more than 8 minutes: GitHub Pages allows 10 for a deployment"
                    .to_owned(),
            ])?;
        }
        outcome
    }

    /// The domain that the book names, in its settings or as `static/CNAME`.
    fn domain(&self, site: &Site) -> anyhow::Result<Option<String>> {
        let text = match site.built.parsed.config.cname.as_deref() {
            Some(cname) => Some(cname.to_owned()),
            None if site.inputs.assets.contains_key("CNAME") => {
                let bytes = StaticFile::read(&self.root, "CNAME")?;
                Some(String::from_utf8_lossy(&bytes).into_owned())
            }
            None => None,
        };
        text.map(|it| publish::domain(&it)).transpose()
    }

    /// The bytes of a page, or of the file that it is a copy of.
    fn bytes(&self, page: Rendered) -> anyhow::Result<Vec<u8>> {
        match page {
            Rendered::Bytes(bytes) => Ok(bytes),
            Rendered::Asset(path) => StaticFile::read(&self.root, &path),
        }
    }

    fn say(&self, site: &Site) -> io::Result<()> {
        report::print_aside(&site.report, &site.inputs, self.format)
    }
}

impl Ready<'_> {
    fn refuse(&self, out: &mut impl Write) -> anyhow::Result<Outcome> {
        self.progress.end();
        self.publish.say(&self.site)?;
        if self.publish.format != Format::Json {
            writeln!(out, "nothing was published: fix the errors first")?;
        }
        Ok(Outcome::Findings)
    }
}

fn warn(sentences: &[String]) -> io::Result<()> {
    for sentence in sentences {
        writeln!(io::stderr(), "warning: {}", continued(sentence))?;
    }
    Ok(())
}

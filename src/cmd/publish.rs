//! `dateline publish`: the site, onto a branch of a remote or into a folder to be uploaded.

mod told;

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use crate::cmd::build::closing;
use crate::cmd::progress::Progress;
use crate::cmd::{Book, Outcome, report, sources};
use crate::diagnostic::{Format, printable};
use crate::disk::{self, Writer};
use crate::outline::Page;
use crate::publish::Wishes;
use crate::publish::{self, Import, Limits, Push, Pushed, Repository, Scratch};
use crate::render::Rendered;
use crate::site::Site;

/// GitHub Pages gives a deployment ten minutes; from eight on it is time to say so.
const LONG: Duration = Duration::from_secs(8 * 60);

/// Publish the site
///
/// Builds the book in memory, checks it, and pushes the site as one commit to a branch that
/// a host such as GitHub Pages shows. Your work tree, index and branches are not touched, no
/// hook runs, and nothing is ever pushed by force. An error in the book, or anything odd
/// about the branch, stops it before.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  dateline publish                        to the branch gh-pages of origin
  dateline publish --dry-run              what would change
  dateline publish --branch main --remote git@github.com:desk/desk.github.io.git
  dateline publish --to ../site           into a folder, for rsync or a bucket")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag on the command line")]
pub(super) struct Publish {
    /// The folder that holds book.toml
    #[arg(long, default_value = ".", value_name = "DIR")]
    root: PathBuf,
    /// Push to this remote of the repository, or to this address
    #[arg(long, default_value = "origin", value_name = "NAME")]
    remote: String,
    /// Push to this branch
    #[arg(long, default_value = "gh-pages", value_name = "NAME")]
    branch: String,
    /// The message of the commit, instead of one that names the source
    #[arg(long, short, value_name = "TEXT")]
    message: Option<String>,
    /// Say what would change, and push nothing
    #[arg(long, short = 'n')]
    dry_run: bool,
    /// Publish files that are not committed yet, too
    #[arg(long)]
    allow_dirty: bool,
    /// Let more than half of the published pages go
    #[arg(long)]
    allow_removal: bool,
    /// Take over a branch with files that Dateline did not make; they are replaced
    #[arg(long)]
    adopt: bool,
    /// Begin the branch anew with one commit, unless somebody else pushed meanwhile
    #[arg(long)]
    replace_history: bool,
    /// How long a step over the network may take
    #[arg(long, default_value_t = 600, value_name = "SECONDS",
          value_parser = clap::value_parser!(u64).range(1..=86_400))]
    timeout: u64,
    /// Write the site into this folder instead, for rsync or a bucket; no git is needed
    #[arg(long, value_name = "DIR", conflicts_with_all = [
        "remote", "branch", "message", "dry_run", "allow_dirty", "adopt",
        "replace_history", "timeout",
    ])]
    to: Option<PathBuf>,
    /// How to print what is wrong
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Where the site goes.
enum Target<'a> {
    Folder(&'a Path),
    Branch(Box<Repository>),
}

impl Publish {
    /// Publishes the book and says what changed.
    #[expect(clippy::disallowed_methods, reason = "how long it took is told")]
    pub(super) fn run(&self, out: &mut impl Write) -> anyhow::Result<Outcome> {
        let started = Instant::now();
        let progress = Progress::start("reading");
        let book = Book { root: self.root.clone(), drafts: false, future: false };
        let target = match &self.to {
            Some(folder) => Target::Folder(folder),
            None => Target::Branch(Box::new(Repository::open(&self.root)?)),
        };
        let mut site = book.site(&progress)?;
        if site.report.has_errors() {
            drop(progress);
            return self.refuse(&site, out);
        }
        let outcome = match target {
            Target::Folder(folder) => {
                self.to_folder(folder, &mut site, progress, started, out)
            }
            Target::Branch(repository) => {
                self.to_branch(&repository, &mut site, progress, out)
            }
        };
        if started.elapsed() > LONG && self.to.is_none() {
            warn(&[
                "publishing took over 8 minutes: GitHub Pages gives a deployment 10"
                    .to_owned(),
            ])?;
        }
        outcome
    }

    fn to_branch(
        &self,
        repository: &Repository,
        site: &mut Site,
        progress: Progress,
        out: &mut impl Write,
    ) -> anyhow::Result<Outcome> {
        let words = self.message.as_deref();
        if words.is_some_and(|it| it.trim().is_empty()) {
            bail!("the message is empty: give some words, or leave --message out");
        }
        let remote = repository.remote(&self.remote, &self.branch)?;
        let (place, branch) = (printable(&remote.shown), remote.branch.clone());
        let config = &site.built.parsed.config;
        let guess = remote.likely_address();
        let (url, mut odd) = publish::address(config, guess.as_deref())?;
        let domain = self.domain(site)?;
        let source = repository.source(&site.inputs, &config.src)?;
        if !source.changed.is_empty() && !self.allow_dirty {
            bail!(
                "these files are not committed:\n  {}\ncommit them, or give --allow-dirty",
                told::listed(&source.changed)
            );
        }
        let limits = Limits::default();
        limits.check_assets(&site.inputs)?;
        progress.step("asking the remote");
        let timeout = Duration::from_secs(self.timeout);
        let scratch = Scratch::open(repository, remote, timeout)?;
        let mut push = Push::look(&scratch, &source, site.inputs.now)?;
        push.words = words;
        push.domain = domain.as_deref();
        push.prefix = repository.prefix();
        push.wishes = Wishes {
            adopt: self.adopt,
            allow_removal: self.allow_removal,
            replace_history: self.replace_history,
        };
        progress.count("rendering", site.built.outline.len());
        let import = Import::start(&scratch, &limits)?;
        let built = Arc::clone(&site.built);
        let pages: Vec<&Page> = built.outline.iter().collect();
        let taken = site.each(&pages, |page, it| {
            progress.inc();
            import.put(&page.path, &self.bytes(it)?)
        });
        if let Err(error) = taken {
            return Err(import.why(error));
        }
        if site.report.has_errors() {
            drop(progress);
            return self.refuse(site, out);
        }
        let tree = import.finish()?;
        // Files of static/ are read while pages are rendered.
        if repository.source(&site.inputs, &site.built.parsed.config.src)? != source {
            bail!("files of the book changed while it was published: run it again");
        }
        progress.step("pushing");
        let pushed = push.run(&tree, self.dry_run);
        drop(progress);
        self.say(site)?;
        odd.extend(limits.warnings());
        warn(&odd)?;
        if self.format == Format::Json {
            pushed?;
            return Ok(Outcome::Done);
        }
        match pushed? {
            Pushed::Already => writeln!(out, "already published: {url}")?,
            Pushed::Published(changes) => {
                writeln!(
                    out,
                    "published to {branch} of {place}: {}",
                    told::changes(&changes)
                )?;
                writeln!(out, "{url}")?;
            }
            Pushed::Planned(changes) => writeln!(
                out,
                "would publish to {branch} of {place}: {}\nnothing was pushed",
                told::changes(&changes)
            )?,
        }
        Ok(Outcome::Done)
    }

    fn to_folder(
        &self,
        folder: &Path,
        site: &mut Site,
        progress: Progress,
        started: Instant,
        out: &mut impl Write,
    ) -> anyhow::Result<Outcome> {
        let config = &site.built.parsed.config;
        let (url, mut odd) = publish::address(config, None)?;
        self.domain(site)?;
        let limits = Limits::default();
        limits.check_assets(&site.inputs)?;
        let sources = sources(&self.root, &config.src);
        let writer = Writer::open(folder, &self.root, &sources)?;
        let pages = writer.last().filter(|it| publish::is_page(it));
        let is_gone = |path: &&str| {
            let outline = &site.built.outline;
            outline.binary_search_by(|page| (*page.path).cmp(path)).is_err()
        };
        let (before, gone) = (pages.clone().count(), pages.filter(is_gone).count());
        publish::check_removal(before, gone, self.allow_removal)?;
        progress.count("writing", site.built.outline.len());
        let built = Arc::clone(&site.built);
        let pages: Vec<&Page> = built.outline.iter().collect();
        site.each(&pages, |page, it| {
            progress.inc();
            let bytes = self.bytes(it)?;
            limits.take(&page.path, bytes.len() as u64)?;
            writer.put(&page.path, &bytes)
        })?;
        drop(progress);
        if site.report.has_errors() {
            drop(writer);
            return self.refuse(site, out);
        }
        let written = writer.finish()?;
        self.say(site)?;
        odd.extend(limits.warnings());
        warn(&odd)?;
        if self.format != Format::Json {
            writeln!(out, "{}", closing(&written, folder, started.elapsed()))?;
            writeln!(out, "upload it to {url}")?;
        }
        Ok(Outcome::Done)
    }

    /// The domain that the book names, in its settings or as `static/CNAME`.
    fn domain(&self, site: &Site) -> anyhow::Result<Option<String>> {
        let text = match site.built.parsed.config.cname.as_deref() {
            Some(cname) => Some(cname.to_owned()),
            None if site.inputs.assets.contains_key("CNAME") => {
                let bytes = self.bytes(Rendered::Asset("CNAME".to_owned()))?;
                Some(String::from_utf8_lossy(&bytes).into_owned())
            }
            None => None,
        };
        text.map(|it| publish::domain(&it)).transpose()
    }

    /// The bytes of a page, or of the file that it is a copy of.
    fn bytes(&self, page: Rendered) -> anyhow::Result<Vec<u8>> {
        let path = match page {
            Rendered::Bytes(bytes) => return Ok(bytes),
            Rendered::Asset(path) => path,
        };
        let mut bytes = Vec::new();
        disk::open_asset(&self.root, &path)
            .and_then(|mut file| file.read_to_end(&mut bytes))
            .with_context(|| format!("cannot read static/{path}"))?;
        if bytes.starts_with(b"version https://git-lfs.github.com/spec/") {
            bail!("static/{path} only stands for a file of Git LFS: run `git lfs pull`");
        }
        Ok(bytes)
    }

    fn refuse(&self, site: &Site, out: &mut impl Write) -> anyhow::Result<Outcome> {
        self.say(site)?;
        if self.format != Format::Json {
            writeln!(out, "nothing was published: mend the errors first")?;
        }
        Ok(Outcome::Findings)
    }

    fn say(&self, site: &Site) -> io::Result<()> {
        report::print_aside(&site.report, &site.inputs, self.format)
    }
}

fn warn(sentences: &[String]) -> io::Result<()> {
    for sentence in sentences {
        writeln!(io::stderr(), "warning: {}", printable(sentence))?;
    }
    Ok(())
}

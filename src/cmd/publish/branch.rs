//! The site, as one commit on a branch of a remote.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{anyhow, bail};

use crate::cmd::outcome::Outcome;
use crate::cmd::publish::{Ready, told, warn};
use crate::diagnostic::{Format, printable};
use crate::outline::kind::Page;
use crate::publish::{
    self, Import, Limits, Overrides, Provenance, Push, PushOrder, Pushed, Remote,
    Repository, Scratch,
};

/// Where the site goes and what readers will open.
struct PublishedAt {
    /// The address of the remote, as it may be shown.
    remote: String,
    branch: String,
    /// The address of the site.
    url: String,
}

/// What must be there before a site is pushed.
pub(super) struct Conditions {
    remote: Remote,
    to: PublishedAt,
    /// What is odd about the address of the site.
    odd: Vec<String>,
    domain: Option<String>,
    provenance: Provenance,
}

/// What is not there.
#[derive(Default)]
struct Missing(Vec<anyhow::Error>);

impl Missing {
    fn take<T>(&mut self, had: anyhow::Result<T>) -> Option<T> {
        had.map_err(|it| self.0.push(it)).ok()
    }

    fn end(mut self) -> anyhow::Result<()> {
        match self.0.len() {
            0 => Ok(()),
            1 => Err(self.0.remove(0)),
            n => {
                let said = self.0.iter().map(|it| {
                    let said = format!("{it:#}").replace('\n', "\n  ");
                    format!("\n- {said}")
                });
                bail!(
                    "{n} things are missing before the site can be published:{}",
                    said.collect::<String>()
                )
            }
        }
    }
}

impl Ready<'_> {
    /// Pushes the site to a branch. Whatever can be refused is refused before it is rendered.
    pub(super) fn push(
        mut self,
        repository: &Repository,
        out: &mut impl Write,
    ) -> anyhow::Result<Outcome> {
        let words = self.publish.message.as_deref();
        let limits = Limits::default();
        let Conditions { remote, to, mut odd, domain, provenance } =
            self.conditions(repository, &limits)?;
        self.progress.step("asking the remote");
        let timeout = Duration::from_secs(self.publish.timeout);
        let scratch = Scratch::open(repository, remote, timeout)?;
        let order = PushOrder {
            provenance: &provenance,
            words,
            domain: domain.as_deref(),
            prefix: repository.prefix(),
            overrides: Overrides {
                adopt: self.publish.adopt,
                allow_removal: self.publish.allow_removal,
                replace_history: self.publish.replace_history,
            },
            now: self.site.inputs.wanted.now,
        };
        let push = Push::look(&scratch, order)?;
        let Some(tree) = self.import(&scratch, &limits)? else {
            return self.refuse(out);
        };
        // Files of static/ are read while pages are rendered.
        if self.read_from(repository)? != provenance {
            bail!("files of the book changed while it was being published: run it again");
        }
        self.progress.step("pushing");
        let pushed = push.run(&tree, self.publish.dry_run);
        self.progress.end();
        self.publish.say(&self.site)?;
        odd.extend(limits.warnings());
        warn(&odd)?;
        self.tell(&pushed?, &to, out)
    }

    /// All that must be there before anything is done. The error tells everything that is
    /// missing, so that it can be mended in one go.
    pub(super) fn conditions(
        &self,
        repository: &Repository,
        limits: &Limits,
    ) -> anyhow::Result<Conditions> {
        let mut missing = Missing::default();
        let is_empty = |words: &String| words.trim().is_empty();
        if self.publish.message.as_ref().is_some_and(is_empty) {
            let said = "the message is empty: write something, or leave out --message";
            missing.0.push(anyhow!(said));
        }
        let remote = repository.remote(&self.publish.remote, &self.publish.branch);
        let remote = missing.take(remote);
        let guess = remote.as_ref().and_then(Remote::likely_address);
        let config = &self.site.built.parsed.config;
        let address = missing.take(publish::address(config, guess.as_deref()));
        let domain = missing.take(self.publish.domain(&self.site));
        let provenance = missing.take(self.provenance(repository));
        missing.take(limits.check_assets(&self.site.inputs));
        missing.end()?;
        let (Some(remote), Some((url, odd)), Some(domain), Some(provenance)) =
            (remote, address, domain, provenance)
        else {
            unreachable!("what is not there has ended this function");
        };
        let (shown, branch) = (printable(&remote.shown), remote.branch.clone());
        let to = PublishedAt { remote: shown, branch, url };
        Ok(Conditions { remote, to, odd, domain, provenance })
    }

    /// The commit that the book was read from. The error is for files that are in none.
    fn provenance(&self, repository: &Repository) -> anyhow::Result<Provenance> {
        let provenance = self.read_from(repository)?;
        if !provenance.changed.is_empty() && !self.publish.allow_dirty {
            bail!(
                "these files are not committed:\n  {}\ncommit them, or give --allow-dirty",
                told::listed(&provenance.changed)
            );
        }
        Ok(provenance)
    }

    fn read_from(&self, repository: &Repository) -> anyhow::Result<Provenance> {
        repository.provenance(&self.site.inputs, &self.site.built.parsed.config.src)
    }

    /// Renders all pages into git; the id of their tree, or `None` if templates fail.
    fn import(
        &mut self,
        scratch: &Scratch,
        limits: &Limits,
    ) -> anyhow::Result<Option<String>> {
        let built = Arc::clone(&self.site.built);
        let pages: Vec<&Page> = built.outline.iter().collect();
        let (publish, progress) = (self.publish, &self.progress);
        progress.count("rendering", pages.len());
        let import = Import::start(scratch, limits)?;
        let taken = self.site.each(&pages, |page, it| {
            progress.inc();
            import.put(&page.path, &publish.bytes(it)?)
        });
        if let Err(error) = taken {
            return Err(import.why(error));
        }
        if self.site.report.has_errors() {
            return Ok(None);
        }
        import.finish().map(Some)
    }

    fn tell(
        &self,
        pushed: &Pushed,
        to: &PublishedAt,
        out: &mut impl Write,
    ) -> anyhow::Result<Outcome> {
        if self.publish.format == Format::Json {
            return Ok(Outcome::Done);
        }
        let PublishedAt { remote, branch, url } = to;
        match pushed {
            Pushed::Already => writeln!(out, "already published: {url}")?,
            Pushed::Published(changes) => {
                let changes = told::changes(changes);
                writeln!(out, "published to {branch} of {remote}: {changes}\n{url}")?;
            }
            Pushed::Planned(changes) => {
                let changes = told::changes(changes);
                writeln!(
                    out,
                    "would publish to {branch} of {remote}: {changes}\nnothing was pushed"
                )?;
            }
        }
        Ok(Outcome::Done)
    }
}

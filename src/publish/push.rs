//! The commit, and what the remote makes of it.

use anyhow::{Context, bail};
use jiff::Timestamp;

use crate::publish::decide::{Changes, Plan, Wishes, plan};
use crate::publish::git::Ran;
use crate::publish::message::message;
use crate::publish::repository::Source;
use crate::publish::scratch::{Scratch, Tip};

/// How often a commit is made on top of a branch that moves.
const TRIES: usize = 3;

/// A site that is ready, and everything its commit depends on.
#[derive(Debug)]
pub struct Push<'a> {
    /// The private repository.
    pub scratch: &'a Scratch,
    /// The branch as it was fetched first; see [`Push::look`].
    tip: Option<Tip>,
    /// What the site was made of.
    pub source: &'a Source,
    /// The words of the message, if the user gave some.
    pub words: Option<&'a str>,
    /// The domain that the book names.
    pub domain: Option<&'a str>,
    /// The path of the book in its repository.
    pub prefix: &'a str,
    /// What the user allows.
    pub wishes: Wishes,
    /// The time of the commit.
    pub now: Timestamp,
}

/// How publishing ended.
#[derive(Clone, Debug)]
pub enum Pushed {
    /// The remote has the site; what changed.
    Published(Changes),
    /// The remote had the site already.
    Already,
    /// The remote would have had the site; what would have changed.
    Planned(Changes),
}

impl<'a> Push<'a> {
    /// Fetches the branch, before the work of rendering: a remote that is not there is
    /// noticed at once.
    pub fn look(
        scratch: &'a Scratch,
        source: &'a Source,
        now: Timestamp,
    ) -> anyhow::Result<Push<'a>> {
        let (words, domain, prefix, wishes) = (None, None, "", Wishes::default());
        let tip = scratch.fetch()?;
        Ok(Push { scratch, tip, source, words, domain, prefix, wishes, now })
    }

    /// Decides and pushes, again if the remote moved; with `dry`, only decides.
    pub fn run(mut self, site: &str, dry: bool) -> anyhow::Result<Pushed> {
        let branch = &self.scratch.remote.branch;
        for _ in 0..TRIES {
            let plan = self.plan(site)?;
            let is_short = !self.tip.as_ref().is_some_and(|it| it.commit.has_parents);
            let is_there = self.tip.is_some() && plan.changes.0.is_empty();
            if is_there && (is_short || !self.wishes.replace_history) {
                return Ok(Pushed::Already);
            }
            if dry {
                return Ok(Pushed::Planned(plan.changes));
            }
            let commit = self.commit(&plan)?;
            let ran = self.push(&commit)?;
            if ran.is_done() {
                return Ok(Pushed::Published(plan.changes));
            }
            let said = self.scratch.trouble(&ran);
            // Whatever git made of it, the remote knows.
            let now = self.scratch.ask().with_context(|| {
                format!(
                    "it is not known whether the site was published; `dateline publish` finds out when the remote answers again\n{said}\nand asking it"
                )
            })?;
            if now.as_deref() == Some(&*commit) {
                return Ok(Pushed::Published(plan.changes));
            }
            if now.as_deref() == self.tip.as_ref().map(|it| &*it.commit.id) {
                bail!("the site was not published\n{said}");
            }
            if self.wishes.replace_history {
                bail!(
                    "somebody pushed to `{branch}` meanwhile, and its history was not replaced: look at what came, and publish again"
                );
            }
            self.tip = self.scratch.fetch()?;
        }
        bail!(
            "`{branch}` moved {TRIES} times while the site was pushed, and it was not published: try again when nobody else pushes"
        )
    }

    fn plan(&self, site: &str) -> anyhow::Result<Plan> {
        plan(self.scratch, site, self.tip.as_ref(), self.domain, self.prefix, self.wishes)
    }

    /// Makes the commit, on top of the branch as it was fetched.
    fn commit(&self, plan: &Plan) -> anyhow::Result<String> {
        let message = message(self.words, self.source, plan.domain.as_deref());
        let mut args = vec!["commit-tree", &*plan.tree, "-F", "-"];
        if let Some(tip) = &self.tip
            && !self.wishes.replace_history
        {
            args.extend(["-p", &tip.commit.id]);
        }
        let mut git = self.scratch.git.clone();
        let time = format!("@{} +0000", self.now.as_second());
        for role in ["AUTHOR", "COMMITTER"] {
            git.env.push((format!("GIT_{role}_DATE"), time.clone()));
        }
        Ok(git.must_with(&args, message.as_bytes())?.line())
    }

    /// Pushes once, however that ends.
    fn push(&self, commit: &str) -> anyhow::Result<Ran> {
        let reference = &self.scratch.remote.reference;
        let refspec = format!("{commit}:{reference}");
        let mut args = vec!["push", "--quiet", "--no-verify", "--no-thin"];
        let lease;
        if let Some(tip) = self.tip.as_ref().filter(|_| self.wishes.replace_history) {
            lease = format!("--force-with-lease={reference}:{}", tip.commit.id);
            args.push(&lease);
        }
        args.extend(["dateline", &refspec]);
        self.scratch.reach(&args)
    }
}

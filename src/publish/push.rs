//! The commit, and what the remote makes of it.

use anyhow::{Context, bail};
use jiff::Timestamp;

use crate::publish::changes::SiteChanges;
use crate::publish::decide::{Overrides, Plan, plan};
use crate::publish::git::Ran;
use crate::publish::message::message;
use crate::publish::provenance::Provenance;
use crate::publish::scratch::{Scratch, Tip};

/// How often a commit is made on top of a branch that moves.
const TRIES: usize = 3;

/// Everything that a commit of the site depends on, its files aside.
#[derive(Clone, Copy, Debug)]
pub struct PushOrder<'a> {
    /// What the site was made from.
    pub provenance: &'a Provenance,
    /// The words of the message, if the user gave some.
    pub words: Option<&'a str>,
    /// The domain that the book names.
    pub domain: Option<&'a str>,
    /// The path of the book in its repository.
    pub prefix: &'a str,
    /// Which refusals the user lifts.
    pub overrides: Overrides,
    /// The time of the commit.
    pub now: Timestamp,
}

/// A branch that was looked at and is about to get its commit.
#[derive(Debug)]
pub struct Push<'a> {
    /// The private repository.
    scratch: &'a Scratch,
    order: PushOrder<'a>,
    /// The branch as it was fetched last.
    tip: Option<Tip>,
}

/// How publishing ended.
#[derive(Clone, Debug)]
pub enum Pushed {
    /// The remote has the site; what changed.
    Published(SiteChanges),
    /// The remote had the site already.
    Already,
    /// The remote would have had the site; what would have changed.
    Planned(SiteChanges),
}

impl<'a> Push<'a> {
    /// Fetches the branch, before the work of rendering: a remote that is not there is
    /// noticed at once.
    pub fn look(scratch: &'a Scratch, order: PushOrder<'a>) -> anyhow::Result<Push<'a>> {
        Ok(Push { scratch, order, tip: scratch.fetch()? })
    }

    /// Decides and pushes, again if the remote moved; with `dry`, only decides.
    pub fn run(mut self, site: &str, dry: bool) -> anyhow::Result<Pushed> {
        let branch = &self.scratch.remote.branch;
        for _ in 0..TRIES {
            let plan = self.plan(site)?;
            let is_short = !self.tip.as_ref().is_some_and(|it| it.commit.has_parents);
            let is_there = self.tip.is_some() && plan.changes.0.is_empty();
            if is_there && (is_short || !self.order.overrides.replace_history) {
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
                    "whether the site was published is not known; run `dateline publish` to find out when the remote answers again\n{said}\nand asking it"
                )
            })?;
            if now.as_deref() == Some(&*commit) {
                return Ok(Pushed::Published(plan.changes));
            }
            if now.as_deref() == self.tip.as_ref().map(|it| &*it.commit.id) {
                bail!("the site was not published\n{said}");
            }
            if self.order.overrides.replace_history {
                bail!(
                    "somebody else has pushed to `{branch}`, so its history was not replaced: see what came in, then publish again"
                );
            }
            self.tip = self.scratch.fetch()?;
        }
        bail!(
            "`{branch}` moved {TRIES} times during the push, so the site was not published: try again when nobody else is pushing"
        )
    }

    fn plan(&self, site: &str) -> anyhow::Result<Plan> {
        let PushOrder { domain, prefix, overrides, .. } = self.order;
        plan(self.scratch, site, self.tip.as_ref(), domain, prefix, overrides)
    }

    /// Makes the commit, on top of the branch as it was fetched.
    fn commit(&self, plan: &Plan) -> anyhow::Result<String> {
        let message =
            message(self.order.words, self.order.provenance, plan.domain.as_deref());
        let mut args = vec!["commit-tree", &*plan.tree, "-F", "-"];
        if let Some(tip) = &self.tip
            && !self.order.overrides.replace_history
        {
            args.extend(["-p", &tip.commit.id]);
        }
        let mut git = self.scratch.git.clone();
        let time = format!("@{} +0000", self.order.now.as_second());
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
        if let Some(tip) =
            self.tip.as_ref().filter(|_| self.order.overrides.replace_history)
        {
            lease = format!("--force-with-lease={reference}:{}", tip.commit.id);
            args.push(&lease);
        }
        args.extend(["dateline", &refspec]);
        self.scratch.reach(&args)
    }
}

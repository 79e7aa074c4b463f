//! `dateline check --fix`: what is certain is mended in the files of the book.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use similar::TextDiff;

use crate::cmd::outcome::Outcome;
use crate::cmd::report;
use crate::diagnostic::{Diagnostic, printable};
use crate::disk;
use crate::mend::{Mended, mend};
use crate::publish;
use crate::site::Site;

/// Whether and how a book is fixed.
#[derive(clap::Args, Debug)]
pub(super) struct Fixing {
    /// Fix what is certain, in the files themselves
    #[arg(long)]
    pub(super) fix: bool,
    /// With --fix: print a diff and change nothing; exit with 1 if there would be a change
    #[arg(long, requires = "fix")]
    pub(super) dry_run: bool,
    /// With --fix: keep no copy (.bak) of a file whose old text is not in Git
    #[arg(long, requires = "fix")]
    no_backup: bool,
}

/// A book whose certain mistakes are mended, in memory so far.
pub(super) struct Fixed(Mended);

impl Fixed {
    /// Mends the wanted findings of a book, which becomes the mended one.
    pub(super) fn of(site: &mut Site, wanted: impl Fn(&Diagnostic) -> bool) -> Fixed {
        Fixed(mend(site, wanted))
    }

    /// Prints what would change as a unified diff.
    ///
    /// Without lines around a change: they would begin with what a source wrote, which can
    /// be a command to whatever reads the output.
    pub(super) fn show(&self, out: &mut impl Write) -> anyhow::Result<Outcome> {
        for change in &self.0.changes {
            let path = &change.path;
            let diff = TextDiff::from_lines(&*change.before, &*change.after);
            let mut diff = diff.unified_diff();
            let diff = diff
                .context_radius(0)
                .header(&format!("a/{path}"), &format!("b/{path}"))
                .to_string();
            out.write_all(printable(&diff).as_bytes())?;
        }
        Ok(if self.0.changes.is_empty() { Outcome::Done } else { Outcome::Findings })
    }

    /// Puts the mended texts in place of the old ones. An old text that is not in the last
    /// commit is kept beside the new one, if that is wanted.
    pub(super) fn write(&self, root: &Path, how: &Fixing) -> anyhow::Result<()> {
        let paths: Vec<&str> = self.0.changes.iter().map(|it| &*it.path).collect();
        let keeps = !how.no_backup;
        let kept =
            if keeps { publish::committed(root, &paths) } else { BTreeSet::default() };
        for change in &self.0.changes {
            let backup = keeps && !kept.contains(&*change.path);
            disk::replace(root, &change.path, &change.before, &change.after, backup)?;
        }
        Ok(())
    }

    /// `fixed 12 findings in 5 files`.
    pub(super) fn closing(&self) -> String {
        let Mended { changes, n } = &self.0;
        match report::counted(*n, "finding") {
            Some(findings) => {
                let files = report::counted(changes.len(), "file").unwrap_or_default();
                format!("fixed {findings} in {files}")
            }
            None => "nothing could be fixed for certain".to_owned(),
        }
    }
}

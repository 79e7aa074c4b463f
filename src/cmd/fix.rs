//! `dateline check --fix`: what is certain is mended in the files of the book.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use crate::cmd::outcome::Outcome;
use crate::cmd::report;
use crate::diagnostic::{Diagnostic, Rule, printable};
use crate::disk;
use crate::layout;
use crate::mend::{Mended, diff, mend};
use crate::pictures::Traces;
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
pub(super) struct Fixed {
    texts: Mended,
    /// The pictures that tell of who took them and can be cut, by path from the book's root;
    /// held one at a time.
    pictures: BTreeSet<Arc<str>>,
    /// How many findings are about those.
    n: usize,
}

impl Fixed {
    /// Mends the wanted findings of a book, which becomes the mended one.
    pub(super) fn of(
        site: &mut Site,
        root: &Path,
        wanted: impl Fn(&Diagnostic) -> bool,
    ) -> anyhow::Result<Fixed> {
        let texts = mend(site, &wanted);
        let told = [Rule::PicturePosition, Rule::CameraSerial];
        let is_of_picture = |it: &&Diagnostic| told.contains(&it.rule) && wanted(it);
        let findings = site.report.diagnostics().iter().filter(is_of_picture);
        let mut pictures = BTreeSet::new();
        let mut n = 0;
        for path in findings.map(|it| &it.span.path) {
            if pictures.contains(path) || disk::without_traces(root, path)?.is_some() {
                pictures.insert(Arc::clone(path));
                n += 1;
            }
        }
        if !pictures.is_empty() {
            let mut inputs = (*site.inputs).clone();
            for (path, asset) in &mut inputs.assets {
                if pictures.contains(layout::in_static(path).as_str()) {
                    asset.traces = Traces::default();
                }
            }
            *site = Site::of(inputs, &Arc::clone(&site.built));
        }
        Ok(Fixed { texts, pictures, n })
    }

    /// Prints what would change as a unified diff.
    ///
    /// Without lines around a change: they would begin with what a source wrote, which can
    /// be a command to whatever reads the output. A picture has none, and is named as `git
    /// diff` does.
    pub(super) fn show(&self, out: &mut impl Write) -> anyhow::Result<Outcome> {
        for change in &self.texts.changes {
            let diff = diff(&change.path, &change.before, &change.after);
            out.write_all(printable(&diff).as_bytes())?;
        }
        for path in &self.pictures {
            let path = printable(path);
            writeln!(out, "Binary files a/{path} and b/{path} differ")?;
        }
        let is_done = self.texts.changes.is_empty() && self.pictures.is_empty();
        Ok(if is_done { Outcome::Done } else { Outcome::Findings })
    }

    /// Puts the mended texts in place of the old ones. An old text that is not in the last
    /// commit is kept beside the new one, if that is wanted.
    pub(super) fn write(&self, root: &Path, how: &Fixing) -> anyhow::Result<()> {
        let texts = self.texts.changes.iter().map(|it| &it.path);
        let paths: Vec<&str> = texts.chain(&self.pictures).map(|it| &**it).collect();
        let keeps = !how.no_backup;
        let kept =
            if keeps { publish::committed(root, &paths) } else { BTreeSet::default() };
        let backup = |path: &str| keeps && !kept.contains(path);
        for change in &self.texts.changes {
            let (before, after) = (change.before.as_bytes(), change.after.as_bytes());
            disk::replace(root, &change.path, before, after, backup(&change.path))?;
        }
        for path in &self.pictures {
            if let Some((before, after)) = disk::without_traces(root, path)? {
                disk::replace(root, path, &before, &after, backup(path))?;
            }
        }
        Ok(())
    }

    /// `fixed 12 findings in 5 files`.
    pub(super) fn closing(&self) -> String {
        let n_files = self.texts.changes.len() + self.pictures.len();
        match report::counted(self.texts.n + self.n, "finding") {
            Some(findings) => {
                let files = report::counted(n_files, "file").unwrap_or_default();
                format!("fixed {findings} in {files}")
            }
            None => "nothing could be fixed for certain".to_owned(),
        }
    }
}

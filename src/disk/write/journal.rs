//! What is to be done when every page is there, so that it is done even if interrupted.
#![expect(clippy::disallowed_methods, reason = "this is the edge to the file system")]

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use anyhow::Context;

use crate::disk::write::cannot;

/// The journal's name in the staging folder.
pub(super) const NAME: &str = "journal";

/// The last steps of a build: removals, then moves.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Journal {
    /// Files of the last build that are no more.
    pub(super) removed: Vec<String>,
    /// Files to be moved from the staging folder; the manifest is the last.
    pub(super) moved: Vec<String>,
}

impl Journal {
    /// Writes the journal so that it is there whole or not at all.
    pub(super) fn write(&self, staging: &Path) -> anyhow::Result<()> {
        let mut text = String::new();
        for path in &self.removed {
            text += &format!("- {path}\n");
        }
        for path in &self.moved {
            text += &format!("+ {path}\n");
        }
        let (new, path) = (staging.join("journal.new"), staging.join(NAME));
        let write = || -> std::io::Result<()> {
            let mut file = File::create(&new)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&new, &path)
        };
        write().with_context(|| cannot("write", &path))
    }

    fn read(staging: &Path) -> Option<Journal> {
        let text = fs::read_to_string(staging.join(NAME)).ok()?;
        let with = |sign: &str| {
            let lines = text.lines().filter_map(|line| line.strip_prefix(sign));
            lines.map(str::to_owned).collect()
        };
        Some(Journal { removed: with("- "), moved: with("+ ") })
    }

    /// Does what is left to do, and forgets the journal.
    pub(super) fn carry_out(&self, output: &Path, staging: &Path) -> anyhow::Result<()> {
        for path in &self.removed {
            remove(output, path)?;
        }
        for path in &self.moved {
            let (from, to) = (staging.join("tree").join(path), output.join(path));
            if !from.exists() {
                continue; // done before the interruption
            }
            if to.is_dir() {
                prune(output, path); // a page's folder that is empty now
            }
            if let Some(folder) = to.parent() {
                super::make_folder(folder).with_context(|| cannot("make", folder))?;
            }
            fs::rename(&from, &to).with_context(|| cannot("write", &to))?;
        }
        let path = staging.join(NAME);
        fs::remove_file(&path).with_context(|| cannot("remove", &path))
    }
}

/// Finishes or forgets what an interrupted build left.
pub(super) fn recover(output: &Path, staging: &Path) -> anyhow::Result<()> {
    if let Some(journal) = Journal::read(staging) {
        journal.carry_out(output, staging)?;
    }
    let tree = staging.join("tree");
    match fs::remove_dir_all(&tree) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| cannot("remove", &tree))
        }
        _ => Ok(()),
    }
}

/// Removes a file and the folders above it that are empty then.
fn remove(output: &Path, path: &str) -> anyhow::Result<()> {
    let file = output.join(path);
    match fs::remove_file(&file) {
        Ok(()) => {}
        Err(_) if !file.exists() => {}
        Err(error) => return Err(error).with_context(|| cannot("remove", &file)),
    }
    let mut folder = path;
    while let Some((above, _)) = folder.rsplit_once('/') {
        folder = above;
        if fs::remove_dir(output.join(folder)).is_err() {
            break; // something is in it
        }
    }
    Ok(())
}

/// Removes empty folders where a file is to be.
fn prune(output: &Path, path: &str) {
    let folders = walkdir::WalkDir::new(output.join(path)).contents_first(true);
    for entry in folders.into_iter().filter_map(Result::ok) {
        let _ = fs::remove_dir(entry.path());
    }
}

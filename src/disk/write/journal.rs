//! The last steps of a build, written down before the first of them is taken, so that they are
//! finished even after an interruption.
#![expect(clippy::disallowed_methods, reason = "this is the edge to the file system")]

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, bail};

use crate::disk::write::manifest::is_within;
use crate::disk::write::place::{self, There, Umask, look};
use crate::disk::write::{cannot, in_the_way};

/// The journal's name in the staging folder.
pub(super) const NAME: &str = "journal";

/// The last steps of a build: removals, then moves, since a page may need a folder where a file
/// was.
///
/// After an interruption all steps are taken again from the first, so each of them must accept
/// that it has been done before.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Journal {
    /// Files of the last build that are no more.
    pub(super) removed: Vec<String>,
    /// Files to be moved from the staging folder; the manifest is the last.
    pub(super) moved: Vec<String>,
}

impl Journal {
    /// Writes the journal so that it is there whole or not at all.
    pub(super) fn write(&self, staging: &Path, umask: Umask) -> anyhow::Result<()> {
        let mut text = String::new();
        for (sign, paths) in [("- ", &self.removed), ("+ ", &self.moved)] {
            for path in paths {
                text.extend([sign, path, "\n"]);
            }
        }
        let (new, path) = (staging.join("journal.new"), staging.join(NAME));
        let _ = fs::remove_file(&new);
        let write = || -> std::io::Result<()> {
            let mut file = place::create(&new, umask)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&new, &path)
        };
        write().with_context(|| cannot("write", &path))
    }

    /// `None` if there is none. Paths that lead out of the output are left out.
    fn read(staging: &Path) -> anyhow::Result<Option<Journal>> {
        let path = staging.join(NAME);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| cannot("read", &path)),
        };
        let with = |sign: &str| {
            let paths = text.lines().filter_map(|line| line.strip_prefix(sign));
            paths.filter(|path| is_within(path)).map(str::to_owned).collect()
        };
        Ok(Some(Journal { removed: with("- "), moved: with("+ ") }))
    }

    /// Does what is left to do, and forgets the journal.
    pub(super) fn carry_out(
        &self,
        output: &Path,
        staging: &Path,
        umask: Umask,
    ) -> anyhow::Result<()> {
        self.settle(output, staging, umask).context(
            "the site is half old and half new: when the cause is mended, the next build finishes it",
        )?;
        let path = staging.join(NAME);
        fs::remove_file(&path).with_context(|| cannot("remove", &path))
    }

    fn settle(&self, output: &Path, staging: &Path, umask: Umask) -> anyhow::Result<()> {
        for path in &self.removed {
            remove(output, path)?;
        }
        let mut ready = ""; // the folder that the last file went to
        for path in &self.moved {
            let (from, to) = (staging.join("tree").join(path), output.join(path));
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            if folder != ready {
                make_folders(output, folder, umask)?;
                ready = folder;
            }
            match fs::rename(&from, &to) {
                Ok(()) => {}
                // Done before the interruption.
                Err(error) if error.kind() == ErrorKind::NotFound && !from.exists() => {}
                Err(_) if look(&to).is_ok_and(|it| it == There::Folder) => {
                    prune(&to); // a page's folder that is empty now
                    fs::rename(&from, &to).with_context(|| cannot("write", &to))?;
                }
                Err(error) => return Err(error).with_context(|| cannot("write", &to)),
            }
        }
        Ok(())
    }
}

/// Finishes or forgets what an interrupted build left.
pub(super) fn recover(output: &Path, staging: &Path, umask: Umask) -> anyhow::Result<()> {
    if let Some(journal) = Journal::read(staging)? {
        journal.carry_out(output, staging, umask)?;
    }
    let tree = staging.join("tree");
    match fs::remove_dir_all(&tree) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| cannot("remove", &tree))
        }
        _ => Ok(()),
    }
}

/// The folders of a path below the output; none of them is a link that leads elsewhere.
fn make_folders(output: &Path, folder: &str, umask: Umask) -> anyhow::Result<()> {
    let mut path = output.to_owned();
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        path.push(part);
        match look(&path).with_context(|| cannot("look at", &path))? {
            There::Folder => {}
            There::Nothing => {
                place::make_folder(&path, umask)
                    .with_context(|| cannot("make", &path))?;
            }
            _ => bail!(in_the_way(&path)),
        }
    }
    Ok(())
}

/// Removes a file and the folders above it that this leaves empty, as far as that has not been
/// done yet. A path that is a folder, or that leads through a link, is not what Dateline made
/// there, and stays.
fn remove(output: &Path, path: &str) -> anyhow::Result<()> {
    let ends = path.match_indices('/').map(|(at, _)| at);
    for folder in ends.map(|at| &path[..at]) {
        let there = output.join(folder);
        match look(&there).with_context(|| cannot("look at", &there))? {
            There::Folder => {}
            There::Nothing => break,
            _ => return Ok(()),
        }
    }
    let file = output.join(path);
    let what = look(&file).with_context(|| cannot("look at", &file))?;
    if what == There::Folder {
        return Ok(());
    }
    if what != There::Nothing {
        fs::remove_file(&file).with_context(|| cannot("remove", &file))?;
    }
    // A folder that is gone already does not end the climb: the build may have been killed
    // after that one and before the one above.
    let mut folder = path;
    while let Some((above, _)) = folder.rsplit_once('/') {
        folder = above;
        match fs::remove_dir(output.join(folder)) {
            Err(error) if error.kind() != ErrorKind::NotFound => break, // something is in it
            _ => {}
        }
    }
    Ok(())
}

/// Removes a folder of empty folders.
fn prune(folder: &Path) {
    let folders = walkdir::WalkDir::new(folder).contents_first(true);
    for entry in folders.into_iter().filter_map(Result::ok) {
        let _ = fs::remove_dir(entry.path());
    }
}

//! The site's files: compared, staged beside the output, and moved in place at the end.
//!
//! The first time, the site is written to a folder beside the output, which is then renamed as
//! a whole. Later, only what differs is staged there. When every page is staged, a journal says
//! what is to be moved and removed, and from then on the work is finished even after an
//! interruption, by whoever opens the output next. Before that, nothing in the output has been
//! touched.
#![expect(clippy::disallowed_methods, reason = "this is the edge to the file system")]

mod compare;
mod guard;
mod journal;
mod manifest;
mod place;
mod stamp;

use std::fs::{self, File};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use anyhow::{Context, bail};

use crate::disk::open::{StaticFile, open};
use crate::disk::write::journal::Journal;
use crate::disk::write::manifest::{Manifest, is_within};
use crate::disk::write::place::{There, Tree, Umask, look, make_folder};

pub(super) use guard::resolved;
pub(super) use manifest::MANIFEST;
pub use stamp::Stamp;

/// Writes one site. Dropped without [`Writer::finish`], it leaves the old site as it was.
#[derive(Debug)]
pub struct Writer {
    output: PathBuf,
    staging: PathBuf,
    /// Where the stamp of the last build lies, if there is one.
    stamp: PathBuf,
    /// The lock is held as long as the file is open.
    _lock: File,
    /// What the last build made.
    old: Manifest,
    /// Whether the output is new, so that the staging folder becomes it.
    is_first: bool,
    tree: Tree,
    umask: Umask,
    made: Mutex<Made>,
    bytes: AtomicU64,
    new: AtomicUsize,
    changed: AtomicUsize,
}

/// What has been taken so far, in no order.
#[derive(Debug, Default)]
struct Made {
    /// As it was in the output.
    kept: Vec<String>,
    /// Written beside it.
    staged: Vec<String>,
}

/// What a finished build wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files of the site.
    pub files: usize,
    /// Their size together.
    pub bytes: u64,
    /// Files that were not there before.
    pub new: usize,
    /// Files that differ from before.
    pub changed: usize,
    /// Files left as they were.
    pub unchanged: usize,
    /// Files of the last build that are no more.
    pub removed: usize,
}

impl Writer {
    /// Opens an output folder. `root` is the book, `sources` are its folders.
    ///
    /// Refuses a folder that is the book, a source, or above them, that is a link or a file,
    /// or that holds files but no manifest; finishes what an interrupted build began.
    pub fn open(
        output: &Path,
        root: &Path,
        sources: &[PathBuf],
    ) -> anyhow::Result<Writer> {
        let output = guard::check(output, root, sources)?;
        let (staging, stamp) = (staging_of(&output)?, stamp::stamp_of(&output)?);
        let lock = guard::lock(&staging)?;
        let umask =
            Umask::probe(&staging).with_context(|| cannot("write into", &staging))?;
        journal::recover(&output, &staging, umask)?;
        let old = Manifest::read(&output)?;
        let is_first = old.is_none();
        if is_first {
            guard::refuse_strangers(&output)?;
        }
        let tree = staging.join("tree");
        make_folder(&tree, umask).with_context(|| cannot("make", &tree))?;
        Ok(Writer {
            output,
            staging,
            stamp,
            _lock: lock,
            old: old.unwrap_or_default(),
            is_first,
            tree: Tree::new(tree, umask),
            umask,
            made: Mutex::default(),
            bytes: AtomicU64::new(0),
            new: AtomicUsize::new(0),
            changed: AtomicUsize::new(0),
        })
    }

    /// The files that the last build made, by path; empty for a first one.
    pub fn last(&self) -> impl Iterator<Item = &str> + Clone {
        self.old.paths()
    }

    /// Finishes what an interrupted build began in an output, if one was interrupted; for a
    /// build that will not write.
    pub fn settle(output: &Path, root: &Path, sources: &[PathBuf]) -> anyhow::Result<()> {
        let output = guard::check(output, root, sources)?;
        let is_interrupted = staging_of(&output)?.join(journal::NAME).exists();
        if is_interrupted {
            drop(Writer::open(&output, root, sources)?);
        }
        Ok(())
    }

    /// Takes a file of the site. May be called from many threads.
    pub fn put(&self, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
        self.take(
            path,
            bytes.len() as u64,
            |file| compare::holds(file, bytes),
            |file| file.write_all(bytes),
        )
    }

    /// Takes a file of the site that is a copy of one of `static/`. May be called from many
    /// threads.
    pub fn copy(&self, path: &str, source: &StaticFile) -> anyhow::Result<()> {
        self.take(
            path,
            source.size,
            |there| compare::are_equal(there, &source.file, source.size),
            |to| {
                let mut from = &source.file;
                from.rewind()?;
                io::copy(&mut from, to).map(drop)
            },
        )
    }

    /// Keeps what is in the output, if it `is_equal`; else stages what is `written`.
    fn take(
        &self,
        path: &str,
        len: u64,
        is_equal: impl FnOnce(&File) -> io::Result<bool>,
        written: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        if !is_within(path) {
            bail!("`{path}` is not a path within the site");
        }
        if path == MANIFEST {
            bail!(
                "`{path}` is the name of Dateline's own list: rename the file in static/"
            );
        }
        self.bytes.fetch_add(len, Ordering::Relaxed);
        if !self.is_first && self.is_there(path, len, is_equal) {
            self.made().kept.push(path.to_owned());
            return Ok(());
        }
        self.prepare(path)?;
        let file = self.tree.create(path);
        file.and_then(|mut file| written(&mut file))
            .with_context(|| cannot("write", &self.output.join(path)))?;
        self.made().staged.push(path.to_owned());
        Ok(())
    }

    /// Whether the output has the file already. One that cannot be read counts as different.
    fn is_there(
        &self,
        path: &str,
        len: u64,
        is_equal: impl FnOnce(&File) -> io::Result<bool>,
    ) -> bool {
        let compare = || -> io::Result<bool> {
            let file = open(&self.output.join(path))?;
            let metadata = file.metadata()?;
            Ok(metadata.is_file() && metadata.len() == len && is_equal(&file)?)
        };
        compare().unwrap_or(false)
    }

    /// Counts a file that is going to be staged. It is an error if something is in its way that
    /// Dateline did not make: a file in its place, or a file or a link where a folder of its
    /// path is to be. That is found out now, while the old site is still whole.
    fn prepare(&self, path: &str) -> anyhow::Result<()> {
        let what = if self.is_first { There::Nothing } else { self.look_at(path)? };
        let counter = if what == There::File { &self.changed } else { &self.new };
        counter.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn look_at(&self, path: &str) -> anyhow::Result<There> {
        let ends = path.match_indices('/').map(|(at, _)| at);
        for folder in ends.map(|at| &path[..at]) {
            let there = self.output.join(folder);
            match look(&there).with_context(|| cannot("look at", &there))? {
                There::Folder => {}
                There::Nothing => return Ok(There::Nothing),
                // A page of the last build, which is removed before anything is moved.
                _ if self.old.has(folder) => return Ok(There::Nothing),
                _ => bail!(in_the_way(&there)),
            }
        }
        let there = self.output.join(path);
        let what = look(&there).with_context(|| cannot("look at", &there))?;
        match what {
            There::Folder => self.refuse_strangers_below(path)?,
            There::Nothing => {}
            _ if self.old.has(path) => {}
            _ => bail!(in_the_way(&there)),
        }
        Ok(what)
    }

    /// A folder where a file is to be: all in it must be Dateline's, so that it can go.
    fn refuse_strangers_below(&self, path: &str) -> anyhow::Result<()> {
        let top = self.output.join(path);
        for entry in walkdir::WalkDir::new(&top).min_depth(1) {
            let entry = entry.with_context(|| cannot("list", &top))?;
            let within = entry.path().strip_prefix(&self.output).ok();
            let within = within.and_then(|it| {
                it.iter().map(|part| part.to_str()).collect::<Option<Vec<_>>>()
            });
            let is_ours = within.is_some_and(|it| self.old.has(&it.join("/")));
            if !entry.file_type().is_dir() && !is_ours {
                bail!(in_the_way(entry.path()));
            }
        }
        Ok(())
    }

    fn made(&self) -> std::sync::MutexGuard<'_, Made> {
        self.made.lock().expect("no thread panics while it holds this")
    }

    /// Moves everything in place and removes what the last build made and this one did not.
    pub fn finish(self) -> anyhow::Result<Written> {
        let Made { kept, mut staged } = std::mem::take(&mut *self.made());
        let mut paths: Vec<&str> =
            kept.iter().chain(&staged).map(String::as_str).chain([MANIFEST]).collect();
        paths.sort_unstable();
        let removed = self.old.without(&paths);
        let (new, changed) =
            (self.new.load(Ordering::Relaxed), self.changed.load(Ordering::Relaxed));
        let written = Written {
            files: paths.len() - 1,
            bytes: self.bytes.load(Ordering::Relaxed),
            new,
            changed,
            unchanged: kept.len(),
            removed: removed.len(),
        };
        // The list is looked at as well: somebody may have deleted a line of it, and a page that
        // is not listed would never be removed.
        let is_listed = removed.is_empty() && self.last().count() == paths.len();
        if !self.is_first && staged.is_empty() && is_listed {
            return Ok(written);
        }
        let manifest = self.tree.create(MANIFEST).and_then(|mut file| {
            file.write_all(Manifest::text(paths.into_iter()).as_bytes())
        });
        manifest.with_context(|| cannot("write", &self.output.join(MANIFEST)))?;
        if self.is_first {
            fs::rename(self.tree.top(), &self.output)
                .with_context(|| cannot("make", &self.output))?;
        } else {
            staged.sort_unstable();
            staged.push(MANIFEST.to_owned()); // last, when all that it lists is in place
            let journal = Journal { removed, moved: staged };
            journal.write(&self.staging, self.umask)?;
            journal.carry_out(&self.output, &self.staging, self.umask)?;
        }
        Ok(written)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // A journal means that the move has begun; the next one to open the output finishes it.
        if !self.staging.join(journal::NAME).exists() {
            guard::clear(&self.staging);
        }
    }
}

/// The folder beside an output in which a build gathers what differs.
fn staging_of(output: &Path) -> anyhow::Result<PathBuf> {
    beside(output, ".staging")
}

/// A hidden path beside an output: its name with an ending.
fn beside(output: &Path, ending: &str) -> anyhow::Result<PathBuf> {
    let mut name = std::ffi::OsString::from(".");
    name.push(output.file_name().context("the output folder has no name")?);
    name.push(ending);
    Ok(output.with_file_name(name))
}

fn in_the_way(path: &Path) -> String {
    format!(
        "{} is in the way and was not made by Dateline: move it elsewhere",
        path.display()
    )
}

fn cannot(what: &str, path: &Path) -> String {
    format!("cannot {what} {}", path.display())
}

#[cfg(test)]
mod tests;

//! The site's files: compared, staged beside the output, and moved in place at the end.
//!
//! A site that is there for the first time is written beside and renamed as a whole. Later,
//! only what differs is staged; when every page is there a journal says what is to be done,
//! and from then on the work is finished even after an interruption, by whoever opens the
//! output next. Before that, nothing in the output has been touched.
#![expect(clippy::disallowed_methods, reason = "this is the edge to the file system")]

mod guard;
mod journal;

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use anyhow::{Context, bail};

use crate::disk::read::open;
use crate::disk::write::journal::Journal;

pub(super) use guard::resolved;

/// The list of what Dateline made, inside the output: its first line is [`HEADER`], then one
/// path a line. Only what is on it is ever deleted.
pub(super) const MANIFEST: &str = "dateline-manifest.txt";
const HEADER: &str = "dateline 1";

/// Writes one site. Dropped without [`Writer::finish`], it leaves the old site as it was.
#[derive(Debug)]
pub struct Writer {
    output: PathBuf,
    staging: PathBuf,
    /// The lock is held as long as the file is open.
    _lock: File,
    /// What the last build made; empty for a first one.
    old: BTreeSet<String>,
    /// Whether the output is new, so that the staging folder becomes it.
    is_first: bool,
    made: Mutex<Made>,
    files: AtomicUsize,
    bytes: AtomicU64,
    new: AtomicUsize,
    changed: AtomicUsize,
}

/// What has been written so far.
#[derive(Debug, Default)]
struct Made {
    paths: Vec<String>,
    staged: Vec<String>,
    folders: HashSet<PathBuf>,
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
    pub fn open(output: &Path, root: &Path, sources: &[&Path]) -> anyhow::Result<Writer> {
        let output = guard::check(output, root, sources)?;
        let name = output.file_name().context("the output folder has no name")?;
        let mut staging_name = std::ffi::OsString::from(".");
        staging_name.push(name);
        staging_name.push(".staging");
        let staging = output.with_file_name(staging_name);
        let lock = guard::lock(&staging)?;
        journal::recover(&output, &staging)?;
        let old = read_manifest(&output)?;
        let is_first = old.is_none();
        if is_first {
            guard::refuse_strangers(&output)?;
        }
        let tree = staging.join("tree");
        make_folder(&tree).with_context(|| cannot("make", &tree))?;
        Ok(Writer {
            output,
            staging,
            _lock: lock,
            old: old.unwrap_or_default(),
            is_first,
            made: Mutex::default(),
            files: AtomicUsize::new(0),
            bytes: AtomicU64::new(0),
            new: AtomicUsize::new(0),
            changed: AtomicUsize::new(0),
        })
    }

    /// Takes a file of the site. May be called from many threads.
    pub fn put(&self, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
        self.account(path, bytes.len() as u64)?;
        if !self.differs(path, bytes)? {
            return Ok(());
        }
        let target = self.stage(path)?;
        write_file(&target, bytes)
            .with_context(|| cannot("write", &self.output.join(path)))
    }

    /// Takes a file of the site that is a copy of another. May be called from many threads.
    pub fn copy(&self, path: &str, source: &Path) -> anyhow::Result<()> {
        let mut bytes = Vec::new();
        let read = open(source)
            .and_then(|mut file| std::io::Read::read_to_end(&mut file, &mut bytes));
        read.with_context(|| cannot("read", source))?;
        self.put(path, &bytes)
    }

    fn account(&self, path: &str, len: u64) -> anyhow::Result<()> {
        let is_plain = |part: &str| !matches!(part, "" | "." | "..");
        if !path.split('/').all(is_plain) || path.contains(['\0', '\\']) {
            bail!("`{path}` is no path within the site");
        }
        self.files.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(len, Ordering::Relaxed);
        self.made().paths.push(path.to_owned());
        Ok(())
    }

    fn made(&self) -> std::sync::MutexGuard<'_, Made> {
        self.made.lock().expect("no thread panics while it holds this")
    }

    /// Whether what lies in the output is something else.
    fn differs(&self, path: &str, bytes: &[u8]) -> anyhow::Result<bool> {
        if self.is_first {
            self.new.fetch_add(1, Ordering::Relaxed);
            return Ok(true);
        }
        let there = self.output.join(path);
        let is_ours = self.old.contains(path);
        match fs::symlink_metadata(&there) {
            Ok(metadata) if metadata.is_file() => {
                let same = metadata.len() == bytes.len() as u64
                    && fs::read(&there).is_ok_and(|old| old == bytes);
                if same {
                    return Ok(false);
                }
                if !is_ours {
                    bail!(
                        "{} is in the way and was not made by Dateline: move it elsewhere",
                        there.display()
                    );
                }
                self.changed.fetch_add(1, Ordering::Relaxed);
            }
            Ok(metadata) if metadata.is_dir() || is_ours => {
                self.new.fetch_add(1, Ordering::Relaxed);
            }
            Ok(_) => bail!("{} is in the way: move it elsewhere", there.display()),
            Err(_) => {
                self.new.fetch_add(1, Ordering::Relaxed);
            }
        }
        Ok(true)
    }

    /// A place in the staging folder, with the folders above it.
    fn stage(&self, path: &str) -> anyhow::Result<PathBuf> {
        let target = self.staging.join("tree").join(path);
        let folder = target.parent().unwrap_or(&self.staging);
        let mut made = self.made();
        if !made.folders.contains(folder) {
            make_folder(folder).with_context(|| cannot("make", folder))?;
            made.folders.insert(folder.to_owned());
        }
        made.staged.push(path.to_owned());
        Ok(target)
    }

    /// Moves everything in place and removes what the last build made and this one did not.
    pub fn finish(self) -> anyhow::Result<Written> {
        let mut made = std::mem::take(&mut *self.made());
        made.paths.push(MANIFEST.to_owned());
        made.paths.sort();
        made.staged.sort();
        let mut manifest = format!("{HEADER}\n");
        for path in &made.paths {
            manifest += path;
            manifest.push('\n');
        }
        let unchanged = |new: usize, changed: usize| made.paths.len() - 1 - new - changed;
        let (new, changed) =
            (self.new.load(Ordering::Relaxed), self.changed.load(Ordering::Relaxed));
        let now: BTreeSet<&str> = made.paths.iter().map(String::as_str).collect();
        let removed: Vec<&str> = self
            .old
            .iter()
            .map(String::as_str)
            .filter(|path| !now.contains(path))
            .collect();
        let written = Written {
            files: self.files.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
            new,
            changed,
            unchanged: unchanged(new, changed),
            removed: removed.len(),
        };
        let tree = self.staging.join("tree");
        if self.is_first {
            let path = tree.join(MANIFEST);
            write_file(&path, manifest.as_bytes())
                .with_context(|| cannot("write", &path))?;
            fs::rename(&tree, &self.output)
                .with_context(|| cannot("make", &self.output))?;
        } else if !made.staged.is_empty() || !removed.is_empty() {
            let path = tree.join(MANIFEST);
            write_file(&path, manifest.as_bytes())
                .with_context(|| cannot("write", &path))?;
            made.staged.push(MANIFEST.to_owned()); // last, when all it lists is there
            let journal = Journal {
                removed: removed.into_iter().map(str::to_owned).collect(),
                moved: made.staged,
            };
            journal.write(&self.staging)?;
            journal.carry_out(&self.output, &self.staging)?;
        }
        Ok(written)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // A journal means that the move has begun: whoever comes next finishes it.
        if !self.staging.join(journal::NAME).exists() {
            let _ = fs::remove_dir_all(&self.staging);
        }
    }
}

/// What the last build made; `None` if there was none.
fn read_manifest(output: &Path) -> anyhow::Result<Option<BTreeSet<String>>> {
    let path = output.join(MANIFEST);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| cannot("read", &path)),
    };
    let mut lines = text.lines();
    if lines.next() != Some(HEADER) {
        bail!("{} is not a list that Dateline made: move it elsewhere", path.display());
    }
    let is_plain = |part: &str| !matches!(part, "" | "." | "..");
    let safe = lines.filter(|path| path.split('/').all(is_plain) && !path.contains('\\'));
    Ok(Some(safe.map(str::to_owned).collect()))
}

/// A new file that everybody may read, whatever the umask: it is going to be published.
fn write_file(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if file.metadata()?.permissions().mode() & 0o777 != 0o644 {
            file.set_permissions(fs::Permissions::from_mode(0o644))?;
        }
    }
    file.write_all(bytes)
}

/// A folder and those above it that everybody may open, whatever the umask.
fn make_folder(path: &Path) -> std::io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    if let Some(above) = path.parent() {
        make_folder(above)?;
    }
    match fs::create_dir(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return Ok(()),
        other => other?,
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

fn cannot(what: &str, path: &Path) -> String {
    format!("cannot {what} {}", path.display())
}

#[cfg(test)]
mod tests;

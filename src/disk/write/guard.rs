//! Which folders may become a site, and who may write one at a time.
#![expect(clippy::disallowed_methods, reason = "this is the edge to the file system")]

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};

use crate::disk::write::cannot;
use crate::disk::write::place::{There, Umask, look, make_folder};

/// How often a locked output is tried again, a tenth of a second apart.
const TRIES: u32 = 30;

/// The output as an absolute path, if it may be one.
pub(super) fn check(
    output: &Path,
    root: &Path,
    sources: &[PathBuf],
) -> anyhow::Result<PathBuf> {
    let shown = output.display();
    if fs::symlink_metadata(output).is_ok_and(|it| it.is_symlink()) {
        bail!("the output folder {shown} is a symbolic link: name a folder of its own");
    }
    let output = resolved(output)?;
    let root = resolved(root)?;
    if root.starts_with(&output) {
        bail!(
            "the output folder {shown} is the book or lies above it: name a folder of its own"
        );
    }
    for source in sources {
        let source = resolved(source)?;
        if output.starts_with(&source) || source.starts_with(&output) {
            bail!(
                "the output folder {shown} is a source of the book: name a folder of its own"
            );
        }
    }
    if output.starts_with(root.join(".git")) || output.starts_with(root.join("src")) {
        bail!(
            "the output folder {shown} is a source of the book: name a folder of its own"
        );
    }
    if fs::metadata(&output).is_ok_and(|it| !it.is_dir()) {
        bail!("the output {shown} is a file: name a folder");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let device = |path: &Path| fs::metadata(path).ok().map(|it| it.dev());
        let above = output.parent().and_then(device);
        if device(&output).is_some_and(|it| Some(it) != above) {
            bail!(
                "the output folder {shown} is a file system of its own, into which nothing can be moved: name a folder inside it"
            );
        }
    }
    Ok(output)
}

/// An absolute path without links and dots; the end of it need not exist.
pub(in crate::disk) fn resolved(path: &Path) -> anyhow::Result<PathBuf> {
    let absolute = std::path::absolute(path)
        .with_context(|| format!("cannot find {}", path.display()))?;
    let mut plain = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    let mut rest = Vec::new();
    let mut there = plain.clone();
    loop {
        if let Ok(real) = there.canonicalize() {
            return Ok(rest.iter().rev().fold(real, |path, part| path.join(part)));
        }
        match (there.file_name().map(ToOwned::to_owned), there.pop()) {
            (Some(name), true) => rest.push(name),
            _ => return Ok(plain),
        }
    }
}

/// Takes the lock of an output: one build at a time.
pub(super) fn lock(staging: &Path) -> anyhow::Result<File> {
    let path = staging.join("lock");
    let mut missing = None;
    for _ in 0..TRIES {
        // Whoever held the lock may remove the folder between any two of these steps. The umask
        // is not known yet, since finding out takes a file in this folder: strict is safe.
        let made = make_folder(staging, Umask::Strict);
        let what = look(staging).with_context(|| cannot("look at", staging))?;
        match what {
            There::Folder => {}
            There::Nothing if made.as_ref().is_err_and(|it| !is_of_a_race(it)) => {
                made.with_context(|| cannot("make", staging))?;
            }
            There::Nothing => {
                missing = made.err();
                continue;
            }
            _ => bail!("{} is in the way: move it elsewhere", staging.display()),
        }
        let file = match open_lock(&path) {
            Err(error) if is_of_a_race(&error) && !staging.exists() => continue,
            file => file.with_context(|| cannot("make", &path))?,
        };
        match file.try_lock() {
            Ok(()) if is_at(&file, &path) => return Ok(file),
            Ok(()) => {} // the lock of a build that has ended: it is no longer at its path
            Err(TryLockError::WouldBlock) => {
                missing = None;
                std::thread::sleep(Duration::from_millis(100));
            }
            Err(TryLockError::Error(error)) => {
                return Err(error).context("cannot lock the output");
            }
        }
    }
    if let Some(error) = missing {
        return Err(error).with_context(|| cannot("make", staging));
    }
    bail!("another build is writing this output: wait for it to end")
}

/// Whether an error can come from a folder that was made or removed in the meantime.
fn is_of_a_race(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::AlreadyExists)
}

/// Opens the lock, but follows no link: a book that was cloned may bring one along that leads
/// to any file of the user.
fn open_lock(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NOFOLLOW);
    options.open(path)
}

/// Whether a path still leads to this very file. A build that ends removes its lock; one that
/// was waiting would then hold a file that nobody else can find, and a third build would make
/// and take a new one.
fn is_at(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let (Ok(open), Ok(there)) = (file.metadata(), fs::symlink_metadata(path)) else {
            return false;
        };
        (open.dev(), open.ino()) == (there.dev(), there.ino())
    }
    #[cfg(not(unix))]
    {
        let _ = file; // what is open cannot be removed
        path.exists()
    }
}

/// Removes the staging folder; for the holder of its lock. The lock goes last. After that the
/// folder may be the next build's, so it is removed only if it is empty.
pub(super) fn clear(staging: &Path) {
    let _ = fs::remove_dir_all(staging.join("tree"));
    let _ = fs::remove_file(staging.join("journal.new"));
    let _ = fs::remove_file(staging.join("stamp.new"));
    let _ = fs::remove_file(staging.join("lock"));
    let _ = fs::remove_dir(staging);
}

/// Refuses a folder that holds files that Dateline did not make.
pub(super) fn refuse_strangers(output: &Path) -> anyhow::Result<()> {
    let Ok(entries) = fs::read_dir(output) else { return Ok(()) };
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    if names.is_empty() {
        return Ok(());
    }
    let shown = names.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
    bail!(
        "the output folder {} holds files that Dateline did not make ({shown}): empty it, or name another with --output",
        output.display()
    )
}

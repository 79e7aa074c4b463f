//! Which folders may become a site, and who may write one at a time.
#![expect(clippy::disallowed_methods, reason = "this is the edge to the file system")]

use std::fs::{self, File, TryLockError};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};

/// How often a locked output is tried again, a tenth of a second apart.
const TRIES: u32 = 30;

/// The output as an absolute path, if it may be one.
pub(super) fn check(
    output: &Path,
    root: &Path,
    sources: &[&Path],
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
    super::make_folder(staging)
        .with_context(|| format!("cannot make {}", staging.display()))?;
    let path = staging.join("lock");
    for _ in 0..TRIES {
        let file = File::create(&path)
            .with_context(|| format!("cannot make {}", path.display()));
        let file = match file {
            Ok(file) => file,
            // Whoever held it has just removed the folder.
            Err(_) if !staging.exists() => {
                super::make_folder(staging)?;
                continue;
            }
            Err(error) => return Err(error),
        };
        match file.try_lock() {
            Ok(()) if path.exists() => return Ok(file),
            Ok(()) => super::make_folder(staging)?,
            Err(TryLockError::WouldBlock) => {
                std::thread::sleep(Duration::from_millis(100));
            }
            Err(TryLockError::Error(error)) => {
                return Err(error).context("cannot lock the output");
            }
        }
    }
    bail!("another build is writing this output: wait for it to end")
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

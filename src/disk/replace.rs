//! A source file gets new bytes: the only place where a file of the user's is changed.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use tempfile::NamedTempFile;

use crate::disk::open::open_below;

/// Puts bytes in place of those that a file of the book had when it was read, in one
/// step. No link is followed. The old ones are kept beside it as `NAME.bak` if `keeps` says
/// so; a copy that is there already is never overwritten.
///
/// The error is for a file that has changed meanwhile, or that cannot be written.
pub fn replace(
    root: &Path,
    path: &str,
    before: &[u8],
    after: &[u8],
    keeps: bool,
) -> anyhow::Result<()> {
    let root =
        root.canonicalize().with_context(|| format!("cannot open {}", root.display()))?;
    let mut now = Vec::new();
    let mut file =
        open_below(&root, path).with_context(|| format!("cannot open {path}"))?;
    file.read_to_end(&mut now).with_context(|| format!("cannot read {path}"))?;
    if now != before {
        bail!("{path} changed while it was being fixed; run the command again");
    }
    let place = root.join(path);
    let folder = place.parent().unwrap_or(&root);
    if keeps {
        keep(&place, before).with_context(|| format!("cannot keep a copy of {path}"))?;
    }
    let written = || -> std::io::Result<()> {
        let mut new = NamedTempFile::new_in(folder)?;
        new.write_all(after)?;
        new.as_file().set_permissions(file.metadata()?.permissions())?;
        new.as_file().sync_all()?;
        new.persist(&place).map_err(|it| it.error)?;
        Ok(())
    };
    written().with_context(|| format!("cannot write {path}"))
}

/// Writes the copy of an old file: `a.md.bak`, `a.md.2.bak` if there is one already.
fn keep(place: &Path, bytes: &[u8]) -> std::io::Result<()> {
    for n in 1_u32.. {
        let mut name = place.as_os_str().to_owned();
        name.push(if n == 1 { ".bak".to_owned() } else { format!(".{n}.bak") });
        let copy = PathBuf::from(name);
        match fs::OpenOptions::new().write(true).create_new(true).open(&copy) {
            Ok(mut file) => return file.write_all(bytes),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

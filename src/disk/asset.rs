//! A file below a folder, opened without following a link.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::disk::read;

/// Opens a file of `static/` by its path there, which must be one of the list of assets.
///
/// No link is followed, neither at the end of the path nor on the way; whatever was put in
/// the file's place since the list was made must be a plain file. The error says why not.
pub fn open_asset(root: &Path, path: &str) -> io::Result<File> {
    open_plain(&root.join("static"), path)
}

/// Opens a plain file by its path from a folder, which is itself no link; no link is
/// followed, neither at the end of the path nor on the way.
pub(super) fn open_plain(folder: &Path, path: &str) -> io::Result<File> {
    let mut folder = folder.to_owned();
    let mut parts = path.split('/').peekable();
    let refuse = || io::Error::new(io::ErrorKind::InvalidInput, "not a plain file");
    while let Some(part) = parts.next() {
        if matches!(part, "" | "." | "..") || !folder.symlink_metadata()?.is_dir() {
            return Err(refuse());
        }
        folder.push(part);
        if parts.peek().is_none() {
            let file = read::open(&folder)?;
            return if file.metadata()?.is_file() { Ok(file) } else { Err(refuse()) };
        }
    }
    Err(refuse())
}

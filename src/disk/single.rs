//! Single files: a new one, the settings, a text that is named on the command line.
#![expect(clippy::disallowed_methods, reason = "this is the edge to the file system")]

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};

use crate::disk::read::{FoundFile, MAX_TEXT, content};
use crate::input::Content;
use crate::layout::SETTINGS;

/// The text of `book.toml`.
pub fn read_settings(root: &Path) -> anyhow::Result<Arc<str>> {
    match settings(root)? {
        Content::Text(text) => Ok(text),
        Content::Refused(refused) => {
            bail!("cannot use {}: it {}", root.join(SETTINGS).display(), refused.why)
        }
    }
}

/// `book.toml` as it was read, or why it was not. The error is for a folder without one.
pub(super) fn settings(root: &Path) -> anyhow::Result<Content> {
    let file = root.join(SETTINGS);
    match fs::symlink_metadata(&file) {
        Err(error) if error.kind() == ErrorKind::NotFound => bail!(
            "cannot find book.toml in {}: name the folder of the book with --root, or begin a book with `dateline init`",
            root.display()
        ),
        Err(error) => {
            Err(error).with_context(|| format!("cannot look at {}", file.display()))
        }
        Ok(_) => Ok(content(&FoundFile { path: SETTINGS.into(), file, refused: None })),
    }
}

/// The way to the nearest folder with a book.toml, from this one up: `.`, `..`, `../..`;
/// `None` if there is no book.
pub fn nearest_book() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let depth = here.ancestors().position(|it| it.join(SETTINGS).is_file())?;
    let ups = std::iter::repeat_n("..", depth);
    Some(if depth == 0 { PathBuf::from(".") } else { ups.collect() })
}

/// The text of a file that was named by hand: a link or a pipe, too, if it ends; `-` is the
/// standard input.
pub fn read_text(path: &Path) -> anyhow::Result<Arc<str>> {
    let cannot = || format!("cannot read {}", path.display());
    let file: Box<dyn Read> = if path.as_os_str() == "-" {
        Box::new(std::io::stdin())
    } else {
        Box::new(fs::File::open(path).with_context(cannot)?)
    };
    let mut bytes = Vec::new();
    file.take(MAX_TEXT + 1).read_to_end(&mut bytes).with_context(cannot)?;
    if bytes.len() as u64 > MAX_TEXT {
        bail!("{} has more than {MAX_TEXT} bytes: split it", path.display());
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.into()),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            bail!(
                "{} is not valid UTF-8 from byte {at} on: save it as UTF-8",
                path.display()
            )
        }
    }
}

/// Makes a file that does not exist yet, and the folders above it.
pub fn create(root: &Path, path: &str, text: &str) -> anyhow::Result<()> {
    let path = root.join(path);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let file = fs::OpenOptions::new().write(true).create_new(true).open(&path);
    match file {
        Ok(mut file) => file
            .write_all(text.as_bytes())
            .with_context(|| format!("cannot write {}", path.display())),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("{} exists already; nothing was changed", path.display())
        }
        Err(error) => {
            Err(error).with_context(|| format!("cannot make {}", path.display()))
        }
    }
}

/// The path of a file from the root of the book, with `/`; `None` if it lies elsewhere.
pub fn path_within(root: &Path, file: &Path) -> Option<String> {
    let root = root.canonicalize().ok()?;
    let file = file.canonicalize().ok()?;
    let within = file.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = within.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

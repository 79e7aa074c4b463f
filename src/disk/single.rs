//! Single files: a new one, the settings, a text that is named on the command line.
#![expect(clippy::disallowed_methods, reason = "this is the edge to the file system")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};

/// The text of `book.toml`, or of nothing if there is none.
pub fn read_settings(root: &Path) -> anyhow::Result<String> {
    let path = root.join("book.toml");
    if !path.exists() {
        bail!(
            "cannot find book.toml in {}: name the folder of the book with --root",
            root.display()
        );
    }
    fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
}

/// The text of a file that was named by hand.
pub fn read_text(path: &Path) -> anyhow::Result<Arc<str>> {
    let text =
        fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    match String::from_utf8(text) {
        Ok(text) => Ok(text.into()),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            bail!("{} is no UTF-8 from byte {at} on: save it as UTF-8", path.display())
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
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
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

//! A folder that becomes a book: what is there, and the files that are added.
#![expect(clippy::disallowed_methods, reason = "this is the edge to the file system")]

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

use crate::disk::open::open;

/// What a folder holds that is to become a book.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FolderState {
    /// The folder's own name; empty for a top of the file system.
    pub name: String,
    /// The names in it, sorted.
    pub names: Vec<String>,
    /// The text of its `CNAME`.
    pub cname: Option<String>,
    /// Git's address of the remote `origin`.
    pub origin: Option<String>,
    /// The branch that Git has checked out.
    pub branch: Option<String>,
}

/// Looks at a folder, which need not exist.
pub fn survey(folder: &Path) -> anyhow::Result<FolderState> {
    let cannot = || format!("cannot look into {}", folder.display());
    let whole = std::path::absolute(folder).with_context(cannot)?;
    let whole = whole.canonicalize().unwrap_or(whole);
    let name = whole.file_name().map(|it| it.to_string_lossy().into_owned());
    let mut state =
        FolderState { name: name.unwrap_or_default(), ..FolderState::default() };
    match fs::read_dir(folder) {
        Ok(entries) => {
            for entry in entries {
                let name = entry.with_context(cannot)?.file_name();
                state.names.push(name.to_string_lossy().into_owned());
            }
        }
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(state),
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            bail!("{} is a file: name a folder", folder.display())
        }
        Err(error) => return Err(error).with_context(cannot),
    }
    state.names.sort();
    let mut cname = String::new();
    let read = open(&folder.join("CNAME"))
        .and_then(|file| file.take(1024).read_to_string(&mut cname));
    state.cname = read.is_ok().then_some(cname);
    // Only a repository whose top this is: within another one, its paths would be wrong.
    if fs::symlink_metadata(folder.join(".git")).is_ok() {
        state.origin = git(folder, &["config", "--get", "remote.origin.url"]);
        state.branch = git(folder, &["symbolic-ref", "--short", "HEAD"]);
    }
    Ok(state)
}

/// One line that Git says of a folder; `None` if it says nothing, or is not there.
fn git(folder: &Path, args: &[&str]) -> Option<String> {
    let git_dir = folder.join(".git");
    let mut command = Command::new("git");
    command.arg("--git-dir").arg(git_dir).args(args).stderr(Stdio::null());
    let output = command.stdin(Stdio::null()).output().ok()?;
    let line = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !line.is_empty()).then_some(line)
}

/// Whether something has this path in a folder, be it a link that leads nowhere.
pub fn is_there(folder: &Path, path: &str) -> bool {
    fs::symlink_metadata(folder.join(path)).is_ok()
}

/// Makes files, each with its path from the folder, and the folders above them. All of them
/// or none: what was made before an error is taken away again. A file that is there already
/// is an error, and so is a link or a file on the way.
pub fn create_all(folder: &Path, files: &[(String, String)]) -> anyhow::Result<()> {
    let mut made = CreatedFiles::default();
    made.folders(folder)?;
    for (path, text) in files {
        let mut at = folder.to_owned();
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            at.push(part);
            if parts.peek().is_some() {
                made.folder(&at)?;
            }
        }
        made.file(&at, text)?;
    }
    made.keep();
    Ok(())
}

/// What has been made so far, in that order; taken away again if it is not kept.
#[derive(Debug, Default)]
struct CreatedFiles {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl CreatedFiles {
    /// The folder itself and those above it, which may be links.
    fn folders(&mut self, folder: &Path) -> anyhow::Result<()> {
        if folder.as_os_str().is_empty() || folder.is_dir() {
            return Ok(());
        }
        if let Some(above) = folder.parent() {
            self.folders(above)?;
        }
        self.folder(folder)
    }

    fn folder(&mut self, folder: &Path) -> anyhow::Result<()> {
        match fs::create_dir(folder) {
            Ok(()) => self.folders.push(folder.to_owned()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                let there = fs::symlink_metadata(folder);
                if !there.is_ok_and(|it| it.is_dir()) {
                    bail!(
                        "{} is in the way: move it elsewhere; nothing was changed",
                        folder.display()
                    );
                }
            }
            Err(error) => {
                let cannot = || format!("cannot make the folder {}", folder.display());
                return Err(error).with_context(cannot);
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, text: &str) -> anyhow::Result<()> {
        let file = OpenOptions::new().write(true).create_new(true).open(path);
        let mut file = match file {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                bail!("{} exists already; nothing was changed", path.display())
            }
            file => file.with_context(|| format!("cannot make {}", path.display()))?,
        };
        self.files.push(path.to_owned());
        file.write_all(text.as_bytes())
            .with_context(|| format!("cannot write {}", path.display()))
    }

    fn keep(mut self) {
        self.files.clear();
        self.folders.clear();
    }
}

impl Drop for CreatedFiles {
    fn drop(&mut self) {
        for file in self.files.drain(..).rev() {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders.drain(..).rev() {
            let _ = fs::remove_dir(folder); // what somebody put in meanwhile stays
        }
    }
}

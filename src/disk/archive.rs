//! An old archive that is read, and a book that an import writes.
#![expect(clippy::disallowed_methods, reason = "this is the edge to the file system")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::disk::open::open;
use crate::disk::picture;

/// A file of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveFile {
    /// From the top of the archive, with `/`.
    pub path: String,
    /// Bytes.
    pub size: u64,
}

/// The files of a folder, by path. Links, special files and what begins with a dot are left
/// out, as are names that are not UTF-8.
pub fn list_archive(root: &Path) -> anyhow::Result<Vec<ArchiveFile>> {
    let is_hidden = |it: &walkdir::DirEntry| {
        it.depth() > 0 && it.file_name().as_encoded_bytes().starts_with(b".")
    };
    let skipped =
        |it: &walkdir::DirEntry| is_hidden(it) || it.file_name() == "node_modules";
    let mut files = Vec::new();
    for entry in WalkDir::new(root).into_iter().filter_entry(|it| !skipped(it)) {
        let entry =
            entry.with_context(|| format!("cannot look into {}", root.display()))?;
        if !entry.file_type().is_file() {
            continue;
        }
        let within = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let parts: Option<Vec<&str>> = within.iter().map(|part| part.to_str()).collect();
        if let Some(parts) = parts {
            let size = entry.metadata().map_or(0, |it| it.len());
            files.push(ArchiveFile { path: parts.join("/"), size });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// The bytes of a file of an archive, or of standard input for `-`; an error if there are more than `limit`.
pub fn read_archived(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let n = if path == Path::new("-") {
        io::stdin().lock().take(limit + 1).read_to_end(&mut bytes)?
    } else {
        open(path)?.take(limit + 1).read_to_end(&mut bytes)?
    };
    let n = n as u64;
    if n > limit {
        return Err(io::Error::other(format!("it has over {limit} bytes")));
    }
    Ok(bytes)
}

/// Why a file of an archive cannot be one of a site: it only stands for another, is no
/// picture, or tells where it was taken and cannot be made not to. `None` for a good one.
pub fn refused_asset(path: &Path) -> Option<String> {
    picture::unusable(path)
}

/// A file of an archive that is too large to be held, piece by piece.
pub fn open_archived(path: &Path) -> anyhow::Result<BufReader<File>> {
    let file = open(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(BufReader::with_capacity(256 * 1024, file))
}

/// Whether a path is a folder.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// What became of a file that an import wanted to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutAs {
    /// It is new, or was as the last import left it and has changed.
    Written,
    /// It is there already, byte for byte.
    Unchanged,
    /// The desk has edited it, and the archive has changed too: the desk's stays.
    Edited,
    /// The desk has edited it, and nothing has changed in the archive.
    EditedOnly,
    /// The desk has deleted it.
    Deleted,
    /// A file of the desk's own lies there.
    InTheWay,
}

/// The book that an import writes, and what the last one wrote.
///
/// The record is in the form of `sha256sum`, so that what a desk has edited since can be
/// listed: `sha256sum --check --quiet import-manifest.txt`.
#[derive(Debug)]
pub struct ImportedBook {
    root: PathBuf,
    is_dry: bool,
    last: BTreeMap<String, String>,
    now: BTreeMap<String, String>,
    lines: Option<tempfile::NamedTempFile>,
}

/// The record of what an import wrote.
const MANIFEST: &str = "import-manifest.txt";

impl ImportedBook {
    /// The book at a folder, which need not exist. With `is_dry` nothing is written.
    pub fn at(root: &Path, is_dry: bool) -> anyhow::Result<ImportedBook> {
        if root.exists() && !root.is_dir() {
            bail!("{} is a file: name a folder with --to", root.display());
        }
        let mut last = BTreeMap::new();
        if let Ok(text) = fs::read_to_string(root.join(MANIFEST)) {
            let lines = text.lines().filter_map(|line| line.split_once("  "));
            last.extend(lines.map(|(digest, path)| (path.to_owned(), digest.to_owned())));
        }
        let now = BTreeMap::new();
        Ok(ImportedBook { root: root.to_owned(), is_dry, last, now, lines: None })
    }

    /// Whether an earlier import wrote this path.
    pub fn wrote(&self, path: &str) -> bool {
        self.last.contains_key(path)
    }

    /// Paths that an earlier import wrote and this one did not.
    pub fn vanished(&self) -> Vec<&str> {
        let old = self.last.keys().filter(|it| !self.now.contains_key(*it));
        old.map(String::as_str).collect()
    }

    /// Puts a text into the book.
    pub fn put(&mut self, path: &str, text: &str) -> anyhow::Result<PutAs> {
        let digest = digest(&mut text.as_bytes())?;
        let placed = self.place(path, &digest)?;
        if placed == PutAs::Written && !self.is_dry {
            write(&self.root.join(path), |file| file.write_all(text.as_bytes()))?;
        }
        self.record(path, digest, placed);
        Ok(placed)
    }

    /// Copies a file of an archive into the book, a picture without what it tells of where
    /// and with what it was taken; whether there was such a thing comes along.
    pub fn copy(&mut self, from: &Path, path: &str) -> anyhow::Result<(PutAs, bool)> {
        if let Some(clean) = picture::cleaned(from) {
            let digest = digest(&mut clean.as_slice())?;
            let placed = self.place(path, &digest)?;
            if placed == PutAs::Written && !self.is_dry {
                write(&self.root.join(path), |file| file.write_all(&clean))?;
            }
            self.record(path, digest, placed);
            return Ok((placed, true));
        }
        let digest = digest(&mut open_archived(from)?)?;
        let placed = self.place(path, &digest)?;
        if placed == PutAs::Written && !self.is_dry {
            let mut source = open_archived(from)?;
            write(&self.root.join(path), |file| io::copy(&mut source, file).map(|_| ()))?;
        }
        self.record(path, digest, placed);
        Ok((placed, false))
    }

    /// The text of a file of the book as it is now.
    pub fn text(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.root.join(path)).ok()
    }

    /// Adds lines to `import-report.jsonl`, which is not held in memory.
    pub fn report(&mut self, lines: &str) -> anyhow::Result<()> {
        if self.is_dry || lines.is_empty() {
            return Ok(());
        }
        let file = match &mut self.lines {
            Some(file) => file,
            none => none.insert(staged(&self.root)?),
        };
        file.write_all(lines.as_bytes()).context("cannot write import-report.jsonl")
    }

    /// Writes the record, and a report for people beside it.
    pub fn finish(mut self, report: &str) -> anyhow::Result<()> {
        if self.is_dry {
            return Ok(());
        }
        let lines = match self.lines.take() {
            Some(file) => file,
            None => staged(&self.root)?,
        };
        keep(lines, &self.root.join("import-report.jsonl"))?;
        let mut text = String::new();
        let mut all = self.last;
        all.extend(self.now);
        for (path, digest) in &all {
            let _ = writeln!(text, "{digest}  {path}");
        }
        for (name, text) in [(MANIFEST, text.as_str()), ("import-report.md", report)] {
            write(&self.root.join(name), |file| file.write_all(text.as_bytes()))?;
        }
        Ok(())
    }

    /// What is to become of a file with this content.
    fn place(&self, path: &str, digest: &str) -> anyhow::Result<PutAs> {
        let there = self.root.join(path);
        let Ok(found) = fs::symlink_metadata(&there) else {
            let is_deleted = self.last.contains_key(path);
            return Ok(if is_deleted { PutAs::Deleted } else { PutAs::Written });
        };
        if !found.is_file() {
            return Ok(PutAs::InTheWay);
        }
        let old = self::digest(&mut open_archived(&there)?)?;
        Ok(match self.last.get(path) {
            _ if old == digest => PutAs::Unchanged,
            Some(last) if *last == old => PutAs::Written,
            Some(last) if last == digest => PutAs::EditedOnly,
            Some(_) => PutAs::Edited,
            None => PutAs::InTheWay,
        })
    }

    fn record(&mut self, path: &str, digest: String, placed: PutAs) {
        if placed != PutAs::InTheWay {
            self.now.insert(path.to_owned(), digest);
        }
    }
}

fn digest(bytes: &mut impl Read) -> anyhow::Result<String> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match bytes.read(&mut buffer)? {
            0 => break,
            n => hasher.update(&buffer[..n]),
        }
    }
    let mut text = String::with_capacity(64);
    for byte in hasher.finalize() {
        let _ = write!(text, "{byte:02x}");
    }
    Ok(text)
}

/// Writes a file as a whole: a reader sees the old one or the new one.
fn write(
    path: &Path,
    fill: impl FnOnce(&mut File) -> io::Result<()>,
) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut new = staged(folder)?;
    fill(new.as_file_mut())
        .with_context(|| format!("cannot write {}", path.display()))?;
    keep(new, path)
}

/// A file that gets its name when it is whole.
fn staged(folder: &Path) -> anyhow::Result<tempfile::NamedTempFile> {
    let cannot = || format!("cannot make the folder {}", folder.display());
    fs::create_dir_all(folder).with_context(cannot)?;
    let file = tempfile::Builder::new().prefix(".import-").tempfile_in(folder);
    file.with_context(|| format!("cannot write into {}", folder.display()))
}

fn keep(file: tempfile::NamedTempFile, path: &Path) -> anyhow::Result<()> {
    let cannot = || format!("cannot write {}", path.display());
    readable(&file.persist(path).map_err(|it| it.error).with_context(cannot)?);
    Ok(())
}

/// A temporary file is its owner's alone; a file of a book is read by others too.
fn readable(file: &File) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = file.set_permissions(fs::Permissions::from_mode(0o644));
    }
    #[cfg(not(unix))]
    let _ = file;
}

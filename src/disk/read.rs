//! A book's files into memory.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Rule, Severity};
use crate::disk::open::{open_plain, read_plain, refusal};
use crate::disk::picture;
use crate::disk::single::settings;
use crate::input::{Asset, Content, Inputs, Refusal, Refused, Wanted, text_stem};
use crate::layout;
use crate::parallel;
use crate::parse::config::Config;
use crate::pictures::Traces;

/// A text over this many bytes is refused.
pub(super) const MAX_TEXT: u64 = 8 * 1024 * 1024;

/// A file that was found.
pub(super) struct FoundFile {
    /// From the root of the book, with `/`.
    pub(super) path: Arc<str>,
    pub(super) file: PathBuf,
    /// Why it may not be opened.
    pub(super) refused: Option<Refusal>,
}

/// Reads `book.toml`, the content folder and `templates/`, and lists `static/`.
///
/// A file that cannot be taken is among the inputs with the reason. The error is for a book
/// that is not there, or that cannot be told from one that is not.
pub fn read(root: &Path, wanted: Wanted) -> anyhow::Result<Inputs> {
    let settings = settings(root)?;
    let config = match &settings {
        Content::Text(text) => Config::parse(text).value,
        Content::Refused(_) => Config::default(),
    };
    let texts = walk(root, &config.src, WhichFiles::Texts, Absence::IsAnError);
    let texts = texts.map_err(|error| match &settings {
        Content::Text(_) => error,
        // Which folder it is stands in the file that could not be used.
        Content::Refused(Refused { why, .. }) => {
            error.context(format!("cannot use book.toml: it {why}"))
        }
    });
    let entries = texts?.chain(walk(
        root,
        layout::TEMPLATES,
        WhichFiles::Templates,
        Absence::IsFine,
    )?);
    let mut files = parallel::try_map_as_found(entries, |entry| {
        entry.map(|entry| (Arc::clone(&entry.path), content(&entry)))
    })?;
    // Two names that are no UTF-8 may be shown as one path; whichever, it is refused.
    let is_refused = |content: &Content| matches!(content, Content::Refused(_));
    parallel::sort_by(&mut files, |(a, x), (b, y)| {
        a.cmp(b).then_with(|| is_refused(x).cmp(&is_refused(y)))
    });
    let mut files: BTreeMap<Arc<str>, Content> = files.into_iter().collect();
    files.insert(layout::SETTINGS.into(), settings);
    let statics: Vec<FoundFile> =
        walk(root, layout::STATIC, WhichFiles::All, Absence::IsFine)?
            .collect::<anyhow::Result<_>>()?;
    let listed = parallel::map(&statics, asset);
    let paths = statics.iter().map(|entry| Arc::from(asset_path(&entry.path)));
    let assets: BTreeMap<Arc<str>, Asset> = paths.zip(listed).collect();
    let inputs = Inputs { files, assets, wanted };
    if !has_texts(&inputs, &config) {
        bail!(
            "the content folder {} holds no text, and a site without any would be empty: is it a submodule that was not checked out, or a disk that is not there? `dateline new brief` begins a first one",
            root.join(&*config.src).display()
        );
    }
    Ok(inputs)
}

/// Whether the content folder holds something that was read, or that will be reported.
///
/// Without this an empty folder, or one that holds nothing but links where the book has
/// turned the rule about those off, would be a book without briefs: and its site would take
/// the place of one that has some.
pub(super) fn has_texts(inputs: &Inputs, config: &Config) -> bool {
    let is_told = config.severity(Rule::UnreadableFile) == Severity::Error;
    let from = Bound::Included(&*config.src);
    let there = inputs.files.range::<str, _>((from, Bound::Unbounded));
    there
        .take_while(|(path, _)| path.starts_with(&*config.src))
        .filter(|(path, _)| is_within(path, &config.src))
        .any(|(_, content)| match content {
            Content::Text(_) => true,
            Content::Refused(refused) => is_told && refused.why != Refusal::Stray,
        })
}

/// Whether a path is a folder's own or lies below it.
fn is_within(path: &str, folder: &str) -> bool {
    let rest = path.strip_prefix(folder);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What a walk finds, one after the other; the error is for a folder that cannot be listed.
type Entries<'a> = Box<dyn Iterator<Item = anyhow::Result<FoundFile>> + Send + 'a>;

/// What it means that a folder of the book is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Absence {
    /// The book has nothing of the kind.
    IsFine,
    /// There is no book without it.
    IsAnError,
}

/// Which files of a folder are read; all others are listed and refused by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WhichFiles {
    /// Those of a text.
    Texts,
    /// Those of a template.
    Templates,
    /// All.
    All,
}

impl WhichFiles {
    fn wants(self, path: &str) -> bool {
        match self {
            WhichFiles::Texts => text_stem(path).is_some(),
            WhichFiles::Templates => {
                path.rsplit_once('.').is_some_and(|(_, it)| it == "html")
            }
            WhichFiles::All => true,
        }
    }
}

/// The files below a folder of the book, in no order.
///
/// Links, FIFOs and devices are listed, so that they are refused by name, and so are files
/// that nothing reads, so that they are told. Only what
/// the system says is not there counts as absent: a folder that cannot be looked at, or a
/// file in its place, is not an empty one.
fn walk<'a>(
    root: &'a Path,
    folder: &str,
    wanted: WhichFiles,
    absence: Absence,
) -> anyhow::Result<Entries<'a>> {
    let top = root.join(folder);
    match fs::symlink_metadata(&top) {
        Ok(it) if it.is_dir() => Ok(below(root, &top, wanted)),
        Ok(it) if it.is_symlink() => {
            let refused = Some(Refusal::Symlink);
            let link = FoundFile { path: folder.into(), file: top, refused };
            Ok(Box::new(std::iter::once(Ok(link))))
        }
        Ok(_) => bail!(
            "{} is a file, and a book has a folder there: move it elsewhere",
            top.display()
        ),
        Err(error) if error.kind() == ErrorKind::NotFound => match absence {
            Absence::IsFine => Ok(Box::new(std::iter::empty())),
            Absence::IsAnError => bail!(
                "cannot find the content folder {}: make it, or name it with `src` under `[book]` in book.toml",
                top.display()
            ),
        },
        Err(error) => {
            Err(error).with_context(|| format!("cannot look at {}", top.display()))
        }
    }
}

/// The path of a file of `static/` from that folder.
pub(super) fn asset_path(path: &str) -> &str {
    layout::within_static(path).unwrap_or(path)
}

/// The files at `top` and below, as [`walk`] lists them; `top` may be a file.
pub(super) fn below<'a>(root: &'a Path, top: &Path, wanted: WhichFiles) -> Entries<'a> {
    let shown = top.display().to_string();
    let files = WalkDir::new(top).follow_root_links(false).into_iter();
    let files = files.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry));
    Box::new(files.filter_map(move |entry| {
        let entry = entry.with_context(|| format!("cannot list {shown}"));
        entry.map(|found| entry_of(root, found, wanted)).transpose()
    }))
}

/// What a walk came by as an entry; `None` if it is not wanted.
fn entry_of(root: &Path, entry: DirEntry, wanted: WhichFiles) -> Option<FoundFile> {
    let kind = entry.file_type();
    if kind.is_dir() || is_backup(&entry) {
        return None;
    }
    let within = entry.path().strip_prefix(root).unwrap_or(entry.path());
    let parts: Option<Vec<&str>> = within.iter().map(|part| part.to_str()).collect();
    let is_clean =
        |part: &&str| !part.chars().any(char::is_control) && !part.contains('\\');
    let mut refused = refusal(kind);
    let path = match parts {
        Some(parts) if parts.iter().all(is_clean) => parts.join("/"),
        _ => {
            refused = Some(Refusal::Name);
            within.to_string_lossy().replace('\\', "/")
        }
    };
    if refused.is_none() && !wanted.wants(&path) {
        refused = Some(Refusal::Stray);
    }
    Some(FoundFile { path: path.into(), file: entry.into_path(), refused })
}

fn is_hidden(entry: &DirEntry) -> bool {
    is_hidden_name(&entry.file_name().to_string_lossy())
}

/// Dotfiles, but for `.well-known` (RFC 8615).
pub(super) fn is_hidden_name(name: &str) -> bool {
    name.starts_with('.') && name != ".well-known"
}

/// What editors leave behind.
fn is_backup(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    if matches!(&*name, "Thumbs.db" | "desktop.ini") {
        return true; // what file managers leave behind
    }
    let endings = ["~", ".swp", ".swo", ".bak", ".orig", ".tmp"];
    endings.iter().any(|it| name.ends_with(it))
        || (name.starts_with('#') && name.ends_with('#'))
}

pub(super) fn content(entry: &FoundFile) -> Content {
    let refused =
        |why: Refusal, text: &str| Content::Refused(Refused { why, text: text.into() });
    if let Some(why) = &entry.refused {
        return refused(why.clone(), "");
    }
    let bytes = match read_plain(&entry.file, MAX_TEXT) {
        Ok(bytes) => bytes,
        Err(why) => return refused(why, ""),
    };
    if is_utf16(&bytes) {
        return refused(Refusal::Utf16, "");
    }
    if picture::is_lfs_pointer(&bytes) {
        return refused(Refusal::LfsPointer, "");
    }
    match std::str::from_utf8(&bytes) {
        Ok(text) => match text.find('\0') {
            Some(at) => refused(Refusal::Nul, &text[..at]),
            None => Content::Text(text.into()),
        },
        Err(error) => {
            let (good, _) = bytes.split_at(error.valid_up_to());
            refused(Refusal::InvalidUtf8, &String::from_utf8_lossy(good))
        }
    }
}

/// By its byte order mark, or because every other byte at the start is zero.
fn is_utf16(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(64) & !1];
    let zero = |at: usize| {
        start.len() >= 4 && start.iter().skip(at).step_by(2).all(|it| *it == 0)
    };
    bytes.starts_with(&[0xff, 0xfe])
        || bytes.starts_with(&[0xfe, 0xff])
        || zero(0)
        || zero(1)
}

pub(super) fn asset(entry: &FoundFile) -> Asset {
    let nothing = |refused| Asset {
        size: None,
        modified: 0,
        dimensions: None,
        traces: Traces::default(),
        refused,
    };
    if entry.refused.is_some() {
        return nothing(entry.refused.clone());
    }
    let (file, metadata) = match open_plain(&entry.file) {
        Ok(opened) => opened,
        Err(why) => return nothing(Some(why)),
    };
    let since_1970 =
        |time: std::time::SystemTime| time.duration_since(std::time::UNIX_EPOCH).ok();
    let modified = metadata.modified().ok().and_then(since_1970);
    Asset {
        size: Some(metadata.len()),
        modified: modified.map_or(0, |it| i128::try_from(it.as_nanos()).unwrap_or(0)),
        dimensions: picture::dimensions(&entry.file, &file),
        traces: picture::traces(&entry.file, &file),
        refused: picture::refusal(&entry.file, &file, metadata.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_is_known_by_its_mark_or_its_zero_bytes() {
        let wide = |text: &str| {
            text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()
        };
        assert!(is_utf16(&[0xff, 0xfe, b'a', 0]));
        assert!(is_utf16(&wide("---\ntitle: a")));
        assert!(!is_utf16(b"---\ntitle: a"));
        assert!(!is_utf16(b""));
    }
}

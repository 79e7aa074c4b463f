//! A book's files into memory.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use jiff::Timestamp;
use walkdir::{DirEntry, WalkDir};

use crate::disk::single::read_settings;
use crate::input::{Asset, Content, Inputs, Refusal, Refused};
use crate::parallel;
use crate::parse::config::Config;

/// A text over this many bytes is refused.
const MAX_TEXT: u64 = 8 * 1024 * 1024;

/// What to read, and as of when.
#[derive(Clone, Copy, Debug)]
pub struct ReadOptions {
    /// Whether drafts are wanted.
    pub drafts: bool,
    /// Whether briefs under embargo are wanted.
    pub future: bool,
    /// The clock.
    pub now: Timestamp,
}

/// A file that was found.
pub(super) struct Entry {
    /// From the root of the book, with `/`.
    pub(super) path: Arc<str>,
    file: PathBuf,
    /// Why it may not be opened.
    refused: Option<Refusal>,
}

/// Reads `book.toml`, the content folder and `templates/`, and lists `static/`.
///
/// A file that cannot be taken is among the inputs with the reason. The error is for a book
/// that is not there.
pub fn read(root: &Path, options: &ReadOptions) -> anyhow::Result<Inputs> {
    let settings = read_settings(root)?;
    let config = Config::parse(&settings).value;
    let folder = root.join(&*config.src);
    if !folder.exists() {
        bail!(
            "cannot find the content folder {}: make it, or name it with `src` under `[book]` in book.toml",
            folder.display()
        );
    }
    let settings =
        Entry { path: "book.toml".into(), file: root.join("book.toml"), refused: None };
    let entries = std::iter::once(Ok(settings))
        .chain(walk(root, &config.src, Some("md")))
        .chain(walk(root, "templates", Some("html")));
    let mut files = parallel::try_map_as_found(entries, |entry| {
        entry.map(|entry| (Arc::clone(&entry.path), content(&entry)))
    })?;
    // Two names that are no UTF-8 may be shown as one path; whichever, it is refused.
    let is_refused = |content: &Content| matches!(content, Content::Refused(_));
    parallel::sort_by(&mut files, |(a, x), (b, y)| {
        a.cmp(b).then_with(|| is_refused(x).cmp(&is_refused(y)))
    });
    let files = files.into_iter().collect();
    let statics: Vec<Entry> =
        walk(root, "static", None).collect::<anyhow::Result<_>>()?;
    let listed = parallel::map(&statics, asset);
    let paths = statics.iter().map(|entry| Arc::from(asset_path(&entry.path)));
    let assets: BTreeMap<Arc<str>, Asset> = paths.zip(listed).collect();
    Ok(Inputs {
        files,
        assets,
        now: options.now,
        drafts: options.drafts,
        future: options.future,
    })
}

/// What a walk finds, one after the other; the error is for a folder that cannot be listed.
type Entries<'a> = Box<dyn Iterator<Item = anyhow::Result<Entry>> + Send + 'a>;

/// The files below a folder of the book, in no order; `ending` says which ones are wanted.
///
/// Links, FIFOs and devices are always listed, so that they are refused by name.
fn walk<'a>(root: &'a Path, folder: &str, ending: Option<&'a str>) -> Entries<'a> {
    let top = root.join(folder);
    match fs::symlink_metadata(&top) {
        Ok(it) if it.is_dir() => below(root, &top, ending),
        Ok(it) if it.is_symlink() => {
            let refused = Some(Refusal::Symlink);
            let link = Entry { path: folder.into(), file: top, refused };
            Box::new(std::iter::once(Ok(link)))
        }
        _ => Box::new(std::iter::empty()),
    }
}

/// The path of a file of `static/` from that folder.
pub(super) fn asset_path(path: &str) -> &str {
    path.strip_prefix("static/").unwrap_or(path)
}

/// The files at `top` and below, as [`walk`] lists them; `top` may be a file.
pub(super) fn below<'a>(
    root: &'a Path,
    top: &Path,
    ending: Option<&'a str>,
) -> Entries<'a> {
    let shown = top.display().to_string();
    let files = WalkDir::new(top).follow_root_links(false).into_iter();
    let files = files.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry));
    Box::new(files.filter_map(move |entry| {
        let entry = entry.with_context(|| format!("cannot list {shown}"));
        entry.map(|found| entry_of(root, found, ending)).transpose()
    }))
}

/// What a walk came by as an entry; `None` if it is not wanted.
fn entry_of(root: &Path, entry: DirEntry, ending: Option<&str>) -> Option<Entry> {
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
    let is_wanted =
        ending.is_none_or(|it| entry.path().extension().is_some_and(|e| e == it));
    (is_wanted || refused.is_some()).then(|| Entry {
        path: path.into(),
        file: entry.into_path(),
        refused,
    })
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
    let endings = ["~", ".swp", ".swo", ".bak", ".orig", ".tmp"];
    endings.iter().any(|it| name.ends_with(it))
        || (name.starts_with('#') && name.ends_with('#'))
}

/// Why a file of this kind is not opened; `None` for a plain one.
fn refusal(kind: fs::FileType) -> Option<Refusal> {
    if kind.is_file() {
        return None;
    }
    if kind.is_symlink() {
        return Some(Refusal::Symlink);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Some(Refusal::Special("a named pipe"));
        }
        if kind.is_socket() {
            return Some(Refusal::Special("a socket"));
        }
    }
    Some(Refusal::Special("a device"))
}

/// Opens a file for reading. Every input is opened here: a link put in a file's place after
/// the walk is not followed, and a pipe does not keep anybody waiting.
pub(super) fn open(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_CLOEXEC);
    }
    options.open(path)
}

pub(super) fn content(entry: &Entry) -> Content {
    let refused =
        |why: Refusal, text: &str| Content::Refused(Refused { why, text: text.into() });
    if let Some(why) = &entry.refused {
        return refused(why.clone(), "");
    }
    let bytes = match read_bytes(&entry.file) {
        Ok(bytes) => bytes,
        Err(why) => return refused(why, ""),
    };
    if is_utf16(&bytes) {
        return refused(Refusal::Utf16, "");
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

fn read_bytes(path: &Path) -> Result<Vec<u8>, Refusal> {
    let failed = |error: std::io::Error| Refusal::Unreadable(said(&error));
    let file = open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if let Some(why) = refusal(metadata.file_type()) {
        return Err(why);
    }
    if metadata.len() > MAX_TEXT {
        return Err(Refusal::TooLarge(metadata.len()));
    }
    let size = usize::try_from(metadata.len()).unwrap_or(0);
    let mut bytes = Vec::with_capacity(size + 1);
    // The limit also keeps the library from asking the system for the size once more.
    file.take(MAX_TEXT + 1).read_to_end(&mut bytes).map_err(failed)?;
    match bytes.len() as u64 {
        grown if grown > MAX_TEXT => Err(Refusal::TooLarge(grown)),
        _ => Ok(bytes),
    }
}

/// What the operating system said, without its number.
fn said(error: &std::io::Error) -> String {
    let said = error.to_string().to_lowercase();
    said.split(" (os error").next().unwrap_or(&said).to_owned()
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

pub(super) fn asset(entry: &Entry) -> Asset {
    let nothing = |refused| Asset { size: None, modified: 0, dimensions: None, refused };
    if entry.refused.is_some() {
        return nothing(entry.refused.clone());
    }
    let metadata = match open(&entry.file).and_then(|file| file.metadata()) {
        Ok(metadata) => metadata,
        Err(error) => return nothing(Some(Refusal::Unreadable(said(&error)))),
    };
    let since_1970 =
        |time: std::time::SystemTime| time.duration_since(std::time::UNIX_EPOCH).ok();
    let modified = metadata.modified().ok().and_then(since_1970);
    Asset {
        size: Some(metadata.len()),
        modified: modified.map_or(0, |it| i128::try_from(it.as_nanos()).unwrap_or(0)),
        dimensions: dimensions(&entry.file),
        refused: None,
    }
}

/// Width and height from the header of a picture.
fn dimensions(path: &Path) -> Option<(u32, u32)> {
    if path.extension().is_some_and(|it| it == "svg") {
        let mut start = Vec::new();
        open(path).ok()?.take(4096).read_to_end(&mut start).ok()?;
        return svg_dimensions(&String::from_utf8_lossy(&start));
    }
    let is_picture = |it: &std::ffi::OsStr| {
        let endings = ["png", "jpg", "jpeg", "gif", "webp", "avif"];
        endings.iter().any(|ending| it.eq_ignore_ascii_case(ending))
    };
    if !path.extension().is_some_and(is_picture) {
        return None;
    }
    let size = imagesize::size(path).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// The `width` and `height` of an `<svg>`, or the last two numbers of its `viewBox`.
fn svg_dimensions(svg: &str) -> Option<(u32, u32)> {
    let tag = &svg[svg.find("<svg")?..];
    let tag = &tag[..tag.find('>')?];
    let attribute = |name: &str| {
        let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        tag[from..].split('"').next()
    };
    let number = |text: &str| {
        let text = text.trim().trim_end_matches("px");
        let whole = text.split('.').next().unwrap_or(text);
        whole.parse::<u32>().ok()
    };
    let given =
        attribute("width").and_then(number).zip(attribute("height").and_then(number));
    given.or_else(|| {
        let mut numbers =
            attribute("viewBox")?.split([' ', ',']).filter(|it| !it.is_empty());
        numbers.nth(1)?;
        Some((number(numbers.next()?)?, number(numbers.next()?)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_of_a_drawing_is_read_from_its_first_tag() {
        let cases = [
            ("<svg width=\"40\" height=\"30px\" viewBox=\"0 0 4 3\">", Some((40, 30))),
            ("<?xml version=\"1.0\"?>\n<svg viewBox=\"0 0 640 480\">", Some((640, 480))),
            ("<svg width=\"100%\" height=\"100%\">", None),
            ("no svg", None),
        ];
        for (svg, expected) in cases {
            assert_eq!(svg_dimensions(svg), expected, "{svg}");
        }
    }

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

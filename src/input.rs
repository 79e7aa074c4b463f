//! Everything a build depends on, as one value.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

use crate::pictures::Traces;

/// Everything a build depends on. Two equal `Inputs` give two equal sites, byte for byte.
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs {
    /// The text files of the book by path from its root: `book.toml`, and whatever lies in
    /// the content folder and in `templates/`.
    pub files: BTreeMap<Arc<str>, Content>,
    /// The files of `static/` by path from that folder; see [`Asset`].
    pub assets: BTreeMap<Arc<str>, Asset>,
    /// The clock, and which briefs are wanted.
    pub wanted: Wanted,
}

/// Which briefs are wanted, and at what time. The clock enters a build here and nowhere else.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// The time of the build: what has begun by then, and what has ended.
    pub now: Timestamp,
    /// Drafts, too.
    pub drafts: bool,
    /// Briefs under embargo, too.
    pub future: bool,
}

impl Default for Wanted {
    /// As of 1970: of a book that has nothing yet.
    fn default() -> Wanted {
        Wanted::published(Timestamp::UNIX_EPOCH)
    }
}

impl Wanted {
    /// What a reader sees at a time: no drafts, no embargoed briefs.
    pub fn published(now: Timestamp) -> Wanted {
        Wanted { now, drafts: false, future: false }
    }
}

/// A text file as it was read, or why it was not.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// UTF-8 text, a byte order mark and CRLF line ends included.
    Text(Arc<str>),
    /// No text that can be used.
    Refused(Refused),
}

/// A file that was found and not taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// Why.
    pub why: Refusal,
    /// What was read before the place of the mistake; empty if nothing was.
    pub text: Arc<str>,
}

/// Why a file was not taken.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// A byte that is no UTF-8, right after the text that was kept.
    InvalidUtf8,
    /// A NUL byte, right after the text that was kept.
    Nul,
    /// UTF-16, by its byte order mark or its zero bytes.
    Utf16,
    /// A symbolic link, which may point anywhere.
    Symlink,
    /// A FIFO, socket or device, by that name.
    Special(&'static str),
    /// Larger than the limit; bytes.
    TooLarge(u64),
    /// A name that is no UTF-8 or that holds a control character.
    Name,
    /// What the operating system said.
    Unreadable(String),
    /// It stands for a file of Git LFS, which is not here.
    LfsPointer,
    /// It has the ending of a picture and is this.
    NoPicture(&'static str),
    /// It lies where files of another kind belong: a picture beside a text, a template
    /// with an ending that no template has.
    Stray,
}

/// The path of a text without its ending, `.md` or `.markdown` in capitals or not; `None`
/// for a file that is not text.
pub fn text_stem(path: &str) -> Option<&str> {
    let (stem, ending) = path.rsplit_once('.')?;
    let endings = ["md", "markdown"];
    endings.iter().any(|it| ending.eq_ignore_ascii_case(it)).then_some(stem)
}

impl fmt::Display for Refusal {
    /// As it follows "it": `is a symbolic link`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::InvalidUtf8 => f.write_str("is not valid UTF-8"),
            Refusal::Nul => f.write_str("holds a NUL byte"),
            Refusal::Utf16 => f.write_str("is UTF-16"),
            Refusal::Symlink => f.write_str("is a symbolic link"),
            Refusal::Special(what) => write!(f, "is {what}"),
            Refusal::TooLarge(size) => write!(f, "has {size} bytes"),
            Refusal::Name => f.write_str("has a name that no address can have"),
            Refusal::Unreadable(said) => write!(f, "cannot be read: {said}"),
            Refusal::LfsPointer => f.write_str("only stands for a file of Git LFS"),
            Refusal::NoPicture(what) => write!(f, "is not a picture but {what}"),
            Refusal::Stray => f.write_str("is not read where it lies"),
        }
    }
}

/// A file of `static/`: copied, not read.
#[derive(Clone, Debug, PartialEq)]
pub struct Asset {
    /// Its size in bytes; `None` if it was refused.
    pub size: Option<u64>,
    /// When it last changed, in nanoseconds since 1970, so that a preview notices a change.
    pub modified: i128,
    /// Width and height in pixels, for pictures whose header says so.
    pub dimensions: Option<(u32, u32)>,
    /// What a picture tells of where, and with what, it was taken.
    pub traces: Traces,
    /// Why it may not be copied; `None` for a usable file.
    pub refused: Option<Refusal>,
}

impl Inputs {
    /// Inputs with no files at all, at the given time.
    pub fn empty(now: Timestamp) -> Inputs {
        Inputs {
            files: BTreeMap::new(),
            assets: BTreeMap::new(),
            wanted: Wanted::published(now),
        }
    }

    /// Puts a text file in, in place of one with the same path.
    pub fn insert(&mut self, path: &str, text: &str) {
        self.files.insert(path.into(), Content::Text(text.into()));
    }

    /// The text of a file as far as it was read; `None` for a path not among the inputs.
    pub fn text(&self, path: &str) -> Option<&Arc<str>> {
        match self.files.get(path)? {
            Content::Text(text) | Content::Refused(Refused { text, .. }) => Some(text),
        }
    }
}

//! What is wanted of an import.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::import::kind::ArchiveKind;
use crate::import::map::ImportMap;

/// What is wanted of an import.
#[derive(Clone, Debug)]
pub struct ImportJob<'a> {
    /// The archive: a folder or a file.
    pub from: &'a Path,
    /// The folder of the book.
    pub to: &'a Path,
    /// The kind of archive, if the desk says it.
    pub kind: Option<ArchiveKind>,
    /// Whether nothing is to be written.
    pub is_dry: bool,
    /// What becomes of those who write.
    pub authors: AuthorsAs,
    /// The day on which wire copy is pasted, if that is not today.
    pub date: Option<Date>,
    /// Whether pictures of other sites are fetched.
    pub fetches_images: bool,
    /// The day before which texts are left out.
    pub since: Option<Date>,
    /// What the desk says of its archive.
    pub map: ImportMap,
    /// The clock.
    pub now: Timestamp,
}

/// What becomes of those who write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum AuthorsAs {
    /// An entity each
    #[default]
    Entities,
    /// Only their names in `by`
    Text,
}

/// What an import is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It looks through the archive.
    Reading,
    /// It converts so many texts.
    Converting(usize),
    /// One more is done.
    OneMore,
}

//! The way in: a book out of what other programs and desks left.
//!
//! ```text
//! archive::OldArchive   fields, plan        text::Converter     proof            disk::ImportedBook
//! old files ──► Post ──► NewHead, Card ──► Markdown of ours ──► a book that builds ──► files, manifest, report
//! ```
//!
//! The archive is read twice. The first time says which texts there are and where each goes,
//! so that links can be led there; the second converts and writes them, a few hundred at a
//! time, so that memory holds no more of them. What is written has been through the
//! program's own pipeline: what that refuses is mended or taken out, and told.

mod account;
mod archive;
mod bytes;
mod compose;
mod convert;
mod dates;
mod desk;
mod eleventy;
mod fields;
mod finder;
mod folder;
mod ghost;
mod head;
mod hugo;
mod jekyll;
mod job;
mod kind;
mod linked;
mod map;
mod obsidian;
mod pelican;
mod permalink;
mod plain;
mod plan;
mod post;
mod proof;
mod records;
mod register;
mod registry;
mod remark;
mod run;
mod settings;
mod shelve;
mod table;
mod text;
mod value;
mod wire;
mod wxr;
mod yaml;

pub use account::Account;
pub use job::{AuthorsAs, ImportJob, Step};
pub use kind::ArchiveKind;
pub use map::ImportMap;
pub use run::import;

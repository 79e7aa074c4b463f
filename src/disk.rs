//! The edge to the file system: reading a book, writing a site.

mod archive;
mod fetch;
mod open;
mod parts;
mod picture;
mod poll;
mod program;
mod read;
mod refresh;
mod replace;
mod scaffold;
mod single;
mod watch;
mod write;

pub use archive::{
    ArchiveFile, ImportedBook, PutAs, is_folder, list_archive, open_archived,
    read_archived, refused_asset,
};
pub use fetch::{Fetched, Fetcher};
pub use open::StaticFile;
pub use parts::{Merging, digest_assets, merge, refuse_whole_site};
pub use picture::without_traces;
pub use program::program;
pub use read::read;
pub use refresh::refresh;
pub use replace::replace;
pub use scaffold::{FolderState, create_all, is_there, survey};
pub use single::{create, nearest_book, path_within, read_settings, read_text};
pub use watch::{Blind, Changes, Watcher};
pub use write::{Stamp, Writer, Written};

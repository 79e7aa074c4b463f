//! The edge to the file system: reading a book, writing a site.

mod read;
mod single;
mod write;

pub use read::{ReadOptions, read};
pub use single::{create, path_within, read_settings, read_text};
pub use write::{Writer, Written};

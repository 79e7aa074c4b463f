//! An archive that is a folder of files.

use std::path::{Path, PathBuf};

use crate::disk::{self, ArchiveFile};
use crate::import::bytes;
use crate::import::post::Post;
use crate::import::remark::{Construct, Remark};

/// A text over this many bytes is refused, as the program itself refuses it.
const MAX_TEXT: u64 = 8 * 1024 * 1024;

/// Where a reader hands on what it finds: a text, or what is wrong with a file.
pub(crate) type TakePost<'a> = dyn FnMut(Result<Post, Remark>) -> anyhow::Result<()> + 'a;

/// A folder and its files, by path.
#[derive(Debug)]
pub(crate) struct Folder {
    pub(crate) root: PathBuf,
    pub(crate) files: Vec<ArchiveFile>,
}

impl Folder {
    /// Lists a folder.
    pub(crate) fn open(root: &Path) -> anyhow::Result<Folder> {
        Ok(Folder { root: root.to_owned(), files: disk::list_archive(root)? })
    }

    /// The text of a file, or what is wrong with it, and what was mended for it.
    pub(crate) fn read(
        &self,
        file: &ArchiveFile,
    ) -> Result<(String, Vec<Remark>), Remark> {
        match disk::read_archived(&self.root.join(&file.path), MAX_TEXT) {
            Ok(bytes) => Ok(bytes::text_of(&bytes)),
            Err(error) => {
                let mut remark = Remark::of(Construct::BrokenFile, &error.to_string());
                remark.file.clone_from(&file.path);
                Err(remark)
            }
        }
    }

    /// The text of a file that may be there and whose name may begin with a dot.
    pub(crate) fn hidden(&self, path: &str) -> Option<String> {
        let bytes = disk::read_archived(&self.root.join(path), MAX_TEXT).ok()?;
        Some(bytes::text_of(&bytes).0)
    }

    /// The text of a file that may be there: settings, data.
    pub(crate) fn text(&self, path: &str) -> Option<String> {
        let file = self.files.iter().find(|it| it.path == path)?;
        self.read(file).ok().map(|it| it.0)
    }
}

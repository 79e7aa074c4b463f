//! How the site on a branch differs from the one to be, file by file.

/// A file that differs between two trees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// How it differs.
    pub status: FileStatus,
    /// Its path from the root of the site.
    pub path: String,
}

impl FileChange {
    /// Whether the file is a page that a reader opens.
    pub fn is_page(&self) -> bool {
        is_page(&self.path)
    }
}

/// How a file differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileStatus {
    /// It is new.
    Added,
    /// It has other bytes, or another mode.
    Changed,
    /// It is gone.
    Removed,
}

/// What leads from the published site to the new one, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteChanges(pub Vec<FileChange>);

impl SiteChanges {
    /// How many files differ in the given way: pages, or those that are none.
    pub fn count(&self, status: FileStatus, pages: bool) -> usize {
        let fits = |it: &&FileChange| it.status == status && it.is_page() == pages;
        self.0.iter().filter(fits).count()
    }
}

/// Whether a file is a page that a reader opens.
pub fn is_page(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending == "html")
}

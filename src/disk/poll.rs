//! What changes in the folders of a book, found by looking: where the system does not tell.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

use crate::layout::{SETTINGS, STATIC, TEMPLATES};

/// How often the files are looked at, at most.
const PAUSE: Duration = Duration::from_millis(700);
/// A look may take one part in so many of the time.
const SHARE: u32 = 10;

/// The files of a book as they were at the last look.
pub(super) struct Poller {
    root: PathBuf,
    /// `book.toml` and the folders that are looked through, from the root.
    places: Vec<String>,
    seen: BTreeMap<PathBuf, FileMark>,
    /// How long the last look took.
    took: Duration,
}

/// What tells two states of a file apart without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct FileMark {
    size: u64,
    modified: Option<SystemTime>,
    /// The file's number and the time of its last change of any kind, where there are such.
    identity: (u64, i64, i64),
}

impl Poller {
    /// Takes a first look.
    pub(super) fn new(root: &Path, src: &str) -> Poller {
        let mut poller = Poller {
            root: root.to_owned(),
            places: Vec::new(),
            seen: BTreeMap::new(),
            took: Duration::ZERO,
        };
        poller.follow(src);
        poller.seen = poller.look();
        poller
    }

    /// Looks through another content folder from now on.
    pub(super) fn follow(&mut self, src: &str) {
        self.places = [src, TEMPLATES, STATIC, SETTINGS].map(str::to_owned).to_vec();
    }

    /// How long to wait before the next look.
    pub(super) fn pause(&self) -> Duration {
        PAUSE.max(self.took * SHARE)
    }

    /// Looks, and gives the files that came, changed or went.
    pub(super) fn changed(&mut self) -> Vec<PathBuf> {
        let now = self.look();
        let before = std::mem::replace(&mut self.seen, now);
        let differs = |path: &&PathBuf| before.get(*path) != self.seen.get(*path);
        let mut paths: Vec<PathBuf> = before.keys().filter(differs).cloned().collect();
        let new = self.seen.keys().filter(|path| !before.contains_key(*path));
        paths.extend(new.cloned());
        paths.sort();
        paths
    }

    #[expect(clippy::disallowed_methods, reason = "a look may not take all of the time")]
    fn look(&mut self) -> BTreeMap<PathBuf, FileMark> {
        let started = std::time::Instant::now();
        let places = self.places.iter().map(|it| self.root.join(it));
        let files = places.flat_map(|top| WalkDir::new(top).follow_root_links(false));
        // What cannot be looked at now is as good as gone, and is read again when it can.
        let files = files.filter_map(Result::ok).filter_map(|entry| {
            let metadata = entry.metadata().ok()?;
            let size = if metadata.is_dir() { 0 } else { metadata.len() };
            let modified = metadata.modified().ok().filter(|_| !metadata.is_dir());
            let mark = FileMark { size, modified, identity: identity(&metadata) };
            Some((entry.into_path(), mark))
        });
        let seen = files.collect();
        self.took = started.elapsed();
        seen
    }
}

#[cfg(unix)]
fn identity(metadata: &std::fs::Metadata) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    if metadata.is_dir() {
        return (metadata.ino(), 0, 0); // what is in it is looked at
    }
    (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn identity(_: &std::fs::Metadata) -> (u64, i64, i64) {
    (0, 0, 0)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests change files")]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_look_finds_what_came_changed_and_went() {
        let book = tempfile::tempdir().unwrap();
        let at = |path: &str| book.path().join(path);
        fs::create_dir_all(at("content/briefs")).unwrap();
        fs::write(at("content/briefs/a.md"), "a").unwrap();
        fs::write(at("book.toml"), "").unwrap();
        fs::write(at("elsewhere"), "").unwrap();
        let mut poller = Poller::new(book.path(), "content");
        assert_eq!(poller.changed(), Vec::<PathBuf>::new());
        fs::write(at("content/briefs/a.md"), "b").unwrap(); // as long as before
        fs::write(at("elsewhere"), "x").unwrap();
        assert_eq!(poller.changed(), [at("content/briefs/a.md")]);
        fs::create_dir(at("static")).unwrap();
        fs::write(at("static/x"), "").unwrap();
        assert_eq!(poller.changed(), [at("static"), at("static/x")]);
        fs::rename(at("content"), at("away")).unwrap();
        assert_eq!(poller.changed().len(), 3);
        fs::rename(at("away"), at("content")).unwrap();
        assert_eq!(poller.changed().len(), 3);
        fs::write(at("book.toml"), "[book]").unwrap();
        assert_eq!(poller.changed(), [at("book.toml")]);
    }
}

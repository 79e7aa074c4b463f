//! What changes in the folders of a book.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use anyhow::Context;
use notify::{Config, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, NoCache, new_debouncer_opt};

use crate::layout::{SETTINGS, STATIC, TEMPLATES};

/// How long a file must be left alone before it counts as saved: an editor's truncate, write
/// and rename come within it, and nobody notices it.
const QUIET: Duration = Duration::from_millis(16);
/// How often the debouncer looks.
const TICK: Duration = Duration::from_millis(8);
/// How many paths are read singly; more, as after a checkout, and the book is read whole.
const MANY: usize = 4_000;

/// What to read again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changes {
    /// These files and folders; they may be gone.
    Paths(Vec<PathBuf>),
    /// Nobody knows: events were lost, or there were very many.
    All,
    /// Nothing, within the time that was given.
    Nothing,
    /// Nothing will be told any more.
    Ended,
}

/// Watches a book's folders and `book.toml`.
pub struct Watcher {
    root: PathBuf,
    /// The folders of the book that may come and go, from its root.
    folders: Vec<String>,
    debouncer: Debouncer<RecommendedWatcher, NoCache>,
    events: Receiver<DebounceEventResult>,
    sender: Sender<DebounceEventResult>,
}

impl Watcher {
    /// Begins to watch. The root itself is watched too, not what lies below it, so that
    /// `book.toml` may be replaced by renaming and folders may come later.
    pub fn new(root: &Path, src: &str) -> anyhow::Result<Watcher> {
        let (sender, events) = channel();
        let handler = sender.clone();
        let on_event = move |event| drop(handler.send(event));
        let config = Config::default().with_follow_symlinks(false);
        let debouncer =
            new_debouncer_opt(QUIET, Some(TICK), on_event, NoCache::new(), config)
                .context("cannot watch files")?;
        let mut watcher = Watcher {
            root: root.to_owned(),
            folders: Vec::new(),
            debouncer,
            events,
            sender,
        };
        watcher
            .debouncer
            .watch(root, RecursiveMode::NonRecursive)
            .with_context(|| format!("cannot watch {}", root.display()))?;
        watcher.follow(src);
        Ok(watcher)
    }

    /// Watches the folders of the book as they are now. One that is not there is watched
    /// once it comes: the root says so.
    pub fn follow(&mut self, src: &str) {
        for folder in std::mem::take(&mut self.folders) {
            // A folder that is gone has taken its watch along.
            drop(self.debouncer.unwatch(self.root.join(folder)));
        }
        for folder in [src, TEMPLATES, STATIC] {
            let path = self.root.join(folder);
            if path.symlink_metadata().is_ok_and(|it| it.is_dir())
                && self.debouncer.watch(&path, RecursiveMode::Recursive).is_ok()
            {
                self.folders.push(folder.to_owned());
            }
        }
    }

    /// Ends the watcher's last wait from another thread.
    pub fn stopper(&self) -> impl FnOnce() + Send + 'static {
        let sender = self.sender.clone();
        move || drop(sender.send(Err(Vec::new())))
    }

    /// Waits for changes, for a while at most, and gives all there are.
    pub fn wait(&self, most: Duration) -> Changes {
        let first = match self.events.recv_timeout(most) {
            Ok(first) => first,
            Err(RecvTimeoutError::Timeout) => return Changes::Nothing,
            Err(RecvTimeoutError::Disconnected) => return Changes::Ended,
        };
        let mut paths = Vec::new();
        let mut is_all = false;
        let mut next = Ok(first);
        loop {
            match next {
                Ok(Ok(events)) => {
                    for event in events {
                        is_all |= event.need_rescan();
                        let is_read = matches!(
                            event.kind,
                            notify::EventKind::Access(_) | notify::EventKind::Other
                        );
                        if !is_read {
                            paths.extend(event.event.paths);
                        }
                    }
                }
                Ok(Err(errors)) if errors.is_empty() => return Changes::Ended,
                Ok(Err(_)) => is_all = true,
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
            next = self.events.recv_timeout(Duration::ZERO);
        }
        paths.sort();
        paths.dedup();
        if is_all || paths.len() > MANY { Changes::All } else { Changes::Paths(paths) }
    }

    /// Whether paths tell of one of the watched folders itself, so that it must be watched
    /// anew.
    pub fn has_moved(&self, changes: &Changes) -> bool {
        match changes {
            Changes::Paths(paths) => paths.iter().any(|path| {
                let folders = self.folders.iter().map(String::as_str);
                let all = folders.chain([TEMPLATES, STATIC, SETTINGS]);
                all.map(|it| self.root.join(it)).any(|it| it.starts_with(path))
            }),
            Changes::All => true,
            Changes::Nothing | Changes::Ended => false,
        }
    }
}

//! What changes in the folders of a book.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use notify::{Config, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, NoCache, new_debouncer_opt};

use crate::disk::poll::Poller;
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
    /// The folders of the book, from its root, whether they are there or not.
    folders: Vec<String>,
    eyes: Eyes,
    events: Receiver<DebounceEventResult>,
    sender: Sender<DebounceEventResult>,
}

/// How changes are noticed.
enum Eyes {
    /// The system tells.
    Told(Debouncer<RecommendedWatcher, NoCache>),
    /// Everything is looked at, again and again, for this reason.
    Looking(Box<Poller>, Blind),
}

/// Why the system is not relied on to tell of changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blind {
    /// It was asked for.
    Asked,
    /// The file system lies on another machine, or in another program, and may not tell what
    /// happens to it from there; its kind.
    FileSystem(&'static str),
    /// The user may watch no more folders.
    NoWatchesLeft,
    /// What the system said.
    Failed(String),
}

impl fmt::Display for Blind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Blind::Asked => f.write_str("as --poll asks for"),
            Blind::FileSystem(kind) => {
                write!(f, "the book lies on a file system ({kind}) that may not tell of changes")
            }
            Blind::NoWatchesLeft => f.write_str(
                "this machine has no watches left: raise fs.inotify.max_user_watches, for example to 524288 with `sysctl`",
            ),
            Blind::Failed(said) => write!(f, "the folders cannot be watched ({said})"),
        }
    }
}

impl Blind {
    fn of(error: &notify::Error) -> Blind {
        match &error.kind {
            notify::ErrorKind::MaxFilesWatch => Blind::NoWatchesLeft,
            _ => Blind::Failed(error.to_string()),
        }
    }
}

impl Watcher {
    /// Begins to watch; looks at the files again and again where that does not work, or if
    /// that `is_asked` for.
    pub fn new(root: &Path, src: &str, is_asked: bool) -> Watcher {
        let (sender, events) = channel();
        let blind = if is_asked { Some(Blind::Asked) } else { remote(root) };
        let told = match blind {
            Some(blind) => Err(blind),
            None => told(&sender).map_err(|error| Blind::of(&error)),
        };
        let eyes = match told {
            Ok(debouncer) => Eyes::Told(debouncer),
            Err(blind) => Eyes::Looking(Box::new(Poller::new(root, src)), blind),
        };
        let mut watcher =
            Watcher { root: root.to_owned(), folders: Vec::new(), eyes, events, sender };
        watcher.follow(src);
        watcher
    }

    /// Why files are looked at again and again; `None` as long as the system tells.
    pub fn blind(&self) -> Option<&Blind> {
        match &self.eyes {
            Eyes::Told(_) => None,
            Eyes::Looking(_, why) => Some(why),
        }
    }

    /// Watches the folders of the book as they are now, and those above each, so that one
    /// that is not there, or that is put in another's place, is noticed when it comes.
    pub fn follow(&mut self, src: &str) {
        let folders = [src, TEMPLATES, STATIC].map(str::to_owned).to_vec();
        let before = std::mem::replace(&mut self.folders, folders);
        let failed = match &mut self.eyes {
            Eyes::Looking(poller, _) => {
                poller.follow(src);
                None
            }
            Eyes::Told(debouncer) => {
                for folder in before {
                    // A folder that is gone has taken its watch along.
                    drop(debouncer.unwatch(self.root.join(folder)));
                }
                watch_all(debouncer, &self.root, &self.folders).err()
            }
        };
        if let Some(error) = failed {
            self.look(Blind::of(&error));
        }
    }

    /// From now on looks at the files.
    fn look(&mut self, why: Blind) {
        let src = self.folders.first().map_or("", String::as_str);
        let poller = Box::new(Poller::new(&self.root, src));
        self.eyes = Eyes::Looking(poller, why);
    }

    /// Ends the watcher's last wait from another thread.
    pub fn stopper(&self) -> impl FnOnce() + Send + 'static {
        let sender = self.sender.clone();
        move || drop(sender.send(Err(Vec::new())))
    }

    /// Waits for changes, for a while at most, and gives all there are.
    pub fn wait(&mut self, most: Duration) -> Changes {
        let Eyes::Looking(poller, _) = &mut self.eyes else { return self.hear(most) };
        let mut left = most;
        loop {
            let pause = poller.pause().min(left);
            match self.events.recv_timeout(pause) {
                Ok(Err(errors)) if errors.is_empty() => return Changes::Ended,
                Err(RecvTimeoutError::Disconnected) => return Changes::Ended,
                Ok(_) | Err(RecvTimeoutError::Timeout) => {}
            }
            let paths = poller.changed();
            if paths.len() > MANY {
                return Changes::All;
            }
            if !paths.is_empty() {
                return Changes::Paths(paths);
            }
            left = left.saturating_sub(pause);
            if left.is_zero() {
                return Changes::Nothing;
            }
        }
    }

    /// Waits for what the system tells.
    fn hear(&mut self, most: Duration) -> Changes {
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
                Ok(Err(errors)) => {
                    is_all = true;
                    // A folder that came could not be watched: nor will the next ones.
                    let full = errors.iter().map(Blind::of);
                    if let Some(why) =
                        full.into_iter().find(|it| *it == Blind::NoWatchesLeft)
                    {
                        self.look(why);
                        return Changes::All;
                    }
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
            next = self.events.recv_timeout(Duration::ZERO);
        }
        paths.sort();
        paths.dedup();
        if is_all || paths.len() > MANY { Changes::All } else { Changes::Paths(paths) }
    }

    /// Whether paths tell of one of the watched folders itself, or of one above it, so that
    /// it must be watched anew.
    pub fn has_moved(&self, changes: &Changes) -> bool {
        match changes {
            Changes::Paths(paths) => paths.iter().any(|path| {
                let folders = self.folders.iter().map(String::as_str);
                let mut all = folders.chain([SETTINGS]).map(|it| self.root.join(it));
                all.any(|it| it.starts_with(path))
            }),
            Changes::All => true,
            Changes::Nothing | Changes::Ended => false,
        }
    }
}

/// A watcher that is told by the system, and watches nothing yet.
fn told(
    sender: &Sender<DebounceEventResult>,
) -> notify::Result<Debouncer<RecommendedWatcher, NoCache>> {
    let handler = sender.clone();
    let on_event = move |event| drop(handler.send(event));
    let config = Config::default().with_follow_symlinks(false);
    new_debouncer_opt(QUIET, Some(TICK), on_event, NoCache::new(), config)
}

/// The root itself is watched too, not what lies below it, so that `book.toml` may be
/// replaced by renaming and folders may come later; likewise each folder above one of the
/// book's.
fn watch_all(
    debouncer: &mut Debouncer<RecommendedWatcher, NoCache>,
    root: &Path,
    folders: &[String],
) -> notify::Result<()> {
    let is_folder = |path: &Path| path.symlink_metadata().is_ok_and(|it| it.is_dir());
    debouncer.watch(root, RecursiveMode::NonRecursive)?;
    for folder in folders {
        let path = root.join(folder);
        let above = path.ancestors().skip(1).take_while(|it| *it != root);
        for above in above.filter(|it| is_folder(it)) {
            debouncer.watch(above, RecursiveMode::NonRecursive)?;
        }
        if is_folder(&path) {
            match debouncer.watch(&path, RecursiveMode::Recursive) {
                // It went between the look and the watch: the root tells when it is back.
                Err(_) if !is_folder(&path) => {}
                watched => watched?,
            }
        }
    }
    Ok(())
}

/// The kind of a file system that other machines or programs write to unseen.
#[cfg(target_os = "linux")]
fn remote(root: &Path) -> Option<Blind> {
    let kind = rustix::fs::statfs(root).ok()?.f_type;
    // linux/magic.h
    let known = [
        (0x6969, "NFS"),
        (0x517b, "SMB"),
        (0xff53_4d42, "CIFS"),
        (0xfe53_4d42, "SMB"),
        (0x0102_1997, "9p"),
        (0x6573_5546, "FUSE"),
        (0x786f_4256, "VirtualBox"),
        (0x00c3_6400, "Ceph"),
    ];
    let kind = u64::try_from(kind).ok()? & 0xffff_ffff;
    let found = known.into_iter().find(|(it, _)| *it == kind);
    found.map(|(_, name)| Blind::FileSystem(name))
}

#[cfg(not(target_os = "linux"))]
fn remote(_: &Path) -> Option<Blind> {
    None
}

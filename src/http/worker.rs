//! The thread that reads and builds again.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;

use crate::diagnostic::Severity;
use crate::disk::{self, Changes, Watcher};
use crate::http::address;
use crate::http::preview::Preview;
use crate::input::{Inputs, Wanted};
use crate::layout::in_static;

/// How long to wait at most before looking at the clock again: a machine that slept counts
/// the time of waiting without its sleep.
const NAP: Duration = Duration::from_secs(30);

/// Which briefs are wanted, as of the time at which it is called.
pub type WantedNow = Box<dyn Fn() -> anyhow::Result<Wanted> + Send>;

/// What there is to say of a save.
pub struct Saved {
    /// The files that changed, from the root of the book; none if time alone changed it.
    pub paths: Vec<String>,
    /// How long it took to build the book again.
    pub took: Duration,
    /// The new address of the preview, if `site-url` has changed it.
    pub link: Option<String>,
    /// How many errors the book has.
    pub n_errors: usize,
    /// How many warnings.
    pub n_warnings: usize,
    /// Why the book could not be read; `None` if it could.
    pub trouble: Option<String>,
}

/// Waits for changes, builds, and hands the result on.
pub(super) struct Worker {
    pub(super) root: PathBuf,
    pub(super) wanted: WantedNow,
    /// The address of the preview without the path of the site.
    pub(super) origin: String,
    pub(super) tell: Box<dyn Fn(&str) + Send>,
    pub(super) saved: Box<dyn Fn(&Saved) + Send>,
    pub(super) watcher: Watcher,
    pub(super) sender: watch::Sender<Arc<Preview>>,
}

impl Worker {
    /// Works until the watcher ends.
    #[expect(clippy::disallowed_methods, reason = "how long it took is told")]
    pub(super) fn run(mut self) {
        let mut told = None;
        loop {
            let blind = self.watcher.blind();
            if told.as_ref() != blind {
                told = blind.cloned();
                if let Some(why) = &told {
                    (self.tell)(&format!("looks at the files again and again: {why}"));
                }
            }
            let last = Arc::clone(&self.sender.borrow());
            let changes = self.watcher.wait(self.time_left(&last).min(NAP));
            let is_due = self.time_left(&last).is_zero();
            match changes {
                Changes::Ended => return,
                Changes::Nothing if !is_due => continue,
                _ => {}
            }
            let began = Instant::now();
            if self.watcher.has_moved(&changes) {
                self.watcher.follow(last.src());
            }
            match self.inputs(&last, &changes) {
                Ok(inputs)
                    if is_same_book(&inputs, &last.newest.inputs)
                        && last.trouble.is_none()
                        && !is_due => {}
                Ok(inputs) => {
                    let src = last.src();
                    let next = Preview::next(&last, inputs);
                    if src != next.src() {
                        self.watcher.follow(next.src());
                    }
                    (self.saved)(&self.what_changed(&last, &next, began.elapsed()));
                    self.sender.send_replace(Arc::new(next));
                }
                Err(error) => {
                    let next = last.in_trouble(format!("{error:#}"));
                    if next.trouble != last.trouble {
                        (self.saved)(&self.what_changed(&last, &next, began.elapsed()));
                    }
                    self.sender.send_replace(Arc::new(next));
                }
            }
        }
    }

    fn what_changed(&self, last: &Preview, next: &Preview, took: Duration) -> Saved {
        let (old, new) = (&last.newest.inputs, &next.newest.inputs);
        let texts = differing(&old.files, &new.files).map(ToString::to_string);
        let assets = differing(&old.assets, &new.assets).map(|it| in_static(it));
        let base = address::base(&next.shown);
        let report = &next.newest.report;
        Saved {
            paths: texts.chain(assets).collect(),
            took,
            link: (base != address::base(&last.shown))
                .then(|| format!("{}{base}", self.origin)),
            n_errors: report.of(Severity::Error).count(),
            n_warnings: report.of(Severity::Warning).count(),
            trouble: next.trouble.clone(),
        }
    }

    /// How long until time alone changes the book.
    fn time_left(&self, last: &Preview) -> Duration {
        let now = (self.wanted)().map(|it| it.now);
        match (last.next_change, now) {
            (Some(next), Ok(now)) => {
                next.duration_since(now).try_into().unwrap_or_default()
            }
            _ => Duration::MAX,
        }
    }

    fn inputs(&self, last: &Preview, changes: &Changes) -> anyhow::Result<Inputs> {
        let wanted = (self.wanted)()?;
        match changes {
            // After trouble nobody knows which changes were missed.
            Changes::Paths(paths) if last.trouble.is_none() => {
                disk::refresh(&self.root, &last.newest.inputs, paths, wanted)
            }
            Changes::Nothing if last.trouble.is_none() => {
                disk::refresh(&self.root, &last.newest.inputs, &[], wanted)
            }
            _ => disk::read(&self.root, wanted),
        }
    }
}

/// The keys whose values are not the same in two maps, and those that only one has.
fn differing<'a, T: PartialEq>(
    a: &'a BTreeMap<Arc<str>, T>,
    b: &'a BTreeMap<Arc<str>, T>,
) -> impl Iterator<Item = &'a Arc<str>> {
    let gone = a.keys().filter(|it| !b.contains_key(*it));
    let changed = b.iter().filter(|(path, it)| a.get(*path) != Some(it));
    gone.chain(changed.map(|(path, _)| path))
}

/// Whether two readings differ in the clock at most.
fn is_same_book(a: &Inputs, b: &Inputs) -> bool {
    a.files == b.files && a.assets == b.assets
}

//! The thread that reads and builds again.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::watch;

use crate::disk::{self, Changes, Watcher};
use crate::http::Read;
use crate::http::preview::Preview;
use crate::input::Inputs;

/// Waits for changes, builds, and hands the result on.
pub(super) struct Worker {
    pub(super) root: PathBuf,
    pub(super) read: Read,
    pub(super) watcher: Watcher,
    pub(super) sender: watch::Sender<Arc<Preview>>,
}

impl Worker {
    /// Works until the watcher ends.
    pub(super) fn run(mut self) {
        loop {
            let changes = self.watcher.wait();
            if changes == Changes::Ended {
                return;
            }
            let last = Arc::clone(&self.sender.borrow());
            if self.watcher.has_moved(&changes) {
                self.watcher.follow(&last.inputs_src());
            }
            match self.inputs(&last, &changes) {
                Ok(inputs)
                    if is_same_book(&inputs, &last.inputs) && last.trouble.is_none() => {}
                Ok(inputs) => {
                    let src = last.inputs_src();
                    let next = Preview::next(&last, inputs);
                    if *src != *next.inputs_src() {
                        self.watcher.follow(&next.inputs_src());
                    }
                    self.sender.send_replace(Arc::new(next));
                }
                Err(error) => {
                    let next = last.in_trouble(format!("{error:#}"));
                    self.sender.send_replace(Arc::new(next));
                }
            }
        }
    }

    fn inputs(&self, last: &Preview, changes: &Changes) -> anyhow::Result<Inputs> {
        let options = (self.read)()?;
        match changes {
            // After trouble nobody knows which changes were missed.
            Changes::Paths(paths) if last.trouble.is_none() => {
                disk::refresh(&self.root, &last.inputs, paths, &options)
            }
            _ => disk::read(&self.root, &options),
        }
    }
}

/// Whether two readings differ in the clock at most.
fn is_same_book(a: &Inputs, b: &Inputs) -> bool {
    a.files == b.files && a.assets == b.assets
}

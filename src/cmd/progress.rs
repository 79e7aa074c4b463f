//! What a long build is at, for a person at a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that takes less shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line that says what is being done; it appears when work takes long, on a terminal
/// only.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Begins with a first step.
    pub(super) fn start(step: &'static str) -> Progress {
        let bar = ProgressBar::hidden();
        bar.set_message(step);
        bar.set_style(style("{spinner} {msg}"));
        let shown = bar.clone();
        // Without a thread to be had the work goes on without a line.
        let _ = std::thread::Builder::new().spawn(move || {
            std::thread::sleep(PATIENCE);
            if !shown.is_finished() {
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(Duration::from_millis(100));
            }
        });
        Progress(bar)
    }

    /// Goes on to another step.
    pub(super) fn step(&self, step: &'static str) {
        self.0.set_message(step);
    }

    /// Goes on to work that can be counted.
    pub(super) fn count(&self, step: &'static str, n: usize) {
        self.0.set_style(style("{msg} {bar:30} {pos}/{len}, {eta} left"));
        self.0.set_message(step);
        self.0.set_length(n as u64);
        self.0.set_position(0);
        // What came before says nothing of how long this takes.
        self.0.reset_elapsed();
        self.0.reset_eta();
    }

    /// One more is done.
    pub(super) fn inc(&self) {
        self.0.inc(1);
    }

    /// Takes the line away: what is printed now would stand behind it.
    pub(super) fn end(&self) {
        self.0.finish_and_clear();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("the templates above are well formed")
}

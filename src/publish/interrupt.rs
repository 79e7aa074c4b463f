//! Ctrl-C: what git is doing is ended too, and the private repository goes away.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::bail;

static STOPPED: AtomicBool = AtomicBool::new(false);
static WATCHED: OnceLock<()> = OnceLock::new();

/// Begins to notice Ctrl-C; from now on it no longer ends the program by itself.
///
/// Git runs in process groups of its own, so that a time-out can end all of one. Ctrl-C
/// does not reach them there; whoever waits for git looks here.
pub(super) fn watch() {
    WATCHED.get_or_init(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        // Without a runtime Ctrl-C ends the program at once, as it does by itself.
        let Ok(runtime) = runtime else { return };
        std::thread::spawn(move || {
            if runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
                STOPPED.store(true, Ordering::Relaxed);
            }
        });
    });
}

/// The error is for a user who pressed Ctrl-C.
pub(super) fn check() -> anyhow::Result<()> {
    if STOPPED.load(Ordering::Relaxed) {
        bail!("interrupted");
    }
    Ok(())
}

//! The book that a command works on.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use jiff::Timestamp;

use crate::Built;
use crate::cmd::progress::Progress;
use crate::disk;
use crate::input::Wanted;
use crate::layout::{STATIC, TEMPLATES};
use crate::site::Site;

/// Where the book is and what is wanted of it.
#[derive(Args, Clone, Debug)]
pub(super) struct BookArgs {
    /// The folder that holds book.toml; by default, this one or the nearest above it
    #[arg(long, default_value_os_t = nearest(), hide_default_value = true, value_name = "DIR")]
    pub(super) root: PathBuf,
    /// Include drafts
    #[arg(long)]
    pub(super) drafts: bool,
    /// Include briefs still under embargo
    #[arg(long)]
    pub(super) future: bool,
}

impl BookArgs {
    /// Which briefs are wanted, as of now.
    pub(super) fn wanted(&self) -> anyhow::Result<Wanted> {
        Ok(Wanted { now: now()?, drafts: self.drafts, future: self.future })
    }

    /// Reads the book and builds it.
    pub(super) fn site(&self, progress: &Progress) -> anyhow::Result<Site> {
        let inputs = disk::read(&self.root, self.wanted()?)?;
        progress.step("linking");
        Ok(Site::of(inputs, &Built::default()))
    }
}

/// The folder of the book that one is in: this one, or the nearest above it with a book.toml;
/// this one if there is none.
pub(super) fn nearest() -> PathBuf {
    disk::nearest_book().unwrap_or_else(|| PathBuf::from("."))
}

/// The folders of a book, in which no output may lie.
pub(super) fn sources(root: &Path, src: &str) -> [PathBuf; 3] {
    [TEMPLATES, STATIC, src].map(|it| root.join(it))
}

/// The clock: `SOURCE_DATE_EPOCH` if it is set (reproducible-builds.org), else the time.
#[expect(clippy::disallowed_methods, reason = "the clock enters here and nowhere else")]
pub(super) fn now() -> anyhow::Result<Timestamp> {
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => {
            let seconds = text.parse::<i64>().ok();
            seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()).with_context(|| {
                format!("SOURCE_DATE_EPOCH must be a number of seconds since 1970, and `{text}` is not")
            })
        }
        Err(_) => Ok(Timestamp::now()),
    }
}

//! `dateline next`: when the clock changes the site.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};

use crate::cmd::book::{BookArgs, nearest};
use crate::cmd::outcome::Outcome;
use crate::disk;
use crate::parse;
use crate::parse::Parsed;
use crate::parse::clock::turns;

/// Print when the clock next changes the site
///
/// An embargo ends and a brief expires without anybody saving a file. Prints the time, the
/// file and what happens then; nothing if nothing is due. With --since, prints what has come
/// since then: a job that runs every hour need not build when that is nothing.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  dateline next                 2025-12-03T09:30:00Z content/briefs/a.md: the embargo ends
  dateline next --since 3h      what has come within the last three hours")]
pub(super) struct Next {
    /// The folder that holds book.toml; by default, this one or the nearest above it
    #[arg(long, default_value_os_t = nearest(), hide_default_value = true, value_name = "DIR")]
    root: PathBuf,
    /// Print what has come since this time, or within this while, instead of what comes next
    #[arg(long, value_name = "TIME")]
    since: Option<Since>,
}

/// A time, or how long ago it was.
#[derive(Clone, Copy, Debug)]
enum Since {
    Time(Timestamp),
    Ago(SignedDuration),
}

impl std::str::FromStr for Since {
    type Err = String;

    fn from_str(text: &str) -> Result<Since, String> {
        let time = text.parse().map(Since::Time).ok();
        let ago = || text.parse::<SignedDuration>().ok().filter(|it| !it.is_negative());
        let since = time.or_else(|| ago().map(Since::Ago));
        since.ok_or_else(|| {
            "write a time, `2025-08-08T21:30Z`, or a while, `3h`".to_owned()
        })
    }
}

impl Next {
    /// Reads the book, without linking it, and prints the next turn, or those that have come.
    pub(super) fn run(&self, out: &mut impl Write) -> anyhow::Result<Outcome> {
        let book = BookArgs { root: self.root.clone(), drafts: false, future: false };
        let inputs = disk::read(&self.root, book.wanted()?)?;
        let parsed = parse::parse(&inputs, &Parsed::default()).value;
        let now = inputs.wanted.now;
        let mut turns = turns(&parsed);
        match self.since {
            None => {
                turns.retain(|it| it.at > now);
                turns.truncate(1);
            }
            Some(since) => {
                let since = match since {
                    Since::Time(time) => time,
                    Since::Ago(ago) => {
                        now.checked_sub(ago).context("that is too long ago")?
                    }
                };
                turns.retain(|it| it.at > since && it.at <= now);
            }
        }
        for turn in turns {
            writeln!(out, "{} {}: {}", turn.at, turn.path, turn.what)?;
        }
        Ok(Outcome::Done)
    }
}

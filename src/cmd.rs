//! The commands: one a file, each with its arguments, its help and its work.

mod build;
mod check;
mod completions;
mod export;
mod init;
mod mentions;
mod merge;
mod new;
mod part;
mod progress;
mod publish;
mod removal;
mod report;
mod schema;
mod serve;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};
use jiff::Timestamp;

use crate::Built;
use crate::cmd::progress::Progress;
use crate::disk;
use crate::site::Site;

/// A static-site generator for annotated news briefs
///
/// Dateline reads short dated items in Markdown and a registry of people, organizations and
/// places, and makes a site in which every brief stands beside its background.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, propagate_version = true)]
#[command(after_help = "Examples:
  dateline init harbor-desk          a new book that builds
  dateline serve --open              a preview that follows every save
  dateline build                     the site, into public/
  dateline check --format concise    what is wrong, a line each
  dateline new brief \"Dock strike\"   a file with the right name and front matter
  dateline mentions FILE             which names were found, and why
  dateline publish                   the site, onto a branch that a host shows

Exit codes: 0 done, 1 findings, 2 could not work.")]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    Build(build::Build),
    Publish(publish::Publish),
    Merge(merge::Merge),
    Check(check::Check),
    Mentions(mentions::Mentions),
    New(new::New),
    Export(export::Export),
    Schema(schema::Schema),
    Serve(serve::Serve),
    Completions(completions::Completions),
    Man(completions::Man),
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Done,
    /// There are findings that the exit code tells.
    Findings,
}

/// Where the book is and what is wanted of it.
#[derive(Args, Clone, Debug)]
pub struct Book {
    /// The folder that holds book.toml
    #[arg(long, default_value = ".", value_name = "DIR")]
    pub root: PathBuf,
    /// Take drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Take briefs under embargo too
    #[arg(long)]
    pub future: bool,
}

impl Book {
    /// What to read.
    fn options(&self) -> anyhow::Result<disk::ReadOptions> {
        Ok(disk::ReadOptions { drafts: self.drafts, future: self.future, now: now()? })
    }

    /// Reads the book and builds it.
    fn site(&self, progress: &Progress) -> anyhow::Result<Site> {
        let inputs = disk::read(&self.root, &self.options()?)?;
        progress.step("linking");
        Ok(Site::of(inputs, &Built::default()))
    }
}

/// The folders of a book, in which no output may lie.
fn sources(root: &std::path::Path, src: &str) -> [PathBuf; 3] {
    ["templates", "static", src].map(|it| root.join(it))
}

/// Reads the arguments, runs the command, and tells how it ended.
pub fn main() -> ExitCode {
    heed_file_limit();
    let cli = Cli::parse();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let ended = match &cli.command {
        Command::Init(it) => it.run(&mut out),
        Command::Build(it) => it.run(&mut out),
        Command::Publish(it) => it.run(&mut out),
        Command::Merge(it) => it.run(&mut out),
        Command::Check(it) => it.run(&mut out),
        Command::Mentions(it) => it.run(&mut out),
        Command::New(it) => it.run(&mut out),
        Command::Export(it) => it.run(&mut out),
        Command::Schema(it) => it.run(&mut out),
        Command::Serve(it) => it.run(&mut out),
        Command::Completions(it) => it.run(Cli::command(), &mut out),
        Command::Man(it) => it.run(&Cli::command(), &mut out),
    };
    let ended = ended.and_then(|outcome| match out.flush() {
        // Nobody listens; what was done is done all the same.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(outcome),
    });
    match ended {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let said = crate::diagnostic::printable(&format!("{error:#}"));
            let _ = writeln!(io::stderr(), "error: {said}"); // perhaps nobody listens
            ExitCode::from(2)
        }
    }
}

/// Makes a write beyond the limit on a file's size (`ulimit -f`) an error that is told; else
/// the signal would end the program without a word.
fn heed_file_limit() {
    #[cfg(unix)]
    {
        let met = std::sync::Arc::default();
        let _ = signal_hook::flag::register(libc::SIGXFSZ, met);
    }
}

/// Whether whoever read the output has had enough, as `head` does.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = error.downcast_ref::<io::Error>();
    io.is_some_and(|it| it.kind() == io::ErrorKind::BrokenPipe)
}

/// Leaves what a command holds at its end to the system, which takes the memory back at
/// once; piece by piece that takes a third of a second for 100,000 briefs.
fn leave<T>(held: T) {
    std::mem::forget(held);
}

/// The clock: `SOURCE_DATE_EPOCH` if it is set (reproducible-builds.org), else the time.
#[expect(clippy::disallowed_methods, reason = "the clock enters here and nowhere else")]
fn now() -> anyhow::Result<Timestamp> {
    use anyhow::Context;
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => {
            let seconds = text.parse::<i64>().ok();
            seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()).with_context(|| {
                format!("SOURCE_DATE_EPOCH is a number of seconds since 1970, and `{text}` is not")
            })
        }
        Err(_) => Ok(Timestamp::now()),
    }
}

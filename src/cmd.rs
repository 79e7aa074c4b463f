//! The commands: one a file, each with its arguments, its help and its work.

mod book;
mod build;
mod check;
mod completions;
mod export;
mod fix;
mod import;
mod init;
mod mentions;
mod merge;
mod new;
mod next;
mod outcome;
mod part;
mod progress;
mod publish;
mod removal;
mod report;
mod schema;
mod serve;
mod suggest;
mod templates;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::cmd::outcome::Outcome;
use crate::parallel;

/// A static-site generator for annotated news briefs
///
/// Dateline reads short, dated items in Markdown and a registry of people, organizations and
/// places, and builds a site in which every brief stands next to its background.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, propagate_version = true)]
#[command(after_help = "Examples:
  dateline init harbor-desk          a new book that builds
  dateline import old-site --to DIR  a book out of an old site
  dateline serve --open              a preview that follows every save
  dateline build                     the site, into public/
  dateline check --format concise    what is wrong, one line each
  dateline new brief \"Dock strike\"   a file with the right name and front matter
  dateline mentions FILE             which names were found, and why
  dateline suggest                   names that the registry lacks
  dateline publish                   the site, on a branch that a host serves

Exit codes: 0 done, 1 problems found, 2 could not run.")]
pub struct Cli {
    /// The folder that holds book.toml, for any command
    #[arg(long, global = true, hide = true, default_value_os_t = book::nearest(), value_name = "DIR")]
    root: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    Import(import::ImportArgs),
    Build(build::Build),
    Publish(publish::Publish),
    Merge(merge::Merge),
    Check(check::Check),
    Mentions(mentions::Mentions),
    Suggest(suggest::Suggest),
    New(new::New),
    Next(next::Next),
    Export(export::Export),
    Schema(schema::Schema),
    Serve(serve::Serve),
    Templates(templates::ThemeFiles),
    Completions(completions::Completions),
    Man(completions::Man),
}

/// Reads the arguments, runs the command, and tells how it ended.
pub fn main() -> ExitCode {
    report_file_limit();
    parallel::prepare();
    let cli = Cli::parse();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let ended = match &cli.command {
        Command::Init(it) => it.run(&mut out),
        Command::Import(it) => it.run(&mut out),
        Command::Build(it) => it.run(&mut out),
        Command::Publish(it) => it.run(&mut out),
        Command::Merge(it) => it.run(&mut out),
        Command::Check(it) => it.run(&mut out),
        Command::Mentions(it) => it.run(&mut out),
        Command::Suggest(it) => it.run(&mut out),
        Command::New(it) => it.run(&mut out),
        Command::Next(it) => it.run(&mut out),
        Command::Export(it) => it.run(&mut out),
        Command::Schema(it) => it.run(&mut out),
        Command::Serve(it) => it.run(&mut out),
        Command::Templates(it) => it.run(&mut out),
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
            let said = crate::diagnostic::continued(&format!("{error:#}"));
            let _ = writeln!(io::stderr(), "error: {said}"); // perhaps nobody listens
            ExitCode::from(2)
        }
    }
}

/// Makes a write beyond the limit on a file's size (`ulimit -f`) an error that is told; else
/// the signal would end the program without a word.
fn report_file_limit() {
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

//! `dateline completions` and `dateline man`: for shells and for `man`.

use std::io::Write;

use clap::Command;
use clap_complete::Shell;

use crate::cmd::outcome::Outcome;

/// Print completions for a shell
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  dateline completions bash > ~/.local/share/bash-completion/completions/dateline
  dateline completions zsh > ~/.zfunc/_dateline")]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    /// Prints what the shell wants to source.
    ///
    /// They are made in memory first: what makes them takes a full disk for a mistake of its
    /// own.
    pub(super) fn run(
        &self,
        mut command: Command,
        out: &mut impl Write,
    ) -> anyhow::Result<Outcome> {
        let mut completions = Vec::new();
        clap_complete::generate(self.shell, &mut command, "dateline", &mut completions);
        out.write_all(&completions)?;
        Ok(Outcome::Done)
    }
}

/// Print the man page
#[derive(clap::Args, Debug)]
#[command(after_help = "Example:
  dateline man > ~/.local/share/man/man1/dateline.1")]
pub(super) struct Man {}

impl Man {
    /// Prints the page in roff, the commands one after the other.
    #[expect(clippy::unused_self, reason = "like the other commands")]
    pub(super) fn run(
        &self,
        command: &Command,
        out: &mut impl Write,
    ) -> anyhow::Result<Outcome> {
        let man = clap_mangen::Man::new(command.clone());
        man.render_title(out)?;
        man.render_name_section(out)?;
        man.render_synopsis_section(out)?;
        man.render_description_section(out)?;
        man.render_options_section(out)?;
        writeln!(out, ".SH COMMANDS")?;
        for sub in command.get_subcommands().filter(|it| it.get_name() != "help") {
            commands(&format!("dateline {}", sub.get_name()), sub, out)?;
        }
        out.write_all(CLOSING.as_bytes())?;
        Ok(Outcome::Done)
    }
}

/// What stands at the end of the man page.
const CLOSING: &str = "\
.SH EXIT STATUS
.TP
0
Done.
.TP
1
Problems were found: errors in the book; with \\fBcheck \\-\\-strict\\fR warnings too.
.TP
2
It could not run: no book, no right to write, a wrong argument.
.SH ENVIRONMENT
.TP
SOURCE_DATE_EPOCH
The time of the build, in seconds since 1970, instead of the clock's.
.TP
NO_COLOR
Without colors, if it is set.
.TP
VISUAL
The editor that links of the preview open.
.SH FILES
.TP
book.toml
The settings of a book. A folder that holds one is a book.
.SH BUGS
A report says most with the output of \\fBdateline \\-\\-version\\fR and the smallest book that
shows the mistake.
";

/// A command and those below it, each under its whole name.
fn commands(name: &str, command: &Command, out: &mut impl Write) -> anyhow::Result<()> {
    writeln!(out, ".SS {name}")?;
    let man = clap_mangen::Man::new(command.clone().name(name.to_owned()));
    let mut sections = Vec::new();
    man.render_description_section(&mut sections)?;
    man.render_options_section(&mut sections)?;
    // The heads of whole pages: here they are parts of one.
    let sections = String::from_utf8(sections)?.replace(".SH DESCRIPTION\n", "");
    out.write_all(sections.replace(".SH OPTIONS\n", ".PP\nOptions:\n").as_bytes())?;
    for sub in command.get_subcommands().filter(|it| it.get_name() != "help") {
        commands(&format!("{name} {}", sub.get_name()), sub, out)?;
    }
    Ok(())
}

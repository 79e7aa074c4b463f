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
    #[expect(clippy::unnecessary_wraps, reason = "like the other commands")]
    pub(super) fn run(
        &self,
        mut command: Command,
        out: &mut impl Write,
    ) -> anyhow::Result<Outcome> {
        clap_complete::generate(self.shell, &mut command, "dateline", out);
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
        clap_mangen::Man::new(command.clone()).render(out)?;
        for sub in command.get_subcommands() {
            let name = format!("dateline {}", sub.get_name());
            let man = clap_mangen::Man::new(sub.clone().name(name));
            man.render_description_section(out)?;
            man.render_options_section(out)?;
        }
        Ok(Outcome::Done)
    }
}

//! Git as a program: what it is told, what it may take from the environment, how long it
//! may run.
#![expect(clippy::disallowed_methods, reason = "this is the edge to git")]

use std::ffi::OsStr;
use std::fs::File;
use std::io::{ErrorKind, Read, Seek};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use crate::publish::interrupt;
use crate::publish::redact::Secrets;

/// The oldest git whose settings can be given by environment, out of others' sight.
const OLDEST: (u32, u32) = (2, 31);

/// Variables that say how to reach hosts and who somebody is; all others that begin with
/// `GIT_` say which repository is meant, or make git talk, and are taken away.
const KEPT: &[&str] = &[
    "GIT_ALLOW_PROTOCOL",
    "GIT_AUTHOR_EMAIL",
    "GIT_AUTHOR_NAME",
    "GIT_CEILING_DIRECTORIES",
    "GIT_COMMITTER_EMAIL",
    "GIT_COMMITTER_NAME",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_CONFIG_SYSTEM",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    "GIT_EXEC_PATH",
    "GIT_SSH_VARIANT",
];
const KEPT_BEGINNINGS: &[&str] = &["GIT_SSL_", "GIT_HTTP_", "GIT_PROXY_"];

/// Git in one repository.
#[derive(Clone, Debug)]
pub(super) struct Git {
    /// Where it is started: addresses of remotes may be relative to it.
    pub(super) folder: PathBuf,
    /// The private repository; `None` for the user's, found from `folder`.
    pub(super) private: Option<PathBuf>,
    /// Settings on top of those of the system and the user.
    pub(super) config: Vec<(String, String)>,
    /// Further variables.
    pub(super) env: Vec<(String, String)>,
    /// What its messages must not show.
    pub(super) secrets: Secrets,
}

/// How a run of git ended.
#[derive(Debug)]
pub(super) struct Ran {
    /// `None` if it ran longer than it may and was ended.
    pub(super) status: Option<ExitStatus>,
    /// What it printed.
    pub(super) stdout: Vec<u8>,
    /// What it said, without secrets.
    pub(super) stderr: String,
}

impl Ran {
    pub(super) fn is_done(&self) -> bool {
        self.status.is_some_and(|it| it.success())
    }

    /// What it printed as a line of text.
    pub(super) fn line(&self) -> String {
        String::from_utf8_lossy(&self.stdout).trim_end_matches(['\n', '\r']).to_owned()
    }

    /// What it said, shortened to what tells something.
    pub(super) fn said(&self) -> String {
        let lines = self.stderr.lines().map(str::trim_end);
        let lines: Vec<&str> = lines
            .filter(|it| !it.is_empty() && !it.starts_with("hint:"))
            .filter(|it| !it.starts_with("warning: filtering not recognized"))
            .collect();
        match lines.len() {
            0 => "git said nothing".to_owned(),
            n => lines[n.saturating_sub(20)..].join("\n"),
        }
    }
}

impl Git {
    /// Git in the user's repository, which is only read.
    pub(super) fn of_user(folder: &Path) -> Git {
        // Whatever a repository asks to be run while it is looked at is not run.
        let quiet = [("core.fsmonitor", "false"), ("core.hooksPath", "/dev/null")];
        Git {
            folder: folder.to_owned(),
            private: None,
            config: quiet.map(|(key, value)| (key.to_owned(), value.to_owned())).into(),
            env: Vec::new(),
            secrets: Secrets::default(),
        }
    }

    /// Git with its arguments, ready to be started.
    pub(super) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.current_dir(&self.folder);
        for (key, _) in std::env::vars_os() {
            let Some(name) = key.to_str() else { continue };
            let is_setting = name.starts_with("GIT_CONFIG_") && self.private.is_none();
            let is_kept = KEPT.contains(&name)
                || is_setting
                || KEPT_BEGINNINGS.iter().any(|it| name.starts_with(it));
            if name.starts_with("GIT_") && !is_kept {
                command.env_remove(&key);
            }
        }
        command
            .env("LC_ALL", "C")
            .env("LANGUAGE", "")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_NO_REPLACE_OBJECTS", "1")
            // Nobody is asked anything: git, ssh and the helpers of keychains give up.
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_ASKPASS", "")
            .env("SSH_ASKPASS", "false")
            .env("SSH_ASKPASS_REQUIRE", "force")
            .env("GCM_INTERACTIVE", "never");
        match &self.private {
            Some(private) => {
                command.env("GIT_DIR", private);
                // By environment, since arguments can be read by everybody on a machine.
                command.env("GIT_CONFIG_COUNT", self.config.len().to_string());
                for (at, (key, value)) in self.config.iter().enumerate() {
                    command.env(format!("GIT_CONFIG_KEY_{at}"), key);
                    command.env(format!("GIT_CONFIG_VALUE_{at}"), value);
                }
            }
            None => {
                for (key, value) in &self.config {
                    command.arg("-c").arg(format!("{key}={value}"));
                }
            }
        }
        command.envs(self.env.iter().map(|(key, value)| (key, value)));
        command.args(args).stdin(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command
    }

    /// Runs git to its end, or for as long as it may.
    pub(super) fn run(
        &self,
        args: &[&str],
        within: Option<Duration>,
    ) -> anyhow::Result<Ran> {
        self.run_with(args, &[], within)
    }

    /// Runs git on some input.
    pub(super) fn run_with(
        &self,
        args: &[&str],
        input: &[u8],
        within: Option<Duration>,
    ) -> anyhow::Result<Ran> {
        // Files and no pipes: a helper that lives on does not keep anybody waiting.
        let (mut out, mut err) = (file()?, file()?);
        let mut command = self.command(args);
        command.stdout(out.try_clone()?).stderr(err.try_clone()?);
        if !input.is_empty() {
            let mut given = file()?;
            std::io::Write::write_all(&mut given, input)?;
            given.rewind()?;
            command.stdin(given);
        }
        let mut child = spawn(&mut command)?;
        let status = wait(&mut child, within)?;
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        out.rewind()?;
        out.read_to_end(&mut stdout)?;
        err.rewind()?;
        err.read_to_end(&mut stderr)?;
        let stderr = self.secrets.hide(&String::from_utf8_lossy(&stderr));
        Ok(Ran { status, stdout, stderr })
    }

    /// Runs git for a step on this machine; the error is what it said.
    pub(super) fn must(&self, args: &[&str]) -> anyhow::Result<Ran> {
        self.must_with(args, &[])
    }

    /// As [`Git::must`], on some input.
    pub(super) fn must_with(&self, args: &[&str], input: &[u8]) -> anyhow::Result<Ran> {
        let ran = self.run_with(args, input, None)?;
        if !ran.is_done() {
            bail!("git {} failed: {}", args[0], ran.said());
        }
        Ok(ran)
    }
}

/// Starts git; the error says what to do if there is none.
pub(super) fn spawn(command: &mut Command) -> anyhow::Result<Child> {
    match command.spawn() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!("cannot find git: install git 2.31 or newer and put it on the PATH")
        }
        other => other.context("cannot start git"),
    }
}

/// Waits for a process and ends it, with all that it started, after the time it has.
pub(super) fn wait(
    child: &mut Child,
    within: Option<Duration>,
) -> anyhow::Result<Option<ExitStatus>> {
    let started = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        if let Some(status) = child.try_wait().context("cannot wait for git")? {
            return Ok(Some(status));
        }
        if let Err(interrupted) = interrupt::check() {
            end(child);
            return Err(interrupted);
        }
        if within.is_some_and(|within| started.elapsed() > within) {
            end(child);
            return Ok(None);
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

/// Ends a process and all that it started.
pub(super) fn end(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) =
        i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw)
    {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// A file that has no name and is gone when it is closed.
fn file() -> anyhow::Result<File> {
    tempfile::tempfile().context("cannot make a file in the temporary folder")
}

/// The error is for a git that is not there or too old.
pub(super) fn check_version(git: &Git) -> anyhow::Result<()> {
    let said = git.must(&["version"])?.line();
    let mut numbers = said
        .split(|c: char| !c.is_ascii_digit())
        .filter(|it| !it.is_empty())
        .map(|it| it.parse::<u32>().unwrap_or(0));
    let version = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if version < OLDEST {
        bail!("this git is too old ({said}): install git 2.31 or newer");
    }
    Ok(())
}

/// A variable of the environment, if it says something.
pub(super) fn variable(name: impl AsRef<OsStr>) -> Option<String> {
    std::env::var(name).ok().filter(|it| !it.is_empty())
}

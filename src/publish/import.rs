//! Pages on their way into git: one stream to `git fast-import`, from many threads.

use std::fs::File;
use std::io::{BufWriter, Read, Seek, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, bail};

use crate::publish::git;
use crate::publish::interrupt;
use crate::publish::limits::Limits;
use crate::publish::scratch::Scratch;

const SITE: &str = "refs/dateline/site";
/// How long git may take to end once it has closed its end of the pipe.
const PATIENCE: Duration = Duration::from_secs(5);

/// A site that is being written into the private repository. Dropped without
/// [`Import::finish`], it leaves nothing.
#[derive(Debug)]
pub struct Import<'a> {
    scratch: &'a Scratch,
    child: Child,
    stream: Mutex<BufWriter<ChildStdin>>,
    said: File,
    /// Whether git has stopped taking pages.
    is_broken: AtomicBool,
    limits: &'a Limits,
}

impl<'a> Import<'a> {
    /// Starts git.
    pub fn start(scratch: &'a Scratch, limits: &'a Limits) -> anyhow::Result<Import<'a>> {
        let said =
            tempfile::tempfile().context("cannot make a file in the temporary folder")?;
        let mut command =
            scratch.git.command(&["fast-import", "--quiet", "--done", "--force"]);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(said.try_clone()?);
        let mut child = git::spawn(&mut command)?;
        let stdin = child.stdin.take().context("git takes no input")?;
        let mut stream = BufWriter::with_capacity(1 << 16, stdin);
        // Who made it and when is said by the commit that is pushed.
        let begun = write!(
            stream,
            "commit {SITE}\ncommitter Dateline <publish@dateline.invalid> 0 +0000\ndata 0\n"
        );
        let import = Import {
            scratch,
            child,
            stream: Mutex::new(stream),
            said,
            is_broken: AtomicBool::new(false),
            limits,
        };
        match begun {
            Ok(()) => Ok(import),
            Err(_) => Err(import.failed()),
        }
    }

    /// Takes a file of the site. May be called from many threads; git sorts.
    pub fn put(&self, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
        interrupt::check()?;
        let is_plain = |part: &str| {
            !matches!(part, "" | "." | "..")
                && !part.eq_ignore_ascii_case(".git")
                && !part.eq_ignore_ascii_case("git~1")
        };
        if !path.split('/').all(is_plain) || path.contains(['\0', '\n', '\\']) {
            bail!("git cannot hold a file called `{path}`: give it another name");
        }
        self.limits.take(path, bytes.len() as u64)?;
        let quoted = path.replace('"', "\\\"");
        let mut stream =
            self.stream.lock().expect("no thread panics while it holds this");
        let mut write = || -> std::io::Result<()> {
            write!(stream, "M 100644 inline \"{quoted}\"\ndata {}\n", bytes.len())?;
            stream.write_all(bytes)?;
            stream.write_all(b"\n")
        };
        write().map_err(|error| {
            self.is_broken.store(true, Ordering::Relaxed);
            anyhow::anyhow!("git takes no more pages: {error}")
        })
    }

    /// Why pages could not be taken: what git said if it stopped, else `error`.
    pub fn why(self, error: anyhow::Error) -> anyhow::Error {
        if self.is_broken.load(Ordering::Relaxed) { self.failed() } else { error }
    }

    /// Ends the stream; the id of the site's tree.
    pub fn finish(mut self) -> anyhow::Result<String> {
        let ended = {
            let stream = self.stream.get_mut().expect("no thread panicked with this");
            stream.write_all(b"done\n").and_then(|()| stream.flush())
        };
        let status = git::wait(&mut self.child, None)?;
        if ended.is_err() || !status.is_some_and(|it| it.success()) {
            return Err(self.failed());
        }
        let tree = format!("{SITE}^{{tree}}");
        let tree = self.scratch.git.must(&["rev-parse", "--verify", &tree])?.line();
        self.scratch.check_names(&tree)?;
        Ok(tree)
    }

    /// What git said before it stopped.
    fn failed(mut self) -> anyhow::Error {
        // The pipe is closed, so git has ended or is about to.
        if !matches!(git::wait(&mut self.child, Some(PATIENCE)), Ok(Some(_))) {
            git::end(&mut self.child);
        }
        let mut said = String::new();
        let read = self.said.rewind().and_then(|()| self.said.read_to_string(&mut said));
        let why = match read {
            Ok(_) if !said.trim().is_empty() => said.trim().to_owned(),
            _ => "git said nothing".to_owned(),
        };
        anyhow::anyhow!("git cannot take the site (is the temporary folder full?): {why}")
    }
}

impl Drop for Import<'_> {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            git::end(&mut self.child);
        }
    }
}

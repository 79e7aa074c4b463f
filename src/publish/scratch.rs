//! The private repository: the branch as the remote has it, without its files.

use std::time::Duration;

use anyhow::{Context, bail};
use tempfile::TempDir;

use crate::publish::changes::{FileChange, FileStatus};
use crate::publish::git::{self, Git, Ran};
use crate::publish::message::Commit;
use crate::publish::remote::Remote;
use crate::publish::repository::Repository;

/// Where the branch lies once it is fetched.
const TIP: &str = "refs/dateline/tip";
/// How many commits are looked through for the last one that Dateline made.
const LOOK_BACK: &str = "50";

/// A bare repository in the temporary folder; it is gone when this is dropped.
#[derive(Debug)]
pub struct Scratch {
    pub(super) git: Git,
    pub(super) remote: Remote,
    /// How long a step over the network may take.
    timeout: Duration,
    folder: TempDir,
}

/// The branch as it was fetched.
#[derive(Clone, Debug)]
pub(super) struct Tip {
    pub(super) commit: Commit,
    /// The last commit that Dateline made, the tip itself or one before it.
    pub(super) ours: Option<Commit>,
}

impl Scratch {
    /// Makes the repository; what it needs to reach the remote comes from the book's.
    pub fn open(
        repository: &Repository,
        remote: Remote,
        timeout: Duration,
    ) -> anyhow::Result<Scratch> {
        let folder = tempfile::Builder::new().prefix("dateline-publish-").tempdir();
        let folder = folder.context("cannot make a folder in the temporary folder")?;
        let seconds = timeout.as_secs().max(1).to_string();
        let later = (timeout.as_secs() + 30).to_string();
        let mut config = repository.handed_on();
        let mut set = |key: &str, value: &str| {
            config.push((key.to_owned(), value.to_owned()));
        };
        // Should this program be killed, a hanging connection ends by itself.
        if repository.setting("http.lowspeedtime").is_none() {
            set("http.lowSpeedLimit", "1");
            set("http.lowSpeedTime", &later);
        }
        for (key, value) in [
            ("core.hooksPath", "/dev/null"),
            ("core.fsmonitor", "false"),
            ("core.logAllRefUpdates", "false"),
            ("fastimport.unpackLimit", "1"),
            ("fetch.unpackLimit", "1"),
            ("fetch.writeCommitGraph", "false"),
            ("gc.auto", "0"),
            ("i18n.commitEncoding", "UTF-8"),
            ("i18n.logOutputEncoding", "UTF-8"),
            ("maintenance.auto", "false"),
            ("push.followTags", "false"),
            ("push.gpgSign", "false"),
            ("remote.dateline.url", &remote.url),
        ] {
            set(key, value);
        }
        let mut git = Git {
            folder: repository.git.folder.clone(),
            private: Some(folder.path().to_owned()),
            config,
            env: repository.identity()?,
            secrets: Repository::secrets(&remote),
        };
        git.env.push(("GIT_SSH_COMMAND".to_owned(), ssh(repository, &seconds)));
        let scratch = Scratch { git, remote, timeout, folder };
        scratch.init(&repository.object_format)?;
        Ok(scratch)
    }

    fn init(&self, object_format: &str) -> anyhow::Result<()> {
        let format = format!("--object-format={object_format}");
        self.git.must(&["init", "--quiet", "--bare", "--template=", &format])?;
        Ok(())
    }

    /// The commit that the remote's branch is at now; `None` if there is no such branch.
    pub(super) fn ask(&self) -> anyhow::Result<Option<String>> {
        let reference = &self.remote.reference;
        let ran = self.over_network(&["ls-remote", "dateline", reference])?;
        let said = String::from_utf8_lossy(&ran.stdout);
        let mut lines = said.lines().filter_map(|line| line.split_once('\t'));
        Ok(lines.find(|(_, it)| it == reference).map(|(id, _)| id.to_owned()))
    }

    /// Fetches the branch; `None` if the remote has none.
    pub(super) fn fetch(&self) -> anyhow::Result<Option<Tip>> {
        let Some(id) = self.ask()? else { return Ok(None) };
        let known = self.git.must(&["rev-parse", "--show-object-format"])?.line();
        let format = if id.len() > 40 { "sha256" } else { "sha1" };
        if known != format {
            bail!(
                "the book's repository uses {known} ids and the remote uses {format}: they cannot work together"
            );
        }
        self.fetch_to(&["--depth=1"], TIP)?;
        let mut tips = self.commits(TIP, "1")?;
        let mut commit = tips.pop().context("git fetched no commit")?;
        let raw = self.git.must(&["cat-file", "commit", &commit.id])?;
        let raw = String::from_utf8_lossy(&raw.stdout).into_owned();
        let head = raw.split("\n\n").next().unwrap_or("");
        // What was fetched ends here; the commit itself knows better.
        commit.has_parents = head.lines().any(|line| line.starts_with("parent "));
        let ours = if commit.is_ours {
            Some(commit.clone())
        } else if commit.has_parents {
            let more = format!("--deepen={LOOK_BACK}");
            self.fetch_to(&[&more], "refs/dateline/history")?;
            self.commits(&commit.id, LOOK_BACK)?.into_iter().find(|it| it.is_ours)
        } else {
            None
        };
        Ok(Some(Tip { commit, ours }))
    }

    fn fetch_to(&self, depth: &[&str], to: &str) -> anyhow::Result<()> {
        let reference = format!("+{}:{to}", self.remote.reference);
        let mut args = vec!["fetch", "--quiet", "--no-tags", "--no-write-fetch-head"];
        args.extend(["--no-recurse-submodules", "--filter=blob:none"]);
        args.extend(depth);
        args.extend(["dateline", &reference]);
        self.over_network(&args)?;
        Ok(())
    }

    /// Commits from `from` back, newest first, along the first parents.
    fn commits(&self, from: &str, n: &str) -> anyhow::Result<Vec<Commit>> {
        let n = format!("--max-count={n}");
        let format = "--format=%T%x00%P%x00%B%x00";
        let ran = self.git.must(&["rev-list", "--first-parent", &n, format, from])?;
        let said = String::from_utf8_lossy(&ran.stdout).into_owned();
        let parts: Vec<&str> = said.split('\0').collect();
        let commits = parts.chunks_exact(3).filter_map(|part| {
            let (id, tree) = part[0].trim().split_once('\n')?;
            let id = id.strip_prefix("commit ")?;
            Some(Commit::read(id, tree, part[1], part[2]))
        });
        Ok(commits.collect())
    }

    /// Runs a step over the network; the error says what to do.
    fn over_network(&self, args: &[&str]) -> anyhow::Result<Ran> {
        let ran = self.reach(args)?;
        if ran.is_done() {
            return Ok(ran);
        }
        bail!(self.trouble(&ran));
    }

    /// Runs a step over the network, however it ends.
    pub(super) fn reach(&self, args: &[&str]) -> anyhow::Result<Ran> {
        self.git.run(args, Some(self.timeout))
    }

    /// What went wrong over the network, and what to do.
    pub(super) fn trouble(&self, ran: &Ran) -> String {
        let shown = &self.remote.shown;
        if ran.status.is_none() {
            return format!(
                "{shown} did not answer within {} s: try again, or give it longer with --timeout SECONDS",
                self.timeout.as_secs()
            );
        }
        let said = ran.said();
        let login = [
            "terminal prompts disabled",
            "could not read Username",
            "could not read Password",
            "Authentication failed",
            "Permission denied (",
            "Host key verification failed",
        ];
        if login.iter().any(|it| said.contains(it)) {
            return format!(
                "{shown} wants a login, and Dateline asks nobody for a password: let `git push` work without a question first, by a credential helper or an ssh key\n{said}"
            );
        }
        format!("{shown} cannot be reached, or refuses: git says\n{said}")
    }

    /// Every file of a tree, by path.
    pub(super) fn files(&self, tree: &str) -> anyhow::Result<Vec<String>> {
        let ran = self.git.must(&["ls-tree", "-r", "-z", "--name-only", tree])?;
        Ok(split(&ran.stdout))
    }

    /// What leads from one tree to another, by path.
    pub(super) fn changes(
        &self,
        from: &str,
        to: &str,
    ) -> anyhow::Result<Vec<FileChange>> {
        let args = ["diff-tree", "-r", "-z", "--no-renames", "--name-status", from, to];
        let ran = self.git.must(&args)?;
        let parts = split(&ran.stdout);
        let changes = parts.chunks_exact(2).map(|part| {
            let status = match &*part[0] {
                "A" => FileStatus::Added,
                "D" => FileStatus::Removed,
                _ => FileStatus::Changed,
            };
            FileChange { status, path: part[1].clone() }
        });
        Ok(changes.collect())
    }

    /// The tree without files.
    pub(super) fn empty_tree(&self) -> anyhow::Result<String> {
        Ok(self.git.must(&["mktree"])?.line())
    }

    /// The file `CNAME` of a tree: the id of its bytes and the domain in it.
    pub(super) fn cname(&self, tree: &str) -> anyhow::Result<Option<(String, String)>> {
        let ran = self.git.must(&["ls-tree", tree, "CNAME"])?;
        let line = ran.line();
        let mut words = line.split_whitespace();
        let (mode, _, id) = (words.next(), words.next(), words.next());
        let is_file = mode.is_some_and(|it| it.starts_with("100")); // and no link
        let Some(id) = id.filter(|_| is_file) else { return Ok(None) };
        // This fetches the one file that the decision needs.
        let ran = self.over_network(&["cat-file", "blob", id])?;
        let text = String::from_utf8_lossy(&ran.stdout[..ran.stdout.len().min(1024)])
            .trim()
            .to_lowercase();
        Ok((!text.is_empty()).then(|| (id.to_owned(), text)))
    }

    /// Lets git itself judge the names in a tree, as it does when somebody checks it out on
    /// any system. The error names the one that cannot be.
    pub(super) fn check_names(&self, tree: &str) -> anyhow::Result<()> {
        let mut git = self.git.clone();
        let index = self.folder.path().join("names").to_string_lossy().into_owned();
        git.env.push(("GIT_INDEX_FILE".to_owned(), index));
        for key in ["core.protectHFS", "core.protectNTFS"] {
            git.config.push((key.to_owned(), "true".to_owned()));
        }
        let ran = git.run(&["read-tree", tree], None)?;
        if !ran.is_done() {
            bail!(
                "git cannot hold a file of the site: {}; give it another name",
                ran.said()
            );
        }
        Ok(())
    }

    /// A tree with the file `CNAME` besides.
    pub(super) fn with_cname(&self, tree: &str, id: &str) -> anyhow::Result<String> {
        let mut entries = self.git.must(&["ls-tree", "-z", tree])?.stdout;
        if entries.split(|it| *it == 0).any(|it| it.ends_with(b"\tCNAME")) {
            bail!(
                "the site has a folder `CNAME`, and the branch a file of that name: give the pages in it another address"
            );
        }
        entries.extend(format!("100644 blob {id}\tCNAME\0").as_bytes());
        Ok(self.git.must_with(&["mktree", "-z", "--missing"], &entries)?.line())
    }
}

/// The ssh that the user has chosen, told to ask nobody.
fn ssh(repository: &Repository, seconds: &str) -> String {
    let chosen = git::variable("GIT_SSH_COMMAND")
        .or_else(|| repository.setting("core.sshcommand").map(str::to_owned))
        .or_else(|| {
            let quoted = |it: String| format!("'{}'", it.replace('\'', r"'\''"));
            git::variable("GIT_SSH").map(quoted)
        });
    let chosen = chosen.unwrap_or_else(|| "ssh".to_owned());
    let program = chosen.split_whitespace().next().unwrap_or("");
    let name = program.trim_matches(['\'', '"']).rsplit(['/', '\\']).next();
    match name {
        // Another program may not know these words.
        Some("ssh" | "ssh.exe") => {
            format!("{chosen} -o BatchMode=yes -o ConnectTimeout={seconds}")
        }
        _ => chosen,
    }
}

fn split(bytes: &[u8]) -> Vec<String> {
    let parts = bytes.split(|it| *it == 0).filter(|it| !it.is_empty());
    parts.map(|it| String::from_utf8_lossy(it).into_owned()).collect()
}

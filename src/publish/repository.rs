//! The repository of the book: where it is, what is checked out, who publishes. Only read.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, bail};

use crate::input::{Content, Inputs, Refusal};
use crate::layout;
use crate::publish::committed::differing;
use crate::publish::git::{self, Git};
use crate::publish::interrupt;
use crate::publish::provenance::Provenance;
use crate::publish::redact::{Secrets, shown};
use crate::publish::remote::Remote;

/// The repository that holds a book.
#[derive(Debug)]
pub struct Repository {
    /// Git at its top.
    pub(super) git: Git,
    prefix: String,
    /// `sha1` or `sha256`.
    pub(super) object_format: String,
    /// The branch that is checked out; `None` for a detached `HEAD`.
    branch: Option<String>,
    head: Option<String>,
    /// Every setting as scope, key, value.
    settings: Vec<(String, String, String)>,
}

impl Repository {
    /// The repository that the book's folder is in. The error says what to do without one.
    pub fn open(root: &Path) -> anyhow::Result<Repository> {
        interrupt::watch();
        let git = Git::of_user(root);
        git::check_version(&git)?;
        let facts =
            ["rev-parse", "--show-object-format", "--show-prefix", "--show-toplevel"];
        let ran = git.run(&facts, None)?;
        if !ran.is_done() {
            if ran.stderr.contains("dubious ownership") {
                bail!("git does not trust this repository: {}", ran.said());
            }
            bail!(
                "{} is not in a git work tree: run `git init`, add a remote, or publish to a folder with --to DIR ({})",
                root.display(),
                ran.said()
            );
        }
        let said = String::from_utf8(ran.stdout).context(
            "the path of the repository is not valid UTF-8: move it elsewhere",
        )?;
        let mut lines = said.trim_end_matches('\n').splitn(3, '\n');
        let mut line = || lines.next().unwrap_or_default().to_owned();
        let (object_format, prefix, top) = (line(), line(), line());
        let git = Git::of_user(Path::new(&top));
        let head = head(&git)?;
        let branch = git.run(&["symbolic-ref", "-q", "HEAD"], None)?;
        let branch = branch.is_done().then(|| branch.line());
        let settings = settings(&git)?;
        Ok(Repository { git, prefix, object_format, branch, head, settings })
    }

    /// The path of the book from the top, with a slash at the end; empty if it is the top.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The commit and what differs from it among the files that the book read.
    pub fn provenance(&self, inputs: &Inputs, src: &str) -> anyhow::Result<Provenance> {
        if head(&self.git)? != self.head {
            bail!("another commit was checked out while the book was read: run it again");
        }
        let is_read = |content: &Content| match content {
            Content::Text(_) => true,
            Content::Refused(refused) => refused.why != Refusal::Stray,
        };
        let texts = inputs.files.iter().filter(|(_, it)| is_read(it));
        let texts = texts.map(|(path, _)| format!("{}{path}", self.prefix));
        let assets = inputs
            .assets
            .keys()
            .map(|it| format!("{}{}", self.prefix, layout::in_static(it)));
        let read: BTreeSet<String> = texts.chain(assets).collect();
        let places = [layout::SETTINGS, src, layout::TEMPLATES, layout::STATIC]
            .map(|it| format!(":(top,literal){}{it}", self.prefix));
        let changed = differing(&self.git, self.head.as_deref(), &places, &read)?;
        let changed = changed.into_iter().collect();
        Ok(Provenance { commit: self.head.clone(), changed })
    }

    /// A remote by its name or address, and a branch there. The error lists the remotes.
    pub fn remote(&self, name: &str, branch: &str) -> anyhow::Result<Remote> {
        let branch = branch.strip_prefix("refs/heads/").unwrap_or(branch);
        let reference = format!("refs/heads/{branch}");
        let is_name = self.git.run(&["check-ref-format", &reference], None)?.is_done();
        if !is_name || branch == "HEAD" || branch.starts_with('-') {
            bail!("`{branch}` is not a branch name: give another with --branch");
        }
        if self.branch.as_deref() == Some(&reference) {
            bail!(
                "`{branch}` is checked out and holds the book: name another branch for the site with --branch"
            );
        }
        let url = self.url(name)?;
        Ok(Remote { shown: shown(&url), url, branch: branch.to_owned(), reference })
    }

    /// Where pushing to a remote goes.
    fn url(&self, name: &str) -> anyhow::Result<String> {
        if name.starts_with('-') || name.is_empty() {
            bail!("`{name}` is not a remote: give its name or its address");
        }
        let known = self.git.must(&["remote"])?;
        let known = String::from_utf8_lossy(&known.stdout).into_owned();
        if known.lines().any(|it| it == name) {
            let urls =
                self.git.run(&["remote", "get-url", "--push", "--all", name], None)?;
            let urls = urls.line();
            let mut urls = urls.lines();
            return match (urls.next(), urls.next()) {
                (Some(url), None) => Ok(url.to_owned()),
                (None, _) => bail!(
                    "the remote `{name}` has no address: `git remote set-url {name} ADDRESS`"
                ),
                _ => bail!(
                    "the remote `{name}` has several addresses to push to: give one with --remote ADDRESS"
                ),
            };
        }
        if name.contains([':', '/', '\\']) {
            return Ok(self.git.must(&["ls-remote", "--get-url", name])?.line());
        }
        let known: Vec<&str> = known.lines().collect();
        match known[..] {
            [] => bail!(
                "the repository has no remote called `{name}`: `git remote add {name} ADDRESS`"
            ),
            _ => bail!(
                "no remote is called `{name}`: give one of {} with --remote, or an address",
                known.join(", ")
            ),
        }
    }

    /// The settings that say how to reach hosts, for the private repository: of every scope,
    /// for those of the user may hold for some folders only (`includeIf`), and the private
    /// one lies elsewhere.
    ///
    /// What makes up a list is begun with an empty value, which forgets what git has read
    /// before: else each helper would be asked twice.
    pub(super) fn handed_on(&self) -> Vec<(String, String)> {
        let beginnings = ["http.", "credential.", "protocol."];
        let keys = ["core.gitproxy", "ssh.variant"];
        let is_wanted = |key: &str| {
            beginnings.iter().any(|it| key.starts_with(it)) || keys.contains(&key)
        };
        let is_list = |key: &str| {
            key.starts_with("credential.") && key.ends_with(".helper")
                || key.starts_with("http.") && key.ends_with(".extraheader")
        };
        let mut begun = BTreeSet::new();
        let mut handed: Vec<(String, String)> = Vec::new();
        for (_, key, value) in self.settings.iter().filter(|it| is_wanted(&it.1)) {
            if is_list(key) && begun.insert(key) {
                handed.push((key.clone(), String::new()));
            }
            handed.push((key.clone(), value.clone()));
        }
        handed
    }

    /// The last value of a setting, whoever made it.
    pub(super) fn setting(&self, key: &str) -> Option<&str> {
        let mut all = self.settings.iter().rev();
        all.find(|(_, it, _)| it == key).map(|(_, _, value)| &**value)
    }

    /// Who makes the commit, as variables for git. The user if git knows one.
    pub(super) fn identity(&self) -> anyhow::Result<Vec<(String, String)>> {
        let mut variables = Vec::new();
        for role in ["AUTHOR", "COMMITTER"] {
            let mut git = self.git.clone();
            git.config.push(("user.useConfigOnly".to_owned(), "true".to_owned()));
            let ran = git.run(&["var", &format!("GIT_{role}_IDENT")], None)?;
            let line = ran.line();
            let known = line.split_once(" <").and_then(|(name, rest)| {
                Some((name.to_owned(), rest.split_once('>')?.0.to_owned()))
            });
            let known = known.filter(|_| ran.is_done());
            let (name, email) = known.unwrap_or_else(|| {
                ("Dateline".to_owned(), "publish@dateline.invalid".to_owned())
            });
            variables.push((format!("GIT_{role}_NAME"), name));
            variables.push((format!("GIT_{role}_EMAIL"), email));
        }
        Ok(variables)
    }

    /// What hides the secrets of a remote.
    pub(super) fn secrets(remote: &Remote) -> Secrets {
        Secrets::of(&remote.url)
    }
}

fn head(git: &Git) -> anyhow::Result<Option<String>> {
    let head = git.run(&["rev-parse", "-q", "--verify", "HEAD^{commit}"], None)?;
    Ok(head.is_done().then(|| head.line()))
}

/// Every setting that holds here: scope, key, value.
fn settings(git: &Git) -> anyhow::Result<Vec<(String, String, String)>> {
    let ran = git.must(&["config", "--list", "--show-scope", "-z"])?;
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    let mut parts = said.split('\0');
    let mut settings = Vec::new();
    while let (Some(scope), Some(entry)) = (parts.next(), parts.next()) {
        // A key without a value is a yes.
        let (key, value) = entry.split_once('\n').unwrap_or((entry, "true"));
        settings.push((scope.to_owned(), key.to_owned(), value.to_owned()));
    }
    Ok(settings)
}

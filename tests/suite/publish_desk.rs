//! A desk for the tests of publishing: a book in a repository, a bare one that it pushes to,
//! and a look at everything on the desk before and after each publish.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub(crate) const SETTINGS: &str =
    "[book]\ntitle = 'Desk'\n[output.html]\nsite-url = 'https://desk.org/repo/'\n";
const BRIEF: &str = "---\ntitle: A strike\ndate: 2025-08-08\n---\nMexico answered.\n";
const MEXICO: &str = "---\nname: Mexico\nkind: place\n---\n";

/// A temporary folder with `book/` and `remote.git/`.
pub(crate) struct Desk {
    pub(crate) dir: tempfile::TempDir,
    /// Where the book is, from the folder.
    pub(crate) book: &'static str,
}

/// How a publish ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ended {
    /// Both streams.
    pub(crate) fn said(&self) -> String {
        format!("{}{}", self.out, self.err)
    }

    /// Asserts an exit code and some words.
    #[track_caller]
    pub(crate) fn with(self, code: i32, words: &str) -> Ended {
        assert_eq!(self.code, Some(code), "{}", self.said());
        assert!(self.said().contains(words), "not `{words}`: {}", self.said());
        self
    }
}

impl Desk {
    /// A book with one brief, committed; `remote.git` is its `origin`.
    pub(crate) fn new() -> Desk {
        Desk::with(SETTINGS, "book")
    }

    /// A book with these settings at `book`, in a repository at `book/`.
    pub(crate) fn with(settings: &str, book: &'static str) -> Desk {
        let desk = Desk { dir: tempfile::tempdir().unwrap(), book };
        fs::create_dir(desk.dir.path().join("tmp")).unwrap();
        desk.git(".", &["init", "-q", "--bare", "remote.git"]);
        desk.git("remote.git", &["config", "http.receivepack", "true"]);
        desk.git(".", &["init", "-q", "-b", "main", "book"]);
        desk.write("book.toml", settings);
        desk.write("content/briefs/strike.md", BRIEF);
        desk.write("content/entities/mexico.md", MEXICO);
        desk.git("book", &["remote", "add", "origin", &desk.remote()]);
        desk.commit("one");
        desk
    }

    /// The address of `remote.git`.
    pub(crate) fn remote(&self) -> String {
        format!("file://{}", self.dir.path().join("remote.git").display())
    }

    /// Writes a file of the book.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.dir.path().join(self.book).join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Writes and commits a brief with this title.
    pub(crate) fn brief(&self, title: &str) {
        let text = format!("---\ntitle: {title}\ndate: 2025-08-09\n---\nMexico.\n");
        self.write(&format!("content/briefs/{title}.md"), &text);
        self.commit(title);
    }

    /// Changes the first brief and commits it.
    pub(crate) fn brief_again(&self, words: &str) {
        self.write("content/briefs/strike.md", &format!("{BRIEF}\n{words}\n"));
        self.commit(words);
    }

    /// Commits everything.
    pub(crate) fn commit(&self, words: &str) {
        self.git("book", &["add", "-A"]);
        self.git("book", &["commit", "-q", "-m", words]);
    }

    /// Runs git in a folder of the desk; what it printed.
    #[track_caller]
    pub(crate) fn git(&self, folder: &str, args: &[&str]) -> String {
        let mut command = Command::new("git");
        self.environment(&mut command);
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "Ada Holm");
            command.env(format!("GIT_{role}_EMAIL"), "ada@desk.org");
        }
        command.current_dir(self.dir.path().join(folder)).args(args);
        let output = command.output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "git {args:?}: {err}");
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    /// Nothing of this machine's own settings; temporary files where they can be counted.
    pub(crate) fn environment(&self, command: &mut Command) {
        let dir = self.dir.path();
        command
            .env("HOME", dir)
            .env("XDG_CONFIG_HOME", dir)
            .env("GIT_CONFIG_GLOBAL", dir.join("gitconfig"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("TMPDIR", dir.join("tmp"))
            .env("SOURCE_DATE_EPOCH", "1756000000");
    }

    /// `dateline publish`, ready to be run in the book.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        self.environment(&mut command);
        command.current_dir(self.dir.path().join(self.book));
        command.arg("publish").args(args);
        command
    }

    /// Publishes; whatever becomes of it, the desk is as it was before.
    #[track_caller]
    pub(crate) fn publish(&self, args: &[&str]) -> Ended {
        self.run(&mut self.command(args))
    }

    /// Runs a publish; see [`Desk::publish`].
    #[track_caller]
    pub(crate) fn run(&self, command: &mut Command) -> Ended {
        let before = self.look();
        let Output { status, stdout, stderr } = command.output().unwrap();
        self.check_untouched(&before);
        let left: Vec<_> = fs::read_dir(self.dir.path().join("tmp")).unwrap().collect();
        assert!(left.is_empty(), "left behind: {left:?}");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ended { code: status.code(), out: text(&stdout), err: text(&stderr) }
    }

    /// Publishes after one that was killed, whose private repository may still lie there.
    #[track_caller]
    pub(crate) fn publish_beside_leftovers(&self) {
        let before = self.look();
        let output = self.command(&[]).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        self.check_untouched(&before);
    }

    /// Every file on the desk but the remote's: work trees, index, `HEAD`, refs, stash.
    pub(crate) fn look(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let away = ["remote.git", "tmp", "out"].map(|it| self.dir.path().join(it));
        let entries = walkdir::WalkDir::new(self.dir.path()).into_iter();
        let entries =
            entries.filter_entry(|it| !away.iter().any(|away| it.path() == away));
        let files = entries.map(Result::unwrap).filter(|it| !it.file_type().is_dir());
        files
            .map(|it| {
                let bytes = match it.path().read_link() {
                    Ok(to) => to.into_os_string().into_encoded_bytes(),
                    Err(_) => fs::read(it.path()).unwrap(),
                };
                (it.into_path(), bytes)
            })
            .collect()
    }

    #[track_caller]
    pub(crate) fn check_untouched(&self, before: &BTreeMap<PathBuf, Vec<u8>>) {
        let after = self.look();
        for path in before.keys().chain(after.keys()) {
            assert_eq!(before.get(path), after.get(path), "{} differs", path.display());
        }
    }

    /// The commits of the branch, newest first; none if there is no branch.
    pub(crate) fn commits(&self) -> Vec<String> {
        let args = ["rev-list", "--glob=refs/heads/gh-page[s]"];
        self.git("remote.git", &args).lines().map(str::to_owned).collect()
    }

    /// The files of the branch, with their modes.
    pub(crate) fn site(&self) -> BTreeMap<String, String> {
        let listed = self.git("remote.git", &["ls-tree", "-r", "gh-pages"]);
        let lines = listed.lines().map(|line| line.split_once('\t').unwrap());
        lines.map(|(mode, path)| (path.to_owned(), mode[..6].to_owned())).collect()
    }

    /// A file of the branch.
    pub(crate) fn file(&self, path: &str) -> String {
        self.git("remote.git", &["show", &format!("gh-pages:{path}")])
    }

    /// Commits files to the branch as another tool would; a text that is empty removes one.
    pub(crate) fn others_push(&self, files: &[(&str, &str)], words: &str) {
        let other = tempfile::tempdir_in(self.dir.path().join("tmp")).unwrap();
        let at = other.path().to_str().unwrap().to_owned();
        self.git(&at, &["init", "-q", "-b", "gh-pages"]);
        if !self.commits().is_empty() {
            self.git(&at, &["pull", "-q", &self.remote(), "gh-pages"]);
        }
        for (path, text) in files {
            let path = other.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            if text.is_empty() { fs::remove_file(path) } else { fs::write(path, text) }
                .unwrap();
        }
        self.git(&at, &["add", "-A"]);
        self.git(&at, &["commit", "-q", "--allow-empty", "-m", words]);
        self.git(&at, &["push", "-q", &self.remote(), "gh-pages"]);
    }

    /// A script that is run in `folder` under the name of a hook.
    pub(crate) fn script(&self, path: &str, text: &str) -> PathBuf {
        let path = self.dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        executable(&path);
        path
    }
}

#[cfg(unix)]
fn executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(not(unix))]
fn executable(_: &Path) {}

//! A build of what has not changed renders nothing, by the stamp of the last one.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use dateline::digest::Digest;
use dateline::disk::Stamp;

/// Noon of 20 August 2025.
pub(crate) const NOON: i64 = 1_755_691_200;

/// A book with a file of `static/` and a page of its own, and its site in `public/`.
pub(crate) struct Book {
    root: tempfile::TempDir,
    /// The program that builds it.
    program: PathBuf,
    pub(crate) now: i64,
}

impl Book {
    pub(crate) fn new() -> Book {
        let program = PathBuf::from(env!("CARGO_BIN_EXE_dateline"));
        let book = Book { root: tempfile::tempdir().unwrap(), program, now: NOON };
        for (path, text) in [
            ("book.toml", "[output.html]\nsite-url = 'https://example.org/'\n"),
            ("content/briefs/a.md", "---\ntitle: A\ndate: 2025-08-08\n---\nMexico.\n"),
            ("content/entities/mexico.md", "---\nname: Mexico\nkind: place\n---\n"),
            ("static/zz.txt", "copied"),
        ] {
            book.put(path, text);
        }
        book
    }

    /// The same, built.
    pub(crate) fn built() -> Book {
        let book = Book::new();
        assert!(book.build().ends_with(" new"));
        book
    }

    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap()
    }

    fn run(&self, args: &[&str]) -> Output {
        self.run_to(args, 0)
    }

    fn run_to(&self, args: &[&str], code: i32) -> Output {
        let mut command = Command::new(&self.program);
        command.current_dir(self.root.path()).args(args);
        command.env("SOURCE_DATE_EPOCH", self.now.to_string());
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
        output
    }

    /// Builds, and gives what is said without the time it took.
    fn build_with(&self, args: &[&str]) -> String {
        let output = self.run(&[&["build"], args].concat());
        let said = String::from_utf8(output.stdout).unwrap();
        let (before, after) = said.trim().split_once(", ").unwrap();
        format!("{before}, {}", after.split_once(": ").unwrap().1)
    }

    pub(crate) fn build(&self) -> String {
        self.build_with(&[])
    }

    /// Builds, and holds the site to what a build from nothing makes; `after` is what came
    /// before.
    pub(crate) fn must_build_with(&self, args: &[&str], after: &str) {
        self.build_with(args);
        let fresh = self.at("fresh");
        let _ = fs::remove_dir_all(&fresh);
        self.build_with(&[args, &["--output", "fresh"]].concat());
        let (is, must) = (tree(&self.at("public")), tree(&fresh));
        let differ = |path: &&String| is.get(*path) != must.get(*path);
        let paths: Vec<&String> = is.keys().chain(must.keys()).filter(differ).collect();
        assert!(paths.is_empty(), "after {after}: {paths:?} differ");
    }

    pub(crate) fn must_build(&self, after: &str) {
        self.must_build_with(&[], after);
    }

    /// Changes a page by hand, and the stamp so that it takes the change for the page that
    /// was made. Whoever then renders and compares mends the page; whoever believes the
    /// stamp leaves it.
    fn forge(&self, path: &str) {
        self.put(&format!("public/{path}"), "forged");
        let stamp = Stamp::new(Digest::of(b""), 0);
        for (path, bytes) in tree(&self.at("public")) {
            let is_rendered = !["dateline-manifest.txt", "zz.txt"].contains(&&*path);
            if let (Some(bytes), true) = (bytes, is_rendered) {
                stamp.note(&path, &bytes);
            }
        }
        let line = |text: &str, at: usize| text.lines().nth(at).unwrap().to_owned();
        let (old, forged) = (self.read(".public.stamp"), stamp.to_string());
        let lines = [line(&old, 0), line(&old, 1), line(&forged, 2)];
        self.put(".public.stamp", &(lines.join("\n") + "\n"));
    }
}

/// What lies in a folder: files by path, with their bytes; for all else none.
pub(crate) fn tree(at: &Path) -> BTreeMap<String, Option<Vec<u8>>> {
    let entries = walkdir::WalkDir::new(at).min_depth(1).into_iter().map(Result::unwrap);
    let entry = |it: walkdir::DirEntry| {
        let path = it.path().strip_prefix(at).unwrap().to_str().unwrap().to_owned();
        (path, it.file_type().is_file().then(|| fs::read(it.path()).unwrap()))
    };
    entries.map(entry).collect()
}

pub(crate) const PAGE: &str = "2025/08/08/a/index.html";

#[test]
fn what_a_stamp_vouches_for_is_not_rendered() {
    let book = Book::built();
    book.forge(PAGE);
    assert!(book.build().ends_with(" unchanged"));
    assert_eq!(book.read(&format!("public/{PAGE}")), "forged");
    // A page that is rendered differs from the forged one and is staged, for which there is
    // no room here.
    let mut cramped = Command::new("bash");
    cramped.args(["-c", "ulimit -f 0; exec \"$0\" build"]).arg(&book.program);
    cramped.current_dir(book.root.path()).env("SOURCE_DATE_EPOCH", NOON.to_string());
    assert_eq!(cramped.output().unwrap().status.code(), Some(0));
    fs::remove_file(book.at(".public.stamp")).unwrap();
    assert_eq!(cramped.output().unwrap().status.code(), Some(2));
    assert!(book.build().contains(" 1 changed, "));
    book.must_build("the stamp went");
}

#[test]
fn a_build_of_what_has_not_changed_touches_nothing_and_says_so() {
    let book = Book::built();
    let facts = || {
        let entries = walkdir::WalkDir::new(book.root.path()).into_iter();
        let fact = |it: Result<walkdir::DirEntry, walkdir::Error>| {
            let (it, path) = (it.as_ref().unwrap(), it.as_ref().unwrap().path());
            let meta = it.metadata().unwrap();
            // The folder of the book itself changes while a lock lies in it.
            let time =
                (path != book.root.path()).then(|| (meta.ctime(), meta.ctime_nsec()));
            (path.to_owned(), meta.ino(), time)
        };
        entries.map(fact).collect::<Vec<_>>()
    };
    let before = facts();
    let said = book.build();
    assert_eq!(facts(), before);
    // The same words as of one that renders all and finds it equal.
    fs::remove_file(book.at(".public.stamp")).unwrap();
    assert_eq!(book.build(), said);
    assert!(said.ends_with(" unchanged") && !said.contains(" new"), "{said}");
    assert!(book.at(".public.stamp").is_file(), "which leaves a stamp too");
    book.must_build("nothing");
}

#[test]
fn what_is_wrong_is_said_again_though_nothing_is_rendered() {
    let book = Book::built();
    book.put("content/briefs/w.md", "---\ntitle: W\ndate: 2025-08-09\n---\n<b>W</b>\n");
    let said = || String::from_utf8(book.run(&["build"]).stderr).unwrap();
    let first = said();
    assert!(first.contains("warning["), "{first}");
    book.forge(PAGE);
    assert_eq!(said(), first);
    assert_eq!(book.read(&format!("public/{PAGE}")), "forged", "nothing was rendered");
    // This one is found by rendering alone, so each build renders, and refuses.
    book.put("templates/brief.html", "{{ view.no_such_thing.at_all }}\n");
    let stamp = book.read(".public.stamp");
    let said = || String::from_utf8(book.run_to(&["build"], 1).stderr).unwrap();
    let first = said();
    assert!(first.contains("error[template]"), "{first}");
    assert_eq!(said(), first);
    assert_eq!(book.read(".public.stamp"), stamp, "no stamp was left");
    book.put("templates/brief.html", "{{ view.title }}\n");
    book.must_build("the template was mended");
}

#[test]
fn a_stamp_that_is_none_is_not_believed() {
    let book = Book::built();
    book.forge(PAGE);
    let good = book.read(".public.stamp");
    let other = Book::new();
    other.put("book.toml", "[book]\ntitle = 'Another'\n");
    other.build();
    let foreign = other.read(".public.stamp").lines().nth(1).unwrap().to_owned();
    let own = good.lines().nth(1).unwrap();
    let lines = |n: usize| good.split_inclusive('\n').take(n).collect::<String>();
    let harms = [
        String::new(),
        lines(1),
        lines(2),
        good.trim_end().to_owned(),
        format!("{good}\n"),
        format!("{good}{}", " ".repeat(2000)),
        format!("\u{feff}{good}"),
        good.replace('\n', "\r\n"),
        good.replace("stamp 1", "stamp 2"),
        good.replace(own, &foreign),
        good.replace(own, &own.to_uppercase()),
        good.replace("made ", "made +"),
        good.replace("made ", "made 0"),
        "x".repeat(3 << 20),
    ];
    let mended = |what: &str| {
        book.build();
        let page = book.read(&format!("public/{PAGE}"));
        assert_ne!(page, "forged", "believed: {what}");
        book.must_build(what);
    };
    for harm in harms {
        book.forge(PAGE);
        book.put(".public.stamp", &harm);
        mended(&harm[..harm.len().min(200)]);
    }
    let at = book.at(".public.stamp");
    let gone = || fs::remove_file(&at).unwrap();
    book.forge(PAGE);
    fs::rename(&at, book.at("aside")).unwrap();
    symlink(book.at("aside"), &at).unwrap();
    mended("a link to a good stamp");
    assert!(!at.is_symlink(), "a new stamp takes its place");
    book.forge(PAGE);
    gone();
    assert!(Command::new("mkfifo").arg(&at).status().unwrap().success());
    mended("a pipe");
    book.forge(PAGE);
    gone();
    fs::create_dir(&at).unwrap();
    fs::write(at.join("mine"), "").unwrap();
    mended("a folder, which stays");
    assert!(at.join("mine").is_file());
}

#[test]
fn another_program_of_the_same_version_renders_anew() {
    let mut book = Book::built();
    book.forge(PAGE);
    // Copied by another process, so that none of ours has it open while it is started.
    let own = book.program.to_str().unwrap().to_owned();
    let sh = |script: &str| {
        let mut command = Command::new("sh");
        command.args(["-c", script, &own]).current_dir(book.root.path());
        assert!(command.status().unwrap().success(), "{script}");
    };
    sh("cp \"$0\" another");
    book.program = book.at("another");
    assert!(book.build().contains(" 1 changed, "));
    book.forge(PAGE);
    assert!(!book.build().contains("changed, "), "its own stamp it believes");
    // Written over in its place, with the old time: the next compilation, say.
    sh("touch -r another time; cp \"$0\" another; touch -r time another");
    assert!(book.build().contains(" 1 changed, "));
}

#[test]
fn parts_and_merges_leave_a_stamp_as_it_was() {
    let book = Book::built();
    let stamp = book.read(".public.stamp");
    for index in ["1/2", "2/2"] {
        book.build_with(&["--shard", index]);
    }
    book.put("content/briefs/a.md", "---\ntitle: New\ndate: 2025-08-08\n---\n");
    for index in ["1/2", "2/2"] {
        book.build_with(&["--shard", index]);
    }
    let parts = ["public-part-1-of-2", "public-part-2-of-2"];
    book.run(&["merge", parts[0], parts[1], "--output", "public"]);
    let names = fs::read_dir(book.root.path()).unwrap();
    let names = names.map(|it| it.unwrap().file_name().into_string().unwrap());
    let stamps: Vec<_> = names.filter(|it| it.contains(".stamp")).collect();
    assert_eq!(stamps, [".public.stamp"]);
    assert_eq!(book.read(".public.stamp"), stamp);
    book.must_build("a merge");
    book.put("content/briefs/a.md", "---\ntitle: A\ndate: 2025-08-08\n---\nMexico.\n");
    book.run(&["publish", "--to", "public"]);
    book.must_build("publishing into the folder");
}

//! `dateline init`: a new book, by the real program in real folders.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use dateline::parse::config::Config;
use dateline::schema::SchemaOf;
use serde_json::Value;

fn dateline(at: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(at).args(args).env("SOURCE_DATE_EPOCH", "1756000000");
    command.output().unwrap()
}

/// Begins a book in a folder; gives what the program said.
fn init(at: &Path, args: &[&str]) -> String {
    let output = dateline(at, &[&["init"], args].concat());
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    said
}

/// What is said when no book is made; the folder is as it was.
fn refused(at: &Path, args: &[&str]) -> String {
    let before = tree(at);
    let output = dateline(at, &[&["init"], args].concat());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert_eq!(tree(at), before, "{said}");
    said
}

/// Every folder, file and link below a folder, with a file's bytes.
fn tree(at: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(at).into_iter().map(Result::unwrap);
    let entry = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(at).unwrap().to_string_lossy().into_owned();
        let is_file = entry.file_type().is_file();
        (path, if is_file { fs::read(entry.path()).unwrap() } else { Vec::new() })
    };
    entries.map(entry).collect()
}

fn settings(at: &Path) -> String {
    fs::read_to_string(at.join("book.toml")).unwrap()
}

fn git(at: &Path, args: &[&str]) {
    let status = Command::new("git").current_dir(at).args(args).status().unwrap();
    assert!(status.success(), "git {args:?}");
}

#[test]
fn a_new_book_builds_and_nothing_is_reported() {
    let root = tempfile::tempdir().unwrap();
    let said = init(root.path(), &["harbor-desk"]);
    assert!(
        said.starts_with("made the book Harbor Desk in harbor-desk: 8 files\n"),
        "{said}"
    );
    let next = said.split_once("next:\n").unwrap().1;
    assert_eq!(next.lines().count(), 3, "{said}");
    let book = root.path().join("harbor-desk");
    let check = dateline(&book, &["check"]);
    assert_eq!(
        check.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&check.stdout)
    );
    assert_eq!(dateline(&book, &["build"]).status.code(), Some(0));
    let page = |path: &str| fs::read_to_string(book.join("public").join(path)).unwrap();
    let first = page("2025/03/07/norwick-talks-break-off/index.html");
    let second = page("2025/03/14/dock-strike-begins/index.html");
    for brief in [&first, &second] {
        for entity in ["ada-holm", "harbor-union", "norwick"] {
            assert!(
                brief.contains(&format!("entities/{entity}/\"")),
                "{entity}: {brief}"
            );
        }
    }
    assert!(first.contains("Deputy Chair"), "the office of that day");
    assert!(!second.contains("Deputy Chair"), "she is the chair now");
    assert!(page("entities/ada-holm/index.html").contains("dock-strike-begins/"));
    assert!(page("claims/index.html").contains("Nine in ten members"));
}

#[test]
fn the_settings_of_a_new_book_show_every_key_with_its_default() {
    let root = tempfile::tempdir().unwrap();
    init(root.path(), &["--title", "A"]);
    let text = settings(root.path());
    let is_key = |line: &str| {
        let key = line.strip_prefix("# ").unwrap_or("");
        key.starts_with('[')
            || key.split_once(" = ").is_some_and(|(key, _)| {
                key.chars().all(|c| c.is_ascii_lowercase() || c == '-')
            })
    };
    let uncommented = |is_wanted: &dyn Fn(&str) -> bool| {
        let line = |line: &str| {
            let line = if is_key(line) && is_wanted(line) { &line[2..] } else { line };
            format!("{line}\n")
        };
        text.lines().map(line).collect::<String>()
    };
    let everything = Config::parse(&uncommented(&|_| true));
    assert_eq!(everything.diagnostics, []);
    assert_eq!(Config::parse(&text).diagnostics, []);
    let is_default = |line: &str| !line.contains("# unset") && !line.starts_with("# [");
    let mut defaults = Config::parse(&uncommented(&is_default)).value;
    assert!(!defaults.rules.is_empty());
    for (rule, severity) in std::mem::take(&mut defaults.rules) {
        assert_eq!(severity, rule.entry().severity, "{}", rule.name());
    }
    assert_eq!(defaults, Config::parse(&text).value);

    let all: Value = toml::from_str(&uncommented(&|_| true)).unwrap();
    let schema = SchemaOf::Book.schema();
    let mut n_keys = 0;
    each_key(&schema, &schema, &mut Vec::new(), &mut |path| {
        n_keys += 1;
        // What stands in the tables of a list is shown by the manual.
        let there = path.iter().try_fold(&all, |table, key| match table {
            Value::Array(_) => Some(table),
            _ => table.get(key),
        });
        assert!(there.is_some(), "{} is not in book.toml", path.join("."));
    });
    assert!(n_keys > 50, "{n_keys}");
}

/// Calls `f` with the path of every key that a schema has.
fn each_key(
    root: &Value,
    schema: &Value,
    at: &mut Vec<String>,
    f: &mut dyn FnMut(&[String]),
) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.strip_prefix("#/$defs/").unwrap();
        return each_key(root, &root["$defs"][name], at, f);
    }
    for schema in schema["anyOf"].as_array().into_iter().flatten() {
        each_key(root, schema, at, f);
    }
    for (key, schema) in schema["properties"].as_object().into_iter().flatten() {
        at.push(key.clone());
        f(at);
        each_key(root, schema, at, f);
        at.pop();
    }
}

#[test]
fn the_address_is_that_of_the_repository_and_its_password_stays_out() {
    let root = tempfile::tempdir().unwrap();
    let at = root.path();
    git(at, &["init", "-q", "-b", "trunk"]);
    git(
        at,
        &["remote", "add", "origin", "https://ada:s3cret@github.com/Harbor/desk.git"],
    );
    let said = init(at, &["--title", "A"]);
    let text = settings(at);
    for line in [
        "site-url = \"https://harbor.github.io/desk/\"",
        "git-repository-url = \"https://github.com/Harbor/desk\"",
        "edit-url-template = \"https://github.com/Harbor/desk/edit/trunk/{path}\"",
    ] {
        assert!(text.lines().any(|it| it == line), "{line} in {text}");
    }
    let workflow = fs::read_to_string(at.join(".github/workflows/pages.yml")).unwrap();
    assert!(!workflow.contains("trunk"), "it goes by the default branch: {workflow}");
    assert!(!said.contains("s3cret"), "{said}");
    fs::remove_dir_all(at.join(".git")).unwrap();
    for (path, bytes) in tree(at) {
        assert!(!String::from_utf8_lossy(&bytes).contains("s3cret"), "{path}");
    }
    assert_eq!(dateline(at, &["check"]).status.code(), Some(0));
}

#[test]
fn a_cname_comes_before_github_and_github_before_the_remote() {
    let root = tempfile::tempdir().unwrap();
    let at = root.path();
    git(at, &["init", "-q"]);
    git(at, &["remote", "add", "origin", "git@github.com:harbor/desk.git"]);
    fs::write(at.join("CNAME"), "News.Example.org\n").unwrap();
    init(at, &["--github", "harbor/harbor.github.io", "--title", "A"]);
    let text = settings(at);
    assert!(text.contains("\nsite-url = \"https://news.example.org/\"\n"), "{text}");
    assert!(text.contains("\ncname = \"news.example.org\"\n"), "{text}");
    assert!(text.contains("\"https://github.com/harbor/harbor.github.io\""), "{text}");

    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("CNAME"), "two.example\nlines.example").unwrap();
    let said =
        init(root.path(), &["--github", "harbor/harbor.github.io", "--title", "A"]);
    assert!(said.contains("CNAME holds no domain name and was not used"), "{said}");
    let text = settings(root.path());
    assert!(text.contains("\nsite-url = \"https://harbor.github.io/\"\n"), "{text}");
}

#[test]
fn a_folder_of_another_repository_guesses_nothing() {
    let root = tempfile::tempdir().unwrap();
    git(root.path(), &["init", "-q"]);
    git(root.path(), &["remote", "add", "origin", "git@github.com:harbor/desk.git"]);
    init(root.path(), &["docs"]);
    assert!(!settings(&root.path().join("docs")).contains("harbor"));
}

#[test]
fn strangers_stay_as_they_are_and_are_joined_only_on_demand() {
    let root = tempfile::tempdir().unwrap();
    let at = root.path();
    fs::write(at.join("README.md"), "mine").unwrap();
    fs::write(at.join(".gitignore"), "mine").unwrap();
    let said = refused(at, &["--title", "A"]);
    assert!(said.contains("holds other files (.gitignore, README.md)"), "{said}");
    assert!(
        said.contains("\n  | book.toml") && !said.contains("\n  | .gitignore"),
        "{said}"
    );
    let said = init(at, &["--title", "A", "--force"]);
    assert!(said.contains("kept .gitignore as it was"), "{said}");
    assert_eq!(fs::read(at.join("README.md")).unwrap(), b"mine");
    assert_eq!(fs::read(at.join(".gitignore")).unwrap(), b"mine");
    assert_eq!(dateline(at, &["check"]).status.code(), Some(0));
    let said = refused(at, &["--title", "B", "--force"]);
    assert!(said.contains("is already a book"), "{said}");
}

#[test]
fn what_fails_in_the_middle_leaves_nothing_behind() {
    let root = tempfile::tempdir().unwrap();
    let at = root.path();
    fs::create_dir_all(at.join("content")).unwrap();
    fs::write(at.join("content/entities"), "a file where a folder is to be").unwrap();
    let said = refused(at, &["--force", "--title", "A"]);
    assert!(said.contains("entities is in the way"), "{said}");
    let said = refused(at, &["content/entities"]);
    assert!(said.contains("is a file: name a folder"), "{said}");
    let said = refused(at, &["content/entities/deeper"]);
    assert!(said.contains("is a file: name a folder"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_link_leads_nothing_out_of_the_folder() {
    let root = tempfile::tempdir().unwrap();
    let at = root.path();
    fs::create_dir_all(at.join("elsewhere")).unwrap();
    fs::create_dir_all(at.join("book")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", at.join("book/content")).unwrap();
    let said = refused(at, &["book", "--force"]);
    assert!(said.contains("content is in the way"), "{said}");
    fs::remove_file(at.join("book/content")).unwrap();
    std::os::unix::fs::symlink("nowhere", at.join("book/book.toml")).unwrap();
    assert!(refused(at, &["book", "--force"]).contains("is already a book"));
    std::os::unix::fs::symlink("elsewhere", at.join("link")).unwrap();
    init(at, &["link"]);
    assert!(at.join("elsewhere/book.toml").is_file(), "the folder itself may be a link");
}

#[cfg(unix)]
#[test]
fn a_pipe_for_a_cname_keeps_nobody_waiting() {
    let root = tempfile::tempdir().unwrap();
    let made = Command::new("mkfifo").arg(root.path().join("CNAME")).status().unwrap();
    assert!(made.success());
    init(root.path(), &["--title", "A"]);
    assert!(settings(root.path()).contains("# cname = "));
}

#[test]
fn odd_names_and_titles_become_books_that_check_out() {
    let title = "\"Quoted\" \\ @SITE_URL@ ''' # [book]\n\ttwo lines \u{1b}[31m \u{7f}é";
    let expected = "\"Quoted\" \\ @SITE_URL@ ''' # [book] two lines [31m é";
    let root = tempfile::tempdir().unwrap();
    init(root.path(), &["--title", title]);
    let config = Config::parse(&settings(root.path()));
    assert_eq!((&*config.value.title, config.diagnostics.len()), (expected, 0));
    let root = tempfile::tempdir().unwrap();
    for folder in ["a b", "it's", "łódź-desk", "-- dash", "deep/er/still", "x.github.io"]
    {
        init(root.path(), &["--", folder]);
        let check = dateline(root.path(), &["check", &format!("--root={folder}")]);
        assert_eq!(check.status.code(), Some(0), "{folder}");
    }
    let said = init(root.path(), &["red\u{1b}[31m"]);
    assert!(!said.contains('\u{1b}'), "{said}");
    for (args, expected) in [
        (&["...", "--title", " \t"][..], "a title needs at least one letter"),
        (&["new/---"][..], "a title needs at least one letter"),
        (&["new", "--github", "harbor"][..], "write OWNER/REPO"),
        (&["new", "--github", "harbor/de\"sk"][..], "write OWNER/REPO"),
        (&["new", "--github", "https://github.com/harbor/desk"][..], "write OWNER/REPO"),
    ] {
        let said = refused(root.path(), args);
        assert!(said.contains(expected), "{args:?}: {said}");
    }
}

//! The program itself: exit codes, streams, files left behind.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const BOOK: &str = "[book]\ntitle = \"Test\"\n";
const BRIEF: &str = "---\ntitle: A strike\ndate: 2025-08-08\n---\nMexico answered.\n";
const MEXICO: &str = "---\nname: Mexico\nkind: place\n---\n";

/// A folder with the given files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    root
}

fn book(more: &[(&str, &[u8])]) -> tempfile::TempDir {
    let mut files: Vec<(&str, &[u8])> = vec![
        ("book.toml", BOOK.as_bytes()),
        ("content/briefs/strike.md", BRIEF.as_bytes()),
        ("content/entities/mexico.md", MEXICO.as_bytes()),
    ];
    files.extend(more);
    folder(&files)
}

fn dateline(root: &Path, args: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_dateline");
    let mut command = Command::new(program);
    command.current_dir(root).args(args).env("SOURCE_DATE_EPOCH", "1756000000");
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn build_writes_the_site_and_says_what_it_wrote() {
    let root = book(&[("static/img/a.txt", b"x")]);
    let output = dateline(root.path(), &["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(said.contains(" files (") && said.contains(" new"), "{said}");
    for file in [
        "index.html",
        "2025/08/08/strike/index.html",
        "img/a.txt",
        ".nojekyll",
        "404.html",
    ] {
        assert!(root.path().join("public").join(file).is_file(), "{file}");
    }
    let again = text(&dateline(root.path(), &["build"]).stdout);
    assert!(again.contains("unchanged") && !again.contains("new"), "{again}");
}

#[test]
fn an_error_leaves_the_old_site_as_it_was() {
    let root = book(&[]);
    dateline(root.path(), &["build"]);
    let page = root.path().join("public/2025/08/08/strike/index.html");
    let before = fs::read(&page).unwrap();
    let broken = "---\ntitle: Changed\ndate: never\n---\n";
    fs::write(root.path().join("content/briefs/strike.md"), broken).unwrap();
    let output = dateline(root.path(), &["build", "--format", "concise"]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(
        said.starts_with("content/briefs/strike.md:3:7: error[wrong-type]"),
        "{said}"
    );
    assert_eq!(fs::read(&page).unwrap(), before);
}

/// A book whose template for briefs fails when a page is rendered, and whose settings say
/// something about it.
fn broken_template(setting: &str) -> tempfile::TempDir {
    let settings = format!("{BOOK}[rules]\ntemplate = \"{setting}\"\n");
    book(&[
        ("book.toml", settings.as_bytes()),
        ("templates/brief.html", b"{{ view.nowhere.at_all }}\n"),
    ])
}

#[test]
fn a_template_that_fails_is_an_error_whatever_the_settings_say() {
    for setting in ["off", "warning", "error"] {
        let root = broken_template(setting);
        let output = dateline(root.path(), &["check", "--format", "concise"]);
        let said = text(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{setting}: {said}");
        let at = said.find("templates/brief.html:1:").expect("it names the file");
        assert!(said[at..].contains("error[template]"), "{setting}: {said}");
        let refusal = "book.toml:4:12: error[bad-value]: a template that fails";
        assert_eq!(said.contains(refusal), setting != "error", "{said}");
        let output = dateline(root.path(), &["build"]);
        assert_eq!(output.status.code(), Some(1), "{setting}");
        assert!(!root.path().join("public").exists());
    }
}

#[test]
fn check_stops_on_warnings_only_if_it_is_told_to_and_writes_nothing() {
    let root = book(&[(
        "content/briefs/b.md",
        b"---\ntitle: B\ndate: 2025-08-08\n---\n<b>x</b>\n",
    )]);
    let output = dateline(root.path(), &["check", "--format", "concise"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).contains("content/briefs/b.md:5:1: warning[raw-html]"));
    let output = dateline(root.path(), &["check", "--strict"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!root.path().join("public").exists());
    assert_eq!(dateline(book(&[]).path(), &["check"]).status.code(), Some(0));
}

#[test]
fn check_speaks_json_and_github_and_full() {
    let root = book(&[(
        "content/briefs/b.md",
        b"---\ntitle: B\ndate: 2025-08-08\n---\nAn [[Atlantis]].\n",
    )]);
    let json = text(&dateline(root.path(), &["check", "--format", "json"]).stdout);
    let object: serde_json::Value =
        serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!(object["rule"], "unknown-entity");
    assert_eq!((&object["line"], &object["column"]), (&5.into(), &6.into()));
    let github = text(&dateline(root.path(), &["check", "--format", "github"]).stdout);
    assert!(
        github.starts_with("::error file=content/briefs/b.md,line=5,col=6,"),
        "{github}"
    );
    let full = text(&dateline(root.path(), &["check"]).stdout);
    assert!(full.contains("5 | An [[Atlantis]]."), "{full}");
    assert!(!full.contains('\u{1b}'), "no color in a pipe");
}

#[test]
fn explain_prints_the_manual_of_a_rule() {
    let root = folder(&[]);
    let output = dateline(root.path(), &["check", "--explain", "stale-role"]);
    assert!(text(&output.stdout).starts_with("stale-role (warning)"));
    let output = dateline(root.path(), &["check", "--explain", "stale-rol"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("the nearest is `stale-role`"));
}

#[test]
fn without_a_book_the_program_says_how_to_go_on() {
    let root = folder(&[]);
    let output = dateline(root.path(), &["build"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("name the folder of the book with --root"));
}

#[test]
fn files_that_are_no_text_are_refused_by_name() {
    let root = book(&[
        ("content/briefs/latin1.md", b"---\ntitle: A\n---\ncaf\xe9\n"),
        ("content/briefs/nul.md", b"---\ntitle: A\n---\na\0b\n"),
        ("content/briefs/utf16.md", b"\xff\xfe-\0-\0-\0"),
        ("content/notes.md", b"stray"),
    ]);
    let output = dateline(root.path(), &["check", "--format", "concise"]);
    let said = text(&output.stdout);
    for expected in [
        "content/briefs/latin1.md:4:4: error[unreadable-file]: this file is not valid UTF-8 from here on",
        "content/briefs/nul.md:4:2: error[unreadable-file]: this file holds a NUL byte",
        "content/briefs/utf16.md:1:1: error[unreadable-file]: this file is UTF-16",
        "content/notes.md:1:1: error[unreadable-file]: this file lies where no content belongs",
    ] {
        assert!(said.contains(expected), "{expected} in {said}");
    }
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_refused_by_name_and_keep_nobody_waiting() {
    let root = book(&[("secret.txt", b"secret")]);
    std::os::unix::fs::symlink("/etc/passwd", root.path().join("content/briefs/link.md"))
        .unwrap();
    fs::create_dir_all(root.path().join("static")).unwrap();
    std::os::unix::fs::symlink("../secret.txt", root.path().join("static/link.txt"))
        .unwrap();
    for pipe in ["content/briefs/pipe.md", "static/pipe"] {
        let made = Command::new("mkfifo").arg(root.path().join(pipe)).status().unwrap();
        assert!(made.success());
    }
    let output = dateline(root.path(), &["build", "--format", "concise"]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    for expected in [
        "content/briefs/link.md:1:1: error[unreadable-file]: this is a symbolic link",
        "content/briefs/pipe.md:1:1: error[unreadable-file]: this is a named pipe",
        "static/link.txt:1:1: error[unreadable-file]: this is a symbolic link",
        "static/pipe:1:1: error[unreadable-file]: this is a named pipe",
    ] {
        assert!(said.contains(expected), "{expected} in {said}");
    }
    assert!(!root.path().join("public").exists());
}

#[test]
fn an_output_that_is_a_source_or_full_of_strangers_is_refused() {
    let root = book(&[("precious/file.txt", b"mine")]);
    for (output, expected) in [
        ("content", "is a source of the book"),
        (".", "is the book or lies above it"),
        ("..", "is the book or lies above it"),
        ("precious", "holds files that Dateline did not make (file.txt)"),
        ("book.toml", "is a file"),
    ] {
        let ended = dateline(root.path(), &["build", "--output", output]);
        assert_eq!(ended.status.code(), Some(2), "{output}");
        assert!(text(&ended.stderr).contains(expected), "{}", text(&ended.stderr));
    }
    assert_eq!(fs::read(root.path().join("precious/file.txt")).unwrap(), b"mine");
}

#[test]
fn mentions_are_told_with_their_rule_and_place() {
    let root = book(&[("wire.txt", "Über Mexico. x\n\nIn Mexico’s capital".as_bytes())]);
    let output =
        dateline(root.path(), &["mentions", "--plain", "--format", "json", "wire.txt"]);
    let lines: Vec<serde_json::Value> = text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let first = serde_json::json!({
        "file": "wire.txt", "entity": "mexico", "surface": "Mexico", "rule": "name",
        "start": 19, "end": 25, "line": 3, "column": 4
    });
    assert_eq!(lines, [first], "`Über Mexico` could be a longer name");
    let output = dateline(root.path(), &["mentions", "content/briefs/strike.md"]);
    let said = text(&output.stdout);
    assert_eq!(said, "content/briefs/strike.md:5:1: Mexico → mexico (name)\n");
    let output = dateline(root.path(), &["mentions", "nowhere.md"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_file_beside_the_book_is_read_as_a_brief_wherever_the_content_lies() {
    let settings = "[book]\ntitle = \"Test\"\nsrc = \"texts\"\n";
    let root = folder(&[
        ("book.toml", settings.as_bytes()),
        ("texts/entities/mexico.md", MEXICO.as_bytes()),
        ("inbox/strike.md", BRIEF.as_bytes()),
    ]);
    let output = dateline(root.path(), &["mentions", "inbox/strike.md"]);
    let said = text(&output.stdout) + &text(&output.stderr);
    assert_eq!(said, "inbox/strike.md:5:1: Mexico → mexico (name)\n");
}

#[test]
fn new_claim_makes_a_file_that_a_footnote_can_name() {
    let root = book(&[]);
    let claim = ["new", "claim", "Nine in ten: on strike", "--about", "Mexico"];
    let output = dateline(root.path(), &claim);
    let path = text(&output.stdout);
    assert!(path.trim().ends_with("content/claims/nine-in-ten-on-strike.md"), "{path}");
    let check = text(&dateline(root.path(), &["check"]).stdout);
    assert!(check.contains("unused-claim") && !check.contains("error["), "{check}");
    let brief = "---\ntitle: B\ndate: 2025-08-08\n---\nText[^a].\n\n[^a]:\n    claim: nine-in-ten-on-strike\n";
    fs::write(root.path().join("content/briefs/b.md"), brief).unwrap();
    let check = text(&dateline(root.path(), &["check"]).stdout);
    assert!(!check.contains("claim["), "{check}");
    let word = dateline(root.path(), &["new", "claim", "Strike"]);
    assert_eq!(word.status.code(), Some(2), "a word is not a sentence");
}

#[test]
fn new_makes_files_that_check_out_and_never_overwrites() {
    let root = book(&[]);
    let brief = ["new", "brief", "A: \"second\" strike", "--date", "2025-08-09"];
    let output = dateline(root.path(), &brief);
    let path = text(&output.stdout);
    assert!(
        path.trim().ends_with("content/briefs/2025/2025-08-09-a-second-strike.md"),
        "{path}"
    );
    let entity =
        ["new", "entity", "Port of Łódź", "--kind", "place", "--alias", "the port"];
    assert_eq!(dateline(root.path(), &entity).status.code(), Some(0));
    let check = dateline(root.path(), &["check"]);
    assert_eq!(check.status.code(), Some(0), "{}", text(&check.stdout));
    let again = dateline(root.path(), &brief);
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("exists already; nothing was changed"));
}

#[test]
fn terminal_commands_in_a_book_do_not_reach_the_terminal() {
    let root = book(&[(
        "content/briefs/b.md",
        "---\ntitle: B\ndate: 2025-08-08\n---\n[[\u{1b}[31mred]]\n".as_bytes(),
    )]);
    for format in ["full", "concise", "json", "github"] {
        let output = dateline(root.path(), &["check", "--format", format]);
        assert!(!output.stdout.contains(&0x1b), "{format}");
    }
}

#[test]
fn completions_and_the_man_page_are_made_from_the_commands() {
    let root = folder(&[]);
    let bash = text(&dateline(root.path(), &["completions", "bash"]).stdout);
    assert!(bash.contains("mentions") && bash.contains("--explain"));
    let man = text(&dateline(root.path(), &["man"]).stdout);
    assert!(man.contains(".TH dateline 1") && man.contains("mentions"));
}

#[test]
fn files_that_only_look_like_what_they_are_named_are_refused() {
    let pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n";
    let root = book(&[
        ("content/briefs/lfs.md", pointer),
        ("static/report.pdf", pointer),
        ("static/img/lfs.jpg", pointer),
        ("static/img/saved.JPG", b"\n<!DOCTYPE html><title>Photo</title>"),
        ("static/img/empty.png", b""),
        ("static/empty.txt", b""),
        ("static/page.html", b"<!doctype html><title>A page</title>"),
        ("static/img/plan.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ]);
    let output = dateline(root.path(), &["check", "--format", "concise"]);
    let said = text(&output.stdout);
    for expected in [
        "content/briefs/lfs.md:1:1: error[unreadable-file]: this only stands for a file of Git LFS",
        "static/report.pdf:1:1: error[unreadable-file]: this only stands for a file of Git LFS",
        "static/img/lfs.jpg:1:1: error[unreadable-file]: this only stands for a file of Git LFS",
        "static/img/saved.JPG:1:1: error[unreadable-file]: this is not a picture but a web page",
        "static/img/empty.png:1:1: error[unreadable-file]: this is not a picture but an empty file",
    ] {
        assert!(said.contains(expected), "{expected} in {said}");
    }
    assert_eq!(said.matches("error[").count(), 5, "{said}");
    assert_eq!(dateline(root.path(), &["build"]).status.code(), Some(1));
}

#[test]
fn texts_are_read_whatever_their_ending_and_what_is_not_read_is_told() {
    let page = |title: &str| format!("---\ntitle: {title}\n---\n");
    let (upper, long) = (page("Upper"), page("Long"));
    let root = book(&[
        ("content/index.MD", b"---\ntitle: Home\n---\nWelcome words.\n"),
        ("content/pages/upper.MD", upper.as_bytes()),
        ("content/pages/long.markdown", long.as_bytes()),
        ("content/pages/about.mdx", b"# About"),
        ("content/briefs/gate.jpg", b"x"),
        ("content/.obsidian/app.json", b"{}"),
        ("content/briefs/Thumbs.db", b"x"),
        ("templates/base.html.tera", b"x"),
    ]);
    let output = dateline(root.path(), &["check", "--format", "concise"]);
    let said = text(&output.stdout);
    for expected in [
        "content/pages/about.mdx:1:1: warning[stray-file]: nothing reads this file where it lies",
        "its name ends in `.md`",
        "content/briefs/gate.jpg:1:1: warning[stray-file]",
        "move it into static/",
        "templates/base.html.tera:1:1: warning[stray-file]",
        "a template's name ends in `.html`",
    ] {
        assert!(said.contains(expected), "{expected} in {said}");
    }
    assert_eq!(said.matches("warning[").count(), 3, "{said}");
    let built = dateline(root.path(), &["build"]);
    assert_eq!(built.status.code(), Some(0), "{}", text(&built.stderr));
    for page in ["upper/index.html", "long/index.html"] {
        assert!(root.path().join("public").join(page).is_file(), "{page}");
    }
    let home = fs::read_to_string(root.path().join("public/index.html")).unwrap();
    assert!(home.contains("Welcome words."), "{home}");
}

#[cfg(unix)]
#[test]
fn check_and_build_agree_on_files_that_are_left_out() {
    let off = b"[book]\ntitle = \"T\"\n[rules]\nunreadable-file = \"off\"\n";
    let linking = b"---\ntitle: B\ndate: 2025-08-08\n---\nSee [it](/link.txt).\n";
    let root = book(&[("book.toml", off), ("static/good.txt", b"x")]);
    std::os::unix::fs::symlink("good.txt", root.path().join("static/link.txt")).unwrap();
    assert_eq!(dateline(root.path(), &["check"]).status.code(), Some(0));
    let built = dateline(root.path(), &["build"]);
    assert_eq!(built.status.code(), Some(0), "{}", text(&built.stderr));
    assert!(root.path().join("public/good.txt").exists());
    assert!(!root.path().join("public/link.txt").exists());
    fs::write(root.path().join("content/briefs/b.md"), linking).unwrap();
    for command in ["check", "build"] {
        let output = dateline(root.path(), &[command, "--format", "concise"]);
        let said = text(&[output.stdout, output.stderr].concat());
        assert!(said.contains("error[broken-link]"), "{command}: {said}");
    }
}

#[test]
fn next_tells_when_the_clock_changes_the_site() {
    let brief = |more: &str| format!("---\ntitle: A\ndate: 2025-08-08\n{more}\n---\nx\n");
    // 2025-08-24T01:46:40Z is now.
    let (soon, later) =
        (brief("embargo: 2025-08-24T02:00Z"), brief("expires: 2025-09-01"));
    let (gone, draft) = (
        brief("expires: 2025-08-24T01:00Z"),
        brief("draft: true\nembargo: 2025-08-24T01:50Z"),
    );
    let root = book(&[
        ("content/briefs/soon.md", soon.as_bytes()),
        ("content/briefs/later.md", later.as_bytes()),
        ("content/briefs/gone.md", gone.as_bytes()),
        ("content/briefs/draft.md", draft.as_bytes()),
    ]);
    let next = |args: &[&str]| {
        let output = dateline(root.path(), &[&["next"], args].concat());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let ends = "2025-08-24T02:00:00Z content/briefs/soon.md: the embargo ends\n";
    assert_eq!(next(&[]), ends);
    let expired = "2025-08-24T01:00:00Z content/briefs/gone.md: it expires\n";
    assert_eq!(next(&["--since", "3h"]), expired);
    assert_eq!(next(&["--since", "2025-08-24T00:59:59Z"]), expired);
    assert_eq!(next(&["--since", "10m"]), "");
    let odd = dateline(root.path(), &["next", "--since", "yesterday"]);
    assert_eq!(odd.status.code(), Some(2));
}

#[test]
fn a_picture_that_says_where_it_was_taken_is_not_published() {
    // The start of a JPEG whose Exif has one directory, that of a position.
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0\0\x01\0\x02\0\x02\0\0\0\x01N\0\0\0\0\0\0\0";
    let size = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let picture = [b"\xff\xd8\xff\xe1", &size[..], exif, b"\xff\xda\0\x02pixels\xff\xd9"];
    let picture = picture.concat();
    let root = book(&[("static/img/it's here.jpg", &picture)]);
    let output = dateline(root.path(), &["check", "--format", "concise"]);
    let said = text(&output.stdout);
    for expected in [
        "static/img/it's here.jpg:1:1: error[picture-position]: this picture says where it was taken",
        "-overwrite_original 'static/img/it'\\''s here.jpg'",
    ] {
        assert!(said.contains(expected), "{expected} in {said}");
    }
    assert_eq!(dateline(root.path(), &["build"]).status.code(), Some(1));
    let place = root.path().join("static/img/it's here.jpg");
    let dry = dateline(root.path(), &["check", "--fix", "--dry-run"]);
    assert_eq!(dry.status.code(), Some(1));
    assert!(text(&dry.stdout).contains("Binary files a/static/img/it's here.jpg and b/"));
    assert_eq!(fs::read(&place).unwrap(), picture);
    let fixed = dateline(root.path(), &["check", "--fix"]);
    assert_eq!(fixed.status.code(), Some(0), "{}", text(&fixed.stdout));
    assert!(text(&fixed.stdout).contains("fixed 1 finding in 1 file"));
    // The picture itself is as it was, and the old file is kept but not published.
    assert_eq!(fs::read(&place).unwrap(), b"\xff\xd8\xff\xda\0\x02pixels\xff\xd9");
    let copy = root.path().join("static/img/it's here.jpg.bak");
    assert_eq!(fs::read(copy).unwrap(), picture);
    assert_eq!(dateline(root.path(), &["build"]).status.code(), Some(0));
    let published = fs::read_dir(root.path().join("public/img")).unwrap();
    assert_eq!(published.count(), 1);
}

//! A book that is not there is not an empty book: the site stays as it is.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// A book of four briefs, built.
fn book() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("book.toml", "[book]\ntitle = \"Test\"\n");
    for day in 1..=4 {
        let text = format!("---\ntitle: Day {day}\ndate: 2025-08-0{day}\n---\nText.\n");
        write(&format!("content/briefs/{day}.md"), &text);
    }
    write("content/entities/norwick.md", "---\nname: Norwick\nkind: place\n---\n");
    let built = dateline(root.path(), &["build"]);
    assert_eq!(built.status.code(), Some(0), "{}", said(&built));
    root
}

fn dateline(root: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(root).args(args).env("SOURCE_DATE_EPOCH", "1756000000");
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&*output.stdout, &*output.stderr].concat()).into_owned()
}

/// Every file of the site.
fn site(root: &Path) -> Vec<String> {
    let files = walkdir::WalkDir::new(root.join("public")).sort_by_file_name();
    files.into_iter().map(|it| it.unwrap().path().display().to_string()).collect()
}

/// Neither `check` nor `build` takes the book for an empty one, and both say why.
fn refused(root: &Path, why: &str) {
    let before = site(root);
    for args in [&["check"][..], &["build"], &["build", "--allow-removal"]] {
        let output = dateline(root, args);
        assert_ne!(output.status.code(), Some(0), "{args:?}: {}", said(&output));
        assert!(said(&output).contains(why), "{args:?}: {}", said(&output));
        assert_eq!(site(root), before, "{args:?}");
    }
}

#[test]
fn a_content_folder_that_is_missing_or_empty_is_no_empty_book() {
    let book = book();
    let (root, content) = (book.path(), book.path().join("content"));
    fs::rename(&content, root.join("away")).unwrap();
    refused(root, "cannot find the content folder");
    fs::write(&content, "a file").unwrap();
    refused(root, "is a file, and a book has a folder there");
    fs::remove_file(&content).unwrap();
    fs::create_dir_all(content.join("briefs")).unwrap();
    refused(root, "holds no text");
    fs::write(content.join("briefs/notes.txt"), "no text of a book").unwrap();
    refused(root, "holds no text");
}

#[test]
fn a_file_in_place_of_a_folder_is_told() {
    for folder in ["static", "templates"] {
        let book = book();
        fs::write(book.path().join(folder), "a file").unwrap();
        refused(book.path(), "is a file, and a book has a folder there");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_of_links_is_no_empty_book_even_if_links_are_not_told() {
    use std::os::unix::fs::symlink;
    let book = book();
    let (root, content) = (book.path(), book.path().join("content"));
    fs::rename(&content, root.join("away")).unwrap();
    symlink("away", &content).unwrap();
    refused(root, "this is a symbolic link");
    let settings = "[book]\ntitle = \"Test\"\n[rules]\nunreadable-file = \"off\"\n";
    fs::write(root.join("book.toml"), settings).unwrap();
    refused(root, "holds no text");
    fs::remove_file(&content).unwrap();
    fs::create_dir_all(content.join("briefs")).unwrap();
    symlink("../../away/briefs/1.md", content.join("briefs/1.md")).unwrap();
    refused(root, "holds no text");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_looked_at_is_not_an_absent_one() {
    let book = book();
    std::os::unix::fs::symlink("loop", book.path().join("loop")).unwrap();
    let settings = "[book]\ntitle = \"Test\"\nsrc = \"loop/content\"\n";
    fs::write(book.path().join("book.toml"), settings).unwrap();
    refused(book.path(), "cannot look at");
}

#[test]
fn a_build_that_takes_most_of_the_site_away_wants_a_word() {
    let book = book();
    let root = book.path();
    let refuse = |why: &str| {
        let before = site(root);
        let output = dateline(root, &["build"]);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains(why), "{}", said(&output));
        assert_eq!(site(root), before);
    };
    let entity = |n| root.join(format!("content/entities/e{n}.md"));
    for day in 1..=4 {
        fs::remove_file(root.join(format!("content/briefs/{day}.md"))).unwrap();
    }
    refuse("the book has no briefs left");
    for n in 0..40 {
        fs::write(entity(n), format!("---\nname: Entity {n}\nkind: thing\n---\n"))
            .unwrap();
    }
    let allowed = dateline(root, &["build", "--allow-removal"]);
    assert_eq!(allowed.status.code(), Some(0), "{}", said(&allowed));
    assert_eq!(dateline(root, &["build"]).status.code(), Some(0), "there were none");
    for n in 0..30 {
        fs::remove_file(entity(n)).unwrap();
    }
    refuse("pages in ./public would be removed");
    let allowed = dateline(root, &["build", "--allow-removal"]);
    assert_eq!(allowed.status.code(), Some(0), "{}", said(&allowed));
}

#[cfg(unix)]
#[test]
fn settings_that_are_no_plain_file_neither_hang_nor_fill_the_memory() {
    let make = |root: &Path, what: &str| {
        let status = Command::new("sh").args(["-ec", what]).current_dir(root).status();
        assert!(status.unwrap().success(), "{what}");
    };
    for (what, why) in [
        ("ln -s /dev/zero book.toml", "is a symbolic link"),
        ("mkfifo book.toml", "is a named pipe"),
        ("mkdir book.toml", "is a folder"),
        ("truncate -s 9M book.toml", "bytes"),
    ] {
        let book = book();
        fs::remove_file(book.path().join("book.toml")).unwrap();
        make(book.path(), what);
        for args in [
            &["check"][..],
            &["build"],
            &["new", "brief", "A strike"],
            &["serve", "--port", "0"],
        ] {
            let started = Instant::now();
            let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
            let child = command.current_dir(book.path()).args(args);
            let child = child.stdout(std::process::Stdio::piped());
            let mut child = child.stderr(std::process::Stdio::piped()).spawn().unwrap();
            while child.try_wait().unwrap().is_none() {
                if started.elapsed() > Duration::from_secs(20) {
                    child.kill().unwrap();
                    panic!("{what}: {args:?} does not end");
                }
                std::thread::sleep(Duration::from_millis(10));
            }
            let output = child.wait_with_output().unwrap();
            assert_ne!(output.status.code(), Some(0), "{what}: {args:?}");
            assert!(said(&output).contains(why), "{what}, {args:?}: {}", said(&output));
        }
    }
}

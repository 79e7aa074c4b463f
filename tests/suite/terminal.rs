//! The program as a tool of the trade: pipes, folders, standard input, a full disk.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn book() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("content/briefs")).unwrap();
    fs::create_dir_all(root.path().join("content/entities")).unwrap();
    fs::write(root.path().join("book.toml"), "[book]\ntitle = 'x'\n").unwrap();
    let brief = "---\ntitle: A\ndate: 2025-08-08\n---\nSee [[Nobody]].\n";
    fs::write(root.path().join("content/briefs/a.md"), brief).unwrap();
    let entity = "---\nname: Ada Holm\nkind: person\n---\n";
    fs::write(root.path().join("content/entities/ada.md"), entity).unwrap();
    root
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(folder).args(args).env("SOURCE_DATE_EPOCH", "1756000000");
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn whoever_stops_reading_changes_no_exit_code() {
    let root = book();
    for (args, code) in [
        (&["check"][..], 1),
        (&["check", "--format", "json"], 1),
        (&["completions", "bash"], 0),
        (&["man"], 0),
        (&["templates", "base.html"], 0),
    ] {
        // The other end of the pipe is closed before a byte is written.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut ran = command(root.path(), args);
        let ran = ran.stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
        let ran = ran.wait_with_output().unwrap();
        assert_eq!(ran.status.code(), Some(code), "{args:?}: {}", text(&ran.stderr));
        assert!(!text(&ran.stderr).contains("panicked"), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let root = book();
    for args in [&["completions", "zsh"][..], &["man"], &["schema", "brief"], &["check"]]
    {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let ran = command(root.path(), args).stdout(full).output().unwrap();
        let said = text(&ran.stderr);
        assert_eq!(ran.status.code(), Some(2), "{args:?}: {said}");
        assert!(
            said.starts_with("error: ") && said.contains("No space left"),
            "{args:?}: {said}"
        );
    }
}

#[test]
fn the_book_is_found_from_any_of_its_folders() {
    let root = book();
    let below = root.path().join("content/briefs");
    for (folder, args) in [
        (root.path(), &["check", "--format", "concise"][..]),
        (&*below, &["check", "--format", "concise"]),
        (&*below, &["check", "--format", "concise", "a.md"]),
        (Path::new("/"), &["--root", "ROOT", "check", "--format", "concise"]),
        (Path::new("/"), &["check", "--format", "concise", "--root", "ROOT"]),
    ] {
        let place = root.path().to_str().unwrap();
        let args: Vec<&str> =
            args.iter().map(|it| if *it == "ROOT" { place } else { it }).collect();
        let ran = run(folder, &args);
        assert_eq!(ran.status.code(), Some(1), "{args:?}: {}", text(&ran.stderr));
        let said = text(&ran.stdout);
        assert!(
            said.starts_with("content/briefs/a.md:5:7: error[unknown-entity]"),
            "{said}"
        );
    }
    let nowhere = tempfile::tempdir().unwrap();
    let ran = run(nowhere.path(), &["check"]);
    assert_eq!(ran.status.code(), Some(2));
    assert!(text(&ran.stderr).contains("`dateline init`"), "{}", text(&ran.stderr));
}

#[test]
fn the_files_of_the_theme_can_be_printed() {
    let folder = tempfile::tempdir().unwrap();
    let listed = text(&run(folder.path(), &["templates"]).stdout);
    for name in listed.lines() {
        let printed = run(folder.path(), &["templates", name]).stdout;
        let theme = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
        assert!(printed == theme, "{name}");
    }
    assert!(
        listed.contains("templates/base.html\n")
            && listed.contains("static/dateline.css\n")
    );
    let odd = run(folder.path(), &["templates", "bse.html"]);
    assert_eq!(odd.status.code(), Some(2));
    assert!(
        text(&odd.stderr).contains("the nearest is `base.html`"),
        "{}",
        text(&odd.stderr)
    );
}

#[test]
fn a_day_on_the_command_line_is_explained_in_words() {
    let ran = run(book().path(), &["new", "brief", "x", "--date", "3.4.2025"]);
    let said = text(&ran.stderr);
    assert_eq!(ran.status.code(), Some(2));
    assert!(said.contains("write the year, the month and the day: 2025-08-08"), "{said}");
}

#[test]
fn mentions_reads_standard_input() {
    let root = book();
    for args in [&["mentions", "-"][..], &["mentions", "--plain", "-"]] {
        let mut child = command(root.path(), args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(b"Then Ada Holm spoke.\n").unwrap();
        let ran = child.wait_with_output().unwrap();
        let said = text(&ran.stdout);
        assert!(said.contains("-:1:6: Ada Holm"), "{args:?}: {said}");
    }
}

#[test]
fn the_man_page_has_what_a_man_page_has() {
    let man = text(&run(book().path(), &["man"]).stdout);
    for expected in [
        ".SH COMMANDS\n",
        ".SS dateline check\n",
        ".SS dateline new brief\n",
        ".SH EXIT STATUS\n",
        ".SH ENVIRONMENT\n",
        ".SH BUGS\n",
    ] {
        assert_eq!(man.matches(expected).count(), 1, "{expected}");
    }
    assert_eq!(man.matches(".SH DESCRIPTION").count(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn a_machine_without_a_thread_to_spare_checks_a_book() {
    // Limits on threads do not hold for root: another user has to run it.
    let root = book();
    let program = root.path().join("dateline");
    fs::copy(env!("CARGO_BIN_EXE_dateline"), &program).unwrap();
    for n in [2] {
        let script = format!(
            "ulimit -u {n} && cd {0} && exec ./dateline check --format concise",
            root.path().display()
        );
        let mut shell = Command::new("/bin/bash");
        shell.args(["-c", &script]);
        let is_root = fs::metadata(root.path()).unwrap();
        let is_root = std::os::unix::fs::MetadataExt::uid(&is_root) == 0;
        if is_root {
            let allow =
                Command::new("chmod").args(["-R", "a+rX"]).arg(root.path()).status();
            assert!(allow.unwrap().success());
            std::os::unix::process::CommandExt::uid(&mut shell, 4321);
        }
        let ran = shell.output().unwrap();
        let said = text(&ran.stderr);
        assert!(!said.contains("panicked"), "{n}: {said}");
        if !is_root {
            continue; // others of the user's programs count, so that the shell may not start
        }
        assert_eq!(ran.status.code(), Some(1), "{n}: {said}");
        assert!(text(&ran.stdout).contains("unknown-entity"), "{n}: {said}");
    }
}

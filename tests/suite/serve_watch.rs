//! The preview follows the book wherever it goes, and says where it is not to be seen.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::serve::Preview;

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn book() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "book.toml", "[book]\ntitle = \"T\"\n");
    brief(root.path(), "First words.");
    root
}

fn brief(root: &Path, words: &str) {
    let text = format!("---\ntitle: A\ndate: 2025-08-08\n---\n{words}\n");
    write(root, "content/briefs/a.md", &text);
}

const PAGE: &str = "2025/08/08/a/";

/// Waits until the brief has these words.
fn shows(preview: &Preview, words: &str) {
    preview.until(PAGE, |it| String::from_utf8_lossy(&it.body).contains(words));
}

fn follows(preview: &Preview, root: &Path) {
    let away = root.with_extension("away");
    shows(preview, "First words.");
    for turn in 0..3 {
        fs::rename(root.join("content"), &away).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(200 * turn));
        fs::rename(&away, root.join("content")).unwrap();
        brief(root, &format!("Back for the {turn}th time."));
        shows(preview, &format!("Back for the {turn}th time."));
    }
    fs::remove_dir_all(root.join("content")).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(200));
    brief(root, "Made anew.");
    shows(preview, "Made anew.");
    fs::create_dir(root.join("content/briefs/2025")).unwrap();
    let deeper = "---\ntitle: B\ndate: 2025-08-08\n---\nDeeper.\n";
    write(root, "content/briefs/2025/b.md", deeper);
    preview.until("2025/08/08/b/", |it| it.status == 200);
    brief(root, "Once more.");
    shows(preview, "Once more.");
}

#[test]
fn a_folder_that_goes_and_comes_back_is_followed() {
    let root = book();
    follows(&Preview::of(root.path()), root.path());
}

#[test]
fn a_preview_that_looks_for_itself_sees_the_same() {
    let root = book();
    follows(&Preview::with(root.path(), &["--poll"]), root.path());
}

#[test]
fn a_content_folder_deep_in_the_book_is_followed() {
    let root = book();
    let at = |path: &str| root.path().join(path);
    fs::create_dir_all(at("texts/all")).unwrap();
    fs::rename(at("content/briefs"), at("texts/all/briefs")).unwrap();
    write(root.path(), "book.toml", "[book]\ntitle = \"T\"\nsrc = \"texts/all\"\n");
    let preview = Preview::of(root.path());
    shows(&preview, "First words.");
    fs::rename(at("texts/all"), at("aside")).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(200));
    fs::rename(at("aside"), at("texts/all")).unwrap();
    let text = "---\ntitle: A\ndate: 2025-08-08\n---\nBack again.\n";
    write(root.path(), "texts/all/briefs/a.md", text);
    shows(&preview, "Back again.");
}

#[test]
fn another_name_is_answered_if_it_is_allowed_and_told_how_else() {
    let root = book();
    let ask = |preview: &Preview, host: &str| {
        let request =
            format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        preview.raw(request.as_bytes())
    };
    let answer = ask(&Preview::of(root.path()), "desk.proxy.example:443");
    let said = String::from_utf8_lossy(&answer.body).into_owned();
    assert_eq!(answer.status, 421);
    assert!(said.contains("dateline serve --allow-host desk.proxy.example"), "{said}");
    assert!(!said.contains("panel.js"), "{said}");
    let preview = Preview::with(root.path(), &["--allow-host", "Desk.Proxy.example"]);
    assert_eq!(ask(&preview, "desk.proxy.example:443").status, 200);
    assert_eq!(ask(&preview, "desk.proxy.example.evil.example").status, 421);
    let script = ask(&preview, "<script>alert(1)</script>");
    assert!(!String::from_utf8_lossy(&script.body).contains("<script>"));
}

#[test]
fn what_an_embargo_holds_back_is_said_with_the_time_it_ends() {
    let root = book();
    let held = "---\ntitle: Held\ndate: 2025-12-03\nembargo: 2025-12-03T09:30\n---\nx\n";
    write(root.path(), "content/briefs/held.md", held);
    let words =
        "content/briefs/held.md is held back by its embargo until 2025-12-03 09:30";
    let preview = Preview::of(root.path());
    for path in ["2025/12/03/held/", "2025/12/03/held"] {
        let answer = preview.get(&format!("{}{path}", preview.base), "");
        let said = String::from_utf8_lossy(&answer.body).into_owned();
        assert_eq!(answer.status, 404);
        assert!(said.contains(words) && said.contains("panel.js"), "{said}");
    }
    let other = preview.get(&format!("{}2025/12/03/other/", preview.base), "");
    assert!(!String::from_utf8_lossy(&other.body).contains("embargo"));
    for command in ["check", "build"] {
        let mut dateline = Command::new(env!("CARGO_BIN_EXE_dateline"));
        dateline.args([command, "--root"]).arg(root.path());
        let output = dateline.env("SOURCE_DATE_EPOCH", "1764547200").output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(words), "{command}: {said}");
        assert_eq!(output.status.code(), Some(0), "{command}");
        let output = dateline.args(["--future"]).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!said.contains("embargo"), "{command}: {said}");
    }
}

#[test]
fn an_empty_file_and_a_404_page_of_the_book_s_own_are_served() {
    let root = book();
    write(root.path(), "static/empty.bin", "");
    write(root.path(), "static/404.html", "<!doctype html><title>Own</title>");
    let preview = Preview::of(root.path());
    for range in
        ["", "Range: bytes=0-\r\n", "Range: bytes=0-9\r\n", "Range: bytes=-5\r\n"]
    {
        let answer = preview.get(&format!("{}empty.bin", preview.base), range);
        assert_eq!((answer.status, &*answer.body), (200, &b""[..]), "{range}");
    }
    let missing = preview.get(&format!("{}no/such/page/", preview.base), "");
    assert_eq!(missing.status, 404);
    assert!(String::from_utf8_lossy(&missing.body).contains("<title>Own</title>"));
}

//! A built site in a real browser, under the strictest policy that a host can send.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use crate::chromium::Browser;
use crate::serve::sample;

/// Nothing inline, nothing from elsewhere, no text made into a program.
const POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; \
    trusted-types 'none'; report-uri /violation";

/// A site that is served as a host would, and what browsers say it does wrong.
struct Host {
    port: u16,
    violations: Arc<Mutex<Vec<String>>>,
}

impl Host {
    /// Builds the book and serves its site until the test ends.
    fn of(book: &Path) -> Host {
        let ran = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args(["build", "--root"])
            .arg(book)
            .env("SOURCE_DATE_EPOCH", "1773273600")
            .output()
            .unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let violations = Arc::new(Mutex::new(Vec::new()));
        let (site, told) = (book.join("public"), Arc::clone(&violations));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (site, told) = (site.clone(), Arc::clone(&told));
                std::thread::spawn(move || answer(&stream, &site, &told));
            }
        });
        Host { port, violations }
    }

    fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.port)
    }
}

/// Answers one request and closes the connection; the error is the browser's to see.
fn answer(stream: &TcpStream, site: &Path, told: &Mutex<Vec<String>>) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let path = line.split(' ').nth(1)?.split(['?', '#']).next()?.to_owned();
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        if header.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok()?;
        }
    }
    if path == "/violation" {
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        told.lock().unwrap().push(String::from_utf8_lossy(&body).into_owned());
    }
    // The page for what is not found has the address of the whole site in its links.
    let path = path.strip_prefix("/repo").unwrap_or(&path);
    let mut file: PathBuf = site.join(path.trim_start_matches('/'));
    if path.ends_with('/') {
        file = file.join("index.html");
    }
    let media_type = match file.extension().and_then(|it| it.to_str()) {
        Some("html" | "htm") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let (status, bytes) = match fs::read(&file) {
        Ok(bytes) => ("200 OK", bytes),
        Err(_) => ("404 Not Found", Vec::new()),
    };
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\
         Content-Security-Policy: {POLICY}\r\nConnection: close\r\n\r\n",
        bytes.len()
    )
    .ok()?;
    stream.write_all(&bytes).ok()
}

#[test]
fn every_kind_of_page_works_under_a_strict_policy_and_trusted_types() {
    let Some(mut browser) = Browser::start() else { return };
    let root = sample();
    let host = Host::of(root.path());
    for path in [
        "",
        "2025/08/08/military-options/",
        "2025/",
        "2025/08/",
        "entities/",
        "entities/donald-trump/",
        "entities/kind/person/",
        "storylines/",
        "claims/",
        "claims/finding/unconfirmed/",
        "tags/",
        "corrections/",
        "404.html",
    ] {
        let address = host.address(path);
        assert_eq!(
            fs::exists(root.path().join("public").join(path)).ok(),
            Some(true),
            "{path}"
        );
        browser.open(&address);
        browser.until(&format!("location.href == '{address}'"));
        // The style is there, so the policy lets in what the page needs.
        browser.until("document.readyState == 'complete'");
        browser.until("getComputedStyle(document.body).display == 'block'");
        browser.until("[...document.styleSheets].some(it => it.cssRules.length > 50)");
    }
    // What the policy refuses is told before the page has loaded, but on its own connection.
    browser.open(&host.address("404.html"));
    browser.until("document.readyState == 'complete'");
    let violations = host.violations.lock().unwrap();
    assert_eq!(*violations, Vec::<String>::new());
}

#[test]
fn a_policy_that_is_broken_is_told() {
    let Some(mut browser) = Browser::start() else { return };
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("content/briefs")).unwrap();
    fs::create_dir_all(root.path().join("templates")).unwrap();
    fs::write(root.path().join("book.toml"), "[book]\ntitle = 'x'\n").unwrap();
    let brief = "---\ntitle: A\ndate: 2026-03-10\n---\nA.\n";
    fs::write(root.path().join("content/briefs/a.md"), brief).unwrap();
    let template = "<!doctype html><p style='color: red'>{{ view.head.title }}</p>";
    fs::write(root.path().join("templates/404.html"), template).unwrap();
    let host = Host::of(root.path());
    browser.open(&host.address("404.html"));
    for _ in 0..400 {
        if !host.violations.lock().unwrap().is_empty() {
            return;
        }
        browser.until("document.readyState == 'complete'");
    }
    panic!("the browser said nothing");
}

#[test]
fn an_old_address_leads_to_the_part_that_a_link_names() {
    let Some(mut browser) = Browser::start() else { return };
    let root = tempfile::tempdir().unwrap();
    let pages = root.path().join("content/pages");
    fs::create_dir_all(&pages).unwrap();
    fs::create_dir_all(root.path().join("content/briefs")).unwrap();
    fs::write(root.path().join("book.toml"), "[book]\ntitle = 'x'\n").unwrap();
    let brief = "---\ntitle: A\ndate: 2026-03-10\n---\nA.\n";
    fs::write(root.path().join("content/briefs/a.md"), brief).unwrap();
    let page =
        "---\ntitle: Team\nredirect-from: /About%20us/\n---\n## Night desk\n\nWe.\n";
    fs::write(pages.join("team.md"), page).unwrap();
    let host = Host::of(root.path());
    let old = host.address("About us/").replace(' ', "%20");
    // The file of the host is not percent-encoded.
    std::os::unix::fs::symlink(
        root.path().join("public/About us"),
        root.path().join("public/About%20us"),
    )
    .unwrap();
    browser.open(&format!("{old}#night-desk"));
    browser.until("location.pathname == '/team/' && location.hash == '#night-desk'");
    browser.open(&old);
    browser.until("location.pathname == '/team/' && location.hash == ''");
}

//! The preview against whoever else reaches its port: nothing leaks, nothing hangs.

use std::fs;
use std::io::{Read, Write};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::serve::{Preview, sample};

/// A word that stands in files which no address may reach.
const SECRET: &str = "word-of-a-file-beside-the-site";

/// A preview of the sample book, with the secret beside it and within it.
fn preview() -> (tempfile::TempDir, Preview) {
    let root = sample();
    let draft = format!("---\ntitle: {SECRET}\ndate: 2025-08-08\ndraft: true\n---\n");
    fs::write(root.path().join("content/briefs/secret.md"), draft).unwrap();
    fs::write(root.path().join("secret.txt"), SECRET).unwrap();
    fs::write(root.path().join("static/.secret"), SECRET).unwrap();
    let preview = Preview::of(root.path());
    (root, preview)
}

fn token(preview: &Preview) -> String {
    let page = preview.get(&preview.base, "");
    let page = String::from_utf8(page.body).unwrap();
    page.split("data-token=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[test]
fn no_spelling_of_a_path_leaves_the_site() {
    let (_root, preview) = preview();
    let ups = [
        "../",
        "..%2f",
        "%2e%2e/",
        "%2e%2e%2f",
        "..%5c",
        "..\\",
        "%252e%252e%252f",
        ".%2e/",
        "..%c0%af",
        "..%ef%bc%8f",
        "./../",
        "..;/",
        "%00../",
        "....//",
        "img/../../",
    ];
    let files = ["secret.txt", "book.toml", "static/.secret", "content/briefs/secret.md"];
    for up in ups {
        for file in files {
            for start in
                [&*preview.base, "/", "//", "/repo/img/", "http://localhost/repo/"]
            {
                let path = format!("{start}{up}{file}");
                let answer = preview.get(&path, "");
                let body = String::from_utf8_lossy(&answer.body);
                assert!(!body.contains(SECRET), "{path} leads to a file");
                assert!((300..500).contains(&answer.status), "{path}: {}", answer.status);
            }
        }
    }
    for path in ["/.dateline/", "/.dateline/../secret.txt", "/repo/.secret", "*", "", "x"]
    {
        let answer = preview.get(path, "");
        assert!((300..500).contains(&answer.status), "{path}: {}", answer.status);
    }
}

#[test]
fn only_this_machines_names_and_only_reading_are_answered() {
    let (_root, preview) = preview();
    let (base, port) = (&preview.base, preview.port);
    let here = format!("Host: localhost:{port}\r\n");
    let long = "x".repeat(9 * 1024);
    let headers = format!("X: {}\r\n", "y".repeat(900)).repeat(40);
    let cases = [
        (format!("GET {base} HTTP/1.1\r\nHost: evil.example\r\n"), 421),
        (format!("GET {base} HTTP/1.1\r\nHost: localhost.evil.example\r\n"), 421),
        (
            format!("GET {base} HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n"),
            421,
        ),
        (format!("GET http://evil.example{base} HTTP/1.1\r\n{here}"), 421),
        (format!("GET {base} HTTP/1.1\r\n{here}"), 200),
        (format!("HEAD {base} HTTP/1.1\r\n{here}"), 200),
        (format!("POST {base} HTTP/1.1\r\n{here}Content-Length: 0\r\n"), 405),
        (format!("DELETE {base} HTTP/1.1\r\n{here}"), 405),
        (
            format!("OPTIONS {base} HTTP/1.1\r\n{here}Origin: http://evil.example\r\n"),
            405,
        ),
        (format!("GET {base}{long} HTTP/1.1\r\n{here}"), 414),
        (format!("GET {base} HTTP/1.1\r\n{here}{headers}"), 431),
    ];
    for (request, status) in cases {
        let answer =
            preview.raw(format!("{request}Connection: close\r\n\r\n").as_bytes());
        let line = request.get(..60).unwrap_or(&request);
        assert_eq!(answer.status, status, "{line}");
        assert!(!answer.head.contains("access-control"), "{line}: {}", answer.head);
    }
    for rubbish in
        ["\r\n\r\n", "GET\r\n\r\n", "\0\u{1}\u{2}\r\n\r\n", "PRI * HTTP/2.0\r\n\r\n"]
    {
        let answer = preview.raw(rubbish.as_bytes());
        assert!(answer.status < 500, "{rubbish:?}: {}", answer.status);
    }
    assert_eq!(preview.get(base, "").status, 200, "it goes on");
}

#[test]
fn the_stream_of_events_is_for_the_previews_own_pages() {
    let (_root, preview) = preview();
    let token = token(&preview);
    let events = |token: &str| {
        format!("/.dateline/events?token={token}&page={}&hash=0&files=0", preview.base)
    };
    let cases = [
        (events("0"), "", 403),
        (events(&token), "Origin: http://evil.example\r\n", 403),
        (events(&token), "Origin: null\r\n", 403),
        (events(&token), "Sec-Fetch-Site: cross-site\r\n", 403),
        ("/.dateline/events".to_owned(), "", 400),
    ];
    for (path, headers, status) in cases {
        assert_eq!(preview.get(&path, headers).status, status, "{headers:?}");
    }
    let mut stream = preview.connect();
    let host = format!("localhost:{}", preview.port);
    let request = format!(
        "GET {} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n\r\n",
        events(&token)
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut heard = String::new();
    let mut bytes = [0; 4096];
    while !heard.contains("event: reload") {
        let n = stream.read(&mut bytes).unwrap();
        assert!(n > 0, "the stream ended: {heard}");
        heard.push_str(&String::from_utf8_lossy(&bytes[..n]));
    }
    assert!(heard.starts_with("HTTP/1.1 200"), "{heard}");
}

#[test]
fn many_that_stay_and_some_that_are_slow_keep_nobody_waiting() {
    let (_root, preview) = preview();
    let request = format!("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", preview.base);
    let mut kept: Vec<_> = (0..200).map(|_| preview.connect()).collect();
    for stream in &mut kept {
        stream.write_all(request.as_bytes()).unwrap();
    }
    for stream in &mut kept {
        let mut first = [0; 12];
        stream.read_exact(&mut first).unwrap();
        assert_eq!(&first, b"HTTP/1.1 200");
    }
    let slow: Vec<_> = (0..50)
        .map(|_| {
            let mut stream = preview.connect();
            stream.write_all(b"GET / HTTP/1.1\r\nHost: loc").unwrap();
            stream
        })
        .collect();
    let started = Instant::now();
    assert_eq!(preview.get(&preview.base, "").status, 200);
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    // Whoever does not finish a request is let go after ten seconds.
    for mut stream in slow {
        let mut rest = Vec::new();
        drop(stream.read_to_end(&mut rest));
    }
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_at_once_with_pages_open() {
    let (_root, mut preview) = preview();
    let token = token(&preview);
    let mut open: Vec<_> = (0..4).map(|_| preview.connect()).collect();
    for stream in &mut open {
        let path = format!("/.dateline/events?token={token}&page=/repo/&hash=0&files=0");
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        stream.read_exact(&mut [0; 12]).unwrap();
    }
    let pid = preview.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let started = Instant::now();
    let status = loop {
        if let Some(status) = preview.child.try_wait().unwrap() {
            break status;
        }
        assert!(started.elapsed() < Duration::from_secs(5), "it goes on");
        std::thread::sleep(Duration::from_millis(5));
    };
    assert!(status.success(), "{status}");
}

//! `dateline import --fetch-images`: pictures of other sites, from a server of this machine.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use crate::import::{archive, dateline, errors, files, remarks, text_of};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n0000";

/// Answers every request on a port of its own until the test ends.
fn serve() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            let mut line = String::new();
            BufReader::new(&connection).read_line(&mut line).unwrap();
            let path = line.split(' ').nth(1).unwrap_or("/");
            let (status, head, body): (&str, &str, &[u8]) = match path {
                "/a.png" | "/far/b.png?x=1" => ("200 OK", "", PNG),
                "/page.jpg" => ("200 OK", "", b"<html>no picture</html>"),
                "/file.jpg" => ("302 Found", "Location: file:///etc/hostname\r\n", b""),
                "/there.jpg" => ("302 Found", "Location: /a.png\r\n", b""),
                _ => ("404 Not Found", "", b""),
            };
            let answer = format!(
                "HTTP/1.1 {status}\r\n{head}Content-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let _ = connection.write_all(answer.as_bytes());
            let _ = connection.write_all(body);
        }
    });
    port
}

fn has_curl() -> bool {
    std::process::Command::new("curl").arg("--version").output().is_ok()
}

#[test]
fn pictures_of_other_sites_are_fetched_or_told() {
    let port = serve();
    let site = format!("http://127.0.0.1:{port}");
    let root = archive(&format!(
        "
//- from/_config.yml
title: Desk
//- from/_posts/2024-01-02-a.md
---
title: A
image: {site}/a.png
---
![A gate]({site}/a.png) ![A quay]({site}/far/b.png?x=1) ![Moved]({site}/there.jpg)

![Page]({site}/page.jpg) ![File]({site}/file.jpg) ![Gone]({site}/gone.png)
"
    ));
    let args = ["import", "from", "--to", "book", "--fetch-images"];
    let output = dateline(root.path(), &args);
    let said = String::from_utf8_lossy(&output.stderr);
    if !has_curl() {
        assert!(said.contains("--fetch-images needs the program curl"), "{said}");
        return;
    }
    assert_eq!(output.status.code(), Some(0), "{said}");
    let book = root.path().join("book");
    assert_eq!(errors(&book), "", "{:#?}", remarks(&book));
    let text = text_of(&book, "content/briefs/2024/2024-01-02-a.md");
    assert_eq!(text.matches("](/fetched/127.0.0.1/").count(), 3, "{text}");
    assert!(text.contains("image: {file: \"fetched/127.0.0.1/"), "{text}");
    assert!(text.contains(&format!("[Picture: Gone]({site}/gone.png)")), "{text}");
    let fetched = files(&book);
    let fetched = fetched.iter().filter(|it| it.0.starts_with("static/fetched/"));
    let fetched: Vec<_> =
        fetched.map(|it| (it.0.rsplit('.').next(), &it.1[..])).collect();
    assert_eq!(fetched, [(Some("png"), PNG); 3]);
    let told: Vec<String> = remarks(&book)
        .into_iter()
        .filter(|it| it.1 == "not-fetched")
        .map(|it| it.2.replace(&site, ""))
        .collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].starts_with("/page.jpg: what came is no JPEG"), "{told:?}");
    assert!(told[1].starts_with("/file.jpg: ") && told[2].starts_with("/gone.png: "));
    // The second time, what is there is not asked for again: the server may be gone.
    let before = files(&book);
    assert_eq!(dateline(root.path(), &args).status.code(), Some(0));
    assert_eq!(files(&book), before);
}

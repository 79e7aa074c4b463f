//! The preview: what is served is what `build` writes, whatever was edited in between.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use dateline::disk::{read, refresh};
use dateline::input::Wanted;
use dateline::{Built, build};

/// A running preview, ended with the test.
pub(crate) struct Preview {
    pub(crate) child: Child,
    pub(crate) port: u16,
    /// `/repo/`.
    pub(crate) base: String,
}

impl Preview {
    /// On a day in December 2025.
    pub(crate) fn of(root: &Path) -> Preview {
        Preview::by(Preview::command(root).env("SOURCE_DATE_EPOCH", "1764547200"))
    }

    /// The same with further options.
    pub(crate) fn with(root: &Path, options: &[&str]) -> Preview {
        let mut command = Preview::command(root);
        Preview::by(command.args(options).env("SOURCE_DATE_EPOCH", "1764547200"))
    }

    fn command(root: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.args(["serve", "--port", "0", "--root"]).arg(root);
        command.env_remove("SOURCE_DATE_EPOCH");
        command
    }

    fn by(command: &mut Command) -> Preview {
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut link = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut link).unwrap();
        let rest = link.trim().strip_prefix("http://localhost:").unwrap();
        let (port, path) = rest.split_once('/').unwrap();
        Preview { child, port: port.parse().unwrap(), base: format!("/{path}") }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream
    }

    /// Sends bytes as they are and gives all that comes back.
    pub(crate) fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        // A server that has heard enough may close before the last byte is sent.
        drop(stream.write_all(request));
        let mut bytes = Vec::new();
        drop(stream.read_to_end(&mut bytes));
        Answer::parse(&bytes)
    }

    pub(crate) fn get(&self, path: &str, headers: &str) -> Answer {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: localhost:{}\r\n{headers}Connection: close\r\n\r\n",
            self.port
        );
        self.raw(request.as_bytes())
    }

    /// Waits until a page of the site fits.
    pub(crate) fn until(&self, path: &str, fits: impl Fn(&Answer) -> bool) -> Answer {
        let started = Instant::now();
        loop {
            let answer = self.get(&format!("{}{path}", self.base), "");
            if fits(&answer) {
                return answer;
            }
            let body = String::from_utf8_lossy(&answer.body).into_owned();
            assert!(started.elapsed() < Duration::from_secs(20), "{path} stays {body}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A response taken apart.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    fn parse(bytes: &[u8]) -> Answer {
        let end = bytes.windows(4).position(|it| it == b"\r\n\r\n");
        let end = end.unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let status = head.split(' ').nth(1).and_then(|it| it.parse().ok()).unwrap_or(0);
        let body = bytes.get(end + 4..).unwrap_or_default();
        let body = if head.contains("transfer-encoding: chunked") {
            dechunked(body)
        } else {
            body.to_vec()
        };
        Answer { status, head, body }
    }

    /// The body without the line that the preview adds.
    pub(crate) fn published(&self) -> Vec<u8> {
        let text = &self.body;
        let mark = b"<script defer src=\"/.dateline/panel.js\"";
        let Some(at) = text.windows(mark.len()).position(|it| it == mark) else {
            return text.clone();
        };
        let line = text[at..].iter().position(|it| *it == b'\n').unwrap() + 1;
        [&text[..at], &text[at + line..]].concat()
    }
}

fn dechunked(mut bytes: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(at) = bytes.windows(2).position(|it| it == b"\r\n") {
        let size = std::str::from_utf8(&bytes[..at]).unwrap();
        let size = usize::from_str_radix(size, 16).unwrap();
        whole.extend(&bytes[at + 2..at + 2 + size]);
        bytes = &bytes[at + 4 + size..];
    }
    whole
}

/// A copy of the sample book.
pub(crate) fn sample() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::copy(root.join("book.toml"), folder.path().join("book.toml")).unwrap();
    for part in ["content", "templates", "static"] {
        for entry in walkdir::WalkDir::new(root.join(part)) {
            let entry = entry.unwrap();
            let to = folder.path().join(entry.path().strip_prefix(root).unwrap());
            if entry.file_type().is_dir() {
                fs::create_dir_all(to).unwrap();
            } else {
                fs::copy(entry.path(), to).unwrap();
            }
        }
    }
    folder
}

/// The files that `build` writes, by path.
fn published(root: &Path, output: &Path) -> BTreeMap<String, Vec<u8>> {
    let status = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["build", "--format", "json", "--root"])
        .arg(root)
        .arg("--output")
        .arg(output)
        .env("SOURCE_DATE_EPOCH", "1764547200")
        .status()
        .unwrap();
    assert!(status.success());
    let files = walkdir::WalkDir::new(output).into_iter().map(Result::unwrap);
    let files = files.filter(|it| it.file_type().is_file());
    let mut all: BTreeMap<String, Vec<u8>> = files
        .map(|it| {
            let path = it.path().strip_prefix(output).unwrap();
            (path.to_str().unwrap().to_owned(), fs::read(it.path()).unwrap())
        })
        .collect();
    all.remove("dateline-manifest.txt");
    all
}

#[test]
fn an_embargo_ends_and_a_brief_expires_while_nobody_saves() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("content/briefs")).unwrap();
    fs::write(root.join("book.toml"), "[book]\ntitle = 'Test'\n").unwrap();
    let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(2);
    for (name, line) in [("new", "embargo"), ("old", "expires")] {
        let text =
            format!("---\ntitle: A\ndate: 2025-01-01\n{line}: {soon:.0}\n---\nA.\n");
        fs::write(root.join(format!("content/briefs/{name}.md")), text).unwrap();
    }
    let preview = Preview::by(&mut Preview::command(root));
    let status = |name: &str| {
        preview.get(&format!("{}2025/01/01/{name}/", preview.base), "").status
    };
    if jiff::Timestamp::now() < soon - jiff::SignedDuration::from_millis(1_500) {
        assert_eq!((status("new"), status("old")), (404, 200));
    }
    preview.until("2025/01/01/new/", |answer| answer.status == 200);
    assert_eq!(status("old"), 404);
}

#[test]
fn every_address_serves_what_build_writes() {
    let root = sample();
    let output = tempfile::tempdir().unwrap();
    let preview = Preview::of(root.path());
    let files = published(root.path(), output.path());
    assert!(files.len() > 100, "{} files", files.len());
    for (path, bytes) in &files {
        let answer = preview.get(&format!("{}{path}", preview.base), "");
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.published() == *bytes, "{path} differs from what build writes");
        let is_page = Path::new(path).extension().is_some_and(|it| it == "html");
        assert_eq!(answer.body != *bytes, is_page, "{path} has the script or not");
        if let Some(folder) = path.strip_suffix("index.html") {
            let answer = preview.get(&format!("{}{folder}", preview.base), "");
            assert!(answer.published() == *bytes, "{folder} differs");
        }
    }
    let missing = preview.get(&format!("{}no/such/page", preview.base), "");
    assert_eq!(missing.status, 404);
    assert!(missing.published() == files["404.html"], "the book's own page of 404");
    let root = preview.get("/", "");
    assert_eq!(root.status, 302);
    assert!(root.head.contains("location: /repo/"), "{}", root.head);
}

#[test]
fn files_have_tags_ranges_and_types() {
    let root = sample();
    let preview = Preview::of(root.path());
    let path = format!("{}dateline.css", preview.base);
    let whole = preview.get(&path, "");
    assert!(
        whole.head.contains("content-type: text/css; charset=utf-8"),
        "{}",
        whole.head
    );
    assert!(whole.head.contains("cache-control: no-store"), "{}", whole.head);
    let tag = whole.head.split("etag: ").nth(1).unwrap().lines().next().unwrap();
    let again = preview.get(&path, &format!("If-None-Match: {tag}\r\n"));
    assert_eq!((again.status, again.body.len()), (304, 0));
    let part = preview.get(&path, "Range: bytes=2-5\r\n");
    assert_eq!((part.status, &*part.body), (206, &whole.body[2..6]));
    let beyond = preview.get(&path, "Range: bytes=9999999-\r\n");
    assert_eq!(beyond.status, 416);
    let head = preview.raw(
        format!("HEAD {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .as_bytes(),
    );
    let length = format!("content-length: {}", whole.body.len());
    assert!(head.body.is_empty() && head.head.contains(&length), "{}", head.head);
}

#[test]
fn an_error_keeps_the_last_good_page_and_its_mending_moves_on() {
    let root = sample();
    let preview = Preview::of(root.path());
    let (page, file) = brief(root.path());
    let before = preview.until(&page, |it| it.status == 200).published();
    let good = fs::read_to_string(&file).unwrap();
    let mut events = preview.events(&page);
    assert!(events.until("panel").contains("\"n_errors\":0"));
    fs::write(&file, good.replacen("\ndate:", "\ndote:", 1)).unwrap();
    events.until("missing-key");
    let shown = preview.get(&format!("{}{page}", preview.base), "");
    assert!(shown.published() == before, "the last good page is shown");
    fs::write(&file, format!("{good}\nMended words.\n")).unwrap();
    events.until("event: reload");
    preview.until(&page, |it| String::from_utf8_lossy(&it.body).contains("Mended words"));
}

/// A brief of the sample book: its page and its file.
pub(crate) fn brief(root: &Path) -> (String, PathBuf) {
    let file = root.join("content/briefs/2025/2025-08-08-military-options.md");
    ("2025/08/08/military-options/".to_owned(), file)
}

/// The stream of events of an open page.
struct Events(BufReader<TcpStream>);

impl Events {
    /// The event that has the words; those before it are read and dropped.
    fn until(&mut self, words: &str) -> String {
        let mut event = String::new();
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the stream ended");
            if line.trim().is_empty() || line.trim() == "\n" {
                if event.contains(words) {
                    return event;
                }
                event.clear();
            }
            event += &line;
        }
    }
}

impl Preview {
    /// What a page of the preview knows: the query of its stream.
    pub(crate) fn query(&self, page: &str) -> String {
        let answer = self.get(&format!("{}{page}", self.base), "");
        let text = String::from_utf8(answer.body).unwrap();
        let value = |name: &str| {
            let from = text.split(&format!("data-{name}=\"")).nth(1).unwrap();
            from.split('"').next().unwrap().to_owned()
        };
        ["page", "hash", "files", "token"]
            .map(|name| format!("{name}={}", value(name)))
            .join("&")
    }

    fn events(&self, page: &str) -> Events {
        let mut stream = self.connect();
        let query = self.query(page);
        write!(
            stream,
            "GET /.dateline/events?{query} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n",
            self.port
        )
        .unwrap();
        Events(BufReader::new(stream))
    }
}

#[test]
fn a_file_that_only_stands_for_another_is_refused_alike_by_every_command() {
    let folder = sample();
    let root = folder.path();
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n";
    fs::create_dir_all(root.join("static/img")).unwrap();
    fs::write(root.join("static/img/quay.jpg"), pointer).unwrap();
    let words = "this only stands for a file of Git LFS";
    for args in [&["build"][..], &["check"], &["publish", "--to", "out"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.current_dir(root).args(args).env("SOURCE_DATE_EPOCH", "1764547200");
        let output = command.output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).unwrap();
        assert_eq!(output.status.code(), Some(1), "{args:?}: {said}");
        assert!(said.contains(words) && said.contains("quay.jpg:1:1"), "{said}");
    }
    assert!(!root.join("public").exists() && !root.join("out").exists());
    let preview = Preview::of(root);
    assert!(preview.events("").until("panel").contains(words));
}

#[test]
fn what_is_read_again_equals_a_whole_reading() {
    let folder = sample();
    let root = folder.path().canonicalize().unwrap();
    let now = "2025-12-01T00:00:00Z".parse().unwrap();
    let mut inputs = read(&root, Wanted::published(now)).unwrap();
    let mut last = build(&inputs, &Built::default());
    let mut edits = Edits { seed: 7, root: root.clone() };
    for step in 0..300 {
        let paths = edits.next();
        inputs = refresh(&root, &inputs, &paths, Wanted::published(now)).unwrap();
        assert!(
            inputs == read(&root, Wanted::published(now)).unwrap(),
            "step {step}: {paths:?}"
        );
        last = build(&inputs, &last.0);
        if step % 10 == 0 {
            let clean = build(&inputs, &Built::default());
            assert!(last == clean, "step {step}: {paths:?}");
        }
    }
}

/// Random edits, renames and deletions, the same for each seed.
pub(crate) struct Edits {
    pub(crate) seed: u64,
    pub(crate) root: PathBuf,
}

impl Edits {
    fn random(&mut self, below: usize) -> usize {
        // Xorshift: good enough to be unlike what a person would try.
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        usize::try_from(self.seed % below as u64).unwrap()
    }

    fn pick(&mut self, folders: bool) -> PathBuf {
        let parts = ["content", "templates", "static"];
        let all: Vec<PathBuf> = parts
            .iter()
            .flat_map(|part| walkdir::WalkDir::new(self.root.join(part)).min_depth(1))
            .map(|it| it.unwrap())
            .filter(|it| it.file_type().is_dir() == folders)
            .map(walkdir::DirEntry::into_path)
            .collect();
        all[self.random(all.len())].clone()
    }

    /// Does one thing and gives the paths that a watcher would name.
    pub(crate) fn next(&mut self) -> Vec<PathBuf> {
        let n = self.random(1_000_000);
        match self.random(10) {
            0..=3 => {
                let file = self.pick(false);
                let mut bytes = fs::read(&file).unwrap();
                bytes.extend(format!("\nEdit {n} of Mexico.\n").bytes());
                fs::write(&file, bytes).unwrap();
                vec![file]
            }
            4 => {
                let file = self.pick(false);
                let to = file.with_file_name(format!("renamed-{n}.md"));
                fs::rename(&file, &to).unwrap();
                vec![file, to]
            }
            5 => {
                let to = self.root.join(format!("content/briefs/{n}/made.md"));
                fs::create_dir_all(to.parent().unwrap()).unwrap();
                let text =
                    format!("---\ntitle: Made {n}\ndate: 2025-08-09\n---\nMexico.\n");
                fs::write(&to, text).unwrap();
                vec![to.parent().unwrap().to_owned()]
            }
            6 if n.is_multiple_of(4) => {
                let file = self.pick(false);
                fs::remove_file(&file).unwrap();
                vec![file]
            }
            7 => {
                let folder = self.pick(true);
                let to = folder.with_file_name(format!("moved-{n}"));
                fs::rename(&folder, &to).unwrap();
                vec![folder, to]
            }
            8 => {
                let file = self.root.join("book.toml");
                let text = fs::read_to_string(&file).unwrap();
                fs::write(&file, format!("{text}# {n}\n")).unwrap();
                vec![file]
            }
            _ => {
                let file = self.root.join(format!("content/pages/.hidden-{n}/x.md"));
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(&file, "---\ntitle: X\n---\n").unwrap();
                vec![file]
            }
        }
    }
}

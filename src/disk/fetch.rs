//! Pictures of other sites, fetched by the system's own `curl`.
#![expect(clippy::disallowed_methods, reason = "this is the edge to the file system")]

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};

/// A picture of more bytes is not fetched.
const LARGEST: u64 = 20 << 20;
/// A picture that takes longer is given up; seconds.
const LONGEST: &str = "60";

/// Fetches pictures, each once.
#[derive(Debug)]
pub struct Fetcher {
    /// Where they wait until they are copied into the book.
    folder: tempfile::TempDir,
    /// The book, which may have them from the last time.
    book: PathBuf,
    known: Mutex<HashMap<String, Result<Fetched, String>>>,
}

/// A picture that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The file.
    pub file: PathBuf,
    /// Where it belongs below `static/`.
    pub to: String,
}

impl Fetcher {
    /// For a book at a folder. The error is for a system without `curl`.
    pub fn new(book: &Path) -> anyhow::Result<Fetcher> {
        let mut version = Command::new("curl");
        version.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        if !version.status().is_ok_and(|it| it.success()) {
            bail!(
                "--fetch-images needs the program curl, which is not here: install it, or import without the option"
            );
        }
        let folder =
            tempfile::tempdir().context("cannot make a folder for what is fetched")?;
        let book = std::path::absolute(book).context("cannot tell where the book is")?;
        Ok(Fetcher { folder, book, known: Mutex::default() })
    }

    /// The picture at an address, or why it could not be had. One that the book has from an
    /// earlier import is not fetched again.
    pub fn fetch(&self, url: &str) -> Result<Fetched, String> {
        let known = self.known.lock().ok().and_then(|it| it.get(url).cloned());
        if let Some(known) = known {
            return known;
        }
        let fetched = self.fetch_new(url);
        if let Ok(mut known) = self.known.lock() {
            known.insert(url.to_owned(), fetched.clone());
        }
        fetched
    }

    fn fetch_new(&self, url: &str) -> Result<Fetched, String> {
        let mut digest = String::new();
        for byte in &Sha256::digest(url.as_bytes())[..8] {
            digest += &format!("{byte:02x}");
        }
        let host = url.split_once("//").map_or("", |it| it.1);
        let host = host.split(['/', '?', '#', ':', '@']).next().unwrap_or("");
        let host: String = host.chars().filter(|c| is_of_name(*c)).take(60).collect();
        let stem =
            format!("fetched/{}/{digest}", if host.is_empty() { "host" } else { &host });
        for ending in ["jpg", "png", "gif", "webp", "avif"] {
            let to = format!("{stem}.{ending}");
            let file = self.book.join("static").join(&to);
            if file.is_file() {
                return Ok(Fetched { file, to });
            }
        }
        let file = self.folder.path().join(&digest);
        curl(url, &file)?;
        let size = fs::metadata(&file).map_err(|it| it.to_string())?.len();
        if size > LARGEST {
            let _ = fs::remove_file(&file);
            return Err(format!("it has over {} MB", LARGEST >> 20));
        }
        let start = fs::read(&file).map_err(|it| it.to_string())?;
        let Some(ending) = ending(&start) else {
            let _ = fs::remove_file(&file);
            return Err("what came is no JPEG, PNG, GIF, WebP or AVIF".to_owned());
        };
        Ok(Fetched { file, to: format!("{stem}.{ending}") })
    }
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '.'
}

/// Fetches an address into a file: over the web alone, redirects included, within limits,
/// and without what the user's own settings add.
fn curl(url: &str, file: &Path) -> Result<(), String> {
    let limit = LARGEST.to_string();
    let args = [
        "--disable", // no .curlrc; it must come first
        "--proto",
        "=http,https",
        "--proto-redir",
        "=http,https",
        "--location",
        "--max-redirs",
        "5",
        "--fail",
        "--silent",
        "--show-error",
        "--globoff",
        "--connect-timeout",
        "15",
        "--max-time",
        LONGEST,
        "--max-filesize",
        &limit,
        "--user-agent",
        concat!("dateline/", env!("CARGO_PKG_VERSION")),
        "--output",
    ];
    let done = Command::new("curl")
        .args(args.iter().map(OsStr::new))
        .args([file.as_os_str(), OsStr::new("--url"), OsStr::new(url)])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .output()
        .map_err(|it| format!("cannot run curl: {it}"))?;
    if done.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&done.stderr);
    let said = said.lines().next().unwrap_or("curl failed").trim();
    let said = said.strip_prefix("curl: ").unwrap_or(said);
    Err(said.to_owned())
}

/// The ending for a picture, by how it begins.
fn ending(start: &[u8]) -> Option<&'static str> {
    match start {
        [0xff, 0xd8, 0xff, ..] => Some("jpg"),
        [0x89, b'P', b'N', b'G', ..] => Some("png"),
        [b'G', b'I', b'F', b'8', ..] => Some("gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("webp"),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', ..] => Some("avif"),
        _ => None,
    }
}

//! Smart HTTP for the tests: `git http-backend` behind a socket of this machine, with the
//! habits of servers that a test wants.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

/// What the server does with a request.
pub(crate) enum Act {
    /// Answers.
    Serve,
    /// Does what is asked and closes the connection without an answer.
    ServeAndCut,
    /// Closes the connection.
    Cut,
    /// Never answers; the connection stays open as long as the client wants it.
    Hang,
    /// Wants a user and a password.
    AskPassword,
}

/// What was asked.
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Request {
    /// Whether it hands over a push.
    pub(crate) fn is_push(&self) -> bool {
        self.method == "POST" && self.path.ends_with("/git-receive-pack")
    }
}

/// Serves the repositories of a folder; the port. It ends with the test's process.
pub(crate) fn serve(
    folder: &Path,
    act: impl Fn(&Request) -> Act + Send + Sync + 'static,
) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let (folder, act) = (folder.to_owned(), Arc::new(act));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (folder, act) = (folder.clone(), Arc::clone(&act));
            std::thread::spawn(move || {
                // A client that goes away is no failure of the test.
                let _ = answer(stream, &folder, &*act);
            });
        }
    });
    port
}

fn answer(
    mut stream: TcpStream,
    folder: &PathBuf,
    act: &dyn Fn(&Request) -> Act,
) -> std::io::Result<()> {
    let request = read(&stream)?;
    match act(&request) {
        Act::Serve => stream.write_all(&backend(&request, folder)?),
        Act::ServeAndCut => backend(&request, folder).map(drop),
        Act::Cut => Ok(()),
        Act::Hang => stream.read(&mut [0; 1]).map(drop),
        Act::AskPassword => stream.write_all(
            b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"desk\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        ),
    }
}

fn read(mut stream: &TcpStream) -> std::io::Result<Request> {
    let mut input = BufReader::new(stream);
    let mut line = String::new();
    input.read_line(&mut line)?;
    let mut words = line.split_whitespace();
    let mut word = || words.next().unwrap_or_default().to_owned();
    let (method, target) = (word(), word());
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let (path, query) = (path.to_owned(), query.to_owned());
    let mut headers = BTreeMap::new();
    loop {
        line.clear();
        input.read_line(&mut line)?;
        let Some((key, value)) = line.trim_end().split_once(": ") else { break };
        headers.insert(key.to_lowercase(), value.to_owned());
    }
    if headers.contains_key("expect") {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    let mut body = Vec::new();
    if let Some(len) = headers.get("content-length") {
        body.resize(len.parse().unwrap(), 0);
        input.read_exact(&mut body)?;
    } else if headers.contains_key("transfer-encoding") {
        loop {
            line.clear();
            input.read_line(&mut line)?;
            let len = usize::from_str_radix(line.trim_end(), 16).unwrap();
            let at = body.len();
            body.resize(at + len, 0);
            input.read_exact(&mut body[at..])?;
            input.read_line(&mut line)?;
            if len == 0 {
                break;
            }
        }
    }
    Ok(Request { method, path, query, headers, body })
}

/// Git's own answer, as a CGI program gives it (RFC 3875).
fn backend(request: &Request, folder: &PathBuf) -> std::io::Result<Vec<u8>> {
    let header = |name: &str| request.headers.get(name).map_or("", String::as_str);
    let mut command = Command::new("git");
    command
        .arg("http-backend")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_PROJECT_ROOT", folder)
        .env("GIT_HTTP_EXPORT_ALL", "1")
        .env("PATH_INFO", &request.path)
        .env("QUERY_STRING", &request.query)
        .env("REQUEST_METHOD", &request.method)
        .env("CONTENT_TYPE", header("content-type"))
        .env("CONTENT_LENGTH", request.body.len().to_string())
        .env("HTTP_CONTENT_ENCODING", header("content-encoding"))
        .env("GIT_PROTOCOL", header("git-protocol"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = command.spawn()?;
    let mut stdin = child.stdin.take().unwrap();
    let body = request.body.clone();
    let writer = std::thread::spawn(move || stdin.write_all(&body));
    let said = child.wait_with_output()?.stdout;
    let _ = writer.join();
    let at = said.windows(4).position(|it| it == b"\r\n\r\n").unwrap_or(0);
    let (head, body) = (String::from_utf8_lossy(&said[..at]), &said[at + 4..]);
    let status = head.lines().find_map(|it| it.strip_prefix("Status: "));
    let headers = head.lines().filter(|it| !it.starts_with("Status: "));
    let headers: String = headers.flat_map(|it| [it, "\r\n"]).collect();
    let mut answer = format!(
        "HTTP/1.1 {}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n",
        status.unwrap_or("200 OK"),
        body.len()
    )
    .into_bytes();
    answer.extend(body);
    Ok(answer)
}

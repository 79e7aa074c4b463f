//! A real browser, told what to do over the `DevTools` protocol
//! (<https://chromedevtools.github.io/devtools-protocol/>).

use std::fs;
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};

/// How long a page may take for anything.
const PATIENCE: Duration = Duration::from_secs(60);

/// One page of a browser, ended with the test.
pub(crate) struct Browser {
    child: Child,
    socket: WebSocket<TcpStream>,
    last_id: u64,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Starts Chromium; `None` where there is none, which is an error on a CI machine.
    pub(crate) fn start() -> Option<Browser> {
        let profile = tempfile::tempdir().unwrap();
        let names = ["chromium", "chromium-browser", "google-chrome"];
        let started = names.iter().find_map(|name| {
            Command::new(name)
                .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--mute-audio"])
                .args(["--remote-debugging-port=0", "--window-size=1280,900"])
                .args([
                    "--no-first-run",
                    "--disable-background-networking",
                    "about:blank",
                ])
                .arg(format!("--user-data-dir={}", profile.path().display()))
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .ok()
        });
        let Some(child) = started else {
            assert!(std::env::var_os("CI").is_none(), "Chromium is not installed");
            eprintln!("skipped: Chromium is not installed");
            return None;
        };
        let port_file = profile.path().join("DevToolsActivePort");
        let port =
            wait(|| fs::read_to_string(&port_file).ok()?.lines().next()?.parse().ok());
        let socket = wait(|| page_of(port));
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let (socket, _) = tungstenite::client(socket, stream).unwrap();
        Some(Browser { child, socket, last_id: 0, _profile: profile })
    }

    fn call(&mut self, method: &str, params: &Value) -> Value {
        self.last_id += 1;
        let call = json!({ "id": self.last_id, "method": method, "params": params });
        self.socket.send(Message::text(call.to_string())).unwrap();
        loop {
            let Message::Text(text) = self.socket.read().unwrap() else { continue };
            let answer: Value = serde_json::from_str(&text).unwrap();
            if answer["id"] == self.last_id {
                return answer;
            }
        }
    }

    /// Opens an address.
    pub(crate) fn open(&mut self, address: &str) {
        self.call("Page.navigate", &json!({ "url": address }));
        self.until("document.readyState == 'complete' && location.href != 'about:blank'");
    }

    /// The value of an expression in the page; null while the page is changing.
    pub(crate) fn get(&mut self, expression: &str) -> Value {
        let params = json!({ "expression": expression, "returnByValue": true });
        self.call("Runtime.evaluate", &params)["result"]["result"]["value"].clone()
    }

    /// Waits until an expression is true in the page.
    pub(crate) fn until(&mut self, expression: &str) {
        let started = Instant::now();
        while self.get(expression) != true {
            let page = || "document.body.innerText.slice(0, 600)";
            assert!(started.elapsed() < PATIENCE, "{expression}: {}", self.get(page()));
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Presses a key, as `Tab`, `Enter` or `Escape`.
    pub(crate) fn press(&mut self, key: &str) {
        let code = match key {
            "Tab" => 9,
            "Enter" => 13,
            _ => 27,
        };
        let text = if key == "Enter" { "\r" } else { "" };
        for kind in ["keyDown", "keyUp"] {
            let params = json!({
                "type": kind, "key": key, "code": key, "text": text,
                "windowsVirtualKeyCode": code,
            });
            self.call("Input.dispatchKeyEvent", &params);
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The address under which the browser's page is talked to.
fn page_of(port: u16) -> Option<String> {
    use std::io::{Read, Write};
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.write_all(b"GET /json HTTP/1.1\r\nHost: localhost\r\n\r\n").ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let mut text = String::new();
    // It says how much is to come and leaves the connection open.
    let mut bytes = [0; 4096];
    while !text.trim_end().ends_with(']') {
        let n = stream.read(&mut bytes).ok().filter(|n| *n > 0)?;
        text.push_str(&String::from_utf8_lossy(&bytes[..n]));
    }
    let list: Value = serde_json::from_str(text.split_once("\r\n\r\n")?.1).ok()?;
    let page = list.as_array()?.iter().find(|it| it["type"] == "page")?;
    page["webSocketDebuggerUrl"].as_str().map(str::to_owned)
}

fn wait<T>(look: impl Fn() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(started.elapsed() < PATIENCE, "the browser does not start");
        std::thread::sleep(Duration::from_millis(20));
    }
}

//! The stream of events of one open page.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::Stream;
use futures_util::stream::unfold;
use serde::Deserialize;
use tokio::sync::watch;
use tokio::task::{JoinHandle, spawn_blocking};

use crate::http::preview::Preview;
use crate::http::{Server, answer, desk, guard, panel};
use crate::site::Site;

/// What a page says of itself.
#[derive(Deserialize)]
pub(super) struct OpenPage {
    token: String,
    /// The path under which it was asked for.
    page: String,
    /// The fingerprint of the bytes it was served.
    hash: String,
    /// That of the static files then.
    files: String,
}

/// Answers a page of this preview with a stream that lasts as long as the page is open.
pub(super) async fn events(
    State(server): State<Arc<Server>>,
    Query(page): Query<OpenPage>,
    request: Request,
) -> Response {
    if page.token != server.token || !guard::is_from_here(&request) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let alive = KeepAlive::new().interval(Duration::from_secs(15));
    Sse::new(stream(server, page)).keep_alive(alive).into_response()
}

/// An open page and what it was told last.
struct Open {
    server: Arc<Server>,
    path: String,
    hash: u64,
    files: u64,
    site: Arc<Site>,
    previews: watch::Receiver<Arc<Preview>>,
    panel: String,
    /// What is still to be told.
    queue: VecDeque<Event>,
    /// The panel with the counts over the whole book, which take their time.
    counting: Option<JoinHandle<String>>,
}

fn stream(
    server: Arc<Server>,
    page: OpenPage,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let mut previews = server.previews.clone();
    previews.mark_changed();
    let number = |text: &str| u64::from_str_radix(text, 16).unwrap_or(0);
    let site = Arc::clone(&previews.borrow().shown);
    let open = Open {
        path: page.page,
        hash: number(&page.hash),
        files: number(&page.files),
        site,
        previews,
        panel: String::new(),
        queue: VecDeque::new(),
        counting: None,
        server,
    };
    unfold(open, |mut open| async move {
        let event = open.next().await?;
        Some((Ok(event), open))
    })
}

impl Open {
    /// The next event; `None` at the end of the preview.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.queue.pop_front() {
                return Some(event);
            }
            let counted = async {
                match &mut self.counting {
                    Some(counting) => counting.await.ok(),
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                changed = self.previews.changed() => {
                    changed.ok()?;
                    self.compare().await?;
                }
                panel = counted => {
                    self.counting = None;
                    self.tell_panel(panel?);
                }
            }
        }
    }

    /// Looks at what the newest state means for this page.
    async fn compare(&mut self) -> Option<()> {
        let preview = Arc::clone(&self.previews.borrow_and_update());
        let (site, before) = (Arc::clone(&preview.shown), Arc::clone(&self.site));
        let (server, path) = (Arc::clone(&self.server), self.path.clone());
        let (hash, files) = (self.hash, self.files);
        let (shown, news, now) = (Arc::clone(&preview), Arc::clone(&site), path.clone());
        let work = move || {
            let (new, bytes) = answer::state(&news, &now);
            let new_files = answer::files_fingerprint(&news);
            let change = if new != hash {
                Change::Page
            } else if new_files == files {
                Change::None
            } else {
                changed_files(&before, &news, &bytes)
            };
            let panel = panel::data(&server, &shown, &now, None);
            (new, new_files, change, panel)
        };
        let (hash, files, change, panel) = spawn_blocking(work).await.ok()?;
        (self.hash, self.files, self.site) = (hash, files, site);
        let told = match change {
            Change::Page => Some("reload"),
            Change::Styles => Some("css"),
            Change::None => None,
        };
        // A browser does not dispatch an event without data.
        self.queue.extend(told.map(|it| Event::default().event(it).data(it)));
        if desk::brief(&preview.shown, &self.path).is_some() {
            // The counts follow; until then the panel keeps those it has.
            let (server, path) = (Arc::clone(&self.server), path);
            if self.panel.is_empty() || preview.newest.report.has_errors() {
                self.tell_panel(panel);
            }
            self.counting = Some(spawn_blocking(move || {
                let counts = server.names.of(&preview.shown.built.edition);
                panel::data(&server, &preview, &path, Some(&counts))
            }));
        } else {
            self.counting = None;
            self.tell_panel(panel);
        }
        Some(())
    }

    fn tell_panel(&mut self, panel: String) {
        if panel != self.panel {
            self.queue.push_back(Event::default().event("panel").data(&panel));
            self.panel = panel;
        }
    }
}

/// What a page has to do.
enum Change {
    None,
    /// Fetch its stylesheets again.
    Styles,
    /// Load again.
    Page,
}

/// What a change of static files means for a page: a file that it names, such as a picture,
/// is shown anew; a stylesheet is swapped.
fn changed_files(before: &Site, after: &Site, bytes: &[u8]) -> Change {
    let (old, new) = (&before.inputs.assets, &after.inputs.assets);
    if std::ptr::eq(before, after) {
        return Change::Page; // between the page and its stream; nobody knows which
    }
    let text = String::from_utf8_lossy(bytes);
    let mut change = Change::None;
    for path in old.keys().chain(new.keys()) {
        if old.get(path) == new.get(path) {
            continue;
        }
        if path.ends_with(".css") {
            change = Change::Styles;
        } else {
            let name = path.rsplit('/').next().unwrap_or(path);
            if text.contains(name) {
                return Change::Page;
            }
        }
    }
    change
}

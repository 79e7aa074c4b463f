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
use crate::http::server::Server;
use crate::http::state::{PageChange, PageState, changed_files};
use crate::http::{desk, guard, panel};
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
    state: PageState,
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
        state: PageState { page: number(&page.hash), files: number(&page.files) },
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

    /// Looks at what the newest book means for this page.
    async fn compare(&mut self) -> Option<()> {
        let preview = Arc::clone(&self.previews.borrow_and_update());
        let (server, path) = (Arc::clone(&self.server), self.path.clone());
        let (before, had) = (Arc::clone(&self.site), self.state);
        let news = Arc::clone(&preview);
        let work = move || {
            let (state, bytes) = PageState::of(&news.shown, &path);
            let change = if state.page != had.page {
                PageChange::Page
            } else if state.files == had.files {
                PageChange::None
            } else {
                changed_files(&before, &news.shown, &bytes)
            };
            (state, change, panel::data(&server, &news, &path, None))
        };
        let (state, change, panel) = spawn_blocking(work).await.ok()?;
        (self.state, self.site) = (state, Arc::clone(&preview.shown));
        let told = match change {
            PageChange::Page => Some("reload"),
            PageChange::Styles => Some("css"),
            PageChange::None => None,
        };
        // A browser does not dispatch an event without data.
        self.queue.extend(told.map(|it| Event::default().event(it).data(it)));
        self.show_panel(preview, panel);
        Some(())
    }

    /// Tells the panel of a page. That of a brief has counts over the whole book, which
    /// follow; until then it keeps those it has.
    fn show_panel(&mut self, preview: Arc<Preview>, panel: String) {
        if desk::brief(&preview.shown, &self.path).is_none() {
            self.counting = None;
            self.tell_panel(panel);
            return;
        }
        if self.panel.is_empty() || preview.newest.report.has_errors() {
            self.tell_panel(panel);
        }
        let (server, path) = (Arc::clone(&self.server), self.path.clone());
        self.counting = Some(spawn_blocking(move || {
            let lacking = server.names.of(&preview.shown.built.edition);
            panel::data(&server, &preview, &path, Some(&lacking))
        }));
    }

    fn tell_panel(&mut self, panel: String) {
        if panel != self.panel {
            self.queue.push_back(Event::default().event("panel").data(&panel));
            self.panel = panel;
        }
    }
}

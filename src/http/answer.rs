//! A request to its response.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderName, HeaderValue, LOCATION,
};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower::limit::GlobalConcurrencyLimitLayer;

use crate::html::escape;
use crate::http::address::{Lookup, find};
use crate::http::server::Server;
use crate::http::state::{files_fingerprint, fingerprint, held};
use crate::http::{files, guard, panel, reload};
use crate::outline::kind::{Page, PageKind};
use crate::render::Rendered;
use crate::site::Site;

/// How many requests are worked on at once; the others wait.
const MAX_AT_WORK: usize = 64;

/// All that is answered. No path of a site begins with `.dateline`: dotfiles of `static/`
/// are not part of a book, and a slug has no dot.
pub(super) fn router(server: Arc<Server>) -> Router {
    Router::new()
        .route("/.dateline/events", axum::routing::get(reload::events))
        .route("/.dateline/panel.js", axum::routing::get(panel::script))
        .fallback(answer)
        .layer(GlobalConcurrencyLimitLayer::new(MAX_AT_WORK))
        .layer(middleware::from_fn_with_state(Arc::clone(&server), guarded))
        .with_state(server)
}

/// Refuses what is not to be answered, and gives every response what all have.
async fn guarded(
    State(server): State<Arc<Server>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = match guard::refusal(&server.hosts, &request) {
        Some(StatusCode::METHOD_NOT_ALLOWED) => {
            (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")]).into_response()
        }
        Some(StatusCode::MISDIRECTED_REQUEST) => misdirected(&request),
        Some(status) => status.into_response(),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for (name, value) in [
        // A page of another site can neither read drafts nor show them.
        ("cross-origin-resource-policy", "same-origin"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

/// Tells somebody who came under another name how that is allowed.
fn misdirected(request: &Request) -> Response {
    let host = request.headers().get(HOST).and_then(|it| it.to_str().ok());
    let name = host.and_then(guard::name_of);
    let how = name.map_or(String::new(), |name| {
        let name = escape(&name);
        format!(
            "<p>If <code>{name}</code> is the name of this machine or of a proxy before it, start the preview with <code>dateline serve --allow-host {name}</code>.</p>\n"
        )
    });
    let page = format!(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Dateline</title>\n<p>This preview answers under the names of this machine only, so that no page of another site can read it.</p>\n{how}</html>\n"
    );
    let media_type = [(CONTENT_TYPE, "text/html; charset=utf-8")];
    (StatusCode::MISDIRECTED_REQUEST, media_type, page).into_response()
}

async fn answer(State(server): State<Arc<Server>>, request: Request) -> Response {
    let site = Arc::clone(&server.previews.borrow().shown);
    let uri = request.uri();
    let (path, query) = (uri.path().to_owned(), uri.query().map(str::to_owned));
    let headers = request.headers().clone();
    let work = move || respond(&server, &site, &path, query.as_deref(), &headers);
    match tokio::task::spawn_blocking(work).await {
        Ok(response) => response,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn respond(
    server: &Server,
    site: &Site,
    path: &str,
    query: Option<&str>,
    headers: &HeaderMap,
) -> Response {
    match find(site, path) {
        Lookup::Elsewhere(to) => {
            let to = query.map_or(to.clone(), |query| format!("{to}?{query}"));
            (StatusCode::FOUND, [(LOCATION, to)]).into_response()
        }
        Lookup::Page(page) => shown(server, site, page, path, StatusCode::OK, headers),
        Lookup::Missing => match (held(site, path), site.page("404.html")) {
            (Some(page), _) => own(server, site, page, path),
            (None, Some(page)) => {
                shown(server, site, page, path, StatusCode::NOT_FOUND, headers)
            }
            (None, None) => StatusCode::NOT_FOUND.into_response(),
        },
    }
}

fn shown(
    server: &Server,
    site: &Site,
    page: &Page,
    path: &str,
    status: StatusCode,
    headers: &HeaderMap,
) -> Response {
    let media_type = files::media_type(&page.path);
    match site.render(page) {
        Ok(Rendered::Asset(asset)) => {
            let mut file = files::asset(&server.root, &asset, &media_type, headers);
            if status == StatusCode::NOT_FOUND && file.status() == StatusCode::OK {
                *file.status_mut() = status; // the book's own 404.html
            }
            file
        }
        Ok(Rendered::Bytes(bytes)) if matches!(page.kind, PageKind::ThemeAsset(_)) => {
            files::bytes(bytes, &media_type, headers)
        }
        Ok(Rendered::Bytes(bytes)) => {
            let body = if page.path.ends_with(".html") {
                let hash = fingerprint(status, &bytes);
                panel::injected(bytes, path, hash, files_fingerprint(site), &server.token)
            } else {
                bytes
            };
            (status, [(CONTENT_TYPE, media_type)], Body::from(body)).into_response()
        }
        // Its template is wrong and has never been right: the panel says what is.
        Err(_) => {
            let empty = "<!doctype html>\n<html lang=\"en\"><title>Dateline</title>\n<body>\n<p>This page's template cannot be rendered.</p>\n</body></html>\n";
            let hash = fingerprint(status, empty.as_bytes());
            let files = files_fingerprint(site);
            let body = panel::injected(empty.into(), path, hash, files, &server.token);
            (status, [(CONTENT_TYPE, media_type)], body).into_response()
        }
    }
}

/// A page of the preview's own where the site has none.
fn own(server: &Server, site: &Site, page: String, path: &str) -> Response {
    let status = StatusCode::NOT_FOUND;
    let hash = fingerprint(status, page.as_bytes());
    let files = files_fingerprint(site);
    let body = panel::injected(page.into(), path, hash, files, &server.token);
    let media_type = [(CONTENT_TYPE, "text/html; charset=utf-8")];
    (status, media_type, Body::from(body)).into_response()
}

//! A request to its response.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION,
};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower::limit::GlobalConcurrencyLimitLayer;

use crate::http::address::{Lookup, find};
use crate::http::server::Server;
use crate::http::state::{files_fingerprint, fingerprint};
use crate::http::{files, guard, panel, reload};
use crate::outline::kind::{Page, PageKind};
use crate::render::Rendered;
use crate::site::Site;

/// How many requests are worked on at once; the others wait.
const MAX_AT_WORK: usize = 64;

/// All that is answered. No path of a site begins with `.dateline`: dotfiles of `static/`
/// are no part of a book, and a slug has no dot.
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
        Lookup::Missing => match site.page("404.html") {
            Some(page) => shown(server, site, page, path, StatusCode::NOT_FOUND, headers),
            None => StatusCode::NOT_FOUND.into_response(),
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
            files::asset(&server.root, &asset, &media_type, headers)
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

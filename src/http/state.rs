//! What tells two states of an open page apart.

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::http::StatusCode;

use crate::html::escape;
use crate::http::address::{Lookup, find, index_file};
use crate::link::permalink::Permalink;
use crate::parse::held;
use crate::render::Rendered;
use crate::site::Site;

/// The state of a page: what it shows, and the files of `static/` that it may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PageState {
    /// See [`fingerprint`].
    pub(super) page: u64,
    /// See [`files_fingerprint`].
    pub(super) files: u64,
}

impl PageState {
    /// That of the page that a path leads to, and its bytes, which are empty for what is no
    /// page.
    pub(super) fn of(site: &Site, path: &str) -> (PageState, Vec<u8>) {
        let files = files_fingerprint(site);
        let found = find(site, path);
        if let (Lookup::Missing, Some(page)) = (&found, held(site, path)) {
            let state = fingerprint(StatusCode::NOT_FOUND, page.as_bytes());
            return (PageState { page: state, files }, page.into_bytes());
        }
        let (status, page) = match found {
            Lookup::Page(page) => (StatusCode::OK, Some(page)),
            Lookup::Elsewhere(_) => (StatusCode::FOUND, None),
            Lookup::Missing => (StatusCode::NOT_FOUND, site.page("404.html")),
        };
        let bytes = match page.map(|page| site.render(page)) {
            Some(Ok(Rendered::Bytes(bytes))) => bytes,
            _ => Vec::new(),
        };
        let page = fingerprint(status, &bytes);
        (PageState { page, files }, bytes)
    }
}

/// What tells two answers apart.
pub(super) fn fingerprint(status: StatusCode, bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    (status.as_u16(), bytes).hash(&mut hasher);
    hasher.finish()
}

/// What tells two states of `static/` apart.
pub(super) fn files_fingerprint(site: &Site) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (path, asset) in &site.inputs.assets {
        (path, asset.size, asset.modified).hash(&mut hasher);
    }
    hasher.finish()
}

/// What an open page has to do.
pub(super) enum PageChange {
    /// Nothing.
    None,
    /// Fetch its stylesheets again.
    Styles,
    /// Load again.
    Page,
}

/// What a change of static files means for a page: a file that it names, such as a picture,
/// is shown anew; a stylesheet is swapped.
pub(super) fn changed_files(before: &Site, after: &Site, bytes: &[u8]) -> PageChange {
    let (old, new) = (&before.inputs.assets, &after.inputs.assets);
    if std::ptr::eq(before, after) {
        return PageChange::Page; // between the page and its stream; nobody knows which
    }
    let text = String::from_utf8_lossy(bytes);
    let mut change = PageChange::None;
    for path in old.keys().chain(new.keys()) {
        if old.get(path) == new.get(path) {
            continue;
        }
        if path.ends_with(".css") {
            change = PageChange::Styles;
        } else {
            let name = path.rsplit('/').next().unwrap_or(path);
            if text.contains(name) {
                return PageChange::Page;
            }
        }
    }
    change
}

/// A page for the address of a brief that is held back; `None` for any other address.
pub(super) fn held(site: &Site, path: &str) -> Option<String> {
    let wanted = index_file(site, path)?;
    let parsed = &site.built.parsed;
    let held = held::held(parsed);
    let found = held.iter().find(|it| Permalink::of_brief(&it.brief).file() == wanted)?;
    Some(format!(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Dateline</title>\n<body>\n<p>{} is held back by its embargo until {}. <code>dateline serve --future</code> shows it now.</p>\n</body></html>\n",
        escape(&found.brief.document.path),
        escape(&found.until_words(parsed))
    ))
}

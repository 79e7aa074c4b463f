//! Parts of pages that many pages show, each rendered once.
//!
//! A brief stands in the sidebars of the briefs after it, among their related briefs, and in
//! the lists of all that it names. What such a part shows is the same everywhere but for the
//! way from the page to the root of the site, so that is left open and put in for each page.

use std::sync::OnceLock;

use crate::diagnostic::Diagnostic;
use crate::html::Html;
use crate::link::{BriefIdx, Edition};
use crate::render::here::Here;
use crate::render::lists::item;

/// Stands for the way to the root while a part is rendered: no text of a book holds it, since
/// a control character is refused as the file is read.
const ROOT: char = '\u{1}';

/// What has been rendered of an edition so far.
#[derive(Debug, Default)]
pub(super) struct Fragments {
    /// By [`BriefIdx`].
    links: Vec<OnceLock<Box<str>>>,
    /// By [`BriefIdx`].
    items: Vec<OnceLock<Box<str>>>,
}

impl Fragments {
    /// Room for the parts of an edition.
    pub(super) fn of(edition: &Edition) -> Fragments {
        let empty = || edition.briefs.iter().map(|_| OnceLock::new()).collect();
        Fragments { links: empty(), items: empty() }
    }
}

/// A brief in passing, by `brief-link.html`.
pub(super) fn brief_link(here: &Here<'_>, idx: BriefIdx) -> Result<Html, Diagnostic> {
    let place = &here.templates.fragments.links[idx.0 as usize];
    fragment(place, here, |nowhere| {
        here.templates.render("brief-link.html", &nowhere.brief(idx))
    })
}

/// A brief in a list, by `item.html`.
pub(super) fn brief_item(here: &Here<'_>, idx: BriefIdx) -> Result<Html, Diagnostic> {
    let place = &here.templates.fragments.items[idx.0 as usize];
    fragment(place, here, |nowhere| {
        here.templates.render("item.html", &item(nowhere, idx))
    })
}

/// The part for the page at `here`, `rendered` if this is the first page to ask.
fn fragment(
    place: &OnceLock<Box<str>>,
    here: &Here<'_>,
    rendered: impl FnOnce(&Here<'_>) -> Result<String, Diagnostic>,
) -> Result<Html, Diagnostic> {
    let text = if let Some(text) = place.get() {
        text
    } else {
        let text = rendered(&here.with_root(ROOT.to_string()))?;
        place.get_or_init(|| text.into())
    };
    let mut html = String::with_capacity(text.len() + 8 * here.root.len());
    for (at, piece) in text.split(ROOT).enumerate() {
        if at > 0 {
            html.push_str(&here.root);
        }
        html.push_str(piece);
    }
    Ok(Html(html))
}

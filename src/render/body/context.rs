//! What is rendered, for which page, and for what.

use crate::link::targets::Destination;
use crate::link::text::LinkedText;
use crate::link::texts::TextIdx;
use crate::outline::links::is_there;
use crate::parse::document::Document;
use crate::parse::markdown;
use crate::render::here::Here;

/// A text on its way to HTML.
#[derive(Clone, Copy)]
pub(super) struct BodyContext<'a> {
    pub(super) idx: TextIdx,
    pub(super) document: &'a Document,
    pub(super) text: &'a LinkedText,
    pub(super) here: &'a Here<'a>,
    pub(super) form: BodyForm,
}

/// What a text is rendered for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyForm {
    /// A page: first mentions are links, annotations beside their words.
    Page,
    /// A reader of feeds: no ids, no margin.
    Feed,
    /// Finding places in the page's text: the page's words with every mention marked.
    Places,
}

impl<'a> BodyContext<'a> {
    pub(super) fn of(
        idx: TextIdx,
        here: &'a Here<'a>,
        form: BodyForm,
    ) -> BodyContext<'a> {
        let (document, text) = (here.edition.document(idx), here.edition.text(idx));
        BodyContext { idx, document, text, here, form }
    }

    /// Where the link or picture that begins at a byte leads, and what stands behind its
    /// address; `None` if it leads out of the book.
    pub(super) fn destination(&self, at: u32) -> Option<(&'a Destination, &'a str)> {
        let links = &self.document.body.links;
        let idx = links.binary_search_by_key(&at, |link| link.at.start).ok()?;
        let rest = self.text.rests.get(idx).map_or("", |it| &**it);
        Some((self.text.destinations.get(idx)?, rest))
    }

    /// The address of a link by what is written and where that begins; `None` for one that
    /// leads nowhere.
    pub(super) fn href(&self, address: &str, at: u32) -> Option<Href> {
        let here = self.here;
        let inside = |href: String| Some(Href { href, is_external: false });
        match self.destination(at) {
            Some((Destination::Nowhere, _)) => None,
            Some((Destination::Entity(entity), rest)) => {
                inside(here.page(&here.edition.entity(*entity).permalink) + rest)
            }
            Some((Destination::Page(permalink), rest)) => {
                inside(here.page(permalink) + rest)
            }
            // As with any link to nowhere, its words remain.
            Some((Destination::Site(path), _)) if !is_there(here.outline, path) => None,
            Some((Destination::Site(path), rest)) => inside(here.to(path) + rest),
            Some((Destination::Here, _)) if self.form == BodyForm::Feed => None,
            Some((Destination::Here, rest)) => inside(rest.to_owned()),
            None => external(address).map(|href| Href { href, is_external: true }),
        }
    }
}

/// The address of a link on a page.
pub(super) struct Href {
    pub(super) href: String,
    /// Whether it leads out of the book.
    pub(super) is_external: bool,
}

/// An address out of the book; `None` for one that a page may not link to.
fn external(address: &str) -> Option<String> {
    if markdown::is_of_host(address) {
        return Some(format!("https:{}", address.trim_start()));
    }
    match markdown::scheme(address).as_deref() {
        Some("http" | "https" | "mailto" | "tel") => Some(address.to_owned()),
        _ => None,
    }
}

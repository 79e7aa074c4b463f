//! Links into the site that lead nowhere.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Rule};
use crate::layout::SETTINGS;
use crate::link::edition::Edition;
use crate::link::facets::Facet;
use crate::link::targets::Destination;
use crate::link::texts::{LinkedPage, Texts};
use crate::outline::clashes::folded;
use crate::outline::kind::Page;
use crate::parse::nav::{MOST_PAGES, NavTarget};
use crate::span::Stretch;

/// Whether the site has a page or a file at an address from its root. `pages` are by path.
pub fn is_there(pages: &[Page], address: &str) -> bool {
    let is_page = |path: &str| pages.binary_search_by(|it| (*it.path).cmp(path)).is_ok();
    is_page(address) || is_page(&index_of(address))
}

/// The file of the page at an address.
fn index_of(address: &str) -> String {
    format!("{}/index.html", address.trim_end_matches('/'))
        .trim_start_matches('/')
        .to_owned()
}

/// Reports old addresses and entries of the navigation that lead to no page and no file.
/// `pages` are by path.
pub(super) fn check_settings(
    edition: &Edition,
    pages: &[Page],
    log: &mut Vec<Diagnostic>,
) {
    let config = &edition.config;
    let is_top = |it: &&LinkedPage| it.permalink.0.matches('/').count() == 1;
    let n_top = edition.pages.iter().filter(is_top).count();
    if config.nav.is_none() && n_top > MOST_PAGES {
        let message = format!("{n_top} pages would be in the navigation");
        let help = format!(
            "list the ones that matter as `[[nav]]`: the first {MOST_PAGES} are shown"
        );
        let span = Diagnostic::whole_file(SETTINGS);
        log.push(Diagnostic::new(Rule::CrowdedNav, span, message, help));
    }
    let nav = config.nav.iter().flatten().filter_map(|it| match &it.to.value {
        NavTarget::Site(path) => Some((path, it.to.at)),
        NavTarget::Outside(_) => None,
    });
    let redirects = config.redirects.iter().map(|it| (&it.to.value, it.to.at));
    for (to, at) in redirects.chain(nav) {
        let is_page =
            |path: &str| pages.binary_search_by(|it| (*it.path).cmp(path)).is_ok();
        if !files_at(to).iter().any(|it| is_page(it)) {
            let message = format!("the site has no page and no file `/{to}`");
            let help = "write the address of a page, a list or a feed of the site";
            let span = at.of(&SETTINGS.into());
            log.push(Diagnostic::new(Rule::BrokenLink, span, message, help));
        }
    }
}

/// The files that may be at an address of the site: itself, and the page of a folder.
pub(super) fn files_at(address: &str) -> [String; 2] {
    let folder = address.trim_matches('/');
    let index = match folder {
        "" => "index.html".to_owned(),
        _ => format!("{folder}/index.html"),
    };
    [folder.to_owned(), index]
}

/// Reports links to pages and files that the site does not have. `pages` are by path.
pub(super) fn check(texts: &Texts, pages: &[Page], log: &mut Vec<Diagnostic>) {
    // Made for the first link that is wrong: most books have none.
    let mut by_folded: Option<HashMap<Cow<'_, str>, &Page>> = None;
    for idx in texts.all_with(Facet::Links) {
        let (document, text) = (texts.document(idx), texts.text(idx));
        for (link, destination) in document.body.links.iter().zip(&text.destinations) {
            let Destination::Site(path) = destination else { continue };
            if is_there(pages, path) {
                continue;
            }
            let index = index_of(path);
            let by_folded = by_folded.get_or_insert_with(|| {
                pages.iter().map(|page| (folded(&page.path), page)).collect()
            });
            let near = [&**path, &index]
                .into_iter()
                .find_map(|it| by_folded.get(&folded(it)).copied());
            let message = format!("the site has no page and no file `/{path}`");
            let right = near.map(|page| page.path.trim_end_matches("index.html"));
            let help = match right {
                Some(right) => format!("write `/{right}`: capitals matter"),
                None => {
                    "link to a content file by its path, or put the file into static/"
                        .to_owned()
                }
            };
            let span = document.span(link.at);
            let mut said = Diagnostic::new(Rule::BrokenLink, span, message, help);
            let written = &document.text[link.at.range()];
            // Mended only where that is certain: the path stands in the link once, as it is,
            // and the right one can be written in Markdown without brackets around it.
            let mut places = written.match_indices(&**path);
            let right = right.filter(|it| !it.contains([' ', '(', ')', '<']));
            if let (Some(right), Some((at, _)), None) =
                (right, places.next(), places.next())
            {
                let at =
                    Stretch::new(at..at + path.len()).shifted(link.at.start as usize);
                said.edit(at, right);
            }
            log.push(said);
        }
    }
}

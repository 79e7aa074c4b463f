//! Links into the site that lead nowhere.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Rule};
use crate::link::facets::Facet;
use crate::link::targets::Destination;
use crate::link::texts::Texts;
use crate::outline::clashes::folded;
use crate::outline::kind::Page;

/// Reports links to pages and files of the site that are none. `pages` are by path.
pub(super) fn check(texts: &Texts, pages: &[Page], log: &mut Vec<Diagnostic>) {
    let is_page = |path: &str| pages.binary_search_by(|it| (*it.path).cmp(path)).is_ok();
    // Made for the first link that is wrong: most books have none.
    let mut by_folded: Option<HashMap<Cow<'_, str>, &Page>> = None;
    for idx in texts.all_with(Facet::Links) {
        let (document, text) = (texts.document(idx), texts.text(idx));
        for (link, destination) in document.body.links.iter().zip(&text.destinations) {
            let Destination::Site(path) = destination else { continue };
            let index = format!("{}/index.html", path.trim_end_matches('/'));
            let index = index.trim_start_matches('/');
            if is_page(path) || is_page(index) {
                continue;
            }
            let by_folded = by_folded.get_or_insert_with(|| {
                pages.iter().map(|page| (folded(&page.path), page)).collect()
            });
            let near =
                [path, index].iter().find_map(|it| by_folded.get(&folded(it)).copied());
            let message = format!("the site has no page and no file `/{path}`");
            let diagnostic =
                Diagnostic::new(Rule::BrokenLink, document.span(link.at), message);
            log.push(match near {
                Some(page) => {
                    let right = page.path.trim_end_matches("index.html");
                    diagnostic.help(format!("write `/{right}`: capitals matter"))
                }
                None => diagnostic.help(
                    "link to a content file by its path, or put the file into static/",
                ),
            });
        }
    }
}

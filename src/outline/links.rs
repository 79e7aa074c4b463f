//! Links into the site that lead nowhere.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Rule};
use crate::link::facets::Facet;
use crate::link::targets::Destination;
use crate::link::texts::Texts;
use crate::outline::clashes::folded;
use crate::outline::kind::Page;
use crate::span::Stretch;

/// Reports links to pages and files that the site does not have. `pages` are by path.
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

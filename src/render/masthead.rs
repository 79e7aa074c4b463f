//! What stands at the top of every page: the navigation, the icon, the logo.

use std::collections::HashMap;

use crate::link::edition::Edition;
use crate::parse::config::Config;
use crate::parse::nav::{MOST_PAGES, NavEntry, NavTarget, ScriptFile};
use crate::render::addresses::encoded;
use crate::render::view::{Attribute, NavItem, Script};

/// The icons that a book may have of its own, the best first, with their media types.
const ICONS: [(&str, &str); 3] = [
    ("favicon.svg", "image/svg+xml"),
    ("favicon.png", "image/png"),
    ("favicon.ico", "image/x-icon"),
];

/// The navigation: the book's own, or the lists that have something on them and the pages at
/// the top.
pub(super) fn nav(edition: &Edition) -> Vec<NavItem> {
    let all = everything(edition);
    match &edition.config.nav {
        None => {
            let mut n_pages = 0;
            let mut is_shown = |is_page: bool| {
                n_pages += usize::from(is_page);
                !is_page || n_pages <= MOST_PAGES
            };
            all.into_iter()
                .filter(|(is_page, _)| is_shown(*is_page))
                .map(|(_, it)| it)
                .collect()
        }
        Some(entries) => {
            let known: HashMap<&str, &NavItem> =
                all.iter().map(|(_, it)| (it.path.trim_end_matches('/'), it)).collect();
            entries.iter().map(|entry| item(entry, &known)).collect()
        }
    }
}

fn item(entry: &NavEntry, known: &HashMap<&str, &NavItem>) -> NavItem {
    let label = entry.label.as_ref().map(ToString::to_string);
    match &entry.to.value {
        NavTarget::Outside(url) => NavItem {
            label: label.unwrap_or_default(),
            path: String::new(),
            url: Some(url.to_string()),
        },
        NavTarget::Site(path) => {
            let own = known.get(&**path);
            // A name with an ending is a file.
            let is_file = path.rsplit('/').next().is_some_and(|it| it.contains('.'));
            let slash = if is_file || path.is_empty() { "" } else { "/" };
            NavItem {
                label: label
                    .or_else(|| own.map(|it| it.label.clone()))
                    .unwrap_or_else(|| format!("/{path}{slash}")),
                path: encoded(&format!("{path}{slash}")),
                url: None,
            }
        }
    }
}

/// Everything that the navigation can have by itself, and whether it is a page of the book.
fn everything(edition: &Edition) -> Vec<(bool, NavItem)> {
    let nav = |label: &str, path: &str| NavItem {
        label: label.to_owned(),
        path: path.to_owned(),
        url: None,
    };
    let mut items = Vec::new();
    if !edition.storylines.is_empty() {
        items.push((false, nav("Storylines", "storylines/")));
    }
    if !edition.entities.is_empty() {
        items.push((false, nav("Entities", "entities/")));
    }
    if !edition.claims.all.is_empty() {
        items.push((false, nav("Claims", "claims/")));
    }
    if !edition.tags.is_empty() {
        items.push((false, nav("Tags", "tags/")));
    }
    if let Some((year, _)) = edition.archive.keys().next_back() {
        items.push((false, nav("Archive", &format!("{year:04}/"))));
    }
    for page in &edition.pages {
        // The home page's is empty; pages in folders are for other pages to link to.
        let is_top = page.permalink.0.matches('/').count() == 1;
        if is_top {
            items.push((true, nav(&page.page.document.title.value, &page.permalink.0)));
        }
    }
    items
}

/// The icon and its media type: the book's own, or the theme's.
pub(super) fn icon(edition: &Edition) -> (&'static str, &'static str) {
    let own = ICONS.iter().find(|(path, _)| edition.assets.contains_key(*path));
    *own.unwrap_or(&ICONS[0])
}

/// The publisher's logo, where the book has the file.
pub(super) fn logo(edition: &Edition) -> Option<String> {
    let logo = edition.config.publisher.logo.as_ref()?;
    edition.assets.contains_key(&*logo.value).then(|| encoded(&logo.value))
}

/// The book's own scripts.
pub(super) fn scripts(config: &Config) -> Vec<Script> {
    let script = |it: &ScriptFile| Script {
        path: if it.is_remote { String::new() } else { encoded(&it.src.value) },
        url: it.is_remote.then(|| it.src.value.to_string()),
        attributes: it
            .attributes
            .iter()
            .map(|(name, value)| Attribute {
                name: name.to_string(),
                value: value.to_string(),
            })
            .collect(),
    };
    config.additional_js.iter().map(script).collect()
}

//! Keys that other programs have in front matter, and what they are here.

/// What a key of another program is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Foreign {
    /// The same under the first of these keys that the file's kind has.
    Key(&'static [&'static str]),
    /// An address that the page once had.
    Address,
    /// Whether it is published: the opposite of `draft`.
    Published,
    /// A word that says whether it is published.
    Status,
    /// A table of taxonomies: tags, categories.
    Taxonomies,
    /// The path of a picture.
    Picture,
    /// How another program shows or finds the text: it says nothing here.
    Nothing,
}

use Foreign::{Address, Key, Nothing, Picture, Published, Status, Taxonomies};

const BY: Foreign = Key(&["by"]);
const SUMMARY: Foreign = Key(&["summary"]);
const TAGS: Foreign = Key(&["tags"]);
const UPDATED: Foreign = Key(&["updated"]);
const DATE: Foreign = Key(&["date"]);
const TITLE: Foreign = Key(&["title", "name"]);

/// The keys, in lower case with hyphens, sorted: those of Jekyll, Hugo, Zola, Pelican, Eleventy,
/// Obsidian and exports of `WordPress`.
const KEYS: &[(&str, Foreign)] = &[
    ("abstract", SUMMARY),
    ("alias", Address),
    ("aliases", Address),
    ("article-id", Nothing),
    ("author", BY),
    ("author-profile", Nothing),
    ("authors", BY),
    ("byline", BY),
    ("categories", TAGS),
    ("category", TAGS),
    ("classes", Nothing),
    ("comment-status", Nothing),
    ("comments", Nothing),
    ("cover", Picture),
    ("cover-image", Picture),
    ("coverimage", Picture),
    ("created", DATE),
    ("created-at", DATE),
    ("cssclass", Nothing),
    ("cssclasses", Nothing),
    ("date-created", DATE),
    ("date-modified", UPDATED),
    ("date-published", DATE),
    ("deck", SUMMARY),
    ("dek", SUMMARY),
    ("description", SUMMARY),
    ("excerpt", SUMMARY),
    ("expirydate", Key(&["expires"])),
    ("extra", Nothing),
    ("featured-image", Picture),
    ("format", Nothing),
    ("guid", Nothing),
    ("headline", TITLE),
    ("id", Nothing),
    ("in-search-index", Nothing),
    ("katex", Nothing),
    ("keywords", TAGS),
    ("lang", Key(&["language"])),
    ("last-modified-at", UPDATED),
    ("lastmod", UPDATED),
    ("layout", Nothing),
    ("locale", Key(&["language"])),
    ("location", Key(&["place"])),
    ("markup", Nothing),
    ("math", Nothing),
    ("mathjax", Nothing),
    ("menu", Nothing),
    ("modified", UPDATED),
    ("name", TITLE),
    ("page-template", Nothing),
    ("permalink", Address),
    ("pin", Nothing),
    ("ping-status", Nothing),
    ("post-id", Nothing),
    ("pubdate", DATE),
    ("publish", Published),
    ("publishdate", Key(&["embargo"])),
    ("published", Published),
    ("published-at", DATE),
    ("read-time", Nothing),
    ("redirects", Address),
    ("related", Nothing),
    ("share", Nothing),
    ("sitemap", Nothing),
    ("standfirst", SUMMARY),
    ("status", Status),
    ("tag", TAGS),
    ("taxonomies", Taxonomies),
    ("teaser", SUMMARY),
    ("template", Nothing),
    ("thumbnail", Picture),
    ("toc", Nothing),
    ("topics", TAGS),
    ("type", Nothing),
    ("unpublishdate", Key(&["expires"])),
    ("updated-at", UPDATED),
    ("url", Address),
    ("uuid", Nothing),
    ("weight", Nothing),
    ("wordpress-id", Nothing),
    ("wp-id", Nothing),
];

/// What a key is that is not ours; `None` if no program is known to have it.
pub(super) fn foreign(key: &str) -> Option<Foreign> {
    let key = folded(key);
    let at = KEYS.binary_search_by(|(it, _)| (*it).cmp(&key)).ok()?;
    Some(KEYS[at].1)
}

/// A key as keys are compared: `Last_Modified_At` is `last-modified-at`.
pub(super) fn folded(key: &str) -> String {
    key.trim().to_lowercase().replace(['_', ' '], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_and_each_is_listed_once() {
        assert!(KEYS.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn capitals_and_underlines_do_not_matter() {
        assert_eq!(foreign("Last_Modified_At"), Some(UPDATED));
        assert_eq!(foreign("lastMod"), Some(UPDATED));
        assert_eq!(foreign("titel"), None);
    }
}

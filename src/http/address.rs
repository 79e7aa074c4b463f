//! What the path of a request leads to.

use percent_encoding::percent_decode_str;

use crate::outline::kind::Page;
use crate::site::Site;
use crate::site_url::SiteUrl;

/// What an address leads to.
#[derive(Debug, PartialEq)]
pub(super) enum Lookup<'a> {
    /// This page.
    Page(&'a Page),
    /// The same with a slash, or the root of the site.
    Elsewhere(String),
    /// Nothing.
    Missing,
}

/// What a request's path leads to. It is decoded once and looked up; it is never joined to a
/// folder.
pub(super) fn find<'a>(site: &'a Site, path: &str) -> Lookup<'a> {
    let base = base(site);
    if path == "/" && base != "/" || path == base.trim_end_matches('/') {
        return Lookup::Elsewhere(base.to_owned());
    }
    let Some(within) = path.strip_prefix(base) else { return Lookup::Missing };
    let Ok(within) = percent_decode_str(within).decode_utf8() else {
        return Lookup::Missing;
    };
    let is_odd = within.contains(['\0', '\\'])
        || within.split('/').any(|part| part == ".." || part == ".");
    if is_odd {
        return Lookup::Missing;
    }
    if within.is_empty() || within.ends_with('/') {
        let index = format!("{within}index.html");
        return site.page(&index).map_or(Lookup::Missing, Lookup::Page);
    }
    if let Some(page) = site.page(&within) {
        return Lookup::Page(page);
    }
    match site.page(&format!("{within}/index.html")) {
        Some(_) => Lookup::Elsewhere(format!("{path}/")),
        None => Lookup::Missing,
    }
}

/// The file of the page that would be at a request's path, with and without a slash at its
/// end; `None` for a path outside the site.
pub(super) fn index_file(site: &Site, path: &str) -> Option<String> {
    let within = path.strip_prefix(base(site))?.trim_end_matches('/');
    let within = percent_decode_str(within).decode_utf8().ok()?;
    Some(format!("{within}/index.html"))
}

/// The path of `site-url`, such as `/repo/` of `https://example.org/repo/`: begins and ends
/// with a slash.
pub(super) fn base(site: &Site) -> &str {
    site.built.edition.config.site_url.as_ref().map_or("/", SiteUrl::path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Built;
    use crate::input::Inputs;

    #[test]
    fn an_address_leads_to_its_page_and_nowhere_else() {
        let mut inputs = Inputs::empty(jiff::Timestamp::UNIX_EPOCH);
        let toml = "[book]\ntitle = 'T'\n[output.html]\nsite-url = 'https://a.org/r/'\n";
        inputs.insert("book.toml", toml);
        let site = Site::of(inputs, &Built::default());
        let at = |path: &str| match find(&site, path) {
            Lookup::Page(page) => page.path.to_string(),
            Lookup::Elsewhere(path) => format!("-> {path}"),
            Lookup::Missing => "none".to_owned(),
        };
        let cases = [
            ("/", "-> /r/"),
            ("/r", "-> /r/"),
            ("/r/", "index.html"),
            ("/r/index.html", "index.html"),
            ("/r/entities", "-> /r/entities/"),
            ("/r/entities/", "entities/index.html"),
            ("/r/%65ntities/", "entities/index.html"),
            ("/r/%2565ntities/", "none"),
            ("/entities/", "none"),
            ("//r/", "none"),
            ("/r//", "none"),
            ("/r/../r/", "none"),
            ("/r/x/%2e%2e/", "none"),
            ("/r/%00", "none"),
            ("/r/entities%5c", "none"),
            ("/r/%ff", "none"),
        ];
        for (path, expected) in cases {
            assert_eq!(at(path), expected, "{path}");
        }
    }
}

//! Addresses that something once had: `redirect-from` of texts and claims, and
//! `[output.html.redirect]` of the settings.

use percent_encoding::percent_decode_str;

use crate::diagnostic::Rule;
use crate::parse::fields::{Log, Placed, text, wrong_type};
use crate::parse::node::{Node, Value};
use crate::slug;
use crate::span::Stretch;

/// An address of the settings and where it leads now.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteRedirect {
    /// The address that once was, without its first slash.
    pub from: Placed<Box<str>>,
    /// A page or file of the site, without its first slash.
    pub to: Placed<Box<str>>,
}

/// An address that a page once had, from the root of the site and within it: without its
/// first slash, percent-decoded, byte for byte otherwise.
pub(super) fn redirect(
    node: &Node,
    name: &str,
    log: &mut Log<'_>,
) -> Option<Placed<Box<str>>> {
    let text = text(node, name, log)?;
    let old = address(&text.value, text.at, log)?;
    if is_feed(&old) {
        log.say(
            Rule::BadSlug,
            text.at,
            format!("`{}` is the address of a feed, and this is none", text.value),
            format!(
                "write `[output.html.redirect]` and `\"/{old}\" = \"/feed.xml\"` in \
                 book.toml"
            ),
        );
        return None;
    }
    Some(Placed { value: old, at: text.at })
}

/// The old addresses of the settings, in order: `"/rss.xml" = "/feed.xml"`.
pub(super) fn table(
    node: &Node,
    name: &str,
    log: &mut Log<'_>,
) -> Option<Box<[SiteRedirect]>> {
    let Value::Table(table) = &node.value else {
        wrong_type(node, name, "a table such as `\"/rss.xml\" = \"/feed.xml\"`", log);
        return None;
    };
    let mut redirects = Vec::new();
    for (key, node) in table {
        let from = address(&key.name, key.at, log);
        let Some(to) = text(node, &key.name, log) else { continue };
        // The home page is a page, too.
        let is_home = &*to.value == "/";
        let path = if is_home { Some("".into()) } else { address(&to.value, to.at, log) };
        let (Some(from), Some(path)) = (from, path) else { continue };
        let from = Placed { value: from, at: key.at };
        redirects.push(SiteRedirect { from, to: Placed { value: path, at: to.at } });
    }
    Some(redirects.into())
}

/// Whether programs read what is at an address, by its ending: what leads browsers on does
/// not lead them.
pub fn is_feed(address: &str) -> bool {
    ending(address).is_some_and(|it| {
        ["xml", "rss", "atom", "rdf", "json"]
            .iter()
            .any(|feed| it.eq_ignore_ascii_case(feed))
    })
}

/// The file at an address: hosts serve `a.html` as a page, and any other as the `index.html`
/// of its folder.
pub fn file_of(address: &str) -> String {
    let is_page =
        |it: &str| ["html", "htm"].iter().any(|page| it.eq_ignore_ascii_case(page));
    match ending(address) {
        Some(it) if is_page(it) => address.to_owned(),
        _ if is_feed(address) => address.to_owned(),
        _ => format!("{}/index.html", address.trim_end_matches('/')),
    }
}

fn ending(address: &str) -> Option<&str> {
    let last = address.rsplit('/').next()?;
    last.rsplit_once('.').map(|(_, ending)| ending)
}

/// An address within the site as a file of a folder.
fn address(written: &str, at: Stretch, log: &mut Log<'_>) -> Option<Box<str>> {
    let path = written.trim_start_matches('/').trim_end_matches('/');
    let decoded = percent_decode_str(path).decode_utf8().ok();
    let is_safe = |part: &str| {
        !matches!(part, "." | "..")
            && !part.contains(['\\', ':', '*', '?', '"', '<', '>', '|'])
            && !part.contains(char::is_control)
            && !part.ends_with(['.', ' '])
            && !part.starts_with('.')
            && part.len() <= slug::MAX_LEN
            && !slug::is_windows_device(part)
    };
    let is_one = |decoded: &str| {
        // A slash or a number sign that is encoded is part of a name, and a file cannot have
        // the former.
        !path.contains(['#', '?'])
            && decoded.matches('/').count() == path.matches('/').count()
            && decoded.split('/').all(|part| !part.is_empty() && is_safe(part))
    };
    if let Some(decoded) = decoded.filter(|it| is_one(it)) {
        return Some(decoded.into());
    }
    let help = if path.contains('?') {
        "write it without what follows `?`: a folder of files cannot answer that"
    } else if written.contains("://") {
        "write the path alone, without the host: `/2024/old-name/`"
    } else {
        "write a path such as `/2024/old-name/`"
    };
    log.say(
        Rule::BadSlug,
        at,
        format!("`{written}` is not an address within the site"),
        help,
    );
    None
}

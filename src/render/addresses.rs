//! Addresses as pages and feeds write them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::link::edition::Edition;
use crate::site_url::SiteUrl;

/// An address from the root of the site with the site's own before it; `None` for a site
/// without one.
pub(super) fn absolute(edition: &Edition, address: &str) -> Option<String> {
    let site = edition.config.site_url.as_ref().map(SiteUrl::as_str)?;
    let mut link = String::with_capacity(site.len() + address.len());
    link.push_str(site);
    push_path(address, &mut link);
    Some(link)
}

/// Appends a path, percent-encoded where it must be.
pub(super) fn push_path(path: &str, out: &mut String) {
    let is_plain =
        |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'/' | b'-' | b'.' | b'_');
    if path.bytes().all(is_plain) {
        out.push_str(path);
    } else {
        out.extend(utf8_percent_encode(path, PATH));
    }
}

/// A path from the root of the site as it stands in an address (RFC 3986).
pub(super) fn encoded(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// What a path may hold as it is (RFC 3986, section 3.3); the rest is percent-encoded.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'+')
    .remove(b',')
    .remove(b'=')
    .remove(b'@');

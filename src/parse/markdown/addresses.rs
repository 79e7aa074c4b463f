//! Addresses in texts: their scheme, and where those without one lead.

use crate::diagnostic::Rule;
use crate::input::text_stem;
use crate::layout::within_static;
use crate::parse::fields::Log;
use crate::parse::markdown::body::Target;
use crate::span::Stretch;

/// The scheme of an address (RFC 3986, section 3.1), in lower case, as browsers find it:
/// tabs, line ends and leading control characters do not hide it (WHATWG URL).
pub fn scheme(address: &str) -> Option<String> {
    let tame: String = address.chars().filter(|c| !c.is_control() && *c != ' ').collect();
    let (scheme, _) = tame.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

/// A link without a scheme, resolved against the folder of the file it stands in, and what
/// stands behind its path: `?v=2#part`. `None` if it leaves the book.
pub fn local_target(path: &str, address: &str) -> Option<(Target, Box<str>)> {
    // Decoded when it is taken apart: `%23` is a sign in a file's name, `#` is none.
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let (address, rest) = address.split_at(end);
    let decoded = percent_encoding::percent_decode_str(address).decode_utf8().ok()?;
    if decoded.contains('\\') || decoded.chars().any(char::is_control) {
        return None;
    }
    if decoded.is_empty() {
        return Some((Target::Here, rest.into()));
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (base, within) = match decoded.strip_prefix('/') {
        Some(within) => ("", within),
        None => (folder, &*decoded),
    };
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in within.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    if text_stem(&decoded).is_some() {
        return Some((Target::File(joined.into()), rest.into()));
    }
    let slash = if decoded.ends_with('/') && !joined.is_empty() { "/" } else { "" };
    let site = within_static(&joined).unwrap_or(&joined);
    Some((Target::Site(format!("{site}{slash}").into()), rest.into()))
}

pub(super) fn leads_out(target: &str, at: Stretch, log: &mut Log<'_>) {
    log.say(
        Rule::BrokenLink,
        at,
        format!("`{target}` leads out of the book"),
        "name a file of the book by its path from this one",
    );
}

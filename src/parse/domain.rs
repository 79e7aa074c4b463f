//! The domain of a site: `cname`.

use crate::diagnostic::Rule;
use crate::parse::fields::{Log, Placed, text};
use crate::parse::node::Node;
use crate::site_url::SiteUrl;

/// A domain, as it is written.
pub(super) fn cname(
    node: &Node,
    name: &str,
    log: &mut Log<'_>,
) -> Option<Placed<Box<str>>> {
    let text = text(node, name, log)?;
    if domain(&text.value).is_some() {
        return Some(text);
    }
    let message = format!("`{name}` must be a domain, not `{}`", text.value);
    log.say(
        Rule::BadValue,
        text.at,
        message,
        "write a domain such as `news.example.org`",
    );
    None
}

/// Says so where the domain is not that of the site's address.
pub(super) fn compare(cname: &Placed<Box<str>>, site_url: &SiteUrl, log: &mut Log<'_>) {
    let host = site_url.host();
    if !cname.value.eq_ignore_ascii_case(host) {
        let message = format!("`cname` is {}, and `site-url` is at {host}", cname.value);
        let help = format!(
            "write `cname = \"{host}\"`, or give `site-url` the host `{}`",
            cname.value
        );
        log.say(Rule::CnameMismatch, cname.at, message, help);
    }
}

/// A domain as it may stand in the file `CNAME`, in lower case; `None` for anything else,
/// several lines among it.
pub fn domain(text: &str) -> Option<String> {
    let domain = text.trim().to_lowercase();
    let is_name = |part: &str| {
        let fits = part.chars().all(|c| c.is_alphanumeric() || c == '-');
        !part.is_empty() && fits && !part.starts_with('-') && !part.ends_with('-')
    };
    let is_domain = domain.split('.').count() >= 2 && domain.split('.').all(is_name);
    is_domain.then_some(domain)
}

//! The address of a site.

use std::fmt;
use std::str::FromStr;

/// Where a site is on the web: `https://example.org/repo/`, with a host, and with a slash at
/// its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteUrl(Box<str>);

/// The text is not the address of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotASiteUrl;

impl SiteUrl {
    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, without a port: `example.org`.
    pub fn host(&self) -> &str {
        let host = self.after_scheme().split('/').next().unwrap_or_default();
        match host.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|it| it.is_ascii_digit()) => host,
            _ => host,
        }
    }

    /// The path of the site's root, with a slash at both ends: `/repo/`, or `/` alone.
    pub fn path(&self) -> &str {
        let rest = self.after_scheme();
        rest.find('/').map_or("/", |at| &rest[at..])
    }

    /// The address of what lies at a path from the root, which is percent-encoded already.
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    fn after_scheme(&self) -> &str {
        self.0.split_once("://").map_or("", |(_, rest)| rest)
    }
}

impl FromStr for SiteUrl {
    type Err = NotASiteUrl;

    /// Adds the slash at the end where it is missing. No query and no way up may be in it,
    /// since paths are put behind it as they are.
    fn from_str(text: &str) -> Result<SiteUrl, NotASiteUrl> {
        let rest = text.split_once("://").map_or("", |(_, rest)| rest);
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~/:[]%".contains(c);
        let host = rest.split('/').next().unwrap_or_default();
        let leaves = rest.split('/').any(|part| part == "..");
        if host.is_empty() || !rest.chars().all(is_plain) || leaves {
            return Err(NotASiteUrl);
        }
        Ok(SiteUrl(format!("{}/", text.trim_end_matches('/')).into()))
    }
}

impl fmt::Display for SiteUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_host_and_a_path() {
        let cases = [
            ("https://a.org", "a.org", "/", "https://a.org/x/"),
            ("https://a.org/", "a.org", "/", "https://a.org/x/"),
            ("https://A.org/r", "A.org", "/r/", "https://A.org/r/x/"),
            ("http://a.org:80/r/s/", "a.org", "/r/s/", "http://a.org:80/r/s/x/"),
            ("http://[::1]:3000/", "[::1]", "/", "http://[::1]:3000/x/"),
            ("http://[::1]/", "[::1]", "/", "http://[::1]/x/"),
        ];
        for (text, host, path, joined) in cases {
            let url: SiteUrl = text.parse().unwrap();
            assert_eq!((url.host(), url.path()), (host, path), "{text}");
            assert_eq!(url.join("x/"), joined, "{text}");
        }
        for text in ["", "a.org", "https://", "https://a.org/?q", "https://a.org/../x"] {
            assert_eq!(text.parse::<SiteUrl>(), Err(NotASiteUrl), "{text}");
        }
    }
}

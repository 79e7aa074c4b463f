//! Which requests are answered at all.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::header::{HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{Method, StatusCode};

/// The longest address of a request, in bytes.
pub(super) const MAX_URI: usize = 8 * 1024;
/// The most that the headers of a request may have, in bytes.
pub(super) const MAX_HEADERS: usize = 32 * 1024;

/// The names under which the preview answers. A page of another site whose name leads here
/// (DNS rebinding) sends its own name, and gets nothing.
pub(super) struct Hosts {
    named: Vec<String>,
    /// Whether any address will do: it listens on all, and an address cannot be rebound.
    is_any_address: bool,
}

impl Hosts {
    /// This machine's names, and those that were given: `named` is listened on, `allowed`
    /// leads here by another way.
    pub(super) fn new(named: Option<&str>, allowed: &[String], ip: IpAddr) -> Hosts {
        let named = named.into_iter().chain(allowed.iter().map(String::as_str));
        let named = named.map(|it| it.trim_matches(['[', ']']).to_ascii_lowercase());
        Hosts { named: named.collect(), is_any_address: ip.is_unspecified() }
    }

    /// Whether `host`, with or without a port, is one of them.
    fn knows(&self, host: &str) -> bool {
        let Some(name) = name_of(host) else { return false };
        let bare = name.trim_matches(['[', ']']);
        matches!(&*name, "localhost" | "127.0.0.1" | "[::1]")
            || self.named.iter().any(|it| it == bare)
            || (self.is_any_address && bare.parse::<IpAddr>().is_ok())
    }
}

/// The host of an authority, in lower case: a name or an address, and behind it nothing or a
/// port (RFC 3986, section 3.2). `None` for anything else, however libraries may read it.
pub(super) fn name_of(host: &str) -> Option<String> {
    let authority = host.parse::<Authority>().ok()?;
    let name = authority.host();
    let rest = host.strip_prefix(name)?;
    let is_port = |text: &str| text.parse::<u16>().is_ok() && !text.starts_with('+');
    let is_whole = rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port);
    let inner = name.strip_prefix('[').map(|it| it.strip_suffix(']'));
    let is_address = match inner {
        Some(inner) => inner?.parse::<std::net::Ipv6Addr>().is_ok(),
        None => !name.is_empty() && !name.contains(['[', ']', '@', ':']),
    };
    (is_whole && is_address).then(|| name.to_ascii_lowercase())
}

/// Why a request is not answered; `None` if it is.
pub(super) fn refusal(hosts: &Hosts, request: &Request) -> Option<StatusCode> {
    let uri = request.uri();
    let length = uri.path_and_query().map_or(0, |it| it.as_str().len());
    let headers = request.headers();
    let size: usize =
        headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    let mut named = headers.get_all(HOST).iter();
    let only = named.next().filter(|_| named.next().is_none());
    let host = only.and_then(|it| it.to_str().ok());
    let is_here = host.is_some_and(|it| hosts.knows(it))
        && uri.authority().is_none_or(|it| hosts.knows(it.as_str()));
    if length > MAX_URI {
        Some(StatusCode::URI_TOO_LONG)
    } else if size > MAX_HEADERS {
        Some(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE)
    } else if !is_here {
        Some(StatusCode::MISDIRECTED_REQUEST)
    } else if !matches!(*request.method(), Method::GET | Method::HEAD) {
        Some(StatusCode::METHOD_NOT_ALLOWED)
    } else {
        None
    }
}

/// Whether a request for the event stream comes from a page of this preview.
pub(super) fn is_from_here(request: &Request) -> bool {
    let headers = request.headers();
    let text = |name: &str| headers.get(name).map(|it| it.to_str().unwrap_or("?"));
    let host = text(HOST.as_str()).unwrap_or("?");
    // A proxy may speak https to the browser.
    let of_origin = |it: &str| {
        let rest = it.strip_prefix("http://").or_else(|| it.strip_prefix("https://"));
        rest == Some(host)
    };
    let is_own = text(ORIGIN.as_str()).is_none_or(of_origin);
    is_own && text("sec-fetch-site").is_none_or(|it| it == "same-origin")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_and_the_named_host_are_answered() {
        let here = Hosts::new(None, &[], IpAddr::from([127, 0, 0, 1]));
        let proxy = ["desk.local".to_owned()];
        let named = Hosts::new(None, &proxy, IpAddr::from([127, 0, 0, 1]));
        let by_name = Hosts::new(Some("desk.local"), &[], IpAddr::from([10, 0, 0, 2]));
        assert!(by_name.knows("desk.local:3000") && !by_name.knows("other.local"));
        let any = Hosts::new(Some("0.0.0.0"), &[], IpAddr::from([0, 0, 0, 0]));
        let cases = [
            ("localhost", true, true, true),
            ("LOCALHOST:3000", true, true, true),
            ("127.0.0.1:1", true, true, true),
            ("[::1]:3000", true, true, true),
            ("desk.local:3000", false, true, false),
            ("10.0.0.2", false, false, true),
            ("evil.example", false, false, false),
            ("localhost.evil.example", false, false, false),
            ("127.0.0.1.nip.io", false, false, false),
            ("x@localhost", false, false, false),
            ("[::1]evil", false, false, false),
            ("localhost:x", false, false, false),
            ("localhost:", false, false, false),
            ("localhost:+1", false, false, false),
            ("localhost:99999", false, false, false),
            ("[localhost]", false, false, false),
            ("[::1", false, false, false),
            ("desk.local:80:80", false, false, false),
            ("", false, false, false),
        ];
        for (host, in_here, in_named, in_any) in cases {
            let found = (here.knows(host), named.knows(host), any.knows(host));
            assert_eq!(found, (in_here, in_named, in_any), "{host}");
        }
    }
}

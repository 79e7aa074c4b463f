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
    named: Option<String>,
    /// Whether any address will do: it listens on all, and an address cannot be rebound.
    is_any_address: bool,
}

impl Hosts {
    /// This machine's names, and the one that was given.
    pub(super) fn new(named: Option<&str>, ip: IpAddr) -> Hosts {
        let named = named.map(|it| it.trim_matches(['[', ']']).to_ascii_lowercase());
        Hosts { named, is_any_address: ip.is_unspecified() }
    }

    /// Whether `host`, with or without a port, is one of them.
    fn knows(&self, host: &str) -> bool {
        let Ok(authority) = host.parse::<Authority>() else { return false };
        if host.contains('@') {
            return false;
        }
        let name = authority.host().to_ascii_lowercase();
        let bare = name.trim_matches(['[', ']']);
        matches!(&*name, "localhost" | "127.0.0.1" | "[::1]")
            || self.named.as_deref() == Some(bare)
            || (self.is_any_address && bare.parse::<IpAddr>().is_ok())
    }
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
    let is_own = text(ORIGIN.as_str()).is_none_or(|it| it == format!("http://{host}"));
    is_own && text("sec-fetch-site").is_none_or(|it| it == "same-origin")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_and_the_named_host_are_answered() {
        let here = Hosts::new(None, IpAddr::from([127, 0, 0, 1]));
        let named = Hosts::new(Some("desk.local"), IpAddr::from([10, 0, 0, 2]));
        let any = Hosts::new(Some("0.0.0.0"), IpAddr::from([0, 0, 0, 0]));
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
            ("", false, false, false),
        ];
        for (host, in_here, in_named, in_any) in cases {
            let found = (here.knows(host), named.knows(host), any.knows(host));
            assert_eq!(found, (in_here, in_named, in_any), "{host}");
        }
    }
}

//! Stretches of a text that are addresses, in which no name stands: web and mail
//! addresses, names of hosts, paths, handles and hashtags.

use std::ops::Range;

use memchr::{memchr2_iter, memchr3_iter};

use crate::link::mentions::bounds::{is_unspaced, is_word};

/// The stretches of a text that are addresses, in order. Each token is looked at once.
pub(super) fn stretches(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut end = 0;
    let bytes = text.as_bytes();
    let mut rare = memchr2_iter(b'#', b'\\', bytes).peekable();
    let mut signs = memchr3_iter(b'.', b'/', b'@', bytes).peekable();
    loop {
        let sign = match (signs.peek(), rare.peek()) {
            (Some(a), Some(b)) if b < a => rare.next(),
            (Some(_), _) => signs.next(),
            (None, _) => rare.next(),
        };
        let Some(sign) = sign else { return found };
        if sign < end || bytes.get(sign + 1).is_none_or(u8::is_ascii_whitespace) {
            continue;
        }
        let token = token(text, sign);
        end = token.end;
        if is_address(&text[token.clone()]) {
            found.push(token);
        }
    }
}

/// Whether a stretch touches one of some stretches that are in order.
pub(super) fn touches(stretches: &[Range<usize>], start: usize, end: usize) -> bool {
    let at = stretches.partition_point(|it| it.end <= start);
    stretches.get(at).is_some_and(|it| it.start < end)
}

/// Whether an address hides the name that stands at a stretch: one that is all of the
/// address is a name like `Booking.example`, unless it is a handle.
pub(super) fn hides(stretches: &[Range<usize>], text: &str, at: Range<usize>) -> bool {
    let first = stretches.partition_point(|it| it.end <= at.start);
    let Some(it) = stretches.get(first).filter(|it| it.start < at.end) else {
        return false;
    };
    let is_all = it.start == at.start
        && matches!(text.get(at.end..it.end), Some("" | "'s"))
        && text[at].starts_with(char::is_alphanumeric);
    !is_all
}

/// The longest run around a byte that an address may be. Texts without spaces end it.
fn token(text: &str, at: usize) -> Range<usize> {
    let ends = |c: char| {
        c.is_whitespace()
            || is_unspaced(c)
            || "\"<>()[]{}«»“”‘|,;\u{fffc}".contains(c)
            || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '—' | '–')
    };
    let from = text[..at]
        .rfind(ends)
        .map_or(0, |it| it + text[it..].chars().next().map_or(1, char::len_utf8));
    let to = text[at..].find(ends).map_or(text.len(), |it| at + it);
    let kept = text[from..to].trim_end_matches(['.', ':', '!', '?', '\'', '*']);
    from..(from + kept.len()).max(at + 1)
}

/// Whether a token is an address.
fn is_address(token: &str) -> bool {
    let leads = |sign: char| {
        token.match_indices(sign).any(|(at, _)| {
            let before = token[..at].chars().next_back();
            let after = token[at + 1..].chars().next();
            let is_free = sign != '#' || before.is_none_or(|c| !is_word(c));
            is_free && after.is_some_and(is_word)
        })
    };
    token.contains("://")
        || leads('@')
        || leads('#')
        || leads('\\')
        || is_host(token)
        || token.contains('/') && is_path(token)
}

/// `www.example.org`, `Go.Portal.example`: labels of letters, digits and hyphens, the last
/// in lower case. `U.S.`, `J.D.` and a sentence that lacks its space are none.
fn is_host(token: &str) -> bool {
    let host = token.split(['/', ':', '?', '#']).next().unwrap_or("");
    let host = host.strip_suffix("'s").unwrap_or(host);
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |it: &&str| {
        !it.is_empty() && it.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    let Some((last, others)) = labels.split_last() else { return false };
    let is_top =
        (2..=24).contains(&last.len()) && last.chars().all(|c| c.is_ascii_lowercase());
    is_top
        && !others.is_empty()
        && others.iter().all(is_label)
        // `p.m.`, `e.g` and the like have labels of one letter only.
        && others.iter().any(|it| it.chars().count() > 1)
}

/// `/srv/Mexico`, `src/Mexico/lib.rs`; `US/Mexico`, `and/or` and `8/8` are none.
fn is_path(token: &str) -> bool {
    if token.starts_with(['/', '~'])
        || token.starts_with("./")
        || token.starts_with("../")
    {
        return token.len() > 1;
    }
    let parts: Vec<&str> = token.split('/').collect();
    let has_extension = |part: &&str| {
        part.rsplit_once('.').is_some_and(|(name, extension)| {
            !name.is_empty()
                && (1..=5).contains(&extension.len())
                && extension.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
    };
    let is_small = |part: &&str| part.starts_with(|c: char| c.is_ascii_lowercase());
    parts.iter().any(has_extension)
        || token.contains('_')
        || parts.len() > 2 && parts.iter().any(is_small)
        || parts.last().is_some_and(|it| it.is_empty()) && parts.iter().any(is_small)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_no_address_goes_on() {
        let cases: [(&str, &[&str]); 20] = [
            ("", &[]),
            ("see https://example.org/Mexico.", &["https://example.org/Mexico"]),
            ("at www.Mexico.org, then", &["www.Mexico.org"]),
            ("Go.Portal.example is up", &["Go.Portal.example"]),
            ("Mexico.com's page", &["Mexico.com's"]),
            ("write to Ada@Mexico.example!", &["Ada@Mexico.example"]),
            ("@Mexico and #Mexico", &["@Mexico", "#Mexico"]),
            (
                "in src/Mexico/lib.rs and Mexico/index.html",
                &["src/Mexico/lib.rs", "Mexico/index.html"],
            ),
            ("under /srv/Mexico", &["/srv/Mexico"]),
            ("in C:\\Mexico\\x", &["C:\\Mexico\\x"]),
            ("(https://example.org/Mexico)", &["https://example.org/Mexico"]),
            ("见https://example.org/北京大学，北京", &["https://example.org/"]),
            ("写信给@Mexico。北京", &["@Mexico"]),
            ("the U.S. and J.D. Vance", &[]),
            ("He left Mexico.The rest stayed", &[]),
            ("US/Mexico border, and/or, 8/8, km/h", &[]),
            ("AFP/Reuters/AP", &[]),
            ("at 8 p.m. on 8.8.2025", &[]),
            ("No. 5 … and so on.", &[]),
            ("#1 of 3", &["#1"]),
        ];
        for (text, expected) in cases {
            let found: Vec<&str> =
                stretches(text).into_iter().map(|it| &text[it]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}

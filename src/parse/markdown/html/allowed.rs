//! Which elements and attributes a page may hold.

use crate::elements::{self, ElementTrait};

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It stays.
    Keep,
    /// Its tags go, its text stays.
    Unwrap,
    /// It goes with all that is in it.
    Drop,
}

/// Attributes that any element may have.
const GENERIC: &[&str] =
    &["aria-hidden", "aria-label", "class", "dir", "id", "lang", "title", "translate"];

/// Attributes that some elements may have.
const OF_ELEMENTS: &[(&[&str], &[&str])] = &[
    (&["a"], &["href", "hreflang", "name", "rel", "target", "type"]),
    (&["audio", "video"], &["controls", "loop", "muted", "preload", "src"]),
    (&["video"], &["height", "poster", "width"]),
    (&["blockquote", "del", "ins", "q"], &["cite"]),
    (&["col", "colgroup"], &["span"]),
    (&["data", "li"], &["value"]),
    (&["del", "ins", "time"], &["datetime"]),
    (&["details"], &["open"]),
    (&["img"], &["alt", "height", "loading", "src", "width"]),
    (&["ol"], &["reversed", "start", "type"]),
    (&["source", "track"], &["src", "type"]),
    (&["track"], &["kind", "label", "srclang"]),
    (&["td", "th"], &["abbr", "colspan", "headers", "rowspan", "scope"]),
];

/// What becomes of an element.
pub(super) fn verdict(name: &str) -> Verdict {
    match name {
        _ if elements::is(name, ElementTrait::Kept) => Verdict::Keep,
        _ if elements::is(name, ElementTrait::Dropped) => Verdict::Drop,
        _ => Verdict::Unwrap,
    }
}

pub(super) fn is_void(name: &str) -> bool {
    elements::is(name, ElementTrait::Void)
}

/// Whether an element may have an attribute.
pub(super) fn may_have(element: &str, attribute: &str) -> bool {
    GENERIC.contains(&attribute)
        || OF_ELEMENTS.iter().any(|(elements, attributes)| {
            elements.contains(&element) && attributes.contains(&attribute)
        })
}

/// Whether an element that is still open ends where another one begins, as `<li>` does at
/// the next `<li>`. A paragraph goes on only for elements that stand in a line of text
/// ("phrasing content").
pub(super) fn ends_before(open: &str, next: &str) -> bool {
    match open {
        "p" => !elements::is(next, ElementTrait::Phrasing),
        "li" => next == "li",
        "dt" | "dd" => matches!(next, "dt" | "dd"),
        "td" | "th" => matches!(next, "td" | "th" | "tr" | "tbody" | "tfoot"),
        "tr" => matches!(next, "tr" | "tbody" | "tfoot"),
        "thead" | "tbody" => matches!(next, "tbody" | "tfoot"),
        "rt" | "rp" => matches!(next, "rt" | "rp"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_runs_or_asks_for_input_is_kept() {
        for name in ["script", "style", "iframe", "object", "svg", "math", "template"] {
            assert_eq!(verdict(name), Verdict::Drop, "{name}");
        }
        for name in ["form", "input", "button", "meta", "link", "base", "marquee", "x-y"]
        {
            assert_eq!(verdict(name), Verdict::Unwrap, "{name}");
        }
        for name in elements::all(ElementTrait::Kept) {
            for attribute in
                ["onclick", "style", "srcset", "formaction", "ping", "srcdoc"]
            {
                assert!(!may_have(name, attribute), "{name} {attribute}");
            }
        }
    }
}

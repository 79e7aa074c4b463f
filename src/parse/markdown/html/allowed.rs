//! Which elements and attributes a page may hold.

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

/// Elements without scripts, forms, frames or styles.
const KEPT: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Elements whose content is not text of the page.
const DROPPED: &[&str] = &[
    "applet",
    "canvas",
    "embed",
    "frame",
    "frameset",
    "head",
    "iframe",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "plaintext",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "xmp",
];

/// Elements without content (WHATWG, "void elements").
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
    "track", "wbr",
];

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
        _ if KEPT.contains(&name) => Verdict::Keep,
        _ if DROPPED.contains(&name) => Verdict::Drop,
        _ => Verdict::Unwrap,
    }
}

pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
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
        "p" => {
            !matches!(next, "a" | "abbr" | "audio" | "b" | "bdi" | "bdo" | "big" | "br")
                && !matches!(
                    next,
                    "cite" | "code" | "data" | "del" | "dfn" | "em" | "i" | "img"
                )
                && !matches!(
                    next,
                    "ins" | "kbd" | "mark" | "picture" | "q" | "ruby" | "s"
                )
                && !matches!(
                    next,
                    "samp" | "small" | "span" | "strike" | "strong" | "sub"
                )
                && !matches!(next, "sup" | "time" | "tt" | "u" | "var" | "video" | "wbr")
        }
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
        for name in KEPT {
            for attribute in
                ["onclick", "style", "srcset", "formaction", "ping", "srcdoc"]
            {
                assert!(!may_have(name, attribute), "{name} {attribute}");
            }
        }
    }
}

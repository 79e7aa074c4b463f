//! HTML as a type of its own, and the functions that escape into it.

use serde::Serialize;

/// HTML that may be printed as it is.
///
/// Made only by code that escapes what it puts in; templates print it with `|safe`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Html(pub String);

/// Appends `text` with the characters escaped that matter in HTML text and in quoted
/// attribute values: `&`, `<`, `>`, `"` and `'`.
///
/// Control characters that HTML forbids (WHATWG, "noncharacters and controls") are left
/// out, so that whatever a book holds the page parses to the same elements.
pub fn escape_into(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            0..=8 | 11 | 12 | 14..=31 | 127 => "",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// `text`, escaped; see [`escape_into`].
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    escape_into(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_text_stays_text() {
        let cases = [
            ("plain", "plain"),
            ("<b>\"&'", "&lt;b&gt;&quot;&amp;&#39;"),
            ("a\u{0}b\u{1b}[31m\tc\n", "ab[31m\tc\n"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(escape(text), expected, "{text:?}");
        }
    }
}

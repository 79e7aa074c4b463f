//! JSON that may stand in a `<script>`.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::html::Html;

/// JSON for a `<script>`: nothing in it ends the element or breaks a line of a script
/// (`<`, `>`, `&`, U+2028 and U+2029 are escaped).
pub(super) fn script(value: &impl Serialize) -> Html {
    let mut json = Vec::with_capacity(4096);
    value
        .serialize(&mut Serializer::with_formatter(&mut json, Harmless))
        .expect("texts and numbers become JSON");
    Html(String::from_utf8(json).expect("JSON is text"))
}

/// Escapes in texts what means something to HTML. Outside of texts JSON has none of it.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let bytes = fragment.as_bytes();
        let mut from = 0;
        // U+2028 and U+2029 are E2 80 A8 and E2 80 A9.
        let is_suspect = |byte: u8| matches!(byte, b'<' | b'>' | b'&' | 0xe2);
        while let Some(at) = bytes[from..].iter().position(|byte| is_suspect(*byte)) {
            let at = from + at;
            let (escaped, len) = match &bytes[at..] {
                [b'<', ..] => ("\\u003c", 1),
                [b'>', ..] => ("\\u003e", 1),
                [b'&', ..] => ("\\u0026", 1),
                [0xe2, 0x80, 0xa8, ..] => ("\\u2028", 3),
                [0xe2, 0x80, 0xa9, ..] => ("\\u2029", 3),
                _ => ("", 0),
            };
            out.write_all(&bytes[from..at])?;
            out.write_all(escaped.as_bytes())?;
            if len == 0 {
                out.write_all(&bytes[at..=at])?;
            }
            from = at + len.max(1);
        }
        out.write_all(&bytes[from..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_script() {
        let cases = [
            ("plain", r#""plain""#),
            ("</script>", r#""\u003c/script\u003e""#),
            ("a & \"b\"", r#""a \u0026 \"b\"""#),
            ("one\u{2028}two\u{2029}…", r#""one\u2028two\u2029…""#),
            ("", r#""""#),
        ];
        for (text, expected) in cases {
            assert_eq!(script(&text).0, expected, "{text:?}");
        }
    }
}

//! JSON that may stand in a `<script>`.

use serde::Serialize;

use crate::html::Html;

/// What HTML or a script gives a meaning, and how JSON writes it without. JSON has none of
/// these signs outside of texts, so they can be looked for in the whole.
const HARMFUL: [(&str, &str); 5] = [
    ("<", "\\u003c"),
    (">", "\\u003e"),
    ("&", "\\u0026"),
    ("\u{2028}", "\\u2028"),
    ("\u{2029}", "\\u2029"),
];

/// JSON for a `<script>`: nothing in it ends the element or breaks a line of a script.
pub(super) fn script(value: &impl Serialize) -> Html {
    let mut json = serde_json::to_string(value).expect("texts and numbers become JSON");
    for (harmful, escaped) in HARMFUL {
        // Hardly any text has one: looking for it is all that this costs.
        if memchr::memmem::find(json.as_bytes(), harmful.as_bytes()).is_some() {
            json = json.replace(harmful, escaped);
        }
    }
    Html(json)
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

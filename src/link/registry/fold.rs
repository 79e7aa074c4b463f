//! The one spelling in which names and texts are compared.
//!
//! Composed (NFC), every space alike, one apostrophe, one hyphen, nothing invisible. Case is
//! kept here; [`lower`] takes it away without changing a byte's place.

use unicode_normalization::UnicodeNormalization;

/// A character as it is compared; `None` for one that is not seen.
pub fn plain(c: char) -> Option<char> {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{FF07}' => Some('\''),
        '\u{2010}' | '\u{2011}' => Some('-'),
        // Soft hyphen, zero-width space, joiner and no-break space, marks of direction.
        '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => None,
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            None
        }
        '\0' => Some(' '),
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}

/// The lower case of a character, if it takes as many bytes; else the character itself.
///
/// So a place in the lower-case text is a place in the text. It leaves `İ` alone, which
/// keeps the Turkish dotted and dotless letters apart.
pub fn lower(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let mut lowered = c.to_lowercase();
    match (lowered.next(), lowered.next()) {
        (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
        _ => c,
    }
}

/// A text in lower case, byte for byte beside the original.
pub fn lowered(text: &str) -> String {
    let mut small = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|it| !it.is_ascii()) {
        small.push_str(&rest[..at]);
        let mut chars = rest[at..].chars();
        small.extend(chars.next().map(lower));
        rest = chars.as_str();
    }
    small.push_str(rest);
    small.make_ascii_lowercase();
    small
}

/// A name in the spelling that is compared, with its capitals.
pub fn folded(name: &str) -> String {
    if name.is_ascii() { spaced(name.chars()) } else { spaced(name.nfc()) }
}

/// A name without space around it, and with one space between words.
fn spaced(name: impl Iterator<Item = char>) -> String {
    let mut folded = String::new();
    for c in name.filter_map(plain) {
        if c != ' ' || !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(c);
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_look_alike_are_one() {
        let cases = [
            ("", ""),
            ("  a \u{A0}\t b\r\nc ", "a b c"),
            ("O’Brien", "O'Brien"),
            ("Jean\u{2011}Marie", "Jean-Marie"),
            ("Tru\u{AD}mp", "Trump"),
            ("Tô Lâm", "Tô Lâm"),
        ];
        for (name, expected) in cases {
            assert_eq!(folded(name), expected, "{name:?}");
        }
        assert_eq!(folded("To\u{302} La\u{302}m"), "Tô Lâm");
    }

    #[test]
    fn lower_case_keeps_every_byte_in_its_place() {
        for text in ["MEXICO", "İSTANBUL", "ẞtraße", "ΣΑΣ", "\u{212A}elvin", "Ⱥ"]
        {
            assert_eq!(lowered(text).len(), text.len(), "{text}");
        }
        assert_eq!(lowered("МОСКВА"), "москва");
    }
}

//! One segment of a URL, and how titles become one.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

/// The longest slug in bytes: with `/index.html` behind it a file name stays under the
/// 255 bytes that ext4, NTFS and APFS allow.
pub const MAX_LEN: usize = 200;

/// One segment of a URL: letters and digits in lower case with single hyphens between;
/// never empty, never a device name of Windows, never over [`MAX_LEN`] bytes.
///
/// Letters of every script are allowed, in NFC; ASCII is what `from_title` prefers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Slug(Box<str>);

/// Why a text is not a slug.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotASlug {
    /// The slug that the text would become; `None` if no letter or digit is in it.
    pub nearest: Option<Slug>,
}

impl Slug {
    /// The slug of a title or file name: accents dropped from Latin letters, everything
    /// else that is not a letter or digit turned into hyphens. `None` if nothing is left.
    pub fn from_title(title: &str) -> Option<Slug> {
        let mut slug = if title.is_ascii() {
            hyphenated(title.chars().map(|c| c.to_ascii_lowercase()))
        } else {
            let lower = title.chars().flat_map(char::to_lowercase).nfd();
            hyphenated(without_accents(lower).flat_map(fold).nfc())
        };
        let mut end = slug.len().min(MAX_LEN);
        while !slug.is_char_boundary(end) {
            end -= 1;
        }
        slug.truncate(end);
        let trimmed = slug.trim_matches('-');
        if trimmed.is_empty() {
            return None;
        }
        let device = is_windows_device(trimmed);
        Some(Slug(
            if device {
                format!("{trimmed}-").trim_end_matches('-').to_owned() + "-1"
            } else {
                trimmed.to_owned()
            }
            .into(),
        ))
    }

    /// The text of the slug.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Letters and digits with single hyphens between, up to the first one over [`MAX_LEN`].
fn hyphenated(folded: impl Iterator<Item = char>) -> String {
    let mut slug = String::new();
    for c in folded {
        if c.is_alphanumeric() || is_mark(c) {
            slug.push(c);
        } else if matches!(c, '\'' | '’') {
            // `Sheinbaum's` becomes `sheinbaums`
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() > MAX_LEN {
            break;
        }
    }
    slug
}

/// The few Latin letters that have no accent to drop.
fn fold(c: char) -> impl Iterator<Item = char> {
    let replaced = match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'þ' => "th",
        'ı' => "i",
        _ => "",
    };
    let same = replaced.is_empty().then_some(c);
    replaced.chars().chain(same)
}

/// Letters without the accents that URLs do without: those of Latin and Greek. In Cyrillic
/// a mark makes another letter, as in `й`.
fn without_accents(decomposed: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let mut is_cyrillic = false;
    decomposed.filter(move |c| match c {
        '\u{300}'..='\u{36f}' => is_cyrillic,
        c => {
            is_cyrillic = matches!(c, '\u{400}'..='\u{52f}');
            true
        }
    })
}

/// Marks that other scripts cannot do without.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Whether Windows keeps the name for a device, whatever the ending
/// (Microsoft, "Naming Files, Paths, and Namespaces").
pub fn is_windows_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_lowercase();
    match stem.as_str() {
        "con" | "prn" | "aux" | "nul" => true,
        _ => {
            let digit = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
            digit.is_some_and(|digit| {
                digit.chars().count() == 1
                    && digit
                        .chars()
                        .all(|c| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³'))
            })
        }
    }
}

impl FromStr for Slug {
    type Err = NotASlug;

    fn from_str(text: &str) -> Result<Slug, NotASlug> {
        match Slug::from_title(text) {
            Some(slug) if &*slug.0 == text => Ok(slug),
            nearest => Err(NotASlug { nearest }),
        }
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for Slug {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_slugs() {
        let cases = [
            ("Dock strike", Some("dock-strike")),
            ("  --  ", None),
            ("", None),
            ("Nicolás Maduro’s “plan”", Some("nicolas-maduros-plan")),
            ("Straße & Łódź", Some("strasse-lodz")),
            ("STRAẞE, İzmir, ÆØÐÞ", Some("strasse-izmir-aeodth")),
            ("Йод и чай, Їжа, Ёлка", Some("йод-и-чай-їжа-ёлка")),
            ("Αθήνα, ΆΝΩ", Some("αθηνα-ανω")),
            ("Đà Nẵng", Some("da-nang")),
            ("北京", Some("北京")),
            ("مصر", Some("مصر")),
            ("COM1", Some("com1-1")),
            ("nul", Some("nul-1")),
            ("../../etc/passwd", Some("etc-passwd")),
        ];
        for (title, expected) in cases {
            let slug = Slug::from_title(title);
            assert_eq!(slug.as_ref().map(Slug::as_str), expected, "{title:?}");
            if let Some(slug) = slug {
                assert_eq!(slug.as_str().parse(), Ok(slug.clone()), "{title:?} again");
            }
        }
    }

    #[test]
    fn a_slug_stays_what_it_is_whatever_it_is_made_of() {
        for c in '\0'..='\u{1ffff}' {
            let Some(slug) = Slug::from_title(&format!("a{c}b")) else { continue };
            assert_eq!(slug.as_str().parse(), Ok(slug.clone()), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn a_long_title_is_cut_at_a_character() {
        let slug = Slug::from_title(&"日本".repeat(100)).unwrap();
        assert!(slug.as_str().len() <= MAX_LEN && slug.as_str().len() > MAX_LEN - 4);
    }
}

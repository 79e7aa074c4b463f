//! Where some words stand in a text, however they are spaced and whatever their capitals.

use crate::link::registry::fold::{folded, lower, plain};
use crate::span::Stretch;

/// The places of a name in a text, in order, without overlap.
pub(super) fn of(text: &str, name: &str) -> Vec<Stretch> {
    let name: Vec<char> = folded(name).chars().map(lower).collect();
    let mut places = Vec::new();
    let mut from = 0;
    for (start, _) in text.char_indices() {
        if start < from || name.is_empty() {
            continue;
        }
        if let Some(len) = length(&text[start..], &name) {
            places.push(Stretch::new(start..start + len));
            from = start + len;
        }
    }
    places
}

/// How long the name is with which a text begins; `None` if it begins with something else.
fn length(text: &str, name: &[char]) -> Option<usize> {
    let mut wanted = name.iter().copied().peekable();
    let mut was_space = false;
    for (at, c) in text.char_indices() {
        let Some(next) = wanted.peek() else { return Some(at) };
        let Some(c) = plain(c) else { continue };
        if c == ' ' && was_space {
            continue;
        }
        was_space = c == ' ';
        if lower(c) != *next {
            return None;
        }
        wanted.next();
    }
    wanted.peek().is_none().then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_whatever_its_capitals_spaces_and_apostrophes() {
        let cases: [(&str, &str, &[&str]); 6] = [
            ("Ada Holm and ADA\n  HOLM", "Ada Holm", &["Ada Holm", "ADA\n  HOLM"]),
            ("O’Brien", "o'brien", &["O’Brien"]),
            ("Holmes", "Holm", &["Holm"]),
            ("Tru\u{AD}mp", "Trump", &["Tru\u{AD}mp"]),
            ("Ada", "Ada Holm", &[]),
            ("Ada", "", &[]),
        ];
        for (text, name, expected) in cases {
            let found: Vec<&str> =
                of(text, name).into_iter().map(|it| &text[it.range()]).collect();
            assert_eq!(found, expected, "{name} in {text}");
        }
    }
}

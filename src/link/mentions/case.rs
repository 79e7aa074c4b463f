//! How the capitals of a text and those of a name go together.

use crate::language::Language;
use crate::link::registry::Use;
use crate::parse::entity::EntityKind;

/// How a stretch of a text is spelled beside the name that it has in lower case, the
/// nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Case {
    /// Letter by letter.
    Same,
    /// With a capital that begins a sentence: `Fentanyl`, `Von der Leyen`.
    First,
    /// Without the capital of a thing: `coinjoin`.
    Small,
    /// With other capitals: `Covid-19` for `COVID-19`.
    Other,
    /// In capitals throughout: `MEXICO`.
    Shouted,
}

/// How a stretch goes with a name of an entity of some kind; `None` if its capitals say
/// that it is another word.
pub(super) fn case(
    surface: &str,
    of: &Use,
    kind: EntityKind,
    language: &Language,
) -> Option<Case> {
    let spelled = &*of.spelled;
    if surface == spelled {
        return Some(Case::Same);
    }
    let first = |text: &str| text.chars().next().map_or(0, char::len_utf8);
    let is_same_but_first = surface[first(surface)..] == spelled[first(spelled)..];
    if !surface.starts_with(char::is_uppercase) {
        let is_small = is_same_but_first
            && kind == EntityKind::Thing
            && spelled.len() >= 4
            && spelled.chars().nth(1).is_some_and(char::is_lowercase)
            && !language.common_words.has(spelled);
        return is_small.then_some(Case::Small);
    }
    if is_same_but_first {
        return Some(Case::First);
    }
    if has_other_capitals(surface, spelled) {
        return Some(Case::Other);
    }
    let is_shouted = !surface.chars().any(char::is_lowercase)
        && spelled.chars().any(char::is_lowercase)
        && surface.chars().count() > 2;
    is_shouted.then_some(Case::Shouted)
}

/// Whether the words of a text have the capitals of a name but for those inside words:
/// `Covid-19`, `Nato`, `Iphone`. A word of a longer name may have one that the name lacks.
fn has_other_capitals(surface: &str, spelled: &str) -> bool {
    if !surface.chars().any(char::is_lowercase) {
        return false;
    }
    let is_one_word = !spelled.contains(' ');
    let n_letters = spelled.chars().filter(|c| c.is_alphabetic()).count();
    if is_one_word && (n_letters < 4 || !spelled.chars().skip(1).any(char::is_uppercase))
    {
        return false;
    }
    let mut words = surface.split(' ').zip(spelled.split(' '));
    words.all(|(a, b)| {
        a.starts_with(char::is_uppercase) || !b.starts_with(char::is_uppercase)
    })
}

/// A word in capitals with its first alone.
pub(super) fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(String::from).unwrap_or_default();
    first + &chars.as_str().to_lowercase()
}

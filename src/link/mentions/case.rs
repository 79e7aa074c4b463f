//! How the capitals of a text and those of a name go together.

use crate::link::registry::Use;
use crate::link::registry::fold::lowered;
use crate::parse::entity::EntityKind;

/// How a stretch of a text is spelled beside the name that it has in lower case, the
/// nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Case {
    /// Letter by letter.
    Same,
    /// With a capital that begins a sentence: `Fentanyl`, `Von der Leyen`.
    First,
    /// In capitals throughout: `MEXICO`.
    Shouted,
}

/// How a stretch goes with a name of an entity of some kind; `None` if its capitals say
/// that it is another word.
pub(super) fn case(surface: &str, of: &Use, _kind: EntityKind) -> Option<Case> {
    let spelled = &*of.spelled;
    if surface == spelled {
        return Some(Case::Same);
    }
    if !surface.starts_with(char::is_uppercase) {
        return None;
    }
    let rest = |text: &str| text.chars().next().map_or(0, char::len_utf8);
    if surface[rest(surface)..] == spelled[rest(spelled)..] {
        return Some(Case::First);
    }
    let is_shouted = !surface.chars().any(char::is_lowercase)
        && spelled.chars().any(char::is_lowercase)
        && surface.chars().count() > 2;
    debug_assert!(lowered(surface) == lowered(spelled), "{surface:?} is {spelled:?}");
    is_shouted.then_some(Case::Shouted)
}

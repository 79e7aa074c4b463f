//! Room for what is rendered once and shown on many pages.

use std::sync::OnceLock;

/// What has been rendered of an edition so far.
#[derive(Debug, Default)]
pub(super) struct KeptParts {
    /// Briefs in passing, by [`BriefIdx`](crate::link::texts::BriefIdx).
    pub(super) links: Kept,
    /// Briefs in lists, likewise.
    pub(super) items: Kept,
    /// Briefs in Atom feeds, likewise.
    pub(super) atom_entries: Kept,
    /// The texts of briefs in JSON Feeds, likewise.
    pub(super) json_texts: Kept,
    /// Entities beside briefs, by [`EntityIdx`](crate::link::registry::EntityIdx), each by
    /// what sets its cards apart.
    pub(super) cards: OnceLock<Vec<Kept>>,
}

/// Texts by position, each made when it is first asked for. Even the room for them is made with
/// the first: a request of a preview asks for few, and `check` for none.
#[derive(Debug, Default)]
pub(super) struct Kept(OnceLock<Box<[OnceLock<Box<str>>]>>);

impl Kept {
    /// The place of one of `n` texts.
    pub(super) fn place(&self, at: usize, n: usize) -> &OnceLock<Box<str>> {
        let places = self
            .0
            .get_or_init(|| std::iter::repeat_with(OnceLock::new).take(n).collect());
        &places[at]
    }
}

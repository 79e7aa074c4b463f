//! What few briefs have, in one byte beside each brief.
//!
//! After a save, a dozen passes (claims, storylines, pictures, findings and so on) look for the
//! few briefs that concern them. With the byte at hand, they need not touch all the others.

use crate::link::text::LinkedText;
use crate::parse::brief::Brief;

/// Something that few briefs have: one bit of the byte that [`Facets`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// Footnotes.
    Annotations = 1,
    /// A place in a storyline.
    Storylines = 2,
    /// A picture in the front matter.
    Image = 4,
    /// Links written by hand that lead into the site.
    Links = 8,
    /// Findings about the text that take the whole book to see.
    Diagnostics = 16,
    /// Corrections, in front matter or in footnotes.
    Corrections = 32,
    /// Front matter with one text where a list may be meant: `tags: a, b`.
    CommaLists = 64,
    /// Names that could be several entities'.
    AmbiguousNames = 128,
    /// A place in the front matter that is not an entity's name.
    UnknownPlace = 256,
}

/// Which facets one brief has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facets(u16);

impl Facets {
    /// The facets of a brief and its text.
    pub fn of(brief: &Brief, text: &LinkedText) -> Facets {
        let (body, front) = (&brief.document.body, &brief.front);
        let has_corrections = !front.corrections.is_empty()
            || body.annotations.iter().any(|it| it.kind.corrected().is_some());
        let all = [
            (Facet::Annotations, !body.annotations.is_empty()),
            (Facet::Storylines, !front.storylines.is_empty()),
            (Facet::Image, front.image.is_some()),
            (Facet::Links, !body.links.is_empty()),
            (Facet::Diagnostics, text.diagnostics().next().is_some()),
            (Facet::Corrections, has_corrections),
            (Facet::CommaLists, !front.comma_lists.is_empty()),
            (Facet::AmbiguousNames, !text.found.ambiguous.is_empty()),
            (Facet::UnknownPlace, text.found.has_unknown_place),
        ];
        let bits = all.iter().filter(|(_, has)| *has).map(|(facet, _)| *facet as u16);
        Facets(bits.sum())
    }

    /// Whether the brief has it.
    pub fn has(self, facet: Facet) -> bool {
        self.0 & facet as u16 != 0
    }
}

//! The annotations that name claims.

use crate::link::facets::Facet;
use crate::link::texts::{TextIdx, Texts};
use crate::parse::annotation::{Annotation, ClaimRef, Kind};
use crate::span::{Span, Stretch};

/// Every annotation of every text that may carry some, newest text first.
pub(super) fn annotations(
    texts: &Texts,
) -> impl Iterator<Item = (TextIdx, u32, &Annotation)> {
    texts.all_with(Facet::Annotations).flat_map(move |idx| {
        let annotations = &texts.document(idx).body.annotations;
        (0..).zip(annotations).map(move |(at, it)| (idx, at, it))
    })
}

/// The claim that an annotation names.
pub(super) fn claim_of(annotation: &Annotation) -> Option<&ClaimRef> {
    match &annotation.kind {
        Kind::Claim(it) => it.claim.as_ref(),
        Kind::Quote(it) => it.claim.as_ref().map(|(claim, _)| claim),
        Kind::Event(_)
        | Kind::Source(_)
        | Kind::Note { .. }
        | Kind::Correction { .. }
        | Kind::Plain => None,
    }
}

/// The place of a footnote's name, for what is wrong with the footnote as a whole.
pub(super) fn label_of(text: TextIdx, annotation: &Annotation, texts: &Texts) -> Span {
    let start = annotation.at.start as usize;
    // Three more for `[^` and `]`.
    let at = Stretch::new(start..start + annotation.label.len() + 3);
    texts.document(text).span(at)
}

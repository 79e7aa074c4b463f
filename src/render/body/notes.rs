//! References to footnotes: their numbers, their ids, and the words they are about.

use crate::parse::markdown::{Body, UniqueIds};
use crate::render::body::annotations;
use crate::render::body::blocks::Blocks;
use crate::render::body::context::{BodyContext, BodyForm};
use crate::render::view;
use crate::span::Stretch;

/// The annotations of a text as far as references to them go.
pub(super) struct References {
    /// The number of each, by position; 0 for one without a reference.
    pub(super) numbers: Vec<u32>,
    /// The id of each.
    pub(super) ids: Vec<String>,
    /// The ids of each one's references so far.
    pub(super) ref_ids: Vec<Vec<String>>,
    taken: UniqueIds,
}

impl References {
    pub(super) fn of(body: &Body) -> References {
        let mut numbers = vec![0; body.annotations.len()];
        let mut n = 0;
        // Numbers rise along the text itself; notes that only other notes refer to come after.
        let main = body.anchors.iter().filter(|it| it.within.is_none());
        for anchor in main.chain(body.anchors.iter().filter(|it| it.within.is_some())) {
            let number = &mut numbers[anchor.annotation as usize];
            if *number == 0 {
                n += 1;
                *number = n;
            }
        }
        let ref_ids = vec![Vec::new(); numbers.len()];
        let ids = body.annotations.iter().map(|it| it.id.to_string()).collect();
        References { numbers, ids, ref_ids, taken: UniqueIds::default() }
    }

    /// Adds the reference that stands at a place; among the words of a picture it cannot be
    /// clicked, and has its note beside the picture all the same.
    pub(super) fn refer(
        &mut self,
        at: Stretch,
        is_in_picture: bool,
        context: &BodyContext<'_>,
        out: &mut Blocks<'_>,
    ) {
        let anchors = &context.document.body.anchors;
        let Ok(found) = anchors.binary_search_by_key(&at, |anchor| anchor.at) else {
            return;
        };
        let idx = anchors[found].annotation;
        let id = &self.ids[idx as usize];
        let ref_id = self.taken.free(&format!("ref-{id}"), 2);
        let number = self.numbers[idx as usize];
        if context.form != BodyForm::Feed && !is_in_picture {
            let annotation = &context.document.body.annotations[idx as usize];
            let sign = annotations::sign(context.idx, idx, annotation, context.here);
            out.html_owned(reference(id, &ref_id, number, sign.as_ref()));
            self.ref_ids[idx as usize].push(ref_id);
        }
        let block = out.target();
        if !block.annotations.contains(&idx) {
            block.annotations.push(idx);
        }
    }

    /// Begins or ends the words of an annotation if a bracket at a place is one of theirs.
    pub(super) fn bracket(
        &self,
        at: Stretch,
        context: &BodyContext<'_>,
    ) -> Option<WordsEdge<'_>> {
        let anchors = context.document.body.anchors.iter();
        let (annotation, is_open) = anchors.into_iter().find_map(|anchor| {
            let (open, close) = anchor.words?;
            (open == at.start || close == at.start)
                .then_some((anchor.annotation, open == at.start))
        })?;
        let id = &self.ids[annotation as usize];
        Some(if is_open { WordsEdge::Begin(id) } else { WordsEdge::End })
    }
}

/// The number of a note at its words, with the sign of what the desk finds now if it is a
/// claim's.
fn reference(id: &str, ref_id: &str, number: u32, sign: Option<&view::Status>) -> String {
    let (finding, sign) = match sign {
        Some(view::Status { key, label, sign }) => (
            format!(", {}", label.to_lowercase()),
            format!(
                "<span class=\"sign\" data-status=\"{key}\" aria-hidden=\"true\">{sign}</span>"
            ),
        ),
        None => <_>::default(),
    };
    format!(
        "<a class=\"ref\" id=\"{ref_id}\" href=\"#note-{id}\" data-note=\"{id}\" role=\"doc-noteref\" aria-label=\"Note {number}{finding}\">{number}{sign}</a>"
    )
}

/// A bracket around the words of an annotation.
pub(super) enum WordsEdge<'a> {
    /// The words of the annotation of that id begin.
    Begin(&'a str),
    /// They end.
    End,
}

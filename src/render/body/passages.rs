//! Blocks cut into passages: each block that has annotations with them beside it.

use std::collections::BTreeMap;

use crate::html::Html;
use crate::link::registry::EntityIdx;
use crate::render::body::annotations;
use crate::render::body::blocks::{Blocks, OpenBlock};
use crate::render::body::context::BodyContext;
use crate::render::body::notes::References;
use crate::render::body::output::{skip_first_paragraph, write};
use crate::render::view;

/// A text as HTML.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RenderedBody {
    /// The text, cut after each block that has annotations.
    pub passages: Vec<view::Passage>,
    /// For each entity, a link to its first mention on the page (`#m-…`), for its card.
    pub jumps: BTreeMap<EntityIdx, String>,
}

/// Cuts the text before and after each block with annotations. An annotation stands by the
/// block that refers to it first; one that only another annotation refers to follows that.
pub(super) fn cut(
    mut blocks: Blocks<'_>,
    references: &References,
    jumps: BTreeMap<EntityIdx, String>,
    context: &BodyContext<'_>,
) -> RenderedBody {
    let mut shown = vec![false; references.ids.len()];
    let mut passages = Vec::new();
    let mut html = String::new();
    for block in blocks.done {
        if !block.annotations.is_empty() && !html.is_empty() {
            passages.push(view::Passage {
                html: Html(std::mem::take(&mut html)),
                annotations: Vec::new(),
            });
        }
        html.push_str(&write(block.events));
        let mut queue = block.annotations;
        let mut notes = Vec::new();
        let mut next = 0;
        while next < queue.len() {
            let idx = queue[next];
            next += 1;
            if std::mem::replace(&mut shown[idx as usize], true) {
                continue;
            }
            let body = blocks.notes.remove(&idx).unwrap_or_default();
            queue.extend(&body.annotations);
            notes.push(annotation(idx, body, references, context));
        }
        if !notes.is_empty() {
            let html = Html(std::mem::take(&mut html));
            passages.push(view::Passage { html, annotations: notes });
        }
    }
    if !html.is_empty() {
        passages.push(view::Passage { html: Html(html), annotations: Vec::new() });
    }
    RenderedBody { passages, jumps }
}

fn annotation(
    idx: u32,
    block: OpenBlock<'_>,
    references: &References,
    context: &BodyContext<'_>,
) -> view::Annotation {
    let mut events = block.events;
    let annotation = &context.document.body.annotations[idx as usize];
    if annotation.fields_end.is_some() {
        skip_first_paragraph(&mut events);
    }
    view::Annotation {
        id: references.ids[idx as usize].clone(),
        number: references.numbers[idx as usize],
        words: context.document.annotated_words(idx),
        body: Html(write(events)),
        ref_ids: references.ref_ids[idx as usize].clone(),
        ..annotations::view(idx, annotation, context)
    }
}

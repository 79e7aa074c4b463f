//! What the last edition knew, for those documents that have not been read anew.

use std::collections::HashMap;
use std::ptr;
use std::sync::{Arc, OnceLock};

use crate::link::sorted::SameTargets;
use crate::link::text::LinkedText;
use crate::link::{Edition, LinkedBrief};
use crate::parse::brief::Brief;
use crate::parse::document::Document;

/// What the last edition knew of each document that has not been read anew since: a
/// document that has not is the same one in memory, which `last` keeps alive.
#[derive(Default)]
pub(super) struct Known<'a> {
    briefs: &'a [Arc<LinkedBrief>],
    /// The briefs by their place in memory, for a list that has changed its order.
    by_address: OnceLock<HashMap<usize, &'a Arc<LinkedBrief>>>,
    texts: HashMap<usize, &'a Arc<LinkedText>>,
    /// Which links lead where they led.
    pub(super) same_targets: SameTargets,
}

/// Where a document is in memory.
fn address(document: &Document) -> usize {
    ptr::from_ref(document).addr()
}

impl<'a> Known<'a> {
    pub(super) fn of(last: &'a Edition, same_targets: SameTargets) -> Known<'a> {
        let entities = last.entities.iter().map(|it| (&it.entity.document, &it.text));
        let storylines =
            last.storylines.iter().map(|it| (&it.storyline.document, &it.text));
        let pages = last.pages.iter().map(|it| (&it.page.document, &it.text));
        let texts = entities.chain(storylines).chain(pages);
        let texts = texts.map(|(document, text)| (address(document), text)).collect();
        Known { briefs: &last.briefs, texts, same_targets, ..Known::default() }
    }

    /// A brief that has not changed; it is looked for first at the place in the list that
    /// it has now.
    pub(super) fn brief(
        &self,
        at: usize,
        brief: &Arc<Brief>,
    ) -> Option<&'a Arc<LinkedBrief>> {
        let there = self.briefs.get(at)?;
        if Arc::ptr_eq(&there.brief, brief) {
            return Some(there);
        }
        if there.brief.document.path == brief.document.path {
            return None; // the one that was edited
        }
        let by_address = self.by_address.get_or_init(|| {
            self.briefs.iter().map(|it| (address(&it.brief.document), it)).collect()
        });
        by_address.get(&address(&brief.document)).copied()
    }

    /// The text of a document that has not changed.
    pub(super) fn text(&self, document: &Document) -> Option<&'a Arc<LinkedText>> {
        self.texts.get(&address(document)).copied()
    }
}

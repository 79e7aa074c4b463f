//! The briefs by tag.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::link::texts::{BriefIdx, LinkedBrief};
use crate::slug::Slug;

/// A tag and its briefs.
#[derive(Clone, Debug, PartialEq)]
pub struct TaggedBriefs {
    /// The tag as the newest brief writes it.
    pub label: Box<str>,
    /// Its briefs, newest first.
    pub briefs: Vec<BriefIdx>,
}

/// The tags of all briefs.
pub(super) fn tags(briefs: &[Arc<LinkedBrief>]) -> Arc<BTreeMap<Slug, TaggedBriefs>> {
    let mut positions: HashMap<&Slug, usize> = HashMap::new();
    let mut tags: Vec<(Slug, TaggedBriefs)> = Vec::new();
    for (idx, brief) in (0..).map(BriefIdx).zip(briefs) {
        for tag in &brief.brief.front.tags {
            let at = *positions.entry(&tag.slug).or_insert(tags.len());
            if at == tags.len() {
                let (label, briefs) = (tag.label.clone(), Vec::new());
                tags.push((tag.slug.clone(), TaggedBriefs { label, briefs }));
            }
            let known = &mut tags[at].1.briefs;
            if known.last() != Some(&idx) {
                known.push(idx);
            }
        }
    }
    Arc::new(tags.into_iter().collect())
}

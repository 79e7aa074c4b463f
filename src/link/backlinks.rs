//! From each entity back to its briefs.

use std::sync::Arc;

use crate::link::registry::EntityIdx;
use crate::link::texts::{BriefIdx, EntityBriefs, LinkedBrief};

/// For each of `n_entities` its briefs.
pub(super) fn backlinks(
    briefs: &[Arc<LinkedBrief>],
    n_entities: usize,
) -> Vec<Arc<EntityBriefs>> {
    let mut backlinks = vec![EntityBriefs::default(); n_entities];
    for (idx, brief) in (0..).map(BriefIdx).zip(briefs) {
        for (EntityIdx(entity), _) in &brief.entities {
            backlinks[*entity as usize].named.push(idx);
        }
        for EntityIdx(entity) in &brief.authors {
            backlinks[*entity as usize].wrote.push(idx);
        }
        for EntityIdx(entity) in &brief.sources {
            backlinks[*entity as usize].source_of.push(idx);
        }
    }
    let fitted = backlinks.into_iter().map(|mut it| {
        it.fit();
        Arc::new(it)
    });
    fitted.collect()
}

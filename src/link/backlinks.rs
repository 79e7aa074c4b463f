//! From each entity back to the briefs that mention it.

use std::sync::Arc;

use crate::link::registry::EntityIdx;
use crate::link::texts::{BriefIdx, LinkedBrief};

/// For each of `n_entities`, the briefs that mention it, newest first.
pub(super) fn backlinks(
    briefs: &[Arc<LinkedBrief>],
    n_entities: usize,
) -> Vec<Arc<Vec<BriefIdx>>> {
    let mut backlinks: Vec<Vec<BriefIdx>> = vec![Vec::new(); n_entities];
    for (idx, brief) in (0..).map(BriefIdx).zip(briefs) {
        for (EntityIdx(entity), _) in &brief.entities {
            backlinks[*entity as usize].push(idx);
        }
    }
    let fitted = backlinks.into_iter().map(|mut it| {
        it.shrink_to_fit();
        Arc::new(it)
    });
    fitted.collect()
}

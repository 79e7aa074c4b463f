//! The briefs by month.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::link::texts::{BriefIdx, LinkedBrief};
use crate::parse::brief::BriefFront;

/// The briefs of each year and month, newest first.
pub type Archive = BTreeMap<(i16, i8), Vec<BriefIdx>>;

/// The year and the month in which the dateline of a brief lies.
pub(super) fn month(front: &BriefFront) -> (i16, i8) {
    (front.date.day.year(), front.date.day.month())
}

/// The briefs of each month of their dateline, newest first.
pub(super) fn archive(briefs: &[Arc<LinkedBrief>]) -> Arc<Archive> {
    let mut archive = Archive::new();
    for (idx, brief) in (0..).map(BriefIdx).zip(briefs) {
        archive.entry(month(&brief.brief.front)).or_default().push(idx);
    }
    Arc::new(archive)
}

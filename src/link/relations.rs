//! The briefs by what they share: entities, tags, months.
//!
//! Each relation is inverted over all briefs for a first edition. For a next one whose
//! briefs stand at the same places, it is that of the last with what has changed put right:
//! a save changes one brief, whatever the size of the archive.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::link::registry::EntityIdx;
use crate::link::{BriefIdx, Edition, LinkedBrief, Tag};
use crate::parse::brief::Front;
use crate::slug::Slug;

/// The briefs of each month, newest first.
pub type Archive = BTreeMap<(i16, i8), Vec<BriefIdx>>;

/// What differs between the briefs of two editions whose lists are equally long.
pub struct Changes<'a> {
    /// The edition before.
    last: &'a Edition,
    /// The places at which another brief stands, each with the old and the new one.
    briefs: Vec<(BriefIdx, &'a LinkedBrief, &'a LinkedBrief)>,
}

impl<'a> Changes<'a> {
    /// The changes; `None` if there was no such edition, or so many that a new start is
    /// less work.
    pub fn between(last: &'a Edition, briefs: &'a [Arc<LinkedBrief>]) -> Option<Self> {
        if last.briefs.len() != briefs.len() || briefs.is_empty() {
            return None;
        }
        let pairs = (0..).map(BriefIdx).zip(last.briefs.iter().zip(briefs));
        let changed = pairs.filter(|(_, (old, new))| !Arc::ptr_eq(old, new));
        let changed = changed.map(|(idx, (old, new))| (idx, &**old, &**new));
        let briefs: Vec<_> = changed.take(briefs.len() / 64 + 2).collect();
        (briefs.len() <= last.briefs.len() / 64 + 1).then_some(Changes { last, briefs })
    }

    /// Whether all changed briefs are alike in what `part` gives of their front matter.
    fn are_alike<T: PartialEq>(&self, part: impl Fn(&'a Front) -> T) -> bool {
        let mut briefs = self.briefs.iter();
        briefs.all(|(_, old, new)| part(&old.brief.front) == part(&new.brief.front))
    }
}

/// For each entity, the briefs that mention it, newest first.
pub fn backlinks(
    briefs: &[Arc<LinkedBrief>],
    n_entities: usize,
    changes: Option<&Changes<'_>>,
) -> Vec<Arc<Vec<BriefIdx>>> {
    if let Some(Changes { last, briefs: changed }) = changes
        && last.entities.len() == n_entities
    {
        let known = last.entities.iter().map(|it| Arc::clone(&it.briefs));
        let mut backlinks: Vec<_> = known.collect();
        for (idx, old, new) in changed {
            for (entity, _) in &old.entities {
                let briefs = Arc::make_mut(&mut backlinks[entity.0 as usize]);
                briefs.retain(|it| it != idx);
            }
            for (entity, _) in &new.entities {
                let briefs = Arc::make_mut(&mut backlinks[entity.0 as usize]);
                let at = briefs.partition_point(|it| it < idx);
                briefs.insert(at, *idx);
            }
        }
        return backlinks;
    }
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

/// The briefs of each tag, newest first.
pub fn tags(
    briefs: &[Arc<LinkedBrief>],
    changes: Option<&Changes<'_>>,
) -> Arc<BTreeMap<Slug, Tag>> {
    if let Some(changes) = changes
        && changes.are_alike(|front| &front.tags)
    {
        return Arc::clone(&changes.last.tags);
    }
    let mut positions: HashMap<&Slug, usize> = HashMap::new();
    let mut tags: Vec<(Slug, Tag)> = Vec::new();
    for (idx, brief) in (0..).map(BriefIdx).zip(briefs) {
        for tag in &brief.brief.front.tags {
            let at = *positions.entry(&tag.slug).or_insert(tags.len());
            if at == tags.len() {
                let (label, briefs) = (tag.label.clone(), Vec::new());
                tags.push((tag.slug.clone(), Tag { label, briefs }));
            }
            let known = &mut tags[at].1.briefs;
            if known.last() != Some(&idx) {
                known.push(idx);
            }
        }
    }
    Arc::new(tags.into_iter().collect())
}

/// The briefs of each month of their dateline, newest first.
pub fn archive(
    briefs: &[Arc<LinkedBrief>],
    changes: Option<&Changes<'_>>,
) -> Arc<Archive> {
    let month = |front: &Front| (front.date.day.year(), front.date.day.month());
    if let Some(changes) = changes
        && changes.are_alike(month)
    {
        return Arc::clone(&changes.last.archive);
    }
    let mut archive = Archive::new();
    for (idx, brief) in (0..).map(BriefIdx).zip(briefs) {
        archive.entry(month(&brief.brief.front)).or_default().push(idx);
    }
    Arc::new(archive)
}

//! How often the book has the names that its registry lacks, kept from edit to edit.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use crate::link::edition::Edition;
use crate::link::text::FoundInText;
use crate::link::unnamed;

/// The counts over the whole book. Kept for each brief as long as its text and its mentions
/// are the same values, so that after an edit one brief is read, not all.
#[derive(Default)]
pub(super) struct NameCounts(Mutex<KnownCounts>);

#[derive(Default)]
struct KnownCounts {
    briefs: HashMap<Arc<str>, CountedBrief>,
    totals: Arc<BTreeMap<Arc<str>, u32>>,
    round: u64,
}

struct CountedBrief {
    text: Arc<str>,
    found: Arc<FoundInText>,
    names: Vec<(Arc<str>, u32)>,
    round: u64,
}

impl NameCounts {
    /// How often each name stands in the briefs of an edition.
    pub(super) fn of(&self, edition: &Edition) -> Arc<BTreeMap<Arc<str>, u32>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let KnownCounts { briefs, totals, round } = &mut *known;
        *round += 1;
        let totals = Arc::make_mut(totals);
        for linked in &edition.briefs {
            let document = &linked.brief.document;
            if let Some(known) = briefs.get_mut(&document.path) {
                known.round = *round;
                if Arc::ptr_eq(&known.text, &document.text)
                    && Arc::ptr_eq(&known.found, &linked.text.found)
                {
                    continue;
                }
                subtract(totals, &known.names);
            }
            let names: Vec<(Arc<str>, u32)> = unnamed::of_brief(linked, edition)
                .into_iter()
                .map(|(name, n)| match totals.get_key_value(&*name) {
                    Some((shared, _)) => (Arc::clone(shared), n),
                    None => (Arc::from(&*name), n),
                })
                .collect();
            for (name, n) in &names {
                *totals.entry(Arc::clone(name)).or_default() += n;
            }
            let text = Arc::clone(&document.text);
            let found = Arc::clone(&linked.text.found);
            let brief = CountedBrief { text, found, names, round: *round };
            briefs.insert(Arc::clone(&document.path), brief);
        }
        briefs.retain(|_, brief| {
            let is_there = brief.round == *round;
            if !is_there {
                subtract(totals, &brief.names);
            }
            is_there
        });
        Arc::clone(&known.totals)
    }
}

fn subtract(totals: &mut BTreeMap<Arc<str>, u32>, names: &[(Arc<str>, u32)]) {
    for (name, n) in names {
        if let Some(total) = totals.get_mut(name) {
            *total = total.saturating_sub(*n);
            if *total == 0 {
                totals.remove(name);
            }
        }
    }
}

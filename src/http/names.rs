//! The entities that the registry lacks, kept from edit to edit.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::link::edition::Edition;
use crate::link::suggest::entities::{SuggestedEntity, new_entities};
use crate::link::suggest::sightings::{Sighting, Sightings, SmallWords};
use crate::link::text::FoundInText;
use crate::link::texts::TextIdx;
use crate::parallel;

/// The names over the whole book. Kept for each text as long as it and its mentions are the
/// same values, so that after an edit one text is read, not all.
#[derive(Default)]
pub(super) struct MissingNames(Mutex<KnownNames>);

#[derive(Default)]
struct KnownNames {
    texts: HashMap<Arc<str>, KnownText>,
    /// The words that texts write small. One that a text no longer has stays a word.
    small: SmallWords,
    round: u64,
}

struct KnownText {
    text: Arc<str>,
    found: Arc<FoundInText>,
    names: Arc<[Sighting]>,
    round: u64,
}

impl MissingNames {
    /// The entities that an edition suggests, as `dateline suggest` does.
    pub(super) fn of(&self, edition: &Edition) -> Vec<SuggestedEntity> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let KnownNames { texts, small, round } = &mut *known;
        *round += 1;
        let all: Vec<TextIdx> = edition.texts.all().collect();
        let is_known = |idx: &TextIdx| {
            let known = texts.get(&edition.document(*idx).path);
            known.is_some_and(|it| {
                Arc::ptr_eq(&it.text, &edition.document(*idx).text)
                    && Arc::ptr_eq(&it.found, &edition.text(*idx).found)
            })
        };
        let new: Vec<TextIdx> = all.iter().copied().filter(|it| !is_known(it)).collect();
        let sightings = parallel::map(&new, |idx| Sightings::of(edition, *idx));
        for (idx, sightings) in new.into_iter().zip(sightings) {
            small.extend(&sightings.small);
            let (document, linked) = (edition.document(idx), edition.text(idx));
            let text = KnownText {
                text: Arc::clone(&document.text),
                found: Arc::clone(&linked.found),
                names: sightings.names.into(),
                round: 0,
            };
            texts.insert(Arc::clone(&document.path), text);
        }
        let mut seen = Vec::with_capacity(all.len());
        for idx in all {
            if let Some(known) = texts.get_mut(&edition.document(idx).path) {
                known.round = *round;
                seen.push((idx, Arc::clone(&known.names)));
            }
        }
        texts.retain(|_, text| text.round == *round);
        new_entities(edition, &seen, small)
    }
}

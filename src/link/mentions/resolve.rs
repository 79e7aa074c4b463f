//! The longest name at each place, and whose it is.

use std::collections::BTreeMap;

use crate::link::mentions::evidence::Evidence;
use crate::link::mentions::scan::Scanned;
use crate::link::mentions::{
    Ambiguous, Candidate, Context, Found, Holders, Meaning, Mention, MentionRule,
    Refusal, Weight, address, bounds,
};
use crate::link::registry::fold::folded;

/// Applies what was settled by hand, also for names that the registry lacks.
pub(super) fn settle(context: &Context<'_>, scanned: &mut Scanned<'_>) {
    for (name, meaning) in context.settled {
        let name = folded(name);
        if name.is_empty() {
            continue;
        }
        let finder = memchr::memmem::Finder::new(&name);
        let mut refused = Vec::new();
        for (at, scene) in (0..).zip(&scanned.passages) {
            let text = scene.text();
            for start in finder.find_iter(text.as_bytes()) {
                let end = start + name.len();
                if bounds::whole(context.language, text, start, end).is_none() {
                    continue;
                }
                if address::touches(&scene.addresses, start, end) {
                    refused.push((at, start, end));
                    continue;
                }
                scanned.candidates.push(Candidate {
                    passage: at,
                    start,
                    end,
                    rule: MentionRule::Settled,
                    holders: match meaning {
                        Meaning::Entity(entity) => Holders::One(*entity),
                        Meaning::None => Holders::Nobody,
                    },
                    is_full: false,
                    weight: Weight::Settled,
                });
            }
        }
        for (passage, start, end) in refused {
            scanned.refuse(passage, start, end, Refusal::Address);
        }
    }
}

/// The longest name at each place; a shared one goes to whom the text shows.
pub(super) fn resolve(mut scanned: Scanned<'_>, evidence: &Evidence) -> Found {
    let mut candidates = std::mem::take(&mut scanned.candidates);
    candidates.sort_by(|a, b| {
        let place = (a.passage, a.start).cmp(&(b.passage, b.start));
        place
            .then(b.end.cmp(&a.end))
            .then(b.weight.cmp(&a.weight))
            .then(a.rule.cmp(&b.rule))
    });
    let mut found =
        Found { refused: std::mem::take(&mut scanned.refused), ..Found::default() };
    let mut taken = (u32::MAX, 0);
    let mut reported: BTreeMap<String, usize> = BTreeMap::new();
    for candidate in candidates {
        if candidate.passage == taken.0 && candidate.start < taken.1 {
            continue;
        }
        taken = (candidate.passage, candidate.end);
        let passage = &scanned.passages[candidate.passage as usize];
        let (start, end) = passage.folded.in_passage(candidate.start, candidate.end);
        let entity = match &candidate.holders {
            Holders::Nobody => continue,
            Holders::One(only) => *only,
            Holders::Several(several) => {
                let shown = evidence.among(several);
                let [only] = shown[..] else {
                    let name = scanned.surface(&candidate);
                    if let Some(at) = reported.get(name) {
                        found.ambiguous[*at].count += 1;
                        continue;
                    }
                    reported.insert(name.to_owned(), found.ambiguous.len());
                    let candidates =
                        if shown.is_empty() { several.clone() } else { shown.into() };
                    let passage = candidate.passage;
                    found.ambiguous.push(Ambiguous {
                        passage,
                        start,
                        end,
                        candidates,
                        count: 1,
                    });
                    continue;
                };
                only
            }
        };
        let (passage, rule) = (candidate.passage, candidate.rule);
        found.mentions.push(Mention { passage, start, end, entity, rule });
    }
    found
}

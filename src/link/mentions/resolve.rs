//! The longest name at each place, and whose it is.

use std::collections::BTreeMap;

use crate::link::mentions::evidence::Evidence;
use crate::link::mentions::refusal::NameRefusal;
use crate::link::mentions::rule::MentionRule;
use crate::link::mentions::scan::Scanned;
use crate::link::mentions::terms::{
    Ambiguous, Candidate, Context, FoundNames, Holders, Meaning, Mention, Weight,
};
use crate::link::mentions::{address, bounds};
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
            scanned.refuse(passage, start, end, NameRefusal::Address);
        }
    }
}

/// Of several names for the same words the one that counts: the short form of somebody who
/// is in the text goes before an alias or a name of one word of somebody who is not.
fn tie<'c>(
    scanned: &Scanned<'_>,
    here: &'c [Candidate],
    evidence: &Evidence,
) -> &'c Candidate {
    let first = &here[0];
    let is_same = |it: &&Candidate| {
        (it.passage, it.start, it.end) == (first.passage, first.start, first.end)
    };
    let is_weak = first.weight == Weight::Registered
        && !first.rule.is_short_form()
        && (first.rule == MentionRule::Alias || !scanned.surface(first).contains(' '));
    if !is_weak || !evidence.among(first.holders.as_slice()).is_empty() {
        return first;
    }
    let mut others = here.iter().take_while(is_same);
    others.find(|it| it.rule.is_short_form()).unwrap_or(first)
}

/// Whether a name is `City, State` and both of them are registered: then it is two links.
fn is_place_in_place(scanned: &Scanned<'_>, here: &[Candidate]) -> bool {
    let whole = &here[0];
    let Some(comma) = scanned.surface(whole).find(", ") else { return false };
    let Holders::One(entity) = whole.holders else { return false };
    if whole.weight != Weight::Registered {
        return false;
    }
    let comma = whole.start + comma;
    let within = here[1..].iter();
    let within =
        within.take_while(|it| it.passage == whole.passage && it.start < whole.end);
    let is_city = |it: &Candidate| {
        it.start == whole.start
            && it.end == comma
            && it.holders.as_slice().contains(&entity)
    };
    let is_state = |it: &Candidate| it.start == comma + 2 && it.end == whole.end;
    within.clone().any(is_city) && within.clone().any(is_state)
}

/// The longest name at each place; a shared one goes to whom the text shows.
pub(super) fn resolve(mut scanned: Scanned<'_>, evidence: &Evidence) -> FoundNames {
    let mut candidates = std::mem::take(&mut scanned.candidates);
    candidates.sort_by(|a, b| {
        let place = (a.passage, a.start).cmp(&(b.passage, b.start));
        place
            .then(b.end.cmp(&a.end))
            .then(b.weight.cmp(&a.weight))
            .then(a.rule.cmp(&b.rule))
    });
    let mut found = FoundNames {
        refused: std::mem::take(&mut scanned.refused),
        ..FoundNames::default()
    };
    let mut taken = (u32::MAX, 0);
    let mut reported: BTreeMap<String, usize> = BTreeMap::new();
    for at in 0..candidates.len() {
        let candidate = &candidates[at];
        if candidate.passage == taken.0 && candidate.start < taken.1 {
            continue;
        }
        if is_place_in_place(&scanned, &candidates[at..]) {
            continue;
        }
        let candidate = tie(&scanned, &candidates[at..], evidence);
        taken = (candidate.passage, candidate.end);
        let passage = &scanned.passages[candidate.passage as usize];
        let (start, end) = passage.folded.in_passage(candidate.start, candidate.end);
        let entity = match &candidate.holders {
            Holders::Nobody => continue,
            Holders::One(only) => *only,
            Holders::Several(several) => {
                let shown = evidence.among(several);
                let [only] = shown[..] else {
                    let name = scanned.surface(candidate);
                    if let Some(at) = reported.get(name) {
                        found.ambiguous[*at].count += 1;
                        continue;
                    }
                    reported.insert(name.to_owned(), found.ambiguous.len());
                    let candidates =
                        if shown.is_empty() { several.clone() } else { shown.into() };
                    let passage = candidate.passage;
                    found.ambiguous.push(Ambiguous {
                        name: name.into(),
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

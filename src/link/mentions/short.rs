//! The short forms that hold in one text: surnames after full names, acronyms after the
//! parentheses that gave them.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::link::mentions::evidence::{Evidence, Place};
use crate::link::mentions::longer::Surroundings;
use crate::link::mentions::scan::{Scanned, Scene};
use crate::link::mentions::{
    Candidate, Context, Holders, MentionRule, Refusal, Weight, address, bounds, common,
};
use crate::link::registry::fold::folded;
use crate::link::registry::surnames::surnames;
use crate::link::registry::{EntityIdx, Registry};
use crate::parse::entity::EntityKind;

/// A short form, and whose it is from where on.
struct Form {
    text: String,
    rule: MentionRule,
    holders: Vec<(EntityIdx, Place)>,
}

/// A name that stands somewhere and is no mention.
type Refusals = Vec<(u32, usize, usize, Refusal)>;

/// Adds the places where short forms stand.
pub(super) fn add(
    registry: &Registry,
    evidence: &Evidence,
    context: &Context<'_>,
    scanned: &mut Scanned<'_>,
) {
    let forms = forms(registry, evidence);
    if forms.is_empty() {
        return;
    }
    let texts = forms.iter().map(|it| it.text.as_bytes());
    let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(texts);
    let Ok(automaton) = automaton else { return };
    let mut candidates = std::mem::take(&mut scanned.candidates);
    let mut from = 0;
    let mut added = Vec::new();
    let mut refused = Refusals::new();
    for at in (0..).take(scanned.passages.len()) {
        let n = candidates[from..].iter().take_while(|it| it.passage == at).count();
        let names = &candidates[from..from + n];
        from += n;
        let scene = &scanned.passages[at as usize];
        let mut here = places(&automaton, &forms, at, scene, context, &mut refused);
        if here.is_empty() {
            continue;
        }
        let all = here.iter().chain(names);
        let around = Surroundings::of(registry, context.language, &scene.folded, all);
        here.retain(|it| {
            let why = match it.rule {
                MentionRule::Acronym => None,
                _ => around.refusal(it),
            };
            refused.extend(why.map(|why| (at, it.start, it.end, why)));
            why.is_none()
        });
        added.append(&mut here);
    }
    common::drop_common_surnames(context, scanned, &candidates, &mut added, &mut refused);
    candidates.append(&mut added);
    scanned.candidates = candidates;
    for (passage, start, end, why) in refused {
        scanned.refuse(passage, start, end, why);
    }
}

/// Where the short forms stand in a passage as whole words.
fn places(
    automaton: &AhoCorasick,
    forms: &[Form],
    at: u32,
    scene: &Scene<'_>,
    context: &Context<'_>,
    refused: &mut Refusals,
) -> Vec<Candidate> {
    let text = scene.text();
    let mut here = Vec::new();
    for found in automaton.find_overlapping_iter(text) {
        let form = &forms[found.pattern().as_usize()];
        let after = |(_, from): &&(EntityIdx, Place)| (at, found.start()) >= *from;
        let holders: Vec<EntityIdx> =
            form.holders.iter().filter(after).map(|(it, _)| *it).collect();
        let (start, end) = (found.start(), found.end());
        if holders.is_empty()
            || bounds::whole(context.language, text, start, end).is_none()
        {
            continue;
        }
        if address::touches(&scene.addresses, start, end) {
            refused.push((at, start, end, Refusal::Address));
            continue;
        }
        if scene.is_date(start, end) {
            refused.push((at, start, end, Refusal::Date));
            continue;
        }
        let is_acronym = form.rule == MentionRule::Acronym;
        here.push(Candidate {
            passage: at,
            start,
            end,
            rule: form.rule,
            holders: Holders::of(&holders),
            is_full: false,
            weight: if is_acronym { Weight::Explained } else { Weight::Registered },
        });
    }
    here
}

/// The short forms of a text, by text.
fn forms(registry: &Registry, evidence: &Evidence) -> Vec<Form> {
    let mut forms: BTreeMap<(String, MentionRule), Vec<(EntityIdx, Place)>> =
        BTreeMap::new();
    for (entity, place) in &evidence.present {
        let named = registry.entity(*entity);
        if named.kind != EntityKind::Person {
            continue;
        }
        for surname in surnames(&folded(&named.name)) {
            let mut add = |form: String| {
                let holders = forms.entry((form, MentionRule::Surname)).or_default();
                holders.push((*entity, *place));
            };
            // A particle takes a capital where a sentence begins: `Von der Leyen said`.
            if surname.starts_with(char::is_lowercase) {
                let mut chars = surname.chars();
                let first = chars.next().into_iter().flat_map(char::to_uppercase);
                add(first.chain(chars).collect());
            }
            add(surname.to_owned());
        }
    }
    for (acronym, entity, from) in &evidence.acronyms {
        let holders = forms.entry((acronym.clone(), MentionRule::Acronym)).or_default();
        match holders.iter_mut().find(|(it, _)| it == entity) {
            Some((_, first)) => *first = (*first).min(*from),
            None => holders.push((*entity, *from)),
        }
    }
    let forms = forms.into_iter();
    forms.map(|((text, rule), holders)| Form { text, rule, holders }).collect()
}

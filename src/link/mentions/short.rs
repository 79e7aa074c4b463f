//! The short forms that hold in one text: surnames, heads and last words after full names,
//! initials beside them, acronyms after the parentheses that gave them.

use std::borrow::Cow;
use std::ptr;

use crate::link::mentions::evidence::{Evidence, Place};
use crate::link::mentions::longer::Surroundings;
use crate::link::mentions::refusal::NameRefusal;
use crate::link::mentions::rule::MentionRule;
use crate::link::mentions::scan::Scanned;
use crate::link::mentions::scene::Scene;
use crate::link::mentions::search::FormSearch;
use crate::link::mentions::terms::{Candidate, Context, Holders, PassageKind, Weight};
use crate::link::mentions::{address, bounds, common};
use crate::link::registry::short_forms::{ShortForm, ShortFormKind};
use crate::link::registry::{EntityIdx, Registry};

/// A short form, and whose it is from where on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct HeldForm<'a> {
    text: &'a str,
    rule: MentionRule,
    entity: EntityIdx,
    from: Place,
}

/// A name that stands somewhere and is not a mention.
type Refusals = Vec<(u32, usize, usize, NameRefusal)>;

/// Adds the places where short forms stand.
pub(super) fn add(
    registry: &Registry,
    evidence: &Evidence,
    context: &Context<'_>,
    scanned: &mut Scanned<'_>,
) {
    let known = known(registry, evidence, context);
    let all = forms(&known, evidence, context);
    let forms: Vec<&[HeldForm<'_>]> =
        all.chunk_by(|a, b| (a.text, a.rule) == (b.text, b.rule)).collect();
    let Some(search) = FormSearch::of(forms.iter().map(|it| it[0].text)) else { return };
    let mut candidates = std::mem::take(&mut scanned.candidates);
    let mut from = 0;
    let mut added = Vec::new();
    let mut refused = Refusals::new();
    for at in (0..).take(scanned.passages.len()) {
        let n = candidates[from..].iter().take_while(|it| it.passage == at).count();
        let names = &candidates[from..from + n];
        from += n;
        let scene = &scanned.passages[at as usize];
        let mut here = places(&search, &forms, at, scene, context, &mut refused);
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
    search: &FormSearch<'_>,
    forms: &[&[HeldForm<'_>]],
    at: u32,
    scene: &Scene<'_>,
    context: &Context<'_>,
    refused: &mut Refusals,
) -> Vec<Candidate> {
    let text = scene.text();
    let mut here = Vec::new();
    search.each(text, |start, end, form| {
        // A headline may have the short form first, and so may a caption.
        let is_beside = scene.folded.kind != PassageKind::Text;
        let holds = |it: &&HeldForm<'_>| is_beside || (at, start) >= it.from;
        let holders: Vec<EntityIdx> =
            forms[form].iter().filter(holds).map(|it| it.entity).collect();
        let rule = forms[form][0].rule;
        let Some(whole) = bounds::whole(context.language, text, start, end)
            .filter(|_| !holders.is_empty())
        else {
            return;
        };
        let end = whole.end;
        if address::touches(&scene.addresses, start, end) {
            refused.push((at, start, end, NameRefusal::Address));
            return;
        }
        if scene.is_date(start, end) {
            refused.push((at, start, end, NameRefusal::Date));
            return;
        }
        let is_acronym = rule == MentionRule::Acronym;
        here.push(Candidate {
            passage: at,
            start,
            end,
            rule,
            holders: Holders::of(&holders),
            is_full: false,
            weight: if is_acronym { Weight::Explained } else { Weight::Registered },
        });
    });
    here
}

/// The short forms of those who are in a text, in their order.
fn known<'a>(
    registry: &'a Registry,
    evidence: &Evidence,
    context: &Context<'_>,
) -> Vec<Cow<'a, [ShortForm]>> {
    let is_of_book = ptr::eq(context.language, registry.language);
    let of = |entity| {
        if is_of_book {
            Cow::Borrowed(registry.short_forms(entity))
        } else {
            Cow::Owned(registry.short_forms_in(entity, context.language))
        }
    };
    evidence.present.keys().map(|it| of(*it)).collect()
}

/// The forms of a text by their words; of one entity each once, from where it holds first.
fn forms<'a>(
    known: &'a [Cow<'_, [ShortForm]>],
    evidence: &'a Evidence,
    context: &Context<'_>,
) -> Vec<HeldForm<'a>> {
    let mut forms = Vec::new();
    let is_on = |rule| !context.rules_off.has(rule);
    for ((entity, place), known) in evidence.present.iter().zip(known) {
        for form in known.iter() {
            let (rule, from) = match form.kind {
                ShortFormKind::Surname => (MentionRule::Surname, *place),
                ShortFormKind::Head => (MentionRule::Head, *place),
                ShortFormKind::LastWord => (MentionRule::LastWord, *place),
                // Initials may stand before the name: a headline has them.
                ShortFormKind::Initials => (MentionRule::Initials, (0, 0)),
            };
            if is_on(rule) {
                forms.push(HeldForm { text: &form.text, rule, entity: *entity, from });
            }
        }
    }
    if is_on(MentionRule::Acronym) {
        forms.extend(evidence.acronyms.iter().map(|(text, entity, from)| HeldForm {
            text,
            rule: MentionRule::Acronym,
            entity: *entity,
            from: *from,
        }));
    }
    forms.sort_unstable();
    forms.dedup_by_key(|it| (it.text, it.rule, it.entity));
    forms
}

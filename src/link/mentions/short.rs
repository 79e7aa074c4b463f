//! The short forms that hold in one text: surnames, heads and last words after full names,
//! initials beside them, acronyms after the parentheses that gave them.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::language::{Language, Names};
use crate::link::mentions::evidence::{Evidence, Place};
use crate::link::mentions::longer::Surroundings;
use crate::link::mentions::scan::{Scanned, Scene};
use crate::link::mentions::{
    Candidate, Context, Holders, MentionRule, PassageKind, Refusal, Weight, address,
    bounds, common,
};
use crate::link::registry::companies::without_form;
use crate::link::registry::fold::{folded, lowered};
use crate::link::registry::inflected;
use crate::link::registry::spellings::{is_own_word, letters, unmarked};
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
    let forms = forms(registry, evidence, context);
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
        // A headline may have the short form first, and so may a caption.
        let is_beside = scene.folded.kind != PassageKind::Text;
        let after =
            |(_, from): &&(EntityIdx, Place)| is_beside || (at, found.start()) >= *from;
        let holders: Vec<EntityIdx> =
            form.holders.iter().filter(after).map(|(it, _)| *it).collect();
        let start = found.start();
        let Some(whole) = bounds::whole(context.language, text, start, found.end())
            .filter(|_| !holders.is_empty())
        else {
            continue;
        };
        let end = whole.end;
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
fn forms(registry: &Registry, evidence: &Evidence, context: &Context<'_>) -> Vec<Form> {
    let mut forms = Forms::default();
    for (entity, place) in &evidence.present {
        let named = registry.entity(*entity);
        let name = folded(&named.name);
        match named.kind {
            EntityKind::Person => {
                for surname in family(&name, context.language) {
                    forms.add(surname, MentionRule::Surname, *entity, *place);
                }
            }
            EntityKind::Organization => {
                let is_free = |form: &String| {
                    let uses = registry.pattern(&lowered(form)).map(|it| &it.uses);
                    uses.is_none_or(|it| it.iter().all(|it| it.entity == *entity))
                };
                let head = head(&name, context.language).filter(is_free);
                let last = last_word(&name, context.language).filter(is_free);
                if let Some(form) = head {
                    forms.add(form, MentionRule::Head, *entity, *place);
                }
                if let Some(form) = last {
                    forms.add(form, MentionRule::LastWord, *entity, *place);
                }
                // Initials may stand before the name: a headline has them.
                if let Some(form) = letters(&name) {
                    forms.add(form, MentionRule::Initials, *entity, (0, 0));
                }
            }
            _ => {}
        }
    }
    for (acronym, entity, from) in &evidence.acronyms {
        forms.add(acronym.clone(), MentionRule::Acronym, *entity, *from);
    }
    let forms = forms.0.into_iter();
    forms
        .filter(|((_, rule), _)| !context.rules_off.has(*rule))
        .map(|((text, rule), holders)| Form { text, rule, holders })
        .collect()
}

/// Whose each short form is, and from where on.
#[derive(Default)]
struct Forms(BTreeMap<(String, MentionRule), Vec<(EntityIdx, Place)>>);

impl Forms {
    fn add(&mut self, text: String, rule: MentionRule, entity: EntityIdx, from: Place) {
        let holders = self.0.entry((text, rule)).or_default();
        match holders.iter_mut().find(|(it, _)| *it == entity) {
            Some((_, first)) => *first = (*first).min(from),
            None => holders.push((entity, from)),
        }
    }
}

/// The surnames of a person in all the forms that a text may have.
fn family(name: &str, language: &Language) -> Vec<String> {
    let mut family: Vec<String> = surnames(name).into_iter().map(str::to_owned).collect();
    let words: Vec<&str> = name.split(' ').collect();
    if let [first, _] | [first, _, _] = words[..]
        && Names::table().family_names.has(first)
    {
        family.push(first.to_owned()); // `Xi` of Xi Jinping
    }
    // Where the family name stands first, people are called by the last word.
    if let (true, [_, .., last]) = (language.family_name_first, &words[..])
        && last.chars().count() == 2
    {
        family.push((*last).to_owned());
    }
    let mut forms = Vec::new();
    for surname in family {
        forms.extend(unmarked(&surname));
        forms.extend(inflected::forms(&surname, language));
        // A particle takes a capital where a sentence begins: `Von der Leyen said`.
        if surname.starts_with(char::is_lowercase) {
            let mut chars = surname.chars();
            let first = chars.next().into_iter().flat_map(char::to_uppercase);
            forms.push(first.chain(chars).collect());
        }
        forms.push(surname);
    }
    forms
}

/// `Halden` of `Halden Group`; none where the rest is an everyday word or an adjective.
fn head(name: &str, language: &Language) -> Option<String> {
    let core = without_form(name).map_or(name, |(core, _)| core);
    let mut words: Vec<&str> = core.split(' ').collect();
    while words.len() > 1 && words.last().is_some_and(|it| language.tail_words.has(it)) {
        words.pop();
    }
    let head = words.join(" ");
    let is_shorter = head.len() < core.len();
    (is_shorter && (words.len() > 1 || is_own_word(&head, language))).then_some(head)
}

/// `Chargers` of `Norwick Chargers`: a plural that is no everyday word.
fn last_word(name: &str, language: &Language) -> Option<String> {
    let (rest, last) = name.rsplit_once(' ')?;
    let is_team = last.ends_with('s')
        && !last.ends_with("ss")
        && last.chars().count() >= 5
        && name.split(' ').all(|it| it.starts_with(char::is_uppercase))
        && !rest.is_empty()
        && !language.tail_words.has(last)
        && !language.plain_plurals.has(last)
        && is_own_word(last, language)
        && !Names::table().teams.has(last);
    is_team.then(|| last.to_owned())
}

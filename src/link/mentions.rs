//! Finding mentions: a closed registry and rules, no model.
//!
//! Four steps. *Scan*: one pass of the automaton gives every place where a name stands.
//! *Guard*: places that belong to a longer word or an unknown longer name are dropped.
//! *Evidence*: who is in the text by full name, which surnames and acronyms follow from
//! that. *Resolve*: the longest at each place; a shared name goes to whom the text shows,
//! else to nobody.

mod evidence;
mod guards;
mod longer;
mod plain;
mod view;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::link::registry::{EntityIdx, Pattern, Registry, Use, UseKind};
use evidence::Evidence;
pub use plain::passages_of_plain;
use view::FoldedPassage;

/// What a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassageKind {
    /// Running text.
    Text,
    /// A heading, in which capitals mean little.
    Heading,
}

/// One block of running text: markup removed, U+FFFC where something stands that no name
/// can cross.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'a> {
    /// The text.
    pub text: &'a str,
    /// What it is.
    pub kind: PassageKind,
}

/// What a name means where it was settled by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// This entity.
    Entity(EntityIdx),
    /// Nobody: it is not linked.
    None,
}

/// What is known before a text is read.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The day of the brief, for names that hold for a time.
    pub date: Option<Date>,
    /// What names mean in this text.
    pub settled: &'a BTreeMap<Box<str>, Meaning>,
    /// The entities linked by hand, which are in the text for sure.
    pub written: &'a [EntityIdx],
}

/// What was found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Names, in the order of the text, without overlap.
    pub mentions: Vec<Mention>,
    /// Names that could be several entities', each once, where it stands first.
    pub ambiguous: Vec<Ambiguous>,
}

/// A name and whose it is. Bytes of the passage's text; a possessive ending is not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The passage, as a position.
    pub passage: u32,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Whose name it is.
    pub entity: EntityIdx,
    /// How it was found.
    pub rule: MentionRule,
}

/// A name that could be several entities'.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ambiguous {
    /// The passage, as a position.
    pub passage: u32,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Whose it could be.
    pub candidates: Vec<EntityIdx>,
}

/// How a mention was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MentionRule {
    /// By its name: `Marco Rubio`.
    Name,
    /// By another of its names: `TdA`.
    Alias,
    /// By a name that held on the day: `Department of War`.
    DatedName,
    /// By a spelling that goes without saying: `U.S.` for `US`, no middle initial, no `Inc.`
    Variant,
    /// By its name with an initial that the registry lacks: `Marco A. Rubio`.
    Initial,
    /// By the surname, after the full name: `Rubio`.
    Surname,
    /// By an acronym that the text gave in parentheses: `(DEA)`.
    Acronym,
    /// By its name in capitals: `MEXICO CITY (AFP)`.
    AllCaps,
    /// As the front matter says.
    Settled,
}

impl MentionRule {
    /// The name of the rule, in kebab case.
    pub fn as_str(self) -> &'static str {
        match self {
            MentionRule::Name => "name",
            MentionRule::Alias => "alias",
            MentionRule::DatedName => "dated-name",
            MentionRule::Variant => "variant",
            MentionRule::Initial => "initial",
            MentionRule::Surname => "surname",
            MentionRule::Acronym => "acronym",
            MentionRule::AllCaps => "all-caps",
            MentionRule::Settled => "settled",
        }
    }
}

/// A place where a name stands, in folded bytes of its passage, and whose it may be.
#[derive(Clone, Debug)]
struct Candidate {
    passage: u32,
    start: usize,
    end: usize,
    rule: MentionRule,
    /// Empty for a name that is settled to be nobody's.
    entities: Vec<EntityIdx>,
    /// Whether it is surely the full name of its entity.
    is_full: bool,
    /// What goes first of two in one place.
    weight: Weight,
}

/// What goes first of two names of equal length, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// What the registry says.
    Registered,
    /// An acronym that the text itself explains.
    Explained,
    /// What the front matter settles.
    Settled,
}

/// Finds the names in a text.
pub fn find(
    registry: &Registry,
    passages: &[Passage<'_>],
    context: &Context<'_>,
) -> Found {
    let folded: Vec<FoldedPassage<'_>> =
        passages.iter().map(FoldedPassage::new).collect();
    let mut candidates = Vec::new();
    for (at, passage) in (0..).zip(&folded) {
        scan(registry, at, passage, context, &mut candidates);
    }
    guards::common_words(registry.language, &folded, &mut candidates);
    let evidence = Evidence::collect(registry, &folded, &candidates, context);
    evidence.follow(registry, &folded, &mut candidates);
    settle(&folded, context, &mut candidates);
    resolve(candidates, &folded, &evidence)
}

/// The places of one passage where a name stands and no guard objects.
fn scan(
    registry: &Registry,
    at: u32,
    passage: &FoldedPassage<'_>,
    context: &Context<'_>,
    candidates: &mut Vec<Candidate>,
) {
    let text = passage.text();
    for (start, end, pattern) in registry.scan(text) {
        if !guards::is_whole(text, start, end) || guards::is_in_address(text, start, end)
        {
            continue;
        }
        let Some((rule, entities, is_full)) = holders(pattern, context.date) else {
            continue;
        };
        if pattern.is_shouted && !guards::is_shouting(passage, start, end) {
            continue;
        }
        let end = guards::with_form(registry, text, end, &entities);
        let is_full = is_full && (!pattern.is_one_word || pattern.is_acronym);
        candidates.push(Candidate {
            passage: at,
            start,
            end,
            rule,
            entities,
            is_full,
            weight: Weight::Registered,
        });
    }
    evidence::initials(registry, at, text, candidates);
    longer::drop_parts(registry, passage, at, candidates);
}

/// Whose a pattern is on the day, and by which rule.
fn holders(
    pattern: &Pattern,
    date: Option<Date>,
) -> Option<(MentionRule, Vec<EntityIdx>, bool)> {
    let holds = |it: &&Use| date.is_none_or(|date| it.period.contains(date));
    let uses = pattern.uses.iter().filter(holds);
    let mut entities: Vec<EntityIdx> = uses.clone().map(|it| it.entity).collect();
    entities.dedup();
    let kind = uses.clone().map(|it| it.kind).min()?;
    let rule = match kind {
        UseKind::Name => MentionRule::Name,
        UseKind::Dated => MentionRule::DatedName,
        UseKind::Alias => MentionRule::Alias,
        UseKind::Variant => MentionRule::Variant,
        UseKind::Shouted => MentionRule::AllCaps,
    };
    let is_full = entities.len() == 1 && kind != UseKind::Alias;
    Some((rule, entities, is_full))
}

/// Applies what the front matter settles, also for names that the registry lacks.
fn settle(
    passages: &[FoldedPassage<'_>],
    context: &Context<'_>,
    all: &mut Vec<Candidate>,
) {
    for (name, meaning) in context.settled {
        let name = crate::link::registry::fold::folded(name);
        for (at, passage) in (0..).zip(passages) {
            let text = passage.text();
            for (start, _) in text.match_indices(name.as_str()) {
                let end = start + name.len();
                if name.is_empty() || !guards::is_whole(text, start, end) {
                    continue;
                }
                let entities = match meaning {
                    Meaning::Entity(entity) => vec![*entity],
                    Meaning::None => Vec::new(),
                };
                let rule = MentionRule::Settled;
                all.push(Candidate {
                    passage: at,
                    start,
                    end,
                    rule,
                    entities,
                    is_full: false,
                    weight: Weight::Settled,
                });
            }
        }
    }
}

/// The longest name at each place; a shared one goes to whom the text shows.
fn resolve(
    mut candidates: Vec<Candidate>,
    passages: &[FoldedPassage<'_>],
    evidence: &Evidence,
) -> Found {
    candidates.sort_by(|a, b| {
        let place = (a.passage, a.start).cmp(&(b.passage, b.start));
        place
            .then(b.end.cmp(&a.end))
            .then(b.weight.cmp(&a.weight))
            .then(a.rule.cmp(&b.rule))
    });
    let mut found = Found::default();
    let mut taken = (u32::MAX, 0);
    let mut reported: Vec<String> = Vec::new();
    for candidate in candidates {
        if candidate.passage == taken.0 && candidate.start < taken.1 {
            continue;
        }
        taken = (candidate.passage, candidate.end);
        let passage = &passages[candidate.passage as usize];
        let (start, end) = passage.in_passage(candidate.start, candidate.end);
        let entity = match candidate.entities[..] {
            [] => continue,
            [only] => only,
            ref several => {
                let shown = evidence.among(several);
                let [only] = shown[..] else {
                    let name = &passage.text()[candidate.start..candidate.end];
                    if !reported.iter().any(|it| it == name) {
                        reported.push(name.to_owned());
                        found.ambiguous.push(Ambiguous {
                            passage: candidate.passage,
                            start,
                            end,
                            candidates: if shown.is_empty() {
                                several.to_vec()
                            } else {
                                shown
                            },
                        });
                    }
                    continue;
                };
                only
            }
        };
        let passage = candidate.passage;
        found.mentions.push(Mention {
            passage,
            start,
            end,
            entity,
            rule: candidate.rule,
        });
    }
    found
}

#[cfg(test)]
mod tests;

//! The places where names of the registry stand and no guard objects.

use std::collections::HashSet;

use crate::language::Language;
use crate::link::mentions::case::{Case, capitalized, case};
use crate::link::mentions::longer::Surroundings;
use crate::link::mentions::refusal::NameRefusal;
use crate::link::mentions::rule::MentionRule;
use crate::link::mentions::scene::Scene;
use crate::link::mentions::terms::{
    Candidate, Context, Holders, RefusedName, SearchedPassage, Weight,
};
use crate::link::mentions::view::FoldedPassage;
use crate::link::mentions::{address, endings, initials, nested, shouting};
use crate::link::registry::companies::form_after;
use crate::link::registry::{EntityIdx, Pattern, Registry, Use, UseKind};
use crate::parse::entity::EntityKind;
use crate::span::narrow;

/// A text as it was scanned: its passages, and the places where names stand.
pub(super) struct Scanned<'a> {
    pub(super) passages: Vec<Scene<'a>>,
    /// By passage.
    pub(super) candidates: Vec<Candidate>,
    pub(super) refused: Vec<RefusedName>,
    /// Names of one word that the text also has without a capital, in lower case.
    pub(super) seen_small: HashSet<Box<str>>,
}

impl<'a> Scanned<'a> {
    /// Scans the passages of a text.
    pub(super) fn of(
        registry: &Registry,
        passages: &'a [SearchedPassage<'a>],
        context: &Context<'_>,
    ) -> Scanned<'a> {
        let scenes = passages.iter().map(|passage| {
            let folded = FoldedPassage::new(passage);
            let addresses = address::stretches(folded.text());
            Scene { folded, addresses, dates: passage.dates }
        });
        let mut scanned = Scanned {
            passages: scenes.collect(),
            candidates: Vec::new(),
            refused: Vec::new(),
            seen_small: HashSet::new(),
        };
        for at in 0..scanned.passages.len() {
            scanned.scan(registry, at, context);
        }
        scanned
    }

    /// The folded text of a passage.
    pub(super) fn text(&self, passage: u32) -> &str {
        self.passages[passage as usize].text()
    }

    /// The words of a candidate.
    pub(super) fn surface(&self, it: &Candidate) -> &str {
        &self.text(it.passage)[it.start..it.end]
    }

    fn scan(&mut self, registry: &Registry, at: usize, context: &Context<'_>) {
        let passage = narrow(at);
        let scene = &self.passages[at];
        let text = scene.text();
        let mut here = Vec::new();
        let mut refused: Vec<(usize, usize, NameRefusal)> = Vec::new();
        for place in nested::longest(registry, context.language, text) {
            let surface = &text[place.start..place.end];
            let Some(held) = Held::of(place.pattern, surface, registry, context) else {
                if !surface.starts_with(char::is_uppercase) && !surface.contains(' ') {
                    self.seen_small.insert(surface.into());
                }
                continue;
            };
            if let Err(why) = held.check(scene, place.start, place.end, context.language)
            {
                refused.extend(why.map(|why| (place.start, place.end, why)));
                continue;
            }
            let is_inflected = place.whole.is_inflected;
            if is_inflected && context.rules_off.has(MentionRule::Ending) {
                continue;
            }
            let end = with_form(registry, text, place.whole.end, &held.holders);
            here.push(Candidate {
                passage,
                start: place.start,
                end,
                rule: if is_inflected { MentionRule::Ending } else { held.rule },
                is_full: held.is_full && (surface.contains(' ') || is_acronym(surface)),
                holders: held.holders,
                weight: Weight::Registered,
            });
        }
        if std::ptr::eq(context.language, registry.language) {
            endings::find(registry, passage, scene, context, &mut here);
        }
        if !context.rules_off.has(MentionRule::Initial) {
            let (here, refused) = (&mut here, &mut refused);
            initials::find(registry, context.language, passage, text, here, refused);
        }
        if !here.is_empty() {
            let surroundings =
                Surroundings::of(registry, context.language, &scene.folded, here.iter());
            here.retain(|it| {
                let why = surroundings.refusal(it);
                refused.extend(why.map(|why| (it.start, it.end, why)));
                why.is_none()
            });
            self.candidates.append(&mut here);
        }
        for (start, end, why) in refused {
            self.refuse(passage, start, end, why);
        }
    }

    /// Notes that a name which stands somewhere is not a mention.
    pub(super) fn refuse(
        &mut self,
        passage: u32,
        start: usize,
        end: usize,
        why: NameRefusal,
    ) {
        let (start, end) = self.passages[passage as usize].folded.in_passage(start, end);
        self.refused.push(RefusedName { passage, start, end, why });
    }
}

/// Whose the words at a place are.
struct Held {
    rule: MentionRule,
    holders: Holders,
    is_full: bool,
    is_in_time: bool,
}

impl Held {
    /// Whose a pattern is as it is spelled here, on the day; `None` if its capitals say that
    /// it is another word.
    fn of(
        pattern: &Pattern,
        surface: &str,
        registry: &Registry,
        context: &Context<'_>,
    ) -> Option<Held> {
        let spelled = |it: &Use| {
            let kind = registry.entity(it.entity).kind;
            let case = case(surface, it, kind, context.language)?;
            (!context.rules_off.has(rule_of(case, it.kind))).then_some(case)
        };
        let holds = |it: &Use| context.date.is_none_or(|date| it.period.contains(date));
        // Nearly every pattern is one name of one entity.
        if let [only] = &pattern.uses[..] {
            let case = spelled(only)?;
            return Some(if holds(only) {
                Held::by(case, only.kind, Holders::One(only.entity))
            } else {
                Held::at_another_time()
            });
        }
        let cases: Vec<Option<Case>> = pattern.uses.iter().map(spelled).collect();
        let best = cases.iter().flatten().min()?;
        let uses = || {
            let uses = pattern.uses.iter().zip(&cases);
            let best = uses.filter(|(it, case)| case.as_ref() == Some(best) && holds(it));
            best.map(|(it, _)| it)
        };
        let Some(kind) = uses().map(|it| it.kind).min() else {
            return Some(Held::at_another_time());
        };
        let mut entities: Vec<EntityIdx> = uses().map(|it| it.entity).collect();
        entities.dedup();
        Some(Held::by(*best, kind, Holders::of(&entities)))
    }

    fn by(case: Case, kind: UseKind, holders: Holders) -> Held {
        let is_one = matches!(holders, Holders::One(_));
        let is_full = is_one && !matches!(kind, UseKind::Alias | UseKind::Initials);
        Held { rule: rule_of(case, kind), is_full, holders, is_in_time: true }
    }

    fn at_another_time() -> Held {
        let (rule, holders) = (MentionRule::DatedName, Holders::Nobody);
        Held { rule, holders, is_full: false, is_in_time: false }
    }

    /// Whether the words are a name where they stand; the reason, if it is worth one.
    fn check(
        &self,
        scene: &Scene<'_>,
        start: usize,
        end: usize,
        language: &Language,
    ) -> Result<(), Option<NameRefusal>> {
        let text = scene.text();
        // Three letters in capitals may be an acronym of something else, and a word that is
        // common may only be said aloud.
        let surface = &text[start..end];
        let is_plain_enough = || {
            surface.chars().filter(|c| c.is_alphabetic()).count() >= 4
                && !language.common_words.has(&capitalized(surface))
        };
        if self.rule == MentionRule::AllCaps
            && !is_plain_enough()
            && !shouting::is_shouting(&scene.folded, start, end)
        {
            return Err(None);
        }
        // `UN HOMME` in a line of capitals is no United Nations.
        if self.rule == MentionRule::Initials
            && surface.len() <= 3
            && !text.contains(char::is_lowercase)
        {
            return Err(None);
        }
        if address::hides(&scene.addresses, text, start..end) {
            return Err(Some(NameRefusal::Address));
        }
        // A date goes before a name of one word and before an alias.
        let is_weak = !text[start..end].contains(' ') || self.rule == MentionRule::Alias;
        if is_weak && scene.is_date(start, end) {
            return Err(Some(NameRefusal::Date));
        }
        if !self.is_in_time {
            return Err(Some(NameRefusal::OtherTime));
        }
        // `They drone on`: a thing of the same letters is not meant.
        let before = text[..start].trim_end().rsplit(' ').next().unwrap_or("");
        if surface.starts_with(char::is_lowercase)
            && language.before_verbs.has(&before.to_lowercase())
        {
            return Err(Some(NameRefusal::Verb));
        }
        Ok(())
    }
}

/// The rule by which a name of some kind is found in some spelling.
fn rule_of(case: Case, kind: UseKind) -> MentionRule {
    match (case, kind) {
        (Case::Shouted, _) => MentionRule::AllCaps,
        (Case::Other, _) => MentionRule::Case,
        (_, UseKind::Dated) => MentionRule::DatedName,
        (_, UseKind::Alias) => MentionRule::Alias,
        (Case::Same, UseKind::Name) => MentionRule::Name,
        (_, UseKind::Marks) => MentionRule::Marks,
        (_, UseKind::Nickname) => MentionRule::Nickname,
        (_, UseKind::Core) => MentionRule::Core,
        (_, UseKind::Initials) => MentionRule::Initials,
        (_, UseKind::Name | UseKind::Variant) => MentionRule::Variant,
    }
}

/// Two to six capitals, as `US` or `NATO`.
fn is_acronym(surface: &str) -> bool {
    (2..=6).contains(&surface.chars().count())
        && surface.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '&' | '-'))
}

/// The end of a company's name with the legal form behind it: `Acme Rail, Inc.`
fn with_form(registry: &Registry, text: &str, end: usize, holders: &Holders) -> usize {
    let [only] = holders.as_slice() else { return end };
    if registry.entity(*only).kind != EntityKind::Organization {
        return end;
    }
    // The point of `Inc.` at the end of a sentence is the form's.
    form_after(&text[end..]).map_or(end, |(len, _)| end + len)
}

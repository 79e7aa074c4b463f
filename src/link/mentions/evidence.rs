//! Who is in a text for sure, and the short names that follow from it.

use memchr::memmem::{self, Finder};

use crate::link::mentions::guards;
use crate::link::mentions::view::FoldedPassage;
use crate::link::mentions::{Candidate, Context, MentionRule, Weight, longer};
use crate::link::registry::fold::folded;
use crate::link::registry::surnames::{is_initial, surnames};
use crate::link::registry::{EntityIdx, Registry};
use crate::parse::entity::EntityKind;

/// Who is in a text for sure.
pub(super) struct Evidence {
    /// By full name or by hand, each with the place from which on.
    present: Vec<(EntityIdx, Place)>,
    /// Acronyms given in parentheses: the letters, whose they are, and from where on.
    acronyms: Vec<(String, EntityIdx, Place)>,
}

/// A passage and a byte in it.
type Place = (u32, usize);

impl Evidence {
    /// Reads the evidence of a text.
    pub(super) fn collect(
        registry: &Registry,
        passages: &[FoldedPassage<'_>],
        candidates: &[Candidate],
        context: &Context<'_>,
    ) -> Evidence {
        let mut evidence = Evidence { present: Vec::new(), acronyms: Vec::new() };
        for entity in context.written {
            evidence.add(*entity, (0, 0));
        }
        for it in candidates {
            let [entity] = it.entities[..] else { continue };
            let text = passages[it.passage as usize].text();
            let is_covered = candidates.iter().any(|other| {
                other.passage == it.passage
                    && other.start <= it.start
                    && it.end <= other.end
                    && other.end - other.start > it.end - it.start
            });
            if is_covered {
                continue;
            }
            if it.is_full {
                evidence.add(entity, (it.passage, it.end));
            }
            if let Some((acronym, end)) = acronym_after(registry, entity, text, it) {
                evidence.acronyms.push((acronym, entity, (it.passage, end)));
            }
        }
        evidence
    }

    fn add(&mut self, entity: EntityIdx, place: Place) {
        match self.present.iter_mut().find(|(it, _)| *it == entity) {
            Some((_, first)) => *first = place.min(*first),
            None => self.present.push((entity, place)),
        }
    }

    /// Those of some entities that are in the text for sure.
    pub(super) fn among(&self, entities: &[EntityIdx]) -> Vec<EntityIdx> {
        let is_present =
            |it: &&EntityIdx| self.present.iter().any(|(present, _)| present == *it);
        entities.iter().filter(is_present).copied().collect()
    }

    /// Adds surnames after full names, and acronyms after the parentheses that gave them.
    pub(super) fn follow(
        &self,
        registry: &Registry,
        passages: &[FoldedPassage<'_>],
        candidates: &mut Vec<Candidate>,
    ) {
        let before = candidates.len();
        for (surname, people) in self.surnames(registry) {
            let finder = Finder::new(&surname);
            for (at, passage) in (0..).zip(passages) {
                let text = passage.text();
                for start in finder.find_iter(text.as_bytes()) {
                    let end = start + surname.len();
                    let after = |(_, from): &&(EntityIdx, Place)| (at, start) >= *from;
                    let entities: Vec<EntityIdx> =
                        people.iter().filter(after).map(|(it, _)| *it).collect();
                    let is_free = !entities.is_empty()
                        && guards::is_whole(text, start, end)
                        && !guards::is_in_address(text, start, end);
                    if is_free {
                        let rule = MentionRule::Surname;
                        candidates.push(Candidate {
                            passage: at,
                            start,
                            end,
                            rule,
                            entities,
                            is_full: false,
                            weight: Weight::Registered,
                        });
                    }
                }
            }
        }
        guard_surnames(registry, passages, before, candidates);
        for (acronym, entity, from) in &self.acronyms {
            for (at, passage) in (0..).zip(passages) {
                let text = passage.text();
                for (start, _) in text.match_indices(acronym.as_str()) {
                    let end = start + acronym.len();
                    if (at, start) < *from || !guards::is_whole(text, start, end) {
                        continue;
                    }
                    let rule = MentionRule::Acronym;
                    let entities = vec![*entity];
                    candidates.push(Candidate {
                        passage: at,
                        start,
                        end,
                        rule,
                        entities,
                        is_full: false,
                        weight: Weight::Explained,
                    });
                }
            }
        }
    }

    /// The surnames of the people in the text, longest first, each with whose it is.
    fn surnames(&self, registry: &Registry) -> Vec<(String, Vec<(EntityIdx, Place)>)> {
        let mut all: Vec<(String, Vec<(EntityIdx, Place)>)> = Vec::new();
        for (entity, place) in &self.present {
            let named = registry.entity(*entity);
            if named.kind != EntityKind::Person {
                continue;
            }
            let name = folded(&named.name);
            for surname in surnames(&name) {
                match all.iter_mut().find(|(it, _)| it == surname) {
                    Some((_, people)) => people.push((*entity, *place)),
                    None => all.push((surname.to_owned(), vec![(*entity, *place)])),
                }
            }
        }
        all
    }
}

/// The guards for longer names, passage by passage, on the surnames that were added; a
/// surname that is also somebody's alias is shared by all of them.
fn guard_surnames(
    registry: &Registry,
    passages: &[FoldedPassage<'_>],
    before: usize,
    candidates: &mut Vec<Candidate>,
) {
    let added = candidates.split_off(before);
    if added.is_empty() {
        return;
    }
    let mut kept = Vec::new();
    for (at, passage) in (0..).zip(passages) {
        let mut here: Vec<Candidate> =
            added.iter().filter(|it| it.passage == at).cloned().collect();
        let names = candidates.iter().filter(|it| it.passage == at).cloned();
        let n_added = here.len();
        here.extend(names);
        if n_added > 0 {
            longer::drop_parts(registry, passage, at, &mut here);
            kept.extend(here.into_iter().filter(|it| it.rule == MentionRule::Surname));
        }
    }
    candidates.extend(kept);
}

/// The acronym in parentheses right behind a name, and where it ends: the initials of the
/// name's capitalized words, or one of its aliases.
fn acronym_after(
    registry: &Registry,
    entity: EntityIdx,
    text: &str,
    it: &Candidate,
) -> Option<(String, usize)> {
    let rest = text[it.end..].strip_prefix(" (")?;
    let close = rest.find(')')?;
    let acronym = &rest[..close];
    let is_acronym = (2..=8).contains(&acronym.len())
        && acronym.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '&' | '-'));
    let name = &text[it.start..it.end];
    let initials = |only_capitals: bool| -> String {
        let words = name.split([' ', '-']).filter_map(|word| word.chars().next());
        words
            .filter(|c| !only_capitals || c.is_uppercase())
            .flat_map(char::to_uppercase)
            .collect()
    };
    let letters: String = acronym.chars().filter(|c| c.is_alphabetic()).collect();
    let is_alias =
        registry.entity(entity).aliases.iter().any(|alias| &**alias == acronym);
    let fits = is_alias || letters == initials(true) || letters == initials(false);
    (is_acronym && name.contains(' ') && fits).then(|| (acronym.to_owned(), it.end + 2))
}

/// Finds `Marco A. Rubio` where the registry has `Marco Rubio`.
pub(super) fn initials(
    registry: &Registry,
    at: u32,
    text: &str,
    candidates: &mut Vec<Candidate>,
) {
    for point in memmem::find_iter(text.as_bytes(), ". ") {
        let Some(space) = text[..point].rfind(' ') else { continue };
        if !is_initial(&text[(space + 1)..=point]) {
            continue;
        }
        let given_start = text[..space]
            .rfind([' ', '(', '"', '\u{fffc}'])
            .map_or(0, |it| it + text[it..].chars().next().map_or(1, char::len_utf8));
        let given = &text[given_start..space];
        let rest = &text[point + 2..];
        // The longest name first: surnames of up to three words.
        let is_end = |c: char| !c.is_alphanumeric() && c != '-' && c != '\'';
        let mut ends: Vec<usize> =
            rest.match_indices(is_end).map(|(at, _)| at).take(3).collect();
        ends.push(rest.len());
        ends.truncate(3);
        for len in ends.into_iter().rev() {
            let surname = rest[..len].strip_suffix("'s").unwrap_or(&rest[..len]);
            let Some(pattern) = registry.pattern(&format!("{given} {surname}")) else {
                continue;
            };
            let [only] = pattern.uses[..] else { continue };
            let is_person = registry.entity(only.entity).kind == EntityKind::Person;
            let end = point + 2 + surname.len();
            if is_person
                && !pattern.is_shouted
                && guards::is_whole(text, given_start, end)
            {
                candidates.push(Candidate {
                    passage: at,
                    start: given_start,
                    end,
                    rule: MentionRule::Initial,
                    entities: vec![only.entity],
                    is_full: true,
                    weight: Weight::Registered,
                });
                break;
            }
        }
    }
}

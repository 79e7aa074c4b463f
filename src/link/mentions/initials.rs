//! Names with an initial that the registry lacks: `Marco A. Rubio`.

use memchr::memmem;

use crate::language::Language;
use crate::link::mentions::bounds;
use crate::link::mentions::refusal::NameRefusal;
use crate::link::mentions::rule::MentionRule;
use crate::link::mentions::terms::{Candidate, Holders, Weight};
use crate::link::registry::fold::{folded, lowered};
use crate::link::registry::surnames::{is_initial, without_generation};
use crate::link::registry::{EntityIdx, Registry};
use crate::parse::entity::EntityKind;
use crate::span::floor;

/// Finds `Marco A. Rubio` where the registry has `Marco Rubio`. An initial that contradicts
/// the registry's is another person's: `Walter A. Brandt` is not Walter Gordon Brandt.
pub(super) fn find(
    registry: &Registry,
    language: &Language,
    passage: u32,
    text: &str,
    candidates: &mut Vec<Candidate>,
    refused: &mut Vec<(usize, usize, NameRefusal)>,
) {
    for point in memmem::find_iter(text.as_bytes(), ". ") {
        let is_letter = |it: &u8| it.is_ascii_uppercase() || !it.is_ascii();
        if !text.as_bytes()[..point].last().is_some_and(is_letter) {
            continue;
        }
        // An initial is short: one letter, or a few with points.
        let near = floor(text, point.saturating_sub(12));
        let Some(space) = text[near..point].rfind(' ').map(|at| near + at) else {
            continue;
        };
        let initial = &text[(space + 1)..=point];
        if !is_initial(initial) {
            continue;
        }
        let given_start = start_of_word(text, space);
        let given = &text[given_start..space];
        let rest = &text[point + 2..];
        // The longest name first: surnames of up to three words.
        for len in ends_of_words(rest).into_iter().rev() {
            let Some(rest) = rest.get(..len) else { continue };
            let surname = rest.strip_suffix("'s").unwrap_or(rest);
            let Some(entity) = person(registry, &format!("{given} {surname}")) else {
                continue;
            };
            let end = point + 2 + surname.len();
            if bounds::whole(language, text, given_start, end).is_none() {
                continue;
            }
            if contradicts(registry, entity, initial) {
                refused.push((given_start, end, NameRefusal::OtherInitial));
                break;
            }
            candidates.push(Candidate {
                passage,
                start: given_start,
                end,
                rule: MentionRule::Initial,
                holders: Holders::One(entity),
                is_full: true,
                weight: Weight::Registered,
            });
            break;
        }
    }
}

/// Where the word begins that ends at a byte.
fn start_of_word(text: &str, end: usize) -> usize {
    let near = floor(text, end.saturating_sub(60));
    let before = text[near..end].rfind([' ', '(', '"', '\u{fffc}']);
    before.map_or(near, |it| {
        let width = text[near + it..].chars().next().map_or(1, char::len_utf8);
        near + it + width
    })
}

/// Where the first three words of a text end, the shortest stretch first.
fn ends_of_words(text: &str) -> Vec<usize> {
    let is_end = |c: char| !c.is_alphanumeric() && c != '-' && c != '\'';
    let mut ends: Vec<usize> =
        text.match_indices(is_end).map(|(at, _)| at).take(3).collect();
    ends.push(text.len().min(ends.last().map_or(usize::MAX, |it| it + 1)));
    ends.truncate(3);
    ends
}

/// The one person of exactly this name.
fn person(registry: &Registry, name: &str) -> Option<EntityIdx> {
    let pattern = registry.pattern(&lowered(name))?;
    let mut uses = pattern.uses.iter().filter(|it| &*it.spelled == name);
    let (only, None) = (uses.next()?, uses.next()) else { return None };
    let is_person = registry.entity(only.entity).kind == EntityKind::Person;
    is_person.then_some(only.entity)
}

/// Whether the registry knows middle names of a person, and the initial is none of theirs.
fn contradicts(registry: &Registry, person: EntityIdx, initial: &str) -> bool {
    let named = registry.entity(person);
    let mut knows_any = false;
    for name in [&named.name].into_iter().chain(&named.aliases) {
        let name = folded(name);
        let name = without_generation(&name).map_or(name.as_str(), |(core, _)| core);
        let words: Vec<&str> = name.split(' ').collect();
        let [_, middle @ .., _] = &words[..] else { continue };
        // A particle is part of the surname, and says nothing of what is before it.
        let mut middle = middle.iter().filter(|it| it.starts_with(char::is_uppercase));
        let first = initial.chars().next();
        let Some(next) = middle.next() else { continue };
        knows_any = true;
        if next.chars().next() == first || middle.any(|it| it.chars().next() == first) {
            return false;
        }
    }
    knows_any
}

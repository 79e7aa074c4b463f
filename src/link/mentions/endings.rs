//! Names with endings that change them: `Москве` for `Москва`.

use crate::link::mentions::address;
use crate::link::mentions::bounds::is_word;
use crate::link::mentions::rule::MentionRule;
use crate::link::mentions::scene::Scene;
use crate::link::mentions::terms::{Candidate, Context, Holders, Weight};
use crate::link::registry::fold::lowered;
use crate::link::registry::{EntityIdx, Registry, UseKind};

/// Finds the names of a passage that stand in an inflected form.
pub(super) fn find(
    registry: &Registry,
    passage: u32,
    scene: &Scene<'_>,
    context: &Context<'_>,
    candidates: &mut Vec<Candidate>,
) {
    if registry.inflected.is_empty() || context.rules_off.has(MentionRule::Ending) {
        return;
    }
    let text = scene.text();
    let small = lowered(text);
    let mut was_word = false;
    for (start, c) in text.char_indices() {
        let begins = !was_word && c.is_uppercase();
        was_word = is_word(c);
        if !begins {
            continue;
        }
        let mut found = registry.inflected.at(&small[start..]);
        let Some(longest) = found.iter().map(|(len, _)| *len).max() else { continue };
        found.retain(|(len, _)| *len == longest);
        let mut entities: Vec<EntityIdx> =
            found.iter().map(|(_, it)| it.entity).collect();
        entities.sort_unstable();
        entities.dedup();
        let end = start + longest;
        if address::touches(&scene.addresses, start, end) || scene.is_date(start, end) {
            continue;
        }
        let is_name = found.iter().all(|(_, it)| it.kind == UseKind::Name);
        candidates.push(Candidate {
            passage,
            start,
            end,
            rule: MentionRule::Ending,
            is_full: is_name && entities.len() == 1 && text[start..end].contains(' '),
            holders: Holders::of(&entities),
            weight: Weight::Registered,
        });
    }
}

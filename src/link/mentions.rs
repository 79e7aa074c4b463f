//! Finding mentions: a closed registry and rules, no model.
//!
//! Five steps, each of which takes time with the text and not with its square. *Scan*: one
//! pass of the automaton gives every place where a name stands. *Guard*: places that are
//! part of an address, a date, a longer word or an unknown longer name are refused.
//! *Evidence*: who is in the text by full name. *Short forms*: the surnames and acronyms
//! that follow from that. *Resolve*: the longest at each place; a shared name goes to whom
//! the text shows, else to nobody.

mod address;
mod bounds;
mod case;
mod common;
mod endings;
mod evidence;
mod initials;
mod longer;
mod nested;
mod plain;
mod refusal;
mod resolve;
mod rule;
mod scan;
mod scene;
mod search;
mod segments;
mod short;
mod shouting;
mod terms;
mod view;

use crate::link::registry::Registry;
use evidence::Evidence;
pub use plain::passages_of_plain;
pub use refusal::NameRefusal;
pub use rule::{MentionRule, RulesOff};
use scan::Scanned;
pub use terms::{
    Ambiguous, Context, FoundNames, Meaning, Mention, PassageKind, RefusedName,
    SearchedPassage,
};

/// Finds the names in a text.
pub fn find(
    registry: &Registry,
    passages: &[SearchedPassage<'_>],
    context: &Context<'_>,
) -> FoundNames {
    let mut scanned = Scanned::of(registry, passages, context);
    common::drop_sentence_starts(context, &mut scanned);
    let evidence = Evidence::collect(registry, &scanned, context);
    short::add(registry, &evidence, context, &mut scanned);
    resolve::settle(context, &mut scanned);
    resolve::resolve(scanned, &evidence)
}

#[cfg(test)]
mod tests;

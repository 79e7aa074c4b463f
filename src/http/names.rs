//! Capitalized names that the registry lacks, and how often the book has them.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use crate::date::{MONTHS, WEEKDAYS};
use crate::link::registry::Registry;
use crate::link::text::Found;
use crate::link::{Edition, LinkedBrief};
use crate::parse::markdown::PieceText;

/// Words between the capitalized ones of a name.
const CONNECTORS: &[&str] = &[
    "of", "de", "del", "della", "der", "den", "di", "do", "dos", "da", "du", "la", "le",
    "von", "van", "bin", "ibn", "al", "el",
];
/// Capitalized words that begin sentences and no names.
const OPENERS: &[&str] = &[
    "A",
    "About",
    "According",
    "After",
    "All",
    "Also",
    "Although",
    "An",
    "And",
    "Another",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Despite",
    "During",
    "Each",
    "Earlier",
    "Even",
    "Every",
    "Following",
    "For",
    "Former",
    "From",
    "He",
    "Her",
    "His",
    "However",
    "I",
    "If",
    "In",
    "Instead",
    "It",
    "Its",
    "Later",
    "Many",
    "Meanwhile",
    "More",
    "Most",
    "No",
    "Nor",
    "Not",
    "Now",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Other",
    "Our",
    "Over",
    "Since",
    "She",
    "So",
    "Some",
    "Still",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Through",
    "To",
    "Two",
    "Under",
    "Until",
    "Up",
    "We",
    "What",
    "When",
    "Where",
    "Whether",
    "Which",
    "While",
    "Who",
    "Why",
    "With",
    "Without",
    "Yet",
    "You",
];

/// The counts over the whole book. Kept for each brief as long as its text and its mentions
/// are the same values, so that after an edit one brief is read, not all.
#[derive(Default)]
pub(super) struct Names(Mutex<Known>);

#[derive(Default)]
struct Known {
    briefs: HashMap<Arc<str>, KnownBrief>,
    totals: Arc<BTreeMap<Arc<str>, u32>>,
    round: u64,
}

struct KnownBrief {
    text: Arc<str>,
    found: Arc<Found>,
    names: Vec<(Arc<str>, u32)>,
    round: u64,
}

impl Names {
    /// How often each name stands in the briefs of an edition.
    pub(super) fn of(&self, edition: &Edition) -> Arc<BTreeMap<Arc<str>, u32>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Known { briefs, totals, round } = &mut *known;
        *round += 1;
        let totals = Arc::make_mut(totals);
        for linked in &edition.briefs {
            let document = &linked.brief.document;
            if let Some(known) = briefs.get_mut(&document.path) {
                known.round = *round;
                if Arc::ptr_eq(&known.text, &document.text)
                    && Arc::ptr_eq(&known.found, &linked.text.found)
                {
                    continue;
                }
                subtract(totals, &known.names);
            }
            let names: Vec<(Arc<str>, u32)> = of_brief(linked, edition)
                .into_iter()
                .map(|(name, n)| match totals.get_key_value(&*name) {
                    Some((shared, _)) => (Arc::clone(shared), n),
                    None => (Arc::from(&*name), n),
                })
                .collect();
            for (name, n) in &names {
                *totals.entry(Arc::clone(name)).or_default() += n;
            }
            let text = Arc::clone(&document.text);
            let found = Arc::clone(&linked.text.found);
            let brief = KnownBrief { text, found, names, round: *round };
            briefs.insert(Arc::clone(&document.path), brief);
        }
        briefs.retain(|_, brief| {
            let is_there = brief.round == *round;
            if !is_there {
                subtract(totals, &brief.names);
            }
            is_there
        });
        Arc::clone(&known.totals)
    }
}

fn subtract(totals: &mut BTreeMap<Arc<str>, u32>, names: &[(Arc<str>, u32)]) {
    for (name, n) in names {
        if let Some(total) = totals.get_mut(name) {
            *total = total.saturating_sub(*n);
            if *total == 0 {
                totals.remove(name);
            }
        }
    }
}

/// The names of one brief's text that the registry lacks, each with how often.
pub(super) fn of_brief(linked: &LinkedBrief, edition: &Edition) -> BTreeMap<String, u32> {
    let document = &linked.brief.document;
    let mut names = BTreeMap::new();
    for passage in document.body.passages.iter().filter(|it| !it.is_heading) {
        let mut text = String::new();
        for piece in document.body.pieces(passage) {
            match piece.text {
                PieceText::Break | PieceText::Decoded(_) | PieceText::Barrier => {
                    text.push_str(document.body.text(piece, &document.text));
                }
                PieceText::Source => {
                    let mut from = piece.at.start;
                    let inside = linked
                        .text
                        .found
                        .mentions
                        .iter()
                        .filter(|it| piece.at.contains(it.at));
                    for mention in inside {
                        let range = from as usize..mention.at.start as usize;
                        text.push_str(document.text.get(range).unwrap_or(""));
                        text.push('\u{fffc}');
                        from = mention.at.end;
                    }
                    let range = from as usize..piece.at.end as usize;
                    text.push_str(document.text.get(range).unwrap_or(""));
                }
            }
        }
        collect(&text, &edition.registry, &mut names);
    }
    names
}

/// Puts the names of a text among `names`. U+FFFC stands for a mention or for what is no
/// text.
fn collect(text: &str, registry: &Registry, names: &mut BTreeMap<String, u32>) {
    let mut run: Vec<&str> = Vec::new();
    let mut starts_sentence = true; // whether the run does
    let mut after_stop = true;
    let mut end = |run: &mut Vec<&str>, starts_sentence: bool| {
        while run.last().is_some_and(|it| CONNECTORS.contains(it)) {
            run.pop();
        }
        let from = usize::from(run.first().is_some_and(|it| OPENERS.contains(it)));
        let words = &run[from.min(run.len())..];
        let is_name = match words {
            [] => false,
            [only] => {
                (from > 0 || !starts_sentence)
                    && only.chars().count() > 2
                    && !OPENERS.contains(only)
            }
            [..] => !CONNECTORS.contains(&words[0]),
        };
        // Names of times are nobody's.
        let is_time = |it: &&str| MONTHS.contains(it) || WEEKDAYS.contains(it);
        if is_name && !words.iter().any(is_time) {
            let name = words.join(" ");
            if registry.lookup(&name).is_empty() {
                *names.entry(name).or_default() += 1;
            }
        }
        run.clear();
    };
    for word in text.split(char::is_whitespace).filter(|it| !it.is_empty()) {
        let is_edge = |c: char| !c.is_alphanumeric();
        let core = word.trim_matches(is_edge);
        let core = core.strip_suffix("'s").or(core.strip_suffix("’s")).unwrap_or(core);
        let is_capital = core.starts_with(char::is_uppercase);
        let opens = word.starts_with(is_edge);
        let is_clean = !core.contains(['\u{fffc}', '/', '@', '_']);
        let joins = !run.is_empty() && CONNECTORS.contains(&core);
        if opens || !is_clean || !(is_capital || joins) {
            end(&mut run, starts_sentence);
        }
        if is_clean && (is_capital || (joins && !run.is_empty())) && !core.is_empty() {
            if run.is_empty() {
                starts_sentence = after_stop || word.starts_with(['"', '“', '‘', '«']);
            }
            run.push(core);
        }
        let is_initial = core.chars().count() == 1 && word.ends_with('.');
        after_stop = word.ends_with(['.', '!', '?', ':', '”', '"']) && !is_initial;
        if word.ends_with(is_edge) && !is_initial || word.len() > core.len() + 1 {
            end(&mut run, starts_sentence);
        }
    }
    end(&mut run, starts_sentence);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_runs_of_capitals_that_no_entity_has() {
        let registry = Registry::default();
        let cases = [
            ("", ""),
            ("Nothing here was said.", ""),
            ("The talks with Ada Holm began.", "Ada Holm"),
            ("The Ministry of Defence said so on Monday.", "Ministry of Defence"),
            (
                "They met Ada Holm, Bo Lind and Norwick’s mayor.",
                "Ada Holm|Bo Lind|Norwick",
            ),
            ("In Norwick, J. Holm spoke.", "J Holm|Norwick"),
            ("It was \u{fffc} again.", ""),
            ("He went. Then Norwick won.", "Norwick"),
        ];
        for (text, expected) in cases {
            let mut names = BTreeMap::new();
            collect(text, &registry, &mut names);
            let found: Vec<String> = names.into_keys().collect();
            assert_eq!(found.join("|"), expected, "{text:?}");
        }
    }
}

//! Capitalized names that the registry lacks.

use std::collections::BTreeMap;

use crate::date::{MONTHS, WEEKDAYS};
use crate::link::edition::Edition;
use crate::link::registry::Registry;
use crate::link::texts::LinkedBrief;
use crate::parse::markdown::PieceText;

/// The names of one brief's text that the registry lacks, each with how often.
pub fn of_brief(linked: &LinkedBrief, edition: &Edition) -> BTreeMap<String, u32> {
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
    let language = registry.language;
    let is_opener = |it: &str| language.openers.has(it);
    let mut run: Vec<&str> = Vec::new();
    let mut starts_sentence = true; // whether the run does
    let mut after_stop = true;
    let mut end = |run: &mut Vec<&str>, starts_sentence: bool| {
        while run.last().is_some_and(|it| language.name_connectors.has(it)) {
            run.pop();
        }
        let from = usize::from(run.first().is_some_and(|it| is_opener(it)));
        let words = &run[from.min(run.len())..];
        let is_name = match words {
            [] => false,
            [only] => {
                (from > 0 || !starts_sentence)
                    && only.chars().count() > 2
                    && !is_opener(only)
            }
            [..] => !language.name_connectors.has(words[0]),
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
        let joins = !run.is_empty() && language.name_connectors.has(core);
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

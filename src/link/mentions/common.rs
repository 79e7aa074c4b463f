//! Names that are common words: at a sentence's start their capital says nothing.

use std::collections::HashSet;

use crate::link::mentions::refusal::NameRefusal;
use crate::link::mentions::rule::MentionRule;
use crate::link::mentions::scan::Scanned;
use crate::link::mentions::terms::{Candidate, Context, PassageKind};

/// Drops names of one common word at a sentence's start, unless the text has them in
/// mid-sentence elsewhere. A word is common if the language says so, or if the text has it
/// without its capital.
pub(super) fn drop_sentence_starts(context: &Context<'_>, scanned: &mut Scanned<'_>) {
    let suspects: Vec<bool> = scanned
        .candidates
        .iter()
        .map(|it| {
            let name = scanned.surface(it);
            let is_seen_small = || {
                !scanned.seen_small.is_empty()
                    && scanned.seen_small.contains(name.to_lowercase().as_str())
            };
            !name.contains(' ')
                && it.rule != MentionRule::AllCaps
                && starts_sentence(scanned.text(it.passage), it.start)
                && (is_seen_small()
                    || context.language.common_words.has(name)
                        && !owns_something(scanned.text(it.passage), it.end))
        })
        .collect();
    if !suspects.contains(&true) {
        return;
    }
    let is_sure = |it: &&Candidate| {
        let scene = &scanned.passages[it.passage as usize];
        scene.folded.kind != PassageKind::Heading
            && !starts_sentence(scene.text(), it.start)
    };
    let sure = scanned.candidates.iter().filter(is_sure);
    let sure: HashSet<String> =
        sure.map(|it| scanned.surface(it).to_lowercase()).collect();
    let candidates = std::mem::take(&mut scanned.candidates);
    for (it, is_suspect) in candidates.into_iter().zip(suspects) {
        if is_suspect && !sure.contains(&scanned.surface(&it).to_lowercase()) {
            scanned.refuse(it.passage, it.start, it.end, NameRefusal::CommonWord);
        } else {
            scanned.candidates.push(it);
        }
    }
}

/// Whether something named is owned there, as by people and countries: `Turkey's Foreign
/// Ministry`.
fn owns_something(text: &str, end: usize) -> bool {
    let owned = text[end..].strip_prefix("'s ");
    owned.is_some_and(|it| it.starts_with(char::is_uppercase))
}

/// Whether a sentence begins at a byte: after a point, a quotation mark, a colon or a bullet.
pub(super) fn starts_sentence(text: &str, start: usize) -> bool {
    let before = text[..start]
        .trim_end_matches([' ', '"', '\'', '“', '‘', '(', '[', '«', '¿', '¡']);
    before.is_empty()
        || before.ends_with(['.', '!', '?', ':', '…', '•', '—', '\u{fffc}', '*'])
}

/// Drops surnames that are common words too unless what follows is said of a person: `Green
/// parties`, `Brown rice`, `White smoke`, but `Green said`.
pub(super) fn drop_common_surnames(
    context: &Context<'_>,
    scanned: &Scanned<'_>,
    names: &[Candidate],
    added: &mut Vec<Candidate>,
    refused: &mut Vec<(u32, usize, usize, NameRefusal)>,
) {
    let is_common = |it: &Candidate| {
        let name = scanned.surface(it);
        it.rule == MentionRule::Surname && context.language.common_words.has(name)
    };
    if !added.iter().any(is_common) {
        return;
    }
    // Within a full name a surname says nothing of itself.
    let within: HashSet<(u32, usize)> =
        names.iter().filter(|it| it.is_full).map(|it| (it.passage, it.end)).collect();
    added.retain(|it| {
        let is_name = !is_common(it)
            || within.contains(&(it.passage, it.end))
            || is_of_person(context, scanned, it);
        if !is_name {
            refused.push((it.passage, it.start, it.end, NameRefusal::CommonWord));
        }
        is_name
    });
}

/// Whether what stands around a name is said of a person: a sign behind it, a verb of
/// people, a title before it.
fn is_of_person(context: &Context<'_>, scanned: &Scanned<'_>, it: &Candidate) -> bool {
    let text = scanned.text(it.passage);
    let rest = &text[it.end..];
    let Some(rest) = rest.strip_prefix(' ') else { return true };
    let len = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let before = text[..it.start].trim_end();
    let word = before.rsplit(' ').next().unwrap_or("");
    context.language.verbs_of_people.has(&rest[..len])
        || context.language.titles.has(word)
        || !rest.starts_with(char::is_lowercase)
}

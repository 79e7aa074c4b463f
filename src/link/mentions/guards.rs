//! What keeps a name from being one: a longer word, an address, a longer unknown name.

use crate::language::Language;
use crate::link::mentions::view::FoldedPassage;
use crate::link::mentions::{Candidate, MentionRule, PassageKind};
use crate::link::registry::companies::form_after;
use crate::link::registry::{EntityIdx, Registry};
use crate::parse::entity::EntityKind;

/// Whether a stretch is made of whole words.
///
/// Scripts that write without spaces have no such bounds; Korean puts particles behind a
/// name, Arabic a letter before it.
pub(super) fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let name = &text[start..end];
    let (Some(first), Some(last)) = (name.chars().next(), name.chars().next_back())
    else {
        return false;
    };
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    if is_unspaced(first) && name.chars().count() < 2 {
        return false;
    }
    let starts = is_unspaced(first)
        || before.is_none_or(|c| !is_word(c) || is_unspaced(c))
        || is_arabic_prefix(text, start, name);
    let ends = is_unspaced(last)
        || after.is_none_or(|c| !is_word(c) || is_unspaced(c) && !is_hangul(c))
        || is_hangul(last) && has_particle(&text[end..]);
    let has_point = last == '.' || after != Some('.') || !goes_on(&text[end + 1..]);
    starts && ends && has_point && !text[..start].ends_with(['@', '#', '_', '$'])
}

/// Whether a point is followed by a letter, as in `Trump.com`; a dotted acronym is none.
fn goes_on(after_point: &str) -> bool {
    let mut chars = after_point.chars();
    let first = chars.next();
    first.is_some_and(char::is_lowercase)
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) || c == '_'
}

/// Chinese, Japanese, Thai, Lao, Khmer and Burmese write without spaces.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}' | '\u{0e00}'..='\u{0eff}'
        | '\u{1780}'..='\u{17ff}' | '\u{1000}'..='\u{109f}')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

/// Korean particles that stand behind a name, then a bound.
fn has_particle(rest: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "에서는",
        "에게는",
        "으로는",
        "에서",
        "에게",
        "으로",
        "이라",
        "부터",
        "까지",
        "처럼",
        "보다",
        "은",
        "는",
        "이",
        "가",
        "을",
        "를",
        "의",
        "에",
        "와",
        "과",
        "도",
        "로",
        "만",
        "께",
        "씨",
    ];
    PARTICLES.iter().any(|particle| {
        rest.strip_prefix(particle)
            .is_some_and(|rest| rest.chars().next().is_none_or(|c| !is_word(c)))
    })
}

/// `و`, `ب`, `ل`, `ف` or `ك` written together with a name of four letters or more.
fn is_arabic_prefix(text: &str, start: usize, name: &str) -> bool {
    let mut before = text[..start].chars().rev();
    let is_arabic = |c: char| ('\u{0600}'..='\u{06ff}').contains(&c);
    let has_prefix =
        before.next().is_some_and(|c| matches!(c, 'و' | 'ب' | 'ل' | 'ف' | 'ك'));
    has_prefix
        && before.next().is_none_or(|c| !is_word(c))
        && name.chars().next().is_some_and(is_arabic)
        && name.chars().filter(|c| c.is_alphabetic()).count() >= 4
}

/// Whether a stretch is part of a web or mail address, a handle or a hashtag.
pub(super) fn is_in_address(text: &str, start: usize, end: usize) -> bool {
    let from = text[..start].rfind(' ').map_or(0, |at| at + 1);
    let to = text[end..].find(' ').map_or(text.len(), |at| end + at);
    let token = &text[from..to];
    token.contains("://")
        || token.contains('@')
        || token.contains("www.")
        || token.starts_with('#')
}

/// Whether the text shouts here: a dateline of wire copy, or a line of capitals.
pub(super) fn is_shouting(passage: &FoldedPassage<'_>, start: usize, end: usize) -> bool {
    let text = passage.text();
    let rest = text[end..].trim_start();
    let is_dateline = start == 0
        && (rest.starts_with(['(', ',', '—', '–', '-', '/']) || rest.starts_with('|'));
    if is_dateline {
        return true;
    }
    let letters = |piece: &str| {
        let upper = piece.chars().filter(|c| c.is_uppercase()).count();
        let lower = piece.chars().filter(|c| c.is_lowercase()).count();
        (upper, lower)
    };
    if passage.kind == PassageKind::Heading {
        return letters(text).1 == 0;
    }
    let from = text[..start].rfind(['.', '!', '?']).map_or(0, |at| at + 1);
    let to = text[end..].find(['.', '!', '?']).map_or(text.len(), |at| end + at);
    let (upper, lower) = letters(&text[from..to]);
    lower == 0 && upper > (end - start)
}

/// The end of a company's name with the legal form behind it: `Acme Rail, Inc.`
pub(super) fn with_form(
    registry: &Registry,
    text: &str,
    end: usize,
    entities: &[EntityIdx],
) -> usize {
    let [only] = entities else { return end };
    if registry.entity(*only).kind != EntityKind::Organization {
        return end;
    }
    match form_after(&text[end..]) {
        Some((len, _)) => {
            // The point of `Inc.` at the end of a sentence is the form's.
            end + len
        }
        None => end,
    }
}

/// Drops names of one common word at a sentence's start, unless the text has them in
/// mid-sentence elsewhere.
pub(super) fn common_words(
    language: &Language,
    passages: &[FoldedPassage<'_>],
    candidates: &mut Vec<Candidate>,
) {
    let name = |it: &Candidate| &passages[it.passage as usize].text()[it.start..it.end];
    let is_start =
        |it: &Candidate| starts_sentence(passages[it.passage as usize].text(), it.start);
    let is_heading =
        |it: &Candidate| passages[it.passage as usize].kind == PassageKind::Heading;
    let is_suspect = |it: &Candidate| {
        let name = name(it);
        !name.contains(' ')
            && it.rule != MentionRule::AllCaps
            && is_start(it)
            && (language.common_words.has(name) || has_lower_form(passages, name))
    };
    let suspects: Vec<bool> = candidates.iter().map(is_suspect).collect();
    if !suspects.contains(&true) {
        return;
    }
    let sure: Vec<String> = candidates
        .iter()
        .filter(|it| !is_start(it) && !is_heading(it))
        .map(|it| name(it).to_owned())
        .collect();
    let keep: Vec<bool> = candidates
        .iter()
        .zip(&suspects)
        .map(|(it, suspect)| {
            !suspect
                || sure.iter().any(|sure| sure.to_lowercase() == name(it).to_lowercase())
        })
        .collect();
    let mut keep = keep.into_iter();
    candidates.retain(|_| keep.next().unwrap_or(true));
}

/// Whether the text has the name as a common word, without its capital.
fn has_lower_form(passages: &[FoldedPassage<'_>], name: &str) -> bool {
    let lower = name.to_lowercase();
    lower != name
        && passages.iter().any(|passage| {
            let text = passage.text();
            text.match_indices(&lower).any(|(at, it)| is_whole(text, at, at + it.len()))
        })
}

/// Whether a sentence begins at a byte: after a point, a quotation mark, a colon or a bullet.
fn starts_sentence(text: &str, start: usize) -> bool {
    let before =
        text[..start].trim_end_matches([' ', '"', '\'', '“', '‘', '(', '[', '«']);
    before.is_empty()
        || before.ends_with(['.', '!', '?', ':', '…', '•', '—', '\u{fffc}', '*'])
}

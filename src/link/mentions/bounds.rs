//! Where words begin and end, in all scripts.

use crate::language::Language;

/// Where a name ends as a whole word: behind the ending that its language puts to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Whole {
    /// One past the last byte of the word.
    pub(super) end: usize,
    /// Whether an ending was put to the name: `Berlins`.
    pub(super) is_inflected: bool,
}

/// Whether a stretch is made of whole words, and where the last of them ends.
///
/// Scripts that write without spaces have no such bounds; Korean puts particles behind a
/// name, Arabic letters before it, Turkish and Finnish endings behind it.
pub(super) fn whole(
    language: &Language,
    text: &str,
    start: usize,
    end: usize,
) -> Option<Whole> {
    let name = &text[start..end];
    let (first, last) = (name.chars().next()?, name.chars().next_back()?);
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    if is_unspaced(first) && name.chars().count() < 2 || after.is_some_and(is_mark) {
        return None;
    }
    let starts = is_unspaced(first)
        || before.is_none_or(|c| !is_word(c) || is_unspaced(c))
        || is_arabic(first) && has_clitics(language, text, start, name);
    if !starts || text[..start].ends_with(['@', '#', '_', '$']) {
        return None;
    }
    let plain = Whole { end, is_inflected: false };
    let Some(after) = after else { return Some(plain) };
    if is_unspaced(last) || !is_word(after) || is_unspaced(after) && !is_hangul(after) {
        let is_cut = last != '.' && after == '.' && goes_on(&text[end + 1..]);
        return (!is_cut && !is_longer_behind(language, last, &text[end..]))
            .then_some(plain);
    }
    if is_hangul(last) {
        return has_particles(&text[end..]).then_some(plain);
    }
    let ending = &text[end..];
    let len = ending.find(|c: char| !is_word(c)).unwrap_or(ending.len());
    let takes_endings = language.suffixes.has(&ending[..len])
        && name.chars().filter(|c| c.is_alphabetic()).count() >= 4
        && first.is_uppercase();
    takes_endings.then_some(Whole { end: end + len, is_inflected: true })
}

/// Whether a point is followed by a letter, as in `Trump.com`; a dotted acronym is none.
fn goes_on(after_point: &str) -> bool {
    after_point.starts_with(char::is_lowercase)
}

/// A letter, a digit, a mark on one, or an underscore.
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    c.is_alphanumeric() || is_mark(c)
}

/// A mark that belongs to the letter before it.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

/// Chinese, Japanese, Thai, Lao, Khmer and Burmese write without spaces.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}' | '\u{0e00}'..='\u{0eff}'
        | '\u{1780}'..='\u{17ff}' | '\u{1000}'..='\u{109f}')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

pub(super) fn is_arabic(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{06ff}')
}

/// Whether what follows makes another name of it: 北京 in 北京大学.
fn is_longer_behind(language: &Language, last: char, rest: &str) -> bool {
    let of_script = match last {
        c if is_hangul(c) => &Language::of("ko").longer_behind,
        c if is_unspaced(c) => &Language::of("ja").longer_behind,
        _ => return false,
    };
    of_script.begins(rest) || language.longer_behind.begins(rest)
}

/// Korean particles that stand behind a name, up to three, then a bound.
fn has_particles(rest: &str) -> bool {
    let particles = &Language::of("ko").particles;
    let len = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
    particles.join_to(&rest[..len], 3)
}

/// Letters that Arabic writes together with the word behind them: `and`, `in`, `the`.
fn has_clitics(language: &Language, text: &str, start: usize, name: &str) -> bool {
    let before = &text[..start];
    let from = before
        .rfind(|c: char| !is_word(c))
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let clitics = if language.clitics.is_empty() {
        &Language::of("ar").clitics
    } else {
        &language.clitics
    };
    name.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && start - from <= 8
        && clitics.join_to(&before[from..], 3)
}

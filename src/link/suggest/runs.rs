//! Runs of capitalized words in a text that no mention covers: what may be names.

use crate::date::{MONTHS, WEEKDAYS};
use crate::language::{Language, Names};

/// Stands in a text for a mention, and for what is no text.
pub(super) const BLANK: char = '\u{fffc}';

/// A run of words that may be a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run<'a> {
    /// Its words, without titles, articles and possessive endings.
    pub(super) words: Vec<&'a str>,
    /// The bytes of the text from its first word to its last.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether its first word begins a sentence, where a capital says nothing.
    pub(super) opens_sentence: bool,
    /// The titles before it: `Prime Minister`.
    pub(super) titles: Vec<&'a str>,
    /// The words beside it, in the text's own spelling; empty if something else stands there.
    pub(super) before: &'a str,
    pub(super) after: &'a str,
}

/// A word of the text and where it stands.
#[derive(Clone, Copy)]
struct RunWord<'a> {
    /// Without the signs around it.
    core: &'a str,
    start: usize,
    /// Whether a sign before it keeps it apart from the word before.
    opens: bool,
    /// Whether a sign behind it does.
    closes: bool,
    /// Whether a sentence ends with it.
    stops: bool,
}

/// The runs of a text, in order.
pub(super) fn runs<'a>(text: &'a str, language: &Language) -> Vec<Run<'a>> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !is_capital(tokens[at].core) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < tokens.len() && !tokens[end - 1].closes && !tokens[end].opens {
            let core = tokens[end].core;
            if !is_capital(core) && !language.name_connectors.has(core) {
                break;
            }
            end += 1;
        }
        found.extend(run(text, &tokens, at, end, language));
        at = end;
    }
    found
}

/// The words of a text that are written small, each with its bytes.
pub(super) fn small_words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    words.filter(|it| it.starts_with(char::is_lowercase) && !it.contains(BLANK))
}

fn tokens(text: &str) -> Vec<RunWord<'_>> {
    let mut tokens = Vec::new();
    let base = text.as_ptr().addr();
    for word in text.split(char::is_whitespace).filter(|it| !it.is_empty()) {
        let start = word.as_ptr().addr() - base;
        // What stands for a mention keeps words apart, wherever in a word it is.
        for (at, piece) in pieces(word) {
            tokens.push(token(piece, start + at));
        }
    }
    tokens
}

/// A word cut at blanks, dashes and slashes; the cuts are pieces too.
fn pieces(word: &str) -> Vec<(usize, &str)> {
    let is_cut = |c: char| matches!(c, BLANK | '/' | '—' | '–' | '|' | '…');
    let mut pieces = Vec::new();
    let mut from = 0;
    for (at, c) in word.char_indices().filter(|(_, c)| is_cut(*c)) {
        if from < at {
            pieces.push((from, &word[from..at]));
        }
        pieces.push((at, &word[at..at + c.len_utf8()]));
        from = at + c.len_utf8();
    }
    if from < word.len() {
        pieces.push((from, &word[from..]));
    }
    pieces
}

fn token(word: &str, start: usize) -> RunWord<'_> {
    let is_edge = |c: char| !c.is_alphanumeric();
    let mut core = word.trim_matches(is_edge);
    let lead = word.len() - word.trim_start_matches(is_edge).len();
    let mut behind = &word[lead + core.len()..];
    // The points of `J.`, `U.S.` and `St.` are a part of the word.
    let is_short = core.chars().count() == 1 || core.contains('.') || core == "St";
    if is_short && behind.starts_with('.') && core.starts_with(char::is_uppercase) {
        core = &word[lead..=lead + core.len()];
        behind = &behind[1..];
    }
    let owned = ["'s", "’s"].iter().find_map(|it| core.strip_suffix(it));
    let is_owner = owned.is_some() || behind.starts_with(['\'', '’']);
    let core = owned.unwrap_or(core);
    let is_address = core.contains(['@', '_', '#', '\\']) || word.starts_with(['@', '#']);
    // `Moscow-based` is Moscow, and `US-led` the US.
    let hyphen = core.match_indices('-').find(|(at, _)| {
        core[at + 1..].starts_with(|c: char| c.is_lowercase())
            && core.starts_with(char::is_uppercase)
            && *at > 1
    });
    let (core, is_cut) = match hyphen {
        Some((at, _)) if !core.starts_with("al-") => (&core[..at], true),
        _ => (core, false),
    };
    let stops = behind.contains(['.', '!', '?', ':', '…'])
        || behind.is_empty() && word.ends_with(['.', '!', '?']) && !is_short;
    RunWord {
        core: if is_address { "" } else { core },
        start: start + lead,
        opens: lead > 0,
        closes: !behind.is_empty() || is_owner || is_cut || core.is_empty(),
        stops,
    }
}

/// A capital at the beginning, or inside as in `iPhone`.
fn is_capital(word: &str) -> bool {
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return false };
    first.is_uppercase() || first.is_lowercase() && chars.any(char::is_uppercase)
}

/// What is left of a run of capitals once all that is no name is taken from its ends.
fn run<'a>(
    text: &'a str,
    tokens: &[RunWord<'a>],
    from: usize,
    to: usize,
    language: &Language,
) -> Option<Run<'a>> {
    let (mut first, mut last) = (from, to);
    let is_time = |it: &str| MONTHS.contains(&it) || WEEKDAYS.contains(&it);
    let is_joiner = |it: &str| language.name_connectors.has(it);
    let mut titles = Vec::new();
    while first < last {
        let core = tokens[first].core;
        let next = tokens[first + 1..last].first().map_or("", |it| it.core);
        let is_title = language.titles.has(core)
            || language.titles.has(&format!("{core}."))
            || language.role_qualifiers.has(&core.to_lowercase())
                && !language.openers.has(core);
        // `French President`, `Apple CEO`: one word before a title says whose it is.
        let describes = language.titles.has(next) && first + 2 < last;
        if is_title && (first + 1 < last || last - from == 1) {
            titles.push(core);
        } else if !(language.openers.has(core)
            || language.articles.has(&core.to_lowercase())
            || describes
            || is_time(core)
            || is_joiner(core) && core.starts_with(char::is_lowercase))
        {
            break;
        }
        first += 1;
    }
    while first < last {
        let core = tokens[last - 1].core;
        let is_end = is_joiner(core) && core.starts_with(char::is_lowercase)
            || is_time(core)
            || core.bytes().all(|it| it.is_ascii_digit());
        if !is_end {
            break;
        }
        last -= 1;
    }
    let words: Vec<&str> = tokens[first..last].iter().map(|it| it.core).collect();
    let (head, tail) = (words.first()?, words.last()?);
    // `Finance Minister` is an office, the `Ministry of Defense` is none.
    let is_of = words.len() > 2 && is_joiner(words[words.len() - 2]);
    let is_office = language.titles.has(tail) && !is_of;
    let has_time = words.iter().any(|it| is_time(it));
    if is_office || has_time || !is_name(&words, head, language) {
        return None;
    }
    let begins = |at: usize| {
        at == 0
            || tokens[at - 1].stops
            || text[..tokens[at].start].ends_with(['“', '"', '«'])
    };
    let beside = |at: Option<usize>| at.and_then(|at| tokens.get(at));
    let before = beside(first.checked_sub(1)).filter(|it| !it.closes);
    let after = beside(Some(last)).filter(|it| !it.opens && !tokens[last - 1].closes);
    let (start, end) = (&tokens[first], &tokens[last - 1]);
    let before = before.map_or("", |it| it.core);
    // `mayor Ida Lind`: a title is one without its capital too.
    if titles.is_empty() && language.titles.has(&capitalized(before)) {
        titles.push(before);
    }
    Some(Run {
        start: start.start,
        end: end.start + end.core.len(),
        opens_sentence: begins(first),
        titles,
        before,
        after: after.map_or("", |it| it.core),
        words,
    })
}

/// A word with a capital.
fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

/// Whether words may be somebody's name at all.
fn is_name(words: &[&str], head: &str, language: &Language) -> bool {
    if let [only] = words {
        let n_letters = only.chars().filter(|c| c.is_alphabetic()).count();
        return (n_letters > 2 || is_acronym(only) && n_letters == 2)
            && (!language.nouns_have_capitals || is_acronym(only))
            && !language.followers.has(only)
            && !language.demonym_endings.ends(only)
            && !language.institutions.has(only)
            && !language.body_words.has(only)
            && !language.place_words.has(only)
            && !language.tail_words.has(only)
            && !language.heads_of.has(only)
            && !language.event_words.has(only)
            && !language.law_words.has(only)
            && !language.directions.has(only);
    }
    if language.nouns_have_capitals {
        // Every noun has a capital: only a given name says that two are a name.
        return Names::table().given_names.has(head);
    }
    words.iter().any(|it| it.chars().count() > 1)
}

/// Two capitals or more, perhaps with points and digits: `EU`, `U.S.`, `G7`.
pub(super) fn is_acronym(word: &str) -> bool {
    word.len() >= 2
        && word.len() <= 8
        && word.chars().any(char::is_uppercase)
        && word.chars().all(|c| {
            c.is_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '&' | '-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_runs_of_capitals_without_what_stands_around_them() {
        let cases = [
            ("", ""),
            ("Nothing here was said.", "Nothing"),
            ("The talks with Ada Holm began.", "Ada Holm"),
            ("The Ministry of Defense said so on Monday.", "Ministry of Defense"),
            (
                "They met Ada Holm, Bo Lind and Norwick’s mayor.",
                "Ada Holm|Bo Lind|Norwick",
            ),
            ("In Norwick, J. Holm spoke.", "Norwick|J. Holm"),
            (
                "It was \u{fffc} again, said \u{fffc}’s Prime Minister Ada Holm.",
                "Ada Holm",
            ),
            ("He went. Then Norwick won.", "Norwick"),
            ("the Finance Minister and the US President said", ""),
            ("the Moscow-based TASS and the US-led force", "Moscow|TASS|US"),
            ("a French President Bo Lind, German Chancellor Ida Orr", "Bo Lind|Ida Orr"),
            ("by the Harbor Union (HU) of Port Sella", "Harbor Union|HU|Port Sella"),
            ("Ludwig van Beethoven in the U.S. Navy", "Ludwig van Beethoven|U.S. Navy"),
            ("write to Ada@Mexico.example or @Norwick now", ""),
            ("Getty/AFP and iPhlox", "Getty|AFP|iPhlox"),
        ];
        for (text, expected) in cases {
            let found: Vec<String> = runs(text, Language::of("en"))
                .into_iter()
                .map(|it| it.words.join(" "))
                .collect();
            assert_eq!(found.join("|"), expected, "{text:?}");
        }
    }

    #[test]
    fn a_run_knows_its_titles_its_neighbors_and_whether_it_opens_a_sentence() {
        let text = "Then Prime Minister Ada Holm said. Norwick won in Port Sella today.";
        let runs = runs(text, Language::of("en"));
        assert_eq!(runs[0].titles, ["Prime", "Minister"]);
        assert_eq!((runs[0].after, runs[0].opens_sentence), ("said", false));
        assert_eq!((runs[1].after, runs[1].opens_sentence), ("won", true));
        assert_eq!((runs[2].before, runs[2].after), ("in", "today"));
        assert_eq!(&text[runs[2].start..runs[2].end], "Port Sella");
    }

    #[test]
    fn where_nouns_have_capitals_only_given_names_begin_names() {
        let text = "Die Hafenpolizei sprach mit Anna Holm im Rathaus.";
        let runs = runs(text, Language::of("de"));
        let names: Vec<String> = runs.iter().map(|it| it.words.join(" ")).collect();
        assert!(names.contains(&"Anna Holm".to_owned()), "{names:?}");
    }
}

//! What wire copy brings along when it is pasted: captions twice, a byline at the end.

use crate::diagnostic::Rule;
use crate::parse::fields::Log;
use crate::parse::yaml;
use crate::span::Stretch;

/// Lines shorter than this may stand twice: `Yes.`, a rule, a table's border.
const LEAST: usize = 24;

/// Reports lines and paragraphs that stand twice in a row, and a byline at the end.
pub(super) fn check(text: &str, start: usize, log: &mut Log<'_>) {
    let mut last: Option<(&str, Stretch)> = None;
    let mut final_line: Option<(&str, Stretch)> = None;
    let mut is_code = false;
    let mut offset = start;
    for line in text[start..].split_inclusive('\n') {
        let words = line.trim().trim_end_matches('|').trim();
        let from = offset + (line.len() - line.trim_start().len());
        let at = Stretch::new(from..from + words.len().min(line.trim().len()));
        offset += line.len();
        if words.starts_with("```") || words.starts_with("~~~") {
            is_code = !is_code;
            last = None;
        }
        if is_code || words.is_empty() {
            continue;
        }
        if let Some((before, first)) = last
            && before == words
            && words.len() >= LEAST
            && !words.starts_with(['|', '-', '='])
        {
            let first = log.span(first);
            let message = "this paragraph appears twice in a row";
            let said =
                log.say(Rule::DuplicateParagraph, at, message, "delete one of the two");
            said.labels.push((first, "first here".to_owned()));
            // With the empty lines before it, so that none is left over.
            let before = text[..offset - line.len()].trim_end().len();
            let end = offset - (line.len() - line.trim_end().len());
            said.edit(Stretch::new(before..end), "");
        }
        last = Some((words, at));
        if !words.starts_with("[^") {
            final_line = Some((words, at));
        }
    }
    if let Some((words, at)) = final_line {
        byline(words, at, &text[..start], log);
    }
}

/// A last line such as `Huyen Le (AFP, Washington Post)`.
///
/// `head` is the file up to its body: the names go into its front matter, if it has none yet.
fn byline(words: &str, at: Stretch, head: &str, log: &mut Log<'_>) {
    let Some((names, sources)) =
        words.strip_suffix(')').and_then(|it| it.split_once(" ("))
    else {
        return;
    };
    let is_name = |word: &str| {
        word.chars().next().is_some_and(char::is_uppercase) && !word.ends_with(['.', ':'])
    };
    let n_words = names.split_whitespace().count();
    let is_byline = (1..=6).contains(&n_words)
        && names
            .split_whitespace()
            .all(|word| is_name(word) || matches!(word, "and" | "&" | "de" | "van"))
        && !sources.is_empty()
        && sources
            .split(", ")
            .all(|it| it.chars().next().is_some_and(char::is_uppercase))
        && !sources.contains(['(', ')', '.']);
    if is_byline {
        let names: Vec<_> = names.split(" and ").collect();
        let sources: Vec<_> = sources.split(", ").collect();
        let (by, sources) = (yaml::list(&names), yaml::list(&sources));
        let help = format!(
            "put `by: {by}` and `sources: {sources}` in the front matter, and delete the line"
        );
        let said =
            log.say(Rule::TrailingByline, at, "this text ends with a byline", help);
        let line_of = |key: &str| head.lines().find(|line| line.starts_with(key));
        let close = head.rfind("\n---").map(|it| it + 1);
        let by = match line_of("by:") {
            None => Some(format!("by: {by}\n")),
            Some(line) if names.iter().all(|it| line.contains(it)) => Some(String::new()),
            Some(_) => None,
        };
        if let (Some(close), Some(by), None) = (close, by, line_of("sources:")) {
            let lines = format!("{by}sources: {sources}\n");
            said.edit(Stretch::new(close..close), lines).edit(at, "");
        }
    }
}

//! Signs of Markdown that are printed as they were typed.

use crate::diagnostic::Rule;
use crate::parse::fields::Log;
use crate::span::Stretch;

/// Pairs of brackets that the parser left as text.
#[derive(Debug, Default)]
pub(super) struct StrayBrackets {
    pairs: Vec<(u32, u32)>,
}

impl StrayBrackets {
    /// A pair, by the bytes of its brackets.
    pub(super) fn push(&mut self, open: u32, close: u32) {
        self.pairs.push((open, close));
    }

    /// Reports those that look like a link or a note and are neither, once all names of
    /// notes are known.
    pub(super) fn finish(&self, text: &str, labels: &[Box<str>], log: &mut Log<'_>) {
        let mut reported = 0;
        for (open, close) in &self.pairs {
            let (open, close) = (*open as usize, *close as usize);
            if open < reported {
                continue; // `[words][name]` is two pairs and one mistake
            }
            if let Some((end, help)) = meant(text, open, close, labels) {
                let at = Stretch::new(open..end);
                let message = "these brackets are printed as they are";
                log.say(Rule::StrayBrackets, at, message.to_owned(), help);
                reported = end;
            }
        }
    }
}

/// What a pair of brackets was meant to be: where that ends, and how it is written. The end is
/// one past a second pair of brackets, so `close + 3` counts `]`, `[` and `]`.
fn meant(
    text: &str,
    open: usize,
    close: usize,
    labels: &[Box<str>],
) -> Option<(usize, String)> {
    let line = text[close + 1..].split('\n').next().unwrap_or("");
    let words = &text[open + 1..close];
    if text[..open].ends_with('^') {
        let help = "write `words[^name]`, and `[^name]: the note` at the end of the file";
        return Some((close + 1, help.to_owned()));
    }
    if let Some(name) = bracketed(line, '[', ']') {
        let note = format!("`[{words}][^{name}]` for a note");
        let help = if labels.iter().any(|it| **it == *name) {
            format!("write {note}")
        } else {
            format!("write `[{words}](address)` for a link, or {note}")
        };
        return Some((close + 3 + name.len(), help));
    }
    let is_file = |address: &str| {
        address.contains('/') || address.contains(".md") || address.starts_with('#')
    };
    if let Some(address) = bracketed(line, '(', ')') {
        let is_meant = address.contains(' ') && is_file(address);
        return is_meant.then(|| {
            (close + 3 + address.len(), format!("write `[{words}](<{address}>)`"))
        });
    }
    let address = line.strip_prefix(' ').and_then(|it| bracketed(it, '(', ')'))?;
    (!address.contains(' ') && is_file(address))
        .then(|| (close + 4 + address.len(), format!("write `[{words}]({address})`")))
}

/// What stands between two signs at the start of a text.
fn bracketed(text: &str, open: char, close: char) -> Option<&str> {
    let (inner, _) = text.strip_prefix(open)?.split_once(close)?;
    (!inner.is_empty() && !inner.starts_with('^') && !inner.contains(open))
        .then_some(inner)
}

/// Signs that close a stretch of text where no space is written between words.
const CLOSING: &str = "」』）】》〉〕］｝”’、。，！？：；";
/// Signs that open one.
const OPENING: &str = "「『（【《〈〔［｛“‘";

/// Asterisks of a block that the parser left as text.
#[derive(Debug, Default)]
pub(super) struct Stars {
    runs: Vec<(usize, usize)>,
    /// Words that stand out, signs included, and whether that is within others.
    emphasis: Vec<(Stretch, bool)>,
}

impl Stars {
    /// An asterisk that is text.
    pub(super) fn push(&mut self, at: usize) {
        match self.runs.last_mut() {
            Some((_, end)) if *end == at => *end += 1,
            _ => self.runs.push((at, at + 1)),
        }
    }

    /// Words that stand out; `is_nested` within others that do.
    pub(super) fn emphasis(&mut self, at: Stretch, is_nested: bool) {
        self.emphasis.push((at, is_nested));
    }

    /// The words that stand out between two stretches that were meant to, as in
    /// `**「A」**と**「B」**`: a sign between a bracket and a letter opens and closes the other
    /// way round (`CommonMark` 0.31, section 6.2).
    fn inside_out(&mut self, text: &str) -> Option<Stretch> {
        let has_stray = !self.runs.is_empty();
        let emphasis = std::mem::take(&mut self.emphasis);
        let is_between = |(at, is_nested): &(Stretch, bool)| {
            let (start, end) = (at.start as usize, at.end as usize);
            let before = text[..start].chars().next_back();
            let after = text[end..].chars().next();
            (has_stray || *is_nested)
                && text[start..].starts_with('*')
                && before.is_some_and(|c| CLOSING.contains(c))
                && after.is_some_and(|c| OPENING.contains(c))
        };
        emphasis.into_iter().find(is_between).map(|(at, _)| at)
    }

    /// Ends the block: reports asterisks that were meant as emphasis.
    pub(super) fn finish(&mut self, text: &str, log: &mut Log<'_>) {
        let inside_out = self.inside_out(text);
        let runs = std::mem::take(&mut self.runs);
        if let Some(at) = inside_out {
            let words = text[at.range()].trim_matches('*');
            let message = format!("the wrong words stand out: `{words}`");
            let help = "put the `**` inside the brackets, `「**…**」`, or a space before and behind";
            log.say(Rule::StrayEmphasis, at, message, help.to_owned());
            return;
        }
        let hugs = |(start, end): &(usize, usize)| {
            let before = text[..*start].chars().next_back();
            let after = text[*end..].chars().next();
            let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
            !is_space(before) && !is_space(after)
        };
        // One asterisk next to a space is taken for a sign: `2 * 3`, `10 pm*`.
        let mut meant = runs.iter().filter(|run| run.1 - run.0 >= 2 || hugs(run));
        let (Some(first), Some(second)) = (meant.next(), meant.next()) else { return };
        if first.1 - first.0 != second.1 - second.0 {
            return;
        }
        let (from, to) = (first.0, second.1);
        let signs = &text[first.0..first.1];
        let words = &text[first.1..second.0];
        // What Markdown stumbles over are signs inside the asterisks (`**「…」**` between letters),
        // so the help puts them outside.
        let inner = words.trim_matches(|c: char| !c.is_alphanumeric());
        let moved = words.replacen(inner, &format!("{signs}{inner}{signs}"), 1);
        let help = if inner.is_empty() || moved == format!("{signs}{words}{signs}") {
            "put a space before and behind, without one next to the words".to_owned()
        } else {
            format!("write `{moved}`, or put a space before and behind")
        };
        let message = format!("`{signs}` is printed here and makes nothing stand out");
        log.say(Rule::StrayEmphasis, Stretch::new(from..to), message, help);
    }
}

//! The first paragraph of a typed footnote as a table of `key: value`, as front matter is.

use std::collections::BTreeMap;

use crate::diagnostic::{Rule, is_surely};
use crate::parse::fields::Log;
use crate::parse::node::{Key, Node, Value};
use crate::span::Stretch;

/// A line of a footnote's first paragraph.
#[derive(Clone, Copy, Debug)]
pub struct FieldLine<'a> {
    /// Its words, without space around them.
    pub words: &'a str,
    /// Where they stand in the file.
    pub at: Stretch,
    /// How many characters of space are before them; `None` for words behind the
    /// footnote's name.
    pub indent: Option<usize>,
}

/// The keys that may stand several times.
const REPEATABLE: &[&str] =
    &["said-by", "denied-by", "doubted-by", "withdrawn-by", "about", "redirect-from"];

/// How far the text of a footnote is indented (`CommonMark` asks for four columns).
const USUAL_INDENT: usize = 4;

/// The key of the first line.
pub(super) fn first_key<'a>(lines: &[FieldLine<'a>]) -> Option<&'a str> {
    Some(split(lines.first()?.words)?.0)
}

/// The word of the first line, where that is one of `words` but for capitals and space, as in
/// `Claim : …`, and the second line begins with one of its `keys`: then it is sure what is
/// meant. A single line may be a sentence with a colon in it.
pub(super) fn is_nearly(lines: &[FieldLine<'_>], word: &str, keys: &[&str]) -> bool {
    let [first, second, ..] = lines else { return false };
    loose(first.words, &[word]).is_some() && loose(second.words, keys).is_some()
}

/// The word that a note was meant to begin with, though its fields are not read: they are a
/// list (`- claim: …`), have markup (`**claim**: …`), or the word is another (`claims: …`).
/// `kinds` are the words with the keys of each.
///
/// A single line may be a sentence: `**Note**: the law was passed`, `Sources: two of them`.
pub fn meant<'a>(source: &str, kinds: &[(&'a str, &'a [&'a str])]) -> Option<Meant<'a>> {
    let mut lines = source.lines().filter(|it| !it.trim().is_empty());
    let (first, second) = (lines.next()?, lines.next());
    let (key, value, is_marked) = bare(first)?;
    let is_small = key.chars().all(|c| c.is_ascii_lowercase());
    let words: Vec<&str> = kinds.iter().map(|(word, _)| *word).collect();
    kinds.iter().find_map(|(word, keys)| {
        let word = *word;
        let is_same = key.eq_ignore_ascii_case(word);
        let is_near = key.to_ascii_lowercase().strip_suffix('s') == Some(word)
            || !is_same && is_small && is_surely(key, word, &words);
        let goes_on = second.and_then(bare).is_some_and(|(second, ..)| {
            keys.iter().any(|it| it.eq_ignore_ascii_case(second))
        });
        // Nobody writes a sentence that begins with `claims:` in small letters.
        let is_sure = goes_on
            || is_small && is_near && !value.is_empty()
            || is_same && is_marked && word == "claim";
        (is_sure && (is_same && is_marked || is_near)).then(|| Meant {
            word,
            written: key.into(),
            is_marked,
        })
    })
}

/// What the first line of a note was meant as.
#[derive(Debug, PartialEq, Eq)]
pub struct Meant<'a> {
    /// The word of the kind.
    pub word: &'a str,
    /// What is written.
    pub written: Box<str>,
    /// Whether there is markup around it.
    pub is_marked: bool,
}

/// Key and value of a line without the mark of a list and without markup around the key, and
/// whether there were any.
fn bare(line: &str) -> Option<(&str, &str, bool)> {
    let line = line.trim();
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = number.len() < line.len();
    let unlisted = ["- ", "* ", "+ "].iter().find_map(|it| line.strip_prefix(it));
    let numbered = [". ", ") "].iter().find_map(|it| number.strip_prefix(it));
    let unlisted = unlisted.or(numbered.filter(|_| is_number)).unwrap_or(line);
    let (key, value) = unlisted.split_once([':', '：'])?;
    let is_mark =
        |c: char| matches!(c, '*' | '_' | '`' | '"' | '\'') || c.is_whitespace();
    let plain = key.trim_matches(is_mark);
    let is_key =
        !plain.is_empty() && plain.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
    let is_marked = unlisted.len() < line.len() || plain.len() < key.trim().len();
    is_key.then_some((plain, value.trim_matches(is_mark), is_marked))
}

/// The lines as a table, whose place is its first key; `keys` are those that are known.
///
/// A line that is indented more than the others goes on with the value above, unless it
/// begins with a key that is known. Any other line that is not `key: value` is reported, as
/// is a key that is given twice; the first of the two holds.
pub(super) fn table(lines: &[FieldLine<'_>], keys: &[&str], log: &mut Log<'_>) -> Node {
    let mut table: Vec<(Key, Node)> = Vec::with_capacity(lines.len());
    let mut positions: BTreeMap<Box<str>, usize> = BTreeMap::new();
    let mut last = 0;
    let indent = indent(lines);
    for line in lines {
        let field = split(line.words)
            .map(|(key, value)| (key, key, value))
            .or_else(|| loose(line.words, keys));
        let is_deeper = line.indent.is_some_and(|it| it > indent);
        let is_known = field.is_some_and(|(name, ..)| keys.contains(&name));
        if is_deeper && !is_known && !table.is_empty() {
            go_on(&mut table[last].1, line);
            continue;
        }
        let Some((name, key, value)) = field else {
            let message = "this line of a typed footnote is not `key: value`".to_owned();
            log.say(
                Rule::BadValue,
                line.at,
                message,
                "put an empty line above it if it is text",
            );
            continue;
        };
        let key = Key { at: part(line, key), name: name.into() };
        let node = Node { at: part(line, value), value: scalar(value) };
        match positions.get(&key.name) {
            None => {
                last = table.len();
                positions.insert(key.name.clone(), last);
                table.push((key, node));
            }
            Some(at) if REPEATABLE.contains(&&*key.name) => {
                last = *at;
                add(&mut table[*at].1, node);
            }
            Some(_) => {
                let message = format!("`{}` is given twice", key.name);
                log.say(Rule::DoubledKey, key.at, message, "delete one of the two lines");
            }
        }
    }
    let at = table.first().map_or_else(Stretch::default, |(key, _)| key.at);
    Node { at, value: Value::Table(table) }
}

/// How far the fields are indented: as the first of them. If that stands behind the footnote's
/// name, as the least indented of the others, but no further than is usual: a line that is
/// deeper goes on with the value above.
fn indent(lines: &[FieldLine<'_>]) -> usize {
    match lines.first().and_then(|it| it.indent) {
        Some(first) => first,
        None => lines.iter().filter_map(|it| it.indent).fold(USUAL_INDENT, usize::min),
    }
}

/// Adds the words of a further line to a value.
fn go_on(node: &mut Node, line: &FieldLine<'_>) {
    match &mut node.value {
        Value::List(items) => {
            if let Some(item) = items.last_mut() {
                go_on(item, line);
            }
        }
        Value::Text(text) => {
            *text = format!("{text} {}", line.words).into();
            node.at.end = line.at.end;
        }
        _ => *node = Node { at: line.at, value: scalar(line.words) },
    }
}

/// Makes a list of a value and another one.
fn add(node: &mut Node, another: Node) {
    if let Value::List(items) = &mut node.value {
        items.push(another);
        return;
    }
    let first =
        Node { at: node.at, value: std::mem::replace(&mut node.value, Value::Null) };
    node.value = Value::List(vec![first, another]);
}

/// Key and value of a line, without space around them.
fn split(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_letter = |it: u8| it.is_ascii_lowercase() || it == b'-';
    let is_key = !key.is_empty() && key.bytes().all(is_letter);
    let is_apart = value.is_empty() || value.starts_with([' ', '\t']);
    (is_key && is_apart).then(|| (key, value.trim()))
}

/// Key, how it is written, and value of a line whose key is one of `keys` but for capitals,
/// space before the colon or none behind it, and a colon of full width.
fn loose<'a>(line: &'a str, keys: &[&'a str]) -> Option<(&'a str, &'a str, &'a str)> {
    let (key, value) = line.split_once([':', '：'])?;
    let key = key.trim_end();
    let name = keys.iter().find(|it| it.eq_ignore_ascii_case(key))?;
    Some((name, key, value.trim()))
}

/// A value as front matter would have it: nothing, or a text, in quotes or not.
fn scalar(value: &str) -> Value {
    let unquoted = value.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    match value {
        "" => Value::Null,
        _ => Value::Text(unquoted.unwrap_or(value).into()),
    }
}

/// The place of a part of a line.
fn part(line: &FieldLine<'_>, part: &str) -> Stretch {
    let before = part.as_ptr() as usize - line.words.as_ptr() as usize;
    let start = line.at.start as usize + before;
    Stretch::new(start..start + part.len())
}

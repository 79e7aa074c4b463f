//! An old text taken apart: its head in YAML, TOML, JSON or `Key: value`, and the rest.

use crate::import::remark::{Construct, Remark};
use crate::import::value::{HeadValue, Pairs};
use crate::import::yaml;

/// A text taken apart.
pub(crate) struct OldHead {
    /// The keys, in the order written.
    pub(crate) pairs: Pairs,
    /// The byte at which the text begins.
    pub(crate) body: usize,
    /// Whether there was a head at all.
    pub(crate) is_there: bool,
    /// What was mended on the way.
    pub(crate) remarks: Vec<Remark>,
}

/// Which heads a program knows beside YAML between `---` lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HeadStyle {
    /// `---`, `+++`, `;;;` or `{`.
    Fenced,
    /// These, and lines of `Key: value` above the first empty line.
    Lines,
}

/// Takes a text apart; LF line ends are assumed.
pub(crate) fn split(text: &str, style: HeadStyle) -> OldHead {
    let first = text.lines().next().unwrap_or("").trim_end();
    let fenced = |fence: &str| between(text, fence);
    let found = match first {
        "---" => match fenced("---") {
            Some((head, body)) => Some((of_yaml(head), body)),
            None => unclosed(text),
        },
        "+++" => fenced("+++").map(|(head, body)| (of_toml(head), body)),
        ";;;" => fenced(";;;").map(|(head, body)| (of_json(head), body)),
        _ if first.starts_with('{')
            && !first.starts_with("{%")
            && !first.starts_with("{{") =>
        {
            json_object(text)
        }
        _ if style == HeadStyle::Lines => {
            let body = end_of_lines(text);
            (body > 0).then(|| ((of_lines(&text[..body]), Vec::new()), body))
        }
        _ => None,
    };
    match found {
        Some(((pairs, remarks), body)) => {
            OldHead { pairs, body, is_there: true, remarks }
        }
        None => {
            OldHead { pairs: Vec::new(), body: 0, is_there: false, remarks: Vec::new() }
        }
    }
}

/// What stands between the first line and the next one that is equal, and where that ends.
fn between<'a>(text: &'a str, fence: &str) -> Option<(&'a str, usize)> {
    let from = text.find('\n')? + 1;
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        let words = line.trim_end();
        if words == fence || fence == "---" && words == "..." {
            return Some((&text[from..at], at + line.len()));
        }
        at += line.len();
    }
    None
}

type ReadHead = (Pairs, Vec<Remark>);

/// A head that nothing ends: as far as its lines are keys.
fn unclosed(text: &str) -> Option<(ReadHead, usize)> {
    let from = text.find('\n')? + 1;
    let end = end_of_lines(&text[from..]);
    let remark = || Remark::of(Construct::BrokenHead, "it is not closed");
    (end > 0).then(|| ((of_lines(&text[from..from + end]), vec![remark()]), from + end))
}

/// Headlines that a ` #` cuts, as YAML reads them.
fn cut_headlines(head: &str) -> impl Iterator<Item = Remark> {
    let lines = head.lines().filter(|line| {
        let value =
            line.split_once(':').map(|it| (it.0.to_ascii_lowercase(), it.1.trim_start()));
        value.is_some_and(|(key, value)| {
            matches!(key.as_str(), "title" | "headline" | "summary" | "description")
                && !value.starts_with(['"', '\'', '#'])
                && value.contains(" #")
        })
    });
    lines.map(|line| Remark::of(Construct::OddValue, &format!("cut at ` #`: {line}")))
}

fn of_yaml(head: &str) -> ReadHead {
    // A tab where YAML wants spaces is the most frequent slip in old heads.
    let spaced = head.replace('\t', "  ");
    match yaml::read(&spaced) {
        Ok(read) => {
            let doubled =
                read.doubled.iter().map(|key| Remark::of(Construct::DoubledKey, key));
            let remarks = doubled.chain(cut_headlines(head)).collect();
            match read.value {
                HeadValue::Table(pairs) => (pairs, remarks),
                _ => (Vec::new(), remarks),
            }
        }
        Err(said) => (of_lines(head), vec![Remark::of(Construct::BrokenHead, &said)]),
    }
}

fn of_toml(head: &str) -> ReadHead {
    match head.parse::<toml::Table>() {
        Ok(table) => match HeadValue::from(toml::Value::Table(table)) {
            HeadValue::Table(pairs) => (pairs, Vec::new()),
            _ => (Vec::new(), Vec::new()),
        },
        Err(error) => {
            let lines = head.replace(" = ", ": ").replace('=', ": ");
            (of_lines(&lines), vec![Remark::of(Construct::BrokenHead, error.message())])
        }
    }
}

fn of_json(head: &str) -> ReadHead {
    match serde_json::from_str::<serde_json::Value>(head) {
        Ok(value) => match HeadValue::from(value) {
            HeadValue::Table(pairs) => (pairs, Vec::new()),
            _ => (Vec::new(), Vec::new()),
        },
        Err(error) => {
            (of_lines(head), vec![Remark::of(Construct::BrokenHead, &error.to_string())])
        }
    }
}

/// A JSON object at the very start, as Hugo knows it.
fn json_object(text: &str) -> Option<(ReadHead, usize)> {
    let mut stream =
        serde_json::Deserializer::from_str(text).into_iter::<serde_json::Value>();
    let value = stream.next()?.ok()?;
    let end = stream.byte_offset();
    match HeadValue::from(value) {
        HeadValue::Table(pairs) => Some(((pairs, Vec::new()), end)),
        _ => None,
    }
}

/// Where lines of `Key: value` at the start of a text end; 0 if there are none.
fn end_of_lines(text: &str) -> usize {
    let mut at = 0;
    let mut n_keys = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            return if n_keys > 0 { at + line.len() } else { 0 };
        }
        let is_more = n_keys > 0 && line.starts_with([' ', '\t']);
        if !is_more && key_of(line).is_none() {
            return 0;
        }
        n_keys += 1;
        at += line.len();
    }
    if n_keys > 0 { at } else { 0 }
}

/// The key of a line `Key: value`, and the value.
fn key_of(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_key = key.starts_with(|c: char| c.is_alphabetic())
        && key.len() <= 40
        && key.chars().all(|c| c.is_alphanumeric() || "_- ".contains(c))
        && key.split_whitespace().count() <= 3
        && !value.starts_with("//");
    is_key.then_some((key.trim(), value.trim()))
}

/// Lines of `key: value`, as good as they can be read: lists below a key, values that go on
/// in indented lines. Also what is left of a head that is broken.
fn of_lines(head: &str) -> Pairs {
    let mut pairs: Pairs = Vec::new();
    for line in head.lines() {
        let words = line.trim();
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        if let Some(item) = words.strip_prefix("- ")
            && let Some((_, value)) = pairs.last_mut()
        {
            push_item(value, unquoted(item));
        } else if let Some((key, value)) = key_of(line)
            && !line.starts_with([' ', '\t'])
        {
            let value = value_of(value);
            match pairs.iter_mut().find(|(it, _)| it == key) {
                Some(before) => before.1 = value,
                None => pairs.push((key.to_owned(), value)),
            }
        } else if let Some((_, HeadValue::Text(text))) = pairs.last_mut() {
            text.push(' ');
            text.push_str(words);
        }
    }
    pairs
}

fn value_of(value: &str) -> HeadValue {
    let inner = value.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    match (inner, value) {
        (Some(items), _) => {
            let items = items.split(',').map(|it| HeadValue::Text(unquoted(it)));
            HeadValue::List(items.collect())
        }
        (None, "") => HeadValue::Null,
        (None, "true") => HeadValue::Bool(true),
        (None, "false") => HeadValue::Bool(false),
        (None, text) => HeadValue::Text(unquoted(text)),
    }
}

fn push_item(value: &mut HeadValue, item: String) {
    match value {
        HeadValue::List(items) => items.push(HeadValue::Text(item)),
        HeadValue::Null => *value = HeadValue::List(vec![HeadValue::Text(item)]),
        _ => {}
    }
}

/// A text without the quotes around it, which may be there on one side only.
fn unquoted(text: &str) -> String {
    let text = text.trim();
    let first = text.chars().next().filter(|it| matches!(it, '"' | '\''));
    match first {
        Some(quote) => text.trim_matches(quote).to_owned(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_found_in_every_form() {
        let cases = [
            ("---\nTitle: A\n---\nText", HeadStyle::Fenced, Some("A"), "Text"),
            (
                "---\ntitle: A: b\ntags:\n- x\n---\nText",
                HeadStyle::Fenced,
                Some("A: b"),
                "Text",
            ),
            ("+++\ntitle = \"A\"\n+++\nText", HeadStyle::Fenced, Some("A"), "Text"),
            ("{\"title\": \"A\"}\nText", HeadStyle::Fenced, Some("A"), "\nText"),
            ("Title: A\nTags: x, y\n\nText", HeadStyle::Lines, Some("A"), "Text"),
            (
                "Note this: it is text.\n",
                HeadStyle::Fenced,
                None,
                "Note this: it is text.\n",
            ),
            ("---\ntitle: A\n\nText", HeadStyle::Fenced, Some("A"), "Text"),
            ("Just words\n", HeadStyle::Lines, None, "Just words\n"),
        ];
        for (text, style, title, body) in cases {
            let head = split(text, style);
            let found = crate::import::value::find(&head.pairs, "title")
                .and_then(HeadValue::text);
            assert_eq!((found.as_deref(), &text[head.body..]), (title, body), "{text:?}");
        }
    }
}

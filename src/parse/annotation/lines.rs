//! The first paragraph of a typed footnote as a table of `key: value`, as front matter is.

use std::collections::BTreeSet;

use crate::diagnostic::Rule;
use crate::parse::fields::Log;
use crate::parse::node::{Key, Node, Value};
use crate::span::Stretch;

/// The key of the first line.
pub(super) fn first_key<'a>(lines: &[(Stretch, &'a str)]) -> Option<&'a str> {
    Some(split(lines.first()?.1)?.0)
}

/// The lines as a table, whose place is its first key.
///
/// A line that is no `key: value` is reported, as is a key that is given twice; the first
/// of the two holds.
pub(super) fn table(lines: &[(Stretch, &str)], log: &mut Log<'_>) -> Node {
    let mut table: Vec<(Key, Node)> = Vec::with_capacity(lines.len());
    let mut seen = BTreeSet::new();
    for (at, line) in lines {
        let Some((key, value)) = split(line) else {
            let message = "this line of a typed footnote is no `key: value`".to_owned();
            log.say(Rule::BadValue, *at, message)
                .push("put an empty line above it if it is text".to_owned());
            continue;
        };
        let key = Key { at: sub(*at, line, key), name: key.into() };
        if !seen.insert(key.name.clone()) {
            log.say(Rule::DoubledKey, key.at, format!("`{}` is given twice", key.name))
                .push("delete one of the two lines".to_owned());
            continue;
        }
        let node = Node { at: sub(*at, line, value), value: scalar(value) };
        table.push((key, node));
    }
    let at = table.first().map_or_else(Stretch::default, |(key, _)| key.at);
    Node { at, value: Value::Table(table) }
}

/// Key and value of a line, without space around them.
fn split(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_letter = |it: u8| it.is_ascii_lowercase() || it == b'-';
    let is_key = !key.is_empty() && key.bytes().all(is_letter);
    let is_apart = value.is_empty() || value.starts_with([' ', '\t']);
    (is_key && is_apart).then(|| (key, value.trim()))
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
fn sub(line_at: Stretch, line: &str, part: &str) -> Stretch {
    let start =
        line_at.start as usize + (part.as_ptr() as usize - line.as_ptr() as usize);
    Stretch::new(start..start + part.len())
}

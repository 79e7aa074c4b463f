//! Values as they are written in front matter, for what is mended.

use crate::parse::node::{Node, Value, is_plain_text};

/// A text, in quotes where it would be read as something else.
pub(super) fn text(text: &str) -> String {
    if is_plain_text(text) {
        text.to_owned()
    } else {
        // A text of JSON is one of YAML (YAML 1.2.2, section 1.3).
        serde_json::to_string(text).expect("a text becomes JSON")
    }
}

/// A list on one line.
pub(super) fn list<T: AsRef<str>>(items: &[T]) -> String {
    let items: Vec<String> = items.iter().map(|it| in_flow(it.as_ref())).collect();
    format!("[{}]", items.join(", "))
}

/// A text within brackets, where commas and brackets have a meaning.
fn in_flow(item: &str) -> String {
    if item.contains([',', '[', ']', '{', '}']) {
        serde_json::to_string(item).expect("a text becomes JSON")
    } else {
        text(item)
    }
}

/// A table, a line a key; tables and lists within are written on their line.
pub(super) fn table(node: &Node) -> String {
    let Value::Table(table) = &node.value else { return String::new() };
    let line = |(key, node): &(crate::parse::node::Key, Node)| {
        format!("{}: {}\n", text(&key.name), value(node, false))
    };
    table.iter().map(line).collect()
}

fn value(node: &Node, is_in_flow: bool) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(it) => it.to_string(),
        Value::Bare(it) => it.to_string(),
        Value::Text(it) if is_in_flow => in_flow(it),
        Value::Text(it) => text(it),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|it| value(it, true)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(table) => {
            let pair = |(key, node): &(crate::parse::node::Key, Node)| {
                format!("{}: {}", in_flow(&key.name), value(node, true))
            };
            format!("{{{}}}", table.iter().map(pair).collect::<Vec<_>>().join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::parse::node::from_yaml;
    use crate::span::Stretch;

    #[test]
    fn what_is_written_is_read_as_it_was() {
        let texts = [
            "Dock strike",
            "Local #5 strikes",
            "true",
            "2024",
            "a: b",
            "- a",
            "null",
            "",
            "\"no offer\"",
            "a\nb",
            "[x]",
            "it's",
            "*x",
            "a, b",
            "é – ü",
            "@x",
            "x:",
            "# y",
            "2024-02-01",
            "!x",
            "&x",
            "%x",
            "? x",
            "{x}",
            "x #y",
            "'",
            "~",
            "0x10",
            "+1",
        ];
        let path: Arc<str> = "a.md".into();
        for expected in texts {
            for written in [text(expected), list(&[expected])] {
                let yaml = format!("a: {written}\n");
                let node = from_yaml(&yaml, Stretch::new(0..yaml.len()), &path).unwrap();
                let Value::Table(table) = &node.value else { panic!("{yaml}") };
                let read = match &table[0].1.value {
                    Value::List(items) => &items[0].value,
                    other => other,
                };
                let is_same = match read {
                    Value::Text(it) | Value::Bare(it) => &**it == expected,
                    _ => false,
                };
                assert!(is_same, "{expected:?} as {yaml:?} is {read:?}");
            }
        }
    }
}

//! `extra`: what a desk keeps in front matter for templates of its own.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::parse::fields::{Log, wrong_type};
use crate::parse::node::{Node, Value};

/// Keys and values under `extra`, which Dateline keeps for templates and makes nothing of.
pub type Extra = BTreeMap<String, Json>;

/// Reads the table.
pub(super) fn extra(node: &Node, name: &str, log: &mut Log<'_>) -> Option<Box<Extra>> {
    if !matches!(node.value, Value::Table(_)) {
        wrong_type(node, name, "a table of keys that your templates know", log);
        return None;
    }
    match json(node) {
        Json::Object(pairs) => Some(Box::new(pairs.into_iter().collect())),
        _ => None,
    }
}

/// A value as templates get it: numbers are numbers, dates are texts.
fn json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(it) => Json::Bool(*it),
        Value::Bare(word) => {
            number(word).unwrap_or_else(|| Json::String(word.to_string()))
        }
        Value::Text(text) => Json::String(text.to_string()),
        Value::List(items) => Json::Array(items.iter().map(json).collect()),
        Value::Table(pairs) => {
            let pairs = pairs.iter().map(|(key, it)| (key.name.to_string(), json(it)));
            Json::Object(pairs.collect())
        }
    }
}

/// A number; one that is written as no number prints, such as `007` or `1.10`, is a text.
fn number(word: &str) -> Option<Json> {
    let whole = word.parse::<i64>().ok().map(Json::from);
    let number = whole.or_else(|| word.parse::<f64>().ok().map(Json::from))?;
    let printed = number.to_string();
    (printed == word).then_some(number)
}

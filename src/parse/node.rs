//! Front matter and settings as one tree of values, each with its place.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{Location, Spanned};

use crate::diagnostic::{Diagnostic, Rule};
use crate::span::{Span, Stretch};
use std::sync::Arc;

/// Front matter over this many bytes is refused.
pub const MAX_FRONT_MATTER: usize = 64 * 1024;

/// A value and where it stands in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value as written, quotes included.
    pub at: Stretch,
    /// What it is.
    pub value: Value,
}

/// A value of YAML or TOML, as far as Dateline tells them apart.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing after the colon, or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, date or other bare word, as written.
    Bare(Box<str>),
    /// A text.
    Text(Box<str>),
    /// A list.
    List(Vec<Node>),
    /// A table, in the order written.
    Table(Vec<(Key, Node)>),
}

/// A key and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// Its place.
    pub at: Stretch,
    /// Its name.
    pub name: Box<str>,
}

/// Reads YAML that begins at byte `start` of `file`. Anchors, aliases and tags are
/// refused, as are doubled keys, nesting deeper than 16, and more than 20,000 values.
pub fn from_yaml(file: &str, yaml: Stretch, path: &Arc<str>) -> Result<Node, Diagnostic> {
    let text = &file[yaml.range()];
    let mut options = serde_yaml::Options::default();
    options.strict_booleans = true;
    options.reject_unsupported_tags = true;
    options.duplicate_keys = serde_yaml::DuplicateKeyPolicy::Error;
    options.merge_keys = serde_yaml::MergeKeyPolicy::Error;
    if let Some(budget) = &mut options.budget {
        budget.max_anchors = 0;
        budget.max_aliases = 0;
        budget.max_depth = 16;
        budget.max_nodes = 20_000;
    }
    match serde_yaml::from_str_with_options::<Spanned<Raw>>(text, options) {
        Ok(raw) => Ok(node(raw, text, yaml.start as usize)),
        Err(error) => Err(yaml_error(&error, file, yaml, path)),
    }
}

fn yaml_error(
    error: &serde_yaml::Error,
    file: &str,
    yaml: Stretch,
    path: &Arc<str>,
) -> Diagnostic {
    let _ = (file, yaml, path, error); unimplemented!()
}

fn stretch(location: Location, text: &str, start: usize) -> Stretch {
    let from = location.span().byte_offset().unwrap_or(0) as usize;
    let len = location.span().byte_len().unwrap_or(0) as usize;
    let from = from.min(text.len());
    Stretch::new(start + from..start + (from + len).min(text.len()))
}

fn node(raw: Spanned<Raw>, text: &str, start: usize) -> Node {
    let at = stretch(raw.referenced, text, start);
    Node { at, value: value(raw.value, text, at, start) }
}

fn value(raw: Raw, text: &str, at: Stretch, start: usize) -> Value {
    match raw {
        Raw::Null => Value::Null,
        Raw::Bool(it) => Value::Bool(it),
        Raw::Bare => {
            let written = &text[at.start as usize - start..at.end as usize - start];
            Value::Bare(written.trim().into())
        }
        Raw::Text(it) => Value::Text(it),
        Raw::List(items) => {
            Value::List(items.into_iter().map(|item| node(item, text, start)).collect())
        }
        Raw::Table(pairs) => {
            let pair = |(key, item): (Spanned<String>, Spanned<Raw>)| {
                let at = stretch(key.referenced, text, start);
                (Key { at, name: key.value.into() }, node(item, text, start))
            };
            Value::Table(pairs.into_iter().map(pair).collect())
        }
    }
}

/// What serde hears of a value, before its place is known.
enum Raw {
    Null,
    Bool(bool),
    Bare,
    Text(Box<str>),
    List(Vec<Spanned<Raw>>),
    Table(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Raw, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, a list or a table")
    }
    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }
    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }
    fn visit_bool<E>(self, it: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(it))
    }
    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Bare)
    }
    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Bare)
    }
    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Bare)
    }
    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Bare)
    }
    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Bare)
    }
    fn visit_str<E>(self, it: &str) -> Result<Raw, E> {
        Ok(Raw::Text(it.into()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Raw, A::Error> {
        let mut table = Vec::new();
        while let Some(pair) = pairs.next_entry()? {
            table.push(pair);
        }
        Ok(Raw::Table(table))
    }
}


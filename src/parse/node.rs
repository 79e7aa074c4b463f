//! Front matter and settings as one tree of values, each with its place.

use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;

use crate::diagnostic::{Diagnostic, Rule};
use crate::span::Stretch;

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
        Ok(raw) => Ok(node(placed(raw), text, yaml.start as usize)),
        Err(error) => Err(yaml_error(&error, file, yaml, path)),
    }
}

fn yaml_error(
    error: &serde_yaml::Error,
    file: &str,
    yaml: Stretch,
    path: &Arc<str>,
) -> Diagnostic {
    let error = error.without_snippet();
    let at = error.location().map_or(yaml, |location| {
        // Some errors know only line and column, the column in characters.
        let text = &file[yaml.range()];
        let line = usize::try_from(location.line()).unwrap_or(1).saturating_sub(1);
        let col = usize::try_from(location.column()).unwrap_or(1).saturating_sub(1);
        let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let rest = text.get(before..).unwrap_or("");
        let within: usize = rest.chars().take(col).map(char::len_utf8).sum();
        let len =
            rest.get(within..).and_then(|it| it.chars().next()).map_or(0, char::len_utf8);
        let start = yaml.start as usize + before + within;
        Stretch::new(start..start + len)
    });
    let text = error.to_string();
    let said = text.rsplit_once(" at line ").map_or(text.as_str(), |(said, _)| said);
    let (rule, message, help) = if said.contains("duplicate mapping key") {
        let key = said.trim_start_matches("duplicate mapping key: ");
        let key = key.split(',').next().unwrap_or(key);
        (
            Rule::DoubledKey,
            format!("`{key}` is given twice"),
            "delete one of the two lines",
        )
    } else if said.contains("Anchors")
        || said.contains("Aliases")
        || said.contains("alias")
    {
        let message = "front matter has no anchors (`&name`) and no aliases (`*name`)";
        (
            Rule::FrontMatter,
            message.to_owned(),
            "write the value out, or put it in quotes",
        )
    } else if said.contains("unsupported tag") {
        let message = "front matter has no tags (`!name`)";
        (Rule::FrontMatter, message.to_owned(), "put the value in quotes")
    } else if said.contains("budget breached") || said.contains("ecursion") {
        let message = "the front matter is nested too deeply or too long";
        (Rule::FrontMatter, message.to_owned(), "keep it to a few dozen lines")
    } else {
        let help = "put a text in quotes if it holds `: `, `#` or begins with a sign";
        (Rule::FrontMatter, format!("this is not YAML: {said}"), help)
    };
    Diagnostic::new(rule, at.of(path), message).help(help)
}

/// Reads a TOML file.
pub fn from_toml(text: &str, path: &Arc<str>) -> Result<Node, Diagnostic> {
    match toml::de::DeTable::parse(text) {
        Ok(table) => Ok(toml_table(Stretch::default(), table.get_ref())),
        Err(error) => {
            let at = error.span().map_or_else(Stretch::default, Stretch::new);
            let said = error.message();
            let rule = match said {
                _ if said.contains("duplicate key") => Rule::DoubledKey,
                _ => Rule::FrontMatter,
            };
            let message = format!("this is not TOML: {said}");
            Err(Diagnostic::new(rule, at.of(path), message)
                .help("write `key = \"value\"`, one a line, below a `[table]`"))
        }
    }
}

fn toml_table(at: Stretch, table: &toml::de::DeTable<'_>) -> Node {
    let mut pairs: Vec<_> = table
        .iter()
        .map(|(key, item)| {
            let name = key.get_ref().as_ref().into();
            (Key { at: Stretch::new(key.span()), name }, toml_node(item))
        })
        .collect();
    pairs.sort_by_key(|(key, _)| key.at);
    Node { at, value: Value::Table(pairs) }
}

fn toml_node(item: &toml::Spanned<toml::de::DeValue<'_>>) -> Node {
    use toml::de::DeValue;
    let at = Stretch::new(item.span());
    let value = match item.get_ref() {
        DeValue::String(text) => Value::Text(text.as_ref().into()),
        DeValue::Boolean(it) => Value::Bool(*it),
        DeValue::Integer(it) => Value::Bare(it.to_string().into()),
        DeValue::Float(it) => Value::Bare(it.to_string().into()),
        DeValue::Datetime(it) => Value::Bare(it.to_string().into()),
        DeValue::Array(items) => Value::List(items.iter().map(toml_node).collect()),
        DeValue::Table(table) => return toml_table(at, table),
    };
    Node { at, value }
}

/// A place in the YAML alone, as the library tells it.
type Place = Stretch;

/// What the library tells of a value.
type Placed<T> = (Place, T);

/// A value with its place and nothing else that the library keeps beside it.
fn placed<T>(spanned: Spanned<T>) -> Placed<T> {
    let span = spanned.referenced.span();
    let narrow = |offset: Option<u64>| u32::try_from(offset.unwrap_or(0)).unwrap_or(0);
    let start = narrow(span.byte_offset());
    (Place { start, end: start.saturating_add(narrow(span.byte_len())) }, spanned.value)
}

/// The place in the file of a place in the YAML, which begins at byte `start`.
fn in_file(place: Place, text: &str, start: usize) -> Stretch {
    let within = |offset: u32| start + (offset as usize).min(text.len());
    Stretch::new(within(place.start)..within(place.end))
}

fn node((place, raw): Placed<Raw>, text: &str, start: usize) -> Node {
    let at = in_file(place, text, start);
    Node { at, value: value(raw, text, at, start) }
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
            let pair = |((place, name), item): (Placed<Box<str>>, Placed<Raw>)| {
                (Key { at: in_file(place, text, start), name }, node(item, text, start))
            };
            Value::Table(pairs.into_iter().map(pair).collect())
        }
    }
}

/// What serde hears of a value, before its place in the file is known.
enum Raw {
    Null,
    Bool(bool),
    Bare,
    Text(Box<str>),
    List(Vec<Placed<Raw>>),
    Table(Vec<(Placed<Box<str>>, Placed<Raw>)>),
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
            list.push(placed(item));
        }
        Ok(Raw::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Raw, A::Error> {
        let mut table = Vec::with_capacity(8); // as most tables of front matter have
        while let Some((key, item)) = pairs.next_entry()? {
            table.push((placed(key), placed(item)));
        }
        Ok(Raw::Table(table))
    }
}

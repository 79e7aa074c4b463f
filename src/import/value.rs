//! The head of an old text as a tree: every scalar as it was written.

/// A value of YAML, TOML or JSON. A number or a date stays the text it was, so that a title
/// `1.10` is not cut to `1.1`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum HeadValue {
    /// Nothing, or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A text, a number, a date.
    Text(String),
    /// A list.
    List(Vec<HeadValue>),
    /// A table, in the order written.
    Table(Pairs),
}

/// Keys and values in the order written.
pub(crate) type Pairs = Vec<(String, HeadValue)>;

impl HeadValue {
    /// The text of a scalar without space around it; `None` for nothing, lists and tables,
    /// and for a text that is empty.
    pub(crate) fn text(&self) -> Option<String> {
        match self {
            HeadValue::Text(text) if !text.trim().is_empty() => {
                Some(text.trim().to_owned())
            }
            HeadValue::Bool(it) => Some(it.to_string()),
            _ => None,
        }
    }

    /// Whether it says yes or no; `None` if neither.
    pub(crate) fn truth(&self) -> Option<bool> {
        match self {
            HeadValue::Bool(it) => Some(*it),
            HeadValue::Text(text) => match text.trim().to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" | "1" => Some(true),
                "false" | "no" | "off" | "0" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// The items of a list; a single value is a list of one, nothing an empty one.
    pub(crate) fn items(&self) -> Vec<&HeadValue> {
        match self {
            HeadValue::List(items) => items.iter().collect(),
            HeadValue::Null => Vec::new(),
            one => vec![one],
        }
    }

    /// Whether it holds no more than so many values, nested no more deeply than that.
    pub(crate) fn is_within(&self, n_values: usize, depth: usize) -> bool {
        fn count(value: &HeadValue, left: &mut usize, depth: usize) -> bool {
            if depth == 0 || *left == 0 {
                return false;
            }
            *left -= 1;
            match value {
                HeadValue::List(items) => {
                    items.iter().all(|it| count(it, left, depth - 1))
                }
                HeadValue::Table(pairs) => {
                    pairs.iter().all(|(_, it)| count(it, left, depth - 1))
                }
                HeadValue::Text(text) => text.len() <= 16 * 1024,
                HeadValue::Null | HeadValue::Bool(_) => true,
            }
        }
        count(self, &mut { n_values }, depth)
    }

    /// The value under a key of a table, however the key is written.
    pub(crate) fn get(&self, key: &str) -> Option<&HeadValue> {
        match self {
            HeadValue::Table(pairs) => find(pairs, key),
            _ => None,
        }
    }

    /// The text under a key of a table.
    pub(crate) fn text_of(&self, key: &str) -> Option<String> {
        self.get(key)?.text()
    }
}

/// The value of a key, in capitals or not, with `_` or `-`; the last one counts.
pub(crate) fn find<'a>(
    pairs: &'a [(String, HeadValue)],
    key: &str,
) -> Option<&'a HeadValue> {
    let found = pairs.iter().rev().find(|(it, _)| plain_key(it) == plain_key(key));
    found.map(|(_, value)| value)
}

/// A key as all its spellings have it: lower case, words joined by `-`.
pub(crate) fn plain_key(key: &str) -> String {
    let words = key.trim().split(['_', '-', ' ']);
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

impl From<serde_json::Value> for HeadValue {
    fn from(value: serde_json::Value) -> HeadValue {
        use serde_json::Value;
        match value {
            Value::Null => HeadValue::Null,
            Value::Bool(it) => HeadValue::Bool(it),
            Value::Number(it) => HeadValue::Text(it.to_string()),
            Value::String(it) => HeadValue::Text(it),
            Value::Array(items) => {
                HeadValue::List(items.into_iter().map(Into::into).collect())
            }
            Value::Object(pairs) => HeadValue::Table(
                pairs.into_iter().map(|(key, it)| (key, it.into())).collect(),
            ),
        }
    }
}

impl From<toml::Value> for HeadValue {
    fn from(value: toml::Value) -> HeadValue {
        use toml::Value;
        match value {
            Value::String(it) => HeadValue::Text(it),
            Value::Integer(it) => HeadValue::Text(it.to_string()),
            Value::Float(it) => HeadValue::Text(it.to_string()),
            Value::Boolean(it) => HeadValue::Bool(it),
            Value::Datetime(it) => HeadValue::Text(it.to_string()),
            Value::Array(items) => {
                HeadValue::List(items.into_iter().map(Into::into).collect())
            }
            Value::Table(pairs) => HeadValue::Table(
                pairs.into_iter().map(|(key, it)| (key, it.into())).collect(),
            ),
        }
    }
}

//! Front matter and settings as one tree of values, each with its place.

mod plain;

use std::sync::Arc;

use serde_yaml::granit_parser::{Event, Parser, ScalarStyle, ScanError, StrInput};

use crate::diagnostic::{Diagnostic, Rule};
use crate::span::Stretch;

/// Front matter over this many bytes is refused.
pub const MAX_FRONT_MATTER: usize = 64 * 1024;

/// Front matter of more values than this is refused.
const MAX_VALUES: usize = 20_000;

/// Front matter nested more deeply than this is refused.
const MAX_DEPTH: usize = 16;

/// What is said of an anchor or an alias of YAML, and what to do.
const NO_ANCHORS: (&str, &str) = (
    "front matter has no anchors (`&name`) and no aliases (`*name`)",
    "write the value out, or put it in quotes",
);

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
///
/// What most people write is read in one pass; all else, and all that is wrong, by the
/// library's parser.
pub fn from_yaml(file: &str, yaml: Stretch, path: &Arc<str>) -> Result<Node, Diagnostic> {
    let range = yaml.range();
    match plain::read(file, range.start, range.end) {
        Some(node) => Ok(node),
        None => by_parser(file, yaml, path),
    }
}

/// The same by the library's parser alone. The tree is made straight from its events: by way
/// of serde, where each value asks for its place, front matter takes twice as long.
fn by_parser(file: &str, yaml: Stretch, path: &Arc<str>) -> Result<Node, Diagnostic> {
    let text = &file[yaml.range()];
    let start = yaml.start as usize;
    let events = Parser::new_from_str(text);
    let mut reader = TreeReader { text, start, path, events, depth: 0, n_values: 0 };
    reader.document()
}

/// Makes the tree of one document from its events.
struct TreeReader<'a> {
    text: &'a str,
    /// Where the text begins in the file.
    start: usize,
    path: &'a Arc<str>,
    events: Parser<'a, StrInput<'a>>,
    /// In how many lists and tables the next value is.
    depth: usize,
    n_values: usize,
}

impl<'a> TreeReader<'a> {
    fn document(&mut self) -> Result<Node, Diagnostic> {
        let at = Stretch::new(self.start..self.start);
        let mut document = Node { at, value: Value::Null };
        let mut is_read = false;
        loop {
            let (event, at) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd => {}
                Event::StreamEnd => return Ok(document),
                _ if is_read => {
                    let help = "delete the line `---` before it, or put it in quotes";
                    return Err(self.refusal(at, "a second document begins here", help));
                }
                _ => document = self.node(event, at)?,
            }
            is_read |= self.n_values > 0;
        }
    }

    /// The next event and its place in the file.
    fn next(&mut self) -> Result<(Event<'a>, Stretch), Diagnostic> {
        match self.events.next() {
            Some(Ok((event, span))) => {
                let range = span.byte_range().unwrap_or(0..0);
                Ok((event, Stretch::new(range).shifted(self.start)))
            }
            Some(Err(error)) => Err(self.no_yaml(&error)),
            None => Ok((Event::StreamEnd, Stretch::default())),
        }
    }

    fn node(&mut self, event: Event<'a>, at: Stretch) -> Result<Node, Diagnostic> {
        self.allow(&event, at)?;
        let value = match event {
            Event::Scalar(text, style, ..) => scalar(&text, style),
            Event::SequenceStart(..) => Value::List(self.list()?),
            _ => Value::Table(self.table()?),
        };
        Ok(Node { at, value })
    }

    fn list(&mut self) -> Result<Vec<Node>, Diagnostic> {
        self.depth += 1;
        let mut list = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => break,
                (event, at) => list.push(self.node(event, at)?),
            }
        }
        self.depth -= 1;
        Ok(list)
    }

    fn table(&mut self) -> Result<Vec<(Key, Node)>, Diagnostic> {
        self.depth += 1;
        let mut table = Vec::with_capacity(8); // as most tables of front matter have
        loop {
            let (event, at) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                break;
            }
            self.allow(&event, at)?;
            let Event::Scalar(name, ..) = event else {
                let help = "write `key: value`, or put the text in quotes";
                return Err(self.refusal(at, "a list or table cannot be a key", help));
            };
            let (event, value_at) = self.next()?;
            table.push((Key { at, name: name.into() }, self.node(event, value_at)?));
        }
        self.depth -= 1;
        match doubled(&table) {
            Some(Key { at, name }) => {
                let message = format!("`{name}` is given twice");
                Err(Diagnostic::new(
                    Rule::DoubledKey,
                    at.of(self.path),
                    message,
                    "delete one of the two lines",
                ))
            }
            None => Ok(table),
        }
    }

    /// Refuses what front matter may not hold, and more of it than anybody writes.
    fn allow(&mut self, event: &Event<'_>, at: Stretch) -> Result<(), Diagnostic> {
        let (anchor, tag, is_deeper) = match event {
            Event::Scalar(_, _, anchor, tag) => (*anchor, tag, false),
            Event::SequenceStart(_, anchor, tag)
            | Event::MappingStart(_, anchor, tag) => (*anchor, tag, true),
            // What is left is an alias, refused like the anchor that it refers to.
            _ => (1, &None, false),
        };
        self.n_values += 1;
        let (message, help) = if anchor != 0 {
            NO_ANCHORS
        } else if tag.is_some() {
            ("front matter has no tags (`!name`)", "put the value in quotes")
        } else if self.n_values > MAX_VALUES || is_deeper && self.depth == MAX_DEPTH {
            (
                "the front matter is nested too deeply or too long",
                "keep it to a few dozen lines",
            )
        } else {
            return Ok(());
        };
        Err(self.refusal(at, message, help))
    }

    fn no_yaml(&self, error: &ScanError) -> Diagnostic {
        let at = error.marker().byte_offset().unwrap_or(0).min(self.text.len());
        let len = self.text[at..].chars().next().map_or(0, char::len_utf8);
        let at = Stretch::new(at..at + len).shifted(self.start);
        let said = error.info();
        // The parser stops at an alias without its anchor before `allow` can see the alias.
        if said.contains("anchor") {
            return self.refusal(at, NO_ANCHORS.0, NO_ANCHORS.1);
        }
        let message = format!("this is not YAML: {said}");
        let help = "put a text in quotes if it holds `: `, `#` or begins with a sign";
        self.refusal(at, &message, help)
    }

    fn refusal(&self, at: Stretch, message: &str, help: &str) -> Diagnostic {
        Diagnostic::new(Rule::FrontMatter, at.of(self.path), message, help)
    }
}

/// What a word or a text in quotes is (YAML 1.2.2, section 10.3.2).
fn scalar(text: &str, style: ScalarStyle) -> Value {
    let is_number = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'))
            && text.parse::<f64>().is_ok()
    };
    match text {
        _ if style != ScalarStyle::Plain => Value::Text(text.into()),
        // `Null` and `NULL` are null by YAML's core schema, and surnames in a newsroom.
        "" | "~" | "null" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        number if is_number(number) => Value::Bare(number.into()),
        words => Value::Text(words.into()),
    }
}

/// Whether a text can stand in YAML as it is and is read as a text or as a number of these
/// signs; see [`scalar`].
pub(super) fn is_plain_text(text: &str) -> bool {
    let is_word =
        matches!(scalar(text, ScalarStyle::Plain), Value::Text(_) | Value::Bare(_));
    is_word
        && text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '('))
        && !text.ends_with([':', ' '])
        && !text.contains(|c: char| c.is_control())
        && ![": ", " #"].iter().any(|it| text.contains(it))
}

/// A key that stands in a table for the second time.
fn doubled(table: &[(Key, Node)]) -> Option<&Key> {
    let mut keys: Vec<&Key> = table.iter().map(|(key, _)| key).collect();
    keys.sort_unstable_by(|a, b| a.name.cmp(&b.name).then(a.at.cmp(&b.at)));
    let pairs = keys.windows(2).filter(|it| it[0].name == it[1].name);
    pairs.map(|it| it[1]).min_by_key(|it| it.at)
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
                _ => Rule::Settings,
            };
            let message = format!("this is not valid TOML: {said}");
            Err(Diagnostic::new(
                rule,
                at.of(path),
                message,
                "write `key = \"value\"`, one a line, below a `[table]`",
            ))
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
        DeValue::Integer(it) => Value::Bare(
            // `0x10` is 16.
            match i64::from_str_radix(it.as_str(), it.radix()) {
                Ok(number) => number.to_string(),
                Err(_) => it.to_string(),
            }
            .into(),
        ),
        DeValue::Float(it) => Value::Bare(it.to_string().into()),
        DeValue::Datetime(it) => Value::Bare(it.to_string().into()),
        DeValue::Array(items) => Value::List(items.iter().map(toml_node).collect()),
        DeValue::Table(table) => return toml_table(at, table),
    };
    Node { at, value }
}

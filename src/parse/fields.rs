//! Reading typed values out of a tree, with a diagnostic for whatever does not fit.

use std::fmt::Write;
use std::sync::Arc;

use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, Rule, nearest};
use crate::layout::within_static;
use crate::parse::node::{Key, Node, Value};
use crate::slug::Slug;
use crate::span::{Span, Stretch};

/// A value and where it stands in its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Its place, quotes included.
    pub at: Stretch,
}

/// Where diagnostics about one file go.
#[derive(Debug)]
pub struct Log<'a> {
    /// The file, from the root of the book.
    pub path: &'a Arc<str>,
    /// What has been said of it so far.
    pub diagnostics: Vec<Diagnostic>,
}

impl Log<'_> {
    /// Adds a diagnostic about a place in the file and gives it back for its help.
    pub fn say(&mut self, rule: Rule, at: Stretch, message: String) -> &mut Vec<String> {
        self.diagnostics.push(Diagnostic::new(rule, self.span(at), message));
        &mut self.diagnostics.last_mut().expect("one was just pushed").help
    }

    /// The place in the file as a span.
    pub fn span(&self, at: Stretch) -> Span {
        at.of(self.path)
    }
}

/// The keys of one table: each is taken once, and what nobody took is unknown.
#[derive(Debug)]
pub struct Fields<'a> {
    table: &'a [(Key, Node)],
    known: Vec<&'static str>,
    /// The place of the table.
    pub at: Stretch,
}

/// Reads one value; `None` after a diagnostic.
pub type Read<T> = fn(&Node, &str, &mut Log<'_>) -> Option<T>;

impl<'a> Fields<'a> {
    /// The keys of `node`, which must be a table; reported as `name` if it is not.
    pub fn of(node: &'a Node, name: &str, log: &mut Log<'_>) -> Option<Fields<'a>> {
        if let Value::Table(table) = &node.value {
            Some(Fields { table, known: Vec::new(), at: node.at })
        } else {
            wrong_type(node, name, "a table of `key: value`", log);
            None
        }
    }

    /// The node under a key; `None` if it is absent or empty.
    pub fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        self.known.push(key);
        let (_, node) = self.table.iter().find(|(it, _)| &*it.name == key)?;
        (node.value != Value::Null).then_some(node)
    }

    /// The value under a key; `None` if it is absent, empty, or does not fit.
    pub fn take<T>(
        &mut self,
        key: &'static str,
        log: &mut Log<'_>,
        read: impl FnOnce(&Node, &str, &mut Log<'_>) -> Option<T>,
    ) -> Option<T> {
        self.node(key).and_then(|node| read(node, key, log))
    }

    /// The list under a key, or the one value that stands for a list of one.
    pub fn list<T>(
        &mut self,
        key: &'static str,
        log: &mut Log<'_>,
        read: impl Fn(&Node, &str, &mut Log<'_>) -> Option<T>,
    ) -> Box<[T]> {
        match self.node(key) {
            None => Box::default(),
            Some(Node { value: Value::List(items), .. }) => {
                items.iter().filter_map(|item| read(item, key, log)).collect()
            }
            Some(one) => read(one, key, log).into_iter().collect(),
        }
    }

    /// The value under a key that must be there; `example` is what to paste.
    pub fn required<T>(
        &mut self,
        key: &'static str,
        example: &str,
        log: &mut Log<'_>,
        read: impl FnOnce(&Node, &str, &mut Log<'_>) -> Option<T>,
    ) -> Option<T> {
        let Some(node) = self.node(key) else {
            log.say(Rule::MissingKey, self.at, format!("`{key}` is missing"))
                .push(format!("add `{example}`"));
            return None;
        };
        read(node, key, log)
    }

    /// Reports the keys that nobody took.
    pub fn finish(self, log: &mut Log<'_>) {
        for (key, _) in self.table {
            if !self.known.contains(&&*key.name) {
                let message = format!("`{}` is no key that is known here", key.name);
                let near = nearest(&key.name, self.known.iter().copied());
                log.say(Rule::UnknownKey, key.at, message).push(match near {
                    Some(near) => format!("write `{near}`"),
                    None => format!("delete it; the keys are {}", listed(&self.known)),
                });
            }
        }
    }
}

/// Words in backticks with commas between: `` `a`, `b` and `c` ``.
pub fn listed(words: &[&str]) -> String {
    let mut out = String::new();
    for (at, word) in words.iter().enumerate() {
        let between = match at {
            0 => "",
            _ if at + 1 == words.len() => " and ",
            _ => ", ",
        };
        write!(out, "{between}`{word}`").expect("a string takes all");
    }
    out
}

/// Says that `name` wants something else than what `node` is.
pub fn wrong_type(node: &Node, name: &str, wanted: &str, log: &mut Log<'_>) {
    let found = match &node.value {
        Value::Null => "nothing",
        Value::Bool(_) => "`true` or `false`",
        Value::Bare(_) => "a number",
        Value::Text(_) => "a text",
        Value::List(_) => "a list",
        Value::Table(_) => "a table",
    };
    let at = first_line(node.at);
    let message = format!("`{name}` is {wanted}, and this is {found}");
    let help = match &node.value {
        Value::Table(_) if wanted.starts_with("a text") => {
            "put the text in quotes if it holds `: `".to_owned()
        }
        _ => format!("give {wanted}"),
    };
    log.say(Rule::WrongType, at, message).push(help);
}

fn first_line(at: Stretch) -> Stretch {
    at
}

/// A file of `static/` by its path there. It may be written as in a text, `/img/gate.jpg`, and
/// with its folder, `static/img/gate.jpg`.
pub fn static_file(
    node: &Node,
    name: &str,
    log: &mut Log<'_>,
) -> Option<Placed<Box<str>>> {
    let Placed { value, at } = text(node, name, log)?;
    let path = value.trim_start_matches('/');
    let path = within_static(path).unwrap_or(path);
    Some(Placed { value: path.into(), at })
}

/// Any text, number or word, as a text without space around it; never empty.
pub fn text(node: &Node, name: &str, log: &mut Log<'_>) -> Option<Placed<Box<str>>> {
    let value: Box<str> = match &node.value {
        Value::Text(text) | Value::Bare(text) => text.trim().into(),
        Value::Bool(it) => it.to_string().into(),
        _ => {
            wrong_type(node, name, "a text", log);
            return None;
        }
    };
    if let Some(c) = value.chars().find(|c| is_forbidden(*c)) {
        let message =
            format!("`{name}` holds the control character U+{:04X}", u32::from(c));
        log.say(Rule::ControlCharacter, node.at, message).push("delete it".to_owned());
        return None;
    }
    if value.is_empty() {
        let message = format!("`{name}` is an empty text");
        log.say(Rule::WrongType, node.at, message)
            .push(format!("write something, or delete `{name}`"));
        return None;
    }
    Some(Placed { value, at: node.at })
}

/// The characters that XML 1.0 (section 2.2) and HTML forbid in text.
pub fn is_forbidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}'
        | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether a text has no character that [`is_forbidden`].
pub fn has_no_forbidden(text: &str) -> bool {
    // In UTF-8 the forbidden ones begin with these bytes. Without an early end the loop is
    // one of vector instructions; few texts need a second look.
    let is_suspect = |it: u8| {
        it < b' ' && !matches!(it, b'\t' | b'\n' | b'\r')
            || matches!(it, 0x7f | 0xc2 | 0xef)
    };
    let is_any = text.bytes().fold(false, |found, it| found | is_suspect(it));
    !is_any || !text.chars().any(is_forbidden)
}

/// The text alone; see [`text`].
pub fn string(node: &Node, name: &str, log: &mut Log<'_>) -> Option<Box<str>> {
    text(node, name, log).map(|text| text.value)
}

/// `true` or `false`.
pub fn boolean(node: &Node, name: &str, log: &mut Log<'_>) -> Option<bool> {
    if let Value::Bool(it) = node.value {
        Some(it)
    } else {
        wrong_type(node, name, "`true` or `false`", log);
        None
    }
}

/// A date of which day and month may be missing.
pub fn partial_date(node: &Node, name: &str, log: &mut Log<'_>) -> Option<PartialDate> {
    match &node.value {
        Value::Text(text) | Value::Bare(text) => {
            let date = PartialDate::parse(text.trim());
            if date.is_none() {
                let message = format!("`{name}` is a date, and `{text}` is none");
                log.say(Rule::WrongType, node.at, message)
                    .push("write `2025-08-08`, `2025-08` or `2025`".to_owned());
            }
            date
        }
        _ => {
            wrong_type(node, name, "a date such as `2025-08-08`", log);
            None
        }
    }
}

/// A slug, as it must be written.
pub fn slug(node: &Node, name: &str, log: &mut Log<'_>) -> Option<Placed<Slug>> {
    let text = text(node, name, log)?;
    match text.value.parse::<Slug>() {
        Ok(value) => Some(Placed { value, at: text.at }),
        Err(error) => {
            let message = format!("`{}` is no slug", text.value);
            log.say(Rule::BadSlug, text.at, message).push(match error.nearest {
                Some(near) => format!("write `{near}`"),
                None => "use lower-case letters, digits and single hyphens".to_owned(),
            });
            None
        }
    }
}

/// One of a few words.
pub fn one_of<T: Copy>(
    choices: &'static [(&'static str, T)],
) -> impl Fn(&Node, &str, &mut Log<'_>) -> Option<T> {
    move |node, name, log| {
        let text = text(node, name, log)?;
        if let Some((_, it)) = choices.iter().find(|(word, _)| *word == &*text.value) {
            return Some(*it);
        }
        let words: Vec<_> = choices.iter().map(|(word, _)| *word).collect();
        let message = format!("`{}` is no `{name}`", text.value);
        let help = match nearest(&text.value, words.iter().copied()) {
            Some(near) => format!("write `{near}`; the choices are {}", listed(&words)),
            None => format!("write one of {}", listed(&words)),
        };
        log.say(Rule::BadValue, text.at, message).push(help);
        None
    }
}

/// A whole number between the bounds.
pub fn number(
    least: u32,
    most: u32,
) -> impl Fn(&Node, &str, &mut Log<'_>) -> Option<u32> {
    move |node, name, log| {
        let number = match &node.value {
            Value::Bare(text) => text.parse::<u32>().ok(),
            _ => None,
        };
        let fitting = number.filter(|number| (least..=most).contains(number));
        if fitting.is_none() {
            let wanted = format!("a whole number from {least} to {most}");
            let message = format!("`{name}` is {wanted}, and this is not");
            log.say(Rule::WrongType, node.at, message).push(format!("write {wanted}"));
        }
        fitting
    }
}

/// The address of a page on the web: `http:` or `https:`.
pub fn url(node: &Node, name: &str, log: &mut Log<'_>) -> Option<Box<str>> {
    let text = text(node, name, log)?;
    web_address(&text, name, log)
}

/// A text that must be the address of a page on the web, given as `name`.
pub fn web_address(
    text: &Placed<Box<str>>,
    name: &str,
    log: &mut Log<'_>,
) -> Option<Box<str>> {
    let lower = text.value.to_ascii_lowercase();
    let has_space = text.value.contains(char::is_whitespace);
    if !has_space && ["https://", "http://"].iter().any(|it| lower.starts_with(it)) {
        return Some(text.value.clone());
    }
    let can_run = ["javascript:", "data:", "vbscript:"];
    let can_run = can_run.iter().any(|it| lower.starts_with(it));
    let rule = if can_run { Rule::UnsafeLink } else { Rule::BadAddress };
    let message = format!("`{name}` must be a web address, not `{}`", text.value);
    log.say(rule, text.at, message)
        .push("write an address that begins with `https://`".to_owned());
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::node::from_yaml;

    #[test]
    fn the_quick_look_for_forbidden_characters_sees_what_the_slow_one_sees() {
        for c in '\0'..='\u{ffff}' {
            let text = format!("a{c}b");
            assert_eq!(
                has_no_forbidden(&text),
                !is_forbidden(c),
                "U+{:04X}",
                u32::from(c)
            );
        }
    }

    fn read<T>(
        yaml: &str,
        work: impl Fn(&mut Fields<'_>, &mut Log<'_>) -> T,
    ) -> (T, String) {
        let path: Arc<str> = "a.md".into();
        let mut log = Log { path: &path, diagnostics: Vec::new() };
        let node = from_yaml(yaml, Stretch::new(0..yaml.len()), &path).unwrap();
        let mut fields = Fields::of(&node, "front matter", &mut log).unwrap();
        let value = work(&mut fields, &mut log);
        fields.finish(&mut log);
        let said = log.diagnostics.iter().map(|d| {
            let range = d.span.stretch.range();
            format!(
                "{} `{}` {} / {}",
                d.rule.name(),
                &yaml[range],
                d.message,
                d.help.join("; ")
            )
        });
        (value, said.collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn a_misspelt_key_is_reported_with_the_nearest() {
        let (title, said) =
            read("titel: A\ntitle: B\n", |fields, log| fields.take("title", log, string));
        assert_eq!(title.as_deref(), Some("B"));
        assert_eq!(
            said,
            "unknown-key `titel` `titel` is no key that is known here / write `title`"
        );
    }

    #[test]
    fn a_value_of_another_type_is_reported_where_it_stands() {
        let (_, said) =
            read("draft: soon\n", |fields, log| fields.take("draft", log, boolean));
        assert_eq!(
            said,
            "wrong-type `soon` `draft` is `true` or `false`, and this is a text / give `true` or `false`"
        );
    }

    #[test]
    fn one_value_stands_for_a_list_of_one() {
        let (tags, said) =
            read("tags: security\n", |fields, log| fields.list("tags", log, string));
        assert_eq!((&tags[..], said.as_str()), (&["security".into()][..], ""));
    }

    #[test]
    fn a_number_is_a_text_where_a_text_is_wanted() {
        let (title, _) =
            read("title: 0012\n", |fields, log| fields.take("title", log, string));
        assert_eq!(title.as_deref(), Some("0012"));
    }
}

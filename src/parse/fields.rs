//! Reading typed values out of a tree, with a diagnostic for whatever does not fit.

use std::fmt::Write;
use std::sync::Arc;

use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, Rule, nearest};
use crate::layout::within_static;
use crate::parse::node::{Key, Node, Value};
use crate::parse::other_dates;
use crate::parse::unknown_keys::Unknown;
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
    /// Its text.
    pub text: &'a str,
    /// What has been said of it so far.
    pub diagnostics: Vec<Diagnostic>,
}

impl Log<'_> {
    /// Adds a diagnostic about a place in the file and returns it, so that the caller can add
    /// edits and further places.
    pub fn say(
        &mut self,
        rule: Rule,
        at: Stretch,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Diagnostic {
        self.diagnostics.push(Diagnostic::new(rule, self.span(at), message, help));
        self.diagnostics.last_mut().expect("one was just pushed")
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
    /// The keys that must be there and are not, and where in the log that is said.
    missing: Vec<(&'static str, usize)>,
    /// The place of the table.
    pub at: Stretch,
}

/// Reads one value; `None` after a diagnostic.
pub type Read<T> = fn(&Node, &str, &mut Log<'_>) -> Option<T>;

impl<'a> Fields<'a> {
    /// The keys of `node`, which must be a table; reported as `name` if it is not.
    pub fn of(node: &'a Node, name: &str, log: &mut Log<'_>) -> Option<Fields<'a>> {
        if let Value::Table(table) = &node.value {
            let (known, missing) = (Vec::new(), Vec::new());
            Some(Fields { table, known, missing, at: node.at })
        } else {
            wrong_type(node, name, "a table of `key: value`", log);
            None
        }
    }

    /// The node under a key; `None` if it is absent, or if nothing is in it.
    pub fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        self.known.push(key);
        let (_, node) = self.table.iter().find(|(it, _)| &*it.name == key)?;
        (!is_absent(node)).then_some(node)
    }

    /// Whether a key is there with an empty text behind it, `key: ""`.
    pub fn has_empty_text(&self, key: &str) -> bool {
        let found = self.table.iter().find(|(it, _)| &*it.name == key);
        found.is_some_and(|(_, node)| node.value == Value::Text("".into()))
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
                let items = items.iter().filter(|it| !is_absent(it));
                items.filter_map(|item| read(item, key, log)).collect()
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
            self.missing.push((key, log.diagnostics.len()));
            log.say(
                Rule::MissingKey,
                self.at,
                format!("`{key}` is missing"),
                format!("add `{example}`"),
            );
            return None;
        };
        read(node, key, log)
    }

    /// The text under a key that takes a list, if it has one text and no list.
    pub fn single(&mut self, key: &'static str) -> Option<Placed<Box<str>>> {
        let node = self.node(key)?;
        match &node.value {
            Value::Text(text) => Some(Placed { value: text.trim().into(), at: node.at }),
            _ => None,
        }
    }

    /// The texts of the list under a key; none if it has no list.
    pub fn texts(&mut self, key: &'static str) -> Vec<Placed<Box<str>>> {
        let Some(Value::List(items)) = self.node(key).map(|it| &it.value) else {
            return Vec::new();
        };
        let texts = items.iter().filter_map(|item| match &item.value {
            Value::Text(text) => Some(Placed { value: text.trim().into(), at: item.at }),
            _ => None,
        });
        texts.collect()
    }

    /// Where a line can be put that gives another key; `None` for a table on one line.
    pub fn first_line(&self, log: &Log<'_>) -> Option<Stretch> {
        let start = self.table.first()?.0.at.start;
        let before = &log.text[..start as usize];
        before.ends_with('\n').then_some(Stretch { start, end: start })
    }

    /// Reports the keys that nobody took.
    pub fn finish(mut self, log: &mut Log<'_>) {
        self.known.sort_unstable();
        self.known.dedup();
        let n = log.diagnostics.len();
        let unknown = Unknown { table: self.table, known: &self.known };
        unknown.say(log);
        // One key that is missing and one that nobody knows are one slip: `date` for `on`.
        // Without its day a brief is held back, which is told for itself.
        if let [(missing, at)] = self.missing[..]
            && missing != "date"
            && let [said] = &mut log.diagnostics[n..]
            && unknown.take_for(missing, said)
        {
            log.diagnostics.remove(at);
        }
    }
}

/// Whether a value is as good as absent: nothing, or a text without any words.
fn is_absent(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Text(text) => text.trim().is_empty(),
        _ => false,
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

/// Says that `name` calls for something else than what `node` is.
pub fn wrong_type<'a>(
    node: &Node,
    name: &str,
    wanted: &str,
    log: &'a mut Log<'_>,
) -> &'a mut Diagnostic {
    let found = match &node.value {
        Value::Null => "nothing",
        Value::Bool(_) => "`true` or `false`",
        Value::Bare(_) => "a number",
        Value::Text(_) => "a text",
        Value::List(_) => "a list",
        Value::Table(_) => "a table",
    };
    let message = format!("`{name}` must be {wanted}, not {found}");
    let help = match &node.value {
        Value::Table(_) if wanted.starts_with("a text") => {
            "put the text in quotes if it contains `: `".to_owned()
        }
        _ => format!("write {wanted}"),
    };
    log.say(Rule::WrongType, node.at, message, help)
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

/// Any text, number or word, as a text without space around it; never empty. `TRUE` is read
/// as it is written: somebody may be called that.
pub fn text(node: &Node, name: &str, log: &mut Log<'_>) -> Option<Placed<Box<str>>> {
    let value: Box<str> = match &node.value {
        Value::Text(text) | Value::Bare(text) => text.trim().into(),
        Value::Bool(it) => match log.text.get(node.at.range()) {
            Some(written) => written.trim().into(),
            None => it.to_string().into(),
        },
        _ => {
            wrong_type(node, name, "a text", log);
            return None;
        }
    };
    if let Some(c) = value.chars().find(|c| is_forbidden(*c)) {
        let code = u32::from(c);
        let message = format!("`{name}` contains the control character U+{code:04X}");
        log.say(Rule::ControlCharacter, node.at, message, "delete it");
        return None;
    }
    if value.is_empty() {
        let message = format!("`{name}` is empty");
        let help = format!("write something, or delete `{name}`");
        log.say(Rule::WrongType, node.at, message, help);
        return None;
    }
    cut(node, &value, log);
    Some(Placed { value, at: node.at })
}

/// Reports a text that ends at a comment which is hardly meant as one: for YAML, the title in
/// `title: Local #5 strikes` is `Local`. People who mean a comment put a space after `#`.
fn cut(node: &Node, value: &str, log: &mut Log<'_>) {
    let Some(written) = log.text.get(node.at.range()) else { return };
    let rest = log.text[node.at.end as usize..].lines().next().unwrap_or("");
    let is_cut = rest
        .trim_start()
        .strip_prefix('#')
        .is_some_and(|it| it.starts_with(|c: char| !c.is_whitespace() && c != '#'));
    if is_cut && rest.starts_with([' ', '\t']) && !written.starts_with(['"', '\'']) {
        let end = node.at.end as usize + rest.trim_end().len();
        let at = Stretch::new(node.at.start as usize..end);
        let whole = log.text[at.range()].to_owned();
        let message =
            format!("this text ends at `{value}`: in YAML, ` #` begins a comment");
        log.say(Rule::CutText, at, message, format!("put it in quotes: `{whole:?}`"));
    }
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
        return Some(it);
    }
    let word = match &node.value {
        Value::Text(text) => text.to_lowercase(),
        _ => String::new(),
    };
    let said = wrong_type(node, name, "`true` or `false`", log);
    match word.as_str() {
        "true" | "yes" | "on" => said.edit(node.at, "true"),
        "false" | "no" | "off" => said.edit(node.at, "false"),
        _ => said,
    };
    None
}

/// A date of which day and month may be missing.
pub fn partial_date(node: &Node, name: &str, log: &mut Log<'_>) -> Option<PartialDate> {
    let (Value::Text(text) | Value::Bare(text)) = &node.value else {
        wrong_type(node, name, "a date such as `2025-08-08`", log);
        return None;
    };
    let date = PartialDate::parse(text.trim());
    if date.is_none() {
        let message = format!("`{name}` must be a date, not `{text}`");
        let help = "write `2025-08-08`, `2025-08` or `2025`";
        let said = log.say(Rule::WrongType, node.at, message, help);
        if let Some(meant) = other_dates::meant(text)
            && let Some(day) = meant.get(..10)
        {
            said.edit(node.at, day);
        }
    }
    date
}

/// A slug, as it must be written.
pub fn slug(node: &Node, name: &str, log: &mut Log<'_>) -> Option<Placed<Slug>> {
    let text = text(node, name, log)?;
    match text.value.parse::<Slug>() {
        Ok(value) => Some(Placed { value, at: text.at }),
        Err(error) => {
            let message = format!("`{}` is not a slug", text.value);
            log.say(
                Rule::BadSlug,
                text.at,
                message,
                match error.nearest {
                    Some(near) => format!("write `{near}`"),
                    None => {
                        "use lower-case letters, digits and single hyphens".to_owned()
                    }
                },
            );
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
        let message = format!("`{}` is not a value of `{name}`", text.value);
        let help = match nearest(&text.value, words.iter().copied()) {
            Some(near) => format!("write `{near}`; the values are {}", listed(&words)),
            None => format!("write one of {}", listed(&words)),
        };
        log.say(Rule::BadValue, text.at, message, help);
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
            let message = format!("`{name}` must be {wanted}");
            log.say(Rule::WrongType, node.at, message, format!("write {wanted}"));
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
    log.say(rule, text.at, message, "write an address that begins with `https://`");
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
        let mut log = Log { path: &path, text: yaml, diagnostics: Vec::new() };
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
        assert_eq!(said, "unknown-key `titel` unknown key `titel` / write `title`");
    }

    #[test]
    fn a_value_of_another_type_is_reported_where_it_stands() {
        let (_, said) =
            read("draft: soon\n", |fields, log| fields.take("draft", log, boolean));
        assert_eq!(
            said,
            "wrong-type `soon` `draft` must be `true` or `false`, not a text / write `true` or `false`"
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

//! Keys that nobody knows: which one is meant, and the edit that makes it so.

use crate::diagnostic::{Diagnostic, Rule, is_surely, nearest};
use crate::parse::fields::{Log, listed};
use crate::parse::foreign::{Foreign, folded, foreign};
use crate::parse::node::{Key, Node, Value};
use crate::parse::yaml;
use crate::span::Stretch;

/// The keys that take a list, to which a value can be added.
const LISTS: &[&str] = &["by", "redirect-from", "tags"];

/// A table with keys that are not known in it.
pub(super) struct Unknown<'a> {
    /// Every key of the table.
    pub(super) table: &'a [(Key, Node)],
    /// The keys that are known in it.
    pub(super) known: &'a [&'static str],
}

impl Unknown<'_> {
    /// Says of each key that it is unknown. What another one was mended to is not given
    /// twice.
    pub(super) fn say(&self, log: &mut Log<'_>) {
        let mut given: Vec<&'static str> =
            self.known.iter().copied().filter(|it| self.has(it)).collect();
        for (at, (key, _)) in self.table.iter().enumerate() {
            if !self.known.contains(&&*key.name) {
                let (help, edits) = self.way_out(at, key, &mut given, log.text);
                let message = format!("unknown key `{}`", key.name);
                let said = log.say(Rule::UnknownKey, key.at, message, help);
                for (at, text) in edits {
                    said.edit(at, text);
                }
            }
        }
    }

    /// Says of the one key that is unknown that it stands for one that is missing; `false`
    /// if it is meant for another.
    pub(super) fn take_for(&self, missing: &'static str, said: &mut Diagnostic) -> bool {
        let unknown =
            self.table.iter().find(|(key, _)| !self.known.contains(&&*key.name));
        let Some((key, _)) = unknown else { return false };
        let write = format!("write `{missing}`");
        let is_meant = said.help.contains(&write);
        let is_free =
            said.help.iter().any(|it| it.starts_with("delete it; the keys are"));
        if !is_meant && !is_free {
            return false;
        }
        said.message = format!("unknown key `{}`, and `{missing}` is missing", key.name);
        if is_free {
            said.help = vec![format!("{write}; the keys are {}", listed(self.known))];
            let days = ["date", "day", "when"];
            if missing == "on" && days.contains(&&*key.name) {
                said.edit(key.at, missing);
            }
        }
        true
    }

    fn has(&self, name: &str) -> bool {
        self.table.iter().any(|(key, _)| &*key.name == name)
    }

    /// What to do about a key, and the edits that do it if that is certain.
    fn way_out(
        &self,
        at: usize,
        key: &Key,
        given: &mut Vec<&'static str>,
        text: &str,
    ) -> (String, Edits) {
        let name = folded(&key.name);
        let ours = |name: &str| self.known.iter().copied().find(|it| *it == name);
        if let Some(ours) = ours(&name) {
            let values = items(&self.table[at].1).filter(|_| LISTS.contains(&ours));
            let edits = match values {
                Some(values) => self.moved(at, ours, Some(values), given, text),
                None => renamed(key, ours, given),
            };
            return (format!("write `{ours}`"), edits);
        }
        // Names of things of the book, such as rules, are not keys of other programs.
        let is_top = ours("slug").is_some();
        if let Some(found) = foreign(&key.name).filter(|_| is_top) {
            return self.translated(found, at, given, text);
        }
        match nearest(&name, self.known.iter().copied()) {
            Some(near) => {
                let near = ours(near).expect("it is one of them");
                let is_sure = is_surely(&name, near, self.known);
                let edits =
                    if is_sure { renamed(key, near, given) } else { Edits::new() };
                (format!("write `{near}`"), edits)
            }
            None => {
                (format!("delete it; the keys are {}", listed(self.known)), Edits::new())
            }
        }
    }

    /// The way out for a key of another program.
    fn translated(
        &self,
        found: Foreign,
        at: usize,
        given: &mut Vec<&'static str>,
        text: &str,
    ) -> (String, Edits) {
        let (key, node) = &self.table[at];
        let known = |name: &str| self.known.iter().copied().find(|it| *it == name);
        let deleted =
            || ("delete it: it says nothing here".to_owned(), self.without(at, text));
        match found {
            _ if is_empty(node) => deleted(),
            Foreign::Nothing => deleted(),
            Foreign::Key(names) => match names.iter().find_map(|it| known(it)) {
                Some(ours) => (
                    format!("write `{ours}`"),
                    self.moved(at, ours, items(node), given, text),
                ),
                None => {
                    ("delete it: nothing here corresponds to it".to_owned(), Edits::new())
                }
            },
            Foreign::Address if known("redirect-from").is_none() => {
                ("delete it: nothing here corresponds to it".to_owned(), Edits::new())
            }
            Foreign::Address => {
                let paths = items(node).and_then(|it| {
                    it.iter().map(|it| old_address(it)).collect::<Option<_>>()
                });
                let help = "write `redirect-from`, with paths such as `/2024/old-name/`";
                (help.to_owned(), self.moved(at, "redirect-from", paths, given, text))
            }
            Foreign::Published | Foreign::Status => {
                let help =
                    "write `draft: true` for what is not to be published".to_owned();
                (help, self.draft(at, given, text))
            }
            Foreign::Taxonomies => {
                let help =
                    "write `tags`, and storylines as files of their own".to_owned();
                (help, self.moved(at, "tags", terms(node), given, text))
            }
            Foreign::Picture => {
                let help = "write `image: {file: …, alt: …}`".to_owned();
                let file = one_text(node).and_then(in_static);
                let is_free = known("image").is_some() && !given.contains(&"image");
                let Some(file) = file.filter(|_| is_free) else {
                    return (help, Edits::new());
                };
                given.push("image");
                let line = format!("image: {{file: {}}}", yaml::text(file));
                let pair = Stretch::new(key.at.start as usize..node.at.end as usize);
                (help, vec![(pair, line)])
            }
        }
    }

    /// The edits that make `ours` of a key: it is renamed, or its values go to those that
    /// `ours` has already.
    fn moved(
        &self,
        at: usize,
        ours: &'static str,
        values: Option<Vec<String>>,
        given: &mut Vec<&'static str>,
        text: &str,
    ) -> Edits {
        let (key, node) = &self.table[at];
        let is_list = LISTS.contains(&ours);
        let is_one =
            matches!(node.value, Value::Text(_) | Value::Bare(_) | Value::Bool(_));
        let Some(values) = values.filter(|_| is_list || is_one) else {
            return Edits::new();
        };
        if !given.contains(&ours) {
            if items(node).as_ref() == Some(&values) {
                return renamed(key, ours, given);
            }
            let Some(whole) = entry(self.table, at, text) else { return Edits::new() };
            given.push(ours);
            return vec![(whole, format!("{ours}: {}\n", yaml::list(&values)))];
        }
        let other = self.table.iter().find(|(it, _)| &*it.name == ours);
        let (Some((_, other)), true) = (other, is_list) else { return Edits::new() };
        let Some(mut all) = items(other) else { return Edits::new() };
        let before = self.table.iter().position(|(it, _)| &*it.name == ours);
        let place = before.and_then(|before| entry(self.table, before, text));
        let (Some(place), Some(gone)) = (place, entry(self.table, at, text)) else {
            return Edits::new();
        };
        let split = |it: String| match ours {
            "tags" => it.split(',').map(|it| it.trim().to_owned()).collect(),
            _ => vec![it],
        };
        for value in values.into_iter().flat_map(split) {
            if !value.is_empty() && !all.contains(&value) {
                all.push(value);
            }
        }
        vec![(place, format!("{ours}: {}\n", yaml::list(&all))), (gone, String::new())]
    }

    /// `draft: true` in place of a key that says the opposite, or nothing in its place.
    fn draft(&self, at: usize, given: &mut Vec<&'static str>, text: &str) -> Edits {
        let (_, node) = &self.table[at];
        let word = match &node.value {
            Value::Bool(it) => it.to_string(),
            Value::Text(it) => it.to_lowercase(),
            _ => return Edits::new(),
        };
        match word.as_str() {
            "true" | "yes" | "publish" | "published" => self.without(at, text),
            "false" | "no" | "draft" | "pending" | "private" | "hidden" => {
                let is_ours = self.known.contains(&"draft") && !given.contains(&"draft");
                let whole = entry(self.table, at, text).filter(|_| is_ours);
                given.push("draft");
                whole.map(|it| (it, "draft: true\n".to_owned())).into_iter().collect()
            }
            _ => Edits::new(),
        }
    }

    fn without(&self, at: usize, text: &str) -> Edits {
        entry(self.table, at, text).map(|it| (it, String::new())).into_iter().collect()
    }
}

/// Stretches of the file and what comes in their place.
type Edits = Vec<(Stretch, String)>;

fn renamed(key: &Key, ours: &'static str, given: &mut Vec<&'static str>) -> Edits {
    if given.contains(&ours) {
        return Edits::new();
    }
    given.push(ours);
    vec![(key.at, ours.to_owned())]
}

fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Text(text) => text.trim().is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Table(table) => table.is_empty(),
        Value::Bool(_) | Value::Bare(_) => false,
    }
}

fn one_text(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text(text) | Value::Bare(text) => Some(text.trim()),
        _ => None,
    }
}

/// The texts of a list, or of the one that stands for a list of one; `None` if something
/// else is among them.
fn items(node: &Node) -> Option<Vec<String>> {
    match &node.value {
        Value::List(list) => {
            list.iter().map(|it| one_text(it).map(str::to_owned)).collect()
        }
        Value::Bool(it) => Some(vec![it.to_string()]),
        _ => one_text(node).map(|it| vec![it.to_owned()]),
    }
}

/// The terms of all taxonomies of a table, each once.
fn terms(node: &Node) -> Option<Vec<String>> {
    let Value::Table(table) = &node.value else { return None };
    let mut all = Vec::new();
    for (_, node) in table {
        for term in items(node)? {
            if !all.contains(&term) {
                all.push(term);
            }
        }
    }
    Some(all)
}

/// An address that a page had, as a path from the root of the site; `None` for patterns such
/// as `/:year/:title/`.
fn old_address(text: &str) -> Option<String> {
    let path = match text.split_once("://") {
        Some(("http" | "https", rest)) => &rest[rest.find('/')?..],
        Some(_) => return None,
        None => text,
    };
    let is_path = path.starts_with('/') && path.len() > 1;
    (is_path && !path.contains([':', '?', '#', '%', '*'])).then(|| path.to_owned())
}

/// A picture of the site by its path from `static/`.
fn in_static(path: &str) -> Option<&str> {
    let path = path.trim_start_matches('/');
    let path = path.strip_prefix("static/").unwrap_or(path);
    (!path.is_empty() && !path.contains(':')).then_some(path)
}

/// The lines of one key and its value; `None` if other things stand on them, or if it is not
/// known where they end.
fn entry(table: &[(Key, Node)], at: usize, text: &str) -> Option<Stretch> {
    let start = line_start(table[at].0.at.start as usize, text)?;
    let end = match table.get(at + 1) {
        Some((next, _)) => line_start(next.at.start as usize, text)?,
        None => closing_line(start, text)?,
    };
    // Comments above the next key are the next key's.
    let mut lines: Vec<&str> = text[start..end].split_inclusive('\n').collect();
    while lines.len() > 1
        && lines.last().is_some_and(|it| it.trim().is_empty() || it.starts_with('#'))
    {
        lines.pop();
    }
    let len: usize = lines.iter().map(|it| it.len()).sum();
    Some(Stretch::new(start..start + len))
}

/// Where the line of a key begins, if the key is the first on it and not indented.
fn line_start(key: usize, text: &str) -> Option<usize> {
    let before = &text[..key];
    (before.ends_with('\n') || before.is_empty()).then_some(key)
}

/// Where the line begins that closes the front matter.
fn closing_line(from: usize, text: &str) -> Option<usize> {
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some(at);
        }
        at += line.len();
    }
    None
}

//! The YAML between the `---` lines at the start of a file.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Rule};
use crate::parse::fields::listed;
use crate::parse::node::{MAX_FRONT_MATTER, Node, from_toml, from_yaml};
use crate::parse::yaml;
use crate::span::Stretch;

/// A file taken apart.
#[derive(Debug)]
pub struct Split {
    /// The front matter; `None` if it is missing or broken, which has been reported.
    pub front_matter: Option<Node>,
    /// The byte at which the body begins.
    pub body: usize,
    /// What is wrong with the front matter as a whole.
    pub diagnostic: Option<Diagnostic>,
}

/// Takes a file apart. `example` shows what its front matter may look like.
pub fn split(text: &str, path: &Arc<str>, example: &str) -> Split {
    let (yaml, body) = match find(text, path, example) {
        Ok(found) => found,
        Err(broken) => {
            let (diagnostic, body) = *broken;
            return Split { front_matter: None, body, diagnostic: Some(diagnostic) };
        }
    };
    match from_yaml(text, yaml, path) {
        Ok(node) => Split { front_matter: Some(node), body, diagnostic: None },
        Err(diagnostic) => {
            Split { front_matter: None, body, diagnostic: Some(diagnostic) }
        }
    }
}

fn find(
    text: &str,
    path: &Arc<str>,
    example: &str,
) -> Result<(Stretch, usize), Box<(Diagnostic, usize)>> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let first = line_at(text, start);
    let say = |at: Stretch, message: &str, help: String| {
        Diagnostic::new(Rule::FrontMatter, at.of(path), message, help)
    };
    match first.trim_end() {
        "---" => {}
        "+++" => return Err(toml_head(text, path, start).into()),
        _ => {
            let at = Stretch::new(start..start + first.trim_end().len());
            let lines = listed(&example.lines().collect::<Vec<_>>());
            let help = format!(
                "begin it with a line `---`, then {lines}, and another line `---`"
            );
            let mut said = say(at, "this file has no front matter", help);
            if let Some((end, head)) = bare_head(text, start) {
                said.edit(Stretch::new(start..end), head);
            }
            return Err((said, start).into());
        }
    }
    let from = start + first.len();
    let mut offset = from;
    while offset < text.len() {
        let line = line_at(text, offset);
        if matches!(line.trim_end(), "---" | "...") {
            if offset - from > MAX_FRONT_MATTER {
                let at = Stretch::new(start..start + 3);
                let message =
                    format!("this front matter is over {MAX_FRONT_MATTER} bytes");
                let help = "move what is text below the second `---`".to_owned();
                return Err((say(at, &message, help), offset + line.len()).into());
            }
            return Ok((Stretch::new(from..offset), offset + line.len()));
        }
        offset += line.len();
    }
    let at = Stretch::new(start..start + 3);
    let help = "put a line `---` below the last key".to_owned();
    Err((say(at, "this front matter is not closed", help), text.len()).into())
}

/// A head in TOML between lines `+++`, as Hugo and Zola have it; it can be written in YAML.
fn toml_head(text: &str, path: &Arc<str>, start: usize) -> (Diagnostic, usize) {
    let at = Stretch::new(start..start + 3);
    let message = "this front matter is TOML, and Dateline reads YAML";
    let help = "put it between `---` lines, and write `key: value`";
    let mut said = Diagnostic::new(Rule::FrontMatter, at.of(path), message, help);
    let from = start + line_at(text, start).len();
    let mut end = from;
    while end < text.len() && line_at(text, end).trim_end() != "+++" {
        end += line_at(text, end).len();
    }
    let has_end = end < text.len();
    let body = end + line_at(text, end).len();
    if has_end && let Ok(node) = from_toml(&text[from..end], path) {
        let head = format!("---\n{}---\n", yaml::table(&node));
        said.edit(Stretch::new(start..body), head);
    }
    (said, if has_end { body } else { start })
}

/// A head of `Key: value` lines without a line around it, as Pelican has it: where it ends,
/// and how it looks between lines `---`. `None` if it is not certain that it is one: it must
/// give a title, and an empty line must come after it.
fn bare_head(text: &str, start: usize) -> Option<(usize, String)> {
    let (mut at, mut head, mut has_title) = (start, "---\n".to_owned(), false);
    loop {
        let line = line_at(text, at);
        if line.trim().is_empty() {
            break;
        }
        let (key, value) = line.split_once(':')?;
        let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic())
            && key.bytes().all(|it| it.is_ascii_alphanumeric() || b"_-".contains(&it));
        if !is_key {
            return None;
        }
        has_title |= key.eq_ignore_ascii_case("title");
        head += &format!("{key}: {}\n", yaml::text(value.trim()));
        at += line.len();
    }
    (has_title && at > start).then(|| (at, head + "---\n"))
}

/// The line that begins at a byte, line end included.
fn line_at(text: &str, start: usize) -> &str {
    let rest = &text[start..];
    &rest[..rest.find('\n').map_or(rest.len(), |newline| newline + 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_stands_between_two_lines() {
        let path: Arc<str> = "a.md".into();
        let cases = [
            ("---\ntitle: a\n---\nText", "", "Text"),
            ("\u{feff}---\r\ntitle: a\r\n---\r\nText", "", "Text"),
            ("---\ntitle: a\n---", "", ""),
            ("---\ntitle: a\n", "this front matter is not closed", ""),
            ("Text", "this file has no front matter", "Text"),
            ("", "this file has no front matter", ""),
            (
                "+++\ntitle = 'a'\n+++\nText",
                "this front matter is TOML, and Dateline reads YAML",
                "Text",
            ),
            (
                "---\na: &x 1\nb: *x\n---\n",
                "front matter has no anchors (`&name`) and no aliases (`*name`)",
                "",
            ),
            (
                "---\na: *x\n---\n",
                "front matter has no anchors (`&name`) and no aliases (`*name`)",
                "",
            ),
            ("---\na: !x 1\n---\n", "front matter has no tags (`!name`)", ""),
            ("---\na: !!str 1\n---\n", "front matter has no tags (`!name`)", ""),
            ("---\na: 1\nb: 2\na: 3\n---\n", "`a` is given twice", ""),
            ("---\n[a]: 1\n---\n", "a list or table cannot be a key", ""),
            ("---\na: 1\n--- b\n---\n", "a second document begins here", ""),
            (
                "---\na: [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]\n---\n",
                "the front matter is nested too deeply or too long",
                "",
            ),
            ("---\na: [1\n---\n", "this is not YAML: unclosed bracket '['", ""),
        ];
        for (text, said, body) in cases {
            let split = split(text, &path, "title: …\n");
            let message = split.diagnostic.map_or(String::new(), |it| it.message);
            assert_eq!((message.as_str(), &text[split.body..]), (said, body), "{text:?}");
        }
        let long = format!("---\ntitle: {}\n---\n", "x".repeat(MAX_FRONT_MATTER));
        assert_eq!(
            super::split(&long, &path, "").diagnostic.unwrap().message,
            "this front matter is over 65536 bytes"
        );
    }

    #[test]
    fn a_mistake_in_the_yaml_has_its_line_and_column() {
        let path: Arc<str> = "a.md".into();
        let text = "---\ntitle: é a: b\n---\n";
        let at = split(text, &path, "").diagnostic.unwrap().span.stretch;
        assert_eq!(&text[at.range()], ":");
        assert_eq!(at.start, 15);
    }
}

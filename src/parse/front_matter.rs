//! The YAML between the `---` lines at the start of a file.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Rule};
use crate::parse::node::{MAX_FRONT_MATTER, Node, from_yaml};
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
        Err((diagnostic, body)) => {
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
) -> Result<(Stretch, usize), (Diagnostic, usize)> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let first = line_at(text, start);
    let say = |at: Stretch, message: &str, help: String| {
        Diagnostic::new(Rule::FrontMatter, at.of(path), message).help(help)
    };
    if first.trim_end() != "---" {
        let at = Stretch::new(start..start + first.trim_end().len());
        let (message, help) = match first.trim_end() {
            "+++" => (
                "this front matter is TOML, and Dateline reads YAML",
                "put it between `---` lines and write `key: value`".to_owned(),
            ),
            _ => (
                "this file has no front matter",
                format!("begin it with\n---\n{example}---"),
            ),
        };
        return Err((say(at, message, help), start));
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
                return Err((say(at, &message, help), offset + line.len()));
            }
            return Ok((Stretch::new(from..offset), offset + line.len()));
        }
        offset += line.len();
    }
    let at = Stretch::new(start..start + 3);
    let help = "put a line `---` below the last key".to_owned();
    Err((say(at, "this front matter is not closed", help), text.len()))
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
                "+++\ntitle = 'a'\n+++\n",
                "this front matter is TOML, and Dateline reads YAML",
                "+++\ntitle = 'a'\n+++\n",
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
            ("---\n[a]: 1\n---\n", "a list or table is no key", ""),
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

//! Front matter as almost everybody writes it, read in one pass.
//!
//! The library's parser must be ready for all of YAML, and took a third of the time that
//! `check` needs at all. What nine of ten files hold is little: `key: value` lines whose
//! values are words, texts in quotes, lists and tables in brackets, and lists of `- item`
//! lines. That much is read here. At anything else – a comment, a value over several lines,
//! an escape, an anchor, a doubled key – this gives up without a word, and the parser reads
//! the text from its start: **only it decides what is wrong**. Where both read a text, they
//! read the same values at the same places, which a test holds over made-up and broken
//! front matter.
//!
//! Turned down: a fast path for settings, which are one file a book, and for footnotes,
//! whose fields are no YAML.

use serde_yaml::granit_parser::ScalarStyle;

use crate::parse::node::{Key, Node, Value, doubled, scalar};
use crate::span::Stretch;

/// Brackets within brackets, which is as deep as front matter goes.
const MOST_BRACKETS: usize = 4;

/// Front matter of more values is the parser's, who knows the limit.
const MOST_VALUES: usize = 2_000;

/// The text from byte `start` to `end` of `file` as a table; `None` for what only the
/// parser can read, or refuse.
pub(super) fn read(file: &str, start: usize, end: usize) -> Option<Node> {
    let text = &file[..end];
    // Line ends of other systems, tabs, signs that are not text.
    if text.as_bytes()[start..].iter().any(|it| *it < b' ' && *it != b'\n') {
        return None;
    }
    if !text[start..].is_ascii() && text[start..].chars().any(is_odd) {
        return None;
    }
    let mut reader = PlainReader { text, at: start, n_values: 1 };
    let mut table = Vec::with_capacity(8); // as most tables of front matter have
    while reader.at < end {
        table.push(reader.pair()?);
    }
    let is_whole = !table.is_empty() && doubled(&table).is_none();
    let at = Stretch::new(start..start);
    is_whole.then_some(Node { at, value: Value::Table(table) })
}

/// Whether YAML gives a character beyond ASCII a meaning of its own, or refuses it.
fn is_odd(c: char) -> bool {
    let is_break = matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}');
    is_break
        || c.is_control() && c != '\n'
        || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// What goes through the text, byte by byte.
struct PlainReader<'a> {
    /// The file up to the end of the front matter.
    text: &'a str,
    /// Where it is.
    at: usize,
    n_values: usize,
}

impl PlainReader<'_> {
    /// One `key: value` with all lines that belong to it.
    fn pair(&mut self) -> Option<(Key, Node)> {
        let key = self.key()?;
        if self.skip_spaces() {
            return Some((key, self.list_below()?));
        }
        // Without a space it is not a key.
        if self.text.as_bytes()[self.at - 1] != b' ' {
            return None;
        }
        let value = self.value(0)?;
        self.line_end()?;
        Some((key, value))
    }

    /// A key and its colon.
    fn key(&mut self) -> Option<Key> {
        let start = self.at;
        let bytes = &self.text.as_bytes()[start..];
        let is_sign = |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_');
        let len = bytes.iter().take_while(|it| is_sign(it)).count();
        if bytes.get(len) != Some(&b':') || !bytes[0].is_ascii_alphabetic() {
            return None;
        }
        self.at = start + len + 1;
        let name = self.text[start..start + len].into();
        Some(Key { at: Stretch::new(start..start + len), name })
    }

    /// Goes over spaces; whether the line ends behind them.
    fn skip_spaces(&mut self) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|it| **it == b' ').count();
        self.peek() == Some(b'\n')
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The end of the line, with nothing before it but spaces.
    fn line_end(&mut self) -> Option<()> {
        self.skip_spaces();
        (self.peek()? == b'\n').then(|| self.at += 1)
    }

    /// The lines `  - item` below a key.
    fn list_below(&mut self) -> Option<Node> {
        let indent = self.at + 1;
        self.line_end()?;
        self.skip_spaces();
        let (start, indent) = (self.at, self.at - indent);
        if indent == 0 || self.peek()? != b'-' {
            return None;
        }
        let mut list = Vec::new();
        while self.peek() == Some(b'-') {
            self.at += 1;
            if self.peek()? != b' ' || self.skip_spaces() {
                return None;
            }
            list.push(self.value(0)?);
            self.line_end()?;
            let line = self.at;
            self.skip_spaces();
            if self.at == line {
                break;
            }
            if self.at != line + indent || self.peek()? != b'-' {
                return None;
            }
        }
        Some(Node { at: Stretch::new(start..start), value: Value::List(list) })
    }

    /// A value that ends in its line; `depth` is in how many brackets it stands.
    fn value(&mut self, depth: usize) -> Option<Node> {
        self.n_values += 1;
        if self.n_values > MOST_VALUES {
            return None;
        }
        let start = self.at;
        match self.peek()? {
            b'"' => self.quoted(b'"'),
            b'\'' => self.quoted(b'\''),
            b'[' => {
                let list = self.bracketed(b']', depth, |it| it.value(depth + 1))?;
                let at = Stretch::new(start..start + 1);
                Some(Node { at, value: Value::List(list) })
            }
            b'{' => {
                let table = self.bracketed(b'}', depth, |it| {
                    let key = it.key()?;
                    let is_apart = it.peek()? == b' ' && !it.skip_spaces();
                    is_apart.then_some(())?;
                    it.n_values += 1;
                    Some((key, it.value(depth + 1)?))
                })?;
                let at = Stretch::new(start..start + 1);
                let is_sound = doubled(&table).is_none();
                is_sound.then_some(Node { at, value: Value::Table(table) })
            }
            _ => self.words(depth),
        }
    }

    /// What stands in brackets, parted by commas.
    fn bracketed<T>(
        &mut self,
        close: u8,
        depth: usize,
        mut one: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        if depth == MOST_BRACKETS {
            return None;
        }
        self.at += 1;
        let mut all = Vec::new();
        self.skip_spaces();
        if self.peek()? == close {
            self.at += 1;
            return Some(all);
        }
        loop {
            all.push(one(self)?);
            self.skip_spaces();
            let sign = self.peek()?;
            self.at += 1;
            if sign == close {
                return Some(all);
            }
            if sign != b',' || self.peek()? != b' ' {
                return None;
            }
            self.skip_spaces();
        }
    }

    /// A text in quotes without an escape.
    fn quoted(&mut self, quote: u8) -> Option<Node> {
        let (start, bytes) = (self.at, self.text.as_bytes());
        let inner = start + 1;
        let ends = |it: &u8| *it == quote || matches!(it, b'\\' | b'\n');
        let end = inner + bytes[inner..].iter().position(ends)?;
        self.at = end + 1;
        // `''` is a quote within, and what follows must be a sign that ends a value.
        let is_end = bytes[end] == quote
            && matches!(bytes.get(end + 1), Some(b'\n' | b' ' | b',' | b']' | b'}'));
        let value = Value::Text(self.text[inner..end].into());
        is_end.then_some(Node { at: Stretch::new(start..self.at), value })
    }

    /// Words without quotes, to the end of the line or, in brackets, of the item.
    fn words(&mut self, depth: usize) -> Option<Node> {
        let (start, bytes) = (self.at, self.text.as_bytes());
        if !self.text[start..].starts_with(char::is_alphanumeric) {
            return None;
        }
        let is_end = |it: &u8| match it {
            b'\n' => true,
            b',' | b']' | b'}' => depth > 0,
            _ => false,
        };
        let end = start + bytes[start..].iter().position(is_end)?;
        let words = self.text[start..end].trim_end_matches(' ');
        let misleads = match depth {
            0 => words.ends_with(':') || words.contains(": ") || words.contains(" #"),
            _ => words.bytes().any(|it| b":#[{\"'&*!|>%@`?\n".contains(&it)),
        };
        if misleads {
            return None;
        }
        self.at = start + words.len();
        let value = scalar(words, ScalarStyle::Plain);
        Some(Node { at: Stretch::new(start..self.at), value })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::parse::node::by_parser;

    fn both(text: &str) -> (Option<Node>, Option<Node>) {
        let path: Arc<str> = "a.md".into();
        let parsed = by_parser(text, Stretch::new(0..text.len()), &path);
        (read(text, 0, text.len()), parsed.ok())
    }

    #[test]
    fn what_most_people_write_needs_no_parser() {
        let text = "title: \"Talks: off\"\ndate: 2025-03-07T12:00 \nby: [Ada Holm, 'B']\n\
            sources:\n  - {outlet: AFP, url: \"https://a.example/b\", date: 2025-03-07}\n  - AP\n\
            url: https://a.example/c\ntags: []\nnames: [{name: Москва, from: 2011}]\nn: 12\n";
        let (plain, parsed) = both(text);
        assert_eq!(plain, parsed);
        assert!(plain.is_some());
    }

    #[test]
    fn all_else_is_left_to_the_parser() {
        let cases = [
            "",
            "title\n",
            "title:Ada\n",
            "title: a\ntitle: b\n",
            "a: \"b\\n\"\n",
            "a: b # c\n",
            "a: 'it''s'\n",
            "a:\n",
            "a:\n  b: c\n",
            "a: &x b\n",
            "a: *x\n",
            "a: !t b\n",
            "a: |\n  b\n",
            "a: b\n  c\n",
            "a: [b,\n  c]\n",
            "a: [b, c,]\n",
            "a: {b}\n",
            "a: {b: c, b: d}\n",
            "a: b: c\n",
            "a: -\n",
            "a: [[[[[[1]]]]]]\n",
            "a: \"b\" c\n",
            "a: b:\n",
            "# a\nb: c\n",
            "a: b\r\n",
            "a:\tb\n",
            "a: \u{85}\n",
            "a: [b:c]\n",
            "a: [b #c]\n",
            "a:\n- b\n",
            "a:\n  - b\n c: d\n",
            "a:\n  -\n",
            "\"a\": b\n",
        ];
        for text in cases {
            let (plain, _) = both(text);
            assert_eq!(plain, None, "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        /// Lines of the kinds that are read here, each with some sign more, less or moved.
        #[test]
        fn whatever_it_reads_the_parser_reads_alike(
            lines in proptest::collection::vec(
                (0..LINES.len(), 0..24_usize, 0..SIGNS.len(), 0..4_u8), 1..6,
            ),
        ) {
            let mut text = String::new();
            for (line, at, sign, change) in lines {
                let mut line: Vec<char> = LINES[line].chars().collect();
                let at = at.min(line.len());
                match change {
                    0 => line.splice(at..at, SIGNS[sign].chars()).for_each(drop),
                    1 if at < line.len() => drop(line.remove(at)),
                    _ => {}
                }
                text.extend(line);
                text.push('\n');
            }
            let (plain, parsed) = both(&text);
            if plain.is_some() {
                prop_assert_eq!(plain, parsed, "{}", text);
            }
        }
    }

    const LINES: &[&str] = &[
        "title: Talks break off",
        "title: \"Talks: break off\"",
        "date: 2025-03-07T12:30",
        "by: [Ada Holm, 'Ben Ito', \"C\"]",
        "sources:",
        "  - {outlet: AFP, title: \"A, b\", date: 2025-03-07}",
        "  - Northern Wire",
        "  - [a, {b: c}]",
        "place: Norwick ",
        "n: -1.5e3",
        "mentions: {Old Harbor: none, A-B: x}",
        "draft: true",
        "summary: ''",
        "tags: []",
        "é: ß",
        "aliases: [Москва, 東京, \"\"]",
        "- a",
        "",
    ];

    const SIGNS: &[&str] = &[
        " ", "  ", ":", ": ", "-", "- ", "#", " #", "\"", "'", "''", ",", "[", "]", "{",
        "}", "&a", "*a", "!", "|", ">", "%", "@", "`", "?", "\n", "\n ", "\n  ", "\t",
        "\\", "~", "null", "é", "\u{85}", "\u{2028}", "\u{feff}", "\u{a0}", "---", "...",
        "\r",
    ];
}

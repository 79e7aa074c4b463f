//! YAML as other programs take it: anchors, tags, doubled keys, merges.

use std::collections::BTreeMap;

use serde_yaml::granit_parser::{Event, Parser, ScalarStyle, StrInput};

use crate::import::value::{HeadValue, Pairs};

/// A document of more values than this is refused: aliases can make a few lines endless.
const MAX_VALUES: usize = 200_000;

/// A document nested more deeply than this is refused.
const MAX_DEPTH: usize = 32;

/// What was read.
pub(crate) struct ReadYaml {
    /// The document; nothing for an empty one.
    pub(crate) value: HeadValue,
    /// Keys that stand twice in one table; the last one was taken.
    pub(crate) doubled: Vec<String>,
}

/// Reads the first document of a text. The error says what is wrong in a library's words.
pub(crate) fn read(text: &str) -> Result<ReadYaml, String> {
    let mut reader = YamlReader {
        events: Parser::new_from_str(text),
        anchors: BTreeMap::new(),
        doubled: Vec::new(),
        n_values: 0,
        depth: 0,
    };
    let value = loop {
        match reader.next()? {
            Event::StreamEnd | Event::DocumentEnd => break HeadValue::Null,
            event @ (Event::Scalar(..)
            | Event::SequenceStart(..)
            | Event::MappingStart(..)
            | Event::Alias(_)) => break reader.value(event)?,
            _ => {}
        }
    };
    // What follows may show that the whole is no YAML.
    loop {
        match reader.next()? {
            Event::StreamEnd | Event::DocumentStart(..) => break,
            _ => {}
        }
    }
    Ok(ReadYaml { value, doubled: reader.doubled })
}

struct YamlReader<'a> {
    events: Parser<'a, StrInput<'a>>,
    anchors: BTreeMap<usize, HeadValue>,
    doubled: Vec<String>,
    n_values: usize,
    depth: usize,
}

impl<'a> YamlReader<'a> {
    fn next(&mut self) -> Result<Event<'a>, String> {
        match self.events.next() {
            Some(Ok((event, _))) => Ok(event),
            Some(Err(error)) => Err(error.info().clone()),
            None => Ok(Event::StreamEnd),
        }
    }

    fn value(&mut self, event: Event<'a>) -> Result<HeadValue, String> {
        self.n_values += 1;
        if self.n_values > MAX_VALUES || self.depth > MAX_DEPTH {
            return Err("it is nested too deeply or too long".to_owned());
        }
        let (anchor, value) = match event {
            Event::Scalar(text, style, anchor, _) => (anchor, scalar(&text, style)),
            Event::SequenceStart(_, anchor, _) => (anchor, HeadValue::List(self.list()?)),
            Event::MappingStart(_, anchor, _) => {
                (anchor, HeadValue::Table(self.table()?))
            }
            Event::Alias(anchor) => {
                let value = self.anchors.get(&anchor).cloned().unwrap_or(HeadValue::Null);
                self.n_values += size(&value);
                return Ok(value);
            }
            _ => return Ok(HeadValue::Null),
        };
        if anchor != 0 {
            self.anchors.insert(anchor, value.clone());
        }
        Ok(value)
    }

    fn list(&mut self) -> Result<Vec<HeadValue>, String> {
        self.depth += 1;
        let mut list = Vec::new();
        loop {
            match self.next()? {
                Event::SequenceEnd | Event::StreamEnd => break,
                event => list.push(self.value(event)?),
            }
        }
        self.depth -= 1;
        Ok(list)
    }

    fn table(&mut self) -> Result<Pairs, String> {
        self.depth += 1;
        let mut table: Pairs = Vec::new();
        let mut merged: Pairs = Vec::new();
        loop {
            let key = match self.next()? {
                Event::MappingEnd | Event::StreamEnd => break,
                event => self.value(event)?.text().unwrap_or_default(),
            };
            let event = self.next()?;
            let value = self.value(event)?;
            if key == "<<" {
                for it in value.items() {
                    if let HeadValue::Table(pairs) = it {
                        merged.extend(pairs.iter().cloned());
                    }
                }
            } else if let Some(before) = table.iter_mut().find(|(it, _)| *it == key) {
                before.1 = value;
                self.doubled.push(key);
            } else {
                table.push((key, value));
            }
        }
        for (key, value) in merged {
            if !table.iter().any(|(it, _)| *it == key) {
                table.push((key, value));
            }
        }
        self.depth -= 1;
        Ok(table)
    }
}

fn size(value: &HeadValue) -> usize {
    match value {
        HeadValue::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        HeadValue::Table(pairs) => 1 + pairs.iter().map(|it| size(&it.1)).sum::<usize>(),
        _ => 1,
    }
}

fn scalar(text: &str, style: ScalarStyle) -> HeadValue {
    match text {
        _ if style != ScalarStyle::Plain => HeadValue::Text(text.to_owned()),
        "" | "~" | "null" => HeadValue::Null,
        "true" | "True" => HeadValue::Bool(true),
        "false" | "False" => HeadValue::Bool(false),
        words => HeadValue::Text(words.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_doubled_keys_counts_and_is_told() {
        let read = read("a: 1\nb: &x [1.10]\na: 2\nc: *x\nd: !!str yes\n").unwrap();
        assert_eq!(read.doubled, ["a"]);
        assert_eq!(read.value.text_of("a").as_deref(), Some("2"));
        let list = HeadValue::List(vec![HeadValue::Text("1.10".to_owned())]);
        assert_eq!(read.value.get("c"), Some(&list));
    }

    #[test]
    fn what_is_no_yaml_is_an_error() {
        assert!(read("title: A: b\n").is_err());
        assert!(read("a: [1\n").is_err());
    }
}

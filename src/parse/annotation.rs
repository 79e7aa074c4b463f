//! Annotations: footnotes whose first paragraph says what they are.

use crate::date::PartialDate;
use crate::diagnostic::{Rule, nearest};
use crate::parse::fields::{Log, Placed, listed, web_address};
use crate::span::Stretch;

/// An editor's note on a stretch of a text: one footnote definition.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// The footnote's name, as in `[^name]`.
    pub label: Box<str>,
    /// Where the definition stands.
    pub at: Stretch,
    /// What it is.
    pub kind: Kind,
    /// What stands beside the kind: speaker, headline, outlet or heading; the words after
    /// `correction:` are its date. Empty for claims and ordinary notes.
    pub head: Option<Placed<Box<str>>>,
    /// Who says so.
    pub by: Option<Placed<Box<str>>>,
    /// The day of the statement or event.
    pub on: Option<PartialDate>,
    /// Where an event took place.
    pub place: Option<Placed<Box<str>>>,
    /// The outlet that a quote was given to.
    pub to: Option<Placed<Box<str>>>,
    /// What the statement rests on.
    pub source: Option<Placed<Box<str>>>,
    /// The claim's name where it is followed over several briefs, or the event's.
    pub ledger: Option<Placed<Box<str>>>,
    /// Title, address, date and archived copy of a source.
    pub work: Work,
    /// Where its first paragraph ends, if that one only held the fields.
    pub fields_end: Option<u32>,
}

/// The particulars of a source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Work {
    /// Its title.
    pub title: Option<Box<str>>,
    /// Its address.
    pub url: Option<Box<str>>,
    /// Its date.
    pub date: Option<PartialDate>,
    /// The address of an archived copy.
    pub archive: Option<Box<str>>,
}

/// What an annotation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A statement that somebody makes, and how it stands.
    Claim(Status),
    /// Words that somebody said.
    Quote,
    /// Something that happened.
    Event,
    /// What a statement rests on.
    Source,
    /// A heading and a text.
    Note,
    /// A mistake that was mended.
    Correction,
    /// An ordinary footnote.
    Plain,
}

/// How a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Somebody who can know it says it is so.
    Confirmed,
    /// Whoever it concerns says it is not so.
    Denied,
    /// Some say it is so, some that it is not.
    Disputed,
    /// Nobody who can know it has said so.
    Unconfirmed,
    /// It is known not to be so.
    False,
    /// Whoever said it took it back.
    Retracted,
}

/// The words of the statuses, in the order of lists.
pub const STATUSES: &[(&str, Status)] = &[
    ("confirmed", Status::Confirmed),
    ("denied", Status::Denied),
    ("disputed", Status::Disputed),
    ("unconfirmed", Status::Unconfirmed),
    ("false", Status::False),
    ("retracted", Status::Retracted),
];

impl Status {
    /// The word that is written for it.
    pub fn word(self) -> &'static str {
        STATUSES.iter().find(|(_, it)| *it == self).map_or("", |(word, _)| word)
    }
}

impl Kind {
    /// The word that is written for it; `footnote` for an ordinary one.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Claim(_) => "claim",
            Kind::Quote => "quote",
            Kind::Event => "event",
            Kind::Source => "source",
            Kind::Note => "note",
            Kind::Correction => "correction",
            Kind::Plain => "footnote",
        }
    }
}

/// The kinds, each with the fields it may have.
const KINDS: &[(&str, &[&str])] = &[
    ("claim", &["by", "on", "source", "ledger"]),
    ("quote", &["on", "to", "source"]),
    ("event", &["on", "place", "id"]),
    ("source", &["title", "url", "date", "archive"]),
    ("note", &[]),
    ("correction", &[]),
];

/// Reads the first paragraph of a footnote, given as its lines with their places.
///
/// It is typed if its first line is `kind: …` with a kind of the table above; any other
/// is an ordinary note.
pub fn read(
    label: &str,
    at: Stretch,
    lines: &[(Stretch, &str)],
    log: &mut Log<'_>,
) -> Annotation {
    let mut annotation = Annotation {
        label: label.into(),
        at,
        kind: Kind::Plain,
        head: None,
        by: None,
        on: None,
        place: None,
        to: None,
        source: None,
        ledger: None,
        work: Work::default(),
        fields_end: None,
    };
    let Some((word, head)) = lines.first().and_then(|line| field(*line)) else {
        return annotation;
    };
    let Some((kind, known)) = KINDS.iter().find(|(kind, _)| *kind == word.value) else {
        return annotation;
    };
    annotation.fields_end = lines.last().map(|(at, _)| at.end);
    annotation.kind = match *kind {
        "claim" => Kind::Claim(status(&head, log)),
        "quote" => Kind::Quote,
        "event" => Kind::Event,
        "source" => Kind::Source,
        "note" => Kind::Note,
        _ => Kind::Correction,
    };
    if head.value.is_empty() && *kind != "claim" {
        let message = format!("`{kind}` has nothing behind it");
        log.say(Rule::MissingKey, word.at, message).push(example(kind).to_owned());
    }
    match annotation.kind {
        Kind::Claim(_) => {}
        Kind::Correction => annotation.on = date(&head, kind, log),
        _ => annotation.head = Some(head).filter(|head| !head.value.is_empty()),
    }
    let mut seen = vec![*kind];
    for line in &lines[1..] {
        let Some((key, value)) = field(*line) else {
            let message = "this line of a typed footnote is no `key: value`".to_owned();
            log.say(Rule::BadValue, line.0, message)
                .push("put an empty line above it if it is text".to_owned());
            continue;
        };
        let Some(name) = known.iter().find(|known| **known == key.value) else {
            let message = format!("`{}` is no field of a {kind}", key.value);
            let near = nearest(key.value, known.iter().copied());
            log.say(Rule::UnknownKey, key.at, message).push(match near {
                Some(near) => format!("write `{near}`"),
                None if known.is_empty() => {
                    "put an empty line above it if it is text".to_owned()
                }
                None => format!("the fields of a {kind} are {}", listed(known)),
            });
            continue;
        };
        if seen.contains(name) {
            log.say(Rule::DoubledKey, key.at, format!("`{name}` is given twice"))
                .push("delete one of the two lines".to_owned());
            continue;
        }
        seen.push(name);
        if value.value.is_empty() {
            continue;
        }
        set(&mut annotation, name, value, log);
    }
    if annotation.kind == Kind::Event && annotation.on.is_none() && !seen.contains(&"on")
    {
        log.say(Rule::MissingKey, word.at, "the event has no date".to_owned())
            .push("add `on: 2025-08-08`, `on: 2025-08` or `on: 2025`".to_owned());
    }
    annotation
}

fn set(
    annotation: &mut Annotation,
    name: &str,
    value: Placed<Box<str>>,
    log: &mut Log<'_>,
) {
    match name {
        "by" => annotation.by = Some(value),
        "on" => annotation.on = date(&value, name, log),
        "place" => annotation.place = Some(value),
        "to" => annotation.to = Some(value),
        "source" => annotation.source = Some(value),
        "ledger" | "id" => annotation.ledger = Some(value),
        "title" => annotation.work.title = Some(value.value),
        "url" => annotation.work.url = web_address(&value, name, log),
        "date" => annotation.work.date = date(&value, name, log),
        _ => annotation.work.archive = web_address(&value, name, log),
    }
}

/// `key: value` of one line, each with its place; the value may be empty.
fn field((at, line): (Stretch, &str)) -> Option<(Placed<&str>, Placed<Box<str>>)> {
    let (key, value) = line.split_once(':')?;
    let is_key =
        !key.is_empty() && key.bytes().all(|it| it.is_ascii_lowercase() || it == b'-');
    if !is_key || !(value.is_empty() || value.starts_with(' ')) {
        return None;
    }
    let start = at.start as usize;
    let text = value.trim();
    let value_start = start + key.len() + 1 + (value.len() - value.trim_start().len());
    let unquoted =
        text.strip_prefix('"').and_then(|it| it.strip_suffix('"')).unwrap_or(text);
    Some((
        Placed { value: key, at: Stretch::new(start..start + key.len()) },
        Placed {
            value: unquoted.into(),
            at: Stretch::new(value_start..value_start + text.len()),
        },
    ))
}

fn status(head: &Placed<Box<str>>, log: &mut Log<'_>) -> Status {
    if let Some((_, status)) = STATUSES.iter().find(|(word, _)| *word == &*head.value) {
        return *status;
    }
    let words: Vec<_> = STATUSES.iter().map(|(word, _)| *word).collect();
    let message = format!("`{}` is no status of a claim", head.value);
    let help = match nearest(&head.value, words.iter().copied()) {
        Some(near) => format!("write `claim: {near}`"),
        None => format!("write one of {}", listed(&words)),
    };
    log.say(Rule::BadValue, head.at, message).push(help);
    Status::Unconfirmed
}

fn date(text: &Placed<Box<str>>, name: &str, log: &mut Log<'_>) -> Option<PartialDate> {
    let date = PartialDate::parse(&text.value);
    if date.is_none() {
        let message = format!("`{name}` is a date, and `{}` is none", text.value);
        log.say(Rule::WrongType, text.at, message)
            .push("write `2025-08-08`, `2025-08` or `2025`".to_owned());
    }
    date
}

fn example(kind: &str) -> &'static str {
    match kind {
        "quote" => "write who speaks: `quote: Marco Rubio`",
        "event" => "write a headline: `event: Eight groups designated`",
        "source" => "write the outlet: `source: AFP`",
        "correction" => "write the day: `correction: 2025-08-09`",
        _ => "write a heading: `note: How the list works`",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn check(text: &str) -> (Annotation, String) {
        let path: Arc<str> = "a.md".into();
        let mut log = Log { path: &path, diagnostics: Vec::new() };
        let mut start = 0;
        let mut lines = Vec::new();
        for line in text.lines() {
            lines.push((Stretch::new(start..start + line.len()), line));
            start += line.len() + 1;
        }
        let annotation = read("n", Stretch::default(), &lines, &mut log);
        let said = log.diagnostics.iter().map(|it| {
            format!(
                "{} {} / {}",
                it.rule.name(),
                &text[it.span.stretch.range()],
                it.help.join("; ")
            )
        });
        (annotation, said.collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn a_footnote_that_begins_with_a_kind_is_typed() {
        let (claim, said) =
            check("claim: denied\nby: Claudia Sheinbaum\non: 2025-08\nledger: troops");
        assert_eq!(claim.kind, Kind::Claim(Status::Denied));
        assert_eq!(claim.by.unwrap().value, "Claudia Sheinbaum".into());
        assert_eq!(claim.on, PartialDate::parse("2025-08"));
        assert_eq!(said, "");
        for text in [
            "Claim: x",
            "claims were made: x",
            "An ordinary note.",
            "https://example.org",
            "",
        ] {
            assert_eq!(check(text).0.kind, Kind::Plain, "{text}");
        }
    }

    #[test]
    fn mistakes_in_a_typed_footnote_are_reported_where_they_stand() {
        let cases = [
            ("claim: denid", "bad-value denid / write `claim: denied`"),
            ("claim: denied\nsorce: AFP", "unknown-key sorce / write `source`"),
            (
                "claim: denied\nby: A\nby: B",
                "doubled-key by / delete one of the two lines",
            ),
            (
                "event: A\non: Friday",
                "wrong-type Friday / write `2025-08-08`, `2025-08` or `2025`",
            ),
            (
                "event: A",
                "missing-key event / add `on: 2025-08-08`, `on: 2025-08` or `on: 2025`",
            ),
            (
                "source: A\nurl: javascript:x",
                "unsafe-link javascript:x / write an address that begins with `https://`",
            ),
            ("note:", "missing-key note / write a heading: `note: How the list works`"),
            (
                "note: A\nand text",
                "bad-value and text / put an empty line above it if it is text",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(check(text).1, expected, "{text}");
        }
    }
}

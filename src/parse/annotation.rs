//! Annotations: footnotes whose first paragraph says what they are.

mod lines;

use crate::date::PartialDate;
use crate::parse::brief::Source;
use crate::parse::fields::{
    Fields, Log, Placed, one_of, partial_date, string, text, url,
};
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
    /// Where its first paragraph ends, if that one only held the fields.
    pub fields_end: Option<u32>,
}

/// What an annotation is.
///
/// Whoever asks names every kind, so that the compiler knows who must hear of a new one.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A statement that somebody makes, and how it stands.
    Claim(ClaimNote),
    /// Words that somebody said.
    Quote(QuoteNote),
    /// Something that happened.
    Event(EventNote),
    /// What a statement rests on; `None` if its outlet is missing.
    Source(Option<Source>),
    /// A text with a heading.
    Note {
        /// The heading.
        heading: Option<Placed<Box<str>>>,
    },
    /// A mistake that was mended.
    Correction {
        /// The day it was mended.
        on: Option<PartialDate>,
    },
    /// An ordinary footnote.
    Plain,
}

/// A statement that somebody makes, and how it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimNote {
    /// How it stands.
    pub status: Status,
    /// Who says so.
    pub by: Option<Placed<Box<str>>>,
    /// The day of the statement.
    pub on: Option<PartialDate>,
    /// What it rests on.
    pub source: Option<Placed<Box<str>>>,
    /// The name under which it is followed over several texts.
    pub ledger: Option<Placed<Box<str>>>,
}

/// Words that somebody said.
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteNote {
    /// Who said them.
    pub speaker: Option<Placed<Box<str>>>,
    /// The day they were said.
    pub on: Option<PartialDate>,
    /// The outlet that they were given to.
    pub to: Option<Placed<Box<str>>>,
    /// What it rests on that they were said.
    pub source: Option<Placed<Box<str>>>,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct EventNote {
    /// What, in a headline.
    pub heading: Option<Placed<Box<str>>>,
    /// When.
    pub on: Option<PartialDate>,
    /// Where.
    pub place: Option<Placed<Box<str>>>,
    /// The name that makes it one event with another of that name.
    pub id: Option<Placed<Box<str>>>,
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

/// Reads the fields of one kind.
type ReadKind = fn(&mut Fields<'_>, &mut Log<'_>) -> Kind;

/// The kinds by the word that begins a typed footnote.
const KINDS: &[(&str, ReadKind)] = &[
    ("claim", |fields, log| Kind::Claim(claim(fields, log))),
    ("quote", |fields, log| Kind::Quote(quote(fields, log))),
    ("event", |fields, log| Kind::Event(event(fields, log))),
    ("source", |fields, log| Kind::Source(source(fields, log))),
    ("note", |fields, log| Kind::Note {
        heading: fields.required("note", "note: How the list works", log, text),
    }),
    ("correction", |fields, log| Kind::Correction {
        on: fields.required("correction", "correction: 2025-08-09", log, partial_date),
    }),
];

impl Kind {
    /// The word that is written for it; `footnote` for an ordinary one.
    pub fn word(&self) -> &'static str {
        match self {
            Kind::Claim(_) => "claim",
            Kind::Quote(_) => "quote",
            Kind::Event(_) => "event",
            Kind::Source(_) => "source",
            Kind::Note { .. } => "note",
            Kind::Correction { .. } => "correction",
            Kind::Plain => "footnote",
        }
    }
}

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
    let plain =
        Annotation { label: label.into(), at, kind: Kind::Plain, fields_end: None };
    let first = lines::first_key(lines);
    let Some((_, read)) = KINDS.iter().find(|(word, _)| Some(*word) == first) else {
        return plain;
    };
    let node = lines::table(lines, log);
    let Some(mut fields) = Fields::of(&node, "footnote", log) else { return plain };
    let kind = read(&mut fields, log);
    fields.finish(log);
    let fields_end = lines.last().map(|(at, _)| at.end);
    Annotation { kind, fields_end, ..plain }
}

fn claim(fields: &mut Fields<'_>, log: &mut Log<'_>) -> ClaimNote {
    let status = fields.required("claim", "claim: unconfirmed", log, one_of(STATUSES));
    ClaimNote {
        status: status.unwrap_or(Status::Unconfirmed),
        by: fields.take("by", log, text),
        on: fields.take("on", log, partial_date),
        source: fields.take("source", log, text),
        ledger: fields.take("ledger", log, text),
    }
}

fn quote(fields: &mut Fields<'_>, log: &mut Log<'_>) -> QuoteNote {
    QuoteNote {
        speaker: fields.required("quote", "quote: Marco Rubio", log, text),
        on: fields.take("on", log, partial_date),
        to: fields.take("to", log, text),
        source: fields.take("source", log, text),
    }
}

fn event(fields: &mut Fields<'_>, log: &mut Log<'_>) -> EventNote {
    EventNote {
        heading: fields.required("event", "event: Eight groups designated", log, text),
        on: fields.required("on", "on: 2025-08-08", log, partial_date),
        place: fields.take("place", log, text),
        id: fields.take("id", log, text),
    }
}

fn source(fields: &mut Fields<'_>, log: &mut Log<'_>) -> Option<Source> {
    let outlet = fields.required("source", "source: AFP", log, text);
    let title = fields.take("title", log, string);
    let address = fields.take("url", log, url);
    let date = fields.take("date", log, partial_date);
    let archive = fields.take("archive", log, url);
    Some(Source { outlet: outlet?, title, url: address, date, archive })
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
        let Kind::Claim(claim) = claim.kind else { panic!("{:?}", claim.kind) };
        assert_eq!(claim.status, Status::Denied);
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
    fn the_word_of_each_kind_begins_a_footnote_of_that_kind() {
        for (word, _) in KINDS {
            assert_eq!(check(&format!("{word}: x")).0.kind.word(), *word);
        }
    }

    #[test]
    fn mistakes_in_a_typed_footnote_are_reported_where_they_stand() {
        let cases = [
            (
                "claim: denid",
                "bad-value denid / write `denied`; the choices are `confirmed`, `denied`, `disputed`, `unconfirmed`, `false` and `retracted`",
            ),
            ("claim: denied\nsorce: AFP", "unknown-key sorce / write `source`"),
            (
                "claim: denied\nby: A\nby: B",
                "doubled-key by / delete one of the two lines",
            ),
            (
                "event: A\non: Friday",
                "wrong-type Friday / write `2025-08-08`, `2025-08` or `2025`",
            ),
            ("event: A", "missing-key event / add `on: 2025-08-08`"),
            (
                "source: A\nurl: javascript:x",
                "unsafe-link javascript:x / write an address that begins with `https://`",
            ),
            ("note:", "missing-key note / add `note: How the list works`"),
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

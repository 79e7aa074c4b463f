//! Annotations: footnotes whose first paragraph says what they are.

pub mod lines;
mod old_claim;

use std::collections::{BTreeMap, BTreeSet};

use crate::date::PartialDate;
use crate::diagnostic::Rule;
use crate::parse::annotation::lines::{FieldLine, Meant};
use crate::parse::brief::Source;
use crate::parse::claim::{FINDINGS, FindingKind, STANCES, StanceKind};
use crate::parse::fields::{
    Fields, Log, Placed, one_of, partial_date, slug, string, text, url,
};
use crate::parse::node::Node;
use crate::parse::redirect::redirect;
use crate::slug::Slug;
use crate::span::Stretch;

/// An editor's note on a stretch of a text: one footnote definition.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// The footnote's name, as in `[^name]`.
    pub label: Box<str>,
    /// Its id on a page, unique in its text: the name as a slug, numbered where two are
    /// alike.
    pub id: Box<str>,
    /// Where the definition stands.
    pub at: Stretch,
    /// What it is.
    pub kind: Kind,
    /// Where its first paragraph ends, if that one only held the fields.
    pub fields_end: Option<u32>,
    /// Whether the text refers to it, itself or by way of other notes: else it is on no page.
    pub is_shown: bool,
}

/// What an annotation is.
///
/// Code that tells kinds apart names every one of them, with no arm for all others, so that the
/// compiler finds each place that has to hear of a new kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A claim: what parties do with it, and what the desk finds.
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

/// What parties do with a claim, and what the desk finds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClaimNote {
    /// Which claim; `None` if that could not be read.
    pub claim: Option<ClaimRef>,
    /// What parties do with it: kinds in the order of lists, names in the order written.
    pub stances: Vec<(StanceKind, Placed<Box<str>>)>,
    /// What the desk finds.
    pub finding: Option<Placed<FindingKind>>,
    /// The day of the stances; of the finding only where the text has no day of its own.
    pub on: Option<PartialDate>,
    /// Who reported the stances.
    pub source: Option<Placed<Box<str>>>,
    /// What the finding rests on.
    pub finding_source: Option<Placed<Box<str>>>,
    /// Whom or what the claim is about.
    pub about: Box<[Placed<Box<str>>]>,
    /// The claim's segment of its address.
    pub slug: Option<Placed<Slug>>,
    /// Addresses that the claim once had.
    pub redirect_from: Box<[Placed<Box<str>>]>,
}

/// How a footnote names a claim.
#[derive(Clone, Debug, PartialEq)]
pub enum ClaimRef {
    /// By its slug: small letters of ASCII, digits and hyphens alone.
    Slug(Placed<Box<str>>),
    /// By its sentence, without the final stop.
    Sentence(Placed<Box<str>>),
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
    /// The claim that the words say or deny, and which of the two.
    pub claim: Option<(ClaimRef, StanceKind)>,
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

/// Reads the fields of one kind.
type ReadKind = fn(&mut Fields<'_>, &mut Log<'_>) -> Kind;

/// The kinds by the word that begins a typed footnote, each with the keys it may have.
const KINDS: &[(&str, &[&str], ReadKind)] = &[
    ("claim", CLAIM_KEYS, |fields, log| Kind::Claim(claim(fields, log))),
    ("quote", QUOTE_KEYS, |fields, log| Kind::Quote(quote(fields, log))),
    ("event", &["on", "place", "id"], |fields, log| Kind::Event(event(fields, log))),
    ("source", &["title", "url", "date", "archive"], |fields, log| {
        Kind::Source(source(fields, log))
    }),
    ("note", &[], |fields, log| Kind::Note {
        heading: fields.required("note", "note: How the list works", log, text),
    }),
    ("correction", &[], |fields, log| Kind::Correction {
        on: fields.required("correction", "correction: 2025-08-09", log, partial_date),
    }),
];

const CLAIM_KEYS: &[&str] = &[
    "said-by",
    "denied-by",
    "doubted-by",
    "withdrawn-by",
    "finding",
    "on",
    "source",
    "finding-source",
    "about",
    "slug",
    "redirect-from",
];

const QUOTE_KEYS: &[&str] = &["on", "to", "source", "claim", "stance"];

/// The keys that say what a party does with a claim.
const STANCE_KEYS: &[(&str, StanceKind)] = &[
    ("said-by", StanceKind::Says),
    ("denied-by", StanceKind::Denies),
    ("doubted-by", StanceKind::Doubts),
    ("withdrawn-by", StanceKind::Withdraws),
];

impl Kind {
    /// The word that is written for it, as in the table of kinds; `footnote` for an ordinary
    /// one.
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

    /// The day of the mistake that it mends, if it is a correction.
    pub fn corrected(&self) -> Option<PartialDate> {
        match self {
            Kind::Correction { on } => *on,
            Kind::Claim(_)
            | Kind::Quote(_)
            | Kind::Event(_)
            | Kind::Source(_)
            | Kind::Note { .. }
            | Kind::Plain => None,
        }
    }
}

/// Gives each annotation of a text its id.
pub fn give_ids(annotations: &mut [Annotation]) {
    let mut taken: BTreeSet<Box<str>> = BTreeSet::new();
    let mut numbers: BTreeMap<Box<str>, u32> = BTreeMap::new();
    for annotation in annotations {
        let slug = Slug::from_title(&annotation.label);
        let base: Box<str> = slug.map_or_else(|| "note".into(), |it| it.as_str().into());
        let mut id = base.clone();
        while !taken.insert(id.clone()) {
            let number = numbers.entry(base.clone()).or_insert(1);
            *number += 1;
            id = format!("{base}-{number}").into();
        }
        annotation.id = id;
    }
}

/// Reads the first paragraph of a footnote, given as its lines with their places.
///
/// It is typed if its first line is `kind: …` with a kind of the table above; any other
/// is an ordinary note.
pub fn read(
    label: &str,
    at: Stretch,
    lines: &[FieldLine<'_>],
    log: &mut Log<'_>,
) -> Annotation {
    let plain = Annotation {
        label: label.into(),
        id: Box::default(),
        at,
        kind: Kind::Plain,
        fields_end: None,
        is_shown: false,
    };
    let first = lines::first_key(lines);
    let is_meant = |word: &str, keys: &[&str]| {
        Some(word) == first || lines::is_nearly(lines, word, keys)
    };
    let kind = KINDS.iter().find(|(word, keys, _)| is_meant(word, keys));
    let Some((word, keys, read)) = kind else { return plain };
    let fields_end = lines.last().map(|it| it.at.end);
    let all: Vec<&str> = [*word].into_iter().chain(keys.iter().copied()).collect();
    let node = lines::table(lines, &all, log);
    if *word == "claim" && old_claim::is_old(&node, log) {
        return Annotation {
            kind: Kind::Claim(ClaimNote::default()),
            fields_end,
            ..plain
        };
    }
    let Some(mut fields) = Fields::of(&node, "footnote", log) else { return plain };
    let kind = read(&mut fields, log);
    fields.finish(log);
    Annotation { kind, fields_end, ..plain }
}

/// Reports an ordinary note whose text, `source` in the file, was surely meant to be a typed
/// one.
pub fn report_meant(source: &str, start: usize, log: &mut Log<'_>) {
    let kinds: Vec<(&str, &[&str])> =
        KINDS.iter().map(|(word, keys, _)| (*word, *keys)).collect();
    let Some(Meant { word, written, is_marked }) = lines::meant(source, &kinds) else {
        return;
    };
    let line = source.lines().find(|it| !it.trim().is_empty()).unwrap_or("").trim();
    let start = start + (line.as_ptr().addr() - source.as_ptr().addr());
    let at = Stretch::new(start..start + line.len());
    if is_marked {
        let message = "the fields of this note are printed: they have markup around them";
        let help = format!("write each on a line of its own, without any: `{word}: …`");
        log.say(Rule::BadValue, at, message.to_owned(), help);
    } else {
        let message =
            format!("`{written}` is no kind of note, so its fields are printed");
        log.say(Rule::UnknownKey, at, message, format!("write `{word}: …`"));
    }
}

fn claim(fields: &mut Fields<'_>, log: &mut Log<'_>) -> ClaimNote {
    let example = "claim: What is claimed, as one full sentence.";
    let claim = fields.required("claim", example, log, claim_ref);
    let mut stances = Vec::new();
    for (key, kind) in STANCE_KEYS {
        stances.extend(fields.list(key, log, text).into_iter().map(|by| (*kind, by)));
    }
    ClaimNote {
        claim,
        stances,
        finding: fields.take("finding", log, finding),
        on: fields.take("on", log, partial_date),
        source: fields.take("source", log, text),
        finding_source: fields.take("finding-source", log, text),
        about: fields.list("about", log, text),
        slug: fields.take("slug", log, slug),
        redirect_from: fields.list("redirect-from", log, redirect),
    }
}

fn finding(node: &Node, name: &str, log: &mut Log<'_>) -> Option<Placed<FindingKind>> {
    let value = one_of(FINDINGS)(node, name, log)?;
    Some(Placed { value, at: node.at })
}

/// A slug if it is all small letters, digits and hyphens, else a sentence.
fn claim_ref(node: &Node, name: &str, log: &mut Log<'_>) -> Option<ClaimRef> {
    let Placed { value, at } = text(node, name, log)?;
    let is_of_slugs =
        |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
    if value.bytes().all(is_of_slugs) {
        return Some(ClaimRef::Slug(Placed { value, at }));
    }
    if let Some(sign) = MARKUP.iter().find(|it| value.contains(**it)) {
        let message = format!("a claim is plain text, and this one contains `{sign}`");
        log.say(
            Rule::BadValue,
            at,
            message,
            "write the sentence without markup and footnotes",
        );
    }
    let sentence = value.strip_suffix('.').unwrap_or(&value).trim_end();
    Some(ClaimRef::Sentence(Placed { value: sentence.into(), at }))
}

/// What a sentence holds only if it is Markdown.
const MARKUP: &[&str] = &["[^", "](", "[[", "**", "`"];

fn quote(fields: &mut Fields<'_>, log: &mut Log<'_>) -> QuoteNote {
    let speaker = fields.required("quote", "quote: Marco Rubio", log, text);
    let claim = fields.take("claim", log, claim_ref);
    let stance = match &claim {
        Some(_) => fields.required("stance", "stance: denies", log, one_of(STANCES)),
        None => fields.take("stance", log, one_of(STANCES)),
    };
    QuoteNote {
        speaker,
        on: fields.take("on", log, partial_date),
        to: fields.take("to", log, text),
        source: fields.take("source", log, text),
        claim: claim.zip(stance),
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
        let mut log = Log { path: &path, text, diagnostics: Vec::new() };
        let mut start = 0;
        let mut lines = Vec::new();
        for line in text.lines() {
            let words = line.trim_start();
            let indent = line.len() - words.len();
            let at = Stretch::new(start + indent..start + line.len());
            lines.push(FieldLine { words, at, indent: Some(indent) });
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
        let (claim, said) = check(
            "claim: Troops will be sent\n  to: the border.\nsaid-by: A\nsaid-by: B\non: 2025-08\ndenied-by: C",
        );
        let Kind::Claim(claim) = claim.kind else { panic!("{:?}", claim.kind) };
        let Some(ClaimRef::Sentence(sentence)) = claim.claim else { panic!() };
        assert_eq!(&*sentence.value, "Troops will be sent to: the border");
        let stances = claim.stances.iter().map(|(kind, by)| (*kind, &*by.value));
        let expected =
            [(StanceKind::Says, "A"), (StanceKind::Says, "B"), (StanceKind::Denies, "C")];
        assert_eq!(stances.collect::<Vec<_>>(), expected);
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
    fn capitals_and_space_do_not_hide_what_is_sure() {
        for text in [
            "Claim: It is so.\nSaid-by: Ann",
            "claim : It is so.\nsaid-by : Ann",
            "claim:It is so.\nsaid-by:Ann",
            "CLAIM： It is so.\nsaid-by： Ann",
            "claim: It is so.\n  said-by: Ann",
        ] {
            let (annotation, said) = check(text);
            let Kind::Claim(claim) = annotation.kind else { panic!("{text}") };
            assert_eq!(claim.stances.len(), 1, "{text}");
            assert_eq!(said, "", "{text}");
        }
        let (plain, _) = check("Note: the law was passed.\nIt holds.");
        assert_eq!(plain.kind, Kind::Plain, "a sentence with a colon in it");
    }

    #[test]
    fn the_word_of_each_kind_begins_a_footnote_of_that_kind() {
        for (word, ..) in KINDS {
            assert_eq!(check(&format!("{word}: x y")).0.kind.word(), *word);
        }
    }

    #[test]
    fn mistakes_in_a_typed_footnote_are_reported_where_they_stand() {
        let cases = [
            (
                "claim: A b\nfinding: disputd",
                "bad-value disputd / write `disputed`; the values are `unconfirmed`, `disputed`, `confirmed` and `false`",
            ),
            ("claim: A b\nsorce: AFP", "unknown-key sorce / write `source`"),
            (
                "claim: A b\non: 2025\non: 2025",
                "doubled-key on / delete one of the two lines",
            ),
            (
                "claim: A *b* [c](d)",
                "bad-value A *b* [c](d) / write the sentence without markup and footnotes",
            ),
            (
                "claim: denied\nby: Ann Lee\non: 2025-08-08\nledger: troops",
                "old-claim denied / write `claim: troops`, `denied-by: Ann Lee`, `on: 2025-08-08`; give it a file content/claims/troops.md whose `title` is the claim, one full sentence",
            ),
            (
                "claim: confirmed",
                "old-claim confirmed / write `claim: What is claimed, as one full sentence.`, `said-by: who`, `finding: confirmed`",
            ),
            ("quote: A\nclaim: troops", "missing-key quote / add `stance: denies`"),
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

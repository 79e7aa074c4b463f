//! What texts tell of one claim: stances and findings, with their days.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, Rule};
use crate::link::claims::annotated::label_of;
use crate::link::claims::proposition::{Party, Proposition, Stance, Turn};
use crate::link::texts::{ClaimFileIdx, LinkedClaim, TextIdx, Texts};
use crate::parse::annotation::{Annotation, ClaimNote, Kind, QuoteNote};
use crate::parse::claim::StanceKind;
use crate::parse::fields::Placed;
use crate::span::Span;

/// What days are measured by.
pub(super) struct Clock<'a> {
    /// The book's zone.
    pub(super) zone: &'a TimeZone,
    /// The day of the edition.
    pub(super) today: Date,
}

impl Clock<'_> {
    /// The beginning of a day.
    fn start(&self, day: Date) -> jiff::Timestamp {
        let start = day.to_zoned_datetime(self.zone.clone());
        start.map_or(jiff::Timestamp::UNIX_EPOCH, |it| it.timestamp())
    }
}

/// Adds what the front matter of a claim's file tells.
pub(super) fn of_file(
    proposition: &mut Proposition,
    idx: ClaimFileIdx,
    linked: &LinkedClaim,
    texts: &Texts,
    clock: &Clock<'_>,
    log: &mut Vec<Diagnostic>,
) {
    let (document, front) = (&linked.claim.document, &linked.claim.front);
    let told_in = TextIdx::Claim(idx);
    for it in &front.stances {
        proposition.stances.push(Stance {
            party: Party::named(&it.by.value, texts),
            kind: it.does,
            on: it.on,
            source: value(it.source.as_ref()),
            told_in,
            annotation: None,
        });
    }
    for it in &front.findings {
        if it.on.first() > clock.today {
            log.push(future(document.span(it.at), it.on));
            continue;
        }
        proposition.turns.push(Turn {
            is: it.is,
            on: it.on,
            instant: clock.start(it.on.first()),
            source: value(it.source.as_ref()),
            told_in,
            annotation: None,
        });
    }
}

/// Adds what an annotation tells.
pub(super) fn of_annotation(
    proposition: &mut Proposition,
    text: TextIdx,
    at: u32,
    annotation: &Annotation,
    texts: &Texts,
    clock: &Clock<'_>,
    log: &mut Vec<Diagnostic>,
) {
    match &annotation.kind {
        Kind::Claim(note) => {
            stances(proposition, text, at, note, texts);
            turn(proposition, text, at, annotation, note, texts, clock, log);
            for it in &note.about {
                let party = Party::named(&it.value, texts);
                if !proposition.about.contains(&party) {
                    proposition.about.push(party);
                }
            }
            let old = note.redirect_from.iter();
            let old = old.map(|it| (it.value.clone(), text));
            proposition.redirect_from.extend(old);
        }
        Kind::Quote(quote) => words(proposition, text, at, quote, texts),
        Kind::Event(_)
        | Kind::Source(_)
        | Kind::Note { .. }
        | Kind::Correction { .. }
        | Kind::Plain => {}
    }
}

fn stances(
    proposition: &mut Proposition,
    text: TextIdx,
    at: u32,
    note: &ClaimNote,
    texts: &Texts,
) {
    let on = note.on.or_else(|| texts.day(text).map(PartialDate::from));
    for (kind, by) in &note.stances {
        proposition.stances.push(Stance {
            party: Party::named(&by.value, texts),
            kind: *kind,
            on,
            source: value(note.source.as_ref()),
            told_in: text,
            annotation: Some(at),
        });
    }
}

/// A quote as the words of a stance.
fn words(
    proposition: &mut Proposition,
    text: TextIdx,
    at: u32,
    quote: &QuoteNote,
    texts: &Texts,
) {
    let (Some(speaker), Some((_, kind))) = (&quote.speaker, &quote.claim) else { return };
    proposition.stances.push(Stance {
        party: Party::named(&speaker.value, texts),
        kind: *kind,
        on: quote.on.or_else(|| texts.day(text).map(PartialDate::from)),
        source: value(quote.source.as_ref()),
        told_in: text,
        annotation: Some(at),
    });
}

/// Adds a finding. It has the day of the brief that prints it, whatever `on` says (that is the
/// day of the stances), so that no finding can be backdated. A text without a day of its own
/// must give one.
#[expect(clippy::too_many_arguments, reason = "one annotation in its text, and where to")]
fn turn(
    proposition: &mut Proposition,
    text: TextIdx,
    at: u32,
    annotation: &Annotation,
    note: &ClaimNote,
    texts: &Texts,
    clock: &Clock<'_>,
    log: &mut Vec<Diagnostic>,
) {
    let Some(finding) = &note.finding else { return };
    let (on, instant) = match (text, note.on) {
        (TextIdx::Brief(idx), _) => {
            let date = &texts.brief(idx).brief.front.date;
            (PartialDate::from(date.day), date.instant)
        }
        (_, Some(on)) if on.first() > clock.today => {
            log.push(future(texts.document(text).span(finding.at), on));
            return;
        }
        (_, Some(on)) => (on, clock.start(on.first())),
        (_, None) => {
            let message = "`on` is missing: this text has no day of its own, and a finding needs one";
            let span = label_of(text, annotation, texts);
            log.push(Diagnostic::new(
                Rule::MissingKey,
                span,
                message.to_owned(),
                "add `on: 2025-08-08`",
            ));
            return;
        }
    };
    proposition.turns.push(Turn {
        is: finding.value,
        on,
        instant,
        source: value(note.finding_source.as_ref()),
        told_in: text,
        annotation: Some(at),
    });
}

/// Puts stances and findings in order, and reports those that contradict one another.
pub(super) fn settle(
    proposition: &mut Proposition,
    texts: &Texts,
    log: &mut Vec<Diagnostic>,
) {
    // Newest first. Of two of one day in one text, the one further down comes first: it is
    // what the text says last.
    proposition.stances.sort_by_key(|it| {
        (Reverse(it.on.map(PartialDate::first)), it.told_in, Reverse(it.annotation))
    });
    proposition
        .turns
        .sort_by_key(|it| (Reverse(it.instant), it.told_in, Reverse(it.annotation)));
    for pair in proposition.turns.windows(2) {
        let [newer, older] = pair else { continue };
        if newer.instant == older.instant && newer.is != older.is {
            let message = format!(
                "the desk finds `{}` and `{}` of one claim at the same time",
                newer.is.word(),
                older.is.word()
            );
            let span = place(newer.told_in, newer.annotation, texts);
            let other = place(older.told_in, older.annotation, texts);
            let help = "give the later brief a time of day, or correct one of them";
            log.push(
                Diagnostic::new(Rule::ConflictingFindings, span, message, help)
                    .label(other, "the other one is here"),
            );
        }
    }
    let mut said: BTreeMap<(TextIdx, Party, Option<Date>), &Stance> = BTreeMap::new();
    for stance in &proposition.stances {
        // Doubting or withdrawing contradicts neither.
        let is_one_of_two = matches!(stance.kind, StanceKind::Says | StanceKind::Denies);
        if !is_one_of_two {
            continue;
        }
        let day = stance.on.map(PartialDate::first);
        let key = (stance.told_in, stance.party.folded(), day);
        let first = *said.entry(key).or_insert(stance);
        if first.kind != stance.kind {
            let span = place(stance.told_in, stance.annotation, texts);
            let message = "one party says and denies this claim in one text";
            let help = "correct the party, or give one of the stances its day with `on`";
            let other = place(first.told_in, first.annotation, texts);
            log.push(
                Diagnostic::new(Rule::ContraryStances, span, message, help)
                    .label(other, "the other stance is here"),
            );
        }
    }
}

/// Where a stance or finding is written.
pub(super) fn place(text: TextIdx, annotation: Option<u32>, texts: &Texts) -> Span {
    let document = texts.document(text);
    match annotation {
        Some(at) => label_of(text, &document.body.annotations[at as usize], texts),
        None => document.span(document.title.at),
    }
}

fn future(span: Span, on: PartialDate) -> Diagnostic {
    let message = format!("this finding is dated {on}, a day that has not come");
    Diagnostic::new(
        Rule::FutureFinding,
        span,
        message,
        "correct the date; until then the finding is left out",
    )
}

fn value(placed: Option<&Placed<Box<str>>>) -> Option<Box<str>> {
    placed.map(|it| it.value.clone())
}

//! One text with its names, dates and links resolved.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, Rule};
use crate::language::Language;
use crate::link::dates::{self, DateContext, DoubtKind};
use crate::link::mentions::{self, Context, Meaning, MentionRule, PassageKind, RulesOff};
use crate::link::registry::{EntityIdx, Registry};
use crate::link::stale_roles::{self, RoleTitle};
use crate::link::targets::{Broken, Destination, Reached, Targets};
use crate::parse::brief::Brief;
use crate::parse::config::{Config, DateOrder};
use crate::parse::document::Document;
use crate::parse::entity::Entity;
use crate::parse::markdown::{Body, Link, Passage, Piece, PieceText, Target};
use crate::span::{Span, Stretch, narrow};

/// One text with its names, dates and links resolved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinkedText {
    /// What was found by reading: depends on the text and the registry alone.
    pub found: Arc<Found>,
    /// Where each link of the body leads, in the same order.
    pub destinations: Vec<Destination>,
    /// What stands behind each of these addresses: a query, and the id on the page that a
    /// fragment leads to; mostly empty.
    pub rests: Vec<Box<str>>,
    /// What is wrong with the links.
    broken: Vec<Diagnostic>,
}

/// Names and dates of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Names, in the order of the file, without those that were linked by hand.
    pub mentions: Vec<TextMention>,
    /// Dates, in the order of the file.
    pub dates: Vec<(Stretch, PartialDate)>,
    diagnostics: Vec<Diagnostic>,
}

/// A place in a file where an entity is named.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextMention {
    /// The name, without a possessive ending.
    pub at: Stretch,
    /// Whose name it is.
    pub entity: EntityIdx,
    /// How it was found.
    pub rule: MentionRule,
    /// Whether it is the first of its entity, which becomes a link.
    pub is_first: bool,
}

/// What linking a text needs to know of the book.
pub struct TextContext<'a> {
    /// All names.
    pub registry: &'a Registry,
    /// The settings.
    pub config: &'a Config,
    /// The entities, for their roles.
    pub entities: &'a [Arc<Entity>],
    /// Where links lead.
    pub targets: &'a Targets<'a>,
    /// What names mean in every text, as the settings say.
    pub settled: &'a BTreeMap<Box<str>, Meaning>,
    /// The rules for finding names that are off.
    pub rules_off: &'a RulesOff,
}

impl LinkedText {
    /// What is wrong with the text, as far as the whole book tells.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.diagnostics.iter().chain(&self.broken)
    }

    /// Every place where an entity is named, in the order of the file; `document` is the
    /// text's own.
    pub fn named(&self, document: &Document) -> Vec<Named> {
        let mentions = self.found.mentions.iter();
        let mut named: Vec<Named> = mentions
            .map(|it| Named { at: it.at, entity: it.entity, rule: it.rule.as_str() })
            .collect();
        for (link, destination) in document.body.links.iter().zip(&self.destinations) {
            if let Destination::Entity(entity) = destination {
                named.push(Named { at: link.at, entity: *entity, rule: "written" });
            }
        }
        named.sort_by_key(|it| it.at);
        named
    }

    /// The entities it names, in order of first mention, each with how often; those linked
    /// by hand first where they stand first.
    pub fn counts(&self) -> Vec<(EntityIdx, u32)> {
        let mut counts: Vec<(EntityIdx, u32)> = Vec::new();
        let mut count =
            |entity: EntityIdx| match counts.iter_mut().find(|it| it.0 == entity) {
                Some((_, n)) => *n += 1,
                None => counts.push((entity, 1)),
            };
        self.found.mentions.iter().for_each(|it| count(it.entity));
        for destination in &self.destinations {
            if let Destination::Entity(entity) = destination {
                count(*entity);
            }
        }
        counts
    }
}

/// A place where an entity is named, however it was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Named {
    /// The name.
    pub at: Stretch,
    /// Whose name it is.
    pub entity: EntityIdx,
    /// The rule that found it; `written` for one linked by hand.
    pub rule: &'static str,
}

/// Resolves a text. `last` is the same text linked with the same names.
pub fn link(
    document: &Document,
    brief: Option<&Brief>,
    context: &TextContext<'_>,
    last: Option<&Arc<LinkedText>>,
) -> Arc<LinkedText> {
    let (destinations, rests, broken) = destinations(document, context);
    let found = match last {
        // Links by hand are evidence for names, so they must lead where they led.
        Some(last) if last.destinations == destinations => {
            if last.broken == broken && last.rests == rests {
                return Arc::clone(last);
            }
            Arc::clone(&last.found)
        }
        _ => Arc::new(find(document, brief, &destinations, context)),
    };
    Arc::new(LinkedText { found, destinations, rests, broken })
}

fn find(
    document: &Document,
    brief: Option<&Brief>,
    destinations: &[Destination],
    context: &TextContext<'_>,
) -> Found {
    let mut diagnostics = Vec::new();
    let settled = settled(brief, context, &mut diagnostics);
    let passages: Vec<PlainPassage<'_>> =
        document.body.passages.iter().map(|it| PlainPassage::of(it, document)).collect();
    let day = brief.map(|it| it.front.date.day);
    let language = brief.and_then(|it| it.front.language.as_deref());
    let language = language.unwrap_or(&context.config.language);
    let dates = dates_of(&passages, day, language, context);
    let sure_dates: Vec<Vec<Range<u32>>> = dates
        .iter()
        .map(|it| it.found.iter().map(|date| date.start..date.end).collect())
        .collect();
    let running: Vec<mentions::Passage<'_>> = passages
        .iter()
        .zip(&document.body.passages)
        .zip(&sure_dates)
        .map(|((plain, passage), dates)| mentions::Passage {
            text: &plain.text,
            dates,
            kind: if passage.is_heading {
                PassageKind::Heading
            } else {
                PassageKind::Text
            },
        })
        .collect();
    let written: Vec<EntityIdx> = destinations
        .iter()
        .filter_map(|it| match it {
            Destination::Entity(entity) => Some(*entity),
            _ => None,
        })
        .collect();
    let language = Language::of(language);
    let finder = Context {
        date: day,
        language,
        settled: &settled,
        rules_off: context.rules_off,
        written: &written,
    };
    let names = mentions::find(context.registry, &running, &finder);

    let mut found = Found { diagnostics, ..Found::default() };
    for mention in &names.mentions {
        let plain = &passages[mention.passage as usize];
        found.mentions.push(TextMention {
            at: plain.in_file(mention.start, mention.end),
            entity: mention.entity,
            rule: mention.rule,
            is_first: false,
        });
        if let Some(day) = day {
            found.diagnostics.extend(stale_role(document, plain, mention, day, context));
        }
    }
    mark_first(&mut found.mentions, &names.mentions, document, &written);
    for ambiguous in &names.ambiguous {
        let at =
            passages[ambiguous.passage as usize].in_file(ambiguous.start, ambiguous.end);
        found.diagnostics.push(ambiguous_name(
            document,
            at,
            &ambiguous.candidates,
            context,
        ));
    }
    place_dates(document, &passages, dates, &mut found);
    found.mentions.shrink_to_fit();
    found.dates.shrink_to_fit();
    found.diagnostics.shrink_to_fit();
    found
}

/// Marks the first mention of each entity outside headings; one in the text goes before
/// one in a footnote. An entity that was linked by hand has its link already.
fn mark_first(
    mentions: &mut [TextMention],
    names: &[mentions::Mention],
    document: &Document,
    written: &[EntityIdx],
) {
    let mut seen: Vec<EntityIdx> = written.to_vec();
    for notes in [false, true] {
        for (mention, name) in mentions.iter_mut().zip(names) {
            let passage = &document.body.passages[name.passage as usize];
            let is_here = passage.annotation.is_some() == notes && !passage.is_heading;
            if is_here && !seen.contains(&mention.entity) {
                seen.push(mention.entity);
                mention.is_first = true;
            }
        }
    }
}

/// What the names mean that the settings and the brief's front matter settle.
fn settled(
    brief: Option<&Brief>,
    context: &TextContext<'_>,
    log: &mut Vec<Diagnostic>,
) -> BTreeMap<Box<str>, Meaning> {
    let mut settled = context.settled.clone();
    let Some(brief) = brief else { return settled };
    for (name, meaning) in &brief.front.mentions {
        let Some(entity) = &meaning.entity else {
            settled.insert(name.clone(), Meaning::None);
            continue;
        };
        let span = brief.document.span(entity.at);
        match context.registry.lookup(&entity.value)[..] {
            [only] => {
                settled.insert(name.clone(), Meaning::Entity(only));
            }
            [] => log.push(unknown_entity(&entity.value, span, context.registry)),
            ref several => {
                log.push(ambiguous_name(&brief.document, entity.at, several, context));
            }
        }
    }
    settled
}

fn destinations(
    document: &Document,
    context: &TextContext<'_>,
) -> (Vec<Destination>, Vec<Box<str>>, Vec<Diagnostic>) {
    let mut broken = Vec::new();
    let mut rests = Vec::with_capacity(document.body.links.len());
    let destinations = document.body.links.iter().map(|link| {
        let reached = context.targets.reach(link, document).unwrap_or_else(|why| {
            broken.push(broken_link(document, link.at, &link.target, &why, context));
            Reached::default()
        });
        if reached.is_without_anchor {
            broken.push(broken_anchor(document, link));
        }
        rests.push(reached.rest);
        reached.destination
    });
    let destinations = destinations.collect();
    (destinations, rests, broken)
}

fn broken_anchor(document: &Document, link: &Link) -> Diagnostic {
    let (_, anchor) = link.rest.split_once('#').unwrap_or_default();
    let message = format!("the page has no heading, note or id `{anchor}`");
    Diagnostic::new(
        Rule::BrokenAnchor,
        document.span(link.at),
        message,
        "write the words of a heading in lower case with hyphens, or delete the `#…`",
    )
}

fn broken_link(
    document: &Document,
    at: Stretch,
    target: &Target,
    why: &Broken,
    context: &TextContext<'_>,
) -> Diagnostic {
    if let (Target::Name(name, name_at), Broken::NoName) = (target, why) {
        return unknown_entity(name, document.span(*name_at), context.registry);
    }
    if let (Target::Name(_, name_at), Broken::Ambiguous(candidates)) = (target, why) {
        return ambiguous_name(document, *name_at, candidates, context);
    }
    let path: &str = match target {
        Target::Name(path, _) | Target::File(path) | Target::Site(path) => path,
        Target::Here => &document.path,
    };
    let span = document.span(at);
    if *why == Broken::Unpublished {
        let message = format!("`{path}` is a draft, under embargo or expired");
        return Diagnostic::new(
            Rule::BrokenLink,
            span,
            message,
            "delete the link, or publish both together",
        );
    }
    let message = format!("there is no file {path}");
    let near = context.targets.nearest_file(path);
    let help = match near.filter(|it| **it != *document.path) {
        Some(near) => format!("link to `{}`", relative(&document.path, near)),
        None => "name a file of the book by its path from this one".to_owned(),
    };
    Diagnostic::new(Rule::BrokenLink, span, message, help)
}

/// The path of one file from the folder of another.
fn relative(from: &str, to: &str) -> String {
    let mut from: Vec<&str> = from.split('/').collect();
    from.pop();
    let to: Vec<&str> = to.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut path = "../".repeat(from.len() - shared);
    path += &to[shared..].join("/");
    path
}

/// Says that a name is no entity's.
pub fn unknown_entity(name: &str, span: Span, registry: &Registry) -> Diagnostic {
    let message = format!("no entity is called `{name}`");
    let help = match registry.nearest(name) {
        Some(near) => format!("write `{near}`"),
        None => {
            format!("add a file for it: `dateline new entity \"{name}\" --kind person`")
        }
    };
    Diagnostic::new(Rule::UnknownEntity, span, message, help)
}

/// How many candidates of a shared name are named.
const MOST_CANDIDATES: usize = 5;

/// A number as it is read: `4,995`.
fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut said = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    said
}

fn ambiguous_name(
    document: &Document,
    at: Stretch,
    candidates: &[EntityIdx],
    context: &TextContext<'_>,
) -> Diagnostic {
    let name = &document.text[at.range()];
    let slug = |it: &EntityIdx| context.entities[it.0 as usize].document.slug.as_str();
    let slugs: Vec<&str> = candidates.iter().take(MOST_CANDIDATES).map(slug).collect();
    let mut listed = crate::parse::fields::listed(&slugs).replace(" and ", " or ");
    if candidates.len() > slugs.len() {
        let more = candidates.len() - slugs.len();
        listed = format!("{} or {} more", slugs.join(", "), thousands(more));
    }
    let message = format!("`{name}` can be {listed}, so it links to none");
    let first = slugs.first().copied().unwrap_or("none");
    Diagnostic::new(
        Rule::AmbiguousName,
        document.span(at),
        message,
        format!("add `mentions: {{{name}: {first}}}` to the front matter, or `none`"),
    )
}

/// A passage as plain text, and the way back to the file.
struct PlainPassage<'a> {
    text: Cow<'a, str>,
    pieces: &'a [Piece],
    body: &'a Body,
}

impl<'a> PlainPassage<'a> {
    fn of(passage: &Passage, document: &'a Document) -> PlainPassage<'a> {
        let (body, file) = (&document.body, &*document.text);
        let pieces = body.pieces(passage);
        let text = match pieces {
            [only] => Cow::Borrowed(body.text(only, file)),
            _ => pieces.iter().map(|it| body.text(it, file)).collect(),
        };
        PlainPassage { text, pieces, body }
    }

    /// The stretch of the file that a range of the text comes from.
    fn in_file(&self, start: u32, end: u32) -> Stretch {
        let (from, piece) = self.piece(start);
        let is_source = |piece: &Piece| piece.text == PieceText::Source;
        let at = piece.at;
        let first = if is_source(piece) { at.start + (start - from) } else { at.start };
        let (from, piece) = self.piece(end.saturating_sub(1).max(start));
        let at = piece.at;
        let last = if is_source(piece) { at.start + (end - from) } else { at.end };
        Stretch { start: first, end: last.max(first) }
    }

    /// The piece that holds a byte of the text, and where in the text it begins.
    fn piece(&self, byte: u32) -> (u32, &'a Piece) {
        let (last, others) = self.pieces.split_last().expect("a passage has text");
        let mut from = 0;
        for piece in others {
            let len = match piece.text {
                PieceText::Source => piece.at.end - piece.at.start,
                _ => narrow(self.body.text(piece, "").len()),
            };
            if byte < from + len {
                return (from, piece);
            }
            from += len;
        }
        (from, last)
    }
}

fn stale_role(
    document: &Document,
    plain: &PlainPassage<'_>,
    mention: &mentions::Mention,
    day: Date,
    context: &TextContext<'_>,
) -> Option<Diagnostic> {
    let entity = &context.entities[mention.entity.0 as usize];
    if entity.front.roles.is_empty() {
        return None;
    }
    let roles = titles(entity);
    let name = mention.start as usize..mention.end as usize;
    let words = context.registry.language;
    let stale = stale_roles::check(words, &plain.text, name, &roles, day)?;
    let at = plain.in_file(stale.start, stale.end);
    let (role, who) = (&entity.front.roles[stale.role], &entity.document.title.value);
    let words = &document.text[at.range()];
    let message = format!("{who} was no `{words}` on {day}");
    let help = match stale.held {
        Some(held) => {
            let held = &entity.front.roles[held];
            let of =
                held.of.as_ref().map_or(String::new(), |of| format!(" of {}", of.value));
            format!("write `{}`{of}, the role held that day", held.title)
        }
        None => "write `former`, or correct the dates of the role".to_owned(),
    };
    let diagnostic = Diagnostic::new(Rule::StaleRole, document.span(at), message, help);
    let role = entity.document.span(role.at);
    Some(diagnostic.label(role, "this role is dated to another time"))
}

/// The roles of an entity as the checks and the sidebar want them.
pub fn titles(entity: &Entity) -> Vec<RoleTitle<'_>> {
    entity
        .front
        .roles
        .iter()
        .map(|role| RoleTitle {
            title: &role.title,
            of: role.of.as_ref().map(|of| &*of.value),
            period: role.period(),
        })
        .collect()
}

/// The dates of each passage.
fn dates_of(
    passages: &[PlainPassage<'_>],
    day: Option<Date>,
    language: &str,
    context: &TextContext<'_>,
) -> Vec<dates::Dates> {
    let order = match context.config.date_order {
        DateOrder::DayMonth => dates::DateOrder::DayMonth,
        DateOrder::MonthDay => dates::DateOrder::MonthDay,
        DateOrder::Unsettled => dates::DateOrder::Unsettled,
    };
    let finder = DateContext { day, order, language };
    passages.iter().map(|plain| dates::find(&plain.text, &finder)).collect()
}

/// Puts the dates that are no part of a name among what was found, and what is doubtful.
fn place_dates(
    document: &Document,
    passages: &[PlainPassage<'_>],
    dates: Vec<dates::Dates>,
    found: &mut Found,
) {
    let mut names: Vec<Stretch> = found.mentions.iter().map(|it| it.at).collect();
    names.sort();
    for (plain, dates) in passages.iter().zip(dates) {
        for date in dates.found {
            let at = plain.in_file(date.start, date.end);
            let next = names.partition_point(|it| it.end <= at.start);
            if names.get(next).is_none_or(|it| at.end <= it.start) {
                found.dates.push((at, date.date));
            }
        }
        for doubt in dates.doubts {
            let at = plain.in_file(doubt.start, doubt.end);
            found.diagnostics.push(date_doubt(document, at, &doubt.kind));
        }
    }
    found.dates.sort_by_key(|(at, _)| *at);
}

fn date_doubt(document: &Document, at: Stretch, kind: &DoubtKind) -> Diagnostic {
    let (span, words) = (document.span(at), &document.text[at.range()]);
    match kind {
        DoubtKind::BothOrders { day_month, month_day } => {
            let message = format!("`{words}` can be {day_month} or {month_day}");
            Diagnostic::new(
                Rule::AmbiguousDate,
                span,
                message,
                format!(
                    "write `{}`, or set `date-order` under `[text]` in book.toml",
                    day_month.strftime("%-d %B")
                ),
            )
        }
        DoubtKind::Future { date } => {
            let message = format!("`{words}` is {date}, after the day of the brief");
            Diagnostic::new(
                Rule::FutureDate,
                span,
                message,
                "write the date in full, with its year",
            )
        }
        DoubtKind::Impossible => {
            let message = format!("`{words}` is no day of the calendar");
            Diagnostic::new(
                Rule::AmbiguousDate,
                span,
                message,
                "write the date as `8 August 2025`",
            )
        }
    }
}

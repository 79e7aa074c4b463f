//! One text with its names, dates and links resolved.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, Rule};
use crate::language::Language;
use crate::link::asides::{self, AnyText, NamedIn, Prose};
use crate::link::blocks::Block;
use crate::link::candidates::listed;
use crate::link::dates::{self, DateContext, DoubtKind};
use crate::link::mentions::{self, Context, Meaning, MentionRule, NameRefusal, RulesOff};
use crate::link::registry::{EntityIdx, Registry};
use crate::link::stale_roles::{self, RoleTitle};
use crate::link::targets::{Broken, Destination, Reached, Targets};
use crate::parse::brief::Brief;
use crate::parse::config::Config;
use crate::parse::document::Document;
use crate::parse::entity::Entity;
use crate::parse::markdown::{Link, Target};
use crate::span::{Span, Stretch};

/// One text with its names, dates and links resolved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinkedText {
    /// What was found by reading. It depends on the text, on the names and offices in the
    /// registry, and on which entities the links lead to, so it outlives most edits elsewhere.
    pub found: Arc<FoundInText>,
    /// Where each link of the body leads, in the same order.
    pub destinations: Vec<Destination>,
    /// What follows each of these addresses, mostly nothing: a query, and a fragment, which
    /// has become the id that it leads to on the page.
    pub rests: Vec<Box<str>>,
    /// What is wrong with the links.
    broken: Vec<Diagnostic>,
}

/// Names and dates of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoundInText {
    /// Names, in the order of the file, without those that were linked by hand.
    pub mentions: Vec<TextMention>,
    /// Names beside the running text, in the order of the file: they are never linked.
    pub asides: Vec<AsideMention>,
    /// Dates, in the order of the file.
    pub dates: Vec<(Stretch, PartialDate)>,
    /// Names that could be several entities', each once.
    pub ambiguous: Vec<SharedName>,
    /// Whether the front matter has a place that is not an entity's name.
    pub has_unknown_place: bool,
    diagnostics: Vec<Diagnostic>,
}

/// A name of a text that could be several entities'.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedName {
    /// The name, with its capitals.
    pub name: Box<str>,
    /// Where it stands first.
    pub at: Stretch,
    /// Whose it could be, by position.
    pub candidates: Arc<[EntityIdx]>,
    /// How often it stands in the text.
    pub count: u32,
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
    /// Whether it stands in a heading, where none is linked.
    pub is_in_heading: bool,
}

/// A place beside the running text where an entity is named.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AsideMention {
    /// The name, or more if it is written otherwise in the file.
    pub at: Stretch,
    /// Whose name it is.
    pub entity: EntityIdx,
    /// Where it stands.
    pub named_in: NamedIn,
}

/// The entities that a text names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NamedEntities {
    /// Whom or what it is about, in the order of a reader's first sight, each with how often
    /// it is named.
    pub subjects: Vec<(EntityIdx, u32)>,
    /// Who wrote it, each once.
    pub authors: Box<[EntityIdx]>,
    /// What it rests on, each once.
    pub sources: Box<[EntityIdx]>,
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
    /// What is wrong with the text that takes the whole book to see.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.diagnostics.iter().chain(&self.broken)
    }

    /// Every place where an entity is named, in the order of the file; `document` is the
    /// text's own.
    pub fn named(&self, document: &Document) -> Vec<Named> {
        let mentions = self.found.mentions.iter().map(|it| Named {
            at: it.at,
            entity: it.entity,
            rule: if it.is_in_heading { "heading" } else { it.rule.as_str() },
        });
        let asides = self.found.asides.iter().map(|it| Named {
            at: it.at,
            entity: it.entity,
            rule: it.named_in.as_str(),
        });
        let written = self.written(document).map(|(at, entity)| Named {
            at,
            entity,
            rule: "written",
        });
        let mut named: Vec<Named> = mentions.chain(asides).chain(written).collect();
        named.sort_by_key(|it| it.at);
        named
    }

    /// The links by hand that lead to entities, and where they stand.
    fn written<'a>(
        &'a self,
        document: &'a Document,
    ) -> impl Iterator<Item = (Stretch, EntityIdx)> + 'a {
        let links = document.body.links.iter().zip(&self.destinations);
        links.filter_map(|(link, destination)| match destination {
            Destination::Entity(entity) => Some((link.at, *entity)),
            _ => None,
        })
    }

    /// The entities it names; `document` is the text's own.
    pub fn entities(&self, document: &Document) -> NamedEntities {
        // A reader sees the headline first and the place last, whatever the file has first.
        let aside = |it: &AsideMention| match it.named_in {
            NamedIn::Title => 0,
            NamedIn::Summary => 1,
            NamedIn::Link => 2,
            NamedIn::Caption => 3,
            NamedIn::Party | NamedIn::About => 4,
            NamedIn::Place | NamedIn::Byline | NamedIn::Source => 5,
        };
        let body = self.found.mentions.iter().map(|it| (it.at, it.entity));
        let body = body.chain(self.written(document)).map(|(at, it)| (2, at, it));
        let subjects = self.found.asides.iter().filter(|it| it.named_in.is_subject());
        let subjects = subjects.map(|it| (aside(it), it.at, it.entity));
        let mut subjects: Vec<_> = body.chain(subjects).collect();
        subjects.sort_unstable();
        let mut counts: Vec<(EntityIdx, u32)> = Vec::new();
        let mut places: BTreeMap<EntityIdx, usize> = BTreeMap::new();
        for (_, _, entity) in subjects {
            let at = *places.entry(entity).or_insert(counts.len());
            match counts.get_mut(at) {
                Some((_, n)) => *n += 1,
                None => counts.push((entity, 1)),
            }
        }
        NamedEntities {
            subjects: counts,
            authors: self.once(NamedIn::Byline),
            sources: self.once(NamedIn::Source),
        }
    }

    /// The entities that stand in one kind of place, each once.
    fn once(&self, named_in: NamedIn) -> Box<[EntityIdx]> {
        let there = self.found.asides.iter().filter(|it| it.named_in == named_in);
        let mut entities: Vec<EntityIdx> = there.map(|it| it.entity).collect();
        entities.sort_unstable();
        entities.dedup();
        entities.into()
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
    text: AnyText<'_>,
    context: &TextContext<'_>,
    last: Option<&Arc<LinkedText>>,
) -> Arc<LinkedText> {
    let document = text.document();
    let (destinations, rests, broken) = destinations(document, context);
    let found = match last {
        // Links by hand are evidence for names, so they must lead where they led.
        Some(last) if last.destinations == destinations => {
            if last.broken == broken && last.rests == rests {
                return Arc::clone(last);
            }
            Arc::clone(&last.found)
        }
        _ => Arc::new(find(text, &destinations, context)),
    };
    Arc::new(LinkedText { found, destinations, rests, broken })
}

/// A text as it was read: its blocks, and what stands in them.
struct Reading<'a> {
    blocks: Vec<Block<'a>>,
    dates: Vec<dates::Dates>,
    names: mentions::FoundNames,
    /// The entities linked by hand.
    written: Vec<EntityIdx>,
}

/// Reads a text: its dates, then its names.
fn read<'a>(
    text: AnyText<'a>,
    destinations: &[Destination],
    settled: &BTreeMap<Box<str>, Meaning>,
    context: &TextContext<'_>,
) -> Reading<'a> {
    let brief = text.brief();
    let blocks = Block::all(text, destinations);
    let day = brief.map(|it| it.front.date.day);
    let own = text.document().language.as_deref();
    let language = own.unwrap_or(&context.config.language);
    // Dates come first: in `May 2019` nobody is named. A longer name may still hold a date, which
    // then is none; see `place_dates`.
    let dates = dates_of(&blocks, day, language, context);
    let sure_dates: Vec<Vec<Range<u32>>> = dates
        .iter()
        .map(|it| it.found.iter().map(|date| date.start..date.end).collect())
        .collect();
    let passages: Vec<mentions::SearchedPassage<'_>> = blocks
        .iter()
        .zip(&sure_dates)
        .map(|(block, dates)| mentions::SearchedPassage {
            text: block.text(),
            dates,
            kind: block.kind(),
        })
        .collect();
    let written: Vec<EntityIdx> = destinations
        .iter()
        .filter_map(|it| match it {
            Destination::Entity(entity) => Some(*entity),
            _ => None,
        })
        .collect();
    let finder = Context {
        date: day,
        language: Language::of(language),
        settled,
        rules_off: context.rules_off,
        written: &written,
    };
    let names = mentions::find(context.registry, &passages, &finder);
    drop(passages);
    Reading { blocks, dates, names, written }
}

/// What is not kept of a text: its names once more, and those that are not mentions.
#[derive(Debug, Default)]
pub(super) struct Reread {
    /// Names and whose they are, in the order of the text.
    pub(super) mentions: Vec<(Stretch, EntityIdx, MentionRule)>,
    /// Names that are not mentions, and why.
    pub(super) refused: Vec<(Stretch, NameRefusal)>,
}

/// Reads a text that is linked once more, for what is not kept of it.
pub(super) fn reread(
    text: AnyText<'_>,
    linked: &LinkedText,
    context: &TextContext<'_>,
) -> Reread {
    let settled = settled(text.brief(), context, &mut Vec::new());
    let Reading { blocks, names, .. } =
        read(text, &linked.destinations, &settled, context);
    let at = |block: u32, start, end| {
        blocks[block as usize].in_file(start, end, text.document())
    };
    let mentions = names.mentions.iter();
    let refused = names.refused.iter();
    Reread {
        mentions: mentions
            .map(|it| (at(it.passage, it.start, it.end), it.entity, it.rule))
            .collect(),
        refused: refused.map(|it| (at(it.passage, it.start, it.end), it.why)).collect(),
    }
}

fn find(
    text: AnyText<'_>,
    destinations: &[Destination],
    context: &TextContext<'_>,
) -> FoundInText {
    let (document, brief) = (text.document(), text.brief());
    let mut found = FoundInText::default();
    let settled = settled(brief, context, &mut found.diagnostics);
    let Reading { blocks, dates, names, written } =
        read(text, destinations, &settled, context);
    let day = brief.map(|it| it.front.date.day);
    let place = brief.and_then(|it| it.front.place.as_ref());
    found.has_unknown_place =
        place.is_some_and(|it| context.registry.lookup(&it.value).is_empty());
    for (mention, block) in
        names.mentions.iter().map(|it| (it, &blocks[it.passage as usize]))
    {
        if let (Some(day), true) = (day, block.is_whole()) {
            found.diagnostics.extend(stale_role(document, block, mention, day, context));
        }
    }
    place_names(document, &blocks, &names, &written, &mut found);
    found.ambiguous.extend(names.ambiguous.into_iter().map(|it| SharedName {
        at: blocks[it.passage as usize].in_file(it.start, it.end, document),
        name: it.name,
        candidates: it.candidates,
        count: it.count,
    }));
    for (named_in, name) in asides::names(text) {
        if let [entity] = context.registry.lookup(&name.value)[..] {
            found.asides.push(AsideMention { at: name.at, entity, named_in });
        }
    }
    found.asides.sort_unstable_by_key(|it| (it.at, it.named_in));
    place_dates(document, &blocks, dates, &mut found);
    // These lists are kept for every brief of the book, and never grow again.
    found.mentions.shrink_to_fit();
    found.asides.shrink_to_fit();
    found.dates.shrink_to_fit();
    found.ambiguous.shrink_to_fit();
    found.diagnostics.shrink_to_fit();
    found
}

/// Puts the names where they stand in the file.
fn place_names(
    document: &Document,
    blocks: &[Block<'_>],
    names: &mentions::FoundNames,
    written: &[EntityIdx],
    found: &mut FoundInText,
) {
    let mut mentions: Vec<(TextMention, Shown)> =
        Vec::with_capacity(names.mentions.len());
    for mention in &names.mentions {
        let block = &blocks[mention.passage as usize];
        let at = block.in_file(mention.start, mention.end, document);
        let (entity, rule) = (mention.entity, mention.rule);
        match block {
            Block::Running { passage, .. } => {
                let is_in_heading = passage.is_heading;
                let mention =
                    TextMention { at, entity, rule, is_first: false, is_in_heading };
                let annotations = &document.body.annotations;
                let shown = match passage.annotation {
                    None => Shown::InText,
                    Some(it) if annotations[it as usize].is_shown => Shown::InNote,
                    Some(_) => Shown::Nowhere,
                };
                mentions.push((mention, shown));
            }
            Block::Beside(Prose { named_in, .. }) => {
                found.asides.push(AsideMention { at, entity, named_in: *named_in });
            }
        }
    }
    mark_first(&mut mentions, written);
    found.mentions = mentions.into_iter().map(|(mention, _)| mention).collect();
}

/// Where on its page a mention stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    /// In the text.
    InText,
    /// In a footnote.
    InNote,
    /// In a footnote that nothing refers to, which is on no page.
    Nowhere,
}

/// Marks the first mention of each entity outside headings; one in the text goes before one
/// in a footnote. An entity that was linked by hand has its link already.
fn mark_first(mentions: &mut [(TextMention, Shown)], written: &[EntityIdx]) {
    let mut seen: BTreeSet<EntityIdx> = written.iter().copied().collect();
    for wanted in [Shown::InText, Shown::InNote] {
        for (mention, shown) in &mut *mentions {
            let is_here = *shown == wanted && !mention.is_in_heading;
            if is_here && seen.insert(mention.entity) {
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
    let unpublished = match why {
        Broken::Unpublished => Some((
            "is a draft, under embargo or expired",
            "delete the link, or publish both together",
        )),
        Broken::LeftOut => Some((
            "is left out of the archive",
            "delete the link, or mend what is said of that brief",
        )),
        Broken::NoFile | Broken::NoName | Broken::Ambiguous(_) => None,
    };
    if let Some((why, help)) = unpublished {
        let message = format!("`{path}` {why}");
        return Diagnostic::new(Rule::BrokenLink, span, message, help);
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

/// Says that a name is not an entity's.
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

/// Says that a name that was written to mean one entity is the name of several.
fn ambiguous_name(
    document: &Document,
    at: Stretch,
    candidates: &[EntityIdx],
    context: &TextContext<'_>,
) -> Diagnostic {
    let name = &document.text[at.range()];
    let slug = |it: &EntityIdx| context.entities[it.0 as usize].document.slug.as_str();
    let message = format!("`{name}` can be {}", listed(candidates.iter().map(slug)));
    let help = match candidates.first().map(slug) {
        Some(first) => format!("write the slug of the one you mean: `{first}`"),
        None => "write the slug of the one you mean".to_owned(),
    };
    Diagnostic::new(Rule::AmbiguousName, document.span(at), message, help)
}

fn stale_role(
    document: &Document,
    block: &Block<'_>,
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
    let stale = stale_roles::check(words, block.text(), name, &roles, day)?;
    let at = block.in_file(stale.start, stale.end, document);
    let (role, who) = (&entity.front.roles[stale.role], &entity.document.title.value);
    let words = &document.text[at.range()];
    let day = day.strftime("%-d %B %Y");
    let message = format!("{who} was not `{words}` on {day}");
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

/// The dates of each block.
fn dates_of(
    blocks: &[Block<'_>],
    day: Option<Date>,
    language: &str,
    context: &TextContext<'_>,
) -> Vec<dates::Dates> {
    let finder = DateContext { day, order: context.config.date_order, language };
    blocks.iter().map(|it| dates::find(it.text(), &finder)).collect()
}

/// Adds the dates of running text that are not part of a name, and reports the doubtful ones. A
/// date and a name each become an element of the page, and elements cannot overlap.
fn place_dates(
    document: &Document,
    blocks: &[Block<'_>],
    dates: Vec<dates::Dates>,
    found: &mut FoundInText,
) {
    let mut names: Vec<Stretch> = found.mentions.iter().map(|it| it.at).collect();
    names.sort();
    let running = |it: &(&Block<'_>, _)| matches!(it.0, Block::Running { .. });
    for (block, dates) in blocks.iter().zip(dates).filter(running) {
        for date in dates.found {
            let at = block.in_file(date.start, date.end, document);
            let next = names.partition_point(|it| it.end <= at.start);
            if names.get(next).is_none_or(|it| at.end <= it.start) {
                found.dates.push((at, date.date));
            }
        }
        for doubt in dates.doubts {
            let at = block.in_file(doubt.start, doubt.end, document);
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
        DoubtKind::Impossible => {
            let message = format!("`{words}` is not a day in the calendar");
            Diagnostic::new(
                Rule::AmbiguousDate,
                span,
                message,
                "write the date as `8 August 2025`",
            )
        }
    }
}

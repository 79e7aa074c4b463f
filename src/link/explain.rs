//! Why a name is a link in a text or not: every place where it stands, and what became of
//! it there.

mod markup;
mod places;

use std::sync::Arc;

use crate::link::candidates::listed;
use crate::link::edition::Edition;
use crate::link::explain::markup::NoRunningText;
use crate::link::mentions::{Meaning, NameRefusal, RulesOff};
use crate::link::registry::EntityIdx;
use crate::link::registry::fold::{folded, lowered};
use crate::link::registry::short_forms::ShortFormKind;
use crate::link::settled::SettledNames;
use crate::link::targets::Targets;
use crate::link::text::{self, Named, Reread, TextContext};
use crate::link::texts::TextIdx;
use crate::parse::Parsed;
use crate::parse::brief::Brief;
use crate::parse::document::Document;
use crate::parse::markdown::PieceText;
use crate::span::{Stretch, line_col};

/// A name in a file, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// Whose name it is, by position; nobody's if it is empty.
    pub holders: Vec<EntityIdx>,
    /// The registered name nearest to one that nobody has.
    pub nearest: Option<String>,
    /// Where it stands, in order.
    pub places: Vec<ExplainedPlace>,
    /// Other words that name its entity in the file, each once: where they stand first, and
    /// the rule that found them. Told where the name itself stands nowhere.
    pub others: Vec<(Stretch, &'static str)>,
}

/// A place where a name stands, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedPlace {
    /// The words of the file.
    pub at: Stretch,
    /// Whom it names there.
    pub entity: Option<EntityIdx>,
    /// The rule that found it.
    pub rule: Option<&'static str>,
    /// Whether it is a link on the page.
    pub is_link: bool,
    /// The rest of a sentence that begins with the words.
    pub why: String,
}

/// Every place of a text where a name stands, whatever its capitals.
pub fn explain(
    parsed: &Parsed,
    edition: &Edition,
    idx: TextIdx,
    name: &str,
) -> Explained {
    let asker = Asker::of(parsed, edition, idx);
    let document = asker.document;
    let holders = edition.registry.lookup(name);
    let places: Vec<ExplainedPlace> = places::of(&document.text, name)
        .into_iter()
        .map(|at| asker.explained(at))
        .collect();
    let mut others: Vec<(Stretch, &'static str)> = Vec::new();
    if places.is_empty() {
        let words = |at: Stretch| document.text.get(at.range()).unwrap_or("");
        for it in asker.named.iter().filter(|it| holders.contains(&it.entity)) {
            if others.iter().all(|(at, _)| words(*at) != words(it.at)) {
                others.push((it.at, it.rule));
            }
        }
    }
    let nearest = match holders[..] {
        [] => edition.registry.nearest(name).map(str::to_owned),
        _ => None,
    };
    Explained { holders, nearest, places, others }
}

/// What is known of one text while its places are asked about.
struct Asker<'a> {
    edition: &'a Edition,
    idx: TextIdx,
    document: &'a Document,
    brief: Option<&'a Brief>,
    names: SettledNames,
    /// Every mention, also those written by hand.
    named: Vec<Named>,
    /// The text as the rules of the book read it.
    read: Reread,
    /// The text as all rules would read it.
    with_all_rules: Reread,
    markup: NoRunningText,
}

impl<'a> Asker<'a> {
    fn of(parsed: &'a Parsed, edition: &'a Edition, idx: TextIdx) -> Asker<'a> {
        let texts = &edition.texts;
        let (document, linked) = (texts.document(idx), texts.text(idx));
        let any = texts.any(idx);
        let names = SettledNames::of(&edition.config, &texts.registry, &mut Vec::new());
        let none_off = RulesOff::default();
        let entities: Vec<_> =
            texts.entities.iter().map(|it| Arc::clone(&it.entity)).collect();
        let targets = Targets::new(parsed, &texts.registry, &edition.config);
        let [read, with_all_rules] = [&names.rules_off, &none_off].map(|rules_off| {
            let context = TextContext {
                registry: &texts.registry,
                config: &edition.config,
                entities: &entities,
                targets: &targets,
                settled: &names.meanings,
                rules_off,
            };
            text::reread(any, linked, &context)
        });
        let markup = NoRunningText::of(document, edition.config.autolink);
        let all_named = linked.named(document);
        Asker {
            edition,
            idx,
            document,
            brief: any.brief(),
            names: names.clone(),
            named: all_named,
            read,
            with_all_rules,
            markup,
        }
    }

    fn explained(&self, at: Stretch) -> ExplainedPlace {
        if let Some(it) = self.named.iter().find(|it| touches(it.at, at)) {
            return self.mention(at, it);
        }
        let body = &self.document.body;
        let mut pieces = body.passages.iter().flat_map(|it| body.pieces(it));
        let is_running = pieces.any(|it| {
            !matches!(it.text, PieceText::Break | PieceText::Barrier)
                && touches(it.at, at)
        });
        let why = if at.start < body.at.start {
            "is under a key of the front matter in which names are not looked for"
                .to_owned()
        } else if let (false, Some(markup)) = (is_running, self.markup.at(at)) {
            markup.to_owned()
        } else {
            self.refusal(at)
        };
        ExplainedPlace { at, entity: None, rule: None, is_link: false, why }
    }

    /// A place that is a mention, or a part of one.
    fn mention(&self, at: Stretch, it: &Named) -> ExplainedPlace {
        let slug = self.slug(it.entity);
        let found = &self.edition.text(self.idx).found;
        let own = found.mentions.iter().find(|mention| mention.at == it.at);
        let is_link = own.map_or(it.rule == "written", |it| it.is_first);
        let what = if it.rule == "written" {
            format!("links to `{slug}`, as it is written by hand")
        } else if is_link {
            format!("links to `{slug}` (rule `{}`): its first mention", it.rule)
        } else {
            let why = self.why_no_link(it);
            format!("counts as a mention of `{slug}` (rule `{}`); {why}", it.rule)
        };
        let is_all = it.at.start == at.start && it.at.end == at.end;
        let why = if is_all {
            what
        } else {
            let words = one_line(self.words(it.at));
            format!("is part of `{words}`, which {what}")
        };
        let (entity, rule) = (Some(it.entity), Some(it.rule));
        ExplainedPlace { at, entity, rule, is_link, why }
    }

    /// Why a mention is counted and is not a link.
    fn why_no_link(&self, it: &Named) -> String {
        let same = self.named.iter().filter(|other| other.entity == it.entity);
        let found = &self.edition.text(self.idx).found.mentions;
        let is_link = |other: &Named| {
            let own = found.iter().find(|mention| mention.at == other.at);
            own.map_or(other.rule == "written", |it| it.is_first)
        };
        match same.clone().find(|it| is_link(it)) {
            Some(first) => {
                let place = line_col(&self.document.text, first.at.start as usize);
                format!("the one link to it is in line {}", place.line)
            }
            None => "only running text below headings carries links".to_owned(),
        }
    }

    /// Why a place in running text is not a mention.
    fn refusal(&self, at: Stretch) -> String {
        let words = one_line(self.words(at));
        if let Some(where_settled) = self.settled_as_nobody(&words) {
            return format!("is nobody's name here: `none` in {where_settled} says so");
        }
        let read = &self.read;
        if let Some((_, why)) = read.refused.iter().find(|it| touches(it.0, at)) {
            return why.reason().to_owned();
        }
        if let Some(rule) = self.turned_off(at) {
            return rule;
        }
        let found = &self.edition.text(self.idx).found;
        if let Some(shared) = found.ambiguous.iter().find(|it| *it.name == *words) {
            let slugs = listed(shared.candidates.iter().map(|it| self.slug(*it)));
            return format!("can be {slugs}, and the text shows none of them");
        }
        if self.document.text[..at.start as usize].ends_with(['@', '#', '$']) {
            return NameRefusal::Address.reason().to_owned();
        }
        if let Some(longer) = self.longer_word(at) {
            return format!("is part of a longer word: `{longer}`");
        }
        self.unnamed(&words)
    }

    /// Where the words are settled as nobody's name.
    fn settled_as_nobody(&self, words: &str) -> Option<&'static str> {
        let own = self.brief.into_iter().flat_map(|it| &it.front.mentions);
        let mut own = own.filter(|(name, _)| folded(name) == folded(words));
        if let Some((_, meaning)) = own.next() {
            return meaning.entity.is_none().then_some("`mentions:` of the front matter");
        }
        let mut of_book = self.names.meanings.iter();
        let none = of_book
            .find(|(name, it)| folded(name) == folded(words) && **it == Meaning::None);
        none.map(|_| "`[names]` of book.toml")
    }

    /// What a rule would find here that the book turned off.
    fn turned_off(&self, at: Stretch) -> Option<String> {
        let mut mentions = self.with_all_rules.mentions.iter();
        let (_, entity, rule) = mentions.find(|it| touches(it.0, at))?;
        let (rule, slug) = (rule.as_str(), self.slug(*entity));
        Some(format!(
            "would be a mention of `{slug}` by the rule `{rule}`, which is off under `[names.rules]`"
        ))
    }

    /// The word that a place is cut out of.
    fn longer_word(&self, at: Stretch) -> Option<&str> {
        let text = &self.document.text;
        let is_in_word = |c: char| c.is_alphanumeric() || c == '_';
        let (before, after) = (&text[..at.start as usize], &text[at.end as usize..]);
        let from = before.trim_end_matches(is_in_word).len();
        let to = text.len() - after.trim_start_matches(is_in_word).len();
        let is_longer = from < at.start as usize || at.end as usize != to;
        is_longer.then(|| &text[from..to])
    }

    /// Why nothing in the registry is found by these words.
    fn unnamed(&self, words: &str) -> String {
        let registry = &self.edition.registry;
        let name = folded(words);
        let small = lowered(&name);
        if let Some(pattern) = registry.pattern(&small) {
            let mut holders: Vec<EntityIdx> =
                pattern.uses.iter().map(|it| it.entity).collect();
            holders.dedup();
            let slugs = listed(holders.iter().map(|it| self.slug(*it)));
            return format!("is a name of {slugs}, but written with other capitals here");
        }
        let mut short: Vec<(EntityIdx, ShortFormKind, bool)> = Vec::new();
        for idx in (0..).map(EntityIdx).take(registry.entities.len()) {
            let forms = registry.short_forms(idx).iter();
            let same = forms.filter(|it| lowered(&it.text) == small);
            short.extend(same.map(|it| (idx, it.kind, *it.text == *name)));
        }
        let Some((first, kind, is_exact)) = short.first() else {
            return "is not the name of any entity".to_owned();
        };
        let what = match kind {
            ShortFormKind::Surname => "the surname",
            ShortFormKind::Head | ShortFormKind::LastWord => "a short form of the name",
            ShortFormKind::Initials => "the initials",
        };
        let is_here = self.named.iter().any(|it| it.entity == *first);
        let slugs = listed(short.iter().map(|(it, ..)| self.slug(*it)));
        let when = if !is_exact {
            "and short forms count with their own capitals only"
        } else if is_here {
            "which counts from the full name on, and that stands further down"
        } else {
            "which counts once the full name stands in the text"
        };
        format!("is {what} of {slugs}, {when}; an alias would count anywhere")
    }

    fn slug(&self, idx: EntityIdx) -> &str {
        self.edition.entity(idx).entity.document.slug.as_str()
    }

    fn words(&self, at: Stretch) -> &str {
        self.document.text.get(at.range()).unwrap_or("")
    }
}

fn touches(a: Stretch, b: Stretch) -> bool {
    a.start < b.end && b.start < a.end
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

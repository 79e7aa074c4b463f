//! The desk's part of the panel: which names of a brief were found, and which were not.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::http::address::{Lookup, base, find};
use crate::http::preview::Preview;
use crate::link::ambiguous;
use crate::link::registry::EntityIdx;
use crate::link::suggest::entities::SuggestedEntity;
use crate::link::suggest::sightings::Sightings;
use crate::link::text::Named;
use crate::link::texts::{BriefIdx, LinkedBrief, TextIdx};
use crate::outline::kind::PageKind;
use crate::parse::document::Document;
use crate::site::Site;

/// What the desk is told of a brief.
#[derive(Serialize)]
pub(super) struct Desk<'a> {
    /// The entities, in order of first mention.
    entities: Vec<FoundEntity<'a>>,
    /// The names that could be several entities'.
    ambiguous: Vec<AmbiguousView>,
    /// Names that the registry lacks; `None` while they are being counted.
    missing: Option<Vec<MissingName>>,
}

/// An entity and how its names were found.
#[derive(Serialize)]
struct FoundEntity<'a> {
    name: &'a str,
    /// Its page, from the root of the host.
    href: String,
    count: u32,
    /// The words of the text, each with the rule that found them, each pair once.
    found: Vec<(&'a str, &'static str)>,
}

/// A name with its candidates, as the diagnostic says it.
#[derive(Serialize)]
struct AmbiguousView {
    message: String,
    help: Vec<String>,
}

/// An entity that the registry lacks.
#[derive(Serialize)]
struct MissingName {
    name: String,
    /// What it is likely to be.
    kind: &'static str,
    /// How often the texts of the book name it.
    in_book: u32,
    /// What makes a file for it.
    command: String,
}

/// The brief at a path; `None` if something else is there.
pub(super) fn brief(site: &Site, path: &str) -> Option<BriefIdx> {
    let Lookup::Page(page) = find(site, path) else { return None };
    let PageKind::Brief(idx) = page.kind else { return None };
    Some(idx)
}

/// The content file that a page is made from; `None` for a list.
pub(super) fn document<'a>(site: &'a Site, path: &str) -> Option<&'a Document> {
    let texts = &site.built.edition.texts;
    let Lookup::Page(page) = find(site, path) else { return None };
    page.kind.text(texts).map(|text| texts.document(text))
}

/// The desk's part for the brief at a path.
pub(super) fn desk<'a>(
    preview: &'a Preview,
    path: &str,
    lacking: Option<&[SuggestedEntity]>,
) -> Option<Desk<'a>> {
    let site = &preview.shown;
    let idx = brief(site, path)?;
    let brief = site.built.edition.brief(idx);
    let missing = lacking.map(|lacking| {
        let own = Sightings::names_of(&site.built.edition, TextIdx::Brief(idx));
        let own: BTreeSet<&str> = own.iter().map(|it| &*it.name).collect();
        let is_here =
            |it: &&SuggestedEntity| it.words.iter().any(|it| own.contains(&**it));
        let missing = lacking.iter().filter(is_here).map(|it| MissingName {
            name: it.name.clone(),
            kind: it.kind.word(),
            in_book: it.count,
            command: command(it),
        });
        missing.collect()
    });
    let edition = &site.built.edition;
    let doubts = ambiguous::of_text(&edition.texts, TextIdx::Brief(idx)).into_iter();
    let doubts = doubts.map(|it| AmbiguousView { message: it.message, help: it.help });
    Some(Desk {
        entities: brief
            .entities
            .iter()
            .map(|(idx, n)| entity(site, brief, *idx, *n))
            .collect(),
        ambiguous: doubts.collect(),
        missing,
    })
}

fn entity<'a>(
    site: &'a Site,
    brief: &'a LinkedBrief,
    idx: EntityIdx,
    count: u32,
) -> FoundEntity<'a> {
    let linked = site.built.edition.entity(idx);
    let document = &brief.brief.document;
    let mut found: Vec<(&str, &'static str)> = Vec::new();
    let mut add = |words: &'a str, rule| {
        if !found.contains(&(words, rule)) {
            found.push((words, rule));
        }
    };
    // Whoever only wrote the brief or is its source is not among its entities.
    let is_counted = |it: &Named| !matches!(it.rule, "byline" | "source");
    let named = brief.text.named(document).into_iter();
    for it in named.filter(|it| it.entity == idx && is_counted(it)) {
        add(&document.text[it.at.range()], it.rule);
    }
    FoundEntity {
        name: &linked.entity.document.title.value,
        href: format!("{}{}", base(site), linked.permalink.0),
        count,
        found,
    }
}

/// A command line for a shell.
fn command(it: &SuggestedEntity) -> String {
    let mut line = format!("dateline new entity {}", quoted(&it.name));
    line += " --kind ";
    line += it.kind.word();
    for alias in &it.aliases {
        line += " --alias ";
        line += &quoted(alias);
    }
    line
}

/// A text in double quotes, as a shell reads it back.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        if matches!(c, '"' | '$' | '`' | '\\' | '!') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

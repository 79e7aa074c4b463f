//! Briefs: dated news items.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::date::{Moment, PartialDate};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::parse::archived;
use crate::parse::config::Config;
use crate::parse::document::{self, Document, Image, image};
use crate::parse::fields::{
    Fields, Log, Placed, boolean, partial_date, slug, string, text, url,
};
use crate::parse::node::{Node, Value};
use crate::parse::redirect::redirect;
use crate::slug::Slug;
use crate::span::Stretch;

/// One dated news item, a file in `content/briefs/`.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    /// What it shares with other content files.
    pub document: Document,
    /// What its front matter says beyond that.
    pub front: BriefFront,
}

/// The front matter of a brief. What few briefs have is in a box: there may be 100,000.
#[derive(Clone, Debug, PartialEq)]
pub struct BriefFront {
    /// When it was published; the day in the file's name or path if the front matter has
    /// none, and the first of January 1970 if these have none either.
    pub date: Moment,
    /// What tells the day.
    pub day_from: DayFrom,
    /// Whether it can be told when it may be published: its day is known, and so is what
    /// `draft`, `embargo` and `expires` mean. In an archive it has a title and an address of
    /// its own, too.
    pub is_placed: bool,
    /// Whether it is of the archive, as the settings say.
    pub age: BriefAge,
    /// Whether `draft`, `embargo` and `expires` are what they can be.
    is_released: bool,
    /// Where the date stands.
    pub date_at: Stretch,
    /// When it last changed; `None` if it never did.
    pub updated: Option<Moment>,
    /// The standfirst.
    pub summary: Option<Placed<Box<str>>>,
    /// Where it was written: the dateline.
    pub place: Option<Placed<Box<str>>>,
    /// Who wrote it.
    pub by: Box<[Placed<Box<str>>]>,
    /// What it rests on.
    pub sources: Box<[Source]>,
    /// The storylines it belongs to.
    pub storylines: Box<[Placed<Slug>]>,
    /// Its tags.
    pub tags: Box<[Tag]>,
    /// The picture on top.
    pub image: Option<Box<Image>>,
    /// What names mean in this brief; `None` for no link.
    pub mentions: BTreeMap<Box<str>, SettledName>,
    /// Addresses it once had, from the root of the site.
    pub redirect_from: Box<[Placed<Box<str>>]>,
    /// Whether it is not to be published.
    pub is_draft: bool,
    /// The instant before which it is in no output.
    pub embargo: Option<Box<Moment>>,
    /// The instant from which it is in no output.
    pub expires: Option<Box<Moment>>,
    /// Mistakes that were mended, as written.
    pub corrections: Box<[Correction]>,
    /// Its language where that is not the book's.
    pub language: Option<Box<str>>,
    /// What it is filed under and whose it is.
    pub labels: Option<Box<Labels>>,
    /// Keys that take a list and have one text that may be one.
    pub comma_lists: Box<[CommaList]>,
}

/// What a brief is filed under, and on what terms others may use it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labels {
    /// A word or two above the headline: `Exclusive`.
    pub kicker: Option<Box<str>>,
    /// The part of the paper: `Politics`.
    pub section: Option<Box<str>>,
    /// The license: an identifier of SPDX, an address, or words.
    pub license: Option<Box<str>>,
}

/// What tells the day of a brief.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayFrom {
    /// Its front matter.
    FrontMatter,
    /// Its file's name, or the folders it lies in.
    Path,
    /// Nothing.
    Nothing,
}

/// How old a brief is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BriefAge {
    /// The desk's own.
    Current,
    /// Of the archive.
    Archived,
}

/// A text with commas under a key that takes a list.
#[derive(Clone, Debug, PartialEq)]
pub struct CommaList {
    /// The key.
    pub key: &'static str,
    /// The text.
    pub whole: Placed<Box<str>>,
    /// Whether it is an item of a list.
    pub is_item: bool,
}

impl CommaList {
    /// What the list would be: parts at commas, for names of people at `and` too.
    pub fn items(&self) -> Vec<&str> {
        let parts = self.whole.value.split([',', ';']);
        let parts = parts.flat_map(|it| match self.key {
            "by" | "sources" => it.split(" and ").collect::<Vec<_>>(),
            _ => vec![it],
        });
        let parts = parts.map(|it| it.trim().trim_start_matches("and ").trim());
        parts.filter(|it| !it.is_empty()).collect()
    }

    /// The list as it would be written.
    pub fn written(&self) -> String {
        crate::parse::yaml::list(&self.items())
    }
}

/// The address of a license: itself, or that of one of Creative Commons by its identifier
/// in SPDX, `CC-BY-SA-4.0`; `None` for words.
pub fn license_url(license: &str) -> Option<String> {
    if ["https://", "http://"].iter().any(|it| license.starts_with(it)) {
        return Some(license.to_owned());
    }
    let id = license.trim().to_ascii_lowercase().replace(' ', "-");
    if id == "cc0-1.0" || id == "cc0" {
        return Some("https://creativecommons.org/publicdomain/zero/1.0/".to_owned());
    }
    let (terms, version) = id.strip_prefix("cc-")?.rsplit_once('-')?;
    let is_known = terms.split('-').all(|it| matches!(it, "by" | "sa" | "nc" | "nd"));
    let is_version = matches!(version, "1.0" | "2.0" | "2.5" | "3.0" | "4.0");
    (is_known && is_version)
        .then(|| format!("https://creativecommons.org/licenses/{terms}/{version}/"))
}

/// What a name means in one brief.
#[derive(Clone, Debug, PartialEq)]
pub struct SettledName {
    /// The entity's slug or name; `None` for `none`: no link.
    pub entity: Option<Placed<Box<str>>>,
}

/// What a brief rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The outlet: an entity's name or plain text.
    pub outlet: Placed<Box<str>>,
    /// The title of the piece.
    pub title: Option<Box<str>>,
    /// Its address.
    pub url: Option<Box<str>>,
    /// Its date.
    pub date: Option<PartialDate>,
    /// The address of an archived copy.
    pub archive: Option<Box<str>>,
}

/// A tag.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// As it is written.
    pub label: Box<str>,
    /// Its segment of the address.
    pub slug: Slug,
}

/// A mistake that was mended.
#[derive(Clone, Debug, PartialEq)]
pub struct Correction {
    /// The day it was mended.
    pub on: PartialDate,
    /// What was wrong and what is right.
    pub text: Box<str>,
}

const EXAMPLE: &str = "title: A headline\ndate: 2025-08-08\n";

/// Reads a brief.
pub fn read(
    path: &Arc<str>,
    text: &Arc<str>,
    config: &Config,
    log: &mut Log<'_>,
) -> Brief {
    let (document, mut front) =
        document::read(path, text, config, "title", EXAMPLE, log, |fields, log| {
            match fields {
                Some(fields) => front(fields, config, log),
                None => BriefFront::default(),
            }
        });
    front.language.clone_from(&document.language);
    day_of_path(path, &mut front, config);
    let day = (front.day_from != DayFrom::Nothing).then_some(front.date.day);
    front.age = archived::age(day, config);
    front.is_placed = match front.age {
        BriefAge::Archived => archived::is_placed(&document, &front, log),
        BriefAge::Current => is_placed(&front, config, log),
    };
    Brief { document, front }
}

/// Gives a brief the day that its file's name or path has, if its front matter has none.
fn day_of_path(path: &str, front: &mut BriefFront, config: &Config) {
    if front.day_from == DayFrom::Nothing
        && let Some(day) = document::day_of_path(path)
        && let Some(date) = Moment::parse(&day, &config.zone)
    {
        front.date = date;
        front.day_from = DayFrom::Path;
        front.is_placed = front.is_released;
    }
}

/// Whether it can be told when the brief may be published. If not, it never is, whatever the
/// book makes of the rules that found out why.
fn is_placed(front: &BriefFront, config: &Config, log: &mut Log<'_>) -> bool {
    let is_error = |it: &Diagnostic| config.severity(it.rule) == Severity::Error;
    if !front.is_placed && !log.diagnostics.iter().any(is_error) {
        let message =
            "it cannot be told when this brief may be published, so it never is";
        log.say(
            Rule::HeldBrief,
            Stretch::default(),
            message.to_owned(),
            "mend `date`, `draft`, `embargo` and `expires` in the front matter"
                .to_owned(),
        );
    }
    front.is_placed
}

impl Brief {
    /// A line on it: its summary, else how its text begins.
    pub fn standfirst(&self) -> Option<String> {
        let summary = self.front.summary.as_ref().map(|it| it.value.to_string());
        summary.or_else(|| self.document.first_sentence())
    }
}

impl Default for BriefFront {
    fn default() -> BriefFront {
        let date = Moment {
            day: Date::constant(1970, 1, 1),
            instant: jiff::Timestamp::UNIX_EPOCH,
            offset: 0,
            has_time: false,
        };
        BriefFront {
            date,
            date_at: Stretch::default(),
            day_from: DayFrom::Nothing,
            is_placed: false,
            age: BriefAge::Current,
            is_released: true,
            updated: None,
            summary: None,
            place: None,
            by: Box::default(),
            sources: Box::default(),
            storylines: Box::default(),
            tags: Box::default(),
            image: None,
            mentions: BTreeMap::new(),
            redirect_from: Box::default(),
            is_draft: false,
            embargo: None,
            expires: None,
            corrections: Box::default(),
            language: None,
            labels: None,
            comma_lists: Box::default(),
        }
    }
}

fn front(fields: &mut Fields<'_>, config: &Config, log: &mut Log<'_>) -> BriefFront {
    let moment =
        |node: &Node, name: &str, log: &mut Log<'_>| moment(node, name, config, log);
    let mut front = BriefFront::default();
    let is_missing = fields.node("date").is_none();
    let n = log.diagnostics.len();
    let date = fields.required("date", "date: 2025-08-08", log, moment);
    if is_missing && let Some(first) = fields.first_line(log) {
        day_of_name(first, log);
    }
    document::hold(n, date.is_some(), log);
    if let Some(date) = date {
        front.date = date.value;
        front.date_at = date.at;
        front.day_from = DayFrom::FrontMatter;
        front.is_placed = true;
    }
    front.comma_lists = comma_lists(fields);
    let updated = fields.take("updated", log, moment);
    front.summary = fields.take("summary", log, text);
    front.place = fields.take("place", log, text);
    front.by = fields.list("by", log, text);
    front.sources = fields.list("sources", log, source);
    front.storylines = fields.list("storylines", log, slug);
    front.tags = fields.list("tags", log, tag);
    front.image = fields.take("image", log, image).map(Box::new);
    front.mentions = fields.take("mentions", log, mentions).unwrap_or_default();
    front.redirect_from = fields.list("redirect-from", log, redirect);
    let draft = fields.take("draft", log, boolean);
    front.is_draft = draft.unwrap_or(false);
    front.embargo = fields.take("embargo", log, moment).map(|it| Box::new(it.value));
    front.expires = fields.take("expires", log, moment).map(|it| Box::new(it.value));
    front.is_released = (draft.is_some() || fields.node("draft").is_none())
        && (front.embargo.is_some() || fields.node("embargo").is_none())
        && (front.expires.is_some() || fields.node("expires").is_none());
    front.is_placed &= front.is_released;
    front.corrections = fields.list("corrections", log, correction);
    front.labels = labels(fields, log).map(Box::new);
    if let Some(Placed { value, at }) = updated {
        if value.instant < front.date.instant && value.day < front.date.day {
            let message = "`updated` is earlier than `date`".to_owned();
            log.say(
                Rule::UpdatedBeforeDate,
                at,
                message,
                "correct whichever of the two is wrong",
            );
        }
        front.updated = Some(value);
    }
    front
}

/// The texts in place of lists that name more than one.
fn comma_lists(fields: &mut Fields<'_>) -> Box<[CommaList]> {
    let single =
        |key| Some(CommaList { key, whole: fields.single(key)?, is_item: false });
    let single = ["by", "sources", "tags"].into_iter().filter_map(single);
    let mut comma_lists: Vec<CommaList> = single.collect();
    for key in ["by", "sources"] {
        let items = fields.texts(key).into_iter();
        comma_lists.extend(items.map(|whole| CommaList { key, whole, is_item: true }));
    }
    comma_lists.retain(|it| it.items().len() > 1);
    comma_lists.into()
}

/// What few briefs have; `None` for the others.
fn labels(fields: &mut Fields<'_>, log: &mut Log<'_>) -> Option<Labels> {
    let kicker = fields.take("kicker", log, string);
    let section = fields.take("section", log, string);
    let license = fields.take("license", log, string);
    let is_any = kicker.is_some() || section.is_some() || license.is_some();
    is_any.then_some(Labels { kicker, section, license })
}

/// Mends a missing date, the last that was said, by the day that the file's name begins
/// with, as Jekyll has it.
fn day_of_name(first: Stretch, log: &mut Log<'_>) {
    let name = log.path.rsplit('/').next().unwrap_or_default();
    let day = name.get(..10).and_then(PartialDate::parse).filter(|it| it.day.is_some());
    if let Some(day) = day
        && let Some(said) = log.diagnostics.last_mut()
    {
        said.edit(first, format!("date: {day}\n"));
    }
}

fn moment(
    node: &Node,
    name: &str,
    config: &Config,
    log: &mut Log<'_>,
) -> Option<Placed<Moment>> {
    let text = text(node, name, log)?;
    let Some(value) = Moment::parse(&text.value, &config.zone) else {
        let message = format!("`{name}` must be a day or a time, not `{}`", text.value);
        let help = format!("write `{name}: 2025-08-08` or `{name}: 2025-08-08T21:30`");
        let said = log.say(Rule::WrongType, text.at, message, help);
        let meant = crate::parse::other_dates::meant(&text.value);
        if let Some(meant) = meant.filter(|it| Moment::parse(it, &config.zone).is_some())
        {
            said.edit(text.at, meant);
        }
        return None;
    };
    Some(Placed { value, at: text.at })
}

fn source(node: &Node, name: &str, log: &mut Log<'_>) -> Option<Source> {
    if !matches!(node.value, Value::Table(_)) {
        let outlet = text(node, name, log)?;
        return Some(Source {
            outlet,
            title: None,
            url: None,
            date: None,
            archive: None,
        });
    }
    let mut fields = Fields::of(node, name, log)?;
    let outlet = fields.required("outlet", "outlet: AFP", log, text);
    let title = fields.take("title", log, string);
    let address = fields.take("url", log, url);
    let date = fields.take("date", log, partial_date);
    let archive = fields.take("archive", log, url);
    fields.finish(log);
    Some(Source { outlet: outlet?, title, url: address, date, archive })
}

fn correction(node: &Node, name: &str, log: &mut Log<'_>) -> Option<Correction> {
    let mut fields = Fields::of(node, name, log)?;
    let on = fields.required("on", "on: 2025-08-09", log, partial_date);
    let words =
        fields.required("text", "text: what was wrong, and what is right", log, string);
    fields.finish(log);
    Some(Correction { on: on?, text: words? })
}

fn tag(node: &Node, name: &str, log: &mut Log<'_>) -> Option<Tag> {
    let tag = text(node, name, log)?;
    let Some(slug) = Slug::from_title(&with_signs(&tag.value)) else {
        log.say(
            Rule::BadSlug,
            tag.at,
            format!("the tag `{}` makes no address", tag.value),
            "give it letters or digits",
        );
        return None;
    };
    Some(Tag { label: tag.value, slug })
}

/// A tag with the signs behind a letter as words: `C++` is another one than `C`.
fn with_signs(tag: &str) -> String {
    let mut words = String::with_capacity(tag.len());
    let mut is_behind = false;
    for c in tag.chars() {
        match c {
            '+' if is_behind => words.push_str("-plus"),
            '#' if is_behind => words.push_str("-sharp"),
            c => {
                is_behind = c.is_alphanumeric();
                words.push(c);
            }
        }
    }
    words
}

fn mentions(
    node: &Node,
    name: &str,
    log: &mut Log<'_>,
) -> Option<BTreeMap<Box<str>, SettledName>> {
    let Value::Table(table) = &node.value else {
        crate::parse::fields::wrong_type(node, name, "a table of `Name: slug`", log);
        return None;
    };
    let meaning = |(key, node): &(crate::parse::node::Key, Node)| {
        let entity = text(node, &key.name, log)?;
        let entity = (&*entity.value != "none").then_some(entity);
        Some((key.name.clone(), SettledName { entity }))
    };
    Some(table.iter().filter_map(meaning).collect())
}

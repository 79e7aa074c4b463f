//! Entities: the registry's people, organizations, places and things.

use std::sync::Arc;

use schemars::JsonSchema;

use crate::date::{PartialDate, Period};
use crate::diagnostic::Rule;
use crate::parse::config::Config;
use crate::parse::document::{self, Document, Image, image};
use crate::parse::fields::{
    Fields, Log, Placed, one_of, partial_date, string, text, wrong_type,
};
use crate::parse::node::{Node, Value};
use crate::parse::redirect::redirect;
use crate::span::Stretch;

/// A person, organization, place or thing that has a file in `content/entities/`.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What it shares with other content files; its title is its name.
    pub document: Document,
    /// What its front matter says beyond that.
    pub front: EntityFront,
}

/// The front matter of an entity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntityFront {
    /// What it is.
    pub kind: EntityKind,
    /// Its other names.
    pub aliases: Box<[Placed<Box<str>>]>,
    /// One line on who or what it is.
    pub summary: Option<Placed<Box<str>>>,
    /// The offices it held, in the order written.
    pub roles: Box<[Role]>,
    /// How it is tied to other entities.
    pub relations: Box<[Relation]>,
    /// The same entity elsewhere: a short name of the place, and an identifier or address.
    pub same_as: Vec<(Box<str>, Box<str>)>,
    /// A picture.
    pub image: Option<Image>,
    /// Latitude and longitude in degrees.
    pub location: Option<(f64, f64)>,
    /// Names that hold for a time only.
    pub names: Box<[DatedName]>,
    /// Addresses that it once had.
    pub redirect_from: Box<[Placed<Box<str>>]>,
}

/// What an entity is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A company, agency, party, group.
    Organization,
    /// A country, city, building.
    Place,
    /// A meeting, election, disaster.
    Event,
    /// A statute, order, treaty.
    Law,
    /// A book, film, report.
    Work,
    /// Anything else.
    #[default]
    Thing,
}

/// The kinds by their words, in the order of lists.
pub const KINDS: &[(&str, EntityKind)] = &[
    ("person", EntityKind::Person),
    ("organization", EntityKind::Organization),
    ("place", EntityKind::Place),
    ("event", EntityKind::Event),
    ("law", EntityKind::Law),
    ("work", EntityKind::Work),
    ("thing", EntityKind::Thing),
];

impl EntityKind {
    /// The word that is written for it.
    pub fn word(self) -> &'static str {
        KINDS.iter().find(|(_, it)| *it == self).map_or("", |(word, _)| word)
    }
}

/// An office held for a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// Where it stands.
    pub at: Stretch,
    /// What it is called.
    pub title: Box<str>,
    /// Of what: an entity's name or plain text.
    pub of: Option<Placed<Box<str>>>,
    /// Its first day; `None` if that is not known.
    pub from: Option<PartialDate>,
    /// Its last day; `None` while it lasts.
    pub to: Option<PartialDate>,
}

/// A tie to another entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// What it is: `member of`.
    pub is: Box<str>,
    /// The other entity's slug or name.
    pub entity: Placed<Box<str>>,
    /// Its first day.
    pub from: Option<PartialDate>,
    /// Its last day.
    pub to: Option<PartialDate>,
}

/// A name that holds for a time only.
#[derive(Clone, Debug, PartialEq)]
pub struct DatedName {
    /// The name.
    pub name: Box<str>,
    /// Its first day.
    pub from: Option<PartialDate>,
    /// Its last day.
    pub to: Option<PartialDate>,
}

impl Role {
    /// The days on which it is held.
    pub fn period(&self) -> Period {
        Period::between(self.from, self.to)
    }
}

impl Relation {
    /// The days on which it holds.
    pub fn period(&self) -> Period {
        Period::between(self.from, self.to)
    }
}

impl DatedName {
    /// The days on which the name holds.
    pub fn period(&self) -> Period {
        Period::between(self.from, self.to)
    }
}

const EXAMPLE: &str = "name: Marco Rubio\nkind: person\n";

/// Reads an entity.
pub fn read(
    path: &Arc<str>,
    text: &Arc<str>,
    config: &Config,
    log: &mut Log<'_>,
) -> Entity {
    let (document, front) =
        document::read(path, text, config, "name", EXAMPLE, log, |fields, log| {
            match fields {
                Some(fields) => front(fields, log),
                None => EntityFront::default(),
            }
        });
    Entity { document, front }
}

fn front(fields: &mut Fields<'_>, log: &mut Log<'_>) -> EntityFront {
    EntityFront {
        kind: fields
            .required("kind", "kind: person", log, one_of(KINDS))
            .unwrap_or_default(),
        aliases: fields.list("aliases", log, text),
        summary: fields.take("summary", log, text),
        roles: fields.list("roles", log, role),
        relations: fields.list("relations", log, relation),
        same_as: fields.take("same-as", log, same_as).unwrap_or_default(),
        image: fields.take("image", log, image),
        location: fields.take("location", log, location),
        names: fields.list("names", log, dated_name),
        redirect_from: fields.list("redirect-from", log, redirect),
    }
}

/// The first and last day of a range, which must not end before it begins.
fn range(
    fields: &mut Fields<'_>,
    log: &mut Log<'_>,
) -> (Option<PartialDate>, Option<PartialDate>) {
    let from = fields.take("from", log, partial_date);
    let placed = |node: &Node, name: &str, log: &mut Log<'_>| {
        partial_date(node, name, log).map(|value| Placed { value, at: node.at })
    };
    let to = fields.take("to", log, placed);
    if let (Some(from), Some(to)) = (from, &to)
        && to.value.last() < from.first()
    {
        let message = format!("`to: {}` is before `from: {from}`", to.value);
        log.say(
            Rule::RoleDates,
            to.at,
            message,
            "swap `from` and `to`, or correct the one that is wrong",
        );
    }
    (from, to.map(|it| it.value))
}

fn role(node: &Node, name: &str, log: &mut Log<'_>) -> Option<Role> {
    let mut fields = Fields::of(node, name, log)?;
    let title = fields.required("title", "title: Secretary of State", log, string);
    let of = fields.take("of", log, text);
    let (from, to) = range(&mut fields, log);
    fields.finish(log);
    Some(Role { at: node.at, title: title?, of, from, to })
}

fn relation(node: &Node, name: &str, log: &mut Log<'_>) -> Option<Relation> {
    let mut fields = Fields::of(node, name, log)?;
    let is = fields.required("is", "is: member of", log, string);
    let entity = fields.required("entity", "entity: republican-party", log, text);
    let (from, to) = range(&mut fields, log);
    fields.finish(log);
    Some(Relation { is: is?, entity: entity?, from, to })
}

fn dated_name(node: &Node, name: &str, log: &mut Log<'_>) -> Option<DatedName> {
    let mut fields = Fields::of(node, name, log)?;
    let words = fields.required("name", "name: Department of War", log, string);
    let (from, to) = range(&mut fields, log);
    fields.finish(log);
    Some(DatedName { name: words?, from, to })
}

fn same_as(
    node: &Node,
    name: &str,
    log: &mut Log<'_>,
) -> Option<Vec<(Box<str>, Box<str>)>> {
    let Value::Table(table) = &node.value else {
        wrong_type(node, name, "a table such as `{wikidata: Q324546}`", log);
        return None;
    };
    let mut same = Vec::new();
    for (key, node) in table {
        let Some(value) = text(node, &key.name, log) else { continue };
        if same_as_url(&key.name, &value.value).is_some() {
            same.push((key.name.clone(), value.value));
        } else {
            let message = format!(
                "`{}` is neither an address nor an identifier of `{}`",
                value.value, key.name
            );
            log.say(
                Rule::BadValue,
                value.at,
                message,
                "write an `https://` address, or `wikidata: Q324546`",
            );
        }
    }
    Some(same)
}

/// The address of the same entity elsewhere; `None` if it cannot be told.
pub fn same_as_url(key: &str, value: &str) -> Option<String> {
    let is_plain =
        value.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(&it));
    if value.starts_with("https://") || value.starts_with("http://") {
        let is_clean = !value.contains(|c: char| {
            c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c)
        });
        return is_clean.then(|| value.to_owned());
    }
    let prefix = match key {
        "wikidata" if value.starts_with('Q') => "https://www.wikidata.org/entity/",
        "orcid" => "https://orcid.org/",
        "isni" => "https://isni.org/isni/",
        "viaf" => "https://viaf.org/viaf/",
        "geonames" => "https://sws.geonames.org/",
        "ror" => "https://ror.org/",
        _ => return None,
    };
    is_plain.then(|| format!("{prefix}{value}"))
}

fn location(node: &Node, name: &str, log: &mut Log<'_>) -> Option<(f64, f64)> {
    let mut fields = Fields::of(node, name, log)?;
    let lat = fields.required("lat", "lat: 38.9", log, degrees(90.0));
    let lon = fields.required("lon", "lon: -77.04", log, degrees(180.0));
    fields.finish(log);
    Some((lat?, lon?))
}

fn degrees(most: f64) -> impl Fn(&Node, &str, &mut Log<'_>) -> Option<f64> {
    move |node, name, log| {
        let number = match &node.value {
            Value::Bare(text) => text.parse::<f64>().ok(),
            _ => None,
        };
        let fitting = number.filter(|number| number.abs() <= most);
        if fitting.is_none() {
            let message =
                format!("`{name}` is a number of degrees from -{most} to {most}");
            log.say(Rule::WrongType, node.at, message, format!("write `{name}: 38.9`"));
        }
        fitting
    }
}

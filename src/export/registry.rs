//! The registry in forms that others read: a table, Popolo, `FollowTheMoney`.

use std::convert::Infallible;

use serde_json::{Map, Value, json};

use crate::export::export;
use crate::export::records::{Entity, Record, Role};
use crate::link::edition::Edition;

/// A form of the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegistryForm {
    /// CSV, a row for each office; an entity without one has a row of its own.
    Csv,
    /// Popolo: people, organizations, areas and memberships (popoloproject.com).
    Popolo,
    /// Lines of JSON (followthemoney.tech).
    FollowTheMoney,
}

/// The registry in a form. What a form has no place for is left out: Popolo and
/// `FollowTheMoney` know no laws and works.
pub fn registry(edition: &Edition, form: RegistryForm) -> String {
    let mut out = match form {
        RegistryForm::Csv => Writing::Csv(Box::new(csv::Writer::from_writer(Vec::new()))),
        RegistryForm::Popolo => Writing::Popolo(Popolo::default()),
        RegistryForm::FollowTheMoney => Writing::Lines(String::new()),
    };
    if let Writing::Csv(table) = &mut out {
        table.write_record(COLUMNS).expect(IN_MEMORY);
    }
    let Ok(()) = export::<Infallible>(edition, |record| {
        if let Record::Entity(entity) = record {
            out.add(entity);
        }
        Ok(())
    });
    out.finish()
}

const COLUMNS: [&str; 13] = [
    "slug", "name", "kind", "aliases", "summary", "title", "of", "from", "to",
    "wikidata", "website", "lat", "lon",
];
const IN_MEMORY: &str = "memory takes what is written";

enum Writing {
    Csv(Box<csv::Writer<Vec<u8>>>),
    Popolo(Popolo),
    Lines(String),
}

#[derive(Default)]
struct Popolo {
    persons: Vec<Value>,
    organizations: Vec<Value>,
    areas: Vec<Value>,
    memberships: Vec<Value>,
}

impl Writing {
    fn add(&mut self, entity: &Entity<'_>) {
        match self {
            Writing::Csv(table) => rows(entity, table),
            Writing::Popolo(popolo) => popolo.add(entity),
            Writing::Lines(lines) => {
                for line in follow_the_money(entity) {
                    *lines += &format!("{line}\n");
                }
            }
        }
    }

    fn finish(self) -> String {
        match self {
            Writing::Csv(table) => {
                let bytes = table.into_inner().expect(IN_MEMORY);
                String::from_utf8(bytes).expect("what went in was text")
            }
            Writing::Popolo(it) => {
                let whole = json!({
                    "persons": it.persons,
                    "organizations": it.organizations,
                    "areas": it.areas,
                    "memberships": it.memberships,
                });
                format!("{whole:#}\n")
            }
            Writing::Lines(lines) => lines,
        }
    }
}

fn rows(entity: &Entity<'_>, table: &mut csv::Writer<Vec<u8>>) {
    let none = Role { title: "", of: None, from: None, to: None };
    let roles =
        if entity.roles.is_empty() { std::slice::from_ref(&none) } else { &entity.roles };
    let degrees =
        |at: usize| entity.location.map_or(String::new(), |it| it[at].to_string());
    for role in roles {
        let aliases = entity.aliases.join("; ");
        let row = [
            entity.slug,
            entity.name,
            entity.kind,
            &aliases,
            entity.summary.unwrap_or(""),
            role.title,
            role.of.unwrap_or(""),
            role.from.as_deref().unwrap_or(""),
            role.to.as_deref().unwrap_or(""),
            wikidata(entity).unwrap_or(""),
            website(entity).unwrap_or(""),
            &degrees(0),
            &degrees(1),
        ];
        table.write_record(row).expect(IN_MEMORY);
    }
}

const WIKIDATA: &str = "https://www.wikidata.org/entity/";

fn wikidata<'a>(entity: &'a Entity<'_>) -> Option<&'a str> {
    entity.same_as.iter().find_map(|it| it.strip_prefix(WIKIDATA))
}

/// The first address elsewhere that is not Wikidata's.
fn website<'a>(entity: &'a Entity<'_>) -> Option<&'a str> {
    entity.same_as.iter().map(String::as_str).find(|it| !it.starts_with(WIKIDATA))
}

impl Popolo {
    fn add(&mut self, entity: &Entity<'_>) {
        let into = match entity.kind {
            "person" => &mut self.persons,
            "organization" => &mut self.organizations,
            "place" => &mut self.areas,
            _ => return,
        };
        let names: Vec<Value> =
            entity.aliases.iter().map(|it| json!({ "name": it })).collect();
        let identifiers: Vec<Value> = wikidata(entity)
            .map(|it| json!({ "scheme": "wikidata", "identifier": it }))
            .into_iter()
            .collect();
        let links: Vec<Value> =
            website(entity).map(|it| json!({ "url": it })).into_iter().collect();
        let mut row = Map::new();
        row.insert("id".to_owned(), json!(entity.slug));
        row.insert("name".to_owned(), json!(entity.name));
        for (key, list) in
            [("other_names", names), ("identifiers", identifiers), ("links", links)]
        {
            if !list.is_empty() {
                row.insert(key.to_owned(), json!(list));
            }
        }
        if let Some(summary) = entity.summary {
            row.insert("summary".to_owned(), json!(summary));
        }
        into.push(Value::Object(row));
        for role in &entity.roles {
            let mut row = Map::new();
            row.insert("person_id".to_owned(), json!(entity.slug));
            row.insert("role".to_owned(), json!(role.title));
            if let Some(of) = role.of {
                row.insert("area".to_owned(), json!({ "name": of }));
            }
            for (key, day) in [("start_date", &role.from), ("end_date", &role.to)] {
                if let Some(day) = day {
                    row.insert(key.to_owned(), json!(day));
                }
            }
            self.memberships.push(Value::Object(row));
        }
    }
}

/// An entity and its offices, a line each.
fn follow_the_money(entity: &Entity<'_>) -> Vec<Value> {
    let schema = match entity.kind {
        "person" => "Person",
        "organization" => "Organization",
        "event" => "Event",
        _ => return Vec::new(),
    };
    let mut properties = Map::new();
    let mut put = |key: &str, values: Vec<&str>| {
        if !values.is_empty() {
            properties.insert(key.to_owned(), json!(values));
        }
    };
    put("name", vec![entity.name]);
    put("alias", entity.aliases.clone());
    put("summary", entity.summary.into_iter().collect());
    put("wikidataId", wikidata(entity).into_iter().collect());
    put("website", website(entity).into_iter().collect());
    let mut lines =
        vec![json!({ "id": entity.slug, "schema": schema, "properties": properties })];
    for (at, role) in entity.roles.iter().enumerate() {
        let post = format!("{}-post-{}", entity.slug, at + 1);
        let list =
            |it: Option<&str>| it.map(|it| vec![it.to_owned()]).unwrap_or_default();
        lines.push(json!({
            "id": post,
            "schema": "Position",
            "properties": { "name": [role.title], "subnationalArea": list(role.of) },
        }));
        lines.push(json!({
            "id": format!("{}-held-{}", entity.slug, at + 1),
            "schema": "Occupancy",
            "properties": {
                "holder": [entity.slug],
                "post": [post],
                "startDate": list(role.from.as_deref()),
                "endDate": list(role.to.as_deref()),
            },
        }));
    }
    lines
}

//! Entities and their ties in `FollowTheMoney`.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::import::linked::json::{items, text};
use crate::import::records::{OldRecord, RecordRole, day};

/// Schemata of `FollowTheMoney` that tie a holder to an office, and the properties for
/// holder, body and title.
const TIES: &[(&str, &str, &str)] = &[
    ("Occupancy", "holder", "post"),
    ("Membership", "member", "organization"),
    ("Directorship", "director", "organization"),
    ("Employment", "employee", "employer"),
];

/// Entities as lines of JSON (followthemoney.tech).
pub(super) fn records(rows: &[Value]) -> Vec<OldRecord> {
    let names = rows.iter().filter_map(|it| {
        Some((it["id"].as_str()?, first(it, "name").or_else(|| text(it, "caption"))?))
    });
    let names: BTreeMap<&str, String> = names.collect();
    let mut roles = roles(rows, &names);
    let mut records = Vec::new();
    for row in rows {
        let kind = match row["schema"].as_str().unwrap_or("") {
            "Person" => "person",
            "Organization" | "Company" | "LegalEntity" | "PublicBody" => "organization",
            "Event" => "event",
            _ => continue,
        };
        let id = text(row, "id").unwrap_or_default();
        let name = names.get(id.as_str()).cloned().unwrap_or_default();
        let mut aliases = all(row, "alias");
        aliases.extend(all(row, "name"));
        aliases.retain(|it| *it != name);
        aliases.dedup();
        let same =
            [("wikidata", "wikidataId"), ("website", "website"), ("isni", "isniCode")];
        let same =
            same.iter().filter_map(|it| Some((it.0.to_owned(), first(row, it.1)?)));
        records.push(OldRecord {
            name,
            kind: kind.to_owned(),
            aliases,
            summary: first(row, "summary").or_else(|| first(row, "description")),
            born: first(row, "birthDate"),
            same_as: same.collect(),
            location: None,
            roles: roles.remove(&id).unwrap_or_default(),
            id: Some(id.clone()).filter(|it| !it.is_empty()),
            from: id,
        });
    }
    records
}

/// The offices by holder.
fn roles(
    rows: &[Value],
    names: &BTreeMap<&str, String>,
) -> BTreeMap<String, Vec<RecordRole>> {
    let areas = rows
        .iter()
        .filter_map(|it| Some((it["id"].as_str()?, first(it, "subnationalArea")?)));
    let areas: BTreeMap<&str, String> = areas.collect();
    let mut roles: BTreeMap<String, Vec<RecordRole>> = BTreeMap::new();
    for row in rows {
        let schema = row["schema"].as_str().unwrap_or("");
        let Some((_, holder, body)) = TIES.iter().find(|it| it.0 == schema) else {
            continue;
        };
        let Some(holder) = first(row, holder) else { continue };
        let body = first(row, body).unwrap_or_default();
        let name = names.get(body.as_str()).cloned();
        let (title, of) = match (first(row, "role"), name, schema) {
            (_, Some(post), "Occupancy") => (post, areas.get(body.as_str()).cloned()),
            (Some(role), of, _) => (role, of),
            (None, Some(of), _) => ("Member".to_owned(), Some(of)),
            (None, None, _) => continue,
        };
        let date = |key: &str| first(row, key).and_then(|it| day(&it));
        let role = RecordRole { title, of, from: date("startDate"), to: date("endDate") };
        roles.entry(holder).or_default().push(role);
    }
    roles
}

/// The values of a property.
fn all(row: &Value, key: &str) -> Vec<String> {
    let values = items(&row["properties"], key).filter_map(Value::as_str);
    values.map(str::to_owned).collect()
}

fn first(row: &Value, key: &str) -> Option<String> {
    items(&row["properties"], key).find_map(|it| it.as_str().map(str::to_owned))
}

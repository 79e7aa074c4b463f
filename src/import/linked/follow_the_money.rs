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
    let first = |row: &Value, key: &str| {
        items(&row["properties"], key).find_map(|it| it.as_str().map(str::to_owned))
    };
    let names: BTreeMap<&str, String> = rows
        .iter()
        .filter_map(|it| {
            Some((it["id"].as_str()?, first(it, "name").or_else(|| text(it, "caption"))?))
        })
        .collect();
    let areas: BTreeMap<&str, String> = rows
        .iter()
        .filter_map(|it| Some((it["id"].as_str()?, first(it, "subnationalArea")?)))
        .collect();
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
        let all = |key: &str| {
            items(&row["properties"], key)
                .filter_map(|it| it.as_str())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let mut aliases = all("alias");
        aliases.extend(all("name"));
        aliases.retain(|it| *it != name);
        aliases.dedup();
        let same =
            [("wikidata", "wikidataId"), ("website", "website"), ("isni", "isniCode")];
        records.push(OldRecord {
            name,
            kind: kind.to_owned(),
            aliases,
            summary: first(row, "summary").or_else(|| first(row, "description")),
            born: first(row, "birthDate"),
            same_as: same
                .iter()
                .filter_map(|it| Some((it.0.to_owned(), first(row, it.1)?)))
                .collect(),
            location: None,
            roles: roles.remove(&id).unwrap_or_default(),
            id: Some(id.clone()).filter(|it| !it.is_empty()),
            from: id,
        });
    }
    records
}

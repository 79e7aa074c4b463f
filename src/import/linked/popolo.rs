//! People, organizations and memberships in Popolo.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::import::linked::json::{items, text};
use crate::import::records::{OldRecord, RecordRole, day};

/// People, organizations and their memberships (popoloproject.com).
pub(super) fn records(rows: &[Value]) -> Vec<OldRecord> {
    let mut roles = roles(rows);
    let mut records = Vec::new();
    for (key, kind) in
        [("persons", "person"), ("organizations", "organization"), ("areas", "place")]
    {
        for row in rows.iter().flat_map(|it| items(it, key)) {
            let id = text(row, "id").unwrap_or_default();
            let mut same_as: Vec<(String, String)> = items(row, "identifiers")
                .filter_map(|it| Some((text(it, "scheme")?, text(it, "identifier")?)))
                .filter(|it| crate::parse::entity::same_as_url(&it.0, &it.1).is_some())
                .collect();
            let website = items(row, "links").find_map(|it| text(it, "url"));
            same_as.extend(website.map(|it| ("website".to_owned(), it)));
            let others = items(row, "other_names").filter_map(|it| text(it, "name"));
            let name = text(row, "name").unwrap_or_default();
            records.push(OldRecord {
                aliases: others.filter(|it| *it != name).collect(),
                name,
                kind: kind.to_owned(),
                summary: text(row, "summary").or_else(|| text(row, "biography")),
                born: text(row, "birth_date"),
                same_as,
                location: None,
                roles: roles.remove(&id).unwrap_or_default(),
                id: Some(id.clone()).filter(|it| !it.is_empty()),
                from: id,
            });
        }
    }
    records
}

/// The memberships by person.
fn roles(rows: &[Value]) -> BTreeMap<String, Vec<RecordRole>> {
    let named = |key: &'static str| -> BTreeMap<String, String> {
        let rows = rows.iter().flat_map(|it| items(it, key));
        let pairs = rows.filter_map(|it| {
            Some((text(it, "id")?, text(it, "name").or(text(it, "label"))?))
        });
        pairs.collect()
    };
    let (bodies, areas, posts) = (named("organizations"), named("areas"), named("posts"));
    let mut roles: BTreeMap<String, Vec<RecordRole>> = BTreeMap::new();
    for membership in rows.iter().flat_map(|it| items(it, "memberships")) {
        let Some(person) = text(membership, "person_id") else { continue };
        let of = |key: &str, names: &BTreeMap<String, String>| {
            text(membership, key).and_then(|it| names.get(&it).cloned())
        };
        let inner = || {
            let mut keys = ["organization", "area"].iter();
            keys.find_map(|it| text(&membership[*it], "name"))
        };
        let title = text(membership, "role").or_else(|| text(membership, "label"));
        let date = |key: &str| text(membership, key).and_then(|it| day(&it));
        let role = RecordRole {
            title: title.or_else(|| of("post_id", &posts)).unwrap_or("Member".to_owned()),
            of: of("organization_id", &bodies)
                .or_else(|| of("area_id", &areas))
                .or_else(inner),
            from: date("start_date"),
            to: date("end_date"),
        };
        roles.entry(person).or_default().push(role);
    }
    roles
}

//! A registry as a table: CSV with a row of headers.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};

use crate::disk;
use crate::import::bytes;
use crate::import::map::ImportMap;
use crate::import::records::{OldRecord, RecordRole, day};
use crate::import::value::plain_key;

/// What columns are called, by the field they fill.
const COLUMNS: &[(&str, &[&str])] = &[
    ("name", &["name", "full-name", "person", "organization-name", "label"]),
    ("slug", &["slug"]),
    ("kind", &["kind", "type"]),
    ("aliases", &["aliases", "alias", "other-names", "also-known-as"]),
    ("summary", &["summary", "description", "about", "note"]),
    ("born", &["born", "birth-date", "date-of-birth", "birthday", "birth-year"]),
    ("title", &["title", "role", "position", "office", "post"]),
    (
        "of",
        &[
            "of",
            "organization",
            "organisation",
            "body",
            "area",
            "constituency",
            "district",
            "state",
        ],
    ),
    ("from", &["from", "start", "start-date", "since", "term-start"]),
    ("to", &["to", "end", "end-date", "until", "term-end"]),
    ("lat", &["lat", "latitude"]),
    ("lon", &["lon", "lng", "long", "longitude"]),
    ("wikidata", &["wikidata", "wikidata-id", "qid"]),
    ("website", &["website", "url", "homepage", "link"]),
    ("orcid", &["orcid"]),
    ("isni", &["isni"]),
    ("viaf", &["viaf"]),
    ("geonames", &["geonames"]),
    ("ror", &["ror"]),
];

/// The largest table that is read.
const MAX_TABLE: u64 = 256 * 1024 * 1024;

/// Reads a table. Rows of one name give one entity, each row one of its offices.
pub(crate) fn records(path: &Path, map: &ImportMap) -> anyhow::Result<Vec<OldRecord>> {
    let cannot = || format!("cannot read {}", path.display());
    let (text, _) =
        bytes::text_of(&disk::read_archived(path, MAX_TABLE).with_context(cannot)?);
    let first = text.lines().next().unwrap_or("");
    let delimiter = [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|it| first.bytes().filter(|b| b == it).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .flexible(true)
        .from_reader(text.as_bytes());
    let headers = reader.headers().with_context(cannot)?.clone();
    let field = |header: &str| {
        let mapped = map.columns.get(header).cloned();
        let plain = plain_key(header);
        let known = COLUMNS
            .iter()
            .find(|it| it.1.contains(&plain.as_str()))
            .map(|it| it.0.to_owned());
        mapped.or(known)
    };
    let fields: Vec<Option<String>> = headers.iter().map(field).collect();
    if !fields.iter().flatten().any(|it| it == "name") {
        let headers: Vec<&str> = headers.iter().collect();
        bail!(
            "{} has no column for the name; its columns are {}: say which under `[columns]` in a file for --map",
            path.display(),
            headers.join(", ")
        );
    }
    let mut records = Vec::new();
    for (at, row) in reader.records().enumerate() {
        let row = row.with_context(cannot)?;
        let mut values: BTreeMap<&str, &str> = BTreeMap::new();
        for (name, value) in fields.iter().zip(row.iter()) {
            if let Some(name) = name.as_deref().filter(|_| !value.trim().is_empty()) {
                values.entry(name).or_insert(value.trim());
            }
        }
        records.push(record(&values, at + 2));
    }
    Ok(records)
}

fn record(values: &BTreeMap<&str, &str>, line: usize) -> OldRecord {
    let text = |name: &str| values.get(name).map(|it| (*it).to_owned());
    let kind = text("kind").map(|it| it.to_lowercase()).unwrap_or_default();
    let is_kind = crate::parse::entity::KINDS.iter().any(|it| it.0 == kind);
    let same = ["wikidata", "website", "orcid", "isni", "viaf", "geonames", "ror"];
    let role = text("title").map(|title| RecordRole {
        title,
        of: text("of"),
        from: values.get("from").and_then(|it| day(it)),
        to: values.get("to").and_then(|it| day(it)),
    });
    let aliases = text("aliases").unwrap_or_default();
    let aliases = aliases.split([';', '|']).map(|it| it.trim().to_owned());
    let is_number = |it: &String| it.parse::<f64>().is_ok();
    OldRecord {
        from: format!("line {line}"),
        id: text("slug"),
        name: text("name").unwrap_or_default(),
        kind: if is_kind { kind } else { String::new() },
        aliases: aliases.filter(|it| !it.is_empty()).collect(),
        summary: text("summary"),
        born: text("born"),
        same_as: same
            .iter()
            .filter_map(|it| Some(((*it).to_owned(), text(it)?)))
            .collect(),
        location: text("lat").filter(is_number).zip(text("lon").filter(is_number)),
        roles: role.into_iter().collect(),
    }
}

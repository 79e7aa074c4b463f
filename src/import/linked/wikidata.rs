//! Entities of Wikidata, with the positions that they held.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::import::linked::json::{items, text};
use crate::import::records::{OldRecord, RecordRole};
use crate::import::remark::{Construct, Remark};

/// Entities as Wikidata's API and `Special:EntityData` give them. Positions have a name only
/// if their own entities are in the file.
pub(super) fn records(
    rows: &[Value],
    language: &str,
    remarks: &mut Vec<Remark>,
) -> Vec<OldRecord> {
    let mut entities: Vec<&Value> = Vec::new();
    for row in rows {
        match row["entities"].as_object() {
            Some(inner) => entities.extend(inner.values()),
            None => entities.push(row),
        }
    }
    let dump = WikidataDump::of(&entities, language);
    let named: Vec<&&Value> =
        entities.iter().filter(|it| !dump.is_named_only(it)).collect();
    named.into_iter().filter_map(|it| dump.record(it, remarks)).collect()
}

/// What the entities of a file say of each other.
struct WikidataDump<'a> {
    language: &'a str,
    names: BTreeMap<&'a str, String>,
    /// What others hold, or are: it is there for its name.
    held: BTreeSet<&'a str>,
}

impl<'a> WikidataDump<'a> {
    fn of(entities: &[&'a Value], language: &'a str) -> WikidataDump<'a> {
        let names = entities
            .iter()
            .filter_map(|it| Some((it["id"].as_str()?, label(it, language)?)));
        let claims = entities.iter().flat_map(|it| {
            ["P39", "P31"].into_iter().flat_map(|key| items(&it["claims"], key))
        });
        let held = claims.filter_map(|claim| value_id(&claim["mainsnak"]));
        WikidataDump { language, names: names.collect(), held: held.collect() }
    }

    fn is_named_only(&self, entity: &Value) -> bool {
        entity["id"].as_str().is_some_and(|it| self.held.contains(it))
    }

    /// `None`, with a remark, if it has no name in any language.
    fn record(&self, entity: &Value, remarks: &mut Vec<Remark>) -> Option<OldRecord> {
        let id = entity["id"].as_str().unwrap_or("");
        let claims = &entity["claims"];
        let Some(name) = label(entity, self.language) else {
            remarks.push(Remark::in_file(id, Construct::NoName, id));
            return None;
        };
        let either = [self.language, "en"];
        let aliases = either.iter().find_map(|it| entity["aliases"][*it].as_array());
        let aliases = aliases.into_iter().flatten().filter_map(|it| text(it, "value"));
        let mut descriptions = either.iter().map(|it| &entity["descriptions"][*it]);
        let main =
            |property: &str| items(claims, property).next().map(|it| &it["mainsnak"]);
        let place = main("P625").map(|it| &it["datavalue"]["value"]);
        let location = place
            .and_then(|it| Some((it["latitude"].as_f64()?, it["longitude"].as_f64()?)));
        let is_human =
            items(claims, "P31").any(|it| value_id(&it["mainsnak"]) == Some("Q5"));
        let kind = match () {
            () if is_human => "person",
            () if location.is_some() && main("P17").is_some() => "place",
            () if main("P571").is_some() || main("P159").is_some() => "organization",
            () => "",
        };
        Some(OldRecord {
            from: id.to_owned(),
            id: Some(id.to_owned()).filter(|it| !it.is_empty()),
            aliases: aliases.filter(|it| *it != name).collect(),
            kind: kind.to_owned(),
            summary: descriptions.find_map(|it| text(it, "value")),
            born: main("P569").and_then(wikidata_day).map(|it| it.to_string()),
            same_as: vec![("wikidata".to_owned(), id.to_owned())],
            location: location
                .filter(|_| kind == "place")
                .map(|it| (it.0.to_string(), it.1.to_string())),
            roles: self.roles(id, &name, claims, remarks),
            name,
        })
    }

    /// The positions that an entity held; a remark for each whose name is not in the file.
    fn roles(
        &self,
        id: &str,
        holder: &str,
        claims: &Value,
        remarks: &mut Vec<Remark>,
    ) -> Vec<RecordRole> {
        let mut roles = Vec::new();
        for claim in items(claims, "P39").filter(|it| it["rank"] != "deprecated") {
            let position = value_id(&claim["mainsnak"]);
            if let Some(title) = position.and_then(|it| self.names.get(it)) {
                roles.push(wikidata_role(claim, title, &self.names));
            } else {
                let what = format!("{holder}: position {}", position.unwrap_or("?"));
                remarks.push(Remark::in_file(id, Construct::NoName, &what));
            }
        }
        roles
    }
}

/// The name in a language, else in English, else in any.
fn label(entity: &Value, language: &str) -> Option<String> {
    let labels = &entity["labels"];
    let short = language.split('-').next().unwrap_or(language);
    let mut wanted = [language, short, "en", "mul"].into_iter();
    let found = wanted.find_map(|it| text(&labels[it], "value"));
    found.or_else(|| labels.as_object()?.values().find_map(|it| text(it, "value")))
}

fn value_id(snak: &Value) -> Option<&str> {
    snak["datavalue"]["value"]["id"].as_str()
}

fn wikidata_role(
    claim: &Value,
    title: &str,
    names: &BTreeMap<&str, String>,
) -> RecordRole {
    let qualifier = |property: &str| items(&claim["qualifiers"], property).next();
    let of = ["P768", "P642", "P1001", "P108"].iter().find_map(|it| qualifier(it));
    RecordRole {
        title: title.to_owned(),
        of: of.and_then(value_id).and_then(|it| names.get(it)).cloned(),
        from: qualifier("P580").and_then(wikidata_day),
        to: qualifier("P582").and_then(wikidata_day),
    }
}

/// `+2011-01-03T00:00:00Z` with a precision of 9 for years, 10 for months, 11 for days.
fn wikidata_day(snak: &Value) -> Option<crate::date::PartialDate> {
    let value = &snak["datavalue"]["value"];
    let time = value["time"].as_str()?.strip_prefix('+')?;
    let len = match value["precision"].as_u64()? {
        9 => 4,
        10 => 7,
        11 => 10,
        _ => return None,
    };
    crate::date::PartialDate::parse(time.get(..len)?)
}

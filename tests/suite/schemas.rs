//! The published schemas say what the program reads and writes.

use std::collections::BTreeSet;
use std::path::Path;

use dateline::Built;
use dateline::diagnostic::Rule;
use dateline::disk::read;
use dateline::export::export;
use dateline::input::{Content, Wanted};
use dateline::schema::SchemaOf;
use dateline::site::Site;
use serde_json::{Value, json};

use crate::book::{book, site};

/// Where a table is, and the keys its schema allows.
type Table = (Vec<String>, BTreeSet<String>);

/// Every table that a schema describes key by key.
fn tables(root: &Value, schema: &Value, at: &[String], found: &mut Vec<Table>) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.strip_prefix("#/$defs/").unwrap();
        return tables(root, &root["$defs"][name], at, found);
    }
    for choice in ["anyOf", "oneOf"] {
        for schema in schema[choice].as_array().into_iter().flatten() {
            tables(root, schema, at, found);
        }
    }
    let Some(properties) = schema["properties"].as_object() else { return };
    // `[names]` has the names of the book for keys.
    if at != ["names"] {
        assert_eq!(schema["additionalProperties"], false, "{at:?}");
        found.push((at.to_vec(), properties.keys().cloned().collect()));
    }
    for (key, schema) in properties {
        let mut at = at.to_vec();
        at.push(key.clone());
        tables(root, schema, &at, found);
    }
}

/// The keys that the program knows in a table, as it says when it meets one that is not.
fn known_keys(of: SchemaOf, at: &[String]) -> BTreeSet<String> {
    let inner = at
        .iter()
        .rev()
        .fold("{zzzzzzzz: 1}".to_owned(), |inner, key| format!("{{{key}: {inner}}}"));
    let file = match of {
        SchemaOf::Brief => format!("content/briefs/a.md\n---\n{inner}\n---\n"),
        SchemaOf::Entity => format!("content/entities/a.md\n---\n{inner}\n---\n"),
        SchemaOf::Storyline => format!("content/storylines/a.md\n---\n{inner}\n---\n"),
        SchemaOf::Claim => format!("content/claims/a.md\n---\n{inner}\n---\n"),
        SchemaOf::Page => format!("content/pages/a.md\n---\n{inner}\n---\n"),
        _ => format!("book.toml\n{}\n", at.join(".") + ".zzzzzzzz = 1")
            .replace("\n.zz", "\nzz"),
    };
    let said = site(&book(&format!("//- {file}"))).report;
    let unknown = said.diagnostics().iter().find(|it| it.rule == Rule::UnknownKey);
    let unknown = unknown.unwrap_or_else(|| panic!("{of} {at:?} takes any key"));
    let keys = unknown.help[0].split_once("the keys are").unwrap().1;
    keys.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn each_schema_has_exactly_the_keys_that_are_read() {
    for of in [
        SchemaOf::Brief,
        SchemaOf::Entity,
        SchemaOf::Storyline,
        SchemaOf::Claim,
        SchemaOf::Page,
        SchemaOf::Book,
    ] {
        let schema = of.schema();
        let mut found = Vec::new();
        tables(&schema, &schema, &[], &mut found);
        for (at, keys) in found {
            let is_rules =
                of == SchemaOf::Book && at.last().is_some_and(|it| it == "rules");
            let is_empty = keys.is_empty(); // nothing to list
            if !is_rules && !is_empty {
                assert_eq!(keys, known_keys(of, &at), "{of} {at:?}");
            }
        }
    }
}

#[test]
fn the_schemas_in_the_repository_are_those_of_the_program() {
    for of in SchemaOf::ALL {
        let file = format!("docs/schemas/{of}.schema.json");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&file);
        let expected = serde_json::to_string_pretty(&of.schema()).unwrap() + "\n";
        if std::env::var_os("SNAPSHOTS").is_some_and(|it| it == "overwrite") {
            std::fs::write(&path, &expected).unwrap();
        }
        let is = std::fs::read_to_string(&path).unwrap();
        assert!(is == expected, "{file}: run with SNAPSHOTS=overwrite");
    }
}

fn sample() -> Site {
    let now = "2025-12-01T00:00:00Z".parse().unwrap();
    let inputs =
        read(Path::new(env!("CARGO_MANIFEST_DIR")), Wanted::published(now)).unwrap();
    for (path, content) in &inputs.files {
        let Content::Text(text) = content else { continue };
        let of = match path.split('/').collect::<Vec<_>>()[..] {
            ["book.toml"] => SchemaOf::Book,
            ["content", "briefs", ..] => SchemaOf::Brief,
            ["content", "entities", ..] => SchemaOf::Entity,
            ["content", "storylines", ..] => SchemaOf::Storyline,
            ["content", "claims", ..] => SchemaOf::Claim,
            ["content", "pages", ..] => SchemaOf::Page,
            _ => continue,
        };
        let value: Value = match of {
            SchemaOf::Book => toml::from_str(text).unwrap(),
            _ => serde_yaml::from_str(text.split("---\n").nth(1).unwrap()).unwrap(),
        };
        jsonschema::validate(&of.schema(), &value).unwrap_or_else(|error| {
            panic!("{path}: {error} at {}", error.instance_path())
        });
    }
    Site::of(inputs, &Built::default())
}

#[test]
fn the_sample_book_holds_by_the_schemas_and_so_does_its_export() {
    let built = sample().built;
    let schema = jsonschema::validator_for(&SchemaOf::Export.schema()).unwrap();
    let mut kinds = BTreeSet::new();
    let mut check = |record: &dateline::export::records::Record<'_>| {
        let value = serde_json::to_value(record).unwrap();
        kinds.insert(value["record"].as_str().unwrap().to_owned());
        schema.validate(&value).map_err(|error| format!("{error} in {value}"))
    };
    export(&built.edition, &mut check).unwrap();
    let all = [
        "book",
        "brief",
        "claim",
        "entity",
        "event",
        "finding",
        "mention",
        "quote",
        "stance",
        "storyline",
    ];
    assert_eq!(kinds.iter().map(String::as_str).collect::<Vec<_>>(), all);
}

#[test]
fn what_the_program_refuses_the_schemas_refuse_too() {
    let brief = |extra: &str| format!("title: A\ndate: 2025-08-08\n{extra}");
    let entity = |extra: &str| format!("name: Ada\nkind: person\n{extra}");
    let cases = [
        (SchemaOf::Brief, "briefs", brief("")),
        (SchemaOf::Brief, "briefs", "title: A".to_owned()),
        (SchemaOf::Brief, "briefs", brief("draft: soon")),
        (SchemaOf::Brief, "briefs", brief("draft: true")),
        (SchemaOf::Brief, "briefs", brief("updated: tomorrow")),
        (SchemaOf::Brief, "briefs", brief("tags: security")),
        (SchemaOf::Brief, "briefs", brief("sources: [AFP, {outlet: AFP, date: 2025}]")),
        (SchemaOf::Brief, "briefs", brief("sources: [{title: no outlet}]")),
        (SchemaOf::Brief, "briefs", brief("mentions: {A: none}")),
        (SchemaOf::Brief, "briefs", brief("mentions: none")),
        (SchemaOf::Entity, "entities", entity("")),
        (SchemaOf::Entity, "entities", "name: Ada\nkind: robot".to_owned()),
        (SchemaOf::Entity, "entities", entity("roles: [{title: Mayor, from: 2025-02}]")),
        (SchemaOf::Entity, "entities", entity("roles: [{title: Mayor, since: 2025}]")),
        (SchemaOf::Entity, "entities", entity("location: {lat: 91, lon: 0}")),
        (SchemaOf::Entity, "entities", entity("aliases: [2025]")),
    ];
    for (of, folder, text) in cases {
        let file = format!("//- content/{folder}/a.md\n---\n{text}\n---\n");
        let report = site(&book(&file)).report;
        let value: Value = serde_yaml::from_str(&text).unwrap_or(json!(null));
        let holds = jsonschema::is_valid(&of.schema(), &value);
        let fits = report.is_empty();
        assert_eq!(holds, fits, "{text:?}: {report:?}");
    }
}

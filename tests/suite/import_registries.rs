//! `dateline import` from registries, and `dateline export` the way back.

use std::fs;

use crate::import::{archive, dateline, errors, put, remarks, text_of};

const TABLE: &str = "
//- from
Full Name,Kind,Aliases,Title,Of,From,To,Born,Wikidata,Lat,Lon
Ines Quist,,Quist;I. Quist,Mayor,Norwick,2015-04-01,2019-03-31,1960,Q1,,
Ines Quist,,,Mayor,Norwick,2019-04-01,,1960,,,
Ada Holm,person,,Senator,,3 January 2011,2017,1950,,,
Ada Holm,person,,,,,,1980,,,
Norwick,,,,,,,,,52.6,1.3
Harbor Board,,,,,,,,,,
,person,,,,,,,,,
";

#[test]
fn a_table_becomes_entities_and_a_second_one_keeps_hand_edits() {
    let root = archive(TABLE);
    fs::rename(root.path().join("from"), root.path().join("people.csv")).unwrap();
    put(root.path(), "map.toml", b"[columns]\n'Full Name' = 'name'\n");
    let run = |root: &std::path::Path| {
        let args = ["import", "people.csv", "--to", "book", "--map", "map.toml"];
        let output = dateline(root, &args);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        root.join("book")
    };
    let book = run(root.path());
    fs::create_dir_all(book.join("content/briefs")).unwrap();
    assert_eq!(errors(&book), "");
    let quist = text_of(&book, "content/entities/ines-quist.md");
    let expected = "---\nname: Ines Quist\nkind: person\naliases: [Quist, I. Quist]\nroles:\n  - {title: Mayor, of: Norwick, from: 2015-04-01}\nsame-as: {wikidata: Q1}\n---\n";
    assert_eq!(quist, expected);
    assert!(text_of(&book, "content/entities/norwick.md").contains("kind: place"));
    assert!(
        text_of(&book, "content/entities/harbor-board.md").contains("kind: organization")
    );
    for year in ["1950", "1980"] {
        text_of(&book, &format!("content/entities/ada-holm-{year}.md"));
    }
    // The desk writes a summary; the table gives an end.
    put(
        &book,
        "content/entities/ines-quist.md",
        quist.replace("aliases", "summary: Runs it.\naliases").as_bytes(),
    );
    let table = fs::read_to_string(root.path().join("people.csv")).unwrap();
    put(
        root.path(),
        "people.csv",
        table.replace("2019-04-01,,1960", "2019-04-01,2023-05-01,1960").as_bytes(),
    );
    run(root.path());
    assert!(
        text_of(&book, "content/entities/ines-quist.md").contains("summary: Runs it.")
    );
    let told = remarks(&book).into_iter().find(|it| it.1 == "edited").unwrap();
    assert!(told.2.contains("to: 2023-05-01"), "{told:?}");
}

#[test]
fn registries_in_json_become_entities() {
    let wikidata = r#"{"entities": {"Q7": {"id": "Q7", "labels": {"en": {"value": "Ines Quist"}}, "descriptions": {"en": {"value": "mayor of Norwick"}},
      "aliases": {"en": [{"value": "Quist"}]}, "claims": {
        "P31": [{"mainsnak": {"datavalue": {"value": {"id": "Q5"}}}}],
        "P569": [{"mainsnak": {"datavalue": {"value": {"time": "+1960-00-00T00:00:00Z", "precision": 9}}}}],
        "P39": [{"mainsnak": {"datavalue": {"value": {"id": "Q30"}}}, "qualifiers": {
          "P580": [{"datavalue": {"value": {"time": "+2015-04-01T00:00:00Z", "precision": 11}}}]}},
          {"mainsnak": {"datavalue": {"value": {"id": "Q99"}}}}]}},
      "Q30": {"id": "Q30", "labels": {"en": {"value": "Mayor of Norwick"}}, "claims": {}}}}"#;
    let popolo = r#"{"persons": [{"id": "a", "name": "Ines Quist", "other_names": [{"name": "Quist"}], "birth_date": "1960"}],
      "organizations": [{"id": "b", "name": "Harbor Board"}],
      "memberships": [{"person_id": "a", "organization_id": "b", "role": "Chair", "start_date": "2015-04-01", "end_date": "2016-03-31"},
                      {"person_id": "a", "organization_id": "b", "role": "Chair", "start_date": "2016-04-01"}]}"#;
    let ftm = "{\"id\": \"a\", \"schema\": \"Person\", \"properties\": {\"name\": [\"Ines Quist\"], \"alias\": [\"Quist\"]}}\n\
      {\"id\": \"p\", \"schema\": \"Position\", \"properties\": {\"name\": [\"Mayor\"], \"subnationalArea\": [\"Norwick\"]}}\n\
      {\"id\": \"o\", \"schema\": \"Occupancy\", \"properties\": {\"holder\": [\"a\"], \"post\": [\"p\"], \"startDate\": [\"2015-04-01\"]}}\n";
    let cases = [
        ("w.json", wikidata, "{title: Mayor of Norwick, from: 2015-04-01}"),
        ("p.json", popolo, "{title: Chair, of: Harbor Board, from: 2015-04-01}"),
        ("f.jsonl", ftm, "{title: Mayor, of: Norwick, from: 2015-04-01}"),
    ];
    for (name, text, role) in cases {
        let root = tempfile::tempdir().unwrap();
        put(root.path(), name, text.as_bytes());
        let output = dateline(root.path(), &["import", name, "--to", "book"]);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{name}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let book = root.path().join("book");
        let quist = text_of(&book, "content/entities/ines-quist.md");
        assert!(
            quist.contains(role) && quist.contains("aliases: [Quist]"),
            "{name}: {quist}"
        );
        // And the way back gives what came in.
        fs::create_dir_all(book.join("content/briefs")).unwrap();
        for form in ["csv", "popolo", "ftm"] {
            let output = dateline(&book, &["export", "--format", form]);
            assert_eq!(
                output.status.code(),
                Some(0),
                "{form}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
            let file = match form {
                "csv" => "back.csv",
                "popolo" => "back.json",
                _ => "back.jsonl",
            };
            put(root.path(), file, &output.stdout);
            let to = format!("again-{form}");
            let output = dateline(root.path(), &["import", file, "--to", &to]);
            assert_eq!(
                output.status.code(),
                Some(0),
                "{form}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
            let again = text_of(&root.path().join(&to), "content/entities/ines-quist.md");
            assert!(again.contains(role), "{name} by {form}: {again}");
        }
    }
}

#[test]
fn a_registry_goes_out_and_comes_back_file_by_file() {
    let root = archive(
        "
//- book/book.toml
[book]
title = 'Desk'
//- book/content/entities/ada-holm-1950.md
---
name: Ada Holm
kind: person
aliases: [Holm the elder]
summary: Led the port.
roles:
  - {title: Senator, from: 2011-01-03, to: 2017-01-03}
same-as: {wikidata: Q1}
---
//- book/content/entities/ada-holm-1980.md
---
name: Ada Holm
kind: person
summary: Leads the union.
roles:
  - {title: Chair, of: Harbor Union, from: 2020}
---
//- book/content/entities/harbor-union.md
---
name: Harbor Union
kind: organization
---
",
    );
    fs::create_dir_all(root.path().join("book/content/briefs")).unwrap();
    let book = root.path().join("book");
    for (form, file) in [("csv", "out.csv"), ("popolo", "out.json"), ("ftm", "out.jsonl")]
    {
        let output = dateline(&book, &["export", "--format", form]);
        assert_eq!(output.status.code(), Some(0), "{form}");
        put(root.path(), file, &output.stdout);
        let to = format!("again-{form}");
        let output = dateline(root.path(), &["import", file, "--to", &to]);
        assert_eq!(output.status.code(), Some(0), "{form}");
        for slug in ["ada-holm-1950", "ada-holm-1980", "harbor-union"] {
            let path = format!("content/entities/{slug}.md");
            let again = text_of(&root.path().join(&to), &path);
            assert_eq!(again, text_of(&book, &path), "{form}: {slug}");
        }
    }
}

#[test]
fn an_entity_of_the_desk_in_a_folder_of_its_own_is_told_what_it_lacks() {
    let root = archive(
        "
//- book/book.toml
[book]
title = 'Desk'
//- book/content/entities/people/ines-quist.md
---
name: Ines Quist
kind: person
---
//- people.csv
name,kind,title,of,from
Ines Quist,person,Mayor,Norwick,2015-04-01
",
    );
    let output = dateline(root.path(), &["import", "people.csv", "--to", "book"]);
    assert_eq!(output.status.code(), Some(0));
    let book = root.path().join("book");
    assert!(!book.join("content/entities/ines-quist.md").exists());
    let told = remarks(&book).into_iter().find(|it| it.1 == "in-the-way").unwrap();
    assert_eq!(
        told.2,
        "content/entities/people/ines-quist.md lacks: roles: ⏎ - {title: Mayor, of: Norwick, from: 2015-04-01}"
    );
}

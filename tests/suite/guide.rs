//! The guide for developers, held against the code: what it names is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

/// Names of the standard library and of other crates, which the guide may use.
const FOREIGN: &[&str] = &["Deref", "Option", "PartialEq", "Result", "Serialize", "Vec"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages of the guide, each with its name.
fn guide() -> Vec<(String, String)> {
    let files = fs::read_dir(root().join("docs/dev")).unwrap();
    let pages = files.map(|it| it.unwrap().path());
    pages
        .map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap()))
        .collect()
}

/// The code of the project, file by file.
fn code() -> Vec<(String, String)> {
    let files =
        ["src", "tests", "benches"].iter().flat_map(|it| WalkDir::new(root().join(it)));
    files
        .map(Result::unwrap)
        .filter(|it| it.path().extension().is_some_and(|it| it == "rs"))
        .map(|it| {
            let path = it.path().strip_prefix(root()).unwrap();
            (path.display().to_string(), fs::read_to_string(it.path()).unwrap())
        })
        .collect()
}

/// What stands between backquotes on one line, outside of blocks of code.
fn spans(text: &str) -> Vec<&str> {
    let prose = text.split("```").step_by(2);
    prose
        .flat_map(str::lines)
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .collect()
}

/// The word that a declaration gives to what it declares: `Page` in `pub struct Page {`.
fn declared<'a>(line: &'a str, keywords: &[&str]) -> Option<&'a str> {
    let line = line.trim_start();
    let line = ["pub(crate) ", "pub(super) ", "pub "]
        .iter()
        .find_map(|it| line.strip_prefix(it))
        .unwrap_or(line);
    let rest = keywords.iter().find_map(|it| line.strip_prefix(&format!("{it} ")))?;
    let end =
        rest.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(rest.len());
    Some(&rest[..end])
}

fn all_declared(code: &[(String, String)], keywords: &[&str]) -> BTreeSet<String> {
    let lines = code.iter().flat_map(|(_, text)| text.lines());
    lines.filter_map(|it| declared(it, keywords)).map(str::to_owned).collect()
}

#[test]
fn every_file_that_the_guide_names_is_there() {
    let mut n_named = 0;
    for (page, text) in guide() {
        for span in spans(&text) {
            let is_path =
                ["src/", "tests/", "docs/", "data/", "benches/", "templates/", ".ci/"]
                    .iter()
                    .any(|it| span.starts_with(it));
            if is_path && !span.contains(['*', '{', ' ']) && span != span.to_uppercase() {
                n_named += 1;
                let path = span.split("::").next().unwrap();
                assert!(root().join(path).exists(), "{page} names {span}");
            }
        }
        for link in text.split("](").skip(1) {
            let to = link.split([')', '#']).next().unwrap();
            if !to.is_empty() && !to.contains("://") {
                let there = root().join("docs/dev").join(to).exists();
                assert!(there, "{page} leads to {to}");
            }
        }
    }
    assert!(n_named > 20, "the guide names files: {n_named}");
}

#[test]
fn every_type_and_function_that_the_guide_names_is_there() {
    let code = code();
    let types = all_declared(&code, &["struct", "enum", "trait", "type"]);
    let functions = all_declared(&code, &["fn", "mod", "const", "static"]);
    let mut n_named = 0;
    for (page, text) in guide() {
        for span in spans(&text) {
            let letters = span.chars().all(|it| it.is_ascii_alphanumeric() || it == '_');
            if !letters {
                continue;
            }
            let is_type = span.starts_with(|it: char| it.is_ascii_uppercase())
                && span.contains(|it: char| it.is_ascii_lowercase());
            let is_function = span.contains('_') && span == span.to_lowercase();
            if is_type && !FOREIGN.contains(&span) {
                n_named += 1;
                assert!(types.contains(span), "{page} names the type {span}");
            }
            if is_function && !span.starts_with("n_") && !span.ends_with("_idx") {
                n_named += 1;
                assert!(functions.contains(span), "{page} names {span}");
            }
        }
    }
    assert!(n_named > 8, "the guide names types and functions: {n_named}");
}

#[test]
fn a_word_that_a_room_owns_names_no_type_elsewhere() {
    let words = fs::read_to_string(root().join("docs/dev/words.md")).unwrap();
    let (_, table) = words.split_once("## Whose word it is").unwrap();
    let rows = table.lines().filter_map(|line| {
        let (words, room) = line.strip_prefix("| ")?.split_once(" | ")?;
        let room = room.trim_end_matches(" |").trim_matches('`').strip_suffix(".rs")?;
        Some((words.split(", ").collect::<Vec<_>>(), room.to_owned()))
    });
    let rows: Vec<_> = rows.collect();
    assert!(rows.len() > 5, "the table is read: {rows:?}");
    let mut strays: Vec<String> = Vec::new();
    for (file, text) in code() {
        let shows = ["src/render/view", "src/export/", "src/schema"];
        if !file.starts_with("src/") || shows.iter().any(|it| file.starts_with(it)) {
            continue;
        }
        let types =
            text.lines().filter_map(|it| declared(it, &["struct", "enum", "trait"]));
        for name in types.filter(|it| !it.ends_with("View")) {
            for (words, room) in &rows {
                let owns = |word: &&&str| {
                    name.match_indices(**word).any(|(at, _)| {
                        let after = name[at + word.len()..].chars().next();
                        after.is_none_or(|it| !it.is_ascii_lowercase() || it == 's')
                    })
                };
                if let Some(word) = words.iter().find(owns) {
                    let is_home = file
                        .strip_prefix(room.as_str())
                        .is_some_and(|rest| rest == ".rs" || rest.starts_with('/'));
                    if !is_home {
                        strays.push(format!("`{word}` is of {room}; {file} has {name}"));
                    }
                }
            }
        }
    }
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}

//! What is added to the program stands in each place where somebody looks for it. Where the
//! compiler cannot ask, a test here does.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::fs;
use std::path::Path;

use dateline::diagnostic::Rule;
use dateline::export::export;
use dateline::parse::annotation::Kind;
use dateline::render::Rendered;
use dateline::schema::SchemaOf;
use serde_json::Value;
use walkdir::WalkDir;

use crate::sample::sample;

/// Where the kinds of annotations are listed.
pub(crate) const ANNOTATION: &str = include_str!("../../src/parse/annotation.rs");

/// The names of the variants of an enum, from where they are listed.
pub(crate) fn variants<'a>(source: &'a str, of: &str) -> Vec<&'a str> {
    let (_, from) = source.split_once(&format!("pub enum {of} {{\n")).unwrap();
    let (list, _) = from.split_once("\n}\n").unwrap();
    let lines = list.lines().filter_map(|it| it.strip_prefix("    "));
    let lines = lines.filter(|it| it.starts_with(|c: char| c.is_ascii_uppercase()));
    lines.map(|it| it.split(['(', ',', ' ']).next().unwrap()).collect()
}

/// The name of the variant that a value is.
pub(crate) fn name(value: &impl Debug) -> String {
    format!("{value:?}").split(['(', ' ']).next().unwrap().to_owned()
}

/// The words that begin the footnotes of each kind.
pub(crate) fn words_of_annotations() -> Vec<String> {
    let kinds = variants(ANNOTATION, "Kind").into_iter().filter(|it| *it != "Plain");
    kinds.map(str::to_lowercase).collect()
}

fn file(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The files of a folder with an ending, each with its path and its text.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let all = WalkDir::new(root.join(folder)).into_iter().map(Result::unwrap);
    let wanted = all.filter(|it| it.path().extension().is_some_and(|it| it == ending));
    let text = |it: walkdir::DirEntry| {
        (it.path().display().to_string(), fs::read_to_string(it.path()).unwrap())
    };
    wanted.map(text).collect()
}

/// The records of the export that tell of an annotation; none for one that only stands
/// beside its words.
fn records(kind: &Kind) -> &'static [&'static str] {
    match kind {
        Kind::Claim(_) => &["claim", "stance", "finding"],
        Kind::Quote(_) => &["quote"],
        Kind::Event(_) => &["event"],
        Kind::Source(_) | Kind::Note { .. } | Kind::Correction { .. } | Kind::Plain => {
            &[]
        }
    }
}

#[test]
fn each_kind_of_annotation_is_in_the_export_and_in_the_manual() {
    let edition = &sample().built.edition;
    let mut exported = BTreeSet::new();
    let take = |record: &dateline::export::records::Record<'_>| {
        let record = serde_json::to_value(record).unwrap();
        exported.insert(record["record"].as_str().unwrap().to_owned());
        Ok::<(), String>(())
    };
    export(edition, take).unwrap();
    for brief in &edition.briefs {
        for annotation in &brief.brief.document.body.annotations {
            for record in records(&annotation.kind) {
                assert!(exported.contains(*record), "no {record} in the export");
            }
        }
    }
    let (content, readme) = (file("docs/content.md"), file("README.md"));
    for word in words_of_annotations() {
        assert!(content.contains(&format!("\n| `{word}:")), "docs/content.md: {word}");
        assert!(readme.contains(&format!("`{word}:`")), "README.md: {word}");
    }
}

/// What the theme leaves to the templates of books.
const LEFT_TO_BOOKS: &[&str] = &["n_claims", "extra"];

#[test]
fn each_field_of_a_view_is_read_by_a_template() {
    let templates: String =
        files("templates", "html").into_iter().map(|(_, text)| text).collect();
    let is_end = |c: char| !c.is_ascii_alphanumeric() && c != '_';
    let read: BTreeSet<&str> =
        templates.split('.').skip(1).filter_map(|it| it.split(is_end).next()).collect();
    let views = file("src/render/view.rs");
    let fields = views.lines().filter_map(|it| it.strip_prefix("    pub "));
    for field in fields.filter_map(|it| it.split(':').next()) {
        let is_read = read.contains(field) || LEFT_TO_BOOKS.contains(&field);
        assert!(is_read, "no template of the theme reads `{field}`");
    }
}

/// The keys of a schema's table and of the tables in it, each with the table it is in.
fn keys(root: &Value, schema: &Value, at: &str, found: &mut Vec<(String, String)>) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.strip_prefix("#/$defs/").unwrap();
        return keys(root, &root["$defs"][name], at, found);
    }
    for choice in schema["anyOf"].as_array().into_iter().flatten() {
        keys(root, choice, at, found);
    }
    // These have rules for keys, which have a manual of their own.
    if at == "rules" || at == "names.rules" {
        return;
    }
    for (key, schema) in schema["properties"].as_object().into_iter().flatten() {
        found.push((at.to_owned(), key.clone()));
        let within = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
        keys(root, schema, &within, found);
    }
}

#[test]
fn each_key_is_in_the_manual() {
    let manual = file("docs/content.md");
    for (of, head) in [
        (SchemaOf::Brief, "Briefs"),
        (SchemaOf::Entity, "Entities"),
        (SchemaOf::Storyline, "Storylines and pages"),
        (SchemaOf::Page, "Storylines and pages"),
        (SchemaOf::Claim, "Claims"),
    ] {
        let (_, section) = manual.split_once(&format!("\n## {head}\n")).unwrap();
        let section = section.split("\n## ").next().unwrap();
        for key in of.schema()["properties"].as_object().unwrap().keys() {
            let is_told = section.contains(&format!("`{key}`"));
            assert!(is_told, "docs/content.md says nothing of `{key}` under {head}");
        }
    }
    let manual = file("docs/settings.md");
    let rows = manual.lines().filter(|it| it.starts_with('|'));
    let told: Vec<&str> = rows.filter_map(|it| it.split('|').nth(2)).collect();
    let (schema, mut found) = (SchemaOf::Book.schema(), Vec::new());
    keys(&schema, &schema, "", &mut found);
    for (at, key) in found {
        let table = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
        let is_told = told.iter().any(|it| it.contains(&format!("`{key}`")))
            || manual.contains(&format!("`[{table}"))
            || manual.contains(&format!("`[[{table}]]`"));
        assert!(is_told, "docs/settings.md says nothing of `{key}` under `[{at}]`");
    }
}

#[test]
fn each_rule_is_said_and_has_a_test() {
    let code = files("src", "rs");
    let (mut program, mut tests) = (String::new(), String::new());
    for (path, text) in &code {
        let (own, of_tests) = text.split_once("#[cfg(test)]").unwrap_or((text, ""));
        let is_of_tests = path.ends_with("tests.rs");
        tests.push_str(if is_of_tests { text } else { of_tests });
        program.push_str(if is_of_tests { "" } else { own });
    }
    tests.extend(files("tests", "rs").into_iter().map(|(_, text)| text));
    for rule in Rule::ALL {
        let (variant, word) = (format!("Rule::{rule:?}"), rule.name());
        assert!(program.contains(&variant), "nothing says `{word}`");
        let is_tested = tests.contains(&format!("[{word}]"))
            || tests.contains(&format!("{word} "))
            || tests.contains(&format!("\"{word}\""))
            || tests.contains(&variant);
        assert!(is_tested, "no test sees `{word}`");
    }
}

/// Where a link leads from a page, as the path of a page; `None` for one out of the site.
fn leads_to(page: &str, href: &str) -> Option<String> {
    let href = href.split(['#', '?']).next().unwrap();
    if href.is_empty() || href.contains(':') {
        return None;
    }
    let mut folders: Vec<&str> = page.split('/').collect();
    folders.pop();
    for part in href.split('/') {
        match part {
            ".." => drop(folders.pop()),
            "." => {}
            part => folders.push(part),
        }
    }
    if matches!(href.rsplit('/').next(), Some("" | "." | "..")) {
        folders.retain(|it| !it.is_empty());
        folders.push("index.html");
    }
    Some(folders.join("/"))
}

#[test]
fn each_page_that_search_engines_are_told_of_is_one_that_readers_come_to() {
    let site = sample();
    let mut reached = BTreeSet::new();
    let pages = site.built.outline.iter().filter(|it| it.path.ends_with(".html"));
    for page in pages.clone() {
        let Ok(Rendered::Bytes(bytes)) = site.render(page) else { continue };
        let html = String::from_utf8(bytes).unwrap();
        let links = html.split("<a ").skip(1).filter_map(|it| it.split('>').next());
        let links = links.filter_map(|it| it.split("href=\"").nth(1)?.split('"').next());
        let others = links.filter_map(|it| leads_to(&page.path, it));
        reached.extend(others.filter(|it| **it != *page.path));
    }
    for page in pages.filter(|it| it.kind.is_listed()) {
        assert!(reached.contains(&*page.path), "no page leads to {}", page.path);
    }
}

//! What the root of the repository promises: it is the sample book and the default theme.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use dateline::Built;
use dateline::disk::read;
use dateline::input::Wanted;
use dateline::site::Site;

use crate::complete::{ANNOTATION, name, variants};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn sample() -> Site {
    let now = "2025-12-01T00:00:00Z".parse().unwrap();
    let inputs = read(root(), Wanted::published(now)).unwrap();
    Site::of(inputs, &Built::default())
}

#[test]
fn the_sample_book_has_no_diagnostics() {
    assert_eq!(sample().report.diagnostics(), []);
}

#[test]
fn the_sample_book_shows_every_kind_of_thing() {
    let site = sample();
    let edition = &site.built.edition;
    assert!((10..=15).contains(&edition.briefs.len()), "{} briefs", edition.briefs.len());
    assert!(edition.entities.len() >= 25 && edition.storylines.len() == 2);
    let kinds: BTreeSet<_> =
        edition.entities.iter().map(|it| it.entity.front.kind.word()).collect();
    assert_eq!(kinds.len(), 7, "{kinds:?}");
    let annotations =
        edition.briefs.iter().flat_map(|it| &it.brief.document.body.annotations);
    let annotations: BTreeSet<_> = annotations.map(|it| name(&it.kind)).collect();
    for kind in variants(ANNOTATION, "Kind") {
        assert!(annotations.contains(kind), "no {kind} among {annotations:?}");
    }
}

#[test]
fn the_theme_is_exactly_the_folder_of_templates() {
    let compiled: BTreeSet<String> =
        dateline::theme::templates().map(|(name, _)| name.to_owned()).collect();
    let there: BTreeSet<String> = std::fs::read_dir(root().join("templates"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(compiled, there);
    for path in dateline::theme::assets() {
        let file = std::fs::read(root().join("static").join(path)).unwrap();
        assert_eq!(dateline::theme::asset(path), Some(&*file), "{path}");
    }
}

#[test]
fn the_stylesheet_is_small() {
    assert!(dateline::theme::asset("dateline.css").unwrap().len() <= 24 * 1024);
}

/// The struct of `src/render/view.rs` as sections of the manual: name, sentence, fields.
fn views() -> String {
    let source = include_str!("../../src/render/view.rs");
    let (mut manual, mut words) = (String::new(), Vec::new());
    for line in source.lines().map(str::trim) {
        if let Some(doc) = line.strip_prefix("///") {
            words.push(doc.trim());
            continue;
        }
        let sentence = words.join(" ").replace("[`", "`").replace("`]", "`");
        if let Some(name) = line.strip_prefix("pub struct ") {
            let name = name.trim_end_matches(" {");
            write!(manual, "\n## {name}\n\n{sentence}\n\n").unwrap();
            manual.push_str("| field | type | meaning |\n|---|---|---|\n");
        } else if let Some((field, kind)) = line
            .strip_prefix("pub ")
            .and_then(|it| it.strip_suffix(',')?.split_once(": "))
        {
            let sentence = sentence.replace('|', "\\|");
            writeln!(manual, "| `{field}` | `{kind}` | {sentence} |").unwrap();
        } else if line.starts_with("#[") {
            continue;
        }
        words.clear();
    }
    manual
}

#[test]
fn the_manual_of_templates_lists_every_field_of_every_view() {
    let path = root().join("docs/templates.md");
    let manual = std::fs::read_to_string(&path).unwrap();
    let head = manual.split_once("\n## ").unwrap().0;
    let expected = format!("{head}{}", views());
    if std::env::var_os("SNAPSHOTS").is_some_and(|it| it == "overwrite") {
        std::fs::write(&path, &expected).unwrap();
    } else {
        let first =
            manual.lines().zip(expected.lines()).find(|(is, should)| is != should);
        assert!(manual == expected, "run with SNAPSHOTS=overwrite; the first: {first:?}");
    }
}

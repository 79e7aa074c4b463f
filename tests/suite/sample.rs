//! What the root of the repository promises: it is the sample book and the default theme.

use std::collections::BTreeSet;
use std::path::Path;

use dateline::disk::{ReadOptions, read};
use dateline::{Build, build};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn built() -> Build {
    let now = "2025-12-01T00:00:00Z".parse().unwrap();
    let inputs =
        read(root(), &ReadOptions { drafts: false, future: false, now }).unwrap();
    build(&inputs, &Build::default())
}

#[test]
fn the_sample_book_has_no_diagnostics() {
    assert_eq!(built().diagnostics, []);
}

#[test]
fn the_sample_book_shows_every_kind_of_thing() {
    let edition = built().edition;
    assert!((10..=14).contains(&edition.briefs.len()), "{} briefs", edition.briefs.len());
    assert!(edition.entities.len() >= 25 && edition.storylines.len() == 2);
    let kinds: BTreeSet<_> =
        edition.entities.iter().map(|it| it.entity.front.kind.word()).collect();
    assert_eq!(kinds.len(), 7, "{kinds:?}");
    let annotations =
        edition.briefs.iter().flat_map(|it| &it.brief.document.body.annotations);
    let annotations: BTreeSet<_> = annotations.map(|it| it.kind.word()).collect();
    let expected = ["claim", "correction", "event", "footnote", "quote", "source"];
    assert!(expected.iter().all(|it| annotations.contains(it)), "{annotations:?}");
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
    assert!(dateline::theme::asset("dateline.css").unwrap().len() <= 20 * 1024);
}

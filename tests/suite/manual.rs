//! The examples of the manual are what the program takes.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::book::{book, said};
use crate::complete::words_of_annotations;

/// What stands in the blocks of Markdown of a page.
fn examples(page: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(page);
    let text = fs::read_to_string(path).unwrap();
    let blocks = text.split("```markdown\n").skip(1);
    blocks.map(|it| it.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_manual_has_five_footnotes_of_each_kind_and_nothing_is_wrong_with_them() {
    let examples = examples("footnotes.md");
    let count =
        |start: &str| examples.iter().map(|it| it.matches(start).count()).sum::<usize>();
    for kind in words_of_annotations() {
        // Two of the notes have no heading, and so no word.
        let expected = if kind == "note" { 3 } else { 5 };
        assert_eq!(count(&format!("]:\n    {kind}: ")), expected, "{kind}");
    }
    let mut files = "//- book.toml\n[book]\ntitle = 'The Norwick Desk'\n".to_owned();
    for (name, kind) in
        [("Ada Holm", "person"), ("Ines Quist", "person"), ("Norwick", "place")]
    {
        let slug = name.to_lowercase().replace(' ', "-");
        write!(
            files,
            "//- content/entities/{slug}.md\n---\nname: {name}\nkind: {kind}\n---\n"
        )
        .unwrap();
    }
    for (n, example) in examples.iter().enumerate() {
        let path = format!("content/briefs/{n}.md");
        write!(
            files,
            "//- {path}\n---\ntitle: Brief {n}\ndate: 2025-03-2{n}\n---\n{example}\n"
        )
        .unwrap();
    }
    assert_eq!(said(&book(&files)), "");
}

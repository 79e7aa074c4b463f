//! What each target does with any bytes. None may panic, and what is said of a text must be
//! said of a place in it.

use std::io::Cursor;

use dateline::date::PartialDate;
use dateline::disk::Writer;
use dateline::input::{Content, Inputs};
use dateline::link::dates::{self, DateContext};
use dateline::parse::config::{Config, DateOrder};
use dateline::pictures;
use dateline::site::Site;

/// A book of one brief, rendered whole.
pub fn brief(text: &str) {
    book(&[("content/briefs/2025-08-08-a.md", text)]);
}

/// Front matter of every kind of text.
pub fn front_matter(front: &str) {
    let text = format!("---\n{front}\n---\nWords of Ada Holm.\n");
    book(&[
        ("content/briefs/2025-08-08-a.md", &text),
        ("content/entities/a.md", &text),
        ("content/storylines/a.md", &text),
        ("content/claims/a.md", &text),
        ("content/pages/a.md", &text),
    ]);
}

/// The text of a brief, HTML left out or cleaned.
pub fn markdown(body: &str) {
    let text = format!("---\ntitle: A\ndate: 2025-08-08\n---\n{body}");
    for raw_html in ["drop", "sanitize"] {
        let settings = format!("[text]\nraw-html = '{raw_html}'\n");
        book(&[("book.toml", &settings), ("content/briefs/a.md", &text)]);
    }
}

/// A footnote with fields.
pub fn annotation(note: &str) {
    let note: String = note.lines().map(|line| format!("    {line}\n")).collect();
    brief(&format!("---\ntitle: A\ndate: 2025-08-08\n---\nHe [said so][^a].\n\n[^a]:\n{note}"));
}

/// Dates in a text and on their own.
pub fn dates(text: &str) {
    for order in [DateOrder::DayMonth, DateOrder::MonthDay, DateOrder::Unsettled] {
        let day = "2025-08-08".parse().ok();
        let found = dates::find(text, &DateContext { day, order, language: "en" });
        for date in found.found {
            assert!(text.get(date.start as usize..date.end as usize).is_some());
        }
    }
    let _ = PartialDate::parse(text);
}

/// Names in a text: the first line is the name of an entity, the second an alias.
pub fn names(text: &str) {
    let mut lines = text.splitn(3, '\n');
    let (name, alias) = (lines.next().unwrap_or(""), lines.next().unwrap_or(""));
    let (name, alias) = (name.replace('\'', "''"), alias.replace('\'', "''"));
    let entity = format!("---\nname: '{name}'\nkind: person\naliases: ['{alias}']\n---\n");
    let body = lines.next().unwrap_or("");
    let text = format!("---\ntitle: A\ndate: 2025-08-08\n---\n{body}");
    book(&[("content/entities/a.md", &entity), ("content/briefs/a.md", &text)]);
}

/// `book.toml`.
pub fn settings(toml: &str) {
    for said in Config::parse(toml).diagnostics {
        assert!(toml.get(said.span.stretch.range()).is_some(), "{said:?}");
    }
    book(&[("book.toml", toml), ("content/pages/a.md", "---\ntitle: A\n---\n")]);
}

/// The list of what a build made, in an output that is written to.
pub fn manifest(list: &[u8]) {
    let Ok(folder) = tempfile::tempdir() else { return };
    let output = folder.path().join("public");
    let outside = folder.path().join("mine.txt");
    let written = std::fs::create_dir(&output)
        .and_then(|()| std::fs::write(&outside, "mine"))
        .and_then(|()| std::fs::write(output.join("dateline-manifest.txt"), list));
    if written.is_err() {
        return;
    }
    if let Ok(writer) = Writer::open(&output, folder.path(), &[]) {
        drop(writer.put("a/index.html", b"a"));
        drop(writer.finish());
    }
    assert_eq!(std::fs::read(outside).ok().as_deref(), Some(&b"mine"[..]));
}

/// What pictures tell, and pictures without it: what is cut has nothing left to cut.
pub fn picture(bytes: &[u8]) {
    drop(pictures::traces(&mut Cursor::new(bytes)));
    if let Some(cut) = pictures::without_metadata(bytes) {
        drop(pictures::traces(&mut Cursor::new(&cut)));
    }
}

/// Builds a book of these files and renders every page.
fn book(files: &[(&str, &str)]) {
    let now = jiff::Timestamp::from_second(1_756_000_000).expect("it is a time");
    let mut inputs = Inputs::empty(now);
    inputs.insert("book.toml", "[output.html]\nsite-url = 'https://a.example/r/'\n");
    for (path, text) in files {
        inputs.insert(path, text);
    }
    let site = Site::of(inputs, &dateline::Built::default());
    for said in site.report.diagnostics() {
        if let Some(Content::Text(text)) = site.inputs.files.get(&said.span.path) {
            assert!(text.get(said.span.stretch.range()).is_some(), "{said:?}");
        }
    }
    for page in site.built.outline.iter() {
        drop(site.render(page));
    }
}

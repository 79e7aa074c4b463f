//! A thousand random saves, renames and deletions: after each, every page that is served is
//! the one that a clean build makes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dateline::Built;
use dateline::disk::read;
use dateline::input::Wanted;
use dateline::render::Rendered;
use dateline::site::Site;

use crate::serve::{Edits, Preview};

/// How many previews are edited at once, each with its own book and its own chance: most of
/// the time passes in waiting for the watcher.
const PREVIEWS: u64 = 8;
const EDITS: usize = 125;

const BOOK: [(&str, &str); 7] = [
    ("book.toml", "[book]\ntitle = 'Test'\n"),
    (
        "content/briefs/one.md",
        "---\ntitle: One\ndate: 2025-08-07\ntags: [a]\n---\nMexico.\n",
    ),
    (
        "content/briefs/two.md",
        "---\ntitle: Two\ndate: 2025-08-08\nstorylines: [tale]\n---\nMexico [said][^a] no.\n\n[^a]:\n    claim: Mexico agreed.\n    denied-by: Mexico\n",
    ),
    ("content/entities/mexico.md", "---\nname: Mexico\nkind: place\n---\nSee [[One]].\n"),
    ("content/storylines/tale.md", "---\ntitle: Tale\n---\nOf Mexico.\n"),
    ("templates/redirect.html", "<p>{{ view.to.label }}</p>\n"),
    ("static/a.txt", "a"),
];

#[test]
fn after_every_edit_the_served_pages_are_those_of_a_clean_build() {
    let seeds: Vec<u64> = (1..=PREVIEWS).collect();
    std::thread::scope(|scope| {
        for seed in &seeds {
            scope.spawn(move || edited(seed * 7_919));
        }
    });
}

/// Edits one book and looks at all its pages after each edit.
fn edited(seed: u64) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    for (path, text) in BOOK {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let preview = Preview::of(&root);
    let mut edits = Edits { seed, root: root.clone() };
    let mut shown = clean(&root).unwrap();
    let mut n_good = 0;
    for step in 0..EDITS {
        let before = files(&root);
        let paths = edits.next();
        if let Some(pages) = clean(&root) {
            compare(
                &preview,
                &shown,
                &pages,
                &format!("seed {seed}, step {step}: {paths:?}"),
            );
            shown = pages;
            n_good += 1;
        } else {
            // The last good pages stay until the edit is taken back.
            compare(&preview, &shown, &shown, &format!("seed {seed}, error {step}"));
            restore(&root, &before);
            // The old pages say nothing of whether the preview has seen that; a new one does.
            let text = format!("---\ntitle: Mended {step}\n---\n");
            fs::create_dir_all(root.join("content/pages")).unwrap();
            fs::write(root.join("content/pages/mended.md"), text).unwrap();
            let pages = clean(&root).unwrap();
            compare(&preview, &shown, &pages, &format!("seed {seed}, mended {step}"));
            shown = pages;
        }
    }
    assert!(n_good > EDITS / 2, "{n_good} of {EDITS} edits left a whole book");
}

/// Every page of a clean build; `None` if the book has errors.
fn clean(root: &Path) -> Option<BTreeMap<String, Vec<u8>>> {
    let now = "2025-12-01T00:00:00Z".parse().unwrap();
    let inputs = read(root, Wanted::published(now)).ok()?;
    let site = Site::of(inputs, &Built::default());
    if site.report.has_errors() {
        return None;
    }
    let mut pages = BTreeMap::new();
    for page in site.built.outline.iter() {
        let path = page.path.to_string();
        match site.render(page) {
            Ok(Rendered::Bytes(bytes)) => pages.insert(path, bytes),
            Ok(Rendered::Asset(file)) => {
                pages.insert(path, fs::read(root.join("static").join(file)).unwrap())
            }
            Err(_) => return None,
        };
    }
    Some(pages)
}

/// Waits until each page is the new one, and sees that those that went are gone.
fn compare(
    preview: &Preview,
    old: &BTreeMap<String, Vec<u8>>,
    new: &BTreeMap<String, Vec<u8>>,
    edit: &str,
) {
    let mut waiting: Vec<&String> = new.keys().collect();
    let gone = old.keys().filter(|path| !new.contains_key(*path));
    waiting.extend(gone.filter(|path| *path != "index.html"));
    let is_right = |path: &String| {
        let answer = preview.get(&format!("{}{path}", preview.base), "");
        match new.get(path) {
            Some(bytes) => answer.status == 200 && answer.published() == *bytes,
            None => answer.status == 404,
        }
    };
    let started = Instant::now();
    loop {
        waiting.retain(|path| !is_right(path));
        if waiting.is_empty() {
            return;
        }
        assert!(started.elapsed() < Duration::from_secs(30), "{edit}: {waiting:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The files of a book.
fn files(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let all = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap);
    let files =
        all.filter(|it| it.file_type().is_file()).map(walkdir::DirEntry::into_path);
    files.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

/// Makes the files what they were.
fn restore(root: &Path, before: &BTreeMap<PathBuf, Vec<u8>>) {
    let now = files(root);
    for path in now.keys().filter(|path| !before.contains_key(*path)) {
        fs::remove_file(path).unwrap();
    }
    for (path, bytes) in
        before.iter().filter(|(path, bytes)| now.get(*path) != Some(*bytes))
    {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

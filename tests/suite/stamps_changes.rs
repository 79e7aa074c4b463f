//! Whatever changes, in the book, in its site, or by the clock: a build with a stamp makes
//! what a build from nothing makes.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use proptest::prelude::*;

use crate::stamps::{Book, NOON, PAGE, tree};

const HOUR: i64 = 3600;

#[test]
fn a_site_that_was_touched_by_hand_is_mended() {
    type Touch = fn(&Path);
    let touches: [(&str, Touch); 9] = [
        ("a letter", |it| {
            let mut bytes = fs::read(it).unwrap();
            let last = bytes.len() - 1;
            bytes[last] ^= 1;
            fs::write(it, bytes).unwrap();
        }),
        ("all of it", |it| fs::write(it, "").unwrap()),
        ("more at its end", |it| {
            fs::write(it, [fs::read(it).unwrap(), vec![b' ']].concat()).unwrap();
        }),
        ("its place", |it| fs::remove_file(it).unwrap()),
        ("its folder", |it| {
            fs::remove_file(it).unwrap();
            let _ = fs::remove_dir(it.parent().unwrap());
        }),
        ("a link to its like", |it| {
            let public = it.ancestors().find(|it| it.ends_with("public")).unwrap();
            let aside = public.with_file_name("aside");
            fs::rename(it, &aside).unwrap();
            symlink(&aside, it).unwrap();
        }),
        ("a link to nowhere", |it| {
            fs::remove_file(it).unwrap();
            symlink("nowhere", it).unwrap();
        }),
        ("an empty folder in its place", |it| {
            fs::remove_file(it).unwrap();
            fs::create_dir(it).unwrap();
        }),
        ("a pipe in its place", |it| {
            fs::remove_file(it).unwrap();
            assert!(Command::new("mkfifo").arg(it).status().unwrap().success());
        }),
    ];
    for path in [PAGE, "zz.txt"] {
        let book = Book::built();
        for (what, touch) in touches {
            let file = book.at("public").join(path);
            let modified = fs::metadata(&file).unwrap().modified().unwrap();
            touch(&file);
            // As a tool does that keeps times.
            if fs::symlink_metadata(&file).is_ok_and(|it| it.is_file()) {
                let file = fs::File::options().append(true).open(&file).unwrap();
                file.set_modified(modified).unwrap();
            }
            book.must_build(&format!("{what} changed: {path}"));
        }
    }
    let book = Book::built();
    let (one, other) = (book.at("public").join(PAGE), book.at("public/index.html"));
    fs::rename(&one, book.at("aside")).unwrap();
    fs::rename(&other, &one).unwrap();
    fs::rename(book.at("aside"), &other).unwrap();
    book.must_build("two pages changed places");
    let manifest = book.read("public/dateline-manifest.txt");
    book.put("public/dateline-manifest.txt", &manifest.replace(&format!("{PAGE}\n"), ""));
    book.must_build("a page went from the list");
    book.put("public/dateline-manifest.txt", &format!("{manifest}zzz.html\n"));
    book.put("public/zzz.html", "of a page that is gone");
    book.must_build("a page of before came on the list");
    fs::remove_dir_all(book.at("public")).unwrap();
    book.must_build("the site went and its stamp stayed");
}

#[test]
fn whatever_a_page_depends_on_is_seen() {
    let book = Book::built();
    let same_time = |path: &str, text: &str| {
        let path = book.at(path);
        let before = fs::metadata(&path).unwrap();
        fs::write(&path, text).unwrap();
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(before.modified().unwrap()).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().len(), before.len());
    };
    same_time("static/zz.txt", "COPIED");
    book.must_build("a file of static/ of the same size and time");
    same_time("content/briefs/a.md", "---\ntitle: B\ndate: 2025-08-08\n---\nMexico.\n");
    book.must_build("a brief of the same size and time");
    let gif = |width: u8| format!("GIF89a{}\0\x10\0\0\0\0", char::from(width));
    let picture = "---\ntitle: B\ndate: 2025-08-08\nimage: {file: p.gif, alt: P}\n---\n";
    book.put("static/p.gif", &gif(16));
    book.put("content/briefs/a.md", picture);
    book.must_build("a picture");
    let page = || book.read("public/2025/08/08/a/index.html");
    assert!(page().contains("width=\"16\""));
    same_time("static/p.gif", &gif(32));
    book.must_build("a picture of another width");
    assert!(page().contains("width=\"32\""));
    let edits = [
        ("book.toml", "[book]\ntitle = 'New'\n"),
        ("templates/404.html", "Gone from {{ site.title }}.\n"),
        ("templates/404.html", "Gone for ever.\n"),
        ("static/more.txt", ""),
        ("static/dateline.css", "p { color: red }\n"),
        ("content/entities/mexico.md", "---\nname: Mexiko\nkind: place\n---\n"),
        ("content/pages/about.md", "---\ntitle: About\n---\n"),
        ("content/briefs/d.md", "---\ntitle: D\ndate: 2025-08-09\ndraft: true\n---\n"),
    ];
    for (path, text) in edits {
        book.put(path, text);
        book.must_build(path);
    }
    for args in [&["--drafts"][..], &["--drafts", "--future"], &["--future"], &[]] {
        book.must_build_with(args, &format!("{args:?}"));
    }
    for (path, _) in edits.iter().skip(1) {
        let _ = fs::remove_file(book.at(path));
        book.must_build(&format!("{path} went"));
    }
}

#[test]
fn the_time_is_seen_when_it_decides_something_and_only_then() {
    let mut book = Book::new();
    for (slug, front) in [
        ("news", "date: 2025-08-20T11:00:00Z"),
        ("secret", "date: 2025-08-20\nembargo: 2025-08-20T15:00:00Z"),
        ("brief", "date: 2025-08-19\nexpires: 2025-08-20T18:00:00Z"),
    ] {
        let text = format!("---\ntitle: {slug}\n{front}\n---\n");
        book.put(&format!("content/briefs/{slug}.md"), &text);
    }
    let roles = "roles: [{title: Host, from: 2025-08-22}]";
    let host = format!("---\nname: Mexico\nkind: place\n{roles}\n---\n");
    book.put("content/entities/mexico.md", &host);
    let mut stamps = Vec::new();
    for (hours, what) in [
        (0, "noon"),
        (2, "two, when nothing happens"),
        (3, "three, when an embargo ends"),
        (6, "six, when a brief expires"),
        (13, "the next day"),
        (46, "two days later, when a role begins"),
        (47, "an hour later, when news is no news any more"),
        (0, "noon once more"),
    ] {
        book.now = NOON + hours * HOUR;
        book.must_build(what);
        stamps.push((what, book.read(".public.stamp")));
        if hours > 0 {
            book.must_build_with(&["--future"], what);
            book.must_build(what);
        }
    }
    let equal: Vec<&str> = stamps
        .windows(2)
        .filter(|two| two[0].1 == two[1].1)
        .map(|two| two[1].0)
        .collect();
    assert_eq!(equal, ["two, when nothing happens"]);
}

/// Something that happens to a book or to its site.
#[derive(Clone, Debug)]
enum Event {
    Brief(u8, u8),
    NoBrief(u8),
    Static(u8, u8),
    Template(u8),
    Hour(u8),
    Build,
    Draft,
    /// A file of the site, by its position, gets other bytes or goes.
    Page(prop::sample::Index, Option<u8>),
    /// A stamp of before is put back.
    OldStamp(prop::sample::Index),
}

fn event() -> impl Strategy<Value = Event> {
    let page = (any::<prop::sample::Index>(), prop::option::of(0..3_u8));
    prop_oneof![
        (0..3_u8, 0..3_u8).prop_map(|(at, text)| Event::Brief(at, text)),
        (0..3_u8).prop_map(Event::NoBrief),
        (0..2_u8, 0..3_u8).prop_map(|(at, text)| Event::Static(at, text)),
        (0..3_u8).prop_map(Event::Template),
        (0..4_u8).prop_map(Event::Hour),
        Just(Event::Build),
        Just(Event::Draft),
        page.prop_map(|(at, bytes)| Event::Page(at, bytes)),
        any::<prop::sample::Index>().prop_map(Event::OldStamp),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, failure_persistence: None, ..ProptestConfig::default() })]

    /// Few values, so that the book is often again as it was.
    #[test]
    fn whatever_happens_a_build_equals_one_from_nothing(
        events in prop::collection::vec(event(), 8..12),
    ) {
        let mut book = Book::built();
        let mut stamps = vec![book.read(".public.stamp")];
        let mut args: &[&str] = &[];
        for event in events {
            match &event {
                Event::Brief(at, text) => {
                    let front = ["embargo: 2025-08-20T14:00:00Z", "draft: true", "tags: [x]"];
                    let text = format!(
                        "---\ntitle: B{at}\ndate: 2025-08-20\n{}\n---\nMexico {text}\n",
                        front[usize::from(*text)]
                    );
                    book.put(&format!("content/briefs/b{at}.md"), &text);
                }
                Event::NoBrief(at) => {
                    let _ = fs::remove_file(book.at(&format!("content/briefs/b{at}.md")));
                }
                Event::Static(at, text) => book.put(&format!("static/s{at}"), &text.to_string()),
                Event::Template(0) => {
                    let _ = fs::remove_file(book.at("templates/404.html"));
                }
                Event::Template(text) => book.put("templates/404.html", &text.to_string()),
                Event::Hour(hours) => book.now = NOON + i64::from(*hours) * HOUR,
                Event::Build => {}
                Event::Draft => args = if args.is_empty() { &["--drafts"] } else { &[] },
                Event::Page(at, bytes) => {
                    let files = tree(&book.at("public")).into_iter();
                    let files: Vec<_> = files.filter(|it| it.1.is_some()).collect();
                    let (path, _) = at.get(&files);
                    if path != "dateline-manifest.txt" {
                        let path = book.at("public").join(path);
                        match bytes {
                            Some(byte) => fs::write(path, [*byte]).unwrap(),
                            None => fs::remove_file(path).unwrap(),
                        }
                    }
                }
                Event::OldStamp(at) => book.put(".public.stamp", at.get::<String>(&stamps)),
            }
            book.must_build_with(args, &format!("{event:?}"));
            stamps.push(book.read(".public.stamp"));
        }
    }
}

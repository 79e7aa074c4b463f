//! One site built in parts and joined: the same bytes, or an error that says what to do.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::corpus;

const NOON: &str = "1756000000";

fn run(root: &Path, args: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(root).args(args).env("SOURCE_DATE_EPOCH", NOON);
    command.envs(variables.iter().copied()).output().unwrap()
}

/// Runs a command that must succeed; gives what it prints.
fn done(root: &Path, args: &[&str]) -> String {
    let output = run(root, args, &[]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{args:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// Runs a command that cannot work; gives the error.
fn refused(root: &Path, args: &[&str]) -> String {
    let output = run(root, args, &[]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
    said
}

fn put(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// A made-up book, with a file that begins with a dot and one that is no text.
fn book(n_briefs: usize) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let cast = corpus::Cast::new(corpus::usual_entities(n_briefs));
    for (path, text) in corpus::book::files(&cast, n_briefs) {
        put(root.path(), &path, text.as_bytes());
    }
    put(root.path(), "static/.well-known/security.txt", b"Contact: desk@example.org\n");
    put(root.path(), "static/empty", b"");
    root
}

/// The files below a folder, by path.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// Builds a book whole and in `n` parts, joins these, and compares.
fn whole_and_joined(root: &Path, out: &Path, n: u32) {
    let at = |name: &str| out.join(name).to_str().unwrap().to_owned();
    done(root, &["build", "--output", &at("whole")]);
    let mut parts = Vec::new();
    for index in 1..=n {
        let (shard, part) = (format!("{index}/{n}"), at(&format!("{index}-of-{n}")));
        done(root, &["build", "--shard", &shard, "--output", &part]);
        parts.push(part);
    }
    parts.reverse(); // any order will do
    let joined = at(&format!("joined-{n}"));
    let mut merge: Vec<&str> = vec!["merge", "--output", &joined];
    merge.extend(parts.iter().map(String::as_str));
    done(root, &merge);
    let (whole, joined_files) = (files(&out.join("whole")), files(Path::new(&joined)));
    assert_eq!(whole.keys().collect::<Vec<_>>(), joined_files.keys().collect::<Vec<_>>());
    for (path, bytes) in &whole {
        assert!(*bytes == joined_files[path], "{n} parts: {}", path.display());
    }
    let again = done(root, &["build", "--output", &joined]);
    assert!(again.contains(" unchanged") && !again.contains(" new"), "{again}");
    let merged_again = done(root, &merge);
    assert!(merged_again.contains(" unchanged") && !merged_again.contains("changed,"));
}

#[test]
fn the_sample_book_in_parts_is_the_sample_book() {
    let out = tempfile::tempdir().unwrap();
    for n in [1, 2, 3, 7] {
        whole_and_joined(Path::new(env!("CARGO_MANIFEST_DIR")), out.path(), n);
    }
}

#[test]
fn a_made_up_book_in_parts_is_that_book() {
    let (root, out) = (book(24), tempfile::tempdir().unwrap());
    for n in [1, 2, 3, 7] {
        whole_and_joined(root.path(), out.path(), n);
    }
}

#[test]
fn more_parts_than_pages_leave_some_parts_empty() {
    let root = tempfile::tempdir().unwrap();
    put(root.path(), "book.toml", b"[book]\ntitle = 'Small'\n");
    put(
        root.path(),
        "content/briefs/a.md",
        b"---\ntitle: A\ndate: 2025-08-08\n---\nText.\n",
    );
    let out = tempfile::tempdir().unwrap();
    whole_and_joined(root.path(), out.path(), 30);
}

#[test]
fn the_made_up_book_is_the_same_for_ever() {
    let cast = corpus::Cast::new(60);
    let mut digest = dateline::digest::Digester::default();
    for (path, text) in corpus::book::files(&cast, 300) {
        digest.put(path.as_bytes());
        digest.put(text.as_bytes());
    }
    snapbox::assert_data_eq!(
        digest.finish().to_string(),
        snapbox::str!["802263244a512860177d7bcd5e7c678ff8d177c9d7e00ef8846f5cb285270782"]
    );
}

#[test]
fn every_name_that_the_made_up_book_names_is_found() {
    let root = book(60);
    let site = site(root.path());
    assert_eq!(site.report.diagnostics(), []);
    let built = site.built;
    let cast = corpus::Cast::new(corpus::usual_entities(60));
    let mut n_mentions = 0;
    for number in 0..60 {
        let brief = corpus::brief::Brief::new(&cast, number);
        let mut briefs = built.edition.briefs.iter();
        let linked =
            briefs.find(|it| it.permalink.0.ends_with(&format!("/{}/", brief.slug)));
        let found: Vec<&str> = linked
            .unwrap()
            .entities
            .iter()
            .map(|(idx, _)| &*built.edition.entity(*idx).entity.document.title.value)
            .collect();
        for entity in &brief.mentions {
            let name = &*cast.entities[*entity].name;
            assert!(found.contains(&name), "{name} in {}: {found:?}", brief.slug);
        }
        assert!((3..=12).contains(&brief.mentions.len()), "{}", brief.slug);
        let words: usize = brief.paragraphs.iter().map(|it| it.split(' ').count()).sum();
        assert!((180..=600).contains(&words), "{words} words in {}", brief.slug);
        n_mentions += brief.mentions.len();
    }
    assert!(n_mentions / 60 >= 5, "{n_mentions}");
}

fn site(root: &Path) -> dateline::site::Site {
    let now = "2026-01-01T00:00:00Z".parse().unwrap();
    let inputs =
        dateline::disk::read(root, dateline::input::Wanted::published(now)).unwrap();
    dateline::site::Site::of(inputs, &dateline::Built::default())
}

#[test]
fn parts_differ_little_in_work() {
    let root = book(120);
    let built = site(root.path()).built;
    let mut dealt = Vec::new();
    for index in 1..=4 {
        let shard = dateline::shard::Shard::new(index, 4).unwrap();
        let pages = shard.pages(&built.edition, &built.outline);
        let briefs = pages.iter().filter(|page| {
            matches!(page.kind, dateline::outline::kind::PageKind::Brief(_))
        });
        dealt.push((pages.len(), briefs.count()));
    }
    let n_pages: usize = dealt.iter().map(|it| it.0).sum();
    assert_eq!(n_pages, built.outline.len());
    assert!(dealt.iter().all(|(_, n_briefs)| (25..=35).contains(n_briefs)), "{dealt:?}");
}

/// A book in two parts that lie in `1` and `2` beside its sources.
fn two_parts() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    put(root.path(), "book.toml", b"[book]\ntitle = 'Two'\n");
    put(
        root.path(),
        "content/briefs/a.md",
        b"---\ntitle: A\ndate: 2025-08-08\n---\nText.\n",
    );
    put(root.path(), "static/.well-known/x", b"x");
    for index in ["1", "2"] {
        done(
            root.path(),
            &["build", "--shard", &format!("{index}/2"), "--output", index],
        );
    }
    root
}

const MERGE: &[&str] = &["merge", "1", "2", "--output", "site"];

/// Merges after some harm was done; gives the error. The output must be as it was.
fn merge_after(harm: impl Fn(&Path)) -> String {
    let root = two_parts();
    done(root.path(), MERGE);
    let before = files(&root.path().join("site"));
    put(
        root.path(),
        "content/briefs/b.md",
        b"---\ntitle: B\ndate: 2025-08-09\n---\nMore.\n",
    );
    for index in ["1", "2"] {
        done(
            root.path(),
            &["build", "--shard", &format!("{index}/2"), "--output", index],
        );
    }
    harm(root.path());
    let error = refused(root.path(), MERGE);
    assert_eq!(files(&root.path().join("site")), before, "{error}");
    assert!(!root.path().join(".site.staging").exists(), "{error}");
    error
}

/// The path and the text of a part's list.
fn list(root: &Path, part: &str) -> (PathBuf, String) {
    let path = root.join(part).join("dateline-part.txt");
    let text = fs::read_to_string(&path).unwrap();
    (path, text)
}

/// The path of a page of a part, and of its file.
fn a_page(root: &Path, part: &str) -> (String, PathBuf) {
    let (_, text) = list(root, part);
    let line = text.lines().skip(9).find(|it| it.ends_with("/index.html")).unwrap();
    let path = line.splitn(3, ' ').nth(2).unwrap().to_owned();
    let file = root.join(part).join(&path);
    (path, file)
}

fn contains(error: &str, expected: &[&str]) {
    for expected in expected {
        assert!(error.contains(expected), "`{expected}` in {error}");
    }
}

#[test]
fn a_missing_part_is_named_with_the_command_that_makes_it() {
    let root = two_parts();
    let error = refused(root.path(), &["merge", "2", "--output", "site"]);
    contains(&error, &["missing: part 1/2", "`dateline build --shard 1/2`"]);
    assert!(!root.path().join("site").exists());
}

#[test]
fn a_part_given_twice_is_named() {
    let root = two_parts();
    let error = refused(root.path(), &["merge", "1", "2", "./1", "--output", "site"]);
    contains(&error, &["1 and ./1 are both part 1/2: name each part once"]);
}

#[test]
fn parts_of_different_numbers_are_named() {
    let root = two_parts();
    done(root.path(), &["build", "--shard", "2/3", "--output", "3"]);
    let error = refused(root.path(), &["merge", "1", "3", "--output", "site"]);
    contains(&error, &["1 is part 1/2, and 3 is part 2/3: build all parts with one N"]);
}

#[test]
fn parts_of_different_books_say_in_what_they_differ() {
    type Change = fn(&Path) -> Vec<(&'static str, &'static str)>;
    let cases: [(Change, &[&str], &str); 4] = [
        (
            |root| {
                put(
                    root,
                    "content/briefs/a.md",
                    b"---\ntitle: B\ndate: 2025-08-08\n---\n",
                );
                vec![]
            },
            &[],
            "they differ in the texts",
        ),
        (
            |root| {
                put(root, "static/.well-known/x", b"y");
                vec![]
            },
            &[],
            "they differ in the files of static/:",
        ),
        (|_| vec![], &["--drafts"], "they differ in --drafts or --future:"),
        (
            |_| vec![("SOURCE_DATE_EPOCH", "1756100000")],
            &[],
            "they differ in the time (set SOURCE_DATE_EPOCH):",
        ),
    ];
    for (change, options, expected) in cases {
        let root = two_parts();
        let variables = change(root.path());
        let mut args = vec!["build", "--shard", "2/2", "--output", "2"];
        args.extend(options);
        assert_eq!(run(root.path(), &args, &variables).status.code(), Some(0));
        contains(
            &refused(root.path(), MERGE),
            &["1 and 2 are parts of different", expected],
        );
    }
}

#[test]
fn a_moment_that_changes_nothing_is_no_difference() {
    let root = two_parts();
    let later = [("SOURCE_DATE_EPOCH", "1756000060")];
    let again = ["build", "--shard", "2/2", "--output", "2"];
    assert_eq!(run(root.path(), &again, &later).status.code(), Some(0));
    // Nor is the time at which a file of static/ was written.
    put(root.path(), "static/.well-known/x", b"x");
    done(root.path(), &["build", "--shard", "1/2", "--output", "1"]);
    done(root.path(), MERGE);
}

#[test]
fn a_part_by_another_version_is_refused() {
    let error = merge_after(|root| {
        let (path, text) = list(root, "2");
        let other = text.replace("\nprogram ", "\nprogram 9.");
        fs::write(path, other).unwrap();
    });
    contains(&error, &["they differ in the version of Dateline"]);
}

#[test]
fn a_file_that_is_not_as_it_was_built_stops_the_merge() {
    let error = merge_after(|root| {
        let (_, file) = a_page(root, "2");
        let text = fs::read(&file).unwrap();
        fs::write(&file, &text[..text.len() / 2]).unwrap(); // cut short
    });
    contains(&error, &["is not as it was built", "`dateline build --shard 2/2`"]);
    let error = merge_after(|root| {
        let (_, file) = a_page(root, "1");
        let mut text = fs::read(&file).unwrap();
        let middle = text.len() / 2;
        text[middle] ^= 1; // the same size
        fs::write(&file, &text).unwrap();
    });
    contains(&error, &["is not as it was built", "`dateline build --shard 1/2`"]);
}

#[test]
fn a_file_that_was_left_behind_stops_the_merge() {
    let error = merge_after(|root| fs::remove_file(a_page(root, "1").1).unwrap());
    contains(&error, &["is missing: carry the part over again"]);
    let error = merge_after(|root| {
        for part in ["1", "2"] {
            let _ = fs::remove_dir_all(root.join(part).join(".well-known"));
        }
    });
    contains(&error, &[".well-known/x is missing (tools that carry files may leave out"]);
}

#[test]
fn a_list_that_is_cut_short_or_goes_on_stops_the_merge() {
    type Harm = fn(&str) -> String;
    let harms: [(Harm, &str); 8] = [
        (|text| text[..text.len() / 2].to_owned(), "is cut short"),
        (|text| text[..text.len() - 1].to_owned(), "is cut short, 1 files are missing"),
        (|text| text[..40].to_owned(), "or it is cut short: build the part again"),
        (|_| String::new(), "or it is cut short: build the part again"),
        (|text| format!("{text}more\n"), "goes on after its end"),
        (|text| format!("{text}more"), "goes on after its end"),
        (|text| text.replace("dateline part 1", "dateline part 2"), "is not a list that"),
        (|text| "x".repeat(100_000) + text, "is not a list that"),
    ];
    for (harm, expected) in harms {
        let error = merge_after(|root| {
            let (path, text) = list(root, "2");
            fs::write(path, harm(&text)).unwrap();
        });
        contains(&error, &[expected]);
    }
}

#[test]
fn a_list_cannot_reach_out_of_its_part() {
    let secret = tempfile::tempdir().unwrap();
    put(secret.path(), "secret", b"secret");
    let outside = secret.path().join("secret").to_str().unwrap().to_owned();
    for path in [
        "../2/index.html",
        "a/../../b",
        &outside,
        "a//b",
        "a\\b",
        ".",
        "",
        "dateline-manifest.txt",
        "DATELINE-PART.TXT",
        "a\u{1b}[31m",
    ] {
        let error = merge_after(|root| {
            let (file, text) = list(root, "1");
            let (page, _) = a_page(root, "1");
            fs::write(file, text.replace(&format!(" {page}\n"), &format!(" {path}\n")))
                .unwrap();
        });
        contains(&error, &["which is not the path of a page: do not trust this part"]);
        assert!(!error.contains('\u{1b}'), "{error:?}");
    }
}

#[test]
fn a_page_that_is_twice_or_too_much_or_gone_stops_the_merge() {
    // The list of part 1 takes in a page of part 2, with its file.
    let steal = |root: &Path, in_place: bool| {
        let (path, text) = list(root, "1");
        let (page, file) = a_page(root, "2");
        put(root, &format!("1/{page}"), &fs::read(file).unwrap());
        let line = list(root, "2").1;
        let line =
            line.lines().find(|it| it.ends_with(&format!(" {page}"))).unwrap().to_owned();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut files = lines.split_off(9);
        if in_place {
            files.remove(0);
        }
        files.push(line);
        files.sort_by_key(|it| it.splitn(3, ' ').nth(2).unwrap().to_owned());
        lines[8] = format!("files {}", files.len());
        lines.extend(files);
        fs::write(path, lines.join("\n") + "\n").unwrap();
    };
    for in_place in [false, true] {
        let error = merge_after(|root| steal(root, in_place));
        contains(&error, &["is in two parts, 1 and 2: build them again"]);
    }
    let error = merge_after(|root| {
        let (path, text) = list(root, "1");
        let mut lines: Vec<&str> = text.lines().collect();
        lines.remove(9);
        let n = format!("files {}", lines.len() - 9);
        lines[8] = &n;
        fs::write(path, lines.join("\n") + "\n").unwrap();
    });
    contains(&error, &["the parts list ", "these are not the "]);
}

#[test]
fn a_list_out_of_order_or_with_a_page_twice_stops_the_merge() {
    for twice in [true, false] {
        let error = merge_after(|root| {
            let (path, text) = list(root, "1");
            let mut lines: Vec<&str> = text.lines().collect();
            if twice {
                lines[10] = lines[9];
            } else {
                lines.swap(9, 10);
            }
            fs::write(path, lines.join("\n") + "\n").unwrap();
        });
        contains(&error, &["out of order or twice: build it again"]);
    }
}

#[cfg(unix)]
#[test]
fn links_and_pipes_in_a_part_are_not_followed() {
    use std::os::unix::fs::symlink;
    let error = merge_after(|root| {
        let (_, file) = a_page(root, "1");
        fs::rename(&file, root.join("aside")).unwrap();
        symlink(root.join("aside"), &file).unwrap();
    });
    contains(&error, &["cannot read 1/", "carry the part over again"]);
    // A folder on the way: the very page, by a link.
    let error = merge_after(|root| {
        for part in ["1", "2"] {
            let folder = root.join(part).join(".well-known");
            if folder.exists() {
                fs::rename(&folder, root.join("aside")).unwrap();
                symlink(root.join("aside"), &folder).unwrap();
            }
        }
    });
    contains(&error, &["cannot read", "carry the part over again"]);
    let error = merge_after(|root| {
        let (path, _) = list(root, "1");
        fs::remove_file(&path).unwrap();
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    });
    contains(&error, &["cannot read 1/dateline-part.txt"]);
}

#[test]
fn what_a_list_does_not_name_is_not_taken() {
    let root = two_parts();
    put(root.path(), "1/.DS_Store", b"x");
    put(root.path(), "2/foreign.html", b"x");
    done(root.path(), MERGE);
    assert!(!root.path().join("site/foreign.html").exists());
    assert!(!root.path().join("site/dateline-part.txt").exists());
}

#[test]
fn folders_that_are_no_parts_are_refused() {
    let root = two_parts();
    done(root.path(), &["build"]);
    put(root.path(), "file", b"");
    fs::create_dir(root.path().join("empty")).unwrap();
    for (part, expected) in [
        ("public", "public is a whole site and no part of one"),
        ("empty", "empty is not part of a site (it has no dateline-part.txt)"),
        ("file", "file is a file: name the folder of a part"),
        ("nowhere", "cannot find nowhere"),
    ] {
        let error = refused(root.path(), &["merge", "1", part, "--output", "site"]);
        contains(&error, &[expected]);
    }
    for output in ["1", "1/site", ".", "2/.."] {
        let error = refused(root.path(), &["merge", "1", "2", "--output", output]);
        contains(&error, &["or lies in it or above it: name a folder of its own"]);
    }
}

#[test]
fn a_part_never_takes_the_place_of_a_site() {
    let root = two_parts();
    done(root.path(), &["build"]);
    let error = refused(root.path(), &["build", "--shard", "1/2", "--output", "public"]);
    contains(&error, &["public holds a whole site, and a part would take its place"]);
    let said = done(root.path(), &["build", "--shard", "1/2"]);
    contains(&said, &["public-part-1-of-2"]);
    done(root.path(), &["build", "--shard", "2/2"]);
    let merge = ["merge", "public-part-1-of-2", "public-part-2-of-2", "-o", "public"];
    contains(&done(root.path(), &merge), &["unchanged"]);
}

#[test]
fn an_engine_names_the_part() {
    let root = two_parts();
    let auto = ["build", "--shard", "auto"];
    let told = [("JOB_COMPLETION_INDEX", "1"), ("DATELINE_SHARDS", "3")];
    let output = run(root.path(), &auto, &told);
    contains(&String::from_utf8(output.stdout).unwrap(), &["public-part-2-of-3"]);
    let none = ["CI_NODE_INDEX", "BUILDKITE_PARALLEL_JOB"].map(|it| (it, ""));
    let output = run(root.path(), &auto, &none);
    assert_eq!(output.status.code(), Some(2));
    contains(&String::from_utf8(output.stderr).unwrap(), &["write `--shard I/N`"]);
}

#[test]
fn a_page_with_the_name_of_the_list_is_refused() {
    let root = two_parts();
    put(root.path(), "static/dateline-part.txt", b"x");
    let output = run(root.path(), &["build", "--shard", "1/2"], &[]);
    assert_eq!(output.status.code(), Some(1), "an error of the book");
    let said = String::from_utf8(output.stderr).unwrap();
    contains(&said, &["the address `/dateline-part.txt` is reserved"]);
}

#[test]
fn an_error_in_the_book_leaves_the_old_part() {
    let root = two_parts();
    let before = files(&root.path().join("1"));
    put(root.path(), "content/briefs/a.md", b"---\ntitle: A\ndate: never\n---\n");
    let output = run(root.path(), &["build", "--shard", "1/2", "--output", "1"], &[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(files(&root.path().join("1")), before);
}

#[test]
fn forged_or_mangled_lists_stop_the_merge() {
    type Harm = fn(&str) -> String;
    let harms: [(Harm, &str); 7] = [
        // As a transfer in text mode leaves it.
        (|text| text.replace('\n', "\r\n"), "is not a list that"),
        (|text| format!("\u{feff}{text}"), "is not a list that"),
        (
            |text| text.replace("\nfiles ", "\nfiles 1844674407370955161"),
            "is not a list that",
        ),
        (|text| text.replace("\nfiles ", "\nfiles 99"), "is cut short"),
        (|text| text.replace("shard 2 of 2", "shard 3 of 2"), "is not a list that"),
        (
            |text| text.replace("shard 2 of 2", "shard 2 of 4000000000"),
            "is not a list that",
        ),
        (
            |text| text.replace("\npages ", "\npages 9"),
            "they differ in the pages they say",
        ),
    ];
    for (harm, expected) in harms {
        let error = merge_after(|root| {
            let (path, text) = list(root, "2");
            fs::write(path, harm(&text)).unwrap();
        });
        contains(&error, &[expected]);
    }
    let error = merge_after(|root| {
        // The files of one part with the list of the other.
        fs::rename(root.join("1/dateline-part.txt"), root.join("aside")).unwrap();
        fs::copy(root.join("2/dateline-part.txt"), root.join("1/dateline-part.txt"))
            .unwrap();
        fs::rename(root.join("aside"), root.join("2/dateline-part.txt")).unwrap();
    });
    contains(&error, &["is missing", "carry the part over again"]);
}

#[test]
fn a_file_of_static_that_changes_while_a_part_is_built_stops_the_merge() {
    let error = merge_after(|root| {
        for part in ["1", "2"] {
            let copy = root.join(part).join(".well-known/x");
            if copy.exists() {
                fs::write(copy, "y").unwrap();
            }
        }
    });
    contains(&error, &[".well-known/x is not as it was built"]);
}

#[test]
fn an_output_with_files_of_others_stays_as_it_is() {
    let root = two_parts();
    put(root.path(), "site/precious.txt", b"mine");
    contains(&refused(root.path(), MERGE), &["holds files that Dateline did not make"]);
    assert_eq!(fs::read(root.path().join("site/precious.txt")).unwrap(), b"mine");
    assert!(!root.path().join("site/index.html").exists());
}

#[cfg(unix)]
#[test]
fn names_of_folders_may_be_anything() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let root = two_parts();
    let odd = OsStr::from_bytes(b"p\xff \n1");
    fs::rename(root.path().join("1"), root.path().join(odd)).unwrap();
    std::os::unix::fs::symlink("2", root.path().join("link")).unwrap();
    let merge = |output: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.current_dir(root.path()).args(["merge".as_ref(), odd, "link".as_ref()]);
        command.args(["--output", output]).output().unwrap()
    };
    // A part may be named by a link; an output may not.
    let output = merge("site/");
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    std::os::unix::fs::symlink("site", root.path().join("to-site")).unwrap();
    let output = merge("to-site");
    contains(&String::from_utf8_lossy(&output.stderr), &["is a symbolic link"]);
    // The same part by two names is still the same part.
    let error = refused(root.path(), &["merge", "2", "link", "--output", "site"]);
    contains(&error, &["2 and link are both part 2/2"]);
}

#[test]
fn a_merge_that_is_killed_leaves_the_old_site_and_the_next_one_ends_it() {
    let (root, out) = (book(60), tempfile::tempdir().unwrap());
    let at = |name: &str| out.path().join(name).to_str().unwrap().to_owned();
    let (one, two, site) = (at("1"), at("2"), at("site"));
    let build = || {
        done(root.path(), &["build", "--shard", "1/2", "--output", &one]);
        done(root.path(), &["build", "--shard", "2/2", "--output", &two]);
    };
    let merge = ["merge", &one, &two, "--output", &site];
    build();
    done(root.path(), &merge);
    let old = files(Path::new(&site));
    put(root.path(), "book.toml", b"[book]\ntitle = 'Every page changes'\n");
    build();
    let program = env!("CARGO_BIN_EXE_dateline");
    let mut running = Command::new(program)
        .args(merge)
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    // Killed once something is staged, or, on a fast machine, when it has ended.
    let staged = out.path().join(".site.staging/tree");
    while !staged.exists() && running.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    let _ = running.kill();
    let has_ended = running.wait().unwrap().success();
    let moving = out.path().join(".site.staging/journal").exists();
    if !has_ended && !moving {
        assert_eq!(files(Path::new(&site)), old);
    }
    done(root.path(), &merge);
    done(root.path(), &["build", "--output", &at("whole")]);
    assert_eq!(files(Path::new(&site)), files(&out.path().join("whole")));
    assert!(!out.path().join(".site.staging").exists());
}

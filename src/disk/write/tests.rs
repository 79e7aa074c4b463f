use super::*;
use std::collections::BTreeMap;

/// Writes a site of the given files into `public/` of a book.
fn write(root: &Path, files: &[(&str, &str)]) -> anyhow::Result<Written> {
    let writer = open(root)?;
    for (path, text) in files {
        writer.put(path, text.as_bytes())?;
    }
    writer.finish()
}

fn open(root: &Path) -> anyhow::Result<Writer> {
    Writer::open(&root.join("public"), root, &[root.join("content")])
}

/// The files below `public/` but the manifest, by path.
fn site(root: &Path) -> BTreeMap<String, String> {
    let public = root.join("public");
    let files = walkdir::WalkDir::new(&public).into_iter().filter_map(Result::ok);
    files
        .filter(|entry| entry.file_type().is_file() && entry.file_name() != MANIFEST)
        .map(|entry| {
            let path =
                entry.path().strip_prefix(&public).unwrap().to_str().unwrap().to_owned();
            (path, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

fn book() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("content")).unwrap();
    root
}

#[test]
fn only_what_differs_is_written_and_what_is_gone_is_removed() {
    let root = book();
    let first =
        write(root.path(), &[("a/index.html", "1"), ("b/index.html", "1")]).unwrap();
    assert_eq!((first.new, first.files), (2, 2));
    let time = || {
        fs::metadata(root.path().join("public/a/index.html")).unwrap().modified().unwrap()
    };
    let before = time();
    let second = write(root.path(), &[("a/index.html", "1"), ("c.html", "2")]).unwrap();
    assert_eq!(
        (second.new, second.changed, second.unchanged, second.removed),
        (1, 0, 1, 1)
    );
    assert_eq!(time(), before);
    let paths: Vec<_> = site(root.path()).into_keys().collect();
    assert_eq!(paths, ["a/index.html", "c.html"]);
    assert!(!root.path().join("public/b").exists(), "an empty folder goes too");
    let third = write(root.path(), &[("a/index.html", "1"), ("c.html", "2")]).unwrap();
    assert_eq!((third.new, third.changed, third.unchanged), (0, 0, 2));
    assert!(!root.path().join(".public.staging").exists());
}

#[test]
fn what_dateline_did_not_make_is_never_touched() {
    let root = book();
    write(root.path(), &[("a.html", "1")]).unwrap();
    fs::write(root.path().join("public/stranger.txt"), "mine").unwrap();
    write(root.path(), &[("b.html", "1")]).unwrap();
    assert_eq!(site(root.path())["stranger.txt"], "mine");
    let error = write(root.path(), &[("stranger.txt", "theirs")]).unwrap_err();
    assert!(error.to_string().contains("was not made by Dateline"), "{error}");
    assert_eq!(site(root.path())["stranger.txt"], "mine");
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    let root = book();
    write(root.path(), &[("a", "1"), ("b/index.html", "1")]).unwrap();
    write(root.path(), &[("a/index.html", "2"), ("b", "2")]).unwrap();
    let paths: Vec<_> = site(root.path()).into_keys().collect();
    assert_eq!(paths, ["a/index.html", "b"]);
}

#[test]
fn a_writer_that_is_dropped_leaves_the_old_site() {
    let root = book();
    write(root.path(), &[("a.html", "old")]).unwrap();
    let writer = open(root.path()).unwrap();
    writer.put("a.html", b"new").unwrap();
    drop(writer);
    assert_eq!(site(root.path())["a.html"], "old");
    assert!(!root.path().join(".public.staging").exists());
}

#[test]
fn an_interrupted_move_is_finished_by_the_next_writer() {
    let root = book();
    write(root.path(), &[("a.html", "old"), ("b.html", "old"), ("gone.html", "old")])
        .unwrap();
    let staging = root.path().join(".public.staging");
    fs::create_dir_all(staging.join("tree")).unwrap();
    // What a build leaves that was stopped after it had moved the first of two files.
    fs::write(root.path().join("public/a.html"), "new").unwrap();
    fs::write(staging.join("tree/b.html"), "new").unwrap();
    let journal = Journal {
        removed: vec!["gone.html".to_owned()],
        moved: vec!["a.html".to_owned(), "b.html".to_owned()],
    };
    journal.write(&staging, Umask::Mild).unwrap();
    drop(open(root.path()).unwrap());
    let files: Vec<_> = site(root.path()).into_iter().collect();
    let expected = [("a.html", "new"), ("b.html", "new")];
    assert_eq!(files, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
}

/// The journal is carried out up to each of its steps, and then again from the start, as
/// after a kill between any two of them.
#[test]
fn an_interruption_after_any_step_is_made_good() {
    let (old, new) = (
        [("a", "old"), ("b/index.html", "old"), ("c/d/index.html", "old"), ("e", "old")],
        [("a/index.html", "new"), ("b", "new"), ("e", "new"), ("f/g", "new")],
    );
    let paths = |paths: &[&str]| paths.iter().map(|it| (*it).to_owned()).collect();
    let removed: Vec<String> = paths(&["a", "b/index.html", "c/d/index.html"]);
    let moved: Vec<String> = paths(&["a/index.html", "b", "e", "f/g", MANIFEST]);
    for n in 0..=removed.len() + moved.len() {
        let root = book();
        write(root.path(), &old).unwrap();
        let (output, staging) =
            (root.path().join("public"), root.path().join(".public.staging"));
        for (path, text) in new {
            let path = staging.join("tree").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let mut list: Vec<&str> = new.iter().map(|(path, _)| *path).collect();
        list.push(MANIFEST);
        fs::write(staging.join("tree").join(MANIFEST), Manifest::text(list.into_iter()))
            .unwrap();
        let some = Journal {
            removed: removed[..n.min(removed.len())].to_vec(),
            moved: moved[..n.saturating_sub(removed.len())].to_vec(),
        };
        some.write(&staging, Umask::Mild).unwrap();
        some.carry_out(&output, &staging, Umask::Mild).unwrap();
        let all = Journal { removed: removed.clone(), moved: moved.clone() };
        all.write(&staging, Umask::Mild).unwrap();
        drop(open(root.path()).unwrap());
        let files: Vec<_> = site(root.path()).into_iter().collect();
        let expected = new.map(|(path, text)| (path.to_owned(), text.to_owned()));
        assert_eq!(files, expected, "after {n} steps");
        assert!(!output.join("c").exists() && !staging.exists(), "after {n} steps");
        let again = write(root.path(), &new).unwrap();
        assert_eq!(again.unchanged, new.len(), "after {n} steps");
    }
}

#[test]
fn a_folder_that_was_emptied_before_the_interruption_goes_too() {
    let root = book();
    write(root.path(), &[("a.html", "1"), ("b/c/index.html", "1")]).unwrap();
    let staging = root.path().join(".public.staging");
    fs::create_dir_all(&staging).unwrap();
    fs::remove_dir_all(root.path().join("public/b/c")).unwrap();
    let journal =
        Journal { removed: vec!["b/c/index.html".to_owned()], moved: Vec::new() };
    journal.write(&staging, Umask::Mild).unwrap();
    drop(open(root.path()).unwrap());
    assert!(!root.path().join("public/b").exists());
}

#[test]
fn what_is_in_the_way_is_told_before_anything_is_touched() {
    type Prepare = fn(&Path);
    let cases: &[(&str, Prepare, &str)] = &[
        (
            "x/index.html",
            |public| fs::write(public.join("x"), "mine").unwrap(),
            "public/x is",
        ),
        (
            "b",
            |public| fs::write(public.join("b/mine.txt"), "mine").unwrap(),
            "public/b/mine.txt is",
        ),
        ("x", |public| fs::write(public.join("x"), "mine").unwrap(), "public/x is"),
        #[cfg(unix)]
        (
            "x/index.html",
            |public| std::os::unix::fs::symlink("../content", public.join("x")).unwrap(),
            "public/x is",
        ),
        #[cfg(unix)]
        (
            "b/index.html",
            |public| {
                fs::remove_dir_all(public.join("b")).unwrap();
                std::os::unix::fs::symlink("../content", public.join("b")).unwrap();
                fs::write(public.join("../content/index.html"), "mine").unwrap();
            },
            "public/b is",
        ),
    ];
    for (path, prepare, expected) in cases {
        let root = book();
        write(root.path(), &[("a.html", "old"), ("b/index.html", "old")]).unwrap();
        prepare(&root.path().join("public"));
        let before = site(root.path());
        let error = write(root.path(), &[("a.html", "new"), (path, "new")]).unwrap_err();
        let error = error.to_string();
        assert!(error.contains(expected), "{path}: {error}");
        assert!(error.contains("is in the way and was not made by Dateline"), "{error}");
        assert_eq!(site(root.path()), before, "{path}");
        assert!(!root.path().join(".public.staging").exists());
    }
}

/// A book comes from anywhere: lists and journals in it are not to be trusted.
#[cfg(unix)]
#[test]
fn a_forged_list_or_journal_reaches_nothing_outside_the_output() {
    let root = book();
    let at = root.path();
    fs::write(at.join("content/precious.md"), "mine").unwrap();
    write(at, &[("a.html", "old")]).unwrap();
    std::os::unix::fs::symlink("../content", at.join("public/link")).unwrap();
    let list = format!(
        "dateline 1\na.html\n../content/precious.md\nlink/precious.md\n{}\n",
        at.join("content/precious.md").display()
    );
    fs::write(at.join("public").join(MANIFEST), list).unwrap();
    write(at, &[("b.html", "new")]).unwrap();
    let staging = at.join(".public.staging");
    fs::create_dir_all(staging.join("tree/link")).unwrap();
    fs::write(staging.join("tree/link/precious.md"), "theirs").unwrap();
    let journal = Journal {
        removed: vec!["../content/precious.md".to_owned(), "link/precious.md".to_owned()],
        moved: vec!["../content/precious.md".to_owned(), "link/precious.md".to_owned()],
    };
    journal.write(&staging, Umask::Mild).unwrap();
    let error = format!("{:#}", open(at).unwrap_err());
    assert!(error.contains("public/link is in the way"), "{error}");
    fs::remove_dir_all(&staging).unwrap();
    fs::create_dir(&staging).unwrap();
    std::os::unix::fs::symlink("../content/precious.md", staging.join("lock")).unwrap();
    assert!(open(at).is_err(), "a link is no lock");
    fs::remove_dir_all(&staging).unwrap();
    std::os::unix::fs::symlink("content", &staging).unwrap();
    assert!(open(at).is_err(), "a link is no staging folder");
    assert_eq!(fs::read_to_string(at.join("content/precious.md")).unwrap(), "mine");
}

#[test]
fn large_files_are_compared_to_the_last_byte() {
    let root = book();
    let mut bytes = vec![b'x'; 200_000];
    let put = |bytes: &[u8]| {
        fs::create_dir_all(root.path().join("static")).unwrap();
        fs::write(root.path().join("static/large.bin"), bytes).unwrap();
        let source = StaticFile::open(root.path(), "large.bin").unwrap();
        let writer = open(root.path()).unwrap();
        writer.put("page", bytes).unwrap();
        writer.copy("asset", &source).unwrap();
        writer.finish().unwrap();
        for file in ["page", "asset"] {
            assert!(fs::read(root.path().join("public").join(file)).unwrap() == bytes);
        }
    };
    put(&bytes);
    for at in [0, 65_535, 65_536, 199_999] {
        bytes[at] = b'y';
        put(&bytes);
    }
    bytes.pop();
    put(&bytes);
}

#[test]
fn the_name_of_the_list_is_taken() {
    let root = book();
    let error = write(root.path(), &[(MANIFEST, "mine")]).unwrap_err();
    assert!(error.to_string().contains("is the name of Dateline's own list"), "{error}");
}

#[test]
fn a_build_that_died_while_staging_leaves_nothing_behind() {
    let root = book();
    write(root.path(), &[("a.html", "old")]).unwrap();
    let tree = root.path().join(".public.staging/tree");
    fs::create_dir_all(&tree).unwrap();
    fs::write(tree.join("a.html"), "half").unwrap();
    write(root.path(), &[("a.html", "old"), ("b.html", "1")]).unwrap();
    assert_eq!(site(root.path())["a.html"], "old");
}

#[test]
fn folders_that_are_no_output_are_refused() {
    let root = book();
    let at = root.path();
    fs::write(at.join("file"), "").unwrap();
    fs::create_dir(at.join("full")).unwrap();
    fs::write(at.join("full/precious.txt"), "").unwrap();
    let cases = [
        (at.to_path_buf(), "is the book or lies above it"),
        (at.parent().unwrap().to_path_buf(), "is the book or lies above it"),
        (at.join("content"), "is a source of the book"),
        (at.join("content/public"), "is a source of the book"),
        (at.join("full/../content"), "is a source of the book"),
        (at.join("file"), "is a file"),
        (at.join("full"), "holds files that Dateline did not make (precious.txt)"),
    ];
    for (output, expected) in cases {
        let error =
            Writer::open(&output, at, &[at.join("content")]).unwrap_err().to_string();
        assert!(error.contains(expected), "{}: {error}", output.display());
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(at.join("full"), at.join("link")).unwrap();
        let error = Writer::open(&at.join("link"), at, &[]).unwrap_err().to_string();
        assert!(error.contains("is a symbolic link"), "{error}");
    }
}

#[test]
fn paths_that_leave_the_site_are_refused() {
    let root = book();
    let writer = open(root.path()).unwrap();
    for path in ["../x", "a/../../x", "/etc/passwd", "a//b", "", "a\\b", "a/."] {
        assert!(writer.put(path, b"").is_err(), "{path:?}");
    }
}

#[test]
fn a_second_build_waits_and_then_says_so() {
    let root = book();
    let first = open(root.path()).unwrap();
    let error = open(root.path()).unwrap_err();
    assert!(error.to_string().contains("another build is writing"), "{error}");
    drop(first);
    open(root.path()).unwrap();
}

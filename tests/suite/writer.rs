//! The writer under everything that can happen to it, with the real program: afterwards the
//! next command finds exactly the old or exactly the new site, and what is not Dateline's is
//! as it was.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A folder as paths and bytes, links and empty folders too.
type Tree = BTreeMap<String, Vec<u8>>;

fn tree(at: &Path) -> Tree {
    let entries = walkdir::WalkDir::new(at).min_depth(1).into_iter();
    let entry = |entry: Result<walkdir::DirEntry, walkdir::Error>| {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(at).unwrap().to_str().unwrap().to_owned();
        let is_file = entry.file_type().is_file();
        (path, if is_file { fs::read(entry.path()).unwrap() } else { Vec::new() })
    };
    entries.map(entry).collect()
}

/// A book that can tell one story or the other. Their sites differ in every way: pages that
/// change, come and go, and a file where the other has a folder.
struct Book {
    root: tempfile::TempDir,
    /// The site of each story, with the strangers in it.
    sites: [Tree; 2],
}

const STRANGERS: [(&str, &str); 3] =
    [("mine.txt", "mine"), ("2025/mine.txt", "mine too"), ("empty/.keep", "")];

impl Book {
    fn new() -> Book {
        // In memory where that can be had: a kill is to meet the program, not a slow disk.
        let memory = Path::new("/dev/shm");
        let root = if memory.is_dir() {
            tempfile::tempdir_in(memory).unwrap()
        } else {
            tempfile::tempdir().unwrap()
        };
        let mut book = Book { root, sites: Default::default() };
        for (entity, name) in [("mexico", "Mexico"), ("norwick", "Norwick")] {
            let text = format!("---\nname: {name}\nkind: place\n---\n");
            book.write(&format!("content/entities/{entity}.md"), &text);
        }
        for story in [0, 1] {
            book.tell(story);
            let _ = fs::remove_dir_all(book.path().join("public"));
            assert_eq!(code(&book.build()), Some(0));
            for (path, text) in STRANGERS {
                book.write(&format!("public/{path}"), text);
            }
            book.sites[story] = tree(&book.path().join("public"));
        }
        book
    }

    fn path(&self) -> &Path {
        self.root.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Makes the content that of a story, without an error in it.
    fn tell(&self, story: usize) {
        let title = ["Old", "New"][story];
        self.write("book.toml", &format!("[book]\ntitle = '{title}'\n"));
        let _ = fs::remove_dir_all(self.path().join("static"));
        let _ = fs::remove_dir_all(self.path().join("content/briefs"));
        self.write(["static/swap", "static/swap/file"][story], title);
        self.write(["static/back/file", "static/back"][story], title);
        for n in 0..15 {
            // Some in both, some in one; those in both change with the book's title.
            if n % 3 == story {
                continue;
            }
            let day = n + 1;
            let text = format!(
                "---\ntitle: Brief {n}\ndate: 2025-03-{day:02}\n---\nMexico and Norwick. {}\n",
                "A word. ".repeat(600)
            );
            self.write(&format!("content/briefs/b{n}.md"), &text);
        }
    }

    /// Makes the book one that is not built.
    fn spoil(&self) {
        self.write("content/briefs/spoilt.md", "---\ntitle: No date\n---\n");
    }

    fn command(&self, script: &str) -> Command {
        let mut command = Command::new("bash");
        command.arg("-c").arg(script).current_dir(self.path());
        command.env("DATELINE", env!("CARGO_BIN_EXE_dateline"));
        command.env("SOURCE_DATE_EPOCH", "1756000000");
        command
    }

    fn sh(&self, script: &str) -> Output {
        self.command(script).output().unwrap()
    }

    fn build(&self) -> Output {
        self.sh("$DATELINE build")
    }

    /// Which story the site tells, exactly.
    fn told(&self) -> usize {
        let is = tree(&self.path().join("public"));
        let told = self.sites.iter().position(|site| *site == is);
        told.unwrap_or_else(|| {
            let differs = |site: &Tree| {
                let mut paths: Vec<&String> = site.keys().chain(is.keys()).collect();
                paths.retain(|path| site.get(*path) != is.get(*path));
                paths.dedup();
                format!("{paths:?}")
            };
            panic!(
                "neither old: {}\nnor new: {}",
                differs(&self.sites[0]),
                differs(&self.sites[1])
            )
        })
    }

    fn is_clean(&self) -> bool {
        !self.path().join(".public.staging").exists()
    }
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Starts a build and gives it with the moment at which it had made a file or folder.
fn begin(book: &Book, awaited: &str) -> (std::process::Child, Instant) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.arg("build").current_dir(book.path()).env("SOURCE_DATE_EPOCH", "1756000000");
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let awaited = book.path().join(awaited);
    while !awaited.exists() && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    (child, Instant::now())
}

/// Half of the kills are spread over the whole work of the writer, half over its last part,
/// the move, which is short: in each half from the first moment to beyond the last.
#[test]
fn a_build_that_is_killed_at_any_moment_leaves_one_site_or_the_other() {
    let book = Book::new();
    let mut told = book.told();
    let (mut n_interrupted, mut n_old, mut n_new) = (0, 0, 0);
    for awaited in [".public.staging", ".public.staging/journal"] {
        let mut spans: Vec<Duration> = Vec::new();
        for _ in 0..7 {
            book.tell(1 - told);
            let (mut child, began) = begin(&book, awaited);
            child.wait().unwrap();
            spans.push(began.elapsed());
            told = 1 - told;
            assert_eq!(book.told(), told);
        }
        spans.sort();
        for n in 0..100 {
            book.tell(1 - told);
            let (mut child, began) = begin(&book, awaited);
            let moment = spans[3].mul_f64(f64::from(n) * 1.25 / 100.0);
            while began.elapsed() < moment {
                std::thread::yield_now();
            }
            let _ = child.kill();
            child.wait().unwrap();
            let journal = book.path().join(".public.staging/journal");
            n_interrupted += usize::from(journal.exists());
            book.spoil();
            let next = book.build();
            assert_eq!(code(&next), Some(1), "{}", err(&next));
            assert!(!journal.exists());
            let now = book.told();
            *(if now == told { &mut n_old } else { &mut n_new }) += 1;
            told = now;
        }
    }
    let said = format!("{n_old} old, {n_new} new, {n_interrupted} amid the move");
    eprintln!("killed: {said}");
    assert!(n_old > 0 && n_new > 0 && n_interrupted > 0, "{said}");
    book.tell(1 - told);
    assert_eq!(code(&book.build()), Some(0));
    assert_eq!(book.told(), 1 - told);
    assert!(book.is_clean());
}

#[test]
fn a_limit_on_the_size_of_files_is_an_error_that_is_told() {
    let book = Book::new();
    book.tell(0);
    let output = book.sh("ulimit -f 4; $DATELINE build");
    assert_eq!(code(&output), Some(2), "{:?} {}", output.status, err(&output));
    assert!(err(&output).contains("cannot write"), "{}", err(&output));
    assert!(err(&output).contains("File too large"), "{}", err(&output));
    assert_eq!(book.told(), 1);
    assert!(book.is_clean());
    assert_eq!(code(&book.build()), Some(0));
    assert_eq!(book.told(), 0);
}

#[test]
fn a_few_open_files_are_enough_or_it_is_told() {
    let book = Book::new();
    book.tell(0);
    let output = book.sh("ulimit -n 24; $DATELINE build");
    if code(&output) == Some(0) {
        assert_eq!(book.told(), 0);
    } else {
        let said = err(&output).to_lowercase();
        assert!(said.contains("too many open files"), "{said}");
        assert_eq!(book.told(), 1);
    }
    let output = book.sh("ulimit -n 8; $DATELINE build");
    assert!(matches!(code(&output), Some(0..=2)), "{:?} {}", output.status, err(&output));
    assert_eq!(code(&book.build()), Some(0));
    assert_eq!(book.told(), 0);
}

#[test]
fn a_build_to_which_nobody_listens_is_done_all_the_same() {
    let book = Book::new();
    let warning = "---\ntitle: W\ndate: 2025-03-30\ndraft: true\n---\n<b>x</b>\n";
    let mut story = 0;
    for ears in [
        "$DATELINE build --drafts | true; exit ${PIPESTATUS[0]}",
        "$DATELINE build --drafts 2>&1 | true; exit ${PIPESTATUS[0]}",
        "$DATELINE build --drafts --format json 2>&1 >/dev/null | true; exit ${PIPESTATUS[0]}",
        "$DATELINE build --drafts 2>&-",
        "$DATELINE build --drafts <&- >&- 2>&-",
    ] {
        book.tell(story);
        for n in 0..40 {
            book.write(
                &format!("content/briefs/w{n}.md"),
                &warning.replace('W', &format!("W{n}")),
            );
        }
        let output = book.sh(ears);
        assert_eq!(code(&output), Some(0), "{ears}: {}", err(&output));
        let title = fs::read_to_string(book.path().join("public/index.html")).unwrap();
        assert!(title.contains(["Old", "New"][story]), "{ears}");
        book.spoil();
        let output = book.sh(ears);
        assert_eq!(code(&output), Some(1), "{ears}: {}", err(&output));
        fs::remove_file(book.path().join("content/briefs/spoilt.md")).unwrap();
        let output = book.sh(&ears.replace("--drafts", "--output book.toml"));
        assert_eq!(code(&output), Some(2), "{ears}");
        story = 1 - story;
    }
}

#[test]
fn builds_at_once_make_one_site() {
    let book = Book::new();
    for story in [0, 1, 0] {
        book.tell(story);
        let builds: Vec<_> = (0..6)
            .map(|_| {
                let mut command = book.command("$DATELINE build");
                command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
            })
            .collect();
        let mut n_done = 0;
        for build in builds {
            let output = build.wait_with_output().unwrap();
            match code(&output) {
                Some(0) => n_done += 1,
                Some(2) => {
                    let said = err(&output);
                    assert!(said.contains("another build is writing"), "{said}");
                }
                other => panic!("{other:?}: {}", err(&output)),
            }
        }
        assert!(n_done > 0);
        assert_eq!(book.told(), story);
        assert!(book.is_clean());
    }
}

/// Runs a script that may mount; `None`, and a word on it, where nobody may.
fn with_mounts(book: &Book, script: &str) -> Option<Output> {
    for may in ["unshare --mount", "unshare --map-root-user --mount"] {
        let probe = format!("{may} mount -t tmpfs none static");
        if book.sh(&probe).status.success() {
            let script = script.replace('\'', "'\\''");
            return Some(book.sh(&format!("{may} bash -euc '{script}'")));
        }
    }
    eprintln!("skipped: nothing can be mounted here");
    None
}

/// The book on a disk of its own, at the old story and about to be built as the new one;
/// `$old` and `$new` are what the site may be.
const DISK: &str = "
    here=$PWD; disk=$PWD/disk; export SOURCE_DATE_EPOCH
    mkdir -p disk old new
    mount -t tmpfs -o size=16m none disk
    cp -r book.toml content static disk/
    is() { diff -r --no-dereference \"$disk/public\" \"$1\"; }
    cd disk
";

fn on_a_disk(script: &str) {
    let book = Book::new();
    for (story, folder) in [(0, "old"), (1, "new")] {
        book.tell(story);
        assert_eq!(code(&book.build()), Some(0));
        let copied = book.sh(&format!("mkdir {folder}; cp -r public/. {folder}"));
        assert!(copied.status.success());
        let kept = book.sh(&format!(
            "mkdir {folder}.book; cp -r book.toml content static {folder}.book"
        ));
        assert!(kept.status.success());
    }
    let Some(output) = with_mounts(&book, &format!("{DISK}{script}")) else { return };
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", err(&output));
    assert!(said.ends_with("all is well\n"), "{said}");
}

#[test]
fn a_full_disk_leaves_the_old_site_and_room_makes_the_new_one() {
    on_a_disk(
        r#"
        become() { rm -rf book.toml content static; cp -r "$here/$1.book/." .; }
        n_full=0
        for room in 0 4 8 16 32 64 96 128 192 256 384 512 768 1024; do
            rm -rf public .public.staging filler rest
            become old; cp -r "$here/old" public; become new
            dd if=/dev/zero of=filler bs=1k count=$(($(df -k --output=avail . | tail -1) - room)) status=none
            code=0; $DATELINE build > "$here/out" 2> "$here/err" || code=$?
            if [ $code = 2 ]; then
                n_full=$((n_full + 1))
                grep -q 'No space left on device' "$here/err" || { cat "$here/err"; exit 1; }
                grep -q 'half old and half new' "$here/err" || is "$here/old"
                rm filler
                $DATELINE build > "$here/out"
            else
                [ $code = 0 ] || { cat "$here/err"; exit 1; }
            fi
            is "$here/new"
            [ ! -e .public.staging ]
        done
        [ $n_full -ge 3 ]
        echo all is well
        "#,
    );
}

#[test]
fn a_read_only_disk_leaves_the_old_site() {
    on_a_disk(
        r#"
        cp -r "$here/old" public
        rm -rf book.toml content static; cp -r "$here/new.book/." .
        mount -o remount,ro none "$disk"
        code=0; $DATELINE build 2> "$here/err" || code=$?
        [ $code = 2 ] && grep -q 'Read-only file system' "$here/err"
        is "$here/old"
        mount -o remount,rw none "$disk"
        $DATELINE build > "$here/out"
        is "$here/new"
        mkdir mounted; mount -t tmpfs none mounted
        code=0; $DATELINE build --output mounted 2> "$here/err" || code=$?
        [ $code = 2 ] && grep -q 'name a folder inside it' "$here/err"
        $DATELINE build --output mounted/site > "$here/out"
        echo all is well
        "#,
    );
}

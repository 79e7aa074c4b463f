//! Publishing to a bare repository by file: what reaches the branch, what is refused, and
//! that the desk stays as it was.

use std::fs;

use crate::publish_desk::{Desk, SETTINGS};

#[test]
fn the_first_publish_makes_the_branch_and_the_second_adds_to_it() {
    let desk = Desk::new();
    let ended = desk.publish(&[]).with(0, "pages added");
    assert!(ended.out.ends_with("\nhttps://desk.org/repo/\n"), "{}", ended.out);
    let first = desk.commits();
    let source = desk.git("book", &["rev-parse", "HEAD"]);
    let message = desk.git("remote.git", &["log", "-1", "--format=%B", "gh-pages"]);
    let expected =
        format!("Publish the site of {}\n\nDateline-Source: {source}", &source[..10]);
    assert_eq!(message, expected);
    let site = desk.site();
    assert!(site.contains_key("2025/08/08/strike/index.html"), "{site:?}");
    assert!(site.contains_key(".nojekyll") && site.values().all(|it| it == "100644"));
    desk.brief("second");
    let ended = desk.publish(&[]).with(0, "1 page added");
    assert!(ended.out.contains("\n  + /2025/08/09/second/\n"), "{}", ended.out);
    assert_eq!(desk.commits()[1..], first);
    desk.git("remote.git", &["fsck", "--strict"]);
}

#[test]
fn what_is_published_are_the_bytes_that_build_writes() {
    let desk = Desk::new();
    desk.write("static/img/A \"quoted\" ü.txt", "x");
    desk.write(".gitignore", "public\n");
    desk.commit("asset");
    desk.write("public/stale.html", "of another day");
    desk.publish(&[]).with(0, "published");
    desk.publish(&["--to", "../out"]).with(0, "");
    let site = desk.site();
    assert!(site.len() > 15 && !site.contains_key("stale.html"), "{site:?}");
    for (path, _) in
        walk(&desk, "out").into_iter().filter(|it| it.0 != "dateline-manifest.txt")
    {
        let published = desk.git("remote.git", &["show", &format!("gh-pages:{path}")]);
        let built = fs::read_to_string(desk.dir.path().join("out").join(&path)).unwrap();
        assert_eq!(published, built.trim_end_matches('\n'), "{path}");
    }
}

fn walk(desk: &Desk, folder: &str) -> Vec<(String, std::time::SystemTime)> {
    let top = desk.dir.path().join(folder);
    let files = walkdir::WalkDir::new(&top).sort_by_file_name().into_iter();
    let files = files.map(Result::unwrap).filter(|it| it.file_type().is_file());
    files
        .map(|it| {
            let path = it.path().strip_prefix(&top).unwrap().to_str().unwrap().to_owned();
            (path, it.metadata().unwrap().modified().unwrap())
        })
        .collect()
}

#[test]
fn an_unchanged_site_makes_no_commit() {
    let desk = Desk::new();
    desk.publish(&[]).with(0, "published");
    let commits = desk.commits();
    desk.git("book", &["commit", "-q", "--allow-empty", "-m", "nothing"]);
    desk.publish(&[]).with(0, "already published: https://desk.org/repo/\n");
    assert_eq!(desk.commits(), commits);
}

#[test]
fn what_is_not_committed_is_published_only_when_it_is_allowed() {
    let desk = Desk::new();
    desk.write("content/briefs/new.md", "---\ntitle: New\ndate: 2025-08-10\n---\nx\n");
    desk.write("content/notes.txt", "no brief, and not read");
    desk.write("elsewhere/file.txt", "not read either");
    let ended = desk.publish(&[]).with(2, "content/briefs/new.md");
    assert!(!ended.err.contains("notes.txt") && !ended.err.contains("elsewhere"));
    assert!(desk.commits().is_empty());
    desk.publish(&["--allow-dirty"]).with(0, "published");
    let message = desk.git("remote.git", &["log", "-1", "--format=%B", "gh-pages"]);
    assert!(message.contains("with uncommitted changes"), "{message}");
    desk.commit("all");
    desk.write("book.toml", &SETTINGS.replace("Desk", "Other"));
    desk.publish(&[]).with(2, "book.toml");
    desk.git("book", &["add", "-A"]);
    desk.publish(&[]).with(2, "book.toml");
}

#[test]
fn a_book_that_git_ignores_is_not_committed() {
    let desk = Desk::with(SETTINGS, "book/inner");
    desk.git("book", &["rm", "-r", "-q", "--cached", "."]);
    fs::write(desk.dir.path().join("book/.gitignore"), "inner\n").unwrap();
    desk.commit("ignored");
    desk.publish(&[]).with(2, "inner/book.toml");
}

#[test]
fn a_book_below_the_top_of_its_repository_is_published() {
    let desk = Desk::with(SETTINGS, "book/docs/the book");
    desk.publish(&[]).with(0, "published");
    assert!(desk.site().contains_key("2025/08/08/strike/index.html"));
    desk.write("content/briefs/strike.md", "---\ntitle: B\ndate: 2025-08-08\n---\n");
    desk.publish(&[]).with(2, "docs/the book/content/briefs/strike.md");
}

#[test]
fn no_state_of_the_repository_matters_and_none_is_changed() {
    // A stash, staged and unstaged files that the book does not read, a detached HEAD.
    let desk = Desk::new();
    desk.write("other.txt", "1");
    desk.git("book", &["add", "-A"]);
    desk.git("book", &["stash", "-q"]);
    desk.write("staged.txt", "2");
    desk.git("book", &["add", "staged.txt"]);
    desk.write("staged.txt", "3");
    desk.git("book", &["checkout", "-q", "--detach"]);
    // The same bytes at another time: a look at the state would freshen the index.
    let book = desk.dir.path().join("book/book.toml");
    let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    fs::File::options().write(true).open(book).unwrap().set_modified(long_ago).unwrap();
    desk.publish(&[]).with(0, "published");
    // A linked work tree with another branch.
    desk.git("book", &["worktree", "add", "-q", "-b", "linked", "../linked"]);
    let linked = Desk { book: "linked", ..desk };
    linked.write("content/briefs/w.md", "---\ntitle: W\ndate: 2025-08-11\n---\n");
    linked.git("linked", &["add", "-A"]);
    linked.git("linked", &["commit", "-q", "-m", "linked"]);
    linked.publish(&[]).with(0, "1 page added");
    // A shallow clone.
    let url = format!("file://{}", linked.dir.path().join("book").display());
    linked.git(".", &["clone", "-q", "--depth=1", "-b", "linked", &url, "shallow"]);
    let shallow = Desk { book: "shallow", ..linked };
    shallow.publish(&["--remote", &shallow.remote()]).with(0, "already published");
}

#[test]
fn a_merge_that_is_going_on_does_not_matter() {
    let desk = Desk::new();
    desk.git("book", &["checkout", "-q", "-b", "side"]);
    desk.write("notes.txt", "side");
    desk.commit("side");
    desk.git("book", &["checkout", "-q", "main"]);
    desk.write("notes.txt", "main");
    desk.commit("main");
    let merge = std::process::Command::new("git")
        .args(["-c", "user.name=a", "-c", "user.email=a@b", "merge", "-q", "side"])
        .current_dir(desk.dir.path().join("book"))
        .output()
        .unwrap();
    assert!(
        !merge.status.success() && desk.dir.path().join("book/.git/MERGE_HEAD").exists()
    );
    desk.publish(&[]).with(0, "published");
}

#[test]
fn nobody_needs_a_name_to_publish() {
    let desk = Desk::new();
    let author =
        || desk.git("remote.git", &["log", "-1", "--format=%an %ae %ad", "gh-pages"]);
    desk.publish(&[]).with(0, "published");
    assert_eq!(
        author(),
        "Dateline publish@dateline.invalid Sun Aug 24 01:46:40 2025 +0000"
    );
    desk.git("book", &["config", "user.name", "Ada Ø"]);
    desk.git("book", &["config", "user.email", "ada@desk.org"]);
    desk.brief("second");
    desk.publish(&[]).with(0, "published");
    assert_eq!(author(), "Ada Ø ada@desk.org Sun Aug 24 01:46:40 2025 +0000");
}

#[test]
fn no_hook_runs_and_no_setting_of_commits_matters() {
    let desk = Desk::new();
    // The remote is another machine's as a rule, and has hooks of its own.
    desk.git("remote.git", &["config", "core.hooksPath", "/dev/null"]);
    let ran = desk.dir.path().join("tmp-hook-ran");
    let touch = format!("echo \"$0\" >>'{}'; exit 1", ran.display());
    for folder in ["book/.git/hooks", "hooks", "template/hooks"] {
        for hook in [
            "pre-commit",
            "commit-msg",
            "pre-push",
            "reference-transaction",
            "post-checkout",
        ] {
            desk.script(&format!("{folder}/{hook}"), &touch);
        }
    }
    let fsmonitor = desk.script("fsmonitor", &touch);
    let dir = desk.dir.path();
    let config = format!(
        "[commit]\ngpgSign = true\n[push]\ngpgSign = true\nfollowTags = true\n[gpg]\nprogram = false\n[init]\ntemplateDir = {0}/template\n[core]\nhooksPath = {0}/hooks\nfsmonitor = {1}\n[safe]\nbareRepository = explicit\n[log]\nshowSignature = true\n[user]\nuseConfigOnly = true\n[fetch]\nprune = true\n",
        dir.display(),
        fsmonitor.display()
    );
    fs::write(dir.join("gitconfig"), config).unwrap();
    let mut command = desk.command(&[]);
    command.env("GIT_DIR", "/nowhere").env("GIT_WORK_TREE", "/nowhere");
    command.env("GIT_INDEX_FILE", dir.join("other-index")).env("GIT_TRACE", "1");
    command.env("GIT_OBJECT_DIRECTORY", "/nowhere").env("GIT_NAMESPACE", "x");
    // Were one to run, the desk would not be as it was: its name would lie there.
    desk.run(&mut command).with(0, "published");
    fs::remove_file(dir.join("gitconfig")).unwrap();
    assert_eq!(desk.commits().len(), 1);
}

#[test]
fn a_branch_of_others_is_taken_over_only_when_it_is_allowed() {
    let desk = Desk::new();
    desk.others_push(&[("index.html", "old"), ("notes.txt", "mine")], "By hand");
    let before = desk.commits();
    let ended = desk.publish(&[]).with(2, "did not make");
    assert!(
        ended.err.contains("  | index.html\n  | notes.txt\n")
            && ended.err.contains("--adopt")
    );
    assert_eq!(desk.commits(), before);
    desk.publish(&["--adopt"]).with(0, "published");
    assert_eq!(desk.commits()[1..], before, "nothing of the history is lost");
    assert!(!desk.site().contains_key("notes.txt"));
    desk.brief("second");
    desk.publish(&[]).with(0, "published");
    // Somebody adds a file to Dateline's branch: that one alone is foreign.
    desk.others_push(&[("notes.txt", "again")], "By hand");
    let ended = desk.publish(&[]).with(2, "  | notes.txt\n  | if they can go");
    assert!(!ended.err.contains("index.html"), "{}", ended.err);
}

#[test]
fn a_branch_with_the_sources_is_never_written() {
    let desk = Desk::new();
    desk.publish(&["--branch", "main"]).with(2, "is checked out");
    desk.git("book", &["push", "-q", "origin", "main:gh-pages", "main:sources"]);
    let before = desk.commits();
    desk.publish(&["--adopt"]).with(2, "holds the sources of a book (book.toml)");
    desk.publish(&["--adopt", "--replace-history"]).with(2, "holds the sources");
    desk.publish(&["--adopt", "--branch", "refs/heads/sources"])
        .with(2, "holds the sources");
    assert_eq!(desk.commits(), before);
}

/// A hook of the remote in which somebody else pushes first, as long as `n` lasts.
fn somebody_pushes(desk: &Desk, n: usize) {
    let count = desk.dir.path().join("remote.git/left");
    fs::write(&count, n.to_string()).unwrap();
    desk.script(
        "remote.git/hooks/pre-receive",
        "unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a
n=$(cat left); [ $n = 0 ] && exit 0; echo $((n-1)) > left
git update-ref refs/heads/gh-pages $(git commit-tree -p gh-pages -m \"sneaked $n\" gh-pages^{tree})",
    );
}

#[test]
fn a_remote_that_moves_is_fetched_again() {
    let desk = Desk::new();
    desk.publish(&[]).with(0, "published");
    desk.brief("second");
    somebody_pushes(&desk, 2);
    desk.publish(&[]).with(0, "published");
    let log = desk.git("remote.git", &["log", "--format=%s", "gh-pages"]);
    let log: Vec<&str> = log.lines().collect();
    assert_eq!((log.len(), log[1], log[2]), (4, "sneaked 1", "sneaked 2"), "{log:?}");
    assert!(desk.site().contains_key("2025/08/09/second/index.html"));
}

#[test]
fn a_remote_that_moves_three_times_is_given_up() {
    let desk = Desk::new();
    desk.publish(&[]).with(0, "published");
    desk.brief("second");
    somebody_pushes(&desk, 9);
    desk.publish(&[]).with(2, "moved 3 times");
    assert_eq!(
        fs::read_to_string(desk.dir.path().join("remote.git/left")).unwrap(),
        "6\n"
    );
    assert!(!desk.site().contains_key("2025/08/09/second/index.html"));
}

#[test]
fn history_is_replaced_only_if_it_is_what_was_seen() {
    let desk = Desk::new();
    desk.publish(&[]).with(0, "published");
    desk.brief("second");
    desk.publish(&[]).with(0, "published");
    desk.publish(&["--replace-history"]).with(0, "the same files");
    assert_eq!(desk.commits().len(), 1);
    desk.publish(&["--replace-history"]).with(0, "already published");
    desk.brief("third");
    somebody_pushes(&desk, 1);
    desk.publish(&["--replace-history"]).with(2, "its history was not replaced");
    let log = desk.git("remote.git", &["log", "--format=%s", "gh-pages"]);
    assert!(log.starts_with("sneaked 1\n"), "{log}");
}

#[test]
fn the_domain_of_the_branch_is_kept_and_two_domains_are_an_error() {
    let desk = Desk::new();
    desk.publish(&[]).with(0, "published");
    desk.others_push(&[("CNAME", "news.desk.org")], "Create CNAME");
    desk.brief("second");
    desk.publish(&[]).with(0, "published");
    assert_eq!(desk.file("CNAME"), "news.desk.org");
    desk.brief("third");
    desk.publish(&["--replace-history"]).with(0, "published");
    assert_eq!(desk.file("CNAME"), "news.desk.org");
    desk.write("book.toml", &format!("{SETTINGS}cname = 'other.desk.org'\n"));
    desk.commit("other domain");
    desk.publish(&["--adopt"])
        .with(2, "the branch's CNAME is `news.desk.org` and the book's `other.desk.org`");
    assert_eq!(desk.file("CNAME"), "news.desk.org");
}

#[test]
fn a_domain_from_the_book_may_change_and_go_with_the_book() {
    let settings = |cname: &str| format!("{SETTINGS}cname = '{cname}'\n");
    let desk = Desk::with(&settings("a.desk.org"), "book");
    desk.publish(&[]).with(0, "`cname` is a.desk.org, and `site-url` is at desk.org");
    assert_eq!(desk.file("CNAME"), "a.desk.org");
    desk.write("book.toml", &settings("B.desk.org"));
    desk.commit("b");
    desk.publish(&[]).with(0, "published");
    assert_eq!(desk.file("CNAME"), "B.desk.org");
    desk.write("book.toml", SETTINGS);
    desk.commit("none");
    desk.publish(&[]).with(0, "published");
    assert!(!desk.site().contains_key("CNAME"));
    for cname in ["https://desk.org/", "two words.org", "localhost"] {
        desk.write("book.toml", &settings(cname));
        desk.publish(&["--allow-dirty"]).with(1, "`cname` must be a domain");
    }
}

#[test]
fn a_site_does_not_lose_most_of_its_pages_by_mistake() {
    let desk = Desk::new();
    for n in 0..9 {
        desk.brief(&format!("brief-{n}"));
    }
    desk.publish(&[]).with(0, "published");
    desk.git("book", &["rm", "-r", "-q", "content/briefs"]);
    desk.commit("gone");
    desk.publish(&[]).with(2, "published pages would be removed");
    assert!(desk.site().contains_key("2025/08/09/brief-1/index.html"));
    desk.publish(&["--allow-removal"]).with(0, "pages removed");
    assert!(!desk.site().contains_key("2025/08/09/brief-1/index.html"));
}

#[test]
fn a_book_without_an_address_for_others_is_refused() {
    let desk = Desk::with("[book]\ntitle = 'x'\n", "book");
    desk.git("book", &["remote", "set-url", "origin", "git@github.com:Desk/news.git"]);
    desk.publish(&[]).with(2, "site-url = \"https://desk.github.io/news/\"");
    desk.write("book.toml", "[output.html]\nsite-url = 'http://localhost:3000/'\n");
    desk.commit("local");
    desk.publish(&[]).with(2, "which only this machine can open");
    desk.publish(&["--to", "../out"]).with(2, "which only this machine can open");
}

#[test]
fn all_that_is_missing_is_told_at_once() {
    let desk = Desk::new();
    desk.write("book.toml", "[book]\ntitle = 'x'\n");
    let ended = desk.publish(&["--remote", "orign", "--message", " "]);
    let ended = ended.with(2, "4 things are missing before the site can be published:");
    for expected in [
        "- the message is empty",
        "- no remote is called `orign`",
        "- the book has no `site-url`",
        "- these files are not committed:",
        "| book.toml\n",
    ] {
        assert!(ended.err.contains(expected), "{expected} in {}", ended.err);
    }
}

#[test]
fn errors_in_the_book_publish_nothing() {
    let desk = Desk::new();
    desk.write("content/briefs/bad.md", "---\ntitle: Bad\ndate: never\n---\n");
    desk.commit("bad");
    let ended = desk.publish(&["--format", "concise"]).with(1, "nothing was published");
    assert!(ended.err.starts_with("content/briefs/bad.md:3:7: error[wrong-type]"));
    desk.write("content/briefs/bad.md", "---\ntitle: Bad\ndate: 2025-08-08\n---\n");
    desk.write("templates/brief.html", "{{ nothing.of.the.kind }}");
    desk.commit("bad template");
    desk.publish(&[]).with(1, "nothing was published");
    assert!(desk.commits().is_empty());
}

#[test]
fn drafts_and_embargoes_are_never_published() {
    let desk = Desk::new();
    desk.write(
        "content/briefs/d.md",
        "---\ntitle: D\ndate: 2025-08-08\ndraft: true\n---\n",
    );
    desk.write(
        "content/briefs/e.md",
        "---\ntitle: E\ndate: 2025-08-08\nembargo: 2030-01-01T00:00:00Z\n---\n",
    );
    desk.commit("not yet");
    desk.publish(&[]).with(0, "published");
    let site = desk.site();
    assert!(!site.keys().any(|it| it.contains("/d/") || it.contains("/e/")), "{site:?}");
    desk.publish(&["--drafts"]).with(2, "unexpected argument");
}

#[test]
fn a_dry_run_tells_and_pushes_nothing() {
    let desk = Desk::new();
    let ended =
        desk.publish(&["--dry-run"]).with(0, "would publish to gh-pages of file:///");
    assert!(ended.out.ends_with("nothing was pushed\n"), "{}", ended.out);
    assert!(desk.commits().is_empty());
}

#[test]
fn a_message_stands_as_it_was_given() {
    let desk = Desk::new();
    desk.publish(&["-m", "  "]).with(2, "the message is empty");
    desk.publish(&["-m", "Dateline-Source: x\n\n#1 näch$te\n"]).with(0, "published");
    let message = desk.git("remote.git", &["log", "-1", "--format=%B", "gh-pages"]);
    assert!(
        message.starts_with("Dateline-Source: x\n\n#1 näch$te\n\nDateline-Source: "),
        "{message}"
    );
}

#[test]
fn a_remote_that_refuses_is_quoted() {
    let desk = Desk::new();
    desk.script("remote.git/hooks/update", "echo 'this branch is protected' >&2; exit 1");
    let ended = desk.publish(&[]).with(2, "the site was not published");
    assert!(ended.err.contains("this branch is protected"), "{}", ended.err);
}

#[test]
fn a_site_over_a_gigabyte_is_refused_before_any_work() {
    let desk = Desk::new();
    desk.write("static/big.bin", "");
    let path = desk.dir.path().join("book/static/big.bin");
    desk.write(".gitignore", "big.bin\n");
    desk.commit("ignore");
    let file = fs::File::create(&path).unwrap();
    file.set_len(1_000_000_001).unwrap(); // takes no room on the disk
    let args: [&[&str]; 2] = [&["--allow-dirty"], &["--to", "../out"]];
    for args in args {
        let output = desk.command(args).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("larger than 1 GB"), "{said}");
    }
    assert!(desk.commits().is_empty() && !desk.dir.path().join("out").exists());
}

#[test]
fn a_file_that_only_stands_for_another_is_not_published() {
    let desk = Desk::new();
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0a\nsize 5\n";
    desk.write("static/img/gate.jpg", pointer);
    desk.commit("picture");
    for args in [&[][..], &["--to", "../out"]] {
        let ended = desk.publish(args).with(1, "only stands for a file of Git LFS");
        assert!(ended.err.contains("static/img/gate.jpg"), "{}", ended.err);
    }
    assert!(desk.commits().is_empty() && !desk.dir.path().join("out").exists());
}

#[test]
fn a_name_that_git_cannot_hold_is_told() {
    let desk = Desk::new();
    desk.write("static/git~1", "x");
    desk.publish(&["--allow-dirty"]).with(2, "git cannot hold a file called `git~1`");
    assert!(desk.commits().is_empty());
}

#[test]
fn a_name_that_would_be_git_s_own_folder_on_some_system_is_told() {
    // A Mac leaves U+200C out of names, and Windows what follows a colon.
    for name in [".g\u{200c}it", "GIT~1 ", ".git::$INDEX_ALLOCATION"] {
        let desk = Desk::new();
        desk.write(&format!("static/a/x{name}/x"), "x");
        desk.write("static/b", "x");
        desk.commit("harmless within a longer name");
        desk.publish(&[]).with(0, "published");
    }
    let desk = Desk::new();
    desk.write("static/a/git~1 ./x", "x");
    // Git itself does not take it from a user on every system.
    desk.publish(&["--allow-dirty"]).with(2, "git cannot hold a file of the site");
    assert!(desk.commits().is_empty());
}

#[test]
fn links_folders_and_odd_names_of_a_foreign_branch_are_listed_and_go() {
    let desk = Desk::new();
    desk.others_push(&[("CNAME/x", "a folder"), ("a\"b\\ü.txt", "odd")], "By hand");
    let ended = desk.publish(&[]).with(2, "  | CNAME/x\n  | a\"b\\ü.txt\n");
    assert!(ended.err.contains("--adopt"));
    desk.publish(&["--adopt"]).with(0, "published");
    assert!(!desk.site().keys().any(|it| it.starts_with("CNAME")));
    desk.git("remote.git", &["fsck", "--strict"]);
}

#[test]
fn names_that_lead_nowhere_are_told() {
    let desk = Desk::new();
    for (args, expected) in [
        (["--remote", "orign"], "no remote is called `orign`: give one of origin"),
        (["--remote", ""], "is not a remote"),
        (["--remote=-x", "-n"], "is not a remote"),
        (["--branch", "a..b"], "is not a branch name"),
        (["--branch", "HEAD"], "is not a branch name"),
        (["--branch", "@{-1}"], "is not a branch name"),
        (["--remote", "file:///nowhere/r.git"], "cannot be reached, or refuses"),
        (["--timeout", "0"], "0 is not in 1..=86400"),
    ] {
        desk.publish(&args).with(2, expected);
    }
    desk.git("book", &["remote", "remove", "origin"]);
    desk.publish(&[]).with(2, "has no remote called `origin`");
    fs::remove_dir_all(desk.dir.path().join("book/.git")).unwrap();
    desk.publish(&[]).with(2, "is not in a git work tree");
    desk.publish(&["--to", "../out"]).with(0, "upload it to https://desk.org/repo/");
}

#[test]
fn without_git_it_says_so_and_a_folder_needs_none() {
    let desk = Desk::new();
    let mut command = desk.command(&[]);
    desk.run(command.env("PATH", "/nowhere"))
        .with(2, "cannot find git: install git 2.31");
    desk.script("old/git", "echo git version 2.25.1");
    let mut command = desk.command(&[]);
    let old = desk.run(command.env("PATH", desk.dir.path().join("old")));
    old.with(2, "this git is too old (git version 2.25.1)");
    let mut command = desk
        .command(&["--to", desk.dir.path().join("tmp").join("out").to_str().unwrap()]);
    let output = command.env("PATH", "/nowhere").output().unwrap();
    assert!(output.status.success());
}

#[test]
fn a_folder_keeps_the_times_of_files_that_stay() {
    let desk = Desk::new();
    let publish = |args: &[&str]| {
        let output =
            desk.command(&[&["--to", "../out"], args].concat()).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(said).unwrap())
    };
    assert_eq!(publish(&[]).0, Some(0));
    let before = walk(&desk, "out");
    assert!(before.iter().any(|it| it.0 == ".nojekyll"));
    desk.brief("second");
    assert_eq!(publish(&[]).0, Some(0));
    let after = walk(&desk, "out");
    let same = before.iter().filter(|it| after.contains(it)).count();
    assert!(same > 3 && same < before.len(), "{same} of {}", before.len());
    let untouched =
        |path: &str| before.iter().any(|it| it.0 == path && after.contains(it));
    assert!(untouched(".nojekyll") && untouched("dateline.css"), "{after:?}");
    for n in 0..9 {
        desk.brief(&format!("brief-{n}"));
    }
    assert_eq!(publish(&[]).0, Some(0));
    desk.git("book", &["rm", "-r", "-q", "content/briefs"]);
    let (code, said) = publish(&[]);
    assert!(code == Some(2) && said.contains("pages would be removed"), "{said}");
    assert!(walk(&desk, "out").iter().any(|it| it.0.contains("brief-3")));
    // A domain that the host's folder has already.
    fs::create_dir_all(desk.dir.path().join("book/content/briefs")).unwrap();
    fs::write(desk.dir.path().join("out/CNAME"), "own.desk.org").unwrap();
    assert_eq!(publish(&["--allow-removal"]).0, Some(0));
    assert!(walk(&desk, "out").iter().any(|it| it.0 == "CNAME"));
    desk.write("book.toml", &format!("{SETTINGS}cname = 'other.desk.org'\n"));
    let (code, said) = publish(&[]);
    assert!(code == Some(2) && said.contains("CNAME is in the way"), "{said}");
}

#[test]
fn what_git_is_told_to_overlook_is_not_published_in_silence() {
    let desk = Desk::new();
    desk.write(
        "content/briefs/known.md",
        "---\ntitle: Known\ndate: 2025-08-10\n---\nx\n",
    );
    desk.write(".gitignore", "*.draft.md\n/public\n");
    desk.commit("more");
    desk.publish(&[]).with(0, "published");
    let refuse = |what: &str| {
        let ended = desk.publish(&[]).with(2, "these files are not committed");
        assert!(ended.err.contains(what), "{}", ended.err);
    };
    // Hidden by the book's .gitignore, by the repository's own list, by the user's.
    let hidden = "---\ntitle: Hidden\ndate: 2025-08-10\n---\nx\n";
    desk.write("content/briefs/secret.draft.md", hidden);
    refuse("content/briefs/secret.draft.md");
    fs::remove_file(desk.dir.path().join("book/content/briefs/secret.draft.md")).unwrap();
    fs::write(desk.dir.path().join("book/.git/info/exclude"), "static\n").unwrap();
    desk.write("static/leak.txt", "x");
    refuse("static/leak.txt");
    fs::remove_dir_all(desk.dir.path().join("book/static")).unwrap();
    fs::write(desk.dir.path().join("ignored"), "templates\n").unwrap();
    let ignored = desk.dir.path().join("ignored").to_str().unwrap().to_owned();
    desk.git("book", &["config", "core.excludesFile", &ignored]);
    desk.write("templates/brief-link.html", "x");
    refuse("templates/brief-link.html");
    fs::remove_dir_all(desk.dir.path().join("book/templates")).unwrap();
    desk.publish(&[]).with(0, "already published");
    // Marked as unchanged, or as not to be looked at.
    for flag in ["--assume-unchanged", "--skip-worktree"] {
        desk.git("book", &["update-index", flag, "content/briefs/known.md"]);
        let text = "---\ntitle: Known\ndate: 2025-08-10\n---\nchanged\n";
        desk.write("content/briefs/known.md", text);
        refuse("content/briefs/known.md");
        let no_flag = flag.replacen("--", "--no-", 1);
        desk.git("book", &["update-index", &no_flag, "content/briefs/known.md"]);
        desk.git("book", &["checkout", "-q", "content/briefs/known.md"]);
    }
    // Taken away by a sparse checkout.
    desk.git(
        "book",
        &["sparse-checkout", "set", "--no-cone", "/*", "!/content/briefs/known.md"],
    );
    refuse("content/briefs/known.md");
    desk.git("book", &["sparse-checkout", "disable"]);
    desk.publish(&[]).with(0, "already published");
}

#[test]
fn line_ends_that_git_changes_are_no_change() {
    let desk = Desk::new();
    desk.write(".gitattributes", "*.md text eol=crlf\n");
    desk.write(
        "content/briefs/crlf.md",
        "---\r\ntitle: C\r\ndate: 2025-08-10\r\n---\r\nx\r\n",
    );
    desk.commit("line ends");
    desk.git("book", &["checkout", "-q", "HEAD", "--", "."]);
    desk.publish(&[]).with(0, "published");
}

#[test]
fn a_book_whose_texts_are_a_submodule_is_compared_with_the_commit_of_that() {
    let desk = Desk::new();
    let texts = desk.dir.path().join("texts");
    fs::rename(desk.dir.path().join("book/content"), &texts).unwrap();
    desk.git("texts", &["init", "-q", "-b", "main"]);
    desk.git("texts", &["add", "-A"]);
    desk.git("texts", &["commit", "-q", "-m", "texts"]);
    let address = format!("file://{}", texts.display());
    desk.git("book", &["rm", "-r", "-q", "--cached", "content"]);
    desk.git(
        "book",
        &[
            "-c",
            "protocol.file.allow=always",
            "submodule",
            "--quiet",
            "add",
            &address,
            "content",
        ],
    );
    desk.commit("texts are a submodule");
    desk.publish(&[]).with(0, "published");
    desk.write("content/briefs/new.md", "---\ntitle: New\ndate: 2025-08-10\n---\nx\n");
    desk.publish(&[]).with(2, "content/briefs/new.md");
    desk.git("book/content", &["add", "-A"]);
    desk.git("book/content", &["commit", "-q", "-m", "new"]);
    desk.publish(&[]).with(2, "content/briefs/new.md");
    desk.commit("the submodule's new commit");
    desk.publish(&[]).with(0, "published");
}

//! Publishing to a git server by HTTP: logins, lines that die, servers that hang.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::git_server::{Act, Request, serve};
use crate::publish_desk::Desk;

/// A desk whose `origin` is served by HTTP, with `user` before the host.
fn desk(user: &str, act: impl Fn(&Request) -> Act + Send + Sync + 'static) -> Desk {
    let desk = Desk::new();
    let port = serve(desk.dir.path(), act);
    let url = format!("http://{user}127.0.0.1:{port}/remote.git");
    desk.git("book", &["remote", "set-url", "origin", &url]);
    desk
}

/// What the header of a login says.
fn login(request: &Request) -> &str {
    request.headers.get("authorization").map_or("", String::as_str)
}

#[test]
fn a_site_goes_over_http_and_an_old_one_is_added_to() {
    let desk = desk("", |_| Act::Serve);
    desk.publish(&[]).with(0, "published");
    desk.brief("second");
    desk.publish(&[]).with(0, "1 page added");
    desk.publish(&[]).with(0, "already published");
    assert_eq!(desk.commits().len(), 2);
    desk.git("remote.git", &["fsck", "--strict"]);
    // The file that is kept is the one that must be fetched for it, with and without a
    // server that leaves files out.
    desk.others_push(&[("CNAME", "news.desk.org")], "Create CNAME");
    for filter in ["true", "false"] {
        desk.git("remote.git", &["config", "uploadpack.allowFilter", filter]);
        desk.brief(filter);
        desk.publish(&[]).with(0, "published");
        assert_eq!(desk.file("CNAME"), "news.desk.org");
    }
    desk.brief("last");
    desk.publish(&["--replace-history"]).with(0, "published");
    assert_eq!((desk.file("CNAME"), desk.commits().len()), ("news.desk.org".into(), 1));
    desk.git("remote.git", &["fsck", "--strict"]);
}

#[test]
fn a_login_is_used_and_never_shown() {
    // desk:s3cret-word and desk:wr0ng-word, as HTTP writes them (RFC 7617).
    let right = "Basic ZGVzazpzM2NyZXQtd29yZA==";
    let desk = desk("desk:s3cret-word@", move |request| {
        if login(request) == right { Act::Serve } else { Act::AskPassword }
    });
    let mut command = desk.command(&[]);
    let ended = desk.run(command.env("GIT_TRACE", "1").env("GIT_CURL_VERBOSE", "1"));
    let ended = ended.with(0, "published to gh-pages of http://127.0.0.1:");
    assert!(!ended.said().contains("s3cret") && !ended.said().contains("desk:"));
    desk.brief("second");
    let url = desk.git("book", &["remote", "get-url", "origin"]);
    let wrong = url.replace("s3cret", "wr0ng");
    for remote in [
        &*wrong,
        &wrong.replace("remote.git", "nothing.git"),
        "http://desk:wr0ng-word@127.0.0.1:1/x",
    ] {
        let ended = desk.publish(&["--remote", remote]);
        assert_eq!(ended.code, Some(2), "{}", ended.said());
        assert!(
            !ended.said().contains("wr0ng") && !ended.said().contains("desk:"),
            "{}",
            ended.said()
        );
    }
    // Settings of the repository reach the private one, those of the environment too.
    let plain = url.replace("desk:s3cret-word@", "");
    desk.publish(&["--remote", &plain]).with(2, "wants a login");
    let header = format!("Authorization: {right}");
    let mut command = desk.command(&["--remote", &plain, "--dry-run"]);
    command.env("GIT_CONFIG_COUNT", "1").env("GIT_CONFIG_KEY_0", "http.extraHeader");
    desk.run(command.env("GIT_CONFIG_VALUE_0", &header)).with(0, "would publish");
    desk.git("book", &["config", "http.extraHeader", &header]);
    desk.publish(&["--remote", &plain]).with(0, "published");
}

#[test]
fn a_credential_helper_is_asked_and_a_person_is_not() {
    let desk = desk("", |request| match login(request) {
        "" => Act::AskPassword,
        _ => Act::Serve,
    });
    let asked = desk.script("ask", "touch \"$HOME/asked\"; echo x");
    let mut command = desk.command(&[]);
    command.env("GIT_ASKPASS", &asked).env("SSH_ASKPASS", &asked).env("DISPLAY", ":0");
    let started = Instant::now();
    desk.run(&mut command).with(2, "wants a login, and Dateline asks nobody");
    assert!(started.elapsed() < Duration::from_secs(20));
    let asks = asked.to_str().unwrap();
    desk.git("book", &["config", "core.askPass", asks]);
    desk.git("book", &["config", "--global", "core.askPass", asks]);
    desk.publish(&[]).with(2, "wants a login");
    let helper = "!f() { echo username=desk; echo password=x; }; f";
    desk.git("book", &["config", "credential.helper", helper]);
    desk.publish(&[]).with(0, "published");
}

/// How often a publish asks the helper of a login, which `settings` gives to git.
fn asks(settings: impl Fn(&Path, &str) -> Vec<(&'static str, String)>) -> usize {
    let right = "Basic ZGVzazp4"; // desk:x, as HTTP writes it
    let desk =
        desk(
            "",
            move |request| {
                if login(request) == right { Act::Serve } else { Act::AskPassword }
            },
        );
    let at = desk.dir.path().canonicalize().unwrap();
    let asked = at.join("asked");
    let helper = format!(
        "[credential]\n\thelper = \"!f() {{ echo x >> '{}'; echo username=desk; echo password=x; }}; f\"\n",
        asked.display()
    );
    for (name, text) in settings(&at, &helper) {
        std::fs::write(at.join(name), text).unwrap();
    }
    let output = desk.command(&[]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read_to_string(asked).unwrap().lines().count()
}

#[test]
fn settings_that_the_user_has_for_one_folder_hold_for_the_push() {
    let everywhere = asks(|_, helper| vec![("gitconfig", helper.to_owned())]);
    let for_the_book = asks(|at, helper| {
        let include = format!(
            "[includeIf \"gitdir:{}/\"]\n\tpath = for-the-book\n",
            at.join("book").display()
        );
        vec![("for-the-book", helper.to_owned()), ("gitconfig", include)]
    });
    assert_eq!(for_the_book, everywhere);
}

#[test]
fn a_server_that_hangs_is_left_after_the_time_it_has() {
    let desk = desk("", |_| Act::Hang);
    let started = Instant::now();
    desk.publish(&["--timeout", "1"]).with(2, "did not answer within 1 s");
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_at_once_and_leaves_nothing() {
    let (tell, told) = std::sync::mpsc::channel();
    let desk = desk("", move |_| {
        tell.send(()).unwrap();
        Act::Hang
    });
    let before = desk.look();
    let mut command = desk.command(&[]);
    let child = command.stderr(std::process::Stdio::piped()).spawn().unwrap();
    told.recv().unwrap();
    let pid = child.id().to_string();
    std::process::Command::new("kill").args(["-INT", &pid]).status().unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "error: interrupted\n");
    desk.check_untouched(&before);
    let left = std::fs::read_dir(desk.dir.path().join("tmp")).unwrap().count();
    assert_eq!(left, 0, "the private repository goes away");
}

#[test]
fn a_push_that_hangs_is_asked_about() {
    let desk = desk("", |request| if request.is_push() { Act::Hang } else { Act::Serve });
    let ended = desk.publish(&["--timeout", "2"]).with(2, "the site was not published");
    assert!(ended.err.contains("did not answer within 2 s"), "{}", ended.err);
    assert!(desk.commits().is_empty());
}

#[test]
fn a_line_that_dies_after_the_push_was_taken_is_no_failure() {
    let desk =
        desk("", |request| if request.is_push() { Act::ServeAndCut } else { Act::Serve });
    desk.publish(&[]).with(0, "published");
    desk.brief("second");
    desk.publish(&[]).with(0, "1 page added");
    assert_eq!(desk.commits().len(), 2);
}

#[test]
fn a_line_that_dies_before_the_push_was_taken_is_told() {
    let desk = desk("", |request| if request.is_push() { Act::Cut } else { Act::Serve });
    desk.publish(&[]).with(2, "the site was not published");
    assert!(desk.commits().is_empty());
}

#[test]
fn what_nobody_knows_is_said_and_found_out_later() {
    static IS_DEAD: AtomicBool = AtomicBool::new(false);
    let desk = desk("", |request| match IS_DEAD.load(Ordering::SeqCst) {
        true => Act::Cut,
        false if request.is_push() => {
            IS_DEAD.store(true, Ordering::SeqCst);
            Act::ServeAndCut
        }
        false => Act::Serve,
    });
    desk.publish(&[]).with(2, "whether the site was published is not known");
    IS_DEAD.store(false, Ordering::SeqCst);
    desk.publish(&[]).with(0, "already published");
}

#[test]
fn somebody_who_pushes_in_between_is_built_upon() {
    let desk = Desk::new();
    desk.publish(&[]).with(0, "published");
    let bare = desk.dir.path().join("remote.git");
    let port = serve(desk.dir.path(), move |request| {
        if request.query == "service=git-receive-pack" {
            sneak(&bare);
        }
        Act::Serve
    });
    let url = format!("http://127.0.0.1:{port}/remote.git");
    desk.brief("second");
    desk.publish(&["--remote", &url]).with(0, "published");
    let log = desk.git("remote.git", &["log", "--format=%s", "gh-pages"]);
    let log: Vec<&str> = log.lines().collect();
    assert_eq!((log.len(), log[1]), (3, "sneaked"), "{log:?}");
}

/// Pushes once, as somebody else.
fn sneak(bare: &Path) {
    let git = |args: &[&str]| {
        let who = ["-c", "user.name=a", "-c", "user.email=a@b"];
        let mut command = std::process::Command::new("git");
        let output = command.current_dir(bare).args(who).args(args).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    if !git(&["log", "--format=%s", "gh-pages"]).contains("sneaked") {
        let commit =
            git(&["commit-tree", "-p", "gh-pages", "-m", "sneaked", "gh-pages^{tree}"]);
        git(&["update-ref", "refs/heads/gh-pages", &commit]);
    }
}

//! A publish that is killed, at each of its steps: the remote has the old site or the new
//! one, and the next publish works.
#![cfg(unix)]

use std::fs;
use std::os::unix::process::{CommandExt, ExitStatusExt};

use crate::publish_desk::Desk;

/// In the place of git on the `PATH`: git itself, but at the `$AT`-th call, or at the command
/// of that name, it kills the program that called, and its own group, before git works or
/// after.
const KILLER: &str = r#"
n=$(($(cat "$HOME/calls") + 1)); echo $n >"$HOME/calls"; echo $PPID >"$HOME/pid"
kill_all() { kill -9 -$PPID; kill -9 0; }
if [ $n = "$AT" ] || [ "$1" = "$AT" ]; then
    [ "$WHEN" = after ] && "$GIT" "$@"
    kill_all
fi
exec "$GIT" "$@"
"#;

/// The path of git.
fn git() -> String {
    let paths = std::env::var_os("PATH").unwrap();
    let mut found = std::env::split_paths(&paths).map(|it| it.join("git"));
    found.find(|it| it.is_file()).unwrap().into_os_string().into_string().unwrap()
}

/// Publishes with git in the killer's hands; whether the program was killed.
fn publish(desk: &Desk, at: &str, when: &str) -> bool {
    let before = desk.look();
    fs::write(desk.dir.path().join("tmp/calls"), "0").unwrap();
    let bin = desk.dir.path().join("bin");
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let mut command = desk.command(&[]);
    command.env("PATH", path).env("GIT", git()).env("HOME", desk.dir.path().join("tmp"));
    command.env("AT", at).env("WHEN", when).process_group(0);
    let output = command.output().unwrap();
    desk.check_untouched(&before);
    output.status.signal() == Some(9)
}

fn calls(desk: &Desk) -> usize {
    fs::read_to_string(desk.dir.path().join("tmp/calls")).unwrap().trim().parse().unwrap()
}

/// The tree of the branch, from a remote that is whole.
fn tree(desk: &Desk) -> String {
    desk.git("remote.git", &["fsck", "--strict"]);
    desk.git("remote.git", &["rev-parse", "gh-pages^{tree}"])
}

#[test]
fn killed_at_any_call_of_git_the_remote_is_old_or_new() {
    let desk = Desk::new();
    desk.script("bin/git", KILLER);
    desk.publish(&[]).with(0, "published");
    desk.brief("counted");
    assert!(!publish(&desk, "none", "never"));
    let n = calls(&desk);
    assert!(n > 15, "{n} calls");
    // After one call is before the next; what a network or a stream does may last longer.
    let mut steps: Vec<_> = (1..=n).map(|at| (at.to_string(), "before")).collect();
    steps.extend(["fetch", "fast-import", "push"].map(|it| (it.to_owned(), "after")));
    for (at, when) in &steps {
        desk.brief_again(at);
        let old = tree(&desk);
        assert!(publish(&desk, at, when), "not killed {when} {at}");
        let between = tree(&desk);
        desk.publish_beside_leftovers();
        let new = tree(&desk);
        let expected = if at == "push" { &new } else { &old };
        assert_eq!(&between, expected, "killed {when} {at}");
        assert_ne!(old, new, "killed {when} {at}");
    }
    assert_eq!(desk.commits().len(), 2 + steps.len());
}

#[test]
fn killed_while_the_remote_takes_the_push_it_is_old_or_new() {
    for hook in ["pre-receive", "update", "post-receive"] {
        let desk = Desk::new();
        desk.script("bin/git", KILLER);
        desk.publish(&[]).with(0, "published");
        desk.brief("second");
        let old = tree(&desk);
        let path = format!("remote.git/hooks/{hook}");
        let hook_file = desk.script(&path, "kill -9 -$(cat \"$HOME/pid\"); kill -9 0");
        assert!(publish(&desk, "none", "never"), "not killed in {hook}");
        let between = tree(&desk);
        fs::remove_file(hook_file).unwrap();
        desk.publish_beside_leftovers();
        let new = tree(&desk);
        assert!(between == if hook == "post-receive" { &*new } else { &*old }, "{hook}");
        assert_ne!(old, new);
    }
}

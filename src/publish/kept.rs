//! Which files of a book are in the last commit as they are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::publish::git::Git;

/// How many files one run of git is asked for: arguments have a limit.
const AT_ONCE: usize = 200;

/// Those of some files of a book, by path from its root, whose bytes the last commit has;
/// none outside a repository, without git, or before the first commit.
///
/// The bytes are compared and not what git remembers of the work tree, which files that are
/// marked as unchanged make wrong.
pub fn committed(root: &Path, paths: &[&str]) -> BTreeSet<Arc<str>> {
    let git = Git::of_user(root);
    paths.chunks(AT_ONCE).flat_map(|some| of(&git, some).unwrap_or_default()).collect()
}

fn of(git: &Git, paths: &[&str]) -> Option<BTreeSet<Arc<str>>> {
    let run = |args: &[&str]| {
        let ran = git.run(&[args, paths].concat(), None).ok()?;
        ran.is_done().then(|| String::from_utf8(ran.stdout).ok()).flatten()
    };
    let listed = run(&["--literal-pathspecs", "ls-tree", "-z", "HEAD", "--"])?;
    // `100644 blob HASH\tPATH`
    let in_commit: BTreeMap<&str, &str> = listed
        .split('\0')
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(facts, path)| Some((path, facts.rsplit(' ').next()?)))
        .collect();
    let hashes = run(&["hash-object", "--"])?;
    let pairs = paths.iter().zip(hashes.lines());
    let is_kept =
        |path: &str, hash: &str| in_commit.get(path).is_some_and(|it| *it == hash);
    Some(
        pairs
            .filter(|(path, hash)| is_kept(path, hash))
            .map(|(it, _)| (*it).into())
            .collect(),
    )
}

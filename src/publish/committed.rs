//! What differs between the files that were read and the commit that they are said to come
//! from.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;

use crate::publish::git::Git;

/// The files, by path from the top of the repository, that are not as in a commit: read and
/// not in it, in it and other bytes, in it and gone. `None` stands for the time before the
/// first commit.
///
/// `git status` is not asked: it is silent about what `.gitignore` hides, about files that
/// were marked as unchanged, and about those that a sparse checkout took away. An index that
/// is made from the commit knows nothing of all that, so each file is compared, by git, which
/// knows how line ends and filters such as that of LFS change it.
pub(super) fn differing(
    git: &Git,
    commit: Option<&str>,
    places: &[String],
    read: &BTreeSet<String>,
) -> anyhow::Result<BTreeSet<String>> {
    let folder = tempfile::Builder::new().prefix("dateline-publish-").tempdir();
    let folder = folder.context("cannot make a folder in the temporary folder")?;
    let mut git = git.clone();
    let index = folder.path().join("index").to_string_lossy().into_owned();
    git.env.push(("GIT_INDEX_FILE".to_owned(), index));
    for (key, value) in [
        ("core.sparseCheckout", "false"),
        ("core.splitIndex", "false"),
        ("core.untrackedCache", "false"),
        ("index.sparse", "false"),
    ] {
        git.config.push((key.to_owned(), value.to_owned()));
    }
    git.must(&["read-tree", commit.unwrap_or("--empty")])?;
    // Compares the bytes of all; it ends with 1 if some differ.
    git.run(&["update-index", "-q", "--refresh"], None)?;
    let places: Vec<&str> = places.iter().map(String::as_str).collect();
    let list = |args: &[&str]| -> anyhow::Result<Vec<String>> {
        let ran = git.must(&[args, &["-z", "--"], &places].concat())?;
        let lines = ran.stdout.split(|it| *it == 0).filter(|it| !it.is_empty());
        Ok(lines.map(|it| String::from_utf8_lossy(it).into_owned()).collect())
    };
    let mut tracked = BTreeSet::new();
    let mut submodules = BTreeMap::new();
    for entry in list(&["ls-files", "--stage"])? {
        let (words, path) = entry.split_once('\t').unwrap_or_default();
        match words.split_once(' ') {
            Some(("160000", rest)) => {
                let id = rest.split(' ').next().unwrap_or_default();
                submodules.insert(path.to_owned(), id.to_owned());
            }
            _ => drop(tracked.insert(path.to_owned())),
        }
    }
    let modified = list(&["diff-files", "--name-only", "--ignore-submodules=all"])?;
    let mut differing: BTreeSet<String> = modified.into_iter().collect();
    let missing = read
        .difference(&tracked)
        .filter(|path| !submodules.keys().any(|it| within(it, path).is_some()));
    differing.extend(missing.cloned());
    for (path, commit) in &submodules {
        let inner = read.iter().filter_map(|it| within(path, it)).map(str::to_owned);
        let inner: BTreeSet<String> = inner.collect();
        if inner.is_empty() {
            continue; // not checked out, or nothing of it is read
        }
        let module = Git::of_user(&git.folder.join(path));
        let found = self::differing(&module, Some(commit), &[":/".to_owned()], &inner)
            .with_context(|| format!("cannot compare the submodule {path}"))?;
        differing.extend(found.into_iter().map(|it| format!("{path}/{it}")));
    }
    Ok(differing)
}

/// A path below a folder, from there.
fn within<'a>(folder: &str, path: &'a str) -> Option<&'a str> {
    path.strip_prefix(folder)?.strip_prefix('/')
}

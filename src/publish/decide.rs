//! What becomes of a branch: decided from lists of paths, before anything is pushed.

use std::collections::BTreeSet;

use anyhow::bail;

use crate::layout::SETTINGS;
use crate::publish::changes::{FileChange, FileStatus, SiteChanges, is_page};
use crate::publish::limits::check_removal;
use crate::publish::scratch::{Scratch, Tip};

/// Which refusals the user lifts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Overrides {
    /// Files that Dateline did not make may be replaced and removed.
    pub adopt: bool,
    /// More than half of the pages may be removed.
    pub allow_removal: bool,
    /// The branch begins anew, with one commit.
    pub replace_history: bool,
}

/// What is going to be pushed.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// The tree of the commit: the site, with the branch's own `CNAME` if that is kept.
    pub(super) tree: String,
    /// The domain for the commit's message, if the book names it.
    pub(super) domain: Option<String>,
    /// What changes.
    pub(super) changes: SiteChanges,
}

/// Decides what becomes of the branch; the error says why nothing should.
///
/// `site` is the tree that was rendered, `domain` the one that the book names, `prefix` the
/// path of the book in its repository.
pub(super) fn plan(
    scratch: &Scratch,
    site: &str,
    tip: Option<&Tip>,
    domain: Option<&str>,
    prefix: &str,
    overrides: Overrides,
) -> anyhow::Result<Plan> {
    let empty = scratch.empty_tree()?;
    let Some(tip) = tip else {
        let changes = SiteChanges(scratch.changes(&empty, site)?);
        let domain = domain.map(str::to_owned);
        return Ok(Plan { tree: site.to_owned(), domain, changes });
    };
    let there = &tip.commit.tree;
    let made = tip.ours.as_ref();
    let known = scratch.cname(there)?;
    let published = known.as_ref().map(|(_, domain)| &**domain);
    let recorded = made.and_then(|it| it.domain.as_deref());
    let tree = match (&known, keeps_cname(domain, published, recorded)?) {
        (Some((id, _)), true) => scratch.with_cname(site, id)?,
        _ => site.to_owned(),
    };
    let changes = SiteChanges(scratch.changes(there, &tree)?);
    if !tip.commit.is_ours {
        let base = made.map_or(&*empty, |it| &*it.tree);
        let foreign = foreign(&scratch.changes(base, there)?, &changes);
        check_foreign(&foreign, &scratch.remote.branch, prefix, overrides.adopt)?;
    }
    if made.is_some() {
        let before = scratch.files(there)?.iter().filter(|it| is_page(it)).count();
        let gone = changes.count(FileStatus::Removed, true);
        check_removal(before, gone, overrides.allow_removal)?;
    }
    Ok(Plan { tree, domain: domain.map(str::to_owned), changes })
}

/// Files of the branch that Dateline did not make and that publishing would touch.
///
/// `since` leads from the last site of Dateline's, or from nothing, to the branch.
fn foreign(since: &[FileChange], changes: &SiteChanges) -> Vec<String> {
    let touched: BTreeSet<&str> = changes
        .0
        .iter()
        .filter(|it| it.status != FileStatus::Added)
        .map(|it| &*it.path)
        .collect();
    let made_by_others = since.iter().filter(|it| it.status != FileStatus::Removed);
    made_by_others
        .map(|it| &it.path)
        .filter(|path| touched.contains(&***path))
        // A domain that is kept is not touched, and one that is not has a rule of its own.
        .filter(|path| !matches!(&***path, "CNAME" | ".nojekyll"))
        .cloned()
        .collect()
}

fn check_foreign(
    foreign: &[String],
    branch: &str,
    prefix: &str,
    adopt: bool,
) -> anyhow::Result<()> {
    let settings = format!("{prefix}{SETTINGS}");
    if let Some(path) = foreign.iter().find(|it| **it == settings || *it == SETTINGS) {
        bail!(
            "the branch `{branch}` holds the sources of a book ({path}): name another branch for the site with --branch"
        );
    }
    if foreign.is_empty() || adopt {
        return Ok(());
    }
    let shown: Vec<&str> = foreign.iter().take(10).map(String::as_str).collect();
    let more = match foreign.len() - shown.len() {
        0 => String::new(),
        n => format!("\n  and {n} more"),
    };
    bail!(
        "the branch `{branch}` holds files that Dateline did not make and would replace or remove:\n  {}{more}\nif they can go, give --adopt; otherwise, name another branch with --branch",
        shown.join("\n  ")
    )
}

/// Whether the branch's own `CNAME` is kept; the error is for two domains.
///
/// `book` is the domain in the book, `published` the one on the branch, `recorded` the one
/// that Dateline last wrote from the book: that one the book may change and take away.
fn keeps_cname(
    book: Option<&str>,
    published: Option<&str>,
    recorded: Option<&str>,
) -> anyhow::Result<bool> {
    match (book, published) {
        (_, Some(published)) if recorded == Some(published) => Ok(false),
        (Some(book), Some(published)) if book != published => bail!(
            "the branch's CNAME is `{published}` and the book's `{book}`: write `cname = \"{published}\"` under `[output.html]` in book.toml, or change the domain in the settings of the host"
        ),
        (Some(_), _) | (None, None) => Ok(false),
        (None, Some(_)) => Ok(true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_domain_of_the_branch_stays_unless_the_book_made_it() {
        let cases = [
            (None, None, None, Some(false)),
            (None, Some("a.org"), None, Some(true)),
            (None, Some("a.org"), Some("a.org"), Some(false)),
            (None, Some("b.org"), Some("a.org"), Some(true)),
            (Some("a.org"), None, None, Some(false)),
            (Some("a.org"), Some("a.org"), None, Some(false)),
            (Some("b.org"), Some("a.org"), Some("a.org"), Some(false)),
            (Some("b.org"), Some("a.org"), None, None),
            (Some("c.org"), Some("b.org"), Some("a.org"), None),
        ];
        for (book, published, recorded, expected) in cases {
            let keeps = keeps_cname(book, published, recorded).ok();
            assert_eq!(keeps, expected, "{book:?} {published:?} {recorded:?}");
        }
    }

    #[test]
    fn only_what_others_made_and_publishing_touches_is_foreign() {
        let change = |status, path: &str| FileChange { status, path: path.to_owned() };
        let since = [
            change(FileStatus::Added, "CNAME"),
            change(FileStatus::Added, "notes.txt"),
            change(FileStatus::Added, "same.html"),
            change(FileStatus::Changed, "index.html"),
            change(FileStatus::Removed, "gone.html"),
        ];
        let changes = SiteChanges(vec![
            change(FileStatus::Removed, "CNAME"),
            change(FileStatus::Removed, "notes.txt"),
            change(FileStatus::Changed, "index.html"),
            change(FileStatus::Added, "gone.html"),
            change(FileStatus::Changed, "ours.html"),
        ]);
        assert_eq!(foreign(&since, &changes), ["notes.txt", "index.html"]);
    }
}

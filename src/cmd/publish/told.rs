//! What changed, in words.

use crate::cmd::report::counted;
use crate::publish::{FileStatus, SiteChanges};

/// How many files are listed by name.
const LISTED: usize = 10;

/// The first of many paths, a line each.
pub(super) fn listed(paths: &[String]) -> String {
    let mut lines: Vec<String> = paths.iter().take(LISTED).cloned().collect();
    if paths.len() > LISTED {
        lines.push(format!("and {} more", paths.len() - LISTED));
    }
    lines.join("\n  ")
}

/// `1 page added, 3 pages changed, 2 other files`, and the first of the pages.
pub(super) fn changes(changes: &SiteChanges) -> String {
    let kinds = [
        (FileStatus::Added, "added", '+'),
        (FileStatus::Changed, "changed", '~'),
        (FileStatus::Removed, "removed", '-'),
    ];
    let mut parts: Vec<String> = Vec::new();
    let mut n_others = 0;
    for (status, word, _) in kinds {
        let pages = counted(changes.count(status, true), "page");
        parts.extend(pages.map(|it| format!("{it} {word}")));
        n_others += changes.count(status, false);
    }
    parts.extend(counted(n_others, "other file"));
    if parts.is_empty() {
        parts.push("the same files".to_owned());
    }
    let mut lines: Vec<String> = Vec::new();
    for (status, _, sign) in kinds {
        let pages = changes.0.iter().filter(|it| it.status == status && it.is_page());
        let shown = |path: &str| path.trim_end_matches("index.html").to_owned();
        lines.extend(pages.map(|it| format!("{sign} /{}", shown(&it.path))));
    }
    if lines.is_empty() {
        return parts.join(", ");
    }
    format!("{}\n  {}", parts.join(", "), listed(&lines))
}

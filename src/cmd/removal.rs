//! A build that would take most of a site away.

use std::path::Path;

use anyhow::bail;

use crate::disk::Writer;
use crate::outline::kind::{Page, PageKind};
use crate::publish::is_page;

/// The error is for a site that would lose more than half of the pages that are in its
/// folder, or all of its briefs: more often than not, a folder of the book is missing.
pub(super) fn check(
    writer: &Writer,
    output: &Path,
    outline: &[Page],
    is_allowed: bool,
) -> anyhow::Result<()> {
    if is_allowed {
        return Ok(());
    }
    let last = writer.last().filter(|it| is_page(it));
    let is_gone =
        |path: &&str| outline.binary_search_by(|page| (*page.path).cmp(path)).is_err();
    let (before, gone) = (last.clone().count(), last.clone().filter(is_gone).count());
    let shown = output.display();
    if gone * 2 > before {
        bail!(
            "{gone} of the {before} pages in {shown} would be removed: is a folder of the book missing? If not, give --allow-removal"
        );
    }
    let has_brief = outline.iter().any(|it| matches!(it.kind, PageKind::Brief(_)));
    if !has_brief && last.clone().any(is_month) {
        bail!(
            "the book has no briefs left, and the site in {shown} has some: is a folder of the book missing? If not, give --allow-removal"
        );
    }
    Ok(())
}

/// Whether a page is the archive of a month, which there is only if there are briefs.
fn is_month(path: &str) -> bool {
    let mut parts = path.split('/');
    let mut is_number = |len| {
        let part = parts.next().unwrap_or_default();
        part.len() == len && part.bytes().all(|it| it.is_ascii_digit())
    };
    is_number(4) && is_number(2) && parts.eq(["index.html"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_archive_of_a_month_is_known_by_its_address() {
        let cases = [
            ("2025/08/index.html", true),
            ("2025/index.html", false),
            ("2025/08/08/strike/index.html", false),
            ("team/08/index.html", false),
        ];
        for (path, expected) in cases {
            assert_eq!(is_month(path), expected, "{path}");
        }
    }
}

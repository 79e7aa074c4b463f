//! Names in the folder of a site that are not for pages: what the writer, the parts of a
//! site and `publish` put there themselves.

use crate::outline::kind::{Page, PageKind};

/// The list of what Dateline made, in the folder of a site.
pub const MANIFEST: &str = "dateline-manifest.txt";
/// The list of a part of a site, in the folder of a part.
pub const PART_LIST: &str = "dateline-part.txt";

/// What a reserved name is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reserved {
    /// The list of what Dateline made.
    Manifest,
    /// The list of a part of a site.
    Part,
    /// The domain, which the branch of a host may hold although the book names none.
    Domain,
}

impl Reserved {
    /// What the first segment of a page's path is reserved for; `None` for any other name.
    /// `folded` is the path as file systems that ignore capitals see it.
    pub(super) fn of(page: &Page, folded: &str) -> Option<Reserved> {
        let first = folded.split('/').next().unwrap_or_default();
        match first {
            _ if first == MANIFEST => Some(Reserved::Manifest),
            _ if first == PART_LIST => Some(Reserved::Part),
            "cname" => {
                // The book may name its domain, in its settings or as a file of static/; but
                // hosts read it only under this very name.
                let is_its =
                    matches!(page.kind, PageKind::Cname) || page.kind.copied().is_some();
                (!is_its || &*page.path != "CNAME").then_some(Reserved::Domain)
            }
            _ => None,
        }
    }

    /// Who wants the name.
    pub(super) fn whose(self) -> &'static str {
        match self {
            Reserved::Manifest => "Dateline keeps its own list of the site there",
            Reserved::Part => "Dateline keeps its list of a part of the site there",
            Reserved::Domain => "hosts read the domain of the site there",
        }
    }
}

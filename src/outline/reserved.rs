//! Names in the folder of a site that are not for pages: what the writer, the parts of a
//! site and `publish` put there themselves.

use crate::diagnostic::{Diagnostic, Rule};
use crate::outline::{Claim, PageKind};

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

/// What the first segment of a page's path is reserved for; `None` for any other name.
/// `folded` is the path as file systems that ignore capitals see it.
pub(super) fn what(claim: &Claim, folded: &str) -> Option<Reserved> {
    let first = folded.split('/').next().unwrap_or_default();
    match first {
        _ if first == MANIFEST => Some(Reserved::Manifest),
        _ if first == PART_LIST => Some(Reserved::Part),
        // The book may name its domain, in its settings or as a file of static/.
        "cname" if &*claim.page.path == "CNAME" => match claim.page.kind {
            PageKind::Cname | PageKind::Asset(_) => None,
            _ => Some(Reserved::Domain),
        },
        "cname" => Some(Reserved::Domain),
        _ => None,
    }
}

/// Says that a page cannot have a reserved name.
pub(super) fn taken(claim: &Claim, what: Reserved) -> Diagnostic {
    let path = claim.page.path.trim_end_matches("index.html");
    let by = claim.by.clone();
    let by = by.unwrap_or_else(|| Diagnostic::whole_file("book.toml"));
    let whose = match what {
        Reserved::Manifest => "Dateline keeps its own list of the site there",
        Reserved::Part => "Dateline keeps its list of a part of the site there",
        Reserved::Domain => "hosts read the domain of the site there",
    };
    let help = match claim.page.kind {
        PageKind::Asset(_) => "rename the file in static/",
        PageKind::Redirect(_) => "take the address out of `redirect-from`",
        _ => "give the page another `slug`",
    };
    Diagnostic::new(Rule::PathClash, by, format!("the address `/{path}` is reserved"))
        .help(help)
        .help(whose)
}

//! Pages that would have one address.

use std::borrow::Cow;
use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Diagnostic, Rule};
use crate::layout::SETTINGS;
use crate::link::edition::Edition;
use crate::outline::kind::{Origin, Page, PageKind};
use crate::outline::reserved::Reserved;

/// A page that cannot be where it would be.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Clash {
    /// It runs into another page.
    Taken {
        /// The one to be changed.
        page: Page,
        /// The one that it runs into.
        other: Page,
    },
    /// Its name is for something else.
    Reserved {
        /// The page.
        page: Page,
        /// What its name is for.
        whose: Reserved,
    },
}

/// Sets apart the pages whose address is taken by an earlier one or reserved. A page whose path
/// another one needs as a folder is reported as well, but both of them stay.
pub(super) fn part(pages: Vec<Page>) -> (Vec<Page>, Vec<Clash>) {
    let mut clashes = Vec::new();
    let mut taken: HashMap<Cow<'_, str>, usize> = HashMap::with_capacity(pages.len());
    let mut kept: Vec<bool> = Vec::with_capacity(pages.len());
    for (at, page) in pages.iter().enumerate() {
        let path = folded(&page.path);
        if let Some(whose) = Reserved::of(page, &path) {
            clashes.push(Clash::Reserved { page: page.clone(), whose });
            kept.push(false);
            continue;
        }
        let first = *taken.entry(path).or_insert(at);
        kept.push(first == at);
        if first != at {
            clashes
                .push(Clash::Taken { page: page.clone(), other: pages[first].clone() });
        }
    }
    folders(&pages, &taken, &mut clashes);
    drop(taken);
    let pages = pages.into_iter().zip(kept).filter(|(_, kept)| *kept);
    (pages.map(|(page, _)| page).collect(), clashes)
}

/// As file systems that ignore capitals and the form of accents see a path.
pub(super) fn folded(path: &str) -> Cow<'_, str> {
    if path.bytes().all(|it| it.is_ascii() && !it.is_ascii_uppercase()) {
        return Cow::Borrowed(path);
    }
    Cow::Owned(path.nfc().flat_map(char::to_lowercase).collect())
}

/// Finds files whose path another page needs as a folder.
fn folders(
    pages: &[Page],
    taken: &HashMap<Cow<'_, str>, usize>,
    clashes: &mut Vec<Clash>,
) {
    let mut before = Cow::Borrowed("");
    for page in pages {
        let path = folded(&page.path);
        if Reserved::of(page, &path).is_some() {
            continue; // it has been reported as that
        }
        // Neighbors share most of their folders, which need no second look.
        let shared = path.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
        let above = path.match_indices('/').filter(|(at, _)| *at >= shared);
        let above = above.map(|(at, _)| &path[..at]);
        for folder in above {
            if let Some(first) = taken.get(folder) {
                let first = pages[*first].clone();
                clashes.push(Clash::Taken { page: first, other: page.clone() });
            }
        }
        before = path;
    }
}

impl Clash {
    /// Says so at the place in the book that asks for the page.
    pub(super) fn diagnostic(&self, edition: &Edition) -> Diagnostic {
        match self {
            Clash::Taken { page, other } => taken(page, other, edition),
            Clash::Reserved { page, whose } => reserved(page, *whose, edition),
        }
    }
}

fn taken(page: &Page, other: &Page, edition: &Edition) -> Diagnostic {
    let (by, other_by) = (page.kind.asked_by(edition), other.kind.asked_by(edition));
    let help = way_out(&page.kind, &other.kind);
    // Of two briefs the one whose file comes later is the one to change.
    let is_brief = |page: &Page| matches!(page.kind, PageKind::Brief(_));
    let are_briefs = is_brief(page) && is_brief(other);
    let (page, by, other_by) = if are_briefs && other_by > by {
        (other, other_by, by)
    } else {
        (page, by, other_by)
    };
    let path = page.path.trim_end_matches("index.html");
    let message = format!("the address `/{path}` is taken");
    let (by, other_by) = match (by, other_by) {
        (Some(by), other_by) => (by, other_by),
        (None, Some(other_by)) => (other_by, None),
        (None, None) => (Diagnostic::whole_file(SETTINGS), None),
    };
    let diagnostic = Diagnostic::new(Rule::PathClash, by, message, help);
    match other_by {
        Some(other_by) => diagnostic.label(other_by, "it is this one's"),
        None => diagnostic.help("the site has a page of its own there"),
    }
}

/// What to change so that two pages have addresses of their own. Readers know an article by its
/// address, so if one of the two is an old address or a file, that is the one to change.
fn way_out(a: &PageKind, b: &PageKind) -> &'static str {
    let has = |is: fn(Origin<'_>) -> bool| is(a.origin()) || is(b.origin());
    if has(|it| matches!(it, Origin::OldAddress(..) | Origin::OldAddressOfClaim(_))) {
        "take the address out of `redirect-from`: a page that is there cannot lead elsewhere"
    } else if has(|it| matches!(it, Origin::OldAddressOfSettings(_))) {
        "take the address out of `redirect`: a page that is there cannot lead elsewhere"
    } else if has(|it| matches!(it, Origin::File(_))) {
        "rename the file in static/, or move it into a folder of its own"
    } else {
        "give one of the two another `slug`"
    }
}

/// Says that a page cannot have a reserved name.
fn reserved(page: &Page, whose: Reserved, edition: &Edition) -> Diagnostic {
    let path = page.path.trim_end_matches("index.html");
    let by = page.kind.asked_by(edition);
    let by = by.unwrap_or_else(|| Diagnostic::whole_file(SETTINGS));
    let help = match page.kind.origin() {
        Origin::File(_) => "rename the file in static/",
        Origin::OldAddress(..) | Origin::OldAddressOfClaim(_) => {
            "take the address out of `redirect-from`"
        }
        Origin::OldAddressOfSettings(_) => "take the address out of `redirect`",
        Origin::Text(_) | Origin::HomeText | Origin::Beside(_) | Origin::Program => {
            "give the page another `slug`"
        }
    };
    let message = format!("the address `/{path}` is reserved");
    Diagnostic::new(Rule::PathClash, by, message, help).help(whose.whose())
}

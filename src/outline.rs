//! The pages that exist, their paths, their clashes.
//!
//! ```text
//! Edition ──► Seeds ──► layout ──► clashes ──► Outline
//!             what      every page  which of    by path
//!             decides   asked for   them stay
//! ```

mod clashes;
pub mod kind;
mod layout;
pub mod links;
pub mod reserved;
pub mod seeds;

use std::ops::Deref;
use std::sync::Arc;

use crate::diagnostic::Reported;
use crate::link::edition::Edition;
use crate::outline::clashes::Clash;
use crate::outline::kind::Page;
use crate::outline::seeds::Seeds;
use crate::parallel;

/// Which pages there are, by path. No two have the same address.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    pages: Vec<Page>,
    /// The pages that are not among them because something else has their address, and
    /// those whose path another needs as a folder.
    clashes: Vec<Clash>,
}

impl Outline {
    /// The pages of an edition with these seeds.
    fn of(seeds: &Seeds<'_>) -> Outline {
        // Sorted last: which of two clashing pages stays goes by the order of the layout.
        let (mut pages, clashes) = clashes::part(layout::pages(seeds));
        pages.shrink_to_fit();
        parallel::sort_by(&mut pages, |a, b| a.path.cmp(&b.path));
        Outline { pages, clashes }
    }

    /// The page at a path of the output, such as `404.html`.
    pub fn page(&self, path: &str) -> Option<&Page> {
        let at = self.pages.binary_search_by(|page| (*page.path).cmp(path)).ok()?;
        self.pages.get(at)
    }
}

impl Default for Outline {
    /// The outline of an empty book, which has pages, too: its home page, for one.
    fn default() -> Outline {
        Outline::of(&Seeds::of(&Edition::default()))
    }
}

impl Deref for Outline {
    type Target = [Page];

    /// The pages, by path.
    fn deref(&self) -> &[Page] {
        &self.pages
    }
}

/// Which pages there are.
///
/// Reports pages that would have the same address, and links to pages that do not exist. The
/// outline of the last edition is reused if nothing has changed that decides which pages there
/// are.
pub fn outline(
    edition: &Edition,
    last: &Edition,
    last_outline: &Arc<Outline>,
) -> Reported<Arc<Outline>> {
    let seeds = Seeds::of(edition);
    let outline = if seeds == Seeds::of(last) {
        Arc::clone(last_outline)
    } else {
        Arc::new(Outline::of(&seeds))
    };
    let texts = &edition.texts;
    let mut log: Vec<_> =
        outline.clashes.iter().map(|it| it.diagnostic(edition)).collect();
    links::check(texts, &outline, &mut log);
    links::check_settings(edition, &outline, &mut log);
    Reported { value: outline, diagnostics: log }
}

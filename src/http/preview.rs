//! What is shown: the newest book, and the newest one without errors.

use std::mem::discriminant;
use std::ops::Bound;
use std::sync::Arc;

use crate::Built;
use crate::input::Inputs;
use crate::layout::TEMPLATES;
use crate::outline::kind::Page;
use crate::parse::clock::next_change;
use crate::site::Site;

/// One state of the preview; never changed, only followed by another.
pub(super) struct Preview {
    /// What pages are rendered from: the newest book if it has no errors, else the last one
    /// that had none; if there was none yet, the newest.
    pub(super) shown: Arc<Site>,
    /// The newest book, errors or not: what there is to say, and what the next one saves
    /// work with.
    pub(super) newest: Arc<Site>,
    /// Why the newest book could not be read; `None` if it could.
    pub(super) trouble: Option<String>,
    /// When time alone changes the book.
    pub(super) next_change: Option<jiff::Timestamp>,
}

impl Preview {
    /// The state at the start.
    pub(super) fn first(inputs: Inputs) -> Preview {
        let mut site = Site::of(inputs, &Built::default());
        try_templates(&mut site);
        Preview::of(site, None)
    }

    /// The state after the book has changed.
    pub(super) fn next(&self, inputs: Inputs) -> Preview {
        let last = &self.newest;
        let mut site = Site::of(inputs, &last.built);
        if last.report.has_errors() || !same_templates(&last.inputs, &site.inputs) {
            try_templates(&mut site);
        }
        Preview::of(site, Some(&self.shown))
    }

    /// The same with the reason why the newest book could not be read.
    pub(super) fn in_trouble(&self, why: String) -> Preview {
        Preview {
            shown: Arc::clone(&self.shown),
            newest: Arc::clone(&self.newest),
            trouble: Some(why),
            next_change: self.next_change,
        }
    }

    fn of(newest: Site, last_shown: Option<&Arc<Site>>) -> Preview {
        let newest = Arc::new(newest);
        let shown = match last_shown {
            Some(last) if newest.report.has_errors() => last,
            _ => &newest,
        };
        Preview {
            shown: Arc::clone(shown),
            next_change: next_change(&newest.built.parsed),
            newest,
            trouble: None,
        }
    }

    /// The content folder of the newest book.
    pub(super) fn src(&self) -> &str {
        &self.newest.built.parsed.config.src
    }
}

/// Renders one page of each kind, to find what is wrong in the templates before anybody
/// opens a page.
fn try_templates(site: &mut Site) {
    let built = Arc::clone(&site.built);
    let mut seen = Vec::new();
    let is_first = |page: &&Page| {
        let kind = discriminant(&page.kind);
        let is_new = page.kind.copied().is_none() && !seen.contains(&kind);
        if is_new {
            seen.push(kind);
        }
        is_new
    };
    let pages: Vec<&Page> = built.outline.iter().filter(is_first).collect();
    site.try_templates(&pages);
}

fn same_templates(a: &Inputs, b: &Inputs) -> bool {
    let of = |inputs: &Inputs| {
        let files =
            inputs.files.range::<str, _>((Bound::Included(TEMPLATES), Bound::Unbounded));
        files
            .take_while(|(path, _)| path.starts_with(TEMPLATES))
            .map(|(path, it)| (Arc::clone(path), it.clone()))
            .collect::<Vec<_>>()
    };
    of(a) == of(b)
}

//! The documents of a book by what they are, and what of them leads where it led.

use std::cmp::Reverse;
use std::ptr;
use std::sync::Arc;

use crate::link::{Edition, LinkedBrief};
use crate::parallel;
use crate::parse::brief::Brief;
use crate::parse::document::Document;
use crate::parse::entity::Entity;
use crate::parse::markdown::{Body, Link, Target};
use crate::parse::page::Page;
use crate::parse::storyline::Storyline;
use crate::parse::{FileKind, Parsed};

/// The documents by what they are: briefs newest first, the rest by path.
pub(super) struct Sorted {
    pub(super) briefs: Vec<Arc<Brief>>,
    pub(super) entities: Vec<Arc<Entity>>,
    pub(super) storylines: Vec<Arc<Storyline>>,
    pub(super) pages: Vec<Arc<Page>>,
    pub(super) unpublished: Vec<Arc<Brief>>,
    pub(super) others: Vec<Arc<str>>,
}

impl Sorted {
    pub(super) fn of(parsed: &Parsed) -> Sorted {
        let mut sorted = Sorted {
            briefs: Vec::new(),
            entities: Vec::new(),
            storylines: Vec::new(),
            pages: Vec::new(),
            unpublished: Vec::new(),
            others: Vec::new(),
        };
        let files = parsed.files.as_slice();
        let published = parallel::map(files, |(_, file)| match &file.kind {
            FileKind::Brief(brief) if parsed.wanted.wants(brief) => {
                Some(brief.front.date.instant)
            }
            _ => None,
        });
        let positions = (0..published.len()).map(|at| (Reverse(published[at]), at));
        let mut briefs: Vec<_> = positions.filter(|(it, _)| it.0.is_some()).collect();
        briefs.sort_unstable(); // on equal times by position, which is by path
        let briefs = parallel::map(&briefs, |(_, at)| match &files[*at].1.kind {
            FileKind::Brief(brief) => Some(Arc::clone(brief)),
            _ => None,
        });
        sorted.briefs = briefs.into_iter().flatten().collect();
        for ((path, file), _) in files.iter().zip(&published).filter(|it| it.1.is_none())
        {
            match &file.kind {
                FileKind::Brief(brief) => sorted.unpublished.push(Arc::clone(brief)),
                FileKind::Nothing(_) => sorted.others.push(Arc::clone(path)),
                FileKind::Entity(entity) => sorted.entities.push(Arc::clone(entity)),
                FileKind::Storyline(it) => sorted.storylines.push(Arc::clone(it)),
                FileKind::Page(page) | FileKind::Home(page) => {
                    sorted.pages.push(Arc::clone(page));
                }
            }
        }
        sorted
    }

    /// Which links lead where they led in `last`, as far as a look at files, slugs and
    /// titles tells; entities are compared by who asks.
    pub(super) fn same_targets(&self, last: &Edition) -> SameTargets {
        let now = [&self.briefs, &self.unpublished];
        let now = now.into_iter().flatten().map(|it| &it.document);
        let now = now
            .chain(self.storylines.iter().map(|it| &it.document))
            .chain(self.pages.iter().map(|it| &it.document));
        let before = last.briefs.iter().map(|it| &it.brief).chain(&last.unpublished);
        let before = before.map(|it| &it.document);
        let before = before
            .chain(last.storylines.iter().map(|it| &it.storyline.document))
            .chain(last.pages.iter().map(|it| &it.page.document));
        let mut days = self.briefs.iter().zip(&last.briefs);
        let has_same_day = |(a, b): (&Arc<Brief>, &Arc<LinkedBrief>)| {
            Arc::ptr_eq(a, &b.brief) || a.front.date.day == b.brief.front.date.day
        };
        let is_alike = self.briefs.len() == last.briefs.len()
            && self.unpublished.len() == last.unpublished.len()
            && self.storylines.len() == last.storylines.len()
            && self.pages.len() == last.pages.len()
            && self.others == last.others
            && days.all(has_same_day)
            && now.clone().zip(before.clone()).all(|(a, b)| has_same_address(a, b));
        match is_alike {
            true if now.zip(before).all(|(a, b)| has_same_title(a, b)) => {
                SameTargets::All
            }
            true => SameTargets::Files,
            false => SameTargets::None,
        }
    }
}

/// Which links written by hand lead where they led in the last edition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum SameTargets {
    /// All of them.
    All,
    /// Those that name a file: a title has changed, which `[[…]]` may name.
    Files,
    /// Nobody knows.
    #[default]
    None,
}

impl SameTargets {
    /// Whether the links of a body are among them.
    pub(super) fn hold(self, body: &Body) -> bool {
        let is_name = |link: &Link| matches!(link.target, Target::Name(..));
        match self {
            SameTargets::All => true,
            SameTargets::Files => !body.links.iter().any(is_name),
            SameTargets::None => body.links.is_empty(),
        }
    }
}

/// Whether a link to the file of one version leads where one to the other does.
fn has_same_address(a: &Document, b: &Document) -> bool {
    ptr::eq(a, b) || a.path == b.path && a.slug == b.slug
}

fn has_same_title(a: &Document, b: &Document) -> bool {
    ptr::eq(a, b) || a.title.value == b.title.value
}

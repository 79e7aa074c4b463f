//! The documents of a book by what they are.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::parallel;
use crate::parse::brief::Brief;
use crate::parse::claim::ClaimFile;
use crate::parse::entity::Entity;
use crate::parse::page::PageFile;
use crate::parse::storyline::Storyline;
use crate::parse::{FileKind, Parsed};

/// The documents by what they are: briefs newest first, the rest by path.
pub(super) struct Sorted {
    pub(super) briefs: Vec<Arc<Brief>>,
    pub(super) entities: Vec<Arc<Entity>>,
    pub(super) storylines: Vec<Arc<Storyline>>,
    pub(super) claims: Vec<Arc<ClaimFile>>,
    pub(super) pages: Vec<Arc<PageFile>>,
    pub(super) unpublished: Vec<Arc<Brief>>,
    pub(super) others: Vec<Arc<str>>,
}

impl Sorted {
    pub(super) fn of(parsed: &Parsed) -> Sorted {
        let mut sorted = Sorted {
            briefs: Vec::new(),
            entities: Vec::new(),
            storylines: Vec::new(),
            claims: Vec::new(),
            pages: Vec::new(),
            unpublished: Vec::new(),
            others: Vec::new(),
        };
        let files = parsed.files.as_slice();
        let published = parallel::map(files, |(_, file)| match &file.kind {
            FileKind::Brief(brief) if parsed.wants(brief) => {
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
                FileKind::Claim(it) => sorted.claims.push(Arc::clone(it)),
                FileKind::Page(page) | FileKind::Home(page) => {
                    sorted.pages.push(Arc::clone(page));
                }
            }
        }
        sorted
    }
}

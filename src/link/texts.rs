//! The texts of an edition: every document with its names resolved, and positions of them.

use std::sync::Arc;

use jiff::civil::Date;

use crate::link::asides::AnyText;
use crate::link::facets::{Facet, Facets};
use crate::link::permalink::Permalink;
use crate::link::registry::{EntityIdx, Registry};
use crate::link::text::LinkedText;
use crate::parse::brief::Brief;
use crate::parse::claim::ClaimFile;
use crate::parse::document::Document;
use crate::parse::entity::Entity;
use crate::parse::fields::Placed;
use crate::parse::page::PageFile;
use crate::parse::storyline::Storyline;
use crate::span::narrow;

/// A brief, as a position in [`Texts::briefs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BriefIdx(pub u32);

/// A storyline, as a position in [`Texts::storylines`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StorylineIdx(pub u32);

/// A claim that has a file, as a position in [`Texts::claim_files`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimFileIdx(pub u32);

/// A page, as a position in [`Texts::pages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageIdx(pub u32);

/// A text of the edition that may carry annotations.
///
/// The derived order is relied on: a brief comes before every other text, and a newer brief
/// before an older one, so sorting by `TextIdx` puts what was written last first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextIdx {
    /// A brief's.
    Brief(BriefIdx),
    /// An entity's profile.
    Entity(EntityIdx),
    /// A storyline's.
    Storyline(StorylineIdx),
    /// What the desk knows of a claim.
    Claim(ClaimFileIdx),
    /// A page's.
    Page(PageIdx),
}

/// Every document of the book with its names resolved, and whose the names are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Texts {
    /// All names and whose they are.
    pub registry: Arc<Registry>,
    /// The published briefs, newest first; on equal times by path.
    pub briefs: Vec<Arc<LinkedBrief>>,
    /// What each of them has, in the same order.
    pub(super) facets: Vec<Facets>,
    /// The entities, by path; positions are [`EntityIdx`].
    pub entities: Vec<LinkedEntity>,
    /// The storylines, by path.
    pub storylines: Vec<LinkedStoryline>,
    /// The claims that have a file, by path.
    pub claim_files: Vec<LinkedClaim>,
    /// The pages, by path; the words on top of the home page are one of them.
    pub pages: Vec<LinkedPage>,
    /// Which of the pages holds the words on top of the home page.
    pub home: Option<PageIdx>,
}

/// A brief with its names resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedBrief {
    /// The brief.
    pub brief: Arc<Brief>,
    /// Its text.
    pub text: Arc<LinkedText>,
    /// Its address.
    pub permalink: Permalink,
    /// The entities it names, in the order of a reader's first sight, each with how often.
    pub entities: Vec<(EntityIdx, u32)>,
    /// The entities that wrote it, in the order of the registry.
    pub authors: Box<[EntityIdx]>,
    /// The entities that it rests on, in the order of the registry.
    pub sources: Box<[EntityIdx]>,
}

/// An entity and its briefs.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedEntity {
    /// The entity.
    pub entity: Arc<Entity>,
    /// Its profile.
    pub text: Arc<LinkedText>,
    /// Its address.
    pub permalink: Permalink,
    /// Its briefs.
    pub briefs: Arc<EntityBriefs>,
}

/// The briefs of an entity by what it is to them, each list the newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntityBriefs {
    /// Those that name it.
    pub named: Vec<BriefIdx>,
    /// Those that it wrote.
    pub wrote: Vec<BriefIdx>,
    /// Those that rest on it.
    pub source_of: Vec<BriefIdx>,
}

/// What an entity is to briefs that need not name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credit {
    /// It wrote them.
    Wrote,
    /// They rest on it.
    SourceOf,
}

impl Credit {
    /// Both of them, in the order of lists.
    pub const ALL: [Credit; 2] = [Credit::Wrote, Credit::SourceOf];

    /// Its segment of the address of a list.
    pub fn segment(self) -> &'static str {
        match self {
            Credit::Wrote => "wrote",
            Credit::SourceOf => "source-of",
        }
    }
}

impl EntityBriefs {
    /// Those of one credit, the newest first.
    pub fn credited(&self, credit: Credit) -> &[BriefIdx] {
        match credit {
            Credit::Wrote => &self.wrote,
            Credit::SourceOf => &self.source_of,
        }
    }

    /// All of them, each once, the newest first.
    pub fn all(&self) -> impl Iterator<Item = BriefIdx> {
        let mut lists = [&self.named[..], &self.wrote, &self.source_of];
        std::iter::from_fn(move || {
            let next = *lists.iter().filter_map(|it| it.first()).min()?;
            for list in &mut lists {
                if let [first, rest @ ..] = list
                    && *first == next
                {
                    *list = rest;
                }
            }
            Some(next)
        })
    }

    /// How many they are, each counted once.
    pub fn n_all(&self) -> usize {
        match (&self.named[..], &self.wrote[..], &self.source_of[..]) {
            (only, [], []) | ([], only, []) | ([], [], only) => only.len(),
            _ => self.all().count(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.named.is_empty() && self.wrote.is_empty() && self.source_of.is_empty()
    }

    /// Lets go of memory that the lists do not need.
    pub(super) fn fit(&mut self) {
        self.named.shrink_to_fit();
        self.wrote.shrink_to_fit();
        self.source_of.shrink_to_fit();
    }
}

/// A storyline and its briefs.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedStoryline {
    /// The storyline.
    pub storyline: Arc<Storyline>,
    /// Its text.
    pub text: Arc<LinkedText>,
    /// Its address.
    pub permalink: Permalink,
    /// Its briefs, oldest first.
    pub briefs: Vec<BriefIdx>,
}

/// A claim that has a file.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedClaim {
    /// The claim.
    pub claim: Arc<ClaimFile>,
    /// What the desk knows of it.
    pub text: Arc<LinkedText>,
    /// Its address.
    pub permalink: Permalink,
}

/// A page.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedPage {
    /// The page.
    pub page: Arc<PageFile>,
    /// Its text.
    pub text: Arc<LinkedText>,
    /// Its address.
    pub permalink: Permalink,
}

impl Texts {
    /// The brief at a position.
    pub fn brief(&self, idx: BriefIdx) -> &LinkedBrief {
        &self.briefs[idx.0 as usize]
    }

    /// The entity at a position.
    pub fn entity(&self, idx: EntityIdx) -> &LinkedEntity {
        &self.entities[idx.0 as usize]
    }

    /// The storyline at a position.
    pub fn storyline(&self, idx: StorylineIdx) -> &LinkedStoryline {
        &self.storylines[idx.0 as usize]
    }

    /// The claim with a file at a position.
    pub fn claim_file(&self, idx: ClaimFileIdx) -> &LinkedClaim {
        &self.claim_files[idx.0 as usize]
    }

    /// The page at a position.
    pub fn page(&self, idx: PageIdx) -> &LinkedPage {
        &self.pages[idx.0 as usize]
    }

    /// The file a text is from.
    pub fn document(&self, idx: TextIdx) -> &Document {
        match idx {
            TextIdx::Brief(idx) => &self.brief(idx).brief.document,
            TextIdx::Entity(idx) => &self.entity(idx).entity.document,
            TextIdx::Storyline(idx) => &self.storyline(idx).storyline.document,
            TextIdx::Claim(idx) => &self.claim_file(idx).claim.document,
            TextIdx::Page(idx) => &self.page(idx).page.document,
        }
    }

    /// A text as it was parsed.
    pub fn any(&self, idx: TextIdx) -> AnyText<'_> {
        match idx {
            TextIdx::Brief(idx) => AnyText::Brief(&self.brief(idx).brief),
            TextIdx::Entity(idx) => AnyText::Entity(&self.entity(idx).entity),
            TextIdx::Storyline(idx) => AnyText::Storyline(&self.storyline(idx).storyline),
            TextIdx::Claim(idx) => AnyText::Claim(&self.claim_file(idx).claim),
            TextIdx::Page(idx) => AnyText::Page(&self.page(idx).page),
        }
    }

    /// A text with its names resolved.
    pub fn text(&self, idx: TextIdx) -> &LinkedText {
        match idx {
            TextIdx::Brief(idx) => &self.brief(idx).text,
            TextIdx::Entity(idx) => &self.entity(idx).text,
            TextIdx::Storyline(idx) => &self.storyline(idx).text,
            TextIdx::Claim(idx) => &self.claim_file(idx).text,
            TextIdx::Page(idx) => &self.page(idx).text,
        }
    }

    /// The address of the page a text is on.
    pub fn permalink(&self, idx: TextIdx) -> &Permalink {
        match idx {
            TextIdx::Brief(idx) => &self.brief(idx).permalink,
            TextIdx::Entity(idx) => &self.entity(idx).permalink,
            TextIdx::Storyline(idx) => &self.storyline(idx).permalink,
            TextIdx::Claim(idx) => &self.claim_file(idx).permalink,
            TextIdx::Page(idx) => &self.page(idx).permalink,
        }
    }

    /// The addresses that a text once had; those of a claim are the claim's, not its file's.
    pub fn redirect_from(&self, idx: TextIdx) -> &[Placed<Box<str>>] {
        match idx {
            TextIdx::Brief(idx) => &self.brief(idx).brief.front.redirect_from,
            TextIdx::Entity(idx) => &self.entity(idx).entity.front.redirect_from,
            TextIdx::Storyline(idx) => &self.storyline(idx).storyline.redirect_from,
            TextIdx::Claim(_) => &[],
            TextIdx::Page(idx) => &self.page(idx).page.redirect_from,
        }
    }

    /// All texts in their order.
    pub fn all(&self) -> impl Iterator<Item = TextIdx> {
        let up_to = |n: usize| 0..narrow(n);
        let briefs = up_to(self.briefs.len()).map(|it| TextIdx::Brief(BriefIdx(it)));
        let entities =
            up_to(self.entities.len()).map(|it| TextIdx::Entity(EntityIdx(it)));
        let storylines =
            up_to(self.storylines.len()).map(|it| TextIdx::Storyline(StorylineIdx(it)));
        let claims =
            up_to(self.claim_files.len()).map(|it| TextIdx::Claim(ClaimFileIdx(it)));
        let pages = up_to(self.pages.len()).map(|it| TextIdx::Page(PageIdx(it)));
        briefs.chain(entities).chain(storylines).chain(claims).chain(pages)
    }

    /// The briefs that have something, newest first, and all other texts.
    pub fn all_with(&self, facet: Facet) -> impl Iterator<Item = TextIdx> {
        self.all().filter(move |it| match it {
            TextIdx::Brief(idx) => self.facets[idx.0 as usize].has(facet),
            _ => true,
        })
    }

    /// The entity of that name or slug; `None` if there is none or more than one.
    pub fn entity_named(&self, name: &str) -> Option<&LinkedEntity> {
        Some(self.entity(self.entity_idx(name)?))
    }

    /// The position of the entity of that name or slug; `None` if there is none or more
    /// than one.
    pub fn entity_idx(&self, name: &str) -> Option<EntityIdx> {
        match self.registry.lookup(name)[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The day of a brief; `None` for other texts, which have none.
    pub fn day(&self, idx: TextIdx) -> Option<Date> {
        match idx {
            TextIdx::Brief(idx) => Some(self.brief(idx).brief.front.date.day),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brief_that_an_entity_wrote_and_that_names_it_counts_once() {
        let list = |all: &[u32]| all.iter().copied().map(BriefIdx).collect::<Vec<_>>();
        let briefs = EntityBriefs {
            named: list(&[1, 4, 9]),
            wrote: list(&[0, 4]),
            source_of: list(&[4, 5, 12]),
        };
        assert_eq!(briefs.all().collect::<Vec<_>>(), list(&[0, 1, 4, 5, 9, 12]));
        assert_eq!(briefs.n_all(), 6);
    }
}

//! What of the last edition still holds: the only file that compares two editions.
//!
//! A save changes one document, whatever the size of the book, so a next edition is mostly
//! the last one. All of this only ever saves work: an edition that was linked with a last
//! one equals one that was linked from nothing.

use std::collections::{BTreeMap, HashMap};
use std::ptr;
use std::sync::{Arc, OnceLock};

use crate::link::archive::{Archive, month};
use crate::link::edition::Edition;
use crate::link::facets::Facets;
use crate::link::registry::{EntityIdx, Registry};
use crate::link::sorted::Sorted;
use crate::link::tags::TaggedBriefs;
use crate::link::text::LinkedText;
use crate::link::texts::{BriefIdx, EntityBriefs, LinkedBrief};
use crate::parallel;
use crate::parse::brief::{Brief, BriefFront};
use crate::parse::config::Config;
use crate::parse::document::Document;
use crate::parse::entity::Entity;
use crate::parse::markdown::{Body, Landing, Link, Target};
use crate::slug::Slug;

/// What still holds of the last edition, before anything is linked.
///
/// A document that has not been read anew is the same one in memory, which `last` keeps
/// alive: comparing two addresses takes no time, and comparing two texts would take as long
/// as reading them.
pub(super) struct Reuse<'a> {
    last: &'a Edition,
    /// Whether every text is given the same names and offices. If not, no text is as it was.
    has_same_names: bool,
    targets: SameTargets,
    /// The texts that are not briefs', by the place of their document in memory.
    texts: HashMap<usize, &'a Arc<LinkedText>>,
    /// The briefs by their place in memory. A brief nearly always stands where it stood, so
    /// this is made only when one is found to have moved: by a new brief, or a new date.
    moved: OnceLock<HashMap<usize, &'a Arc<LinkedBrief>>>,
}

/// What is known of a text from the last edition.
pub(super) enum Before<T> {
    /// All of it.
    Whole(T),
    /// The same text with the same names; its links may lead elsewhere.
    Links(T),
    /// Nothing.
    Nothing,
}

impl<'a> Reuse<'a> {
    /// What holds of `last` for a book of these documents.
    pub(super) fn between(
        last: &'a Edition,
        sorted: &Sorted,
        config: &Config,
    ) -> Reuse<'a> {
        // All settings are compared, not only those that matter here: if any differs, every
        // file has been read anew anyway, and nothing could be reused.
        let has_same_names = *config == *last.config
            && are_alike(&sorted.entities, &last.entities, |a, b| {
                same_names(a, &b.entity)
            });
        let entities = last.entities.iter().map(|it| (&it.entity.document, &it.text));
        let storylines =
            last.storylines.iter().map(|it| (&it.storyline.document, &it.text));
        let claims = last.claim_files.iter().map(|it| (&it.claim.document, &it.text));
        let pages = last.pages.iter().map(|it| (&it.page.document, &it.text));
        let texts = entities.chain(storylines).chain(claims).chain(pages);
        let texts = texts.map(|(document, text)| (address(document), text)).collect();
        let targets = if has_same_names {
            SameTargets::between(last, sorted)
        } else {
            SameTargets::None
        };
        Reuse { last, has_same_names, targets, texts, moved: OnceLock::new() }
    }

    /// The registry, if the names are the same.
    pub(super) fn registry(&self) -> Option<Arc<Registry>> {
        self.has_same_names.then(|| Arc::clone(&self.last.registry))
    }

    /// What is known of the brief at a place in the list.
    pub(super) fn brief(
        &self,
        at: usize,
        brief: &Arc<Brief>,
    ) -> Before<&'a Arc<LinkedBrief>> {
        self.before(self.same_brief(at, brief), &brief.document.body)
    }

    /// What is known of the text of a document that is not a brief.
    pub(super) fn text(&self, document: &Document) -> Before<&'a Arc<LinkedText>> {
        self.before(self.texts.get(&address(document)).copied(), &document.body)
    }

    fn before<T>(&self, same: Option<T>, body: &Body) -> Before<T> {
        match same.filter(|_| self.has_same_names) {
            Some(same) if self.targets.hold(body) => Before::Whole(same),
            Some(same) => Before::Links(same),
            None => Before::Nothing,
        }
    }

    /// The brief in the last edition, if it has not been read anew.
    fn same_brief(&self, at: usize, brief: &Arc<Brief>) -> Option<&'a Arc<LinkedBrief>> {
        let there = self.last.briefs.get(at)?;
        if Arc::ptr_eq(&there.brief, brief) {
            return Some(there);
        }
        if there.brief.document.path == brief.document.path {
            return None; // the one that was edited: no need to make `moved` for it
        }
        let moved = self.moved.get_or_init(|| {
            let briefs = self.last.briefs.iter();
            briefs.map(|it| (address(&it.brief.document), it)).collect()
        });
        moved.get(&address(&brief.document)).copied()
    }

    /// What each of the linked briefs has; one that stands where it stood has what it had.
    pub(super) fn facets(&self, briefs: &[Arc<LinkedBrief>]) -> Vec<Facets> {
        // One copy does for all briefs before the first that differs; the others are looked at
        // one by one.
        let last = &self.last.texts;
        let same = briefs.iter().zip(&last.briefs);
        let n_same = same.take_while(|(a, b)| Arc::ptr_eq(a, b)).count();
        let mut facets = last.facets[..n_same].to_vec();
        let rest: Vec<usize> = (n_same..briefs.len()).collect();
        facets.extend(parallel::map(&rest, |at| match last.briefs.get(*at) {
            Some(there) if Arc::ptr_eq(there, &briefs[*at]) => last.facets[*at],
            _ => Facets::of(&briefs[*at].brief, &briefs[*at].text),
        }));
        facets
    }

    /// What differs between the linked briefs and those of the last edition; `None` if
    /// there were not as many, or if so many differ that a new start is less work.
    pub(super) fn changes<'b>(
        &self,
        briefs: &'b [Arc<LinkedBrief>],
    ) -> Option<ChangedBriefs<'b>>
    where
        'a: 'b,
    {
        let last = self.last;
        if last.briefs.len() != briefs.len() || briefs.is_empty() {
            return None;
        }
        // Putting one brief right costs a look through the lists of the entities it names,
        // building anew one step for each mention of the book: somewhere between a hundredth
        // and a tenth of the book the second is less work. The exact place does not matter.
        let most = briefs.len() / 64 + 1;
        let pairs = (0..).map(BriefIdx).zip(last.briefs.iter().zip(briefs));
        let changed = pairs.filter(|(_, (old, new))| !Arc::ptr_eq(old, new));
        let changed = changed.map(|(idx, (old, new))| ChangedBrief { idx, old, new });
        let changed: Vec<_> = changed.take(most + 1).collect();
        (changed.len() <= most).then_some(ChangedBriefs { last, briefs: changed })
    }
}

/// The briefs that differ between two editions whose lists are equally long.
pub(super) struct ChangedBriefs<'a> {
    last: &'a Edition,
    briefs: Vec<ChangedBrief<'a>>,
}

/// A place in the list at which another brief stands, or another version of it.
struct ChangedBrief<'a> {
    idx: BriefIdx,
    old: &'a LinkedBrief,
    new: &'a LinkedBrief,
}

impl ChangedBriefs<'_> {
    /// The backlinks of the last edition, put right where briefs differ: for each entity,
    /// its briefs. `None` if there were not as many entities.
    pub(super) fn backlinks(&self, n_entities: usize) -> Option<Vec<Arc<EntityBriefs>>> {
        if self.last.entities.len() != n_entities {
            return None;
        }
        let known = self.last.entities.iter().map(|it| Arc::clone(&it.briefs));
        let mut backlinks: Vec<_> = known.collect();
        for ChangedBrief { idx, old, new } in &self.briefs {
            // A list of 90,000 briefs is copied only if the brief enters or leaves it.
            let mut put = |old: &[EntityIdx], new: &[EntityIdx], list: ListOf| {
                for entity in old.iter().filter(|it| new.binary_search(it).is_err()) {
                    let briefs = Arc::make_mut(&mut backlinks[entity.0 as usize]);
                    let briefs = list(briefs);
                    if let Ok(at) = briefs.binary_search(idx) {
                        briefs.remove(at);
                    }
                }
                for entity in new.iter().filter(|it| old.binary_search(it).is_err()) {
                    let briefs = Arc::make_mut(&mut backlinks[entity.0 as usize]);
                    let briefs = list(briefs);
                    if let Err(at) = briefs.binary_search(idx) {
                        briefs.insert(at, *idx);
                    }
                }
            };
            put(&subjects(old), &subjects(new), |it| &mut it.named);
            put(&old.authors, &new.authors, |it| &mut it.wrote);
            put(&old.sources, &new.sources, |it| &mut it.source_of);
        }
        Some(backlinks)
    }

    /// The tags of the last edition, if no brief changed its own.
    pub(super) fn tags(&self) -> Option<Arc<BTreeMap<Slug, TaggedBriefs>>> {
        self.have_same(|front| &front.tags).then(|| Arc::clone(&self.last.tags))
    }

    /// The archive of the last edition, if no brief moved to another month.
    pub(super) fn archive(&self) -> Option<Arc<Archive>> {
        self.have_same(month).then(|| Arc::clone(&self.last.archive))
    }

    /// Whether all changed briefs still have what `part` gives of their front matter.
    fn have_same<'a, T: PartialEq>(&'a self, part: impl Fn(&'a BriefFront) -> T) -> bool {
        let mut briefs = self.briefs.iter();
        briefs.all(|it| part(&it.old.brief.front) == part(&it.new.brief.front))
    }
}

/// One of the lists of an entity.
type ListOf = fn(&mut EntityBriefs) -> &mut Vec<BriefIdx>;

/// Whom a brief names, in the order of the registry.
fn subjects(brief: &LinkedBrief) -> Vec<EntityIdx> {
    let mut subjects: Vec<EntityIdx> = brief.entities.iter().map(|it| it.0).collect();
    subjects.sort_unstable();
    subjects
}

/// Which links written by hand lead where they led in the last edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SameTargets {
    /// All of them.
    All,
    /// Those that go by a file's path. A title has changed, and `[[…]]` may go by a title.
    Files,
    /// None for certain.
    None,
}

impl SameTargets {
    /// As far as files, slugs and titles show. The names and slugs of entities are not looked
    /// at: this is asked only when they are known to be the same.
    fn between(last: &Edition, sorted: &Sorted) -> SameTargets {
        let is_brief = |a: &Arc<Brief>, b: &Arc<Brief>| {
            Arc::ptr_eq(a, b)
                || a.front.date.day == b.front.date.day
                    && has_same_address(&a.document, &b.document)
        };
        let has_same_files = sorted.others == last.others
            && are_alike(&sorted.briefs, &last.briefs, |a, b| is_brief(a, &b.brief))
            && are_alike(&sorted.unpublished, &last.unpublished, |a, b| {
                has_same_address(&a.document, &b.document)
            })
            && are_alike(&sorted.storylines, &last.storylines, |a, b| {
                has_same_address(&a.document, &b.storyline.document)
            })
            && are_alike(&sorted.claims, &last.claim_files, |a, b| {
                has_same_address(&a.document, &b.claim.document)
            })
            && are_alike(&sorted.pages, &last.pages, |a, b| {
                has_same_address(&a.document, &b.page.document)
            })
            && are_alike(&sorted.entities, &last.entities, |a, b| {
                has_same_landings(&a.document, &b.entity.document)
            });
        if !has_same_files {
            return SameTargets::None;
        }
        let has_same_titles =
            are_alike(&sorted.briefs, &last.briefs, |a, b| {
                has_same_title(&a.document, &b.brief.document)
            }) && are_alike(&sorted.unpublished, &last.unpublished, |a, b| {
                has_same_title(&a.document, &b.document)
            }) && are_alike(&sorted.storylines, &last.storylines, |a, b| {
                has_same_title(&a.document, &b.storyline.document)
            }) && are_alike(&sorted.claims, &last.claim_files, |a, b| {
                has_same_title(&a.document, &b.claim.document)
            }) && are_alike(&sorted.pages, &last.pages, |a, b| {
                has_same_title(&a.document, &b.page.document)
            });
        if has_same_titles { SameTargets::All } else { SameTargets::Files }
    }

    /// Whether the links of a body are among them.
    fn hold(self, body: &Body) -> bool {
        let is_name = |link: &Link| matches!(link.target, Target::Name(..));
        match self {
            SameTargets::All => true,
            SameTargets::Files => !body.links.iter().any(is_name),
            SameTargets::None => body.links.is_empty(),
        }
    }
}

/// Whether two lists are equally long, and each of the one like its fellow of the other.
fn are_alike<A, B>(a: &[A], b: &[B], is_alike: impl Fn(&A, &B) -> bool) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_alike(a, b))
}

/// Where a document is in memory.
fn address(document: &Document) -> usize {
    ptr::from_ref(document).addr()
}

/// Whether two versions of an entity's file give a text the same names and offices.
///
/// The path counts, and so do the places within the front matter: findings that are kept with
/// a text (an outdated title) point at the role in the entity's file.
fn same_names(a: &Arc<Entity>, b: &Arc<Entity>) -> bool {
    let same = |a: &Entity, b: &Entity| {
        a.document.path == b.document.path
            && a.document.slug == b.document.slug
            && a.document.title.value == b.document.title.value
            && a.front == b.front
    };
    Arc::ptr_eq(a, b) || same(a, b)
}

/// Whether a link to the file of one version leads where one to the other does.
fn has_same_address(a: &Document, b: &Document) -> bool {
    ptr::eq(a, b) || a.path == b.path && a.slug == b.slug && has_same_landings(a, b)
}

/// Whether fragments of links to one version lead where those to the other do.
fn has_same_landings(a: &Document, b: &Document) -> bool {
    if ptr::eq(a, b) {
        return true;
    }
    let (a, b) = (&a.body, &b.body);
    let is_alike = |a: &Landing, b: &Landing| a.id == b.id && a.github == b.github;
    are_alike(&a.landings, &b.landings, is_alike)
        && are_alike(&a.annotations, &b.annotations, |a, b| a.label == b.label)
        && are_alike(&a.anchors, &b.anchors, |a, b| a.annotation == b.annotation)
}

fn has_same_title(a: &Document, b: &Document) -> bool {
    ptr::eq(a, b) || a.title.value == b.title.value
}

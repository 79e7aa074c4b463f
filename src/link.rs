//! Documents to an edition: the whole book, every name resolved.

pub mod ambiguous;
pub mod archive;
pub mod asides;
mod backlinks;
mod blocks;
pub mod candidates;
pub mod claims;
mod comma_lists;
pub mod dates;
mod days;
pub mod edition;
pub mod explain;
pub mod facets;
pub mod mentions;
mod near_names;
pub mod permalink;
pub mod quotes;
mod references;
pub mod registry;
pub mod related;
mod reuse;
pub mod revisions;
pub mod settled;
mod sorted;
pub mod stale_roles;
mod storylines;
pub mod suggest;
pub mod tags;
pub mod targets;
pub mod text;
pub mod texts;
pub mod timeline;
mod unfindable;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Reported};
use crate::input::text_stem;
use crate::link::archive::Archive;
use crate::link::asides::AnyText;
use crate::link::backlinks::backlinks;
use crate::link::edition::Edition;
use crate::link::facets::{Facet, Facets};
use crate::link::permalink::Permalink;
use crate::link::registry::{NamedEntity, Registry, TimedName};
use crate::link::reuse::{Before, ChangedBriefs, Reuse};
use crate::link::settled::SettledNames;
use crate::link::sorted::Sorted;
use crate::link::tags::{TaggedBriefs, tags};
use crate::link::targets::Targets;
use crate::link::text::{LinkedText, TextContext};
use crate::link::texts::{
    BriefIdx, EntityBriefs, LinkedBrief, LinkedClaim, LinkedEntity, LinkedPage,
    LinkedStoryline, PageIdx, Texts,
};
use crate::parallel;
use crate::parse::Parsed;
use crate::parse::brief::Brief;
use crate::parse::config::Config;
use crate::parse::entity::Entity;
use crate::slug::Slug;

/// Resolves the whole book. What `last` knows of a document that has not changed is taken
/// from there if no name has changed.
pub fn link(parsed: &Parsed, last: &Edition) -> Reported<Edition> {
    let mut log = Vec::new();
    let config = &*parsed.config;
    let sorted = Sorted::of(parsed);
    let reuse = Reuse::between(last, &sorted, config);
    let registry =
        reuse.registry().unwrap_or_else(|| Arc::new(registry(&sorted.entities, config)));
    let targets = Targets::new(parsed, &registry, config);
    let names = SettledNames::of(config, &registry, &mut log);
    let context = TextContext {
        settled: &names.meanings,
        rules_off: &names.rules_off,
        registry: &registry,
        config,
        entities: &sorted.entities,
        targets: &targets,
    };
    let briefs = briefs(&sorted.briefs, &context, &reuse);
    let changes = reuse.changes(&briefs);
    let Indexes { backlinks, tags, archive } =
        Indexes::of(&briefs, changes.as_ref(), sorted.entities.len());
    let facets = reuse.facets(&briefs);
    let pages = pages(&sorted, &context, &reuse);
    let texts = Texts {
        entities: entities(&sorted, backlinks, &context, &reuse),
        storylines: storylines(&sorted, &briefs, &facets, &context, &reuse, &mut log),
        claim_files: claim_files(&sorted, &context, &reuse),
        home: home(&pages, config),
        pages,
        facets,
        briefs,
        registry,
    };
    check(&texts, &tags, parsed, &mut log);
    let edition = Edition {
        claims: claims::collect(
            &texts,
            &sorted.unpublished,
            (&config.zone, parsed.wanted.now),
            &last.claims,
            &mut log,
        ),
        quotes: quotes::collect(&texts),
        timelines: timeline::collect(&texts),
        texts,
        tags,
        archive,
        config: Arc::clone(&parsed.config),
        assets: Arc::clone(&parsed.assets),
        wanted: parsed.wanted,
        unpublished: sorted.unpublished,
        others: sorted.others,
    };
    Reported { value: edition, diagnostics: log }
}

/// The briefs by what they have in common.
struct Indexes {
    /// By the entity that they mention.
    backlinks: Vec<Arc<EntityBriefs>>,
    tags: Arc<BTreeMap<Slug, TaggedBriefs>>,
    /// By month.
    archive: Arc<Archive>,
}

impl Indexes {
    /// As far as `changes` know them from the last edition nothing is counted anew.
    fn of(
        briefs: &[Arc<LinkedBrief>],
        changes: Option<&ChangedBriefs<'_>>,
        n_entities: usize,
    ) -> Indexes {
        let (backlinks, (tags, archive)) = parallel::join(
            || {
                let known = changes.and_then(|it| it.backlinks(n_entities));
                known.unwrap_or_else(|| backlinks(briefs, n_entities))
            },
            || {
                let known_tags = changes.and_then(ChangedBriefs::tags);
                let known_archive = changes.and_then(ChangedBriefs::archive);
                (
                    known_tags.unwrap_or_else(|| tags(briefs)),
                    known_archive.unwrap_or_else(|| archive::archive(briefs)),
                )
            },
        );
        Indexes { backlinks, tags, archive }
    }
}

/// Says what only the whole book tells. Findings go into the log in whatever order is handy:
/// the report sorts them.
fn check(
    texts: &Texts,
    tags: &BTreeMap<Slug, TaggedBriefs>,
    parsed: &Parsed,
    log: &mut Vec<Diagnostic>,
) {
    references::check(texts, &parsed.config, &parsed.assets, log);
    comma_lists::check(texts, log);
    days::check(texts, &parsed.config, parsed.wanted, log);
    tags::check(tags, &texts.briefs, log);
    ambiguous::check(texts, log);
    near_names::check(texts, log);
    for linked in &texts.entities {
        unfindable::check(&linked.entity, texts.registry.language, log);
    }
    for idx in texts.all_with(Facet::Diagnostics) {
        log.extend(texts.text(idx).diagnostics().cloned());
    }
}

/// Links the briefs. One whose links turn out to lead where they led is the very value of the
/// last edition: all that follows tells changed briefs by their place in memory.
fn briefs(
    briefs: &[Arc<Brief>],
    context: &TextContext<'_>,
    reuse: &Reuse<'_>,
) -> Vec<Arc<LinkedBrief>> {
    let positions: Vec<usize> = (0..briefs.len()).collect();
    parallel::map(&positions, |at| {
        let brief = &briefs[*at];
        let linked = |last| text::link(AnyText::Brief(brief), context, last);
        let made = |text: Arc<LinkedText>| {
            let named = text.entities(&brief.document);
            Arc::new(LinkedBrief {
                brief: Arc::clone(brief),
                permalink: Permalink::of_brief(brief),
                entities: named.subjects,
                authors: named.authors,
                sources: named.sources,
                text,
            })
        };
        match reuse.brief(*at, brief) {
            Before::Whole(known) => Arc::clone(known),
            Before::Links(known) => {
                let text = linked(Some(&known.text));
                let is_same = Arc::ptr_eq(&known.text, &text);
                if is_same { Arc::clone(known) } else { made(text) }
            }
            Before::Nothing => made(linked(None)),
        }
    })
}

/// A text that is not a brief's.
fn linked(
    text: AnyText<'_>,
    context: &TextContext<'_>,
    reuse: &Reuse<'_>,
) -> Arc<LinkedText> {
    match reuse.text(text.document()) {
        Before::Whole(known) => Arc::clone(known),
        Before::Links(known) => text::link(text, context, Some(known)),
        Before::Nothing => text::link(text, context, None),
    }
}

/// Links the entities; `backlinks` are the briefs of each.
fn entities(
    sorted: &Sorted,
    backlinks: Vec<Arc<EntityBriefs>>,
    context: &TextContext<'_>,
    reuse: &Reuse<'_>,
) -> Vec<LinkedEntity> {
    let texts =
        parallel::map(&sorted.entities, |it| linked(AnyText::Entity(it), context, reuse));
    let entities = sorted.entities.iter().zip(texts).zip(backlinks);
    let entities = entities.map(|((entity, text), briefs)| LinkedEntity {
        entity: Arc::clone(entity),
        permalink: Permalink::of_entity(entity),
        text,
        briefs,
    });
    entities.collect()
}

/// Links the storylines and finds their briefs.
fn storylines(
    sorted: &Sorted,
    briefs: &[Arc<LinkedBrief>],
    facets: &[Facets],
    context: &TextContext<'_>,
    reuse: &Reuse<'_>,
    log: &mut Vec<Diagnostic>,
) -> Vec<LinkedStoryline> {
    let texts = parallel::map(&sorted.storylines, |it| {
        linked(AnyText::Storyline(it), context, reuse)
    });
    let naming = (0..).map(BriefIdx).zip(briefs).zip(facets);
    let naming = naming.filter(|(_, it)| it.has(Facet::Storylines)).map(|(it, _)| it);
    storylines::storylines(&sorted.storylines, texts, &naming.collect::<Vec<_>>(), log)
}

/// Links the claims that have a file.
fn claim_files(
    sorted: &Sorted,
    context: &TextContext<'_>,
    reuse: &Reuse<'_>,
) -> Vec<LinkedClaim> {
    let texts =
        parallel::map(&sorted.claims, |it| linked(AnyText::Claim(it), context, reuse));
    let claims = sorted.claims.iter().zip(texts).map(|(claim, text)| LinkedClaim {
        claim: Arc::clone(claim),
        permalink: Permalink::of_claim(&claim.document.slug),
        text,
    });
    claims.collect()
}

/// Links the pages.
fn pages(
    sorted: &Sorted,
    context: &TextContext<'_>,
    reuse: &Reuse<'_>,
) -> Vec<LinkedPage> {
    let texts =
        parallel::map(&sorted.pages, |it| linked(AnyText::Page(it), context, reuse));
    let pages = sorted.pages.iter().zip(texts).map(|(page, text)| LinkedPage {
        page: Arc::clone(page),
        permalink: Permalink::of_page(page, &context.config.src),
        text,
    });
    pages.collect()
}

/// The page whose words stand on top of the home page.
fn home(pages: &[LinkedPage], config: &Config) -> Option<PageIdx> {
    let stem = format!("{}/index", config.src);
    let mut all = (0..).map(PageIdx).zip(pages);
    all.find(|(_, it)| text_stem(&it.page.document.path) == Some(&*stem)).map(|it| it.0)
}

fn registry(entities: &[Arc<Entity>], config: &Config) -> Registry {
    let named = |entity: &Arc<Entity>| NamedEntity {
        slug: entity.document.slug.as_str().into(),
        kind: entity.front.kind,
        name: entity.document.title.value.clone(),
        aliases: entity.front.aliases.iter().map(|it| it.value.clone()).collect(),
        dated_names: entity
            .front
            .names
            .iter()
            .map(|it| TimedName { name: it.name.clone(), period: it.period() })
            .collect(),
    };
    Registry::new(entities.iter().map(named).collect(), &config.language)
}

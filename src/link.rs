//! Documents to an edition: the whole book, every name resolved.

pub mod dates;
pub mod facets;
mod known;
pub mod mentions;
pub mod permalink;
pub mod registry;
pub mod related;
pub mod relations;
mod sorted;
pub mod stale_roles;
pub mod statements;
pub mod targets;
pub mod text;
pub mod timeline;
pub mod unnamed;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Reported, Rule};
use crate::input::Asset;
use crate::link::facets::{Facet, Facets};
use crate::link::known::Known;
use crate::link::permalink::Permalink;
use crate::link::registry::{DatedName, EntityIdx, NamedEntity, Registry};
use crate::link::relations::{Archive, Changes};
use crate::link::sorted::Sorted;
use crate::link::statements::Claims;
use crate::link::targets::Targets;
use crate::link::text::{LinkedText, TextContext};
use crate::link::timeline::Timelines;
use crate::parallel;
use crate::parse::brief::Brief;
use crate::parse::config::Config;
use crate::parse::document::Document;
use crate::parse::entity::Entity;
use crate::parse::fields::Placed;
use crate::parse::page::Page;
use crate::parse::storyline::Storyline;
use crate::parse::{Parsed, Wanted};
use crate::slug::Slug;

/// A brief, as a position in [`Edition::briefs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BriefIdx(pub u32);

/// A text of the edition that may carry annotations; briefs first, the newest before all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextIdx {
    /// A brief's.
    Brief(BriefIdx),
    /// An entity's profile.
    Entity(EntityIdx),
    /// A storyline's, as a position in [`Edition::storylines`].
    Storyline(u32),
    /// A page's, as a position in [`Edition::pages`].
    Page(u32),
}

/// The whole book, every name resolved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edition {
    /// The settings.
    pub config: Arc<Config>,
    /// All names and whose they are.
    pub registry: Arc<Registry>,
    /// The published briefs, newest first; on equal times by path.
    pub briefs: Vec<Arc<LinkedBrief>>,
    /// What each of them has, in the same order.
    facets: Vec<Facets>,
    /// The entities, by path; positions are [`EntityIdx`].
    pub entities: Vec<LinkedEntity>,
    /// The storylines, by path.
    pub storylines: Vec<LinkedStoryline>,
    /// The pages, by path; the words on top of the home page are one of them.
    pub pages: Vec<LinkedPage>,
    /// Which of the pages holds the words on top of the home page.
    pub home: Option<u32>,
    /// The tags, by slug.
    pub tags: Arc<BTreeMap<Slug, Tag>>,
    /// The briefs by year and month of their dateline, each newest first.
    pub archive: Arc<Archive>,
    /// Claims and quotes.
    pub claims: Claims,
    /// What happened.
    pub timelines: Timelines,
    /// The files of `static/`.
    pub assets: Arc<BTreeMap<Arc<str>, Asset>>,
    /// The time of the edition and what is in it.
    pub wanted: Wanted,
    /// The briefs that are not in the edition: a link to one says so.
    unpublished: Vec<Arc<Brief>>,
    /// The content files that are no documents.
    others: Vec<Arc<str>>,
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
    /// The entities it mentions in order of first mention, each with how often.
    pub entities: Vec<(EntityIdx, u32)>,
}

/// An entity and the briefs that mention it.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedEntity {
    /// The entity.
    pub entity: Arc<Entity>,
    /// Its profile.
    pub text: Arc<LinkedText>,
    /// Its address.
    pub permalink: Permalink,
    /// The briefs that mention it, newest first.
    pub briefs: Arc<Vec<BriefIdx>>,
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

/// A page.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedPage {
    /// The page.
    pub page: Arc<Page>,
    /// Its text.
    pub text: Arc<LinkedText>,
    /// Its address.
    pub permalink: Permalink,
}

/// A tag and its briefs.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// The tag as the newest brief writes it.
    pub label: Box<str>,
    /// Its briefs, newest first.
    pub briefs: Vec<BriefIdx>,
}

impl Edition {
    /// The brief at a position.
    pub fn brief(&self, idx: BriefIdx) -> &LinkedBrief {
        &self.briefs[idx.0 as usize]
    }

    /// The entity at a position.
    pub fn entity(&self, idx: EntityIdx) -> &LinkedEntity {
        &self.entities[idx.0 as usize]
    }

    /// The file a text is from.
    pub fn document(&self, idx: TextIdx) -> &Document {
        match idx {
            TextIdx::Brief(idx) => &self.brief(idx).brief.document,
            TextIdx::Entity(idx) => &self.entity(idx).entity.document,
            TextIdx::Storyline(idx) => &self.storylines[idx as usize].storyline.document,
            TextIdx::Page(idx) => &self.pages[idx as usize].page.document,
        }
    }

    /// A text with its names resolved.
    pub fn text(&self, idx: TextIdx) -> &LinkedText {
        match idx {
            TextIdx::Brief(idx) => &self.brief(idx).text,
            TextIdx::Entity(idx) => &self.entity(idx).text,
            TextIdx::Storyline(idx) => &self.storylines[idx as usize].text,
            TextIdx::Page(idx) => &self.pages[idx as usize].text,
        }
    }

    /// The address of the page a text is on.
    pub fn permalink(&self, idx: TextIdx) -> &Permalink {
        match idx {
            TextIdx::Brief(idx) => &self.brief(idx).permalink,
            TextIdx::Entity(idx) => &self.entity(idx).permalink,
            TextIdx::Storyline(idx) => &self.storylines[idx as usize].permalink,
            TextIdx::Page(idx) => &self.pages[idx as usize].permalink,
        }
    }

    /// All texts in their order.
    pub fn texts(&self) -> impl Iterator<Item = TextIdx> {
        let up_to = |n: usize| 0..u32::try_from(n).unwrap_or(u32::MAX);
        let briefs = up_to(self.briefs.len()).map(|it| TextIdx::Brief(BriefIdx(it)));
        let entities =
            up_to(self.entities.len()).map(|it| TextIdx::Entity(EntityIdx(it)));
        let storylines = up_to(self.storylines.len()).map(TextIdx::Storyline);
        let pages = up_to(self.pages.len()).map(TextIdx::Page);
        briefs.chain(entities).chain(storylines).chain(pages)
    }

    /// The briefs that have something, newest first, and all other texts.
    pub fn texts_with(&self, facet: Facet) -> impl Iterator<Item = TextIdx> {
        self.texts().filter(move |it| match it {
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

/// Resolves the whole book. What `last` knows of a document that has not changed is taken
/// from there if no name has changed.
pub fn link(parsed: &Parsed, last: &Edition) -> Reported<Edition> {
    let mut log = Vec::new();
    let config = Arc::clone(&parsed.config);
    let sorted = Sorted::of(parsed);
    let same_entities = config == last.config
        && sorted.entities.len() == last.entities.len()
        && sorted
            .entities
            .iter()
            .zip(&last.entities)
            .all(|(a, b)| same_names(a, &b.entity));
    let registry = if same_entities {
        Arc::clone(&last.registry)
    } else {
        Arc::new(registry(&sorted.entities, &config))
    };
    let targets = Targets::new(parsed, &registry, config.as_ref());
    let context = TextContext {
        registry: &registry,
        config: &config,
        entities: &sorted.entities,
        targets: &targets,
    };
    let known = if same_entities {
        Known::of(last, sorted.same_targets(last))
    } else {
        Known::default()
    };
    let briefs = briefs(&sorted.briefs, &context, &known);
    let facets = facets(&briefs, last);
    let changes = Changes::between(last, &briefs);
    let links = |document: &Document| match known.text(document) {
        Some(text) if known.same_targets.hold(&document.body) => Arc::clone(text),
        last => text::link(document, None, &context, last),
    };
    let entity_texts = parallel::map(&sorted.entities, |it| links(&it.document));
    let storyline_texts = parallel::map(&sorted.storylines, |it| links(&it.document));
    let page_texts = parallel::map(&sorted.pages, |it| links(&it.document));

    let n_entities = sorted.entities.len();
    let (backlinks, (tags, archive)) = parallel::join(
        || relations::backlinks(&briefs, n_entities, changes.as_ref()),
        || {
            let tags = relations::tags(&briefs, changes.as_ref());
            (tags, relations::archive(&briefs, changes.as_ref()))
        },
    );
    let entities = sorted.entities.iter().zip(entity_texts).zip(backlinks);
    let entities =
        entities.map(|((entity, text), briefs)| linked_entity(entity, text, briefs));
    let entities = entities.collect();
    let of_storylines = (0..).map(BriefIdx).zip(&briefs).zip(&facets);
    let of_storylines =
        of_storylines.filter(|(_, it)| it.has(Facet::Storylines)).map(|(it, _)| it);
    let storylines = storylines(
        &sorted.storylines,
        storyline_texts,
        of_storylines.collect(),
        &mut log,
    );
    let pages: Vec<LinkedPage> = sorted
        .pages
        .iter()
        .zip(page_texts)
        .map(|(page, text)| LinkedPage {
            page: Arc::clone(page),
            permalink: Permalink::of_page(page, &config.src),
            text,
        })
        .collect();
    let home_path = format!("{}/index.md", config.src);
    let home = (0..).zip(&pages).find(|(_, it)| *it.page.document.path == *home_path);
    let home = home.map(|(at, _)| at);
    let mut edition = Edition {
        config,
        registry,
        briefs,
        facets,
        entities,
        storylines,
        pages,
        home,
        tags,
        archive,
        claims: Claims::default(),
        timelines: Timelines::default(),
        assets: Arc::clone(&parsed.assets),
        wanted: parsed.wanted,
        unpublished: sorted.unpublished,
        others: sorted.others,
    };
    edition.claims = statements::collect(&edition, &mut log);
    edition.timelines = timeline::collect(&edition);
    references(&edition, &mut log);
    for idx in edition.texts_with(Facet::Diagnostics) {
        log.extend(edition.text(idx).diagnostics().cloned());
    }
    Reported { value: edition, diagnostics: log }
}

fn linked_entity(
    entity: &Arc<Entity>,
    text: Arc<LinkedText>,
    briefs: Arc<Vec<BriefIdx>>,
) -> LinkedEntity {
    let permalink = Permalink::of_entity(entity);
    LinkedEntity { entity: Arc::clone(entity), permalink, text, briefs }
}

/// Links the briefs; one that is known and leads nowhere new stays as it is.
fn briefs(
    briefs: &[Arc<Brief>],
    context: &TextContext<'_>,
    known_texts: &Known<'_>,
) -> Vec<Arc<LinkedBrief>> {
    let positions: Vec<usize> = (0..briefs.len()).collect();
    parallel::map(&positions, |at| {
        let brief = &briefs[*at];
        let known = known_texts.brief(*at, brief);
        if let Some(known) = known
            && known_texts.same_targets.hold(&brief.document.body)
        {
            return Arc::clone(known);
        }
        let last = known.map(|it| &it.text);
        let text = text::link(&brief.document, Some(brief), context, last);
        match known {
            Some(known) if Arc::ptr_eq(&known.text, &text) => Arc::clone(known),
            _ => Arc::new(LinkedBrief {
                brief: Arc::clone(brief),
                permalink: Permalink::of_brief(brief),
                entities: text.counts(),
                text,
            }),
        }
    })
}

/// What each brief has; a brief that stands where it stood has what it had.
fn facets(briefs: &[Arc<LinkedBrief>], last: &Edition) -> Vec<Facets> {
    let same = briefs.iter().zip(&last.briefs).take_while(|(a, b)| Arc::ptr_eq(a, b));
    let n_same = same.count();
    let mut facets = last.facets[..n_same].to_vec();
    let rest: Vec<usize> = (n_same..briefs.len()).collect();
    facets.extend(parallel::map(&rest, |at| match last.briefs.get(*at) {
        Some(there) if Arc::ptr_eq(there, &briefs[*at]) => last.facets[*at],
        _ => Facets::of(&briefs[*at]),
    }));
    facets
}

/// Whether two versions of an entity's file give a text the same names and offices.
fn same_names(a: &Arc<Entity>, b: &Arc<Entity>) -> bool {
    let same = |a: &Entity, b: &Entity| {
        a.document.path == b.document.path
            && a.document.slug == b.document.slug
            && a.document.title.value == b.document.title.value
            && a.front == b.front
    };
    Arc::ptr_eq(a, b) || same(a, b)
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
            .map(|it| DatedName { name: it.name.clone(), period: it.period() })
            .collect(),
    };
    Registry::new(entities.iter().map(named).collect(), &config.language)
}

fn storylines(
    storylines: &[Arc<Storyline>],
    texts: Vec<Arc<LinkedText>>,
    newest_first: Vec<(BriefIdx, &Arc<LinkedBrief>)>,
    log: &mut Vec<Diagnostic>,
) -> Vec<LinkedStoryline> {
    let mut linked: Vec<LinkedStoryline> = storylines
        .iter()
        .zip(texts)
        .map(|(storyline, text)| LinkedStoryline {
            storyline: Arc::clone(storyline),
            permalink: Permalink::of_storyline(storyline),
            text,
            briefs: Vec::new(),
        })
        .collect();
    let by_slug: BTreeMap<&Slug, usize> =
        storylines.iter().enumerate().map(|(at, it)| (&it.document.slug, at)).collect();
    for (idx, brief) in newest_first.into_iter().rev() {
        for slug in &brief.brief.front.storylines {
            match by_slug.get(&slug.value) {
                Some(at) if linked[*at].briefs.last() != Some(&idx) => {
                    linked[*at].briefs.push(idx);
                }
                Some(_) => {}
                None => log.push(unknown_storyline(&brief.brief, slug, by_slug.keys())),
            }
        }
    }
    linked
}

fn unknown_storyline<'a>(
    brief: &Brief,
    slug: &Placed<Slug>,
    known: impl Iterator<Item = &'a &'a Slug>,
) -> Diagnostic {
    let message = format!("no storyline is called `{}`", slug.value);
    let span = brief.document.span(slug.at);
    let near =
        crate::diagnostic::nearest(slug.value.as_str(), known.map(|it| it.as_str()));
    Diagnostic::new(Rule::UnknownStoryline, span, message).help(match near {
        Some(near) => format!("write `{near}`"),
        None => format!("add a file content/storylines/{}.md", slug.value),
    })
}

/// Checks what settings and front matter name: files, entities of relations, pictures.
fn references(edition: &Edition, log: &mut Vec<Diagnostic>) {
    let config = &edition.config;
    let named = config.additional_css.iter().chain(&config.additional_js);
    for file in named.chain(&config.publisher.logo) {
        if !edition.assets.contains_key(&**file) {
            let message = format!("there is no file static/{file}");
            let span = Diagnostic::whole_file("book.toml");
            log.push(
                Diagnostic::new(Rule::MissingFile, span, message)
                    .help("put the file into static/, and name it from there"),
            );
        }
    }
    for linked in &edition.entities {
        let document = &linked.entity.document;
        for relation in &linked.entity.front.relations {
            if edition.registry.lookup(&relation.entity.value).is_empty() {
                log.push(text::unknown_entity(
                    &relation.entity.value,
                    document.span(relation.entity.at),
                    &edition.registry,
                ));
            }
        }
        log.extend(missing_image(edition, document, linked.entity.front.image.as_ref()));
    }
    for idx in edition.texts_with(Facet::Image) {
        if let TextIdx::Brief(idx) = idx {
            let brief = &edition.brief(idx).brief;
            log.extend(missing_image(
                edition,
                &brief.document,
                brief.front.image.as_deref(),
            ));
        }
    }
}

fn missing_image(
    edition: &Edition,
    document: &Document,
    image: Option<&crate::parse::document::Image>,
) -> Option<Diagnostic> {
    let file = &image?.file;
    if edition.assets.contains_key(&*file.value) {
        return None;
    }
    let message = format!("there is no file static/{}", file.value);
    let files = edition.assets.keys().map(|path| &**path);
    let near = (edition.assets.len() < 10_000)
        .then(|| crate::diagnostic::nearest(&file.value, files))
        .flatten();
    let diagnostic = Diagnostic::new(Rule::MissingFile, document.span(file.at), message);
    Some(match near {
        Some(near) => diagnostic.help(format!("write `{near}`")),
        None => diagnostic.help("put the picture into static/, and name it from there"),
    })
}

//! Where links between content files lead.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::link::permalink::Permalink;
use crate::link::registry::{EntityIdx, Registry};
use crate::parse::config::Config;
use crate::parse::{FileKind, Parsed};

/// What a link that was written by hand leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Destination {
    /// An entity.
    Entity(EntityIdx),
    /// Another page of the site, with what follows `#`.
    Page(Permalink, Option<Box<str>>),
    /// A file or a page, from the root of the site; whether it exists is checked when all
    /// pages are known.
    Site(Box<str>),
    /// Nothing: the link is shown as its words.
    Nowhere,
}

/// Why a link leads nowhere.
#[derive(Clone, Debug, PartialEq)]
pub enum Broken {
    /// No such file.
    NoFile,
    /// A brief that is not published.
    Unpublished,
    /// No entity, brief, storyline or page of that name.
    NoName,
    /// More than one entity has the name.
    Ambiguous(Vec<EntityIdx>),
}

/// Finds where links lead.
pub struct Targets<'a> {
    parsed: &'a Parsed,
    registry: &'a Registry,
    config: &'a Config,
    /// Entities by path; made when a link wants it.
    entities: OnceLock<BTreeMap<&'a str, EntityIdx>>,
    /// Files by title and slug, in lower case; made when a link wants it.
    titles: OnceLock<BTreeMap<String, Option<&'a Arc<str>>>>,
}

impl<'a> Targets<'a> {
    /// Targets among the files of the book.
    pub fn new(
        parsed: &'a Parsed,
        registry: &'a Registry,
        config: &'a Config,
    ) -> Targets<'a> {
        let (entities, titles) = (OnceLock::new(), OnceLock::new());
        Targets { parsed, registry, config, entities, titles }
    }

    /// Where `[[name]]` leads: to the entity of that name or slug, else to the one brief,
    /// storyline or page of that title or slug.
    pub fn named(&self, name: &str) -> Result<Destination, Broken> {
        match self.registry.lookup(name)[..] {
            [only] => return Ok(Destination::Entity(only)),
            [] => {}
            ref several => return Err(Broken::Ambiguous(several.to_vec())),
        }
        let titles = self.titles.get_or_init(|| {
            let mut titles = BTreeMap::new();
            for (path, file) in self.parsed.files.iter() {
                let Some(document) = file.kind.document() else { continue };
                if matches!(file.kind, FileKind::Entity(_)) {
                    continue;
                }
                for name in [&*document.title.value, document.slug.as_str()] {
                    let meant = titles.entry(name.to_lowercase()).or_insert(Some(path));
                    if *meant != Some(path) {
                        *meant = None; // two files share it
                    }
                }
            }
            titles
        });
        match titles.get(&name.to_lowercase()) {
            Some(Some(path)) => self.file(path, None),
            _ => Err(Broken::NoName),
        }
    }

    /// Where a link to a content file leads.
    pub fn file(
        &self,
        path: &str,
        fragment: Option<&str>,
    ) -> Result<Destination, Broken> {
        let file = self.parsed.files.get(path).ok_or(Broken::NoFile)?;
        let permalink = match &file.kind {
            FileKind::Brief(brief) if !self.parsed.wanted.wants(brief) => {
                return Err(Broken::Unpublished);
            }
            FileKind::Brief(brief) => Permalink::of_brief(brief),
            FileKind::Entity(_) => {
                let entities = self.entities.get_or_init(|| {
                    let is_entity = |kind: &FileKind| matches!(kind, FileKind::Entity(_));
                    let files = self.parsed.files.iter();
                    let paths = files
                        .filter(|(_, it)| is_entity(&it.kind))
                        .map(|(path, _)| &**path);
                    paths.zip((0..).map(EntityIdx)).collect()
                });
                let entity = entities.get(path).copied().ok_or(Broken::NoFile)?;
                return Ok(Destination::Entity(entity));
            }
            FileKind::Storyline(storyline) => Permalink::of_storyline(storyline),
            FileKind::Claim(claim) => Permalink::of_claim(&claim.document.slug),
            FileKind::Page(page) | FileKind::Home(page) => {
                Permalink::of_page(page, &self.config.src)
            }
            FileKind::Nothing(_) => return Err(Broken::NoFile),
        };
        Ok(Destination::Page(permalink, fragment.map(Into::into)))
    }

    /// Whether there is a content file of that path.
    pub fn has_file(&self, path: &str) -> bool {
        self.parsed.files.get(path).is_some()
    }

    /// The content file whose path is nearest to one that does not exist.
    pub fn nearest_file(&self, path: &str) -> Option<&str> {
        let (folder, _) = path.rsplit_once('/')?;
        let same_name = |it: &str| it.rsplit('/').next() == path.rsplit('/').next();
        let files = || self.parsed.files.iter().map(|(path, _)| &**path);
        files().find(|it| same_name(it)).or_else(|| {
            let in_folder = files().filter(|it| it.starts_with(folder)).take(20_000);
            crate::diagnostic::nearest(path, in_folder)
        })
    }
}

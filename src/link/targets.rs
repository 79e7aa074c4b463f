//! Where links between content files lead.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use unicode_normalization::UnicodeNormalization;

use crate::input::text_stem;
use crate::layout::within_static;
use crate::link::permalink::Permalink;
use crate::link::registry::{EntityIdx, Registry};
use crate::parse::brief::BriefAge;
use crate::parse::config::Config;
use crate::parse::document::Document;
use crate::parse::markdown::{Link, Target};
use crate::parse::{FileKind, Parsed};

/// What a link that was written by hand leads to.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Destination {
    /// An entity.
    Entity(EntityIdx),
    /// Another page of the site.
    Page(Permalink),
    /// The page itself.
    Here,
    /// A file or a page, from the root of the site; whether it exists is checked when all
    /// pages are known.
    Site(Box<str>),
    /// Nothing: the link is shown as its words.
    #[default]
    Nowhere,
}

/// Where a link leads, down to the place on the page.
#[derive(Clone, Debug, Default)]
pub struct Reached {
    /// The page or file.
    pub destination: Destination,
    /// What stands behind its address; its fragment is an id of the page.
    pub rest: Box<str>,
    /// Whether a fragment was written that the page does not have.
    pub is_without_anchor: bool,
}

/// Why a link leads nowhere.
#[derive(Clone, Debug, PartialEq)]
pub enum Broken {
    /// No such file.
    NoFile,
    /// A brief that is not published.
    Unpublished,
    /// A brief that is left out of the archive.
    LeftOut,
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
    /// The documents of entities by position; made when a link with a fragment wants it.
    profiles: OnceLock<Vec<&'a Document>>,
    /// Files of `static/` whose names have accents, by their name in NFC; made when a link
    /// wants it.
    composed_assets: OnceLock<HashMap<String, &'a str>>,
    /// Content files whose names have accents, by their path in NFC; made when a link wants
    /// it.
    composed_files: OnceLock<HashMap<String, &'a Arc<str>>>,
    /// Documents by address; made when a link with a fragment wants it.
    addresses: OnceLock<HashMap<Permalink, &'a Document>>,
}

impl<'a> Targets<'a> {
    /// Targets among the files of the book.
    pub fn new(
        parsed: &'a Parsed,
        registry: &'a Registry,
        config: &'a Config,
    ) -> Targets<'a> {
        let (entities, titles) = (OnceLock::new(), OnceLock::new());
        let (profiles, addresses) = (OnceLock::new(), OnceLock::new());
        Targets {
            parsed,
            registry,
            config,
            entities,
            titles,
            profiles,
            composed_assets: OnceLock::new(),
            composed_files: OnceLock::new(),
            addresses,
        }
    }

    /// Where a link of a document leads.
    pub fn reach(&self, link: &Link, document: &Document) -> Result<Reached, Broken> {
        let mut rest = &*link.rest;
        let destination = match &link.target {
            Target::Name(name, _) if !rest.is_empty() => {
                // A name such as `F#5` has a sign of its own.
                match self.named(&format!("{name}{rest}")) {
                    Err(Broken::NoName) => self.named(name)?,
                    whole => {
                        rest = "";
                        whole?
                    }
                }
            }
            Target::Name(name, _) => self.named(name)?,
            Target::File(path) => self.file(path)?,
            Target::Here => Destination::Here,
            Target::Site(path) if self.has_file(&format!("{path}.md")) => {
                return Err(Broken::NoFile);
            }
            Target::Site(path) => match self.asset(path, document) {
                Some(asset) => Destination::Site(asset.into()),
                None => Destination::Site(path.clone()),
            },
        };
        let reached =
            Reached { destination, rest: rest.into(), is_without_anchor: false };
        let Some((query, fragment)) = rest.split_once('#') else { return Ok(reached) };
        let Some(there) = self.document(&reached.destination, document) else {
            return Ok(reached); // a file, or a page that no text makes
        };
        let fragment = percent_encoding::percent_decode_str(fragment).decode_utf8_lossy();
        let landing = there.body.landing(&fragment);
        Ok(Reached {
            is_without_anchor: landing.is_none(),
            rest: match landing {
                Some(id) => format!("{query}#{id}").into(),
                None => query.into(),
            },
            ..reached
        })
    }

    /// The file of `static/` that a path means that is no file as it is written: one beside
    /// the text, `img/x.svg` for `/img/x.svg` as front matter has it, or one whose accents
    /// are encoded in another way than those of the file's name.
    fn asset(&self, path: &str, document: &Document) -> Option<&'a str> {
        let assets = &self.parsed.assets;
        if assets.contains_key(path) {
            return None;
        }
        let folder = document.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = path.strip_prefix(folder).and_then(|it| it.strip_prefix('/'));
        let beside = beside.map(|it| within_static(it).unwrap_or(it));
        let exact = beside.and_then(|it| assets.get_key_value(it));
        exact.map(|(it, _)| &**it).or_else(|| {
            let composed = self.composed_assets.get_or_init(|| {
                let odd = assets.keys().filter(|it| !it.is_ascii());
                odd.map(|it| (it.nfc().collect(), &**it)).collect()
            });
            let wanted = [Some(path), beside].into_iter().flatten();
            let mut wanted = wanted.filter(|it| !it.is_ascii());
            wanted.find_map(|it| composed.get(&it.nfc().collect::<String>()).copied())
        })
    }

    /// The document that a page shows; `own` is the one that links.
    fn document<'b>(
        &'b self,
        to: &Destination,
        own: &'b Document,
    ) -> Option<&'b Document> {
        let address = match to {
            Destination::Here => return Some(own),
            Destination::Nowhere => return None,
            Destination::Entity(idx) => {
                let profiles = self.profiles.get_or_init(|| {
                    let files = self.parsed.files.iter().map(|(_, file)| &file.kind);
                    let entities = files.filter(|it| matches!(it, FileKind::Entity(_)));
                    entities.filter_map(FileKind::document).collect()
                });
                return profiles.get(idx.0 as usize).copied();
            }
            Destination::Page(permalink) => permalink.clone(),
            Destination::Site(path) => {
                let path = path.trim_end_matches("index.html").trim_end_matches('/');
                Permalink(if path.is_empty() {
                    "".into()
                } else {
                    format!("{path}/").into()
                })
            }
        };
        let addresses = self.addresses.get_or_init(|| {
            let files = self.parsed.files.iter().map(|(_, file)| &file.kind);
            files.filter_map(|it| Some((self.permalink(it)?, it.document()?))).collect()
        });
        addresses.get(&address).copied()
    }

    /// The address of a file's page; `None` for a file without one.
    fn permalink(&self, kind: &FileKind) -> Option<Permalink> {
        Some(match kind {
            FileKind::Brief(it) if !self.parsed.wants(it) => return None,
            FileKind::Brief(it) => Permalink::of_brief(it),
            FileKind::Entity(it) => Permalink::of_entity(it),
            FileKind::Storyline(it) => Permalink::of_storyline(it),
            FileKind::Claim(it) => Permalink::of_claim(&it.document.slug),
            FileKind::Page(it) | FileKind::Home(it) => {
                Permalink::of_page(it, &self.config.src)
            }
            FileKind::Nothing(_) => return None,
        })
    }

    /// Where `[[name]]` leads: to the entity of that name or slug, else to the one brief,
    /// storyline or page of that title or slug, else to the one file of that path, as
    /// Obsidian writes it: `[[team.md]]`, `[[pages/team]]`.
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
                // Those of entities are in the registry.
                let is_entity = matches!(file.kind, FileKind::Entity(_));
                let names = [&*document.title.value, document.slug.as_str()];
                let names = names.into_iter().filter(|_| !is_entity);
                for name in names.chain(self.paths(path)) {
                    let meant = titles.entry(folded(name)).or_insert(Some(path));
                    if *meant != Some(path) {
                        *meant = None; // two files share it
                    }
                }
            }
            titles
        });
        let named = |name: &str| titles.get(&folded(name)).copied();
        match named(name).or_else(|| named(text_stem(name)?)) {
            Some(Some(path)) => self.file(path),
            _ => Err(Broken::NoName),
        }
    }

    /// What a file is called by its path: `content/pages/team.md` is also `team`,
    /// `pages/team` and `content/pages/team`.
    fn paths(&self, path: &'a str) -> impl Iterator<Item = &'a str> {
        let stem = text_stem(path).unwrap_or(path);
        let within =
            stem.strip_prefix(&*self.config.src).map(|it| it.trim_start_matches('/'));
        let name = stem.rsplit_once('/').map(|(_, name)| name);
        [Some(stem), within, name].into_iter().flatten()
    }

    /// Where a link to a content file leads.
    pub fn file(&self, path: &str) -> Result<Destination, Broken> {
        let path = self.composed(path).unwrap_or(path);
        let file = self.parsed.files.get(path).ok_or(Broken::NoFile)?;
        match &file.kind {
            FileKind::Brief(brief) if !self.parsed.wants(brief) => {
                let is_left_out = brief.front.age == BriefAge::Archived
                    && !self.parsed.is_placed(brief);
                return Err(if is_left_out {
                    Broken::LeftOut
                } else {
                    Broken::Unpublished
                });
            }
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
            _ => {}
        }
        self.permalink(&file.kind).map(Destination::Page).ok_or(Broken::NoFile)
    }

    /// The content file whose name has the same accents as a path that is none, encoded in
    /// another way: macOS hands out names whose accents stand apart.
    fn composed(&self, path: &str) -> Option<&'a str> {
        if path.is_ascii() || self.parsed.files.get(path).is_some() {
            return None;
        }
        let composed = self.composed_files.get_or_init(|| {
            let odd = self.parsed.files.iter().map(|(path, _)| path);
            let odd = odd.filter(|it| !it.is_ascii());
            odd.map(|it| (it.nfc().collect(), it)).collect()
        });
        composed.get(&path.nfc().collect::<String>()).map(|it| &***it)
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

/// As names of files are compared: in NFC and without regard to capitals.
fn folded(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).collect()
}

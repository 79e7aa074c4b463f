//! All of an edition that decides which pages there are.
//!
//! The outline sees nothing else, so equal seeds give equal outlines: a preview keeps the
//! outline of the last edition as long as its seeds are the same. Whoever adds a kind of page
//! that depends on something new must add it here first, and cannot forget to compare it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::input::Asset;
use crate::link::claims::Proposition;
use crate::link::edition::Edition;
use crate::link::permalink::Permalink;
use crate::link::texts::{BriefIdx, ClaimFileIdx, Credit, LinkedBrief, PageIdx, TextIdx};
use crate::parse::claim::{FINDINGS, FindingKind};
use crate::parse::config::{Config, Feeds};
use crate::parse::entity::EntityKind;
use crate::parse::fields::Placed;
use crate::parse::redirect::{SiteRedirect, file_of};
use crate::slug::Slug;
use crate::span::narrow;

/// All that the outline may look at.
#[derive(Debug, PartialEq)]
pub(super) struct Seeds<'a> {
    /// The briefs, newest first.
    pub(super) briefs: BriefSeeds<'a>,
    /// Whether a brief is news: an empty sitemap of news would be an error to who reads it.
    pub(super) has_news: bool,
    /// How many pages the list of all briefs has.
    pub(super) n_home_pages: u32,
    /// The entities, by position.
    pub(super) entities: Vec<EntitySeed<'a>>,
    /// The storylines, by position.
    pub(super) storylines: Vec<StorylineSeed<'a>>,
    /// The pages, by position.
    pub(super) pages: Vec<PageSeed<'a>>,
    /// Which of the pages holds the words on top of the home page.
    pub(super) home: Option<PageIdx>,
    /// The tags, each with how many pages its list has.
    pub(super) tags: Vec<(&'a Slug, u32)>,
    /// The years and months that have briefs, oldest first.
    pub(super) months: Vec<(i16, i8)>,
    /// The claims, by position.
    pub(super) claims: Vec<ClaimSeed<'a>>,
    /// How many pages the list of all claims has, and that of each finding; 0 for one that
    /// no claim has.
    pub(super) claim_lists: Vec<(Option<FindingKind>, u32)>,
    /// The files of `static/`.
    pub(super) assets: AssetSeeds<'a>,
    /// What the settings say of it.
    pub(super) settings: SettingSeeds,
}

/// The settings that add pages or take them away.
#[derive(Debug, PartialEq)]
pub(super) struct SettingSeeds {
    /// Whether the site has an address, which feeds and sitemaps carry.
    pub(super) has_address: bool,
    /// Whether it has a domain of its own on GitHub Pages.
    pub(super) has_cname: bool,
    /// Whether Web Annotations stand beside briefs.
    pub(super) has_web_annotations: bool,
    /// Which feeds there are.
    pub(super) feeds: Feeds,
    /// The path of the site's root at its host, without its first slash: `repo/`.
    pub(super) base: Box<str>,
    /// Old addresses and what they lead to.
    pub(super) redirects: Box<[SiteRedirect]>,
}

/// What the outline looks at of a brief.
#[derive(Debug, PartialEq)]
pub(super) struct BriefSeed<'a> {
    /// Its address.
    pub(super) permalink: &'a Permalink,
    /// The addresses that it once had.
    pub(super) redirect_from: &'a [Placed<Box<str>>],
}

/// What the outline looks at of an entity.
#[derive(Debug, PartialEq)]
pub(super) struct EntitySeed<'a> {
    /// Its address.
    pub(super) permalink: &'a Permalink,
    /// What it is.
    pub(super) kind: EntityKind,
    /// Whether a brief names it, was written by it, or rests on it.
    pub(super) has_briefs: bool,
    /// How many pages the list of the briefs that name it has.
    pub(super) n_pages: u32,
    /// How many pages the list of each credit has; 0 if the entity's own page shows all.
    pub(super) n_credit_pages: [u32; 2],
    /// The addresses that it once had.
    pub(super) redirect_from: &'a [Placed<Box<str>>],
}

/// How many of the briefs that an entity wrote or is the source of its own page shows. More
/// have pages of their own.
pub fn credits_shown(config: &Config) -> usize {
    (config.per_page as usize).min(10)
}

/// What the outline looks at of a storyline.
#[derive(Debug, PartialEq)]
pub(super) struct StorylineSeed<'a> {
    /// Its address.
    pub(super) permalink: &'a Permalink,
    /// Whether a brief belongs to it.
    pub(super) has_briefs: bool,
    /// The addresses that it once had.
    pub(super) redirect_from: &'a [Placed<Box<str>>],
}

/// What the outline looks at of a page.
#[derive(Debug, PartialEq)]
pub(super) struct PageSeed<'a> {
    /// Its address.
    pub(super) permalink: &'a Permalink,
    /// The addresses that it once had.
    pub(super) redirect_from: &'a [Placed<Box<str>>],
}

impl<'a> Seeds<'a> {
    /// The seeds of an edition.
    pub(super) fn of(edition: &'a Edition) -> Seeds<'a> {
        let config = &*edition.config;
        let n_pages = |n_briefs: usize| n_pages(config, n_briefs);
        let entities = edition.entities.iter().map(|it| EntitySeed {
            permalink: &it.permalink,
            kind: it.entity.front.kind,
            has_briefs: !it.briefs.is_empty(),
            n_pages: n_pages(it.briefs.named.len()),
            n_credit_pages: Credit::ALL.map(|credit| {
                let n = it.briefs.credited(credit).len();
                if n > credits_shown(config) { n_pages(n) } else { 0 }
            }),
            redirect_from: &it.entity.front.redirect_from,
        });
        let storylines = edition.storylines.iter().map(|it| StorylineSeed {
            permalink: &it.permalink,
            has_briefs: !it.briefs.is_empty(),
            redirect_from: &it.storyline.redirect_from,
        });
        let pages = edition.pages.iter().map(|it| PageSeed {
            permalink: &it.permalink,
            redirect_from: &it.page.redirect_from,
        });
        let claims = edition.claims.all.iter().map(|it| ClaimSeed {
            slug: &it.slug,
            file: it.file,
            redirect_from: &it.redirect_from,
        });
        let tags = edition.tags.iter();
        Seeds {
            briefs: BriefSeeds(&edition.briefs),
            has_news: edition.news().next().is_some(),
            n_home_pages: n_pages(edition.briefs.len()),
            entities: entities.collect(),
            storylines: storylines.collect(),
            pages: pages.collect(),
            home: edition.home,
            tags: tags.map(|(slug, tag)| (slug, n_pages(tag.briefs.len()))).collect(),
            months: edition.archive.keys().copied().collect(),
            claims: claims.collect(),
            claim_lists: claim_lists(edition),
            assets: AssetSeeds(&edition.assets),
            settings: SettingSeeds {
                has_address: config.site_url.is_some(),
                has_cname: config.cname.is_some(),
                has_web_annotations: config.web_annotation,
                feeds: config.feeds.clone(),
                base: config.site_url.as_ref().map_or("", |it| &it.path()[1..]).into(),
                redirects: config.redirects.clone(),
            },
        }
    }
}

/// What the outline looks at of a claim.
#[derive(Debug, PartialEq)]
pub(super) struct ClaimSeed<'a> {
    /// Its segment of the address.
    pub(super) slug: &'a Slug,
    /// Its file.
    pub(super) file: Option<ClaimFileIdx>,
    /// The addresses that it once had, and the texts that name them.
    pub(super) redirect_from: &'a [(Box<str>, TextIdx)],
}

/// The list of all claims, and that of each finding, with how many pages each has.
fn claim_lists(edition: &Edition) -> Vec<(Option<FindingKind>, u32)> {
    let all = &edition.claims.all;
    let findings = FINDINGS.iter().map(|(_, finding)| Some(*finding));
    let lists = std::iter::once(None).chain(findings).map(|of| {
        let is_one = |it: &&Proposition| of.is_none() || it.now().map(|it| it.is) == of;
        let n = all.iter().filter(is_one).count();
        (of, if n == 0 { 0 } else { n_pages(&edition.config, n) })
    });
    lists.collect()
}

impl<'a> Seeds<'a> {
    /// The addresses that a text once had.
    pub(super) fn redirect_from(&self, text: TextIdx) -> &'a [Placed<Box<str>>] {
        match text {
            TextIdx::Brief(idx) => self.briefs.at(idx).redirect_from,
            TextIdx::Entity(idx) => self.entities[idx.0 as usize].redirect_from,
            TextIdx::Storyline(idx) => self.storylines[idx.0 as usize].redirect_from,
            TextIdx::Claim(_) => &[],
            TextIdx::Page(idx) => self.pages[idx.0 as usize].redirect_from,
        }
    }

    /// The file at an address that something once had. One that begins with the site's own
    /// path was copied from a browser.
    pub(super) fn old_file(&self, address: &str) -> String {
        let base = &*self.settings.base;
        let within = address.strip_prefix(base).filter(|it| !it.is_empty());
        file_of(within.unwrap_or(address))
    }
}

/// How many pages a list of briefs has; an empty one has one.
pub fn n_pages(config: &Config, n_briefs: usize) -> u32 {
    let pages = n_briefs.div_ceil(config.per_page as usize).max(1);
    narrow(pages)
}

/// The briefs, as seeds: what else there is to a brief stays behind this type.
#[derive(Debug)]
pub(super) struct BriefSeeds<'a>(&'a [Arc<LinkedBrief>]);

impl<'a> BriefSeeds<'a> {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The brief at a position.
    pub(super) fn at(&self, idx: BriefIdx) -> BriefSeed<'a> {
        BriefSeeds::seed(&self.0[idx.0 as usize])
    }

    /// The briefs and their positions, newest first.
    pub(super) fn iter(
        &self,
    ) -> impl DoubleEndedIterator<Item = (BriefIdx, BriefSeed<'a>)> {
        let n = narrow(self.0.len());
        (0..n).map(BriefIdx).zip(self.0.iter().map(|it| BriefSeeds::seed(it)))
    }

    fn seed(linked: &'a LinkedBrief) -> BriefSeed<'a> {
        let redirect_from = &linked.brief.front.redirect_from;
        BriefSeed { permalink: &linked.permalink, redirect_from }
    }
}

impl PartialEq for BriefSeeds<'_> {
    /// A brief that is the same in memory needs no look: nearly all of them are.
    fn eq(&self, other: &Self) -> bool {
        let is_same = |(a, b): (&Arc<LinkedBrief>, &Arc<LinkedBrief>)| {
            Arc::ptr_eq(a, b) || BriefSeeds::seed(a) == BriefSeeds::seed(b)
        };
        self.0.len() == other.0.len() && self.0.iter().zip(other.0).all(is_same)
    }
}

/// The files of `static/`, as seeds: their paths.
#[derive(Debug)]
pub(super) struct AssetSeeds<'a>(&'a Arc<BTreeMap<Arc<str>, Asset>>);

impl<'a> AssetSeeds<'a> {
    /// The paths, from `static/`.
    pub(super) fn paths(&self) -> impl Iterator<Item = &'a Arc<str>> {
        self.0.keys()
    }

    /// Whether there is a file of that path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }
}

impl PartialEq for AssetSeeds<'_> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(self.0, other.0) || self.0.keys().eq(other.0.keys())
    }
}

//! What a page of the site can be, and every fact that is one of its kind.
//!
//! Each `match` over [`PageKind`] names every kind, so that whoever adds one is asked about
//! each fact. Two things remain elsewhere: `layout` says when there is such a page, and
//! `render` what is on it.

use std::sync::Arc;

use crate::layout::{SETTINGS, in_static};
use crate::link::claims::ClaimIdx;
use crate::link::edition::Edition;
use crate::link::registry::EntityIdx;
use crate::link::texts::{
    BriefIdx, ClaimFileIdx, Credit, PageIdx, StorylineIdx, TextIdx, Texts,
};
use crate::outline::seeds::Seeds;
use crate::parse::claim::FindingKind;
use crate::parse::entity::EntityKind;
use crate::slug::Slug;
use crate::span::{Span, Stretch};

/// One output file to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Its path from the root of the site: `2025/08/08/strike/index.html`.
    pub path: Box<str>,
    /// What is on it.
    pub kind: PageKind,
}

/// What is on a page. Pages of lists count from 1.
#[derive(Clone, Debug, PartialEq)]
pub enum PageKind {
    /// The newest briefs by day.
    Home(u32),
    /// One brief.
    Brief(BriefIdx),
    /// One entity, with one page of the briefs that name it.
    Entity(EntityIdx, u32),
    /// The briefs that one entity wrote or is the source of, a page of them.
    Credits(EntityIdx, Credit, u32),
    /// All entities, or those of one kind.
    Registry(Option<EntityKind>),
    /// All storylines.
    Storylines,
    /// One storyline.
    Storyline(StorylineIdx),
    /// All claims or those with one finding, a page of them.
    Claims(Option<FindingKind>, u32),
    /// One claim, and its file if it has one.
    Claim(ClaimIdx, Option<ClaimFileIdx>),
    /// All tags.
    Tags,
    /// One tag, with one page of its briefs.
    Tag(Slug, u32),
    /// The briefs of a year.
    Year(i16),
    /// The briefs of a month.
    Month(i16, i8),
    /// All corrections.
    Corrections,
    /// A page of the book.
    Page(PageIdx),
    /// What is shown for an address that has no page.
    NotFound,
    /// What a brief's text names and what stands in its margin, as W3C Web Annotations.
    WebAnnotations(BriefIdx),
    /// An address that a text once had, as a position among those it names.
    Redirect(TextIdx, u32),
    /// An address that a claim once had, as a position among those, and the text that names
    /// it.
    ClaimRedirect(ClaimIdx, u32, TextIdx),
    /// An address that leads to a page of the site, as a position among those that the
    /// settings name.
    SiteRedirect(u32),
    /// The same as a feed, at an address of the settings: who reads feeds is not led on.
    OldFeed(FeedOf, FeedForm, u32),
    /// The newest briefs, in full, for readers of feeds.
    Feed(FeedOf, FeedForm),
    /// The pages for search engines: all of them, or which files list them.
    Sitemap,
    /// One of several lists of pages, from 1.
    SitemapPart(u32),
    /// The briefs of the last two days, for search engines of news.
    NewsSitemap,
    /// `robots.txt`.
    Robots,
    /// The domain, for GitHub Pages.
    Cname,
    /// Tells GitHub Pages that there is nothing to build.
    NoJekyll,
    /// A file of `static/`, by its path there.
    Asset(Arc<str>),
    /// A file of the theme, by its path there.
    ThemeAsset(&'static str),
}

/// Whose briefs a feed has.
#[derive(Clone, Debug, PartialEq)]
pub enum FeedOf {
    /// The whole site's.
    Site,
    /// Those that name an entity, that it wrote, or that rest on it.
    Entity(EntityIdx),
    /// Those of a storyline.
    Storyline(StorylineIdx),
    /// Those with a tag.
    Tag(Slug),
}

/// The form of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedForm {
    /// Atom (RFC 4287), `feed.xml`.
    Atom,
    /// JSON Feed 1.1, `feed.json`.
    Json,
}

/// Pages that share what is rendered once. Rendered group by group, only one group's parts
/// need be held at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Feeds share the texts of briefs.
    Feeds,
    /// Lists share briefs as their items.
    Lists,
    /// Briefs share links to briefs, and cards; what remains shares little.
    Others,
}

impl Group {
    /// All of them, in the order in which they are rendered.
    pub const ALL: [Group; 3] = [Group::Feeds, Group::Lists, Group::Others];
}

/// What of a book a page comes from.
pub(super) enum Origin<'a> {
    /// A text, which the page shows.
    Text(TextIdx),
    /// The words on top of the home page, if there are any; the page is there without them.
    HomeText,
    /// A text, beside whose own page it stands.
    Beside(TextIdx),
    /// An address that a text once had, as a position among those it names.
    OldAddress(TextIdx, u32),
    /// An address that a claim once had, as a text says.
    OldAddressOfClaim(TextIdx),
    /// An old address, as a position among those that the settings name.
    OldAddressOfSettings(u32),
    /// A file of `static/`, by its path there.
    File(&'a Arc<str>),
    /// Many texts, or none: the program itself adds it.
    Program,
}

/// How a page is made and who is told of it.
struct Making {
    /// The template that makes it of one view.
    template: Option<&'static str>,
    /// Whether search engines are told of it.
    is_listed: bool,
    /// With which other pages it shares what is rendered once.
    group: Group,
}

/// How many pages one sitemap lists at most (sitemaps.org).
pub const SITEMAP_PAGES: usize = 50_000;

impl PageKind {
    /// Where the page lies, from the root of the site.
    pub(super) fn path(&self, seeds: &Seeds<'_>) -> String {
        match self {
            PageKind::Home(page) => paged("", *page),
            PageKind::Brief(idx) => seeds.briefs.at(*idx).permalink.file(),
            PageKind::Entity(idx, page) => {
                paged(&seeds.entities[idx.0 as usize].permalink.0, *page)
            }
            PageKind::Credits(idx, credit, page) => {
                let entity = &seeds.entities[idx.0 as usize].permalink;
                paged(&format!("{entity}{}/", credit.segment()), *page)
            }
            PageKind::Registry(None) => "entities/index.html".to_owned(),
            PageKind::Registry(Some(kind)) => {
                format!("entities/kind/{}/index.html", kind.word())
            }
            PageKind::Storylines => "storylines/index.html".to_owned(),
            PageKind::Storyline(idx) => seeds.storylines[idx.0 as usize].permalink.file(),
            PageKind::Claims(None, page) => paged("claims/", *page),
            PageKind::Claims(Some(finding), page) => {
                paged(&format!("claims/finding/{}/", finding.word()), *page)
            }
            PageKind::Claim(idx, _) => {
                format!("claims/{}/index.html", seeds.claims[idx.0 as usize].slug)
            }
            PageKind::ClaimRedirect(claim, at, _) => {
                let claim = &seeds.claims[claim.0 as usize];
                seeds.old_file(&claim.redirect_from[*at as usize].0)
            }
            PageKind::SiteRedirect(at) | PageKind::OldFeed(_, _, at) => {
                seeds.old_file(&seeds.settings.redirects[*at as usize].from.value)
            }
            PageKind::Tags => "tags/index.html".to_owned(),
            PageKind::Tag(slug, page) => paged(&format!("tags/{slug}/"), *page),
            PageKind::Year(year) => format!("{year:04}/index.html"),
            PageKind::Month(year, month) => format!("{year:04}/{month:02}/index.html"),
            PageKind::Corrections => "corrections/index.html".to_owned(),
            PageKind::Page(idx) => seeds.pages[idx.0 as usize].permalink.file(),
            PageKind::NotFound => "404.html".to_owned(),
            PageKind::WebAnnotations(idx) => {
                format!("{}annotations.jsonld", seeds.briefs.at(*idx).permalink)
            }
            PageKind::Redirect(text, at) => {
                seeds.old_file(&seeds.redirect_from(*text)[*at as usize].value)
            }
            PageKind::Feed(of, FeedForm::Atom) => format!("{}feed.xml", of.folder(seeds)),
            PageKind::Feed(of, FeedForm::Json) => {
                format!("{}feed.json", of.folder(seeds))
            }
            PageKind::Sitemap => "sitemap.xml".to_owned(),
            PageKind::SitemapPart(part) => format!("sitemap-{part}.xml"),
            PageKind::NewsSitemap => "news-sitemap.xml".to_owned(),
            PageKind::Robots => "robots.txt".to_owned(),
            PageKind::Cname => "CNAME".to_owned(),
            PageKind::NoJekyll => ".nojekyll".to_owned(),
            PageKind::Asset(path) => path.to_string(),
            PageKind::ThemeAsset(path) => (*path).to_owned(),
        }
    }

    /// What of the book the page comes from.
    pub(super) fn origin(&self) -> Origin<'_> {
        match self {
            PageKind::Brief(idx) => Origin::Text(TextIdx::Brief(*idx)),
            PageKind::Entity(idx, _) => Origin::Text(TextIdx::Entity(*idx)),
            PageKind::Storyline(idx) => Origin::Text(TextIdx::Storyline(*idx)),
            PageKind::Page(idx) => Origin::Text(TextIdx::Page(*idx)),
            PageKind::Home(1) => Origin::HomeText,
            PageKind::WebAnnotations(idx) => Origin::Beside(TextIdx::Brief(*idx)),
            PageKind::Redirect(text, at) => Origin::OldAddress(*text, *at),
            PageKind::SiteRedirect(at) | PageKind::OldFeed(_, _, at) => {
                Origin::OldAddressOfSettings(*at)
            }
            PageKind::ClaimRedirect(_, _, text) => Origin::OldAddressOfClaim(*text),
            PageKind::Claim(_, Some(file)) => Origin::Text(TextIdx::Claim(*file)),
            PageKind::Asset(path) => Origin::File(path),
            PageKind::Home(_)
            | PageKind::Credits(..)
            | PageKind::Registry(_)
            | PageKind::Storylines
            | PageKind::Claims(..)
            | PageKind::Claim(_, None)
            | PageKind::Tags
            | PageKind::Tag(..)
            | PageKind::Year(_)
            | PageKind::Month(..)
            | PageKind::Corrections
            | PageKind::NotFound
            | PageKind::Feed(..)
            | PageKind::Sitemap
            | PageKind::SitemapPart(_)
            | PageKind::NewsSitemap
            | PageKind::Robots
            | PageKind::Cname
            | PageKind::NoJekyll
            | PageKind::ThemeAsset(_) => Origin::Program,
        }
    }

    /// How the page is made and who is told of it.
    fn making(&self) -> Making {
        const fn view(template: &'static str, group: Group) -> Making {
            Making { template: Some(template), is_listed: true, group }
        }
        /// Made of one view, and not for search engines.
        const fn aside(template: &'static str) -> Making {
            Making { template: Some(template), is_listed: false, group: Group::Others }
        }
        const fn bytes(group: Group) -> Making {
            Making { template: None, is_listed: false, group }
        }
        match self {
            PageKind::Home(_) => view("home.html", Group::Others),
            PageKind::Brief(_) => view("brief.html", Group::Others),
            PageKind::Entity(..) => view("entity.html", Group::Lists),
            PageKind::Credits(..) => view("credits.html", Group::Lists),
            PageKind::Registry(_) => view("registry.html", Group::Others),
            PageKind::Storylines => view("storylines.html", Group::Others),
            PageKind::Storyline(_) => view("storyline.html", Group::Lists),
            PageKind::Claims(..) => view("claims.html", Group::Others),
            PageKind::Claim(..) => view("claim.html", Group::Others),
            PageKind::Tags => view("tags.html", Group::Others),
            PageKind::Tag(..) => view("tag.html", Group::Lists),
            PageKind::Year(_) | PageKind::Month(..) => {
                view("archive.html", Group::Others)
            }
            PageKind::Corrections => view("corrections.html", Group::Others),
            PageKind::Page(_) => view("page.html", Group::Others),
            PageKind::NotFound => aside("404.html"),
            PageKind::Redirect(..)
            | PageKind::ClaimRedirect(..)
            | PageKind::SiteRedirect(_) => aside("redirect.html"),
            PageKind::Feed(..) | PageKind::OldFeed(..) => bytes(Group::Feeds),
            PageKind::WebAnnotations(_)
            | PageKind::Sitemap
            | PageKind::SitemapPart(_)
            | PageKind::NewsSitemap
            | PageKind::Robots
            | PageKind::Cname
            | PageKind::NoJekyll
            | PageKind::Asset(_)
            | PageKind::ThemeAsset(_) => bytes(Group::Others),
        }
    }

    /// The text that the page shows: whoever wants to change the page edits its file. `None`
    /// for a page that is made of many texts, or for a program.
    pub fn text(&self, texts: &Texts) -> Option<TextIdx> {
        match self.origin() {
            Origin::Text(text) => Some(text),
            Origin::HomeText => texts.home.map(TextIdx::Page),
            Origin::Beside(_)
            | Origin::OldAddress(..)
            | Origin::OldAddressOfClaim(_)
            | Origin::OldAddressOfSettings(_)
            | Origin::File(_)
            | Origin::Program => None,
        }
    }

    /// Where the book asks for the page; `None` for pages that the program itself adds.
    pub(super) fn asked_by(&self, edition: &Edition) -> Option<Span> {
        let texts = &edition.texts;
        match self.origin() {
            Origin::Text(text)
            | Origin::Beside(text)
            | Origin::OldAddressOfClaim(text) => {
                let document = texts.document(text);
                Some(document.span(document.title.at))
            }
            Origin::OldAddress(text, at) => {
                let old = texts.redirect_from(text).get(at as usize)?;
                Some(texts.document(text).span(old.at))
            }
            Origin::OldAddressOfSettings(at) => {
                let old = edition.config.redirects.get(at as usize)?;
                Some(old.from.at.of(&SETTINGS.into()))
            }
            Origin::File(path) => {
                let path = in_static(path).into();
                Some(Span { path, stretch: Stretch::default() })
            }
            Origin::HomeText | Origin::Program => None,
        }
    }

    /// The file of the book's `static/` that the page is a copy of, by its path there.
    pub fn copied(&self) -> Option<&Arc<str>> {
        match self.origin() {
            Origin::File(path) => Some(path),
            Origin::Text(_)
            | Origin::HomeText
            | Origin::Beside(_)
            | Origin::OldAddress(..)
            | Origin::OldAddressOfClaim(_)
            | Origin::OldAddressOfSettings(_)
            | Origin::Program => None,
        }
    }

    /// The template that makes the page of one view; `None` for a page that is put together
    /// in another way, or that is a file.
    pub fn template(&self) -> Option<&'static str> {
        self.making().template
    }

    /// Whether search engines are told of the page.
    pub fn is_listed(&self) -> bool {
        self.making().is_listed
    }

    /// With which other pages it shares what is rendered once.
    pub fn group(&self) -> Group {
        self.making().group
    }

    /// About how long the page takes to render on a site of `n_pages`, in microseconds of
    /// one core.
    ///
    /// From `cargo bench -- render`. It decides only how evenly work is dealt to machines,
    /// but it must be the same on each of them, so it counts and never measures.
    pub fn cost(&self, edition: &Edition, n_pages: usize) -> u64 {
        let briefs = |n: usize| n as u64;
        let config = &edition.config;
        let of_feed = |n: usize| 20 + 20 * briefs(n.min(config.feeds.items as usize));
        let of_list = |n: usize| 100 + 3 * briefs(n.min(config.per_page as usize));
        match self {
            PageKind::Brief(_) | PageKind::Page(_) => 110,
            // The brief's page is rendered once more, and read.
            PageKind::WebAnnotations(_) => 220,
            PageKind::Entity(idx, 1) => {
                let of = &edition.entity(*idx).briefs;
                of_list(of.named.len()) + 2 * briefs(of.n_all())
            }
            PageKind::Feed(of, _) | PageKind::OldFeed(of, ..) => of_feed(match of {
                FeedOf::Site => edition.briefs.len(),
                FeedOf::Entity(idx) => edition.entity(*idx).briefs.n_all(),
                FeedOf::Storyline(idx) => edition.storyline(*idx).briefs.len(),
                FeedOf::Tag(slug) => {
                    edition.tags.get(slug).map_or(0, |it| it.briefs.len())
                }
            }),
            PageKind::Storyline(idx) => {
                100 + 5 * briefs(edition.storyline(*idx).briefs.len())
            }
            PageKind::Month(year, month) => {
                let briefs_of = edition.archive.get(&(*year, *month));
                100 + 3 * briefs_of.map_or(0, |it| briefs(it.len()))
            }
            // Taken for full pages of a list.
            PageKind::Entity(..)
            | PageKind::Credits(..)
            | PageKind::Year(_)
            | PageKind::Home(_)
            | PageKind::Tag(..) => of_list(usize::MAX),
            PageKind::Registry(_) => 100 + briefs(edition.entities.len()),
            PageKind::Sitemap | PageKind::SitemapPart(_) => {
                100 + briefs(n_pages.min(SITEMAP_PAGES)) / 3
            }
            PageKind::Storylines
            | PageKind::Claims(..)
            | PageKind::Claim(..)
            | PageKind::Tags
            | PageKind::Corrections
            | PageKind::NotFound
            | PageKind::Redirect(..)
            | PageKind::ClaimRedirect(..)
            | PageKind::SiteRedirect(_)
            | PageKind::NewsSitemap
            | PageKind::Robots
            | PageKind::Cname
            | PageKind::NoJekyll
            | PageKind::Asset(_)
            | PageKind::ThemeAsset(_) => 10,
        }
    }
}

impl FeedOf {
    /// Where the feed lies: beside the page of what it is the feed of.
    fn folder(&self, seeds: &Seeds<'_>) -> String {
        match self {
            FeedOf::Site => String::new(),
            FeedOf::Entity(idx) => seeds.entities[idx.0 as usize].permalink.to_string(),
            FeedOf::Storyline(idx) => {
                seeds.storylines[idx.0 as usize].permalink.to_string()
            }
            FeedOf::Tag(slug) => format!("tags/{slug}/"),
        }
    }
}

/// The file of a page of a list: pages beyond the first lie under `page/N/`.
fn paged(list: &str, page: u32) -> String {
    match page {
        1 => format!("{list}index.html"),
        _ => format!("{list}page/{page}/index.html"),
    }
}

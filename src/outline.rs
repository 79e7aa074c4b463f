//! The pages that exist, their paths, their clashes.

mod reserved;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Diagnostic, Reported, Rule};
use crate::link::edition::Edition;
use crate::link::facets::Facet;
use crate::link::permalink::Permalink;
use crate::link::registry::EntityIdx;
use crate::link::targets::Destination;
use crate::link::text::LinkedText;
use crate::link::texts::{BriefIdx, PageIdx, StorylineIdx};
use crate::parallel;
use crate::parse::document::Document;
use crate::parse::entity::{EntityKind, KINDS};
use crate::slug::Slug;
use crate::span::{Span, Stretch};

pub use reserved::{MANIFEST, PART_LIST};

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
    /// One entity, with one page of its briefs.
    Entity(EntityIdx, u32),
    /// All entities, or those of one kind.
    Registry(Option<EntityKind>),
    /// All storylines.
    Storylines,
    /// One storyline.
    Storyline(StorylineIdx),
    /// All claims.
    Claims,
    /// One claim that is followed.
    Claim(Slug),
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
    /// A page.
    Page(PageIdx),
    /// What is shown for an address that has no page.
    NotFound,
    /// What a brief's text names and what stands in its margin, as W3C Web Annotations.
    WebAnnotations(BriefIdx),
    /// An address that a page once had.
    Redirect(BriefIdx),
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
    /// Those that mention an entity.
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

/// How many pages one sitemap lists at most (sitemaps.org).
pub const SITEMAP_PAGES: usize = 50_000;

/// Which pages there are, by path.
///
/// Reports pages that would have the same address, and links to pages that are none. With
/// `last`, the outline of an edition before, pages that did not change are not laid out
/// again.
pub fn outline(edition: &Edition, last: Option<Last<'_>>) -> Reported<Arc<Vec<Page>>> {
    if let Some((before, pages)) = last
        && !pages.is_empty()
        && has_same_pages(edition, before)
    {
        let mut diagnostics = Vec::new();
        let is_page =
            |path: &str| pages.binary_search_by(|page| (*page.path).cmp(path)).is_ok();
        site_links(edition, is_page, &mut diagnostics);
        return Reported { value: Arc::clone(pages), diagnostics };
    }
    // Most pages are briefs and entities; a list that grows is in memory twice.
    let n_likely = edition.briefs.len() + 4 * edition.entities.len() + 1024;
    let mut claims: Vec<Claim> = Vec::with_capacity(n_likely);
    lists(edition, &mut claims);
    documents(edition, &mut claims);
    beside_briefs(edition, &mut claims);
    files(edition, &mut claims);
    if edition.config.site_url.is_some() {
        machine(edition, &mut claims);
    }
    let mut diagnostics = Vec::new();
    let mut taken: HashMap<Cow<'_, str>, usize> = HashMap::with_capacity(claims.len());
    let mut kept: Vec<bool> = Vec::with_capacity(claims.len());
    for (at, claim) in claims.iter().enumerate() {
        let path = folded(&claim.page.path);
        if let Some(what) = reserved::what(claim, &path) {
            diagnostics.push(reserved::taken(claim, what));
            kept.push(false);
            continue;
        }
        let first = *taken.entry(path).or_insert(at);
        kept.push(first == at);
        if first != at {
            diagnostics.push(clash(claim, &claims[first]));
        }
    }
    folders(&claims, &taken, &mut diagnostics);
    let is_page =
        |path: &str| taken.get(path).is_some_and(|at| *claims[*at].page.path == *path);
    site_links(edition, is_page, &mut diagnostics);
    let mut pages: Vec<Page> = claims
        .into_iter()
        .zip(kept)
        .filter(|(_, kept)| *kept)
        .map(|(claim, _)| claim.page)
        .collect();
    pages.shrink_to_fit();
    parallel::sort_by(&mut pages, |a, b| a.path.cmp(&b.path));
    Reported { value: Arc::new(pages), diagnostics }
}

/// An edition and its outline without clashes.
pub type Last<'a> = (&'a Edition, &'a Arc<Vec<Page>>);

/// Whether two editions have the same pages, as far as a look at what changed tells; a look
/// that finds a difference may be wrong.
fn has_same_pages(a: &Edition, b: &Edition) -> bool {
    let per_page = |edition: &Edition, n: usize| n_pages(edition, n);
    Arc::ptr_eq(&a.config, &b.config)
        && Arc::ptr_eq(&a.assets, &b.assets)
        && a.home == b.home
        && same(&a.briefs, &b.briefs, |a, b| {
            Arc::ptr_eq(a, b)
                || a.permalink == b.permalink
                    && a.brief.document.path == b.brief.document.path
                    && a.brief.front.redirect_from == b.brief.front.redirect_from
        })
        && same(&a.entities, &b.entities, |left, right| {
            left.permalink == right.permalink
                && left.entity.front.kind == right.entity.front.kind
                && left.briefs.is_empty() == right.briefs.is_empty()
                && per_page(a, left.briefs.len()) == per_page(b, right.briefs.len())
        })
        && same(&a.storylines, &b.storylines, |a, b| {
            a.permalink == b.permalink && a.briefs.is_empty() == b.briefs.is_empty()
        })
        && same(&a.pages, &b.pages, |a, b| a.permalink == b.permalink)
        && a.tags.len() == b.tags.len()
        && a.tags.iter().zip(b.tags.iter()).all(|((left, x), (right, y))| {
            left == right && per_page(a, x.briefs.len()) == per_page(b, y.briefs.len())
        })
        && a.archive.keys().eq(b.archive.keys())
        && a.claims.ledgers.keys().eq(b.claims.ledgers.keys())
        && a.claims.has_any() == b.claims.has_any()
}

fn same<T>(a: &[T], b: &[T], is_same: impl Fn(&T, &T) -> bool) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
}

/// A page and the place in the book that asks for it.
struct Claim {
    page: Page,
    /// `None` for pages that the program itself adds.
    by: Option<Span>,
}

/// As file systems that ignore capitals and the form of accents see a path.
fn folded(path: &str) -> Cow<'_, str> {
    if path.bytes().all(|it| it.is_ascii() && !it.is_ascii_uppercase()) {
        return Cow::Borrowed(path);
    }
    Cow::Owned(path.nfc().flat_map(char::to_lowercase).collect())
}

fn lists(edition: &Edition, claims: &mut Vec<Claim>) {
    let mut add = |path: String, kind: PageKind| {
        claims.push(Claim { page: Page { path: path.into(), kind }, by: None });
    };
    for page in 1..=n_pages(edition, edition.briefs.len()) {
        add(paged("", page), PageKind::Home(page));
    }
    add("entities/index.html".to_owned(), PageKind::Registry(None));
    for (word, kind) in KINDS {
        if edition.entities.iter().any(|it| it.entity.front.kind == *kind) {
            add(
                format!("entities/kind/{word}/index.html"),
                PageKind::Registry(Some(*kind)),
            );
        }
    }
    if !edition.storylines.is_empty() {
        add("storylines/index.html".to_owned(), PageKind::Storylines);
    }
    if edition.claims.has_any() {
        add("claims/index.html".to_owned(), PageKind::Claims);
    }
    for ledger in edition.claims.ledgers.keys() {
        add(format!("claims/{ledger}/index.html"), PageKind::Claim(ledger.clone()));
    }
    if !edition.tags.is_empty() {
        add("tags/index.html".to_owned(), PageKind::Tags);
    }
    for (slug, tag) in edition.tags.iter() {
        for page in 1..=n_pages(edition, tag.briefs.len()) {
            add(paged(&format!("tags/{slug}/"), page), PageKind::Tag(slug.clone(), page));
        }
    }
    let years: BTreeSet<i16> = edition.archive.keys().map(|(year, _)| *year).collect();
    for year in years {
        add(format!("{year:04}/index.html"), PageKind::Year(year));
    }
    for (year, month) in edition.archive.keys() {
        add(format!("{year:04}/{month:02}/index.html"), PageKind::Month(*year, *month));
    }
    add("corrections/index.html".to_owned(), PageKind::Corrections);
    add(".nojekyll".to_owned(), PageKind::NoJekyll);
    // The book's own take their place.
    for (path, kind) in
        [("404.html", PageKind::NotFound), ("robots.txt", PageKind::Robots)]
    {
        if !edition.assets.contains_key(path) {
            add(path.to_owned(), kind);
        }
    }
    if edition.config.cname.is_some() {
        add("CNAME".to_owned(), PageKind::Cname);
    }
}

/// How many pages a list has; an empty one has one.
pub fn n_pages(edition: &Edition, n_items: usize) -> u32 {
    let pages = n_items.div_ceil(edition.config.per_page as usize).max(1);
    u32::try_from(pages).unwrap_or(u32::MAX)
}

/// The file of a page of a list: pages beyond the first lie under `page/N/`.
pub fn paged(list: &str, page: u32) -> String {
    match page {
        1 => format!("{list}index.html"),
        _ => format!("{list}page/{page}/index.html"),
    }
}

fn documents(edition: &Edition, claims: &mut Vec<Claim>) {
    let mut add = |permalink: &Permalink, kind: PageKind, document: &Document| {
        let by = Some(document.span(document.title.at));
        claims.push(Claim { page: Page { path: permalink.file().into(), kind }, by });
    };
    let pages = (0..).map(PageIdx).zip(&edition.pages);
    for (idx, it) in pages.filter(|(idx, _)| Some(*idx) != edition.home) {
        add(&it.permalink, PageKind::Page(idx), &it.page.document);
    }
    for (idx, it) in (0..).map(StorylineIdx).zip(&edition.storylines) {
        add(&it.permalink, PageKind::Storyline(idx), &it.storyline.document);
    }
    // Oldest first, which is nearly the order of their paths: that sorts fast.
    let n_briefs = u32::try_from(edition.briefs.len()).unwrap_or(u32::MAX);
    for (idx, it) in (0..n_briefs).rev().map(BriefIdx).zip(edition.briefs.iter().rev()) {
        add(&it.permalink, PageKind::Brief(idx), &it.brief.document);
    }
    for (idx, it) in (0..).map(EntityIdx).zip(&edition.entities) {
        add(&it.permalink, PageKind::Entity(idx, 1), &it.entity.document);
        for page in 2..=n_pages(edition, it.briefs.len()) {
            let path = Permalink(
                paged(&it.permalink.0, page).trim_end_matches("index.html").into(),
            );
            add(&path, PageKind::Entity(idx, page), &it.entity.document);
        }
    }
    for (idx, it) in (0..).map(BriefIdx).zip(&edition.briefs) {
        for old in &it.brief.front.redirect_from {
            let path = if old.value.ends_with(".html") {
                old.value.clone()
            } else {
                format!("{}/index.html", old.value).into()
            };
            let by = Some(it.brief.document.span(old.at));
            claims.push(Claim { page: Page { path, kind: PageKind::Redirect(idx) }, by });
        }
    }
}

/// What stands beside briefs for other tools.
fn beside_briefs(edition: &Edition, claims: &mut Vec<Claim>) {
    if !edition.config.web_annotation {
        return;
    }
    for (idx, it) in (0..).map(BriefIdx).zip(&edition.briefs) {
        let path = format!("{}annotations.jsonld", it.permalink);
        let by = Some(it.brief.document.span(it.brief.document.title.at));
        let kind = PageKind::WebAnnotations(idx);
        claims.push(Claim { page: Page { path: path.into(), kind }, by });
    }
}

/// Feeds and sitemaps: they carry the address of the site.
fn machine(edition: &Edition, claims: &mut Vec<Claim>) {
    let n_pages = claims.iter().filter(|claim| is_listed(&claim.page)).count();
    let mut add = |path: String, kind: PageKind| {
        claims.push(Claim { page: Page { path: path.into(), kind }, by: None });
    };
    add("sitemap.xml".to_owned(), PageKind::Sitemap);
    if n_pages > SITEMAP_PAGES {
        let n_parts = u32::try_from(n_pages.div_ceil(SITEMAP_PAGES)).unwrap_or(u32::MAX);
        for part in 1..=n_parts {
            add(format!("sitemap-{part}.xml"), PageKind::SitemapPart(part));
        }
    }
    if edition.briefs.is_empty() {
        return; // Atom wants a time, and there is none
    }
    add("news-sitemap.xml".to_owned(), PageKind::NewsSitemap);
    let feeds = &edition.config.feeds;
    let mut feed = |folder: &str, of: &FeedOf| {
        add(format!("{folder}feed.xml"), PageKind::Feed(of.clone(), FeedForm::Atom));
        add(format!("{folder}feed.json"), PageKind::Feed(of.clone(), FeedForm::Json));
    };
    feed("", &FeedOf::Site);
    for (idx, it) in (0..).zip(&edition.entities) {
        if feeds.entities && !it.briefs.is_empty() {
            feed(&it.permalink.0, &FeedOf::Entity(EntityIdx(idx)));
        }
    }
    for (idx, it) in (0..).map(StorylineIdx).zip(&edition.storylines) {
        if feeds.storylines && !it.briefs.is_empty() {
            feed(&it.permalink.0, &FeedOf::Storyline(idx));
        }
    }
    for slug in edition.tags.keys().filter(|_| feeds.tags) {
        feed(&format!("tags/{slug}/"), &FeedOf::Tag(slug.clone()));
    }
}

/// Whether search engines are told of a page.
pub fn is_listed(page: &Page) -> bool {
    !matches!(
        page.kind,
        PageKind::Feed(..)
            | PageKind::Sitemap
            | PageKind::SitemapPart(_)
            | PageKind::NewsSitemap
            | PageKind::Robots
            | PageKind::WebAnnotations(_)
            | PageKind::NotFound
            | PageKind::Redirect(_)
            | PageKind::Cname
            | PageKind::NoJekyll
            | PageKind::Asset(_)
            | PageKind::ThemeAsset(_)
    )
}

fn files(edition: &Edition, claims: &mut Vec<Claim>) {
    for path in edition.assets.keys() {
        let page =
            Page { path: (&**path).into(), kind: PageKind::Asset(Arc::clone(path)) };
        let by =
            Span { path: format!("static/{path}").into(), stretch: Stretch::default() };
        claims.push(Claim { page, by: Some(by) });
    }
    for path in crate::theme::assets() {
        if !edition.assets.contains_key(path) {
            let page = Page { path: path.into(), kind: PageKind::ThemeAsset(path) };
            claims.push(Claim { page, by: None });
        }
    }
}

fn clash(claim: &Claim, first: &Claim) -> Diagnostic {
    // Of two briefs the one whose file comes later is the one to change.
    let is_brief = |it: &Claim| matches!(it.page.kind, PageKind::Brief(_));
    let are_briefs = is_brief(claim) && is_brief(first);
    let (claim, first) =
        if are_briefs && first.by > claim.by { (first, claim) } else { (claim, first) };
    let path = claim.page.path.trim_end_matches("index.html");
    let message = format!("the address `/{path}` is taken");
    let (by, other) = match (&claim.by, &first.by) {
        (Some(by), other) => (by.clone(), other.clone()),
        (None, Some(other)) => (other.clone(), None),
        (None, None) => (Diagnostic::whole_file("book.toml"), None),
    };
    let diagnostic =
        Diagnostic::new(Rule::PathClash, by, message).help(way_out(claim, first));
    match other {
        Some(other) => diagnostic.label(other, "it is this one's"),
        None => diagnostic.help("the site has a page of its own there"),
    }
}

/// What to change so that two pages have addresses of their own: the one that nobody reads
/// by its name, if there is one.
fn way_out(claim: &Claim, first: &Claim) -> &'static str {
    let has = |is: fn(&PageKind) -> bool| is(&claim.page.kind) || is(&first.page.kind);
    if has(|kind| matches!(kind, PageKind::Redirect(_))) {
        "take the address out of `redirect-from`: a page that is there cannot lead elsewhere"
    } else if has(|kind| matches!(kind, PageKind::Asset(_))) {
        "rename the file in static/, or move it into a folder of its own"
    } else {
        "give one of the two another `slug`"
    }
}

/// Reports a file whose path another page needs as a folder.
fn folders(
    claims: &[Claim],
    taken: &HashMap<Cow<'_, str>, usize>,
    log: &mut Vec<Diagnostic>,
) {
    let mut before = Cow::Borrowed("");
    for claim in claims {
        let path = folded(&claim.page.path);
        if reserved::what(claim, &path).is_some() {
            continue; // which is told
        }
        // Neighbors share most of their folders, which need no second look.
        let shared = path.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
        let above = path.match_indices('/').filter(|(at, _)| *at >= shared);
        let above = above.map(|(at, _)| &path[..at]);
        for folder in above {
            if let Some(first) = taken.get(folder) {
                log.push(clash(&claims[*first], claim));
            }
        }
        before = path;
    }
    log.dedup();
}

/// Reports links to pages and files of the site that are none.
fn site_links(
    edition: &Edition,
    is_page: impl Fn(&str) -> bool,
    log: &mut Vec<Diagnostic>,
) {
    let mut check = |document: &Document, text: &LinkedText| {
        for (link, destination) in document.body.links.iter().zip(&text.destinations) {
            let Destination::Site(path) = destination else { continue };
            let page = format!("{}/index.html", path.trim_end_matches('/'));
            let page = page.trim_start_matches('/');
            if !is_page(path) && !is_page(page) {
                let message = format!("the site has no page and no file `/{path}`");
                log.push(
                    Diagnostic::new(Rule::BrokenLink, document.span(link.at), message).help(
                        "link to a content file by its path, or put the file into static/",
                    ),
                );
            }
        }
    };
    let linking = edition.all_with(Facet::Links);
    linking.for_each(|it| check(edition.document(it), edition.text(it)));
}

//! Which pages there are: everything that a book asks for, and what the program adds.

use std::collections::{BTreeSet, HashMap};

use crate::link::claims::ClaimIdx;
use crate::link::registry::EntityIdx;
use crate::link::texts::{Credit, PageIdx, StorylineIdx, TextIdx};
use crate::outline::kind::{FeedForm, FeedOf, Page, PageKind, SITEMAP_PAGES};
use crate::outline::links::files_at;
use crate::outline::seeds::Seeds;
use crate::parse::config::JsonFeeds;
use crate::parse::entity::KINDS;
use crate::span::narrow;
use crate::theme;

/// Everything that asks to be a page. Of several with one address, the first gets it: lists
/// before documents, documents before files of `static/`.
pub(super) fn pages(seeds: &Seeds<'_>) -> Vec<Page> {
    // Room for nearly all of them (most pages are briefs' and entities'): a list that outgrows
    // its room is copied, and while it is, it is in memory twice.
    let n_likely = seeds.briefs.len() + 4 * seeds.entities.len() + 1024;
    let mut pages = Vec::with_capacity(n_likely);
    let page = |kind: PageKind| Page { path: kind.path(seeds).into(), kind };
    let mut add = |kind| pages.push(page(kind));
    lists(seeds, &mut add);
    documents(seeds, &mut add);
    files(seeds, &mut add);
    if seeds.settings.has_address {
        let n_listed = pages.iter().filter(|it| it.kind.is_listed()).count();
        let mut add = |kind| pages.push(page(kind));
        sitemaps(seeds, n_listed, &mut add);
        feeds(seeds, &mut add);
    }
    old_addresses(seeds, &mut pages);
    pages
}

/// The addresses of the settings, each with what it leads to; none where that is no page.
fn old_addresses(seeds: &Seeds<'_>, pages: &mut Vec<Page>) {
    if seeds.settings.redirects.is_empty() {
        return;
    }
    let by_path: HashMap<&str, &PageKind> =
        pages.iter().map(|it| (&*it.path, &it.kind)).collect();
    let kinds = (0..).zip(&seeds.settings.redirects).filter_map(|(at, redirect)| {
        let files = files_at(&redirect.to.value);
        match files.iter().find_map(|it| by_path.get(&**it))? {
            PageKind::Feed(of, form) => Some(PageKind::OldFeed(of.clone(), *form, at)),
            _ => Some(PageKind::SiteRedirect(at)),
        }
    });
    let kinds: Vec<PageKind> = kinds.collect();
    pages.extend(
        kinds.into_iter().map(|kind| Page { path: kind.path(seeds).into(), kind }),
    );
}

fn lists(seeds: &Seeds<'_>, add: &mut impl FnMut(PageKind)) {
    (1..=seeds.n_home_pages).map(PageKind::Home).for_each(&mut *add);
    add(PageKind::Registry(None));
    for (_, kind) in KINDS {
        if seeds.entities.iter().any(|it| it.kind == *kind) {
            add(PageKind::Registry(Some(*kind)));
        }
    }
    if !seeds.storylines.is_empty() {
        add(PageKind::Storylines);
    }
    for (of, n_pages) in &seeds.claim_lists {
        for page in 1..=*n_pages {
            add(PageKind::Claims(*of, page));
        }
    }
    if !seeds.tags.is_empty() {
        add(PageKind::Tags);
    }
    for (slug, n_pages) in &seeds.tags {
        for page in 1..=*n_pages {
            add(PageKind::Tag((*slug).clone(), page));
        }
    }
    let years: BTreeSet<i16> = seeds.months.iter().map(|(year, _)| *year).collect();
    years.into_iter().map(PageKind::Year).for_each(&mut *add);
    for (year, month) in &seeds.months {
        add(PageKind::Month(*year, *month));
    }
    add(PageKind::Corrections);
    add(PageKind::NoJekyll);
    // A file of that name in the book's `static/` replaces ours.
    for kind in [PageKind::NotFound, PageKind::Robots] {
        if !seeds.assets.has(&kind.path(seeds)) {
            add(kind);
        }
    }
    if seeds.settings.has_cname {
        add(PageKind::Cname);
    }
}

fn documents(seeds: &Seeds<'_>, add: &mut impl FnMut(PageKind)) {
    for (idx, _) in (0..).map(PageIdx).zip(&seeds.pages) {
        if Some(idx) != seeds.home {
            add(PageKind::Page(idx));
        }
    }
    for (idx, _) in (0..).map(StorylineIdx).zip(&seeds.storylines) {
        add(PageKind::Storyline(idx));
    }
    for (idx, claim) in (0..).map(ClaimIdx).zip(&seeds.claims) {
        add(PageKind::Claim(idx, claim.file));
        for (at, (_, text)) in (0..).zip(claim.redirect_from) {
            add(PageKind::ClaimRedirect(idx, at, *text));
        }
    }
    // Oldest first: paths begin with the day, so they are nearly sorted already.
    for (idx, _) in seeds.briefs.iter().rev() {
        add(PageKind::Brief(idx));
    }
    for (idx, entity) in (0..).map(EntityIdx).zip(&seeds.entities) {
        for page in 1..=entity.n_pages {
            add(PageKind::Entity(idx, page));
        }
        for (credit, n_pages) in Credit::ALL.into_iter().zip(entity.n_credit_pages) {
            for page in 1..=n_pages {
                add(PageKind::Credits(idx, credit, page));
            }
        }
    }
    let briefs = seeds.briefs.iter().map(|(idx, _)| TextIdx::Brief(idx));
    let entities =
        (0..narrow(seeds.entities.len())).map(|it| TextIdx::Entity(EntityIdx(it)));
    let storylines = (0..narrow(seeds.storylines.len()))
        .map(|it| TextIdx::Storyline(StorylineIdx(it)));
    let pages = (0..narrow(seeds.pages.len())).map(|it| TextIdx::Page(PageIdx(it)));
    for text in briefs.chain(entities).chain(storylines).chain(pages) {
        for (at, _) in (0..).zip(seeds.redirect_from(text)) {
            add(PageKind::Redirect(text, at));
        }
    }
    if seeds.settings.has_web_annotations {
        for (idx, _) in seeds.briefs.iter() {
            add(PageKind::WebAnnotations(idx));
        }
    }
}

fn files(seeds: &Seeds<'_>, add: &mut impl FnMut(PageKind)) {
    seeds.assets.paths().cloned().map(PageKind::Asset).for_each(&mut *add);
    for path in theme::assets() {
        if !seeds.assets.has(path) {
            add(PageKind::ThemeAsset(path));
        }
    }
}

/// Sitemaps carry the address of the site.
fn sitemaps(seeds: &Seeds<'_>, n_listed: usize, add: &mut impl FnMut(PageKind)) {
    add(PageKind::Sitemap);
    if n_listed > SITEMAP_PAGES {
        let n_parts = narrow(n_listed.div_ceil(SITEMAP_PAGES));
        (1..=n_parts).map(PageKind::SitemapPart).for_each(&mut *add);
    }
    if seeds.has_news {
        add(PageKind::NewsSitemap);
    }
}

/// Feeds carry the address of the site, too.
fn feeds(seeds: &Seeds<'_>, add: &mut impl FnMut(PageKind)) {
    if seeds.briefs.len() == 0 {
        return; // an Atom feed must say when it was updated, which only a brief can tell
    }
    let wanted = &seeds.settings.feeds;
    let mut feed = |of: FeedOf| {
        if of == FeedOf::Site || wanted.json == JsonFeeds::All {
            add(PageKind::Feed(of.clone(), FeedForm::Json));
        }
        add(PageKind::Feed(of, FeedForm::Atom));
    };
    feed(FeedOf::Site);
    for (idx, entity) in (0..).map(EntityIdx).zip(&seeds.entities) {
        if wanted.entities && entity.has_briefs {
            feed(FeedOf::Entity(idx));
        }
    }
    for (idx, storyline) in (0..).map(StorylineIdx).zip(&seeds.storylines) {
        if wanted.storylines && storyline.has_briefs {
            feed(FeedOf::Storyline(idx));
        }
    }
    for (slug, _) in seeds.tags.iter().filter(|_| wanted.tags) {
        feed(FeedOf::Tag((*slug).clone()));
    }
}

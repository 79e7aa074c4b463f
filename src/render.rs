//! One page to bytes.

pub mod body;
pub mod engine;
pub mod here;
pub mod highlight;
pub mod view;
pub mod words;

mod addresses;
mod brief;
mod claim;
mod claims;
mod counted;
mod credits;
mod entity;
mod events;
mod faults;
mod feeds;
mod head;
mod json_ld;
mod kept;
mod lists;
mod masthead;
mod paging;
mod parts;
mod pictures;
mod profile;
mod registry;
mod roles;
mod simple;
mod sitemaps;
mod storyline;
mod web_annotation;
mod xml;

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::link::edition::Edition;
use crate::link::texts::BriefIdx;
use crate::outline::kind::{FeedForm, Page, PageKind};
use crate::render::engine::Templates;
use crate::render::here::Here;
use crate::theme;

/// A page as it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Rendered {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A file of `static/`, copied as it is: its path there.
    Asset(String),
}

/// Renders one page: a function of the edition, its outline, the page and the templates
/// alone. The outline is for sitemaps, which list all pages, and for links, which lead to one.
///
/// The error is what is wrong with the template.
pub(crate) fn render(
    edition: &Edition,
    outline: &[Page],
    page: &Page,
    templates: &Templates,
) -> Result<Rendered, Diagnostic> {
    let here = Here::new((edition, outline), templates, &page.path);
    match &page.kind {
        PageKind::Home(n) => html(page, templates, &lists::home(&here, *n)),
        PageKind::Brief(idx) => html(page, templates, &brief::view(&here, *idx)?),
        PageKind::Entity(idx, n) => {
            html(page, templates, &entity::view(&here, *idx, *n)?)
        }
        PageKind::Registry(kind) => html(page, templates, &registry::view(&here, *kind)),
        PageKind::Storylines => html(page, templates, &storyline::all(&here)),
        PageKind::Storyline(idx) => html(page, templates, &storyline::view(&here, *idx)?),
        PageKind::Claims(of, n) => html(page, templates, &claims::list(&here, *of, *n)),
        PageKind::Claim(idx, _) => html(page, templates, &claim::view(&here, *idx)),
        PageKind::Credits(idx, credit, n) => {
            html(page, templates, &credits::view(&here, *idx, *credit, *n)?)
        }
        PageKind::Tags => html(page, templates, &lists::tags(&here)),
        PageKind::Tag(slug, n) => html(page, templates, &lists::tag(&here, slug, *n)?),
        PageKind::Year(year) => html(page, templates, &lists::year(&here, *year)),
        PageKind::Month(year, month) => {
            html(page, templates, &lists::month(&here, *year, *month))
        }
        PageKind::Corrections => html(page, templates, &simple::corrections(&here)),
        PageKind::Page(idx) => html(page, templates, &simple::page(&here, *idx)),
        PageKind::NotFound => {
            let anywhere = Here::anywhere((edition, outline), templates, &page.path);
            html(page, templates, &simple::not_found(&anywhere))
        }
        PageKind::ClaimRedirect(claim, ..) => {
            html(page, templates, &simple::claim_redirect(&here, *claim))
        }
        PageKind::Redirect(text, _) => {
            html(page, templates, &simple::redirect(&here, *text))
        }
        PageKind::SiteRedirect(at) => {
            html(page, templates, &simple::site_redirect(&here, *at))
        }
        PageKind::WebAnnotations(idx) => annotations(&here, *idx),
        PageKind::Feed(of, FeedForm::Atom) => {
            Ok(Rendered::Bytes(feeds::atom::feed(&here, of)))
        }
        PageKind::Feed(of, FeedForm::Json) => {
            Ok(Rendered::Bytes(feeds::json::feed(&here, of)))
        }
        PageKind::OldFeed(of, form, at) => {
            // Its ids and addresses are those of the feed that it leads to.
            let path = &edition.config.redirects[*at as usize].to.value;
            let here = Here::new((edition, outline), templates, path);
            Ok(Rendered::Bytes(match form {
                FeedForm::Atom => feeds::atom::feed(&here, of),
                FeedForm::Json => feeds::json::feed(&here, of),
            }))
        }
        PageKind::Sitemap => Ok(Rendered::Bytes(sitemaps::all(edition, outline))),
        PageKind::SitemapPart(part) => {
            Ok(Rendered::Bytes(sitemaps::part(edition, outline, *part)))
        }
        PageKind::NewsSitemap => Ok(Rendered::Bytes(sitemaps::news(edition))),
        PageKind::Robots => Ok(Rendered::Bytes(simple::robots(edition).into_bytes())),
        PageKind::Cname => {
            let cname = edition.config.cname.as_deref().unwrap_or_default();
            Ok(Rendered::Bytes(format!("{cname}\n").into_bytes()))
        }
        PageKind::NoJekyll => Ok(Rendered::Bytes(Vec::new())),
        PageKind::Asset(path) => Ok(Rendered::Asset(path.to_string())),
        PageKind::ThemeAsset(path) => {
            Ok(Rendered::Bytes(theme::asset(path).unwrap_or_default().to_vec()))
        }
    }
}

/// A page that its template makes of one view.
fn html(
    page: &Page,
    templates: &Templates,
    view: &impl Serialize,
) -> Result<Rendered, Diagnostic> {
    let template = page.kind.template().expect("a page with a view has a template");
    templates.render(template, view).map(Rendered::Bytes)
}

/// The annotations of a brief, which name places in its page by the words around them. What
/// words there are depends on the templates, the book's own among them, so the page is
/// rendered and read; nothing else could tell.
fn annotations(here: &Here<'_>, idx: BriefIdx) -> Result<Rendered, Diagnostic> {
    let page = here.templates.render("brief.html", &brief::with_places(here, idx)?)?;
    let page = String::from_utf8(page).expect("templates and views are text");
    Ok(Rendered::Bytes(web_annotation::annotations(here, idx, &page)))
}

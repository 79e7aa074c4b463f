//! One page to bytes.

pub mod body;
pub mod engine;
pub mod here;
pub mod highlight;
pub mod view;
pub mod words;

mod brief;
mod claims;
mod entity;
mod feeds;
mod fragments;
mod json_ld;
mod lists;
mod pictures;
mod registry;
mod simple;
mod sitemaps;
mod storyline;
mod web_annotation;

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::link::edition::Edition;
use crate::outline::{FeedForm, Page, PageKind};
use crate::render::engine::Templates;
use crate::render::here::Here;

/// A page as it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Rendered {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A file of `static/`, copied as it is: its path there.
    Asset(String),
}

/// Renders one page: a function of the edition, its outline, the page and the templates
/// alone. The outline is for sitemaps, which list all pages.
///
/// The error is what is wrong with the template.
pub(crate) fn render(
    edition: &Edition,
    outline: &[Page],
    page: &Page,
    templates: &Templates,
) -> Result<Rendered, Diagnostic> {
    let here = Here::new(edition, templates, &page.path);
    let with = |template: &'static str, view: &dyn erased::View| {
        view.render(template, templates).map(Rendered::Bytes)
    };
    match &page.kind {
        PageKind::Home(n) => with("home.html", &lists::home(&here, *n)),
        PageKind::Brief(idx) => with("brief.html", &brief::view(&here, *idx)?),
        PageKind::Entity(idx, n) => with("entity.html", &entity::view(&here, *idx, *n)?),
        PageKind::Registry(kind) => with("registry.html", &registry::view(&here, *kind)),
        PageKind::Storylines => with("storylines.html", &storyline::all(&here)),
        PageKind::Storyline(idx) => {
            with("storyline.html", &storyline::view(&here, *idx)?)
        }
        PageKind::Claims => with("claims.html", &claims::all(&here)),
        PageKind::Claim(ledger) => with("claim.html", &claims::followed(&here, ledger)),
        PageKind::Tags => with("tags.html", &lists::tags(&here)),
        PageKind::Tag(slug, n) => with("tag.html", &lists::tag(&here, slug, *n)?),
        PageKind::Year(year) => with("archive.html", &lists::year(&here, *year)),
        PageKind::Month(year, month) => {
            with("archive.html", &lists::month(&here, *year, *month))
        }
        PageKind::Corrections => with("corrections.html", &simple::corrections(&here)),
        PageKind::Page(idx) => with("page.html", &simple::page(&here, *idx)),
        PageKind::NotFound => {
            let anywhere = Here::anywhere(edition, templates, &page.path);
            with("404.html", &simple::not_found(&anywhere))
        }
        PageKind::WebAnnotations(idx) => {
            let page =
                templates.render("brief.html", &brief::with_places(&here, *idx)?)?;
            let page = String::from_utf8(page).expect("templates and views are text");
            Ok(Rendered::Bytes(web_annotation::annotations(&here, *idx, &page)))
        }
        PageKind::Redirect(idx) => with("redirect.html", &simple::redirect(&here, *idx)),
        PageKind::Feed(of, form) => {
            let feed = match form {
                FeedForm::Atom => feeds::atom,
                FeedForm::Json => feeds::json,
            };
            Ok(Rendered::Bytes(feed(&here, of)))
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
            Ok(Rendered::Bytes(crate::theme::asset(path).unwrap_or_default().to_vec()))
        }
    }
}

/// Views of any type behind one call.
mod erased {
    use super::{Diagnostic, Serialize, Templates};

    pub(super) trait View {
        fn render(
            &self,
            template: &'static str,
            templates: &Templates,
        ) -> Result<Vec<u8>, Diagnostic>;
    }

    impl<T: Serialize> View for T {
        fn render(
            &self,
            template: &'static str,
            templates: &Templates,
        ) -> Result<Vec<u8>, Diagnostic> {
            templates.render(template, self)
        }
    }
}

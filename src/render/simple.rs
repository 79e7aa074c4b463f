//! Pages with little on them: texts, corrections, redirects, what is not found.

use crate::link::edition::Edition;
use crate::link::facets::Facet;
use crate::link::texts::{BriefIdx, PageIdx};
use crate::render::body;
use crate::render::brief;
use crate::render::here::Here;
use crate::render::view::{
    Correction, CorrectionsView, Link, NotFoundView, PageView, RedirectView,
};

/// How many briefs are offered to who found nothing.
const OFFERED: u32 = 8;

pub(super) fn page(here: &Here<'_>, idx: PageIdx) -> PageView {
    let linked = here.edition.page(idx);
    let document = &linked.page.document;
    let mut head = here.head(&document.title.value, &linked.permalink.0);
    head.description = linked.page.summary.as_ref().map(ToString::to_string);
    PageView {
        head,
        marker: None,
        title: document.title.value.to_string(),
        body: body::render(document, &linked.text, here).passages,
        edit: here.edit(&document.path),
    }
}

pub(super) fn corrections(here: &Here<'_>) -> CorrectionsView {
    let mut head = here.head("Corrections", "corrections/");
    head.description =
        Some(format!("Mistakes that {} has mended.", here.edition.config.title));
    let mut corrections: Vec<Correction> = Vec::new();
    for idx in here.edition.all_with(Facet::Corrections) {
        for correction in brief::corrections(here, idx) {
            corrections
                .push(Correction { corrected: Some(here.text(idx)), ..correction });
        }
    }
    corrections.sort_by(|a, b| b.date.datetime.cmp(&a.date.datetime));
    CorrectionsView { head, title: "Corrections".to_owned(), corrections }
}

pub(super) fn not_found(here: &Here<'_>) -> NotFoundView {
    let mut head = here.head("Not found", "");
    head.canonical = None;
    head.robots = Some("noindex".to_owned());
    let n = u32::try_from(here.edition.briefs.len()).unwrap_or(u32::MAX);
    NotFoundView {
        head,
        briefs: (0..n.min(OFFERED)).map(|idx| here.brief(BriefIdx(idx))).collect(),
    }
}

pub(super) fn redirect(here: &Here<'_>, idx: BriefIdx) -> RedirectView {
    let linked = here.edition.brief(idx);
    let title = &linked.brief.document.title.value;
    let mut head = here.head(title, "");
    head.canonical = here.absolute(&linked.permalink.0);
    head.robots = Some("noindex".to_owned());
    let to = Link { label: title.to_string(), href: here.page(&linked.permalink) };
    RedirectView { head, to }
}

/// Everything may be read; the sitemap is named where there is one.
pub(super) fn robots(edition: &Edition) -> String {
    let mut robots = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(site) = &edition.config.site_url {
        robots += &format!("\nSitemap: {site}sitemap.xml\n");
        if !edition.briefs.is_empty() {
            robots += &format!("Sitemap: {site}news-sitemap.xml\n");
        }
    }
    robots
}

//! Pages with little on them: texts, corrections, redirects, what is not found.

use crate::link::claims::ClaimIdx;
use crate::link::edition::Edition;
use crate::link::facets::Facet;
use crate::link::permalink::Permalink;
use crate::link::texts::{BriefIdx, PageIdx, TextIdx};
use crate::render::body;
use crate::render::brief;
use crate::render::head::{HeadOf, SearchAddress};
use crate::render::here::Here;
use crate::render::view::{
    Correction, CorrectionsView, Link, NotFoundView, PageView, RedirectView,
};
use crate::span::narrow;

/// How many briefs are offered to who found nothing.
const OFFERED: u32 = 8;

pub(super) fn page(here: &Here<'_>, idx: PageIdx) -> PageView {
    let linked = here.edition.page(idx);
    let document = &linked.page.document;
    let head = HeadOf {
        title: &document.title.value,
        section: &linked.permalink.0,
        description: linked.page.summary.as_ref().map(|it| it.value.to_string()),
        language: document.language.as_deref(),
        ..HeadOf::default()
    };
    PageView {
        head: head.at(here),
        marker: None,
        title: document.title.value.to_string(),
        body: body::render(TextIdx::Page(idx), here).passages,
        edit: here.edit(&document.path),
        extra: document.extra(),
    }
}

pub(super) fn corrections(here: &Here<'_>) -> CorrectionsView {
    let head = HeadOf {
        title: "Corrections",
        section: "corrections/",
        description: Some(format!(
            "Mistakes that {} has mended.",
            here.edition.config.title
        )),
        ..HeadOf::default()
    };
    let all = here.edition.all_with(Facet::Corrections);
    let all = all.flat_map(|idx| {
        let of_text = brief::corrections(here, idx).into_iter();
        let text = here.text(idx);
        of_text.map(move |it| Correction { corrected: Some(text.clone()), ..it })
    });
    let mut corrections: Vec<Correction> = all.collect();
    corrections.sort_by(|a, b| b.date.datetime.cmp(&a.date.datetime));
    CorrectionsView { head: head.at(here), title: "Corrections".to_owned(), corrections }
}

pub(super) fn not_found(here: &Here<'_>) -> NotFoundView {
    let head = HeadOf {
        title: "Not found",
        listed: SearchAddress::Nowhere,
        ..HeadOf::default()
    };
    let n = narrow(here.edition.briefs.len());
    NotFoundView {
        head: head.at(here),
        briefs: (0..n.min(OFFERED)).map(|idx| here.brief(BriefIdx(idx))).collect(),
    }
}

pub(super) fn redirect(here: &Here<'_>, text: TextIdx) -> RedirectView {
    let title = &here.edition.document(text).title.value;
    let permalink = here.edition.permalink(text);
    let listed = SearchAddress::At(permalink);
    let head = HeadOf { title, listed, ..HeadOf::default() };
    let to = Link { label: title.to_string(), href: here.page(permalink) };
    RedirectView { head: head.at(here), to }
}

/// An old address of the settings, which leads to a page that may be of any kind.
pub(super) fn site_redirect(here: &Here<'_>, at: u32) -> RedirectView {
    let to = &here.edition.config.redirects[at as usize].to.value;
    let is_file = to.rsplit('/').next().is_some_and(|it| it.contains('.'));
    let slash = if is_file || to.is_empty() { "" } else { "/" };
    let permalink = Permalink(format!("{to}{slash}").into());
    let title = format!("/{}", permalink.0);
    let listed = SearchAddress::At(&permalink);
    let head = HeadOf { title: &title, listed, ..HeadOf::default() };
    let to = Link { label: title.clone(), href: here.to(&permalink.0) };
    RedirectView { head: head.at(here), to }
}

pub(super) fn claim_redirect(here: &Here<'_>, idx: ClaimIdx) -> RedirectView {
    let claim = here.edition.claims.get(idx);
    let permalink = Permalink::of_claim(&claim.slug);
    let title = claim.with_stop();
    let listed = SearchAddress::At(&permalink);
    let head = HeadOf { title: &title, listed, ..HeadOf::default() }.at(here);
    RedirectView { head, to: Link { href: here.page(&permalink), label: title } }
}

/// Everything may be read; the sitemap is named where there is one.
pub(super) fn robots(edition: &Edition) -> String {
    let mut robots = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(site) = &edition.config.site_url {
        robots += &format!("\nSitemap: {site}sitemap.xml\n");
        if edition.news().next().is_some() {
            robots += &format!("Sitemap: {site}news-sitemap.xml\n");
        }
    }
    robots
}

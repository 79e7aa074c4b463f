//! Sitemaps (sitemaps.org), and the one for news.

use crate::link::edition::Edition;
use crate::link::revisions::last_change;
use crate::link::texts::TextIdx;
use crate::outline::kind::{Page, PageKind, SITEMAP_PAGES};
use crate::render::addresses::absolute;
use crate::render::xml::{document, element};

const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const NEWS: &str = "http://www.google.com/schemas/sitemap-news/0.9";
/// How many briefs a news sitemap may list (Google, "News sitemaps").
const NEWS_PAGES: usize = 1000;

/// All pages, or the list of the files that list them if there are too many for one.
pub(super) fn all(edition: &Edition, outline: &[Page]) -> Vec<u8> {
    let n_pages = outline.iter().filter(|page| page.kind.is_listed()).count();
    if n_pages <= SITEMAP_PAGES {
        return urls(edition, outline.iter().filter(|page| page.kind.is_listed()));
    }
    let parts =
        outline.iter().filter(|page| matches!(page.kind, PageKind::SitemapPart(_)));
    document("sitemapindex", &[("xmlns", SITEMAP)], |xml| {
        for page in parts {
            let address = address(edition, &page.path);
            xml.create_element("sitemap")
                .write_inner_content(|xml| element(xml, "loc", &address))?;
        }
        Ok(())
    })
}

/// One of several lists of pages, from 1.
pub(super) fn part(edition: &Edition, outline: &[Page], part: u32) -> Vec<u8> {
    let listed = outline.iter().filter(|page| page.kind.is_listed());
    let skipped = (part as usize - 1) * SITEMAP_PAGES;
    urls(edition, listed.skip(skipped).take(SITEMAP_PAGES))
}

fn urls<'a>(edition: &Edition, pages: impl Iterator<Item = &'a Page>) -> Vec<u8> {
    document("urlset", &[("xmlns", SITEMAP)], |xml| {
        for page in pages {
            let changed = match page.kind.text(&edition.texts) {
                Some(TextIdx::Brief(idx)) => {
                    let Edition { config, wanted, .. } = edition;
                    Some(last_change(edition.brief(idx), &config.zone, wanted.now))
                }
                _ => None, // the others have no date that tells
            };
            let path = page.path.strip_suffix("index.html").unwrap_or(&page.path);
            let address = address(edition, path);
            xml.create_element("url").write_inner_content(|xml| {
                element(xml, "loc", &address)?;
                match changed {
                    Some(changed) => element(xml, "lastmod", &changed.rfc3339()),
                    None => Ok(()),
                }
            })?;
        }
        Ok(())
    })
}

/// The briefs of the 48 hours before the edition's time.
pub(super) fn news(edition: &Edition) -> Vec<u8> {
    let language = news_language(&edition.config.language);
    document("urlset", &[("xmlns", SITEMAP), ("xmlns:news", NEWS)], |xml| {
        for linked in edition.news().take(NEWS_PAGES) {
            xml.create_element("url").write_inner_content(|xml| {
                element(xml, "loc", &address(edition, &linked.permalink.0))?;
                xml.create_element("news:news").write_inner_content(|xml| {
                    xml.create_element("news:publication").write_inner_content(
                        |xml| {
                            element(xml, "news:name", edition.publisher())?;
                            element(xml, "news:language", &language)
                        },
                    )?;
                    let date = linked.brief.front.date.rfc3339();
                    element(xml, "news:publication_date", &date)?;
                    element(xml, "news:title", &linked.brief.document.title.value)
                })?;
                Ok(())
            })?;
        }
        Ok(())
    })
}

/// A language as news sitemaps write it: without its region, but for the two ways of writing
/// Chinese, `zh-cn` and `zh-tw` (Google, "News sitemaps").
fn news_language(tag: &str) -> String {
    let lower = tag.to_lowercase();
    let mut parts = lower.split('-');
    let primary = parts.next().unwrap_or("en").to_owned();
    let is_traditional = parts.any(|it| matches!(it, "hant" | "tw" | "hk" | "mo"));
    match (&*primary, is_traditional) {
        ("zh", true) => "zh-tw".to_owned(),
        ("zh", false) => "zh-cn".to_owned(),
        _ => primary,
    }
}

fn address(edition: &Edition, path: &str) -> String {
    absolute(edition, path).unwrap_or_default()
}

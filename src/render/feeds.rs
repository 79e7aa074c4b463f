//! Feeds: the newest briefs of the site, an entity, a storyline or a tag, in full.
//!
//! A brief stands in the feeds of all that it names, and is the same in each of one form. So
//! what a form makes of it is made when the first feed wants it and copied after that.

pub(super) mod atom;
pub(super) mod json;

use crate::date::{Moment, PartialDate};
use crate::html::escape;
use crate::link::revisions::last_change;
use crate::link::texts::{BriefIdx, TextIdx};
use crate::outline::kind::FeedOf;
use crate::parse::brief::{Brief, Correction};
use crate::render::body;
use crate::render::here::Here;
use crate::render::xml::clean;
use crate::site_url::SiteUrl;
use crate::span::narrow;

/// One brief as a feed tells it.
struct FeedEntry<'a> {
    /// A `tag:` URI (RFC 4151) of the book's `feed-id`, else of the site's host, the brief's
    /// day and its slug: it stays when the site moves. A brief that was renamed keeps the one
    /// of its first address.
    id: String,
    url: String,
    title: &'a str,
    summary: Option<String>,
    authors: Vec<&'a str>,
    published: Moment,
    updated: Moment,
    tags: Vec<&'a str>,
    /// Where it differs from the book's.
    language: Option<&'a str>,
    picture: Option<Picture>,
}

/// The picture on top of a brief.
struct Picture {
    url: String,
    media_type: &'static str,
    size: u64,
}

/// How much of a brief a feed has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// The text.
    Whole,
    /// Its standfirst.
    Summary,
}

/// A brief that names more entities than this is in their feeds with its summary: whole, it
/// would stand there as often as there are names in it, and the site grow with their square.
const MOST_WHOLE: usize = 50;

impl Extent {
    /// How much of a brief the feed has.
    fn of(here: &Here<'_>, feed: &FeedOf, idx: BriefIdx) -> Extent {
        let n_named = here.edition.brief(idx).entities.len();
        match feed {
            FeedOf::Entity(_) if n_named > MOST_WHOLE => Extent::Summary,
            FeedOf::Entity(_) | FeedOf::Site | FeedOf::Storyline(_) | FeedOf::Tag(_) => {
                Extent::Whole
            }
        }
    }
}

/// The title of a feed and its briefs, newest first.
fn briefs(here: &Here<'_>, of: &FeedOf) -> (String, Vec<BriefIdx>) {
    let edition = here.edition;
    let feeds = &edition.config.feeds;
    let most = match of {
        FeedOf::Site => feeds.items as usize,
        _ => feeds.items_of_one as usize,
    };
    let site = &edition.config.title;
    match of {
        FeedOf::Site => {
            let n = narrow(edition.briefs.len().min(most));
            (site.to_string(), (0..n).map(BriefIdx).collect())
        }
        FeedOf::Entity(idx) => {
            let linked = edition.entity(*idx);
            let name = &linked.entity.document.title.value;
            (format!("{name} – {site}"), linked.briefs.all().take(most).collect())
        }
        FeedOf::Storyline(idx) => {
            let linked = edition.storyline(*idx);
            let title = &linked.storyline.document.title.value;
            let newest = linked.briefs.iter().rev().take(most).copied().collect();
            (format!("{title} – {site}"), newest)
        }
        FeedOf::Tag(slug) => {
            let tag = &edition.tags[slug];
            (
                format!("{} – {site}", tag.label),
                tag.briefs.iter().take(most).copied().collect(),
            )
        }
    }
}

impl<'a> FeedEntry<'a> {
    fn of(here: &Here<'a>, idx: BriefIdx) -> FeedEntry<'a> {
        let linked = here.edition.brief(idx);
        let (document, front) = (&linked.brief.document, &linked.brief.front);
        let config = &here.edition.config;
        let absolute = here.with_root(site_url(here).to_owned());
        FeedEntry {
            id: id(here, &linked.brief),
            url: absolute.page(&linked.permalink),
            title: &document.title.value,
            summary: linked.brief.standfirst(),
            authors: match &*front.by {
                [] => vec![here.edition.publisher()],
                by => by.iter().map(|it| &*it.value).collect(),
            },
            published: front.date.clone(),
            updated: last_change(linked, &config.zone, here.edition.wanted.now),
            tags: front.tags.iter().map(|tag| &*tag.label).collect(),
            language: front.language.as_deref().filter(|it| **it != *config.language),
            picture: front.image.as_ref().and_then(|it| picture(here, &it.file.value)),
        }
    }
}

/// As much of a brief's text as a feed has, with absolute addresses, and below it what was
/// corrected.
fn text(here: &Here<'_>, idx: BriefIdx, extent: Extent) -> String {
    let brief = &here.edition.brief(idx).brief;
    match extent {
        Extent::Whole => {
            let absolute = here.with_root(site_url(here).to_owned());
            let html = body::render_for_feed(TextIdx::Brief(idx), &absolute).0;
            let html = with_corrections(html, &brief.front.corrections, here);
            clean(&html).into_owned()
        }
        Extent::Summary => {
            format!("<p>{}</p>", escape(&brief.standfirst().unwrap_or_default()))
        }
    }
}

/// The name of a brief for readers of feeds, which show one with a new name a second time.
fn id(here: &Here<'_>, brief: &Brief) -> String {
    let Brief { document, front } = brief;
    let authority = here.edition.config.feeds.id.as_deref();
    let authority = authority.unwrap_or_else(|| host(here));
    let first = front.redirect_from.iter().find_map(|it| day_and_slug(&it.value));
    match first {
        Some((day, slug)) => format!("tag:{authority},{day}:/{slug}"),
        None => format!("tag:{authority},{}:/{}", front.date.day, document.slug),
    }
}

/// The day and the slug of an address that a brief of this book once had.
fn day_and_slug(address: &str) -> Option<(PartialDate, &str)> {
    let (day, slug) = address.trim_matches('/').split_at_checked(10)?;
    let slug = slug.strip_prefix('/').filter(|it| !it.contains(['/', '.']))?;
    let day = PartialDate::parse(&day.replace('/', "-"))?;
    (day.day.is_some() && !slug.is_empty()).then_some((day, slug))
}

/// A picture of the site; `None` for one that is not there or that readers do not show.
fn picture(here: &Here<'_>, file: &str) -> Option<Picture> {
    let asset = here.edition.assets.get(file)?;
    let ending = file.rsplit('.').next()?.to_ascii_lowercase();
    let media_type = match ending.as_str() {
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        _ => return None,
    };
    Some(Picture { url: here.absolute(file)?, media_type, size: asset.size.unwrap_or(0) })
}

/// The text and, below it, what was corrected.
fn with_corrections(
    mut html: String,
    corrections: &[Correction],
    here: &Here<'_>,
) -> String {
    for correction in corrections {
        html.push_str("<p>Correction, ");
        html.push_str(&escape(&here.date(correction.on).text));
        html.push_str(": ");
        html.push_str(&escape(&correction.text));
        html.push_str("</p>\n");
    }
    html
}

fn site_url<'a>(here: &Here<'a>) -> &'a str {
    here.edition.config.site_url.as_ref().map_or("", SiteUrl::as_str)
}

fn host<'a>(here: &Here<'a>) -> &'a str {
    here.edition.config.site_url.as_ref().map_or("", SiteUrl::host)
}

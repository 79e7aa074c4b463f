//! Feeds: the newest briefs of the site, an entity, a storyline or a tag, in full.

use std::borrow::Cow;

use quick_xml::events::{BytesCData, BytesText, Event};
use serde::Serialize;

use crate::date::{Moment, PartialDate};
use crate::html::escape;
use crate::link::revisions::last_change;
use crate::link::texts::{BriefIdx, TextIdx};
use crate::outline::kind::FeedOf;
use crate::parse::brief::{Brief, Correction};
use crate::render::body;
use crate::render::here::Here;
use crate::render::parts::brief_place;
use crate::render::xml::{self, Xml, clean, element};
use crate::site_url::SiteUrl;
use crate::span::narrow;

/// The text of a brief as feeds tell it, made when the first feed wants it: a brief stands in
/// the feeds of all that it names, each in two forms.
fn text<'a>(here: &Here<'a>, idx: BriefIdx) -> &'a str {
    brief_place(&here.templates.kept.feed_texts, here, idx).get_or_init(|| {
        let brief = &here.edition.brief(idx).brief;
        let absolute = here.with_root(site_url(here).to_owned());
        let html = body::render_for_feed(TextIdx::Brief(idx), &absolute).0;
        let html = with_corrections(html, &brief.front.corrections, here);
        clean(&html).into()
    })
}

/// One brief as a feed tells it.
struct Entry<'a> {
    /// A `tag:` URI (RFC 4151) of the book's `feed-id`, else of the site's host, the brief's
    /// day and its slug: it stays when the site moves. A brief that was renamed keeps the one
    /// of its first address.
    id: String,
    url: String,
    title: String,
    summary: Option<String>,
    authors: Vec<String>,
    published: Moment,
    updated: Moment,
    tags: Vec<String>,
    /// Where it differs from the book's.
    language: Option<&'a str>,
    picture: Option<Picture>,
    /// The whole text; in a feed of one of very many entities that it names, its summary.
    html: Cow<'a, str>,
}

/// The picture on top of a brief.
struct Picture {
    url: String,
    media_type: &'static str,
    size: u64,
}

/// A brief that names more entities than this is in their feeds with its summary: whole, it
/// would stand there as often as there are names in it, and the site grow with their square.
const MOST_WHOLE: usize = 50;

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

fn entry<'a>(here: &Here<'a>, of: &FeedOf, idx: BriefIdx) -> Entry<'a> {
    let linked = here.edition.brief(idx);
    let (document, front) = (&linked.brief.document, &linked.brief.front);
    let config = &here.edition.config;
    let absolute = here.with_root(site_url(here).to_owned());
    let authors: Vec<String> = if front.by.is_empty() {
        vec![here.edition.publisher().to_owned()]
    } else {
        front.by.iter().map(|by| by.value.to_string()).collect()
    };
    Entry {
        id: id(here, &linked.brief),
        url: absolute.page(&linked.permalink),
        title: document.title.value.to_string(),
        summary: linked.brief.standfirst(),
        authors,
        published: front.date.clone(),
        updated: last_change(linked, &config.zone, here.edition.wanted.now),
        tags: front.tags.iter().map(|tag| tag.label.to_string()).collect(),
        language: front.language.as_deref().filter(|it| **it != *config.language),
        picture: front.image.as_ref().and_then(|it| picture(here, &it.file.value)),
        html: match of {
            FeedOf::Entity(_) if linked.entities.len() > MOST_WHOLE => {
                let summary = linked.brief.standfirst().unwrap_or_default();
                format!("<p>{}</p>", escape(&summary)).into()
            }
            _ => text(here, idx).into(),
        },
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

/// The feed in Atom (RFC 4287).
///
/// Its `updated` is the newest of its entries', never the clock: equal books give equal
/// feeds.
pub(super) fn atom(here: &Here<'_>, of: &FeedOf) -> Vec<u8> {
    let (title, briefs) = briefs(here, of);
    let entries: Vec<Entry<'_>> =
        briefs.into_iter().map(|idx| entry(here, of, idx)).collect();
    let newest = entries.iter().max_by_key(|it| it.updated.instant);
    let updated = newest.map_or(String::new(), |it| it.updated.rfc3339());
    let site = site_url(here);
    let own = here.absolute(&here.permalink).unwrap_or_default();
    let home = own.trim_end_matches("feed.xml");
    let id = match &here.edition.config.feeds.id {
        Some(id) => format!("tag:{id},2025:/{}", own.strip_prefix(site).unwrap_or(&own)),
        None => own.clone(),
    };
    let attributes = [
        ("xmlns", "http://www.w3.org/2005/Atom"),
        ("xml:lang", &*here.edition.config.language),
    ];
    xml::document("feed", &attributes, |xml| {
        element(xml, "title", &title)?;
        element(xml, "id", &id)?;
        element(xml, "updated", &updated)?;
        link(xml, "self", "application/atom+xml", &own)?;
        link(xml, "alternate", "text/html", home)?;
        xml.create_element("generator")
            .with_attribute(("version", env!("CARGO_PKG_VERSION")))
            .write_text_content(BytesText::new("Dateline"))?;
        entries.iter().try_for_each(|it| atom_entry(xml, it))
    })
}

fn atom_entry(xml: &mut Xml, entry: &Entry<'_>) -> std::io::Result<()> {
    xml.write_event(Event::Text(BytesText::new("\n")))?;
    let language = entry.language.map(|it| ("xml:lang", it));
    xml.create_element("entry").with_attributes(language).write_inner_content(|xml| {
        element(xml, "title", &entry.title)?;
        element(xml, "id", &entry.id)?;
        element(xml, "published", &entry.published.rfc3339())?;
        element(xml, "updated", &entry.updated.rfc3339())?;
        for author in &entry.authors {
            xml.create_element("author")
                .write_inner_content(|xml| element(xml, "name", author))?;
        }
        link(xml, "alternate", "text/html", &entry.url)?;
        if let Some(Picture { url, media_type, size }) = &entry.picture {
            let size = size.to_string();
            let attributes = [
                ("rel", "enclosure"),
                ("type", media_type),
                ("length", &size),
                ("href", url),
            ];
            xml.create_element("link").with_attributes(attributes).write_empty()?;
        }
        for tag in &entry.tags {
            xml.create_element("category")
                .with_attribute(("term", tag.as_str()))
                .write_empty()?;
        }
        if let Some(summary) = &entry.summary {
            element(xml, "summary", summary)?;
        }
        // Markup as a block is shorter than with each of its signs escaped.
        xml.create_element("content")
            .with_attribute(("type", "html"))
            .write_inner_content(|xml| {
                BytesCData::escaped(&entry.html)
                    .try_for_each(|it| xml.write_event(Event::CData(it)))
            })?;
        Ok(())
    })?;
    Ok(())
}

fn link(xml: &mut Xml, rel: &str, media_type: &str, href: &str) -> std::io::Result<()> {
    let attributes = [("rel", rel), ("type", media_type), ("href", href)];
    xml.create_element("link").with_attributes(attributes).write_empty()?;
    Ok(())
}

/// A JSON Feed 1.1 (jsonfeed.org).
#[derive(Serialize)]
struct JsonFeed<'a> {
    authors: [Author<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    feed_url: &'a str,
    home_page_url: &'a str,
    items: Vec<JsonItem<'a>>,
    language: &'a str,
    title: &'a str,
    version: &'a str,
}

/// One brief of a JSON Feed.
#[derive(Serialize)]
struct JsonItem<'a> {
    authors: Vec<Author<'a>>,
    content_html: &'a str,
    date_modified: String,
    date_published: String,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    tags: &'a [String],
    title: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

/// The feed as a JSON Feed 1.1 (jsonfeed.org).
pub(super) fn json(here: &Here<'_>, of: &FeedOf) -> Vec<u8> {
    let (title, briefs) = briefs(here, of);
    let own = here.absolute(&here.permalink).unwrap_or_default();
    let entries: Vec<Entry<'_>> =
        briefs.into_iter().map(|idx| entry(here, of, idx)).collect();
    let description = &*here.edition.config.description;
    let feed = JsonFeed {
        authors: [Author { name: here.edition.publisher() }],
        description: (!description.is_empty()).then_some(description),
        feed_url: &own,
        home_page_url: own.trim_end_matches("feed.json"),
        items: entries.iter().map(json_item).collect(),
        language: &here.edition.config.language,
        title: &title,
        version: "https://jsonfeed.org/version/1.1",
    };
    let mut bytes = serde_json::to_vec(&feed).expect("texts become JSON");
    bytes.push(b'\n');
    bytes
}

fn json_item<'a>(entry: &'a Entry<'_>) -> JsonItem<'a> {
    JsonItem {
        authors: entry.authors.iter().map(|name| Author { name }).collect(),
        content_html: if entry.html.is_empty() { "<p></p>" } else { &entry.html },
        date_modified: entry.updated.rfc3339(),
        date_published: entry.published.rfc3339(),
        id: &entry.id,
        image: entry.picture.as_ref().map(|it| it.url.as_str()),
        language: entry.language,
        summary: entry.summary.as_deref(),
        tags: &entry.tags,
        title: &entry.title,
        url: &entry.url,
    }
}

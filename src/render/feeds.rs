//! Feeds: the newest briefs of the site, an entity, a storyline or a tag, in full.

use quick_xml::events::{BytesCData, BytesText, Event};
use serde::Serialize;

use crate::date::Moment;
use crate::html::escape;
use crate::link::revisions::last_change;
use crate::link::texts::{BriefIdx, TextIdx};
use crate::outline::kind::FeedOf;
use crate::parse::brief::Correction;
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
    /// A `tag:` URI (RFC 4151) of the site's host, the brief's day and its slug: it stays
    /// when the site moves to another path.
    id: String,
    url: String,
    title: String,
    summary: Option<String>,
    authors: Vec<String>,
    published: Moment,
    updated: Moment,
    tags: Vec<String>,
    html: &'a str,
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
            (
                format!("{name} – {site}"),
                linked.briefs.iter().take(most).copied().collect(),
            )
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

fn entry<'a>(here: &Here<'a>, idx: BriefIdx) -> Entry<'a> {
    let linked = here.edition.brief(idx);
    let (document, front) = (&linked.brief.document, &linked.brief.front);
    let absolute = here.with_root(site_url(here).to_owned());
    let authors: Vec<String> = if front.by.is_empty() {
        vec![here.edition.publisher().to_owned()]
    } else {
        front.by.iter().map(|by| by.value.to_string()).collect()
    };
    Entry {
        id: format!("tag:{},{}:/{}", host(here), front.date.day, document.slug),
        url: absolute.page(&linked.permalink),
        title: document.title.value.to_string(),
        summary: front.summary.as_ref().map(ToString::to_string),
        authors,
        published: front.date.clone(),
        updated: last_change(linked),
        tags: front.tags.iter().map(|tag| tag.label.to_string()).collect(),
        html: text(here, idx),
    }
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
        briefs.into_iter().map(|idx| entry(here, idx)).collect();
    let newest = entries.iter().max_by_key(|it| it.updated.instant);
    let updated = newest.map_or(String::new(), |it| it.updated.rfc3339());
    let site = site_url(here);
    let own = format!("{site}{}", here.permalink);
    let home = own.trim_end_matches("feed.xml");
    let attributes = [
        ("xmlns", "http://www.w3.org/2005/Atom"),
        ("xml:lang", &*here.edition.config.language),
    ];
    xml::document("feed", &attributes, |xml| {
        element(xml, "title", &title)?;
        element(xml, "id", &own)?;
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
    xml.create_element("entry").write_inner_content(|xml| {
        element(xml, "title", &entry.title)?;
        element(xml, "id", &entry.id)?;
        element(xml, "published", &entry.published.rfc3339())?;
        element(xml, "updated", &entry.updated.rfc3339())?;
        for author in &entry.authors {
            xml.create_element("author")
                .write_inner_content(|xml| element(xml, "name", author))?;
        }
        link(xml, "alternate", "text/html", &entry.url)?;
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
                BytesCData::escaped(entry.html)
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
    let own = format!("{}{}", site_url(here), here.permalink);
    let entries: Vec<Entry<'_>> =
        briefs.into_iter().map(|idx| entry(here, idx)).collect();
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
        content_html: if entry.html.is_empty() { "<p></p>" } else { entry.html },
        date_modified: entry.updated.rfc3339(),
        date_published: entry.published.rfc3339(),
        id: &entry.id,
        summary: entry.summary.as_deref(),
        tags: &entry.tags,
        title: &entry.title,
        url: &entry.url,
    }
}

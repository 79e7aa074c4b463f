//! Feeds in Atom (RFC 4287).

use std::borrow::Cow;
use std::io;

use quick_xml::events::{BytesCData, BytesText, Event};

use crate::link::revisions::last_change;
use crate::link::texts::BriefIdx;
use crate::outline::kind::FeedOf;
use crate::render::feeds::{Extent, FeedEntry, Picture, briefs, site_url, text};
use crate::render::here::Here;
use crate::render::parts::brief_place;
use crate::render::xml::{self, Xml, element};

/// The feed in Atom (RFC 4287).
///
/// Its `updated` is the newest of its entries', never the clock: equal books give equal
/// feeds.
pub(in crate::render) fn feed(here: &Here<'_>, of: &FeedOf) -> Vec<u8> {
    let (title, briefs) = briefs(here, of);
    let (zone, now) = (&here.edition.config.zone, here.edition.wanted.now);
    let changes = briefs.iter().map(|it| last_change(here.edition.brief(*it), zone, now));
    let newest = changes.max_by_key(|it| it.instant);
    let updated = newest.map_or(String::new(), |it| it.rfc3339());
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
        for idx in briefs {
            let entry = entry(here, idx, Extent::of(here, of, idx));
            xml.get_mut().extend_from_slice(entry.as_bytes());
        }
        Ok(())
    })
}

/// A brief in the feeds that have as much of it.
fn entry<'a>(here: &Here<'a>, idx: BriefIdx, extent: Extent) -> Cow<'a, str> {
    let written = || {
        let (entry, html) = (FeedEntry::of(here, idx), text(here, idx, extent));
        xml::fragment(|xml| write_entry(xml, &entry, &html))
    };
    match extent {
        Extent::Whole => {
            let place = brief_place(&here.templates.kept.atom_entries, here, idx);
            Cow::Borrowed(place.get_or_init(|| written().into()))
        }
        Extent::Summary => Cow::Owned(written()),
    }
}

fn write_entry(xml: &mut Xml, entry: &FeedEntry<'_>, html: &str) -> io::Result<()> {
    xml.write_event(Event::Text(BytesText::new("\n")))?;
    let language = entry.language.map(|it| ("xml:lang", it));
    xml.create_element("entry").with_attributes(language).write_inner_content(|xml| {
        element(xml, "title", entry.title)?;
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
                .with_attribute(("term", *tag))
                .write_empty()?;
        }
        if let Some(summary) = &entry.summary {
            element(xml, "summary", summary)?;
        }
        // Markup as a block is shorter than with each of its signs escaped.
        xml.create_element("content")
            .with_attribute(("type", "html"))
            .write_inner_content(|xml| {
                BytesCData::escaped(html)
                    .try_for_each(|it| xml.write_event(Event::CData(it)))
            })?;
        Ok(())
    })?;
    Ok(())
}

fn link(xml: &mut Xml, rel: &str, media_type: &str, href: &str) -> io::Result<()> {
    let attributes = [("rel", rel), ("type", media_type), ("href", href)];
    xml.create_element("link").with_attributes(attributes).write_empty()?;
    Ok(())
}

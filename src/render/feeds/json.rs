//! JSON Feeds (version 1.1, jsonfeed.org).

use std::borrow::Cow;

use serde::Serialize;

use crate::link::texts::BriefIdx;
use crate::outline::kind::FeedOf;
use crate::render::feeds::{Extent, FeedEntry, briefs, text};
use crate::render::here::Here;
use crate::render::parts::brief_place;

/// A feed, its keys in the order of the alphabet.
#[derive(Serialize)]
struct JsonFeed<'a> {
    authors: [JsonAuthor<'a>; 1],
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
    authors: Vec<JsonAuthor<'a>>,
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
    tags: &'a [&'a str],
    title: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct JsonAuthor<'a> {
    name: &'a str,
}

/// The feed as a JSON Feed.
pub(in crate::render) fn feed(here: &Here<'_>, of: &FeedOf) -> Vec<u8> {
    let (title, briefs) = briefs(here, of);
    let own = here.absolute(&here.permalink).unwrap_or_default();
    let description = &*here.edition.config.description;
    let entries: Vec<(FeedEntry<'_>, Cow<'_, str>)> = briefs
        .into_iter()
        .map(|it| {
            (FeedEntry::of(here, it), kept_text(here, it, Extent::of(here, of, it)))
        })
        .collect();
    let feed = JsonFeed {
        authors: [JsonAuthor { name: here.edition.publisher() }],
        description: (!description.is_empty()).then_some(description),
        feed_url: &own,
        home_page_url: own.trim_end_matches("feed.json"),
        items: entries.iter().map(|(entry, html)| item(entry, html)).collect(),
        language: &here.edition.config.language,
        title: &title,
        version: "https://jsonfeed.org/version/1.1",
    };
    let mut bytes = serde_json::to_vec(&feed).expect("texts become JSON");
    bytes.push(b'\n');
    bytes
}

/// The text of a brief in the feeds that have as much of it.
fn kept_text<'a>(here: &Here<'a>, idx: BriefIdx, extent: Extent) -> Cow<'a, str> {
    match extent {
        Extent::Whole => {
            let place = brief_place(&here.templates.kept.json_texts, here, idx);
            Cow::Borrowed(place.get_or_init(|| text(here, idx, extent).into()))
        }
        Extent::Summary => Cow::Owned(text(here, idx, extent)),
    }
}

fn item<'a>(entry: &'a FeedEntry<'_>, html: &'a str) -> JsonItem<'a> {
    JsonItem {
        authors: entry.authors.iter().map(|name| JsonAuthor { name }).collect(),
        content_html: if html.is_empty() { "<p></p>" } else { html },
        date_modified: entry.updated.rfc3339(),
        date_published: entry.published.rfc3339(),
        id: &entry.id,
        image: entry.picture.as_ref().map(|it| it.url.as_str()),
        language: entry.language,
        summary: entry.summary.as_deref(),
        tags: &entry.tags,
        title: entry.title,
        url: &entry.url,
    }
}

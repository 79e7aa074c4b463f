//! Structured data of a page, in the vocabulary of schema.org.

use serde_json::{Map, Value, json};

use crate::html::Html;
use crate::link::{BriefIdx, LinkedEntity, TextIdx};
use crate::parse::entity::{EntityKind, same_as_url};
use crate::render::brief::corrections;
use crate::render::feeds::{last_change, publisher};
use crate::render::here::Here;
use crate::render::view::Head;

/// Adds the way from the home page to a page: a `BreadcrumbList`, which Google shows above
/// a result. For a page that has structured data of its own, both stand in one list.
pub(super) fn with_breadcrumbs(here: &Here<'_>, head: &mut Head, own: Option<Value>) {
    let Some(site) = here.edition.config.site_url.as_deref() else { return };
    let mut items = vec![(&*here.edition.config.title, site.to_owned())];
    for link in &head.breadcrumbs {
        let address = link.href.strip_prefix(&here.root).unwrap_or(&link.href);
        items.push((&link.label, format!("{site}{address}")));
    }
    let page = head.canonical.clone().unwrap_or_else(|| site.to_owned());
    items.push((&head.title, page));
    let items: Vec<Value> = (1..)
        .zip(items)
        .map(|(n, (name, item)): (u32, _)| {
            json!({ "@type": "ListItem", "position": n, "name": name, "item": item })
        })
        .collect();
    let crumbs = json!({
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": items,
    });
    head.json_ld = Some(script(&match own {
        Some(own) => Value::Array(vec![own, crumbs]),
        None => crumbs,
    }));
}

/// A page that lists others: a tag, a storyline, the registry.
pub(super) fn collection(here: &Here<'_>, head: &mut Head) {
    let url = head.canonical.clone();
    let own = url.map(|url| {
        json!({
            "@context": "https://schema.org",
            "@type": "CollectionPage",
            "name": head.title,
            "url": url,
            "inLanguage": head.language,
        })
    });
    with_breadcrumbs(here, head, own);
}

/// JSON for a `<script>`: nothing in it ends the element or breaks a line of a script
/// (`<`, `>`, `&`, U+2028 and U+2029 are escaped).
fn script(value: &Value) -> Html {
    let json = value.to_string();
    let mut safe = String::with_capacity(json.len());
    let mut from = 0;
    for (at, c) in json.match_indices(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        let escaped = match c {
            "<" => "\\u003c",
            ">" => "\\u003e",
            "&" => "\\u0026",
            "\u{2028}" => "\\u2028",
            _ => "\\u2029",
        };
        safe.push_str(&json[from..at]);
        safe.push_str(escaped);
        from = at + c.len();
    }
    safe.push_str(&json[from..]);
    Html(safe)
}

/// The `NewsArticle` of a brief; `None` for a site without an address.
pub(super) fn article(here: &Here<'_>, idx: BriefIdx) -> Option<Value> {
    let edition = here.edition;
    let linked = edition.brief(idx);
    let (document, front) = (&linked.brief.document, &linked.brief.front);
    let url = here.absolute(&linked.permalink.0)?;
    let site = edition.config.site_url.as_deref()?;
    let mut article = Map::new();
    let mut put = |key: &str, value: Value| {
        article.insert(key.to_owned(), value);
    };
    put("@context", "https://schema.org".into());
    put("@type", "NewsArticle".into());
    put("headline", headline(&document.title.value).into());
    put("url", url.clone().into());
    put("mainEntityOfPage", url.into());
    put("datePublished", front.date.rfc3339().into());
    put("dateModified", last_change(linked).rfc3339().into());
    put(
        "inLanguage",
        front.language.as_ref().unwrap_or(&edition.config.language).to_string().into(),
    );
    if let Some(summary) = &front.summary {
        put("description", summary.to_string().into());
    }
    if let Some(place) = &front.place {
        put("dateline", place.value.to_string().into());
    }
    let publisher_name = publisher(here);
    let organization =
        |name: &str| json!({ "@type": "Organization", "name": name, "url": site });
    let authors: Vec<Value> = front
        .by
        .iter()
        .map(|by| match edition.entity_named(&by.value) {
            Some(entity) => thing(here, entity),
            None if *by.value == *publisher_name => organization(&publisher_name),
            None => json!({ "@type": "Person", "name": &*by.value, "url": site }),
        })
        .collect();
    let authors =
        if authors.is_empty() { vec![organization(&publisher_name)] } else { authors };
    put("author", authors.into());
    let mut by = organization(&publisher_name);
    if let Some(url) = &edition.config.publisher.url {
        by["url"] = url.to_string().into();
    }
    put("publisher", by);
    let image = front.image.as_ref().map(|image| &*image.file.value);
    let image = image.or(edition.config.publisher.logo.as_deref());
    let image = image.unwrap_or("favicon.svg");
    put("image", here.absolute(image)?.into());
    let mentions: Vec<Value> =
        linked.entities.iter().map(|(it, _)| thing(here, edition.entity(*it))).collect();
    if !mentions.is_empty() {
        put("about", mentions[0].clone());
        put("mentions", mentions.into());
    }
    let citations: Vec<Value> = front.sources.iter().map(citation).collect();
    if !citations.is_empty() {
        put("citation", citations.into());
    }
    let corrections: Vec<Value> = corrections(here, TextIdx::Brief(idx))
        .into_iter()
        .map(|it| json!({ "@type": "CorrectionComment", "text": it.text, "datePublished": it.date.datetime }))
        .collect();
    if !corrections.is_empty() {
        put("correction", corrections.into());
    }
    let series: Vec<Value> = front
        .storylines
        .iter()
        .filter_map(|slug| {
            let of = &edition.storylines;
            let story = of.iter().find(|it| it.storyline.document.slug == slug.value)?;
            let name = story.storyline.document.title.value.to_string();
            let url = here.absolute(&story.permalink.0)?;
            Some(json!({ "@type": "CreativeWorkSeries", "name": name, "url": url }))
        })
        .collect();
    if !series.is_empty() {
        put("isPartOf", series.into());
    }
    Some(Value::Object(article))
}

/// At most 110 characters, as Google wants headlines, cut at a word.
fn headline(title: &str) -> String {
    if title.chars().count() <= 110 {
        return title.to_owned();
    }
    let cut: String = title.chars().take(110).collect();
    cut.rsplit_once(' ').map_or(cut.clone(), |(words, _)| words.to_owned())
}

fn citation(source: &crate::parse::brief::Source) -> Value {
    let mut citation = json!({ "@type": "CreativeWork", "publisher": { "@type": "Organization", "name": &*source.outlet.value } });
    let name = source.title.as_ref().unwrap_or(&source.outlet.value);
    citation["name"] = name.to_string().into();
    if let Some(url) = &source.url {
        citation["url"] = url.to_string().into();
    }
    if let Some(date) = source.date.filter(|date| date.day.is_some()) {
        citation["datePublished"] = date.to_string().into();
    }
    citation
}

/// An entity in short: its type, name, page, and the same elsewhere.
fn thing(here: &Here<'_>, linked: &LinkedEntity) -> Value {
    let front = &linked.entity.front;
    let kind = match front.kind {
        EntityKind::Person => "Person",
        EntityKind::Organization => "Organization",
        EntityKind::Place => "Place",
        EntityKind::Event => "Event",
        EntityKind::Law => "Legislation",
        EntityKind::Work => "CreativeWork",
        EntityKind::Thing => "Thing",
    };
    let mut thing =
        json!({ "@type": kind, "name": &*linked.entity.document.title.value });
    if let Some(url) = here.absolute(&linked.permalink.0) {
        thing["url"] = url.into();
    }
    let same: Vec<String> =
        front.same_as.iter().filter_map(|(key, value)| same_as_url(key, value)).collect();
    if !same.is_empty() {
        thing["sameAs"] = same.into();
    }
    thing
}

/// An entity on its own page.
pub(super) fn entity(here: &Here<'_>, linked: &LinkedEntity) -> Option<Value> {
    here.absolute(&here.permalink)?;
    let mut thing = thing(here, linked);
    thing["@context"] = "https://schema.org".into();
    let front = &linked.entity.front;
    if let Some(summary) = &front.summary {
        thing["description"] = summary.to_string().into();
    }
    if !front.aliases.is_empty() {
        let aliases: Vec<&str> = front.aliases.iter().map(|it| &*it.value).collect();
        thing["alternateName"] = aliases.into();
    }
    if let (Some((lat, lon)), EntityKind::Place) = (front.location, front.kind) {
        thing["geo"] =
            json!({ "@type": "GeoCoordinates", "latitude": lat, "longitude": lon });
    }
    Some(thing)
}

/// The site, on its home page.
pub(super) fn site(here: &Here<'_>) -> Option<Html> {
    let config = &here.edition.config;
    let url = config.site_url.as_deref()?;
    let mut site = json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": &*config.title,
        "url": url,
        "inLanguage": &*config.language,
    });
    if !config.description.is_empty() {
        site["description"] = config.description.to_string().into();
    }
    Some(script(&site))
}

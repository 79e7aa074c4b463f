//! Structured data of a page, in the vocabulary of schema.org.

pub(super) mod claim;
mod script;
mod types;

use serde::Serialize;

use crate::html::Html;
use crate::link::edition::Edition;
use crate::link::revisions::{corrections, last_change};
use crate::link::texts::{BriefIdx, LinkedEntity, TextIdx};
use crate::parse::brief::{BriefFront, Source, license_url};
use crate::parse::entity::{EntityKind, same_as_url};
use crate::render::addresses::absolute;
use crate::render::here::Here;
use crate::render::view::Link;
use crate::site_url::SiteUrl;
use script::script;
use types::{
    Breadcrumb, BreadcrumbList, Citation, CorrectionComment, Geo, NewsArticle, SCHEMA,
    Thing, WebPage,
};

/// The way from the home page to a page.
pub(super) struct Way<'a> {
    /// The pages above it, outermost first, without the home page.
    pub(super) above: &'a [Link],
    /// Its title.
    pub(super) title: &'a str,
    /// Its absolute address.
    pub(super) canonical: Option<&'a str>,
}

impl Way<'_> {
    /// What a page is, and the way to it: a `BreadcrumbList`, which Google shows above a
    /// result. Both stand in one list. `None` for a site without an address.
    fn with(&self, here: &Here<'_>, own: Option<impl Serialize>) -> Option<Html> {
        let site = here.edition.config.site_url.as_ref().map(SiteUrl::as_str)?;
        let home = (&*here.edition.config.title, site.to_owned());
        let above = self.above.iter().map(|link| {
            let address = link.href.strip_prefix(&here.root).unwrap_or(&link.href);
            (&*link.label, format!("{site}{address}"))
        });
        let page = (self.title, self.canonical.unwrap_or(site).to_owned());
        let way = [home].into_iter().chain(above).chain([page]);
        let items = (1..).zip(way).map(|(position, (name, item))| Breadcrumb {
            kind: "ListItem",
            item,
            name,
            position,
        });
        let crumbs = BreadcrumbList {
            context: SCHEMA,
            kind: "BreadcrumbList",
            item_list_element: items.collect(),
        };
        Some(match own {
            Some(own) => script(&(own, crumbs)),
            None => script(&crumbs),
        })
    }
}

/// A page that lists others: a tag, a storyline, the registry.
pub(super) fn collection(here: &Here<'_>, language: &str, way: &Way<'_>) -> Option<Html> {
    let own = way.canonical.map(|url| WebPage {
        context: SCHEMA,
        kind: "CollectionPage",
        description: None,
        in_language: language,
        name: way.title,
        url: url.to_owned(),
    });
    way.with(here, own)
}

/// The site, on its home page.
pub(super) fn site(here: &Here<'_>) -> Option<Html> {
    let config = &here.edition.config;
    Some(script(&WebPage {
        context: SCHEMA,
        kind: "WebSite",
        description: (!config.description.is_empty()).then_some(&*config.description),
        in_language: &config.language,
        name: &config.title,
        url: config.site_url.as_ref().map(SiteUrl::as_str)?.to_owned(),
    }))
}

/// The `NewsArticle` of a brief; `None` for a site without an address.
pub(super) fn article(here: &Here<'_>, idx: BriefIdx, way: &Way<'_>) -> Option<Html> {
    way.with(here, news_article(here, idx))
}

fn news_article<'a>(here: &Here<'a>, idx: BriefIdx) -> Option<NewsArticle<'a>> {
    let edition = here.edition;
    let config = &edition.config;
    let linked = edition.brief(idx);
    let (document, front) = (&linked.brief.document, &linked.brief.front);
    let url = here.absolute(&linked.permalink.0)?;
    let site = config.site_url.as_ref().map(SiteUrl::as_str)?;
    let publisher = edition.publisher();
    let image = front.image.as_ref().map(|image| &*image.file.value);
    let image = image
        .filter(|it| edition.assets.contains_key(*it))
        .or(config.publisher.logo.as_ref().map(|it| &*it.value))
        .unwrap_or("favicon.svg");
    let publisher_url = config.publisher.url.as_ref().map_or(site, |it| it);
    let mention = |(entity, _): &(_, u32)| thing(edition, edition.entity(*entity));
    let corrections = corrections(&edition.texts, TextIdx::Brief(idx)).into_iter();
    let labels = front.labels.as_deref();
    let series = front.storylines.iter().filter_map(|slug| {
        let of = &edition.storylines;
        let story = of.iter().find(|it| it.storyline.document.slug == slug.value)?;
        let url = absolute(edition, &story.permalink.0)?;
        let name = &story.storyline.document.title.value;
        Some(Thing::new("CreativeWorkSeries", name, Some(url)))
    });
    Some(NewsArticle {
        context: SCHEMA,
        kind: "NewsArticle",
        about: linked.entities.first().map(mention),
        author: authors(edition, front, site),
        citation: front.sources.iter().map(citation).collect(),
        correction: corrections
            .map(|it| CorrectionComment {
                kind: "CorrectionComment",
                date_published: it.on.to_string(),
                text: it.text,
            })
            .collect(),
        date_modified: last_change(linked, &config.zone, edition.wanted.now).rfc3339(),
        date_published: front.date.rfc3339(),
        dateline: front.place.as_ref().map(|place| &*place.value),
        description: front.summary.as_ref().map(|it| &*it.value),
        article_section: labels.and_then(|it| it.section.as_deref()),
        headline: headline(&document.title.value),
        image: here.absolute(image)?,
        in_language: front.language.as_ref().unwrap_or(&config.language),
        is_part_of: series.collect(),
        license: labels.and_then(|it| license_url(it.license.as_ref()?)),
        main_entity_of_page: url.clone(),
        mentions: linked.entities.iter().map(mention).collect(),
        publisher: Thing::new("Organization", publisher, Some(publisher_url.to_owned())),
        url,
    })
}

/// Who wrote a brief; the publisher if nobody is named.
fn authors<'a>(
    edition: &'a Edition,
    front: &'a BriefFront,
    site: &str,
) -> Vec<Thing<'a>> {
    let publisher = edition.publisher();
    let itself = || Thing::new("Organization", publisher, Some(site.to_owned()));
    if front.by.is_empty() {
        return vec![itself()];
    }
    let named = front.by.iter().map(|by| match edition.entity_named(&by.value) {
        Some(entity) => thing(edition, entity),
        None if *by.value == *publisher => itself(),
        None => Thing::new("Person", &by.value, Some(site.to_owned())),
    });
    named.collect()
}

/// An entity on its own page; `None` for a site without an address.
pub(super) fn entity(
    here: &Here<'_>,
    linked: &LinkedEntity,
    way: &Way<'_>,
) -> Option<Html> {
    way.with(here, entity_itself(here, linked))
}

fn entity_itself<'a>(here: &Here<'a>, linked: &'a LinkedEntity) -> Option<Thing<'a>> {
    here.absolute(&here.permalink)?;
    let front = &linked.entity.front;
    let is_place = front.kind == EntityKind::Place;
    Some(Thing {
        context: Some(SCHEMA),
        alternate_name: front.aliases.iter().map(|it| &*it.value).collect(),
        description: front.summary.as_ref().map(|it| &*it.value),
        geo: front.location.filter(|_| is_place).map(|(latitude, longitude)| Geo {
            kind: "GeoCoordinates",
            latitude,
            longitude,
        }),
        ..thing(here.edition, linked)
    })
}

/// At most 110 characters, as Google wants headlines, cut at a word.
fn headline(title: &str) -> &str {
    let Some((end, _)) = title.char_indices().nth(110) else { return title };
    title[..end].rsplit_once(' ').map_or(&title[..end], |(words, _)| words)
}

fn citation(source: &Source) -> Citation<'_> {
    let day = source.date.filter(|date| date.day.is_some());
    Citation {
        kind: "CreativeWork",
        date_published: day.map(|day| day.to_string()),
        name: source.title.as_ref().unwrap_or(&source.outlet.value),
        publisher: Thing::new("Organization", &source.outlet.value, None),
        url: source.url.as_deref(),
    }
}

/// An entity in short: its type, name, page, and the same elsewhere.
fn thing<'a>(edition: &Edition, linked: &'a LinkedEntity) -> Thing<'a> {
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
    let same = front.same_as.iter().filter_map(|(key, value)| same_as_url(key, value));
    Thing {
        same_as: same.collect(),
        ..Thing::new(
            kind,
            &linked.entity.document.title.value,
            absolute(edition, &linked.permalink.0),
        )
    }
}

//! The types of schema.org that pages are described by. Keys stand in the order of their
//! letters, as in the exports.

use serde::Serialize;

/// Where the vocabulary is from.
pub(super) const SCHEMA: &str = "https://schema.org";

/// <https://schema.org/NewsArticle>.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewsArticle<'a> {
    #[serde(rename = "@context")]
    pub(super) context: &'static str,
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) about: Option<Thing<'a>>,
    pub(super) author: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) citation: Vec<Citation<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) correction: Vec<CorrectionComment>,
    pub(super) date_modified: String,
    pub(super) date_published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) dateline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) article_section: Option<&'a str>,
    pub(super) headline: &'a str,
    pub(super) image: String,
    pub(super) in_language: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) is_part_of: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) license: Option<String>,
    pub(super) main_entity_of_page: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) mentions: Vec<Thing<'a>>,
    pub(super) publisher: Thing<'a>,
    pub(super) url: String,
}

/// <https://schema.org/Thing> and what is one: a person, an organization, a place, a series.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Thing<'a> {
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    pub(super) context: Option<&'static str>,
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) alternate_name: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) geo: Option<Geo>,
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) same_as: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
}

impl<'a> Thing<'a> {
    /// One of which no more is told.
    pub(super) fn new(
        kind: &'static str,
        name: &'a str,
        url: Option<String>,
    ) -> Thing<'a> {
        Thing {
            context: None,
            kind,
            alternate_name: Vec::new(),
            description: None,
            geo: None,
            name,
            same_as: Vec::new(),
            url,
        }
    }
}

/// <https://schema.org/GeoCoordinates>.
#[derive(Serialize)]
pub(super) struct Geo {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    pub(super) latitude: f64,
    pub(super) longitude: f64,
}

/// <https://schema.org/CreativeWork>, which a brief rests on.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Citation<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date_published: Option<String>,
    pub(super) name: &'a str,
    pub(super) publisher: Thing<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<&'a str>,
}

/// <https://schema.org/CorrectionComment>.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CorrectionComment {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    pub(super) date_published: String,
    pub(super) text: String,
}

/// <https://schema.org/WebPage> and what is one: a list, the whole site.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WebPage<'a> {
    #[serde(rename = "@context")]
    pub(super) context: &'static str,
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<&'a str>,
    pub(super) in_language: &'a str,
    pub(super) name: &'a str,
    pub(super) url: String,
}

/// <https://schema.org/BreadcrumbList>.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BreadcrumbList<'a> {
    #[serde(rename = "@context")]
    pub(super) context: &'static str,
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    pub(super) item_list_element: Vec<Breadcrumb<'a>>,
}

/// <https://schema.org/ListItem>.
#[derive(Serialize)]
pub(super) struct Breadcrumb<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    pub(super) item: String,
    pub(super) name: &'a str,
    pub(super) position: u32,
}

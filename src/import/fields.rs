//! Heads of other programs as the front matter of ours: which key means what.

use jiff::Timestamp;

use crate::import::dates::{self, OldDate};
use crate::import::map::ImportMap;
use crate::import::plain;
use crate::import::post::{OldSite, Post, Sort};
use crate::import::remark::{Construct, Remark};
use crate::import::value::{HeadValue, Pairs, find, plain_key};

/// What the head of an old text says, in our words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct NewHead {
    pub(crate) title: String,
    pub(crate) date: Option<OldDate>,
    pub(crate) updated: Option<OldDate>,
    pub(crate) summary: Option<String>,
    pub(crate) place: Option<String>,
    pub(crate) by: Vec<String>,
    pub(crate) sources: Vec<OldSource>,
    pub(crate) series: Vec<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) picture: Option<OldPicture>,
    pub(crate) is_draft: bool,
    pub(crate) embargo: Option<String>,
    pub(crate) expires: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) slug: Option<String>,
    /// Aliases of a note, which are names and not addresses.
    pub(crate) aliases: Vec<String>,
    /// A word or two above the headline.
    pub(crate) kicker: Option<String>,
    /// The part of the paper.
    pub(crate) section: Option<String>,
    /// On what terms others may use it.
    pub(crate) license: Option<String>,
    /// What Dateline has no key for.
    pub(crate) extra: Pairs,
}

/// What an old text rests on.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OldSource {
    pub(crate) outlet: String,
    pub(crate) title: Option<String>,
    pub(crate) url: Option<String>,
}

/// The picture on top of an old text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OldPicture {
    pub(crate) file: String,
    pub(crate) alt: Option<String>,
    pub(crate) caption: Option<String>,
    pub(crate) credit: Option<String>,
}

/// What is the same for every text of an archive.
pub(crate) struct HeadGround<'a> {
    pub(crate) site: &'a OldSite,
    pub(crate) map: &'a ImportMap,
    pub(crate) now: Timestamp,
}

/// Keys that say how a page looks or where it lies, which its reader has seen already.
const NOISE: &[&str] = &[
    "layout",
    "permalink",
    "url",
    "aliases",
    "alias",
    "redirect-from",
    "type",
    "template",
    "path",
    "id",
    "uid",
    "guid",
    "comments",
    "draft",
    "published",
    "status",
    "slug",
];

/// Reads the head of a post.
pub(crate) fn read(
    post: &Post,
    ground: &HeadGround<'_>,
    remarks: &mut Vec<Remark>,
) -> NewHead {
    let mut keys = Keys::new(post, ground.map);
    let mut head = NewHead { title: title(&mut keys, post), ..NewHead::default() };
    read_dates(&mut keys, post, ground, &mut head, remarks);
    head.summary = keys
        .text(SUMMARY_KEYS)
        .map(|it| plain::of_markup(&it))
        .filter(|it| !it.is_empty());
    head.place = keys.text(&["place", "dateline", "location"]);
    head.by =
        keys.names(&["by", "byline", "author", "authors", "writer", "creator"], " and ");
    if head.by.is_empty() && post.sort == Sort::Dated {
        head.by.extend(ground.site.author.clone());
    }
    let person =
        |it: &String| ground.site.people.get(it).map_or(it.clone(), |it| it.name.clone());
    head.by = head.by.iter().map(person).map(|it| plain::of_markup(&it)).collect();
    head.series = keys.names(&["series", "storylines", "storyline"], ",");
    for key in [
        "tags",
        "tag",
        "categories",
        "category",
        "topics",
        "topic",
        "keywords",
        "subjects",
    ] {
        for tag in keys.names(&[key], ",") {
            let tag = tag.trim_start_matches('#').trim().to_owned();
            if !tag.is_empty() && !head.tags.contains(&tag) {
                head.tags.push(tag);
            }
        }
    }
    head.picture = picture(&mut keys);
    head.sources = sources(&mut keys);
    let language = keys.text(&["language", "lang", "locale"]);
    head.language = language.map(|it| it.replace('_', "-"));
    head.slug = find(&post.pairs, "slug").and_then(HeadValue::text);
    if post.markup == crate::import::post::Markup::Vault {
        head.aliases = find(&post.pairs, "aliases").map_or(Vec::new(), texts);
    }
    let mut plain = |names: &[&str]| keys.text(names).map(|it| plain::of_markup(&it));
    head.kicker = plain(&["kicker", "eyebrow", "overline", "rubric"]);
    head.section = plain(&["section", "desk", "department", "rubrique", "ressort"]);
    head.license = plain(&["license", "licence", "rights"]);
    head.extra = extra(&keys, remarks);
    head
}

/// What nobody asked for, as far as a head can hold it.
fn extra(keys: &Keys<'_>, remarks: &mut Vec<Remark>) -> Pairs {
    let mut kept = Pairs::new();
    for (key, value) in keys.left() {
        if value.is_within(MOST_VALUES, MOST_DEPTH) {
            remarks.push(Remark::of(Construct::ExtraKey, &key));
            kept.retain(|it| it.0 != key); // of two the last one counts
            kept.push((key, value));
        } else {
            remarks.push(Remark::of(Construct::OddValue, &key));
        }
    }
    kept
}

/// Values under one key that are kept, and how deeply they may be nested: front matter has
/// limits of its own.
const MOST_VALUES: usize = 500;
const MOST_DEPTH: usize = 8;

fn title(keys: &mut Keys<'_>, post: &Post) -> String {
    let written = keys.text(&["title", "headline", "name"]);
    let title = written.map(|it| plain::of_markup(&it)).filter(|it| !it.is_empty());
    title.or_else(|| first_heading(post)).unwrap_or_else(|| {
        let words = post.name.replace(['-', '_'], " ");
        let mut letters = words.trim().chars();
        let first = letters.next().map(|it| it.to_uppercase().collect::<String>());
        let title = first.unwrap_or_default() + letters.as_str();
        if title.is_empty() { "Untitled".to_owned() } else { title }
    })
}

/// A heading of the first level on top of the text.
fn first_heading(post: &Post) -> Option<String> {
    let line = post.text.lines().find(|it| !it.trim().is_empty())?;
    let heading = line.strip_prefix("# ")?;
    Some(plain::of_markup(heading)).filter(|it| !it.is_empty())
}

/// The names of the date in heads of other programs.
const DATE_KEYS: &[&str] = &[
    "date",
    "pubdate",
    "published-at",
    "published-on",
    "created",
    "created-at",
    "day",
    "timestamp",
];

/// Those of the day of the last change.
const UPDATED_KEYS: &[&str] = &[
    "updated",
    "lastmod",
    "last-modified-at",
    "last-modified",
    "modified",
    "updated-at",
    "last-updated",
    "date-modified",
];

/// Those of the standfirst.
const SUMMARY_KEYS: &[&str] = &[
    "summary",
    "standfirst",
    "deck",
    "dek",
    "excerpt",
    "custom-excerpt",
    "description",
    "lede",
    "subtitle",
    "abstract",
    "teaser",
    "tagline",
];

fn read_dates(
    keys: &mut Keys<'_>,
    post: &Post,
    ground: &HeadGround<'_>,
    head: &mut NewHead,
    remarks: &mut Vec<Remark>,
) {
    let mut read = |keys: &mut Keys<'_>, names: &[&str]| {
        let text = keys.text(names)?;
        let date = dates::read(&text);
        if date.as_ref().is_none_or(|it| it.is_doubtful) {
            remarks
                .push(Remark::of(Construct::OddDate, &format!("{}: {text}", names[0])));
        }
        date
    };
    let date = read(keys, DATE_KEYS);
    let publish = read(keys, &["publishdate", "publish-date", "publish-on"]);
    let expires = read(keys, &["expires", "expirydate", "expiry-date", "unpublishdate"]);
    head.updated = read(keys, UPDATED_KEYS);
    let of_address = || post.addresses.iter().find_map(|it| dates::of_path(it));
    let fallback = post.day.or_else(of_address).map(OldDate::of_day);
    // A date of two readings gives way to the day in the file's name.
    head.date = match (date, fallback) {
        (Some(date), Some(day)) if date.is_doubtful => Some(day),
        (Some(date), _) => Some(date),
        (None, fallback) => publish.clone().or(fallback),
    };
    let zone = ground.site.time_zone();
    let is_ahead =
        |it: &OldDate| it.moment(&zone).is_some_and(|it| it.instant > ground.now);
    let ahead = publish.into_iter().chain(head.date.clone()).find(is_ahead);
    head.embargo = ahead.map(|it| it.text);
    head.expires = expires.map(|it| it.text);
    let status =
        find(&post.pairs, "status").and_then(HeadValue::text).unwrap_or_default();
    let truth = |key: &str| find(&post.pairs, key).and_then(HeadValue::truth);
    head.is_draft = post.is_draft
        || truth("draft") == Some(true)
        || truth("published") == Some(false)
        || matches!(status.to_ascii_lowercase().as_str(), "draft" | "hidden" | "private");
    if head.is_draft
        && head.date.is_none()
        && matches!(post.sort, Sort::Dated | Sort::Either)
    {
        // It is not a page that readers see, and a brief needs a day.
        head.date = Some(OldDate::of_day(jiff::civil::Date::constant(2000, 1, 1)));
        remarks.push(Remark::of(Construct::DraftDay, &head.title));
    }
    if let (Some(updated), Some(date)) = (&head.updated, &head.date)
        && updated.day <= date.day
    {
        head.updated = None; // the day it came out is not a change
    }
}

fn picture(keys: &mut Keys<'_>) -> Option<OldPicture> {
    let found = keys.take(&[
        "image",
        "cover",
        "cover-image",
        "featured-image",
        "feature-image",
        "hero",
        "hero-image",
        "thumbnail",
        "banner",
        "og-image",
        "images",
        "header",
    ])?;
    let first = found.items().into_iter().next()?.clone();
    let file = match &first {
        HeadValue::Table(_) => {
            let keys = [
                "file",
                "path",
                "src",
                "url",
                "image",
                "feature",
                "teaser",
                "overlay-image",
            ];
            keys.iter().find_map(|it| first.text_of(it))
        }
        one => one.text(),
    };
    let detail = |names: &[&str], keys: &mut Keys<'_>| {
        let inner = names.iter().find_map(|it| first.text_of(it));
        let outer: Vec<String> = names
            .iter()
            .flat_map(|it| {
                ["image", "cover", "featured-image", "feature-image"]
                    .map(|of| format!("{of}-{it}"))
            })
            .collect();
        let outer: Vec<&str> = outer.iter().map(String::as_str).collect();
        let text = inner.or_else(|| keys.text(&outer)).map(|it| plain::of_markup(&it));
        text.filter(|it| !it.is_empty())
    };
    let alt = detail(&["alt", "alternate-text"], keys);
    let caption = detail(&["caption", "image-description", "title"], keys);
    let caption =
        caption.or_else(|| keys.text(&["caption"]).map(|it| plain::of_markup(&it)));
    let credit = detail(&["credit", "source"], keys);
    let credit = credit.or_else(|| keys.text(&["photo-credit", "credit"]));
    let file = file.filter(|it| !matches!(it.as_str(), "false" | "true" | "none"))?;
    Some(OldPicture { file, alt, caption, credit })
}

fn sources(keys: &mut Keys<'_>) -> Vec<OldSource> {
    let mut sources = Vec::new();
    if let Some(list) = keys.take(&["sources"]) {
        sources.extend(list.items().into_iter().filter_map(source));
    }
    let address = keys.text(&[
        "source-url",
        "link",
        "external-url",
        "canonical",
        "canonical-url",
        "original-url",
        "via",
    ]);
    let outlet = keys
        .take(&["source"])
        .map(|it| it.items().into_iter().filter_map(source).collect());
    let mut named: Vec<OldSource> = outlet.unwrap_or_default();
    match (named.first_mut(), address) {
        (Some(first), Some(url)) if first.url.is_none() => first.url = web(&url),
        (None, Some(url)) => named.extend(source(&HeadValue::Text(url))),
        _ => {}
    }
    sources.extend(named);
    sources
}

/// A source from a name, an address, or a table of both.
fn source(value: &HeadValue) -> Option<OldSource> {
    if let HeadValue::Table(_) = value {
        let url = ["url", "link", "href"]
            .iter()
            .find_map(|it| value.text_of(it))
            .and_then(|it| web(&it));
        let title = value.text_of("title").map(|it| plain::of_markup(&it));
        let outlet =
            ["outlet", "name", "publisher"].iter().find_map(|it| value.text_of(it));
        let outlet =
            outlet.or_else(|| url.as_deref().and_then(host)).or_else(|| title.clone())?;
        return Some(OldSource { outlet: plain::of_markup(&outlet), title, url });
    }
    let text = value.text()?;
    match web(&text) {
        Some(url) => Some(OldSource { outlet: host(&url)?, title: None, url: Some(url) }),
        None if text.starts_with('/') => None,
        None => {
            Some(OldSource { outlet: plain::of_markup(&text), title: None, url: None })
        }
    }
}

/// An address that leads to another site; `None` for anything else.
pub(crate) fn web(text: &str) -> Option<String> {
    let is_web = ["https://", "http://"]
        .iter()
        .any(|it| text.to_ascii_lowercase().starts_with(it));
    (is_web && !text.contains(char::is_whitespace)).then(|| text.to_owned())
}

/// The host in an address, without `www.`.
pub(crate) fn host(url: &str) -> Option<String> {
    let rest = url.split_once("//")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_owned())
}

/// The texts of a list, or a text alone.
fn texts(value: &HeadValue) -> Vec<String> {
    value.items().into_iter().filter_map(HeadValue::text).collect()
}

/// The keys of a head, of which each is taken once.
struct Keys<'a> {
    pairs: Vec<(String, &'a str, &'a HeadValue)>,
    taken: Vec<String>,
}

impl<'a> Keys<'a> {
    fn new(post: &'a Post, map: &ImportMap) -> Keys<'a> {
        // Hugo and Zola have a table for keys of themes; those of the head itself go before.
        let is_table = |key: &str| matches!(plain_key(key).as_str(), "params" | "extra");
        let inner = post.pairs.iter().filter(|it| is_table(&it.0));
        let inner = inner.filter_map(|(_, value)| match value {
            HeadValue::Table(pairs) => Some(pairs),
            _ => None,
        });
        let outer = post.pairs.iter().filter(|(key, value)| {
            !(is_table(key) && matches!(value, HeadValue::Table(_)))
        });
        let named = inner.flatten().chain(outer).map(|(key, value)| {
            let plain = plain_key(key);
            (plain_key(map.key(&plain)), key.as_str(), value)
        });
        Keys { pairs: named.collect(), taken: Vec::new() }
    }

    /// The value of the first of these keys that has one.
    fn take(&mut self, names: &[&str]) -> Option<&'a HeadValue> {
        for name in names {
            let found = self.pairs.iter().rev().find(|it| it.0 == *name);
            if let Some((_, _, value)) = found
                && **value != HeadValue::Null
            {
                self.taken.push((*name).to_owned());
                return Some(value);
            }
        }
        None
    }

    fn text(&mut self, names: &[&str]) -> Option<String> {
        let with_text = |names: &[&str], keys: &Self| {
            names.iter().position(|name| {
                keys.pairs.iter().any(|it| it.0 == *name && it.2.text().is_some())
            })
        };
        let at = with_text(names, self)?;
        self.take(&names[at..=at])?.text()
    }

    /// The names under the first of these keys that has any: a list, tables with names, or
    /// one text with commas, semicolons or the word `between`.
    fn names(&mut self, names: &[&str], between: &str) -> Vec<String> {
        let Some(value) = self.take(names) else { return Vec::new() };
        let one = |it: &HeadValue| match it {
            HeadValue::Table(_) => ["name", "display-name", "title", "slug"]
                .iter()
                .find_map(|key| it.text_of(key)),
            it => it.text(),
        };
        let mut found: Vec<String> = Vec::new();
        match value {
            HeadValue::Text(text) => {
                let parts = text.split([',', ';']).flat_map(|it| it.split(between));
                found.extend(parts.map(|it| it.trim().to_owned()));
            }
            value => found.extend(value.items().into_iter().filter_map(one)),
        }
        found.retain(|it| !it.is_empty());
        found
    }

    /// What nobody took.
    fn left(&self) -> Pairs {
        let is_left = |(plain, _, value): &&(String, &str, &HeadValue)| {
            !self.taken.contains(plain)
                && !NOISE.contains(&plain.as_str())
                && **value != HeadValue::Null
        };
        let left = self.pairs.iter().filter(is_left);
        left.map(|(_, key, value)| ((*key).to_owned(), (*value).clone())).collect()
    }
}

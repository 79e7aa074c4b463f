//! Exports of `WordPress`: extended RSS, read item by item.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};

use crate::disk;
use crate::import::folder::TakePost;
use crate::import::post::{Markup, OldSite, Person, Post, Sort};
use crate::import::remark::{Construct, Remark};
use crate::import::value::HeadValue;

/// An export of `WordPress`.
#[derive(Debug)]
pub(crate) struct WordPress {
    pub(crate) site: OldSite,
    path: PathBuf,
    /// Pictures by the number of their item: address and description.
    pictures: BTreeMap<String, (String, String)>,
}

/// One item, or the channel itself: its elements by name, in order.
#[derive(Debug, Default)]
struct WxrItem {
    fields: Vec<(String, String)>,
    /// Categories and tags: the domain and the name.
    terms: Vec<(String, String)>,
    meta: BTreeMap<String, String>,
}

impl WxrItem {
    fn get(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(it, _)| it == name);
        found.map_or("", |(_, value)| value.trim())
    }
}

impl WordPress {
    /// Reads the channel, and where pictures lie.
    pub(crate) fn open(path: &Path) -> anyhow::Result<WordPress> {
        let mut site = OldSite::default();
        let mut pictures = BTreeMap::new();
        let channel = items(path, &mut |item| {
            if item.get("wp:post_type") == "attachment" {
                let alt = item
                    .meta
                    .get("_wp_attachment_image_alt")
                    .cloned()
                    .unwrap_or_default();
                let url = item.get("wp:attachment_url").to_owned();
                pictures.insert(item.get("wp:post_id").to_owned(), (url, alt));
            }
            Ok(())
        })?;
        let text =
            |name: &str| Some(channel.get(name).to_owned()).filter(|it| !it.is_empty());
        site.title = text("title");
        site.description = text("description");
        site.language = text("language");
        site.url = text("wp:base_blog_url").or_else(|| text("link"));
        site.url = site.url.map(|it| it.trim_end_matches('/').to_owned());
        site.base = site
            .url
            .as_deref()
            .and_then(|it| it.split_once("//"))
            .map_or(String::new(), |it| {
                it.1.split_once('/').map_or(String::new(), |it| format!("/{}", it.1))
            });
        let mut login = String::new();
        for (name, value) in &channel.fields {
            match name.as_str() {
                "wp:author_login" => login.clone_from(value),
                "wp:author_display_name" => {
                    let person =
                        Person { name: value.trim().to_owned(), ..Person::default() };
                    site.people.insert(login.trim().to_owned(), person);
                }
                _ => {}
            }
        }
        site.feeds = vec!["/feed/".to_owned(), "/comments/feed/".to_owned()];
        Ok(WordPress { site, path: path.to_owned(), pictures })
    }

    /// Hands on every item that is not an attachment, in order.
    pub(crate) fn each(&self, take: &mut TakePost<'_>) -> anyhow::Result<()> {
        items(&self.path, &mut |item| match item.get("wp:post_type") {
            "attachment" => Ok(()),
            _ => take(Ok(self.post(item))),
        })?;
        Ok(())
    }

    fn post(&self, item: &WxrItem) -> Post {
        let id = item.get("wp:post_id");
        let (status, kind) = (item.get("wp:status"), item.get("wp:post_type"));
        let mut pairs: Vec<(String, HeadValue)> = Vec::new();
        let mut put = |key: &str, value: &str| {
            if !value.is_empty() {
                pairs.push((key.to_owned(), HeadValue::Text(value.to_owned())));
            }
        };
        put("title", item.get("title"));
        let local = item.get("wp:post_date");
        let is_dated = !local.is_empty() && !local.starts_with("0000");
        put("date", if is_dated { local } else { item.get("pubDate") });
        put("updated", item.get("wp:post_modified"));
        put("author", item.get("dc:creator"));
        put("excerpt", item.get("excerpt:encoded"));
        if let Some((url, alt)) =
            item.meta.get("_thumbnail_id").and_then(|it| self.pictures.get(it))
        {
            put("image", url);
            put("image_alt", alt);
        }
        for domain in ["category", "post_tag"] {
            let names =
                item.terms.iter().filter(|it| it.0 == domain && it.1 != "Uncategorized");
            let names: Vec<_> = names.map(|it| HeadValue::Text(it.1.clone())).collect();
            if !names.is_empty() {
                let key = if domain == "category" { "categories" } else { "tags" };
                pairs.push((key.to_owned(), HeadValue::List(names)));
            }
        }
        let address = self.site.path_of(item.get("link")).filter(|it| !it.contains('?'));
        let name = percent_encoding::percent_decode_str(item.get("wp:post_name"))
            .decode_utf8_lossy();
        Post {
            file: format!("{kind} {id}"),
            sort: sort_of(kind, status),
            pairs,
            text: self.with_galleries(item.get("content:encoded")),
            markup: Markup::WordPress,
            addresses: address.map(str::to_owned).into_iter().collect(),
            names: vec![format!("?p={id}")],
            name: name.into_owned(),
            is_draft: !matches!(status, "publish" | "future" | ""),
            remarks: item
                .meta
                .keys()
                .filter(|it| !it.starts_with('_'))
                .map(|it| Remark::of(Construct::ExtraKey, it))
                .collect(),
            ..Post::default()
        }
    }

    /// `[gallery ids="1,2"]` as its pictures.
    fn with_galleries(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("[gallery ") {
            let Some((args, after)) = after.split_once(']') else { break };
            let ids = args
                .split_once("ids=")
                .map_or("", |it| it.1)
                .trim_matches(['"', '\'', ' ', '/']);
            let ids = ids.split(['"', '\'']).next().unwrap_or("");
            let found: Vec<_> =
                ids.split(',').filter_map(|it| self.pictures.get(it.trim())).collect();
            out += before;
            if found.is_empty() {
                out += &format!("[gallery {args}]");
            }
            for (url, alt) in found {
                out += &format!(
                    "\n\n<figure><img src=\"{url}\" alt=\"{}\"></figure>\n\n",
                    alt.replace('"', "'")
                );
            }
            rest = after;
        }
        out + rest
    }
}

/// Reads an export item by item and gives back the channel's own elements. A file that ends
/// too soon gives what it holds.
fn items(
    path: &Path,
    take: &mut dyn FnMut(&WxrItem) -> anyhow::Result<()>,
) -> anyhow::Result<WxrItem> {
    let mut reader = Reader::from_reader(disk::open_archived(path)?);
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    let mut channel = WxrItem::default();
    let mut item: Option<WxrItem> = None;
    let mut open: Vec<String> = Vec::new();
    let mut text = String::new();
    let mut term: Option<String> = None;
    let mut meta_key = String::new();
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        let event = event.with_context(|| {
            format!(
                "{} is not well-formed XML at byte {}",
                path.display(),
                reader.error_position()
            )
        })?;
        match event {
            Event::Start(it) => {
                let name = it.name().as_ref().to_owned();
                if name == "item" {
                    item = Some(WxrItem::default());
                }
                if name == "category" {
                    let domain = it.try_get_attribute("domain").ok().flatten();
                    term = domain.map(|it| it.value.to_string());
                }
                text.clear();
                open.push(name);
            }
            Event::Text(it) => text += &it.xml10_content(),
            Event::CData(it) => text += &it.xml10_content(),
            Event::GeneralRef(it) => text += &entity(&it),
            Event::End(_) => {
                let Some(name) = open.pop() else { continue };
                let into = item.as_mut().unwrap_or(&mut channel);
                match name.as_str() {
                    "item" => {
                        if let Some(item) = item.take() {
                            take(&item)?;
                        }
                    }
                    "category" => into
                        .terms
                        .extend(term.take().map(|it| (it, text.trim().to_owned()))),
                    "wp:meta_key" => text.trim().clone_into(&mut meta_key),
                    "wp:meta_value" => {
                        into.meta.insert(
                            std::mem::take(&mut meta_key),
                            text.trim().to_owned(),
                        );
                    }
                    _ if open.iter().any(|it| it == "wp:comment" || it == "image") => {}
                    _ => into.fields.push((name, std::mem::take(&mut text))),
                }
                text.clear();
            }
            Event::Eof => return Ok(channel),
            _ => {}
        }
    }
}

/// `&amp;`, `&#8217;` and the like.
fn entity(it: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = it.resolve_char_ref() {
        return c.to_string();
    }
    crate::import::plain::of_html(&format!("&{};", it.xml10_content()))
}

/// Kinds of items that are parts of the program itself.
const NO_TEXTS: &[&str] = &[
    "nav_menu_item",
    "revision",
    "custom_css",
    "customize_changeset",
    "wp_global_styles",
    "wp_navigation",
    "wp_template",
    "wp_template_part",
    "oembed_cache",
    "wp_block",
];

/// What becomes of an item of a kind, published or not.
fn sort_of(kind: &str, status: &str) -> Sort {
    let is_gone = matches!(status, "trash" | "auto-draft" | "inherit");
    match kind {
        _ if is_gone || NO_TEXTS.contains(&kind) => Sort::Nothing(Construct::Unpublished),
        "post" => Sort::Dated,
        "page" => Sort::Undated,
        _ => Sort::Either,
    }
}

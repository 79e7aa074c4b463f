//! Exports of Ghost: JSON, read post by post.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::Value;

use crate::disk;
use crate::import::folder::TakePost;
use crate::import::post::{Markup, OldSite, Post, Sort};
use crate::import::settings;
use crate::import::value::HeadValue;

/// An export of Ghost.
#[derive(Debug)]
pub(crate) struct Ghost {
    pub(crate) site: OldSite,
    path: PathBuf,
    /// Names of tags and of authors, by the number of a post, in order.
    tags: BTreeMap<String, Vec<String>>,
    authors: BTreeMap<String, Vec<String>>,
    /// What stands beside a post: descriptions of its picture.
    meta: BTreeMap<String, Value>,
}

impl Ghost {
    /// Reads everything but the posts.
    pub(crate) fn open(path: &Path) -> anyhow::Result<Ghost> {
        let mut site = OldSite::default();
        let mut names: BTreeMap<(String, String), String> = BTreeMap::new();
        let mut joins: Vec<(String, Value)> = Vec::new();
        let mut meta = BTreeMap::new();
        rows(path, &mut |table, row| {
            match table {
                "tags" | "users" => {
                    let name = text(&row, "name");
                    // A name with `#` is a tag of the desk's own, never shown.
                    if !name.starts_with('#') {
                        names.insert((table.to_owned(), text(&row, "id")), name);
                    }
                    if table == "users" {
                        settings::people(&mut site, &HeadValue::List(vec![row.into()]));
                    }
                }
                "posts_tags" | "posts_authors" => joins.push((table.to_owned(), row)),
                "posts_meta" => {
                    meta.insert(text(&row, "post_id"), row);
                }
                "settings" => of_setting(&mut site, &row),
                _ => {}
            }
            Ok(())
        })?;
        joins.sort_by_key(|(_, row)| row["sort_order"].as_i64().unwrap_or(0));
        let mut ghost = Ghost {
            site,
            path: path.to_owned(),
            tags: BTreeMap::new(),
            authors: BTreeMap::new(),
            meta,
        };
        ghost.site.feeds = vec!["/rss/".to_owned()];
        for (table, row) in joins {
            let post = text(&row, "post_id");
            let (of, key, into) = match table.as_str() {
                "posts_tags" => ("tags", "tag_id", &mut ghost.tags),
                _ => ("users", "author_id", &mut ghost.authors),
            };
            if let Some(name) = names.get(&(of.to_owned(), text(&row, key))) {
                into.entry(post).or_default().push(name.clone());
            }
        }
        Ok(ghost)
    }

    /// Hands on every post, in order.
    pub(crate) fn each(&self, take: &mut TakePost<'_>) -> anyhow::Result<()> {
        rows(&self.path, &mut |table, row| match table {
            "posts" => take(Ok(self.post(&row))),
            _ => Ok(()),
        })
    }

    fn post(&self, row: &Value) -> Post {
        let id = text(row, "id");
        let slug = text(row, "slug");
        let is_page = text(row, "type") == "page"
            || row["page"].as_bool() == Some(true)
            || row["page"].as_i64() == Some(1);
        let published = ["published_at", "created_at"].map(|it| text(row, it));
        let mut pairs: Vec<(String, HeadValue)> = Vec::new();
        let mut put = |key: &str, value: String| {
            if !value.is_empty() {
                pairs.push((key.to_owned(), HeadValue::Text(value)));
            }
        };
        put("title", text(row, "title"));
        put("date", published.into_iter().find(|it| !it.is_empty()).unwrap_or_default());
        put("updated", text(row, "updated_at"));
        put("excerpt", text(row, "custom_excerpt"));
        put("canonical_url", text(row, "canonical_url"));
        put("image", here(&text(row, "feature_image")));
        put("language", text(row, "locale"));
        if let Some(meta) = self.meta.get(&id) {
            put("image_alt", text(meta, "feature_image_alt"));
            put("image_caption", text(meta, "feature_image_caption"));
        }
        for (key, names) in
            [("tags", self.tags.get(&id)), ("authors", self.authors.get(&id))]
        {
            let names =
                names.into_iter().flatten().cloned().map(HeadValue::Text).collect();
            pairs.push((key.to_owned(), HeadValue::List(names)));
        }
        let html = text(row, "html");
        let is_html = !html.is_empty();
        Post {
            file: format!("post {}", if slug.is_empty() { &id } else { &slug }),
            sort: if is_page { Sort::Undated } else { Sort::Dated },
            pairs,
            text: here(&if is_html { html } else { text(row, "plaintext") }),
            markup: if is_html { Markup::Html } else { Markup::Markdown },
            addresses: vec![format!("/{slug}/")],
            name: slug,
            is_draft: !matches!(
                text(row, "status").as_str(),
                "published" | "scheduled" | "sent"
            ),
            ..Post::default()
        }
    }
}

/// What Ghost writes for the address of its own site.
fn here(text: &str) -> String {
    text.replace("__GHOST_URL__", "")
}

fn text(row: &Value, key: &str) -> String {
    match &row[key] {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn of_setting(site: &mut OldSite, row: &Value) {
    let value = Some(text(row, "value")).filter(|it| !it.is_empty());
    match text(row, "key").as_str() {
        "title" => site.title = value,
        "description" => site.description = value,
        "timezone" | "active_timezone" => site.zone = value,
        "lang" | "default_locale" | "locale" => site.language = value,
        "url" => site.url = value,
        _ => {}
    }
}

/// Where a row goes: the table, and the row.
type Rows<'a> = dyn FnMut(&str, Value) -> anyhow::Result<()> + 'a;

/// Hands on every row of every table; never the whole file at once.
fn rows(path: &Path, take: &mut Rows<'_>) -> anyhow::Result<()> {
    let mut deserializer =
        serde_json::Deserializer::from_reader(disk::open_archived(path)?);
    let within = Within { spot: Spot::Top, table: "", take };
    within
        .deserialize(&mut deserializer)
        .with_context(|| format!("cannot read {} as an export of Ghost", path.display()))
}

/// How deep in an export: `{db: [{data: {TABLE: [row]}}]}`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spot {
    Top,
    Export,
    Tables,
    Table,
}

struct Within<'a, 'b> {
    spot: Spot,
    table: &'a str,
    take: &'a mut Rows<'b>,
}

impl<'de> DeserializeSeed<'de> for Within<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Within<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the tables of an export of Ghost")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let spot = match (self.spot, key.as_str()) {
                (Spot::Top, "db") => Spot::Export,
                (Spot::Top | Spot::Export, "data") => Spot::Tables,
                (Spot::Tables, _) => Spot::Table,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            map.next_value_seed(Within { spot, table: &key, take: self.take })?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        if self.spot != Spot::Table {
            while let Some(()) = seq.next_element_seed(Within {
                spot: self.spot,
                table: "",
                take: self.take,
            })? {}
            return Ok(());
        }
        while let Some(row) = seq.next_element::<Value>()? {
            (self.take)(self.table, row)
                .map_err(|it| A::Error::custom(format!("{it:#}")))?;
        }
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
}

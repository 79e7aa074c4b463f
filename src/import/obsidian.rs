//! Vaults of Obsidian: notes that link to each other by name.

use crate::import::dates;
use crate::import::folder::{Folder, TakePost};
use crate::import::head::{self, HeadStyle};
use crate::import::map::ImportMap;
use crate::import::post::{Markup, OldSite, Post, Sort, has_ending};
use crate::import::remark::Remark;
use crate::import::settings;
use crate::import::value::{HeadValue, find};

/// A vault.
#[derive(Debug)]
pub(crate) struct Vault {
    pub(crate) site: OldSite,
    /// Folders whose notes are entities, and their kind.
    entities: Vec<(String, String)>,
}

/// Folders, tags and types by which a note is known as an entity.
const KINDS: &[(&str, &[&str])] = &[
    ("person", &["person", "people", "persons", "contacts"]),
    (
        "organization",
        &[
            "organization",
            "organizations",
            "organisation",
            "organisations",
            "org",
            "orgs",
            "companies",
            "company",
        ],
    ),
    ("place", &["place", "places", "location", "locations"]),
    ("event", &["event", "events"]),
    ("law", &["law", "laws"]),
    ("work", &["work", "works"]),
];

impl Vault {
    /// A vault has no settings that matter here; its name is the folder's.
    pub(crate) fn open(folder: &Folder, map: &ImportMap) -> Vault {
        let name = folder.root.file_name().map(|it| it.to_string_lossy().into_owned());
        let site = OldSite { title: name.filter(|it| it != "."), ..OldSite::default() };
        let entities = map.entities.iter();
        let entities = entities
            .map(|(name, kind)| (name.trim_matches('/').to_lowercase(), kind.clone()));
        Vault { site, entities: entities.collect() }
    }

    /// Hands on every note, by path.
    pub(crate) fn each(
        &self,
        folder: &Folder,
        take: &mut TakePost<'_>,
    ) -> anyhow::Result<()> {
        for file in &folder.files {
            let first = file.path.split('/').next().unwrap_or("").to_lowercase();
            if !has_ending(&file.path, &["md"])
                || matches!(first.as_str(), "templates" | "_templates")
            {
                continue;
            }
            match folder.read(file) {
                Ok((text, remarks)) => take(Ok(self.post(&file.path, &text, remarks)))?,
                Err(remark) => take(Err(remark))?,
            }
        }
        Ok(())
    }

    fn post(&self, path: &str, text: &str, mut remarks: Vec<Remark>) -> Post {
        let mut head = head::split(text, HeadStyle::Fenced);
        remarks.append(&mut head.remarks);
        let (folder, file_name) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = file_name.strip_suffix(".md").unwrap_or(file_name);
        let mut pairs = head.pairs;
        let (body, tags) = tag_lines(&text[head.body..]);
        if !tags.is_empty() {
            let written = settings::texts(find(&pairs, "tags"));
            let all = written.into_iter().flat_map(|it| {
                it.split(',').map(|it| it.trim().to_owned()).collect::<Vec<_>>()
            });
            let all = all.chain(tags).map(HeadValue::Text).collect();
            pairs.push(("tags".to_owned(), HeadValue::List(all)));
        }
        let (day, name) = match dates::of_name(stem.split(' ').next().unwrap_or(stem)) {
            Some((day, _)) => (
                Some(day),
                stem.get(10..).unwrap_or("").trim_start_matches(['-', ' ', '_']),
            ),
            None => (None, stem),
        };
        let name = if name.is_empty() { stem } else { name };
        if find(&pairs, "title").is_none() {
            pairs.push(("title".to_owned(), HeadValue::Text(name.to_owned())));
        }
        let mut names = vec![stem.to_owned(), path.to_owned()];
        names.extend(settings::texts(find(&pairs, "aliases")));
        let sort = self.kind_of(folder, &pairs).map_or(Sort::Either, Sort::Entity);
        Post {
            file: path.to_owned(),
            lines_above: text[..head.body].matches('\n').count(),
            text: body,
            markup: Markup::Vault,
            name: name.to_owned(),
            day,
            folder: folder.to_owned(),
            names,
            sort,
            pairs,
            remarks,
            ..Post::default()
        }
    }

    /// The kind of entity that a note is about, by the desk's map, by `type:` or `kind:`, by a
    /// tag, by its folder.
    fn kind_of(&self, folder: &str, pairs: &[(String, HeadValue)]) -> Option<String> {
        let folder = folder.to_lowercase();
        if let Some((_, kind)) = self.entities.iter().find(|it| folder.starts_with(&it.0))
        {
            return Some(kind.clone());
        }
        let mut words: Vec<String> = ["kind", "type", "tags", "tag"]
            .iter()
            .flat_map(|key| settings::texts(find(pairs, key)))
            .map(|it| it.trim_start_matches('#').to_lowercase())
            .collect();
        words.extend(folder.rsplit('/').next().map(str::to_owned));

        words.iter().find_map(|word| {
            KINDS
                .iter()
                .find(|(_, names)| names.contains(&word.as_str()))
                .map(|it| it.0.to_owned())
        })
    }
}

/// The text without lines that hold tags and nothing else, and those tags.
fn tag_lines(text: &str) -> (String, Vec<String>) {
    let mut tags = Vec::new();
    let is_tag = |word: &str| {
        let name = word.strip_prefix('#').unwrap_or("");
        !name.is_empty()
            && name.chars().all(|c| c.is_alphanumeric() || "-_/".contains(c))
            && name.chars().any(char::is_alphabetic)
    };
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let mut words = line.split_whitespace().peekable();
        if words.peek().is_some() && line.split_whitespace().all(is_tag) {
            tags.extend(words.map(|it| it.trim_start_matches('#').to_owned()));
        } else {
            out += line;
        }
    }
    (out, tags)
}

//! Archives of Hugo and Zola: `content/` with sections and bundles.

use crate::import::dates::{self, OldDate};
use crate::import::folder::{Folder, TakePost};
use crate::import::head::{self, HeadStyle};
use crate::import::map::ImportMap;
use crate::import::permalink::{self, Filling};
use crate::import::post::{Markup, OldSite, Post, Sort};
use crate::import::registry::is_body;
use crate::import::remark::{Construct, Remark};
use crate::import::settings;
use crate::import::value::{HeadValue, Pairs, find};

/// An archive of Hugo or Zola, which have the same shape and differ in their addresses.
#[derive(Debug)]
pub(crate) struct Sections {
    pub(crate) site: OldSite,
    is_zola: bool,
    settings: HeadValue,
    /// The content folder, with a slash at its end.
    content: String,
    /// Folders whose texts are entities, and their kind.
    entities: Vec<(String, String)>,
    /// Languages that are in names of files or the first folder.
    languages: Vec<String>,
}

const SETTINGS: &[&str] = &[
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "zola.toml",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
    "config/_default/hugo.toml",
    "config/_default/config.toml",
    "config/_default/hugo.yaml",
    "config/_default/config.yaml",
];

/// The languages of a site: in its settings, or in files of their own beside them.
fn languages(folder: &Folder, settings: &HeadValue) -> Vec<String> {
    let keys = |table: &HeadValue| match table {
        HeadValue::Table(pairs) => pairs.iter().map(|it| it.0.to_lowercase()).collect(),
        _ => Vec::new(),
    };
    let mut languages: Vec<String> =
        settings.get("languages").map(keys).unwrap_or_default();
    for file in &folder.files {
        let Some(name) = file.path.strip_prefix("config/_default/languages.") else {
            continue;
        };
        match name.rsplit_once('.') {
            Some((language, _)) => languages.push(language.to_lowercase()),
            None => {
                if let Ok((text, _)) = folder.read(file) {
                    let table = settings::read(&file.path, &text, &mut Vec::new());
                    languages.extend(keys(&table));
                }
            }
        }
    }
    languages
}

impl Sections {
    /// Reads the settings.
    pub(crate) fn open(folder: &Folder, map: &ImportMap, is_zola: bool) -> Sections {
        let mut site = OldSite::default();
        let mut settings = HeadValue::Table(Vec::new());
        for name in SETTINGS {
            if let Some(text) = folder.text(name) {
                settings = settings::read(name, &text, &mut site.remarks);
                break;
            }
        }
        settings::of_site(&mut site, &settings);
        site.base = site
            .url
            .as_deref()
            .and_then(|it| it.split_once("//"))
            .map_or(String::new(), |it| {
                it.1.split_once('/').map_or(String::new(), |it| format!("/{}", it.1))
            });
        let feeds: &[&str] =
            if is_zola { &["/atom.xml", "/rss.xml"] } else { &["/index.xml"] };
        site.feeds = feeds.iter().map(|it| (*it).to_owned()).collect();
        for name in [
            "data/authors.toml",
            "data/authors.yaml",
            "data/authors.yml",
            "data/authors.json",
        ] {
            if let Some(text) = folder.text(name) {
                let people = settings::read(name, &text, &mut site.remarks);
                settings::people(&mut site, &people);
            }
        }
        let languages = languages(folder, &settings);
        let content = settings.text_of("contentdir").unwrap_or("content".to_owned());
        let entities = map.entities.iter();
        let entities = entities
            .map(|(name, kind)| (name.trim_matches('/').to_owned(), kind.clone()));
        Sections {
            site,
            is_zola,
            settings,
            content: format!("{}/", content.trim_matches('/')),
            entities: entities.collect(),
            languages,
        }
    }

    /// Hands on every text, by path.
    pub(crate) fn each(
        &self,
        folder: &Folder,
        take: &mut TakePost<'_>,
    ) -> anyhow::Result<()> {
        let is_text = |path: &str| {
            let ending = path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
            matches!(ending.as_str(), "md" | "markdown" | "mdown" | "html" | "htm")
        };
        for file in &folder.files {
            if !file.path.starts_with(&self.content) || !is_text(&file.path) {
                continue;
            }
            match folder.read(file) {
                Ok((text, remarks)) => {
                    if let Some(post) = self.post(&file.path, &text, remarks) {
                        take(Ok(post))?;
                    }
                }
                Err(remark) => take(Err(remark))?,
            }
        }
        Ok(())
    }

    /// Folders whose files lay at the root of the old site.
    pub(crate) fn roots(&self) -> Vec<String> {
        let roots = ["static/", "assets/", self.content.as_str(), ""];
        roots.iter().map(|it| (*it).to_owned()).collect()
    }

    fn post(&self, path: &str, text: &str, mut remarks: Vec<Remark>) -> Option<Post> {
        let mut head = head::split(text, HeadStyle::Fenced);
        let is_html = path.ends_with("html") || path.ends_with("htm");
        if !head.is_there && is_html {
            return None; // a resource of a bundle
        }
        remarks.append(&mut head.remarks);
        let within = path.strip_prefix(&self.content).unwrap_or(path);
        let (folder, file_name) = within.rsplit_once('/').unwrap_or(("", within));
        let stem = file_name.rsplit_once('.').map_or(file_name, |it| it.0);
        let (stem, of_name) = self.language_of(stem);
        let (of_folder, folder) = match folder.split_once('/').unwrap_or((folder, "")) {
            (first, rest) if self.languages.iter().any(|it| it == first) => {
                (Some(first), rest)
            }
            _ => (None, folder),
        };
        let is_section = stem == "_index";
        let is_bundle = stem == "index" && !folder.is_empty();
        let (folders, name) = match folder.rsplit_once('/') {
            _ if !is_section && !is_bundle => (folder, stem),
            Some((folders, name)) => (folders, name),
            None => ("", folder),
        };
        let mut pairs = flattened(head.pairs);
        if let Some(language) = of_name.or(of_folder)
            && find(&pairs, "language").is_none()
            && self.site.language.as_deref() != Some(language)
        {
            pairs.push(("language".to_owned(), HeadValue::Text(language.to_owned())));
        }
        let (day, bare) = match dates::of_name(name) {
            Some((day, rest)) if !rest.is_empty() => (Some(day), rest),
            Some((day, _)) => (Some(day), name),
            None => (None, name),
        };
        let address_name = if self.is_zola { bare } else { name };
        let body = &text[head.body..];
        let mut post = Post {
            file: path.to_owned(),
            lines_above: text[..head.body].matches('\n').count(),
            text: body.to_owned(),
            markup: if is_html { Markup::Html } else { Markup::Markdown },
            name: bare.to_owned(),
            day,
            folder: path.rsplit_once('/').map_or("", |it| it.0).to_owned(),
            names: vec![within.to_owned(), name.to_owned(), format!("{folders}/{name}")],
            pairs,
            remarks,
            ..Post::default()
        };
        post.sort = self.sort(&post, folders, is_section, body);
        post.addresses =
            self.addresses(&post, folders, address_name, of_name.or(of_folder));
        Some(post)
    }

    /// `strike.de` is `strike` in German.
    fn language_of<'a>(&self, stem: &'a str) -> (&'a str, Option<&'a str>) {
        match stem.rsplit_once('.') {
            Some((name, language))
                if self.languages.iter().any(|it| it == language)
                    || language.len() == 2
                        && language.bytes().all(|it| it.is_ascii_lowercase()) =>
            {
                (name, Some(language))
            }
            _ => (stem, None),
        }
    }

    fn sort(&self, post: &Post, folders: &str, is_section: bool, body: &str) -> Sort {
        let truth = |key: &str| find(&post.pairs, key).and_then(HeadValue::truth);
        if truth("headless") == Some(true) || truth("render") == Some(false) {
            return Sort::Nothing(Construct::Unpublished);
        }
        let first = folders.split('/').next().unwrap_or("");
        let entity =
            self.entities.iter().find(|it| it.0 == first || folders.starts_with(&it.0));
        if let Some((_, kind)) = entity {
            return Sort::Entity(kind.clone());
        }
        if is_section && matches!(first, "authors" | "author") {
            let title = find(&post.pairs, "title").and_then(HeadValue::text);
            let is_body = is_body(title.as_deref().unwrap_or(&post.name));
            return Sort::Entity(
                if is_body { "organization" } else { "person" }.to_owned(),
            );
        }
        if is_section {
            // A list of its own texts; the book makes those by itself.
            let is_empty = body.trim().is_empty();
            return if is_empty {
                Sort::Nothing(Construct::NoText)
            } else {
                Sort::Undated
            };
        }
        Sort::Either
    }

    /// The addresses of a text, as the old program made them.
    fn addresses(
        &self,
        post: &Post,
        folders: &str,
        name: &str,
        language: Option<&str>,
    ) -> Vec<String> {
        let text = |key: &str| find(&post.pairs, key).and_then(HeadValue::text);
        let own = text("url").or_else(|| if self.is_zola { text("path") } else { None });
        let slug = text("slug").unwrap_or_else(|| name.to_owned());
        let date = text("date")
            .and_then(|it| dates::read(&it))
            .or_else(|| post.day.map(OldDate::of_day));
        let title = text("title").unwrap_or_default();
        let section = folders.split('/').next().unwrap_or("");
        let main = self.site.language.as_deref().and_then(|it| it.split('-').next());
        let prefix = language.filter(|it| main != Some(it));
        let prefix = prefix.map_or(String::new(), |it| format!("/{it}"));
        let pattern = self.settings.get("permalinks").and_then(|it| {
            it.text_of(section)
                .or_else(|| it.get("page").and_then(|it| it.text_of(section)))
        });
        let with = Filling {
            date: date.as_ref(),
            slug: &slug,
            title: &title,
            name,
            categories: &[],
            path: folders.strip_prefix(section).unwrap_or("").trim_start_matches('/'),
            collection: section,
        };
        let is_ugly =
            self.settings.get("uglyurls").and_then(HeadValue::truth) == Some(true);
        let plain = |it: &str| it.trim().to_lowercase().replace(' ', "-");
        let address = match (own, pattern) {
            (Some(own), _) if own.starts_with('/') => own,
            (Some(own), _) => format!("/{own}"),
            (None, Some(pattern)) => permalink::filled(&pattern, &with),
            (None, None) => {
                let path = format!("{}/{}", plain(folders), plain(&slug));
                let path = path.trim_matches('/');
                match path {
                    "_index" | "index" | "" => "/".to_owned(),
                    path if is_ugly => format!("/{path}.html"),
                    path => format!("/{path}/"),
                }
            }
        };
        let address =
            if prefix.is_empty() { address } else { format!("{prefix}{address}") };
        let parent = address.trim_end_matches('/').rsplit_once('/');
        let parent = parent.map_or(String::new(), |it| it.0.to_owned());
        let mut addresses = vec![address];
        addresses.extend(self.aliases(post, &parent));
        addresses
    }

    /// The further addresses of a text, those without a slash from where it lies.
    fn aliases(&self, post: &Post, parent: &str) -> Vec<String> {
        let aliases = settings::texts(find(&post.pairs, "aliases")).into_iter();
        let address = |alias: String| {
            let is_whole = alias.starts_with('/') || self.is_zola;
            let alias = alias.trim_start_matches("../").trim_start_matches('/');
            if is_whole { format!("/{alias}") } else { format!("{parent}/{alias}") }
        };
        aliases.map(address).collect()
    }
}

/// A head with what stands in its tables `taxonomies`, `params`, `extra` and `build` as keys
/// of its own.
fn flattened(pairs: Pairs) -> Pairs {
    let mut flat = Vec::new();
    for (key, value) in pairs {
        match value {
            HeadValue::Table(inner)
                if matches!(
                    key.to_ascii_lowercase().as_str(),
                    "taxonomies" | "params" | "extra" | "build" | "_build"
                ) =>
            {
                flat.extend(inner);
            }
            value => flat.push((key, value)),
        }
    }
    flat
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn addresses_are_those_that_hugo_and_zola_made() {
        let empty = Folder { root: PathBuf::new(), files: Vec::new() };
        let cases = [
            (
                false,
                "content/posts/Dock Strike.md",
                "+++\ntitle = \"x\"\n+++\n",
                "/posts/dock-strike/",
            ),
            (
                false,
                "content/posts/strike/index.md",
                "---\nslug: other\n---\n",
                "/posts/other/",
            ),
            (false, "content/about.md", "---\ntitle: x\n---\n", "/about/"),
            (false, "content/posts/_index.md", "---\ntitle: x\n---\nText", "/posts/"),
            (false, "content/posts/a.md", "{\"url\": \"/old.html\"}\n", "/old.html"),
            (true, "content/blog/2024-02-01-strike.md", "+++\n+++\n", "/blog/strike/"),
            (true, "content/blog/x.md", "+++\npath = \"a/b\"\n+++\n", "/a/b"),
            (false, "content/_index.md", "---\n---\nText", "/"),
        ];
        for (is_zola, path, text, expected) in cases {
            let sections = Sections::open(&empty, &ImportMap::default(), is_zola);
            let post = sections.post(path, text, Vec::new()).unwrap();
            assert_eq!(post.addresses, [expected], "{path}");
        }
    }
}

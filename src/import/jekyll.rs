//! Archives of Jekyll: `_posts`, `_drafts`, collections, pages, `_config.yml`, `_data`.

use std::collections::BTreeMap;

use crate::import::dates::{self, OldDate};
use crate::import::folder::{Folder, TakePost};
use crate::import::head::{self, HeadStyle};
use crate::import::map::ImportMap;
use crate::import::permalink::{self, Filling};
use crate::import::post::{Markup, OldSite, Post, Sort};
use crate::import::remark::{Construct, Remark};
use crate::import::settings;
use crate::import::value::{HeadValue, Pairs, find};

/// An archive of Jekyll.
#[derive(Debug)]
pub(crate) struct Jekyll {
    pub(crate) site: OldSite,
    settings: HeadValue,
    /// Collections beside posts, by name.
    collections: Vec<String>,
    /// Collections whose texts are entities, and their kind.
    entities: BTreeMap<String, String>,
}

impl Jekyll {
    /// Reads the settings and data files.
    pub(crate) fn open(folder: &Folder, map: &ImportMap) -> Jekyll {
        let mut site = OldSite::default();
        let mut settings = HeadValue::Table(Vec::new());
        for name in ["_config.yml", "_config.yaml", "_config.toml"] {
            if let Some(text) = folder.text(name) {
                settings = settings::read(name, &text, &mut site.remarks);
                break;
            }
        }
        settings::of_site(&mut site, &settings);
        let base = settings.text_of("baseurl").unwrap_or_default();
        base.trim_end_matches('/').clone_into(&mut site.base);
        if let (Some(url), base) = (&mut site.url, &site.base)
            && !base.is_empty()
            && !url.ends_with(base.as_str())
        {
            url.push_str(base);
        }
        site.feeds = vec!["/feed.xml".to_owned(), "/atom.xml".to_owned()];
        for name in [
            "_data/authors.yml",
            "_data/authors.yaml",
            "_data/authors.json",
            "_data/people.yml",
        ] {
            if let Some(text) = folder.text(name) {
                let people = settings::read(name, &text, &mut site.remarks);
                settings::people(&mut site, &people);
            }
        }
        let mut collections = match settings.get("collections") {
            Some(HeadValue::Table(pairs)) => {
                pairs.iter().map(|it| it.0.clone()).collect()
            }
            Some(HeadValue::List(items)) => {
                items.iter().filter_map(HeadValue::text).collect()
            }
            _ => Vec::new(),
        };
        collections.retain(|it| it != "posts" && it != "drafts");
        let entities = map.entities.iter();
        let entities: BTreeMap<String, String> = entities
            .map(|(name, kind)| (name.trim_matches(['_', '/']).to_owned(), kind.clone()))
            .collect();
        for name in collections.iter().filter(|it| !entities.contains_key(*it)) {
            site.remarks.push(Remark::of(Construct::OfferedEntity, name));
        }
        Jekyll { site, settings, collections, entities }
    }

    /// Hands on every text, by path.
    pub(crate) fn each(
        &self,
        folder: &Folder,
        take: &mut TakePost<'_>,
    ) -> anyhow::Result<()> {
        for file in &folder.files {
            let Some(place) = self.place(&file.path) else { continue };
            match folder.read(file) {
                Ok((text, remarks)) => {
                    if let Some(post) = self.post(&file.path, &text, &place, remarks) {
                        take(Ok(post))?;
                    }
                }
                Err(remark) => take(Err(remark))?,
            }
        }
        Ok(())
    }

    /// What a file is; `None` for one that holds no text.
    fn place(&self, path: &str) -> Option<JekyllPlace> {
        let ending = path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
        let is_markdown =
            matches!(ending.as_str(), "md" | "markdown" | "mkd" | "mkdown" | "mkdn");
        if !is_markdown && !matches!(ending.as_str(), "html" | "htm") {
            return None;
        }
        let parts: Vec<&str> = path.split('/').collect();
        let folders = &parts[..parts.len() - 1];
        if let Some(at) =
            folders.iter().position(|it| *it == "_posts" || *it == "_drafts")
        {
            return Some(JekyllPlace::Post {
                categories: folders[..at].iter().map(|it| (*it).to_owned()).collect(),
                is_draft: folders[at] == "_drafts",
            });
        }
        let under = folders.iter().find_map(|it| it.strip_prefix('_'));
        match under {
            Some(name) if self.collections.iter().any(|it| it == name) => {
                Some(JekyllPlace::Collection(name.to_owned()))
            }
            Some(_) => None,
            None if is_noise(parts[parts.len() - 1], folders) => None,
            None => Some(JekyllPlace::Page),
        }
    }

    fn post(
        &self,
        path: &str,
        text: &str,
        place: &JekyllPlace,
        mut remarks: Vec<Remark>,
    ) -> Option<Post> {
        let mut head = head::split(text, HeadStyle::Fenced);
        if !head.is_there && !matches!(place, JekyllPlace::Post { .. }) {
            return None; // Jekyll copies it as it is
        }
        remarks.append(&mut head.remarks);
        let body = &text[head.body..];
        let is_html = path.ends_with("html") || path.ends_with("htm");
        let is_filled = matches!(place, JekyllPlace::Page)
            && LOOPS.iter().any(|it| body.contains(it));
        let file_name = path.rsplit('/').next().unwrap_or(path);
        let stem = file_name.rsplit_once('.').map_or(file_name, |it| it.0);
        let (day, name) =
            dates::of_name(stem).map_or((None, stem), |(day, name)| (Some(day), name));
        let folder = path.rsplit_once('/').map_or("", |it| it.0);
        let mut pairs = self.defaults(path, place);
        pairs.extend(head.pairs);
        let mut post = Post {
            file: path.to_owned(),
            lines_above: text[..head.body].matches('\n').count(),
            text: body.to_owned(),
            markup: if is_html { Markup::Html } else { Markup::Markdown },
            name: name.to_owned(),
            day,
            folder: folder.to_owned(),
            pairs,
            remarks,
            ..Post::default()
        };
        match place {
            JekyllPlace::Post { categories, is_draft } => {
                post.sort = Sort::Dated;
                post.is_draft = *is_draft;
                post.names = vec![stem.to_owned(), name.to_owned()];
                let joined = format!("{}/{stem}", categories.join("/"));
                post.names.push(joined.trim_start_matches('/').to_owned());
                let items: Vec<_> =
                    categories.iter().cloned().map(HeadValue::Text).collect();
                if !items.is_empty() {
                    let key = "folder-categories".to_owned();
                    post.pairs.insert(0, (key, HeadValue::List(items)));
                }
            }
            JekyllPlace::Collection(name) => {
                post.sort = self.collection_sort(name, &post.pairs);
            }
            JekyllPlace::Page if is_filled => {
                post.sort = Sort::Nothing(Construct::NoText);
            }
            JekyllPlace::Page => {}
        }
        split_words(&mut post.pairs);
        post.addresses = self.addresses(&post, place);
        settle_categories(&mut post);
        Some(post)
    }

    /// An entry of a collection is an entity if the desk says so, dated if it has a date, else
    /// a page.
    fn collection_sort(&self, name: &str, pairs: &Pairs) -> Sort {
        let has_date = find(pairs, "date").is_some_and(|it| *it != HeadValue::Null);
        match self.entities.get(name) {
            Some(kind) => Sort::Entity(kind.clone()),
            None if has_date => Sort::Dated,
            None => Sort::Undated,
        }
    }

    /// What `defaults:` in the settings gives to a file.
    fn defaults(&self, path: &str, place: &JekyllPlace) -> Pairs {
        let kind = match place {
            JekyllPlace::Post { is_draft: true, .. } => "drafts",
            JekyllPlace::Post { .. } => "posts",
            JekyllPlace::Collection(name) => name,
            JekyllPlace::Page => "pages",
        };
        let mut pairs = Vec::new();
        for entry in
            self.settings.get("defaults").map(HeadValue::items).unwrap_or_default()
        {
            let scope = |key: &str| {
                entry.get("scope").and_then(|it| it.text_of(key)).unwrap_or_default()
            };
            let (scope_path, scope_type) = (scope("path"), scope("type"));
            let is_in = scope_path.is_empty()
                || path.starts_with(scope_path.trim_matches(['/', '*']));
            if is_in
                && (scope_type.is_empty() || scope_type == kind)
                && let Some(HeadValue::Table(values)) = entry.get("values")
            {
                pairs.extend(values.iter().cloned());
            }
        }
        pairs
    }

    /// The addresses of a text, as Jekyll made them.
    fn addresses(&self, post: &Post, place: &JekyllPlace) -> Vec<String> {
        let mut addresses = Vec::new();
        let own = find(&post.pairs, "permalink").and_then(HeadValue::text);
        let date = find(&post.pairs, "date").and_then(HeadValue::text);
        let date = date
            .and_then(|it| dates::read(&it))
            .or_else(|| post.day.map(OldDate::of_day));
        let slug = find(&post.pairs, "slug").and_then(HeadValue::text);
        let title =
            find(&post.pairs, "title").and_then(HeadValue::text).unwrap_or_default();
        let mut categories: Vec<String> = Vec::new();
        for key in ["folder-categories", "categories", "category"] {
            categories.extend(settings::texts(find(&post.pairs, key)));
        }
        let collection = if let JekyllPlace::Collection(name) = place {
            name.as_str()
        } else {
            "posts"
        };
        let path =
            post.folder.split_once(&format!("_{collection}")).map_or("", |it| it.1);
        let path = format!("{}/", path.trim_matches('/'));
        let with = Filling {
            date: date.as_ref(),
            slug: slug.as_deref().unwrap_or(&post.name),
            title: &title,
            name: &post.name,
            categories: &categories,
            path: path.trim_start_matches('/'),
            collection,
        };
        let site_wide = self.settings.text_of("permalink");
        let of_collection = || {
            let set = self.settings.get("collections")?.get(collection)?;
            set.text_of("permalink")
        };
        let pattern = own.clone().or_else(of_collection).or(match place {
            JekyllPlace::Post { .. } => {
                Some(site_wide.clone().unwrap_or("date".to_owned()))
            }
            JekyllPlace::Collection(_) => {
                Some("/:collection/:path:output_ext".to_owned())
            }
            JekyllPlace::Page => None,
        });
        match pattern {
            Some(pattern) => {
                addresses.push(permalink::filled(named_pattern(&pattern), &with));
            }
            None => addresses.push(page_address(post, site_wide.as_deref())),
        }
        for key in ["redirect_from", "aliases", "alias"] {
            addresses.extend(settings::texts(find(&post.pairs, key)));
        }
        addresses
    }
}

/// Where a file lies in an archive of Jekyll.
enum JekyllPlace {
    Post { categories: Vec<String>, is_draft: bool },
    Collection(String),
    Page,
}

/// Files that are not pages of a site, and those that list what the book lists by itself.
fn is_noise(name: &str, folders: &[&str]) -> bool {
    let name = name.to_ascii_lowercase();
    let stem = name.split('.').next().unwrap_or(&name);
    folders.first().is_some_and(|it| {
        matches!(*it, "vendor" | "node_modules" | "_site" | "bin" | "script")
    }) || folders.is_empty()
        && matches!(
            stem,
            "readme"
                | "license"
                | "licence"
                | "contributing"
                | "changelog"
                | "404"
                | "code_of_conduct"
                | "security"
        )
}

/// The patterns that Jekyll has names for.
fn named_pattern(pattern: &str) -> &str {
    match pattern {
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        own => own,
    }
}

/// The address of a page, which is that of its file.
fn page_address(post: &Post, site_wide: Option<&str>) -> String {
    let stem = post.file.rsplit_once('.').map_or(post.file.as_str(), |it| it.0);
    if let Some(folder) = stem.strip_suffix("index")
        && (folder.is_empty() || folder.ends_with('/'))
    {
        return format!("/{folder}");
    }
    let is_pretty = site_wide.is_some_and(|it| it == "pretty" || it.ends_with('/'));
    if is_pretty { format!("/{stem}/") } else { format!("/{stem}.html") }
}

/// `tags: a b c` is three tags where commas are absent, as Jekyll reads it.
fn split_words(pairs: &mut Pairs) {
    for (key, value) in pairs.iter_mut() {
        if let HeadValue::Text(text) = value
            && matches!(key.to_ascii_lowercase().as_str(), "tags" | "categories")
            && !text.contains(',')
        {
            let words = text.split_whitespace().map(|it| HeadValue::Text(it.to_owned()));
            *value = HeadValue::List(words.collect());
        }
    }
}

/// What a page has that a program fills.
const LOOPS: &[&str] = &["{% for", "{%- for", "{% paginate", "site.posts", "paginator."];

/// The folders of a post are its categories, unless its head names some.
fn settle_categories(post: &mut Post) {
    let at = post.pairs.iter().position(|it| it.0 == "folder-categories");
    let Some((_, folders)) = at.map(|at| post.pairs.remove(at)) else { return };
    let own = find(&post.pairs, "categories").or(find(&post.pairs, "category"));
    if own.is_none() {
        post.pairs.push(("categories".to_owned(), folders));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jekyll(settings: &str) -> Jekyll {
        let settings = settings::read("_config.yml", settings, &mut Vec::new());
        Jekyll {
            site: OldSite::default(),
            settings,
            collections: vec!["people".to_owned()],
            entities: BTreeMap::new(),
        }
    }

    #[test]
    fn addresses_are_those_that_jekyll_made() {
        let cases = [
            (
                "",
                "_posts/2024-02-01-dock-strike.md",
                "---\n---\n",
                "/2024/02/01/dock-strike.html",
            ),
            (
                "permalink: pretty",
                "news/_posts/2024-02-01-x.md",
                "---\n---\n",
                "/news/2024/02/01/x/",
            ),
            (
                "permalink: /:title/",
                "_posts/2024-02-01-x.md",
                "---\ncategories: a b\n---\n",
                "/x/",
            ),
            (
                "",
                "_posts/2024-02-01-x.md",
                "---\ndate: 2024-03-04 10:00\n---\n",
                "/2024/03/04/x.html",
            ),
            (
                "",
                "_posts/2024-02-01-x.md",
                "---\npermalink: /Old%20Name.php\n---\n",
                "/Old%20Name.php",
            ),
            ("", "about.md", "---\n---\n", "/about.html"),
            ("permalink: pretty", "team/index.md", "---\n---\n", "/team/"),
            ("", "_people/ada.md", "---\n---\n", "/people/ada.html"),
        ];
        for (settings, path, text, expected) in cases {
            let jekyll = jekyll(settings);
            let place = jekyll.place(path).unwrap_or_else(|| panic!("{path}"));
            let post = jekyll.post(path, text, &place, Vec::new()).unwrap();
            assert_eq!(post.addresses, [expected], "{settings} {path}");
        }
        assert!(jekyll("").place("_layouts/post.html").is_none());
        assert!(jekyll("").place("assets/x.png").is_none());
    }
}

//! Archives of Eleventy: Markdown and templates with heads, data files beside them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::import::dates;
use crate::import::folder::{Folder, TakePost};
use crate::import::head::{self, HeadStyle};
use crate::import::post::{Markup, OldSite, Post, Sort, has_ending};
use crate::import::remark::{Construct, Remark};
use crate::import::settings;
use crate::import::value::{HeadValue, Pairs, find};

/// An archive of Eleventy.
#[derive(Debug)]
pub(crate) struct Eleventy {
    pub(crate) site: OldSite,
    /// The folder of texts, with a slash at its end, or empty.
    input: String,
    /// What data files give to the texts of a folder.
    defaults: BTreeMap<String, Pairs>,
}

impl Eleventy {
    /// Reads the settings, as far as they can be read without running them, and data files.
    pub(crate) fn open(folder: &Folder) -> Eleventy {
        let configs = [
            "eleventy.config.js",
            "eleventy.config.mjs",
            "eleventy.config.cjs",
            ".eleventy.js",
            ".eleventy.cjs",
        ];
        let config = configs.iter().find_map(|it| folder.hidden(it)).unwrap_or_default();
        let input =
            input_of(folder, &config).map_or(String::new(), |it| format!("{it}/"));
        let mut site = OldSite::default();
        for name in [
            "_data/metadata.json",
            "_data/site.json",
            "_data/metadata.yaml",
            "_data/site.yaml",
        ] {
            if let Some(text) =
                folder.text(&format!("{input}{name}")).or_else(|| folder.text(name))
            {
                let data = settings::read(name, &text, &mut site.remarks);
                settings::of_site(&mut site, &data);
                break;
            }
        }
        site.feeds =
            ["/feed/feed.xml", "/feed.xml", "/feed/"].map(str::to_owned).to_vec();
        let mut defaults = BTreeMap::new();
        for file in &folder.files {
            let (at, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
            let own = at.rsplit('/').next().unwrap_or(at);
            let is_data =
                name == format!("{own}.json") || name == format!("{own}.11tydata.json");
            if is_data
                && let Ok((text, _)) = folder.read(file)
                && let HeadValue::Table(pairs) =
                    settings::read(name, &text, &mut site.remarks)
            {
                defaults.insert(at.to_owned(), pairs);
            }
            // Of a program for data the one thing that matters can be read.
            if name.strip_prefix(own).is_some_and(|it| it.starts_with(".11tydata."))
                && let Ok((text, _)) = folder.read(file)
                && let Some(permalink) = after(&text, "permalink:")
            {
                let pair = ("permalink".to_owned(), HeadValue::Text(permalink));
                defaults.entry(at.to_owned()).or_default().push(pair);
            }
        }
        Eleventy { site, input, defaults }
    }

    /// Folders whose files lay at the root of the old site.
    pub(crate) fn roots(&self) -> Vec<String> {
        vec![
            self.input.clone(),
            "public/".to_owned(),
            "static/".to_owned(),
            String::new(),
        ]
    }

    /// Hands on every text, by path.
    pub(crate) fn each(
        &self,
        folder: &Folder,
        take: &mut TakePost<'_>,
    ) -> anyhow::Result<()> {
        for file in folder.files.iter().filter(|it| it.path.starts_with(&self.input)) {
            let within = file.path.strip_prefix(&self.input).unwrap_or(&file.path);
            let is_noise = within.split('/').any(|it| it.starts_with('_'))
                || !within.contains('/') && is_about_repository(within)
                || within.starts_with("public/") && self.input.is_empty();
            let ending = within.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
            if is_noise
                || !matches!(
                    ending.as_str(),
                    "md" | "markdown" | "html" | "njk" | "liquid"
                )
            {
                continue;
            }
            match folder.read(file) {
                Ok((text, remarks)) => {
                    take(Ok(self.post(&file.path, within, &text, remarks)))?;
                }
                Err(remark) => take(Err(remark))?,
            }
        }
        Ok(())
    }

    fn post(
        &self,
        path: &str,
        within: &str,
        text: &str,
        mut remarks: Vec<Remark>,
    ) -> Post {
        let mut head = head::split(text, HeadStyle::Fenced);
        remarks.append(&mut head.remarks);
        let body = &text[head.body..];
        let folder = path.rsplit_once('/').map_or("", |it| it.0);
        let stem = within.rsplit_once('.').map_or(within, |it| it.0);
        let file_name = stem.rsplit('/').next().unwrap_or(stem);
        let (day, name) = match dates::of_name(file_name) {
            Some((day, rest)) if !rest.is_empty() => (Some(day), rest),
            _ => (None, file_name),
        };
        let mut pairs = Vec::new();
        for (at, _) in folder.match_indices('/').chain([(folder.len(), "")]) {
            pairs.extend(self.defaults.get(&folder[..at]).cloned().unwrap_or_default());
        }
        pairs.extend(head.pairs);
        without_lists_of_the_site(&mut pairs);
        let is_markdown = path.ends_with("md") || path.ends_with("markdown");
        let loops = ["{% for", "{%- for", "collections.", "{% extends"];
        let is_filled = !is_markdown && loops.iter().any(|it| body.contains(it));
        let permalink = find(&pairs, "permalink").cloned();
        let is_unpublished = permalink == Some(HeadValue::Bool(false));
        let (folders, name) = folders_and_name(within, name);
        let date = find(&pairs, "date").and_then(HeadValue::text);
        let date = date.and_then(|it| dates::read(&it)).map(|it| it.day).or(day);
        let own = permalink.and_then(|it| it.text()).map(|it| filled(&it, name, date));
        let is_filled = is_filled
            || own.as_deref().is_some_and(|it| has_ending(it, &["xml", "json", "txt"]));
        let address = own.unwrap_or_else(|| usual_address(folders, name));
        let mut addresses = vec![format!("/{}", address.trim_start_matches('/'))];
        for key in ["redirect_from", "aliases"] {
            addresses.extend(settings::texts(find(&pairs, key)));
        }
        let sort = match (is_filled, is_unpublished) {
            (true, _) => Sort::Nothing(Construct::NoText),
            (false, true) => Sort::Nothing(Construct::Unpublished),
            (false, false) => Sort::Either,
        };
        Post {
            file: path.to_owned(),
            lines_above: text[..head.body].matches('\n').count(),
            text: body.to_owned(),
            markup: if is_markdown { Markup::Markdown } else { Markup::Html },
            name: name.to_owned(),
            day,
            folder: folder.to_owned(),
            names: vec![within.to_owned(), format!("./{path}")],
            sort,
            pairs,
            addresses,
            remarks,
            ..Post::default()
        }
    }
}

/// Whether a file on top is about the repository and no text of the site.
fn is_about_repository(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_uppercase();
    [
        "README",
        "CONTRIBUTING",
        "LICENSE",
        "SECURITY",
        "CODE_OF_CONDUCT",
        "CHANGELOG",
        "AGENTS",
    ]
    .contains(&stem.as_str())
}

/// A permalink with the few values that can be known without running templates.
fn filled(permalink: &str, name: &str, date: Option<Date>) -> String {
    let mut out = permalink.to_owned();
    while let Some((before, rest)) = out.clone().split_once("{{") {
        let Some((expression, after)) = rest.split_once("}}") else { break };
        let value = if expression.contains("fileSlug")
            || expression.contains("slug")
            || expression.contains("title")
        {
            name.to_owned()
        } else if expression.contains("date") {
            of_date(expression, date)
        } else {
            String::new()
        };
        out = format!("{before}{value}{after}");
    }
    out.replace("//", "/")
}

/// The date as a filter writes it: by its pattern, or by what its name says.
fn of_date(expression: &str, date: Option<Date>) -> String {
    let Some(date) = date else { return String::new() };
    let pattern = expression.split(['"', '\'']).nth(1).unwrap_or("");
    if pattern.contains('%') {
        return date.strftime(pattern).to_string();
    }
    let (year, month, day) = (
        format!("{:04}", date.year()),
        format!("{:02}", date.month()),
        format!("{:02}", date.day()),
    );
    match pattern {
        "" if expression.to_ascii_lowercase().contains("year") => year,
        "" => format!("{year}/{month}/{day}"),
        pattern => pattern
            .replace("yyyy", &year)
            .replace("YYYY", &year)
            .replace("MM", &month)
            .replace("LL", &month)
            .replace("dd", &day)
            .replace("DD", &day),
    }
}

/// The text in quotes after a word.
fn after(text: &str, word: &str) -> Option<String> {
    let rest = text.split_once(word)?.1.trim_start();
    let quote = rest.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    let value = rest[1..].split(quote).next()?;
    Some(value.trim_matches(['.', '/']).to_owned()).filter(|it| !it.is_empty())
}

/// Takes out of `tags` what says in which lists of the site a text stands.
fn without_lists_of_the_site(pairs: &mut Vec<(String, HeadValue)>) {
    for (key, value) in &mut *pairs {
        if let (HeadValue::List(items), "tags") = (value, key.as_str()) {
            items.retain(|it| {
                !matches!(
                    it.text().as_deref(),
                    Some("posts" | "post" | "all" | "nav" | "pages")
                )
            });
        }
    }
    pairs.retain(|(key, value)| {
        key != "tags"
            || !matches!(value.text().as_deref(), Some("posts" | "post" | "all"))
    });
}

/// The folder of the texts, as the settings name it or as it is mostly called; `None` for
/// the top.
fn input_of(folder: &Folder, config: &str) -> Option<String> {
    let is_there = |name: &str| folder.files.iter().any(|it| it.path.starts_with(name));
    let is_top = config.contains("input: '.'") || config.contains("input: \".\"");
    let named = after(config, "input:").filter(|it| is_there(&format!("{it}/")));
    let guess = || {
        let usual = ["src", "content", "site"].into_iter();
        usual.map(str::to_owned).find(|it| is_there(&format!("{it}/")))
    };
    let has_texts_on_top = folder.files.iter().any(|it| {
        !it.path.contains('/')
            && has_ending(&it.path, &["md"])
            && !it.path.starts_with("README")
    });
    named.or_else(|| if is_top || has_texts_on_top { None } else { guess() })
}

/// The address of a text that gives none.
fn usual_address(folders: &str, name: &str) -> String {
    match (folders, name) {
        ("", "index") => "/".to_owned(),
        ("", name) => format!("/{name}/"),
        (folders, name) => format!("/{folders}/{name}/"),
    }
}

/// The folders above a text and its name; an `index` is called as its folder.
fn folders_and_name<'a>(within: &'a str, name: &'a str) -> (&'a str, &'a str) {
    let folders = within.rsplit_once('/').map_or("", |it| it.0);
    match (name, folders.rsplit_once('/')) {
        ("index", Some((above, last))) => (above, last),
        ("index", None) if !folders.is_empty() => ("", folders),
        _ => (folders, name),
    }
}

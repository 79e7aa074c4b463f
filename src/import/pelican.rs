//! Archives of Pelican: `pelicanconf.py`, heads of `Key: value`.

use crate::import::dates;
use crate::import::folder::{Folder, TakePost};
use crate::import::head::{self, HeadStyle};
use crate::import::post::{Markup, OldSite, Post, Sort};
use crate::import::remark::{Construct, Remark};
use crate::import::settings;
use crate::import::value::{HeadValue, find};
use crate::slug::Slug;

/// An archive of Pelican.
#[derive(Debug)]
pub(crate) struct Pelican {
    pub(crate) site: OldSite,
    /// The content folder, with a slash at its end, or empty.
    content: String,
    /// Patterns of addresses.
    article: String,
    page: String,
    category: Option<String>,
}

impl Pelican {
    /// Reads the settings, which are Python: plain assignments of texts are understood.
    pub(crate) fn open(folder: &Folder) -> Pelican {
        let mut pairs = Vec::new();
        for name in ["pelicanconf.py", "publishconf.py"] {
            pairs.extend(
                folder.text(name).as_deref().map(assignments).unwrap_or_default(),
            );
        }
        let text = |key: &str| {
            let found =
                pairs.iter().rev().find(|(it, value)| it == key && !value.is_empty());
            found.map(|(_, value)| value.clone())
        };
        let mut site = OldSite {
            title: text("SITENAME"),
            description: text("SITESUBTITLE"),
            url: text("SITEURL").and_then(|it| crate::import::fields::web(&it)),
            language: text("DEFAULT_LANG"),
            zone: text("TIMEZONE"),
            author: text("AUTHOR"),
            ..OldSite::default()
        };
        site.url = site.url.map(|it| it.trim_end_matches('/').to_owned());
        let feeds = ["FEED_ALL_ATOM", "FEED_ATOM", "FEED_ALL_RSS", "FEED_RSS"];
        site.feeds =
            feeds.iter().filter_map(|it| text(it)).map(|it| format!("/{it}")).collect();
        let has_content = folder.files.iter().any(|it| it.path.starts_with("content/"));
        let path = text("PATH")
            .or(has_content.then(|| "content".to_owned()))
            .unwrap_or_default();
        Pelican {
            site,
            content: match path.trim_matches(['.', '/']) {
                "" => String::new(),
                path => format!("{path}/"),
            },
            article: text("ARTICLE_URL").unwrap_or("{slug}.html".to_owned()),
            page: text("PAGE_URL").unwrap_or("pages/{slug}.html".to_owned()),
            category: text("DEFAULT_CATEGORY"),
        }
    }

    /// Folders whose files lay at the root of the old site.
    pub(crate) fn roots(&self) -> Vec<String> {
        vec![self.content.clone(), format!("{}extra/", self.content), String::new()]
    }

    /// Hands on every text, by path.
    pub(crate) fn each(
        &self,
        folder: &Folder,
        take: &mut TakePost<'_>,
    ) -> anyhow::Result<()> {
        for file in folder.files.iter().filter(|it| it.path.starts_with(&self.content)) {
            let ending = file.path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
            match ending.as_str() {
                "md" | "markdown" | "mkd" => {}
                "rst" => {
                    let mut remark = Remark::of(Construct::NoText, "reStructuredText");
                    remark.file.clone_from(&file.path);
                    take(Err(remark))?;
                    continue;
                }
                _ => continue,
            }
            match folder.read(file) {
                Ok((text, remarks)) => take(Ok(self.post(&file.path, &text, remarks)))?,
                Err(remark) => take(Err(remark))?,
            }
        }
        Ok(())
    }

    fn post(&self, path: &str, text: &str, mut remarks: Vec<Remark>) -> Post {
        let mut head = head::split(text, HeadStyle::Lines);
        remarks.append(&mut head.remarks);
        let within = path.strip_prefix(&self.content).unwrap_or(path);
        let (folder, file_name) = within.rsplit_once('/').unwrap_or(("", within));
        let stem = file_name.rsplit_once('.').map_or(file_name, |it| it.0);
        let is_page = folder == "pages" || folder.starts_with("pages/");
        let (day, name) = match dates::of_name(stem) {
            Some((day, rest)) if !rest.is_empty() => (Some(day), rest),
            _ => (None, stem),
        };
        let mut post = Post {
            file: path.to_owned(),
            lines_above: text[..head.body].matches('\n').count(),
            text: text[head.body..].to_owned(),
            markup: Markup::Markdown,
            name: name.to_owned(),
            day,
            folder: path.rsplit_once('/').map_or("", |it| it.0).to_owned(),
            names: vec![within.to_owned()],
            sort: if is_page { Sort::Undated } else { Sort::Dated },
            pairs: head.pairs,
            remarks,
            ..Post::default()
        };
        let has_category = find(&post.pairs, "category").is_some();
        let category =
            Some(folder.split('/').next().unwrap_or("")).filter(|it| !it.is_empty());
        let category = category.map(str::to_owned).or_else(|| self.category.clone());
        if let Some(category) = category.filter(|_| !has_category && !is_page) {
            post.pairs.push(("category".to_owned(), HeadValue::Text(category)));
        }
        post.addresses = vec![self.address(&post, is_page)];
        post.addresses.extend(settings::texts(find(&post.pairs, "aliases")));
        post
    }

    /// The address of a text, as Pelican made it.
    fn address(&self, post: &Post, is_page: bool) -> String {
        let text = |key: &str| find(&post.pairs, key).and_then(HeadValue::text);
        if let Some(own) = text("url") {
            return format!("/{}", own.trim_start_matches('/'));
        }
        let slug = |it: &str| {
            Slug::from_title(it).map_or(String::new(), |it| it.as_str().to_owned())
        };
        let title = text("title").unwrap_or_else(|| post.name.clone());
        let own = text("slug").unwrap_or_else(|| slug(&title));
        let date =
            text("date").and_then(|it| dates::read(&it)).map(|it| it.day).or(post.day);
        let pattern = if is_page { &self.page } else { &self.article };
        let mut out = pattern.replace("{slug}", &own);
        out = out.replace("{category}", &slug(&text("category").unwrap_or_default()));
        out = out.replace("{author}", &slug(&text("author").unwrap_or_default()));
        out = out.replace("{lang}", &text("lang").unwrap_or_default());
        while let Some((before, rest)) = out.clone().split_once("{date:") {
            let Some((form, after)) = rest.split_once('}') else { break };
            let form = date.map_or(String::new(), |it| it.strftime(form).to_string());
            out = format!("{before}{form}{after}");
        }
        format!("/{}", out.trim_start_matches('/'))
    }
}

/// `NAME = 'text'` lines of Python.
fn assignments(text: &str) -> Vec<(String, String)> {
    let lines = text.lines().filter_map(|line| {
        let (name, value) = line.split_once('=')?;
        let name = name.trim();
        let value = value.split(" #").next().unwrap_or(value).trim();
        let value = value.trim_start_matches(['u', 'r']);
        let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''))?;
        let inner = value.strip_prefix(quote)?.strip_suffix(quote)?;
        let is_name = name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
        is_name.then(|| (name.to_owned(), inner.to_owned()))
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_that_pelican_made() {
        let empty = Folder { root: std::path::PathBuf::new(), files: Vec::new() };
        let mut pelican = Pelican::open(&empty);
        let text = "Title: Dock strike\nDate: 2024-02-01 10:00\nCategory: Port\n\nText";
        let post = pelican.post("port/2024-02-01-x.md", text, Vec::new());
        assert_eq!(
            (post.addresses[0].as_str(), post.text.as_str()),
            ("/dock-strike.html", "Text")
        );
        pelican.article = "{date:%Y}/{date:%m}/{slug}/".to_owned();
        assert_eq!(
            pelican.post("x.md", text, Vec::new()).addresses,
            ["/2024/02/dock-strike/"]
        );
        let page = pelican.post("pages/about.md", "Title: About\n\nx", Vec::new());
        assert_eq!(
            (page.addresses[0].as_str(), page.sort),
            ("/pages/about.html", Sort::Undated)
        );
    }
}

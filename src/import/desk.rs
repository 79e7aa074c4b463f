//! The book that is imported into.

use crate::disk::{self, ImportedBook};
use crate::import::job::ImportJob;
use crate::import::post::OldSite;
use crate::import::proof::NewFile;
use crate::input::{Content, Wanted};
use crate::parse::config::Config;

/// The book that is imported into: its settings, and what of it is the desk's own.
pub(crate) struct DeskBook {
    /// `book.toml`, the desk's or the one that is written.
    pub(crate) settings: String,
    /// Whether the desk has one already.
    pub(crate) has_settings: bool,
    /// The content folder.
    pub(crate) src: String,
    /// Files of the desk's own.
    pub(crate) own: Vec<NewFile>,
}

impl DeskBook {
    /// Looks at the folder of a book, which need not exist.
    pub(crate) fn at(
        job: &ImportJob<'_>,
        book: &ImportedBook,
        site: &OldSite,
    ) -> anyhow::Result<DeskBook> {
        let has_settings = disk::is_there(job.to, "book.toml");
        if !has_settings {
            let settings = book_toml(site);
            let src = Config::default().src.to_string();
            return Ok(DeskBook { settings, has_settings, src, own: Vec::new() });
        }
        let settings = disk::read_settings(job.to)?.to_string();
        let src = Config::parse(&settings).value.src.to_string();
        let wanted = Wanted { now: job.now, drafts: true, future: true };
        let mut own = Vec::new();
        if disk::is_there(job.to, &src) {
            for (path, content) in disk::read(job.to, wanted)?.files {
                if let Content::Text(text) = content
                    && path.starts_with(&src)
                    && !book.wrote(&path)
                {
                    let (path, text) = (path.to_string(), text.to_string());
                    own.push(NewFile { from: path.clone(), path, text });
                }
            }
        }
        Ok(DeskBook { settings, has_settings, src, own })
    }
}

/// The settings of a new book.
pub(crate) fn book_toml(site: &OldSite) -> String {
    let mut text = String::from("[book]\n");
    let quoted = |it: &str| toml::Value::String(it.to_owned()).to_string();
    text += &format!("title = {}\n", quoted(site.title.as_deref().unwrap_or("Untitled")));
    for (key, value) in [("description", &site.description), ("language", &site.language)]
    {
        let value = value.as_deref().map(crate::import::plain::one_line);
        if let Some(value) = value.filter(|it| !it.is_empty()) {
            text += &format!("{key} = {}\n", quoted(&value));
        }
    }
    if let Some(url) = &site.url {
        text += &format!("\n[output.html]\nsite-url = {}\n", quoted(&format!("{url}/")));
    }
    if let Some(zone) =
        site.zone.as_deref().filter(|it| jiff::tz::TimeZone::get(it).is_ok())
    {
        text += &format!("\n[text]\ntime-zone = {}\n", quoted(zone));
    }
    text
}

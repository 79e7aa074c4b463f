//! One text of an archive, whatever program it was written for.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::import::remark::{Construct, Remark};
use crate::import::value::Pairs;

/// One text of an archive as its reader hands it on: nothing decided, nothing converted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Post {
    /// The file, from the top of the archive; for an item of an export, its name there.
    pub(crate) file: String,
    /// What it is there.
    pub(crate) sort: Sort,
    /// Its head, keys in the order written.
    pub(crate) pairs: Pairs,
    /// What stands below the head.
    pub(crate) text: String,
    /// How many lines of the file lie above the text.
    pub(crate) lines_above: usize,
    /// What the text is written in.
    pub(crate) markup: Markup,
    /// Its addresses from the root of the old site, byte for byte; the last it had first.
    pub(crate) addresses: Vec<String>,
    /// What other texts of the archive call it by, as [`name_key`] has it.
    pub(crate) names: Vec<String>,
    /// The name from which its own address is made if the head gives none.
    pub(crate) name: String,
    /// The day in the file's name.
    pub(crate) day: Option<Date>,
    /// The folder against which its links are read, from the top of the archive.
    pub(crate) folder: String,
    /// Whether it lies where drafts lie.
    pub(crate) is_draft: bool,
    /// What its reader had to mend.
    pub(crate) remarks: Vec<Remark>,
}

/// What a text is in its archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Dated: a brief.
    Dated,
    /// Without a date: a page.
    #[default]
    Undated,
    /// A brief if it has a date, else a page.
    Either,
    /// An entity, of this kind.
    Entity(String),
    /// Nothing for readers; the reason.
    Nothing(Construct),
}

/// What a text is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Markup {
    /// Markdown, with the tags of a template language in it.
    #[default]
    Markdown,
    /// Markdown with `[[links]]`, `==marks==` and `%%comments%%`.
    Vault,
    /// HTML.
    Html,
    /// HTML in which an empty line is a paragraph, with `[shortcodes]`.
    WordPress,
}

/// What is known of an old site as a whole.
#[derive(Clone, Debug, Default)]
pub(crate) struct OldSite {
    /// Its name.
    pub(crate) title: Option<String>,
    /// One sentence on what it is.
    pub(crate) description: Option<String>,
    /// Its address, without a slash at the end.
    pub(crate) url: Option<String>,
    /// The path under which it lies at its host, without a slash at the end.
    pub(crate) base: String,
    /// Its language.
    pub(crate) language: Option<String>,
    /// The zone of its clock, by name.
    pub(crate) zone: Option<String>,
    /// Who writes where a text names nobody.
    pub(crate) author: Option<String>,
    /// People that the settings and data files know, by what heads call them.
    pub(crate) people: BTreeMap<String, Person>,
    /// Addresses of its feeds.
    pub(crate) feeds: Vec<String>,
    /// What was found in its settings.
    pub(crate) remarks: Vec<Remark>,
}

/// Somebody that the settings or a data file of an old site know.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Person {
    /// The name.
    pub(crate) name: String,
    /// One line.
    pub(crate) summary: Option<String>,
    /// An address of their own.
    pub(crate) website: Option<String>,
}

impl OldSite {
    /// The zone of the site; UTC if it names none that is known.
    pub(crate) fn time_zone(&self) -> TimeZone {
        let zone = self.zone.as_deref().and_then(|it| TimeZone::get(it).ok());
        zone.unwrap_or(TimeZone::UTC)
    }

    /// The path within the old site that an address leads to: `None` for one that leads out.
    /// The path begins with `/`, the base is taken off, and the query and `#part` remain.
    pub(crate) fn path_of<'a>(&self, address: &'a str) -> Option<&'a str> {
        let path = if address.starts_with('/') && !address.starts_with("//") {
            address
        } else {
            let host = self.url.as_deref()?;
            let bare = |it: &'a str| {
                let it = it.strip_prefix("https:").or_else(|| it.strip_prefix("http:"));
                it.unwrap_or(address).strip_prefix("//")
            };
            let host = host.split_once("//").map_or(host, |it| it.1);
            let rest = bare(address)?.strip_prefix("www.").or(bare(address))?;
            let rest = rest.strip_prefix(host.strip_prefix("www.").unwrap_or(host))?;
            match rest {
                "" => "/",
                rest if rest.starts_with(['/', '?', '#']) => rest,
                _ => return None,
            }
        };
        match path.strip_prefix(self.base.as_str()) {
            Some("") => Some("/"),
            Some(rest) if rest.starts_with('/') => Some(rest),
            _ => Some(path),
        }
    }
}

/// Whether a file's name has one of these endings, in capitals or not.
pub(crate) fn has_ending(path: &str, endings: &[&str]) -> bool {
    let ending = path.rsplit_once('.').map_or("", |it| it.1);
    endings.iter().any(|it| it.eq_ignore_ascii_case(ending))
}

/// A name as links are compared: NFC, lower case, without space around.
pub(crate) fn name_key(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    name.trim().nfc().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_old_site_are_known_by_host_and_base() {
        let site = OldSite {
            url: Some("https://www.old.example/news".to_owned()),
            base: "/news".to_owned(),
            ..OldSite::default()
        };
        let cases = [
            ("/news/a/", Some("/a/")),
            ("/a/", Some("/a/")),
            ("/newsroom/", Some("/newsroom/")),
            ("http://old.example/news/a/#x", Some("/a/#x")),
            ("//www.old.example/news", Some("/")),
            ("https://old.example.org/news/", None),
            ("https://other.example/", None),
            ("mailto:a@old.example", None),
            ("a/", None),
        ];
        for (address, expected) in cases {
            assert_eq!(site.path_of(address), expected, "{address}");
        }
    }
}

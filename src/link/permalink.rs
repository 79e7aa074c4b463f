//! The lasting addresses of pages.

use std::fmt;

use crate::input::text_stem;
use crate::parse::brief::Brief;
use crate::parse::entity::Entity;
use crate::parse::page::PageFile;
use crate::parse::storyline::Storyline;
use crate::slug::Slug;

/// The lasting address of a page, from the root of the site, without a slash at the start
/// and with one at the end; empty for the home page.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Permalink(pub Box<str>);

impl Permalink {
    /// `2025/08/08/dock-strike/`.
    pub fn of_brief(brief: &Brief) -> Permalink {
        let day = brief.front.date.day;
        let slug = &brief.document.slug;
        Permalink(
            format!("{:04}/{:02}/{:02}/{slug}/", day.year(), day.month(), day.day())
                .into(),
        )
    }

    /// `entities/marco-rubio/`.
    pub fn of_entity(entity: &Entity) -> Permalink {
        Permalink(format!("entities/{}/", entity.document.slug).into())
    }

    /// `storylines/dock-strike/`.
    pub fn of_storyline(storyline: &Storyline) -> Permalink {
        Permalink(format!("storylines/{}/", storyline.document.slug).into())
    }

    /// `claims/nine-in-ten-are-out/`.
    pub fn of_claim(slug: &Slug) -> Permalink {
        Permalink(format!("claims/{slug}/").into())
    }

    /// Its folders below `pages/` and its slug: `policies/corrections/`. `index.md` is its
    /// folder's page, and the one right in the content folder the home page.
    pub fn of_page(page: &PageFile, src: &str) -> Permalink {
        let path = &*page.document.path;
        let within = path.strip_prefix(src).unwrap_or(path).trim_start_matches('/');
        let within = within.strip_prefix("pages/").unwrap_or("");
        let mut address = String::new();
        if let Some((folders, _)) = within.rsplit_once('/') {
            for folder in folders.split('/') {
                let slug = crate::slug::Slug::from_title(folder);
                address += slug.as_ref().map_or("folder", |slug| slug.as_str());
                address.push('/');
            }
        }
        let is_index = text_stem(path).is_some_and(|it| it.ends_with("/index"));
        if !is_index {
            address += page.document.slug.as_str();
            address.push('/');
        }
        Permalink(address.into())
    }

    /// The file it is written to: `…/index.html`.
    pub fn file(&self) -> String {
        format!("{}index.html", self.0)
    }
}

impl fmt::Display for Permalink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

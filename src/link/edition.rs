//! The edition: the texts of a book, and what follows from all of them together.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use jiff::ToSpan;

use crate::input::{Asset, Wanted};
use crate::link::archive::Archive;
use crate::link::claims::Claims;
use crate::link::quotes::Quotes;
use crate::link::tags::TaggedBriefs;
use crate::link::texts::{LinkedBrief, Texts};
use crate::link::timeline::Timelines;
use crate::parse::brief::Brief;
use crate::parse::clock::NEWS_HOURS;
use crate::parse::config::Config;
use crate::slug::Slug;

/// The whole book, every name resolved: its texts, and what follows from them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edition {
    /// The settings.
    pub config: Arc<Config>,
    /// Every document, linked.
    pub texts: Texts,
    /// The tags, by slug.
    pub tags: Arc<BTreeMap<Slug, TaggedBriefs>>,
    /// The briefs by year and month of their dateline, each newest first.
    pub archive: Arc<Archive>,
    /// What is claimed, what parties do with it, and what the desk finds.
    pub claims: Claims,
    /// What speakers are quoted with.
    pub quotes: Quotes,
    /// What happened.
    pub timelines: Timelines,
    /// The files of `static/`.
    pub assets: Arc<BTreeMap<Arc<str>, Asset>>,
    /// The time of the edition and what is in it.
    pub wanted: Wanted,
    /// The briefs that are not in the edition: a link to one says so.
    pub(super) unpublished: Vec<Arc<Brief>>,
    /// The content files that are not documents.
    pub(super) others: Vec<Arc<str>>,
}

impl Edition {
    /// Who publishes: for briefs without a byline.
    pub fn publisher(&self) -> &str {
        self.config.publisher.name.as_ref().unwrap_or(&self.config.title)
    }

    /// The briefs that are news: of the 48 hours before the edition's time, newest first.
    pub fn news(&self) -> impl Iterator<Item = &LinkedBrief> {
        let now = self.wanted.now;
        let since = now.checked_sub(NEWS_HOURS.hours()).unwrap_or(now);
        let instant = |it: &Arc<LinkedBrief>| it.brief.front.date.instant;
        let briefs = self.texts.briefs.iter().skip_while(move |it| instant(it) > now);
        briefs.take_while(move |it| instant(it) > since).map(|it| &**it)
    }
}

// Nearly every line that holds an edition asks it for a text, and nothing of the edition
// shares a name with anything of its texts. What is worked out from the texts alone takes
// `&Texts`, so that it cannot see what is still being made.
impl Deref for Edition {
    type Target = Texts;

    fn deref(&self) -> &Texts {
        &self.texts
    }
}

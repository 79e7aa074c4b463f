//! The head of a page: what browsers, search engines and networks are told of it.

use crate::link::claims::ClaimIdx;
use crate::link::permalink::Permalink;
use crate::link::texts::{BriefIdx, LinkedEntity};
use crate::parse::config::{Direction, JsonFeeds, direction};
use crate::render::here::Here;
use crate::render::json_ld;
use crate::render::view::{FeedLink, Head, Link, Pager, Property};

/// What sets the head of one page apart; all else is the book's and the place's.
#[derive(Default)]
pub(super) struct HeadOf<'a> {
    /// The page's own title.
    pub(super) title: &'a str,
    /// The address of the item in the navigation under which it is.
    pub(super) section: &'a str,
    /// What it is about, in a sentence or two.
    pub(super) description: Option<String>,
    /// Its language, where it is not the book's.
    pub(super) language: Option<&'a str>,
    /// The pages above it.
    pub(super) breadcrumbs: Vec<Link>,
    /// The feeds of what the page is about: their title and their folder. They stand before
    /// those of the site.
    pub(super) feeds: Option<(&'a str, &'a str)>,
    /// Other forms of the page for programs; they stand after the feeds.
    pub(super) forms: Vec<FeedLink>,
    /// What networks show of a link to it; `None` if they are told nothing.
    pub(super) card: Option<NetworkCard<'a>>,
    /// What it is in the vocabulary of schema.org.
    pub(super) is: Described<'a>,
    /// Where it stands among the pages of a list.
    pub(super) pager: Option<&'a Pager>,
    /// Under which address search engines list it.
    pub(super) listed: SearchAddress<'a>,
}

/// What networks show of a link to a page (Open Graph, and Twitter's card).
#[derive(Default)]
pub(super) struct NetworkCard<'a> {
    /// When an article was published (RFC 3339); `None` for a page that is not an article.
    pub(super) published: Option<String>,
    /// A picture, from `static/`.
    pub(super) picture: Option<&'a str>,
}

/// What a page is in the vocabulary of schema.org.
#[derive(Clone, Copy, Default)]
pub(super) enum Described<'a> {
    /// Nothing that has a word there.
    #[default]
    Nothing,
    /// The site itself.
    Site,
    /// A page that lists others.
    Collection,
    /// A brief.
    Article(BriefIdx),
    /// An entity.
    Entity(&'a LinkedEntity),
    /// A claim.
    Claim(ClaimIdx),
}

/// Under which address search engines list a page.
#[derive(Clone, Copy, Default)]
pub(super) enum SearchAddress<'a> {
    /// Its own.
    #[default]
    Here,
    /// Another's, which it leads to.
    At(&'a Permalink),
    /// None.
    Nowhere,
}

impl HeadOf<'_> {
    /// The head of the page at `here`.
    pub(super) fn at(self, here: &Here<'_>) -> Head {
        let config = &here.edition.config;
        let canonical = match self.listed {
            SearchAddress::Here => here.absolute(&here.permalink),
            SearchAddress::At(permalink) => here.absolute(&permalink.0),
            SearchAddress::Nowhere => None,
        };
        let robots = match self.listed {
            SearchAddress::Here => None,
            SearchAddress::At(_) | SearchAddress::Nowhere => Some("noindex".to_owned()),
        };
        let language = self.language.unwrap_or(&config.language);
        let crumbs = json_ld::Way {
            above: &self.breadcrumbs,
            title: self.title,
            canonical: canonical.as_deref(),
        };
        let json_ld = match self.is {
            Described::Nothing => None,
            Described::Site => json_ld::site(here),
            Described::Collection => json_ld::collection(here, language, &crumbs),
            Described::Article(idx) => json_ld::article(here, idx, &crumbs),
            Described::Entity(linked) => json_ld::entity(here, linked, &crumbs),
            Described::Claim(idx) => {
                json_ld::claim::claim(here, here.edition.claims.get(idx), &crumbs)
            }
        };
        let own = self.feeds.map(|(title, folder)| feeds(here, title, folder));
        let feeds = own.into_iter().flatten().chain(feeds(here, &config.title, ""));
        let page = self.pager.map_or(1, |pager| pager.page);
        Head {
            social: self.social(here, canonical.as_deref()),
            title: match page {
                1 => self.title.to_owned(),
                _ => format!("{} – page {page}", self.title),
            },
            description: self.description,
            canonical,
            root: here.root.clone(),
            section: self.section.to_owned(),
            breadcrumbs: self.breadcrumbs,
            language: language.to_owned(),
            direction: match (self.language, config.direction) {
                (Some(language), own) => direction(language, own).to_owned(),
                (None, Direction::Ltr) => "ltr".to_owned(),
                (None, Direction::Rtl) => "rtl".to_owned(),
            },
            feeds: feeds.chain(self.forms).collect(),
            json_ld,
            robots,
            previous: self.pager.and_then(|it| it.newer.clone()),
            next: self.pager.and_then(|it| it.older.clone()),
        }
    }

    /// The properties of the card, in order.
    fn social(&self, here: &Here<'_>, canonical: Option<&str>) -> Vec<Property> {
        let Some(card) = &self.card else { return Vec::new() };
        let kind = if card.published.is_some() { "article" } else { "website" };
        let picture = card.picture.and_then(|it| here.absolute(it));
        let form = if picture.is_some() { "summary_large_image" } else { "summary" };
        let all = [
            ("og:type", Some(kind.to_owned())),
            ("og:title", Some(self.title.to_owned())),
            ("og:site_name", Some(here.edition.config.title.to_string())),
            ("og:description", self.description.clone()),
            ("og:url", canonical.map(ToOwned::to_owned)),
            ("og:image", picture),
            ("twitter:card", Some(form.to_owned())),
            ("article:published_time", card.published.clone()),
        ];
        let property = |(property, content): (&str, Option<String>)| {
            Some(Property { property: property.to_owned(), content: content? })
        };
        all.into_iter().filter_map(property).collect()
    }
}

/// The feeds in a folder of the site, of which the empty one is the site's own; none for a
/// site without an address or briefs.
fn feeds(here: &Here<'_>, title: &str, folder: &str) -> Vec<FeedLink> {
    let config = &here.edition.config;
    if config.site_url.is_none() || here.edition.briefs.is_empty() {
        return Vec::new();
    }
    let feed = |name: &str, file: &str, media_type: &str| FeedLink {
        title: format!("{title} – {name}"),
        href: here.to(&format!("{folder}{file}")),
        media_type: media_type.to_owned(),
    };
    let mut feeds = vec![feed("Atom", "feed.xml", "application/atom+xml")];
    if folder.is_empty() || config.feeds.json == JsonFeeds::All {
        feeds.push(feed("JSON Feed", "feed.json", "application/feed+json"));
    }
    feeds
}

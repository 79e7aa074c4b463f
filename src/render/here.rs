//! A page's place in the site, and links from there.

use crate::date::{MONTHS, Moment as Instant, PartialDate};
use crate::link::claims::Proposition;
use crate::link::edition::Edition;
use crate::link::permalink::Permalink;
use crate::link::texts::{BriefIdx, LinkedBrief, LinkedEntity, TextIdx};
use crate::outline::kind::Page;
use crate::parse::brief;
use crate::parse::config::{DateOrder, direction};
use crate::parse::document::Document;
use crate::render::addresses::{absolute, encoded, push_path};
use crate::render::engine::Templates;
use crate::render::view::{
    BriefLink, Image, Link, Moment, Name, Source, TextLanguage, TextLink,
};
use crate::site_url::SiteUrl;

/// Where a page is, and what it needs to link and date things.
#[derive(Clone, Debug)]
pub struct Here<'a> {
    /// The book.
    pub edition: &'a Edition,
    /// The pages of the site, by path.
    pub outline: &'a [Page],
    /// The templates, and what was rendered with them before.
    pub templates: &'a Templates,
    /// From the page to the root of the site: `../../`, `./`, or an absolute address.
    pub root: String,
    /// The page's own address, without the file's name `index.html`.
    pub permalink: String,
}

impl<'a> Here<'a> {
    /// The place of the page that is written to `path`.
    pub fn new(
        (edition, outline): (&'a Edition, &'a [Page]),
        templates: &'a Templates,
        path: &str,
    ) -> Here<'a> {
        let permalink = path.strip_suffix("index.html").unwrap_or(path).to_owned();
        let root = match path.matches('/').count() {
            0 => "./".to_owned(),
            depth => "../".repeat(depth),
        };
        Here { edition, outline, templates, root, permalink }
    }

    /// A place that may be anywhere: links begin at the root of the host. `404.html` is shown at
    /// whatever address has no page, where relative links would lead astray.
    pub fn anywhere(
        (edition, outline): (&'a Edition, &'a [Page]),
        templates: &'a Templates,
        path: &str,
    ) -> Here<'a> {
        let root = edition.config.site_url.as_ref().map_or("/", SiteUrl::path).to_owned();
        Here { edition, outline, templates, root, permalink: path.to_owned() }
    }

    /// The same place with another way to the root.
    #[must_use]
    pub fn with_root(&self, root: String) -> Here<'a> {
        Here { root, ..self.clone() }
    }

    /// A link to an address from the root of the site.
    pub fn to(&self, address: &str) -> String {
        let mut link = String::with_capacity(self.root.len() + address.len());
        link.push_str(&self.root);
        push_path(address, &mut link);
        link
    }

    /// A link to a page.
    pub fn page(&self, permalink: &Permalink) -> String {
        self.to(&permalink.0)
    }

    /// A link to an entity under its own name.
    pub fn entity(&self, entity: &LinkedEntity) -> Link {
        Link {
            label: entity.entity.document.title.value.to_string(),
            href: self.page(&entity.permalink),
        }
    }

    /// A name, linked if exactly one entity has it.
    pub fn name(&self, name: &str) -> Name {
        let entity = self.edition.entity_named(name);
        Name { label: name.to_owned(), href: entity.map(|it| self.page(&it.permalink)) }
    }

    /// A brief in passing.
    pub fn brief(&self, idx: BriefIdx) -> BriefLink {
        let linked = self.edition.brief(idx);
        BriefLink {
            title: linked.brief.document.title.value.to_string(),
            href: self.page(&linked.permalink),
            date: self.day(linked),
            lang: self.lang(linked),
        }
    }

    /// The language of a brief where that is not the book's.
    pub fn lang(&self, linked: &LinkedBrief) -> Option<TextLanguage> {
        self.lang_in(&linked.brief.document)
    }

    /// The language of a text where that is not the book's.
    pub fn lang_of(&self, idx: TextIdx) -> Option<TextLanguage> {
        self.lang_in(self.edition.document(idx))
    }

    /// The language of a claim's sentence where that is not the book's: of its file, else of
    /// the newest text that tells it.
    pub fn lang_of_claim(&self, claim: &Proposition) -> Option<TextLanguage> {
        let file = claim.file.map(TextIdx::Claim);
        self.lang_of(file.or_else(|| Some(claim.told_in.first()?.0))?)
    }

    /// The language of a file where that is not the book's.
    pub fn lang_in(&self, document: &Document) -> Option<TextLanguage> {
        let config = &self.edition.config;
        let tag = document.language.as_ref()?;
        let direction = direction(tag, config.direction).to_owned();
        (**tag != *config.language)
            .then(|| TextLanguage { tag: tag.to_string(), direction })
    }

    /// A text in passing.
    pub fn text(&self, idx: TextIdx) -> TextLink {
        TextLink {
            title: self.edition.document(idx).title.value.to_string(),
            href: self.page(self.edition.permalink(idx)),
            date: self.edition.day(idx).map(|day| self.date(day.into())),
            lang: self.lang_of(idx),
        }
    }

    /// Where a text tells something: its title, and the annotation on its page; the page
    /// alone if that does not show it.
    pub fn told_in(&self, idx: TextIdx, annotation: u32) -> TextLink {
        let annotations = &self.edition.document(idx).body.annotations;
        let annotation = &annotations[annotation as usize];
        let mut link = self.text(idx);
        if annotation.is_shown {
            link.href.push_str("#note-");
            link.href.push_str(&annotation.id);
        }
        link
    }

    /// The day of a brief's dateline.
    pub fn day(&self, linked: &LinkedBrief) -> Moment {
        self.date(linked.brief.front.date.day.into())
    }

    /// A date as the book's readers write it.
    pub fn date(&self, date: PartialDate) -> Moment {
        let month = date.month.map(|month| MONTHS[usize::from(month.unsigned_abs()) - 1]);
        let year = date.year;
        let text = match (month, date.day) {
            (None, _) => format!("{year}"),
            (Some(month), None) => format!("{month} {year}"),
            (Some(month), Some(day)) => match self.edition.config.date_order {
                DateOrder::MonthDay => format!("{month} {day}, {year}"),
                DateOrder::DayMonth | DateOrder::Unsettled => {
                    format!("{day} {month} {year}")
                }
            },
        };
        Moment { text, datetime: date.to_string() }
    }

    /// A date without its year: `8 August`.
    pub fn short_date(&self, date: PartialDate) -> Moment {
        let long = self.date(date);
        let year = format!("{}", date.year);
        let text =
            long.text.trim_end_matches(&year).trim_end_matches([' ', ',']).to_owned();
        Moment { text, datetime: long.datetime }
    }

    /// The day of the build, in the book's zone.
    pub fn today(&self) -> jiff::civil::Date {
        let now = self.edition.wanted.now;
        now.to_zoned_datetime(self.edition.config.zone.clone()).date()
    }

    /// A moment, with its time of day if one was written.
    pub fn moment(&self, moment: &Instant) -> Moment {
        let day = self.date(moment.day.into());
        if !moment.has_time {
            return day;
        }
        let local = moment.local();
        let text = format!("{}, {:02}:{:02}", day.text, local.hour(), local.minute());
        Moment { text, datetime: moment.rfc3339() }
    }

    /// The absolute address of the page; `None` for a site without one.
    pub fn absolute(&self, address: &str) -> Option<String> {
        absolute(self.edition, address)
    }

    /// A picture of front matter; `None` if its file is not there.
    pub fn image(&self, image: &crate::parse::document::Image) -> Option<Image> {
        let dimensions = self.edition.assets.get(&*image.file.value)?.dimensions;
        let text = |text: &Option<Box<str>>| text.as_ref().map(ToString::to_string);
        Some(Image {
            src: self.to(&image.file.value),
            alt: text(&image.alt).unwrap_or_default(),
            caption: image.caption.as_ref().map(|it| it.value.to_string()),
            credit: text(&image.credit),
            width: dimensions.map(|(width, _)| width),
            height: dimensions.map(|(_, height)| height),
            date: image.date.map(|date| self.date(date)),
        })
    }

    /// A source of front matter or of an annotation.
    pub fn source(&self, source: &brief::Source) -> Source {
        Source {
            outlet: self.name(&source.outlet.value),
            title: source.title.as_ref().map(ToString::to_string),
            url: source.url.as_ref().map(ToString::to_string),
            date: source.date.map(|date| self.date(date)),
            archive: source.archive.as_ref().map(ToString::to_string),
        }
    }

    /// A breadcrumb.
    pub fn crumb(&self, label: &str, address: &str) -> Link {
        Link { label: label.to_owned(), href: self.to(address) }
    }

    /// Where a file can be edited, if the book says so.
    pub fn edit(&self, path: &str) -> Option<String> {
        let template = self.edition.config.edit_url_template.as_deref()?;
        let path = encoded(path);
        Some(template.replace("{path}", &path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Inputs;

    #[test]
    fn links_lead_from_the_page_to_the_root_and_on() {
        let edition = Edition::default();
        let templates =
            Templates::new(&Inputs::empty(jiff::Timestamp::UNIX_EPOCH), &edition).value;
        let cases = [
            ("index.html", "./entities/x/"),
            ("entities/index.html", "../entities/x/"),
            ("2025/08/08/strike/index.html", "../../../../entities/x/"),
        ];
        for (path, expected) in cases {
            assert_eq!(
                Here::new((&edition, &[]), &templates, path).to("entities/x/"),
                expected,
                "{path}"
            );
        }
        let home = Here::new((&edition, &[]), &templates, "index.html");
        assert_eq!(home.to("a b/é/"), "./a%20b/%C3%A9/");
    }
}

//! Lists of briefs: the home page, tags, years and months.

use std::collections::BTreeMap;

use icu_collator::options::CollatorOptions;

use jiff::civil::Date;

use crate::date::MONTHS;
use crate::diagnostic::Diagnostic;
use crate::link::edition::Edition;
use crate::link::texts::{BriefIdx, TextIdx};
use crate::parse::storyline::StoryStatus;
use crate::render::counted::{count, most_named, state};
use crate::render::head::{Described, HeadOf, NetworkCard};
use crate::render::here::Here;
use crate::render::paging::{pager, stretch};
use crate::render::parts::brief_item;
use crate::render::view::{
    ArchiveView, Counted, Day, EntityItem, HomeView, Month, TagView, TagsView,
};
use crate::render::{body, claims, parts, registry, storyline};
use crate::slug::Slug;
use crate::span::narrow;

/// How many briefs a month has on the page of its year.
const OF_MONTH: usize = 12;
/// How many of the newest briefs say which entities are in the news.
const IN_THE_NEWS: usize = 30;
/// How many entities are shown as in the news.
const MOST_NAMED: usize = 8;

/// Briefs by day, in the order given, which is that of `day`.
fn days(
    here: &Here<'_>,
    briefs: &[BriefIdx],
    day: impl Fn(&BriefIdx) -> Date,
) -> Vec<Day> {
    briefs
        .chunk_by(|a, b| day(a) == day(b))
        .map(|briefs| Day {
            date: here.date(day(&briefs[0]).into()),
            briefs: briefs.iter().map(|idx| parts::item(here, *idx)).collect(),
        })
        .collect()
}

pub(super) fn home(here: &Here<'_>, page: u32) -> HomeView {
    let edition = here.edition;
    let all: Vec<BriefIdx> = {
        let per_page = edition.config.per_page;
        let n = narrow(edition.briefs.len());
        let from = (page - 1) * per_page;
        (from..n.min(from + per_page)).map(BriefIdx).collect()
    };
    let pager = pager(here, "", page, edition.briefs.len());
    let is_first = page == 1;
    let description = &edition.config.description;
    let head = HeadOf {
        title: &edition.config.title,
        description: (!description.is_empty()).then(|| description.to_string()),
        card: is_first.then(NetworkCard::default),
        is: if is_first { Described::Site } else { Described::Nothing },
        pager: Some(&pager),
        ..HeadOf::default()
    };
    HomeView {
        head: head.at(here),
        body: edition
            .home
            .filter(|_| is_first)
            .map_or_else(Vec::new, |idx| body::render(TextIdx::Page(idx), here).passages),
        // By their instants: briefs of several zones have their days one within the other.
        days: days(here, &all, |idx| {
            let published = edition.brief(*idx).brief.front.date.instant;
            published.to_zoned_datetime(edition.config.zone.clone()).date()
        }),
        storylines: if is_first {
            storyline::items(here, StoryStatus::Developing)
        } else {
            Vec::new()
        },
        entities: if is_first { in_the_news(here) } else { Vec::new() },
        turned: if is_first { claims::turned(here) } else { Vec::new() },
        pager,
    }
}

/// The entities that most of the newest briefs mention.
fn in_the_news(here: &Here<'_>) -> Vec<EntityItem> {
    let newest = here.edition.briefs.iter().take(IN_THE_NEWS);
    let named = most_named(newest.map(|it| &**it));
    let item = |(it, _)| EntityItem {
        n_briefs: count(here.edition.entity(it).briefs.named.len()),
        ..registry::item(here, it)
    };
    named.into_iter().take(MOST_NAMED).map(item).collect()
}

pub(super) fn tags(here: &Here<'_>) -> TagsView {
    let head = HeadOf {
        title: "Tags",
        section: "tags/",
        description: Some(format!("All tags of {}.", here.edition.config.title)),
        ..HeadOf::default()
    };
    let counted = |(slug, tag): (&Slug, &crate::link::tags::TaggedBriefs)| Counted {
        label: tag.label.to_string(),
        href: here.to(&format!("tags/{slug}/")),
        count: count(tag.briefs.len()),
        state: String::new(),
    };
    let mut tags: Vec<Counted> = here.edition.tags.iter().map(counted).collect();
    let collator =
        registry::collator(&here.edition.config.language, CollatorOptions::default());
    tags.sort_by(|a, b| collator.compare(&a.label, &b.label));
    TagsView { head: head.at(here), title: "Tags".to_owned(), tags }
}

pub(super) fn tag(
    here: &Here<'_>,
    slug: &Slug,
    page: u32,
) -> Result<TagView, Diagnostic> {
    let tag = &here.edition.tags[slug];
    let address = format!("tags/{slug}/");
    let pager = pager(here, &address, page, tag.briefs.len());
    let head = HeadOf {
        title: &tag.label,
        section: "tags/",
        breadcrumbs: vec![here.crumb("Tags", "tags/")],
        feeds: here.edition.config.feeds.tags.then_some((&tag.label, &address)),
        is: Described::Collection,
        pager: Some(&pager),
        ..HeadOf::default()
    };
    Ok(TagView {
        head: head.at(here),
        title: tag.label.to_string(),
        n_briefs: count(tag.briefs.len()),
        briefs: stretch(here.edition, &tag.briefs, page)
            .iter()
            .map(|it| brief_item(here, *it))
            .collect::<Result<_, _>>()?,
        pager,
    })
}

pub(super) fn year(here: &Here<'_>, year: i16) -> ArchiveView {
    let months = of_year(here.edition, year);
    let by_month = months.iter().rev().map(|(month, briefs)| Month {
        link: here.crumb(name(*month), &format!("{year:04}/{month:02}/")),
        n_briefs: count(briefs.len()),
        briefs: briefs.iter().take(OF_MONTH).map(|it| here.brief(*it)).collect(),
    });
    let n_briefs = months.iter().map(|(_, briefs)| briefs.len()).sum();
    let (title, section) = (year.to_string(), newest_year(here.edition));
    let head = HeadOf { title: &title, section: &section, ..HeadOf::default() };
    ArchiveView {
        head: head.at(here),
        title,
        n_briefs: count(n_briefs),
        years: years(here, year),
        by_month: by_month.collect(),
        months: month_links(here, year, None),
        by_day: Vec::new(),
    }
}

pub(super) fn month(here: &Here<'_>, year: i16, month: i8) -> ArchiveView {
    let briefs = &here.edition.archive[&(year, month)];
    let title = format!("{} {year}", name(month));
    let head = HeadOf {
        title: &title,
        section: &newest_year(here.edition),
        breadcrumbs: vec![here.crumb(&year.to_string(), &format!("{year:04}/"))],
        ..HeadOf::default()
    }
    .at(here);
    let mut by_day = briefs.clone();
    by_day.sort_by_key(|it| {
        std::cmp::Reverse(here.edition.brief(*it).brief.front.date.day)
    });
    ArchiveView {
        head,
        title,
        n_briefs: count(briefs.len()),
        years: years(here, year),
        months: month_links(here, year, Some(month)),
        by_month: Vec::new(),
        by_day: days(here, &by_day, |it| here.edition.brief(*it).brief.front.date.day),
    }
}

/// The address in the navigation under which the archive is.
fn newest_year(edition: &Edition) -> String {
    edition
        .archive
        .keys()
        .next_back()
        .map_or(String::new(), |(year, _)| format!("{year:04}/"))
}

fn of_year(edition: &Edition, year: i16) -> Vec<(i8, &Vec<BriefIdx>)> {
    let months = edition.archive.range((year, 0)..=(year, 12));
    months.map(|((_, month), briefs)| (*month, briefs)).collect()
}

fn years(here: &Here<'_>, open: i16) -> Vec<Counted> {
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    for ((year, _), briefs) in here.edition.archive.iter() {
        *counts.entry(*year).or_default() += briefs.len();
    }
    let counted = |(year, n): (i16, usize)| Counted {
        label: year.to_string(),
        href: here.to(&format!("{year:04}/")),
        count: count(n),
        state: state(year == open),
    };
    counts.into_iter().rev().map(counted).collect()
}

fn month_links(here: &Here<'_>, year: i16, open: Option<i8>) -> Vec<Counted> {
    let counted = |(month, briefs): (i8, &Vec<BriefIdx>)| Counted {
        label: name(month).to_owned(),
        href: here.to(&format!("{year:04}/{month:02}/")),
        count: count(briefs.len()),
        state: state(Some(month) == open),
    };
    of_year(here.edition, year).into_iter().map(counted).collect()
}

fn name(month: i8) -> &'static str {
    MONTHS[usize::from(month.unsigned_abs()) - 1]
}

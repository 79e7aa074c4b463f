//! Lists of briefs: the home page, tags, years and months.

use std::collections::BTreeMap;

use icu_collator::options::CollatorOptions;

use crate::date::MONTHS;
use crate::diagnostic::Diagnostic;
use crate::link::edition::Edition;
use crate::link::registry::EntityIdx;
use crate::link::texts::BriefIdx;
use crate::outline::seeds::n_pages;
use crate::parse::storyline::StoryStatus;
use crate::render::fragments::brief_item;
use crate::render::here::Here;
use crate::render::view::{
    ArchiveView, BriefItem, Counted, Day, EntityItem, Head, HomeView, Month, Pager,
    TagView, TagsView,
};
use crate::render::{body, registry, storyline};
use crate::slug::Slug;

/// How many briefs a month has on the page of its year.
const OF_MONTH: usize = 12;
/// How many of the newest briefs say which entities are in the news.
const IN_THE_NEWS: usize = 30;
/// How many entities are shown as in the news.
const MOST_NAMED: usize = 8;

/// A brief in a list.
pub(super) fn item(here: &Here<'_>, idx: BriefIdx) -> BriefItem {
    let linked = here.edition.brief(idx);
    let front = &linked.brief.front;
    let local = front.date.local();
    let mut entities: Vec<EntityIdx> =
        linked.entities.iter().map(|(entity, _)| *entity).collect();
    entities.sort_by_key(|it| (here.edition.entity(*it).briefs.len(), *it));
    BriefItem {
        title: linked.brief.document.title.value.to_string(),
        href: here.page(&linked.permalink),
        date: here.day(linked),
        time: front
            .date
            .has_time
            .then(|| format!("{:02}:{:02}", local.hour(), local.minute())),
        place: front.place.as_ref().map(|place| place.value.to_string()),
        summary: front.summary.as_ref().map(ToString::to_string),
        entities: entities
            .into_iter()
            .take(3)
            .map(|it| here.entity(here.edition.entity(it)))
            .collect(),
    }
}

/// A stretch of a list that one page shows.
pub(super) fn stretch<'a>(
    edition: &Edition,
    briefs: &'a [BriefIdx],
    page: u32,
) -> &'a [BriefIdx] {
    let per_page = edition.config.per_page as usize;
    let from = (page as usize - 1) * per_page;
    briefs.get(from..).map_or(&[], |rest| &rest[..rest.len().min(per_page)])
}

/// The pages of a list that begins at `list`, an address from the root.
pub(super) fn pager(here: &Here<'_>, list: &str, page: u32, n_items: usize) -> Pager {
    let pages = n_pages(&here.edition.config, n_items);
    let to = |page: u32| match page {
        1 => here.to(list),
        _ => here.to(&format!("{list}page/{page}/")),
    };
    Pager {
        page,
        pages,
        newer: (page > 1).then(|| to(page - 1)),
        older: (page < pages).then(|| to(page + 1)),
        first: (page > 2).then(|| to(1)),
        last: (page + 1 < pages).then(|| to(pages)),
    }
}

/// Takes over the neighbors of a page into its head, and numbers its title.
pub(super) fn with_pager(mut head: Head, pager: &Pager) -> Head {
    head.previous.clone_from(&pager.newer);
    head.next.clone_from(&pager.older);
    if pager.page > 1 {
        head.title = format!("{} – page {}", head.title, pager.page);
    }
    head
}

/// Briefs by the day of their dateline, in the order given.
fn days(here: &Here<'_>, briefs: &[BriefIdx]) -> Vec<Day> {
    let day = |idx: &BriefIdx| here.edition.brief(*idx).brief.front.date.day;
    briefs
        .chunk_by(|a, b| day(a) == day(b))
        .map(|briefs| Day {
            date: here.date(day(&briefs[0]).into()),
            briefs: briefs.iter().map(|idx| item(here, *idx)).collect(),
        })
        .collect()
}

pub(super) fn home(here: &Here<'_>, page: u32) -> HomeView {
    let edition = here.edition;
    let all: Vec<BriefIdx> = {
        let per_page = edition.config.per_page;
        let n = u32::try_from(edition.briefs.len()).unwrap_or(u32::MAX);
        let from = (page - 1) * per_page;
        (from..n.min(from + per_page)).map(BriefIdx).collect()
    };
    let pager = pager(here, "", page, edition.briefs.len());
    let mut head = here.head(&edition.config.title, "");
    let description = &edition.config.description;
    head.description = (!description.is_empty()).then(|| description.to_string());
    let is_first = page == 1;
    if is_first {
        head.json_ld = crate::render::json_ld::site(here);
        here.social(&mut head, "website", None);
    }
    HomeView {
        head: with_pager(head, &pager),
        body: edition.home.filter(|_| is_first).map_or_else(Vec::new, |idx| {
            let it = edition.page(idx);
            body::render(&it.page.document, &it.text, here).passages
        }),
        days: days(here, &all),
        storylines: if is_first {
            storyline::items(here, StoryStatus::Developing)
        } else {
            Vec::new()
        },
        entities: if is_first { in_the_news(here) } else { Vec::new() },
        pager,
    }
}

/// The entities that most of the newest briefs mention.
fn in_the_news(here: &Here<'_>) -> Vec<EntityItem> {
    let mut counts: BTreeMap<EntityIdx, u32> = BTreeMap::new();
    for linked in here.edition.briefs.iter().take(IN_THE_NEWS) {
        for (entity, _) in &linked.entities {
            *counts.entry(*entity).or_default() += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(entity, n)| (std::cmp::Reverse(*n), *entity));
    counts.into_iter().take(MOST_NAMED).map(|(it, _)| registry::item(here, it)).collect()
}

pub(super) fn tags(here: &Here<'_>) -> TagsView {
    let mut head = here.head("Tags", "tags/");
    head.description = Some(format!("All tags of {}.", here.edition.config.title));
    let counted = |(slug, tag): (&Slug, &crate::link::tags::Tag)| Counted {
        label: tag.label.to_string(),
        href: here.to(&format!("tags/{slug}/")),
        count: count(tag.briefs.len()),
        state: String::new(),
    };
    let mut tags: Vec<Counted> = here.edition.tags.iter().map(counted).collect();
    let collator =
        registry::collator(&here.edition.config.language, CollatorOptions::default());
    tags.sort_by(|a, b| collator.compare(&a.label, &b.label));
    TagsView { head, title: "Tags".to_owned(), tags }
}

pub(super) fn tag(
    here: &Here<'_>,
    slug: &Slug,
    page: u32,
) -> Result<TagView, Diagnostic> {
    let tag = &here.edition.tags[slug];
    let pager = pager(here, &format!("tags/{slug}/"), page, tag.briefs.len());
    let mut head = here.head(&tag.label, "tags/");
    head.breadcrumbs = vec![here.crumb("Tags", "tags/")];
    crate::render::json_ld::collection(here, &mut head);
    if here.edition.config.feeds.tags {
        head.feeds.splice(0..0, here.feeds(&tag.label, &format!("tags/{slug}/")));
    }
    Ok(TagView {
        head: with_pager(head, &pager),
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
    let title = year.to_string();
    ArchiveView {
        head: here.head(&title, &newest_year(here.edition)),
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
    let mut head = here.head(&title, &newest_year(here.edition));
    head.breadcrumbs = vec![here.crumb(&year.to_string(), &format!("{year:04}/"))];
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
        by_day: days(here, &by_day),
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

pub(super) fn state(is_current: bool) -> String {
    if is_current { "current".to_owned() } else { String::new() }
}

pub(super) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn name(month: i8) -> &'static str {
    MONTHS[usize::from(month.unsigned_abs()) - 1]
}

//! Lists that go over several pages.

use crate::link::edition::Edition;
use crate::outline::seeds::n_pages;
use crate::render::here::Here;
use crate::render::view::Pager;

/// The stretch of a list that one page shows.
pub(super) fn stretch<'a, T>(edition: &Edition, list: &'a [T], page: u32) -> &'a [T] {
    let per_page = edition.config.per_page as usize;
    let from = (page as usize - 1) * per_page;
    list.get(from..).map_or(&[], |rest| &rest[..rest.len().min(per_page)])
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

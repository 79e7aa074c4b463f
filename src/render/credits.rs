//! What an entity wrote, and what rests on it: briefs that need not name it.

use crate::diagnostic::Diagnostic;
use crate::link::registry::EntityIdx;
use crate::link::texts::{Credit, LinkedEntity};
use crate::outline::seeds::credits_shown;
use crate::render::counted::count;
use crate::render::head::{Described, HeadOf};
use crate::render::here::Here;
use crate::render::paging::{pager, stretch};
use crate::render::parts::{brief_item, brief_link};
use crate::render::view::{Credits, CreditsView};

/// The newest briefs of a credit, for the entity's own page; `None` if there is none.
pub(super) fn newest(
    here: &Here<'_>,
    linked: &LinkedEntity,
    credit: Credit,
) -> Result<Option<Credits>, Diagnostic> {
    let briefs = linked.briefs.credited(credit);
    if briefs.is_empty() {
        return Ok(None);
    }
    let shown = credits_shown(&here.edition.config);
    let newest = briefs.iter().take(shown);
    Ok(Some(Credits {
        n_briefs: count(briefs.len()),
        briefs: newest.map(|it| brief_link(here, *it)).collect::<Result<_, _>>()?,
        href: (briefs.len() > shown).then(|| here.to(&address(linked, credit))),
    }))
}

fn address(linked: &LinkedEntity, credit: Credit) -> String {
    format!("{}{}/", linked.permalink, credit.segment())
}

/// A page of all briefs of a credit.
pub(super) fn view(
    here: &Here<'_>,
    idx: EntityIdx,
    credit: Credit,
    page: u32,
) -> Result<CreditsView, Diagnostic> {
    let linked = here.edition.entity(idx);
    let briefs = linked.briefs.credited(credit);
    let name = &*linked.entity.document.title.value;
    let pager = pager(here, &address(linked, credit), page, briefs.len());
    let title = match credit {
        Credit::Wrote => format!("Written by {name}"),
        Credit::SourceOf => format!("With {name} as a source"),
    };
    let head = HeadOf {
        title: &title,
        section: "entities/",
        breadcrumbs: vec![
            here.crumb("Entities", "entities/"),
            here.crumb(name, &linked.permalink.0),
        ],
        is: Described::Collection,
        pager: Some(&pager),
        ..HeadOf::default()
    };
    Ok(CreditsView {
        head: head.at(here),
        entity: here.entity(linked),
        title,
        credit: credit.segment().to_owned(),
        n_briefs: count(briefs.len()),
        briefs: stretch(here.edition, briefs, page)
            .iter()
            .map(|it| brief_item(here, *it))
            .collect::<Result<_, _>>()?,
        pager,
    })
}

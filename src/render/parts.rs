//! Parts of pages that many pages show, each rendered once.
//!
//! A brief stands in the sidebars of the briefs after it, among their related briefs, and in
//! the lists of all that it names; an entity with the same role beside one brief after the
//! other. What such a part shows is the same everywhere but for the way from the page to the
//! root of the site, so that is left open and put in for each page.
//!
//! Turned down: a part for each depth at which pages lie. Lists go over several pages, the
//! first of which lies higher than the rest, so most parts would be rendered twice and kept
//! twice; putting in the way costs a copy of a few hundred bytes, which a page needs anyhow.

use std::sync::OnceLock;

use crate::diagnostic::Diagnostic;
use crate::html::Html;
use crate::link::registry::EntityIdx;
use crate::link::texts::BriefIdx;
use crate::render::here::Here;
use crate::render::kept::Kept;
use crate::render::view::{BriefItem, EntityCard};

/// Stands for the way to the root while a part is rendered: no text of a book holds it, since
/// a control character is refused as the file is read.
const ROOT: u8 = 1;
/// Cards are kept for up to this many mentions in a brief. Few briefs name an entity more often,
/// and for these its card is rendered each time.
const MOST_MENTIONS: usize = 4;

/// A brief in passing, by `brief-link.html`.
pub(super) fn brief_link(here: &Here<'_>, idx: BriefIdx) -> Result<Html, Diagnostic> {
    let place = brief_place(&here.templates.kept.links, here, idx);
    part(Some(place), here, |nowhere| {
        here.templates.render("brief-link.html", &nowhere.brief(idx))
    })
}

/// A brief in a list, by `item.html`.
pub(super) fn brief_item(here: &Here<'_>, idx: BriefIdx) -> Result<Html, Diagnostic> {
    let place = brief_place(&here.templates.kept.items, here, idx);
    part(Some(place), here, |nowhere| {
        here.templates.render("item.html", &item(nowhere, idx))
    })
}

/// A brief in a list.
pub(super) fn item(here: &Here<'_>, idx: BriefIdx) -> BriefItem {
    let linked = here.edition.brief(idx);
    let front = &linked.brief.front;
    let local = front.date.local();
    let mut entities: Vec<EntityIdx> =
        linked.entities.iter().map(|(entity, _)| *entity).collect();
    // The rarest first: they set the brief apart.
    entities.sort_by_key(|it| (here.edition.entity(*it).briefs.named.len(), *it));
    BriefItem {
        title: linked.brief.document.title.value.to_string(),
        href: here.page(&linked.permalink),
        date: here.day(linked),
        time: front
            .date
            .has_time
            .then(|| format!("{:02}:{:02}", local.hour(), local.minute())),
        place: front.place.as_ref().map(|place| place.value.to_string()),
        summary: linked.brief.standfirst(),
        lang: here.lang(linked),
        entities: entities
            .into_iter()
            .take(3)
            .map(|it| here.entity(here.edition.entity(it)))
            .collect(),
    }
}

/// What one card of an entity can have that another has not: equal values, equal cards. A card
/// with a name that held for a time only has no such value, and is not kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct CardOf {
    /// The role of that day, as a position in the entity's roles.
    pub(super) role: Option<usize>,
    /// How often the brief mentions the entity.
    pub(super) n_mentions: u32,
}

impl CardOf {
    /// Where the card is kept, if it is.
    fn place(self) -> Option<usize> {
        let n = usize::try_from(self.n_mentions).ok()?.checked_sub(1)?;
        let role = self.role.map_or(0, |at| at + 1);
        (n < MOST_MENTIONS).then_some(role * MOST_MENTIONS + n)
    }
}

/// An entity beside a brief, by `card.html`. `of` is `None` for a card that is like no other
/// of the entity, so that keeping it would be of no use.
pub(super) fn card(
    here: &Here<'_>,
    idx: EntityIdx,
    of: Option<CardOf>,
    view: impl FnOnce(&Here<'_>) -> EntityCard,
) -> Result<Html, Diagnostic> {
    let entities = &here.edition.entities;
    let cards = here.templates.kept.cards.get_or_init(|| {
        std::iter::repeat_with(Kept::default).take(entities.len()).collect()
    });
    let n_roles = here.edition.entity(idx).entity.front.roles.len();
    let n_cards = (n_roles + 1) * MOST_MENTIONS;
    let place =
        of.and_then(CardOf::place).map(|at| cards[idx.0 as usize].place(at, n_cards));
    part(place, here, |nowhere| here.templates.render("card.html", &view(nowhere)))
}

/// The place of a brief's part.
pub(super) fn brief_place<'a>(
    kept: &'a Kept,
    here: &Here<'_>,
    idx: BriefIdx,
) -> &'a OnceLock<Box<str>> {
    kept.place(idx.0 as usize, here.edition.briefs.len())
}

/// The part for the page at `here`: `rendered` if this is the first page to ask, or if there
/// is no place to keep it.
fn part(
    place: Option<&OnceLock<Box<str>>>,
    here: &Here<'_>,
    rendered: impl FnOnce(&Here<'_>) -> Result<Vec<u8>, Diagnostic>,
) -> Result<Html, Diagnostic> {
    if let Some(text) = place.and_then(OnceLock::get) {
        return Ok(with_root(text, &here.root));
    }
    let root = char::from(ROOT).to_string();
    let text = String::from_utf8(rendered(&here.with_root(root))?)
        .expect("templates and views are text");
    Ok(match place {
        Some(place) => with_root(place.get_or_init(|| text.into()), &here.root),
        None => with_root(&text, &here.root),
    })
}

fn with_root(text: &str, root: &str) -> Html {
    let mut html = String::with_capacity(text.len() + 8 * root.len());
    let mut from = 0;
    for at in memchr::memchr_iter(ROOT, text.as_bytes()) {
        html.push_str(&text[from..at]);
        html.push_str(root);
        from = at + 1;
    }
    html.push_str(&text[from..]);
    Html(html)
}

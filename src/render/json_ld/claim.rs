//! A claim in the vocabulary of schema.org: `Claim`, and `ClaimReview` where the site says
//! that it reviews claims.

use serde::Serialize;

use crate::html::Html;
use crate::link::claims::{Party, Proposition};
use crate::link::texts::TextIdx;
use crate::parse::claim::{FindingKind, StanceKind};
use crate::render::addresses::absolute;
use crate::render::here::Here;
use crate::render::json_ld::types::{SCHEMA, Thing};
use crate::render::json_ld::{Way, thing};
use crate::render::words::finding_status;

/// <https://schema.org/Claim>.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ClaimThing<'a> {
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    context: Option<&'static str>,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    about: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    appearance: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_appearance: Option<Thing<'a>>,
    name: String,
    text: String,
    url: String,
}

/// <https://schema.org/ClaimReview>.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ClaimReview<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    author: Thing<'a>,
    claim_reviewed: String,
    date_published: String,
    item_reviewed: ClaimThing<'a>,
    review_rating: Rating,
    url: String,
}

/// <https://schema.org/Rating>. A finding is a word, not a number: `ratingValue` stands for
/// the four of them in their order only because readers of this type want one.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rating {
    #[serde(rename = "@type")]
    kind: &'static str,
    alternate_name: String,
    #[serde(rename = "bestRating")]
    best: u8,
    #[serde(rename = "ratingValue")]
    value: u8,
    #[serde(rename = "worstRating")]
    worst: u8,
}

/// Either of them.
#[derive(Serialize)]
#[serde(untagged)]
enum About<'a> {
    Claim(Box<ClaimThing<'a>>),
    Review(Box<ClaimReview<'a>>),
}

/// A claim, or the review of it; `None` for a site without an address.
pub(in crate::render) fn claim(
    here: &Here<'_>,
    claim: &Proposition,
    way: &Way<'_>,
) -> Option<Html> {
    let own = way.canonical.and_then(|url| about(here, claim, url.to_owned()));
    way.with(here, own)
}

fn about<'a>(here: &Here<'a>, claim: &Proposition, url: String) -> Option<About<'a>> {
    let edition = here.edition;
    let thing_of = claim_thing(here, claim, url.clone());
    let now = claim.now().filter(|_| edition.config.reviews_claims);
    let Some(now) = now else {
        let with_context = ClaimThing { context: Some(SCHEMA), ..thing_of };
        return Some(About::Claim(Box::new(with_context)));
    };
    let site = edition.config.site_url.as_ref()?.as_str();
    let publisher_url = edition.config.publisher.url.as_deref().unwrap_or(site);
    let author =
        Thing::new("Organization", edition.publisher(), Some(publisher_url.to_owned()));
    Some(About::Review(Box::new(ClaimReview {
        context: SCHEMA,
        kind: "ClaimReview",
        author,
        claim_reviewed: claim.with_stop(),
        date_published: now.on.first().to_string(),
        item_reviewed: thing_of,
        review_rating: rating(now.is),
        url,
    })))
}

fn rating(finding: FindingKind) -> Rating {
    let value = match finding {
        FindingKind::False => 1,
        FindingKind::Disputed => 2,
        FindingKind::Unconfirmed => 3,
        FindingKind::Confirmed => 4,
    };
    Rating {
        kind: "Rating",
        alternate_name: finding_status(finding).label,
        best: 4,
        value,
        worst: 1,
    }
}

/// A claim with who says it, whom it is about, and the briefs it appears in.
fn claim_thing<'a>(here: &Here<'a>, claim: &Proposition, url: String) -> ClaimThing<'a> {
    let edition = here.edition;
    let entities = |parties: Vec<&Party>| -> Vec<Thing<'a>> {
        let entity = |party: &Party| match party {
            Party::Entity(idx) => Some(thing(edition, edition.entity(*idx))),
            Party::Words(_) => None,
        };
        parties.into_iter().filter_map(entity).collect()
    };
    let leading = claim.leading();
    let says = leading.iter().filter(|it| it.kind == StanceKind::Says);
    let mut briefs: Vec<_> = claim.told_in.iter().map(|(text, _)| *text).collect();
    briefs.dedup();
    let article = |text: &TextIdx| match text {
        TextIdx::Brief(idx) => {
            let linked = edition.brief(*idx);
            let address = absolute(edition, &linked.permalink.0)?;
            let name = &linked.brief.document.title.value;
            Some(Thing::new("NewsArticle", name, Some(address)))
        }
        TextIdx::Entity(_)
        | TextIdx::Storyline(_)
        | TextIdx::Claim(_)
        | TextIdx::Page(_) => None,
    };
    // Briefs come newest first.
    let first = briefs.iter().rev().find_map(article);
    ClaimThing {
        context: None,
        kind: "Claim",
        about: entities(claim.about.iter().collect()),
        appearance: briefs.iter().filter_map(article).collect(),
        author: entities(says.map(|it| &it.party).collect())
            .into_iter()
            .map(author)
            .collect(),
        first_appearance: first,
        name: claim.with_stop(),
        text: claim.with_stop(),
        url,
    }
}

/// Who says a claim, as schema.org has it: a country or a capital that says something is the
/// government there, which is an organization.
fn author(thing: Thing<'_>) -> Thing<'_> {
    match thing.kind {
        "Person" => thing,
        _ => Thing { kind: "Organization", geo: None, ..thing },
    }
}

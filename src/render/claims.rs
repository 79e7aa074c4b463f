//! Claims in lists: on their own list, on the pages of parties and storylines, on the home
//! page.

use std::collections::BTreeSet;

use crate::link::claims::{ClaimIdx, Party, Proposition, Stance, Turn};
use crate::link::quotes::{Quoted, quote};
use crate::link::registry::EntityIdx;
use crate::link::texts::{StorylineIdx, TextIdx};
use crate::parse::claim::{FINDINGS, FindingKind, STANCES};
use crate::render::counted::count;
use crate::render::head::HeadOf;
use crate::render::here::Here;
use crate::render::paging::{pager, stretch};
use crate::render::view::{
    ClaimItem, ClaimsView, Counted, Link, Name, NowFinding, PartyClaim, QuoteItem,
    StanceGroup, StanceStep, TextLink,
};
use crate::render::words::{self, finding_status};

/// How long a finding is told on the home page, in days.
const FORTNIGHT: i64 = 14;
/// How many findings that turned are told there at least.
const LEAST_TURNED: usize = 5;

/// The list of claims, of all or of those with one finding now.
pub(super) fn list(here: &Here<'_>, of: Option<FindingKind>, page: u32) -> ClaimsView {
    let claims = &here.edition.claims;
    let finding = |idx: &ClaimIdx| claims.get(*idx).now().map(|it| it.is);
    let all: Vec<ClaimIdx> = claims.by_change.clone();
    let these: Vec<ClaimIdx> =
        all.iter().copied().filter(|idx| of.is_none() || finding(idx) == of).collect();
    let address = address_of(of);
    let pager = pager(here, &address, page, these.len());
    let title = match of {
        Some(of) => format!("Claims: {}", finding_status(of).label.to_lowercase()),
        None => "Claims".to_owned(),
    };
    let head = HeadOf {
        title: &title,
        section: "claims/",
        description: Some(format!(
            "What is claimed, by whom, and what {} finds.",
            here.edition.config.title
        )),
        breadcrumbs: match of {
            Some(_) => vec![here.crumb("Claims", "claims/")],
            None => Vec::new(),
        },
        pager: Some(&pager),
        ..HeadOf::default()
    };
    let tab = |kind: Option<FindingKind>| {
        let n = all.iter().filter(|idx| kind.is_none() || finding(idx) == kind).count();
        Counted {
            label: kind.map_or("All".to_owned(), |it| finding_status(it).label),
            href: here.to(&address_of(kind)),
            count: count(n),
            state: if kind == of { "current".to_owned() } else { String::new() },
        }
    };
    let kinds = FINDINGS.iter().map(|(_, kind)| *kind);
    let kinds = kinds.filter(|kind| all.iter().any(|idx| finding(idx) == Some(*kind)));
    let tabs = std::iter::once(None).chain(kinds.map(Some)).map(tab).collect();
    ClaimsView {
        head: head.at(here),
        title,
        n_claims: count(these.len()),
        tabs,
        claims: stretch(here.edition, &these, page)
            .iter()
            .map(|idx| item(here, claims.get(*idx)))
            .collect(),
        pager,
    }
}

/// The address of a list of claims, from the root of the site.
fn address_of(finding: Option<FindingKind>) -> String {
    match finding {
        Some(finding) => format!("claims/finding/{}/", finding.word()),
        None => "claims/".to_owned(),
    }
}

/// A claim in a list.
pub(super) fn item(here: &Here<'_>, claim: &Proposition) -> ClaimItem {
    ClaimItem {
        sentence: claim.with_stop(),
        lang: here.lang_of_claim(claim),
        href: href(here, claim),
        finding: claim.now().map(|now| now_finding(here, now)),
        before: before(claim).map(finding_status),
        stances: leading(here, claim),
        changed: claim.changed(here.edition).map(|day| here.date(day.into())),
    }
}

/// The page of a claim.
pub(super) fn href(here: &Here<'_>, claim: &Proposition) -> String {
    here.to(&format!("claims/{}/", claim.slug))
}

/// What the desk found before what it finds now.
pub(super) fn before(claim: &Proposition) -> Option<FindingKind> {
    claim.runs().nth(1).map(|it| it.is)
}

/// A finding and its day.
pub(super) fn now_finding(here: &Here<'_>, turn: &Turn) -> NowFinding {
    NowFinding { status: finding_status(turn.is), since: here.date(turn.on) }
}

/// A party by its name, linked if the registry knows it.
pub(super) fn party(here: &Here<'_>, party: &Party) -> Name {
    match party {
        Party::Entity(entity) => {
            let Link { label, href } = here.entity(here.edition.entity(*entity));
            Name { label, href: Some(href) }
        }
        Party::Words(words) => Name { label: words.to_string(), href: None },
    }
}

/// The parties by what each last did, in the order of the words for it.
fn leading(here: &Here<'_>, claim: &Proposition) -> Vec<StanceGroup> {
    groups(here, &claim.leading())
}

/// Stances by kind, each party once.
pub(super) fn groups(here: &Here<'_>, stances: &[&Stance]) -> Vec<StanceGroup> {
    let group = |(_, kind): &(&str, _)| {
        let mut seen = BTreeSet::new();
        let of_kind = stances.iter().filter(|it| it.kind == *kind);
        let once = of_kind.filter(|it| seen.insert(it.party.folded()));
        let parties: Vec<Name> = once.map(|it| party(here, &it.party)).collect();
        (!parties.is_empty()).then(|| StanceGroup {
            kind: kind.word().to_owned(),
            label: words::stance(*kind).by.to_owned(),
            parties,
        })
    };
    STANCES.iter().filter_map(group).collect()
}

/// The claims that an entity did something with, those of its newest stance first.
pub(super) fn of_party(here: &Here<'_>, entity: EntityIdx) -> Vec<PartyClaim> {
    let claims = &here.edition.claims;
    let its = claims.by_party.get(&entity).map_or(&[][..], |it| it);
    its.iter().map(|idx| party_claim(here, entity, claims.get(*idx))).collect()
}

fn party_claim(here: &Here<'_>, entity: EntityIdx, claim: &Proposition) -> PartyClaim {
    let own = claim.stances.iter().filter(|it| it.party == Party::Entity(entity));
    PartyClaim {
        sentence: claim.with_stop(),
        lang: here.lang_of_claim(claim),
        href: href(here, claim),
        finding: claim.now().map(|now| now_finding(here, now)),
        steps: steps(here, &own.collect::<Vec<_>>()),
    }
}

/// What a party did, when, and where that is told; what it did on one day is one step.
/// `stances` are its own, newest first.
pub(super) fn steps(here: &Here<'_>, stances: &[&Stance]) -> Vec<StanceStep> {
    let same = |a: &&Stance, b: &&Stance| a.kind == b.kind && a.on == b.on;
    let step = |same: &[&Stance]| StanceStep {
        kind: same[0].kind.word().to_owned(),
        does: words::stance(same[0].kind).does.to_owned(),
        did: words::stance(same[0].kind).did.to_owned(),
        date: same[0].on.map(|on| here.date(on)),
        told_in: same
            .iter()
            .filter_map(|it| told_in(here, it.told_in, it.annotation))
            .collect(),
    };
    stances.chunk_by(same).map(step).collect()
}

/// Where something is told: the note in a text; nothing for the claim's own front matter.
pub(super) fn told_in(
    here: &Here<'_>,
    text: TextIdx,
    annotation: Option<u32>,
) -> Option<TextLink> {
    annotation.map(|at| here.told_in(text, at))
}

/// The quotes of a speaker that are not the words of a stance, newest first.
pub(super) fn quotes_of(here: &Here<'_>, speaker: EntityIdx) -> Vec<QuoteItem> {
    let quotes = &here.edition.quotes;
    let its = quotes.by_speaker.get(&speaker).map_or(&[][..], |it| it);
    let its = its.iter().map(|at| &quotes.all[*at as usize]);
    its.filter(|it| !it.has_claim).map(|it| quote_item(here, it)).collect()
}

fn quote_item(here: &Here<'_>, it: &Quoted) -> QuoteItem {
    let document = here.edition.document(it.told_in);
    let to = quote(&document.body.annotations[it.annotation as usize].kind);
    let to = to.and_then(|it| it.to.as_ref()).map(|to| here.name(&to.value));
    QuoteItem {
        words: spoken(here, it.told_in, it.annotation),
        to,
        date: it.on.map(|on| here.date(on)),
        told_in: here.told_in(it.told_in, it.annotation),
    }
}

/// The words that an annotation is about, without quote marks around them: a page sets its
/// own.
pub(super) fn spoken(here: &Here<'_>, text: TextIdx, annotation: u32) -> Option<String> {
    let words = here.edition.document(text).annotated_words(annotation)?;
    Some(words::unquoted(&words).to_owned())
}

/// The claims that a storyline's briefs and its own text name, those that changed last
/// first.
pub(super) fn of_storyline(here: &Here<'_>, idx: StorylineIdx) -> Vec<ClaimItem> {
    let claims = &here.edition.claims;
    let briefs = &here.edition.storyline(idx).briefs;
    let texts = briefs.iter().map(|it| TextIdx::Brief(*it));
    let texts = texts.chain([TextIdx::Storyline(idx)]);
    let told: BTreeSet<ClaimIdx> = texts.flat_map(|it| claims.told_in(it)).collect();
    let mut told: Vec<&Proposition> =
        told.into_iter().map(|idx| claims.get(idx)).collect();
    told.sort_by_key(|it| std::cmp::Reverse(it.changed(here.edition)));
    told.into_iter().map(|it| item(here, it)).collect()
}

/// The claims whose finding turned in the last fortnight, and never fewer than the last
/// five; newest first.
pub(super) fn turned(here: &Here<'_>) -> Vec<ClaimItem> {
    let claims = &here.edition.claims;
    let with_turn = claims.all.iter().filter(|it| before(it).is_some());
    let mut turned: Vec<(&Turn, &Proposition)> =
        with_turn.filter_map(|it| Some((it.now()?, it))).collect();
    turned.sort_by_key(|(turn, it)| (std::cmp::Reverse(turn.on.first()), &it.slug));
    let since = here.today().checked_sub(jiff::Span::new().days(FORTNIGHT));
    let is_new = |turn: &Turn| since.as_ref().is_ok_and(|it| turn.on.first() >= *it);
    let n_new = turned.iter().filter(|(turn, _)| is_new(turn)).count();
    turned.truncate(n_new.max(LEAST_TURNED));
    let with_day = |(turn, it): (&Turn, &Proposition)| ClaimItem {
        changed: Some(here.date(turn.on)),
        ..item(here, it)
    };
    turned.into_iter().map(with_day).collect()
}

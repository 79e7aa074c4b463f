//! The page of a claim: who did what with it and when, and what the desk found.

use std::collections::{BTreeMap, BTreeSet};

use crate::date::PartialDate;
use crate::link::claims::{ClaimIdx, Party, Proposition, Stance};
use crate::link::texts::TextIdx;
use crate::parse::claim::{FindingKind, StanceKind};
use crate::render::body;
use crate::render::claims::{groups, now_finding, party, spoken, steps, told_in};
use crate::render::head::{Described, HeadOf, NetworkCard};
use crate::render::here::Here;
use crate::render::view::{
    ClaimCell, ClaimRow, ClaimTurn, ClaimView, ClaimWords, DeskCell, Source,
};
use crate::render::words::{self, finding_status};

/// With more days than this the table has no columns for them: it would be wider than any
/// screen, and its empty cells would outgrow what is told.
const MOST_DAYS: usize = 8;
/// With more parties than this, likewise.
const MOST_ROWS: usize = 60;

/// The page of a claim.
pub(super) fn view(here: &Here<'_>, idx: ClaimIdx) -> ClaimView {
    let claim = here.edition.claims.get(idx);
    let title = claim.with_stop();
    let language = here.lang_of_claim(claim).map(|it| it.tag);
    let head = HeadOf {
        title: &title,
        language: language.as_deref(),
        section: "claims/",
        description: Some(summary(here, claim)),
        breadcrumbs: vec![here.crumb("Claims", "claims/")],
        card: Some(NetworkCard::default()),
        is: Described::Claim(idx),
        ..HeadOf::default()
    };
    let head = head.at(here);
    let days = days(claim);
    let rows = rows(here, claim, &days);
    let file = claim.file.map(|idx| here.edition.claim_file(idx));
    ClaimView {
        head,
        title,
        finding: claim.now().map(|now| now_finding(here, now)),
        before: claim.runs().nth(1).map(|it| now_finding(here, it)),
        stances: groups(here, &claim.leading()),
        desk: desk(claim, &days),
        days: days.iter().map(|day| here.date(*day)).collect(),
        rows,
        body: claim.file.map_or_else(Vec::new, |idx| {
            body::render(TextIdx::Claim(idx), here).passages
        }),
        words: in_words(here, claim),
        turns: turns(here, claim),
        sources: sources(here, claim),
        about: claim.about.iter().map(|it| party(here, it)).collect(),
        edit: file.and_then(|it| here.edit(&it.claim.document.path)),
        extra: file.map(|it| it.claim.document.extra()).unwrap_or_default(),
    }
}

/// One or two sentences for search engines: who said what, and what the desk finds.
fn summary(here: &Here<'_>, claim: &Proposition) -> String {
    let mut said = String::new();
    for group in groups(here, &claim.leading()) {
        let names: Vec<String> = group.parties.into_iter().map(|it| it.label).collect();
        said += &format!("{} {}. ", group.label, words::and_list(&names));
    }
    if let Some(now) = claim.now() {
        let status = finding_status(now.is).label.to_lowercase();
        let title = &here.edition.config.title;
        said += &format!("{title} finds it {status}, {}.", here.date(now.on).text);
    }
    said.trim_end().to_owned()
}

/// The days of the table, oldest first; none if there are too many for one.
fn days(claim: &Proposition) -> Vec<PartialDate> {
    let stances = claim.stances.iter().filter_map(|it| it.on);
    let turns = claim.turns.iter().map(|it| it.on);
    let days: BTreeSet<PartialDate> = stances.chain(turns).collect();
    let mut days: Vec<PartialDate> = days.into_iter().collect();
    days.sort_by_key(|it| (it.first(), it.last()));
    let n_parties = claim.leading().len();
    if days.len() > MOST_DAYS || n_parties > MOST_ROWS { Vec::new() } else { days }
}

/// What the desk found, over as many days as it held.
fn desk(claim: &Proposition, days: &[PartialDate]) -> Vec<DeskCell> {
    let mut cells: Vec<(Option<FindingKind>, u32)> = Vec::new();
    if claim.turns.is_empty() {
        return Vec::new();
    }
    for day in days {
        let found = claim.turns.iter().find(|it| it.on.first() <= day.first());
        let found = found.map(|it| it.is);
        match cells.last_mut() {
            Some((last, n_days)) if *last == found => *n_days += 1,
            _ => cells.push((found, 1)),
        }
    }
    let cell = |(found, n_days): (Option<FindingKind>, u32)| DeskCell {
        status: found.map(finding_status),
        days: n_days,
    };
    cells.into_iter().map(cell).collect()
}

/// One row a party, in the order of the alphabet of kinds: those who say it first.
fn rows(here: &Here<'_>, claim: &Proposition, days: &[PartialDate]) -> Vec<ClaimRow> {
    let mut by_party: BTreeMap<Party, Vec<&Stance>> = BTreeMap::new();
    for stance in &claim.stances {
        by_party.entry(stance.party.folded()).or_default().push(stance);
    }
    let mut leading = claim.leading();
    leading.sort_by_key(|it| it.kind);
    let row = |lead: &Stance| {
        let stances = &by_party[&lead.party.folded()];
        ClaimRow {
            party: party(here, &lead.party),
            cells: days.iter().map(|day| cell(stances, *day)).collect(),
            steps: steps(here, stances),
        }
    };
    leading.into_iter().map(row).collect()
}

/// What a party did on a day, else the position that it still holds. `stances` are its own,
/// newest first.
fn cell(stances: &[&Stance], day: PartialDate) -> ClaimCell {
    let on_day = stances.iter().find(|it| it.on == Some(day));
    let before =
        stances.iter().find(|it| it.on.is_some_and(|on| on.first() < day.first()));
    let holds = |it: &&&Stance| it.kind != StanceKind::Withdraws;
    let kind = on_day.map(|it| it.kind);
    ClaimCell {
        kind: kind.map(|it| it.word().to_owned()),
        did: kind.map(|it| words::stance(it).did.to_owned()),
        held: on_day.or(before).filter(holds).map(|it| it.kind.word().to_owned()),
    }
}

/// What each text says in its own words, newest first.
fn in_words(here: &Here<'_>, claim: &Proposition) -> Vec<ClaimWords> {
    let mut by_note: BTreeMap<(TextIdx, u32), Vec<&Stance>> = BTreeMap::new();
    for stance in &claim.stances {
        if let Some(at) = stance.annotation {
            by_note.entry((stance.told_in, at)).or_default().push(stance);
        }
    }
    let none = Vec::new();
    let told = claim.told_in.iter().map(|(text, at)| ClaimWords {
        words: spoken(here, *text, *at),
        stances: groups(here, by_note.get(&(*text, *at)).unwrap_or(&none)),
        told_in: here.told_in(*text, *at),
    });
    told.collect()
}

fn turns(here: &Here<'_>, claim: &Proposition) -> Vec<ClaimTurn> {
    let turn = |it: &crate::link::claims::Turn| ClaimTurn {
        status: finding_status(it.is),
        on: here.date(it.on),
        source: it.source.as_ref().map(|it| here.name(it)),
        told_in: told_in(here, it.told_in, it.annotation),
    };
    claim.turns.iter().map(turn).collect()
}

/// Who reported the stances and what the findings rest on, each once, by name.
fn sources(here: &Here<'_>, claim: &Proposition) -> Vec<Source> {
    let stances = claim.stances.iter().filter_map(|it| it.source.as_deref());
    let turns = claim.turns.iter().filter_map(|it| it.source.as_deref());
    let names: BTreeSet<&str> = stances.chain(turns).collect();
    let source = |name: &str| Source {
        outlet: here.name(name),
        title: None,
        url: None,
        date: None,
        archive: None,
    };
    names.into_iter().map(source).collect()
}

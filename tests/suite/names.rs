//! How well names are found: the kit of `benches/names/` holds what is recorded there.

use std::fmt::Write as _;

use dateline::link::mentions::RulesOff;
use dateline::parse::config::NAME_RULES;
use snapbox::file;

use crate::names_kit::{score, table};

#[test]
fn names_are_found_as_well_as_is_recorded() {
    let (scores, slips) = score(&RulesOff::default());
    for slip in &slips {
        eprintln!("{}: {}\n    {}", slip.place, slip.what, slip.text);
    }
    assert!(scores["all"].cases >= 400, "{} cases", scores["all"].cases);
    // `SNAPSHOTS=overwrite` records a new figure; a worse one wants a reason.
    snapbox::assert_data_eq!(table(&scores), file!["../../benches/names/figures.txt"]);
}

#[test]
fn each_rule_is_worth_what_is_recorded() {
    let all = score(&RulesOff::default()).0["all"];
    let mut said = String::from("rule: right ones lost without it, wrong ones fewer\n");
    for rule in NAME_RULES {
        let without = score(&RulesOff::named([rule])).0["all"];
        let lost = all.right.saturating_sub(without.right);
        let fewer = all.wrong.saturating_sub(without.wrong);
        writeln!(said, "{rule}: {lost} {fewer}").unwrap();
    }
    snapbox::assert_data_eq!(said, file!["../../benches/names/rules.txt"]);
}

//! How well names are found: the kit of `benches/names/` holds what is recorded there.

use snapbox::file;

use crate::names_kit::{score, table};

#[test]
fn names_are_found_as_well_as_is_recorded() {
    let (scores, slips) = score();
    for slip in &slips {
        eprintln!("{}: {}\n    {}", slip.place, slip.what, slip.text);
    }
    assert!(scores["all"].cases >= 400, "{} cases", scores["all"].cases);
    // `SNAPSHOTS=overwrite` records a new figure; a worse one wants a reason.
    snapbox::assert_data_eq!(table(&scores), file!["../../benches/names/figures.txt"]);
}

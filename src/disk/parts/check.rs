//! Whether parts are all of one site, each of them once.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::bail;

use crate::disk::parts::OpenPart;
use crate::disk::write::resolved;

/// How many missing parts an error names.
const NAMED: usize = 10;

/// The error says which part is missing, twice there, or of another site.
pub(super) fn belong_together(parts: &[OpenPart]) -> anyhow::Result<()> {
    let mut by_number: BTreeMap<u32, &OpenPart> = BTreeMap::new();
    let Some(first) = parts.first() else { bail!("no part is named: name them all") };
    let of = first.lines.head.shard.of();
    for part in parts {
        let shard = part.lines.head.shard;
        if shard.of() != of {
            bail!(
                "{} is part {}, and {} is part {}: build all parts with one N",
                first.shown.display(),
                first.lines.head.shard,
                part.shown.display(),
                shard
            );
        }
        if let Some(other) = by_number.insert(shard.index(), part) {
            bail!(
                "{} and {} are both part {shard}: name each part once",
                other.shown.display(),
                part.shown.display()
            );
        }
    }
    for part in parts {
        let differences =
            part.lines.head.fingerprint.differences(&first.lines.head.fingerprint);
        if !differences.is_empty() {
            bail!(
                "{} and {} are parts of different sites; they differ in {}: build all parts from the same book with the same program",
                first.shown.display(),
                part.shown.display(),
                differences.join(", ")
            );
        }
    }
    let missing: Vec<String> = (1..=of)
        .filter(|index| !by_number.contains_key(index))
        .map(|index| format!("{index}/{of}"))
        .collect();
    if let Some(one) = missing.first() {
        let mut named =
            missing.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        if missing.len() > NAMED {
            named += &format!(" and {} more", missing.len() - NAMED);
        }
        bail!("missing: part {named}; make it with `dateline build --shard {one}`");
    }
    Ok(())
}

/// Refuses an output that is a part, lies in one, or holds one.
pub(super) fn is_apart(output: &Path, parts: &[OpenPart]) -> anyhow::Result<()> {
    let resolved = resolved(output)?;
    for part in parts {
        if resolved.starts_with(&part.folder) || part.folder.starts_with(&resolved) {
            bail!(
                "the output folder {} is the part {}, or lies in it or above it: name a folder of its own",
                output.display(),
                part.shown.display()
            );
        }
    }
    Ok(())
}

//! Registries in JSON: Wikidata's entities, Popolo, `FollowTheMoney`.

mod follow_the_money;
mod json;
mod popolo;
mod wikidata;

use std::path::Path;

use anyhow::Context;
use serde_json::Value;

use crate::disk;
use crate::import::kind::ArchiveKind;
use crate::import::records::OldRecord;
use crate::import::remark::Remark;

/// The largest registry that is read.
const MAX_REGISTRY: u64 = 1024 * 1024 * 1024;

/// Reads a registry. Names are taken in `language`, else in English, else in any.
pub(crate) fn records(
    kind: ArchiveKind,
    path: &Path,
    language: &str,
    remarks: &mut Vec<Remark>,
) -> anyhow::Result<Vec<OldRecord>> {
    let cannot = || format!("cannot read {}", path.display());
    let bytes = disk::read_archived(path, MAX_REGISTRY).with_context(cannot)?;
    let rows = values(&bytes).with_context(cannot)?;
    Ok(match kind {
        ArchiveKind::Wikidata => wikidata::records(&rows, language, remarks),
        ArchiveKind::Popolo => popolo::records(&rows),
        _ => follow_the_money::records(&rows),
    })
}

/// The values of a file: a single one, a list, or one a line, as dumps have them.
fn values(bytes: &[u8]) -> anyhow::Result<Vec<Value>> {
    match serde_json::from_slice::<Value>(bytes) {
        Ok(Value::Array(items)) => return Ok(items),
        Ok(one) => return Ok(vec![one]),
        Err(_) => {}
    }
    let lines = bytes.split(|it| *it == b'\n').map(|it| {
        let line = it.trim_ascii();
        line.strip_suffix(b",").unwrap_or(line)
    });
    let lines = lines.filter(|it| !it.is_empty() && *it != b"[" && *it != b"]");
    let values = lines.enumerate().map(|(at, line)| {
        serde_json::from_slice(line)
            .with_context(|| format!("line {} is not JSON", at + 1))
    });
    values.collect()
}

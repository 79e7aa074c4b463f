//! `dateline mentions --explain`: what became of a name, place by place.

use std::io::Write;

use serde::Serialize;

use crate::Built;
use crate::cmd::mentions::format::MentionFormat;
use crate::diagnostic::one_line;
use crate::link::candidates::listed;
use crate::link::explain::{Explained, explain};
use crate::link::registry::EntityIdx;
use crate::link::texts::TextIdx;
use crate::span::line_col;

/// What became of a name in one file.
#[derive(Serialize)]
struct ExplainedFile<'a> {
    file: &'a str,
    name: &'a str,
    /// The slugs of those whose name it is.
    entities: Vec<&'a str>,
    /// The registered name nearest to one that nobody has.
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<&'a str>,
    places: Vec<PlaceRecord<'a>>,
}

/// A place where the name stands.
#[derive(Serialize)]
struct PlaceRecord<'a> {
    /// From 1.
    line: usize,
    /// In characters, from 1.
    column: usize,
    surface: &'a str,
    entity: Option<&'a str>,
    rule: Option<&'static str>,
    is_link: bool,
    why: &'a str,
}

/// Explains a name in a text.
pub(super) fn print(
    file: &str,
    name: &str,
    idx: TextIdx,
    built: &Built,
    format: MentionFormat,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let explained = explain(&built.parsed, &built.edition, idx, name);
    let text = &*built.edition.document(idx).text;
    let slug = |it: EntityIdx| built.edition.entity(it).entity.document.slug.as_str();
    let record = ExplainedFile {
        file,
        name,
        entities: explained.holders.iter().map(|it| slug(*it)).collect(),
        nearest: explained.nearest.as_deref(),
        places: explained
            .places
            .iter()
            .map(|it| {
                let at = line_col(text, it.at.start as usize);
                PlaceRecord {
                    line: at.line,
                    column: at.col,
                    surface: text.get(it.at.range()).unwrap_or(""),
                    entity: it.entity.map(slug),
                    rule: it.rule,
                    is_link: it.is_link,
                    why: &it.why,
                }
            })
            .collect(),
    };
    if format == MentionFormat::Json {
        serde_json::to_writer(&mut *out, &record)?;
        writeln!(out)?;
        return Ok(());
    }
    for it in &record.places {
        let surface = it.surface.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = format!("{file}:{}:{}: `{surface}` {}", it.line, it.column, it.why);
        writeln!(out, "{}", one_line(&line))?;
    }
    for line in closing(&record, &explained, text) {
        writeln!(out, "{}", one_line(&format!("{file}: {line}")))?;
    }
    Ok(())
}

/// What is to say beyond the places: that the name is nobody's, or stands nowhere.
fn closing(record: &ExplainedFile<'_>, explained: &Explained, text: &str) -> Vec<String> {
    let name = record.name;
    let mut lines = Vec::new();
    if record.places.is_empty() {
        lines.push(format!("`{name}` stands nowhere in this file"));
        let others = explained.others.iter().take(5).map(|(at, rule)| {
            let words = text.get(at.range()).unwrap_or("");
            let place = line_col(text, at.start as usize);
            format!("`{words}` (line {}, rule `{rule}`)", place.line)
        });
        let others: Vec<String> = others.collect();
        if !others.is_empty() {
            lines.push(format!(
                "its entity is named by other words: {}",
                others.join(", ")
            ));
        }
    }
    let is_known = record.places.iter().any(|it| it.entity.is_some());
    match (&record.entities[..], record.nearest) {
        ([], Some(near)) => {
            lines.push(format!(
                "no entity is called `{name}`; the nearest name is `{near}`"
            ));
        }
        ([], None) if !is_known => lines.push(format!("no entity is called `{name}`")),
        ([_, _, ..], _) => {
            let slugs = listed(record.entities.iter().copied());
            lines.push(format!("`{name}` is a name of {slugs}"));
        }
        _ => {}
    }
    lines
}

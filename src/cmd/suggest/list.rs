//! A list that the desk has: names, kinds and aliases.

use std::path::Path;

use anyhow::bail;
use serde::Deserialize;

use crate::link::suggest::list::ListedEntity;
use crate::parse::entity::{EntityKind, KINDS};

/// A line of JSON.
#[derive(Deserialize)]
struct ListedJson {
    #[serde(alias = "label", alias = "title")]
    name: String,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
}

/// Reads a list. Empty lines and lines that begin with `#` say nothing.
pub(super) fn read(text: &str, file: &Path) -> anyhow::Result<Vec<ListedEntity>> {
    let mut list = Vec::new();
    for (n, line) in (1..).zip(text.lines()) {
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, kind, aliases) = if line.starts_with('{') {
            match serde_json::from_str::<ListedJson>(line) {
                Ok(it) => (it.name, it.kind, it.aliases),
                Err(error) => {
                    bail!("{}:{n}: this is not a named object: {error}", file.display())
                }
            }
        } else {
            let mut cells = line.split('\t').map(str::trim);
            let name = cells.next().unwrap_or("").to_owned();
            let kind = cells.next().filter(|it| !it.is_empty()).map(str::to_owned);
            let aliases = cells.flat_map(|it| it.split(['|', ';'])).map(str::trim);
            let aliases =
                aliases.filter(|it| !it.is_empty()).map(str::to_owned).collect();
            (name, kind, aliases)
        };
        let kind = match kind.as_deref() {
            None => EntityKind::Thing,
            Some(word) => match KINDS.iter().find(|(it, _)| *it == word) {
                Some((_, kind)) => *kind,
                None => bail!(
                    "{}:{n}: `{word}` is not a kind: write person, organization, place, event, law, work or thing",
                    file.display()
                ),
            },
        };
        if name.is_empty() {
            bail!("{}:{n}: the name is missing", file.display());
        }
        list.push(ListedEntity { name, kind, aliases });
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_names_or_tables_or_json() {
        let text = "# people\nAda Holm\n\nBo Lind\tperson\tLindy; B. Lind\n{\"label\":\"HU\",\"kind\":\"organization\",\"aliases\":[\"Harbor Union\"]}\n";
        let list = read(text, Path::new("list.tsv")).unwrap();
        let names: Vec<String> = list
            .iter()
            .map(|it| format!("{} {} {}", it.name, it.kind.word(), it.aliases.join("/")))
            .collect();
        assert_eq!(
            names,
            [
                "Ada Holm thing ",
                "Bo Lind person Lindy/B. Lind",
                "HU organization Harbor Union"
            ]
        );
        for (text, expected) in [
            ("Ada\tking", "list.tsv:1: `king` is not a kind"),
            ("{\"x\":1}", "list.tsv:1: this is not a named object"),
        ] {
            let error = read(text, Path::new("list.tsv")).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
    }
}

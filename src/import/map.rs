//! What a desk says about its own archive: the file of `--map`.

use std::collections::BTreeMap;

use anyhow::{Context, bail};

/// What `--map` says.
///
/// ```toml
/// [keys]                       # a key of the old heads, and ours
/// standline = "summary"
/// [tags]                       # a tag or shortcode, and the Markdown for it
/// notice = "> {inner}"
/// button = "[{text}]({href})"
/// [entities]                   # a collection or folder, and the kind of its entities
/// _people = "person"
/// [columns]                    # a column of a table of records, and the field it fills
/// "Full name" = "name"
/// ```
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ImportMap {
    /// Keys of old heads and the key of ours that each stands for.
    pub(crate) keys: BTreeMap<String, String>,
    /// Tags and shortcodes, and Markdown with `{inner}`, `{0}` and `{name}` for what is in
    /// them.
    pub(crate) tags: BTreeMap<String, String>,
    /// Collections and folders whose files are entities, and their kind.
    pub(crate) entities: BTreeMap<String, String>,
    /// Columns of a table of records, and the field each fills.
    pub(crate) columns: BTreeMap<String, String>,
}

impl ImportMap {
    /// Reads the file's text.
    pub fn parse(text: &str) -> anyhow::Result<ImportMap> {
        let map: ImportMap =
            toml::from_str(text).context("cannot read the file that --map names")?;
        for kind in map.entities.values() {
            if !crate::parse::entity::KINDS.iter().any(|it| it.0 == kind) {
                let kinds: Vec<_> =
                    crate::parse::entity::KINDS.iter().map(|it| it.0).collect();
                bail!(
                    "`{kind}` is not a kind of entity; the kinds are {}",
                    kinds.join(", ")
                );
            }
        }
        Ok(map)
    }

    /// The key that one of an old head stands for.
    pub(crate) fn key<'a>(&'a self, key: &'a str) -> &'a str {
        self.keys.get(key).map_or(key, |it| it)
    }
}

//! What is ticked, written: new files, and aliases in files that there are.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};

use crate::Built;
use crate::cmd::new::entity_file;
use crate::cmd::suggest::aliases::with_aliases;
use crate::cmd::suggest::table::Ticked;
use crate::disk;
use crate::link::registry::EntityIdx;
use crate::site::Site;

/// Writes what is ticked and prints a line a file; gives how many were written.
///
/// What a file would be is tried in memory first: one whose aliases could not be read back
/// is left alone, with a word on it.
pub(super) fn add(
    root: &Path,
    site: &Site,
    ticked: &Ticked,
    out: &mut impl Write,
) -> anyhow::Result<usize> {
    let config = &site.built.edition.config;
    let mut new: BTreeMap<String, String> = BTreeMap::new();
    for it in &ticked.entities {
        let (path, text) =
            entity_file(config, &it.name, it.kind, &it.aliases, &it.roles)?;
        if site.inputs.files.contains_key(&*path) || new.contains_key(&path) {
            writeln!(out, "{path} is there already, so `{}` is left out", it.name)?;
            continue;
        }
        new.insert(path, text);
    }
    let changed = changed(site, &ticked.aliases)?;
    for (path, text) in &new {
        disk::create(root, path, text)?;
        writeln!(out, "new      {path}")?;
    }
    for (path, (before, after)) in &changed {
        disk::replace(root, path, before.as_bytes(), after.as_bytes(), false)?;
        writeln!(out, "aliases  {path}")?;
    }
    Ok(new.len() + changed.len())
}

/// The files that get aliases, before and after.
type Changed = BTreeMap<Arc<str>, (Arc<str>, String)>;

fn changed(site: &Site, aliases: &[(EntityIdx, String)]) -> anyhow::Result<Changed> {
    let edition = &site.built.edition;
    let mut by_entity: BTreeMap<EntityIdx, Vec<String>> = BTreeMap::new();
    for (idx, alias) in aliases {
        let all = by_entity.entry(*idx).or_default();
        let known = edition.entity(*idx).entity.front.aliases.iter();
        if !all.contains(alias) && known.into_iter().all(|it| *it.value != **alias) {
            all.push(alias.clone());
        }
    }
    by_entity.retain(|_, it| !it.is_empty());
    let mut changed = Changed::new();
    let mut inputs = (*site.inputs).clone();
    for (idx, new) in &by_entity {
        let entity = &edition.entity(*idx).entity;
        let path = &entity.document.path;
        let after = with_aliases(entity, new).with_context(|| {
            format!("{path} has no place for an alias: write `aliases: []` into it first")
        })?;
        inputs.insert(path, &after);
        let before = site.inputs.text(path).context("a file of the book has a text")?;
        changed.insert(Arc::clone(path), (Arc::clone(before), after));
    }
    if changed.is_empty() {
        return Ok(changed);
    }
    let tried = Site::of(inputs, &Built::default());
    for (idx, new) in &by_entity {
        let (old, tried) = (edition.entity(*idx), tried.built.edition.entity(*idx));
        let has = |alias: &String| {
            tried.entity.front.aliases.iter().any(|it| *it.value == **alias)
        };
        let n_aliases = old.entity.front.aliases.len() + new.len();
        if !new.iter().all(has) || tried.entity.front.aliases.len() != n_aliases {
            let path = &old.entity.document.path;
            bail!("the aliases of {path} could not be read back, so nothing is written");
        }
    }
    Ok(changed)
}

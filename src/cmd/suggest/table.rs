//! Proposals as a table to tick, as `git rebase -i` has one.

use std::fmt::Write as _;
use std::process::Command;

use anyhow::{Context, bail};

use crate::cmd::suggest::record::sentence;
use crate::link::registry::EntityIdx;
use crate::link::suggest::aliases::SuggestedAlias;
use crate::link::suggest::entities::SuggestedEntity;
use crate::parse::entity::{EntityKind, KINDS};
use crate::site::Site;

/// What is to be added.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Ticked {
    /// Entities, with the titles that were seen beside them.
    pub(super) entities: Vec<TickedEntity>,
    /// Aliases of entities that there are.
    pub(super) aliases: Vec<(EntityIdx, String)>,
}

/// An entity that is to be added.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TickedEntity {
    pub(super) name: String,
    pub(super) kind: EntityKind,
    pub(super) aliases: Vec<String>,
    /// Lines for its `roles`, as comments to be checked.
    pub(super) roles: Vec<String>,
}

impl Ticked {
    /// All that is proposed.
    pub(super) fn all(
        entities: &[SuggestedEntity],
        aliases: &[SuggestedAlias],
        site: &Site,
    ) -> Ticked {
        let mut ticked = Ticked::default();
        for it in entities {
            ticked.entities.push(TickedEntity {
                name: it.name.clone(),
                kind: it.kind,
                aliases: it.aliases.clone(),
                roles: roles(it),
            });
        }
        ticked.aliases = aliases.iter().map(|it| (it.entity, it.alias.clone())).collect();
        let _ = site;
        ticked
    }
}

const HEAD: &str = "\
# Put an x between the brackets of what is to be added: [x].
# Name, kind and aliases can be changed; aliases stand behind |, apart by commas.
# Kinds: person, organization, place, event, law, work, thing. What follows ## is for you.
";

/// The table.
pub(super) fn written(
    entities: &[SuggestedEntity],
    aliases: &[SuggestedAlias],
    site: &Site,
) -> String {
    let mut table = HEAD.to_owned();
    let edition = &site.built.edition;
    if !entities.is_empty() {
        table.push_str("\n# New entities\n");
    }
    for it in entities {
        let names = match &it.aliases[..] {
            [] => it.name.clone(),
            aliases => format!("{} | {}", it.name, aliases.join(", ")),
        };
        let document = edition.document(it.place.0);
        let said = sentence(&document.text, it.place.1);
        let _ = writeln!(
            table,
            "[ ] {:<12} {names} ## {} in {}{}: {said}",
            it.kind.word(),
            it.count,
            it.n_texts,
            days(it),
        );
    }
    if !aliases.is_empty() {
        table.push_str("\n# New aliases\n");
    }
    for it in aliases {
        let slug = edition.entity(it.entity).entity.document.slug.as_str();
        let document = edition.document(it.place.0);
        let said = sentence(&document.text, it.place.1);
        let _ = writeln!(
            table,
            "[ ] {:<12} {slug} | {} ## {} of {}: {said}",
            "alias", it.alias, it.count, it.of,
        );
    }
    crate::diagnostic::printable(&table)
}

/// `, 2025-03-01 to 2025-04-02`.
fn days(it: &SuggestedEntity) -> String {
    match it.days {
        Some((first, last)) if first == last => format!(", {first}"),
        Some((first, last)) => format!(", {first} to {last}"),
        None => String::new(),
    }
}

/// `#  - {title: Mayor, from: 2025-03-01}`: the day is the first on which it was seen.
fn roles(it: &SuggestedEntity) -> Vec<String> {
    let roles = it.titles.iter().map(|title| {
        let from = title.days.map_or(String::new(), |it| format!(", from: {}", it.0));
        format!("#  - {{title: {}{from}}}", title.title)
    });
    roles.collect()
}

/// The table as it is after the desk has edited it; `None` if it was left empty.
#[expect(clippy::disallowed_methods, reason = "an editor is asked for, and opens a file")]
pub(super) fn edited(table: &str) -> anyhow::Result<Option<String>> {
    let editor = ["VISUAL", "EDITOR"]
        .iter()
        .find_map(|it| std::env::var(it).ok().filter(|editor| !editor.trim().is_empty()));
    let Some(editor) = editor else {
        bail!(
            "no editor is set: set EDITOR, or print the proposals without --edit and take all with --write"
        );
    };
    let mut file = tempfile::Builder::new()
        .prefix("dateline-suggest-")
        .suffix(".txt")
        .tempfile()
        .context("cannot make a file for the editor")?;
    std::io::Write::write_all(&mut file, table.as_bytes())
        .context("cannot write the file for the editor")?;
    let path = file.into_temp_path();
    // An editor may come with options: `code --wait`.
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let ended = Command::new(program)
        .args(words)
        .arg(&path)
        .status()
        .with_context(|| format!("cannot start the editor `{editor}`"))?;
    if !ended.success() {
        bail!("the editor `{editor}` ended with an error, so nothing is written");
    }
    let text = std::fs::read_to_string(&path).context("cannot read the edited table")?;
    Ok((!text.trim().is_empty()).then_some(text))
}

/// What is ticked in a table.
pub(super) fn read(table: &str, site: &Site) -> anyhow::Result<Ticked> {
    let mut ticked = Ticked::default();
    for (n, line) in (1..).zip(table.lines()) {
        let line = line.split(" ##").next().unwrap_or("").trim();
        if line.is_empty() || line.starts_with('#') || line.starts_with("[ ]") {
            continue;
        }
        let rest = line.strip_prefix("[x]").or_else(|| line.strip_prefix("[X]"));
        let Some((word, rest)) = rest.and_then(|it| it.trim_start().split_once(' '))
        else {
            bail!("line {n} of the table cannot be read: `{line}`");
        };
        let (name, others) = rest.split_once('|').unwrap_or((rest, ""));
        let name = name.trim();
        let others = others.split(',').map(str::trim).filter(|it| !it.is_empty());
        let others: Vec<String> = others.map(str::to_owned).collect();
        if word == "alias" {
            let Some(idx) = site.built.edition.entity_idx(name) else {
                bail!("line {n} of the table names no entity: `{name}`");
            };
            ticked.aliases.extend(others.into_iter().map(|it| (idx, it)));
            continue;
        }
        let Some((_, kind)) = KINDS.iter().find(|(it, _)| *it == word) else {
            bail!("line {n} of the table has a kind that there is not: `{word}`");
        };
        if name.is_empty() {
            bail!("line {n} of the table has no name");
        }
        ticked.entities.push(TickedEntity {
            name: name.to_owned(),
            kind: *kind,
            aliases: others,
            roles: Vec::new(),
        });
    }
    Ok(ticked)
}

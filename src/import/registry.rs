//! Entities that an archive brings along: those who write in it.

use std::collections::BTreeMap;

use crate::import::compose::Composer;
use crate::import::post::{OldSite, Person};
use crate::import::proof::NewFile;
use crate::import::remark::{Construct, Remark};
use crate::slug::Slug;

/// Words by which a name is that of a body and not of a person.
const BODIES: &[&str] = &[
    "agency",
    "association",
    "board",
    "bureau",
    "center",
    "centre",
    "club",
    "collective",
    "committee",
    "company",
    "contributors",
    "council",
    "department",
    "desk",
    "editorial",
    "editors",
    "foundation",
    "group",
    "inc",
    "institute",
    "journal",
    "lab",
    "ltd",
    "magazine",
    "media",
    "ministry",
    "network",
    "news",
    "newsroom",
    "office",
    "organization",
    "post",
    "press",
    "project",
    "reporters",
    "service",
    "society",
    "staff",
    "team",
    "times",
    "union",
    "university",
];

/// The files of those who write, by name. Names of one word would be found in texts where
/// they mean something else, so they make no entity.
pub(crate) fn authors(
    authors: &BTreeMap<String, usize>,
    site: &OldSite,
    src: &str,
    is_taken: impl Fn(&str) -> bool,
) -> (Vec<NewFile>, Vec<Remark>) {
    let mut files: BTreeMap<String, NewFile> = BTreeMap::new();
    let mut remarks = Vec::new();
    for (name, n) in authors {
        let is_short = name.split_whitespace().count() < 2;
        let slug =
            Slug::from_title(name).filter(|_| !is_short && !name.contains(['@', '/']));
        let Some(slug) = slug else {
            remarks.push(Remark::of(Construct::NoEntity, name));
            continue;
        };
        let path = format!("{src}/entities/{slug}.md");
        if is_taken(&path) {
            continue;
        }
        if files.contains_key(&path) {
            remarks.push(Remark::of(Construct::MergedEntity, name));
            continue;
        }
        let known = site.people.values().find(|it| it.name == *name);
        let text = entity(name, known);
        files.insert(
            path.clone(),
            NewFile { path, text, from: format!("by {name}, {n} times") },
        );
    }
    (files.into_values().collect(), remarks)
}

fn entity(name: &str, known: Option<&Person>) -> String {
    let mut out = Composer::default();
    out.text("name", name);
    out.bare("kind", if is_body(name) { "organization" } else { "person" });
    let summary = known.and_then(|it| it.summary.as_deref());
    out.maybe("summary", summary);
    if let Some(website) = known.and_then(|it| it.website.as_deref()) {
        out.bare(
            "same-as",
            &crate::import::compose::table(&[("website", Some(website))]),
        );
    }
    out.file("")
}

/// Whether a name is that of a team, a board, an agency.
pub(crate) fn is_body(name: &str) -> bool {
    let mut words = name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    name.starts_with("The ") || words.any(|it| BODIES.contains(&it.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn teams_are_no_persons_and_short_names_no_entities() {
        let names = ["Ada Holm", "News Team", "admin", "Ada  Holm"];
        let counts = names.iter().map(|it| ((*it).to_owned(), 1)).collect();
        let (files, remarks) =
            authors(&counts, &OldSite::default(), "content", |_| false);
        let said: Vec<_> =
            files.iter().map(|it| it.text.lines().nth(2).unwrap()).collect();
        assert_eq!(said, ["kind: person", "kind: organization"]);
        let said: Vec<_> = remarks.iter().map(|it| it.construct).collect();
        assert_eq!(said, [Construct::MergedEntity, Construct::NoEntity]);
    }
}

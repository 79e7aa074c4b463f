//! Registries of others as entities: people, bodies and places with their offices.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;

use crate::date::PartialDate;
use crate::import::compose::{Composer, table};
use crate::import::proof::NewFile;
use crate::import::remark::{Construct, Remark};
use crate::slug::Slug;

/// One person, body, place or thing of a registry.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OldRecord {
    /// Where it stands: a line, an identifier.
    pub(crate) from: String,
    /// What the registry tells its records apart by, if it does: two ids are two things.
    pub(crate) id: Option<String>,
    pub(crate) name: String,
    /// A word of [`crate::parse::entity::KINDS`]; empty if the registry does not say.
    pub(crate) kind: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) summary: Option<String>,
    /// The year or day of birth, which tells people of one name apart.
    pub(crate) born: Option<String>,
    /// Identifiers elsewhere: the scheme, and the identifier or address.
    pub(crate) same_as: Vec<(String, String)>,
    pub(crate) location: Option<(String, String)>,
    pub(crate) roles: Vec<RecordRole>,
}

/// An office that was held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RecordRole {
    pub(crate) title: String,
    pub(crate) of: Option<String>,
    pub(crate) from: Option<PartialDate>,
    pub(crate) to: Option<PartialDate>,
}

/// The files of entities, by path, and what there is to say. `src` is the content folder.
pub(crate) fn files(records: Vec<OldRecord>, src: &str) -> (Vec<NewFile>, Vec<Remark>) {
    let mut remarks = Vec::new();
    let mut by_slug: BTreeMap<String, Vec<OldRecord>> = BTreeMap::new();
    for record in records {
        let slug = Slug::from_title(&record.name);
        match slug.filter(|_| !record.name.trim().is_empty()) {
            Some(slug) => {
                by_slug.entry(slug.as_str().to_owned()).or_default().push(record);
            }
            None => remarks.push(Remark::in_file(
                &record.from,
                Construct::NoName,
                &record.name,
            )),
        }
    }
    let mut files = Vec::new();
    for (slug, records) in by_slug {
        let records = merged(records, &mut remarks);
        let is_shared = records.len() > 1;
        let mut taken = BTreeSet::new();
        for (at, mut record) in records.into_iter().enumerate() {
            let mut own = own_slug(&record, &slug, at, is_shared);
            if !taken.insert(own.clone()) {
                own = format!("{own}-{}", at + 1);
            }
            let mut say = |construct, what: &str| {
                remarks.push(Remark::in_file(&record.from, construct, what));
            };
            if is_shared {
                say(Construct::Homonym, &own);
            }
            let n_before = record.roles.len();
            let roles = joined(std::mem::take(&mut record.roles));
            if roles.len() < n_before {
                say(Construct::JoinedTerms, &record.name);
            }
            record.roles = roles;
            let path = format!("{src}/entities/{own}.md");
            files.push(NewFile { path, text: text(&record), from: record.from });
        }
    }
    (files, remarks)
}

/// The slug of a record whose name has `slug`: its own id if that begins so, as those of our
/// own exports do; else with the year of birth or a number where others share the name.
fn own_slug(record: &OldRecord, slug: &str, at: usize, is_shared: bool) -> String {
    let is_ours = |it: &&str| it.starts_with(slug) && it.parse::<Slug>().is_ok();
    if let Some(id) = record.id.as_deref().filter(is_ours) {
        return id.to_owned();
    }
    match record.born.as_deref().and_then(|it| it.get(..4)) {
        _ if !is_shared => slug.to_owned(),
        Some(year) => format!("{slug}-{year}"),
        None => format!("{slug}-{}", at + 1),
    }
}

/// Records that mean one: of one name, where no two births differ.
fn merged(records: Vec<OldRecord>, remarks: &mut Vec<Remark>) -> Vec<OldRecord> {
    let mut kept: Vec<OldRecord> = Vec::new();
    for record in records {
        let Some(first) = kept.iter_mut().find(|it| is_same(it, &record)) else {
            kept.push(record);
            continue;
        };
        // Rows of a table that give one office each are one record from the start.
        if first.from != record.from && record.roles.is_empty() {
            remarks.push(Remark::in_file(
                &record.from,
                Construct::MergedEntity,
                &record.name,
            ));
        }
        first.roles.extend(record.roles);
        for alias in record.aliases.into_iter().chain(Some(record.name)) {
            if alias != first.name && !first.aliases.contains(&alias) {
                first.aliases.push(alias);
            }
        }
        for same in record.same_as {
            if !first.same_as.iter().any(|it| it.0 == same.0) {
                first.same_as.push(same);
            }
        }
        first.summary = first.summary.take().or(record.summary);
        first.born = first.born.take().or(record.born);
        first.location = first.location.take().or(record.location);
        if first.kind.is_empty() {
            first.kind = record.kind;
        }
    }
    kept
}

/// Whether nothing tells two records of one name apart: id, birth, kind.
fn is_same(a: &OldRecord, b: &OldRecord) -> bool {
    let wikidata = |it: &OldRecord| {
        it.same_as.iter().find(|it| it.0 == "wikidata").map(|it| it.1.clone())
    };
    let is_kind = a.kind == b.kind || a.kind.is_empty() || b.kind.is_empty();
    is_kind
        && may_equal(a.born.as_ref(), b.born.as_ref())
        && may_equal(a.id.as_ref(), b.id.as_ref())
        && may_equal(wikidata(a).as_ref(), wikidata(b).as_ref())
}

fn may_equal(a: Option<&String>, b: Option<&String>) -> bool {
    a.zip(b).is_none_or(|(a, b)| a == b)
}

/// Roles by their first day; terms of one office that follow each other are one.
fn joined(mut roles: Vec<RecordRole>) -> Vec<RecordRole> {
    roles.sort_by(|a, b| {
        let key = |it: &RecordRole| it.from.map(PartialDate::first);
        key(a).cmp(&key(b)).then_with(|| a.title.cmp(&b.title))
    });
    let mut kept: Vec<RecordRole> = Vec::new();
    for role in roles {
        let follows = |it: &&mut RecordRole| {
            let next =
                it.to.map(|to| to.last().checked_add(1.day()).unwrap_or(to.last()));
            it.title == role.title
                && it.of == role.of
                && next.zip(role.from).is_some_and(|(next, from)| from.first() <= next)
        };
        match kept.iter_mut().rev().find(follows) {
            Some(before) => {
                let is_later =
                    before.to.map(PartialDate::last) < role.to.map(PartialDate::last);
                if role.to.is_none() || is_later {
                    before.to = role.to;
                }
            }
            None => kept.push(role),
        }
    }
    kept.dedup();
    kept
}

/// The file of a record.
fn text(record: &OldRecord) -> String {
    let mut out = Composer::default();
    out.text("name", &record.name);
    out.bare(
        "kind",
        if record.kind.is_empty() { guessed_kind(record) } else { &record.kind },
    );
    out.list("aliases", &record.aliases);
    out.maybe("summary", record.summary.as_deref());
    let roles: Vec<String> = record.roles.iter().map(role).collect();
    out.lines("roles", &roles);
    let same: Vec<(&str, Option<&str>)> = record
        .same_as
        .iter()
        .map(|(key, value)| (key.as_str(), Some(value.as_str())))
        .collect();
    if !same.is_empty() {
        out.bare("same-as", &table(&same));
    }
    if let Some((lat, lon)) = &record.location {
        out.bare("location", &format!("{{lat: {lat}, lon: {lon}}}"));
    }
    out.file("")
}

fn role(role: &RecordRole) -> String {
    let (from, to) =
        (role.from.map(|it| it.to_string()), role.to.map(|it| it.to_string()));
    let text = table(&[("title", Some(role.title.as_str())), ("of", role.of.as_deref())]);
    let dates: Vec<String> = [("from", from), ("to", to)]
        .into_iter()
        .filter_map(|(key, day)| Some(format!(", {key}: {}", day?)))
        .collect();
    format!("{}{}}}", text.trim_end_matches('}'), dates.concat())
}

/// What a record without a kind is: a place if it lies somewhere, a body by its name, else a
/// person.
fn guessed_kind(record: &OldRecord) -> &'static str {
    if record.location.is_some() {
        "place"
    } else if crate::import::registry::is_body(&record.name) {
        "organization"
    } else {
        "person"
    }
}

/// A date of a registry: in our form, or a whole day in any.
pub(crate) fn day(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    let whole = || crate::import::dates::read(text).filter(|it| !it.is_doubtful);
    PartialDate::parse(text).or_else(|| whole().map(|it| it.day.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(name: &str, born: &str, terms: &[(&str, &str)]) -> OldRecord {
        let role = |(from, to): &(&str, &str)| RecordRole {
            title: "Mayor".to_owned(),
            of: Some("Norwick".to_owned()),
            from: day(from),
            to: day(to),
        };
        OldRecord {
            from: name.to_owned(),
            name: name.to_owned(),
            born: Some(born.to_owned()).filter(|it| !it.is_empty()),
            roles: terms.iter().map(role).collect(),
            ..OldRecord::default()
        }
    }

    #[test]
    fn terms_that_follow_each_other_are_one_role() {
        type Terms = &'static [(&'static str, &'static str)];
        let cases: [(Terms, &[&str]); 4] = [
            (
                &[("2011-01-03", "2017-01-03"), ("2017-01-03", "2023-01-03")],
                &["from: 2011-01-03, to: 2023-01-03"],
            ),
            (&[("2020-01-01", ""), ("2016-01-01", "2019-12-31")], &["from: 2016-01-01}"]),
            (
                &[("2011", "2012"), ("2015", "2016")],
                &["from: 2011, to: 2012", "from: 2015, to: 2016"],
            ),
            (
                &[("2011-01-01", "2013-01-01"), ("2012-01-01", "2012-06-01")],
                &["from: 2011-01-01, to: 2013-01-01"],
            ),
        ];
        for (terms, expected) in cases {
            let (files, _) = files(vec![one("Ines Quist", "", terms)], "content");
            let roles: Vec<&str> =
                files[0].text.lines().filter(|it| it.contains("title:")).collect();
            assert_eq!(roles.len(), expected.len(), "{terms:?}: {roles:?}");
            for (role, part) in roles.iter().zip(expected) {
                assert!(role.contains(part), "{role} lacks {part}");
            }
        }
    }

    #[test]
    fn people_of_one_name_have_their_year_of_birth_in_the_slug() {
        let records =
            vec![one("Ada Holm", "1950-01-01", &[]), one("Ada Holm", "1980", &[])];
        let (files, remarks) = files(records, "content");
        let paths: Vec<&str> = files.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(
            paths,
            ["content/entities/ada-holm-1950.md", "content/entities/ada-holm-1980.md"]
        );
        assert_eq!(remarks.len(), 2);
    }
}

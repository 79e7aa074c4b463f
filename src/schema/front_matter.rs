//! The front matter of content files.
#![expect(dead_code, reason = "the structs are read as types, never made")]

use std::collections::BTreeMap;

use schemars::JsonSchema;

use crate::parse::claim::StanceKind;
use crate::parse::entity::EntityKind;
use crate::parse::storyline::StoryStatus;
use crate::schema::values::{
    FindingWord, Moment, OneOrMany, PartialDate, Slug, Text, Url,
};

/// The front matter of a brief, a file in content/briefs/.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BriefFile {
    /// The headline.
    title: Text,
    /// When it was published: a day, or a day and a time in the book's time zone.
    date: Moment,
    /// When it last changed.
    updated: Option<Moment>,
    /// The standfirst: one paragraph.
    summary: Option<Text>,
    /// Its part of the address, where that is not the file's name.
    slug: Option<Slug>,
    /// Where it was written, the dateline: an entity's name, or plain text.
    place: Option<Text>,
    /// Who wrote it: names.
    by: Option<OneOrMany<Text>>,
    /// What it rests on: names of outlets, or tables that say more.
    sources: Option<OneOrMany<OutletOrSource>>,
    /// The storylines it belongs to: names of files in content/storylines/.
    storylines: Option<OneOrMany<Slug>>,
    /// Its tags.
    tags: Option<OneOrMany<Text>>,
    /// The picture on top.
    image: Option<Image>,
    /// What a name means in this brief: the entity's file name or name, or `none` for no
    /// link.
    mentions: Option<BTreeMap<String, Text>>,
    /// Addresses it once had, such as `/2024/old-name/`.
    redirect_from: Option<OneOrMany<Text>>,
    /// Whether it is not to be published.
    draft: Option<bool>,
    /// The instant before which it is in no output.
    embargo: Option<Moment>,
    /// The instant from which it is in no output.
    expires: Option<Moment>,
    /// Mistakes that were mended.
    corrections: Option<OneOrMany<Correction>>,
    /// Its language (BCP 47), where that is not the book's.
    language: Option<String>,
    /// A word or two above the headline.
    kicker: Option<Text>,
    /// The part of the paper it is filed under.
    section: Option<Text>,
    /// On what terms others may use it: an SPDX identifier such as CC-BY-4.0, an address, or
    /// words.
    license: Option<Text>,
    /// What templates of the book's own are told; Dateline makes nothing of it.
    extra: Option<BTreeMap<String, serde_json::Value>>,
}

/// The name of an outlet, or a table.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
enum OutletOrSource {
    /// The outlet: an entity's name, or plain text.
    Outlet(Text),
    /// The outlet and the piece.
    Source(Source),
}

/// What a brief rests on.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct Source {
    /// The outlet: an entity's name, or plain text.
    outlet: Text,
    /// The title of the piece.
    title: Option<Text>,
    /// Its address.
    url: Option<Url>,
    /// Its date.
    date: Option<PartialDate>,
    /// The address of an archived copy.
    archive: Option<Url>,
}

/// A mistake that was mended.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct Correction {
    /// The day it was mended.
    on: PartialDate,
    /// What was wrong, and what is right.
    text: Text,
}

/// A picture.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct Image {
    /// The file, from static/.
    file: Text,
    /// What it shows, for who cannot see it.
    alt: Option<Text>,
    /// The words below it.
    caption: Option<Text>,
    /// Who made it.
    credit: Option<Text>,
    /// When it was made.
    date: Option<PartialDate>,
}

/// The front matter of an entity, a file in content/entities/.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EntityFile {
    /// Its name.
    name: Text,
    /// What it is.
    kind: EntityKind,
    /// Its part of the address, where that is not the file's name.
    slug: Option<Slug>,
    /// Its language (BCP 47), where that is not the book's.
    language: Option<String>,
    /// Its other names.
    aliases: Option<OneOrMany<Text>>,
    /// One line on who or what it is.
    summary: Option<Text>,
    /// The offices it held.
    roles: Option<OneOrMany<Role>>,
    /// How it is tied to other entities.
    relations: Option<OneOrMany<Relation>>,
    /// The same entity elsewhere: `wikidata`, `orcid`, `isni`, `viaf`, `geonames` or `ror`
    /// with an identifier, or any word with an address.
    same_as: Option<BTreeMap<String, Text>>,
    /// A picture.
    image: Option<Image>,
    /// Where a place is.
    location: Option<Location>,
    /// Names that hold for a time only.
    names: Option<OneOrMany<DatedName>>,
    /// What templates of the book's own are told; Dateline makes nothing of it.
    extra: Option<BTreeMap<String, serde_json::Value>>,
    /// Addresses it once had, such as `/people/old-name/`.
    redirect_from: Option<OneOrMany<Text>>,
}

/// An office held for a time.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct Role {
    /// What it is called.
    title: Text,
    /// Of what: an entity's name, or plain text.
    of: Option<Text>,
    /// Its first day.
    from: Option<PartialDate>,
    /// Its last day; none while it lasts.
    to: Option<PartialDate>,
}

/// A tie to another entity.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct Relation {
    /// What it is: `member of`.
    is: Text,
    /// The other entity: its file name or its name.
    entity: Text,
    /// Its first day.
    from: Option<PartialDate>,
    /// Its last day.
    to: Option<PartialDate>,
}

/// A name that holds for a time only.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct DatedName {
    /// The name.
    name: Text,
    /// Its first day.
    from: Option<PartialDate>,
    /// Its last day.
    to: Option<PartialDate>,
}

/// Where a place is, in degrees.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct Location {
    /// Latitude, north positive.
    #[schemars(range(min = -90.0, max = 90.0))]
    lat: f64,
    /// Longitude, east positive.
    #[schemars(range(min = -180.0, max = 180.0))]
    lon: f64,
}

/// The front matter of a storyline, a file in content/storylines/.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StorylineFile {
    /// Its title.
    title: Text,
    /// Its part of the address, where that is not the file's name.
    slug: Option<Slug>,
    /// Its language (BCP 47), where that is not the book's.
    language: Option<String>,
    /// What the story is, in a sentence or two.
    summary: Option<Text>,
    /// Whether it goes on.
    status: Option<StoryStatus>,
    /// What templates of the book's own are told; Dateline makes nothing of it.
    extra: Option<BTreeMap<String, serde_json::Value>>,
    /// Addresses it once had, such as `/stories/old-name/`.
    redirect_from: Option<OneOrMany<Text>>,
}

/// The front matter of a claim, a file in content/claims/.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ClaimFile {
    /// The claim: one full sentence that is true or false.
    title: Text,
    /// Its part of the address, where that is not the file's name.
    slug: Option<Slug>,
    /// Its language (BCP 47), where that is not the book's.
    language: Option<String>,
    /// Whom or what it is about: names of entities, or plain words.
    about: Option<OneOrMany<Text>>,
    /// What the desk found apart from briefs.
    findings: Option<OneOrMany<Finding>>,
    /// What parties did with it apart from briefs.
    stances: Option<OneOrMany<Stance>>,
    /// Addresses it once had, such as `/claims/old-name/`.
    redirect_from: Option<OneOrMany<Text>>,
    /// What templates of the book's own are told; Dateline makes nothing of it.
    extra: Option<BTreeMap<String, serde_json::Value>>,
}

/// What the desk found.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct Finding {
    /// What it found.
    is: FindingWord,
    /// When.
    on: PartialDate,
    /// On what grounds: an entity's name, or plain text.
    source: Option<Text>,
}

/// What a party did.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct Stance {
    /// Who: an entity's name, or plain text.
    by: Text,
    /// What the party did.
    does: StanceKind,
    /// When.
    on: Option<PartialDate>,
    /// Who reported it: an entity's name, or plain text.
    source: Option<Text>,
}

/// The front matter of a page, a file in content/pages/, or of content/index.md.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PageFile {
    /// Its title.
    title: Text,
    /// Its part of the address, where that is not the file's name.
    slug: Option<Slug>,
    /// Its language (BCP 47), where that is not the book's.
    language: Option<String>,
    /// One or two sentences on it.
    summary: Option<Text>,
    /// What templates of the book's own are told; Dateline makes nothing of it.
    extra: Option<BTreeMap<String, serde_json::Value>>,
    /// Addresses it once had, such as `/old-name/`.
    redirect_from: Option<OneOrMany<Text>>,
}

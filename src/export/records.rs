//! The records, as they are written: their documentation is their schema's.
//!
//! Pages are addresses from the root of the site, without `index.html`; files are paths
//! from the root of the book. Dates are `2025`, `2025-02` or `2025-02-20`.

use schemars::JsonSchema;
use serde::Serialize;

/// One line of an export: a JSON object whose `record` says what it is. Fields may be added;
/// `version` of the first line grows when one goes or changes its meaning.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "record", rename_all = "snake_case")]
pub enum Record<'a> {
    /// The first line.
    Book(Book<'a>),
    /// One for each entity of the registry.
    Entity(Entity<'a>),
    /// One for each storyline.
    Storyline(Storyline<'a>),
    /// One for each published brief.
    Brief(Brief<'a>),
    /// One for each place where an entity is named.
    Mention(Mention<'a>),
    /// One for each claim, however many texts name it.
    Claim(Claim<'a>),
    /// One for each thing that a party did with a claim.
    Stance(StanceRecord<'a>),
    /// One for each finding of the desk.
    Finding(FindingRecord<'a>),
    /// One for each quote that a text tells.
    Quote(Quote<'a>),
    /// One for each event, however many texts tell it.
    Event(Event<'a>),
}

/// The book.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Book<'a> {
    /// The version of the records.
    pub version: u32,
    /// The name of the site.
    pub title: &'a str,
    /// The address of the site.
    pub site_url: Option<&'a str>,
    /// The language of the texts (BCP 47).
    pub language: &'a str,
    /// How many briefs follow.
    pub n_briefs: usize,
    /// How many entities follow.
    pub n_entities: usize,
    /// How many storylines follow.
    pub n_storylines: usize,
}

/// An entity.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Entity<'a> {
    /// Its file.
    pub file: &'a str,
    /// Its page.
    pub page: &'a str,
    /// Its slug, by which other records name it.
    pub slug: &'a str,
    /// Its name.
    pub name: &'a str,
    /// `person`, `organization`, `place`, `event`, `law`, `work` or `thing`.
    pub kind: &'a str,
    /// Its other names.
    pub aliases: Vec<&'a str>,
    /// One line on who or what it is.
    pub summary: Option<&'a str>,
    /// The offices it held, in the order written.
    pub roles: Vec<Role<'a>>,
    /// How it is tied to other entities.
    pub relations: Vec<Relation<'a>>,
    /// Names that hold for a time only.
    pub names: Vec<Name<'a>>,
    /// Addresses of the same entity elsewhere.
    pub same_as: Vec<String>,
    /// Latitude and longitude in degrees.
    pub location: Option<[f64; 2]>,
    /// How many briefs name it.
    pub n_briefs: usize,
    /// How many it wrote, whether they name it or not.
    pub n_wrote: usize,
    /// How many rest on it, whether they name it or not.
    pub n_source_of: usize,
}

/// An office held for a time.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Role<'a> {
    /// What it is called.
    pub title: &'a str,
    /// Of what.
    pub of: Option<&'a str>,
    /// Its first day.
    pub from: Option<String>,
    /// Its last day; none while it lasts.
    pub to: Option<String>,
}

/// A tie to another entity.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Relation<'a> {
    /// What it is: `member of`.
    pub is: &'a str,
    /// The other entity, as written: its slug or name.
    pub entity: &'a str,
    /// Its first day.
    pub from: Option<String>,
    /// Its last day.
    pub to: Option<String>,
}

/// A name that holds for a time only.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Name<'a> {
    /// The name.
    pub name: &'a str,
    /// Its first day.
    pub from: Option<String>,
    /// Its last day.
    pub to: Option<String>,
}

/// A storyline.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Storyline<'a> {
    /// Its file.
    pub file: &'a str,
    /// Its page.
    pub page: &'a str,
    /// Its slug, by which briefs name it.
    pub slug: &'a str,
    /// Its title.
    pub title: &'a str,
    /// What the story is.
    pub summary: Option<&'a str>,
    /// `developing` or `closed`.
    pub status: &'a str,
    /// The pages of its briefs, oldest first.
    pub briefs: Vec<&'a str>,
}

/// A brief.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Brief<'a> {
    /// Its file.
    pub file: &'a str,
    /// Its page.
    pub page: &'a str,
    /// The headline.
    pub title: &'a str,
    /// When it was published: a day, or a time in RFC 3339.
    pub date: String,
    /// When it last changed.
    pub updated: Option<String>,
    /// The standfirst.
    pub summary: Option<&'a str>,
    /// Where it was written.
    pub place: Option<&'a str>,
    /// Who wrote it.
    pub by: Vec<&'a str>,
    /// What it rests on.
    pub sources: Vec<SourceRecord<'a>>,
    /// The slugs of its storylines.
    pub storylines: Vec<&'a str>,
    /// Its tags.
    pub tags: Vec<&'a str>,
    /// Its language (BCP 47).
    pub language: &'a str,
    /// The entities it names, in the order of a reader's first sight; without those that
    /// only wrote it or are its source.
    pub entities: Vec<Counted<'a>>,
    /// The corrections of its front matter.
    pub corrections: Vec<Correction<'a>>,
    /// Its text without footnotes, as plain text; a line break between blocks.
    pub text: String,
}

/// What a brief rests on.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Source")]
pub struct SourceRecord<'a> {
    /// The outlet.
    pub outlet: &'a str,
    /// The title of the piece.
    pub title: Option<&'a str>,
    /// Its address.
    pub url: Option<&'a str>,
    /// Its date.
    pub date: Option<String>,
    /// The address of an archived copy.
    pub archive: Option<&'a str>,
}

/// An entity of a brief.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Counted<'a> {
    /// Its slug.
    pub entity: &'a str,
    /// How often the brief names it.
    pub count: u32,
}

/// A mistake that was mended.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Correction<'a> {
    /// The day it was mended.
    pub on: String,
    /// What was wrong and what is right.
    pub text: &'a str,
}

/// A place where an entity is named.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Mention<'a> {
    /// The file.
    pub file: &'a str,
    /// The entity's slug.
    pub entity: &'a str,
    /// The words.
    pub surface: &'a str,
    /// The rule that found them; `written` for one linked by hand. For a name that is not in
    /// running text, where it stands: `heading`, `title`, `summary`, `link` (the words of a
    /// link that leads elsewhere), `caption`, `party`, `about`, `place`, and, which count apart
    /// from all others, `byline` and `source`.
    pub rule: &'static str,
    /// The first character (Unicode code point) of the file's text as read, from 0.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// A claim: one sentence that is true or false.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Claim<'a> {
    /// Its slug, by which other records name it.
    pub slug: &'a str,
    /// Its page.
    pub page: String,
    /// Its file; none for a claim that is only a sentence in a footnote.
    pub file: Option<&'a str>,
    /// The sentence, without its full stop.
    pub sentence: &'a str,
    /// Whom or what it is about: slugs of entities, else words.
    pub about: Vec<&'a str>,
    /// What the desk finds now: `unconfirmed`, `disputed`, `confirmed` or `false`.
    pub finding: Option<&'a str>,
    /// Since when.
    pub since: Option<String>,
    /// The pages of the texts that name it, newest first.
    pub told_in: Vec<&'a str>,
}

/// What a party did with a claim.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Stance")]
pub struct StanceRecord<'a> {
    /// The claim's slug.
    pub claim: &'a str,
    /// The party, as written, or as its entity is called.
    pub party: &'a str,
    /// The party, as an entity's slug.
    pub entity: Option<&'a str>,
    /// What it did: `says`, `denies`, `doubts` or `withdraws`.
    pub does: &'a str,
    /// When; the day of the brief if that is not written.
    pub on: Option<String>,
    /// Who reported it.
    pub source: Option<&'a str>,
    /// The file that tells it.
    pub file: &'a str,
    /// The page of that file.
    pub page: &'a str,
    /// The annotated words; none for an annotation at a point, and for a claim's own file.
    pub words: Option<String>,
    /// The note's text.
    pub note: Option<String>,
}

/// What the desk found of a claim.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
pub struct FindingRecord<'a> {
    /// The claim's slug.
    pub claim: &'a str,
    /// What it found: `unconfirmed`, `disputed`, `confirmed` or `false`.
    pub is: &'a str,
    /// When: the day of the text that prints it.
    pub on: String,
    /// On what grounds.
    pub source: Option<&'a str>,
    /// The file that prints it.
    pub file: &'a str,
    /// The page of that file.
    pub page: &'a str,
}

/// A quote.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Quote<'a> {
    /// The file that tells it.
    pub file: &'a str,
    /// The page of that file.
    pub page: &'a str,
    /// The annotated words; none for an annotation at a point.
    pub words: Option<String>,
    /// Who said it, as written.
    pub by: Option<&'a str>,
    /// Who said it, as an entity's slug.
    pub speaker: Option<&'a str>,
    /// When it was said; the day of the brief if that is not written.
    pub on: Option<String>,
    /// The outlet it was given to.
    pub to: Option<&'a str>,
    /// What it rests on.
    pub source: Option<&'a str>,
    /// The slug of the claim that the words say or deny.
    pub claim: Option<&'a str>,
    /// Which of the two: `says`, `denies`, `doubts` or `withdraws`.
    pub stance: Option<&'a str>,
    /// The note's text.
    pub note: String,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Event<'a> {
    /// When.
    pub date: String,
    /// What, in the words of the newest text.
    pub heading: &'a str,
    /// Where.
    pub place: Option<&'a str>,
    /// The slugs of the entities in the annotated words and at the place.
    pub entities: Vec<&'a str>,
    /// The pages of the texts that tell it, newest first.
    pub told_in: Vec<&'a str>,
}

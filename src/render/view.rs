//! What the templates are told: one struct a template, and the parts they share.
//!
//! Every template sees two names: `site` (a [`Site`], the same on all pages) and `view`, the
//! struct named after the template. Links are ready to print: relative to the page, or from
//! the root of the host where the page cannot know its place (`404.html`). A list that is
//! empty and an `Option` that is `None` leave out their part of the page, heading included.

use serde::Serialize;

use crate::html::Html;
use crate::parse::extra::Extra;

// ---------------------------------------------------------------------------------------
// Every page
// ---------------------------------------------------------------------------------------

/// What every template knows about the book, under the name `site`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Site {
    /// The book's title.
    pub title: String,
    /// One sentence about the book, shown in the footer.
    pub description: Option<String>,
    /// The book's language (BCP 47): `en`, `pt-BR`.
    pub language: String,
    /// The direction of its text: `ltr` or `rtl`.
    pub direction: String,
    /// The navigation, in order.
    pub nav: Vec<NavItem>,
    /// The last line of every page, such as who publishes it.
    pub footer: Option<String>,
    /// The stylesheet, from the root of the site: `dateline.css`.
    pub stylesheet: String,
    /// The script, from the root of the site: `dateline.js`.
    pub script: String,
    /// The icon, from the root of the site: `favicon.svg`.
    pub icon: String,
    /// Its media type: `image/svg+xml`.
    pub icon_type: &'static str,
    /// The publisher's logo, from the root of the site; it stands before the title.
    pub logo: Option<String>,
    /// Further stylesheets, from the root of the site, in order.
    pub additional_css: Vec<String>,
    /// Further scripts, in order.
    pub additional_js: Vec<Script>,
    /// The program and its version: `Dateline 0.1.0`.
    pub generator: String,
}

/// One entry of the navigation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NavItem {
    /// The words to follow.
    pub label: String,
    /// The page, from the root of the site: `entities/`. Templates put `head.root` before it.
    pub path: String,
    /// The address of a page elsewhere, if it leads out of the site.
    pub url: Option<String>,
}

/// A script of the book's own.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Script {
    /// The file, from the root of the site. Templates put `head.root` before it.
    pub path: String,
    /// Its address, if it is on another site.
    pub url: Option<String>,
    /// Further attributes of its element.
    pub attributes: Vec<Attribute>,
}

/// An attribute of an element.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Attribute {
    /// Its name: `data-domain`.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// What stands in a page's `<head>` and above its `<main>`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Head {
    /// The page's own title; templates add the book's unless the two are equal.
    pub title: String,
    /// One or two sentences for search engines and previews.
    pub description: Option<String>,
    /// The page's absolute address. `None` without a `site-url`.
    pub canonical: Option<String>,
    /// From this page to the root of the site, with the slash: `../../../`; `./` on the home
    /// page; the path of `site-url`, `/repo/`, on `404.html`, which is shown at any address.
    pub root: String,
    /// The path of the navigation item this page lies under: `entities/`; empty for the home
    /// page and the briefs, as is that item's own path.
    pub section: String,
    /// The pages above this one, outermost first, without the home page and this one.
    pub breadcrumbs: Vec<Link>,
    /// The language of the page (BCP 47).
    pub language: String,
    /// The direction of its text: `ltr` or `rtl`.
    pub direction: String,
    /// The feeds for this page, the most specific first, and other machine-readable forms.
    pub feeds: Vec<FeedLink>,
    /// Open Graph and Twitter properties, in order.
    pub social: Vec<Property>,
    /// The page's JSON-LD, with `<` written `\u003c`.
    pub json_ld: Option<Html>,
    /// What robots may do: `noindex`. `None` means everything.
    pub robots: Option<String>,
    /// The page before this one in its series.
    pub previous: Option<String>,
    /// The page after this one in its series.
    pub next: Option<String>,
}

/// A `<link rel="alternate">`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FeedLink {
    /// What it holds: `Marco Rubio – Atom`.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// Its media type: `application/atom+xml`, `application/feed+json`.
    pub media_type: String,
}

/// A `<meta property>`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Property {
    /// Its name: `og:title`.
    pub property: String,
    /// Its value.
    pub content: String,
}

// ---------------------------------------------------------------------------------------
// Parts of pages
// ---------------------------------------------------------------------------------------

/// A link.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Link {
    /// The words to follow.
    pub label: String,
    /// Where to.
    pub href: String,
}

/// A name that may have a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Name {
    /// The name as readers see it.
    pub label: String,
    /// Its page. `None` if the registry has none.
    pub href: Option<String>,
}

/// A link and how often it counts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Counted {
    /// The words to follow.
    pub label: String,
    /// Where to.
    pub href: String,
    /// How many briefs, or how many entries, stand behind it.
    pub count: u32,
    /// `current` for the page that is open, else empty.
    pub state: String,
}

/// A day, a month, a year or an instant.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Moment {
    /// For readers: `8 August 2025`, `February 2025`, `8 August 2025, 21:30`.
    pub text: String,
    /// For machines, a valid `datetime` (HTML, section 4.5.14): `2025-08-08`, `2025-02`.
    pub datetime: String,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Image {
    /// The file.
    pub src: String,
    /// What it shows, for those who cannot see it; empty if it adds nothing.
    pub alt: String,
    /// The words below it.
    pub caption: Option<String>,
    /// Whose picture it is.
    pub credit: Option<String>,
    /// Width in pixels.
    pub width: Option<u32>,
    /// Height in pixels.
    pub height: Option<u32>,
    /// When it was taken.
    pub date: Option<Moment>,
}

/// What a report rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Source {
    /// Who published it.
    pub outlet: Name,
    /// The title of the piece.
    pub title: Option<String>,
    /// The piece itself.
    pub url: Option<String>,
    /// When it appeared.
    pub date: Option<Moment>,
    /// A lasting copy of it.
    pub archive: Option<String>,
}

/// A finding, or how a storyline stands: a sign and a word, so that color is never alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Status {
    /// For stylesheets: `unconfirmed`, `disputed`, `confirmed`, `false`; for storylines
    /// `developing`, `closed`.
    pub key: String,
    /// For readers: `Unconfirmed`.
    pub label: String,
    /// One character: `○` unconfirmed, `◐` disputed, `●` confirmed, `⊗` false; `▸`
    /// developing, `■` closed.
    pub sign: String,
}

/// A stretch of a body, and the annotations anchored in it.
///
/// A body is cut before and after each block (paragraph, list, table…) that has annotations,
/// so that a note lies beside its block; blocks without any stay together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Passage {
    /// Whole blocks of text, with mentions linked and annotated words marked.
    pub html: Html,
    /// In the order of their references.
    pub annotations: Vec<Annotation>,
}

/// An editor's note on a stretch of text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Annotation {
    /// Unique on the page, letters, digits and hyphens: `order`. The note's element is
    /// `note-order`.
    pub id: String,
    /// Its number on the page, from 1, in text order.
    pub number: u32,
    /// The word that its footnote begins with, such as `claim`; `note` for an ordinary one.
    pub kind: String,
    /// The kind for readers: `Claim`.
    pub kind_label: String,
    /// The annotated words as plain text. `None` if it stands at a point.
    pub words: Option<String>,
    /// The headline of an event, the heading of a note.
    pub heading: Option<String>,
    /// The claim that the note is of. `None` for other kinds, and for a quote that neither
    /// says nor denies one.
    pub claim: Option<NoteClaim>,
    /// Who is quoted.
    pub speaker: Option<Name>,
    /// To whom a quote was said.
    pub to: Option<Name>,
    /// Where an event took place.
    pub place: Option<Name>,
    /// When it was said or happened.
    pub when: Option<Moment>,
    /// What it rests on.
    pub sources: Vec<Source>,
    /// The note's text, whole blocks; may be empty.
    pub body: Html,
    /// The ids of its references in the text, in text order: `ref-order`, `ref-order-2`.
    pub ref_ids: Vec<String>,
}

/// A claim in a note.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NoteClaim {
    /// The claim, one sentence with its full stop.
    pub sentence: String,
    /// Its page.
    pub href: String,
    /// What the desk found when the text was published. `None` if it had found nothing.
    pub then: Option<Status>,
    /// What the desk finds now, if that differs.
    pub now: Option<NowFinding>,
    /// What the note tells of parties.
    pub stances: Vec<StanceGroup>,
}

/// A brief in a list; what `templates/item.html` is told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BriefItem {
    /// The headline.
    pub title: String,
    /// The brief.
    pub href: String,
    /// The day of the dateline.
    pub date: Moment,
    /// The time of day, `21:30`. `None` if the brief has only a day.
    pub time: Option<String>,
    /// The place of the dateline.
    pub place: Option<String>,
    /// The standfirst.
    pub summary: Option<String>,
    /// The few entities that set it apart.
    pub entities: Vec<Link>,
    /// Its language where that is not the book's.
    pub lang: Option<TextLanguage>,
}

/// The language of a text that is not the book's.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TextLanguage {
    /// As a BCP 47 tag: `ar`.
    pub tag: String,
    /// The direction: `ltr` or `rtl`.
    pub direction: String,
}

/// A brief in passing; what `templates/brief-link.html` is told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BriefLink {
    /// The headline.
    pub title: String,
    /// The brief.
    pub href: String,
    /// The day of the dateline.
    pub date: Moment,
    /// Its language where that is not the book's.
    pub lang: Option<TextLanguage>,
}

/// A brief or the text of an entity, storyline or page, where it tells something.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TextLink {
    /// The headline, name or title.
    pub title: String,
    /// Its page, or the annotation there.
    pub href: String,
    /// The day of a brief's dateline. `None` for other texts.
    pub date: Option<Moment>,
    /// Its language where that is not the book's.
    pub lang: Option<TextLanguage>,
}

/// The briefs of one day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Day {
    /// The day.
    pub date: Moment,
    /// Newest first.
    pub briefs: Vec<BriefItem>,
}

/// The pages of a long list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pager {
    /// This page, from 1.
    pub page: u32,
    /// How many there are. With 1, nothing is shown.
    pub pages: u32,
    /// The page with newer entries. `None` on the first.
    pub newer: Option<String>,
    /// The page with older entries. `None` on the last.
    pub older: Option<String>,
    /// The first page. `None` on the first.
    pub first: Option<String>,
    /// The last page. `None` on the last.
    pub last: Option<String>,
}

/// An entity in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntityItem {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Its kind, for readers: `Person`.
    pub kind_label: String,
    /// Its role now, or else its summary.
    pub line: Option<String>,
    /// How many briefs mention it.
    pub n_briefs: u32,
}

/// An event on a timeline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimelineEvent {
    /// When it happened.
    pub date: Moment,
    /// What happened.
    pub heading: String,
    /// The annotation that tells it. `None` if that is on this page.
    pub href: Option<String>,
    /// Where.
    pub place: Option<Name>,
    /// The briefs and other texts that tell it, newest first, without this page.
    pub told_in: Vec<TextLink>,
    /// Its language where that is not the book's.
    pub lang: Option<TextLanguage>,
}

/// A storyline in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StorylineItem {
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// `developing` or `closed`.
    pub status: Status,
    /// What it is about.
    pub summary: Option<String>,
    /// How many briefs it has.
    pub n_briefs: u32,
    /// Its newest brief.
    pub latest: Option<BriefLink>,
    /// Its language where that is not the book's.
    pub lang: Option<TextLanguage>,
}

/// A claim in a list: the sentence, what the desk finds, who said or denied it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimItem {
    /// The claim, one sentence with its full stop.
    pub sentence: String,
    /// Its page.
    pub href: String,
    /// What the desk finds now. `None` if it found nothing: then nothing is said of it.
    pub finding: Option<NowFinding>,
    /// What the desk found before that. `None` if the finding never turned.
    pub before: Option<Status>,
    /// The parties by what each last did with the claim.
    pub stances: Vec<StanceGroup>,
    /// The day of its last change.
    pub changed: Option<Moment>,
    /// Its language where that is not the book's.
    pub lang: Option<TextLanguage>,
}

/// A finding and its day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NowFinding {
    /// What the desk finds.
    pub status: Status,
    /// Since when.
    pub since: Moment,
}

/// Parties that do the same with a claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StanceGroup {
    /// `says`, `denies`, `doubts` or `withdraws`.
    pub kind: String,
    /// For readers, before the names: `Denied by`.
    pub label: String,
    /// Who, each once.
    pub parties: Vec<Name>,
}

/// What a party did with a claim on one day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StanceStep {
    /// `says`, `denies`, `doubts` or `withdraws`.
    pub kind: String,
    /// For readers, before the claim: `Denies`.
    pub does: String,
    /// For readers, in a table: `denied`.
    pub did: String,
    /// When. `None` if that is not known.
    pub date: Option<Moment>,
    /// The notes that tell it. Empty if only the claim's own file does.
    pub told_in: Vec<TextLink>,
}

/// A claim on the page of a party.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartyClaim {
    /// The claim, one sentence with its full stop.
    pub sentence: String,
    /// Its page.
    pub href: String,
    /// What the desk finds of the claim now. Say so of the claim, not of the party's words.
    pub finding: Option<NowFinding>,
    /// What the party did with it, newest first; never empty.
    pub steps: Vec<StanceStep>,
    /// Its language where that is not the book's.
    pub lang: Option<TextLanguage>,
}

/// What somebody is quoted with, away from its brief.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuoteItem {
    /// The words, without quote marks around them. `None` for a quote at a point.
    pub words: Option<String>,
    /// To whom they were said.
    pub to: Option<Name>,
    /// When.
    pub date: Option<Moment>,
    /// The note that tells it.
    pub told_in: TextLink,
}

/// A correction.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Correction {
    /// When it was made.
    pub date: Moment,
    /// What was wrong and what is right.
    pub text: String,
    /// The corrected text. `None` on its own page.
    pub corrected: Option<TextLink>,
}

// ---------------------------------------------------------------------------------------
// brief.html
// ---------------------------------------------------------------------------------------

/// What `templates/brief.html` is told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BriefView {
    /// See [`Head`].
    pub head: Head,
    /// Why the page is only in the preview: `Draft`, `Embargoed until 9 August, 06:00`.
    pub marker: Option<String>,
    /// The headline.
    pub title: String,
    /// The standfirst, plain text.
    pub summary: Option<String>,
    /// The place of the dateline, in its own spelling; the stylesheet sets capitals.
    pub place: Option<Name>,
    /// The day that opens the text, behind the place. `None` if the text opens itself: it has
    /// a dateline of its own, begins with a picture or a list, or the book wants none.
    pub dateline: Option<Moment>,
    /// Who wrote it, in order.
    pub byline: Vec<Name>,
    /// What it rests on, in order.
    pub sources: Vec<Source>,
    /// When it was published, as exact as it is known.
    pub published: Moment,
    /// When it was last changed. `None` if it was not.
    pub updated: Option<Moment>,
    /// The picture above the text.
    pub image: Option<Image>,
    /// The text, in order.
    pub body: Vec<Passage>,
    /// The entities it mentions, by kind.
    pub sidebar: Vec<SidebarGroup>,
    /// The events around it, oldest first.
    pub timeline: Vec<TimelineEvent>,
    /// The storylines it belongs to.
    pub storylines: Vec<StorylinePlace>,
    /// The briefs nearest to it, nearest first.
    pub related: Vec<Related>,
    /// Its tags.
    pub tags: Vec<Link>,
    /// Its corrections, newest first, without a brief.
    pub corrections: Vec<Correction>,
    /// Where its source can be edited.
    pub edit: Option<String>,
    /// A word or two above the headline.
    pub kicker: Option<String>,
    /// The part of the paper it is filed under.
    pub section: Option<String>,
    /// On what terms others may use it; its address is that of the license.
    pub license: Option<Name>,
    /// What the text's front matter has under `extra`, for templates of your own.
    pub extra: Extra,
}

/// The entities of one kind in a brief.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SidebarGroup {
    /// The kind: `person`.
    pub kind: String,
    /// The kind in the plural: `People`.
    pub label: String,
    /// In order of first mention.
    pub cards: Vec<Card>,
}

/// An entity beside a brief.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Card {
    /// Who or what it is, by `card.html`.
    pub about: Html,
    /// Its last briefs before this one, newest first, each by `brief-link.html`.
    pub briefs: Vec<Html>,
}

/// Who or what an entity beside a brief is; what `templates/card.html` is told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntityCard {
    /// Its name on the day of the brief.
    pub name: String,
    /// Its page.
    pub href: String,
    /// The role it held on the day of the brief.
    pub role: Option<String>,
    /// One line about it.
    pub summary: Option<String>,
    /// How often the brief mentions it.
    pub n_mentions: u32,
    /// To its first mention: `#m-marco-rubio`. `None` if that is not a link of its own.
    pub jump: Option<String>,
}

/// A brief's place in a storyline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StorylinePlace {
    /// The storyline's title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// `developing` or `closed`.
    pub status: Status,
    /// The brief before this one.
    pub previous: Option<BriefLink>,
    /// The brief after this one.
    pub next: Option<BriefLink>,
    /// Which of its briefs this is, from 1.
    pub position: u32,
    /// How many it has.
    pub total: u32,
}

/// A related brief and the reason.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Related {
    /// The brief, by `brief-link.html`.
    pub link: Html,
    /// The names of the entities both mention, the rarest first.
    pub shared: Vec<String>,
}

// ---------------------------------------------------------------------------------------
// entity.html, registry.html
// ---------------------------------------------------------------------------------------

/// What `templates/entity.html` is told.
///
/// From the second page of its briefs on, only the name, the kind, the briefs and the pager
/// are filled in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntityView {
    /// See [`Head`].
    pub head: Head,
    /// Its name.
    pub name: String,
    /// Its kind: `person`.
    pub kind: String,
    /// Its kind, for readers, with the registry of that kind: `Person`.
    pub kind_link: Link,
    /// One line about it.
    pub summary: Option<String>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Names that hold for a time only, oldest first.
    pub names: Vec<NameInTime>,
    /// Its picture.
    pub image: Option<Image>,
    /// The profile, in order.
    pub body: Vec<Passage>,
    /// Newest first.
    pub roles: Vec<Role>,
    /// In the order of the file.
    pub relations: Vec<Relation>,
    /// The same entity elsewhere: `Wikidata`.
    pub same_as: Vec<Link>,
    /// Where it is. Places only.
    pub location: Option<Location>,
    /// How many briefs name it.
    pub n_briefs: u32,
    /// Those of this page, newest first, each by `item.html`.
    pub briefs: Vec<Html>,
    /// The pages of the briefs that name it.
    pub pager: Pager,
    /// The newest briefs that it wrote. `None` if it wrote none, and beyond the first page.
    pub wrote: Option<Credits>,
    /// The newest briefs that rest on it. `None` if none does, and beyond the first page.
    pub source_of: Option<Credits>,
    /// Oldest first.
    pub events: Vec<TimelineEvent>,
    /// The same as a picture: an `<svg>`.
    pub events_picture: Option<Html>,
    /// The claims that it says, denies, doubts or withdrew, newest first.
    pub claims: Vec<PartyClaim>,
    /// What else it is quoted with, newest first.
    pub quotes: Vec<QuoteItem>,
    /// The entities it appears with, most often first.
    pub companions: Vec<Counted>,
    /// The same as a picture: an `<svg>`.
    pub companions_picture: Option<Html>,
    /// Its mentions a month: an `<svg>`.
    pub months_picture: Option<Html>,
    /// Where its source can be edited.
    pub edit: Option<String>,
    /// What the text's front matter has under `extra`, for templates of your own.
    pub extra: Extra,
}

/// The newest briefs that an entity wrote or is the source of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Credits {
    /// How many there are in all.
    pub n_briefs: u32,
    /// The newest of them, newest first, each by `brief-link.html`.
    pub briefs: Vec<Html>,
    /// All of them. `None` if these are all.
    pub href: Option<String>,
}

/// What `templates/credits.html` is told: the briefs that an entity wrote or is the source of,
/// where they are too many for its own page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CreditsView {
    /// See [`Head`].
    pub head: Head,
    /// The entity.
    pub entity: Link,
    /// What the briefs are to it: `Written by Ada Holm`.
    pub title: String,
    /// Which of the two: `wrote` or `source-of`.
    pub credit: String,
    /// How many briefs there are.
    pub n_briefs: u32,
    /// Those of this page, newest first, each by `item.html`.
    pub briefs: Vec<Html>,
    /// The pages of the list.
    pub pager: Pager,
}

/// A name that held for a time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NameInTime {
    /// The name.
    pub name: String,
    /// Its first day. `None` if unknown.
    pub from: Option<Moment>,
    /// Its last day. `None` if it still holds.
    pub to: Option<Moment>,
}

/// A role and its time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Role {
    /// The title: `Secretary of State`.
    pub title: String,
    /// Of what: `United States`.
    pub of: Option<Name>,
    /// Its first day. `None` if unknown.
    pub from: Option<Moment>,
    /// Its last day. `None` if it has not ended.
    pub to: Option<Moment>,
    /// `current`, `past` or `future` on the day of the build.
    pub state: String,
}

/// A relation to another entity and its time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Relation {
    /// The relation: `member of`.
    pub label: String,
    /// To whom.
    pub entity: Name,
    /// Its first day. `None` if unknown.
    pub from: Option<Moment>,
    /// Its last day. `None` if it has not ended.
    pub to: Option<Moment>,
    /// `current`, `past` or `future` on the day of the build.
    pub state: String,
}

/// A point on the earth (WGS 84).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Location {
    /// For readers: `38.895° N, 77.036° W`.
    pub text: String,
    /// A `geo:` URI (RFC 5870): `geo:38.895,-77.036`.
    pub href: String,
}

/// What `templates/registry.html` is told: all entities, or those of one kind.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RegistryView {
    /// See [`Head`].
    pub head: Head,
    /// `Entities`, `People`.
    pub title: String,
    /// How many entities the page lists.
    pub n_entities: u32,
    /// All, then each kind there is; the open one is `current`.
    pub kinds: Vec<Counted>,
    /// In the order of the book's language.
    pub letters: Vec<Letter>,
}

/// The entities under one letter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Letter {
    /// The letter: `A`; `#` for what begins with none.
    pub label: String,
    /// Unique on the page: `letter-a`, `letter-1`.
    pub id: String,
    /// In the order of the book's language.
    pub entities: Vec<EntityItem>,
}

// ---------------------------------------------------------------------------------------
// storyline.html, storylines.html
// ---------------------------------------------------------------------------------------

/// What `templates/storyline.html` is told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StorylineView {
    /// See [`Head`].
    pub head: Head,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: Option<String>,
    /// `developing` or `closed`.
    pub status: Status,
    /// The background, in order.
    pub body: Vec<Passage>,
    /// The briefs, oldest first, each by `item.html`.
    pub briefs: Vec<Html>,
    /// The events of its briefs, oldest first.
    pub timeline: Vec<TimelineEvent>,
    /// The same as a picture: an `<svg>`.
    pub timeline_picture: Option<Html>,
    /// The entities of its briefs, most often first.
    pub cast: Vec<Counted>,
    /// Its claims, those that changed last first.
    pub claims: Vec<ClaimItem>,
    /// Where its source can be edited.
    pub edit: Option<String>,
    /// What the text's front matter has under `extra`, for templates of your own.
    pub extra: Extra,
}

/// What `templates/storylines.html` is told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StorylinesView {
    /// See [`Head`].
    pub head: Head,
    /// `Storylines`.
    pub title: String,
    /// Those that develop, the newest first.
    pub developing: Vec<StorylineItem>,
    /// Those that are closed, the newest first.
    pub closed: Vec<StorylineItem>,
}

// ---------------------------------------------------------------------------------------
// claims.html, claim.html
// ---------------------------------------------------------------------------------------

/// What `templates/claims.html` is told: all claims, or those with one finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimsView {
    /// See [`Head`].
    pub head: Head,
    /// `Claims`, `Claims: disputed`.
    pub title: String,
    /// How many claims the list has, on all its pages.
    pub n_claims: u32,
    /// All, then each finding there is; the open one is `current`.
    pub tabs: Vec<Counted>,
    /// The claims of this page, those that changed last first.
    pub claims: Vec<ClaimItem>,
    /// The pages of the list.
    pub pager: Pager,
}

/// What `templates/claim.html` is told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimView {
    /// See [`Head`].
    pub head: Head,
    /// The claim, one sentence with its full stop.
    pub title: String,
    /// What the desk finds now. `None` if it found nothing.
    pub finding: Option<NowFinding>,
    /// What it found before.
    pub before: Option<NowFinding>,
    /// The parties by what each last did.
    pub stances: Vec<StanceGroup>,
    /// The columns of the table, oldest first. Empty if there are too many days for one; the
    /// rows then tell their steps.
    pub days: Vec<Moment>,
    /// The desk's row: what it found, over as many days as that held. Empty without findings.
    pub desk: Vec<DeskCell>,
    /// One row a party: first those who say it.
    pub rows: Vec<ClaimRow>,
    /// What the desk knows, in order.
    pub body: Vec<Passage>,
    /// Each text's own words, newest text first.
    pub words: Vec<ClaimWords>,
    /// The findings, newest first.
    pub turns: Vec<ClaimTurn>,
    /// Who reported the stances, and what findings rest on; by name.
    pub sources: Vec<Source>,
    /// Whom or what it is about.
    pub about: Vec<Name>,
    /// Where its source can be edited. `None` without a file.
    pub edit: Option<String>,
    /// What the text's front matter has under `extra`, for templates of your own.
    pub extra: Extra,
}

/// What the desk found over some days of the table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeskCell {
    /// What it found. `None` before the first finding.
    pub status: Option<Status>,
    /// Over how many columns.
    pub days: u32,
}

/// A party in the table of a claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimRow {
    /// Who.
    pub party: Name,
    /// One for each day of the table.
    pub cells: Vec<ClaimCell>,
    /// What it did, newest first.
    pub steps: Vec<StanceStep>,
}

/// What a party did on a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimCell {
    /// `says`, `denies`, `doubts` or `withdraws`. `None` if it did nothing that day.
    pub kind: Option<String>,
    /// The same for readers: `denied`.
    pub did: Option<String>,
    /// The position that holds on that day, by the same words as `kind`.
    pub held: Option<String>,
}

/// What one text says of a claim in its own words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimWords {
    /// The annotated words, without quote marks around them. `None` for a note at a point.
    pub words: Option<String>,
    /// Who does what in them.
    pub stances: Vec<StanceGroup>,
    /// The note.
    pub told_in: TextLink,
}

/// A finding of the desk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimTurn {
    /// What it found.
    pub status: Status,
    /// When.
    pub on: Moment,
    /// On what grounds.
    pub source: Option<Name>,
    /// The note that prints it. `None` if the claim's own file does.
    pub told_in: Option<TextLink>,
}

// ---------------------------------------------------------------------------------------
// Lists and the rest
// ---------------------------------------------------------------------------------------

/// What `templates/home.html` is told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HomeView {
    /// See [`Head`].
    pub head: Head,
    /// The words on top, from `content/index.md`, in order; on the first page only.
    pub body: Vec<Passage>,
    /// The briefs of this page by day, newest first.
    pub days: Vec<Day>,
    /// Those that develop, the newest first.
    pub storylines: Vec<StorylineItem>,
    /// The entities most mentioned of late.
    pub entities: Vec<EntityItem>,
    /// The claims whose finding turned of late, newest first; `changed` is the day of that.
    pub turned: Vec<ClaimItem>,
    /// The pages of the home page.
    pub pager: Pager,
}

/// What `templates/tag.html` is told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TagView {
    /// See [`Head`].
    pub head: Head,
    /// The tag.
    pub title: String,
    /// How many briefs carry it.
    pub n_briefs: u32,
    /// The briefs of this page, newest first, each by `item.html`.
    pub briefs: Vec<Html>,
    /// The pages of its briefs.
    pub pager: Pager,
}

/// What `templates/tags.html` is told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TagsView {
    /// See [`Head`].
    pub head: Head,
    /// `Tags`.
    pub title: String,
    /// In the order of the book's language.
    pub tags: Vec<Counted>,
}

/// What `templates/archive.html` is told: a year or a month.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ArchiveView {
    /// See [`Head`].
    pub head: Head,
    /// `2025`, `August 2025`.
    pub title: String,
    /// How many briefs it has.
    pub n_briefs: u32,
    /// All years that have briefs, newest first; this one is `current`.
    pub years: Vec<Counted>,
    /// The months of the year that have briefs, in order; on a month's page that one is
    /// `current`.
    pub months: Vec<Counted>,
    /// A year's briefs by month, newest first. Empty on a month's page.
    pub by_month: Vec<Month>,
    /// A month's briefs by day, newest first. Empty on a year's page.
    pub by_day: Vec<Day>,
}

/// The briefs of a month, on the page of its year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Month {
    /// The month and its page: `August`.
    pub link: Link,
    /// How many briefs it has.
    pub n_briefs: u32,
    /// Newest first; may be the newest few.
    pub briefs: Vec<BriefLink>,
}

/// What `templates/corrections.html` is told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CorrectionsView {
    /// See [`Head`].
    pub head: Head,
    /// `Corrections`.
    pub title: String,
    /// Newest first, each with its brief.
    pub corrections: Vec<Correction>,
}

/// What `templates/page.html` is told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PageView {
    /// See [`Head`].
    pub head: Head,
    /// Why the page is only in the preview: `Draft`.
    pub marker: Option<String>,
    /// Its title.
    pub title: String,
    /// The text, in order.
    pub body: Vec<Passage>,
    /// Where its source can be edited.
    pub edit: Option<String>,
    /// What the text's front matter has under `extra`, for templates of your own.
    pub extra: Extra,
}

/// What `templates/404.html` is told. All its links begin at the root of the host: `/repo/`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NotFoundView {
    /// See [`Head`].
    pub head: Head,
    /// The newest briefs, to go on from.
    pub briefs: Vec<BriefLink>,
}

/// What `templates/redirect.html` is told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RedirectView {
    /// See [`Head`].
    pub head: Head,
    /// Where the page is now; `label` is its title.
    pub to: Link,
}

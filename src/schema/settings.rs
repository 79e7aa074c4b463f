//! The settings of a book.
#![expect(dead_code, reason = "the structs are read as types, never made")]

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

use crate::diagnostic::Rule;
use crate::parse::config::NAME_RULES;
use crate::schema::values::{OneOrMany, PartialDate, Text, Url};

/// book.toml: the settings of a book.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BookFile {
    /// What the book is.
    book: Option<Book>,
    /// Where the site goes.
    build: Option<Build>,
    /// What is written.
    output: Option<Output>,
    /// The navigation, in order; without it the book's pages give one.
    nav: Option<Vec<NavItem>>,
    /// How texts are read.
    text: Option<TextSettings>,
    /// How long lists are.
    lists: Option<Lists>,
    /// How much each finding weighs.
    #[schemars(schema_with = "rules")]
    rules: Option<()>,
    /// What names mean in every text, and which rules find them.
    names: Option<NamesTable>,
    /// Who publishes, for search engines.
    publisher: Option<Publisher>,
    /// Which briefs are of an archive.
    archive: Option<ArchiveSettings>,
    /// How claims are told to search engines.
    claims: Option<ClaimSettings>,
    /// Which feeds there are.
    feeds: Option<Feeds>,
}

/// What the book is.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct Book {
    /// The name of the site.
    title: Option<Text>,
    /// Who makes it, as names.
    authors: Option<OneOrMany<Text>>,
    /// One sentence on what it is.
    description: Option<Text>,
    /// The language of the texts (BCP 47).
    language: Option<String>,
    /// Which way the texts run, where the language does not say.
    text_direction: Option<TextDirection>,
    /// The content folder.
    src: Option<Text>,
}

/// Which way texts run.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum TextDirection {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

/// Where the site goes.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct Build {
    /// The output folder.
    build_dir: Option<Text>,
}

/// Which briefs are of an archive, where faults of texts are warnings.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct ArchiveSettings {
    /// Briefs from before this day are.
    before: Option<PartialDate>,
}

/// What is written.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct Output {
    /// The site.
    html: Option<OutputHtml>,
    /// Its presence asks for annotations.jsonld beside each brief.
    web_annotation: Option<OutputWebAnnotation>,
}

/// The site.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct OutputHtml {
    /// The address of the site.
    site_url: Option<Url>,
    /// A domain of the site's own, for GitHub Pages.
    cname: Option<Text>,
    /// Stylesheets after the theme's, from static/.
    additional_css: Option<OneOrMany<Text>>,
    /// Scripts after the theme's, from static/.
    additional_js: Option<OneOrMany<Script>>,
    /// Where the sources are.
    git_repository_url: Option<Url>,
    /// The address of an editor for a file; {path} stands for the file.
    edit_url_template: Option<Url>,
    /// Old addresses, each with the page or feed of the site that it leads to.
    redirect: Option<BTreeMap<String, Text>>,
}

/// A script: a file of static/, an address, or a table.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
enum Script {
    /// A file of static/, or an address.
    Src(Text),
    /// The same with attributes.
    Table(ScriptTable),
}

/// A script with attributes of its element.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ScriptTable {
    /// A file of static/, or an address.
    src: Text,
    /// The attributes, such as data-domain.
    attributes: Option<BTreeMap<String, Text>>,
}

/// An entry of the navigation.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct NavItem {
    /// An address of the site, such as /storylines/, or of another one.
    to: Text,
    /// The words; those of the page if there are none.
    label: Option<Text>,
}

/// W3C Web Annotations; there are no keys.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct OutputWebAnnotation {}

/// How texts are read.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct TextSettings {
    /// What 8/7 means.
    date_order: Option<DateOrder>,
    /// The zone of times that name none, such as Europe/Berlin.
    time_zone: Option<String>,
    /// What becomes of HTML in texts.
    raw_html: Option<RawHtml>,
    /// Whether a bare address in a text is a link.
    autolink: Option<bool>,
    /// Which briefs open with a dateline.
    dateline: Option<Dateline>,
}

/// Which briefs open with a dateline.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Dateline {
    /// Those that have a place.
    OnPlace,
    /// All.
    Always,
    /// None.
    Never,
}

/// What a numeric date with two small numbers means.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum DateOrder {
    /// The day first.
    Dmy,
    /// The month first.
    Mdy,
    /// Nothing: such a date is reported.
    None,
}

/// What becomes of HTML in texts.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum RawHtml {
    /// It is left out, with a warning.
    Drop,
    /// What can do no harm stays.
    Sanitize,
}

/// How long lists are.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct Lists {
    /// How many briefs a page of a list has.
    #[schemars(range(min = 1, max = 1000))]
    per_page: Option<u32>,
    /// How many related briefs a brief has at most.
    #[schemars(range(min = 0, max = 50))]
    related: Option<u32>,
    /// How many of its last briefs an entity shows in a sidebar.
    #[schemars(range(min = 0, max = 20))]
    last_briefs: Option<u32>,
}

/// Who publishes the site.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct Publisher {
    /// The name, where that is not the site's title.
    name: Option<Text>,
    /// The publisher's own address.
    url: Option<Url>,
    /// A picture in static/.
    logo: Option<Text>,
}

/// How claims are told to search engines.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct ClaimSettings {
    /// Whether the site reviews claims: then the page of a claim that has a finding carries a
    /// `ClaimReview` with it as rating.
    #[schemars(default)]
    review: Option<bool>,
}

/// Which feeds there are.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct Feeds {
    /// The name in their ids, such as a domain that was yours when the book began.
    feed_id: Option<Text>,
    /// How many briefs the feed of the site has at most.
    #[schemars(range(min = 1, max = 1000))]
    items: Option<u32>,
    /// How many briefs the feed of an entity, a storyline or a tag has at most.
    #[schemars(range(min = 1, max = 1000))]
    items_of_one: Option<u32>,
    /// Whether an entity, a storyline or a tag has a JSON Feed beside its Atom feed.
    json_of_one: Option<bool>,
    /// Whether each entity has one.
    entities: Option<bool>,
    /// Whether each storyline has one.
    storylines: Option<bool>,
    /// Whether each tag has one.
    tags: Option<bool>,
}

/// Names, each with a slug or `none`, and the rules that can be turned off.
#[derive(Debug)]
struct NamesTable;

impl JsonSchema for NamesTable {
    fn schema_name() -> Cow<'static, str> {
        "NamesTable".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let of = |rule: &&str| {
            let schema = serde_json::json!({ "type": "boolean", "default": true });
            ((*rule).to_owned(), schema)
        };
        let rules: Map<String, Value> = NAME_RULES.iter().map(of).collect();
        json_schema!({
            "type": "object",
            "properties": {
                "rules": {
                    "description": "Rules for finding names: `false` turns one off.",
                    "type": "object",
                    "properties": rules,
                    "additionalProperties": false,
                },
            },
            "additionalProperties": {
                "description": "What the name means in every text: a slug or name, or `none`.",
                "type": "string",
            },
        })
    }
}

/// The rules by name, each with its first sentence.
fn rules(_: &mut SchemaGenerator) -> Schema {
    let of = |rule: &Rule| {
        let severity = serde_json::json!({
            "description": rule.entry().what,
            "enum": ["error", "warning", "off"],
        });
        (rule.name().to_owned(), severity)
    };
    let rules: Map<String, Value> = Rule::ALL.iter().map(of).collect();
    json_schema!({
        "type": "object",
        "additionalProperties": false,
        "properties": rules,
    })
}

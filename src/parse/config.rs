//! The settings of a book: `book.toml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::diagnostic::{Reported, Rule, Severity};
use crate::layout::SETTINGS;
use crate::parse::domain;
use crate::parse::fields::{
    Fields, Log, Placed, boolean, number, one_of, partial_date, static_file, string,
    text, url,
};
use crate::parse::nav::{self, NavEntry, ScriptFile};
use crate::parse::node::{Node, Value, from_toml};
use crate::parse::redirect::{self, SiteRedirect};
use crate::site_url::SiteUrl;

/// The settings, every key with a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The name of the site.
    pub title: Box<str>,
    /// Who makes it, as names.
    pub authors: Box<[Box<str>]>,
    /// One sentence on what it is; empty if there is none.
    pub description: Box<str>,
    /// The language of the texts, as a BCP 47 tag.
    pub language: Box<str>,
    /// Which way the texts run.
    pub direction: Direction,
    /// The content folder, from the root of the book.
    pub src: Box<str>,
    /// The output folder, from the root of the book.
    pub build_dir: Box<str>,
    /// The address of the site, with a slash at its end; `None` for a site without one,
    /// which has no feeds, no sitemap and no canonical links.
    pub site_url: Option<SiteUrl>,
    /// A domain of the site's own, for GitHub Pages.
    pub cname: Option<Box<str>>,
    /// Stylesheets after the theme's, from `static/`.
    pub additional_css: Box<[Placed<Box<str>>]>,
    /// Scripts after the theme's.
    pub additional_js: Box<[ScriptFile]>,
    /// The navigation, in order; `None` for the one that the book's pages give.
    pub nav: Option<Box<[NavEntry]>>,
    /// Where the sources are.
    pub git_repository_url: Option<Box<str>>,
    /// The address of an editor for a file; `{path}` stands for the file.
    pub edit_url_template: Option<Box<str>>,
    /// Old addresses and what they lead to.
    pub redirects: Box<[SiteRedirect]>,
    /// What `8/7` means.
    pub date_order: DateOrder,
    /// The zone of times that name none.
    pub zone: TimeZone,
    /// What becomes of HTML in texts.
    pub raw_html: RawHtml,
    /// Whether a bare address in a text is a link.
    pub autolink: bool,
    /// Which briefs open with a dateline.
    pub dateline: Dateline,
    /// How many briefs a page of a list has.
    pub per_page: u32,
    /// How many related briefs a brief has at most.
    pub related: u32,
    /// How many of its last briefs an entity shows in a sidebar.
    pub last_briefs: u32,
    /// Severities that differ from the manual's. A page whose template fails cannot be
    /// written, so `template` is never among them.
    pub rules: BTreeMap<Rule, Severity>,
    /// What the book says of names.
    pub names: NamesConfig,
    /// Who publishes, for machines.
    pub publisher: Publisher,
    /// Which feeds there are.
    pub feeds: Feeds,
    /// Whether `annotations.jsonld` lies beside each brief.
    pub web_annotation: bool,
    /// Before which day briefs are of the archive; `None` for a book without one.
    pub archive_before: Option<Date>,
    /// Whether the site reviews claims: only then a finding is told to search engines as a
    /// rating.
    pub reviews_claims: bool,
}

/// Which way texts run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    #[default]
    Ltr,
    /// Right to left.
    Rtl,
}

/// What a numeric date with two small numbers means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateOrder {
    /// The day first.
    DayMonth,
    /// The month first.
    MonthDay,
    /// Nothing: such a date is reported.
    #[default]
    Unsettled,
}

/// What becomes of HTML in texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RawHtml {
    /// It is left out, with a warning.
    #[default]
    Drop,
    /// What can do no harm stays.
    Sanitize,
}

/// The rules for finding names that can be turned off: all but the names themselves.
pub const NAME_RULES: [&str; 13] = [
    "variant",
    "marks",
    "case",
    "ending",
    "nickname",
    "core",
    "initial",
    "surname",
    "head",
    "last-word",
    "initials",
    "acronym",
    "all-caps",
];

/// What the book says of names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NamesConfig {
    /// What a name means in every text: an entity's slug or name, or `None` for nobody.
    pub settled: BTreeMap<Box<str>, Option<Placed<Box<str>>>>,
    /// The rules that are off.
    pub rules_off: Vec<Box<str>>,
}

/// Who publishes the site.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Publisher {
    /// The name; the site's title if `None`.
    pub name: Option<Box<str>>,
    /// The publisher's own address.
    pub url: Option<Box<str>>,
    /// A picture in `static/`.
    pub logo: Option<Placed<Box<str>>>,
}

/// Which briefs open with a dateline, `GENEVA, 12 March —`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dateline {
    /// Those that have a place.
    #[default]
    OnPlace,
    /// All.
    Always,
    /// None.
    Never,
}

/// Which feeds there are, and how long they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feeds {
    /// The name in their ids, which outlives a new domain; `None` for the site's host.
    pub id: Option<Box<str>>,
    /// How many briefs the feed of the site has at most.
    pub items: u32,
    /// How many briefs the feed of an entity, a storyline or a tag has at most.
    pub items_of_one: u32,
    /// Which of them have a JSON Feed beside the Atom feed.
    pub json: JsonFeeds,
    /// Whether each entity has one.
    pub entities: bool,
    /// Whether each storyline has one.
    pub storylines: bool,
    /// Whether each tag has one.
    pub tags: bool,
}

/// Which feeds come as JSON, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonFeeds {
    /// That of the site.
    Site,
    /// All of them.
    All,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            title: "Untitled".into(),
            authors: Box::default(),
            description: "".into(),
            language: "en".into(),
            direction: Direction::Ltr,
            src: "content".into(),
            build_dir: "public".into(),
            site_url: None,
            cname: None,
            additional_css: Box::default(),
            additional_js: Box::default(),
            nav: None,
            git_repository_url: None,
            edit_url_template: None,
            redirects: Box::default(),
            date_order: DateOrder::Unsettled,
            zone: TimeZone::UTC,
            raw_html: RawHtml::Drop,
            autolink: true,
            dateline: Dateline::default(),
            per_page: 50,
            related: 5,
            last_briefs: 3,
            rules: BTreeMap::new(),
            names: NamesConfig::default(),
            publisher: Publisher::default(),
            feeds: Feeds {
                id: None,
                items: 20,
                items_of_one: 10,
                json: JsonFeeds::Site,
                entities: true,
                storylines: true,
                tags: true,
            },
            web_annotation: false,
            archive_before: None,
            reviews_claims: false,
        }
    }
}

impl Config {
    /// How much a finding weighs in this book.
    pub fn severity(&self, rule: Rule) -> Severity {
        match rule {
            Rule::HeldBrief => Severity::Error, // else it would vanish in silence
            _ => self.rules.get(&rule).copied().unwrap_or(rule.entry().severity),
        }
    }

    /// Reads `book.toml`; what is missing or does not fit has its default.
    pub fn parse(toml: &str) -> Reported<Config> {
        let path: Arc<str> = SETTINGS.into();
        let mut log = Log { path: &path, text: toml, diagnostics: Vec::new() };
        let mut config = Config::default();
        match from_toml(toml, &path) {
            Ok(node) => config.read(&node, &mut log),
            Err(diagnostic) => log.diagnostics.push(diagnostic),
        }
        Reported { value: config, diagnostics: log.diagnostics }
    }

    fn read(&mut self, node: &Node, log: &mut Log<'_>) {
        let Some(mut top) = Fields::of(node, SETTINGS, log) else { return };
        top.take("book", log, |node, name, log| self.read_book(node, name, log));
        top.take("build", log, |node, name, log| {
            let mut build = Fields::of(node, name, log)?;
            put(&mut self.build_dir, build.take("build-dir", log, string));
            build.finish(log);
            Some(())
        });
        top.take("output", log, |node, name, log| self.read_output(node, name, log));
        if top.node("nav").is_some() {
            self.nav = Some(top.list("nav", log, nav::entry));
        }
        top.take("text", log, |node, name, log| self.read_text(node, name, log));
        top.take("lists", log, |node, name, log| {
            let mut lists = Fields::of(node, name, log)?;
            put(&mut self.per_page, lists.take("per-page", log, number(1, 1000)));
            put(&mut self.related, lists.take("related", log, number(0, 50)));
            put(&mut self.last_briefs, lists.take("last-briefs", log, number(0, 20)));
            lists.finish(log);
            Some(())
        });
        top.take("rules", log, |node, _, log| {
            self.rules = rules(node, log);
            Some(())
        });
        top.take("names", log, |node, name, log| {
            self.names = names(node, name, log)?;
            Some(())
        });
        top.take("publisher", log, |node, name, log| {
            let mut publisher = Fields::of(node, name, log)?;
            self.publisher = Publisher {
                name: publisher.take("name", log, string),
                url: publisher.take("url", log, url),
                logo: publisher.take("logo", log, static_file),
            };
            publisher.finish(log);
            Some(())
        });
        top.take("archive", log, |node, name, log| {
            let mut archive = Fields::of(node, name, log)?;
            self.archive_before = archive.take("before", log, day);
            archive.finish(log);
            Some(())
        });
        top.take("claims", log, |node, name, log| {
            let mut claims = Fields::of(node, name, log)?;
            put(&mut self.reviews_claims, claims.take("review", log, boolean));
            claims.finish(log);
            Some(())
        });
        top.take("feeds", log, |node, name, log| self.read_feeds(node, name, log));
        top.finish(log);
    }

    fn read_book(&mut self, node: &Node, name: &str, log: &mut Log<'_>) -> Option<()> {
        let mut book = Fields::of(node, name, log)?;
        put(&mut self.title, book.take("title", log, string));
        self.authors = book.list("authors", log, string);
        put(&mut self.description, book.take("description", log, string));
        put(&mut self.language, book.take("language", log, language));
        let right_to_left = is_right_to_left(&self.language);
        self.direction = if right_to_left { Direction::Rtl } else { Direction::Ltr };
        put(&mut self.direction, book.take("text-direction", log, one_of(DIRECTIONS)));
        put(&mut self.src, book.take("src", log, folder));
        book.finish(log);
        Some(())
    }

    fn read_text(&mut self, node: &Node, name: &str, log: &mut Log<'_>) -> Option<()> {
        let mut text = Fields::of(node, name, log)?;
        put(&mut self.date_order, text.take("date-order", log, one_of(DATE_ORDERS)));
        put(&mut self.zone, text.take("time-zone", log, zone));
        put(&mut self.raw_html, text.take("raw-html", log, one_of(RAW_HTML)));
        put(&mut self.autolink, text.take("autolink", log, boolean));
        put(&mut self.dateline, text.take("dateline", log, one_of(DATELINES)));
        text.finish(log);
        Some(())
    }

    fn read_feeds(&mut self, node: &Node, name: &str, log: &mut Log<'_>) -> Option<()> {
        let mut feeds = Fields::of(node, name, log)?;
        self.feeds.id = feeds.take("feed-id", log, feed_id);
        put(&mut self.feeds.items, feeds.take("items", log, number(1, 1000)));
        let of_one = feeds.take("items-of-one", log, number(1, 1000));
        put(&mut self.feeds.items_of_one, of_one);
        if feeds.take("json-of-one", log, boolean) == Some(true) {
            self.feeds.json = JsonFeeds::All;
        }
        put(&mut self.feeds.entities, feeds.take("entities", log, boolean));
        put(&mut self.feeds.storylines, feeds.take("storylines", log, boolean));
        put(&mut self.feeds.tags, feeds.take("tags", log, boolean));
        feeds.finish(log);
        Some(())
    }

    fn read_output(&mut self, node: &Node, name: &str, log: &mut Log<'_>) -> Option<()> {
        let mut output = Fields::of(node, name, log)?;
        output.take("html", log, |node, name, log| {
            let mut html = Fields::of(node, name, log)?;
            self.site_url = html.take("site-url", log, site_url);
            let cname = html.take("cname", log, domain::cname);
            if let (Some(cname), Some(site_url)) = (&cname, &self.site_url) {
                domain::compare(cname, site_url, log);
            }
            self.cname = cname.map(|it| it.value);
            self.additional_css = html.list("additional-css", log, static_file);
            self.additional_js = html.list("additional-js", log, nav::script);
            self.git_repository_url = html.take("git-repository-url", log, url);
            self.edit_url_template = html.take("edit-url-template", log, url);
            put(&mut self.redirects, html.take("redirect", log, redirect::table));
            html.finish(log);
            Some(())
        });
        output.take("web-annotation", log, |node, name, log| {
            Fields::of(node, name, log)?.finish(log);
            self.web_annotation = true;
            Some(())
        });
        output.finish(log);
        Some(())
    }
}

const DIRECTIONS: &[(&str, Direction)] =
    &[("ltr", Direction::Ltr), ("rtl", Direction::Rtl)];
const DATE_ORDERS: &[(&str, DateOrder)] = &[
    ("dmy", DateOrder::DayMonth),
    ("mdy", DateOrder::MonthDay),
    ("none", DateOrder::Unsettled),
];
const DATELINES: &[(&str, Dateline)] = &[
    ("on-place", Dateline::OnPlace),
    ("always", Dateline::Always),
    ("never", Dateline::Never),
];
const RAW_HTML: &[(&str, RawHtml)] =
    &[("drop", RawHtml::Drop), ("sanitize", RawHtml::Sanitize)];
const SEVERITIES: &[(&str, Severity)] =
    &[("error", Severity::Error), ("warning", Severity::Warning), ("off", Severity::Off)];

fn put<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

fn rules(node: &Node, log: &mut Log<'_>) -> BTreeMap<Rule, Severity> {
    let mut rules = BTreeMap::new();
    let Value::Table(table) = &node.value else { return rules };
    for (key, node) in table {
        match key.name.parse::<Rule>() {
            Ok(rule) => {
                let Some(severity) = one_of(SEVERITIES)(node, &key.name, log) else {
                    continue;
                };
                if rule == Rule::Template && severity != Severity::Error {
                    let message = "a template that fails is always an error";
                    log.say(
                        Rule::BadValue,
                        node.at,
                        message.to_owned(),
                        "delete this line; without its template a page cannot be written"
                            .to_owned(),
                    );
                    continue;
                }
                rules.insert(rule, severity);
            }
            Err(near) => {
                let message = format!("`{}` is not a rule", key.name);
                log.say(
                    Rule::UnknownKey,
                    key.at,
                    message,
                    match near {
                        Some(near) => format!("write `{}`", near.name()),
                        None => {
                            "list them with `dateline check --explain all`".to_owned()
                        }
                    },
                );
            }
        }
    }
    rules
}

/// Which way a language is written, `ltr` or `rtl`; `own` is that of the book, for tags that
/// nobody knows.
pub fn direction(language: &str, own: Direction) -> &'static str {
    let directions = icu_locale::LocaleDirectionality::new_common();
    let tag = language.parse::<icu_locale_core::LanguageIdentifier>();
    let known = tag.ok().and_then(|tag| directions.get(&tag));
    match (known, own) {
        (Some(icu_locale::Direction::RightToLeft), _) | (None, Direction::Rtl) => "rtl",
        _ => "ltr",
    }
}

/// The name in ids of feeds: a host, or an address of mail (RFC 4151, "authority").
fn feed_id(node: &Node, name: &str, log: &mut Log<'_>) -> Option<Box<str>> {
    let text = text(node, name, log)?;
    let is_sign =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-._@".contains(c);
    if text.value.chars().all(is_sign) {
        return Some(text.value);
    }
    let message = format!("`{}` cannot be part of an id", text.value);
    log.say(
        Rule::BadValue,
        text.at,
        message,
        "write a domain that was yours when the book began, such as `news.example`"
            .to_owned(),
    );
    None
}

/// What names mean, and under `rules` which rules for finding them are off.
fn names(node: &Node, name: &str, log: &mut Log<'_>) -> Option<NamesConfig> {
    let Value::Table(table) = &node.value else {
        crate::parse::fields::wrong_type(node, name, "a table of `Name = \"slug\"`", log);
        return None;
    };
    let mut names = NamesConfig::default();
    for (key, node) in table {
        if &*key.name == "rules" {
            name_rules(node, &mut names.rules_off, log);
        } else if let Some(entity) = text(node, &key.name, log) {
            let entity = (&*entity.value != "none").then_some(entity);
            names.settled.insert(key.name.clone(), entity);
        }
    }
    Some(names)
}

fn name_rules(node: &Node, off: &mut Vec<Box<str>>, log: &mut Log<'_>) {
    let Value::Table(table) = &node.value else {
        let wanted = "a table of `rule = false`";
        crate::parse::fields::wrong_type(node, "rules", wanted, log);
        return;
    };
    for (key, node) in table {
        if NAME_RULES.contains(&&*key.name) {
            if boolean(node, &key.name, log) == Some(false) {
                off.push(key.name.clone());
            }
            continue;
        }
        let message = format!("`{}` is not a rule for finding names", key.name);
        let near = crate::diagnostic::nearest(&key.name, NAME_RULES);
        let help = match near {
            Some(near) => format!("write `{near}`"),
            None => format!("write one of {}", NAME_RULES.join(", ")),
        };
        log.say(Rule::UnknownKey, key.at, message, help);
    }
}

/// A BCP 47 tag.
pub(crate) fn language(node: &Node, name: &str, log: &mut Log<'_>) -> Option<Box<str>> {
    let text = text(node, name, log)?;
    if text.value.parse::<icu_locale_core::LanguageIdentifier>().is_ok() {
        return Some(text.value);
    }
    let message = format!("`{}` is not a language tag", text.value);
    log.say(
        Rule::BadValue,
        text.at,
        message,
        "write a tag of BCP 47 such as `en`, `pt-BR` or `ar`",
    );
    None
}

/// The languages usually written from right to left (CLDR, likely scripts Arab, Hebr,
/// Thaa and Syrc).
fn is_right_to_left(language: &str) -> bool {
    let primary = language.split('-').next().unwrap_or("");
    matches!(
        primary,
        "ar" | "fa" | "he" | "ur" | "ps" | "dv" | "yi" | "sd" | "ug" | "ckb"
    )
}

/// A whole day.
fn day(node: &Node, name: &str, log: &mut Log<'_>) -> Option<Date> {
    let date = partial_date(node, name, log)?;
    if date.day.is_none() {
        let message = format!("`{name}` must be a whole day");
        let help = format!("write `{name} = \"{}\"`", date.first());
        log.say(Rule::BadValue, node.at, message, help);
        return None;
    }
    Some(date.first())
}

/// A folder inside the book.
fn folder(node: &Node, name: &str, log: &mut Log<'_>) -> Option<Box<str>> {
    let text = text(node, name, log)?;
    let folder = text.value.trim_end_matches('/');
    let is_inside = |part: &str| !matches!(part, "" | "." | "..") && !part.contains('\\');
    if folder.split('/').all(is_inside) && !folder.contains(':') {
        return Some(folder.into());
    }
    let message =
        format!("`{name}` is a folder inside the book, and `{}` is not", text.value);
    log.say(Rule::BadValue, text.at, message, format!("write `{name} = \"content\"`"));
    None
}

/// A zone of the IANA database.
fn zone(node: &Node, name: &str, log: &mut Log<'_>) -> Option<TimeZone> {
    let text = text(node, name, log)?;
    let zone = TimeZone::get(&text.value);
    if zone.is_err() {
        let message = format!("`{}` is not a time zone", text.value);
        log.say(
            Rule::BadValue,
            text.at,
            message,
            "write a name such as `Europe/Berlin` or `UTC`",
        );
    }
    zone.ok()
}

/// The address of a site: `http:` or `https:`, a host, a path, nothing more.
fn site_url(node: &Node, name: &str, log: &mut Log<'_>) -> Option<SiteUrl> {
    let at = node.at;
    let address = url(node, name, log)?;
    let Ok(site_url) = address.parse() else {
        let message =
            format!("`{name}` is the address of a site, and `{address}` is not");
        log.say(
            Rule::BadValue,
            at,
            message,
            "write an address such as `https://example.org/repo/`",
        );
        return None;
    };
    Some(site_url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(toml: &str) -> String {
        let path: Arc<str> = "book.toml".into();
        let reported = Config::parse(toml);
        let lines = reported.diagnostics.iter().map(|it| {
            assert_eq!(it.span.path, path);
            let place = &toml[it.span.stretch.range()];
            format!("{} {place} / {}", it.rule.name(), it.help.join("; "))
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn settings_that_do_not_fit_are_reported_with_a_way_out() {
        let cases = [
            ("[book]\ntitel = 'x'", "unknown-key titel / write `title`"),
            ("[bok]\ntitle = 'x'", "unknown-key bok / write `book`"),
            ("[book]\ntitle = ['x']", "wrong-type ['x'] / write a text"),
            (
                "[book]\nlanguage = 'english language'",
                "bad-value 'english language' / write a tag of BCP 47 such as `en`, `pt-BR` or `ar`",
            ),
            (
                "[text]\ndate-order = 'dym'",
                "bad-value 'dym' / write `dmy`; the values are `dmy`, `mdy` and `none`",
            ),
            (
                "[text]\ntime-zone = 'Mars'",
                "bad-value 'Mars' / write a name such as `Europe/Berlin` or `UTC`",
            ),
            ("[book]\nsrc = '../x'", "bad-value '../x' / write `src = \"content\"`"),
            ("[rules]\nstale-rol = 'off'", "unknown-key stale-rol / write `stale-role`"),
            (
                "[output.html]\nsite-url = 'javascript:x'",
                "unsafe-link 'javascript:x' / write an address that begins with `https://`",
            ),
            (
                "[lists]\nper-page = 0",
                "wrong-type 0 / write a whole number from 1 to 1000",
            ),
        ];
        for (toml, expected) in cases {
            assert_eq!(said(toml), expected, "{toml}");
        }
        assert!(said("[book\n").starts_with("settings"), "{}", said("[book\n"));
        assert!(said("[book]\ntitle='a'\ntitle='b'").starts_with("doubled-key"));
    }

    #[test]
    fn the_address_of_the_site_ends_in_a_slash() {
        let config =
            Config::parse("[output.html]\nsite-url = 'https://example.org/repo'").value;
        let address = config.site_url.as_ref().map(SiteUrl::as_str);
        assert_eq!(address, Some("https://example.org/repo/"));
    }

    #[test]
    fn arabic_runs_from_right_to_left_unless_told_otherwise() {
        let config = Config::parse("[book]\nlanguage = 'ar'").value;
        assert_eq!(config.direction, Direction::Rtl);
    }
}

//! What every content file has: a path, a text, a title, a slug, a body.

use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use crate::diagnostic::{Rule, Severity};
use crate::parse::config::{self, Config};
use crate::parse::extra::Extra;
use crate::parse::fields::{Fields, Log, Placed, has_no_forbidden, is_forbidden, string};
use crate::parse::front_matter;
use crate::parse::markdown::{self, Body, Passage, PieceText};
use crate::parse::node::{Node, Value};
use crate::slug::{self, Slug};
use crate::span::{Span, Stretch};

/// A sentence with fewer characters goes on with the next one.
const SHORT_SENTENCE: usize = 40;
/// A sentence with more characters is cut.
const LONG_SENTENCE: usize = 300;

/// A content file as far as all kinds are alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The file, from the root of the book.
    pub path: Arc<str>,
    /// Its text as read.
    pub text: Arc<str>,
    /// The headline or name; the file's name if there is none.
    pub title: Placed<Box<str>>,
    /// Its segment of the address.
    pub slug: Slug,
    /// What it keeps for templates of the book's own; boxed, for few texts have any.
    pub extra: Option<Box<Extra>>,
    /// Its language where that is not the book's.
    pub language: Option<Box<str>>,
    /// The text below the front matter.
    pub body: Body,
}

impl Document {
    /// What it keeps for templates; empty if it keeps nothing.
    pub fn extra(&self) -> Extra {
        self.extra.as_deref().cloned().unwrap_or_default()
    }

    /// A place in the file.
    pub fn span(&self, at: Stretch) -> Span {
        at.of(&self.path)
    }

    /// The text of a footnote without its fields, or with `None` the text without its
    /// footnotes; as plain text, a line break between blocks.
    pub fn plain_text(&self, annotation: Option<u32>) -> String {
        let whole = Stretch { start: 0, end: u32::MAX };
        let passages = self.body.passages.iter();
        let blocks = passages.filter(|it| it.annotation == annotation);
        blocks.map(|it| self.plain(it, whole)).collect::<Vec<_>>().join("\n")
    }

    /// How the text begins, as plain text: its first sentence, or more of them if that is
    /// short; at most 300 characters. `None` for one without running text.
    pub fn first_sentence(&self) -> Option<String> {
        let whole = Stretch { start: 0, end: u32::MAX };
        let mut running = self.body.passages.iter();
        let first = running.find(|it| it.annotation.is_none() && !it.is_heading)?;
        let text = self.plain(first, whole);
        let mut end = 0;
        for sentence in text.split_sentence_bounds() {
            end += sentence.len();
            // Unicode's rule may see the end of a sentence at `U.S.`: a few words are not enough.
            if text[..end].chars().count() >= SHORT_SENTENCE {
                break;
            }
        }
        let sentence = text[..end].trim();
        if sentence.is_empty() {
            return None;
        }
        match sentence.char_indices().nth(LONG_SENTENCE) {
            None => Some(sentence.to_owned()),
            Some((at, _)) => {
                let cut = sentence[..at].rfind(char::is_whitespace).unwrap_or(at);
                Some(format!("{}…", sentence[..cut].trim_end()))
            }
        }
    }

    /// The first block of running text, as plain text; empty if there is none.
    pub fn opening(&self) -> String {
        let whole = Stretch { start: 0, end: u32::MAX };
        let first = self.body.passages.iter().find(|it| it.annotation.is_none());
        first.map_or_else(String::new, |it| self.plain(it, whole))
    }

    /// The words that an annotation is about, as plain text; `None` for one at a point.
    pub fn annotated_words(&self, annotation: u32) -> Option<String> {
        let anchors = self.body.anchors.iter();
        let mut anchored = anchors.filter(|it| it.annotation == annotation);
        let (open, close) = anchored.find_map(|it| it.words)?;
        let words = Stretch { start: open + 1, end: close };
        let passages = self.body.passages.iter().map(|it| self.plain(it, words));
        let words = passages.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
        (!words.is_empty()).then_some(words)
    }

    /// As much of a passage as lies within a stretch, as plain text in one line.
    fn plain(&self, passage: &Passage, within: Stretch) -> String {
        let mut plain = String::new();
        for piece in self.body.pieces(passage) {
            let start = piece.at.start.max(within.start);
            let end = piece.at.end.min(within.end);
            if start >= end {
                continue;
            }
            let source = &self.text[Stretch { start, end }.range()];
            plain.push_str(match piece.text {
                PieceText::Source => source,
                PieceText::Break | PieceText::Decoded(_) => {
                    self.body.text(piece, &self.text)
                }
                PieceText::Barrier => barrier_words(source),
            });
        }
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The words of a link or of code, without their markup; nothing for a reference, a picture or
/// HTML.
fn barrier_words(source: &str) -> &str {
    if let Some(tag) = source.strip_prefix('<') {
        let is_address = tag.contains([':', '@']) && !tag.contains(char::is_whitespace);
        return if is_address { tag.trim_end_matches('>') } else { "" };
    }
    if source.starts_with("[^") || source.starts_with("![") {
        return "";
    }
    if let Some(inner) = source.strip_prefix("[[").and_then(|it| it.strip_suffix("]]")) {
        return inner.split_once('|').map_or(inner, |(_, words)| words);
    }
    if let Some((inner, _)) = source.strip_prefix('[').and_then(|it| it.split_once("]("))
    {
        return inner;
    }
    source.trim_matches('`')
}

/// Reads a content file: `read` takes the keys that only its kind has.
///
/// `title_key` is `title` or `name`, `example` a front matter to show to whoever has none.
pub fn read<T>(
    path: &Arc<str>,
    text: &Arc<str>,
    config: &Config,
    title_key: &'static str,
    example: &str,
    log: &mut Log<'_>,
    read: impl FnOnce(Option<&mut Fields<'_>>, &mut Log<'_>) -> T,
) -> (Document, T) {
    let split = front_matter::split(text, path, example);
    let is_broken = split.front_matter.is_none();
    let n = log.diagnostics.len();
    log.diagnostics.extend(split.diagnostic);
    hold(n, !is_broken, log);
    let name = file_name(path);
    let mut title = None;
    let mut given = None;
    let mut extra = None;
    let mut language = None;
    let node = split.front_matter.as_ref();
    if let Some(node) = node {
        html_entities(text, node, log);
    }
    let mut fields = node.and_then(|node| Fields::of(node, "front matter", log));
    if let Some(fields) = &mut fields {
        let line = example.lines().find(|line| line.starts_with(title_key)).unwrap_or("");
        let is_missing = fields.node(title_key).is_none();
        let n = log.diagnostics.len();
        title = fields.required(title_key, line, log, crate::parse::fields::text);
        if is_missing && let Some(first) = fields.first_line(log) {
            heading(text, split.body, title_key, first, log);
        }
        hold(n, title.is_some(), log);
        let n = log.diagnostics.len();
        given = fields.take("slug", log, crate::parse::fields::slug);
        hold(n, given.is_some(), log);
        extra = fields.take("extra", log, crate::parse::extra::extra);
        language = fields.take("language", log, config::language);
    }
    let value = read(fields.as_mut(), log);
    if let Some(fields) = fields {
        fields.finish(log);
    }
    let n = log.diagnostics.len();
    let slug = given.map(|it| it.value).or_else(|| Slug::from_title(name));
    let slug = slug.unwrap_or_else(|| {
        let at = Stretch::default();
        log.say(
            Rule::BadSlug,
            at,
            format!("the file name `{name}` makes no address"),
            "give it a name with letters or digits, or add `slug: …`",
        );
        Slug::from_title("untitled").expect("this one has letters")
    });
    check_name(name, log);
    hold(n, false, log);
    // Front matter that never ends leaves no body, and nothing in it to report.
    let body = if is_broken && split.body == text.len() {
        Body { at: Stretch::new(text.len()..text.len()), ..Body::default() }
    } else {
        markdown::read(text, split.body, config, log)
    };
    control_characters(text, split.body, log);
    let title =
        title.unwrap_or_else(|| Placed { value: name.into(), at: Stretch::default() });
    let (path, text) = (Arc::clone(path), Arc::clone(text));
    (Document { path, text, title, slug, extra, language, body }, value)
}

/// Reports HTML entities in all texts of the front matter.
fn html_entities(text: &str, node: &Node, log: &mut Log<'_>) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|it| html_entities(text, it, log)),
        Value::Table(pairs) => {
            for (_, it) in pairs {
                html_entities(text, it, log);
            }
        }
        Value::Text(_) | Value::Bare(_) if node.at.start < node.at.end => {
            html_entity(text, node.at, log);
        }
        _ => {}
    }
}

/// Reports an HTML entity such as `&amp;`, which in front matter is printed as it is written.
fn html_entity(text: &str, at: Stretch, log: &mut Log<'_>) {
    let source = &text[at.range()];
    for (start, _) in source.match_indices('&') {
        let rest = &source[start..];
        let Some(entity) = rest.find(';').map(|end| &rest[..=end]) else { return };
        let sign = markdown::decoded(entity);
        if *sign != *entity {
            let from = at.start as usize + start;
            let at = Stretch::new(from..from + entity.len());
            let message = format!("`{entity}` is printed as it is");
            log.say(Rule::HtmlEntity, at, message, format!("write `{sign}`"));
        }
    }
}

/// The name of a file without folder, ending, and the date that may lead it:
/// `content/briefs/2025-08-08-strike.md` gives `strike`.
pub fn file_name(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = crate::input::text_stem(name).unwrap_or(name);
    match day_of_name(name).and(name.get(10..)) {
        Some(rest) if rest.len() > 1 && rest.starts_with('-') => &rest[1..],
        _ => name,
    }
}

/// The day that the name of a file begins with.
fn day_of_name(name: &str) -> Option<&str> {
    let day = name.get(..10)?;
    crate::date::PartialDate::parse(day)?.day.map(|_| day)
}

/// The day that a file's name or its folders give, `2025/08/08/strike.md`.
pub fn day_of_path(path: &str) -> Option<String> {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    if let Some(day) = day_of_name(name) {
        return Some(day.to_owned());
    }
    let mut last = folders.rsplit('/');
    let (day, month, year) = (last.next()?, last.next()?, last.next()?);
    let day = format!("{year}-{month}-{day}");
    day_of_name(&day).map(str::to_owned)
}

fn check_name(name: &str, log: &mut Log<'_>) {
    let help = if slug::is_windows_device(name) {
        "give the file another name: Windows keeps this one for a device"
    } else if name.len() > slug::MAX_LEN {
        "give the file a shorter name, under 200 bytes"
    } else {
        return;
    };
    let message = format!("the file name `{name}` cannot be a part of an address");
    log.say(Rule::BadSlug, Stretch::default(), message, help.to_owned());
}

/// Unless all is well, makes errors of all findings from the `n`th on, whatever the book's
/// settings say: no page can do without a headline, a day and an address. A book that had made
/// its errors warnings once published a brief without a day under 1970.
pub(super) fn hold(n: usize, is_well: bool, log: &mut Log<'_>) {
    for said in log.diagnostics.iter_mut().skip(n).filter(|_| !is_well) {
        said.severity = Some(Severity::Error);
    }
}

/// Gives the last finding, a missing title, an edit that mends it, if the text begins with a
/// heading: that becomes the title.
fn heading(text: &str, body: usize, key: &str, first: Stretch, log: &mut Log<'_>) {
    let before = &text[body..];
    let start = body + (before.len() - before.trim_start().len());
    let line = text[start..].lines().next().unwrap_or("");
    let words =
        line.strip_prefix("# ").map(|it| it.trim().trim_end_matches('#').trim_end());
    let is_plain = |it: &&str| !it.is_empty() && !it.contains(['[', '*', '`', '<', '_']);
    if let Some(words) = words.filter(is_plain)
        && let Some(said) = log.diagnostics.last_mut()
    {
        let end = start
            + line.len()
            + usize::from(text[start + line.len()..].starts_with("\r\n"));
        let end = (end + 1).min(text.len());
        said.edit(first, format!("{key}: {}\n", crate::parse::yaml::text(words)));
        said.edit(Stretch::new(start..end), "");
    }
}

fn control_characters(text: &str, from: usize, log: &mut Log<'_>) {
    if has_no_forbidden(&text[from..]) {
        return;
    }
    let found = text[from..].char_indices().find(|(_, c)| is_forbidden(*c));
    if let Some((at, c)) = found {
        let at = Stretch::new(from + at..from + at + c.len_utf8());
        let message =
            format!("the text holds the control character U+{:04X}", u32::from(c));
        log.say(Rule::ControlCharacter, at, message, "delete it").edit(at, "");
    }
}

/// A picture named in front matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// The file, from `static/`.
    pub file: Placed<Box<str>>,
    /// What it shows, for who cannot see it.
    pub alt: Option<Box<str>>,
    /// The words below it.
    pub caption: Option<Placed<Box<str>>>,
    /// Who made it.
    pub credit: Option<Box<str>>,
    /// When it was made.
    pub date: Option<crate::date::PartialDate>,
}

/// Reads `{file, alt, caption, credit, date}`.
pub fn image(node: &Node, name: &str, log: &mut Log<'_>) -> Option<Image> {
    let mut fields = Fields::of(node, name, log)?;
    let file = fields.required(
        "file",
        "file: img/gate.jpg",
        log,
        crate::parse::fields::static_file,
    );
    // An empty text says that the picture is decoration.
    let is_decoration = fields.has_empty_text("alt");
    let alt = fields.take("alt", log, string);
    let caption = fields.take("caption", log, crate::parse::fields::text);
    let credit = fields.take("credit", log, string);
    let date = fields.take("date", log, crate::parse::fields::partial_date);
    if alt.is_none() && !is_decoration {
        log.say(
            Rule::MissingAlt,
            fields.at,
            "the picture has no `alt`".to_owned(),
            "add `alt: …`: what it shows, in a few words",
        );
    }
    fields.finish(log);
    Some(Image { file: file?, alt, caption, credit, date })
}

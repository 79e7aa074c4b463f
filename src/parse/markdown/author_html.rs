//! HTML in a text as it is read: links and ids in it, and what is left out.

use crate::diagnostic::Rule;
use crate::parse::fields::Log;
use crate::parse::markdown::body::Link;
use crate::parse::markdown::html::{HtmlAttribute, HtmlElements, HtmlStep, HtmlTag};
use crate::parse::markdown::landings::Landings;
use crate::parse::markdown::links::{self, InPlaceOf};
use crate::span::Stretch;

/// A block of HTML in one piece, and where each of its lines stands in the file: in a quotation
/// the lines lie apart, each behind a `>`.
#[derive(Debug, Default)]
pub struct HtmlChunk {
    /// The HTML.
    pub html: String,
    /// Where in it each line begins, and where that is in the file.
    lines: Vec<(usize, usize)>,
}

impl HtmlChunk {
    /// Adds a line that begins at a byte of the file.
    pub fn push(&mut self, line: &str, at: usize) {
        self.lines.push((self.html.len(), at));
        self.html.push_str(line);
    }

    /// The byte of the file that a byte of the HTML stands at.
    pub fn place(&self, at: usize) -> usize {
        let line = self.lines.partition_point(|(start, _)| *start <= at);
        match line.checked_sub(1) {
            Some(line) => self.lines[line].1 + (at - self.lines[line].0),
            None => at,
        }
    }

    /// The stretch of the file that a range of the HTML stands at.
    fn stretch(&self, range: std::ops::Range<usize>) -> Stretch {
        let start = self.place(range.start);
        // By its last byte: the byte behind it may begin the next line.
        let end = self.place(range.end.saturating_sub(1).max(range.start)) + 1;
        Stretch::new(start..end.max(start))
    }
}

/// Reads HTML that stays: what it links to, its ids, and what of it is left out.
pub(super) fn read(
    chunk: &HtmlChunk,
    elements: &mut HtmlElements,
    found: &mut Vec<Link>,
    landings: &mut Landings,
    log: &mut Log<'_>,
) {
    for step in elements.steps(&chunk.html) {
        match step {
            HtmlStep::Begin(tag) => begin(&tag, chunk, found, landings, log),
            HtmlStep::LeftOut(range, what) => {
                left_out(&what, chunk.stretch(range), log);
            }
            HtmlStep::Text(_) | HtmlStep::End(_) => {}
        }
    }
}

fn begin(
    tag: &HtmlTag,
    chunk: &HtmlChunk,
    found: &mut Vec<Link>,
    landings: &mut Landings,
    log: &mut Log<'_>,
) {
    for attribute in &tag.attributes {
        let HtmlAttribute { at, name, value } = attribute;
        let at = chunk.stretch(*at..at + name.len());
        match (&*tag.name, &**name) {
            ("a", "href") => {
                found.extend(links::link(
                    pulldown_cmark::LinkType::Inline,
                    value,
                    at,
                    log,
                ));
            }
            ("img", "src") => {
                found.extend(links::file_of_site(
                    value,
                    ("picture", InPlaceOf::Link),
                    at,
                    log,
                ));
            }
            (what, "src") => {
                let what = match what {
                    "audio" => "sound",
                    "video" => "film",
                    other => other,
                };
                let file = (what, InPlaceOf::Nothing);
                found.extend(links::file_of_site(value, file, at, log));
            }
            (_, "poster") => {
                let file = ("picture", InPlaceOf::Nothing);
                found.extend(links::file_of_site(value, file, at, log));
            }
            ("a", "name") | (_, "id") if !landings.html(at.start, value) => {
                left_out(
                    &format!("the id `{value}`, which the page uses already,"),
                    at,
                    log,
                );
            }
            _ => {}
        }
    }
    if tag.name == "img" && tag.get("alt").is_none() {
        let at = chunk.stretch(tag.at..tag.end);
        log.say(
            Rule::MissingAlt,
            at,
            "this picture has no `alt` text".to_owned(),
            "add `alt=\"…\"`: what it shows, in a few words".to_owned(),
        );
    }
}

fn left_out(what: &str, at: Stretch, log: &mut Log<'_>) {
    let help = match what {
        "`<iframe>`" | "`<embed>`" | "`<object>`" => {
            "link to what it shows: `[words](https://…)`"
        }
        _ if what.starts_with("the attribute `style`") => {
            "give it a `class`, and style that in a file under `additional-css`"
        }
        _ => "delete it, or write it in Markdown",
    };
    log.say(Rule::RawHtml, at, format!("{what} is left out"), help.to_owned());
}

/// Reports HTML of a book that wants none.
pub(super) fn dropped(chunk: &HtmlChunk, log: &mut Log<'_>) {
    let lines = chunk.html.split_inclusive('\n');
    let is_comment = |line: &&str| line.trim_start().starts_with("<!--");
    let Some(line) = lines.into_iter().find(|line| !is_comment(line)) else { return };
    let from = line.as_ptr().addr() - chunk.html.as_ptr().addr();
    let at = chunk.stretch(from..from + line.len());
    log.say(Rule::RawHtml, at, "this HTML is left out".to_owned(), "write it in Markdown, or set `raw-html = \"sanitize\"` under `[text]` in book.toml"
            .to_owned());
}

//! An old text as Markdown of ours, step by step.

pub(crate) mod blocks;
pub(crate) mod html;
pub(crate) mod inline;
pub(crate) mod links;
pub(crate) mod made;
pub(crate) mod marks;
pub(crate) mod tag;
mod vault;
mod wordpress;

use crate::import::finder::Finder;
use crate::import::map::ImportMap;
use crate::import::plain;
use crate::import::post::{Markup, Post};
use crate::import::remark::{Construct, Remark};
use html::FromHtml;
use links::{Led, Wants};
use made::TagWork;
use marks::{FenceLine, Fences};
use tag::TagStyle;

/// A text that was converted.
#[derive(Debug, Default)]
pub(crate) struct NewText {
    /// The Markdown.
    pub(crate) body: String,
    /// What stood above a mark for an excerpt, if it was one paragraph of plain words; it is
    /// not in the body any more.
    pub(crate) excerpt: Option<String>,
    /// Files and other texts that it needs.
    pub(crate) wants: Wants,
    /// Its links and pictures, counted.
    pub(crate) led: Led,
    /// What was changed or taken out.
    pub(crate) remarks: Vec<Remark>,
}

/// What converts the texts of an archive.
pub(crate) struct Converter<'a> {
    pub(crate) html: &'a FromHtml,
    pub(crate) map: &'a ImportMap,
    pub(crate) tags: TagStyle,
}

impl Converter<'_> {
    /// Converts the text of a post; `wants_excerpt` if its head has no summary.
    pub(crate) fn convert(
        &self,
        post: &Post,
        title: &str,
        finder: &Finder<'_>,
        wants_excerpt: bool,
    ) -> NewText {
        let mut new = NewText::default();
        let remarks = &mut new.remarks;
        let mut work = TagWork {
            style: self.tags,
            map: self.map,
            title,
            remarks: Vec::new(),
            held: matches!(post.markup, Markup::Html | Markup::WordPress).then(Vec::new),
            whole: &post.text,
        };
        let text = work.convert(&post.text);
        remarks.append(&mut work.remarks);
        let (text, marked) = split_excerpt(text, remarks);
        let text = match post.markup {
            Markup::Vault => vault::convert(&text, remarks),
            Markup::WordPress => wordpress::paragraphs(&text),
            _ => text,
        };
        let text = match post.markup {
            Markup::Html | Markup::WordPress => {
                let text = self.html.markdown(&text, remarks);
                let held = work.held.take().unwrap_or_default();
                let text =
                    if held.is_empty() { text } else { made::released(&text, &held) };
                inline::without_tags(&text, self.html, remarks)
            }
            Markup::Markdown | Markup::Vault => {
                let text = blocks::without_attributes(&text, remarks);
                let text = blocks::without_html(&text, self.html, remarks);
                inline::without_tags(&text, self.html, remarks)
            }
        };
        let text = without_title(&text, title, remarks);
        let (text, led) = links::lead(&text, finder, remarks, &mut new.wants);
        let text = tidy(&text);
        let (excerpt, body) = if marked && wants_excerpt {
            excerpt(text)
        } else {
            (None, text.replace(MORE, ""))
        };
        new.excerpt = excerpt;
        new.body = body;
        new.led = led;
        placed(post, &mut new.remarks);
        new
    }
}

/// What stands for the mark of an excerpt until the text is converted.
const MORE: &str = "\u{e000}";

/// Puts a sign for the mark of an excerpt, and says whether there was one.
fn split_excerpt(text: String, remarks: &mut Vec<Remark>) -> (String, bool) {
    let text = if text.contains(MORE) { text.replace(MORE, "") } else { text };
    let lower = text.to_ascii_lowercase();
    let found = lower.find("<!--").and_then(|_| {
        lower.match_indices("<!--").find(|(at, _)| {
            let word = lower[at + 4..].trim_start();
            ["more", "excerpt", "truncate", "summary", "read more", "end_excerpt"]
                .iter()
                .any(|it| {
                    word.strip_prefix(it).is_some_and(|rest| {
                        rest.trim_start().starts_with("-->") || rest.starts_with(' ')
                    })
                })
        })
    });
    let Some((at, _)) = found else { return (text, false) };
    let Some(end) = text[at..].find("-->").map(|it| at + it + 3) else {
        return (text, false);
    };
    remarks.push(Remark::of(Construct::Excerpt, &text[at..end]));
    (format!("{}{MORE}{}", &text[..at], &text[end..]), true)
}

/// The paragraph above the sign as plain words, and the text without it; nothing is taken
/// out if there is more above than one paragraph of words.
fn excerpt(text: String) -> (Option<String>, String) {
    let Some((above, below)) = text.split_once(MORE) else { return (None, text) };
    let paragraph = above.trim();
    let is_words = !paragraph.is_empty()
        && paragraph.chars().count() <= 500
        && !paragraph.contains("\n\n")
        && !paragraph.contains(['[', '!', '|', '<', '`'])
        && !paragraph.starts_with(['#', '>', '-', '*', '+', '1']);
    if !is_words || below.trim().is_empty() {
        return (None, format!("{}\n\n{}", above.trim_end(), below.trim_start()));
    }
    (
        Some(plain::of_markdown(paragraph)).map(|it| plain::one_line(&it)),
        below.trim_start().to_owned(),
    )
}

/// The text without a first heading that says the headline again.
fn without_title(text: &str, title: &str, remarks: &mut Vec<Remark>) -> String {
    let trimmed = text.trim_start_matches('\n');
    let (line, rest) = trimmed.split_once('\n').unwrap_or((trimmed, ""));
    let heading = line.strip_prefix("# ").map(plain::of_markup);
    let is_title = |it: &String| it.to_lowercase() == title.to_lowercase();
    if heading.as_ref().is_some_and(is_title) {
        remarks.push(Remark::of(Construct::DoubledTitle, title));
        return rest.to_owned();
    }
    text.to_owned()
}

/// No more than one empty line in a row outside of code, none at the ends, no space at the
/// ends of lines but where it is a line break.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fences = Fences::default();
    let mut n_empty = 0;
    for line in text.lines() {
        let is_code = matches!(fences.next(line), FenceLine::Begins | FenceLine::Within);
        if line.trim().is_empty() && !is_code {
            n_empty += 1;
            continue;
        }
        if n_empty > 0 && !out.is_empty() {
            out.push('\n');
        }
        n_empty = 0;
        let is_break = line.ends_with("  ") && !line.trim().is_empty();
        out += if is_code || is_break { line } else { line.trim_end() };
        out.push('\n');
    }
    out
}

/// Gives remarks the line at which what they are about stands in the old text.
fn placed(post: &Post, remarks: &mut [Remark]) {
    for (at, remark) in remarks.iter_mut().enumerate() {
        match &mut remark.line {
            Some(line) => *line += post.lines_above,
            None if !remark.what.is_empty() => {
                let needle = remark.what.trim_end_matches(['>', '…']);
                let line = line_of(&post.text, needle, at);
                remark.line = line.map(|line| line + post.lines_above);
            }
            None => {}
        }
    }
}

/// The line of a text at which some words stand, from 1. Beyond the first few hundred
/// remarks on one text nobody is told the line: each asks for a look through all of it.
pub(crate) fn line_of(text: &str, words: &str, n_remarks: usize) -> Option<usize> {
    if n_remarks > 300 {
        return None;
    }
    text.find(words).map(|at| text[..at].matches('\n').count() + 1)
}

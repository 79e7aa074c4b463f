//! What becomes of tags and shortcodes: Markdown, or only the text inside.

mod boxes;
mod embeds;
mod known;
mod pictures;

use crate::import::map::ImportMap;
use crate::import::remark::{Construct, Remark};
use crate::import::text::blocks::code_in;
use crate::import::text::line_of;
use crate::import::text::marks::NAME_SCHEME;
use crate::import::text::tag::{OldTag, TagForm, TagStyle, next_tag};

pub(crate) use boxes::callout_kind;
use known::known;

/// The text of a tag in Markdown, tag by tag.
pub(crate) struct TagWork<'a> {
    pub(crate) style: TagStyle,
    pub(crate) map: &'a ImportMap,
    pub(crate) title: &'a str,
    pub(crate) remarks: Vec<Remark>,
    /// In a text of HTML: the Markdown of tags, which waits until the rest is Markdown too.
    pub(crate) held: Option<Vec<String>>,
    /// The text as it was, to say where a tag stood.
    pub(crate) whole: &'a str,
}

const HELD: char = '\u{e001}';
const HELD_END: char = '\u{e002}';

/// The text with what was held back in its place.
pub(crate) fn released(text: &str, held: &[String]) -> String {
    let mut out = text.to_owned();
    // The last one may hold others, never the other way round.
    for (at, made) in held.iter().enumerate().rev() {
        out = out.replace(&format!("{HELD}{at}{HELD_END}"), made);
    }
    out
}

/// Tags nested more deeply than this are left as they are.
const MAX_DEPTH: usize = 16;

impl TagWork<'_> {
    /// The text without tags.
    pub(crate) fn convert(&mut self, text: &str) -> String {
        self.inner(text, 0)
    }

    fn inner(&mut self, text: &str, depth: usize) -> String {
        if depth > MAX_DEPTH {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        let mut from = 0;
        let code = code_in(text);
        while let Some(tag) = next_tag(text, from, self.style) {
            let at = code.partition_point(|it| it.end <= tag.at.start);
            let is_code = self.style != TagStyle::Brackets
                && code.get(at).is_some_and(|it| it.start <= tag.at.start);
            // What keeps a tag from being run stands within code as well.
            let is_shown = matches!(tag.form, TagForm::Shown)
                || matches!(tag.name.as_str(), "raw" | "verbatim");
            if is_code && !is_shown {
                from = tag.at.end;
                continue;
            }
            out += &text[done..tag.at.start];
            done = self.one(text, &tag, depth, &mut out);
            from = done;
        }
        out + &text[done..]
    }

    /// Writes what becomes of one tag and says where the text goes on.
    fn one(&mut self, text: &str, tag: &OldTag, depth: usize, out: &mut String) -> usize {
        let source = &text[tag.at.clone()];
        match tag.form {
            TagForm::Comment => {
                self.say(Construct::Comment, "{# #}", source);
                tag.at.end
            }
            TagForm::Shown => {
                *out += &tag.rest;
                tag.at.end
            }
            TagForm::Close => {
                // The one that it ends has been taken out already.
                tag.at.end
            }
            TagForm::Value => {
                *out += &self.value(&tag.rest, source);
                tag.at.end
            }
            TagForm::Open => {
                let end = closing(text, tag, self.style);
                let (inner, end) = match &end {
                    Some(end) => (Some(&text[tag.at.end..end.start]), end.end),
                    None => (None, tag.at.end),
                };
                *out += &self.open(tag, inner, source, depth);
                end
            }
        }
    }

    fn open(
        &mut self,
        tag: &OldTag,
        inner: Option<&str>,
        source: &str,
        depth: usize,
    ) -> String {
        match tag.bare_name() {
            "raw" | "verbatim" => return inner.unwrap_or("").to_owned(),
            "comment" => {
                self.say(Construct::Comment, &tag.name, source);
                return String::new();
            }
            "highlight" | "code" | "codeblock" if inner.is_some() => {
                self.say(Construct::KnownTag, &tag.name, source);
                let made =
                    fenced(tag.any(&["lang", "0"]).unwrap_or(""), inner.unwrap_or(""));
                return self.hold(made);
            }
            _ => {}
        }
        let inner = inner.map(|it| self.inner(it, depth + 1));
        let words = inner.as_deref().unwrap_or("");
        let tags = &self.map.tags;
        if let Some(template) = tags.get(&tag.name).or_else(|| tags.get(tag.bare_name()))
        {
            let made = filled(template, tag, words);
            self.say(Construct::KnownTag, &tag.name, source);
            return self.hold(made);
        }
        if let Some((construct, made)) = known(tag, words, inner.is_some()) {
            self.say(construct, &tag.name, source);
            return self.hold(made);
        }
        self.say(Construct::UnknownTag, &tag.name, source);
        words.to_owned()
    }

    /// Markdown itself, or what stands for it in a text of HTML.
    fn hold(&mut self, made: String) -> String {
        let Some(held) = &mut self.held else { return made };
        if made.trim().is_empty() || made.trim_start().starts_with(NAME_SCHEME) {
            return made; // it may stand within an attribute
        }
        let gap = if made.starts_with('\n') { "\n\n" } else { "" };
        held.push(made);
        format!("{gap}{HELD}{}{HELD_END}{gap}", held.len() - 1)
    }

    /// What a value prints, as far as that is known.
    fn value(&mut self, expression: &str, source: &str) -> String {
        let (value, filters) = expression.split_once('|').unwrap_or((expression, ""));
        let value = value.trim();
        let quoted = value.trim_matches(['"', '\'']);
        if quoted.len() + 2 == value.len() {
            self.say(Construct::KnownTag, "{{ \"…\" }}", source);
            return quoted.to_owned();
        }
        match value {
            "page.title" | "title" => {
                self.say(Construct::KnownTag, value, source);
                self.title.to_owned()
            }
            "site.baseurl" | "site.url" | "site.github.url" | "base_url" | "baseurl" => {
                self.say(Construct::KnownTag, value, source);
                String::new()
            }
            _ => {
                let name = if filters.is_empty() { value } else { expression };
                self.say(Construct::UnknownTag, &format!("{{{{ {name} }}}}"), source);
                String::new()
            }
        }
    }

    fn say(&mut self, construct: Construct, what: &str, source: &str) {
        let remark = Remark::of(construct, what);
        let line = line_of(self.whole, source, self.remarks.len());
        self.remarks.push(Remark { line, ..remark });
    }
}

/// Where the tag that ends this one stands; tags of its own name inside are skipped.
fn closing(text: &str, open: &OldTag, style: TagStyle) -> Option<std::ops::Range<usize>> {
    let mut depth = 0;
    let mut from = open.at.end;
    // A tag that is used a thousand times and never closed is looked for nearby only.
    let end = (from + MAX_INNER).min(text.len());
    while let Some(tag) = next_tag(text, from, style).filter(|it| it.at.start < end) {
        from = tag.at.end;
        let is_same = tag.name == open.name || style == TagStyle::Zola;
        match tag.form {
            TagForm::Open
                if is_same
                    && (style != TagStyle::Zola
                        || text[tag.at.clone()].starts_with("{%")) =>
            {
                depth += 1;
            }
            TagForm::Close if is_same && depth > 0 => depth -= 1,
            TagForm::Close if is_same => return Some(tag.at),
            _ => {}
        }
        if style == TagStyle::Zola && text[open.at.clone()].starts_with("{{") {
            return None;
        }
    }
    None
}

/// How far away the end of a tag may be, in bytes.
const MAX_INNER: usize = 64 * 1024;

/// The Markdown of the desk's own map: `{inner}`, `{0}`, `{name}`.
fn filled(template: &str, tag: &OldTag, inner: &str) -> String {
    let mut out = template.replace("{inner}", inner.trim());
    for (key, value) in &tag.args {
        out = out.replace(&format!("{{{key}}}"), value);
    }
    out
}

/// Code in a fence that it does not end itself.
fn fenced(language: &str, code: &str) -> String {
    let language = language.split([' ', ',']).next().unwrap_or("");
    let fence = if code.contains("```") { "~~~~" } else { "```" };
    format!("\n\n{fence}{language}\n{}\n{fence}\n\n", code.trim_matches('\n'))
}

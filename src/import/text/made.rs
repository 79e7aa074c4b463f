//! What becomes of tags and shortcodes: Markdown, or only the text inside.

use crate::import::map::ImportMap;
use crate::import::plain;
use crate::import::remark::{Construct, Remark};
use crate::import::text::blocks::code_in;
use crate::import::text::html::link_to;
use crate::import::text::line_of;
use crate::import::text::tag::{OldTag, TagForm, TagStyle, next_tag};

/// The scheme by which a link names another text of the archive until it is known where
/// that one lies.
pub(crate) const NAME_SCHEME: &str = "dateline-name:";

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

fn fenced(language: &str, code: &str) -> String {
    let language = language.split([' ', ',']).next().unwrap_or("");
    let fence = if code.contains("```") { "~~~~" } else { "```" };
    format!("\n\n{fence}{language}\n{}\n{fence}\n\n", code.trim_matches('\n'))
}

/// The Markdown of the desk's own map: `{inner}`, `{0}`, `{name}`.
fn filled(template: &str, tag: &OldTag, inner: &str) -> String {
    let mut out = template.replace("{inner}", inner.trim());
    for (key, value) in &tag.args {
        out = out.replace(&format!("{{{key}}}"), value);
    }
    out
}

/// What is known of the tags of common themes.
fn known(tag: &OldTag, inner: &str, is_block: bool) -> Option<(Construct, String)> {
    let name = tag.bare_name().to_ascii_lowercase();
    let known = |made: String| Some((Construct::KnownTag, made));
    match name.as_str() {
        "post_url" | "link" | "ref" | "relref" => known(reference(tag)),
        "figure" | "img" | "image" | "picture" | "responsive-image" | "caption"
        | "photo" => known(figure(tag, inner)),
        "youtube" | "youtubeplayer" | "youtube_embed" => {
            Some((Construct::Embed, embed(tag, "https://www.youtube.com/watch?v={}")))
        }
        "vimeo" => Some((Construct::Embed, embed(tag, "https://vimeo.com/{}"))),
        "tweet" | "twitter" | "x" => {
            Some((Construct::Embed, embed(tag, "https://x.com/i/status/{}")))
        }
        "instagram" => {
            Some((Construct::Embed, embed(tag, "https://www.instagram.com/p/{}/")))
        }
        "gist" => Some((Construct::Embed, embed(tag, "https://gist.github.com/{}"))),
        "video" | "audio" | "iframe" | "embed" | "spotify" | "soundcloud" | "codepen"
        | "mastodon" => {
            let made = if is_block && crate::import::fields::web(inner.trim()).is_some() {
                format!("\n\n{}\n\n", link_to(inner.trim(), ""))
            } else {
                embed(tag, "{}")
            };
            Some((Construct::Embed, made))
        }
        "quote" | "blockquote" | "pullquote" | "epigraph" => known(quotation(tag, inner)),
        "note" | "notice" | "alert" | "admonition" | "callout" | "warning" | "tip"
        | "info" | "danger" | "caution" | "important" | "hint" => {
            Some((Construct::Callout, callout(tag, &name, inner)))
        }
        "details" | "expand" | "accordion" | "spoiler" | "collapse" | "tab" => {
            let title = tag.any(&["summary", "title", "name", "0"]).unwrap_or("");
            let title =
                if title.is_empty() { String::new() } else { format!("**{title}**\n\n") };
            known(format!("\n\n{title}{}\n\n", inner.trim()))
        }
        "button" => {
            let href = tag.any(&["href", "link", "url", "relref"]).unwrap_or("");
            let words = tag.any(&["text", "label"]).unwrap_or(inner.trim());
            known(format!("[{words}]({})", href.replace(' ', "%20")))
        }
        "toc" | "more" | "clear" | "clearfix" => known(String::new()),
        "tabs" | "center" | "rawhtml" | "lead" | "columns" | "column" | "row"
        | "small" | "abbr" => known(inner.to_owned()),
        "gallery" => Some((Construct::Gallery, gallery(tag, inner))),
        _ => None,
    }
}

/// `{% post_url 2024-01-02-x %}`, `{{< ref "x.md" >}}`: an address that names a text.
fn reference(tag: &OldTag) -> String {
    let name = tag.any(&["path", "0"]).unwrap_or(tag.rest.trim());
    format!("{NAME_SCHEME}{}", name.replace(' ', "%20"))
}

/// A picture with its caption below, in paragraphs of their own.
fn figure(tag: &OldTag, inner: &str) -> String {
    let caption = tag.any(&["caption", "title", "text"]).map(str::to_owned);
    let source = tag.any(&[
        "src",
        "file",
        "path",
        "url",
        "image",
        "image_path",
        "filename",
        "name",
    ]);
    let source = source.or_else(|| tag.arg("0").filter(|it| it.contains('.')));
    let Some(source) = source else {
        // `[caption]` has the picture and its words inside.
        let inner = inner.trim();
        let end = inner.rfind("/>").or_else(|| inner.rfind("</a>").map(|it| it + 2));
        let end = end
            .or_else(|| inner.rfind('>').map(|it| it.saturating_sub(1)))
            .map_or(0, |it| it + 2);
        let (picture, words) = inner.split_at(end.min(inner.len()));
        let words = caption.unwrap_or_else(|| words.trim().to_owned());
        let words =
            if words.is_empty() { words } else { format!("\n\n<em>{words}</em>") };
        return format!("\n\n{picture}{words}\n\n");
    };
    let caption =
        caption.or_else(|| (!inner.trim().is_empty()).then(|| inner.trim().to_owned()));
    let alt = tag.any(&["alt", "description", "1"]).map(plain::of_markup);
    let alt =
        alt.or_else(|| caption.as_deref().map(plain::of_markup)).unwrap_or_default();
    let alt = alt.replace(['[', ']'], "");
    let caption = match caption {
        Some(words) if plain::of_markup(&words) != alt => {
            format!(
                "

*{}*",
                caption_words(&words)
            )
        }
        _ => String::new(),
    };
    format!("\n\n![{alt}]({}){caption}\n\n", source.replace(' ', "%20"))
}

/// A caption in one line; with signs of its own it is reduced to its words, for emphasis
/// within emphasis would end it.
fn caption_words(words: &str) -> String {
    if words.contains(['*', '_', '<']) {
        plain::of_markup(words)
    } else {
        plain::one_line(words)
    }
}

fn embed(tag: &OldTag, address: &str) -> String {
    let positional: Vec<&str> = ["0", "1"]
        .iter()
        .filter_map(|it| tag.arg(it))
        .filter(|it| !it.is_empty())
        .collect();
    let id =
        tag.any(&["id", "src", "url", "file", "link", "mp3", "mp4"]).map(str::to_owned);
    let id = id.or_else(|| match positional[..] {
        [user, id] if address.contains("gist") || address.contains("x.com") => {
            Some(format!("{user}/{id}"))
        }
        [id, ..] => Some(id.to_owned()),
        [] => None,
    });
    let user_id = tag.arg("user").zip(tag.arg("id"));
    let id =
        user_id.filter(|_| address.contains("x.com")).map(|it| it.1.to_owned()).or(id);
    let Some(id) = id else { return String::new() };
    let id = if address.contains("x.com") {
        id.rsplit('/').next().unwrap_or(&id).to_owned()
    } else {
        id
    };
    let address = match crate::import::fields::web(&id) {
        Some(whole) => whole,
        None => address.replace("{}", &id),
    };
    let title = tag.any(&["title", "caption"]).unwrap_or("");
    format!("\n\n{}\n\n", link_to(&address, title))
}

fn quotation(tag: &OldTag, inner: &str) -> String {
    let words = if inner.trim().is_empty() {
        tag.any(&["text", "quote", "0"]).unwrap_or("")
    } else {
        inner
    };
    let mut lines = prefixed(words);
    if let Some(author) = tag.any(&["author", "cite", "source", "attribution"]) {
        lines += &format!("\n>\n> — {author}");
    }
    format!("\n\n{lines}\n\n")
}

/// A quotation with its title in bold.
fn callout(tag: &OldTag, name: &str, inner: &str) -> String {
    let kind =
        tag.any(&["type", "kind", "level", "icon", "0"]).filter(|it| !it.contains(' '));
    let title = tag.any(&["title", "heading"]).map(str::to_owned);
    let kind = kind.unwrap_or(
        if matches!(name, "notice" | "alert" | "admonition" | "callout" | "hint") {
            "note"
        } else {
            name
        },
    );
    let title = title.unwrap_or_else(|| capital(kind));
    let words = if inner.trim().is_empty() {
        tag.any(&["content", "text", "message"]).unwrap_or("")
    } else {
        inner
    };
    format!("\n\n> **{title}**\n>\n{}\n\n", prefixed(words))
}

/// The pictures of a gallery, one after the other; ids of a database are not told.
fn gallery(tag: &OldTag, inner: &str) -> String {
    let files = tag
        .args
        .iter()
        .filter(|(key, value)| key.parse::<usize>().is_ok() && value.contains('.'));
    let files: Vec<String> =
        files.map(|(_, it)| format!("![]({})", it.replace(' ', "%20"))).collect();
    format!("\n\n{}\n\n{inner}", files.join("\n\n"))
}

/// Each line as one of a quotation.
pub(crate) fn prefixed(words: &str) -> String {
    let lines = words.trim().lines().map(|line| match line {
        "" => ">".to_owned(),
        line => format!("> {line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A word with its first letter in upper case.
pub(crate) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|it| it.to_uppercase().collect::<String>());
    first.unwrap_or_default() + letters.as_str()
}

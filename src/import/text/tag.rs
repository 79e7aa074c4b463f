//! Tags of template languages and shortcodes, as they stand in old texts.

use std::ops::Range;

/// The language of the tags in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TagStyle {
    /// `{% include x.html %}`, `{{ page.title }}`: Jekyll, Eleventy.
    Liquid,
    /// `{{< figure src="x" >}}`, `{{% note %}}…{{% /note %}}`: Hugo.
    Hugo,
    /// `{{ youtube(id="x") }}`, `{% quote() %}…{% end %}`: Zola.
    Zola,
    /// `[caption width="3"]…[/caption]`: `WordPress`.
    Brackets,
    /// None.
    Nothing,
}

/// A tag that was found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OldTag {
    /// Its place in the text.
    pub(crate) at: Range<usize>,
    /// What it does.
    pub(crate) form: TagForm,
    /// Its name; for an include the file too: `include figure.html`.
    pub(crate) name: String,
    /// What it is told: by name, or by position.
    pub(crate) args: Vec<(String, String)>,
    /// All that stands behind the name.
    pub(crate) rest: String,
}

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TagForm {
    /// It stands alone, or something follows that ends with [`TagForm::Close`].
    Open,
    /// It ends what an open one began.
    Close,
    /// It prints a value.
    Value,
    /// It is for authors.
    Comment,
    /// It is shown as it stands: `{{</* x */>}}`.
    Shown,
}

impl OldTag {
    /// The argument of a name, or the one at a position.
    pub(crate) fn arg(&self, name: &str) -> Option<&str> {
        self.args.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim())
    }

    /// The first of these arguments that is there and not empty.
    pub(crate) fn any(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.arg(name).filter(|it| !it.is_empty()))
    }

    /// The name without the folder and ending of an included file: `include a/figure.html`
    /// is `figure`.
    pub(crate) fn bare_name(&self) -> &str {
        let name = self.name.rsplit([' ', '/']).next().unwrap_or(&self.name);
        name.split('.').next().unwrap_or(name)
    }
}

/// The next tag at or after a byte.
pub(crate) fn next_tag(text: &str, from: usize, style: TagStyle) -> Option<OldTag> {
    let mut at = from;
    loop {
        let found = match style {
            TagStyle::Nothing => return None,
            TagStyle::Brackets => at + text[at..].find('[')?,
            _ => {
                let rest = &text[at..];
                let ends = ["{%", "{{", "{#"].iter().filter_map(|it| rest.find(it));
                at + ends.min()?
            }
        };
        if let Some(tag) = tag_at(text, found, style) {
            return Some(tag);
        }
        at = found + 1;
    }
}

fn tag_at(text: &str, at: usize, style: TagStyle) -> Option<OldTag> {
    let rest = &text[at..];
    match style {
        TagStyle::Liquid | TagStyle::Zola => {
            let (inner, len) = delimited(rest, "{%", "%}")
                .or_else(|| delimited(rest, "{{", "}}"))
                .or_else(|| delimited(rest, "{#", "#}"))?;
            let inner = inner.trim_matches('-').trim();
            let place = at..at + len;
            match &rest[..2] {
                "{#" => Some(of(place, TagForm::Comment, "", "")),
                "{{" if style == TagStyle::Zola => call(place, inner),
                "{{" => Some(OldTag {
                    rest: inner.to_owned(),
                    ..of(place, TagForm::Value, "", inner)
                }),
                _ if style == TagStyle::Zola => call(place, inner),
                _ => Some(liquid(place, inner)),
            }
        }
        TagStyle::Hugo => {
            let (inner, len) = delimited(rest, "{{<", ">}}")
                .or_else(|| delimited(rest, "{{%", "%}}"))?;
            let inner = inner.trim();
            let place = at..at + len;
            if inner.starts_with("/*") {
                let shown = inner.trim_start_matches("/*").trim_end_matches("*/");
                return Some(OldTag {
                    rest: format!("{}{shown}{}", &rest[..3], &rest[len - 3..len]),
                    ..of(place, TagForm::Shown, "", "")
                });
            }
            Some(liquid(place, inner.trim_end_matches('/')))
        }
        TagStyle::Brackets => bracketed(rest, at),
        TagStyle::Nothing => None,
    }
}

fn delimited<'a>(text: &'a str, open: &str, close: &str) -> Option<(&'a str, usize)> {
    let inner = text.strip_prefix(open)?;
    let end = inner.find(close)?;
    // Two of one kind on the way mean that the first was never closed.
    (!inner[..end].contains(open))
        .then(|| (&inner[..end], open.len() + end + close.len()))
}

fn of(at: Range<usize>, form: TagForm, name: &str, rest: &str) -> OldTag {
    OldTag {
        at,
        form,
        name: name.to_owned(),
        args: arguments(rest),
        rest: rest.to_owned(),
    }
}

/// `name rest`, `/name`, `endname`.
fn liquid(at: Range<usize>, inner: &str) -> OldTag {
    if let Some(name) = inner.strip_prefix('/') {
        return of(at, TagForm::Close, name.trim(), "");
    }
    let (name, rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    if let Some(name) = name.strip_prefix("end")
        && !name.is_empty()
    {
        return of(at, TagForm::Close, name, "");
    }
    if matches!(
        name,
        "include" | "include_relative" | "include_cached" | "render" | "partial"
    ) {
        let rest = rest.trim();
        let (file, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let file = file.trim_matches(['"', '\'', ',']);
        return of(at, TagForm::Open, &format!("{name} {file}"), rest.trim());
    }
    of(at, TagForm::Open, name, rest.trim())
}

/// `name(key="value")`, `end`.
fn call(at: Range<usize>, inner: &str) -> Option<OldTag> {
    if inner == "end" {
        return Some(of(at, TagForm::Close, "", ""));
    }
    let (name, rest) = inner.split_once('(')?;
    let is_name = name.chars().all(|c| c.is_alphanumeric() || "_:-".contains(c));
    let rest = rest.trim_end().strip_suffix(')')?;
    is_name.then(|| of(at, TagForm::Open, name.rsplit("::").next().unwrap_or(name), rest))
}

/// `[name key="value"]`, `[/name]`; not `[a link](x)`, `[^note]` or `[[page]]`.
fn bracketed(rest: &str, at: usize) -> Option<OldTag> {
    let end = rest.find(']')?;
    let inner = &rest[1..end];
    let is_link = rest[end + 1..].starts_with(['(', '[', ':']);
    let place = at..at + end + 1;
    if let Some(name) = inner.strip_prefix('/') {
        return is_shortcode(name).then(|| of(place, TagForm::Close, name, ""));
    }
    let inner = inner.trim_end_matches('/').trim_end();
    let (name, args) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let is_known = KNOWN_BRACKETS.contains(&name) || args.contains('=');
    let is_paired = rest.contains(&format!("[/{name}]"));
    (is_shortcode(name) && !is_link && (is_known || is_paired))
        .then(|| of(place, TagForm::Open, name, args))
}

/// Shortcodes that need no arguments.
const KNOWN_BRACKETS: &[&str] =
    &["gallery", "caption", "embed", "audio", "video", "playlist", "more"];

fn is_shortcode(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// `key="value"`, `key='value'`, `key=value`, `key: "value"`, and values alone, which are
/// named by their position from 0.
fn arguments(text: &str) -> Vec<(String, String)> {
    let mut args = Vec::new();
    let mut rest = text.trim();
    let mut n_positional = 0;
    while !rest.is_empty() {
        let key_end = rest
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-')))
            .unwrap_or(rest.len());
        let after = rest[key_end..].trim_start();
        let sign =
            after.starts_with('=') || after.starts_with(": ") || after.starts_with(":\"");
        let key = if key_end > 0 && sign {
            let key = rest[..key_end].to_owned();
            rest = after[1..].trim_start();
            key
        } else {
            n_positional += 1;
            (n_positional - 1).to_string()
        };
        let (value, after) = argument(rest);
        args.push((key, value));
        rest = after.trim_start().trim_start_matches([',', '|']).trim_start();
    }
    args
}

/// One value and what follows it.
fn argument(text: &str) -> (String, &str) {
    let quote =
        text.chars().next().filter(|it| matches!(it, '"' | '\'' | '`' | '“' | '”'));
    let Some(quote) = quote else {
        let end =
            text.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(text.len());
        // A comma alone would never end.
        let end = end.max(text.chars().next().map_or(0, char::len_utf8));
        return (text[..end].to_owned(), &text[end..]);
    };
    let close = if matches!(quote, '“') { '”' } else { quote };
    let mut value = String::new();
    let mut letters = text.char_indices().skip(1);
    while let Some((at, c)) = letters.next() {
        match c {
            '\\' => value.extend(letters.next().map(|it| it.1)),
            c if c == close => return (value, &text[at + c.len_utf8()..]),
            c => value.push(c),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_in_every_language() {
        let cases = [
            (
                "a {% include x/figure.html src=\"a b.jpg\" alt='Gate' %}",
                TagStyle::Liquid,
                "figure",
                "src=a b.jpg alt=Gate",
            ),
            ("{%- endhighlight -%}", TagStyle::Liquid, "highlight", ""),
            (
                "{{< figure src=x.jpg title=\"A \\\"b\\\"\" >}}",
                TagStyle::Hugo,
                "figure",
                "src=x.jpg title=A \"b\"",
            ),
            ("{{< youtube abc123 />}}", TagStyle::Hugo, "youtube", "0=abc123"),
            ("{{% /note %}}", TagStyle::Hugo, "note", ""),
            (
                "{{ youtube(id=\"x\", autoplay=true) }}",
                TagStyle::Zola,
                "youtube",
                "id=x autoplay=true",
            ),
            (
                "[caption id=\"a\" width=\"3\"]x[/caption]",
                TagStyle::Brackets,
                "caption",
                "id=a width=3",
            ),
            ("[[x]] [a](b) [sic] [gallery]", TagStyle::Brackets, "gallery", ""),
        ];
        for (text, style, name, args) in cases {
            let tag = next_tag(text, 0, style).unwrap_or_else(|| panic!("{text}"));
            let said: Vec<_> = tag.args.iter().map(|(k, v)| format!("{k}={v}")).collect();
            assert_eq!(
                (tag.bare_name(), said.join(" ").as_str()),
                (name, args),
                "{text}"
            );
        }
        assert_eq!(next_tag("{{ broken and {% too", 0, TagStyle::Liquid), None);
    }
}

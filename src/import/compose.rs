//! Files of the book as text: front matter that needs no second look.

use crate::import::fields::{NewHead, OldPicture, OldSource};
use crate::import::value::{HeadValue, Pairs};

/// Front matter line by line; a key a line, so that one can be taken out alone.
#[derive(Debug, Default)]
pub(crate) struct Composer {
    text: String,
}

impl Composer {
    /// A key with a text.
    pub(crate) fn text(&mut self, key: &str, text: &str) {
        self.text += &format!("{key}: {}\n", quoted(text));
    }

    /// A key with a text, if there is one.
    pub(crate) fn maybe(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text.filter(|it| !it.trim().is_empty()) {
            self.text(key, text);
        }
    }

    /// A key with a value that is written as it is.
    pub(crate) fn bare(&mut self, key: &str, value: &str) {
        self.text += &format!("{key}: {value}\n");
    }

    /// A key with a list of texts, if there are any.
    pub(crate) fn list(&mut self, key: &str, items: &[String]) {
        if !items.is_empty() {
            let items: Vec<_> = items.iter().map(|it| in_list(it)).collect();
            self.text += &format!("{key}: [{}]\n", items.join(", "));
        }
    }

    /// A key with a list of values that are written as they are, one a line.
    pub(crate) fn lines(&mut self, key: &str, items: &[String]) {
        if !items.is_empty() {
            self.text += &format!("{key}:\n  - {}\n", items.join("\n  - "));
        }
    }

    /// The file, with a body below.
    pub(crate) fn file(self, body: &str) -> String {
        let gap = if body.is_empty() { "" } else { "\n" };
        format!("---\n{}---\n{gap}{body}", self.text)
    }
}

/// What a brief is written from beside its head and its body.
#[derive(Debug, Default)]
pub(crate) struct BriefParts<'a> {
    pub(crate) slug: Option<&'a str>,
    pub(crate) redirects: &'a [String],
    pub(crate) tags: &'a [String],
    pub(crate) storylines: &'a [String],
    pub(crate) picture: Option<OldPicture>,
}

/// The file of a brief.
pub(crate) fn brief(head: &NewHead, parts: &BriefParts<'_>, body: &str) -> String {
    let mut out = Composer::default();
    out.text("title", &head.title);
    if let Some(date) = &head.date {
        out.bare("date", &date.text);
    }
    if let Some(updated) = &head.updated {
        out.bare("updated", &updated.text);
    }
    out.maybe("summary", head.summary.as_deref());
    out.maybe("place", head.place.as_deref());
    out.list("by", &head.by);
    let sources: Vec<String> = head.sources.iter().map(source).collect();
    if !sources.is_empty() {
        out.bare("sources", &format!("[{}]", sources.join(", ")));
    }
    out.list("storylines", parts.storylines);
    out.list("tags", parts.tags);
    if let Some(picture) = &parts.picture {
        out.bare("image", &image(picture));
    }
    out.maybe("slug", parts.slug);
    out.list("redirect-from", parts.redirects);
    if head.is_draft {
        out.bare("draft", "true");
    }
    for (key, value) in [("embargo", &head.embargo), ("expires", &head.expires)] {
        if let Some(value) = value {
            out.bare(key, value);
        }
    }
    out.maybe("language", head.language.as_deref());
    out.maybe("kicker", head.kicker.as_deref());
    out.maybe("section", head.section.as_deref());
    out.maybe("license", head.license.as_deref());
    extra(&mut out, &head.extra);
    out.file(body)
}

/// What Dateline has no key for, kept where templates find it.
pub(crate) fn extra(out: &mut Composer, pairs: &Pairs) {
    if !pairs.is_empty() {
        let mut lines = String::new();
        for (key, value) in pairs {
            lines += &format!("\n  {}: {}", in_list(key), flow(value));
        }
        out.text += &format!("extra:{lines}\n");
    }
}

fn source(source: &OldSource) -> String {
    if source.title.is_none() && source.url.is_none() {
        return in_list(&source.outlet);
    }
    let parts = [
        ("outlet", Some(source.outlet.as_str())),
        ("title", source.title.as_deref()),
        ("url", source.url.as_deref()),
    ];
    table(&parts)
}

fn image(picture: &OldPicture) -> String {
    table(&[
        ("file", Some(picture.file.as_str())),
        ("alt", picture.alt.as_deref()),
        ("caption", picture.caption.as_deref()),
        ("credit", picture.credit.as_deref()),
    ])
}

/// A table in one line; what is absent is left out.
pub(crate) fn table(parts: &[(&str, Option<&str>)]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .filter_map(|(key, value)| {
            let value = value.filter(|it| !it.trim().is_empty())?;
            Some(format!("{key}: {}", in_list(value)))
        })
        .collect();
    format!("{{{}}}", parts.join(", "))
}

/// A value in one line of YAML.
fn flow(value: &HeadValue) -> String {
    match value {
        HeadValue::Null => "null".to_owned(),
        HeadValue::Bool(it) => it.to_string(),
        HeadValue::Text(text) if is_number(text) => text.clone(),
        HeadValue::Text(text) => in_list(&text.replace(is_line_end, " ")),
        HeadValue::List(items) => {
            let items: Vec<_> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        HeadValue::Table(pairs) => {
            let pairs: Vec<_> = pairs
                .iter()
                .map(|(key, it)| format!("{}: {}", json(key), flow(it)))
                .collect();
            format!("{{{}}}", pairs.join(", "))
        }
    }
}

/// Whether a text is a number that prints as it is written.
fn is_number(text: &str) -> bool {
    text.parse::<i64>().is_ok_and(|it| it.to_string() == text)
        || text.contains('.')
            && text.parse::<f64>().is_ok_and(|it| it.to_string() == text)
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A text as YAML reads it back: bare if it is plain words, else in double quotes.
pub(crate) fn quoted(text: &str) -> String {
    let text = crate::import::plain::one_line(text);
    let is_plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || " -'’.,;!?()/&“”–—".contains(c))
        && !is_word_of_yaml(&text);
    if is_plain { text } else { json(&text) }
}

/// A text within a list or table of one line, where commas and brackets have a meaning.
pub(crate) fn in_list(text: &str) -> String {
    let text = crate::import::plain::one_line(text);
    let is_plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || " -'’.".contains(c))
        && !is_word_of_yaml(&text);
    if is_plain { text } else { json(&text) }
}

fn is_word_of_yaml(text: &str) -> bool {
    let words = ["null", "true", "false", "yes", "no", "on", "off", "nan", "y", "n"];
    words.contains(&text.to_ascii_lowercase().as_str())
}

/// In double quotes, whose escapes are JSON's (YAML 1.2, section 7.3.1).
fn json(text: &str) -> String {
    serde_json::to_string(text).expect("a text becomes JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_where_yaml_would_read_something_else() {
        let cases = [
            ("Dock strike, second week", "Dock strike, second week"),
            ("A: b", "\"A: b\""),
            ("Local #5", "\"Local #5\""),
            ("No", "\"No\""),
            ("1.10", "\"1.10\""),
            ("two\nlines", "two lines"),
            ("- x", "\"- x\""),
        ];
        for (text, expected) in cases {
            assert_eq!(quoted(text), expected, "{text:?}");
        }
        assert_eq!(in_list("a, b"), "\"a, b\"");
    }
}

//! Quotations and callouts of tags.

use crate::import::text::tag::OldTag;

pub(super) fn quotation(tag: &OldTag, inner: &str) -> String {
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

/// A callout of Markdown; a title of its own is its first line, in bold.
pub(super) fn callout(tag: &OldTag, name: &str, inner: &str) -> String {
    let kind =
        tag.any(&["type", "kind", "level", "icon", "0"]).filter(|it| !it.contains(' '));
    let title = tag.any(&["title", "heading"]).unwrap_or("");
    let words = match inner.trim() {
        "" => tag.any(&["content", "text", "message"]).unwrap_or(""),
        _ => inner,
    };
    let mut out = format!("> [!{}]\n", callout_kind(kind.unwrap_or(name)));
    if !title.trim().is_empty() {
        out += &format!("> **{}**\n>\n", title.trim());
    }
    format!("\n\n{out}{}\n\n", prefixed(words))
}

/// Which of the five kinds of callout a theme's word for one stands for.
pub(crate) fn callout_kind(word: &str) -> &'static str {
    match word.to_ascii_lowercase().as_str() {
        "tip" | "hint" | "success" | "check" | "done" | "example" => "TIP",
        "important" | "abstract" | "summary" | "tldr" | "question" | "help" | "faq" => {
            "IMPORTANT"
        }
        "warning" | "attention" | "alert" => "WARNING",
        "caution" | "danger" | "error" | "failure" | "fail" | "missing" | "bug" => {
            "CAUTION"
        }
        _ => "NOTE",
    }
}

/// Each line as one of a quotation.
pub(crate) fn prefixed(words: &str) -> String {
    let lines = words.trim().lines().map(|line| match line {
        "" => ">".to_owned(),
        line => format!("> {line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

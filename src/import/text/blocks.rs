//! Blocks of HTML in Markdown, and what kramdown adds to Markdown.

use std::ops::Range;

use crate::elements::{self, ElementTrait};
use crate::import::remark::{Construct, Remark};
use crate::import::text::html::FromHtml;
use crate::import::text::marks::{FenceLine, Fences};

/// The parts of a text that are code: fenced blocks and what stands between backticks in a
/// line, in order.
pub(crate) fn code_in(text: &str) -> Vec<Range<usize>> {
    let mut code = Vec::new();
    let mut fences = Fences::default();
    let mut open: Option<usize> = None;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        match fences.next(line) {
            FenceLine::Begins => open = Some(offset),
            FenceLine::Ends => {
                code.extend(open.take().map(|start| start..offset + line.len()));
            }
            FenceLine::Outside => {
                let mut ticks = line.match_indices('`').map(|it| it.0);
                while let (Some(from), Some(to)) = (ticks.next(), ticks.next()) {
                    code.push(offset + from..offset + to + 1);
                }
            }
            FenceLine::Within => {}
        }
        offset += line.len();
    }
    code.extend(open.map(|start| start..text.len()));
    code
}

/// Elements nested more deeply than this are one block.
const MAX_DEPTH: usize = 8;

/// The text with its blocks of HTML in Markdown.
pub(crate) fn without_html(
    text: &str,
    html: &FromHtml,
    remarks: &mut Vec<Remark>,
) -> String {
    inner(text, html, remarks, 0)
}

fn inner(text: &str, html: &FromHtml, remarks: &mut Vec<Remark>, depth: usize) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let code = code_in(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let end = text[at..].find('\n').map_or(text.len(), |it| at + it + 1);
        let line = &text[at..end];
        let words = line.trim_start();
        let is_code = code[code.partition_point(|it| it.end <= at)..]
            .first()
            .is_some_and(|it| it.start <= at);
        let name =
            (!is_code && line.len() - words.len() < 4).then(|| opened(words)).flatten();
        let start = end - words.len();
        let Some(name) = name.filter(|it| elements::is(it, ElementTrait::Block)) else {
            out += line;
            at = end;
            continue;
        };
        let Some(element) = element(text, start, &name) else {
            out += line; // it is dealt with where it stands in the line
            at = end;
            continue;
        };
        let whole = &text[start..element.end];
        let is_container = elements::is(&name, ElementTrait::Container);
        let within = &text[element.inner.clone()];
        if is_container
            && depth < MAX_DEPTH
            && is_markdown(&whole[..element.inner.start - start], within)
        {
            let within = summary(within);
            out += &format!(
                "\n\n{}\n\n",
                inner(within.trim_matches('\n'), html, remarks, depth + 1)
            );
        } else {
            let made = html.markdown(whole, remarks);
            out += &format!("\n\n{}\n\n", made.trim_matches('\n'));
        }
        at = element.end;
    }
    out
}

/// The name of the element that a line opens with.
fn opened(line: &str) -> Option<String> {
    let rest = line.strip_prefix('<')?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric())?;
    (end > 0).then(|| rest[..end].to_ascii_lowercase())
}

struct FoundElement {
    inner: Range<usize>,
    end: usize,
}

/// The element that begins at a byte, to the tag that ends it.
fn element(text: &str, start: usize, name: &str) -> Option<FoundElement> {
    let first = start + text[start..].find('>')? + 1;
    if matches!(name, "embed") || text[start..first].ends_with("/>") {
        return Some(FoundElement { inner: first..first, end: first });
    }
    let mut depth = 1;
    let mut at = first;
    // An element that is never closed is looked for so far and no further.
    let limit = (first + 256 * 1024).min(text.len());
    while let Some(found) = text[at..].find('<') {
        let tag = at + found;
        if tag > limit {
            return None;
        }
        let rest = &text[tag + 1..];
        let is_close = rest.starts_with('/');
        let rest = rest.trim_start_matches('/');
        let is_same =
            rest.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name))
                && !rest[name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric());
        at = tag + 1;
        if !is_same {
            continue;
        }
        if !is_close {
            depth += 1;
            continue;
        }
        depth -= 1;
        if depth == 0 {
            let end = tag + text[tag..].find('>')? + 1;
            return Some(FoundElement { inner: first..tag, end });
        }
    }
    None
}

/// Whether what is inside an element is Markdown: it says so, or an empty line ends the
/// HTML (`CommonMark` 0.31, section 4.6).
fn is_markdown(tag: &str, within: &str) -> bool {
    tag.contains("markdown=") || within.contains("\n\n") || within.contains("```")
}

/// The `<summary>` of an element as a line in bold.
fn summary(within: &str) -> String {
    let Some((before, rest)) = within.split_once("<summary>") else {
        return within.to_owned();
    };
    let Some((words, after)) = rest.split_once("</summary>") else {
        return within.to_owned();
    };
    let words = crate::import::plain::of_markup(words);
    format!("{before}\n**{words}**\n\n{after}")
}

/// The text without kramdown's attributes, its table of contents and its options.
pub(crate) fn without_attributes(text: &str, remarks: &mut Vec<Remark>) -> String {
    if !text.contains("{:") && !text.contains("\n*[") {
        return text.to_owned();
    }
    let code = code_in(text);
    let mut out = String::with_capacity(text.len());
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let is_code = code[code.partition_point(|it| it.end <= start)..]
            .first()
            .is_some_and(|it| it.start <= start && it.end >= offset);
        if is_code {
            out += line;
            continue;
        }
        let words = line.trim();
        let is_abbreviation = words.starts_with("*[") && words.contains("]: ");
        if words.starts_with("{:") && words.ends_with('}') || is_abbreviation {
            remarks.push(Remark::of(Construct::MarkupAttribute, words));
            // `* TOC` above `{:toc}` only makes room for it.
            if words.contains("toc") {
                let kept = out.trim_end_matches('\n').len();
                let last = out[..kept].rfind('\n').map_or(0, |it| it + 1);
                let is_room =
                    out[last..kept].trim_start_matches(['*', '-', '1', '.', ' ']).len()
                        <= 24;
                if is_room && out[last..kept].starts_with(['*', '-', '1']) {
                    out.truncate(last);
                }
            }
            continue;
        }
        out += &within_line(line, remarks);
    }
    out
}

/// A line without `{: .class}` behind words, and `{#id}` behind a heading.
fn within_line(line: &str, remarks: &mut Vec<Remark>) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("{:").or_else(|| heading_id(rest)) {
        let Some(end) = rest[at..].find('}').map(|it| at + it + 1) else { break };
        out += rest[..at].trim_end_matches(' ');
        remarks.push(Remark::of(Construct::MarkupAttribute, &rest[at..end]));
        rest = &rest[end..];
    }
    out + rest
}

fn heading_id(line: &str) -> Option<usize> {
    line.starts_with('#').then(|| line.find(" {#").map(|it| it + 1))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_html_become_markdown() {
        let cases = [
            (
                "a\n\n<div class=\"x\">\n\n**b** and\n\n</div>\n\nc\n",
                "a\n\n**b** and\n\nc",
            ),
            (
                "<table><tr><th>A</th></tr>\n\n<tr><td>1</td></tr></table>\n",
                "| A |\n| - |\n| 1 |",
            ),
            ("```\n<div>x</div>\n```\n", "```\n<div>x</div>\n```"),
            (
                "<details><summary>More</summary>\n\nText *x*\n\n</details>\n",
                "**More**\n\nText *x*",
            ),
            ("<div>never closed\n", "<div>never closed"),
        ];
        for (text, expected) in cases {
            let made = without_html(text, &FromHtml::new(), &mut Vec::new());
            let made: Vec<&str> = made
                .split("\n\n")
                .filter(|it| !it.trim().is_empty())
                .map(|it| it.trim_matches('\n'))
                .collect();
            assert_eq!(made.join("\n\n"), expected, "{text:?}");
        }
    }

    #[test]
    fn attributes_of_kramdown_are_taken_out() {
        let text = "* TOC\n{:toc}\n\n# A {#b}\nText{: .x} more\n{: .note}\n```\n{: .kept}\n```\n*[NATO]: North\n";
        let expected = "\n# A\nText more\n```\n{: .kept}\n```\n";
        assert_eq!(without_attributes(text, &mut Vec::new()), expected);
    }
}

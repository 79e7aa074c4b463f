//! Texts of `WordPress` as HTML: an empty line is a paragraph, a line's end a break.

use crate::elements::{self, ElementTrait};

/// The text with its paragraphs marked. One that was written by the block editor has them
/// marked already.
pub(crate) fn paragraphs(text: &str) -> String {
    let is_marked =
        text.contains("<!-- wp:") || text.contains("<p>") || text.contains("<p ");
    if is_marked {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 64);
    let mut depth: usize = 0;
    for block in text.split("\n\n") {
        let words = block.trim();
        if words.is_empty() {
            continue;
        }
        let is_block = depth > 0 || begins_with_block(words);
        if is_block {
            out += block;
            out.push_str("\n\n");
        } else {
            out += &format!("<p>{}</p>\n\n", words.replace('\n', "<br>\n"));
        }
        for name in ["pre", "ul", "ol", "table", "div", "blockquote", "script", "style"] {
            depth += count(block, &format!("<{name}"));
            depth = depth.saturating_sub(count(block, &format!("</{name}")));
        }
    }
    out
}

/// Whether a text begins with a tag of an element that is no part of a paragraph.
fn begins_with_block(text: &str) -> bool {
    let rest = text.strip_prefix("</").or_else(|| text.strip_prefix('<'));
    let name = rest.and_then(|it| it.split(|c: char| !c.is_ascii_alphanumeric()).next());
    let name = name.unwrap_or("").to_ascii_lowercase();
    [ElementTrait::Block, ElementTrait::Part].iter().any(|it| elements::is(&name, *it))
}

fn count(text: &str, tag: &str) -> usize {
    let found = text.match_indices(tag);
    let is_whole = |at: usize| {
        !text[at + tag.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
    };
    found.filter(|(at, _)| is_whole(*at)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lines_are_paragraphs() {
        let cases = [
            ("One\ntwo\n\nThree", "<p>One<br>\ntwo</p>\n\n<p>Three</p>\n\n"),
            (
                "<ul>\n<li>a</li>\n\n<li>b</li>\n</ul>\n\nText",
                "<ul>\n<li>a</li>\n\n<li>b</li>\n</ul>\n\n<p>Text</p>\n\n",
            ),
            ("<!-- wp:paragraph -->\n<p>x</p>", "<!-- wp:paragraph -->\n<p>x</p>"),
        ];
        for (text, expected) in cases {
            assert_eq!(paragraphs(text), expected, "{text:?}");
        }
    }
}

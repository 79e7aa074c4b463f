//! Texts of `WordPress` as HTML: an empty line is a paragraph, a line's end a break.

/// Elements that are not part of a paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "iframe",
    "li",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "style",
    "script",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "video",
    "audio",
    "svg",
];

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
        let is_block = depth > 0 || BLOCKS.iter().any(|it| begins_with(words, it));
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

fn begins_with(text: &str, element: &str) -> bool {
    let rest = text.strip_prefix("</").or_else(|| text.strip_prefix('<'));
    let rest = rest.and_then(|it| it.strip_prefix(element));
    rest.is_some_and(|it| !it.starts_with(|c: char| c.is_ascii_alphanumeric()))
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

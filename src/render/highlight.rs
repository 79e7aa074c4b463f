//! Code blocks in color: classes, so that the stylesheet decides for light and dark.

use std::sync::LazyLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

use crate::html::{Html, escape};

/// The grammars, loaded when the first page with a code block is rendered: that takes some
/// 20 ms, which a book without code need not spend.
static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// A code block; `language` is the first word behind the fence, and may be empty.
pub fn highlight(code: &str, language: &str) -> Html {
    let body =
        match GRAMMARS.find_syntax_by_token(language).filter(|_| !language.is_empty()) {
            Some(syntax) => {
                let style = ClassStyle::SpacedPrefixed { prefix: "hl-" };
                let mut generator =
                    ClassedHTMLGenerator::new_with_class_style(syntax, &GRAMMARS, style);
                let done = LinesWithEndings::from(code).try_for_each(|line| {
                    generator.parse_html_for_line_which_includes_newline(line)
                });
                match done {
                    Ok(()) => generator.finalize(),
                    Err(_) => escape(code),
                }
            }
            None => escape(code),
        };
    let class = match language {
        "" => String::new(),
        language => format!(" class=\"language-{}\"", escape(language)),
    };
    Html(format!("<pre class=\"code\" tabindex=\"0\"><code{class}>{body}</code></pre>\n"))
}

//! Markup as plain words: for headlines, summaries, captions.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use pulldown_cmark::{Event, Options, Parser};
use std::cell::RefCell;

/// The words of a line of HTML or Markdown: tags out, entities decoded, emphasis and links
/// reduced to their words, in one line.
pub(crate) fn of_markup(text: &str) -> String {
    let text = if text.contains(['<', '&']) { of_html(text) } else { text.to_owned() };
    let is_marked = text.contains(['*', '`', '[', '\\']) || text.contains("__");
    let text = if is_marked { of_markdown(&text) } else { text };
    one_line(&text)
}

/// The words of HTML, entities decoded.
pub(crate) fn of_html(html: &str) -> String {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(WordSink::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.text.into_inner()
}

/// The words of Markdown.
pub(crate) fn of_markdown(text: &str) -> String {
    let mut words = String::new();
    for event in Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(text) | Event::Code(text) => words += &text,
            Event::SoftBreak | Event::HardBreak | Event::End(_) => words.push(' '),
            _ => {}
        }
    }
    // A list's sign or a heading's is not markup in a headline.
    if words.trim().is_empty() {
        text.to_owned()
    } else {
        words.replace(" .", ".").replace(" ,", ",")
    }
}

/// All in one line, single spaces between.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Default)]
struct WordSink {
    text: RefCell<String>,
}

impl TokenSink for WordSink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(text) => self.text.borrow_mut().push_str(&text),
            Token::TagToken(tag) if !is_inline(&tag.name) => {
                self.text.borrow_mut().push(' ');
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn is_inline(tag: &str) -> bool {
    matches!(
        tag,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "cite"
            | "code"
            | "em"
            | "font"
            | "i"
            | "mark"
            | "q"
            | "s"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "u"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_plain_words() {
        let cases = [
            ("Don&#8217;t <em>stop</em> &amp; go", "Don’t stop & go"),
            ("The *New* [deal](/x)", "The New deal"),
            ("<p>One</p><p>Two</p>", "One Two"),
            ("Local #5 strikes", "Local #5 strikes"),
            ("A_B_c and 5 < 6", "A_B_c and 5 < 6"),
            ("\\*Not\\*", "*Not*"),
        ];
        for (markup, expected) in cases {
            assert_eq!(of_markup(markup), expected, "{markup:?}");
        }
    }
}

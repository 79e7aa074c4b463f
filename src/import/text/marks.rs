//! Small things that several readers of text share: words, lines of code, addresses.

/// The scheme by which a link names another text of the archive until it is known where
/// that one lies.
pub(crate) const NAME_SCHEME: &str = "dateline-name:";

/// A word with its first letter in upper case.
pub(crate) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|it| it.to_uppercase().collect::<String>());
    first.unwrap_or_default() + letters.as_str()
}

/// Follows the fences of code through the lines of a text.
#[derive(Debug, Default)]
pub(crate) struct Fences {
    open: Option<&'static str>,
}

/// What a line is to code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FenceLine {
    /// No code.
    Outside,
    /// The line that begins it.
    Begins,
    /// Code.
    Within,
    /// The line that ends it.
    Ends,
}

impl Fences {
    /// What the next line is, without the signs of a quotation before it.
    pub(crate) fn next(&mut self, line: &str) -> FenceLine {
        let words = line.trim_start();
        let sign = ["```", "~~~"].into_iter().find(|it| words.starts_with(it));
        match (self.open, sign) {
            (None, None) => FenceLine::Outside,
            (None, Some(sign)) => {
                self.open = Some(sign);
                FenceLine::Begins
            }
            (Some(open), Some(sign)) if open == sign => {
                self.open = None;
                FenceLine::Ends
            }
            (Some(_), _) => FenceLine::Within,
        }
    }
}

/// An address as it can stand in Markdown: what would end or change it is percent-encoded,
/// and so are the signs that `further` names.
pub(crate) fn address(href: &str, further: &str) -> String {
    let mut out = String::with_capacity(href.len());
    for c in href.trim().chars() {
        if matches!(c, ' ' | '(' | ')' | '<' | '>' | '\\') || further.contains(c) {
            out += &format!("%{:02X}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

//! Addresses that stand in a text without brackets, as links, as GitHub shows them.

use std::collections::VecDeque;
use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::parse::markdown::source::SourceEvents;

/// The events of a text; where that is wanted, addresses in its words are links.
pub struct Events<'a> {
    inner: Peekable<SourceEvents<'a>>,
    source: &'a str,
    is_on: bool,
    /// How deep in links, pictures and code, in which no link begins.
    opaque: u32,
    /// Events that come before the next one.
    ready: VecDeque<(Event<'a>, Range<usize>)>,
}

impl<'a> Events<'a> {
    pub(super) fn new(source: &'a str, is_on: bool) -> Events<'a> {
        let inner = SourceEvents::new(source).peekable();
        let is_on = is_on && source.contains("://");
        Events { inner, source, is_on, opaque: 0, ready: VecDeque::new() }
    }

    /// Words that follow each other without a gap, as one stretch: the parser cuts them at
    /// every sign that might have been markup.
    fn words(&mut self, first: Range<usize>) -> (Range<usize>, Vec<Range<usize>>) {
        let (mut whole, mut parts) = (first.clone(), vec![first]);
        while let Some((Event::Text(words), range)) = self.inner.peek()
            && range.start == whole.end
            && is_plain(self.source, words, range)
        {
            whole.end = range.end;
            parts.push(range.clone());
            self.inner.next();
        }
        (whole, parts)
    }

    /// Puts words with links in them before what comes next.
    fn link(&mut self, whole: Range<usize>, parts: Vec<Range<usize>>) {
        let source = self.source;
        let text =
            |range: Range<usize>| (Event::Text(source[range.clone()].into()), range);
        let found = addresses(source, whole.clone());
        if found.is_empty() {
            self.ready.extend(parts.into_iter().map(text));
            return;
        }
        let mut done = whole.start;
        for at in found {
            if done < at.start {
                self.ready.push_back(text(done..at.start));
            }
            done = at.end;
            let link = Tag::Link {
                link_type: LinkType::Autolink,
                dest_url: source[at.clone()].into(),
                title: "".into(),
                id: "".into(),
            };
            self.ready.push_back((Event::Start(link), at.clone()));
            self.ready.push_back(text(at.clone()));
            self.ready.push_back((Event::End(TagEnd::Link), at));
        }
        if done < whole.end {
            self.ready.push_back(text(done..whole.end));
        }
    }
}

/// Whether words stand in the text as they are. Brackets and asterisks are left alone: the walks
/// want each of them as an event of its own.
fn is_plain(source: &str, words: &str, range: &Range<usize>) -> bool {
    source.get(range.clone()) == Some(words) && !matches!(words, "[" | "]" | "*")
}

impl<'a> Iterator for Events<'a> {
    type Item = (Event<'a>, Range<usize>);

    fn next(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        if let Some(ready) = self.ready.pop_front() {
            return Some(ready);
        }
        let (event, range) = self.inner.next()?;
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => {
                self.opaque += 1;
            }
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => {
                self.opaque -= 1;
            }
            Event::Text(words)
                if self.is_on
                    && self.opaque == 0
                    && words.contains("://")
                    && is_plain(self.source, words, &range) =>
            {
                let (whole, parts) = self.words(range);
                self.link(whole, parts);
                return self.ready.pop_front();
            }
            _ => {}
        }
        Some((event, range))
    }
}

/// The web addresses in a stretch of a text, in order.
fn addresses(text: &str, within: Range<usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text[within.clone()].match_indices("://") {
        let sign = within.start + at;
        let Some(start) = scheme(&text[..sign]) else { continue };
        let is_free = start >= found.last().map_or(within.start, |it| it.end)
            && text[..start].chars().next_back().is_none_or(may_precede);
        let end = end(&text[..within.end], sign + 3);
        if is_free && is_host(&text[sign + 3..end]) {
            found.push(start..end);
        }
    }
    found
}

/// Where `http` or `https` begins, which the text ends with.
fn scheme(text: &str) -> Option<usize> {
    ["https", "http"].iter().find_map(|it| {
        let start = text.len().checked_sub(it.len())?;
        text.get(start..)?.eq_ignore_ascii_case(it).then_some(start)
    })
}

/// Whether an address may begin behind a character: not within a word or another address.
fn may_precede(c: char) -> bool {
    // Chinese and other scripts from U+2E80 on put no space between words.
    let is_word = c.is_alphanumeric() && !matches!(c, '\u{2e80}'..='\u{ffff}');
    !is_word && !"/.@#=&?%+".contains(c)
}

/// Where the address ends: before a space, a bracket or a quote mark, and without the signs
/// that end the sentence it stands in (GFM 0.29, section 6.9).
fn end(text: &str, from: usize) -> usize {
    let ends = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || "<>[]\"“”„«»*|`".contains(c)
            || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
    };
    let mut end = text[from..].find(ends).map_or(text.len(), |it| from + it);
    loop {
        let address = &text[from..end];
        let Some(last) = address.chars().next_back() else { return end };
        let is_open = address.matches('(').count() < address.matches(')').count();
        if "?!.,:;'’_~".contains(last) || (last == ')' && is_open) {
            end -= last.len_utf8();
        } else {
            return end;
        }
    }
}

/// Whether what follows `://` begins with the name of a host: labels with points between.
fn is_host(rest: &str) -> bool {
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or(rest);
    let is_label = |it: &str| {
        !it.is_empty() && it.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    host.contains('.') && host.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_words_are_links() {
        let cases = [
            ("see https://x.example/a_b_c?d=1&e=2.", "https://x.example/a_b_c?d=1&e=2"),
            ("(HTTP://x.example/a_(b))", "HTTP://x.example/a_(b)"),
            ("**https://x.example**", "https://x.example"),
            ("[see https://x.example/y][^1]\n\n[^1]: z", "https://x.example/y"),
            (
                "a https://x.example, https://y.example!",
                "https://x.example https://y.example",
            ),
            ("见https://x.example/文。", "https://x.example/文"),
            (
                "<https://x.example> https://localhost `https://y.example`",
                "https://x.example",
            ),
            (
                "[a](https://x.example) archive.example/https://y.example",
                "https://x.example",
            ),
            ("    https://x.example", ""),
            ("xhttps://x.example https:// http://.x", ""),
        ];
        for (text, expected) in cases {
            let links =
                Events::new(text, true).filter_map(|(event, range)| match event {
                    Event::Start(Tag::Link { dest_url, .. }) => {
                        assert!(text[range].contains(&*dest_url));
                        Some(dest_url.to_string())
                    }
                    _ => None,
                });
            assert_eq!(links.collect::<Vec<_>>().join(" "), expected, "{text}");
        }
    }

    #[test]
    fn without_the_setting_and_without_addresses_the_events_are_as_they_were() {
        for (text, is_on) in
            [("a_b https://x.example_c", false), ("a_b * [c] d://e", true)]
        {
            let plain: Vec<_> = SourceEvents::new(text).collect();
            assert_eq!(Events::new(text, is_on).collect::<Vec<_>>(), plain, "{text}");
        }
    }
}

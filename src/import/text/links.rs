//! Links and pictures of an old text, led to where their targets lie now.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use crate::import::finder::{Finder, LinkTo, PictureAt};
use crate::import::remark::{Construct, Remark};
use crate::import::text::inline::{address, apply};
use crate::parse::markdown::options;

/// How many links within the archive and pictures a text had, and how many lead somewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Led {
    pub(crate) links: usize,
    pub(crate) links_kept: usize,
    pub(crate) pictures: usize,
    pub(crate) pictures_kept: usize,
}

/// What a text needs beside itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Wants {
    /// Files of the archive that are to be copied, and where below `static/`.
    pub(crate) files: Vec<(String, String)>,
    /// Files of the book that it links to.
    pub(crate) targets: Vec<String>,
}

/// The text with its links and pictures led to where they lie now.
pub(crate) fn lead(
    text: &str,
    finder: &Finder<'_>,
    remarks: &mut Vec<Remark>,
    wants: &mut Wants,
) -> (String, Led) {
    let mut walk = Leading {
        text,
        finder,
        remarks,
        wants,
        led: Led::default(),
        edits: Vec::new(),
        open: Vec::new(),
        plain: None,
        is_code: false,
    };
    let parser = Parser::new_ext(text, options());
    let definitions: Vec<Range<usize>> =
        parser.reference_definitions().iter().map(|it| it.1.span.clone()).collect();
    for (event, range) in parser.into_offset_iter() {
        walk.event(event, range);
    }
    walk.bare_addresses();
    let (mut edits, led) = (walk.edits, walk.led);
    // References have become links of their own.
    edits.extend(definitions.into_iter().map(|it| (it, String::new())));
    (apply(text, edits), led)
}

/// A link or picture whose words are being walked.
struct OpenLink {
    range: Range<usize>,
    kind: LinkType,
    address: String,
    title: String,
    is_picture: bool,
    /// One past the last byte of its words.
    words_end: usize,
}

struct Leading<'a> {
    text: &'a str,
    finder: &'a Finder<'a>,
    remarks: &'a mut Vec<Remark>,
    wants: &'a mut Wants,
    led: Led,
    edits: Vec<(Range<usize>, String)>,
    open: Vec<OpenLink>,
    /// Running text outside of links, as far as it is in one piece.
    plain: Option<Range<usize>>,
    is_code: bool,
}

impl Leading<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if let Event::End(pulldown_cmark::TagEnd::Link | pulldown_cmark::TagEnd::Image) =
            event
            && let Some(open) = self.open.pop()
        {
            self.end(&open);
        }
        if let Some(open) = self.open.last_mut() {
            open.words_end = open.words_end.max(range.end.min(open.range.end));
        }
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                self.begin(range, link_type, &dest_url, &title, false);
            }
            Event::Start(Tag::Image { link_type, dest_url, title, .. }) => {
                self.begin(range, link_type, &dest_url, &title, true);
            }
            Event::Start(Tag::CodeBlock(_)) => self.is_code = true,
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => self.is_code = false,
            Event::Text(_) if self.open.is_empty() && !self.is_code => {
                match &mut self.plain {
                    Some(plain) if plain.end == range.start => plain.end = range.end,
                    _ => {
                        self.bare_addresses();
                        self.plain = Some(range);
                    }
                }
            }
            _ => {}
        }
    }

    fn begin(
        &mut self,
        range: Range<usize>,
        kind: LinkType,
        to: &str,
        title: &str,
        is_picture: bool,
    ) {
        let words_end = range.start + if is_picture { 2 } else { 1 };
        self.open.push(OpenLink {
            range,
            kind,
            address: to.to_owned(),
            title: title.to_owned(),
            is_picture,
            words_end,
        });
    }

    fn end(&mut self, it: &OpenLink) {
        if let LinkType::WikiLink { .. } = it.kind {
            // No link where the text comes from, and none by accident here.
            let words =
                self.text[it.range.clone()].replace('[', "\\[").replace(']', "\\]");
            self.edits.push((it.range.clone(), words));
        } else if it.is_picture {
            self.picture(it);
        } else {
            self.link(it);
        }
    }

    fn words<'b>(&'b self, it: &OpenLink) -> &'b str {
        let from = it.range.start + if it.is_picture { 2 } else { 1 };
        let end = it.words_end.clamp(from, it.range.end);
        let end = self.text[end..it.range.end].find(']').map_or(end, |at| end + at);
        &self.text[from..end]
    }

    fn link(&mut self, it: &OpenLink) {
        let is_auto = matches!(it.kind, LinkType::Autolink | LinkType::Email);
        let found = self.finder.link(&it.address);
        if let LinkTo::Out = found {
            if matches!(it.kind, LinkType::Inline | LinkType::Autolink | LinkType::Email)
            {
                return;
            }
            return self.replace(it, &it.address.clone());
        }
        self.led.links += 1;
        match found {
            LinkTo::Out => {}
            LinkTo::Text { path, relative, other_case } => {
                self.led.links_kept += 1;
                self.wants.targets.push(path);
                if other_case {
                    self.say(Construct::OtherCase, &it.address);
                }
                self.replace(it, &relative);
            }
            LinkTo::Same(anchor) => {
                self.led.links_kept += 1;
                self.replace(it, &anchor);
            }
            LinkTo::File { from, to, other_case } => {
                self.led.links_kept += 1;
                if other_case {
                    self.say(Construct::OtherCase, &it.address);
                }
                self.replace(it, &format!("/{}", encoded(&to)));
                self.wants.files.push((from, to));
            }
            LinkTo::Dead { is_file } => {
                let construct =
                    if is_file { Construct::MissingAsset } else { Construct::DeadLink };
                self.say(construct, &it.address);
                if is_auto {
                    self.edits.push((it.range.clone(), it.address.clone()));
                } else {
                    self.unwrap(it);
                }
            }
        }
    }

    /// Gives a link another address; its words stay as they are.
    fn replace(&mut self, it: &OpenLink, to: &str) {
        if matches!(it.kind, LinkType::Autolink) {
            let new = format!("[{}]({to})", it.address);
            self.edits.push((it.range.clone(), new));
            return;
        }
        let tail = it.range.start + 1 + self.words(it).len();
        let title = titled(&it.title);
        self.edits.push((tail..it.range.end, format!("]({}{title})", address(to))));
    }

    /// Leaves the words of a link alone.
    fn unwrap(&mut self, it: &OpenLink) {
        let tail = it.range.start + 1 + self.words(it).len();
        self.edits.push((it.range.start..it.range.start + 1, String::new()));
        self.edits.push((tail..it.range.end, String::new()));
    }

    fn picture(&mut self, it: &OpenLink) {
        self.led.pictures += 1;
        let words = self.words(it).to_owned();
        let new = match self.finder.picture(&it.address) {
            PictureAt::File { from, to, other_case } => {
                self.led.pictures_kept += 1;
                if other_case {
                    self.say(Construct::OtherCase, &it.address);
                }
                let new = format!("![{words}](/{}{})", encoded(&to), titled(&it.title));
                self.wants.files.push((from, to));
                new
            }
            PictureAt::Remote(url) => {
                self.say(Construct::RemotePicture, &it.address);
                let words = if words.trim().is_empty() {
                    "Picture".to_owned()
                } else {
                    format!("Picture: {words}")
                };
                if self.open.is_empty() {
                    format!("[{words}]({})", address(&url))
                } else {
                    words
                }
            }
            PictureAt::Missing => {
                self.say(Construct::MissingPicture, &it.address);
                words
            }
        };
        self.edits.push((it.range.clone(), new));
    }

    /// Makes addresses that stand bare in running text links, as readers know them.
    fn bare_addresses(&mut self) {
        let Some(plain) = self.plain.take() else { return };
        let text = &self.text[plain.clone()];
        let mut from = 0;
        while let Some(at) =
            ["https://", "http://"].iter().filter_map(|it| text[from..].find(it)).min()
        {
            let start = from + at;
            let end =
                text[start..].find(|c: char| c.is_whitespace() || "<>\"”»|`".contains(c));
            let mut found = &text[start..end.map_or(text.len(), |it| start + it)];
            loop {
                let shorter = found.trim_end_matches([
                    '.', ',', ';', ':', '!', '?', '\'', '*', '_', '’',
                ]);
                let is_closed = shorter.ends_with(')') && !shorter.contains('(');
                let shorter =
                    if is_closed { &shorter[..shorter.len() - 1] } else { shorter };
                if shorter.len() == found.len() {
                    break;
                }
                found = shorter;
            }
            from = start + found.len().max(1);
            let before = text[..start].chars().next_back();
            let is_word = before.is_some_and(char::is_alphanumeric);
            let rest = found.split_once("//").map_or("", |it| it.1);
            if !is_word && rest.contains('.') && !rest.contains(['[', ']', '\\']) {
                let at = plain.start + start;
                self.edits.push((at..at + found.len(), format!("<{found}>")));
            }
        }
    }

    fn say(&mut self, construct: Construct, what: &str) {
        let what =
            what.strip_prefix(crate::import::text::made::NAME_SCHEME).unwrap_or(what);
        self.remarks.push(Remark::of(construct, what));
    }
}

fn titled(title: &str) -> String {
    match title {
        "" => String::new(),
        title => format!(" \"{}\"", title.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

/// A path as an address: what would end or change it is percent-encoded.
pub(crate) fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '%' | '?' | '#' | '"' | '[' | ']' | '\\' => {
                out += &format!("%{:02X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

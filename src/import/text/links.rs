//! Links and pictures of an old text, led to where their targets lie now.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use crate::import::finder::{Finder, LinkTo, PictureAt};
use crate::import::remark::{Construct, Remark};
use crate::import::text::inline::apply;
use crate::import::text::marks::address;
use crate::parse::markdown::{events, options};

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
    };
    let parser = Parser::new_ext(text, options());
    let definitions: Vec<Range<usize>> =
        parser.reference_definitions().iter().map(|it| it.1.span.clone()).collect();
    for (event, range) in events(text, true) {
        walk.event(event, range);
    }
    let (mut edits, led) = (walk.edits, walk.led);
    // References have become links of their own.
    edits.extend(definitions.into_iter().map(|it| (it, String::new())));
    (apply(text, edits), led)
}

/// A link or picture whose words are being walked.
struct OldLink {
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
    open: Vec<OldLink>,
}

impl Leading<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if let Event::End(TagEnd::Link | TagEnd::Image) = event
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
        self.open.push(OldLink {
            range,
            kind,
            address: to.to_owned(),
            title: title.to_owned(),
            is_picture,
            words_end,
        });
    }

    fn end(&mut self, it: &OldLink) {
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

    fn words<'b>(&'b self, it: &OldLink) -> &'b str {
        let from = it.range.start + if it.is_picture { 2 } else { 1 };
        let end = it.words_end.clamp(from, it.range.end);
        let end = self.text[end..it.range.end].find(']').map_or(end, |at| end + at);
        &self.text[from..end]
    }

    fn link(&mut self, it: &OldLink) {
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
                    // Its own words: with the sign escaped it is no link to nothing.
                    let words = it.address.replacen("://", ":\\//", 1);
                    self.edits.push((it.range.clone(), words));
                } else {
                    self.unwrap(it);
                }
            }
        }
    }

    /// Gives a link another address; its words stay as they are.
    fn replace(&mut self, it: &OldLink, to: &str) {
        if matches!(it.kind, LinkType::Autolink) {
            let new = format!("[{}]({to})", it.address);
            self.edits.push((it.range.clone(), new));
            return;
        }
        let tail = it.range.start + 1 + self.words(it).len();
        let title = titled(&it.title);
        self.edits.push((tail..it.range.end, format!("]({}{title})", address(to, ""))));
    }

    /// Leaves the words of a link alone.
    fn unwrap(&mut self, it: &OldLink) {
        let tail = it.range.start + 1 + self.words(it).len();
        self.edits.push((it.range.start..it.range.start + 1, String::new()));
        self.edits.push((tail..it.range.end, String::new()));
    }

    fn picture(&mut self, it: &OldLink) {
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
            PictureAt::Remote { url, why } => {
                match why {
                    None => self.say(Construct::RemotePicture, &it.address),
                    Some(why) => {
                        self.say(Construct::NotFetched, &format!("{url}: {why}"));
                    }
                }
                let words = if words.trim().is_empty() {
                    "Picture".to_owned()
                } else {
                    format!("Picture: {words}")
                };
                if self.open.is_empty() {
                    format!("[{words}]({})", address(&url, ""))
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

    fn say(&mut self, construct: Construct, what: &str) {
        let what =
            what.strip_prefix(crate::import::text::marks::NAME_SCHEME).unwrap_or(what);
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
    address(path, "%?#\"[]")
}

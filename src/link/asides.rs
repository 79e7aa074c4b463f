//! Where a text names entities beside its running text: in its title, its captions, the words
//! of its links, and under keys that hold a name.

use std::ops::Range;

use crate::parse::annotation::{Annotation, Kind};
use crate::parse::brief::{Brief, Source};
use crate::parse::claim::ClaimFile;
use crate::parse::document::{Document, Image};
use crate::parse::entity::Entity;
use crate::parse::fields::Placed;
use crate::parse::markdown::AsideKind;
use crate::parse::page::PageFile;
use crate::parse::storyline::Storyline;
use crate::span::{Stretch, narrow};

/// Where a name stands that is not in running text. In lists of mentions this is the rule by
/// which it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NamedIn {
    /// The headline.
    Title,
    /// The standfirst.
    Summary,
    /// The words of a link that leads elsewhere.
    Link,
    /// The caption of a picture.
    Caption,
    /// Who says or denies something.
    Party,
    /// Whom or what a claim is about.
    About,
    /// Where it was written, or where something happened.
    Place,
    /// Who wrote it.
    Byline,
    /// What it rests on.
    Source,
}

impl NamedIn {
    /// The name of the rule.
    pub fn as_str(self) -> &'static str {
        match self {
            NamedIn::Title => "title",
            NamedIn::Summary => "summary",
            NamedIn::Link => "link",
            NamedIn::Caption => "caption",
            NamedIn::Party => "party",
            NamedIn::About => "about",
            NamedIn::Place => "place",
            NamedIn::Byline => "byline",
            NamedIn::Source => "source",
        }
    }

    /// Whether the text is about whom it names there. Who wrote it and what it rests on is
    /// another matter: else agencies would be in every story.
    pub fn is_subject(self) -> bool {
        !matches!(self, NamedIn::Byline | NamedIn::Source)
    }
}

/// A text that is linked, of whatever kind.
#[derive(Clone, Copy, Debug)]
pub enum AnyText<'a> {
    /// A brief.
    Brief(&'a Brief),
    /// An entity.
    Entity(&'a Entity),
    /// A storyline.
    Storyline(&'a Storyline),
    /// A claim that has a file.
    Claim(&'a ClaimFile),
    /// A page.
    Page(&'a PageFile),
}

impl<'a> AnyText<'a> {
    /// What it shares with other content files.
    pub fn document(self) -> &'a Document {
        match self {
            AnyText::Brief(it) => &it.document,
            AnyText::Entity(it) => &it.document,
            AnyText::Storyline(it) => &it.document,
            AnyText::Claim(it) => &it.document,
            AnyText::Page(it) => &it.document,
        }
    }

    /// The brief, if it is one.
    pub fn brief(self) -> Option<&'a Brief> {
        match self {
            AnyText::Brief(it) => Some(it),
            AnyText::Entity(_)
            | AnyText::Storyline(_)
            | AnyText::Claim(_)
            | AnyText::Page(_) => None,
        }
    }
}

/// Words that are looked through for names.
pub(super) struct Prose<'a> {
    pub(super) named_in: NamedIn,
    pub(super) words: &'a str,
    /// Where they stand; there they may be written otherwise, in quotes or with markup.
    pub(super) at: Stretch,
}

impl Prose<'_> {
    /// The stretch of the file that a range of the words comes from: that of the words, or of
    /// all if they are written otherwise there.
    pub(super) fn in_file(&self, range: Range<usize>, file: &str) -> Stretch {
        let source = &file[self.at.range()];
        let name = &self.words[range.clone()];
        // The words before it take as many bytes in the file, or more if there is markup: so the
        // name is not looked for any earlier.
        let from = source.get(range.start..).map_or(0, |_| range.start);
        let Some(at) = source[from..].find(name) else { return self.at };
        let start = self.at.start as usize + from + at;
        Stretch { start: narrow(start), end: narrow(start + name.len()) }
    }
}

/// The words of a text beside its running text, in the order of reading as far as that matters:
/// title, standfirst and caption stand above the running text, the words of links within it.
pub(super) fn prose<'a>(text: AnyText<'a>) -> Vec<Prose<'a>> {
    let document = text.document();
    let mut all = Vec::new();
    let mut add = |named_in, words: Option<&'a Placed<Box<str>>>| {
        all.extend(words.map(|it| (named_in, &*it.value, it.at)));
    };
    let caption = |image: Option<&'a Image>| image.and_then(|it| it.caption.as_ref());
    // An entity's name is its own, and no mention of it.
    let is_entity = matches!(text, AnyText::Entity(_));
    add(NamedIn::Title, Some(&document.title).filter(|_| !is_entity));
    let (summary, caption) = match text {
        AnyText::Brief(it) => {
            (it.front.summary.as_ref(), caption(it.front.image.as_deref()))
        }
        AnyText::Entity(it) => {
            (it.front.summary.as_ref(), caption(it.front.image.as_ref()))
        }
        AnyText::Storyline(it) => (it.summary.as_ref(), None),
        AnyText::Page(it) => (it.summary.as_ref(), None),
        AnyText::Claim(_) => (None, None),
    };
    add(NamedIn::Summary, summary);
    add(NamedIn::Caption, caption);
    let asides = document.body.asides.iter().map(|it| match it.kind {
        AsideKind::Link => (NamedIn::Link, &*it.words, it.at),
        AsideKind::Caption => (NamedIn::Caption, &*it.words, it.at),
    });
    let all = all.into_iter().chain(asides);
    let has_letters = |words: &str| words.contains(char::is_alphabetic);
    let all = all.filter(|(_, words, at)| has_letters(words) && !at.range().is_empty());
    all.map(|(named_in, words, at)| Prose { named_in, words, at }).collect()
}

/// The names that a text gives as a whole, under keys of front matter and of notes.
pub(super) fn names(text: AnyText<'_>) -> Vec<(NamedIn, &Placed<Box<str>>)> {
    let mut names = Vec::new();
    match text {
        AnyText::Brief(Brief { front, .. }) => {
            names.extend(front.by.iter().map(|it| (NamedIn::Byline, it)));
            names.extend(front.sources.iter().map(source));
            names.extend(front.place.iter().map(|it| (NamedIn::Place, it)));
        }
        AnyText::Claim(ClaimFile { front, .. }) => {
            names.extend(front.about.iter().map(|it| (NamedIn::About, it)));
            for stance in &front.stances {
                names.push((NamedIn::Party, &stance.by));
                names.extend(stance.source.iter().map(|it| (NamedIn::Source, it)));
            }
            let grounds = front.findings.iter().filter_map(|it| it.source.as_ref());
            names.extend(grounds.map(|it| (NamedIn::Source, it)));
        }
        AnyText::Entity(_) | AnyText::Storyline(_) | AnyText::Page(_) => {}
    }
    for annotation in text.document().body.annotations.iter().filter(|it| it.is_shown) {
        in_note(annotation, &mut names);
    }
    names
}

fn source(source: &Source) -> (NamedIn, &Placed<Box<str>>) {
    (NamedIn::Source, &source.outlet)
}

/// The names that a note gives under its keys.
fn in_note<'a>(
    annotation: &'a Annotation,
    names: &mut Vec<(NamedIn, &'a Placed<Box<str>>)>,
) {
    match &annotation.kind {
        Kind::Claim(it) => {
            names.extend(it.stances.iter().map(|(_, by)| (NamedIn::Party, by)));
            names.extend(it.about.iter().map(|it| (NamedIn::About, it)));
            let sources = it.source.iter().chain(&it.finding_source);
            names.extend(sources.map(|it| (NamedIn::Source, it)));
        }
        Kind::Quote(it) => {
            names.extend(it.speaker.iter().map(|it| (NamedIn::Party, it)));
            // The outlet that somebody spoke to is where the words come from.
            let sources = it.to.iter().chain(&it.source);
            names.extend(sources.map(|it| (NamedIn::Source, it)));
        }
        Kind::Event(it) => names.extend(it.place.iter().map(|it| (NamedIn::Place, it))),
        Kind::Source(it) => names.extend(it.iter().map(source)),
        Kind::Note { .. } | Kind::Correction { .. } | Kind::Plain => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_where_it_is_written_or_the_whole_is_pointed_at() {
        let cases = [
            ("Ada Holm speaks", "Ada Holm speaks", 0..8, "Ada Holm"),
            ("\"Why Ada Holm went\"", "Why Ada Holm went", 4..12, "Ada Holm"),
            ("[by **Ada Holm**](/x)", "by Ada Holm", 3..11, "Ada Holm"),
            ("Ada, then Ada", "Ada, then Ada", 10..13, "Ada"),
            ("\"Zo\\u00eb Bell\"", "Zoë Bell", 0..9, "\"Zo\\u00eb Bell\""),
        ];
        for (file, words, range, expected) in cases {
            let at = Stretch::new(0..file.len());
            let prose = Prose { named_in: NamedIn::Title, words, at };
            let found = prose.in_file(range, file);
            assert_eq!(&file[found.range()], expected, "{file}");
        }
    }
}

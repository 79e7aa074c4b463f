//! Ids of headings, so that links can lead to them.

use pulldown_cmark::{Event, HeadingLevel, Tag};

use crate::render::body::blocks::Blocks;
use crate::slug::Slug;

/// The headings so far.
#[derive(Default)]
pub(super) struct Headings {
    /// The position of the open one's first event.
    open: Option<usize>,
    slugs: Vec<String>,
}

impl Headings {
    /// Begins a heading; the page's own is the only one of the first level.
    pub(super) fn begin(&mut self, level: HeadingLevel, out: &mut Blocks<'_>) {
        self.open = Some(out.target().events.len());
        let (id, classes, attrs) = (None, Vec::new(), Vec::new());
        let level = level.max(HeadingLevel::H2);
        out.push(Event::Start(Tag::Heading { level, id, classes, attrs }));
    }

    /// Gives the heading that ends here an id.
    pub(super) fn end(&mut self, out: &mut Blocks<'_>) {
        let Some(start) = self.open.take() else { return };
        let events = &mut out.target().events;
        let words: String = events[start..]
            .iter()
            .filter_map(|event| match event {
                Event::Text(text) | Event::Code(text) => Some(&**text),
                _ => None,
            })
            .collect();
        let Some(slug) = Slug::from_title(&words) else { return };
        let n_same = self.slugs.iter().filter(|it| **it == slug.as_str()).count();
        let name = match n_same {
            0 => format!("h-{slug}"),
            n => format!("h-{slug}-{}", n + 1),
        };
        self.slugs.push(slug.as_str().to_owned());
        if let Some(Event::Start(Tag::Heading { id, .. })) = events.get_mut(start) {
            *id = Some(name.into());
        }
    }
}

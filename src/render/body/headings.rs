//! Headings: their level, and an id so that links can lead to them.

use pulldown_cmark::{Event, HeadingLevel, Tag};

use crate::render::body::context::{BodyContext, BodyForm};

/// The start of a heading; the page's own is the only one of the first level.
pub(super) fn begin<'a>(
    level: HeadingLevel,
    at: u32,
    context: &BodyContext<'a>,
) -> Event<'a> {
    let id = context.document.body.landing_at(at);
    let id = id.filter(|_| context.form != BodyForm::Feed).map(Into::into);
    let (classes, attrs) = (Vec::new(), Vec::new());
    let level = level.max(HeadingLevel::H2);
    Event::Start(Tag::Heading { level, id, classes, attrs })
}

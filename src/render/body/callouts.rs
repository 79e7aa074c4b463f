//! Quotations that begin with `[!NOTE]`: boxes with a word on top.

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

use crate::render::body::blocks::Blocks;
use crate::render::body::context::BodyForm;
use crate::render::words;

/// A box begins. A feed reader, which has no style for it, gets a quotation.
pub(super) fn begin(kind: BlockQuoteKind, form: BodyForm, out: &mut Blocks<'_>) {
    let (key, label) = words::callout(kind);
    if form == BodyForm::Feed {
        out.push(Event::Start(Tag::BlockQuote(None)));
        out.html_owned(format!("<p><strong>{label}</strong></p>\n"));
        return;
    }
    out.html_owned(format!(
        "<div class=\"callout\" data-kind=\"{key}\" role=\"note\">\n<p class=\"label\">{label}</p>\n"
    ));
}

/// It ends.
pub(super) fn end(form: BodyForm, out: &mut Blocks<'_>) {
    if form == BodyForm::Feed {
        out.push(Event::End(TagEnd::BlockQuote(None)));
    } else {
        out.html("</div>\n");
    }
}

//! XML documents: what feeds and sitemaps share.

use std::borrow::Cow;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::parse::fields::{has_no_forbidden, is_forbidden};

/// Where a document is written: to memory, so that no write fails.
pub(super) type Xml = Writer<Vec<u8>>;

/// A document of one element and what `content` writes into it.
pub(super) fn document(
    root: &str,
    attributes: &[(&str, &str)],
    content: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> Vec<u8> {
    let mut xml = Writer::new(Vec::new());
    let written = (|| -> io::Result<()> {
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        xml.create_element(root)
            .with_attributes(attributes.iter().copied())
            .write_inner_content(content)?;
        Ok(())
    })();
    written.expect("memory takes all");
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    bytes
}

/// A part of a document: what `content` writes.
pub(super) fn fragment(content: impl FnOnce(&mut Xml) -> io::Result<()>) -> String {
    let mut xml = Writer::new(Vec::new());
    content(&mut xml).expect("memory takes all");
    String::from_utf8(xml.into_inner()).expect("texts become XML")
}

/// An element that holds text alone.
pub(super) fn element(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&clean(text)))?;
    Ok(())
}

/// Text without the characters that XML forbids (XML 1.0, section 2.2).
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if has_no_forbidden(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| !is_forbidden(*c)).collect())
}

//! Links and pictures: what they point to, and what is wrong with them in themselves.

use pulldown_cmark::LinkType;

use crate::diagnostic::Rule;
use crate::parse::fields::Log;
use crate::parse::markdown::addresses::{leads_out, local_target, scheme};
use crate::parse::markdown::body::{Link, Target};
use crate::span::Stretch;

/// A link that points into the book; `None` for any other.
pub(super) fn link(
    kind: LinkType,
    target: &str,
    at: Stretch,
    log: &mut Log<'_>,
) -> Option<Link> {
    if let LinkType::WikiLink { .. } = kind {
        let start = at.start as usize + 2;
        let end = (start + target.len()).min(at.end as usize);
        let name = target.trim().into();
        return Some(Link { at, target: Target::Name(name, Stretch::new(start..end)) });
    }
    if let Some(scheme) = scheme(target) {
        if !matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel") {
            let message = format!("a link may not use `{scheme}:`");
            log.say(
                Rule::UnsafeLink,
                at,
                message,
                "link to an `https:` address, a file of the book, or an entity"
                    .to_owned(),
            );
        }
        return None;
    }
    if target.trim().is_empty() {
        log.say(
            Rule::BrokenLink,
            at,
            "this link leads nowhere".to_owned(),
            "name a file of the book, an entity, or an `https:` address",
        );
        return None;
    }
    if target.starts_with("//") || target.starts_with('#') || kind == LinkType::Email {
        return None;
    }
    within_book(target, at, log)
}

/// A picture of the book; `None` for any other.
pub(super) fn image(
    source: &str,
    file: &str,
    at: Stretch,
    log: &mut Log<'_>,
) -> Option<Link> {
    if file.trim().is_empty() {
        log.say(Rule::EmptyImage, at, "this picture has no file".to_owned(), "put the picture under `image: {file, alt, caption, credit}` in the front matter, and delete this line and its captions"
                .to_owned());
        return None;
    }
    if source.starts_with("![](") || source.starts_with("![ ](") {
        log.say(
            Rule::MissingAlt,
            at,
            "this picture has no words for who cannot see it".to_owned(),
            "describe it between the brackets: `![A gate at night](…)`",
        );
    }
    if scheme(file).is_some() {
        let message = format!("the picture `{file}` lies on another site");
        log.say(
            Rule::UnsafeLink,
            at,
            message,
            "put the file into static/ and name it there",
        );
        return None;
    }
    within_book(file, at, log)
}

fn within_book(address: &str, at: Stretch, log: &mut Log<'_>) -> Option<Link> {
    let target = local_target(log.path, address);
    if target.is_none() {
        leads_out(address, at, log);
    }
    target.map(|target| Link { at, target })
}

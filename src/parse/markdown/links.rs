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
        // One with an escape in it is written otherwise: then it is all between the brackets.
        let end = start + target.len();
        let is_as_written = log.text.get(start..end) == Some(target);
        let end = if is_as_written { end } else { (at.end as usize - 2).max(start) };
        let (name, rest) = match target.trim().split_once('#') {
            // A name such as `C#` has nothing behind the sign.
            Some((name, part)) if !name.is_empty() && !part.is_empty() => (name, part),
            _ => (target.trim(), ""),
        };
        let rest = if rest.is_empty() { "".into() } else { format!("#{rest}").into() };
        let at_name = Stretch::new(start..end);
        return Some(Link {
            at,
            target: Target::Name(name.trim().into(), at_name),
            rest,
        });
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
    if is_of_host(target) || kind == LinkType::Email {
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
            "this picture has no text for readers who cannot see it".to_owned(),
            "describe it between the brackets: `![A gate at night](…)`",
        );
    }
    file_of_site(file, ("picture", InPlaceOf::Link), at, log)
}

/// What becomes of a file on another site, which no page loads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InPlaceOf {
    /// A link to it stands for it.
    Link,
    /// Nothing does.
    Nothing,
}

/// A picture, sound or film of the book, with what it is called; `None` for any other.
pub(super) fn file_of_site(
    file: &str,
    (what, instead): (&str, InPlaceOf),
    at: Stretch,
    log: &mut Log<'_>,
) -> Option<Link> {
    if scheme(file).is_none() && !is_of_host(file) {
        return within_book(file, at, log);
    }
    let host = host(file);
    let becomes = match instead {
        InPlaceOf::Link => "a link stands for it",
        InPlaceOf::Nothing => "it is left out",
    };
    let message = format!("this {what} is on another site, {host}, so {becomes}");
    let name = file.rsplit('/').next().filter(|it| !it.is_empty()).unwrap_or("name.jpg");
    log.say(
        Rule::RemotePicture,
        at,
        message,
        match instead {
            InPlaceOf::Link => {
                format!("put the file into static/ and write its path, such as `/img/{name}`")
            }
            InPlaceOf::Nothing => format!(
                "put the file into static/ and write its path, such as `/{name}`, or link to it: `[words](https://…)`"
            ),
        },
    );
    None
}

/// The host of an address, for a message.
fn host(address: &str) -> &str {
    let rest = address.split_once("//").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// Whether an address begins with a host, as `//example.org/` does: it is of `https:`.
pub fn is_of_host(address: &str) -> bool {
    address.trim_start().starts_with("//")
}

fn within_book(address: &str, at: Stretch, log: &mut Log<'_>) -> Option<Link> {
    let target = local_target(log.path, address);
    if target.is_none() {
        leads_out(address, at, log);
    }
    target.map(|(target, rest)| Link { at, target, rest })
}

//! What a tag shows of another site, as a link to it.

use crate::import::text::html::link_to;
use crate::import::text::tag::OldTag;

/// A link by what the tag names; `{}` in the address stands for an id.
pub(super) fn embed(tag: &OldTag, address: &str) -> String {
    let positional: Vec<&str> = ["0", "1"]
        .iter()
        .filter_map(|it| tag.arg(it))
        .filter(|it| !it.is_empty())
        .collect();
    let id =
        tag.any(&["id", "src", "url", "file", "link", "mp3", "mp4"]).map(str::to_owned);
    let id = id.or_else(|| match positional[..] {
        [user, id] if address.contains("gist") || address.contains("x.com") => {
            Some(format!("{user}/{id}"))
        }
        [id, ..] => Some(id.to_owned()),
        [] => None,
    });
    let user_id = tag.arg("user").zip(tag.arg("id"));
    let id =
        user_id.filter(|_| address.contains("x.com")).map(|it| it.1.to_owned()).or(id);
    let Some(id) = id else { return String::new() };
    let id = if address.contains("x.com") {
        id.rsplit('/').next().unwrap_or(&id).to_owned()
    } else {
        id
    };
    let address = match crate::import::fields::web(&id) {
        Some(whole) => whole,
        None => address.replace("{}", &id),
    };
    let title = tag.any(&["title", "caption"]).unwrap_or("");
    format!("\n\n{}\n\n", link_to(&address, title))
}

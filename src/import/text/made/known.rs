//! The tags of common themes, and what becomes of each.

use crate::import::fields::web;
use crate::import::remark::Construct;
use crate::import::text::html::link_to;
use crate::import::text::made::boxes::{callout, quotation};
use crate::import::text::made::embeds::embed;
use crate::import::text::made::pictures::{figure, gallery};
use crate::import::text::marks::NAME_SCHEME;
use crate::import::text::tag::OldTag;

/// What is known of the tags of common themes.
pub(super) fn known(
    tag: &OldTag,
    inner: &str,
    is_block: bool,
) -> Option<(Construct, String)> {
    let name = tag.bare_name().to_ascii_lowercase();
    if let Some(address) = site_of(&name) {
        return Some((Construct::Embed, embed(tag, address)));
    }
    let known = |made: String| Some((Construct::KnownTag, made));
    match name.as_str() {
        "post_url" | "link" | "ref" | "relref" => known(reference(tag)),
        "figure" | "img" | "image" | "picture" | "responsive-image" | "caption"
        | "photo" => known(figure(tag, inner)),
        "video" | "audio" | "iframe" | "embed" | "spotify" | "soundcloud" | "codepen"
        | "mastodon" => {
            let made = match web(inner.trim()) {
                Some(address) if is_block => format!("\n\n{}\n\n", link_to(&address, "")),
                _ => embed(tag, "{}"),
            };
            Some((Construct::Embed, made))
        }
        "quote" | "blockquote" | "pullquote" | "epigraph" => known(quotation(tag, inner)),
        "note" | "notice" | "alert" | "admonition" | "callout" | "warning" | "tip"
        | "info" | "danger" | "caution" | "important" | "hint" => {
            Some((Construct::Callout, callout(tag, &name, inner)))
        }
        "details" | "expand" | "accordion" | "spoiler" | "collapse" | "tab" => {
            known(folded(tag, inner))
        }
        "button" => {
            let href = tag.any(&["href", "link", "url", "relref"]).unwrap_or("");
            let words = tag.any(&["text", "label"]).unwrap_or(inner.trim());
            known(format!("[{words}]({})", href.replace(' ', "%20")))
        }
        "toc" | "more" | "clear" | "clearfix" => known(String::new()),
        "tabs" | "center" | "rawhtml" | "lead" | "columns" | "column" | "row"
        | "small" | "abbr" => known(inner.to_owned()),
        "gallery" => Some((Construct::Gallery, gallery(tag, inner))),
        name if shows_picture(name, tag) => known(figure(tag, inner)),
        _ => None,
    }
}

/// Whether a tag of a theme's own shows a picture, by its name and what it is told.
fn shows_picture(name: &str, tag: &OldTag) -> bool {
    let is_named = ["image", "img", "figure", "picture", "photo"];
    let file = tag.any(&["src", "file", "path", "url", "image", "image_path", "0"]);
    let is_picture = |it: &str| {
        let ending = it.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
        ["jpg", "jpeg", "png", "gif", "webp", "avif", "svg"].contains(&ending.as_str())
    };
    is_named.iter().any(|it| name.contains(it)) && file.is_some_and(is_picture)
}

/// The address of what a tag of that name shows; `{}` stands for its id.
fn site_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "youtube" | "youtubeplayer" | "youtube_embed" => {
            "https://www.youtube.com/watch?v={}"
        }
        "vimeo" => "https://vimeo.com/{}",
        "tweet" | "twitter" | "x" => "https://x.com/i/status/{}",
        "instagram" => "https://www.instagram.com/p/{}/",
        "gist" => "https://gist.github.com/{}",
        _ => return None,
    })
}

/// What can be folded away elsewhere: its title in bold, and its words.
fn folded(tag: &OldTag, inner: &str) -> String {
    let title = tag.any(&["summary", "title", "name", "0"]).unwrap_or("");
    let title = if title.is_empty() { String::new() } else { format!("**{title}**\n\n") };
    format!("\n\n{title}{}\n\n", inner.trim())
}

/// `{% post_url 2024-01-02-x %}`, `{{< ref "x.md" >}}`: an address that names a text.
fn reference(tag: &OldTag) -> String {
    let name = tag.any(&["path", "0"]).unwrap_or(tag.rest.trim());
    format!("{NAME_SCHEME}{}", name.replace(' ', "%20"))
}

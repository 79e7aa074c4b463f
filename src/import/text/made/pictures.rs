//! Pictures of tags, with their captions.

use crate::import::plain;
use crate::import::text::tag::OldTag;

/// A picture with its caption below, in paragraphs of their own.
pub(super) fn figure(tag: &OldTag, inner: &str) -> String {
    let caption = tag.any(&["caption", "title", "text"]).map(str::to_owned);
    let source = tag.any(&[
        "src",
        "file",
        "path",
        "url",
        "image",
        "image_path",
        "filename",
        "name",
    ]);
    let source = source.or_else(|| tag.arg("0").filter(|it| it.contains('.')));
    let Some(source) = source else {
        // `[caption]` has the picture and its words inside.
        let inner = inner.trim();
        let end = inner.rfind("/>").or_else(|| inner.rfind("</a>").map(|it| it + 2));
        let end = end
            .or_else(|| inner.rfind('>').map(|it| it.saturating_sub(1)))
            .map_or(0, |it| it + 2);
        let (picture, words) = inner.split_at(end.min(inner.len()));
        let words = caption.unwrap_or_else(|| words.trim().to_owned());
        let words =
            if words.is_empty() { words } else { format!("\n\n<em>{words}</em>") };
        return format!("\n\n{picture}{words}\n\n");
    };
    let caption =
        caption.or_else(|| (!inner.trim().is_empty()).then(|| inner.trim().to_owned()));
    let alt = tag.any(&["alt", "description", "1"]).map(plain::of_markup);
    let alt =
        alt.or_else(|| caption.as_deref().map(plain::of_markup)).unwrap_or_default();
    let alt = alt.replace(['[', ']'], "");
    let caption = match caption {
        Some(words) if plain::of_markup(&words) != alt => {
            format!(
                "

*{}*",
                caption_words(&words)
            )
        }
        _ => String::new(),
    };
    format!("\n\n![{alt}]({}){caption}\n\n", source.replace(' ', "%20"))
}

/// A caption in one line; with signs of its own it is reduced to its words, for emphasis
/// within emphasis would end it.
fn caption_words(words: &str) -> String {
    if words.contains(['*', '_', '<']) {
        plain::of_markup(words)
    } else {
        plain::one_line(words)
    }
}

/// The pictures of a gallery, one after the other; ids of a database are not told.
pub(super) fn gallery(tag: &OldTag, inner: &str) -> String {
    let files = tag
        .args
        .iter()
        .filter(|(key, value)| key.parse::<usize>().is_ok() && value.contains('.'));
    let files: Vec<String> =
        files.map(|(_, it)| format!("![]({})", it.replace(' ', "%20"))).collect();
    format!("\n\n{}\n\n{inner}", files.join("\n\n"))
}

//! What settings and front matter name: files, entities of relations, pictures.

use std::collections::BTreeMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Diagnostic, Rule, nearest};
use crate::input::Asset;
use crate::layout::SETTINGS;
use crate::link::facets::Facet;
use crate::link::text::unknown_entity;
use crate::link::texts::{TextIdx, Texts};
use crate::parse::config::Config;
use crate::parse::document::{Document, Image};
use crate::parse::fields::Placed;
use crate::span::Span;

/// The files of `static/`, by path there.
type Assets = BTreeMap<Arc<str>, Asset>;

/// In a `static/` with this many files or more, no similar name is looked for: names are
/// compared letter by letter, and a book with that many pictures would be slowed down by every
/// one that is missing.
const MOST_COMPARED: usize = 10_000;

/// Reports what is named and not there.
pub(super) fn check(
    texts: &Texts,
    config: &Config,
    assets: &Assets,
    log: &mut Vec<Diagnostic>,
) {
    let scripts = config.additional_js.iter().filter(|it| !it.is_remote);
    let named = config.additional_css.iter().chain(scripts.map(|it| &it.src));
    for file in named.chain(&config.publisher.logo) {
        if !assets.contains_key(&*file.value) {
            log.push(missing_file(assets, file, file.at.of(&SETTINGS.into())));
        }
    }
    for linked in &texts.entities {
        let document = &linked.entity.document;
        for relation in &linked.entity.front.relations {
            if texts.registry.lookup(&relation.entity.value).is_empty() {
                log.push(unknown_entity(
                    &relation.entity.value,
                    document.span(relation.entity.at),
                    &texts.registry,
                ));
            }
        }
        log.extend(missing_image(assets, document, linked.entity.front.image.as_ref()));
    }
    for idx in texts.all_with(Facet::Image) {
        if let TextIdx::Brief(idx) = idx {
            let brief = &texts.brief(idx).brief;
            let image = brief.front.image.as_deref();
            log.extend(missing_image(assets, &brief.document, image));
        }
    }
}

fn missing_image(
    assets: &Assets,
    document: &Document,
    image: Option<&Image>,
) -> Option<Diagnostic> {
    let file = &image?.file;
    if assets.contains_key(&*file.value) {
        return None;
    }
    Some(missing_file(assets, file, document.span(file.at)))
}

fn missing_file(assets: &Assets, file: &Placed<Box<str>>, span: Span) -> Diagnostic {
    let message = format!("there is no file static/{}", file.value);
    let files = || assets.keys().map(|path| &**path);
    let composed = |path: &str| path.nfc().collect::<String>();
    let same = files().find(|it| composed(it) == composed(&file.value));
    let is_few = assets.len() < MOST_COMPARED;
    let help = if let Some(other) = same {
        // The two names look the same on the screen, so repeating one would help nobody.
        let is_composed = composed(other) == other;
        let form = if is_composed { "composed (NFC)" } else { "decomposed (NFD)" };
        format!(
            "a file is called that, but its name has the letters with accents {form}: rename it, or paste its name from the file system"
        )
    } else if let Some(near) = is_few.then(|| nearest(&file.value, files())).flatten() {
        format!("write `{near}`")
    } else {
        "put the file into static/, and name it from there".to_owned()
    };
    let mut said = Diagnostic::new(Rule::MissingFile, span, message, help);
    let folded = |path: &str| composed(path).to_lowercase();
    let meant = folded(&file.value);
    let mut alike = files().filter(|it| folded(it) == meant);
    if let (Some(only), None) = (alike.next(), alike.next()) {
        // The file may be front matter (YAML) or book.toml (TOML): a JSON string is valid in
        // both.
        said.edit(file.at, serde_json::to_string(only).unwrap_or_default());
    }
    said
}

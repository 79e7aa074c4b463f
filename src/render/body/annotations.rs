//! What an annotation tells beside its text: words, sources, how a claim stands.

use crate::link::statements;
use crate::parse::annotation::{Annotation, Kind};
use crate::parse::document::Document;
use crate::parse::markdown;
use crate::render::here::Here;
use crate::render::view;
use crate::slug::Slug;
use crate::span::Stretch;

/// How a claim stood, how it stands now if that differs, and its own page.
pub(super) fn standing(
    annotation: &Annotation,
    here: &Here<'_>,
) -> (Option<view::Status>, Option<view::Status>, Option<String>) {
    let Kind::Claim(then) = annotation.kind else { return (None, None, None) };
    let ledger = statements::ledger(annotation);
    let claims = &here.edition.claims;
    let now = ledger.as_ref().and_then(|it| claims.now(it)).and_then(|it| it.status);
    let changed = now.filter(|now| *now != then);
    let href = ledger
        .filter(|it| claims.ledgers.contains_key(it))
        .map(|it| here.to(&format!("claims/{it}/")));
    let status = crate::render::words::claim_status;
    (Some(status(then)), changed.map(status), href)
}

/// The sources of an annotation: what `source` names, or the source it is itself.
pub fn sources(annotation: &Annotation, here: &Here<'_>) -> Vec<view::Source> {
    let outlet = match annotation.kind {
        Kind::Source => annotation.head.as_ref(),
        _ => annotation.source.as_ref(),
    };
    let Some(outlet) = outlet else { return Vec::new() };
    let work = &annotation.work;
    vec![view::Source {
        outlet: here.name(&outlet.value),
        title: work.title.as_ref().map(ToString::to_string),
        url: work.url.as_ref().map(ToString::to_string),
        date: work.date.map(|date| here.date(date)),
        archive: work.archive.as_ref().map(ToString::to_string),
    }]
}

/// The annotated words as plain text; `None` for an annotation at a point.
pub fn words(document: &Document, annotation: u32) -> Option<String> {
    let stretch = *crate::link::timeline::words(&document.body, annotation).first()?;
    let mut words = String::new();
    for passage in &document.body.passages {
        for piece in &passage.pieces {
            let start = piece.at.start.max(stretch.start);
            let end = piece.at.end.min(stretch.end);
            if start >= end {
                continue;
            }
            match &piece.text {
                markdown::PieceText::Source => {
                    words.push_str(&document.text[Stretch { start, end }.range()]);
                }
                markdown::PieceText::Decoded(text) => words.push_str(text),
                markdown::PieceText::Barrier => {
                    let source = &document.text[Stretch { start, end }.range()];
                    words.push_str(barrier_words(source));
                }
            }
        }
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}

/// The text of a footnote as plain text, without its fields.
pub fn note(document: &Document, annotation: u32) -> String {
    let passages = document.body.passages.iter();
    let pieces = passages
        .filter(|it| it.annotation == Some(annotation))
        .flat_map(|it| it.pieces.iter().map(|piece| plain(document, piece)).chain([" "]));
    let text: String = pieces.collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain<'a>(document: &'a Document, piece: &'a markdown::Piece) -> &'a str {
    let source = &document.text[piece.at.range()];
    match &piece.text {
        markdown::PieceText::Source => source,
        markdown::PieceText::Decoded(text) => text,
        markdown::PieceText::Barrier => barrier_words(source),
    }
}

/// What a link or code in the annotated words says.
fn barrier_words(source: &str) -> &str {
    if let Some(inner) = source.strip_prefix("[[").and_then(|it| it.strip_suffix("]]")) {
        return inner.split_once('|').map_or(inner, |(_, words)| words);
    }
    if let Some((inner, _)) = source.strip_prefix('[').and_then(|it| it.split_once("]("))
    {
        return inner;
    }
    source.trim_matches('`')
}

/// The kind for readers.
pub fn kind_label(kind: Kind) -> &'static str {
    match kind {
        Kind::Claim(_) => "Claim",
        Kind::Quote => "Quote",
        Kind::Event => "Event",
        Kind::Source => "Source",
        Kind::Note | Kind::Plain => "Note",
        Kind::Correction => "Correction",
    }
}

/// An id for each annotation: its name as a slug, numbered where two are alike.
pub fn ids(annotations: &[Annotation]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::with_capacity(annotations.len());
    for annotation in annotations {
        let slug = Slug::from_title(&annotation.label);
        let base = slug.map_or_else(|| "note".to_owned(), |slug| slug.to_string());
        let mut id = base.clone();
        let mut n = 1;
        while ids.contains(&id) {
            n += 1;
            id = format!("{base}-{n}");
        }
        ids.push(id);
    }
    ids
}

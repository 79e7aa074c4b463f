//! A text as readers of feeds get it: its notes as a list at the end.

use crate::html::{Html, escape_into};
use crate::render::view;

/// The passages in one, and their notes below.
pub(super) fn with_notes(passages: Vec<view::Passage>) -> Html {
    let mut html = String::new();
    let mut notes = String::new();
    for passage in passages {
        html.push_str(&passage.html.0);
        for annotation in passage.annotations {
            note(annotation, &mut notes);
        }
    }
    if !notes.is_empty() {
        html.push_str("<ul>\n");
        html.push_str(&notes);
        html.push_str("</ul>\n");
    }
    Html(html)
}

fn note(note: view::Annotation, out: &mut String) {
    out.push_str("<li>");
    let speaker = note.speaker.map(|it| it.label);
    let status = note.status.map(|it| it.label);
    let when = note.when.map(|it| it.text);
    let said = [Some(note.kind_label), status, speaker, note.heading, when];
    let said: Vec<String> = said.into_iter().flatten().collect();
    escape_into(&said.join(", "), out);
    if let Some(words) = note.words {
        out.push_str(": ");
        escape_into(&words, out);
    }
    out.push_str(&note.body.0);
    out.push_str("</li>\n");
}

//! A text as readers of feeds get it: its notes as a list at the end.

use crate::html::{Html, escape_into};
use crate::render::view;
use crate::render::words::and_list;

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

/// What a note tells here. Each field is named, so that the compiler asks about a new one.
fn note(note: view::Annotation, out: &mut String) {
    let view::Annotation {
        kind_label,
        speaker,
        heading,
        when,
        words,
        claim,
        body,
        // Nothing leads to a note or back.
        id: _,
        number: _,
        ref_ids: _,
        kind: _,
        // Stand on the page alone, to which the feed leads.
        to: _,
        place: _,
        sources: _,
    } = note;
    out.push_str("<li>");
    let speaker = speaker.map(|it| it.label);
    let when = when.map(|it| it.text);
    let said = [Some(kind_label), speaker, heading, when];
    let said: Vec<String> = said.into_iter().flatten().collect();
    escape_into(&said.join(", "), out);
    if let Some(words) = words {
        out.push_str(": ");
        escape_into(&words, out);
    }
    if let Some(claim) = claim {
        self::claim(&claim, out);
    }
    out.push_str(&body.0);
    out.push_str("</li>\n");
}

/// The sentence with what the desk finds of it, then who says or denies it.
fn claim(claim: &view::NoteClaim, out: &mut String) {
    out.push_str("<p>");
    escape_into(&claim.sentence, out);
    if let Some(found) = found(claim) {
        out.push(' ');
        escape_into(&found, out);
    }
    for group in &claim.stances {
        let names: Vec<String> =
            group.parties.iter().map(|it| it.label.clone()).collect();
        out.push(' ');
        escape_into(&format!("{} {}.", group.label, and_list(&names)), out);
    }
    out.push_str("</p>");
}

/// `(Unconfirmed then, now confirmed, 20 August 2025.)`
fn found(claim: &view::NoteClaim) -> Option<String> {
    let now = claim
        .now
        .as_ref()
        .map(|now| format!("{}, {}", now.status.label.to_lowercase(), now.since.text));
    match (&claim.then, now) {
        (Some(then), Some(now)) => Some(format!("({} then, now {now}.)", then.label)),
        (Some(then), None) => Some(format!("({}.)", then.label)),
        (None, Some(now)) => Some(format!("(Now {now}.)")),
        (None, None) => None,
    }
}

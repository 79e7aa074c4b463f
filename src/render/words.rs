//! The theme's words for kinds and statuses.

use crate::parse::annotation::Status;
use crate::parse::entity::EntityKind;
use crate::parse::storyline::StoryStatus;
use crate::render::view;

/// A kind of entity in the singular and in the plural.
pub fn kind(kind: EntityKind) -> (&'static str, &'static str) {
    match kind {
        EntityKind::Person => ("Person", "People"),
        EntityKind::Organization => ("Organization", "Organizations"),
        EntityKind::Place => ("Place", "Places"),
        EntityKind::Event => ("Event", "Events"),
        EntityKind::Law => ("Law", "Laws"),
        EntityKind::Work => ("Work", "Works"),
        EntityKind::Thing => ("Thing", "Things"),
    }
}

/// How a claim stands, as a sign and a word.
pub fn claim_status(status: Status) -> view::Status {
    let (label, sign) = match status {
        Status::Confirmed => ("Confirmed", "✓"),
        Status::Denied => ("Denied", "✗"),
        Status::Disputed => ("Disputed", "≠"),
        Status::Unconfirmed => ("Unconfirmed", "?"),
        Status::False => ("False", "⊘"),
        Status::Retracted => ("Retracted", "↶"),
    };
    view::Status {
        key: status.word().to_owned(),
        label: label.to_owned(),
        sign: sign.to_owned(),
    }
}

/// How a storyline stands, as a sign and a word.
pub fn story_status(status: StoryStatus) -> view::Status {
    let (key, label, sign) = match status {
        StoryStatus::Developing => ("developing", "Developing", "○"),
        StoryStatus::Closed => ("closed", "Closed", "●"),
    };
    view::Status { key: key.to_owned(), label: label.to_owned(), sign: sign.to_owned() }
}

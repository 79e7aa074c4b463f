//! The theme's words for kinds and statuses.

use pulldown_cmark::BlockQuoteKind;

use crate::parse::claim::{FindingKind, StanceKind};
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

/// A link that stands for a picture on another site.
pub fn picture_elsewhere(alt: &str) -> String {
    format!("Picture: {alt}")
}

/// A callout by its key and as a word.
pub fn callout(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("note", "Note"),
        BlockQuoteKind::Tip => ("tip", "Tip"),
        BlockQuoteKind::Important => ("important", "Important"),
        BlockQuoteKind::Warning => ("warning", "Warning"),
        BlockQuoteKind::Caution => ("caution", "Caution"),
    }
}

/// A finding as a sign and a word.
pub fn finding_status(finding: FindingKind) -> view::Status {
    let (label, sign) = match finding {
        FindingKind::Unconfirmed => ("Unconfirmed", "○"),
        FindingKind::Disputed => ("Disputed", "◐"),
        FindingKind::Confirmed => ("Confirmed", "●"),
        FindingKind::False => ("False", "⊗"),
    };
    view::Status {
        key: finding.word().to_owned(),
        label: label.to_owned(),
        sign: sign.to_owned(),
    }
}

/// The words for what a party does with a claim.
pub struct StanceWords {
    /// Before its name: `Denied by`.
    pub by: &'static str,
    /// After its name, before the claim: `Denies`.
    pub does: &'static str,
    /// In a table: `denied`.
    pub did: &'static str,
}

/// What a party does with a claim, in words.
pub fn stance(kind: StanceKind) -> StanceWords {
    let (by, does, did) = match kind {
        StanceKind::Says => ("Said by", "Says", "said"),
        StanceKind::Denies => ("Denied by", "Denies", "denied"),
        StanceKind::Doubts => ("Doubted by", "Doubts", "doubted"),
        StanceKind::Withdraws => ("Withdrawn by", "Withdrew", "withdrawn"),
    };
    StanceWords { by, does, did }
}

/// `A`, `A and B`, `A, B and C`.
pub fn and_list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// Words without the pair of quote marks around them, if there is one: a page that quotes
/// sets marks of its own.
pub fn unquoted(words: &str) -> &str {
    const PAIRS: &[(char, char)] = &[
        ('"', '"'),
        ('“', '”'),
        ('„', '“'),
        ('„', '”'),
        ('«', '»'),
        ('»', '«'),
        ('‘', '’'),
        ('\'', '\''),
        ('「', '」'),
    ];
    let inner = |(open, close): &(char, char)| {
        let inner = words.trim().strip_prefix(*open)?.strip_suffix(*close)?;
        (!inner.contains([*open, *close])).then_some(inner)
    };
    PAIRS.iter().find_map(inner).unwrap_or(words)
}

/// How a storyline stands, as a sign and a word.
pub fn story_status(status: StoryStatus) -> view::Status {
    let (key, label, sign) = match status {
        StoryStatus::Developing => ("developing", "Developing", "▸"),
        StoryStatus::Closed => ("closed", "Closed", "■"),
    };
    view::Status { key: key.to_owned(), label: label.to_owned(), sign: sign.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_pair_of_quote_marks_around_words_goes() {
        let cases = [
            ("\"no offer\"", "no offer"),
            ("“no offer”", "no offer"),
            ("no offer", "no offer"),
            ("“no” and “offer”", "“no” and “offer”"),
            ("“no offer", "“no offer"),
            ("the dockers’", "the dockers’"),
            ("", ""),
        ];
        for (words, expected) in cases {
            assert_eq!(unquoted(words), expected, "{words}");
        }
    }
}

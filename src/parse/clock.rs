//! When time alone changes a site.

use std::sync::Arc;

use jiff::{Timestamp, ToSpan};

use crate::input::Wanted;
use crate::parse::brief::{Brief, Correction};
use crate::parse::{FileKind, Parsed};

/// For how long a brief is news (Google's rule for news sitemaps).
pub const NEWS_HOURS: i64 = 48;

impl Wanted {
    /// Whether a brief is in the edition: it can be placed, is not a draft, out of embargo and
    /// not expired.
    pub fn wants(&self, brief: &Brief) -> bool {
        let front = &brief.front;
        front.is_placed
            && !self.leaves_out_draft(brief)
            && self.held_until(brief).is_none()
            && front.expires.as_ref().is_none_or(|it| it.instant > self.now)
    }

    /// When the embargo ends that alone holds a brief back.
    pub fn held_until(&self, brief: &Brief) -> Option<Timestamp> {
        let until = brief.front.embargo.as_ref()?.instant;
        (!self.future && until > self.now).then_some(until)
    }

    /// Whether a brief is a draft, and drafts are not wanted.
    pub fn leaves_out_draft(&self, brief: &Brief) -> bool {
        brief.front.is_draft && !self.drafts
    }
}

/// The next instant after the book's `now` at which another site is due though no file
/// changed: an embargo ends, a brief expires, becomes news or ceases to be, or a day begins,
/// on which roles are held.
pub fn next_change(parsed: &Parsed) -> Option<Timestamp> {
    let now = parsed.wanted.now;
    let zoned = now.to_zoned_datetime(parsed.config.zone.clone());
    let midnight = zoned.tomorrow().and_then(|it| it.start_of_day());
    let midnight = midnight.ok().map(|it| it.timestamp());
    let of_briefs = parsed.files.iter().filter_map(|(_, file)| match &file.kind {
        FileKind::Brief(brief) => Some(&brief.front),
        _ => None,
    });
    let start_of = |it: &Correction| {
        let start = it.on.first().to_zoned_datetime(parsed.config.zone.clone());
        start.ok().map(|it| it.timestamp())
    };
    let instants = of_briefs.flat_map(|front| {
        let published = front.date.instant;
        let corrected = front
            .corrections
            .iter()
            .map(start_of)
            .filter(|it| it.is_some_and(|it| it > now))
            .min();
        [
            corrected.flatten(),
            front.updated.as_ref().map(|it| it.instant),
            front.embargo.as_ref().map(|it| it.instant),
            front.expires.as_ref().map(|it| it.instant),
            Some(published),
            published.checked_add(NEWS_HOURS.hours()).ok(),
        ]
    });
    instants.chain([midnight]).flatten().filter(|it| *it > now).min()
}

/// An instant at which a brief comes or goes without anybody saving a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueTurn {
    /// When.
    pub at: Timestamp,
    /// The brief's file.
    pub path: Arc<str>,
    /// What happens then, in words.
    pub what: &'static str,
}

/// The ends of all embargoes, and all times at which briefs expire, earlier ones first; those
/// of drafts are left out, for nothing happens then.
pub fn turns(parsed: &Parsed) -> Vec<DueTurn> {
    let mut turns = Vec::new();
    for (path, file) in parsed.files.iter() {
        let FileKind::Brief(brief) = &file.kind else { continue };
        let front = &brief.front;
        if parsed.wanted.leaves_out_draft(brief) {
            continue;
        }
        let both = [(&front.embargo, "the embargo ends"), (&front.expires, "it expires")];
        for (moment, what) in both {
            if let Some(moment) = moment {
                turns.push(DueTurn { at: moment.instant, path: Arc::clone(path), what });
            }
        }
    }
    turns.sort_by(|a, b| (a.at, &a.path).cmp(&(b.at, &b.path)));
    turns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Inputs;
    use crate::parse::parse;

    #[test]
    fn the_next_change_is_the_nearest_of_all_that_time_decides() {
        let cases = [
            ("", "2025-01-01T10:00:00Z", "2025-01-02T00:00:00Z"),
            (
                "embargo: 2025-01-01T12:00Z",
                "2025-01-01T10:00:00Z",
                "2025-01-01T12:00:00Z",
            ),
            (
                "embargo: 2025-01-01T12:00Z",
                "2025-01-01T12:00:00Z",
                "2025-01-02T00:00:00Z",
            ),
            (
                "expires: 2025-01-01T15:00Z",
                "2025-01-01T12:00:00Z",
                "2025-01-01T15:00:00Z",
            ),
            ("", "2024-12-31T07:00:00Z", "2024-12-31T08:30:00Z"),
            ("", "2025-01-02T01:00:00Z", "2025-01-02T08:30:00Z"),
        ];
        for (line, now, expected) in cases {
            let mut inputs = Inputs::empty(now.parse().unwrap());
            inputs.insert("book.toml", "[book]\ntitle = 'Test'\n");
            let brief =
                format!("---\ntitle: A\ndate: 2024-12-31T08:30Z\n{line}\n---\nText.\n");
            inputs.insert("content/briefs/a.md", &brief);
            let next = next_change(&parse(&inputs, &Parsed::default()).value);
            assert_eq!(next, Some(expected.parse().unwrap()), "{line} at {now}");
        }
    }
}

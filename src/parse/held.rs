//! Briefs that are written and wait.

use std::sync::Arc;

use jiff::Timestamp;

use crate::parse::brief::Brief;
use crate::parse::{FileKind, Parsed};

/// A brief under embargo.
#[derive(Clone, Debug)]
pub struct HeldBrief {
    /// The brief, which is not a draft.
    pub brief: Arc<Brief>,
    /// When it may be published.
    pub until: Timestamp,
}

/// The briefs that only an embargo holds back, the one that is due first before all.
pub fn held(parsed: &Parsed) -> Vec<HeldBrief> {
    let wanted = &parsed.wanted;
    let briefs = parsed.files.iter().filter_map(|(_, file)| match &file.kind {
        FileKind::Brief(brief) => Some(brief),
        _ => None,
    });
    let held = briefs.filter_map(|brief| {
        let until = wanted.held_until(brief)?;
        let is_draft = wanted.leaves_out_draft(brief);
        (!is_draft).then(|| HeldBrief { brief: Arc::clone(brief), until })
    });
    let mut held: Vec<HeldBrief> = held.collect();
    held.sort_by(|a, b| {
        (a.until, &a.brief.document.path).cmp(&(b.until, &b.brief.document.path))
    });
    held
}

impl HeldBrief {
    /// Until when, as a clock in the book's zone shows it.
    pub fn until_words(&self, parsed: &Parsed) -> String {
        let zoned = self.until.to_zoned_datetime(parsed.config.zone.clone());
        zoned.strftime("%Y-%m-%d %H:%M %Z").to_string()
    }
}

/// One line on what is held back; `None` if nothing is.
pub fn note(parsed: &Parsed) -> Option<String> {
    let held = held(parsed);
    let first = held.first()?;
    let (path, until) = (&first.brief.document.path, first.until_words(parsed));
    Some(match held.len() {
        1 => format!("{path} is held back by its embargo until {until}"),
        n => format!(
            "{n} briefs are held back by an embargo, the first, {path}, until {until}"
        ),
    })
}

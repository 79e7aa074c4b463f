//! Briefs of an archive: what is wrong with old texts stops nobody.
//!
//! `[archive] before` names a day. Faults of briefs that are older are warnings. What can't be
//! placed at all (no headline, no address, no day) is left out, and named at the end.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::layout::ContentKind;
use crate::parse::brief::{Brief, BriefAge, BriefFront, DayFrom};
use crate::parse::config::Config;
use crate::parse::document::{Document, day_of_path};
use crate::parse::fields::Log;
use crate::parse::files::Files;
use crate::parse::{FileKind, Parsed};
use crate::slug::Slug;
use crate::span::Stretch;

/// How old a brief is. One that has no day in any place is of the archive, if there is one:
/// the desk's own have one by their file's name.
pub(super) fn age(day: Option<Date>, config: &Config) -> BriefAge {
    match config.archive_before {
        Some(before) if day.is_none_or(|day| day < before) => BriefAge::Archived,
        _ => BriefAge::Current,
    }
}

/// Whether a brief of the archive can be placed; says why not.
pub(super) fn is_placed(
    document: &Document,
    front: &BriefFront,
    log: &mut Log<'_>,
) -> bool {
    let is_held = |it: &Diagnostic| it.severity == Some(Severity::Error);
    let has_no_address =
        || log.diagnostics.iter().any(|it| it.rule == Rule::BadSlug && is_held(it));
    let why = if document.title.at == Stretch::default() {
        "it has no title"
    } else if front.day_from == DayFrom::Nothing {
        "its day is not in its front matter, its file name or its path"
    } else if has_no_address() {
        "it has no address"
    } else if !front.is_placed {
        "it cannot be told whether it may be published"
    } else {
        return true;
    };
    log.diagnostics.push(left_out(document, why));
    false
}

fn left_out(document: &Document, why: &str) -> Diagnostic {
    let mut said = Diagnostic::new(
        Rule::HeldBrief,
        document.span(Stretch::default()),
        format!("this brief of the archive is left out: {why}"),
        "mend its front matter, or move the file out of the content folder",
    );
    said.severity = Some(Severity::Warning);
    said
}

/// The briefs of the archive whose address another brief has: that of the desk, else the one
/// whose file comes first. They are left out, as is said of each.
pub(super) fn without_address(
    files: &Files,
    config: &Config,
    log: &mut Vec<Diagnostic>,
) -> BTreeSet<Arc<str>> {
    let mut left_out_ones = BTreeSet::new();
    if config.archive_before.is_none() {
        return left_out_ones;
    }
    let briefs = || {
        files.iter().filter_map(|(_, file)| match &file.kind {
            FileKind::Brief(brief) if brief.front.is_placed => Some(brief),
            _ => None,
        })
    };
    let mut taken: HashMap<(Date, &Slug), &Arc<Brief>> = HashMap::new();
    let (old, new): (Vec<_>, Vec<_>) =
        briefs().partition(|it| it.front.age == BriefAge::Archived);
    for brief in new.into_iter().chain(old) {
        let address = (brief.front.date.day, &brief.document.slug);
        match taken.get(&address) {
            None => drop(taken.insert(address, brief)),
            Some(_) if brief.front.age == BriefAge::Current => {} // which is an error of the desk's
            Some(first) => {
                let why = format!("its address is that of {}", first.document.path);
                log.push(left_out(&brief.document, &why));
                left_out_ones.insert(Arc::clone(&brief.document.path));
            }
        }
    }
    left_out_ones
}

/// Turns errors of texts of the archive into warnings.
///
/// A page that cannot be where it would be stays an error: lists would lead to another one.
/// An old address that is taken is no such page.
pub fn lower(parsed: &Parsed, log: &mut [Diagnostic]) {
    let config = &parsed.config;
    if config.archive_before.is_none() {
        return;
    }
    let folder = format!("{}/{}/", config.src, ContentKind::Brief.folder());
    for said in log {
        let weight = said.severity.unwrap_or_else(|| config.severity(said.rule));
        if weight != Severity::Error || !said.span.path.starts_with(&folder) {
            continue;
        }
        let Some(file) = parsed.files.get(&said.span.path) else { continue };
        let is_lowered = if let FileKind::Brief(brief) = &file.kind {
            let is_page = said.span.stretch == brief.document.title.at;
            brief.front.age == BriefAge::Archived
                && !(said.rule == Rule::PathClash && is_page)
        } else {
            let day = day_of_path(&said.span.path).and_then(|it| it.parse().ok());
            age(day, config) == BriefAge::Archived
        };
        if is_lowered {
            said.severity = Some(Severity::Warning);
        }
    }
}

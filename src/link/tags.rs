//! The briefs by tag.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Diagnostic, Rule};
use crate::link::texts::{BriefIdx, LinkedBrief};
use crate::slug::Slug;

/// A tag and its briefs.
#[derive(Clone, Debug, PartialEq)]
pub struct TaggedBriefs {
    /// The tag as the newest brief writes it.
    pub label: Box<str>,
    /// Its briefs, newest first.
    pub briefs: Vec<BriefIdx>,
    /// Other words that have the same address, each with the newest brief that uses them;
    /// not those that differ in capitals only.
    others: Vec<(Box<str>, BriefIdx)>,
}

/// The tags of all briefs.
pub(super) fn tags(briefs: &[Arc<LinkedBrief>]) -> Arc<BTreeMap<Slug, TaggedBriefs>> {
    let mut positions: HashMap<&Slug, usize> = HashMap::new();
    let mut tags: Vec<(Slug, TaggedBriefs)> = Vec::new();
    for (idx, brief) in (0..).map(BriefIdx).zip(briefs) {
        for tag in &brief.brief.front.tags {
            let at = *positions.entry(&tag.slug).or_insert(tags.len());
            if at == tags.len() {
                let (briefs, others) = (Vec::new(), Vec::new());
                let label = tag.label.clone();
                tags.push((tag.slug.clone(), TaggedBriefs { label, briefs, others }));
            }
            let known = &mut tags[at].1;
            if known.briefs.last() != Some(&idx) {
                known.briefs.push(idx);
            }
            let is_other = !is_same(&known.label, &tag.label)
                && known.others.iter().all(|(it, _)| !is_same(it, &tag.label));
            if is_other {
                known.others.push((tag.label.clone(), idx));
            }
        }
    }
    Arc::new(tags.into_iter().collect())
}

/// Whether two texts are one tag: they differ in capitals or in the form of accents only.
fn is_same(a: &str, b: &str) -> bool {
    a == b || folded(a) == folded(b)
}

fn folded(label: &str) -> String {
    label.nfc().flat_map(char::to_lowercase).collect()
}

/// Reports different tags whose words make one address, so that they share one page.
pub(super) fn check(
    tags: &BTreeMap<Slug, TaggedBriefs>,
    briefs: &[Arc<LinkedBrief>],
    log: &mut Vec<Diagnostic>,
) {
    for (slug, tag) in tags {
        for (other, idx) in &tag.others {
            let document = &briefs[idx.0 as usize].brief.document;
            let label = &tag.label;
            let message = format!(
                "the tags `{other}` and `{label}` have one address, /tags/{slug}/"
            );
            let span = document.span(document.title.at);
            log.push(Diagnostic::new(
                Rule::TagClash,
                span,
                message,
                format!("write `{label}` in both places, or choose other words"),
            ));
        }
    }
}

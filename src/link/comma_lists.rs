//! Lists that are written as one text with commas.

use crate::diagnostic::{Diagnostic, Rule};
use crate::link::facets::Facet;
use crate::link::texts::{TextIdx, Texts};

/// Reports `by: Ada Holm, Ben Ito`, unless something is called that as a whole.
pub(super) fn check(texts: &Texts, log: &mut Vec<Diagnostic>) {
    for idx in texts.all_with(Facet::CommaLists) {
        let TextIdx::Brief(idx) = idx else { continue };
        let brief = &texts.brief(idx).brief;
        for found in &brief.front.comma_lists {
            let whole = &found.whole;
            if !texts.registry.lookup(&whole.value).is_empty() {
                continue;
            }
            let message =
                format!("`{}: {}` is one text, not a list", found.key, whole.value);
            let help = format!("write `{}: {}`", found.key, found.written());
            let span = brief.document.span(whole.at);
            let mut said = Diagnostic::new(Rule::CommaList, span, message, help);
            said.edit(whole.at, found.written());
            log.push(said);
        }
    }
}

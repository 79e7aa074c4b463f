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
            let is_entity = |name: &str| !texts.registry.lookup(name).is_empty();
            if is_entity(&whole.value) {
                continue;
            }
            // A name may have a comma or an `and` in it. What is in a list already, or is
            // joined by words alone, is two names only if one of them is somebody's.
            let is_by_words = !whole.value.contains([',', ';']) && found.key == "sources";
            if (found.is_item || is_by_words)
                && !found.items().iter().any(|it| is_entity(it))
            {
                continue;
            }
            let message =
                format!("`{}: {}` is one text, not a list", found.key, whole.value);
            let help = if found.is_item {
                let items = found.items().join("`, `");
                format!("make it items of their own: `{items}`")
            } else {
                format!("write `{}: {}`", found.key, found.written())
            };
            let span = brief.document.span(whole.at);
            let mut said = Diagnostic::new(Rule::CommaList, span, message, help);
            if !found.is_item {
                said.edit(whole.at, found.written());
            }
            log.push(said);
        }
    }
}

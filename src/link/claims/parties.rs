//! Parties and speakers whose names are nearly an entity's.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Rule};
use crate::link::claims::annotations;
use crate::link::texts::Texts;
use crate::parse::annotation::{Annotation, Kind};
use crate::parse::fields::Placed;

/// Reports each name of a party or speaker that no entity has, but nearly one. A name is
/// compared with the registry once, however many stances it has: the comparison goes through
/// all entities.
pub(super) fn report_near(texts: &Texts, log: &mut Vec<Diagnostic>) {
    let mut near: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    let filed = texts.claim_files.iter().flat_map(|it| {
        let stances = it.claim.front.stances.iter();
        stances.map(|stance| (&it.claim.document, &stance.by))
    });
    let told = annotations(texts).flat_map(|(text, _, it)| {
        let document = texts.document(text);
        names(it).into_iter().map(move |name| (document, name))
    });
    for (document, name) in filed.chain(told) {
        let found = *near.entry(&name.value).or_insert_with(|| {
            let is_entity = texts.entity_idx(&name.value).is_some();
            if is_entity { None } else { texts.registry.nearest(&name.value) }
        });
        let span = document.span(name.at);
        log.extend(found.map(|near| nearly(&name.value, near, span)));
    }
}

/// Who does or says something in an annotation.
fn names(annotation: &Annotation) -> Vec<&Placed<Box<str>>> {
    match &annotation.kind {
        Kind::Claim(it) => it.stances.iter().map(|(_, by)| by).collect(),
        Kind::Quote(it) => it.speaker.iter().collect(),
        Kind::Event(_)
        | Kind::Source(_)
        | Kind::Note { .. }
        | Kind::Correction { .. }
        | Kind::Plain => Vec::new(),
    }
}

fn nearly(name: &str, near: &str, span: crate::span::Span) -> Diagnostic {
    let message = format!("`{name}` matches no entity, but `{near}` does");
    Diagnostic::new(
        Rule::NearName,
        span,
        message,
        format!("write `{near}` if that is the one you mean"),
    )
}

//! Names that front matter and footnotes give, and that are nearly an entity's.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Rule, edits_between};
use crate::link::facets::Facet;
use crate::link::texts::{TextIdx, Texts};
use crate::parse::annotation::{Annotation, Kind};
use crate::parse::document::Document;
use crate::parse::fields::Placed;
use crate::span::Span;

/// What a field says of the name in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Expected {
    /// Most likely an entity: who says or denies something.
    Party,
    /// Perhaps one, perhaps plain words: a place, what an office is of.
    Perhaps,
}

/// A name in a field.
type GivenName<'a> = (&'a Document, &'a Placed<Box<str>>, Expected);

/// Reports each name in a field that no entity has, but nearly one. A name is compared with
/// the registry once, however often it is given: the comparison goes through many entities.
pub(super) fn check(texts: &Texts, log: &mut Vec<Diagnostic>) {
    let mut near: BTreeMap<(&str, Expected), Option<&str>> = BTreeMap::new();
    for (document, name, expected) in given(texts) {
        let found = *near.entry((&name.value, expected)).or_insert_with(|| {
            let is_entity = !texts.registry.lookup(&name.value).is_empty();
            let found =
                if is_entity { None } else { texts.registry.nearest(&name.value) };
            found.filter(|it| expected == Expected::Party || is_slip(&name.value, it))
        });
        let span = document.span(name.at);
        log.extend(found.map(|near| nearly(&name.value, near, span)));
    }
}

/// Says that a name is nearly an entity's.
pub(super) fn nearly(name: &str, near: &str, span: Span) -> Diagnostic {
    let message = format!("`{name}` matches no entity, but `{near}` does");
    let help = format!("write `{near}` if that is the one you mean");
    Diagnostic::new(Rule::NearName, span, message, help)
}

/// Whether one name is another with a slip of the pen: a letter wrong, two in a long name,
/// never the first. `Gambia` is not Zambia, and `Parma` not Paris.
fn is_slip(name: &str, near: &str) -> bool {
    let n_letters = name.chars().count();
    let most = if n_letters > 8 { 2 } else { 1 };
    let (first, first_near) = (name.chars().next(), near.chars().next());
    n_letters >= 5 && first == first_near && edits_between(name, near) <= most
}

/// The names that fields give, by text.
fn given(texts: &Texts) -> impl Iterator<Item = GivenName<'_>> {
    let places = texts.all_with(Facet::UnknownPlace).filter_map(|idx| {
        let TextIdx::Brief(idx) = idx else { return None };
        let brief = &texts.brief(idx).brief;
        Some((&brief.document, brief.front.place.as_ref()?, Expected::Perhaps))
    });
    let offices = texts.entities.iter().flat_map(|it| {
        let of = it.entity.front.roles.iter().filter_map(|it| it.of.as_ref());
        of.map(|of| (&it.entity.document, of, Expected::Perhaps))
    });
    let filed = texts.claim_files.iter().flat_map(|it| {
        let front = &it.claim.front;
        let parties = front.stances.iter().map(|it| (&it.by, Expected::Party));
        let about = front.about.iter().map(|it| (it, Expected::Perhaps));
        let all = parties.chain(about);
        all.map(|(name, expected)| (&it.claim.document, name, expected))
    });
    let told = annotations(texts).flat_map(|(idx, note)| {
        let document = texts.document(idx);
        in_note(note).into_iter().map(move |(name, expected)| (document, name, expected))
    });
    places.chain(offices).chain(filed).chain(told)
}

fn annotations(texts: &Texts) -> impl Iterator<Item = (TextIdx, &Annotation)> {
    let noted = texts.all_with(Facet::Annotations);
    noted.flat_map(|idx| {
        texts.document(idx).body.annotations.iter().map(move |it| (idx, it))
    })
}

/// The names that an annotation gives.
fn in_note(annotation: &Annotation) -> Vec<(&Placed<Box<str>>, Expected)> {
    match &annotation.kind {
        Kind::Claim(it) => {
            let parties = it.stances.iter().map(|(_, by)| (by, Expected::Party));
            parties.chain(it.about.iter().map(|it| (it, Expected::Perhaps))).collect()
        }
        Kind::Quote(it) => it.speaker.iter().map(|it| (it, Expected::Party)).collect(),
        Kind::Event(it) => it.place.iter().map(|it| (it, Expected::Perhaps)).collect(),
        Kind::Source(_) | Kind::Note { .. } | Kind::Correction { .. } | Kind::Plain => {
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_told_from_another_name() {
        let cases = [
            ("Norwik", "Norwick", true),
            ("Norwcik", "Norwick", true),
            ("Ministry of Defence", "Ministry of Defense", true),
            ("Gambia", "Zambia", false),
            ("Parma", "Paris", false),
            ("Iraq", "Iran", false),
            ("Slovakia", "Slovenia", false),
        ];
        for (name, near, expected) in cases {
            assert_eq!(is_slip(name, near), expected, "{name}");
        }
    }
}

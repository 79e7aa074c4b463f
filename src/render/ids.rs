//! The ids of annotations on a page.

use crate::parse::annotation::Annotation;
use crate::slug::Slug;

/// An id for each annotation: its name as a slug, numbered where two are alike.
pub(super) fn ids(annotations: &[Annotation]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::with_capacity(annotations.len());
    for annotation in annotations {
        let slug = Slug::from_title(&annotation.label);
        let base = slug.map_or_else(|| "note".to_owned(), |slug| slug.to_string());
        let mut id = base.clone();
        let mut n = 1;
        while ids.contains(&id) {
            n += 1;
            id = format!("{base}-{n}");
        }
        ids.push(id);
    }
    ids
}

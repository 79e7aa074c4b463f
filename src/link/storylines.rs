//! The storylines and the briefs that front matter puts into them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Rule, nearest};
use crate::link::permalink::Permalink;
use crate::link::text::LinkedText;
use crate::link::texts::{BriefIdx, LinkedBrief, LinkedStoryline};
use crate::parse::brief::Brief;
use crate::parse::fields::Placed;
use crate::parse::storyline::Storyline;
use crate::slug::Slug;

/// The storylines with their briefs, and a word on each storyline that a brief names and
/// the book lacks. `newest_first` are the briefs that name one.
pub(super) fn storylines(
    storylines: &[Arc<Storyline>],
    texts: Vec<Arc<LinkedText>>,
    newest_first: &[(BriefIdx, &Arc<LinkedBrief>)],
    log: &mut Vec<Diagnostic>,
) -> Vec<LinkedStoryline> {
    let by_slug: BTreeMap<&Slug, usize> =
        storylines.iter().enumerate().map(|(at, it)| (&it.document.slug, at)).collect();
    let mut members: Vec<Vec<BriefIdx>> = vec![Vec::new(); storylines.len()];
    for (idx, brief) in newest_first.iter().rev() {
        for slug in &brief.brief.front.storylines {
            match by_slug.get(&slug.value) {
                Some(at) if members[*at].last() != Some(idx) => members[*at].push(*idx),
                Some(_) => {}
                None => log.push(unknown_storyline(&brief.brief, slug, by_slug.keys())),
            }
        }
    }
    let linked = storylines.iter().zip(texts).zip(members);
    let linked = linked.map(|((storyline, text), briefs)| LinkedStoryline {
        storyline: Arc::clone(storyline),
        permalink: Permalink::of_storyline(storyline),
        text,
        briefs,
    });
    linked.collect()
}

fn unknown_storyline<'a>(
    brief: &Brief,
    slug: &Placed<Slug>,
    known: impl Iterator<Item = &'a &'a Slug>,
) -> Diagnostic {
    let message = format!("no storyline is called `{}`", slug.value);
    let span = brief.document.span(slug.at);
    let near = nearest(slug.value.as_str(), known.map(|it| it.as_str()));
    Diagnostic::new(
        Rule::UnknownStoryline,
        span,
        message,
        match near {
            Some(near) => format!("write `{near}`"),
            None => format!("add a file content/storylines/{}.md", slug.value),
        },
    )
}

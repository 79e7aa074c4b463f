//! Names that could be several entities': one finding a name for the whole book, with the
//! candidates in the order in which the texts around make them likely.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Diagnostic, Rule};
use crate::link::candidates::{listed, thousands};
use crate::link::facets::Facet;
use crate::link::registry::EntityIdx;
use crate::link::text::SharedName;
use crate::link::texts::{TextIdx, Texts};
use crate::span::Stretch;

/// How many places are shown beside the first.
const MOST_PLACES: usize = 3;

/// How many texts are asked who else is in them, and about how many entities in each. What
/// is beyond that would not change the order, and a book full of shared names must not cost
/// the product of both.
const MOST_TEXTS: usize = 64;

/// A name that is shared, and where it stands.
#[derive(Default)]
struct SharedInBook {
    /// The first places: texts in the order of the edition, newest brief first.
    places: Vec<(TextIdx, Stretch)>,
    n_places: u32,
    n_texts: u32,
    /// Whose it could be, by position.
    candidates: Vec<EntityIdx>,
    /// Who else is in these texts, each with in how many.
    around: BTreeMap<EntityIdx, u32>,
}

/// Reports each name that could be several entities', once.
pub(super) fn check(texts: &Texts, log: &mut Vec<Diagnostic>) {
    let mut names: BTreeMap<&str, SharedInBook> = BTreeMap::new();
    for idx in texts.all_with(Facet::AmbiguousNames) {
        for name in &texts.text(idx).found.ambiguous {
            names.entry(&name.name).or_default().add(texts, idx, name);
        }
    }
    let mut company = Company::of(texts);
    let findings = names.iter().map(|(name, shared)| shared.finding(name, &mut company));
    log.extend(findings);
}

/// The same for one text alone: its names that could be several entities', in their order.
pub fn of_text(texts: &Texts, idx: TextIdx) -> Vec<Diagnostic> {
    let mut company = Company::of(texts);
    let names = texts.text(idx).found.ambiguous.iter().map(|name| {
        let mut shared = SharedInBook::default();
        shared.add(texts, idx, name);
        shared.finding(&name.name, &mut company)
    });
    names.collect()
}

impl SharedInBook {
    fn add(&mut self, texts: &Texts, idx: TextIdx, name: &SharedName) {
        if self.places.len() <= MOST_PLACES {
            self.places.push((idx, name.at));
        }
        self.n_places += name.count;
        self.n_texts += 1;
        if self.candidates[..] != name.candidates[..] {
            self.candidates.extend(name.candidates.iter());
            self.candidates.sort_unstable();
            self.candidates.dedup();
        }
        if self.n_texts as usize <= MOST_TEXTS {
            for entity in named_in(texts, idx) {
                *self.around.entry(entity).or_default() += 1;
            }
        }
    }

    fn finding(&self, name: &str, company: &mut Company<'_>) -> Diagnostic {
        let texts = company.texts;
        let slug = |it: &EntityIdx| texts.entity(*it).entity.document.slug.as_str();
        let (order, why) = company.order(&self.candidates, &self.around);
        let first = order.first().map_or("none", slug);
        let mut message = format!(
            "`{name}` can be {}, so it links to none",
            listed(order.iter().map(slug))
        );
        if self.n_places > 1 {
            let times = thousands(self.n_places as usize);
            message += &match self.n_texts {
                1 => format!(" ({times} times in this text)"),
                n => format!(" ({times} times in {} texts)", thousands(n as usize)),
            };
        }
        let (idx, at) = self.places[0];
        let span = texts.document(idx).span(at);
        let name = |it: &EntityIdx| &*texts.entity(*it).entity.document.title.value;
        let settle = settle(self, company.texts, first);
        let mut finding = match &why[..] {
            [] => Diagnostic::new(Rule::AmbiguousName, span, message, settle),
            [only] => {
                let help = format!("most likely `{first}`: {} is here too", name(only));
                Diagnostic::new(Rule::AmbiguousName, span, message, help).help(settle)
            }
            [one, two, ..] => {
                let (one, two) = (name(one), name(two));
                let help = format!("most likely `{first}`: {one} and {two} are here too");
                Diagnostic::new(Rule::AmbiguousName, span, message, help).help(settle)
            }
        };
        for (idx, at) in &self.places[1..] {
            finding = finding.label(texts.document(*idx).span(*at), "and here");
        }
        finding
    }
}

/// What settles a name: for the book, and for one brief.
fn settle(shared: &SharedInBook, texts: &Texts, first: &str) -> String {
    let (idx, at) = shared.places[0];
    let words = texts.document(idx).text.get(at.range()).unwrap_or("");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_bare = words.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
    let key = if is_bare { words.clone() } else { format!("{words:?}") };
    format!(
        "settle it for the book with `{key} = \"{first}\"` under `[names]` in book.toml, or for a brief with `mentions: {{{words}: {first}}}`; `none` links it to nobody"
    )
}

/// Who is named with whom.
struct Company<'a> {
    texts: &'a Texts,
    /// For each candidate the entities in the briefs that mention it and in its profile.
    known: HashMap<EntityIdx, BTreeMap<EntityIdx, u32>>,
}

impl<'a> Company<'a> {
    fn of(texts: &'a Texts) -> Company<'a> {
        Company { texts, known: HashMap::new() }
    }

    /// Candidates, the most likely first, and the entities that say so of the first, at most
    /// two; nobody if nothing tells it from the second.
    fn order(
        &mut self,
        candidates: &[EntityIdx],
        around: &BTreeMap<EntityIdx, u32>,
    ) -> (Vec<EntityIdx>, Vec<EntityIdx>) {
        // How many candidates each of the others keeps company with: who is named with all
        // of them says nothing.
        let mut shared: BTreeMap<EntityIdx, usize> = BTreeMap::new();
        for candidate in candidates {
            let company = self.known(*candidate).keys();
            for entity in company.filter(|it| around.contains_key(it)) {
                *shared.entry(*entity).or_default() += 1;
            }
        }
        shared.retain(|it, n| *n < candidates.len() && !candidates.contains(it));
        let mut scored: Vec<(u32, EntityIdx)> = Vec::with_capacity(candidates.len());
        for candidate in candidates {
            let company = self.known(*candidate);
            let telling = shared.keys().filter(|it| company.contains_key(it));
            scored.push((telling.map(|it| around[it]).sum(), *candidate));
        }
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score)); // stable: by position
        let is_clear = match &scored[..] {
            [(first, _), (second, _), ..] => first > second,
            _ => false,
        };
        let mut why: Vec<EntityIdx> = Vec::new();
        if is_clear {
            let company = self.known(scored[0].1);
            why = shared.keys().filter(|it| company.contains_key(it)).copied().collect();
            why.sort_by_key(|it| std::cmp::Reverse(around[it] * company[it]));
            why.truncate(2);
        }
        (scored.into_iter().map(|(_, it)| it).collect(), why)
    }

    /// Who is named with an entity, each with in how many texts.
    fn known(&mut self, of: EntityIdx) -> &BTreeMap<EntityIdx, u32> {
        let texts = self.texts;
        self.known.entry(of).or_insert_with(|| {
            let linked = texts.entity(of);
            let briefs = linked.briefs.named.iter().take(MOST_TEXTS);
            let briefs = briefs.map(|it| TextIdx::Brief(*it));
            let mut company = BTreeMap::new();
            for idx in briefs.chain([TextIdx::Entity(of)]) {
                for entity in named_in(texts, idx) {
                    *company.entry(entity).or_default() += 1;
                }
            }
            let roles = linked.entity.front.roles.iter();
            let places = roles.filter_map(|it| it.of.as_ref());
            for entity in places.filter_map(|it| texts.entity_idx(&it.value)) {
                *company.entry(entity).or_default() += 1;
            }
            company.remove(&of);
            company
        })
    }
}

/// The first entities that a text names.
fn named_in(texts: &Texts, idx: TextIdx) -> Vec<EntityIdx> {
    let entities = match idx {
        TextIdx::Brief(idx) => {
            let entities = texts.brief(idx).entities.iter().take(MOST_TEXTS);
            return entities.map(|it| it.0).collect();
        }
        _ => texts.text(idx).entities(texts.document(idx)).subjects,
    };
    entities.into_iter().map(|it| it.0).take(MOST_TEXTS).collect()
}

//! How well names are found, on made-up texts with a key: `cases/*.txt`, a file a language.
//!
//! A file begins with its registry, a line an entity: kind, slug, `=`, name, and aliases
//! behind `|`. Below each `##` follow the cases, a text a line: `[words](slug)` is a mention,
//! `[words](slug?)` one that may be found or not, `¶` begins a passage, `= ` makes it a
//! heading, and `¬` is a line break.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

use dateline::language::Language;
use dateline::link::dates::{self, DateContext};
use dateline::link::mentions::{self, Context, PassageKind, RulesOff, SearchedPassage};
use dateline::link::registry::{NamedEntity, Registry};
use dateline::parse::config::DateOrder;
use dateline::parse::entity::EntityKind;

/// The cases of every language.
static CASES: include_dir::Dir<'_> =
    include_dir::include_dir!("$CARGO_MANIFEST_DIR/benches/names/cases");

/// What was found and what was not.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Score {
    /// Texts.
    pub(crate) cases: u32,
    /// Mentions that the key has and that were found.
    pub(crate) right: u32,
    /// Mentions that were found and that the key has not.
    pub(crate) wrong: u32,
    /// Mentions that the key has and that were not found.
    pub(crate) missed: u32,
}

/// A case that did not come out as the key says.
pub(crate) struct Slip {
    /// Where: language and group.
    pub(crate) place: String,
    /// The text.
    pub(crate) text: String,
    /// What is wrong, and what was missed.
    pub(crate) what: String,
}

/// One text of the key.
struct Case {
    passages: Vec<(PassageKind, String)>,
    /// Passage, bytes, slug, and whether it must be found.
    key: Vec<(usize, Range<usize>, String, bool)>,
}

/// Scores every language, and every group of cases in it, without the rules that are off.
pub(crate) fn score(rules_off: &RulesOff) -> (BTreeMap<String, Score>, Vec<Slip>) {
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let mut slips = Vec::new();
    for file in CASES.files() {
        let tag = file.path().file_stem().unwrap().to_str().unwrap();
        let text = file.contents_utf8().unwrap();
        let (head, body) = text.split_once("\n## ").unwrap();
        let registry = registry(head, tag);
        for group in body.split("\n## ") {
            let (name, cases) = group.split_once('\n').unwrap();
            for line in cases.lines().filter(|it| !it.trim().is_empty()) {
                let case = case(line);
                let (one, what) = judge(&registry, &case, tag, rules_off);
                for key in [tag.to_owned(), format!("{tag} {name}"), "all".to_owned()] {
                    scores.entry(key).or_default().add(one);
                }
                if !what.is_empty() {
                    let place = format!("{tag} {name}");
                    slips.push(Slip { place, text: line.to_owned(), what });
                }
            }
        }
    }
    (scores, slips)
}

impl Score {
    fn add(&mut self, other: Score) {
        self.cases += other.cases;
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

/// The scores as a table, with precision and recall.
pub(crate) fn table(scores: &BTreeMap<String, Score>) -> String {
    let mut table = String::from("group cases right wrong missed precision recall\n");
    for (group, it) in scores {
        let share = |a: u32, b: u32| match a + b {
            0 => "-".to_owned(),
            all => format!("{:.1}", f64::from(a) * 100.0 / f64::from(all)),
        };
        let (precision, recall) = (share(it.right, it.wrong), share(it.right, it.missed));
        let Score { cases, right, wrong, missed } = it;
        writeln!(table, "{group}: {cases} {right} {wrong} {missed} {precision} {recall}")
            .unwrap();
    }
    table
}

fn registry(head: &str, language: &str) -> Registry {
    let entities = head.lines().filter(|it| !it.trim().is_empty()).map(|line| {
        let (left, names) = line.split_once(" = ").unwrap();
        let (kind, slug) = left.split_once(' ').unwrap();
        let mut names = names.split('|').map(str::trim);
        NamedEntity {
            slug: slug.into(),
            kind: match kind {
                "person" => EntityKind::Person,
                "org" => EntityKind::Organization,
                "place" => EntityKind::Place,
                "event" => EntityKind::Event,
                _ => EntityKind::Thing,
            },
            name: names.next().unwrap().into(),
            aliases: names.map(Into::into).collect(),
            dated_names: Vec::new(),
        }
    });
    Registry::new(entities.collect(), language)
}

fn case(line: &str) -> Case {
    let mut case = Case { passages: Vec::new(), key: Vec::new() };
    for passage in line.split('¶') {
        let (kind, mut rest) = match passage.strip_prefix("= ") {
            Some(rest) => (PassageKind::Heading, rest),
            None => (PassageKind::Text, passage),
        };
        let mut text = String::new();
        while let Some((words, slug, before, after)) = mention(rest) {
            text.push_str(&before.replace('¬', "\n"));
            let start = text.len();
            text.push_str(&words.replace('¬', "\n"));
            let must = !slug.ends_with('?');
            let slug = slug.trim_end_matches('?').to_owned();
            case.key.push((case.passages.len(), start..text.len(), slug, must));
            rest = after;
        }
        text.push_str(&rest.replace('¬', "\n"));
        case.passages.push((kind, text));
    }
    case
}

/// The first `[words](slug)` of a text, with what is before and behind it.
fn mention(text: &str) -> Option<(&str, &str, &str, &str)> {
    let middle = text.find("](")?;
    let start = text[..middle].rfind('[')?;
    let end = middle + text[middle..].find(')')?;
    Some((
        &text[start + 1..middle],
        &text[middle + 2..end],
        &text[..start],
        &text[end + 1..],
    ))
}

fn judge(
    registry: &Registry,
    case: &Case,
    tag: &str,
    rules_off: &RulesOff,
) -> (Score, String) {
    let day = "2025-08-08".parse().ok();
    let finder = DateContext { day, order: DateOrder::Unsettled, language: tag };
    let dates: Vec<Vec<Range<u32>>> = case
        .passages
        .iter()
        .map(|(_, text)| dates::find(text, &finder).found)
        .map(|found| found.iter().map(|it| it.start..it.end).collect())
        .collect();
    let passages: Vec<SearchedPassage<'_>> = case
        .passages
        .iter()
        .zip(&dates)
        .map(|((kind, text), dates)| SearchedPassage { text, kind: *kind, dates })
        .collect();
    let settled = BTreeMap::new();
    let context = Context {
        date: day,
        language: Language::of(tag),
        settled: &settled,
        rules_off,
        written: &[],
    };
    let found = mentions::find(registry, &passages, &context);
    let mut score = Score { cases: 1, ..Score::default() };
    let mut what = Vec::new();
    let mut seen = vec![false; case.key.len()];
    for it in &found.mentions {
        let slug = &*registry.entity(it.entity).slug;
        let range = it.start as usize..it.end as usize;
        let at = case.key.iter().position(|(passage, key, wanted, _)| {
            *passage == it.passage as usize && *key == range && wanted == slug
        });
        if let Some(at) = at {
            seen[at] = true;
            score.right += u32::from(case.key[at].3);
        } else {
            score.wrong += 1;
            let words = &passages[it.passage as usize].text[range];
            what.push(format!("wrong `{words}` {slug} ({})", it.rule.as_str()));
        }
    }
    for ((passage, range, slug, must), seen) in case.key.iter().zip(seen) {
        if *must && !seen {
            score.missed += 1;
            what.push(format!(
                "missed `{}` {slug}",
                &passages[*passage].text[range.clone()]
            ));
        }
    }
    (score, what.join("; "))
}

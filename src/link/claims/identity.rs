//! Which claim is meant: by the slug of its file, or by its sentence.

use std::collections::{BTreeMap, BTreeSet};

use twox_hash::XxHash3_128;

use crate::diagnostic::{Diagnostic, Rule, nearest};
use crate::link::claims::annotated::{annotations, claim_of};
use crate::link::claims::proposition::{ClaimIdx, Party, Proposition, folded};
use crate::link::texts::{ClaimFileIdx, TextIdx, Texts};
use crate::parse::annotation::{Annotation, ClaimRef, Kind};
use crate::parse::fields::Placed;
use crate::slug::Slug;
use crate::span::Span;

/// The longest slug that is made of a sentence, in bytes: people read addresses, too.
const MAX_SLUG: usize = 80;

/// How many comparisons of slugs, all in all, are made to propose the right one for a wrong
/// one. Each goes letter by letter; wrong slugs beyond that are reported without a proposal.
const MOST_COMPARED: usize = 200_000;

/// The claims there are, and how they are named.
pub(super) struct Identities {
    /// Slug, sentence and file of each, by slug.
    known: Vec<Known>,
    by_slug: BTreeMap<Box<str>, ClaimIdx>,
    /// By sentence, folded.
    by_sentence: BTreeMap<String, ClaimIdx>,
}

/// A claim as far as it is told from others.
struct Known {
    slug: Slug,
    sentence: Box<str>,
    file: Option<ClaimFileIdx>,
}

/// A claim before it has a slug.
struct Nameless {
    sentence: Box<str>,
    file: Option<ClaimFileIdx>,
    given: Option<Slug>,
    folded: String,
}

impl Identities {
    /// The claims that files and sentences of footnotes make. Reports slugs that no claim
    /// has.
    pub(super) fn of(texts: &Texts, log: &mut Vec<Diagnostic>) -> Identities {
        let mut found = Gathered::default();
        for (at, file) in (0..).map(ClaimFileIdx).zip(&texts.claim_files) {
            let document = &file.claim.document;
            let title = document.title.value.trim_end_matches('.').trim_end();
            found.add_file(title, at, &document.slug);
        }
        for (_, _, annotation) in annotations(texts) {
            if let Some(ClaimRef::Sentence(sentence)) = claim_of(annotation) {
                found.add_sentence(&sentence.value, given_slug(annotation));
            }
        }
        let identities = found.named();
        identities.report_unknown(texts, log);
        identities
    }

    /// The claim that a reference names.
    pub(super) fn resolve(&self, claim: &ClaimRef) -> Option<ClaimIdx> {
        match claim {
            ClaimRef::Slug(slug) => self.by_slug.get(&slug.value).copied(),
            ClaimRef::Sentence(it) => self.by_sentence.get(&folded(&it.value)).copied(),
        }
    }

    /// The claim that a file is of.
    pub(super) fn of_file(&self, file: ClaimFileIdx) -> Option<ClaimIdx> {
        let at = self.known.iter().position(|it| it.file == Some(file))?;
        Some(ClaimIdx(u32::try_from(at).ok()?))
    }

    /// The claims with nothing done to them yet, by slug.
    pub(super) fn propositions(&self, texts: &Texts) -> Vec<Proposition> {
        let new = |it: &Known| {
            let file = it.file.map(|idx| texts.claim_file(idx));
            let front = file.map(|it| &it.claim.front);
            let about = front.into_iter().flat_map(|it| &it.about);
            let old = front.into_iter().flat_map(|it| &it.redirect_from);
            let told_in = it.file.map(TextIdx::Claim);
            let redirects = old.filter_map(|old| Some((old.value.clone(), told_in?)));
            Proposition {
                slug: it.slug.clone(),
                sentence: it.sentence.clone(),
                file: it.file,
                about: about.map(|it| Party::named(&it.value, texts)).collect(),
                stances: Vec::new(),
                turns: Vec::new(),
                told_in: Vec::new(),
                redirect_from: redirects.collect(),
            }
        };
        self.known.iter().map(new).collect()
    }

    fn report_unknown(&self, texts: &Texts, log: &mut Vec<Diagnostic>) {
        let mut budget = MOST_COMPARED;
        for (text, _, annotation) in annotations(texts) {
            if let Some(ClaimRef::Slug(slug)) = claim_of(annotation)
                && !self.by_slug.contains_key(&slug.value)
            {
                let near = budget.checked_sub(self.by_slug.len()).and_then(|rest| {
                    budget = rest;
                    nearest(&slug.value, self.by_slug.keys().map(|it| &**it))
                });
                log.push(unknown(texts, text, slug, near));
            }
        }
    }
}

fn unknown(
    texts: &Texts,
    text: TextIdx,
    slug: &Placed<Box<str>>,
    near: Option<&str>,
) -> Diagnostic {
    let message = format!("no claim has the slug `{}`", slug.value);
    let span: Span = texts.document(text).span(slug.at);
    Diagnostic::new(
        Rule::UnknownClaim,
        span,
        message,
        match near {
            Some(near) => format!("write `{near}`"),
            None => format!(
                "add content/claims/{}.md, or write the claim as one full sentence",
                slug.value
            ),
        },
    )
}

/// The slug that a footnote gives its claim.
fn given_slug(annotation: &Annotation) -> Option<&Slug> {
    match &annotation.kind {
        Kind::Claim(it) => it.slug.as_ref().map(|it| &it.value),
        Kind::Quote(_)
        | Kind::Event(_)
        | Kind::Source(_)
        | Kind::Note { .. }
        | Kind::Correction { .. }
        | Kind::Plain => None,
    }
}

/// The claims as they are found: those with a file first, then those of the newest text.
#[derive(Default)]
struct Gathered {
    all: Vec<Nameless>,
    by_sentence: BTreeMap<String, usize>,
}

impl Gathered {
    fn add_file(&mut self, title: &str, file: ClaimFileIdx, slug: &Slug) {
        let folded = folded(title);
        self.by_sentence.entry(folded.clone()).or_insert(self.all.len());
        let (sentence, given) = (title.into(), Some(slug.clone()));
        self.all.push(Nameless { sentence, file: Some(file), given, folded });
    }

    fn add_sentence(&mut self, sentence: &str, slug: Option<&Slug>) {
        let folded = folded(sentence);
        if let Some(at) = self.by_sentence.get(&folded) {
            let known = &mut self.all[*at].given;
            if known.is_none() {
                *known = slug.cloned();
            }
            return;
        }
        self.by_sentence.insert(folded.clone(), self.all.len());
        let (sentence, given) = (sentence.into(), slug.cloned());
        self.all.push(Nameless { sentence, file: None, given, folded });
    }

    /// Gives each claim its slug. Of two whose words make the same one the older text's has
    /// it, so that an address never changes for what is written later.
    ///
    /// Slugs that are given by hand are set aside first, whatever their age: a made one must
    /// not take them. Then the claims are gone through from the oldest text on.
    fn named(self) -> Identities {
        let given = self.all.iter().filter_map(|it| it.given.clone());
        let mut taken: BTreeSet<Slug> = given.collect();
        let mut numbers: BTreeMap<Slug, u32> = BTreeMap::new();
        let mut known: Vec<(Known, String)> = Vec::with_capacity(self.all.len());
        for Nameless { sentence, file, given, folded } in self.all.into_iter().rev() {
            let slug = given.unwrap_or_else(|| {
                let base = slug_of(&sentence, &folded);
                let slug = free(&base, &taken, &mut numbers);
                taken.insert(slug.clone());
                slug
            });
            known.push((Known { slug, sentence, file }, folded));
        }
        known.sort_by(|(a, _), (b, _)| a.slug.cmp(&b.slug).then(a.file.cmp(&b.file)));
        let of_file = |at: ClaimIdx| known[at.0 as usize].0.file;
        let mut by_slug = BTreeMap::new();
        let mut by_sentence = BTreeMap::new();
        for (idx, (it, folded)) in (0..).map(ClaimIdx).zip(&known) {
            by_slug.entry(it.slug.as_str().into()).or_insert(idx);
            // A file has the words of footnotes; of two with one sentence the first by slug.
            let known_file = by_sentence.get(folded).and_then(|at| of_file(*at));
            if known_file.is_none()
                && (it.file.is_some() || !by_sentence.contains_key(folded))
            {
                by_sentence.insert(folded.clone(), idx);
            }
        }
        let known = known.into_iter().map(|(it, _)| it).collect();
        Identities { known, by_slug, by_sentence }
    }
}

/// The first few words of a sentence as a slug; of one without letters or digits a number
/// that is always the same.
fn slug_of(sentence: &str, folded: &str) -> Slug {
    let slug = Slug::from_title(sentence);
    let cut = slug.as_ref().map(|slug| cut(slug.as_str()));
    cut.and_then(Slug::from_title).unwrap_or_else(|| {
        // Eight hexadecimal digits are plenty for the few claims without any letter.
        let number = XxHash3_128::oneshot(folded.as_bytes()) >> 96;
        Slug::from_title(&format!("claim-{number:08x}")).expect("it has letters")
    })
}

/// As many whole words as [`MAX_SLUG`] has room for.
fn cut(slug: &str) -> &str {
    if slug.len() <= MAX_SLUG {
        return slug;
    }
    let mut end = MAX_SLUG;
    while !slug.is_char_boundary(end) {
        end -= 1;
    }
    slug[..end].rsplit_once('-').map_or(&slug[..end], |(words, _)| words)
}

/// The slug itself, or the first free one with a number behind it.
fn free(base: &Slug, taken: &BTreeSet<Slug>, numbers: &mut BTreeMap<Slug, u32>) -> Slug {
    if !taken.contains(base) {
        return base.clone();
    }
    let number = numbers.entry(base.clone()).or_insert(1);
    loop {
        *number += 1;
        let numbered = Slug::from_title(&format!("{base}-{number}"));
        let numbered = numbered.expect("it has the letters of the other one");
        if !taken.contains(&numbered) {
            return numbered;
        }
    }
}

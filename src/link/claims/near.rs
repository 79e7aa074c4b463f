//! Claims whose words are nearly those of another: they are reported, since they should
//! probably be one.
//!
//! Two sentences are near if they differ in one word that one of them lacks or has in
//! another spelling. Comparing each with each would take a minute at 10,000; instead each is
//! filed under itself and under itself without each of its words, and only those that meet
//! there are compared.

use std::cmp::Reverse;
use std::collections::HashMap;

use twox_hash::XxHash3_128;

use crate::diagnostic::{Diagnostic, Rule};
use crate::link::claims::proposition::{ClaimIdx, Claims, Proposition, folded};
use crate::link::claims::stances::place;
use crate::link::texts::{TextIdx, Texts};

/// Sentences of fewer words differ in too much by one of them.
const LEAST_WORDS: usize = 5;

/// Longer sentences are not compared: nobody writes one twice with one word of difference.
const MOST_WORDS: usize = 60;

/// The claims that are near another one, each with that one. They follow from the sentences
/// alone, so those of `last` are taken if the sentences are the same: a save seldom changes
/// one, and looking takes longer than all else that is done with claims.
pub(super) fn pairs(all: &[Proposition], last: &Claims) -> Vec<(ClaimIdx, ClaimIdx)> {
    let mut same = all.iter().zip(&last.all);
    if all.len() == last.all.len() && same.all(|(a, b)| a.sentence == b.sentence) {
        return last.near.clone();
    }
    let words: Vec<Vec<String>> = all.iter().map(|it| words(&it.sentence)).collect();
    let mut filed: HashMap<u128, ClaimIdx> = HashMap::new();
    let mut pairs = Vec::new();
    for (at, sentence) in (0..).map(ClaimIdx).zip(&words) {
        if !(LEAST_WORDS..=MOST_WORDS).contains(&sentence.len()) {
            continue;
        }
        let mut near = None;
        for key in keys(sentence) {
            let first = *filed.entry(key).or_insert(at);
            let is_new = first != at && near.is_none();
            if is_new && are_near(&words[first.0 as usize], sentence) {
                near = Some(first);
            }
        }
        pairs.extend(near.map(|first| (first, at)));
    }
    pairs
}

/// Reports each pair, at the newer of the two.
pub(super) fn report(claims: &Claims, texts: &Texts, log: &mut Vec<Diagnostic>) {
    for (a, b) in &claims.near {
        log.extend(diagnostic(claims.get(*a), claims.get(*b), texts));
    }
}

fn words(sentence: &str) -> Vec<String> {
    let folded = folded(sentence);
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    words.filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// What a sentence is filed under: all its words, and all but one.
fn keys(words: &[String]) -> impl Iterator<Item = u128> {
    let without = |left_out: usize| {
        let rest = words.iter().enumerate().filter(|(at, _)| *at != left_out);
        let rest: Vec<&str> = rest.map(|(_, it)| it.as_str()).collect();
        XxHash3_128::oneshot(rest.join(" ").as_bytes())
    };
    (0..=words.len()).map(without)
}

/// Whether two lists of words are equal but for one that is missing or misspelled. They share
/// a key, so they are known to agree but for a word of each.
///
/// A missing word (`will not` for `will`) and a change of a letter or two (`had` for `has`)
/// deserve a second look by the editor. Another number makes another claim, and so does another
/// word: `the union` for `the port`.
fn are_near(a: &[String], b: &[String]) -> bool {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    if a.len() != b.len() {
        // By the key that they share, the shorter one is the longer one without a word.
        return a.len().abs_diff(b.len()) == 1;
    }
    let (Some(a), Some(b)) = (a.get(same), b.get(same)) else { return true };
    let has_digit = |word: &str| word.bytes().any(|it| it.is_ascii_digit());
    !has_digit(a) && !has_digit(b) && strsim::osa_distance(a, b) <= 2
}

fn diagnostic(a: &Proposition, b: &Proposition, texts: &Texts) -> Option<Diagnostic> {
    let written = |it: &Proposition| {
        if let Some(file) = it.file {
            return Some((TextIdx::Claim(file), None));
        }
        // Where it was first written: in the oldest text, and there at the top.
        let oldest = it.told_in.last()?.0;
        let first = it.told_in.iter().find(|(text, _)| *text == oldest)?;
        Some((first.0, Some(first.1)))
    };
    let (first, second) = (written(a)?, written(b)?);
    // The newest brief comes first of all texts; of two claims the newer gives way, and one
    // with a file never does.
    let is_second_newer = match (a.file, b.file) {
        (Some(_), _) => true,
        (None, Some(_)) => false,
        (None, None) => (second.0, Reverse(second.1)) < (first.0, Reverse(first.1)),
    };
    let ((newer, newer_at), (older, older_at), kept) =
        if is_second_newer { (second, first, a) } else { (first, second, b) };
    let message = format!("nearly the words of another claim: `{}`", kept.with_stop());
    let span = place(newer, newer_at, texts);
    let help = match kept.file {
        Some(_) => format!("write `claim: {}` if it is the same claim", kept.slug),
        None => "write the same sentence if it is the same claim, and `denied-by` for a denial"
            .to_owned(),
    };
    let said = Diagnostic::new(Rule::NearClaim, span, message, help);
    Some(said.label(place(older, older_at, texts), "the other one is here"))
}

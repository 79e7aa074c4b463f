//! The short forms by which an entity is called in a text that has its full name.

use crate::language::{Language, Names};
use crate::link::registry::companies::without_form;
use crate::link::registry::entry::NamedEntity;
use crate::link::registry::fold::folded;
use crate::link::registry::inflected;
use crate::link::registry::spellings::{is_own_word, letters, transliterated, unmarked};
use crate::link::registry::surnames::{is_initial, surnames};
use crate::parse::entity::EntityKind;

/// A short form of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::link) struct ShortForm {
    /// The words, folded.
    pub(in crate::link) text: Box<str>,
    /// What they are of the name.
    pub(in crate::link) kind: ShortFormKind,
}

/// What a short form is of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::link) enum ShortFormKind {
    /// The family name of a person: `Rubio`.
    Surname,
    /// What stands before `Group`, `Bank` and the like: `Halden`.
    Head,
    /// The last word of a team's name: `Chargers`.
    LastWord,
    /// The first letters: `AHC`.
    Initials,
}

/// The short forms of an entity's name in texts of a language. `is_free` tells whether a form
/// is nobody else's name.
pub(super) fn of(
    named: &NamedEntity,
    language: &Language,
    is_free: impl Fn(&str) -> bool,
) -> Vec<ShortForm> {
    let name = folded(&named.name);
    let form = |kind| move |text: String| ShortForm { text: text.into(), kind };
    match named.kind {
        EntityKind::Person => family(&name, language)
            .into_iter()
            .map(form(ShortFormKind::Surname))
            .collect(),
        EntityKind::Organization => {
            let head = head(&name, language)
                .filter(|it| is_free(it))
                .map(form(ShortFormKind::Head));
            let last = last_word(&name, language).filter(|it| is_free(it));
            let last = last.map(form(ShortFormKind::LastWord));
            let initials = letters(&name).map(form(ShortFormKind::Initials));
            head.into_iter().chain(last).chain(initials).collect()
        }
        _ => Vec::new(),
    }
}

/// The surnames of a person in all the forms that a text may have.
fn family(name: &str, language: &Language) -> Vec<String> {
    let mut family: Vec<String> = surnames(name).into_iter().map(str::to_owned).collect();
    let words: Vec<&str> = name.split(' ').collect();
    if let [first, _] | [first, _, _] = words[..]
        && Names::table().family_names.has(first)
    {
        family.push(first.to_owned()); // `Xi` of Xi Jinping
    }
    // Where the family name stands first, people are called by the last word.
    if let (true, [_, .., last]) = (language.family_name_first, &words[..])
        && last.chars().count() == 2
    {
        family.push((*last).to_owned());
    }
    family.extend(without_given_names(&words));
    let mut forms = Vec::new();
    for surname in family {
        forms.extend(unmarked(&surname));
        forms.extend(transliterated(&surname));
        forms.extend(inflected::forms(&surname, language));
        // A particle takes a capital where a sentence begins: `Von der Leyen said`.
        if surname.starts_with(char::is_lowercase) {
            let mut chars = surname.chars();
            let first = chars.next().into_iter().flat_map(char::to_uppercase);
            forms.push(first.chain(chars).collect());
        }
        forms.push(surname);
    }
    forms
}

/// `Lula da Silva` of Luiz Inácio Lula da Silva: the last words of a long name, two at least.
fn without_given_names(words: &[&str]) -> Vec<String> {
    let is_begin = |it: &&str| it.starts_with(char::is_uppercase) && !is_initial(it);
    let from = 1..words.len().saturating_sub(1);
    let from = from.filter(|at| is_begin(&words[*at]));
    let last = words.last().is_some_and(|it| it.ends_with(['.', ')']));
    from.filter(|_| !last).map(|at| words[at..].join(" ")).collect()
}

/// `Halden` of `Halden Group`; none where the rest is an everyday word or an adjective.
fn head(name: &str, language: &Language) -> Option<String> {
    let core = without_form(name).map_or(name, |(core, _)| core);
    let mut words: Vec<&str> = core.split(' ').collect();
    while words.len() > 1 && words.last().is_some_and(|it| language.tail_words.has(it)) {
        words.pop();
    }
    let head = words.join(" ");
    let is_shorter = head.len() < core.len();
    (is_shorter && (words.len() > 1 || is_own_word(&head, language))).then_some(head)
}

/// `Chargers` of `Norwick Chargers`: a plural that is not an everyday word.
fn last_word(name: &str, language: &Language) -> Option<String> {
    let (rest, last) = name.rsplit_once(' ')?;
    let is_team = last.ends_with('s')
        && !last.ends_with("ss")
        && last.chars().count() >= 5
        && name.split(' ').all(|it| it.starts_with(char::is_uppercase))
        && !rest.is_empty()
        && !language.tail_words.has(last)
        && !language.plain_plurals.has(last)
        && is_own_word(last, language)
        && !Names::table().teams.has(last);
    is_team.then(|| last.to_owned())
}

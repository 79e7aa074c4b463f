//! The spellings of a name that go without saying.

use unicode_normalization::UnicodeNormalization;

use crate::date::{MONTHS, WEEKDAYS};
use crate::language::{Language, Names};
use crate::link::registry::companies::without_form;
use crate::link::registry::entry::UseKind;
use crate::link::registry::surnames::{is_initial, without_generation};
use crate::parse::entity::EntityKind;

/// The spellings of a name, without the name itself, and what each is to the entity.
pub(super) fn spellings(
    name: &str,
    kind: EntityKind,
    language: &Language,
) -> Vec<(UseKind, String)> {
    let mut variants = variants(name, kind, language);
    variants.retain(|it| it != name);
    variants.sort();
    variants.dedup();
    let mut found: Vec<(UseKind, String)> =
        variants.iter().map(|it| (UseKind::Variant, it.clone())).collect();
    for spelling in [name].into_iter().chain(variants.iter().map(|it| &**it)) {
        let unmarked = unmarked(spelling).into_iter();
        let is_safe = |it: &String| it.contains(' ') || is_own_word(it, language);
        found.extend(unmarked.filter(is_safe).map(|it| (UseKind::Marks, it)));
    }
    if kind != EntityKind::Person {
        short_names(name, &mut found);
    }
    match kind {
        EntityKind::Person => {
            nicknames(name, &mut found);
            found.extend(transliterated(name).into_iter().map(|it| (UseKind::Marks, it)));
        }
        EntityKind::Organization => {
            found.extend(core(name, language).map(|it| (UseKind::Core, it)));
            found.extend(initials(name).map(|it| (UseKind::Initials, it)));
        }
        _ => {}
    }
    found
}

/// The spellings that are as sure as the name.
fn variants(name: &str, kind: EntityKind, language: &Language) -> Vec<String> {
    let mut base = vec![name.to_owned()];
    if kind == EntityKind::Person {
        let core = without_generation(name).map_or(name, |(core, _)| core);
        base.push(core.to_owned());
        base.push(without_middle_initials(core));
        base.extend(prince(name, language));
    } else {
        let core = without_form(name).map(|(core, _)| core);
        base.extend(core.filter(|core| core.contains(' ')).map(str::to_owned));
        base.extend(without_club_form(name));
        for at in 0..base.len() {
            base.extend(department(&base[at]));
        }
        for at in 0..base.len() {
            base.extend(other_country(&base[at]));
        }
    }
    if kind == EntityKind::Thing {
        base.extend(plurals(name, language));
    }
    let mut found = Vec::new();
    for name in &base {
        without_article(name, &mut found);
        found.extend(other_points(name));
        found.extend(other_initials(name));
        if name.contains(" & ") {
            found.push(name.replace(" & ", " and "));
        } else if name.contains(" and ") {
            found.push(name.replace(" and ", " & "));
        }
        // Arabic writes `for the` as one word, in which the article loses a letter.
        found.extend(name.strip_prefix("ال").map(|rest| format!("لل{rest}")));
    }
    found.extend(base);
    found
}

/// `Norwick United` for `Norwick United F.C.`; one word alone may be the town.
fn without_club_form(name: &str) -> Option<String> {
    let forms = &Names::table().club_forms;
    let is_form = |it: &str| forms.has(it);
    let before = name.rsplit_once(' ').filter(|(_, last)| is_form(last)).map(|it| it.0);
    let behind = name.split_once(' ').filter(|(first, _)| is_form(first)).map(|it| it.1);
    before.or(behind).filter(|it| it.contains(' ')).map(str::to_owned)
}

/// `Donald Trump` for `Donald J. Trump`.
fn without_middle_initials(name: &str) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let is_inner = |at: usize| at > 0 && at + 1 < words.len();
    let kept = words.iter().enumerate();
    let kept = kept.filter(|(at, word)| !(is_inner(*at) && is_initial(word)));
    kept.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
}

/// `World Over` for `The World Over`: the article is left out where the rest can stand
/// alone.
fn without_article(name: &str, found: &mut Vec<String>) {
    let rest = name.strip_prefix("The ").or_else(|| name.strip_prefix("the "));
    let Some(rest) = rest else { return };
    found.push(format!("The {rest}"));
    let stands_alone = rest.contains(' ') && rest.starts_with(char::is_uppercase);
    found.push(if stands_alone { rest.to_owned() } else { format!("the {rest}") });
}

/// `U.S.` for `US` and the reverse.
fn other_points(name: &str) -> Option<String> {
    let is_letters = |text: &str| {
        (2..=4).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_uppercase())
    };
    if is_letters(name) {
        return Some(name.chars().flat_map(|c| [c, '.']).collect());
    }
    let plain = name.replace('.', "");
    (name.len() == plain.len() * 2 && is_letters(&plain)).then_some(plain)
}

/// `J. P. Dunn` and `JP Dunn` for `J.P. Dunn`.
fn other_initials(name: &str) -> Vec<String> {
    let Some(surname_at) = name
        .split(' ')
        .take_while(|it| is_initials(it))
        .map(|it| it.len() + 1)
        .reduce(|a, b| a + b)
    else {
        return Vec::new();
    };
    let Some(rest) = name.get(surname_at..).filter(|it| !it.is_empty()) else {
        return Vec::new();
    };
    let letters: Vec<char> =
        name[..surname_at].chars().filter(|c| c.is_alphabetic()).collect();
    if letters.len() < 2 {
        return Vec::new();
    }
    let dotted = |between: &str| {
        let letters: Vec<String> = letters.iter().map(|c| format!("{c}.")).collect();
        format!("{} {rest}", letters.join(between))
    };
    let plain: String = letters.iter().collect();
    vec![dotted(""), dotted(" "), format!("{plain} {rest}")]
}

/// `J.`, `J.P.` or `JP`.
fn is_initials(word: &str) -> bool {
    let is_plain =
        (2..=3).contains(&word.len()) && word.bytes().all(|it| it.is_ascii_uppercase());
    is_plain || is_initial(word) && word.ends_with('.')
}

/// `X Department` for `Department of X` and the reverse.
fn department(name: &str) -> Option<String> {
    const OFFICES: [&str; 2] = ["Department", "Ministry"];
    let (country, rest) = split_country(name);
    for office in OFFICES {
        let of = rest.strip_prefix(office).and_then(|it| it.strip_prefix(" of "));
        if let Some(field) = of {
            let field = field.strip_prefix("the ").unwrap_or(field);
            return Some(format!("{country}{field} {office}"));
        }
        let field = rest.strip_suffix(office).and_then(|it| it.strip_suffix(' '));
        if let Some(field) = field.filter(|it| it.starts_with(char::is_uppercase)) {
            return Some(format!("{country}{office} of {field}"));
        }
    }
    None
}

/// The spellings of one country before a name; offices are persons', and left alone.
const COUNTRIES: [[&str; 3]; 2] =
    [["US ", "U.S. ", "United States "], ["UK ", "U.K. ", "United Kingdom "]];

/// The country that a name begins with, with its space, and the rest.
fn split_country(name: &str) -> (&str, &str) {
    let all = COUNTRIES.iter().flatten();
    let country =
        all.into_iter().find(|it| name.starts_with(**it)).map_or(0, |it| it.len());
    name.split_at(country)
}

/// `U.S. Senate` for `US Senate`.
fn other_country(name: &str) -> Vec<String> {
    let (country, rest) = split_country(name);
    let others = COUNTRIES.iter().find(|it| it.contains(&country));
    let others = others.filter(|_| rest.starts_with(char::is_uppercase));
    others.map_or(Vec::new(), |it| it.iter().map(|it| format!("{it}{rest}")).collect())
}

/// `Prince William` for `William, Prince of Wales`.
fn prince(name: &str, language: &Language) -> Option<String> {
    let (given, rest) = name.split_once(", ")?;
    let title = rest.split(' ').next()?;
    let is_title = language.titles.has(title) && rest.contains(" of ");
    (is_title && !given.contains(' ')).then(|| format!("{title} {given}"))
}

/// The plurals of a thing of one word, which are written small or large.
fn plurals(name: &str, language: &Language) -> Vec<String> {
    if !name.is_ascii() || !is_own_word(name, language) || name.contains([' ', '-', '.'])
    {
        return Vec::new();
    }
    match name.as_bytes() {
        [.., b's' | b'x' | b'z'] | [.., b'c' | b's', b'h'] => vec![format!("{name}es")],
        [rest @ .., before, b'y'] if !b"aeiou".contains(before) => {
            let stem = &name[..=rest.len()];
            vec![format!("{stem}ies")]
        }
        [.., last] if last.is_ascii_lowercase() => vec![format!("{name}s")],
        _ => Vec::new(),
    }
}

/// `Orban` for `Orbán`, and `Soeder` for `Söder`; none for a name without marks.
pub(in crate::link) fn unmarked(name: &str) -> Vec<String> {
    if name.is_ascii() {
        return Vec::new();
    }
    let mut plain = String::new();
    let mut german = String::new();
    for c in name.chars() {
        let (of_plain, of_german) = match c {
            'ä' => ("a", "ae"),
            'ö' | 'ø' => ("o", "oe"),
            'ü' => ("u", "ue"),
            'Ä' => ("A", "Ae"),
            'Ö' | 'Ø' => ("O", "Oe"),
            'Ü' => ("U", "Ue"),
            'ß' => ("ss", "ss"),
            'å' => ("a", "aa"),
            'Å' => ("A", "Aa"),
            'æ' => ("ae", "ae"),
            'Æ' => ("Ae", "Ae"),
            'œ' => ("oe", "oe"),
            'ł' => ("l", "l"),
            'Ł' => ("L", "L"),
            'đ' | 'ð' => ("d", "d"),
            'Đ' => ("D", "D"),
            'ı' => ("i", "i"),
            'þ' => ("th", "th"),
            'Þ' => ("Th", "Th"),
            c => {
                let mut letters = std::iter::once(c).nfd();
                let first = letters.next().filter(char::is_ascii).unwrap_or(c);
                plain.push(first);
                german.push(first);
                continue;
            }
        };
        plain.push_str(of_plain);
        german.push_str(of_german);
    }
    let mut found = vec![plain, german];
    found.dedup();
    found.retain(|it| it != name);
    found
}

/// Whether a word that is somebody's name is not an everyday one too.
pub(in crate::link) fn is_own_word(word: &str, language: &Language) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() >= 4
        && !language.common_words.has(word)
        && !language.openers.has(word)
        && !language.titles.has(word)
        && !language.institutions.has(word)
        && !language.directions.has(word)
        && !language.demonym_endings.ends(word)
        && !MONTHS.contains(&word)
        && !WEEKDAYS.contains(&word)
}

/// `Bob Holm` for `Robert Holm`, and the reverse.
fn nicknames(name: &str, found: &mut Vec<(UseKind, String)>) {
    let core = without_generation(name).map_or(name, |(core, _)| core);
    let core = without_middle_initials(core);
    let Some((given, rest)) = core.split_once(' ') else { return };
    for row in &Names::table().nicknames {
        let others = match row.iter().position(|it| &**it == given) {
            Some(0) => &row[1..],
            Some(_) => &row[..1],
            None => continue,
        };
        let others = others.iter().map(|it| format!("{it} {rest}"));
        found.extend(others.map(|it| (UseKind::Nickname, it)));
    }
}

/// `US` and `U.S.` for `United States`: a few that everybody knows.
fn short_names(name: &str, found: &mut Vec<(UseKind, String)>) {
    let rows = Names::table().short_names.iter();
    let row = rows.into_iter().find(|row| row.first().is_some_and(|it| **it == *name));
    let short = row.into_iter().flat_map(|row| &row[1..]);
    found.extend(short.map(|it| (UseKind::Initials, it.to_string())));
}

/// Endings of names that are written in several ways in Latin letters.
const ENDINGS: [&str; 4] = ["skyi", "skyy", "skiy", "sky"];

/// `Zelensky` for `Zelenskyy`, and the reverse.
pub(in crate::link) fn transliterated(name: &str) -> Vec<String> {
    let ending = ENDINGS.into_iter().find(|it| name.ends_with(it));
    let stem = ending.and_then(|it| name.strip_suffix(it));
    let others = ENDINGS.into_iter().filter(|it| Some(*it) != ending);
    stem.map_or(Vec::new(), |stem| others.map(|it| format!("{stem}{it}")).collect())
}

/// `Apple` for `Apple Inc.`, unless it is an everyday word.
fn core(name: &str, language: &Language) -> Option<String> {
    let (core, _) = without_form(name)?;
    let is_free = |it: &&str| {
        it.chars().count() >= 3
            && !language.openers.has(it)
            && !language.titles.has(it)
            && !language.institutions.has(it)
            && !language.directions.has(it)
            && !MONTHS.contains(it)
            && !WEEKDAYS.contains(it)
            && !language.demonym_endings.ends(it)
    };
    (!core.contains(' ')).then_some(core).filter(is_free).map(str::to_owned)
}

/// `AHC` for `American Health Council`: three letters at least.
pub(in crate::link) fn initials(name: &str) -> Option<String> {
    let letters = letters(name)?;
    (3..=6).contains(&letters.chars().count()).then_some(letters)
}

/// The first letters of a name of two capitalized words or more.
pub(in crate::link) fn letters(name: &str) -> Option<String> {
    let name = without_form(name).map_or(name, |(core, _)| core);
    let name = name.strip_prefix("The ").unwrap_or(name);
    let words: Vec<&str> = name.split([' ', '-']).collect();
    let capitals = words.iter().filter_map(|it| it.chars().next());
    let capitals: String = capitals.filter(|c| c.is_uppercase()).collect();
    let is_plain =
        name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\''));
    (is_plain && capitals.chars().count() >= 2).then_some(capitals)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, kind: EntityKind) -> String {
        let mut found: Vec<String> = spellings(name, kind, Language::of("en"))
            .into_iter()
            .map(|(kind, it)| match kind {
                UseKind::Variant => it,
                kind => format!("{it}={kind:?}"),
            })
            .collect();
        found.sort();
        found.join("; ")
    }

    #[test]
    fn names_have_spellings_that_go_without_saying() {
        use EntityKind::{Law, Organization, Person, Place, Thing, Work};
        let cases = [
            (
                "Donald J. Trump",
                Person,
                "Don Trump=Nickname; Donald Trump; Donnie Trump=Nickname",
            ),
            (
                "Al F. Kenedy Jr.",
                Person,
                "Al F. Kenedy; Al Kenedy; Albert Kenedy=Nickname; Alfred Kenedy=Nickname",
            ),
            ("Acme Rail Inc.", Organization, "Acme Rail"),
            ("Vexor Inc.", Organization, "Vexor=Core"),
            ("American Inc.", Organization, ""),
            ("The World Over", Work, "World Over"),
            ("US", Place, "U.S."),
            ("Viktor Orbán", Person, "Viktor Orban=Marks"),
            ("Söder Act", Law, "Soder Act=Marks; Soeder Act=Marks"),
            ("J.P. Dunn", Person, "J. P. Dunn; JP Dunn"),
            ("JD Vance", Person, "J. D. Vance; J.D. Vance"),
            ("Marks & Sorrel", Organization, "Marks and Sorrel"),
            ("William, Prince of Wales", Person, "Prince William"),
            ("Coinjoin", Thing, "Coinjoins"),
            ("Berry", Thing, ""),
            ("Norwick United F.C.", Organization, "Norwick United"),
            (
                "FC Port Sella",
                Organization,
                "F. C. Port Sella; F.C. Port Sella; FPS=Initials; Port Sella",
            ),
            ("Norwick F.C.", Organization, ""),
            ("United Nations", Organization, "U.N.=Initials; UN=Initials"),
            (
                "Ada Holmsky",
                Person,
                "Ada Holmskiy=Marks; Ada Holmskyi=Marks; Ada Holmskyy=Marks",
            ),
            ("Signal", Thing, ""),
        ];
        for (name, kind, expected) in cases {
            assert_eq!(found(name, kind), expected, "{name}");
        }
        let department = found("US Department of Trade", Organization);
        for expected in
            ["U.S. Department of Trade", "United States Trade Department", "UDT=Initials"]
        {
            assert!(department.contains(expected), "{expected}: {department}");
        }
    }
}

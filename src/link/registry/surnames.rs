//! The short forms by which a person is called once the full name has been given.
//!
//! The language of a name cannot be known from the name, so these are the forms that are
//! safe in most: the last word, the last two of three or more (`López Obrador`), or all
//! from a particle (`von der Leyen`). The *first* word is never one: whoever writes `Xi`
//! for Xi Jinping says so with an alias.

use crate::language::Names;

/// A name without its `Jr.`, and the `Jr.`; `None` when it has none.
pub fn without_generation(name: &str) -> Option<(&str, &str)> {
    let (core, last) = name.rsplit_once(' ')?;
    let core = core.trim_end_matches(',');
    (Names::table().generations.has(last) && core.contains(' ')).then_some((core, last))
}

/// The surnames of a person's full name, longest first; none for a name of one word.
pub fn surnames(name: &str) -> Vec<&str> {
    let names = Names::table();
    let name = without_generation(name).map_or(name, |(core, _)| core);
    let starts: Vec<usize> = std::iter::once(0)
        .chain(name.match_indices(' ').map(|(at, _)| at + 1))
        .filter(|&start| !name[start..].starts_with('('))
        .collect();
    let word = |i: usize| name[starts[i]..].split(' ').next().unwrap_or_default();
    let last = starts.len() - 1;
    if last == 0 || name.ends_with(')') || names.teams.has(word(last)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let particle = (1..last).find(|&i| names.particles.has(&word(i).to_lowercase()));
    let joined = (2..last).find(|&i| names.joiners.has(word(i)));
    match (particle, joined) {
        (Some(i), _) => found.push(&name[starts[i]..]),
        (None, Some(i)) => found.push(&name[starts[i - 1]..]),
        (None, None) => {
            if last >= 2 && !is_initial(word(last - 1)) {
                found.push(&name[starts[last - 1]..]);
            }
            found.push(&name[starts[last]..]);
        }
    }
    if particle.is_none() {
        found.extend(names.surname_prefixes.strip_prefix(word(last)));
    }
    // `Un` of Kim Jong Un begins many a French sentence.
    found.retain(|surname| surname.chars().filter(|c| c.is_alphabetic()).count() >= 3);
    found
}

/// Whether a word of a name is an initial: `J`, `J.` or `J.K.`
pub fn is_initial(word: &str) -> bool {
    let mut letters = word.split('.').filter(|part| !part.is_empty()).peekable();
    let one =
        |part: &str| part.chars().count() == 1 && part.chars().all(char::is_uppercase);
    letters.peek().is_some() && letters.all(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surname_is_what_follows_the_given_names() {
        let cases: [(&str, &[&str]); 14] = [
            ("", &[]),
            ("Madonna", &[]),
            ("Donald Trump", &["Trump"]),
            ("Donald J. Trump", &["Trump"]),
            ("Martin Luther King Jr.", &["Luther King", "King"]),
            ("Ursula von der Leyen", &["von der Leyen"]),
            ("Robert De Niro", &["De Niro"]),
            ("Mohammed bin Salman", &["bin Salman"]),
            ("Juana de la Cruz", &["de la Cruz"]),
            ("Andrés Manuel López Obrador", &["López Obrador", "Obrador"]),
            ("José Ortega y Gasset", &["Ortega y Gasset"]),
            ("Bashar al-Assad", &["al-Assad", "Assad"]),
            ("Xi Jinping", &["Jinping"]),
            ("Kim Jong Un", &["Jong Un"]),
        ];
        for (name, expected) in cases {
            assert_eq!(surnames(name), expected, "{name}");
        }
    }
}

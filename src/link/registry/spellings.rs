//! The spellings of a name that go without saying.

use crate::link::registry::UseKind;
use crate::link::registry::companies::without_form;
use crate::link::registry::surnames::{is_initial, without_generation};
use crate::parse::entity::EntityKind;

/// The spellings of a name, without the name itself, and what each is to the entity.
pub(super) fn spellings(name: &str, kind: EntityKind) -> Vec<(UseKind, String)> {
    let mut found = Vec::new();
    let mut base = vec![name.to_owned()];
    if kind == EntityKind::Person {
        let core = without_generation(name).map_or(name, |(core, _)| core);
        base.push(core.to_owned());
        base.push(without_middle_initials(core));
    } else if let Some((core, _)) = without_form(name)
        && core.contains(' ')
    {
        base.push(core.to_owned());
    }
    for name in &base {
        without_article(name, &mut found);
        found.extend(other_points(name));
    }
    found.extend(base);
    found.retain(|it| it != name);
    found.sort();
    found.dedup();
    found.into_iter().map(|it| (UseKind::Variant, it)).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_spellings_that_go_without_saying() {
        let cases: [(&str, EntityKind, &[&str]); 6] = [
            ("Donald J. Trump", EntityKind::Person, &["Donald Trump"]),
            (
                "Robert F. Kennedy Jr.",
                EntityKind::Person,
                &["Robert F. Kennedy", "Robert Kennedy"],
            ),
            ("Acme Rail Inc.", EntityKind::Organization, &["Acme Rail"]),
            ("Apple Inc.", EntityKind::Organization, &[]),
            ("The World Over", EntityKind::Work, &["World Over"]),
            ("US", EntityKind::Place, &["U.S."]),
        ];
        for (name, kind, expected) in cases {
            let found: Vec<String> =
                spellings(name, kind).into_iter().map(|(_, it)| it).collect();
            assert_eq!(found, expected, "{name}");
        }
    }
}

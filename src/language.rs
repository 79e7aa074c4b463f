//! What the program knows of languages and of names: tables under `data/`, not code.
//!
//! The tables are compiled in and read when they are first asked for. They never change,
//! so they are constants that happen to be written in TOML.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

/// The tables of one language, `data/languages/*.toml`.
///
/// Names are often foreign to the text they stand in: what English knows of names counts
/// in every language, except for the words that are only English.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Language {
    /// Words with a capital that begin sentences: `Despite Mexico`.
    pub openers: Words,
    /// Words with a capital that begin a sentence after a quotation.
    pub followers: Words,
    /// Titles and offices, which make no name longer: `President Rubio`.
    pub titles: Words,
    /// Words behind a name that make it another's: `Trump Tower`.
    pub institutions: Words,
    /// Words behind an acronym that make it another's: `US Steel`.
    pub institutions_of_acronyms: Words,
    /// Words before `of` and a name that make it another: `Bank of America`.
    pub heads_of: Words,
    /// Words before a name that make it another: `New Mexico`.
    pub directions: Words,
    /// How adjectives of places end: `Mexican`.
    pub demonym_endings: Words,
    /// Words behind a hyphen that keep a name what it is: `US-led`.
    pub hyphenated: Words,
    /// Words before a hyphen that keep a name what it is: `anti-Trump`.
    pub prefixes: Words,
    /// Names that are also common words: `Turkey`.
    pub common_words: Words,
    /// Words before a title that make it another: `vice president`.
    pub role_qualifiers: Words,
    /// Countries before a title, which do not: `US senator`.
    pub role_countries: Words,
    /// Words behind a title that end it: `mayor until 2024`.
    pub role_ends: Words,
    /// Words behind a title that say where it is held: `mayor in Norwick`.
    pub role_places: Words,
    /// Articles before a title.
    pub articles: Words,
    /// Words before a bare `8/8` that say that it is a date.
    pub date_openers: Words,
    /// Words that say that a sentence speaks of what is to come.
    pub looks_ahead: Words,
    /// Words behind `3/4` that say that it is a share.
    pub shares: Words,
    /// Small words inside names: `Bank of America`.
    pub name_connectors: Words,
}

/// What holds for names whatever the language of the text, `data/names.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Names {
    /// Words that begin a surname of several words.
    pub particles: Words,
    /// Words that join the halves of a surname.
    pub joiners: Words,
    /// Articles written together with a surname, which is used without them too.
    pub surname_prefixes: Words,
    /// What follows a surname and makes another person of it: `Jr.`
    pub generations: Words,
    /// The spellings of one legal form a row.
    pub legal_forms: Vec<Vec<Box<str>>>,
}

/// A list of words that is only asked whether it has one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Words(HashSet<Box<str>>);

impl Words {
    /// Whether a word is among them, letter by letter.
    pub fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    /// Whether the text begins with one of them; the rest behind the longest.
    pub fn strip_prefix<'a>(&self, text: &'a str) -> Option<&'a str> {
        self.0.iter().filter_map(|it| text.strip_prefix(&**it)).min_by_key(|it| it.len())
    }

    /// Whether the text ends with one of them.
    pub fn ends(&self, text: &str) -> bool {
        self.0.iter().any(|it| text.ends_with(&**it))
    }
}

/// A table that is read when it is first asked for.
type Table = LazyLock<Language>;

static ENGLISH: Table =
    LazyLock::new(|| table(include_str!("../data/languages/en.toml")));

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    toml::from_str(include_str!("../data/names.toml")).expect("a test reads the table")
});

impl Language {
    /// The tables of a language by its BCP 47 tag; those of English for one without its
    /// own.
    pub fn of(_tag: &str) -> &'static Language {
        &ENGLISH
    }
}

impl Names {
    /// The one table.
    pub fn table() -> &'static Names {
        &NAMES
    }
}

fn table(toml: &str) -> Language {
    toml::from_str(toml).expect("a test reads every table")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_sorted_and_has_no_word_twice() {
        for (name, text) in [
            ("names", include_str!("../data/names.toml")),
            ("en", include_str!("../data/languages/en.toml")),
        ] {
            let table: toml::Table = text.parse().unwrap();
            for (key, value) in table {
                let words: Vec<&str> = match &value {
                    toml::Value::Array(list) => {
                        list.iter().filter_map(toml::Value::as_str).collect()
                    }
                    _ => continue,
                };
                assert!(words.is_sorted_by(|a, b| a < b), "{key} of {name}");
            }
        }
        assert!(Names::table().generations.has("IV"));
        assert!(Language::of("en").openers.has("Despite"));
    }
}

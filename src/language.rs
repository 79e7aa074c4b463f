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
    /// Those of them that say it even of `1/4`, which may be a fraction.
    pub day_openers: Words,
    /// Words before a number that say that it is a version, a section, a ratio or a score.
    pub numbered: Words,
    /// Words that say that a sentence speaks of what is to come.
    pub looks_ahead: Words,
    /// Words behind a number that say that it is a share, a score or a version.
    pub shares: Words,
    /// Small words inside names: `Bank of America`.
    pub name_connectors: Words,
    /// Words that end a company's name and are left out: `Halden` of `Halden Group`.
    pub tail_words: Words,
    /// Plurals that end names of bodies and are not short forms of them: `Nations`.
    pub plain_plurals: Words,
    /// Words for `of` between an institution and a place.
    pub of: Words,
    /// What people do, behind a surname: `Green said`.
    pub verbs_of_people: Words,
    /// Whether every noun has a capital, as in German.
    pub nouns_have_capitals: bool,
    /// Whether the family name stands first, and the last word is how people are called.
    pub family_name_first: bool,
    /// Endings that a name takes, a row for each ending of its plain form, which stands
    /// first: `["", "s"]`.
    pub endings: Vec<Vec<Box<str>>>,
    /// The endings that are put to a name as it is; follow from `endings`.
    #[serde(skip)]
    pub suffixes: Words,
    /// Small words that stand before places: `in Norwick`.
    pub before_places: Words,
    /// Words that end names of places: `Harbor Island`.
    pub place_words: Words,
    /// Words of the names of bodies, beyond institutions: `Party`.
    pub body_words: Words,
    /// Words of the names of events: `Norwick Games`.
    pub event_words: Words,
    /// Words that begin or end names of laws: `Harbor Act`.
    pub law_words: Words,
    /// Small words before verbs: `they drone on`.
    pub before_verbs: Words,
    /// Letters written together with the word behind them.
    pub clitics: Words,
    /// Particles written together with the name before them.
    pub particles: Words,
    /// What makes a longer name of the one before it, in scripts without spaces.
    pub longer_behind: Words,
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
    /// Given names: before a full name they make another person of it.
    pub given_names: Words,
    /// Given names and their short forms, a row each: the long form first.
    pub nicknames: Vec<Vec<Box<str>>>,
    /// Names and the letters by which everybody knows them, a row each: the name first.
    pub short_names: Vec<Vec<Box<str>>>,
    /// What begins or ends the name of a club and is left out: `F.C.`
    pub club_forms: Words,
    /// Family names that stand first: `Xi Jinping` is called Xi.
    pub family_names: Words,
    /// Words that end the name of a team, not of a person: `News Team`.
    pub teams: Words,
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

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the text begins with one of them.
    pub fn begins(&self, text: &str) -> bool {
        self.0.iter().any(|it| text.starts_with(&**it))
    }

    /// Whether the text is nothing but some of them, at most `most`, one behind the other.
    pub fn join_to(&self, text: &str, most: usize) -> bool {
        let goes_on = |it: &str| {
            text.strip_prefix(it).is_some_and(|rest| self.join_to(rest, most - 1))
        };
        text.is_empty() || most > 0 && self.0.iter().any(|it| goes_on(it))
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

/// The tables of the other languages. What English knows of names counts in them too.
macro_rules! tables {
    ($($tag:literal),*) => {
        [$(($tag, LazyLock::new(|| {
            with_english(table(include_str!(concat!("../data/languages/", $tag, ".toml"))))
        }))),*]
    };
}

static OTHERS: [(&str, Table); 13] =
    tables!["ar", "de", "es", "fi", "fr", "it", "ja", "ko", "pt", "ru", "tr", "vi", "zh"];

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    toml::from_str(include_str!("../data/names.toml")).expect("a test reads the table")
});

impl Language {
    /// The tables of a language by its BCP 47 tag; those of English for one without its
    /// own.
    pub fn of(tag: &str) -> &'static Language {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        let other = OTHERS.iter().find(|(it, _)| it.eq_ignore_ascii_case(primary));
        other.map_or(&ENGLISH, |(_, table)| table)
    }
}

impl Language {
    /// Whether endings change the end of a name instead of being put to it.
    pub fn changes_endings(&self) -> bool {
        let is_change =
            |row: &Vec<Box<str>>| row.first().is_some_and(|it| !it.is_empty());
        self.endings.iter().any(is_change)
    }
}

impl Names {
    /// The one table.
    pub fn table() -> &'static Names {
        &NAMES
    }
}

fn table(toml: &str) -> Language {
    let mut language: Language = toml::from_str(toml).expect("a test reads every table");
    let rows =
        language.endings.iter().filter(|row| row.first().is_some_and(|it| it.is_empty()));
    language.suffixes = Words(rows.flat_map(|row| &row[1..]).cloned().collect());
    language
}

/// A language with what English knows of names, but for the words that are only English.
fn with_english(mut language: Language) -> Language {
    let english = &*ENGLISH;
    let add = |words: &mut Words, more: &Words| words.0.extend(more.0.iter().cloned());
    add(&mut language.openers, &english.openers);
    add(&mut language.followers, &english.followers);
    add(&mut language.titles, &english.titles);
    add(&mut language.institutions, &english.institutions);
    add(&mut language.institutions_of_acronyms, &english.institutions_of_acronyms);
    add(&mut language.heads_of, &english.heads_of);
    add(&mut language.directions, &english.directions);
    add(&mut language.hyphenated, &english.hyphenated);
    add(&mut language.prefixes, &english.prefixes);
    add(&mut language.name_connectors, &english.name_connectors);
    add(&mut language.of, &english.of);
    add(&mut language.tail_words, &english.tail_words);
    add(&mut language.plain_plurals, &english.plain_plurals);
    add(&mut language.place_words, &english.place_words);
    add(&mut language.body_words, &english.body_words);
    add(&mut language.event_words, &english.event_words);
    add(&mut language.law_words, &english.law_words);
    language
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_sorted_and_has_no_word_twice() {
        static DATA: include_dir::Dir<'_> =
            include_dir::include_dir!("$CARGO_MANIFEST_DIR/data");
        let languages = DATA.get_dir("languages").unwrap().files();
        for file in DATA.files().chain(languages) {
            let name = file.path().display().to_string();
            let text = file.contents_utf8().unwrap();
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
        for (tag, language) in &OTHERS {
            assert!(language.titles.has("President"), "{tag}");
        }
        assert!(Language::of("de-AT").nouns_have_capitals);
        assert!(!Language::of("nl").nouns_have_capitals);
    }
}

//! The claims of the sample book: who says and who denies is the same on every page, and it is
//! what the sources say. The expectation is read from the files by a few lines of their own
//! here, which know nothing of how the program reads them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use dateline::Built;
use dateline::disk::read;
use dateline::input::Wanted;
use dateline::render::Rendered;
use dateline::site::Site;

use crate::book::between;

/// One thing that a party does in one footnote, or in a claim's own file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    sentence: String,
    /// `says`, `denies`, `doubts` or `withdraws`.
    kind: &'static str,
    party: String,
    day: String,
    /// The file, from `content/`.
    file: String,
    /// The footnote's name; empty for the front matter of a claim.
    label: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|it| it == "md") {
            found.push(path);
        }
    }
}

/// The value behind a key of front matter.
fn front<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let front = text.strip_prefix("---\n")?.split("\n---\n").next()?;
    let line =
        front.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))?;
    Some(line.trim().trim_matches('"'))
}

const KINDS: [(&str, &str); 4] = [
    ("said-by", "says"),
    ("denied-by", "denies"),
    ("doubted-by", "doubts"),
    ("withdrawn-by", "withdraws"),
];

/// Everything that parties do with claims in the files of the sample book.
fn sources() -> Vec<Told> {
    let mut paths = Vec::new();
    files(&root(), &mut paths);
    paths.sort();
    let texts: Vec<(String, String)> = paths
        .iter()
        .map(|path| {
            let name = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    let titles: BTreeMap<&str, &str> = texts
        .iter()
        .filter_map(|(name, text)| {
            let slug = name.strip_prefix("claims/")?.strip_suffix(".md")?;
            Some((slug, front(text, "title")?))
        })
        .collect();
    let mut told = Vec::new();
    for (file, text) in &texts {
        let day = front(text, "date").unwrap_or("").split('T').next().unwrap().to_owned();
        for line in text.lines().filter(|it| it.trim().starts_with("- {by: ")) {
            let (party, rest) =
                line.split_once("by: ").unwrap().1.split_once(", does: ").unwrap();
            let (does, rest) = rest.split_once(',').unwrap_or((rest, ""));
            let on = rest.split("on: ").nth(1).unwrap_or("").trim_end_matches('}');
            let kind =
                KINDS.iter().find(|it| it.1 == does.trim_end_matches('}')).unwrap().1;
            told.push(Told {
                sentence: front(text, "title").unwrap().to_owned(),
                kind,
                party: party.to_owned(),
                day: on.split(',').next().unwrap().to_owned(),
                file: file.clone(),
                label: String::new(),
            });
        }
        for note in text.split("\n[^").skip(1) {
            let Some((label, rest)) = note.split_once("]:\n") else { continue };
            let fields: Vec<(&str, &str)> = rest
                .lines()
                .take_while(|line| !line.trim().is_empty())
                .filter_map(|line| line.trim().split_once(": "))
                .collect();
            let value = |key: &str| fields.iter().find(|it| it.0 == key).map(|it| it.1);
            let Some(claim) = value("claim") else { continue };
            let sentence =
                titles.get(claim).copied().unwrap_or(claim.trim_end_matches('.'));
            let mut tell = |kind: &'static str, party: &str| {
                told.push(Told {
                    sentence: sentence.to_owned(),
                    kind,
                    party: party.to_owned(),
                    day: value("on").unwrap_or(&day).to_owned(),
                    file: file.clone(),
                    label: label.to_owned(),
                });
            };
            for (key, party) in &fields {
                if let Some((_, kind)) = KINDS.iter().find(|it| it.0 == *key) {
                    tell(kind, party);
                }
            }
            if let (Some(speaker), Some(stance)) = (value("quote"), value("stance")) {
                tell(KINDS.iter().find(|it| it.1 == stance).unwrap().1, speaker);
            }
        }
    }
    told
}

/// What a page says of parties: `says`, with the names, in whatever order.
type Groups = BTreeSet<(String, String)>;

/// For each sentence, what each party did last.
fn last_of_each() -> BTreeMap<String, Groups> {
    let mut by_sentence: BTreeMap<String, BTreeMap<String, (String, &str)>> =
        BTreeMap::new();
    for it in sources() {
        let parties = by_sentence.entry(it.sentence).or_default();
        let last = parties.entry(it.party).or_insert((it.day.clone(), it.kind));
        if it.day >= last.0 {
            *last = (it.day, it.kind);
        }
    }
    let groups = |parties: BTreeMap<String, (String, &str)>| {
        parties.into_iter().map(|(party, (_, kind))| (kind.to_owned(), party)).collect()
    };
    by_sentence.into_iter().map(|(sentence, it)| (sentence, groups(it))).collect()
}

struct Pages(BTreeMap<String, String>);

impl Pages {
    fn of_the_sample() -> Pages {
        let now = "2025-12-01T00:00:00Z".parse().unwrap();
        let inputs =
            read(Path::new(env!("CARGO_MANIFEST_DIR")), Wanted::published(now)).unwrap();
        let site = Site::of(inputs, &Built::default());
        let mut pages = BTreeMap::new();
        for page in site.built.outline.iter().filter(|it| it.path.ends_with(".html")) {
            if let Rendered::Bytes(bytes) = site.render(page).unwrap() {
                pages.insert(page.path.to_string(), String::from_utf8(bytes).unwrap());
            }
        }
        Pages(pages)
    }

    fn get(&self, path: &str) -> &str {
        self.0.get(path).unwrap_or_else(|| panic!("no page {path}"))
    }

    /// The page whose path ends so.
    fn ending(&self, end: &str) -> &str {
        let found = self.0.iter().find(|(path, _)| path.ends_with(end));
        found.unwrap_or_else(|| panic!("no page ends with {end}")).1
    }
}

/// The text of HTML: tags gone, spaces single, signs decoded.
fn plain(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, rest)| rest));
    }
    let text = text.replace("&#x27;", "'").replace("&amp;", "&").replace("&quot;", "\"");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The groups that stand in a stretch of HTML: each begins with an element of the stance.
fn groups(html: &str) -> Groups {
    let mut found = Groups::new();
    for part in html.split("data-stance=\"").skip(1) {
        let (kind, rest) = part.split_once('"').unwrap();
        let names = rest.split_once('>').unwrap().1;
        let names = names.split("<time").next().unwrap();
        let names = names.split("<span").next().unwrap();
        let names = plain(names.split("</p>").next().unwrap());
        let names = names.trim_end_matches(['.', ';', ',', ' ']);
        let names = names.split_once(" by ").map_or(names, |it| it.1);
        for name in names.split(", ").flat_map(|it| it.split(" and ")) {
            found.insert((kind.to_owned(), name.trim().to_owned()));
        }
    }
    found
}

/// The sentence without the stop that pages set.
fn bare(sentence: &str) -> String {
    plain(sentence).trim_end_matches('.').to_owned()
}

#[test]
fn every_page_says_the_same_of_who_says_and_who_denies() {
    let pages = Pages::of_the_sample();
    let expected = last_of_each();
    assert!(expected.len() >= 12, "{} claims", expected.len());

    // The list of claims.
    let list = pages.get("claims/index.html");
    let mut listed = BTreeMap::new();
    for item in between(list, "<li class=\"claim-item\">", "</li>") {
        let sentence = bare(between(item, "<p class=\"sentence\">", "</p>")[0]);
        let href = between(item, "href=\"", "\"")[0].trim_start_matches("../").to_owned();
        listed.insert(sentence, (groups(item), href));
    }
    for (sentence, stances) in &expected {
        let (shown, href) = listed.get(sentence).unwrap_or_else(|| panic!("{sentence}"));
        assert_eq!(shown, stances, "/claims/: {sentence}");
        // The claim's own page: its opening, and who has a row in the table.
        let page = pages.get(&format!("{href}index.html"));
        assert_eq!(bare(between(page, "<h1>", "</h1>")[0]), *sentence);
        let opening = between(page, "<p class=\"standfirst\">", "</header>")[0];
        assert_eq!(&groups(opening), stances, "{href}");
        let rows: BTreeSet<String> = between(page, "<th scope=\"row\">", "</th>")
            .into_iter()
            .map(plain)
            .filter(|it| it != "The desk finds")
            .collect();
        let parties: BTreeSet<String> = stances.iter().map(|it| it.1.clone()).collect();
        assert_eq!(rows, parties, "{href}");
    }

    // The page of each party that has one.
    let mut n_pairs = 0;
    for (path, html) in pages.0.iter().filter(|it| it.0.starts_with("entities/")) {
        let Some(section) = between(html, "<h2>Says and denies</h2>", "</section>").pop()
        else {
            continue;
        };
        let name = plain(between(html, "<h1>", "</h1>")[0]);
        for item in between(section, "<li class=\"claim-item\">", "</li>") {
            let lead = between(item, "<p class=\"sentence\">", "</p>")[0];
            let kind = between(lead, "data-stance=\"", "\"")[0];
            let sentence =
                bare(between(lead, "<a", "</a>")[0].split_once('>').unwrap().1);
            let stances = &expected[&sentence];
            assert!(
                stances.contains(&(kind.to_owned(), name.clone())),
                "{path}: {kind} {sentence}"
            );
            n_pairs += 1;
        }
    }
    assert!(n_pairs >= 14, "{n_pairs} pairs on pages of parties");

    // The claims of each storyline.
    for (path, html) in pages.0.iter().filter(|it| it.0.starts_with("storylines/")) {
        for item in between(html, "<li class=\"claim-item\">", "</li>") {
            let sentence = bare(between(item, "<p class=\"sentence\">", "</p>")[0]);
            assert_eq!(groups(item), expected[&sentence], "{path}: {sentence}");
        }
    }
}

#[test]
fn every_note_says_what_its_footnote_says() {
    let pages = Pages::of_the_sample();
    let mut by_note: BTreeMap<(String, String), (String, Groups)> = BTreeMap::new();
    for it in sources().into_iter().filter(|it| !it.label.is_empty()) {
        let (sentence, groups) = by_note
            .entry((it.file, it.label))
            .or_insert_with(|| (it.sentence.clone(), Groups::new()));
        assert_eq!(*sentence, it.sentence);
        groups.insert((it.kind.to_owned(), it.party));
    }
    assert!(by_note.len() >= 15, "{} notes", by_note.len());
    for ((file, label), (sentence, expected)) in by_note {
        let name = file.rsplit('/').next().unwrap().trim_end_matches(".md");
        let slug = match name.get(..10).filter(|it| it.starts_with("2025-")) {
            Some(_) => &name[11..],
            None => name,
        };
        let text = std::fs::read_to_string(root().join(&file)).unwrap();
        let slug = front(&text, "slug").unwrap_or(slug);
        let html = pages.ending(&format!("/{slug}/index.html"));
        let note = between(html, &format!("id=\"note-{label}\""), "</details>")[0];
        let whole =
            between(html, &format!("data-note=\"{label}\">\n<summary>"), "</details>")[0];
        assert_eq!(groups(note), expected, "{file} [^{label}]");
        assert!(plain(whole).contains(&sentence), "{file} [^{label}]: {}", plain(whole));
    }
}

#[test]
fn venezuela_denies_that_the_network_is_one_and_is_not_called_denied() {
    let pages = Pages::of_the_sample();
    let venezuela = pages.get("entities/venezuela/index.html");
    let section = plain(between(venezuela, "<h2>Says and denies</h2>", "</section>")[0]);
    assert!(
        section.contains(
            "Denies: The Cartel of the Suns is one organization, led by Nicolás Maduro."
        ),
        "{section}"
    );
    for (path, html) in &pages.0 {
        assert!(!plain(html).contains("Venezuela ✗ Denied"), "{path}");
        assert!(
            !html.contains("data-status=\"denied\""),
            "{path}: nothing is found denied"
        );
    }
}

#[test]
fn sheinbaum_denies_that_troops_will_come_and_nobody_claims_it_for_her() {
    let pages = Pages::of_the_sample();
    let claim = pages.get("claims/troops-in-mexico/index.html");
    let opening = plain(between(claim, "<header class=\"opening\">", "</header>")[0]);
    assert_eq!(
        opening,
        "Claim The United States will send troops to Mexico against the cartels. Denied by Claudia Sheinbaum."
    );
    for (path, html) in &pages.0 {
        let text = plain(html).to_lowercase();
        assert!(!text.contains("claim by claudia sheinbaum"), "{path}");
    }
}

#[test]
fn the_options_are_not_confirmed_by_a_strike_on_a_boat() {
    let pages = Pages::of_the_sample();
    let brief = pages.get("2025/08/08/military-options/index.html");
    let note = plain(between(brief, "id=\"note-order\"", "</details>")[0]);
    assert!(note.contains("○ Unconfirmed"), "{note}");
    assert!(!note.contains("now") && !note.contains("onfirmed then"), "{note}");
}

#[test]
fn who_was_on_board_is_a_sentence_that_one_party_says() {
    let pages = Pages::of_the_sample();
    let claim = pages.get("claims/people-on-board/index.html");
    let opening = plain(between(claim, "<header class=\"opening\">", "</header>")[0]);
    assert_eq!(
        opening,
        "Claim The people killed on the boat on 2 September 2025 were members of Tren de Aragua. ○ Unconfirmed, since 2 September 2025 Said by Donald Trump."
    );
}

#[test]
fn the_promise_on_weapons_is_a_sentence() {
    let pages = Pages::of_the_sample();
    let claim = pages.get("claims/weapons-promise/index.html");
    assert_eq!(
        plain(between(claim, "<h1>", "</h1>")[0]),
        "Washington has promised to act against the flow of high-powered weapons into Mexico."
    );
}

#[test]
fn no_page_counts_the_findings_of_a_person() {
    let pages = Pages::of_the_sample();
    for (path, html) in &pages.0 {
        assert!(!html.contains("tallies"), "{path}");
        let parties = between(html, "<h2>Says and denies</h2>", "</section>");
        for section in
            parties.into_iter().chain(between(html, "<p class=\"from\">", "</p>"))
        {
            assert!(!section.contains("class=\"count\""), "{path}: {section}");
        }
    }
    let list = pages.get("claims/index.html");
    let after_tabs = list.split_once("</nav>\n<ol").map_or("", |it| it.1);
    assert!(!after_tabs.contains("class=\"count\""), "only the filters count");
}

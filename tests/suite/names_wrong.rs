//! Links that would be wrong: each place that once was one, as a whole book says it.

use dateline::diagnostic::Rule;
use dateline::export::{each_mention, records::Mention};
use dateline::{Built, build};

use crate::book::{book, site};

const REGISTRY: &str = "
ursula-von-der-leyen | Ursula von der Leyen | person
bill-de-blasio | Bill de Blasio | person
bashar-al-assad | Bashar al-Assad | person
jd-vance | J.D. Vance | person
walter-gordon-brandt | Walter Gordon Brandt | person
news-team | News Team | person
robert-burr | Robert Burr | person
coinjoin | Coinjoin | thing
norwick | Norwick | place
portal | Portal | organization
";

fn with(language: &str, registry: &str, front: &str, text: &str) -> String {
    let mut files = format!("//- book.toml\n[book]\nlanguage = '{language}'\n");
    for line in registry.lines().filter(|it| !it.is_empty()) {
        let mut parts = line.split(" | ");
        let mut part = || parts.next().unwrap();
        let (slug, name, kind) = (part(), part(), part());
        files += &format!(
            "//- content/entities/{slug}.md\n---\nname: {name}\nkind: {kind}\n---\n"
        );
    }
    files += &format!(
        "//- content/briefs/a.md\n---\ntitle: '-'\ndate: 2025-08-08\n{front}---\n{text}\n"
    );
    let edition = build(&book(&files), &Built::default()).0.edition;
    let brief = edition.texts.all().next().unwrap();
    let mut named = Vec::new();
    each_mention(&edition, brief, |it: Mention<'_>| {
        named.push(format!("{}={}", it.surface, it.entity));
        Ok::<(), ()>(())
    })
    .unwrap();
    named.join("; ")
}

#[test]
fn names_in_english_texts_are_whose_they_are() {
    let cases = [
        ("See Go.Portal.example and src/Norwick/x.rs.", ""),
        ("Ask desk@portal.example or #Norwick or @Norwick.", ""),
        (
            "Ursula von der Leyen came. Von der Leyen said so.",
            "Ursula von der Leyen=ursula-von-der-leyen; Von der Leyen=ursula-von-der-leyen",
        ),
        (
            "Bill de Blasio came. De Blasio said so.",
            "Bill de Blasio=bill-de-blasio; De Blasio=bill-de-blasio",
        ),
        (
            "Bashar al-Assad came. Al-Assad said so.",
            "Bashar al-Assad=bashar-al-assad; Al-Assad=bashar-al-assad",
        ),
        (
            "J.D. Vance, J. D. Vance, JD Vance.",
            "J.D. Vance=jd-vance; J. D. Vance=jd-vance; JD Vance=jd-vance",
        ),
        ("Walter A. Brandt spoke.", ""),
        ("News Team met. The KDE Team met.", "News Team=news-team"),
        ("Curtis Robert Burr spoke.", ""),
        ("A coinjoin and two Coinjoins.", "coinjoin=coinjoin; Coinjoins=coinjoin"),
    ];
    for (text, expected) in cases {
        assert_eq!(with("en", REGISTRY, "", text), expected, "{text}");
    }
}

#[test]
fn a_name_that_front_matter_settles_is_not_linked_inside_an_address() {
    let front = "mentions: {Portal: norwick}\n";
    let text = "Portal is at https://x.example/Portal/ and Go.Portal.example.";
    assert_eq!(with("en", REGISTRY, front, text), "Portal=norwick");
}

#[test]
fn names_in_scripts_without_spaces_are_words_or_none() {
    let registry = "kyoto | 京都 | place\ntokyo | 東京 | place\n";
    let cases = [
        ("東京都知事が来た。", "東京=tokyo"),
        ("京都に行く。", "京都=kyoto"),
        // An address, a handle or a hashtag is silent itself, and nothing else is.
        (
            "京都はhttps://x.example/aです。東京に@kyotoと#京都がいる。",
            "京都=kyoto; 東京=tokyo",
        ),
    ];
    for (text, expected) in cases {
        let found = with("ja", registry, "", text);
        let never = with("ja", "kyoto | 京都 | place\n", "", "東京都知事が来た。");
        assert_eq!(never, "", "東京都 is no 京都");
        assert!(
            found == expected || text.starts_with("東京都") && found.is_empty(),
            "{text}: {found}"
        );
    }
    // A cut before a combining mark would be in the middle of a letter.
    for (language, name, text) in
        [("th", "กรุง", "กรุงเทพ"), ("km", "ភ្នំ", "ភ្នំពេញ"), ("my", "ရန", "ရန်ကုန်")]
    {
        let registry = format!("place | {name} | place\n");
        let found = with(language, &registry, "", text);
        let after = text.strip_prefix(name).unwrap().chars().next().unwrap();
        let is_mark = unicode_normalization::char::is_combining_mark(after);
        assert!(!is_mark || found.is_empty(), "{name} in {text}: {found}");
    }
}

#[test]
fn an_office_that_was_not_held_is_told_in_every_form() {
    let forms = [
        "Ines Quist, mayor of Norwick, said",
        "The mayor, Ines Quist, said",
        "The mayor of Norwick, Ines Quist, said",
        "Ines Quist (mayor) said",
        "As mayor, Ines Quist said",
        "Mayor Ines Quist said",
    ];
    for form in forms {
        let files = format!(
            "//- content/entities/q.md\n---\nname: Ines Quist\nkind: person\n\
             roles: [{{title: Mayor, of: Norwick, from: 2010, to: 2012}}]\n---\n\
             //- content/briefs/a.md\n---\ntitle: A\ndate: 2025-08-08\n---\n{form} so.\n"
        );
        let report = site(&book(&files)).report;
        let n =
            report.diagnostics().iter().filter(|it| it.rule == Rule::StaleRole).count();
        assert_eq!(n, 1, "{form}");
    }
}

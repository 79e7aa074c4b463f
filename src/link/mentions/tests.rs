use std::collections::BTreeMap;
use std::ops::Range;

use super::*;
use crate::date::Period;
use crate::link::dates;
use crate::link::registry::{NamedEntity, TimedName};
use crate::parse::entity::EntityKind;

/// A registry of lines such as `person Donald Trump | President Trump`.
fn registry(lines: &str) -> Registry {
    let entity = |line: &str| {
        let mut names = line.split('|').map(str::trim);
        let (kind, name) = names.next().unwrap().split_once(' ').unwrap();
        let kind = match kind {
            "person" => EntityKind::Person,
            "place" => EntityKind::Place,
            "org" => EntityKind::Organization,
            _ => EntityKind::Thing,
        };
        let (dated, aliases): (Vec<&str>, Vec<&str>) =
            names.partition(|it| it.contains("=>"));
        let dated = dated.into_iter().map(|it| {
            let (name, from) = it.split_once("=>").unwrap();
            TimedName {
                name: name.trim().into(),
                period: Period { first: from.trim().parse().ok(), last: None },
            }
        });
        NamedEntity {
            slug: name.to_lowercase().replace(' ', "-").into(),
            kind,
            name: name.trim().into(),
            aliases: aliases.into_iter().map(Into::into).collect(),
            dated_names: dated.collect(),
        }
    };
    Registry::new(
        lines.lines().map(str::trim).filter(|it| !it.is_empty()).map(entity).collect(),
        "en",
    )
}

const DESK: &str = "
    person Donald Trump | President Trump
    person Marco Rubio | Senator Rubio
    person Claudia Sheinbaum
    person Ursula von der Leyen
    person Andrés Manuel López Obrador
    person Robert F. Kennedy Jr.
    person Sinéad O'Brien
    org Drug Enforcement Administration
    org Drug Enforcement Agency of Ruritania | DEA
    org Washington Post | The Washington Post
    org Acme Rail Inc.
    org AT&T
    org Marks & Spencer
    org Pentagon
    org Amazon
    org Cártel de Jalisco Nueva Generación | CJNG
    org World Health Organization | WHO
    place Mexico
    place Mexico City
    place United States | US
    place Washington
    place Baden-Württemberg
    place Turkey
    place 北京
    place 中国
    place مصر
    person Nguyễn Phú Trọng
    place 한국
    thing fentanyl
";

fn with(
    registry: &Registry,
    text: &str,
    settled: &[(&str, Meaning)],
    date: Option<&str>,
) -> String {
    let settled =
        settled.iter().map(|(name, meaning)| ((*name).into(), *meaning)).collect();
    let date = date.and_then(|it| it.parse().ok());
    let language = registry.language;
    let context = Context {
        date,
        language,
        settled: &settled,
        rules_off: &RulesOff::default(),
        written: &[],
    };
    let (_, mut passages): (Vec<usize>, Vec<SearchedPassage<'_>>) =
        passages_of_plain(text).into_iter().unzip();
    let order = crate::parse::config::DateOrder::Unsettled;
    let day = date.or_else(|| "2025-08-08".parse().ok());
    let finder = dates::DateContext { day, order, language: "en" };
    let all_dates: Vec<Vec<Range<u32>>> = passages
        .iter()
        .map(|it| dates::find(it.text, &finder).found)
        .map(|found| found.iter().map(|it| it.start..it.end).collect())
        .collect();
    for (passage, dates) in passages.iter_mut().zip(&all_dates) {
        passage.dates = dates;
    }
    let found = find(registry, &passages, &context);
    let surface = |passage: u32, start: u32, end: u32| {
        &passages[passage as usize].text[start as usize..end as usize]
    };
    let mentions = found.mentions.iter().map(|it| {
        let slug = &registry.entity(it.entity).slug;
        format!("{}={slug}", surface(it.passage, it.start, it.end))
    });
    let ambiguous = found
        .ambiguous
        .iter()
        .map(|it| format!("{}?", surface(it.passage, it.start, it.end)));
    mentions.chain(ambiguous).collect::<Vec<_>>().join("; ")
}

/// Checks a table of texts and what is found in each, as `surface=slug; shared?`.
fn table(lines: &str, cases: &[(&str, &str)]) {
    let registry = registry(lines);
    for (text, expected) in cases {
        assert_eq!(with(&registry, text, &[], None), *expected, "{text}");
    }
}

#[test]
fn names_and_aliases_are_found_as_whole_words() {
    table(
        DESK,
        &[
            ("Donald Trump spoke.", "Donald Trump=donald-trump"),
            (
                "President Trump spoke to Claudia Sheinbaum.",
                "President Trump=donald-trump; Claudia Sheinbaum=claudia-sheinbaum",
            ),
            ("Mexicans and the Mexican government, mexico", ""),
            ("Mexicos Mexico2 xMexico", ""),
            ("In Mexico, Mexico.", "Mexico=mexico; Mexico=mexico"),
            (
                "seizures of fentanyl. Fentanyl kills.",
                "fentanyl=fentanyl; Fentanyl=fentanyl",
            ),
            ("Nobody is named here.", ""),
            ("", ""),
        ],
    );
}

#[test]
fn the_longest_name_wins_and_hides_those_inside() {
    table(
        DESK,
        &[
            (
                "In Mexico City and the Washington Post.",
                "Mexico City=mexico-city; Washington Post=washington-post",
            ),
            ("The Washington Post said", "The Washington Post=washington-post"),
        ],
    );
}

#[test]
fn possessives_are_not_a_part_of_the_name() {
    table(
        DESK,
        &[
            ("Mexico's president, Trump’s", "Mexico=mexico"),
            ("Donald Trump’s order", "Donald Trump=donald-trump"),
            ("the United States' order", "United States=united-states"),
        ],
    );
}

#[test]
fn signs_inside_names_are_kept() {
    table(
        DESK,
        &[
            (
                "AT&T and Marks & Spencer merged.",
                "AT&T=at&t; Marks & Spencer=marks-&-spencer",
            ),
            (
                "Sinéad O’Brien and Sinéad O'Brien",
                "Sinéad O’Brien=sinéad-o'brien; Sinéad O'Brien=sinéad-o'brien",
            ),
            ("in Baden‑Württemberg", "Baden‑Württemberg=baden-württemberg"),
            ("the U.S. and the US.", "U.S.=united-states; US=united-states"),
            ("He left the U.S.", "U.S.=united-states"),
        ],
    );
}

#[test]
fn names_go_on_across_line_breaks_and_odd_spaces() {
    table(
        DESK,
        &[
            ("Donald\nTrump", "Donald\nTrump=donald-trump"),
            (
                "Donald\u{a0}Trump, Mexico\r\nCity",
                "Donald\u{a0}Trump=donald-trump; Mexico\r\nCity=mexico-city",
            ),
            ("Donald  Trump", "Donald  Trump=donald-trump"),
            ("Donald\n\nTrump", ""),
        ],
    );
}

#[test]
fn hyphens_join_names_and_known_words_only() {
    table(
        DESK,
        &[
            ("the US-Mexico border", "US=united-states; Mexico=mexico"),
            ("a US-led force, Mexico-based", "US=united-states; Mexico=mexico"),
            ("anti-Mexico talk", "Mexico=mexico"),
            ("Jean-Mexico, Mexico-like, Franco-Mexico", ""),
        ],
    );
}

#[test]
fn a_surname_is_found_after_the_full_name_only() {
    table(
        DESK,
        &[
            (
                "Trump waited. Donald Trump spoke. Trump left; Trump's car.",
                "Donald Trump=donald-trump; Trump=donald-trump; Trump=donald-trump",
            ),
            (
                "Ursula von der Leyen came. Von der Leyen, and then von der Leyen, left. Leyen?",
                "Ursula von der Leyen=ursula-von-der-leyen; Von der Leyen=ursula-von-der-leyen; von der Leyen=ursula-von-der-leyen",
            ),
            (
                "Andrés Manuel López Obrador spoke, López Obrador said.",
                "Andrés Manuel López Obrador=andrés-manuel-lópez-obrador; López Obrador=andrés-manuel-lópez-obrador",
            ),
            (
                "Donald Trump and Melania Trump came. Melania Trump spoke.",
                "Donald Trump=donald-trump",
            ),
            (
                "Donald Trump spoke. President Trump said Mr. Trump would.",
                "Donald Trump=donald-trump; President Trump=donald-trump; Trump=donald-trump",
            ),
            (
                "Donald Trump spoke. Trump Tower and the Trump Organization.",
                "Donald Trump=donald-trump",
            ),
            ("Donald Trump Jr. spoke", ""),
        ],
    );
}

#[test]
fn two_people_of_one_surname_keep_it_from_both() {
    table(
        "person Jill Biden\nperson Joe Biden",
        &[
            (
                "Joe Biden and Jill Biden came. Biden spoke.",
                "Joe Biden=joe-biden; Jill Biden=jill-biden; Biden?",
            ),
            ("Joe Biden came. Biden spoke.", "Joe Biden=joe-biden; Biden=joe-biden"),
        ],
    );
}

#[test]
fn initials_and_generations_may_differ_from_the_registry() {
    table(
        DESK,
        &[
            ("Marco A. Rubio spoke", "Marco A. Rubio=marco-rubio"),
            (
                "Robert Kennedy and Robert F. Kennedy Jr. said",
                "Robert Kennedy=robert-f.-kennedy-jr.; Robert F. Kennedy Jr.=robert-f.-kennedy-jr.",
            ),
        ],
    );
}

#[test]
fn company_suffixes_may_be_there_or_not() {
    table(
        DESK,
        &[
            ("Acme Rail said", "Acme Rail=acme-rail-inc."),
            ("Acme Rail, Inc. said", "Acme Rail, Inc.=acme-rail-inc."),
            ("AT&T Corp. said", "AT&T Corp.=at&t"),
        ],
    );
}

#[test]
fn an_acronym_given_in_parentheses_holds_from_then_on() {
    table(
        DESK,
        &[
            (
                "The Drug Enforcement Administration (DEA) acted. The DEA left.",
                "Drug Enforcement Administration=drug-enforcement-administration; DEA=drug-enforcement-administration; DEA=drug-enforcement-administration",
            ),
            ("The DEA acted.", "DEA=drug-enforcement-agency-of-ruritania"),
        ],
    );
}

#[test]
fn unknown_longer_names_hide_the_known_ones_in_them() {
    table(
        DESK,
        &[
            ("in New Mexico and the Gulf of Mexico", ""),
            ("George Washington crossed", ""),
            ("the Washington Monument, Washington University", ""),
            ("a Pentagon Papers lawyer", ""),
            (
                "for the president of Mexico, President of Mexico",
                "Mexico=mexico; Mexico=mexico",
            ),
            ("US Steel and the US Senate", "US=united-states"),
            ("On Monday Mexico said", "Mexico=mexico"),
            ("told Mexico Monday that", "Mexico=mexico"),
        ],
    );
}

#[test]
fn common_words_need_a_capital_in_mid_sentence_somewhere() {
    table(
        DESK,
        &[
            ("Turkey is served. Amazon grows.", ""),
            ("He flew to Turkey. Turkey is far.", "Turkey=turkey; Turkey=turkey"),
            ("WHO said so. Who said so?", "WHO=world-health-organization"),
            ("who told us", ""),
        ],
    );
}

#[test]
fn wire_copy_shouts_its_datelines_and_headings() {
    table(
        DESK,
        &[
            (
                "MEXICO CITY (AFP) — Claudia Sheinbaum spoke",
                "MEXICO CITY=mexico-city; Claudia Sheinbaum=claudia-sheinbaum",
            ),
            ("WASHINGTON, Aug 8 - It rained.", "WASHINGTON=washington"),
            ("DONALD TRUMP SIGNS THE ORDER", "DONALD TRUMP=donald-trump"),
            ("he said TURKEY loudly", ""),
        ],
    );
}

#[test]
fn addresses_handles_and_tags_hold_no_names() {
    table(
        DESK,
        &[
            ("see https://example.org/Mexico and www.Mexico.org", ""),
            ("write to Mexico@example.org, @Mexico, #Mexico, Mexico.com", ""),
        ],
    );
}

#[test]
fn scripts_of_all_kinds_are_read() {
    table(
        DESK,
        &[
            ("他在北京会见了中国代表", "北京=北京; 中国=中国"),
            ("زار مصر وقال", "مصر=مصر"),
            ("أمصرية", ""),
            ("Ông Nguyễn Phú Trọng nói", "Nguyễn Phú Trọng=nguyễn-phú-trọng"),
            ("한국은 한국에서 한국어", "한국=한국; 한국=한국"),
        ],
    );
    let registry = registry("person Nguyễn Phú Trọng");
    let decomposed: String =
        unicode_normalization::UnicodeNormalization::nfd("x Nguyễn Phú Trọng y")
            .collect();
    let found = with(&registry, &decomposed, &[], None);
    assert!(found.ends_with("=nguyễn-phú-trọng"), "{found}");
}

#[test]
fn a_shared_name_goes_to_whom_the_text_shows_else_to_nobody() {
    let lines = "place Springfield Illinois | Springfield\nplace Springfield Oregon | Springfield\norg National Guard of Mexico | National Guard\norg US National Guard | National Guard";
    table(
        lines,
        &[
            ("In Springfield it rained. Springfield is wet.", "Springfield?"),
            (
                "Springfield Oregon is wet. It rains in Springfield.",
                "Springfield Oregon=springfield-oregon; Springfield=springfield-oregon",
            ),
            ("the National Guard came", "National Guard?"),
        ],
    );
}

#[test]
fn the_front_matter_settles_a_name() {
    let registry = registry(
        "place Springfield Illinois | Springfield\nplace Springfield Oregon | Springfield\norg Amazon",
    );
    let oregon = registry.lookup("springfield-oregon")[0];
    let settled = [
        ("Springfield", Meaning::Entity(oregon)),
        ("Amazon", Meaning::None),
        ("the boss", Meaning::Entity(oregon)),
    ];
    let text = "In Springfield the boss and Amazon's men";
    assert_eq!(
        with(&registry, text, &settled, None),
        "Springfield=springfield-oregon; the boss=springfield-oregon"
    );
}

#[test]
fn a_dated_name_counts_in_its_time_only() {
    let registry =
        registry("org Department of Defense | Department of War => 2025-09-05");
    let text = "the Department of War";
    assert_eq!(with(&registry, text, &[], Some("2025-09-04")), "");
    assert_eq!(
        with(&registry, text, &[], Some("2025-09-05")),
        "Department of War=department-of-defense"
    );
}

#[test]
fn a_sure_date_goes_before_a_name_of_one_word_a_surname_and_an_alias() {
    let lines = "person Theresa May\norg March for Norwick | March\nevent Capitol Riot | January 6\nperson Robin Sunday";
    table(
        lines,
        &[
            (
                "Theresa May resigned in May 2019. On 7 May she spoke, and May left on May 8.",
                "Theresa May=theresa-may; May=theresa-may",
            ),
            ("In March 2025 and in March", ""),
            ("They joined March and left.", "March=march-for-norwick"),
            ("On January 6, 2025, it rained", ""),
            ("the trial over January 6 goes on", ""),
            (
                "the March for Norwick of 3 March 2025",
                "March for Norwick=march-for-norwick",
            ),
            (
                "Robin Sunday came on Sunday. Sunday left.",
                "Robin Sunday=robin-sunday; Sunday=robin-sunday",
            ),
        ],
    );
}

#[test]
fn a_surname_that_is_a_common_word_needs_a_person_around_it() {
    let lines = "person Ada Green\nperson Bo Brown\nperson Cy White\nperson Di Holm";
    table(
        lines,
        &[
            ("Ada Green spoke. Green parties won.", "Ada Green=ada-green"),
            ("Bo Brown spoke. Brown rice and White smoke rose.", "Bo Brown=bo-brown"),
            ("Cy White spoke. White smoke rose.", "Cy White=cy-white"),
            ("Ada Green spoke. Green said no.", "Ada Green=ada-green; Green=ada-green"),
            ("Ada Green spoke. The Green deal is off.", "Ada Green=ada-green"),
            (
                "Ada Green spoke. He met Green, and Green’s aide.",
                "Ada Green=ada-green; Green=ada-green; Green=ada-green",
            ),
            (
                "Ada Green spoke. Mr Green walks on.",
                "Ada Green=ada-green; Green=ada-green",
            ),
            ("Di Holm spoke. Holm oaks grew.", "Di Holm=di-holm; Holm=di-holm"),
        ],
    );
}

#[test]
fn hosts_paths_and_bare_addresses_hold_no_names() {
    let lines =
        "place Portal\nplace Go City | Go\nplace 北京\nplace Mexico\nperson Ada Mexico";
    table(
        lines,
        &[
            ("Go.Portal.example is up, Portal.example too", ""),
            ("in src/Mexico/lib.rs, /srv/Mexico and Mexico/index.html", ""),
            ("C:\\Mexico\\x, https://example.org/Mexico?Portal", ""),
            ("Ada Mexico wrote to Mexico@example.org", "Ada Mexico=ada-mexico"),
            ("the Portal/Mexico border", "Portal=portal; Mexico=mexico"),
            ("the end of Portal.Then came Mexico.", "Portal=portal; Mexico=mexico"),
            ("见https://example.org/x，北京。写信给@abc，北京", "北京=北京; 北京=北京"),
            ("#标签 和北京", "北京=北京"),
        ],
    );
    let registry = registry(lines);
    let mexico = registry.lookup("mexico")[0];
    let settled = [("Mexico", Meaning::Entity(mexico))];
    let text = "see https://example.org/Mexico, in Mexico";
    assert_eq!(with(&registry, text, &settled, None), "Mexico=mexico");
}

#[test]
fn an_initial_that_contradicts_the_registry_is_another_person() {
    let lines = "person Walter Gordon Brandt | Walter Brandt\nperson Donald J. Trump\nperson Ada Holm\nperson Leo de Ruyter";
    table(
        lines,
        &[
            ("Walter A. Brandt spoke. Brandt left.", ""),
            ("Walter G. Brandt spoke", "Walter G. Brandt=walter-gordon-brandt"),
            ("Walter Brandt spoke", "Walter Brandt=walter-gordon-brandt"),
            ("Donald K. Trump spoke", ""),
            ("Donald J. Trump spoke", "Donald J. Trump=donald-j.-trump"),
            ("Ada B. Holm spoke", "Ada B. Holm=ada-holm"),
            ("Leo M. de Ruyter spoke", "Leo M. de Ruyter=leo-de-ruyter"),
        ],
    );
}

#[test]
fn scripts_without_spaces_have_longer_words_too() {
    let lines = "place 北京\nplace 京都\nplace 東京\nplace กรุง\nplace 한국\nplace រាជ";
    table(
        lines,
        &[
            ("北京大学的教授在北京讲课", "北京=北京"),
            ("東京都知事は京都で話した", "京都=京都"),
            ("東京で、京都の", "東京=東京; 京都=京都"),
            ("北京银行和北京，北京。", "北京=北京; 北京=北京"),
            // A mark belongs to the letter before it.
            ("กรุง\u{e48}", ""),
            ("រាជ\u{17d2}ក", ""),
            ("한국대학교와 한국에서는 한국에서도요", "한국=한국"),
        ],
    );
}

#[test]
fn a_team_is_no_family_and_a_third_name_is_another_person() {
    let lines = "person News Team\nperson Robert Vane";
    table(
        lines,
        &[
            ("News Team wrote it. The KDE Team and a Team.", "News Team=news-team"),
            ("Curtis Robert Vane and Mr Robert Vane", "Robert Vane=robert-vane"),
            ("Senator Robert Vane, a Norwick man", "Robert Vane=robert-vane"),
        ],
    );
}

#[test]
fn in_capitals_a_longer_name_is_longer_too() {
    table(
        DESK,
        &[
            ("NEW MEXICO (AFP) — It rained", ""),
            ("BANK OF MEXICO RAISES RATES", ""),
            ("MEXICO (AFP) — It rained", "MEXICO=mexico"),
        ],
    );
}

proptest::proptest! {
    #[test]
    fn any_text_and_any_names_are_read_without_a_panic(
        text in "\\PC{0,80}",
        name in "\\PC{1,12}",
        cut in 0_usize..40,
    ) {
        let named = |name: &str| NamedEntity {
            slug: "x".into(),
            kind: EntityKind::Person,
            name: name.into(),
            aliases: vec!["Trump".into()],
            dated_names: Vec::new(),
        };
        let registry = Registry::new(vec![named(&name), named("Donald Trump")], "en");
        let at = text.char_indices().nth(cut).map_or(text.len(), |(at, _)| at);
        let text = format!("{}{name} Donald Trump. Trump\u{301} {}", &text[..at], &text[at..]);
        let passages = [SearchedPassage { text: &text, kind: PassageKind::Text, dates: &[] }];
        let settled = BTreeMap::new();
        let language = registry.language;
        let context = Context { date: None, language, settled: &settled, rules_off: &RulesOff::default(), written: &[] };
        let found = find(&registry, &passages, &context);
        let mut end = 0;
        for it in &found.mentions {
            assert!(it.start >= end && it.end > it.start && it.end as usize <= text.len());
            assert!(text.is_char_boundary(it.start as usize) && text.is_char_boundary(it.end as usize));
            end = it.end;
        }
    }
}

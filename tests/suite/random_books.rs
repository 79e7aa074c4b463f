//! Laws of every page, held against books made by chance: small ones, of texts that nest
//! whatever can be nested.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use dateline::diagnostic::Rule;
use dateline::render::Rendered;

use crate::book::{book, site};

/// Numbers that follow from a seed (xorshift64*).
struct Chance(u64);

impl Chance {
    fn of(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let mixed = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(mixed).unwrap() % n
    }

    fn of_these<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

/// A text being made, and the words that its page must show.
struct Author {
    chance: Chance,
    n_words: usize,
    words: Vec<String>,
    /// The footnotes that are referred to.
    notes: BTreeSet<usize>,
}

const NAMES: &[&str] = &[
    "Ada Holm",
    "Norwick",
    "مدينة نور",
    "京都",
    "Йозеф Краль",
    "กรุงเทพฯ",
    "C#",
    "Şahin & Co",
];
const HEADINGS: &[&str] =
    &["Update", "Update 2", "Über uns", "重要", "+/-", "Night desk"];
const TARGETS: &[&str] = &[
    "#update",
    "#update-1",
    "#Night-desk",
    "#nothing",
    "#note-1",
    "b.md",
    "b.md#update",
    "../entities/ada.md#update",
    "../pages/team.md#update-2",
    "../storylines/dock.md#update",
    "../claims/pier.md",
    "/claims/pier/#update",
    "/team/#h-update",
    "/files/r.pdf#page=3",
    "gone.md",
    "https://x.example/?a=1&b=[2]",
    "//x.example/",
    "",
];

impl Author {
    fn word(&mut self) -> String {
        self.n_words += 1;
        let word = format!("w{}x", self.n_words);
        self.words.push(word.clone());
        word
    }

    /// Words in a line, with what can stand among them; ever less of it the deeper.
    fn inline(&mut self, depth: usize) -> String {
        let mut line = self.word();
        for _ in 0..self.chance.below(4) {
            line.push(' ');
            let choice = if depth > 3 { 0 } else { self.chance.below(19) };
            let piece = match choice {
                1 => format!("**{}**", self.inline(depth + 1)),
                2 => format!("*{}*", self.inline(depth + 1)),
                3 => {
                    let target = self.chance.of_these(TARGETS);
                    format!("[{}]({target})", self.inline(depth + 2))
                }
                4 => self.chance.of_these(NAMES).to_owned(),
                5 => {
                    let note = self.note();
                    format!("[{}][^{note}]", self.word())
                }
                6 => format!("{}[^{}]", self.word(), self.note()),
                7 => format!("[[{}|{}]]", self.chance.of_these(NAMES), self.word()),
                8 => format!("`{}`", self.word()),
                9 => format!("<b id=\"x{}\">{}</b>", self.chance.below(3), self.word()),
                10 => self
                    .chance
                    .of_these(&["</div>", "<i>", "</i>", "<br>", "<a name=\"x\">"])
                    .to_owned(),
                11 => format!("![{}](/img/x.png)", self.chance.of_these(NAMES)),
                12 => "on 7 August 2025".to_owned(),
                13 => format!("[[{}]](b.md)", self.word()),
                14 => self
                    .chance
                    .of_these(&[
                        "<script>lost()</script>",
                        "<style>p { color: red }</style>",
                        "<video src=\"/img/x.png\"></video>",
                        "<span lang=\"ar\" dir=\"rtl\">نور</span>",
                        "<!-- a comment -->",
                    ])
                    .to_owned(),
                15 => format!("~~{}~~", self.inline(depth + 1)),
                16 => self
                    .chance
                    .of_these(&[
                        "&amp;",
                        "&#8217;",
                        "\\*",
                        "\\[",
                        "&lt;b&gt;",
                        "*",
                        "[",
                        "]",
                    ])
                    .to_owned(),
                17 => self
                    .chance
                    .of_these(&["[[Team#Update]]", "[[dock]]", "[[pier]]", "[[B]]"])
                    .to_owned(),
                18 => format!(
                    "<{}>",
                    self.chance.of_these(&["https://x.example/", "a@x.example"])
                ),
                _ => self.word(),
            };
            line += &piece;
        }
        line
    }

    fn note(&mut self) -> usize {
        let note = self.chance.below(4);
        self.notes.insert(note);
        note
    }

    fn block(&mut self, depth: usize) -> String {
        let choice = if depth > 2 { 0 } else { self.chance.below(12) };
        match choice {
            1 => format!("## {}", self.chance.of_these(HEADINGS)),
            2 => {
                let mut list = String::new();
                for _ in 0..=self.chance.below(3) {
                    let mark = self.chance.of_these(&["- ", "- [x] ", "1. "]);
                    let item = self.block(depth + 1).replace('\n', "\n    ");
                    writeln!(list, "{mark}{item}").unwrap();
                }
                list
            }
            3 => {
                let quoted = self.block(depth + 1);
                let quoted: Vec<_> = quoted.lines().map(|it| format!("> {it}")).collect();
                quoted.join("\n")
            }
            4 => {
                let (a, b) = (self.inline(2), self.inline(2));
                format!("| A | B |\n|:--|--:|\n| {a} | {b} |")
            }
            5 => format!(
                "<details>\n<summary>{}</summary>\n\n{}\n\n</details>",
                self.word(),
                self.block(depth + 1)
            ),
            6 => format!(
                "<div class=\"box\" id=\"x{}\">\n\n{}",
                self.chance.below(3),
                self.block(depth + 1)
            ),
            7 => format!("```rust\n{}\n```", self.word()),
            8 => "![A gate](/img/x.png \"At night\")".to_owned(),
            9 => format!("**{}** {}\n\n---", self.word(), self.inline(2)),
            10 => format!(
                "<table><tr><td id=\"x{}\">{}</td></tr></table>",
                self.chance.below(3),
                self.word()
            ),
            11 => format!("{}\n{}\n===", self.inline(2), self.word()),
            _ => self.inline(0),
        }
    }

    /// The first paragraph of a note: what a typed one is, else words.
    fn first_of_note(&mut self) -> String {
        let name = self.chance.of_these(NAMES);
        match self.chance.below(12) {
            0 => format!("source: {name}\n"),
            1 => format!("claim: Pier {} burned.\n    said-by: {name}\n", self.word()),
            2 => format!("claim: pier\n    denied-by: {name}\n    finding: disputed\n"),
            3 => format!("quote: {name}\n    to: {name}\n"),
            4 => format!("event: {}\n    on: 2025-02\n    place: {name}\n", self.word()),
            5 => format!("note: {}\n", self.word()),
            6 => "correction: 2025-08-09\n".to_owned(),
            _ => self.inline(1),
        }
    }

    /// A text with its footnotes.
    fn text(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..=self.chance.below(4) {
            write!(text, "{}\n\n", self.block(0)).unwrap();
        }
        let mut defined = BTreeSet::new();
        // A note may refer to further ones.
        while let Some(note) = self.notes.difference(&defined).next().copied() {
            defined.insert(note);
            let first = self.first_of_note();
            write!(text, "[^{note}]:\n    {first}\n\n    {}\n\n", self.inline(1))
                .unwrap();
        }
        text
    }
}

/// A text, its page, and the words that this must show.
struct Expected {
    path: &'static str,
    address: &'static str,
    text: String,
    words: Vec<String>,
}

/// A book and its texts.
fn random_book(seed: u64) -> (String, Vec<Expected>) {
    let mut files =
        "//- book.toml\n[text]\nraw-html = 'sanitize'\n[lists]\nrelated = 2\n\
                     //- static/img/x.png\nx\n//- static/files/r.pdf\nx\n"
            .to_owned();
    let mut expected = Vec::new();
    let documents = [
        (
            "content/briefs/a.md",
            "title: A\ndate: 2025-08-08\nplace: Norwick\nby: Ada Holm\n\
             sources: [Norwick]\nstorylines: [dock]\ntags: [C, C#]",
            "2025/08/08/a/",
        ),
        ("content/briefs/b.md", "title: B\ndate: 2025-08-07", "2025/08/07/b/"),
        ("content/entities/ada.md", "name: Ada Holm\nkind: person", "entities/ada/"),
        (
            "content/entities/norwick.md",
            "name: Norwick\nkind: place\naliases: [مدينة نور, Йозеф Краль]",
            "entities/norwick/",
        ),
        ("content/pages/team.md", "title: Team", "team/"),
        ("content/storylines/dock.md", "title: Dock", "storylines/dock/"),
        ("content/claims/pier.md", "title: The pier burned", "claims/pier/"),
    ];
    for (at, (path, front, address)) in (0..).zip(documents) {
        let chance = Chance::of(seed * 8 + at);
        let (n_words, words) = (usize::try_from(at).unwrap() * 1000, Vec::new());
        let mut author = Author { chance, n_words, words, notes: BTreeSet::new() };
        let text = author.text();
        write!(files, "//- {path}\n---\n{front}\n---\n{text}").unwrap();
        expected.push(Expected { path, address, text, words: author.words });
    }
    (files, expected)
}

/// The values of an attribute on a page.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let open = format!(" {attribute}=\"");
    let found = html.split(&open).skip(1);
    found.filter_map(|rest| rest.split('"').next()).collect()
}

/// The path that a link leads to from a page.
fn resolved(from: &str, to: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    let path = parts.join("/");
    match to.ends_with('/') {
        true if path.is_empty() => "index.html".to_owned(),
        true => format!("{path}/index.html"),
        false => path,
    }
}

/// What one book breaks; empty for one that keeps every law.
fn broken(seed: u64) -> Vec<String> {
    let (files, expected) = random_book(seed);
    let site = site(&book(&files));
    let mut pages = BTreeMap::new();
    for page in site.built.outline.iter().filter(|it| it.path.ends_with(".html")) {
        if let Rendered::Bytes(bytes) = site.render(page).unwrap() {
            pages.insert(page.path.to_string(), String::from_utf8(bytes).unwrap());
        }
    }
    let mut broken = Vec::new();
    for (path, html) in &pages {
        let ids = values(html, "id");
        let unique: BTreeSet<_> = ids.iter().collect();
        if unique.len() != ids.len() {
            broken.push(format!("{path}: an id stands twice among {ids:?}"));
        }
        for href in values(html, "href").into_iter().chain(values(html, "src")) {
            if href.contains("://") || href.starts_with("mailto:") {
                continue;
            }
            let (address, fragment) = href.split_once('#').unwrap_or((href, ""));
            let to =
                if address.is_empty() { path.clone() } else { resolved(path, address) };
            let is_file = to.contains('.') && !to.ends_with("index.html");
            if site.page(&to).is_none() && !is_file {
                broken.push(format!("{path}: {href} leads to no page"));
            }
            let there = pages.get(&to).filter(|_| !fragment.is_empty());
            if there.is_some_and(|it| !values(it, "id").contains(&fragment)) {
                broken.push(format!("{path}: {href} leads to no place"));
            }
        }
    }
    for Expected { path, address, text, words } in &expected {
        let html = &pages[&format!("{address}index.html")];
        // A reference that is code is none; that its note is not shown is reported.
        let is_told =
            site.report.diagnostics().iter().any(|it| {
                &*it.span.path == *path && it.rule == Rule::UnreferencedFootnote
            });
        let notes = text.find("\n[^").filter(|_| is_told).unwrap_or(text.len());
        for word in words.iter().filter(|word| !html.contains(&**word)) {
            if text.find(&**word).is_some_and(|at| at < notes) {
                broken.push(format!("{address}: {word} is missing"));
            }
        }
    }
    if !broken.is_empty() {
        broken.insert(0, format!("seed {seed}:\n{files}"));
    }
    broken
}

#[test]
fn ids_links_and_words_hold_on_the_pages_of_any_book() {
    let n_books = std::env::var("RANDOM_BOOKS").ok().and_then(|it| it.parse().ok());
    let first = std::env::var("RANDOM_SEED").ok().and_then(|it| it.parse().ok());
    let (first, n_books) = (first.unwrap_or(0), n_books.unwrap_or(1_000));
    let halves = [0, 1].map(|half| {
        std::thread::spawn(move || {
            let seeds = (first..first + n_books).filter(|seed| seed % 2 == half);
            seeds.map(broken).find(|it| !it.is_empty()).unwrap_or_default()
        })
    });
    for half in halves {
        let broken = half.join().unwrap();
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }
}

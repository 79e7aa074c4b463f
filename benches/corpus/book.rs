//! The made-up book as files of Dateline.

use std::fmt::Write as _;

use crate::corpus::brief::{Annotation, Brief, Note};
use crate::corpus::entity::{Entity, slug};
use crate::corpus::random::Random;
use crate::corpus::{Cast, words};

const SETTINGS: &str = "[book]
title = \"The Canal Desk\"
description = \"A made-up archive, for measuring.\"
language = \"en\"

[output.html]
site-url = \"https://example.org/\"

[text]
date-order = \"dmy\"
";

/// The files of a book one by one, each with its path, those of `static/` among them.
pub(crate) fn files(
    cast: &Cast,
    n_briefs: usize,
) -> impl Iterator<Item = (String, String)> + '_ {
    let settings = std::iter::once(("book.toml".to_owned(), SETTINGS.to_owned()));
    let pictures = (0..8).map(|at| (format!("static/img/{at}.svg"), picture(at)));
    let entities = cast
        .entities
        .iter()
        .map(|it| (format!("content/entities/{}.md", it.slug), entity(cast, it)));
    let storylines = (0..cast.n_storylines()).map(|at| {
        (format!("content/storylines/{}.md", storyline_slug(at)), storyline(cast, at))
    });
    let briefs = (0..n_briefs).map(|number| {
        let it = Brief::new(cast, number);
        (format!("content/briefs/{}.md", file(&it)), brief(cast, &it))
    });
    settings.chain(pictures).chain(entities).chain(storylines).chain(briefs)
}

/// `2019/quiet-audit-on-bread-prices-000017`.
fn file(brief: &Brief) -> String {
    format!("{}/{}", &brief.time[..4], brief.slug)
}

pub(crate) fn picture(number: usize) -> String {
    let (x, y) = (40 + 30 * number, 90 - 5 * number);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"320\" height=\"180\"><path d=\"M0 {y}h320v90H0z\"/><circle cx=\"{x}\" cy=\"50\" r=\"20\"/></svg>\n"
    )
}

fn storyline_slug(number: usize) -> String {
    let random = &mut Random::of(4, number);
    format!("{}-{number}", slug(random.one(words::MATTERS)))
}

fn storyline(cast: &Cast, number: usize) -> String {
    let random = &mut Random::of(4, number);
    let matter = random.one(words::MATTERS);
    let status = if random.chance(60) { "developing" } else { "closed" };
    let name = &cast.entities[random.below(cast.entities.len())].name;
    format!(
        "---\ntitle: \"The {} over {matter}\"\nsummary: \"How {matter} became a matter of state.\"\nstatus: {status}\n---\nIt began with {name} and a question on {matter}.\n",
        random.one(words::THINGS)
    )
}

fn entity(cast: &Cast, entity: &Entity) -> String {
    let mut text = format!(
        "---\nname: \"{}\"\nkind: {}\nsummary: \"{}\"\n",
        entity.name,
        entity.kind.word(),
        entity.summary
    );
    if !entity.aliases.is_empty() {
        let aliases: Vec<String> =
            entity.aliases.iter().map(|it| format!("\"{it}\"")).collect();
        put(&mut text, format_args!("aliases: [{}]\n", aliases.join(", ")));
    }
    if !entity.roles.is_empty() {
        text.push_str("roles:\n");
    }
    for role in &entity.roles {
        let of = &cast.entities[role.of].name;
        let to = role.to.map_or(String::new(), |to| format!(", to: {to}-01-31"));
        let (title, from) = (role.title, role.from);
        put(
            &mut text,
            format_args!(
                "  - {{title: {title}, of: \"{of}\", from: {from}-02-01{to}}}\n"
            ),
        );
    }
    let [a, b] = entity.near.map(|it| &cast.entities[it].name);
    put(
        &mut text,
        format_args!(
            "---\nKnown beside [[{a}]] and {b}; see the briefs for what happened since.\n"
        ),
    );
    text
}

fn brief(cast: &Cast, brief: &Brief) -> String {
    let mut text = format!(
        "---\ntitle: \"{}\"\ndate: {}\nsummary: \"{}\"\nplace: \"{}\"\nby: [\"{}\"]\ntags: [{}]\n",
        brief.title,
        brief.time,
        brief.summary,
        cast.entities[brief.place].name,
        brief.author,
        brief.tags.join(", ")
    );
    if let Some(storyline) = brief.storyline {
        put(&mut text, format_args!("storylines: [{}]\n", storyline_slug(storyline)));
    }
    if let Some(picture) = brief.picture {
        put(
            &mut text,
            format_args!(
                "image: {{file: img/{picture}.svg, alt: \"A drawing of water and the sun\", credit: \"{}\"}}\n",
                brief.author
            ),
        );
    }
    text.push_str("sources:\n");
    for (outlet, title, url, date) in &brief.sources {
        put(
            &mut text,
            format_args!(
                "  - {{outlet: \"{outlet}\", title: \"{title}\", url: \"{url}\", date: {date}}}\n"
            ),
        );
    }
    text.push_str("---\n");
    for paragraph in &brief.paragraphs {
        text.push_str(&linked(cast, paragraph));
        text.push_str("\n\n");
    }
    for annotation in &brief.annotations {
        note(cast, brief, annotation, &mut text);
    }
    text
}

/// A paragraph with its links to other briefs.
fn linked(cast: &Cast, paragraph: &str) -> String {
    let (mut text, mut rest) = (String::new(), paragraph);
    while let Some((before, after)) = rest.split_once("{{") {
        let (number, after) = after.split_once("}}").expect("links are closed");
        let number = number.parse().expect("the number of a brief");
        put(&mut text, format_args!("{before}../{}.md", file(&Brief::new(cast, number))));
        rest = after;
    }
    text + rest
}

fn note(cast: &Cast, brief: &Brief, annotation: &Annotation, text: &mut String) {
    let Annotation { id, note, text: words } = annotation;
    let day = &brief.time[..10];
    let source = brief.sources[0].0;
    let name = |at: usize| &cast.entities[at].name;
    match note {
        Note::Plain => {
            put(text, format_args!("[^{id}]: {words}\n\n"));
            return;
        }
        Note::Claim { status, by, ledger } => {
            let by = name(*by);
            let sentence = match ledger {
                Some(ledger) => format!("The answer to question {ledger} is yes."),
                None => format!("What {by} said at {} in note {id} is so.", brief.time),
            };
            let (stance, finding) = match *status {
                "denied" => ("denied-by", None),
                "retracted" => ("withdrawn-by", None),
                finding => ("said-by", Some(finding)),
            };
            put(
                text,
                format_args!(
                    "[^{id}]:\n    claim: {sentence}\n    {stance}: {by}\n    on: {day}\n    source: {source}\n"
                ),
            );
            if let Some(finding) = finding {
                put(text, format_args!("    finding: {finding}\n"));
            }
        }
        Note::Quote { speaker } => put(
            text,
            format_args!(
                "[^{id}]:\n    quote: {}\n    on: {day}\n    source: {source}\n",
                name(*speaker)
            ),
        ),
        Note::Event { headline, day } => {
            put(text, format_args!("[^{id}]:\n    event: {headline}\n    on: {day}\n"));
        }
        Note::Source { outlet } => {
            put(text, format_args!("[^{id}]:\n    source: {outlet}\n    date: {day}\n"));
        }
    }
    if !words.is_empty() {
        put(text, format_args!("\n    {words}\n"));
    }
    text.push('\n');
}

fn put(text: &mut String, more: std::fmt::Arguments<'_>) {
    text.write_fmt(more).expect("memory takes all");
}

//! Proposals as JSON, an object a line.

use std::io::Write;

use jiff::civil::Date;
use serde::Serialize;

use crate::link::suggest::aliases::SuggestedAlias;
use crate::link::suggest::entities::SuggestedEntity;
use crate::link::texts::TextIdx;
use crate::parse::document::Document;
use crate::site::Site;
use crate::span::{Stretch, line_col};

/// A proposal, as it is exported.
#[derive(Serialize)]
#[serde(tag = "what", rename_all = "lowercase")]
enum ProposalRecord<'a> {
    /// An entity that the registry lacks.
    Entity {
        name: &'a str,
        kind: &'static str,
        aliases: &'a [String],
        /// How often it is named, and in how many texts.
        count: u32,
        texts: u32,
        first: Option<Date>,
        last: Option<Date>,
        titles: Vec<TitleRecord<'a>>,
        sentence: String,
        file: &'a str,
        line: usize,
    },
    /// Another name of an entity that it has.
    Alias {
        entity: &'a str,
        alias: &'a str,
        /// How often the words mean this entity, and anybody.
        count: u32,
        of: u32,
        sentence: String,
        file: &'a str,
        line: usize,
    },
}

#[derive(Serialize)]
struct TitleRecord<'a> {
    title: &'a str,
    first: Option<Date>,
    last: Option<Date>,
}

/// Prints the proposals.
pub(super) fn print(
    entities: &[SuggestedEntity],
    aliases: &[SuggestedAlias],
    site: &Site,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let edition = &site.built.edition;
    let entities = entities.iter().map(|it| {
        let (document, line) = line(it.place, site);
        ProposalRecord::Entity {
            name: &it.name,
            kind: it.kind.word(),
            aliases: &it.aliases,
            count: it.count,
            texts: it.n_texts,
            first: it.days.map(|it| it.0),
            last: it.days.map(|it| it.1),
            titles: it
                .titles
                .iter()
                .map(|it| TitleRecord {
                    title: &it.title,
                    first: it.days.map(|it| it.0),
                    last: it.days.map(|it| it.1),
                })
                .collect(),
            sentence: sentence(&document.text, it.place.1),
            file: &document.path,
            line,
        }
    });
    let aliases = aliases.iter().map(|it| {
        let (document, line) = line(it.place, site);
        ProposalRecord::Alias {
            entity: edition.entity(it.entity).entity.document.slug.as_str(),
            alias: &it.alias,
            count: it.count,
            of: it.of,
            sentence: sentence(&document.text, it.place.1),
            file: &document.path,
            line,
        }
    });
    for record in entities.chain(aliases) {
        serde_json::to_writer(&mut *out, &record)?;
        writeln!(out)?;
    }
    Ok(())
}

fn line(place: (TextIdx, Stretch), site: &Site) -> (&Document, usize) {
    let document = site.built.edition.document(place.0);
    (document, line_col(&document.text, place.1.start as usize).line)
}

/// How many characters of a sentence are shown on each side of a name.
const SIDE: usize = 60;

/// The sentence around a place, without markup of links, cut to what is near.
pub(super) fn sentence(text: &str, at: Stretch) -> String {
    let (start, end) = (at.start as usize, at.end as usize);
    let (before, after) =
        (text.get(..start).unwrap_or(""), text.get(end..).unwrap_or(""));
    let is_end = |piece: &str| piece.ends_with(['.', '!', '?', '\n']);
    let mut from = start;
    for (n, (at, c)) in before.char_indices().rev().enumerate() {
        if n == SIDE || c == '\n' && before[..at].ends_with('\n') {
            break;
        }
        if c == ' ' && is_end(&before[..at]) {
            break;
        }
        from = at;
    }
    let mut to = end;
    for (n, (at, c)) in after.char_indices().enumerate() {
        let has_ended = matches!(c, ' ' | '\n') && is_end(&text[end..end + at]);
        if n == SIDE || has_ended || c == '\n' && after[at + 1..].starts_with('\n') {
            break;
        }
        to = end + at + c.len_utf8();
    }
    let words = text[from..to].replace("[[", "").replace("]]", "");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_what_stands_around_a_name() {
        let text = "One came. Then [[Ada Holm]] left\nthe port. Nobody stayed.\n\nEnd.";
        let at = text.find("Ada").unwrap();
        let said = sentence(text, Stretch::new(at..at + 8));
        assert_eq!(said, "Then Ada Holm left the port.");
        let long = format!("{} Holm {}", "word ".repeat(50), "more ".repeat(50));
        let at = long.find("Holm").unwrap();
        let said = sentence(&long, Stretch::new(at..at + 4));
        assert!(said.chars().count() < 130, "{said}");
    }
}

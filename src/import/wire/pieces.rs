//! What stands around the text of pasted copy: captions, byline, headline, day and dateline.

use jiff::civil::Date;

use crate::import::dates;
use crate::import::fields::OldSource;
use crate::import::remark::{Construct, Remark};
use crate::import::wire::copy::WireCopy;
use crate::import::wire::numeric::past;

/// Takes out what is left of pictures: `![]() |`, the caption below it, the caption again.
pub(super) fn captions(copy: &mut WireCopy) {
    let mut kept: Vec<String> = Vec::new();
    let mut was_picture = false;
    for paragraph in std::mem::take(&mut copy.paragraphs) {
        let words = paragraph.trim_end_matches('|').trim();
        let is_picture =
            words.starts_with("![](") || words == "![]" || words == "[IMAGE]";
        let is_cell = paragraph.ends_with('|');
        let is_credited = ["Photo:", "Photo by", "Image:", "Picture:", "File photo"]
            .iter()
            .any(|it| words.contains(it));
        let is_again = copy.captions.iter().any(|it| it == words);
        if is_picture || is_again {
            was_picture |= is_picture;
            continue;
        }
        if (was_picture && is_cell) || is_credited && words.len() < 300 {
            copy.captions.push(words.to_owned());
            was_picture = false;
            continue;
        }
        was_picture = false;
        if kept.last().is_some_and(|it| it == words) {
            copy.remarks.push(Remark::of(
                Construct::Mended,
                &format!("a paragraph that stood twice: {words}"),
            ));
            continue;
        }
        kept.push(words.to_owned());
    }
    copy.paragraphs = kept;
}

/// A caption without what says who made the picture, and that.
pub(super) fn credited(caption: &str) -> (&str, Option<&str>) {
    for sign in ["Photo:", "Photo by", "Image:", "Picture:"] {
        if let Some((words, credit)) = caption.split_once(sign) {
            return (
                words.trim().trim_end_matches('('),
                Some(credit.trim().trim_end_matches([')', '.'])),
            );
        }
    }
    (caption, None)
}

/// `By Huyen Le` on top, `Huyen Le (AFP, Washington Post)` at the end.
pub(super) fn byline(copy: &mut WireCopy) {
    if let Some(last) = copy.paragraphs.last().cloned()
        && let Some((names, sources)) =
            last.strip_suffix(')').and_then(|it| it.split_once(" ("))
        && is_names(names)
        && !sources.contains(['(', ')', '.'])
    {
        copy.by.extend(listed(names));
        copy.sources.extend(listed(sources).map(source));
        copy.paragraphs.pop();
    }
    let by = copy.paragraphs.iter().take(3).position(|it| {
        it.strip_prefix("By ").or(it.strip_prefix("BY ")).is_some_and(is_names)
    });
    if let Some(at) = by {
        let line = copy.paragraphs.remove(at);
        let found: Vec<String> = listed(&line[3..]).collect();
        copy.by.extend(found);
    }
    let sources = copy.paragraphs.iter().rposition(|it| {
        it.len() < 120
            && ["Source: ", "Sources: "].iter().any(|sign| it.starts_with(sign))
    });
    if let Some(at) = sources {
        let line = copy.paragraphs.remove(at);
        let names =
            line.split_once(": ").map_or("", |it| it.1).trim_end_matches('.').to_owned();
        copy.sources.extend(listed(&names).map(source));
    }
}

fn source(outlet: String) -> OldSource {
    OldSource { outlet, ..OldSource::default() }
}

fn listed(names: &str) -> impl Iterator<Item = String> {
    let parts = names.split([',', ';', '/']).flat_map(|it| it.split(" and "));
    parts.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty())
}

/// Whether words are names: few, each with a capital, without the signs of a sentence.
fn is_names(words: &str) -> bool {
    let n = words.split_whitespace().count();
    (1..=8).contains(&n)
        && !words.ends_with(['.', ':', '!', '?'])
        && words.split_whitespace().all(|it| {
            matches!(it, "and" | "de" | "van" | "von" | "der" | "&")
                || it.starts_with(char::is_uppercase)
        })
}

/// A short first line that is not a sentence.
pub(super) fn headline(copy: &mut WireCopy) {
    let Some(first) = copy.paragraphs.first() else { return };
    let is_headline = copy.paragraphs.len() > 1
        && first.chars().count() <= 120
        && !first.ends_with(['.', '!', '”', '"', ':', ';', ','])
        && !first.contains(" — ")
        && dates::read(first).is_none();
    if is_headline {
        copy.title = Some(copy.paragraphs.remove(0));
    }
}

/// A line on top that is a date and nothing else.
pub(super) fn day_line(copy: &mut WireCopy) {
    let found = copy.paragraphs.iter().take(2).enumerate().find_map(|(at, it)| {
        (it.len() <= 40).then(|| {
            dates::read(it).filter(|it| !it.is_doubtful).map(|it| (at, it.day))
        })?
    });
    if let Some((at, day)) = found {
        copy.date = Some(day);
        copy.paragraphs.remove(at);
    }
}

/// `WASHINGTON, Aug 8 (Reuters) - `, `MEXICO CITY (AFP) — `, `GENEVA, 12 March — `.
pub(super) fn dateline(copy: &mut WireCopy, today: Date) {
    let Some(first) = copy.paragraphs.first().cloned() else { return };
    let dash = [" — ", " – ", " -- ", " - "]
        .iter()
        .filter_map(|it| first.find(it).map(|at| (at, it.len())))
        .min();
    let Some((at, len)) = dash.filter(|it| it.0 <= 80) else { return };
    let (head, rest) = (&first[..at], &first[at + len..]);
    let (head, agency) = match head.split_once('(') {
        Some((head, agency)) => (head.trim(), agency.trim_end_matches(')').trim()),
        None => (head.trim(), ""),
    };
    let (place, day) = head.split_once(',').unwrap_or((head, ""));
    let is_place = place.chars().any(char::is_alphabetic)
        && place.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    if !is_place {
        return;
    }
    copy.place = Some(capitals(place));
    let day = day.trim().trim_end_matches('.');
    if !day.is_empty() && copy.date.is_none() {
        let whole = dates::read(day).map(|it| it.day);
        copy.date = whole.or_else(|| {
            dates::read(&format!("{day} {}", today.year())).map(|it| past(it.day, today))
        });
    }
    copy.sources.extend(listed(agency).map(source));
    rest.trim().clone_into(&mut copy.paragraphs[0]);
}

/// `MEXICO CITY` as `Mexico City`.
fn capitals(place: &str) -> String {
    let words = place
        .split_whitespace()
        .map(|it| crate::import::text::marks::capital(&it.to_lowercase()));
    words.collect::<Vec<_>>().join(" ")
}

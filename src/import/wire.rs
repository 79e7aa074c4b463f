//! Wire copy as it is pasted: headline, dateline, byline, captions, numeric dates.

mod copy;
mod numeric;
mod pieces;

use jiff::civil::Date;

use crate::import::post::{Markup, Post, Sort};
use crate::import::remark::{Construct, Remark};
use crate::import::value::{HeadValue, Pairs};
use crate::import::wire::copy::WireCopy;
use crate::import::wire::numeric::numeric_dates;
use crate::import::wire::pieces::{
    byline, captions, credited, dateline, day_line, headline,
};
use crate::parse::config::DateOrder;

/// The items of pasted copy as texts. `today` is the day on which it is pasted.
pub(crate) fn posts(text: &str, file: &str, order: DateOrder, today: Date) -> Vec<Post> {
    let items = split(text);
    let n_items = items.len();
    let one = |(at, (line, item)): (usize, (usize, String))| {
        let file =
            if n_items == 1 { file.to_owned() } else { format!("{file}#{}", at + 1) };
        post(&item, &file, line, order, today)
    };
    items.into_iter().enumerate().map(one).collect()
}

/// Items, between lines that agencies end them with; each with the lines above it.
fn split(text: &str) -> Vec<(usize, String)> {
    let mut items: Vec<(usize, String)> = vec![(0, String::new())];
    for (at, line) in text.lines().enumerate() {
        let words = line.trim();
        let is_rule = words.len() >= 3
            && words.chars().all(|c| matches!(c, '*' | '-' | '=' | '_' | '#' | '~'));
        let is_end = matches!(
            words.to_ascii_uppercase().as_str(),
            "ENDS" | "END" | "(END)" | "-30-" | "(ENDS)" | "###"
        );
        if is_rule || is_end {
            items.push((at + 1, String::new()));
        } else if let Some((_, item)) = items.last_mut() {
            item.push_str(line);
            item.push('\n');
        }
    }
    items.retain(|it| !it.1.trim().is_empty());
    items
}

fn post(
    item: &str,
    file: &str,
    lines_above: usize,
    order: DateOrder,
    today: Date,
) -> Post {
    let mut copy = WireCopy { paragraphs: paragraphs(item), ..WireCopy::default() };
    captions(&mut copy);
    byline(&mut copy);
    headline(&mut copy);
    day_line(&mut copy);
    dateline(&mut copy, today);
    numeric_dates(&mut copy, order, today);
    let title = copy.title.take().unwrap_or_else(|| {
        copy.remarks.push(Remark::of(
            Construct::Decide,
            "the headline: it is the first words of the text",
        ));
        first_words(copy.paragraphs.first().map_or("", |it| it))
    });
    let date = copy.date.unwrap_or_else(|| {
        copy.remarks.push(Remark::of(
            Construct::Decide,
            "the date: the copy names none, so it is the day of the import",
        ));
        today
    });
    let captions: Vec<Remark> = copy.captions.iter().map(|it| picture(it)).collect();
    copy.remarks.extend(captions);
    let text: Vec<String> = copy.paragraphs.iter().map(|it| escaped(it)).collect();
    Post {
        file: file.to_owned(),
        sort: Sort::Dated,
        pairs: head(&copy, &title, date),
        text: text.join("\n\n"),
        lines_above,
        markup: Markup::Markdown,
        remarks: copy.remarks,
        ..Post::default()
    }
}

/// What is told of a caption, whose picture is not in the copy.
fn picture(caption: &str) -> Remark {
    let (words, credit) = credited(caption);
    let credit = credit.map_or(String::new(), |it| format!(", credit: {it}"));
    let words = crate::import::compose::in_list(words);
    let what =
        format!("the picture: image: {{file: …, alt: …, caption: {words}{credit}}}");
    Remark::of(Construct::Decide, &what)
}

/// The head as the importer of texts reads it.
fn head(copy: &WireCopy, title: &str, date: Date) -> Pairs {
    let text = |it: &str| HeadValue::Text(it.to_owned());
    let list = |items: Vec<HeadValue>| HeadValue::List(items);
    let mut pairs = vec![("title", text(title)), ("date", text(&date.to_string()))];
    pairs.extend(copy.place.as_ref().map(|it| ("place", text(it))));
    pairs.push(("by", list(copy.by.iter().map(|it| text(it)).collect())));
    let sources = copy.sources.iter().map(|it| text(&it.outlet));
    pairs.push(("sources", list(sources.collect())));
    pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// Paragraphs: between empty lines, or a line each where there are none.
fn paragraphs(item: &str) -> Vec<String> {
    let has_gaps = item.trim().contains("\n\n");
    let parts: Vec<&str> =
        if has_gaps { item.split("\n\n").collect() } else { item.lines().collect() };
    let words = parts.into_iter().flat_map(|it| {
        // The rest of a table of pictures is a line of its own, whatever stands around.
        if it.contains("![") || it.lines().any(|line| line.trim_end().ends_with('|')) {
            it.lines().map(crate::import::plain::one_line).collect::<Vec<_>>()
        } else {
            vec![crate::import::plain::one_line(it)]
        }
    });
    words.filter(|it| !it.is_empty()).collect()
}

/// The first words of a text, as a headline to begin with.
fn first_words(text: &str) -> String {
    let sentence = text.split(". ").next().unwrap_or(text).trim_end_matches('.');
    let mut title = String::new();
    for word in sentence.split_whitespace() {
        if title.chars().count() + word.chars().count() > 80 {
            break;
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title += word;
    }
    // Cut off in the middle, it should not end with a word that wants another.
    while let Some((before, last)) = title.rsplit_once(' ')
        && LINKING.contains(&last)
        && title.len() < sentence.len()
    {
        title.truncate(before.len());
    }
    title.trim_end_matches([',', ';', ':']).to_owned()
}

/// Small words after which a phrase goes on.
const LINKING: &[&str] = &[
    "a", "an", "and", "as", "at", "by", "for", "from", "her", "his", "in", "its", "of",
    "on", "or", "that", "the", "their", "to", "which", "who", "with",
];

/// Words as Markdown shows them: signs that would be markup are only signs.
fn escaped(paragraph: &str) -> String {
    let mut out = String::with_capacity(paragraph.len());
    for c in paragraph.chars() {
        if matches!(c, '*' | '_' | '[' | ']' | '<' | '`' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    if out.starts_with(['#', '>', '+', '-', '=']) { format!("\\{out}") } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Post> {
        posts(text, "wire.txt", DateOrder::Unsettled, Date::constant(2025, 8, 20))
    }

    fn key(post: &Post, key: &str) -> String {
        let found = post.pairs.iter().find(|it| it.0 == key).map(|it| &it.1);
        match found {
            Some(HeadValue::List(items)) => {
                items.iter().filter_map(HeadValue::text).collect::<Vec<_>>().join("; ")
            }
            Some(one) => one.text().unwrap_or_default(),
            None => String::new(),
        }
    }

    #[test]
    fn an_item_is_taken_apart() {
        let text = "Port of Norwick shut\nBy Ada Holm and Ben Ito\nNORWICK, Aug 8 (Wire One) - The port shut on 7/8.\nIt opened on 8/8.\n![]() |\nA gate. Photo: Wire One |\nA gate. Photo: Wire One\nMo Lind (Wire Two, Norwick Post)\n";
        let posts = read(text);
        let post = &posts[0];
        let expected = [
            ("title", "Port of Norwick shut"),
            ("date", "2025-08-08"),
            ("place", "Norwick"),
            ("by", "Mo Lind; Ada Holm; Ben Ito"),
            ("sources", "Wire Two; Norwick Post; Wire One"),
        ];
        for (name, value) in expected {
            assert_eq!(key(post, name), value, "{name}");
        }
        assert_eq!(
            post.text,
            "The port shut on 7 August 2025.\n\nIt opened on 8 August 2025."
        );
    }

    #[test]
    fn several_items_are_several_briefs() {
        let posts = read("One\n\nFirst text.\n\n***\n\nTwo\n\nSecond text.\n\nENDS\n");
        let titles: Vec<String> = posts.iter().map(|it| key(it, "title")).collect();
        assert_eq!(titles, ["One", "Two"]);
    }
}

//! Patterns by which old programs made addresses: `/:year/:month/:day/:title/`.

use jiff::civil::Date;

use crate::import::dates::OldDate;
use crate::slug::Slug;

/// What a pattern is filled with.
#[derive(Debug, Default)]
pub(crate) struct Filling<'a> {
    /// The day of the text.
    pub(crate) date: Option<&'a OldDate>,
    /// The name of the file, or the slug that the head gives.
    pub(crate) slug: &'a str,
    /// The headline.
    pub(crate) title: &'a str,
    /// The file's name as it is.
    pub(crate) name: &'a str,
    /// The categories, or the section.
    pub(crate) categories: &'a [String],
    /// The folder within the collection, with a slash at its end, or empty.
    pub(crate) path: &'a str,
    /// The collection, or the first section.
    pub(crate) collection: &'a str,
}

/// The address that a pattern gives; empty parts are left out, as the old programs do.
pub(crate) fn filled(pattern: &str, with: &Filling<'_>) -> String {
    let mut out = String::with_capacity(pattern.len() + 32);
    let mut rest = pattern;
    while let Some(at) = rest.find(':') {
        out += &rest[..at];
        rest = &rest[at + 1..];
        let end = rest
            .find(|c: char| !(c.is_ascii_alphabetic() || c == '_'))
            .unwrap_or(rest.len());
        if let Some(text) = part(&rest[..end], with) {
            out += &text;
        } else {
            out.push(':');
            out += &rest[..end];
        }
        rest = &rest[end..];
        if let Some(after) = rest.strip_prefix('[') {
            rest = after.split_once(']').map_or(rest, |it| it.1); // `:sections[1:]`
        }
    }
    out += rest;
    while out.contains("//") {
        out = out.replace("//", "/");
    }
    if out.starts_with('/') { out } else { format!("/{out}") }
}

fn part(name: &str, with: &Filling<'_>) -> Option<String> {
    let day = || with.date.map(|it| it.day);
    let number = |write: fn(Date) -> String| Some(day().map(write).unwrap_or_default());
    let slug = |text: &str| {
        Slug::from_title(text).map_or(String::new(), |it| it.as_str().to_owned())
    };
    match name {
        "year" => number(|it| format!("{:04}", it.year())),
        "short_year" => number(|it| format!("{:02}", it.year().rem_euclid(100))),
        "month" => number(|it| format!("{:02}", it.month())),
        "i_month" => number(|it| it.month().to_string()),
        "monthname" | "long_month" => {
            number(|it| crate::date::MONTHS[month_at(it)].to_lowercase())
        }
        "short_month" => number(|it| crate::date::MONTHS[month_at(it)][..3].to_owned()),
        "day" => number(|it| format!("{:02}", it.day())),
        "i_day" => number(|it| it.day().to_string()),
        "y_day" | "yearday" => number(|it| format!("{:03}", it.day_of_year())),
        "hour" | "minute" | "second" => {
            let time = with
                .date
                .and_then(|it| it.text.split_once('T'))
                .map_or("00:00:00", |it| it.1);
            let at = match name {
                "hour" => 0,
                "minute" => 3,
                _ => 6,
            };
            Some(
                time.get(at..at + 2)
                    .filter(|it| it.parse::<u8>().is_ok())
                    .unwrap_or("00")
                    .to_owned(),
            )
        }
        "title" => Some(if with.slug.is_empty() {
            slug(with.title)
        } else {
            with.slug.to_owned()
        }),
        "slug" => Some(slug(with.slug)),
        "slugorfilename" | "slugorcontentbasename" => Some(with.slug.to_owned()),
        "name" | "filename" | "contentbasename" | "basename" => {
            Some(with.name.to_owned())
        }
        "categories" | "slugified_categories" => {
            let parts: Vec<String> = with.categories.iter().map(|it| slug(it)).collect();
            Some(parts.join("/"))
        }
        "section" => Some(with.collection.to_owned()),
        "sections" => {
            Some(format!("{}/{}", with.collection, with.path.trim_end_matches('/')))
        }
        "collection" => Some(with.collection.trim_start_matches('_').to_owned()),
        "path" => Some(format!("{}{}", with.path, with.name)),
        "output_ext" => Some(".html".to_owned()),
        _ => None,
    }
}

fn month_at(date: Date) -> usize {
    usize::try_from(date.month() - 1).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_give_the_old_addresses() {
        let date = OldDate::of_day(Date::constant(2024, 2, 1));
        let categories = ["Port News".to_owned()];
        let with = Filling {
            date: Some(&date),
            slug: "dock-strike",
            title: "Dock strike",
            name: "dock-strike",
            categories: &categories,
            path: "a/",
            collection: "posts",
        };
        let cases = [
            (
                "/:categories/:year/:month/:day/:title:output_ext",
                "/port-news/2024/02/01/dock-strike.html",
            ),
            (
                "/:categories/:year/:month/:day/:title/",
                "/port-news/2024/02/01/dock-strike/",
            ),
            ("/:year/:y_day/:title.html", "/2024/032/dock-strike.html"),
            ("/news/:i_month-:i_day/:slug", "/news/2-1/dock-strike"),
            ("/:sections/:filename/", "/posts/a/dock-strike/"),
            ("/:unknown/x", "/:unknown/x"),
        ];
        for (pattern, expected) in cases {
            assert_eq!(filled(pattern, &with), expected, "{pattern}");
        }
    }
}

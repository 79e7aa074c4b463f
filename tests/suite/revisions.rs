//! When a text changed, and what feeds say of it.

use crate::book::{between, book, page, said};

fn brief(front: &str) -> String {
    format!(
        "//- book.toml\n[text]\ntime-zone = 'America/New_York'\n[output.html]\nsite-url = 'https://news.example/'\n\
         //- content/briefs/a.md\n---\ntitle: A\n{front}\n---\nIt rose to forty in the night, the port said. Then it fell.\n"
    )
}

/// What the feed says of the brief's last change.
fn changed(front: &str) -> String {
    let inputs = book(&brief(front));
    assert_eq!(said(&inputs), "", "{front}");
    let feed = page(&inputs, "feed.xml");
    let entry = feed.split("<entry>").nth(1).unwrap();
    between(entry, "<updated>", "</updated>")[0].to_owned()
}

#[test]
fn every_correction_moves_a_brief_on_and_none_into_the_future() {
    let cases = [
        ("date: 2025-08-08T21:30", "2025-08-08T21:30:00-04:00"),
        // The next day, in the zone of the book.
        (
            "date: 2025-08-08T21:30\ncorrections: [{on: 2025-08-09, text: x}]",
            "2025-08-09T00:00:00-04:00",
        ),
        (
            "date: 2025-08-08T21:30\ncorrections: [{on: 2025-08-08, text: x}]",
            "2025-08-08T21:30:01-04:00",
        ),
        (
            "date: 2025-08-08T21:30\ncorrections: [{on: 2025-08-08, text: x}, {on: 2025-08-08, text: y}]",
            "2025-08-08T21:30:02-04:00",
        ),
        (
            "date: 2025-08-08T21:30\ncorrections: [{on: 2025-08, text: x}]",
            "2025-08-08T21:30:01-04:00",
        ),
        (
            "date: 2025-07-08\ncorrections: [{on: 2025-08, text: x}]",
            "2025-08-01T00:00:00-04:00",
        ),
        // The book is of 20 August.
        (
            "date: 2025-08-08T21:30\ncorrections: [{on: 2025-09, text: x}]",
            "2025-08-08T21:30:00-04:00",
        ),
        ("date: 2025-08-08T21:30\nupdated: 2025-08-08", "2025-08-08T21:30:01-04:00"),
        (
            "date: 2025-08-08T21:30\nupdated: 2025-08-10T08:00\ncorrections: [{on: 2025-08-09, text: x}]",
            "2025-08-10T08:00:00-04:00",
        ),
    ];
    for (front, expected) in cases {
        assert_eq!(changed(front), expected, "{front}");
    }
    let html = page(
        &book(&brief("date: 2025-08-08\nupdated: 2025-09-01")),
        "2025/08/08/a/index.html",
    );
    assert!(!html.contains("Updated"), "{html}");
}

#[test]
fn a_feed_has_the_picture_the_language_and_a_description() {
    let files = format!(
        "{}//- static/gate.jpg\nx\n",
        brief("date: 2025-08-08\nlanguage: ar\nimage: {file: gate.jpg, alt: A gate}")
    );
    let inputs = book(&files);
    let feed = page(&inputs, "feed.xml");
    assert!(feed.contains("<entry xml:lang=\"ar\">"), "{feed}");
    let enclosure = "<link rel=\"enclosure\" type=\"image/jpeg\" length=\"2\" href=\"https://news.example/gate.jpg\"/>";
    assert!(feed.contains(enclosure), "{feed}");
    let line = "It rose to forty in the night, the port said.";
    assert!(feed.contains(&format!("<summary>{line}</summary>")), "{feed}");
    let json = page(&inputs, "feed.json");
    assert!(json.contains("\"image\":\"https://news.example/gate.jpg\""), "{json}");
    assert!(json.contains("\"language\":\"ar\""), "{json}");
    let html = page(&inputs, "2025/08/08/a/index.html");
    assert!(
        html.contains(&format!("<meta property=\"og:description\" content=\"{line}\">"))
    );
    assert!(html.contains("<html lang=\"ar\" dir=\"rtl\">"), "{html}");
    assert!(
        html.contains("<header class=\"masthead\" lang=\"en\" dir=\"ltr\">"),
        "{html}"
    );
    let home = page(&inputs, "index.html");
    assert!(home.contains("<html lang=\"en\" dir=\"ltr\">"), "{home}");
    assert!(home.contains("<h3 lang=\"ar\" dir=\"rtl\">"), "{home}");
    assert!(home.contains(line), "{home}");
}

#[test]
fn the_id_of_a_brief_outlives_its_name_and_the_domain() {
    let id = |files: &str| {
        let feed = page(&book(files), "feed.xml");
        between(feed.split("<entry>").nth(1).unwrap(), "<id>", "</id>")[0].to_owned()
    };
    let first = id(&brief("date: 2025-08-08"));
    assert_eq!(first, "tag:news.example,2025-08-08:/a");
    let renamed = brief("date: 2025-08-09\nslug: b\nredirect-from: [/2025/08/08/a/]");
    assert_eq!(id(&renamed), first);
    let moved = brief("date: 2025-08-08")
        .replace("https://news.example/", "https://other.example/r/")
        .replace("[output.html]", "[feeds]\nfeed-id = 'news.example'\n[output.html]");
    assert_eq!(id(&moved), first);
    let feed = page(&book(&moved), "feed.xml");
    assert!(feed.contains("<id>tag:news.example,2025:/feed.xml</id>"), "{feed}");
}

#[test]
fn addresses_in_feeds_are_encoded_as_canonical_links_are() {
    let files = brief("date: 2025-08-08\ntags: [أمن]");
    let feed = page(&book(&files), "tags/أمن/feed.xml");
    let own = "https://news.example/tags/%D8%A3%D9%85%D9%86/feed.xml";
    assert_eq!(feed.matches(own).count(), 2, "{feed}");
    assert!(!feed.contains("tags/أمن"), "{feed}");
}

#[test]
fn a_dateline_stands_where_there_is_a_place_and_never_twice() {
    let html = |front: &str, text: &str| {
        let files = brief(front).replace("It rose to forty", &format!("{text}It rose"));
        let html = page(&book(&files), "2025/08/08/a/index.html");
        html.contains("class=\"dateline\"")
    };
    let placed = "date: 2025-08-08\nplace: Geneva";
    assert!(html(placed, ""));
    assert!(!html("date: 2025-08-08", ""));
    for own in
        ["GENEVA (AP) — ", "Geneva, 8 August – ", "PARIS -- ", "- ", "## Night\n\n"]
    {
        assert!(!html(placed, own), "{own}");
    }
    assert!(html(placed, "A dash — here — is not one. "));
    let always =
        brief("date: 2025-08-08").replace("[text]", "[text]\ndateline = 'always'");
    assert!(
        page(&book(&always), "2025/08/08/a/index.html").contains("class=\"dateline\"")
    );
}

#[test]
fn a_day_stands_once_on_the_home_page_whatever_the_zones_are() {
    let files = "//- content/briefs/a.md\n---\ntitle: A\ndate: 2025-08-08T23:00-10:00\n---\n\
                 //- content/briefs/b.md\n---\ntitle: B\ndate: 2025-08-09T08:00Z\n---\n\
                 //- content/briefs/c.md\n---\ntitle: C\ndate: 2025-08-08T21:00-10:00\n---\n";
    let home = page(&book(files), "index.html");
    let days = between(&home, "<h2><time datetime=\"", "\"");
    assert_eq!(days, ["2025-08-09"], "{home}");
}

#[test]
fn a_brief_that_names_very_many_is_in_their_feeds_with_its_summary() {
    let names: Vec<String> = (0..60)
        .map(|n| format!("Norwick{}", char::from_u32(0x4e00 + n).unwrap()))
        .collect();
    let mut files = brief("date: 2025-08-08")
        .replace("It rose", &format!("{}. It rose", names.join(", ")));
    for (n, name) in names.iter().enumerate() {
        files += &format!(
            "//- content/entities/n{n}.md\n---\nname: {name}\nkind: place\n---\n"
        );
    }
    let inputs = book(&files);
    assert!(page(&inputs, "feed.xml").contains("Then it fell."));
    assert!(!page(&inputs, "entities/n1/feed.xml").contains("Then it fell."));
}

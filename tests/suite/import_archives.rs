//! Made archives of every kind, 24 texts each with what real ones have: every text, address,
//! link and picture is in the book or in the report, one by one; a second run changes
//! nothing, and a change in the archive only what nobody has edited.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::import::{errors, files, import, put, remarks};

const N: usize = 24;

/// How a kind of archive writes its posts.
struct Made {
    /// What makes it one of its kind: files by path.
    settings: &'static [(&'static str, &'static str)],
    /// The file of a post; of an export, the one file of all.
    file: fn(usize) -> String,
    /// The file of all posts from one text for each.
    post: fn(usize, &str) -> String,
    /// What stands around all posts of an export; `None` for a file each.
    export: Option<fn(&[String]) -> String>,
    /// Its address on the old site; `None` for vaults, which have none.
    address: Option<fn(usize) -> String>,
    /// A link to a post, and a picture, as they stand in a text.
    link: fn(usize) -> String,
    picture: fn(usize) -> String,
    picture_file: fn(usize) -> String,
    /// Whether texts are HTML.
    is_html: bool,
}

fn slug(i: usize) -> String {
    format!("story-{i:02}-of-the-port")
}

fn day(i: usize) -> String {
    format!("2023-03-{:02}", i + 1)
}

/// What old texts have and Markdown of today does not want.
fn oddity(i: usize, is_html: bool) -> &'static str {
    const TEXTS: [&str; N] = [
        "Plain.",
        "<script>track()</script> <div class=\"x\">never closed",
        "See [nowhere](/gone/place.html) and [mail](mailto:a@b.example).",
        "A note[^1] and one without[^2].\n\n[^1]: The note.\n\n[^3]: Nobody asks.",
        "[^x]:\n    claim: nobody\n    said-by:\n\nWords[^x].",
        "On 8/7 and 31/12 and 1/4 of it, version 4.11.10.",
        "| a | b |\n|---|---|\n| [x](y) | `|` |",
        "<iframe src=\"https://www.youtube.com/embed/abc\"></iframe>",
        "Brackets [[Nobody]] and [words](javascript:alert(1)).",
        "Paste\u{7} with\u{c} signs.",
        "<!--more-->\n\nThe rest.",
        "> Quoted\n> twice\n\n- a\n  - b\n\n1. c",
        "<table><tr><td>cell</td></tr></table>",
        "*emphasis **nested* wrong** and `code`",
        "<b>bold</b> <font color=red>red</font> H<sub>2</sub>O &nbsp; &copy;",
        "# A heading\n\n###### Another\n\n# A heading",
        "![](/img/nothing.png) ![x](https://pictures.example/x.png)",
        "https://bare.example/a_b_c. (https://bare.example/d)",
        "```\n<b>not bold</b>\n```",
        "Line one\\\nline two  \nline three",
        "---\n\n***\n\n___",
        "<details><summary>More</summary>\n\nInner *words*.\n\n</details>",
        "&lt;b&gt; and 5 < 6 > 4 & so on",
        "ترجمة 日本語 Ελλάδα",
    ];
    const HTML: [&str; 6] = [
        "<p>Plain.</p>",
        "<script>track()</script><div class='x'>never closed",
        "<p>See <a href='/gone/place.html'>nowhere</a>, <a href='javascript:x()'>x</a>.</p>",
        "<iframe src='https://www.youtube.com/embed/abc'></iframe>",
        "<table><tr><td>cell</td></tr></table><ul><li>a<ul><li>b</li></ul></li></ul>",
        "<p>[unknown x=1]kept[/unknown] &nbsp; &copy; <!--more--> H<sub>2</sub>O 8/7</p>",
    ];
    if is_html { HTML[i % HTML.len()] } else { TEXTS[i] }
}

fn text(made: &Made, i: usize, mark: &str) -> String {
    let (link, picture) = ((made.link)((i + N - 1) % N), (made.picture)(i));
    let odd = oddity(i, made.is_html);
    if made.is_html {
        format!("<p>Marker {i:02} begins{mark}.</p>\n<p>{link} {picture}</p>\n{odd}\n")
    } else {
        format!("Marker {i:02} begins{mark}.\n\n{link} {picture}\n\n{odd}\n")
    }
}

/// Writes the archive; posts of `marked` have a word more.
fn write(made: &Made, root: &Path, marked: &[usize]) {
    for (path, text) in made.settings {
        put(&root.join("from"), path, text.as_bytes());
    }
    let mark = |i: usize| if marked.contains(&i) { " anew" } else { "" };
    let posts: Vec<String> =
        (0..N).map(|i| (made.post)(i, &text(made, i, mark(i)))).collect();
    match made.export {
        Some(export) => {
            put(&root.join("from"), &(made.file)(0), export(&posts).as_bytes());
        }
        None => {
            for (i, post) in posts.iter().enumerate() {
                put(&root.join("from"), &(made.file)(i), post.as_bytes());
            }
        }
    }
    // Every fifth picture was lost years ago.
    for i in (0..N).filter(|i| i % 5 != 0) {
        let bytes = format!("\u{89}PNG picture {i}");
        put(&root.join("from"), &(made.picture_file)(i), bytes.as_bytes());
    }
}

/// The content file that a post became, by its number.
fn placed(book: &BTreeMap<String, Vec<u8>>) -> BTreeMap<usize, (String, String)> {
    let mut placed = BTreeMap::new();
    for (path, bytes) in book.iter().filter(|it| it.0.starts_with("content/")) {
        let text = String::from_utf8(bytes.clone()).unwrap();
        for i in (0..N).filter(|i| text.contains(&format!("Marker {i:02} begins"))) {
            let before = placed.insert(i, (path.clone(), text.clone()));
            assert!(before.is_none(), "{i} is in {path} and in {before:?}");
        }
    }
    placed
}

fn check(made: &Made) {
    let root = tempfile::tempdir().unwrap();
    write(made, root.path(), &[]);
    let book = import(root.path(), &[]);
    let told = remarks(&book);
    assert_eq!(errors(&book), "", "{told:#?}");
    let first = files(&book);
    let placed_at = placed(&first);
    let is_told = |construct: &str, what: &str| {
        told.iter().any(|it| it.1 == construct && it.2.contains(what))
    };
    for i in 0..N {
        let Some((path, text)) = placed_at.get(&i) else {
            panic!("the text {i} is neither in the book nor in the report: {told:#?}");
        };
        if let Some(address) = made.address {
            let address = address(i);
            let is_ours = address.trim_matches('/')
                == format!("{}/{}", day(i).replace('-', "/"), slug(i));
            assert!(
                is_ours || text.contains(&address) || is_told("lost-address", &address),
                "{address} leads nowhere: {text}"
            );
        }
        let before = (i + N - 1) % N;
        let to = placed_at[&before].0.rsplit('/').next().unwrap();
        assert!(
            text.contains(&format!("[before]({to})"))
                || is_told("dead-link", &slug(before)),
            "{path} does not lead to {to}: {text}"
        );
        let name = format!("pic-{i:02}.png");
        let is_shown = text.contains(&name)
            && first.keys().any(|it| it.starts_with("static/") && it.ends_with(&name));
        let is_missing =
            is_told("missing-picture", &name) || is_told("remote-picture", &name);
        assert_eq!((is_shown, is_missing), (i % 5 != 0, i % 5 == 0), "{name}: {text}");
    }
    import(root.path(), &[]);
    assert!(files(&book) == first, "the second run changed something");
    edited(made, root.path(), &book, &first);
}

/// The desk edits one text, the old site changes that one and another.
fn edited(made: &Made, root: &Path, book: &Path, first: &BTreeMap<String, Vec<u8>>) {
    let placed_at = placed(first);
    let (own, theirs) = (&placed_at[&3].0, &placed_at[&4].0);
    let mine = format!("{}\nOf the desk.\n", placed_at[&3].1);
    fs::write(book.join(own), &mine).unwrap();
    write(made, root, &[3, 4]);
    import(root, &[]);
    let now = files(book);
    assert_eq!(String::from_utf8_lossy(&now[own]), mine, "the desk's own was changed");
    assert!(String::from_utf8_lossy(&now[theirs]).contains("Marker 04 begins anew"));
    assert!(remarks(book).iter().any(|it| it.1 == "edited" && it.2.contains(&**own)));
    let changed = now.iter().filter(|it| first.get(it.0) != Some(it.1)).map(|it| it.0);
    let mut changed: Vec<&str> = changed.map(String::as_str).collect();
    changed.retain(|it| *it != "import-manifest.txt");
    let mut expected = [own.as_str(), theirs.as_str()];
    expected.sort_unstable();
    assert_eq!(changed, expected);
}

fn yaml(i: usize, more: &str, text: &str) -> String {
    format!(
        "---\ntitle: \"Story {i:02} of the port\"\ndate: {}\ntags: [Port, \"No {i}\"]\nauthor: Ada Holm\nweight: {i}\n{more}---\n\n{text}",
        day(i)
    )
}

#[test]
fn every_post_of_jekyll_is_accounted_for() {
    check(&Made {
        settings: &[(
            "_config.yml",
            "title: Desk\nurl: https://desk.example\npermalink: /:year/:month/:title.html\n",
        )],
        file: |i| format!("_posts/{}-{}.md", day(i), slug(i)),
        post: |i, text| yaml(i, "layout: post\n", text),
        export: None,
        address: Some(|i| format!("/2023/03/{}.html", slug(i))),
        link: |i| format!("[before]({{% post_url {}-{} %}})", day(i), slug(i)),
        picture: |i| format!("![Gate]({{{{ site.baseurl }}}}/img/pic-{i:02}.png)"),
        picture_file: |i| format!("img/pic-{i:02}.png"),
        is_html: false,
    });
}

#[test]
fn every_text_of_hugo_is_accounted_for() {
    check(&Made {
        settings: &[(
            "hugo.toml",
            "baseURL = 'https://desk.example/'\ntitle = 'Desk'\n[permalinks]\nnews = '/n/:slug/'\n",
        )],
        file: |i| format!("content/news/{}.md", slug(i)),
        post: |i, text| yaml(i, "", text),
        export: None,
        address: Some(|i| format!("/n/{}/", slug(i))),
        link: |i| format!("[before]({{{{< relref \"{}.md\" >}}}})", slug(i)),
        picture: |i| format!("![Gate](/img/pic-{i:02}.png)"),
        picture_file: |i| format!("static/img/pic-{i:02}.png"),
        is_html: false,
    });
}

#[test]
fn every_page_of_zola_is_accounted_for() {
    check(&Made {
        settings: &[
            ("config.toml", "base_url = 'https://desk.example'\ntitle = 'Desk'\n"),
            ("content/news/_index.md", "+++\ntitle = 'News'\n+++\n"),
        ],
        file: |i| format!("content/news/{}/index.md", slug(i)),
        post: |i, text| {
            format!(
                "+++\ntitle = 'Story {i:02} of the port'\ndate = {}\n[taxonomies]\ntags = ['Port']\n[extra]\nweight = {i}\n+++\n\n{text}",
                day(i)
            )
        },
        export: None,
        address: Some(|i| format!("/news/{}/", slug(i))),
        link: |i| format!("[before](@/news/{}/index.md)", slug(i)),
        picture: |i| format!("![Gate](pic-{i:02}.png)"),
        picture_file: |i| format!("content/news/{}/pic-{i:02}.png", slug(i)),
        is_html: false,
    });
}

#[test]
fn every_article_of_pelican_is_accounted_for() {
    check(&Made {
        settings: &[(
            "pelicanconf.py",
            "SITENAME = 'Desk'\nSITEURL = 'https://desk.example'\nARTICLE_URL = 'a/{slug}.html'\n",
        )],
        file: |i| format!("content/{}.md", slug(i)),
        post: |i, text| {
            format!(
                "Title: Story {i:02} of the port\nDate: {} 10:00\nTags: port, no {i}\nAuthor: Ada Holm\n\n{text}",
                day(i)
            )
        },
        export: None,
        address: Some(|i| format!("/a/{}.html", slug(i))),
        link: |i| format!("[before]({{filename}}{}.md)", slug(i)),
        picture: |i| format!("![Gate]({{static}}/images/pic-{i:02}.png)"),
        picture_file: |i| format!("content/images/pic-{i:02}.png"),
        is_html: false,
    });
}

#[test]
fn every_text_of_eleventy_is_accounted_for() {
    check(&Made {
        settings: &[
            (".eleventy.js", "module.exports = () => ({ dir: { input: 'src' } });\n"),
            ("eleventy.config.js", "export default () => ({ dir: { input: 'src' } });\n"),
            (
                "src/posts/posts.11tydata.js",
                "module.exports = { permalink: '/{{ page.date | toDatePath }}/{{ page.fileSlug }}.html' };\n",
            ),
        ],
        file: |i| format!("src/posts/{}-{}.md", day(i), slug(i)),
        post: |i, text| yaml(i, "", text),
        export: None,
        address: Some(|i| format!("/2023/03/{:02}/{}.html", i + 1, slug(i))),
        link: |i| {
            format!(
                "[before]({{{{ \"/2023/03/{:02}/{}.html\" | url }}}})",
                i + 1,
                slug(i)
            )
        },
        picture: |i| {
            format!("{{% image_with_class \"/img/pic-{i:02}.png\", \"Gate\" %}}")
        },
        picture_file: |i| format!("public/img/pic-{i:02}.png"),
        is_html: false,
    });
}

#[test]
fn every_note_of_a_vault_is_accounted_for() {
    check(&Made {
        settings: &[(".obsidian/app.json", "{}")],
        file: |i| format!("News/Story {i:02} of the port.md"),
        post: |i, text| yaml(i, "cssclass: wide\n", text),
        export: None,
        address: None,
        link: |i| format!("[[Story {i:02} of the port|before]]"),
        picture: |i| format!("![[pic-{i:02}.png|300]]"),
        picture_file: |i| format!("Files/pic-{i:02}.png"),
        is_html: false,
    });
}

#[test]
fn every_item_of_wordpress_is_accounted_for() {
    check(&Made {
        settings: &[],
        file: |_| "export.xml".to_owned(),
        post: |i, text| {
            format!(
                "<item><title>Story {i:02} of the port</title><link>https://desk.example/story/{i}/</link><dc:creator><![CDATA[ada]]></dc:creator><content:encoded><![CDATA[{text}]]></content:encoded><wp:post_id>{}</wp:post_id><wp:post_date>{} 10:00:00</wp:post_date><wp:post_name>{}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>\n",
                i + 1,
                day(i),
                slug(i)
            )
        },
        export: Some(|posts| {
            format!(
                "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:wp=\"http://wordpress.org/export/1.2/\" xmlns:content=\"c\" xmlns:dc=\"d\"><channel><title>Desk</title><link>https://desk.example</link><wp:base_blog_url>https://desk.example</wp:base_blog_url>\n{}</channel></rss>\n",
                posts.concat()
            )
        }),
        address: Some(|i| format!("/story/{i}/")),
        link: |i| format!("<a href=\"https://desk.example/story/{i}/\">before</a>"),
        picture: |i| {
            format!(
                "<img src=\"https://desk.example/wp-content/uploads/pic-{i:02}.png\" alt=\"Gate\">"
            )
        },
        picture_file: |i| format!("wp-content/uploads/pic-{i:02}.png"),
        is_html: true,
    });
}

#[test]
fn every_post_of_ghost_is_accounted_for() {
    check(&Made {
        settings: &[],
        file: |_| "export.json".to_owned(),
        post: |i, text| {
            let post = serde_json::json!({
                "id": format!("{i}"), "title": format!("Story {i:02} of the port"),
                "slug": slug(i), "html": text, "status": "published", "type": "post",
                "published_at": format!("{}T10:00:00.000Z", day(i)),
            });
            post.to_string()
        },
        export: Some(|posts| {
            format!(
                "{{\"db\": [{{\"data\": {{\"posts\": [{}], \"tags\": [], \"users\": [], \"posts_tags\": [], \"posts_authors\": [], \"settings\": [{{\"key\": \"title\", \"value\": \"Desk\"}}]}}}}]}}",
                posts.join(",")
            )
        }),
        address: Some(|i| format!("/{}/", slug(i))),
        link: |i| format!("<a href=\"__GHOST_URL__/{}/\">before</a>", slug(i)),
        picture: |i| {
            format!(
                "<img src=\"__GHOST_URL__/content/images/pic-{i:02}.png\" alt=\"Gate\">"
            )
        },
        picture_file: |i| format!("content/images/pic-{i:02}.png"),
        is_html: true,
    });
}

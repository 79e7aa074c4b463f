//! The same book as a project for Hugo.
//!
//! Entities are a taxonomy, and a brief names those it mentions in its front matter, since
//! Hugo does not find them. With [`Links::Names`] a partial links the first mention of each
//! in the text, by one regular expression an entity: the usual way to do it with templates.

use crate::corpus::brief::{Brief, Note};
use crate::corpus::entity::{Entity, Kind};
use crate::corpus::{Cast, book};

/// Whether the text is linked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Links {
    None,
    Names,
}

const SETTINGS: &str = "baseURL: https://example.org/
title: The Canal Desk
locale: en
disableKinds: ['404']
taxonomies: {entity: entities, tag: tags, storyline: storylines}
pagination: {pagerSize: 50, disableAliases: true}
outputs: {home: [html, rss], section: [html], taxonomy: [html], term: [html, rss], page: [html]}
services: {rss: {limit: 20}}
permalinks: {page: {briefs: '/:year/:month/:day/:contentbasename/'}}
";

const BASE: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} – {{ site.Title }}</title>
{{ with .Description }}<meta name="description" content="{{ . }}">{{ end }}
<link rel="canonical" href="{{ .Permalink }}">
<link rel="stylesheet" href="/site.css">
</head>
<body>
<header><a href="/">{{ site.Title }}</a> <nav><a href="/entities/">Entities</a> <a href="/storylines/">Storylines</a> <a href="/tags/">Tags</a></nav></header>
<main>{{ block "main" . }}{{ end }}</main>
<footer>{{ site.Title }}</footer>
</body>
</html>
"#;

const BRIEF: &str = r#"{{ define "main" }}
<article>
<h1>{{ .Title }}</h1>
<p class="byline">{{ upper .Params.place }} <time datetime="{{ .Date.Format "2006-01-02T15:04" }}">{{ .Date.Format "2 January 2006" }}</time> {{ delimit .Params.by ", " }}</p>
<p class="standfirst">{{ .Description }}</p>
{{ with .Params.image }}<figure><img src="/{{ .file }}" alt="{{ .alt }}" width="320" height="180"><figcaption>{{ .credit }}</figcaption></figure>{{ end }}
<div class="text">CONTENT</div>
<h2>Sources</h2>
<ul>{{ range .Params.sources }}<li>{{ .outlet }}: <a href="{{ .url }}">{{ .title }}</a>, {{ .date }}</li>{{ end }}</ul>
<p>{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}{{ range .GetTerms "storylines" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</p>
</article>
<aside>
<h2>Named here</h2>
<ul>{{ range .GetTerms "entities" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> ({{ .Params.sort }}) {{ .Description }}{{ with .Params.roles }}{{ with index (last 1 .) 0 }} {{ .title }} of {{ .of }} since {{ .from }}.{{ end }}{{ end }}
<ul>{{ range first 3 .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Date.Format "2006-01-02" }}</li>{{ end }}</ul></li>
{{ end }}</ul>
</aside>
{{ end }}
"#;

const LIST: &str = r#"{{ define "main" }}<h1>{{ .Title }}</h1>
{{ $pages := .Paginate .RegularPages }}
<ul>{{ range $pages.Pages }}<li><time>{{ .Date.Format "2006-01-02" }}</time> <a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Description }}</li>
{{ end }}</ul>
<nav>{{ with $pages.Prev }}<a href="{{ .URL }}">Newer</a>{{ end }} {{ with $pages.Next }}<a href="{{ .URL }}">Older</a>{{ end }}</nav>
{{ end }}
"#;

const TERMS: &str = r#"{{ define "main" }}<h1>{{ .Title }}</h1>
<ul>{{ range .Pages.ByTitle }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ len .Pages }}</li>
{{ end }}</ul>
{{ end }}
"#;

const ENTITY: &str = r#"{{ define "main" }}<h1>{{ .Title }}</h1>
<p>{{ .Params.sort }} {{ .Description }}</p>
{{ .Content }}
<p>{{ delimit .Params.names ", " }}</p>
{{ with .Params.roles }}<table>{{ range . }}<tr><td>{{ .title }}</td><td>{{ .of }}</td><td>{{ .from }}</td><td>{{ with .to }}{{ . }}{{ end }}</td></tr>{{ end }}</table>{{ end }}
{{ $pages := .Paginate .Pages }}
<ul>{{ range $pages.Pages }}<li><time>{{ .Date.Format "2006-01-02" }}</time> <a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>
<nav>{{ with $pages.Prev }}<a href="{{ .URL }}">Newer</a>{{ end }} {{ with $pages.Next }}<a href="{{ .URL }}">Older</a>{{ end }}</nav>
{{ end }}
"#;

/// The expression that finds an entity, and the text with the first place of each linked.
const EXPRESSION: &str = r#"{{- $names := slice -}}
{{- range .Params.names -}}{{- $names = $names | append (replaceRE `([.*+?()|])` `\$1` (htmlEscape .)) -}}{{- end -}}
{{- return printf `\b(%s)\b` (delimit $names "|") -}}
"#;
const LINKED: &str = r#"{{- $text := .Content -}}
{{- range .GetTerms "entities" -}}
{{- $expression := partialCached "expression.html" . .RelPermalink -}}
{{- $text = replaceRE $expression (printf `<a href="%s">$1</a>` .RelPermalink) $text 1 -}}
{{- end -}}
{{- $text | safeHTML -}}
"#;

/// The files of the project one by one.
pub(crate) fn files(
    cast: &Cast,
    n_briefs: usize,
    links: Links,
) -> impl Iterator<Item = (String, String)> + '_ {
    let content = match links {
        Links::None => "{{ .Content }}",
        Links::Names => "{{ partial \"linked.html\" . }}",
    };
    let fixed = [
        ("hugo.yaml", SETTINGS.to_owned()),
        ("layouts/baseof.html", BASE.to_owned()),
        ("layouts/page.html", BRIEF.replace("CONTENT", content)),
        ("layouts/home.html", LIST.replace(".RegularPages", "site.RegularPages")),
        ("layouts/section.html", LIST.to_owned()),
        ("layouts/term.html", LIST.replace(".RegularPages", ".Pages")),
        ("layouts/taxonomy.html", TERMS.to_owned()),
        ("layouts/entities/term.html", ENTITY.to_owned()),
        ("layouts/_partials/expression.html", EXPRESSION.to_owned()),
        ("layouts/_partials/linked.html", LINKED.to_owned()),
        (
            "static/site.css",
            "body{font:1rem/1.5 serif;max-width:70rem;margin:auto}\n".repeat(100),
        ),
    ];
    let fixed = fixed.into_iter().map(|(path, text)| (path.to_owned(), text));
    let pictures = (0..8).map(|at| (format!("static/img/{at}.svg"), book::picture(at)));
    let entities = cast
        .entities
        .iter()
        .map(|it| (format!("content/entities/{}/_index.md", it.slug), entity(cast, it)));
    let briefs = (0..n_briefs).map(|number| {
        let it = Brief::new(cast, number);
        (format!("content/briefs/{}.md", it.slug), brief(cast, &it))
    });
    fixed.chain(pictures).chain(entities).chain(briefs)
}

fn entity(cast: &Cast, entity: &Entity) -> String {
    // The longest first, since an expression takes the first that fits.
    let mut names: Vec<&str> =
        entity.aliases.iter().map(String::as_str).chain([&*entity.name]).collect();
    names.sort_by_key(|it| std::cmp::Reverse(it.len()));
    let names: Vec<String> = names.iter().map(|it| format!("\"{it}\"")).collect();
    let mut roles = String::new();
    for role in &entity.roles {
        let to = role.to.map_or(String::new(), |to| format!(", to: {to}"));
        let of = &cast.entities[role.of].name;
        roles += &format!(
            "  - {{title: {}, of: \"{of}\", from: {}{to}}}\n",
            role.title, role.from
        );
    }
    if entity.kind == Kind::Person {
        roles.insert_str(0, "roles:\n");
    }
    format!(
        "---\ntitle: \"{}\"\ndescription: \"{}\"\nsort: {}\nnames: [{}]\n{roles}---\nKnown beside {}.\n",
        entity.name,
        entity.summary,
        entity.kind.word(),
        names.join(", "),
        cast.entities[entity.near[0]].name,
    )
}

fn brief(cast: &Cast, brief: &Brief) -> String {
    let slugs: Vec<&str> =
        brief.mentions.iter().map(|it| &*cast.entities[*it].slug).collect();
    let mut text = format!(
        "---\ntitle: \"{}\"\ndate: {}:00Z\ndescription: \"{}\"\nplace: \"{}\"\nby: [\"{}\"]\ntags: [{}]\nentities: [{}]\n",
        brief.title,
        brief.time,
        brief.summary,
        cast.entities[brief.place].name,
        brief.author,
        brief.tags.join(", "),
        slugs.join(", ")
    );
    if let Some(storyline) = brief.storyline {
        text += &format!("storylines: [storyline-{storyline}]\n");
    }
    if let Some(picture) = brief.picture {
        text += &format!(
            "image: {{file: img/{picture}.svg, alt: \"A drawing of water and the sun\", credit: \"{}\"}}\n",
            brief.author
        );
    }
    text += "sources:\n";
    for (outlet, title, url, date) in &brief.sources {
        text += &format!(
            "  - {{outlet: \"{outlet}\", title: \"{title}\", url: \"{url}\", date: {date}}}\n"
        );
    }
    text += "---\n";
    for paragraph in &brief.paragraphs {
        text += &plain(cast, paragraph);
        text += "\n\n";
    }
    for annotation in &brief.annotations {
        let kind = match &annotation.note {
            Note::Plain => String::new(),
            Note::Claim { status, by, .. } => {
                format!("Claim, {status}: {}. ", cast.entities[*by].name)
            }
            Note::Quote { speaker } => cast.entities[*speaker].name.clone(),
            Note::Event { headline, day } => format!("{headline}, {day}. "),
            Note::Source { outlet } => format!("{outlet}. "),
        };
        text += &format!("[^{}]: {kind}{}\n\n", annotation.id, annotation.text);
    }
    text
}

/// A paragraph in the Markdown that Hugo knows: names without brackets, notes behind the
/// words, links to addresses.
fn plain(cast: &Cast, paragraph: &str) -> String {
    let mut text = paragraph.replace("[[", "").replace("]]", "");
    while let Some(at) = text.find("][^") {
        let Some(open) = text[..at].rfind('[') else { break };
        text.replace_range(at..=at, "");
        text.replace_range(open..=open, "");
    }
    while let Some((before, after)) = text.split_once("{{") {
        let Some((number, after)) = after.split_once("}}") else { break };
        let number = number.parse().expect("the number of a brief");
        let other = Brief::new(cast, number);
        let day = other.time[..10].replace('-', "/");
        text = format!("{before}/{day}/{}/{after}", other.slug);
    }
    text
}

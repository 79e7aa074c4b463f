//! Nothing that a book says is a command to the runner that prints its findings.

use dateline::Built;
use dateline::diagnostic::{Format, Positions};
use dateline::input::Inputs;
use dateline::site::Site;

use crate::book::now;

/// What every value and every name below holds: two forms of a command of GitHub's runner.
const BAD: &str = "x\n::stop-commands::x\r\n ::add-mask::x\n##[add-mask]x";

/// A book in which every text that a finding can quote is [`BAD`].
fn book_of_commands() -> Inputs {
    let bad = BAD.replace('\n', "\\n").replace('\r', "\\r");
    let brief_keys = [
        "title",
        "slug",
        "date",
        "updated",
        "summary",
        "place",
        "by",
        "storylines",
        "tags",
        "redirect-from",
        "draft",
        "embargo",
        "expires",
        "language",
        "image",
    ];
    let entity_keys = [
        "name",
        "kind",
        "aliases",
        "summary",
        "roles",
        "relations",
        "same-as",
        "location",
    ];
    let mut inputs = Inputs::empty(now());
    for (folder, keys) in [("briefs", &brief_keys[..]), ("entities", &entity_keys[..])] {
        for key in keys {
            let text = format!("---\n{key}: \"{bad}\"\n\"{bad}\": \"{bad}\"\n---\n");
            inputs.insert(&format!("content/{folder}/{key}.md"), &text);
        }
    }
    let tables = [
        (
            "entities/roles",
            format!("roles: [{{title: \"{bad}\", of: \"{bad}\", from: \"{bad}\"}}]"),
        ),
        (
            "entities/relations",
            format!("relations: [{{is: \"{bad}\", entity: \"{bad}\"}}]"),
        ),
        (
            "entities/same",
            format!("same-as: {{wikidata: \"{bad}\", \"{bad}\": \"{bad}\"}}"),
        ),
        ("briefs/image", format!("image: {{file: \"{bad}\", date: \"{bad}\"}}")),
        ("briefs/sources", format!("sources: [{{outlet: \"{bad}\", url: \"{bad}\"}}]")),
        ("briefs/stories", format!("mentions: {{\"{bad}\": \"{bad}\"}}")),
        ("briefs/corrections", format!("corrections: [{{on: \"{bad}\"}}]")),
        ("entities/named", format!("name: \"{bad}\"\nkind: person")),
    ];
    for (path, line) in tables {
        inputs.insert(&format!("content/{path}.md"), &format!("---\n{line}\n---\n"));
    }
    let line = "::stop-commands::x ##[add-mask]x";
    let text = format!(
        "---\ntitle: A\ndate: 2025-08-08\n---\n{BAD}[^{line}]\n\n[[{line}]] [a](<{line}>) \
         ![a](<{line}>) [b](javascript:{line})\n\n<b>{line}</b>\n\n[^n]: claim: {line}\n    {line}\n"
    );
    inputs.insert("content/briefs/text.md", &text);
    inputs.insert(&format!("content/briefs/{BAD}.md"), "Text");
    inputs.insert(&format!("content/{BAD}/a.md"), "Text");
    inputs.insert("templates/brief.html", &format!("{{% extends \"{bad}\" %}}"));
    let quoted = format!("'''{}'''", BAD.replace("\r\n", "\n"));
    inputs.insert(
        "book.toml",
        &format!(
            "[book]\nlanguage = {quoted}\nsrc = {quoted}\n[rules]\n\"{bad}\" = \"off\"\n\
             [text]\ntime-zone = {quoted}\n[output.html]\nsite-url = {quoted}\n\
             additional-css = [{quoted}]\n"
        ),
    );
    inputs
}

#[test]
fn no_line_begins_with_what_a_source_wrote() {
    let inputs = book_of_commands();
    let site = Site::of(inputs, &Built::default());
    let found = site.report.diagnostics();
    assert!(found.len() > 60, "{}", found.len());
    let mut positions = Positions::of(&site.inputs);
    for diagnostic in found {
        let severity = site.report.severity(diagnostic);
        for format in [Format::Full, Format::Concise, Format::Json, Format::Github] {
            let printed = diagnostic.print(severity, format, false, &mut positions);
            let printed = match format {
                Format::Github => printed
                    .strip_prefix("::error file=")
                    .or(printed.strip_prefix("::warning file="))
                    .unwrap(),
                _ => &printed,
            };
            for line in printed.split(['\n', '\r']) {
                assert!(!line.trim_start().starts_with("::"), "{format:?}: {printed}");
            }
            if format != Format::Github {
                assert!(!printed.contains("##["), "{format:?}: {printed}");
            }
        }
    }
}

//! What an Obsidian vault has beyond Markdown.

use crate::import::remark::{Construct, Remark};
use crate::import::text::made::callout_kind;
use crate::import::text::marks::{FenceLine, Fences, NAME_SCHEME, address};

/// The text in plain Markdown: `[[links]]` and `![[embeds]]` name other notes by
/// [`NAME_SCHEME`]; comments, block ids, queries, marks and the signs of callouts are out.
pub(crate) fn convert(text: &str, remarks: &mut Vec<Remark>) -> String {
    let text = without_comments(text, remarks);
    let mut out = String::with_capacity(text.len());
    let mut fences = Fences::default();
    let mut is_query = false;
    for line in text.split_inclusive('\n') {
        let words = line.trim_start().trim_start_matches('>').trim_start();
        match fences.next(words) {
            FenceLine::Outside => out += &one_line(line, remarks),
            FenceLine::Begins => {
                let language = words.trim_start_matches(['`', '~']).trim();
                is_query = QUERIES.contains(&language);
                if is_query {
                    remarks.push(Remark::of(Construct::Query, language));
                } else {
                    out += line;
                }
            }
            FenceLine::Ends if std::mem::take(&mut is_query) => {}
            FenceLine::Within if is_query => {}
            FenceLine::Within | FenceLine::Ends => out += line,
        }
    }
    out
}

/// Blocks that a program fills in.
const QUERIES: &[&str] = &["dataview", "dataviewjs", "query", "tasks", "button"];

fn without_comments(text: &str, remarks: &mut Vec<Remark>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("%%") {
        let Some((_, after)) = after.split_once("%%") else { break };
        out += before;
        remarks.push(Remark::of(Construct::Comment, "%% %%"));
        rest = after;
    }
    out + rest
}

fn one_line(line: &str, remarks: &mut Vec<Remark>) -> String {
    let callout = callout_title(line, remarks);
    let line = callout.as_deref().unwrap_or(line);
    let line = without_block_id(line, remarks);
    let linked = links(&line);
    // `==words==` is yellow on the screen and has no form in Markdown.
    match linked.matches("==").count() {
        n if n > 0 && n % 2 == 0 && !linked.contains('`') => linked.replace("==", "**"),
        _ => linked,
    }
}

/// `> [!note]- Title` as a callout of Markdown; a title of its own is its first line, in bold.
fn callout_title(line: &str, remarks: &mut Vec<Remark>) -> Option<String> {
    let sign = line.find("[!")?;
    let before = &line[..sign];
    if !before.contains('>') || before.chars().any(|c| !matches!(c, '>' | ' ')) {
        return None;
    }
    let (kind, title) = line[sign + 2..].split_once(']')?;
    let kind = kind.split('|').next().unwrap_or(kind);
    remarks.push(Remark::of(Construct::Callout, kind));
    let title = title.trim_start_matches(['-', '+']).trim();
    let first = format!("{before}[!{}]\n", callout_kind(kind));
    Some(match title {
        "" => first,
        title => format!("{first}{before}**{title}**\n{}\n", before.trim_end()),
    })
}

/// A line without the `^id` at its end.
fn without_block_id(line: &str, remarks: &mut Vec<Remark>) -> String {
    let words = line.trim_end();
    let Some((before, id)) = words.rsplit_once('^') else { return line.to_owned() };
    let is_id =
        !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if !is_id || !(before.is_empty() || before.ends_with(' ')) {
        return line.to_owned();
    }
    remarks.push(Remark::of(Construct::BlockId, id));
    format!("{}{}", before.trim_end(), &line[words.len()..])
}

/// `[[Note#Part|words]]` and `![[file.png|300]]` as links and pictures.
fn links(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find("[[") {
        let Some(end) = rest[at..].find("]]").map(|end| at + end) else { break };
        let is_embed = rest[..at].ends_with('!');
        let is_code = rest[..at].matches('`').count() % 2 == 1;
        let inner = &rest[at + 2..end];
        if is_code {
            out += &rest[..end + 2];
        } else {
            out += &rest[..at - usize::from(is_embed)];
            out += &link(inner, is_embed);
        }
        rest = &rest[end + 2..];
    }
    out + rest
}

/// Endings of files that are shown as pictures.
const PICTURES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp"];

fn link(inner: &str, is_embed: bool) -> String {
    let (target, words) = inner.split_once('|').unwrap_or((inner, ""));
    let (target, words) = (target.trim_end_matches('\\').trim(), words.trim());
    let ending = target.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    let address = encoded(target);
    if is_embed && PICTURES.contains(&ending.as_str()) {
        let is_size =
            !words.is_empty() && words.chars().all(|c| c.is_ascii_digit() || c == 'x');
        let alt = if is_size || words.is_empty() { "" } else { words };
        return format!("![{alt}]({NAME_SCHEME}{address})");
    }
    let shown = match words {
        "" => target.trim_start_matches('#').replace('#', " – "),
        words => words.to_owned(),
    };
    if let Some(part) = target.strip_prefix('#') {
        return format!("[{shown}](#{})", encoded(part));
    }
    format!("[{}]({NAME_SCHEME}{address})", shown.replace(['[', ']'], ""))
}

/// A name as it can stand in an address of Markdown.
fn encoded(name: &str) -> String {
    address(name, "%?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_become_markdown() {
        let cases = [
            (
                "See [[Port of Norwick|the port]].\n",
                "See [the port](dateline-name:Port%20of%20Norwick).\n",
            ),
            (
                "![[gate.png|300]] and ![[gate.png|A gate]]\n",
                "![](dateline-name:gate.png) and ![A gate](dateline-name:gate.png)\n",
            ),
            ("A %%secret%% word ^abc-1\n", "A  word\n"),
            (
                "> [!warning]- Mind the gap\n> words\n",
                "> [!WARNING]\n> **Mind the gap**\n>\n> words\n",
            ),
            ("```dataview\nlist\n```\nafter\n", "after\n"),
            ("`[[code]]` ==mark==\n", "`[[code]]` ==mark==\n"),
            ("a ==mark==\n", "a **mark**\n"),
        ];
        for (text, expected) in cases {
            assert_eq!(convert(text, &mut Vec::new()), expected, "{text:?}");
        }
    }
}

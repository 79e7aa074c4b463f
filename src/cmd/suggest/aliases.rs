//! Aliases put into front matter, every other byte as it was.

use crate::cmd::new::quoted;
use crate::parse::entity::Entity;

/// The text of an entity's file with more aliases; `None` if its front matter has no place
/// for them.
pub(super) fn with_aliases(entity: &Entity, new: &[String]) -> Option<String> {
    let document = &entity.document;
    let text = &*document.text;
    let new: Vec<String> = new.iter().map(|it| quoted(it)).collect();
    let (at, added) = match entity.front.aliases.last() {
        Some(last) => behind(text, last.at.range(), &new)?,
        None => first(text.get(..document.body.at.start as usize)?, &new)?,
    };
    let (before, after) = text.split_at_checked(at)?;
    Some(format!("{before}{added}{after}"))
}

/// Where more aliases go behind the last one, and how they are written there.
fn behind(
    text: &str,
    last: std::ops::Range<usize>,
    new: &[String],
) -> Option<(usize, String)> {
    // The place of a text in quotes may be that of its words alone.
    let quote =
        text[..last.start].chars().next_back().filter(|it| matches!(it, '"' | '\''));
    let is_quoted = quote.is_some_and(|it| text[last.end..].starts_with(it));
    let (start, end) =
        if is_quoted { (last.start - 1, last.end + 1) } else { (last.start, last.end) };
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let lead = &text[line..start];
    let is_item =
        lead.trim_start().strip_prefix('-').is_some_and(|it| it.trim().is_empty());
    if !is_item {
        let is_list = text[..start].trim_end().ends_with(['[', ',']);
        return is_list.then(|| (end, format!(", {}", new.join(", "))));
    }
    let rest = &text[end..];
    let to = rest.find('\n').map_or(text.len(), |at| end + at);
    let to = if text[..to].ends_with('\r') { to - 1 } else { to };
    let break_ = if text[to..].starts_with("\r\n") { "\r\n" } else { "\n" };
    let item = format!("{break_}{lead}");
    Some((to, format!("{item}{}", new.join(&item))))
}

/// Where the first aliases go in a head without any, and how they are written there.
fn first(head: &str, new: &[String]) -> Option<(usize, String)> {
    let break_ = if head.contains("\r\n") { "\r\n" } else { "\n" };
    let list = new.join(", ");
    let mut at = 0;
    let mut behind_kind = None;
    let mut end = None;
    for (n, line) in head.split_inclusive('\n').enumerate() {
        let key = line.trim_end();
        if let Some(value) = line.strip_prefix("aliases:") {
            let value_at = at + "aliases:".len();
            let value = value.split(" #").next().unwrap_or("").trim();
            return match value {
                "" => Some((value_at, format!(" [{list}]"))),
                "[]" => Some((value_at + head[value_at..].find('[')? + 1, list)),
                _ => None,
            };
        }
        if key == "---" && n > 0 {
            end.get_or_insert(at);
        }
        at += line.len();
        if line.starts_with("kind:") {
            behind_kind = Some(at);
        }
    }
    let place = behind_kind.filter(|it| end.is_some_and(|end| *it <= end)).or(end)?;
    Some((place, format!("aliases: [{list}]{break_}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Built;
    use crate::input::Inputs;
    use crate::site::Site;

    fn entity(text: &str) -> std::sync::Arc<Entity> {
        let mut inputs = Inputs::empty(jiff::Timestamp::UNIX_EPOCH);
        inputs.insert("content/entities/a.md", text);
        let site = Site::of(inputs, &Built::default());
        std::sync::Arc::clone(&site.built.edition.entities[0].entity)
    }

    #[test]
    fn aliases_go_where_aliases_are_and_nothing_else_changes() {
        let cases = [
            ("aliases: [AH]", "aliases: [AH, Ada]"),
            ("aliases: [\"A: H\", 'AH'] # two", "aliases: [\"A: H\", 'AH', Ada] # two"),
            ("aliases: [A,\n  AH]", "aliases: [A,\n  AH, Ada]"),
            ("aliases:\n  - A\n  - AH  # x", "aliases:\n  - A\n  - AH  # x\n  - Ada"),
            ("aliases:\n- \"A H\"", "aliases:\n- \"A H\"\n- Ada"),
            ("aliases: []", "aliases: [Ada]"),
            ("aliases:", "aliases: [Ada]"),
            ("aliases: # none", "aliases: [Ada] # none"),
            ("summary: x", "summary: x"),
        ];
        for break_ in ["\n", "\r\n"] {
            for (before, after) in cases {
                let file = |it: &str, more: &str| {
                    format!(
                        "---\nname: Ada Holm\nkind: person\n{more}{it}\n---\n\nText.\n"
                    )
                    .replace('\n', break_)
                };
                let more = if before == after { "aliases: [Ada]\n" } else { "" };
                let made = with_aliases(&entity(&file(before, "")), &["Ada".to_owned()]);
                assert_eq!(made.as_deref(), Some(&*file(after, more)), "{before:?}");
                let aliases = &entity(&made.unwrap()).front.aliases;
                assert!(aliases.iter().any(|it| &*it.value == "Ada"), "{before:?}");
            }
        }
    }
}

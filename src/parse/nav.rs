//! What stands on every page beyond the theme: the navigation, further scripts.

use crate::diagnostic::Rule;
use crate::parse::fields::{Fields, Log, Placed, static_file, string, text, wrong_type};
use crate::parse::node::{Node, Value};

/// How many pages of the book the navigation has by itself: each stands on every page of the
/// site, so all of a thousand would be a million.
pub const MOST_PAGES: usize = 20;

/// An entry of the navigation.
#[derive(Clone, Debug, PartialEq)]
pub struct NavEntry {
    /// The words; `None` for those that the page has by itself.
    pub label: Option<Box<str>>,
    /// Where it leads.
    pub to: Placed<NavTarget>,
}

/// Where an entry of the navigation leads.
#[derive(Clone, Debug, PartialEq)]
pub enum NavTarget {
    /// To a page of the site, from its root, without slashes at its ends; the home page is
    /// empty.
    Site(Box<str>),
    /// Out of it.
    Outside(Box<str>),
}

/// A script after the theme's.
#[derive(Clone, Debug, PartialEq)]
pub struct ScriptFile {
    /// A file of `static/`, or an address.
    pub src: Placed<Box<str>>,
    /// Whether it is an address on another site.
    pub is_remote: bool,
    /// Further attributes of its element, in the order of letters.
    pub attributes: Vec<(Box<str>, Box<str>)>,
}

/// An entry of `[[nav]]`.
pub(super) fn entry(node: &Node, name: &str, log: &mut Log<'_>) -> Option<NavEntry> {
    let mut fields = Fields::of(node, name, log)?;
    let to = fields.required("to", "to = \"/storylines/\"", log, text);
    let label = fields.take("label", log, string);
    fields.finish(log);
    let Placed { value, at } = to?;
    let is_outside =
        ["https://", "http://", "mailto:"].iter().any(|it| value.starts_with(it));
    if is_outside && label.is_none() {
        let message = "an entry of the navigation that leads out needs words";
        log.say(Rule::MissingKey, at, message, "add `label = \"…\"`");
        return None;
    }
    let to = if is_outside {
        NavTarget::Outside(value)
    } else {
        NavTarget::Site(value.trim_matches('/').into())
    };
    Some(NavEntry { label, to: Placed { value: to, at } })
}

/// An entry of `additional-js`: a file of `static/`, an address, or a table of `src` and
/// attributes.
pub(super) fn script(node: &Node, name: &str, log: &mut Log<'_>) -> Option<ScriptFile> {
    let (src, attributes) = match &node.value {
        Value::Table(_) => {
            let mut fields = Fields::of(node, name, log)?;
            let src = fields.required("src", "src = \"js/counter.js\"", log, static_file);
            let attributes =
                fields.take("attributes", log, attributes).unwrap_or_default();
            fields.finish(log);
            (src?, attributes)
        }
        _ => (static_file(node, name, log)?, Vec::new()),
    };
    let is_remote = src.value.starts_with("https://");
    if is_remote {
        let message = format!("every page loads a script from {}", host(&src.value));
        log.say(
            Rule::RemoteScript,
            src.at,
            message,
            "put the script into static/ if its license lets you, or set \
             `remote-script = \"off\"` under `[rules]`",
        );
    }
    Some(ScriptFile { src, is_remote, attributes })
}

fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// Attributes of a script's element; none that could be a program by itself.
fn attributes(
    node: &Node,
    name: &str,
    log: &mut Log<'_>,
) -> Option<Vec<(Box<str>, Box<str>)>> {
    let Value::Table(table) = &node.value else {
        wrong_type(node, name, "a table such as `{data-domain = \"news.example\"}`", log);
        return None;
    };
    let mut attributes = Vec::new();
    for (key, node) in table {
        let is_plain = key
            .name
            .bytes()
            .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-');
        if !is_plain
            || key.name.starts_with("on")
            || ["src", "defer"].contains(&&*key.name)
        {
            let message = format!("`{}` cannot be an attribute here", key.name);
            let help =
                "write attributes such as `data-domain`, `crossorigin` or `integrity`";
            log.say(Rule::BadValue, key.at, message, help);
        } else if let Some(value) = text(node, &key.name, log) {
            attributes.push((key.name.clone(), value.value));
        }
    }
    attributes.sort();
    Some(attributes)
}

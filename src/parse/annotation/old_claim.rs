//! The form that claims had in 0.1.0. It is reported together with what to write now, and never
//! mended automatically: it has no sentence, and a claim cannot do without one.

use crate::diagnostic::Rule;
use crate::parse::fields::Log;
use crate::parse::node::{Node, Value};

/// What a claim could be said to be in 0.1.0, with the stance and the finding that it mixed.
const STATUSES: &[(&str, &str, &str)] = &[
    ("confirmed", "said-by", "confirmed"),
    ("denied", "denied-by", ""),
    ("disputed", "said-by", "disputed"),
    ("unconfirmed", "said-by", "unconfirmed"),
    ("false", "said-by", "false"),
    ("retracted", "withdrawn-by", ""),
];

/// Reports the fields of a footnote that are a claim's of 0.1.0; gives whether they are.
pub(super) fn is_old(node: &Node, log: &mut Log<'_>) -> bool {
    let Value::Table(table) = &node.value else { return false };
    let value = |key: &str| {
        let (_, node) = table.iter().find(|(it, _)| &*it.name == key)?;
        match &node.value {
            Value::Text(text) => Some((&**text, node.at)),
            _ => None,
        }
    };
    let Some((status, at)) = value("claim") else { return false };
    let Some((_, stance, finding)) = STATUSES.iter().find(|it| it.0 == status) else {
        return false;
    };
    let mut lines = vec![match value("ledger") {
        Some((ledger, _)) => format!("claim: {ledger}"),
        None => "claim: What is claimed, as one full sentence.".to_owned(),
    }];
    let (by, _) = value("by").unwrap_or(("who", at));
    lines.push(format!("{stance}: {by}"));
    for key in ["on", "source"] {
        lines.extend(value(key).map(|(it, _)| format!("{key}: {it}")));
    }
    if !finding.is_empty() {
        lines.push(format!("finding: {finding}"));
    }
    let message = format!("`claim: {status}` is how claims were written in 0.1.0");
    let help = format!("write `{}`", lines.join("`, `"));
    let said = log.say(Rule::OldClaim, at, message, help);
    if let Some((ledger, _)) = value("ledger") {
        said.help.push(format!(
            "give it a file content/claims/{ledger}.md whose `title` is the claim, one full sentence"
        ));
    }
    true
}

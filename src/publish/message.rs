//! The message of a commit: what it says to people, and what the next publish reads in it.

use crate::publish::provenance::Provenance;

/// The line by which a commit of Dateline's is known; the commit of the book it was made of.
const SOURCE: &str = "Dateline-Source: ";
/// The domain, if it came from the book and not from the branch.
const DOMAIN: &str = "Dateline-Domain: ";

/// A commit of the branch as it was fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Commit {
    /// Its id.
    pub(super) id: String,
    /// The id of its tree.
    pub(super) tree: String,
    /// Whether it has commits before it.
    pub(super) has_parents: bool,
    /// Whether Dateline made it.
    pub(super) is_ours: bool,
    /// The domain that Dateline wrote into it from the book.
    pub(super) domain: Option<String>,
}

impl Commit {
    /// What the commit says of itself in the last paragraph of its message.
    pub(super) fn read(id: &str, tree: &str, parents: &str, message: &str) -> Commit {
        let last = message.trim_end().rsplit("\n\n").next().unwrap_or("");
        let line = |key: &str| last.lines().find_map(|it| it.strip_prefix(key));
        Commit {
            id: id.to_owned(),
            tree: tree.to_owned(),
            has_parents: !parents.trim().is_empty(),
            is_ours: line(SOURCE).is_some() && message.trim_end().contains("\n\n"),
            domain: line(DOMAIN).map(|it| it.trim().to_owned()),
        }
    }
}

/// The message of the commit to be.
pub(super) fn message(
    words: Option<&str>,
    provenance: &Provenance,
    domain: Option<&str>,
) -> String {
    let short = provenance.commit.as_deref().map(|it| &it[..it.len().min(10)]);
    let words = match (words, short) {
        (Some(words), _) => words.trim().to_owned(),
        (None, Some(short)) if provenance.changed.is_empty() => {
            format!("Publish the site of {short}")
        }
        (None, Some(short)) => format!("Publish the site of {short}, with changes"),
        (None, None) => "Publish the site".to_owned(),
    };
    let commit = provenance.commit.as_deref().unwrap_or("none");
    let changed =
        if provenance.changed.is_empty() { "" } else { " with uncommitted changes" };
    let mut message = format!("{words}\n\n{SOURCE}{commit}{changed}\n");
    if let Some(domain) = domain {
        message += &format!("{DOMAIN}{domain}\n");
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let from = |changed: &[&str]| Provenance {
            commit: Some("0123456789abcdef".to_owned()),
            changed: changed.iter().map(|it| (*it).to_owned()).collect(),
        };
        let cases = [
            (message(None, &from(&[]), None), true, None),
            (
                message(Some("New\n\nDateline-Domain: x.org"), &from(&["a"]), None),
                true,
                None,
            ),
            (message(None, &from(&[]), Some("a.org")), true, Some("a.org")),
            ("Create CNAME".to_owned(), false, None),
            ("Dateline-Source: no message".to_owned(), false, None),
            (String::new(), false, None),
        ];
        for (message, is_ours, domain) in cases {
            let read = Commit::read("id", "tree", "", &message);
            assert_eq!(
                (read.is_ours, read.domain.as_deref()),
                (is_ours, domain),
                "{message}"
            );
        }
        let said = message(None, &from(&[]), None);
        assert!(said.starts_with("Publish the site of 0123456789\n\n"), "{said}");
    }
}

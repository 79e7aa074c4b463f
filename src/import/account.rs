//! The report of an import: what was read, where it is now, and what is left to do.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::disk::PutAs;
use crate::import::remark::{Construct, Remark};

/// How many places the report for people names of each thing.
const SHOWN: usize = 3;

/// What became of an archive. Its size does not grow with the archive: every remark goes to
/// `import-report.jsonl` as it comes, and only counts and first places are kept.
#[derive(Debug, Default)]
pub struct Account {
    /// What was counted.
    pub(crate) tally: ImportTally,
    /// By construct and by which one: how often, and where first.
    groups: BTreeMap<Construct, BTreeMap<String, RemarkGroup>>,
    /// Lines of `import-report.jsonl` that have not been fetched yet.
    lines: String,
}

#[derive(Debug, Default)]
struct RemarkGroup {
    n: usize,
    places: Vec<String>,
}

/// Numbers that must add up: what was read is in the book or in the report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ImportTally {
    pub(crate) posts: usize,
    pub(crate) briefs: usize,
    pub(crate) pages: usize,
    pub(crate) entities: usize,
    pub(crate) storylines: usize,
    pub(crate) left_out: usize,
    pub(crate) addresses: usize,
    pub(crate) addresses_kept: usize,
    pub(crate) links: usize,
    pub(crate) links_kept: usize,
    pub(crate) pictures: usize,
    pub(crate) pictures_kept: usize,
    pub(crate) files_copied: usize,
    pub(crate) written: usize,
    pub(crate) unchanged: usize,
    pub(crate) kept: usize,
}

/// Beyond so many different names of one construct, further ones are counted together: an
/// archive has as many dead links as it likes.
const NAMES: usize = 200;

impl Account {
    /// Adds a remark.
    pub(crate) fn say(&mut self, remark: &Remark) {
        let names = self.groups.entry(remark.construct).or_default();
        let name = match subject(remark) {
            name if names.len() < NAMES || names.contains_key(&name) => name,
            _ => "(others)".to_owned(),
        };
        let group = names.entry(name).or_default();
        group.n += 1;
        if group.places.len() < SHOWN {
            let line = remark.line.map_or(String::new(), |line| format!(":{line}"));
            group.places.push(format!("{}{line}", remark.file));
        }
        self.lines += &serde_json::to_string(remark).expect("a remark becomes JSON");
        self.lines.push('\n');
    }

    /// Counts what became of a file that was to be written; what there is to say of it if
    /// the desk's own stayed against the archive's.
    pub(crate) fn placed(&mut self, placed: PutAs) -> Option<Construct> {
        let tally = &mut self.tally;
        let (count, construct) = match placed {
            PutAs::Written => (&mut tally.written, None),
            PutAs::Unchanged => (&mut tally.unchanged, None),
            PutAs::EditedOnly => (&mut tally.kept, None),
            PutAs::Edited => (&mut tally.kept, Some(Construct::Edited)),
            PutAs::Deleted => (&mut tally.kept, Some(Construct::Deleted)),
            PutAs::InTheWay => (&mut tally.kept, Some(Construct::InTheWay)),
        };
        *count += 1;
        construct
    }

    /// Adds remarks about one file.
    pub(crate) fn say_of(&mut self, file: &str, remarks: Vec<Remark>) {
        for mut remark in remarks {
            if remark.file.is_empty() {
                file.clone_into(&mut remark.file);
            }
            self.say(&remark);
        }
    }

    /// The lines that came since the last time.
    pub(crate) fn take_lines(&mut self) -> String {
        std::mem::take(&mut self.lines)
    }

    /// How many remarks of one construct there are.
    pub(crate) fn count(&self, construct: Construct) -> usize {
        self.groups.get(&construct).map_or(0, |it| it.values().map(|it| it.n).sum())
    }

    /// One line for the terminal.
    pub fn summary(&self) -> String {
        let t = &self.tally;
        let parts = [
            (t.briefs, "brief"),
            (t.pages, "page"),
            (t.entities, "entity"),
            (t.storylines, "storyline"),
            (t.files_copied, "file"),
        ];
        let parts: Vec<String> =
            parts.iter().filter(|it| it.0 > 0).map(|it| counted(it.0, it.1)).collect();

        if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") }
    }

    /// What was written, in one line for the terminal.
    pub fn written(&self) -> String {
        let t = &self.tally;
        format!(
            "{} written, {} unchanged, {} left as the desk has them",
            t.written, t.unchanged, t.kept
        )
    }

    /// `import-report.md`.
    pub fn markdown(&self, from: &str, kind: &str) -> String {
        let mut out =
            format!("# What became of the archive\n\nFrom `{from}` ({kind}).\n\n");
        let t = &self.tally;
        out += "| | read | in the book | told below |\n|---|--:|--:|--:|\n";
        for (word, read, kept) in [
            ("texts", t.posts, t.posts.saturating_sub(t.left_out)),
            ("old addresses", t.addresses, t.addresses_kept),
            ("links within the site", t.links, t.links_kept),
            ("pictures", t.pictures, t.pictures_kept),
        ] {
            let _ = writeln!(
                out,
                "| {word} | {read} | {kept} | {} |",
                read.saturating_sub(kept)
            );
        }
        let _ = writeln!(
            out,
            "\n{}. Every place is in `import-report.jsonl`, one JSON object a line.",
            self.summary()
        );
        for (construct, names) in &self.groups {
            let (word, what, then) = construct.entry();
            let n: usize = names.values().map(|it| it.n).sum();
            let _ = write!(
                out,
                "\n## {what} ({n})\n\n{then} In the JSON lines: `{word}`.\n\n"
            );
            let mut by_count: Vec<_> = names.iter().collect();
            by_count.sort_by_key(|(_, group)| std::cmp::Reverse(group.n));
            for (name, group) in by_count.iter().take(20) {
                let places: Vec<_> =
                    group.places.iter().map(|it| format!("`{it}`")).collect();
                let name = if name.is_empty() {
                    String::new()
                } else {
                    format!("`{}`, ", quiet(name))
                };
                let _ = writeln!(out, "- {name}{} times: {}", group.n, places.join(", "));
            }
            if by_count.len() > 20 {
                let _ = writeln!(out, "- and {} others", by_count.len() - 20);
            }
        }
        out
    }
}

/// What remarks of one construct are told apart by; a name that only one place can have
/// tells nothing.
fn subject(remark: &Remark) -> String {
    match remark.construct {
        Construct::UnknownTag
        | Construct::KnownTag
        | Construct::Html
        | Construct::ExtraKey
        | Construct::Script
        | Construct::DoubledKey
        | Construct::OfferedEntity
        | Construct::MergedTag
        | Construct::Embed
        | Construct::LostAddress
        | Construct::OldFeed
        | Construct::DeadLink
        | Construct::MissingPicture
        | Construct::MissingAsset
        | Construct::NoEntity
        | Construct::OddDate
        | Construct::OddValue
        | Construct::Encoding
        | Construct::NotFetched
        | Construct::Mended
        | Construct::Decide => remark.what.clone(),
        _ => String::new(),
    }
}

/// A name that does not end its own backticks.
fn quiet(name: &str) -> String {
    name.replace('`', "'")
}

fn counted(n: usize, word: &str) -> String {
    match (n, word) {
        (1, word) => format!("1 {word}"),
        (n, "entity") => format!("{n} entities"),
        (n, word) => format!("{n} {word}s"),
    }
}

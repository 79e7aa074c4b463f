//! Proof that what is written is a book that builds: the pipeline's own word on it, and what
//! it would refuse mended or taken out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::import::remark::{Construct, Remark};
use crate::input::{Asset, Inputs};
use crate::pictures::Traces;
use crate::{Built, build};

/// A file of the book to be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NewFile {
    /// Its path from the root of the book.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
    /// Where it comes from.
    pub(crate) from: String,
}

/// How often a file is mended before it is given up.
const ROUNDS: usize = 24;

/// What all files are proved with: the settings, and what they refer to.
pub(crate) struct Proof<'a> {
    pub(crate) settings: &'a str,
    /// Storylines and the like, which every part of the archive may refer to.
    pub(crate) beside: &'a [NewFile],
    pub(crate) now: Timestamp,
}

impl Proof<'_> {
    /// Mends files until the pipeline finds no error in them. `targets` are files of the book
    /// that they link to, `assets` files below `static/`. A file that cannot be mended is
    /// left out, and a remark says so.
    pub(crate) fn mend(
        &self,
        files: &mut Vec<NewFile>,
        targets: &[&str],
        assets: &[&str],
    ) -> Vec<Remark> {
        let mut remarks = Vec::new();
        let mut inputs = self.inputs(targets, assets);
        for file in files.iter() {
            inputs.insert(&file.path, &file.text);
        }
        let mut by_path: BTreeMap<String, usize> =
            files.iter().enumerate().map(|(at, it)| (it.path.clone(), at)).collect();
        for round in 0..=ROUNDS {
            let errors = errors(&inputs);
            let mut mended: BTreeSet<usize> = BTreeSet::new();
            for error in errors {
                let Some(at) = by_path.get(&*error.span.path).copied() else { continue };
                // One mistake a round: the places of the others move.
                if !mended.insert(at) {
                    continue;
                }
                let file = &mut files[at];
                let new =
                    (round < ROUNDS).then(|| mend_one(&file.text, &error)).flatten();
                let (construct, what) = match &new {
                    Some((_, construct, what)) => (*construct, what.clone()),
                    None => (Construct::BrokenFile, error.message.clone()),
                };
                let mut remark = Remark::of(construct, &what);
                remark.file.clone_from(&file.from);
                remarks.push(remark);
                if let Some((text, ..)) = new {
                    inputs.insert(&file.path, &text);
                    file.text = text;
                } else {
                    inputs.files.remove(file.path.as_str());
                    by_path.remove(&file.path);
                    file.text.clear();
                }
            }
            if mended.is_empty() {
                break;
            }
        }
        files.retain(|it| !it.text.is_empty());
        remarks
    }

    /// The settings, what stands beside, and stubs for what is linked to.
    pub(crate) fn inputs(&self, targets: &[&str], assets: &[&str]) -> Inputs {
        let mut inputs = Inputs::empty(self.now);
        inputs.insert("book.toml", self.settings);
        (inputs.wanted.drafts, inputs.wanted.future) = (true, true);
        for target in targets {
            inputs.insert(target, &stub(target));
        }
        for file in self.beside {
            inputs.insert(&file.path, &file.text);
        }
        for asset in assets {
            let there = Asset {
                size: Some(1),
                modified: 0,
                dimensions: None,
                traces: Traces::default(),
                refused: None,
            };
            inputs.assets.insert(Arc::from(*asset), there);
        }
        inputs
    }
}

/// The least that makes a file of its folder.
fn stub(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = name.strip_suffix(".md").unwrap_or(name);
    if path.contains("/entities/") {
        return format!("---\nname: \"{name}\"\nkind: thing\n---\n");
    }
    if path.contains("/briefs/") {
        let day =
            name.get(..10).filter(|it| crate::date::PartialDate::parse(it).is_some());
        let day = day.unwrap_or("2000-01-01");
        return format!("---\ntitle: \"{name}\"\ndate: {day}\n---\n");
    }
    format!("---\ntitle: \"{name}\"\n---\n")
}

/// What keeps a book from being written, by file and place.
pub(crate) fn errors(inputs: &Inputs) -> Vec<Diagnostic> {
    let (_, report) = build(inputs, &Built::default());
    report.of(Severity::Error).cloned().collect()
}

/// A text without one mistake, and what to say of it. `None` for one that nothing mends.
fn mend_one(text: &str, error: &Diagnostic) -> Option<(String, Construct, String)> {
    let range = error.span.stretch.range();
    let range = range.start.min(text.len())..range.end.min(text.len());
    let source = text.get(range.clone())?;
    let body = text.get(4..)?.find("\n---\n").map_or(text.len(), |at| at + 9);
    if range.start < body {
        return without_line(text, &range, body, error);
    }
    let replaced = |new: &str| {
        let mut out = text.to_owned();
        out.replace_range(range.clone(), new);
        out
    };
    match error.rule {
        Rule::BrokenLink | Rule::UnsafeLink | Rule::UnknownEntity | Rule::MissingFile => {
            let words = words_of(source);
            let construct = match source.starts_with("![") {
                true => Construct::MissingPicture,
                false if source.contains('#') => Construct::DeadAnchor,
                false => Construct::DeadLink,
            };
            (words != source).then(|| (replaced(&words), construct, source.to_owned()))
        }
        Rule::ControlCharacter => {
            Some((replaced(""), Construct::ControlCharacters, source.to_owned()))
        }
        Rule::UndefinedFootnote => Some((
            replaced(&format!("\\{source}")),
            Construct::Mended,
            error.message.clone(),
        )),
        _ => {
            // In a footnote that looks like fields: its colon is only a colon.
            let line = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
            let end = text[line..].find('\n').map_or(text.len(), |at| line + at);
            let words = &text[line..end];
            let label = words.find("]:").map_or(0, |at| at + 2);
            let colon = words[label..].find(':').map(|at| line + label + at);
            let mut out = text.to_owned();
            match colon.filter(|at| !text[..*at].ends_with('\\')) {
                Some(at) => out.insert(at, '\\'),
                None => out.replace_range(line..end, ""),
            }
            Some((out, Construct::Mended, format!("{}: {}", error.message, words.trim())))
        }
    }
}

/// The text without the key of the front matter in which a mistake stands. Title, date, name
/// and kind are needed; nothing mends those.
fn without_line(
    text: &str,
    range: &std::ops::Range<usize>,
    body: usize,
    error: &Diagnostic,
) -> Option<(String, Construct, String)> {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[range.start..body].find('\n').map_or(body, |at| range.start + at + 1);
    let line = &text[start..end];
    let is_needed = ["---", "title:", "date:", "name:", "kind:"]
        .iter()
        .any(|it| line.starts_with(it));
    if is_needed {
        return None;
    }
    let construct = match () {
        () if line.starts_with("redirect-from:") => Construct::LostAddress,
        () if line.starts_with("extra:") => Construct::ExtraKey,
        () if line.starts_with("image:") => Construct::MissingPicture,
        () => Construct::OddValue,
    };
    let mut out = text.to_owned();
    // Of several old addresses only the one that is refused goes.
    let source = &text[range.clone()];
    if construct == Construct::LostAddress
        && range.len() < line.len() - 20
        && line.contains(", ")
    {
        let list =
            line.replace(&format!("{source}, "), "").replace(&format!(", {source}"), "");
        out.replace_range(start..end, &list);
        if list != line {
            return Some((out, construct, source.trim_matches('"').to_owned()));
        }
    }
    out.replace_range(start..end, "");
    let what = if construct == Construct::OddValue {
        error.message.clone()
    } else {
        line.trim().to_owned()
    };
    Some((out, construct, what))
}

/// The words of a link or picture, `[[…]]` included.
fn words_of(source: &str) -> String {
    if let Some(inner) = source.strip_prefix("[[").and_then(|it| it.strip_suffix("]]")) {
        return inner.rsplit('|').next().unwrap_or(inner).to_owned();
    }
    let from = if source.starts_with("![") { 2 } else { 1 };
    match source.rfind("](") {
        Some(end) if source.starts_with(['[', '!']) && end >= from => {
            source[from..end].to_owned()
        }
        _ => source.trim_matches(['<', '>']).to_owned(),
    }
}

//! The list of what Dateline made, which lies in the output.
#![expect(clippy::disallowed_methods, reason = "this is the edge to the file system")]

use std::fs;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, bail};

use crate::disk::write::cannot;

/// Its name in the output. Its first line is [`HEADER`], then one path a line. Only what is
/// on it is ever deleted.
pub(in crate::disk) use crate::outline::reserved::MANIFEST;
const HEADER: &str = "dateline 1";

/// What the last build made; empty if there was none.
///
/// The text is kept as it was read, and looked through by halves: a path of its own for each of
/// 100,000 files would be as many allocations.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    text: String,
    /// Where each path stands in `text`, by path.
    lines: Vec<Range<usize>>,
}

impl Manifest {
    /// Reads the list of an output; `None` if it has none.
    pub(super) fn read(output: &Path) -> anyhow::Result<Option<Manifest>> {
        let path = output.join(MANIFEST);
        match fs::read_to_string(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) if error.kind() != ErrorKind::InvalidData => {
                Err(error).with_context(|| cannot("read", &path))
            }
            Ok(text) if text.lines().next() == Some(HEADER) => {
                Ok(Some(Manifest::of(text)))
            }
            _ => bail!(
                "{} is not a list that Dateline made: move it elsewhere",
                path.display()
            ),
        }
    }

    /// Paths that lead out of the output are left out.
    fn of(text: String) -> Manifest {
        let start = text.as_ptr().addr();
        let place = |line: &str| {
            let from = line.as_ptr().addr() - start;
            from..from + line.len()
        };
        let paths = text.lines().skip(1).filter(|path| is_within(path));
        let mut lines: Vec<Range<usize>> = paths.map(place).collect();
        let path = |line: &Range<usize>| &text[line.clone()];
        if !lines.is_sorted_by(|a, b| path(a) < path(b)) {
            lines.sort_by(|a, b| path(a).cmp(path(b)));
            lines.dedup_by(|a, b| path(a) == path(b));
        }
        Manifest { text, lines }
    }

    /// The paths, in their order.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> + Clone {
        self.lines.iter().map(|line| &self.text[line.clone()])
    }

    /// The text of a list of paths.
    pub(super) fn text<'a>(paths: impl Iterator<Item = &'a str>) -> String {
        let mut text = format!("{HEADER}\n");
        for path in paths {
            text += path;
            text.push('\n');
        }
        text
    }

    /// Whether a path is on the list.
    pub(super) fn has(&self, path: &str) -> bool {
        self.lines.binary_search_by(|line| self.text[line.clone()].cmp(path)).is_ok()
    }

    /// The paths that are not among others, which are sorted.
    pub(super) fn without(&self, others: &[&str]) -> Vec<String> {
        let gone = self.paths().filter(|path| others.binary_search(path).is_err());
        gone.map(str::to_owned).collect()
    }
}

/// Whether a path names a file below the output, on every system: on Windows a backslash parts
/// folders, too. The lists of paths are checked with it as they are read, for they may have come
/// with a cloned book; and since they have one path a line, no path may hold a line end.
pub(super) fn is_within(path: &str) -> bool {
    let is_plain = |part: &str| !matches!(part, "" | "." | "..");
    path.split('/').all(is_plain) && !path.contains(['\0', '\\', '\n', '\r'])
}

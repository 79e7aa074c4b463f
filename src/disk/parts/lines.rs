//! The list of a part, read line by line.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Component, Path};

use anyhow::{Context, bail};

use crate::disk::open::open_below;
use crate::disk::write::MANIFEST;
use crate::shard::list::{self, Head, Listed, N_HEAD};

/// A line over this many bytes is not a line of a list.
const MAX_LINE: u64 = 16 * 1024;

/// A list that is open, its head read.
pub(super) struct Lines {
    reader: BufReader<File>,
    pub(super) head: Head,
    /// How many files are still to come.
    left: u64,
}

impl Lines {
    /// Opens the list of a part and reads its head.
    pub(super) fn open(folder: &Path, shown: &Path) -> anyhow::Result<Lines> {
        let path = shown.join(list::NAME);
        let file = open_below(folder, list::NAME)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let mut reader = BufReader::new(file);
        let mut lines = Vec::with_capacity(N_HEAD);
        while lines.len() < N_HEAD {
            let line = line(&mut reader);
            match line.with_context(|| format!("cannot read {}", path.display()))? {
                ListLine::Text(text) => lines.push(text),
                ListLine::End | ListLine::Cut | ListLine::Broken => break,
            }
        }
        let Some(head) = list::parse_head(&lines) else {
            bail!(
                "{} is not a list that this version of Dateline made, or it is cut short: build the part again",
                path.display()
            );
        };
        Ok(Lines { reader, left: head.n_files, head })
    }

    /// The next file; `None` at the end, which must be where the head says.
    pub(super) fn next_file(&mut self, shown: &Path) -> anyhow::Result<Option<Listed>> {
        let path = shown.join(list::NAME);
        let again =
            format!("build it again with `dateline build --shard {}`", self.head.shard);
        let line = line(&mut self.reader);
        let line = line.with_context(|| format!("cannot read {}", path.display()))?;
        match (self.left, line) {
            (0, ListLine::End) => Ok(None),
            (0, _) => bail!("{} goes on after its end: {again}", path.display()),
            (_, ListLine::End | ListLine::Cut) => bail!(
                "{} is cut short, {} files are missing from it: {again}",
                path.display(),
                self.left
            ),
            (_, ListLine::Broken) => bail!("{} is not text: {again}", path.display()),
            (_, ListLine::Text(text)) => {
                self.left -= 1;
                match list::parse_file(&text) {
                    Some(listed) if is_within(&listed.path) => Ok(Some(listed)),
                    Some(listed) => bail!(
                        "{} lists `{}`, which is not the path of a page: do not trust this part, and {again}",
                        path.display(),
                        listed.path
                    ),
                    None => {
                        bail!(
                            "{} has a line that cannot be read: {again}",
                            path.display()
                        )
                    }
                }
            }
        }
    }
}

/// What comes next in a list.
enum ListLine {
    Text(String),
    /// Nothing.
    End,
    /// A line that does not end.
    Cut,
    /// No UTF-8, or too long.
    Broken,
}

fn line(reader: &mut impl BufRead) -> std::io::Result<ListLine> {
    let mut bytes = Vec::new();
    reader.by_ref().take(MAX_LINE).read_until(b'\n', &mut bytes)?;
    if bytes.len() as u64 == MAX_LINE {
        return Ok(ListLine::Broken);
    }
    match bytes.pop() {
        None => return Ok(ListLine::End),
        Some(b'\n') => {}
        Some(_) => return Ok(ListLine::Cut),
    }
    Ok(String::from_utf8(bytes).map_or(ListLine::Broken, ListLine::Text))
}

/// Whether a path leads to a page: no way out of the site, nor onto what Dateline itself
/// keeps there.
fn is_within(path: &str) -> bool {
    let is_plain = |part: &str| !matches!(part, "" | "." | "..");
    path.split('/').all(is_plain)
        && !path.contains(|it: char| it == '\\' || it.is_control())
        && Path::new(path).components().all(|it| matches!(it, Component::Normal(_)))
        && ![MANIFEST, list::NAME].iter().any(|it| path.eq_ignore_ascii_case(it))
}

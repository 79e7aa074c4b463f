//! Parts of a site, joined.
//!
//! The lists of all parts are read side by side, in order of path, so that a page that is
//! there twice or nowhere is found without ever holding all of them. Each file is read once,
//! compared with its digest, and given to the [`Writer`]: until all have passed, the output
//! is as it was. Files are copied and not linked, for each is read anyway, and a site that
//! shares its files with its parts would change with them.

mod check;
mod lines;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::digest::{Digest, Digester};
use crate::disk::open::open_below;
use crate::disk::write::{MANIFEST, Writer, Written};
use crate::disk::{StaticFile, parts::lines::Lines};
use crate::input::Inputs;
use crate::parallel;
use crate::shard::fingerprint::AssetDigests;
use crate::shard::list::{self, Listed};

/// How many files are read between two looks at the lists.
const BATCH: usize = 256;

/// A part that is open for reading.
struct OpenPart {
    /// As the user named it.
    shown: PathBuf,
    /// Without links.
    folder: PathBuf,
    lines: Lines,
    /// Its next file; `None` at the end.
    next: Option<Listed>,
}

/// Joins parts into a site. `said` is told how many pages there are, then of each batch how
/// many files it had.
pub fn merge(
    parts: &[PathBuf],
    output: &Path,
    mut said: impl FnMut(Merging),
) -> anyhow::Result<Written> {
    drop(rlimit::increase_nofile_limit(parts.len() as u64 + 256));
    let mut parts: Vec<OpenPart> =
        parts.iter().map(|it| OpenPart::open(it)).collect::<anyhow::Result<_>>()?;
    check::belong_together(&parts)?;
    check::is_apart(output, &parts)?;
    parts.sort_by_key(|part| part.lines.head.shard);
    let whole = parts[0].lines.head.fingerprint.clone();
    said(Merging::Begins(whole.n_pages));
    let writer = Writer::open(output, &parts[0].folder, &[])?;
    let (mut paths, mut n_files) = (Digester::default(), 0);
    let mut batch: Vec<(usize, Listed)> = Vec::with_capacity(BATCH);
    loop {
        let next = next(&mut parts)?;
        let is_end = next.is_none();
        if let Some((part, listed)) = next {
            paths.put(listed.path.as_bytes());
            n_files += 1;
            batch.push((part, listed));
        }
        if is_end || batch.len() == BATCH {
            parallel::try_each(&batch, |(part, listed)| {
                parts[*part].take(listed, &writer)
            })?;
            said(Merging::Took(batch.len()));
            batch.clear();
        }
        if is_end {
            break;
        }
    }
    if (n_files, paths.finish()) != (whole.n_pages, whole.paths) {
        bail!(
            "the parts list {n_files} pages, and these are not the {} of the site: build them again",
            whole.n_pages
        );
    }
    writer.finish()
}

/// How far a merge is.
#[derive(Clone, Copy, Debug)]
pub enum Merging {
    /// It will take as many pages.
    Begins(u64),
    /// It has taken so many more.
    Took(usize),
}

/// Reads the files of `static/` and gives their digests. The error names the file.
pub fn digest_assets(root: &Path, inputs: &Inputs) -> anyhow::Result<AssetDigests> {
    let usable: Vec<_> =
        inputs.assets.iter().filter(|(_, asset)| asset.refused.is_none()).collect();
    let digests = parallel::map(&usable, |(path, _)| {
        let opened = StaticFile::open(root, path)?;
        let digest = Digest::of_reader(opened.file);
        digest.with_context(|| format!("cannot read static/{path}"))
    });
    let paths = usable.iter().map(|(path, _)| std::sync::Arc::clone(path));
    paths.zip(digests).map(|(path, digest)| Ok((path, digest?))).collect()
}

/// Refuses to make a part where a whole site lies.
pub fn refuse_whole_site(output: &Path) -> anyhow::Result<()> {
    if output.join(MANIFEST).exists() && !output.join(list::NAME).exists() {
        bail!(
            "{} holds a whole site, and a part would take its place: name another folder with --output",
            output.display()
        );
    }
    Ok(())
}

/// The file that comes next in order of path, with the position of its part.
fn next(parts: &mut [OpenPart]) -> anyhow::Result<Option<(usize, Listed)>> {
    let mut least: Option<usize> = None;
    for (at, part) in parts.iter().enumerate() {
        let Some(listed) = &part.next else { continue };
        let first = least.and_then(|it| parts[it].next.as_ref());
        match first.map(|first| listed.path.cmp(&first.path)) {
            None | Some(std::cmp::Ordering::Less) => least = Some(at),
            Some(std::cmp::Ordering::Equal) => bail!(
                "{} is in two parts, {} and {}: build them again",
                listed.path,
                parts[least.unwrap_or(at)].shown.display(),
                part.shown.display()
            ),
            Some(std::cmp::Ordering::Greater) => {}
        }
    }
    let Some(at) = least else { return Ok(None) };
    let next = parts[at].advance()?;
    Ok(next.map(|listed| (at, listed)))
}

impl OpenPart {
    fn open(shown: &Path) -> anyhow::Result<OpenPart> {
        let what = shown.display();
        let folder =
            fs::canonicalize(shown).with_context(|| format!("cannot find {what}"))?;
        if !folder.is_dir() {
            bail!("{what} is a file: name the folder of a part");
        }
        if !folder.join(list::NAME).exists() {
            if folder.join(MANIFEST).exists() {
                bail!(
                    "{what} is a whole site and no part of one: nothing is to be joined"
                );
            }
            bail!(
                "{what} is not part of a site (it has no {}): make one with `dateline build --shard I/N --output {what}`",
                list::NAME
            );
        }
        let lines = Lines::open(&folder, shown)?;
        let mut part = OpenPart { shown: shown.to_owned(), folder, lines, next: None };
        part.advance()?;
        Ok(part)
    }

    /// Gives its next file, and looks up the one after that.
    fn advance(&mut self) -> anyhow::Result<Option<Listed>> {
        let after = self.lines.next_file(&self.shown)?;
        if let (Some(now), Some(after)) = (&self.next, &after)
            && after.path <= now.path
        {
            bail!(
                "{} lists {} out of order or twice: build it again with `dateline build --shard {}`",
                self.shown.display(),
                after.path,
                self.lines.head.shard
            );
        }
        Ok(std::mem::replace(&mut self.next, after))
    }

    /// Reads a file, compares it with its digest, and gives it to the writer.
    fn take(&self, listed: &Listed, writer: &Writer) -> anyhow::Result<()> {
        let path = &listed.path;
        let shown = self.shown.join(path);
        let again = format!(
            "carry the part over again, or build it with `dateline build --shard {}`",
            self.lines.head.shard
        );
        let mut bytes = Vec::new();
        let read = open_below(&self.folder, path).and_then(|file| {
            if file.metadata()?.len() != listed.size {
                return Ok(false);
            }
            file.take(listed.size + 1).read_to_end(&mut bytes)?;
            Ok(true)
        });
        match read {
            Ok(true) if Digest::of(&bytes) == listed.digest => writer.put(path, &bytes),
            Ok(_) => bail!("{} is not as it was built: {again}", shown.display()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let is_hidden = path.split('/').any(|it| it.starts_with('.'));
                let why = if is_hidden {
                    " (tools that carry files may leave out those that begin with a dot)"
                } else {
                    ""
                };
                bail!("{} is missing{why}: {again}", shown.display())
            }
            Err(error) => Err(error)
                .with_context(|| format!("cannot read {}: {again}", shown.display())),
        }
    }
}

//! The changed files of a book into inputs that are there already.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;

use crate::disk::read::{self, FoundFile, WhichFiles, below, is_hidden_name};
use crate::input::{Content, Inputs, Wanted};
use crate::layout::{SETTINGS, STATIC, TEMPLATES};
use crate::parallel;
use crate::parse::config::Config;

/// Reads again what lies at `paths` and below, with the checks of [`read::read`]; the result
/// equals a whole reading. `paths` are hints: they may name files that are not inputs, that
/// are gone, or folders.
///
/// Reads the whole book where a hint is too coarse for less: one of the book's folders, or
/// a change of `src`. The error is for a book that is not there.
pub fn refresh(
    root: &Path,
    inputs: &Inputs,
    paths: &[PathBuf],
    wanted: Wanted,
) -> anyhow::Result<Inputs> {
    let Some(places) = paths.iter().map(|path| place(root, path)).collect() else {
        return read::read(root, wanted);
    };
    let places: Vec<String> = outermost(places);
    let config = Config::parse(inputs.text(SETTINGS).map_or("", |text| &**text)).value;
    let folders = [
        (&*config.src, WhichFiles::Texts),
        (TEMPLATES, WhichFiles::Templates),
        (STATIC, WhichFiles::All),
    ];
    let mut fresh = Inputs { wanted, ..inputs.clone() };
    for place in places {
        if place == SETTINGS {
            return read::read(root, wanted);
        }
        let holds_a_folder = folders.iter().any(|(folder, _)| {
            *folder == place || is_below(folder, &place) || *folder == "."
        });
        if holds_a_folder {
            return read::read(root, wanted);
        }
        for (folder, files) in folders {
            if is_below(&place, folder) {
                reread(root, &mut fresh, folder, &place, files)?;
            }
        }
    }
    if !read::has_texts(&fresh, &config) {
        return read::read(root, wanted); // which says what there is to say
    }
    Ok(fresh)
}

/// A path from the root of the book, with `/`; `None` if it is not to be named so.
fn place(root: &Path, path: &Path) -> Option<String> {
    let within = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = within.iter().map(|part| part.to_str()).collect();
    let parts = parts?;
    let is_clean =
        |part: &&str| !part.chars().any(char::is_control) && !part.contains('\\');
    (!parts.is_empty() && parts.iter().all(is_clean)).then(|| parts.join("/"))
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// The places without those below another one.
fn outermost(mut places: Vec<String>) -> Vec<String> {
    places.sort_by(|a, b| a.split('/').cmp(b.split('/')));
    places.dedup_by(|place, before| place == before || is_below(place, before));
    places
}

fn reread(
    root: &Path,
    inputs: &mut Inputs,
    folder: &str,
    place: &str,
    wanted: WhichFiles,
) -> anyhow::Result<()> {
    let key = if folder == STATIC { read::asset_path(place) } else { place };
    if folder == STATIC {
        forget(&mut inputs.assets, key);
    } else {
        forget(&mut inputs.files, key);
    }
    let Some(top) = reachable(root, folder, place)? else { return Ok(()) };
    let entries: Vec<FoundFile> =
        below(root, &top, wanted).collect::<anyhow::Result<_>>()?;
    if folder == STATIC {
        let listed = parallel::map(&entries, read::asset);
        let paths = entries.iter().map(|it| Arc::from(read::asset_path(&it.path)));
        inputs.assets.extend(paths.zip(listed));
    } else {
        let contents: Vec<Content> = parallel::map(&entries, read::content);
        inputs.files.extend(entries.into_iter().map(|it| it.path).zip(contents));
    }
    Ok(())
}

/// The file of a place that a walk from the folder's top would come to: nothing on the way
/// is hidden, a link, or gone. A link on the way stands for all that is below it. The error
/// is for a place of which it is not known whether something is there.
fn reachable(root: &Path, folder: &str, place: &str) -> anyhow::Result<Option<PathBuf>> {
    let mut path = root.join(folder);
    for part in place[folder.len()..].trim_start_matches('/').split('/') {
        let is_folder = there(&path)?.is_some_and(|it| it.is_dir());
        if !is_folder || is_hidden_name(part) {
            return Ok(None);
        }
        path.push(part);
    }
    Ok(there(&path)?.map(|_| path))
}

/// What lies at a path, links not followed; `None` only if the system says that nothing does.
fn there(path: &Path) -> anyhow::Result<Option<fs::Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(there) => Ok(Some(there)),
        Err(error)
            if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
        {
            Ok(None)
        }
        Err(error) => {
            Err(error).with_context(|| format!("cannot look at {}", path.display()))
        }
    }
}

/// Drops a path and everything below it.
fn forget<T>(files: &mut BTreeMap<Arc<str>, T>, path: &str) {
    files.remove(path);
    let folder = format!("{path}/");
    let below = files.range::<str, _>((Bound::Included(&*folder), Bound::Unbounded));
    let below: Vec<Arc<str>> = below
        .map(|(path, _)| Arc::clone(path))
        .take_while(|it| it.starts_with(&folder))
        .collect();
    for path in below {
        files.remove(&path);
    }
}

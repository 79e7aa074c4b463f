//! Pictures of `static/`: how large they are, and whether they are any.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::path::Path;

use anyhow::Context;

use crate::disk::open::open_below;
use crate::input::Refusal;
use crate::pictures::{self, Traces};

/// A pointer of Git LFS has fewer bytes.
pub(super) const LARGEST_POINTER: u64 = 1024;
/// A picture of more bytes is not changed.
const LARGEST_CUT: u64 = 256 << 20;
/// The endings of pictures whose header says how large they are.
const ENDINGS: [&str; 6] = ["png", "jpg", "jpeg", "gif", "webp", "avif"];
/// Those of pictures that no page has a size for, and that are published all the same.
const FURTHER_ENDINGS: [&str; 6] = ["jpe", "jfif", "heic", "heif", "tif", "tiff"];

/// Width and height in pixels from the header of a picture, which is read through the handle
/// that it was checked with: its name may stand for something else by now.
pub(super) fn dimensions(path: &Path, mut file: &File) -> Option<(u32, u32)> {
    file.rewind().ok()?;
    if has_ending(path, &["svg"]) {
        let mut start = Vec::new();
        file.take(4096).read_to_end(&mut start).ok()?;
        return svg_dimensions(&String::from_utf8_lossy(&start));
    }
    if !has_ending(path, &ENDINGS) {
        return None;
    }
    let size = imagesize::reader_size(BufReader::new(file)).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// What a picture tells of where, and with what, it was taken. One that cannot be read to
/// its end tells what has been read.
pub(super) fn traces(path: &Path, file: &File) -> Traces {
    if !has_ending(path, &ENDINGS) && !has_ending(path, &FURTHER_ENDINGS) {
        return Traces::default();
    }
    pictures::traces(&mut BufReader::new(file)).unwrap_or_default()
}

/// A picture of the book as it is and without what it tells of who took it; `None` if that
/// cannot be cut out of it.
pub fn without_traces(
    root: &Path,
    path: &str,
) -> anyhow::Result<Option<(Vec<u8>, Vec<u8>)>> {
    let root =
        root.canonicalize().with_context(|| format!("cannot open {}", root.display()))?;
    let file = open_below(&root, path).with_context(|| format!("cannot open {path}"))?;
    let mut picture = Vec::new();
    file.take(LARGEST_CUT)
        .read_to_end(&mut picture)
        .with_context(|| format!("cannot read {path}"))?;
    if picture.len() as u64 == LARGEST_CUT {
        return Ok(None);
    }
    let cut = pictures::without_metadata(&picture);
    // Whatever is left would be published as clean.
    let is_clean =
        |it: &Vec<u8>| pictures::traces(&mut Cursor::new(it)).is_ok_and(Traces::is_empty);
    Ok(cut.filter(is_clean).map(|cut| (picture, cut)))
}

/// A picture anywhere without what it tells of who took it; `None` if it tells nothing, or
/// if that cannot be cut out.
pub(super) fn cleaned(path: &Path) -> Option<Vec<u8>> {
    let file = crate::disk::open::open(path).ok()?;
    if traces(path, &file).is_empty() {
        return None;
    }
    let mut picture = Vec::new();
    (&file).rewind().ok()?;
    (&file).take(LARGEST_CUT).read_to_end(&mut picture).ok()?;
    let cut = pictures::without_metadata(&picture)?;
    pictures::traces(&mut Cursor::new(&cut)).is_ok_and(Traces::is_empty).then_some(cut)
}

/// Why a file anywhere cannot be published; `None` for a good one.
pub(super) fn unusable(path: &Path) -> Option<String> {
    let file = match crate::disk::open::open(path) {
        Ok(file) => file,
        Err(error) => return Some(format!("it cannot be read: {error}")),
    };
    let size = file.metadata().map_or(0, |it| it.len());
    if let Some(why) = refusal(path, &file, size) {
        return Some(format!("it {why}"));
    }
    let tells = traces(path, &file).has_position;
    (tells && cleaned(path).is_none()).then(|| "it tells where it was taken".to_owned())
}

/// Why a file is not published as what its ending says; `None` for a good one.
pub(super) fn refusal(path: &Path, mut file: &File, size: u64) -> Option<Refusal> {
    let is_picture = has_ending(path, &ENDINGS) || has_ending(path, &["svg"]);
    if !is_picture && size > LARGEST_POINTER {
        return None;
    }
    let mut start = Vec::new();
    file.rewind().ok()?;
    file.take(LARGEST_POINTER).read_to_end(&mut start).ok()?;
    if is_lfs_pointer(&start) {
        return Some(Refusal::LfsPointer);
    }
    if !is_picture {
        return None;
    }
    if start.is_empty() {
        return Some(Refusal::NoPicture("an empty file"));
    }
    let text =
        String::from_utf8_lossy(&start).trim_start_matches('\u{feff}').to_lowercase();
    let text = text.trim_start();
    let is_page = text.starts_with("<!doctype html") || text.starts_with("<html");
    is_page.then_some(Refusal::NoPicture("a web page"))
}

/// Whether a file only says where Git LFS keeps another (git-lfs, docs/spec.md).
pub(super) fn is_lfs_pointer(bytes: &[u8]) -> bool {
    bytes.len() as u64 <= LARGEST_POINTER
        && bytes.starts_with(b"version https://git-lfs.github.com/spec/")
}

/// Whether a file has one of these endings, in capitals or not.
fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().unwrap_or_default();
    endings.iter().any(|it| ending.eq_ignore_ascii_case(it))
}

/// The `width` and `height` of an `<svg>`, or the last two numbers of its `viewBox`.
fn svg_dimensions(svg: &str) -> Option<(u32, u32)> {
    let tag = &svg[svg.find("<svg")?..];
    let tag = &tag[..tag.find('>')?];
    let attribute = |name: &str| {
        let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        tag[from..].split('"').next()
    };
    let number = |text: &str| {
        let text = text.trim().trim_end_matches("px");
        let whole = text.split('.').next().unwrap_or(text);
        whole.parse::<u32>().ok()
    };
    let given =
        attribute("width").and_then(number).zip(attribute("height").and_then(number));
    given.or_else(|| {
        let mut numbers =
            attribute("viewBox")?.split([' ', ',']).filter(|it| !it.is_empty());
        numbers.nth(1)?;
        Some((number(numbers.next()?)?, number(numbers.next()?)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_of_a_drawing_is_read_from_its_first_tag() {
        let cases = [
            ("<svg width=\"40\" height=\"30px\" viewBox=\"0 0 4 3\">", Some((40, 30))),
            ("<?xml version=\"1.0\"?>\n<svg viewBox=\"0 0 640 480\">", Some((640, 480))),
            ("<svg width=\"100%\" height=\"100%\">", None),
            ("no svg", None),
        ];
        for (svg, expected) in cases {
            assert_eq!(svg_dimensions(svg), expected, "{svg}");
        }
    }
}

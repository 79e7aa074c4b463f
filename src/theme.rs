//! The default theme: the files of `templates/` and `static/`, compiled in.

use include_dir::{Dir, include_dir};

/// The default theme's folder.
static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static STATIC: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// The files of `static/` that are the theme's; the rest of that folder is the sample
/// book's.
const ASSETS: &[&str] = &["dateline.css", "dateline.js", "favicon.svg", "moved.js"];

/// The templates, each with its name and text, by name.
pub fn templates() -> impl Iterator<Item = (&'static str, &'static str)> {
    let text = |file: &'static include_dir::File<'static>| {
        let name = file.path().to_str().expect("names in this repository are UTF-8");
        (name, file.contents_utf8().expect("templates in this repository are UTF-8"))
    };
    TEMPLATES.files().map(text)
}

/// The paths of stylesheet, scripts and icon.
pub fn assets() -> impl Iterator<Item = &'static str> {
    ASSETS.iter().copied()
}

/// One of them, as bytes.
pub fn asset(path: &str) -> Option<&'static [u8]> {
    STATIC.get_file(path).map(include_dir::File::contents)
}

//! A book as one string: `//- path` before each file.

use std::sync::Arc;

use dateline::Built;
use dateline::diagnostic::{Format, Positions};
use dateline::input::{Asset, Inputs};
use dateline::pictures::Traces;
use dateline::render::Rendered;
use dateline::site::Site;

/// Noon of 20 August 2025, after most of what the tests tell.
pub(crate) fn now() -> jiff::Timestamp {
    "2025-08-20T12:00:00Z".parse().unwrap()
}

/// The inputs that a string describes. A file below `static/` becomes an asset.
pub(crate) fn book(files: &str) -> Inputs {
    let mut inputs = Inputs::empty(now());
    for file in files.split("//- ").skip(1) {
        let (path, text) = file.split_once('\n').unwrap();
        match path.strip_prefix("static/") {
            Some(asset) => {
                let asset_file = Asset {
                    size: Some(text.len() as u64),
                    modified: 0,
                    dimensions: None,
                    traces: Traces::default(),
                    refused: None,
                };
                inputs.assets.insert(asset.into(), asset_file);
            }
            None => inputs.insert(path, text),
        }
    }
    inputs
}

/// A book that can be rendered, built from nothing.
pub(crate) fn site(inputs: &Inputs) -> Site {
    Site::of(inputs.clone(), &Built::default())
}

/// Everything said about a book, a line each with its help below.
pub(crate) fn said(inputs: &Inputs) -> String {
    let mut site = site(inputs);
    let built = Arc::clone(&site.built);
    let pages: Vec<_> = built.outline.iter().collect();
    site.each(&pages, |_, _| Ok(())).unwrap();
    let mut positions = Positions::of(inputs);
    let print = |it: &dateline::diagnostic::Diagnostic| {
        it.print(site.report.severity(it), Format::Concise, false, &mut positions)
    };
    site.report.diagnostics().iter().map(print).collect()
}

/// One page of a book as text; panics with the paths there are if it is none of them.
pub(crate) fn page(inputs: &Inputs, path: &str) -> String {
    let site = site(inputs);
    let found = site.page(path).unwrap_or_else(|| {
        let paths: Vec<_> = site.built.outline.iter().map(|page| &*page.path).collect();
        panic!("no page {path} among {paths:#?}")
    });
    match site.render(found).unwrap() {
        Rendered::Bytes(bytes) => String::from_utf8(bytes).unwrap(),
        Rendered::Asset(path) => panic!("{path} is copied"),
    }
}

/// The text of each element that `css`-like `open` begins, tags removed: for short looks
/// into a page.
pub(crate) fn between<'a>(html: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    html.split(open).skip(1).filter_map(|rest| rest.split(close).next()).collect()
}

//! What is shown: the newest book, and the newest one without errors.

use std::collections::BTreeSet;
use std::mem::discriminant;
use std::ops::Bound;
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use crate::Build;
use crate::diagnostic::{Diagnostic, Severity};
use crate::input::Inputs;
use crate::outline::{Page, PageKind};
use crate::parse::clock::next_change;
use crate::render::engine::Templates;
use crate::render::{Rendered, render};

/// A book that can be shown.
pub(super) struct Site {
    /// What it was made from.
    pub(super) inputs: Arc<Inputs>,
    /// The edition and its outline.
    pub(super) build: Arc<Build>,
    templates: Templates,
    /// The path of `site-url`: begins and ends with a slash.
    pub(super) base: String,
}

/// One state of the preview; never changed, only followed by another.
pub(super) struct Preview {
    /// What pages are rendered from: the newest book if it has no errors, else the last one
    /// that had none; if there was none yet, the newest.
    pub(super) site: Arc<Site>,
    /// The newest book, as read.
    pub(super) inputs: Arc<Inputs>,
    /// The newest build, errors or not: what the next one saves work with.
    build: Arc<Build>,
    /// What there is to say about the newest book: errors first, then by file and place.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// How many of them are errors.
    pub(super) n_errors: usize,
    /// Why the newest book could not be read; `None` if it could.
    pub(super) trouble: Option<String>,
    /// When time alone changes the book.
    pub(super) next_change: Option<jiff::Timestamp>,
}

/// What an address leads to.
#[derive(Debug, PartialEq)]
pub(super) enum Found<'a> {
    /// This page.
    Page(&'a Page),
    /// The same with a slash, or the root of the site.
    Elsewhere(String),
    /// Nothing.
    Missing,
}

impl Preview {
    /// The state at the start.
    pub(super) fn first(inputs: Inputs) -> Preview {
        Preview::made(inputs, &Build::default(), None)
    }

    /// The state after the book has changed.
    pub(super) fn next(&self, inputs: Inputs) -> Preview {
        Preview::made(inputs, &self.build, Some(self))
    }

    /// The same with the reason why the newest book could not be read.
    pub(super) fn in_trouble(&self, why: String) -> Preview {
        Preview {
            site: Arc::clone(&self.site),
            inputs: Arc::clone(&self.inputs),
            build: Arc::clone(&self.build),
            diagnostics: self.diagnostics.clone(),
            n_errors: self.n_errors,
            trouble: Some(why),
            next_change: self.next_change,
        }
    }

    fn made(inputs: Inputs, last: &Build, before: Option<&Preview>) -> Preview {
        let inputs = Arc::new(inputs);
        let build = Arc::new(crate::build(&inputs, last));
        let mut diagnostics = build.diagnostics.clone();
        let templates = Templates::new(&inputs, &build.edition).log(&mut diagnostics);
        let base = base(build.edition.config.site_url.as_deref());
        let site = Site {
            inputs: Arc::clone(&inputs),
            build: Arc::clone(&build),
            templates,
            base,
        };
        if before.is_none_or(|it| !same_templates(&it.inputs, &inputs) || it.n_errors > 0)
        {
            diagnostics.extend(site.try_templates());
        }
        let config = &build.parsed.config;
        config.heed(&mut diagnostics);
        let is_warning = |it: &Diagnostic| config.severity(it.rule) != Severity::Error;
        diagnostics.sort_by(|a, b| (is_warning(a), a).cmp(&(is_warning(b), b)));
        diagnostics.dedup();
        let n_errors = diagnostics.iter().filter(|it| !is_warning(it)).count();
        let site = match before {
            Some(before) if n_errors > 0 => Arc::clone(&before.site),
            _ => Arc::new(site),
        };
        let next_change = next_change(&build.parsed);
        Preview { site, inputs, build, diagnostics, n_errors, trouble: None, next_change }
    }

    /// The content folder of the newest book.
    pub(super) fn inputs_src(&self) -> Box<str> {
        self.build.parsed.config.src.clone()
    }

    /// How heavy a diagnostic is in the newest book.
    pub(super) fn severity(&self, diagnostic: &Diagnostic) -> Severity {
        self.build.parsed.config.severity(diagnostic.rule)
    }
}

impl Site {
    /// Renders a page.
    pub(super) fn render(&self, page: &Page) -> Result<Rendered, Diagnostic> {
        let Build { edition, outline, .. } = &*self.build;
        render(edition, outline, page, &self.templates)
    }

    /// The page at a path of the output, such as `404.html`.
    pub(super) fn page(&self, path: &str) -> Option<&Page> {
        let pages = &self.build.outline;
        let at = pages.binary_search_by(|page| (*page.path).cmp(path)).ok()?;
        pages.get(at)
    }

    /// What a request's path leads to. It is decoded once and looked up; it is never joined
    /// to a folder.
    pub(super) fn find(&self, path: &str) -> Found<'_> {
        if path == "/" && self.base != "/" || path == self.base.trim_end_matches('/') {
            return Found::Elsewhere(self.base.clone());
        }
        let Some(within) = path.strip_prefix(&*self.base) else { return Found::Missing };
        let Ok(within) = percent_decode_str(within).decode_utf8() else {
            return Found::Missing;
        };
        let is_odd = within.contains(['\0', '\\'])
            || within.split('/').any(|part| part == ".." || part == ".");
        if is_odd {
            return Found::Missing;
        }
        if within.is_empty() || within.ends_with('/') {
            let index = format!("{within}index.html");
            return self.page(&index).map_or(Found::Missing, Found::Page);
        }
        if let Some(page) = self.page(&within) {
            return Found::Page(page);
        }
        match self.page(&format!("{within}/index.html")) {
            Some(_) => Found::Elsewhere(format!("{path}/")),
            None => Found::Missing,
        }
    }

    /// What goes wrong in the templates: one page of each kind is rendered.
    fn try_templates(&self) -> Vec<Diagnostic> {
        if !self.templates.has_own() {
            return Vec::new(); // the theme's are known to be whole
        }
        let mut seen = Vec::new();
        let mut found = BTreeSet::new();
        for page in self.build.outline.iter() {
            let kind = discriminant(&page.kind);
            if matches!(page.kind, PageKind::Asset(_)) || seen.contains(&kind) {
                continue;
            }
            seen.push(kind);
            found.extend(self.render(page).err());
        }
        found.into_iter().collect()
    }
}

fn same_templates(a: &Inputs, b: &Inputs) -> bool {
    let from = Bound::Included("templates/");
    let of = |inputs: &Inputs| {
        let files = inputs.files.range::<str, _>((from, Bound::Excluded("templates0")));
        files.map(|(path, it)| (Arc::clone(path), it.clone())).collect::<Vec<_>>()
    };
    of(a) == of(b)
}

/// The path of an address: `/repo/` of `https://example.org/repo/`.
fn base(site_url: Option<&str>) -> String {
    let rest = site_url.and_then(|it| it.split_once("://")).map_or("", |(_, rest)| rest);
    rest.find('/').map_or("/", |at| &rest[at..]).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_its_page_and_nowhere_else() {
        let mut inputs = Inputs::empty(jiff::Timestamp::UNIX_EPOCH);
        let toml = "[book]\ntitle = 'T'\n[output.html]\nsite-url = 'https://a.org/r/'\n";
        inputs.insert("book.toml", toml);
        let preview = Preview::first(inputs);
        let at = |path: &str| match preview.site.find(path) {
            Found::Page(page) => page.path.to_string(),
            Found::Elsewhere(path) => format!("-> {path}"),
            Found::Missing => "none".to_owned(),
        };
        let cases = [
            ("/", "-> /r/"),
            ("/r", "-> /r/"),
            ("/r/", "index.html"),
            ("/r/index.html", "index.html"),
            ("/r/entities", "-> /r/entities/"),
            ("/r/entities/", "entities/index.html"),
            ("/r/%65ntities/", "entities/index.html"),
            ("/r/%2565ntities/", "none"),
            ("/entities/", "none"),
            ("//r/", "none"),
            ("/r//", "none"),
            ("/r/../r/", "none"),
            ("/r/x/%2e%2e/", "none"),
            ("/r/%00", "none"),
            ("/r/entities%5c", "none"),
            ("/r/%ff", "none"),
        ];
        for (path, expected) in cases {
            assert_eq!(at(path), expected, "{path}");
        }
    }
}

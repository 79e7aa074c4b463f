//! Inputs to documents, one file at a time.

pub mod annotation;
pub mod archived;
pub mod brief;
pub mod claim;
pub mod clock;
pub mod config;
pub mod document;
pub mod domain;
pub mod entity;
pub mod extra;
pub mod fields;
pub mod files;
mod foreign;
pub mod front_matter;
pub mod held;
pub mod markdown;
pub mod nav;
pub mod node;
mod other_dates;
pub mod page;
pub mod redirect;
pub mod storyline;
mod unknown_keys;
mod yaml;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Reported, Rule, Severity};
use crate::input::{Asset, Content, Inputs, Refusal, Refused, Wanted, text_stem};
use crate::layout::{ContentKind, SETTINGS, in_static, within_templates};
use crate::parallel;
use crate::parse::brief::Brief;
use crate::parse::claim::ClaimFile;
use crate::parse::config::Config;
use crate::parse::document::Document;
use crate::parse::entity::Entity;
use crate::parse::fields::Log;
use crate::parse::files::Files;
use crate::parse::page::PageFile;
use crate::parse::storyline::Storyline;
use crate::pictures::Traces;
use crate::span::{Span, Stretch};

/// Every file of the book, each on its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// The settings.
    pub config: Arc<Config>,
    /// The content files by path.
    pub files: Files,
    /// The files of `static/`.
    pub assets: Arc<BTreeMap<Arc<str>, Asset>>,
    /// Which briefs are wanted.
    pub wanted: Wanted,
    /// The briefs of the archive whose address another one has, by path.
    left_out: BTreeSet<Arc<str>>,
}

impl Parsed {
    /// Whether a brief is in the edition.
    pub fn wants(&self, brief: &Brief) -> bool {
        self.wanted.wants(brief) && self.is_placed(brief)
    }

    /// Whether a brief has what gives it a place in the site.
    pub fn is_placed(&self, brief: &Brief) -> bool {
        brief.front.is_placed
            && (self.left_out.is_empty() || !self.left_out.contains(&brief.document.path))
    }
}

/// One content file and what there is to say of it alone.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// What it is.
    pub kind: FileKind,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// A content file as its folder says what it is.
#[derive(Clone, Debug, PartialEq)]
pub enum FileKind {
    /// In `briefs/`.
    Brief(Arc<Brief>),
    /// In `entities/`.
    Entity(Arc<Entity>),
    /// In `storylines/`.
    Storyline(Arc<Storyline>),
    /// In `claims/`.
    Claim(Arc<ClaimFile>),
    /// In `pages/`.
    Page(Arc<PageFile>),
    /// `index.md`: words on top of the home page.
    Home(Arc<PageFile>),
    /// A file that could not be taken, or that lies where none belongs.
    Nothing(Arc<str>),
}

impl FileKind {
    /// What all content files share; `None` for a file that is none.
    pub fn document(&self) -> Option<&Document> {
        match self {
            FileKind::Brief(it) => Some(&it.document),
            FileKind::Entity(it) => Some(&it.document),
            FileKind::Storyline(it) => Some(&it.document),
            FileKind::Claim(it) => Some(&it.document),
            FileKind::Page(it) | FileKind::Home(it) => Some(&it.document),
            FileKind::Nothing(_) => None,
        }
    }
}

/// Reads every file. One whose text and settings are those of `last` is taken from there.
pub fn parse(inputs: &Inputs, last: &Parsed) -> Reported<Parsed> {
    let mut diagnostics = Vec::new();
    let config = match inputs.files.get(SETTINGS) {
        Some(Content::Text(text)) => Config::parse(text).log(&mut diagnostics),
        Some(Content::Refused(refused)) => {
            diagnostics.push(refusal(&SETTINGS.into(), refused));
            Config::default()
        }
        None => Config::default(),
    };
    let config =
        if config == *last.config { Arc::clone(&last.config) } else { Arc::new(config) };
    let same_settings = Arc::ptr_eq(&config, &last.config);
    let folder = format!("{}/", config.src);
    let sources: Vec<_> =
        inputs.files.iter().filter(|(path, _)| path.starts_with(&folder)).collect();
    let last_files = if same_settings { &last.files } else { &Files::default() };
    let positions: Vec<usize> = (0..sources.len()).collect();
    let files = parallel::map(&positions, |at| {
        let (path, content) = sources[*at];
        match known(last_files, *at, path, content) {
            Some(file) => Arc::clone(file),
            None => Arc::new(file(path, content, &folder, &config)),
        }
    });
    let paths = sources.iter().map(|(path, _)| Arc::clone(path));
    let files = Files::sorted(paths.zip(files).collect());
    diagnostics.extend(files.diagnostics().cloned());
    let left_out = archived::without_address(&files, &config, &mut diagnostics);
    for (path, content) in &inputs.files {
        if let Content::Refused(refused) = content
            && !path.starts_with(&folder)
            && **path != *SETTINGS
        {
            diagnostics.push(refusal(path, refused));
        }
    }
    for (path, asset) in &inputs.assets {
        if let Some(why) = &asset.refused {
            let refused = Refused { why: why.clone(), text: "".into() };
            diagnostics.push(refusal(&in_static(path).into(), &refused));
        }
    }
    for (path, asset) in &inputs.assets {
        diagnostics.extend(traces(path, asset.traces));
    }
    // If the settings make an unusable file less than an error, the site is built without it.
    let is_error = config.severity(Rule::UnreadableFile) == Severity::Error;
    let is_usable = |asset: &Asset| is_error || asset.refused.is_none();
    let usable = || inputs.assets.iter().filter(|(_, asset)| is_usable(asset));
    let assets = if usable().eq(last.assets.iter()) {
        Arc::clone(&last.assets)
    } else {
        Arc::new(usable().map(|(path, it)| (Arc::clone(path), it.clone())).collect())
    };
    let wanted = inputs.wanted;
    Reported { value: Parsed { config, files, assets, wanted, left_out }, diagnostics }
}

/// The file that was made of the same text last time; it is looked for first at the place
/// in the list that the source has now.
fn known<'a>(
    last: &'a Files,
    at: usize,
    path: &Arc<str>,
    content: &Content,
) -> Option<&'a Arc<File>> {
    let Content::Text(text) = content else { return None };
    let file = last.near(at, path)?;
    file.kind.document().is_some_and(|it| it.text == *text).then_some(file)
}

fn file(path: &Arc<str>, content: &Content, folder: &str, config: &Config) -> File {
    let text = match content {
        Content::Text(text) => text,
        Content::Refused(refused) => {
            let diagnostics = vec![refusal(path, refused)];
            return File {
                kind: FileKind::Nothing(Arc::clone(&refused.text)),
                diagnostics,
            };
        }
    };
    let mut log = Log { path, text, diagnostics: Vec::new() };
    let within = path.strip_prefix(folder).unwrap_or(path);
    let kind = match ContentKind::of(within) {
        Some(ContentKind::Brief) => {
            FileKind::Brief(Arc::new(brief::read(path, text, config, &mut log)))
        }
        Some(ContentKind::Entity) => {
            FileKind::Entity(Arc::new(entity::read(path, text, config, &mut log)))
        }
        Some(ContentKind::Storyline) => {
            FileKind::Storyline(Arc::new(storyline::read(path, text, config, &mut log)))
        }
        Some(ContentKind::Claim) => {
            FileKind::Claim(Arc::new(claim::read(path, text, config, &mut log)))
        }
        Some(ContentKind::Page) => {
            FileKind::Page(Arc::new(page::read(path, text, config, &mut log)))
        }
        None if text_stem(within) == Some("index") => {
            FileKind::Home(Arc::new(page::read(path, text, config, &mut log)))
        }
        None => {
            let message = "this file lies where no content belongs".to_owned();
            log.say(Rule::UnreadableFile, Stretch::default(), message, format!(
                "move it to {folder}briefs/, {folder}entities/, {folder}storylines/, {folder}claims/ or {folder}pages/"
            ));
            FileKind::Nothing(Arc::clone(text))
        }
    };
    File { kind, diagnostics: log.diagnostics }
}

/// Says what a picture tells of who took it, and the commands that take it out.
fn traces(path: &str, traces: Traces) -> impl Iterator<Item = Diagnostic> {
    let path = in_static(path);
    let note = "this picture holds a note of the camera's maker, where most keep its \
                serial number";
    let found = [
        (
            traces.has_position,
            Rule::PicturePosition,
            "this picture says where it was taken",
        ),
        (
            traces.has_serial,
            Rule::CameraSerial,
            "this picture holds the serial number of a camera or a lens",
        ),
        (traces.has_maker_note && !traces.has_serial, Rule::CameraSerial, note),
    ];
    let found = found.into_iter().filter(|(is_there, _, _)| *is_there);
    found.map(move |(_, rule, message)| {
        let word = path.replace('\'', "'\\''");
        // `--fix` leaves TIFF alone: there, Exif and the picture share one directory.
        let is_tiff =
            [".tif", ".tiff"].iter().any(|it| path.to_lowercase().ends_with(it));
        let first = if is_tiff { "" } else { "`dateline check --fix`, or " };
        let help = format!(
            "run {first}`exiftool -all= -tagsfromfile @ -Orientation \
             -Copyright -Artist -ICC_Profile -overwrite_original '{word}'`"
        );
        Diagnostic::new(rule, Diagnostic::whole_file(&path), message, help)
    })
}

/// What to do with a file that nothing reads, by its ending.
fn stray_help(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        _ if within_templates(path).is_some() => {
            "a template's name ends in `.html`: rename it, or move it out of templates/"
        }
        Some(
            "mdx" | "mdown" | "mkd" | "txt" | "rst" | "adoc" | "org" | "htm" | "html",
        ) => {
            "a text is Markdown and its name ends in `.md`: rename it, or move it out of the content folder"
        }
        _ => {
            "move it into static/, and name it from there: `/img/gate.jpg` for static/img/gate.jpg"
        }
    }
}

/// Says why a file was not taken.
fn refusal(path: &Arc<str>, refused: &Refused) -> Diagnostic {
    // The text is what could be read, so the trouble begins at its end.
    let end = refused.text.len();
    let span = Span { path: Arc::clone(path), stretch: Stretch::new(end..end) };
    let (message, help) = match &refused.why {
        Refusal::Stray => {
            let message = "nothing reads this file where it lies".to_owned();
            return Diagnostic::new(Rule::StrayFile, span, message, stray_help(path));
        }
        Refusal::LfsPointer => (
            "this only stands for a file of Git LFS".to_owned(),
            "run `git lfs pull`; in a workflow, check out with `lfs: true`",
        ),
        Refusal::NoPicture(what) => (
            format!("this is not a picture but {what}"),
            "put the picture in its place, or delete the file",
        ),
        Refusal::InvalidUtf8 => (
            "this file is not valid UTF-8 from here on".to_owned(),
            "save it as UTF-8; it may be in Windows-1252 or Latin-1",
        ),
        Refusal::Nul => {
            ("this file holds a NUL byte".to_owned(), "delete it; a text file has none")
        }
        Refusal::Utf16 => ("this file is UTF-16".to_owned(), "save it as UTF-8"),
        Refusal::Symlink => (
            "this is a symbolic link, which may point anywhere".to_owned(),
            "put a copy of the file in its place",
        ),
        Refusal::Special(what) => {
            (format!("this is {what}"), "delete it, or put a file in its place")
        }
        Refusal::TooLarge(size) => {
            (format!("this file has {size} bytes"), "split it; a text has a few thousand")
        }
        Refusal::Name => (
            "this file's name holds a character that cannot be a part of an address"
                .to_owned(),
            "rename it with letters, digits and hyphens",
        ),
        Refusal::Unreadable(said) => (
            format!("cannot read this file: {said}"),
            "give your user the right to read it",
        ),
    };
    Diagnostic::new(Rule::UnreadableFile, span, message, help)
}

//! `dateline mentions`: which names were found in a file, and why.

mod explained;
mod format;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::Built;
use crate::cmd::book::BookArgs;
use crate::cmd::mentions::format::MentionFormat;
use crate::cmd::outcome::Outcome;
use crate::cmd::report;
use crate::diagnostic::{Diagnostic, Format, Rule};
use crate::disk;
use crate::export::mentions;
use crate::export::records::Mention;
use crate::input::Inputs;
use crate::layout::{ContentKind, SETTINGS};
use crate::link::ambiguous;
use crate::link::candidates::listed;
use crate::link::mentions::{self as finder, Context};
use crate::link::registry::EntityIdx;
use crate::link::settled::SettledNames;
use crate::link::text::Named;
use crate::parse::config::Config;
use crate::report::Report;
use crate::site::Site;
use crate::span::Stretch;
use anyhow::bail;

/// Show which names a text holds, whose they are, and the rule that found them
///
/// A name that several entities share is linked to none and reported with its candidates.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  dateline mentions content/briefs/2025/2025-08-08-strike.md
  dateline mentions --explain Holm content/briefs/2025/2025-08-08-strike.md
  dateline mentions --plain --format json wire/*.txt
  pbpaste | dateline mentions --plain -")]
pub(super) struct Mentions {
    /// The files to read; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Take the files as plain text, in which nothing is Markdown or front matter
    #[arg(long)]
    plain: bool,
    /// Say of each place where this name stands why it is a link or why not
    #[arg(long, value_name = "NAME", conflicts_with = "plain")]
    explain: Option<String>,
    /// How to print the mentions
    #[arg(long, value_enum, default_value_t)]
    format: MentionFormat,
    #[command(flatten)]
    book: BookArgs,
}

impl Mentions {
    /// Reads the book's registry, then each file.
    pub(super) fn run(&self, out: &mut impl Write) -> anyhow::Result<Outcome> {
        let mut inputs = disk::read(&self.book.root, self.book.wanted()?)?;
        inputs.wanted.drafts = true; // a file that is named is wanted
        inputs.wanted.future = true;
        let names: Vec<Arc<str>> =
            self.files.iter().map(|file| file.to_string_lossy().into()).collect();
        let keys = if self.plain { Vec::new() } else { self.add(&mut inputs, &names)? };
        let site = Site::of(inputs, &Built::default());
        let built = &site.built;
        let mut doubts = Report::new(&built.parsed.config);
        let mut shown = Arc::clone(&site.inputs);
        for (at, name) in names.iter().enumerate() {
            let (text, found) = if self.plain {
                let text = disk::read_text(&self.files[at])?;
                Arc::make_mut(&mut shown).insert(name, &text);
                let (found, ambiguous) = plain(&text, name, built);
                doubts.add(ambiguous);
                (text, found)
            } else {
                let key = &keys[at];
                let texts = &built.edition.texts;
                let Some(idx) = texts.all().find(|it| *texts.document(*it).path == **key)
                else {
                    bail!(
                        "{name} is not a brief, entity, storyline or page of this book"
                    );
                };
                if let Some(wanted) = &self.explain {
                    let format = self.format;
                    explained::print(name, wanted, idx, built, format, out)?;
                    continue;
                }
                doubts.add(ambiguous::of_text(texts, idx));
                let document = texts.document(idx);
                (Arc::clone(&document.text), texts.text(idx).named(document))
            };
            self.print(name, &text, &found, built, out)?;
        }
        out.flush()?;
        report::print_aside(&doubts, &shown, Format::Full)?;
        Ok(Outcome::Done)
    }

    /// Puts the files among the inputs that are none yet; gives each one's path there.
    fn add(
        &self,
        inputs: &mut Inputs,
        names: &[Arc<str>],
    ) -> anyhow::Result<Vec<Arc<str>>> {
        let settings = inputs.text(SETTINGS).map_or("", |text| &**text);
        let src = Config::parse(settings).value.src;
        let mut keys = Vec::new();
        for (file, name) in self.files.iter().zip(names) {
            let within = disk::path_within(&self.book.root, file);
            if let Some(path) = within.filter(|path| inputs.files.contains_key(&**path)) {
                keys.push(path.into());
                continue;
            }
            let text = disk::read_text(file)?;
            let stem = match &**name {
                "-" => "standard-input.md".into(),
                name => Path::new(name).file_name().unwrap_or_default().to_string_lossy(),
            };
            // A text without a head has no day, which a brief must have.
            let kind = if text.starts_with("---") {
                ContentKind::Brief
            } else {
                ContentKind::Page
            };
            let folder = kind.folder();
            let key = format!("{src}/{folder}/beside-the-book-{}/{stem}", keys.len());
            inputs.insert(&key, &text);
            keys.push(key.into());
        }
        Ok(keys)
    }

    fn print(
        &self,
        file: &str,
        text: &str,
        found: &[Named],
        built: &Built,
        out: &mut impl Write,
    ) -> anyhow::Result<()> {
        let named = found.iter().map(|it| (it.at.range(), it.entity, it.rule));
        for mention in mentions(&built.edition, file, text, named) {
            if self.format == MentionFormat::Json {
                serde_json::to_writer(&mut *out, &mention)?;
                writeln!(out)?;
                continue;
            }
            let Mention { line, column, entity, rule, .. } = mention;
            let surface =
                mention.surface.split_whitespace().collect::<Vec<_>>().join(" ");
            let line = format!("{file}:{line}:{column}: {surface} → {entity} ({rule})");
            writeln!(out, "{}", crate::diagnostic::one_line(&line))?;
        }
        Ok(())
    }
}

/// The mentions of a plain text.
fn plain(text: &str, name: &Arc<str>, built: &Built) -> (Vec<Named>, Vec<Diagnostic>) {
    let registry = &built.edition.registry;
    let (starts, passages): (Vec<usize>, Vec<_>) =
        finder::passages_of_plain(text).into_iter().unzip();
    let names = SettledNames::of(&built.edition.config, registry, &mut Vec::new());
    let context = Context {
        date: None,
        language: registry.language,
        settled: &names.meanings,
        rules_off: &names.rules_off,
        written: &[],
    };
    let found = finder::find(registry, &passages, &context);
    let at = |passage: u32, start: u32, end: u32| {
        let offset = starts[passage as usize];
        Stretch::new(offset + start as usize..offset + end as usize)
    };
    let ambiguous = found.ambiguous.iter().map(|it| {
        let slug = |it: &EntityIdx| &*registry.entity(*it).slug;
        let slugs = it.candidates.iter().map(slug);
        let at = at(it.passage, it.start, it.end);
        let message =
            format!("`{}` can be {}, so it links to none", it.name, listed(slugs));
        let help = "settle it for the book under `[names]` in book.toml";
        Diagnostic::new(Rule::AmbiguousName, at.of(name), message, help)
    });
    let mentions = found.mentions.iter().map(|it| Named {
        at: at(it.passage, it.start, it.end),
        entity: it.entity,
        rule: it.rule.as_str(),
    });
    (mentions.collect(), ambiguous.collect())
}

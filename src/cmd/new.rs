//! `dateline new`: files with the right name and front matter.

use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;

use anyhow::bail;
use clap::{Subcommand, ValueEnum};

use crate::cmd::book::{nearest, now};
use crate::cmd::outcome::Outcome;
use crate::disk;
use crate::layout::ContentKind;
use crate::parse::config::Config;
use crate::parse::entity::EntityKind;
use crate::slug::Slug;

/// Start a brief, an entity or a claim
#[derive(clap::Args, Debug)]
pub(super) struct New {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Brief(NewBrief),
    Entity(NewEntity),
    Claim(NewClaim),
}

/// Start a brief: a file in content/briefs/ with today's date
#[derive(clap::Args, Debug)]
#[command(after_help = "Example:
  dateline new brief \"Dock strike enters second week\"")]
struct NewBrief {
    /// The headline
    title: String,
    /// The day of the dateline; by default, today in the book's time zone
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    date: Option<jiff::civil::Date>,
    /// The folder that holds book.toml; by default, this one or the nearest above it
    #[arg(long, default_value_os_t = nearest(), hide_default_value = true, value_name = "DIR")]
    root: PathBuf,
}

/// A day as it is written on the command line.
fn day(text: &str) -> Result<jiff::civil::Date, String> {
    text.parse()
        .map_err(|_| "write the year, the month and the day: 2025-08-08".to_owned())
}

/// Start an entity: a file in content/entities/
#[derive(clap::Args, Debug)]
#[command(after_help = "Example:
  dateline new entity \"Claudia Sheinbaum\" --kind person")]
struct NewEntity {
    /// The name
    name: String,
    /// What it is
    #[arg(long, value_enum)]
    kind: KindArg,
    /// Another name; may be repeated
    #[arg(long = "alias", value_name = "NAME")]
    aliases: Vec<String>,
    /// The folder that holds book.toml; by default, this one or the nearest above it
    #[arg(long, default_value_os_t = nearest(), hide_default_value = true, value_name = "DIR")]
    root: PathBuf,
}

/// Start a claim that is followed: a file below content/claims/
#[derive(clap::Args, Debug)]
#[command(after_help = "Example:
  dateline new claim \"Nine in ten dockers are on strike\" --about \"Harbor Union\"")]
struct NewClaim {
    /// The claim: one full sentence that is true or false
    sentence: String,
    /// Whom or what it is about; may be given several times
    #[arg(long, value_name = "NAME")]
    about: Vec<String>,
    /// The folder that holds book.toml; by default, this one or the nearest above it
    #[arg(long, default_value_os_t = nearest(), hide_default_value = true, value_name = "DIR")]
    root: PathBuf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum KindArg {
    Person,
    Organization,
    Place,
    Event,
    Law,
    Work,
    Thing,
}

impl New {
    /// Makes the file and prints its path.
    pub(super) fn run(&self, out: &mut impl Write) -> anyhow::Result<Outcome> {
        let (root, path, text) = match &self.what {
            What::Brief(it) => {
                let (path, text) = it.file(&config(&it.root)?)?;
                (&it.root, path, text)
            }
            What::Entity(it) => {
                let (path, text) = it.file(&config(&it.root)?)?;
                (&it.root, path, text)
            }
            What::Claim(it) => {
                let (path, text) = it.file(&config(&it.root)?)?;
                (&it.root, path, text)
            }
        };
        disk::create(root, &path, &text)?;
        writeln!(out, "{}", root.join(&path).display())?;
        Ok(Outcome::Done)
    }
}

fn config(root: &std::path::Path) -> anyhow::Result<Config> {
    Ok(Config::parse(&disk::read_settings(root)?).value)
}

impl NewBrief {
    fn file(&self, config: &Config) -> anyhow::Result<(String, String)> {
        let slug = slug(&self.title)?;
        let today = now()?.to_zoned_datetime(config.zone.clone()).date();
        let date = self.date.unwrap_or(today);
        let path = format!(
            "{}/{}/{:04}/{date}-{slug}.md",
            config.src,
            ContentKind::Brief.folder(),
            date.year()
        );
        let text = format!(
            "---\ntitle: {}\ndate: {date}\nsummary:\nplace:\nby: []\nsources: []\nstorylines: []\ntags: []\n---\n\n",
            quoted(&self.title)
        );
        Ok((path, text))
    }
}

impl NewEntity {
    fn file(&self, config: &Config) -> anyhow::Result<(String, String)> {
        let kind = match self.kind {
            KindArg::Person => EntityKind::Person,
            KindArg::Organization => EntityKind::Organization,
            KindArg::Place => EntityKind::Place,
            KindArg::Event => EntityKind::Event,
            KindArg::Law => EntityKind::Law,
            KindArg::Work => EntityKind::Work,
            KindArg::Thing => EntityKind::Thing,
        };
        entity_file(config, &self.name, kind, &self.aliases, &[])
    }
}

/// The path and the text of a new entity's file. `roles` are lines for its list of offices,
/// as comments; a person without any gets an example.
pub(super) fn entity_file(
    config: &Config,
    name: &str,
    kind: EntityKind,
    aliases: &[String],
    roles: &[String],
) -> anyhow::Result<(String, String)> {
    let slug = slug(name)?;
    let path = format!("{}/{}/{slug}.md", config.src, ContentKind::Entity.folder());
    let mut text = format!("---\nname: {}\nkind: {}\n", quoted(name), kind.word());
    let aliases: Vec<String> = aliases.iter().map(|it| quoted(it)).collect();
    write!(text, "aliases: [{}]\nsummary:\n", aliases.join(", "))?;
    if kind == EntityKind::Person {
        text += "roles:\n";
        let example =
            ["#  - {title: Secretary of State, of: United States, from: 2025-01-21}"];
        let lines: Vec<&str> = match roles {
            [] => example.to_vec(),
            seen => seen.iter().map(|it| &**it).collect(),
        };
        for line in lines {
            text.push_str(line);
            text.push('\n');
        }
    }
    text += "---\n\n";
    Ok((path, text))
}

impl NewClaim {
    fn file(&self, config: &Config) -> anyhow::Result<(String, String)> {
        let sentence = self.sentence.trim();
        if !sentence.contains(char::is_whitespace) {
            bail!("`{sentence}` is one word: write the claim as one full sentence");
        }
        let slug = slug(sentence)?;
        let path = format!("{}/claims/{slug}.md", config.src);
        let about: Vec<String> = self.about.iter().map(|it| quoted(it)).collect();
        let text = format!(
            "---\ntitle: {}\nabout: [{}]\nfindings:\n#  - {{is: unconfirmed, on: 2025-08-08}}\nstances:\n#  - {{by: Claudia Sheinbaum, does: denies, on: 2025-08-08}}\n---\n\n",
            quoted(sentence),
            about.join(", ")
        );
        Ok((path, text))
    }
}

fn slug(title: &str) -> anyhow::Result<Slug> {
    match Slug::from_title(title) {
        Some(slug) => Ok(slug),
        None => bail!("`{title}` cannot become a file name: it has no letters or digits"),
    }
}

/// A text as YAML reads it back: bare if it is plain words, else in double quotes, whose
/// escapes are JSON's (YAML 1.2, section 7.3.1).
pub(super) fn quoted(text: &str) -> String {
    let is_plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || " -'’.".contains(c))
        && !text.ends_with(' ')
        && !matches!(
            text.to_ascii_lowercase().as_str(),
            "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "nan"
        );
    if is_plain {
        return text.to_owned();
    }
    serde_json::to_string(text).expect("a text becomes JSON")
}

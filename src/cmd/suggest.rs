//! `dateline suggest`: what the registry lacks, as the texts have it.

mod add;
mod aliases;
mod list;
mod record;
mod table;

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;

use crate::cmd::book::BookArgs;
use crate::cmd::outcome::{Outcome, leave};
use crate::cmd::progress::Progress;
use crate::cmd::report;
use crate::disk;
use crate::link::suggest::aliases::{SuggestedAlias, new_aliases};
use crate::link::suggest::entities::{SeenNames, SuggestedEntity};
use crate::link::suggest::list::from_list;
use crate::site::Site;
use table::Ticked;

/// Propose what the registry lacks: entities that texts name, aliases from the links in them
///
/// Entities are names that no entity has, with surnames, short forms and acronyms put to
/// the full name; aliases are the words that writers put into links to an entity. Nothing
/// is written unless --edit or --write is given.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  dateline suggest                         what the texts name and the registry lacks
  dateline suggest --edit                  the same as a table to tick in $EDITOR
  dateline suggest --only aliases --write  take every alias
  dateline suggest --min 5 --write         files for all that stands in five places or more
  dateline suggest --from people.tsv       of a list, what the texts hold
  dateline suggest --format json           an object a line, for programs")]
pub(super) struct Suggest {
    /// Take the candidates from a list: a name a line; or name, kind and aliases, apart by
    /// tabs; or an object of JSON a line with `name`, `kind` and `aliases`
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// How often an entity must be named
    #[arg(long, value_name = "N", default_value_t = 2)]
    min: u32,
    /// Propose one of the two only
    #[arg(long, value_enum)]
    only: Option<Only>,
    /// Open the proposals in $EDITOR, and write those that are ticked there
    #[arg(long, conflicts_with_all = ["write", "format"])]
    edit: bool,
    /// Write all that is proposed: files for entities, aliases into the front matter
    #[arg(long)]
    write: bool,
    /// How to print the proposals
    #[arg(long, value_enum, default_value_t)]
    format: SuggestFormat,
    #[command(flatten)]
    book: BookArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Only {
    /// Entities that the registry lacks
    Entities,
    /// Names that it lacks of entities that it has
    Aliases,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum SuggestFormat {
    /// A table, which --edit opens
    #[default]
    Table,
    /// One JSON object a line
    Json,
}

/// What is proposed.
struct Proposals {
    entities: Vec<SuggestedEntity>,
    aliases: Vec<SuggestedAlias>,
}

impl Suggest {
    /// Reads the book and proposes.
    pub(super) fn run(&self, out: &mut impl Write) -> anyhow::Result<Outcome> {
        let progress = Progress::start("reading");
        let site = self.book.site(&progress)?;
        let proposals = self.proposals(&site, &progress)?;
        drop(progress);
        let ticked = if self.edit {
            let table = table::written(&proposals.entities, &proposals.aliases, &site);
            match table::edited(&table)? {
                Some(text) => table::read(&text, &site)?,
                None => Ticked::default(),
            }
        } else if self.write {
            Ticked::all(&proposals.entities, &proposals.aliases, &site)
        } else {
            self.print(&proposals, &site, out)?;
            leave(site);
            return Ok(Outcome::Done);
        };
        let n_changed = add::add(&self.book.root, &site, &ticked, out)?;
        let files = report::counted(n_changed, "file");
        writeln!(out, "{} written", files.as_deref().unwrap_or("no files"))?;
        Ok(Outcome::Done)
    }

    fn proposals(&self, site: &Site, progress: &Progress) -> anyhow::Result<Proposals> {
        let edition = &site.built.edition;
        let (mut entities, mut aliases) = if let Some(file) = &self.from {
            progress.step("looking for the names of the list");
            let found = from_list(edition, &list::read(&disk::read_text(file)?, file)?);
            (found.entities, found.aliases)
        } else {
            progress.count("looking for names", edition.texts.all().count());
            let seen = SeenNames::of(edition, || progress.inc());
            (seen.entities(edition), new_aliases(edition))
        };
        if self.only == Some(Only::Aliases) {
            entities.clear();
        }
        if self.only == Some(Only::Entities) {
            aliases.clear();
        }
        // What a link names is meant for sure, and a list was made by somebody.
        let is_wanted = |it: &SuggestedEntity| it.is_written || it.count >= self.min;
        entities.retain(|it| self.from.is_some() || is_wanted(it));
        Ok(Proposals { entities, aliases })
    }

    fn print(
        &self,
        proposals: &Proposals,
        site: &Site,
        out: &mut impl Write,
    ) -> anyhow::Result<()> {
        let Proposals { entities, aliases } = proposals;
        match self.format {
            SuggestFormat::Json => record::print(entities, aliases, site, out),
            SuggestFormat::Table if entities.is_empty() && aliases.is_empty() => {
                Ok(writeln!(out, "nothing to propose: every name is in the registry")?)
            }
            SuggestFormat::Table => {
                Ok(out.write_all(table::written(entities, aliases, site).as_bytes())?)
            }
        }
    }
}

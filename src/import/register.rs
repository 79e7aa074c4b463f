//! Registries of others into a book: one entity a file, hand edits kept.

use std::collections::{BTreeMap, BTreeSet};

use crate::disk::{ImportedBook, PutAs};
use crate::import::account::Account;
use crate::import::desk::DeskBook;
use crate::import::job::{ImportJob, Step};
use crate::import::kind::ArchiveKind;
use crate::import::post::OldSite;
use crate::import::proof::{NewFile, Proof};
use crate::import::remark::{Construct, Remark};
use crate::import::{linked, records, table};
use crate::parse::config::Config;

/// Makes or renews the entities of a registry. What the desk has edited stays; the report
/// says which lines the registry would add to it.
pub(crate) fn register(
    job: &ImportJob<'_>,
    kind: ArchiveKind,
    tell: &dyn Fn(Step),
) -> anyhow::Result<Account> {
    let mut book = ImportedBook::at(job.to, job.is_dry)?;
    let desk = DeskBook::at(job, &book, &OldSite::default())?;
    let language = Config::parse(&desk.settings).value.language;
    let mut account = Account::default();
    let mut remarks = Vec::new();
    let records = match kind {
        ArchiveKind::Csv => table::records(job.from, &job.map)?,
        _ => linked::records(kind, job.from, &language, &mut remarks)?,
    };
    account.tally.posts = records.len();
    tell(Step::Converting(records.len()));
    let (mut files, more) = records::files(records, &desk.src);
    remarks.extend(more);
    let proof = Proof { settings: &desk.settings, beside: &[], now: job.now };
    remarks.extend(proof.mend(&mut files, &[], &[]));
    account.tally.left_out =
        remarks.iter().filter(|it| it.construct == Construct::NoName).count();
    account.say_of("", remarks);
    if !desk.has_settings {
        book.put("book.toml", &desk.settings)?;
    }
    let own: BTreeMap<&str, &str> = desk.own.iter().map(entity_slug).collect();
    for file in &files {
        tell(Step::OneMore);
        account.tally.entities += 1;
        let theirs = own.get(entity_slug(file).0);
        let placed = match theirs {
            Some(path) if *path != file.path => PutAs::InTheWay,
            _ => book.put(&file.path, &file.text)?,
        };
        let path = theirs.map_or(file.path.as_str(), |it| it);
        let text = || book.text(path).unwrap_or_default();
        account.registered(placed, file, path, text);
    }
    book.report(&account.take_lines())?;
    let from = job.from.display().to_string();
    book.finish(&account.markdown(&from, kind.word()))?;
    Ok(account)
}

/// The slug that a file of an entity has by its name, and its path.
fn entity_slug(file: &NewFile) -> (&str, &str) {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    (name.strip_suffix(".md").unwrap_or(name), &file.path)
}

impl Account {
    /// Counts a file, and says which of its lines the desk's own lacks. `path` is that of the
    /// desk's, `own` its text.
    fn registered(
        &mut self,
        placed: PutAs,
        file: &NewFile,
        path: &str,
        own: impl FnOnce() -> String,
    ) {
        let Some(construct) = self.placed(placed) else { return };
        let own = own();
        let known: BTreeSet<&str> = own.lines().collect();
        let lacking: Vec<&str> =
            file.text.lines().filter(|it| !known.contains(it)).collect();
        let what = match construct {
            Construct::Edited | Construct::InTheWay if !lacking.is_empty() => {
                format!("{path} lacks: {}", lacking.join(" ⏎ "))
            }
            _ => path.to_owned(),
        };
        self.say(&Remark::in_file(&file.from, construct, &what));
    }
}

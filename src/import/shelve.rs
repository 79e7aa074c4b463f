//! Texts and files put into the book, each counted.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::disk::{self, ImportedBook, PutAs};
use crate::import::account::Account;
use crate::import::proof::NewFile;
use crate::import::remark::{Construct, Remark};

/// The book that is written, and the account of it.
pub(crate) struct BookShelf {
    pub(crate) book: ImportedBook,
    pub(crate) account: Account,
    /// The content folder.
    pub(crate) src: String,
    /// The archive's folder.
    pub(crate) root: PathBuf,
    /// Files that were copied below `static/` already, and the same in lower case.
    copied: BTreeSet<String>,
    folded: BTreeSet<String>,
}

impl BookShelf {
    pub(crate) fn new(book: ImportedBook, src: &str, root: &Path) -> BookShelf {
        BookShelf {
            book,
            account: Account::default(),
            src: src.to_owned(),
            root: root.to_owned(),
            copied: BTreeSet::new(),
            folded: BTreeSet::new(),
        }
    }

    /// Whether a file of the archive can be one of the site.
    pub(crate) fn may_copy(&mut self, to: &str, from: &str) -> bool {
        let is_bad = |part: &str| {
            part.is_empty()
                || part.starts_with('.')
                || part.ends_with(['.', ' ', '~'])
                || part.contains(['\\', ':', '*', '?', '"', '<', '>', '|'])
                || part.chars().any(char::is_control)
                || part.len() > crate::slug::MAX_LEN
                || crate::slug::is_windows_device(part)
        };
        let is_taken =
            !self.copied.contains(to) && self.folded.contains(&to.to_lowercase());
        let why = if to.split('/').any(is_bad) || is_taken {
            Some(to.to_owned())
        } else if self.copied.contains(to) {
            None
        } else {
            disk::refused_asset(&self.root.join(from)).map(|why| format!("{to}: {why}"))
        };
        if let Some(why) = &why {
            self.account.say(&Remark::in_file(from, Construct::RefusedAsset, why));
        }
        why.is_none()
    }

    /// Puts texts into the book.
    pub(crate) fn write(&mut self, files: &[NewFile]) -> anyhow::Result<()> {
        for file in files {
            let placed = self.book.put(&file.path, &file.text)?;
            self.placed(placed, &file.path, &file.from);
            let tally = &mut self.account.tally;
            let within = file.path.strip_prefix(&self.src).unwrap_or("");
            match within.split('/').nth(1) {
                Some("briefs") => tally.briefs += 1,
                Some("entities") => tally.entities += 1,
                Some("storylines") => tally.storylines += 1,
                _ => tally.pages += 1,
            }
        }
        Ok(())
    }

    /// Copies files of the archive below `static/`, each once.
    pub(crate) fn copy(&mut self, assets: &[(String, String)]) {
        for (to, from) in assets {
            if !self.copied.insert(to.clone()) {
                continue;
            }
            self.folded.insert(to.to_lowercase());
            let path = format!("static/{to}");
            match self.book.copy(&self.root.join(from), &path) {
                Ok((placed, is_cleaned)) => {
                    if is_cleaned {
                        self.account.say(&Remark::in_file(from, Construct::Position, to));
                    }
                    self.placed(placed, &path, from);
                    self.account.tally.files_copied += 1;
                }
                Err(error) => {
                    let what = format!("{error:#}");
                    self.account.say(&Remark::in_file(
                        from,
                        Construct::BrokenFile,
                        &what,
                    ));
                }
            }
        }
    }

    /// Counts what became of a file, and tells it if the desk's own stayed.
    pub(crate) fn placed(&mut self, placed: PutAs, path: &str, from: &str) {
        if let Some(construct) = self.account.placed(placed) {
            self.account.say(&Remark::in_file(from, construct, path));
        }
    }
}

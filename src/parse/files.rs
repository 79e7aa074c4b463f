//! The content files of a book in the order of their paths.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::parse::File;

/// The content files by path.
///
/// A list rather than a tree: it is made anew at every save of a preview, nearly always with
/// the files of the last one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Files {
    list: Vec<(Arc<str>, Arc<File>)>,
    /// Which of them have diagnostics: few do, and a save should not have to look at the rest.
    doubtful: Vec<u32>,
}

impl Files {
    /// Files that are in the order of their paths already, each path once.
    pub fn sorted(list: Vec<(Arc<str>, Arc<File>)>) -> Files {
        debug_assert!(list.is_sorted_by(|a, b| a.0 < b.0), "sorted by path");
        let with_positions = (0..).zip(&list);
        let doubtful = with_positions.filter(|(_, (_, it))| !it.diagnostics.is_empty());
        Files { doubtful: doubtful.map(|(at, _)| at).collect(), list }
    }

    /// The file of a path.
    pub fn get(&self, path: &str) -> Option<&Arc<File>> {
        let at = self.list.binary_search_by(|(it, _)| (**it).cmp(path)).ok()?;
        Some(&self.list[at].1)
    }

    /// The file of a path that probably stands at a position.
    pub fn near(&self, at: usize, path: &Arc<str>) -> Option<&Arc<File>> {
        match self.list.get(at) {
            Some((it, file)) if it == path => Some(file),
            _ => self.get(path),
        }
    }

    /// Paths and files, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<File>)> {
        self.list.iter().map(|(path, file)| (path, file))
    }

    /// The list itself, by path.
    pub fn as_slice(&self) -> &[(Arc<str>, Arc<File>)] {
        &self.list
    }

    /// What is wrong with each file alone, by path.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.doubtful.iter().flat_map(|at| &self.list[*at as usize].1.diagnostics)
    }
}

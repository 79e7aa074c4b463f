//! What a site was made from, as its commit tells.

/// What a site is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The commit that is checked out; `None` before the first one.
    pub commit: Option<String>,
    /// Files that the book reads and that differ from the commit, by path.
    pub changed: Vec<String>,
}

//! Where a site is pushed.

use crate::publish::hosts;

/// A branch of a remote.
#[derive(Clone, Debug)]
pub struct Remote {
    /// The address as it may be shown.
    pub shown: String,
    /// The branch, such as `gh-pages`.
    pub branch: String,
    pub(super) url: String,
    pub(super) reference: String,
}

impl Remote {
    /// Where its pages probably appear; `None` for a host that is not known.
    pub fn likely_address(&self) -> Option<String> {
        hosts::likely_address(&self.shown)
    }
}

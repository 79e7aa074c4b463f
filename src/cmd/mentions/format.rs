//! How mentions are printed.

use clap::ValueEnum;

/// How mentions are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum MentionFormat {
    /// A line each
    #[default]
    Text,
    /// One JSON object a line; `start` and `end` count characters of the file
    Json,
}

//! What every request can ask.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::watch;

use crate::http::editor::Editor;
use crate::http::guard::Hosts;
use crate::http::names::MissingNames;
use crate::http::preview::Preview;

/// The preview as requests see it.
pub(super) struct Server {
    pub(super) root: PathBuf,
    pub(super) hosts: Hosts,
    /// The word that only pages of this run know.
    pub(super) token: String,
    pub(super) editor: Editor,
    pub(super) previews: watch::Receiver<Arc<Preview>>,
    pub(super) names: MissingNames,
}

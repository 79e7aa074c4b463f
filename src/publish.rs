//! The edge to git: a site becomes one commit on a branch of a remote.
//!
//! The repository of the book is only read. Whatever is made is made in a private bare
//! repository in the temporary folder: the branch as the remote has it is fetched there
//! without its files, the pages are streamed into `git fast-import`, what changed is decided
//! from the ids of trees, and one commit on top of the fetched one is pushed. A remote that
//! moved meanwhile is fetched again and the commit made anew; nothing is rendered twice.
//!
//! ```text
//! Repository ──► Scratch ──► Import ──► Site ──► Plan ──► Pushed
//! the book's     the remote  page by    a tree   decided  what the remote
//! own, read      fetched     page                         says it has
//! ```

mod changes;
mod committed;
mod decide;
mod git;
mod hosts;
mod import;
mod interrupt;
mod kept;
mod limits;
mod message;
mod provenance;
mod push;
mod redact;
mod remote;
mod repository;
mod scratch;

pub use changes::{FileChange, FileStatus, SiteChanges, is_page};
pub use decide::Overrides;
pub use import::Import;
pub use kept::committed;
pub use limits::{Limits, address, check_removal, domain};
pub use provenance::Provenance;
pub use push::{Push, PushOrder, Pushed};
pub use remote::Remote;
pub use repository::Repository;
pub use scratch::Scratch;

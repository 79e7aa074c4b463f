//! Which program this is, so that what another one made is not taken for its own.

use crate::digest::{Digest, Digester};

/// The file that this program was started from, by what the system says of it: two programs
/// of one version may differ, as they do while Dateline is worked on, or when the same
/// version was compiled with other versions of what it uses.
///
/// It means nothing on another machine. A change of the file's content changes it, without
/// reading megabytes at each build: on Unix the file's number and the time of its last
/// change of any kind, which cannot be set, are in it. `None` if the file is not there any
/// more, as when it was replaced while it runs.
pub fn program() -> Option<Digest> {
    let file = std::fs::metadata(std::env::current_exe().ok()?).ok()?;
    let mut digest = Digester::default();
    digest.put(env!("CARGO_PKG_VERSION").as_bytes());
    digest.put(&file.len().to_le_bytes());
    digest.put(format!("{:?}", file.modified().ok()?).as_bytes());
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        digest.put(&file.ino().to_le_bytes());
        digest.put(&file.ctime().to_le_bytes());
        digest.put(&file.ctime_nsec().to_le_bytes());
    }
    #[cfg(not(unix))]
    digest.put(format!("{:?}", file.created().ok()).as_bytes());
    Some(digest.finish())
}

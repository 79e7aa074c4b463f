//! Files and folders of the site as everybody may read them, whatever the umask: they are
//! going to be published.
#![expect(clippy::disallowed_methods, reason = "this is the edge to the file system")]

use std::collections::HashSet;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// A new file for writing.
pub(super) fn create(path: &Path, umask: Umask) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o644);
    let file = options.open(path)?;
    #[cfg(unix)]
    if umask == Umask::Strict {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    Ok(file)
}

/// A folder; those above it are there.
fn create_folder(path: &Path, umask: Umask) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o755);
    builder.create(path)?;
    #[cfg(unix)]
    if umask == Umask::Strict {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

/// A folder and those above it, as far as they are missing.
pub(super) fn make_folder(path: &Path, umask: Umask) -> io::Result<()> {
    let made = match create_folder(path, umask) {
        Err(error) if error.kind() == ErrorKind::NotFound => match path.parent() {
            Some(above) if !above.as_os_str().is_empty() => {
                make_folder(above, umask)?;
                create_folder(path, umask)
            }
            _ => Err(error),
        },
        made => made,
    };
    match made {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        made => made,
    }
}

/// Whether the system takes rights away from new files. It is asked once for a build: to set
/// the rights of each file, in case, would take another call of the system for every page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Umask {
    /// New files have the rights that were asked for.
    #[default]
    Mild,
    /// They lack some, which must be given by another call.
    Strict,
}

impl Umask {
    /// Finds out by making a file in a folder.
    pub(super) fn probe(folder: &Path) -> io::Result<Umask> {
        let path = folder.join("probe");
        let _ = fs::remove_file(&path);
        let file = create(&path, Umask::Mild)?;
        #[cfg(unix)]
        let strict = {
            use std::os::unix::fs::PermissionsExt;
            file.metadata()?.permissions().mode() & 0o777 != 0o644
        };
        #[cfg(not(unix))]
        let strict = false;
        drop(file);
        fs::remove_file(&path)?;
        Ok(if strict { Umask::Strict } else { Umask::Mild })
    }
}

/// The folders of a tree that is being filled from many threads, each made once.
#[derive(Debug)]
pub(super) struct Tree {
    top: PathBuf,
    umask: Umask,
    /// The folders that are there, from the top.
    made: Mutex<HashSet<Box<str>>>,
}

impl Tree {
    /// A tree in an empty folder.
    pub(super) fn new(top: PathBuf, umask: Umask) -> Tree {
        Tree { top, umask, made: Mutex::default() }
    }

    /// The folder it is in.
    pub(super) fn top(&self) -> &Path {
        &self.top
    }

    /// A new file in the tree, with the folders above it. No lock is held while the system
    /// works.
    pub(super) fn create(&self, path: &str) -> io::Result<File> {
        if let Some((folder, _)) = path.rsplit_once('/')
            && !self.made().contains(folder)
        {
            make_folder(&self.top.join(folder), self.umask)?;
            self.made().insert(folder.into());
        }
        create(&self.top.join(path), self.umask)
    }

    fn made(&self) -> std::sync::MutexGuard<'_, HashSet<Box<str>>> {
        self.made.lock().expect("no thread panics while it holds this")
    }
}

/// What lies at a path, links not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum There {
    /// Nothing.
    Nothing,
    /// A folder.
    Folder,
    /// A plain file.
    File,
    /// A link, a pipe, a device.
    Other,
}

/// Looks at a path.
pub(super) fn look(path: &Path) -> io::Result<There> {
    match fs::symlink_metadata(path) {
        Ok(it) if it.is_dir() => Ok(There::Folder),
        Ok(it) if it.is_file() => Ok(There::File),
        Ok(_) => Ok(There::Other),
        Err(error)
            if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
        {
            Ok(There::Nothing)
        }
        Err(error) => Err(error),
    }
}

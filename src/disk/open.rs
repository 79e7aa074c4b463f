//! The one way in which a file that somebody else may have put there is opened and read.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read, Seek};
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, bail};

use crate::disk::picture::{LARGEST_POINTER, is_lfs_pointer};
use crate::input::Refusal;
use crate::layout::STATIC;

/// A file of `static/` that is open, to be copied, sent or summed.
#[derive(Debug)]
pub struct StaticFile {
    /// At its start.
    pub file: File,
    /// Its size in bytes.
    pub size: u64,
    /// When it last changed; `None` where the system does not say.
    pub modified: Option<SystemTime>,
}

impl StaticFile {
    /// Opens a file by its path in `static/`, which must be one of the list of assets. All
    /// that is made of such a file, by whichever command, is made of what this opens.
    ///
    /// No link is followed, neither at the end of the path nor on the way; whatever was put
    /// in the file's place since the list was made must be a plain file. The error names the
    /// file and says why not.
    pub fn open(root: &Path, path: &str) -> anyhow::Result<StaticFile> {
        let open = || {
            let file = open_below(&root.join(STATIC), path)?;
            let metadata = file.metadata()?;
            let (size, modified) = (metadata.len(), metadata.modified().ok());
            Ok::<_, io::Error>(StaticFile { file, size, modified })
        };
        let mut opened = open().with_context(|| cannot_read(path))?;
        if opened.is_lfs_pointer().with_context(|| cannot_read(path))? {
            bail!("static/{path} only stands for a file of Git LFS: run `git lfs pull`");
        }
        Ok(opened)
    }

    /// Whether it only says where Git LFS keeps the file (git-lfs, docs/spec.md).
    fn is_lfs_pointer(&mut self) -> io::Result<bool> {
        if self.size > LARGEST_POINTER {
            return Ok(false);
        }
        let mut start = Vec::new();
        (&self.file).take(LARGEST_POINTER).read_to_end(&mut start)?;
        self.file.rewind()?;
        Ok(is_lfs_pointer(&start))
    }

    /// All its bytes.
    pub fn read(root: &Path, path: &str) -> anyhow::Result<Vec<u8>> {
        let mut opened = StaticFile::open(root, path)?;
        let mut bytes = Vec::with_capacity(usize::try_from(opened.size).unwrap_or(0));
        opened.file.read_to_end(&mut bytes).with_context(|| cannot_read(path))?;
        Ok(bytes)
    }
}

fn cannot_read(path: &str) -> String {
    format!("cannot read static/{path}")
}

/// Opens a file for reading. Every input is opened here: a link put in a file's place after
/// the walk is not followed, and a pipe does not keep anybody waiting.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_CLOEXEC);
    }
    options.open(path)
}

/// Opens a plain file; the error says what it is instead.
pub(super) fn open_plain(path: &Path) -> Result<(File, Metadata), Refusal> {
    let failed = |error: &io::Error| match path.symlink_metadata() {
        // What the system says of a link that may not be followed differs.
        Ok(there) if there.is_symlink() => Refusal::Symlink,
        _ => Refusal::Unreadable(said(error)),
    };
    let file = open(path).map_err(|error| failed(&error))?;
    let metadata = file.metadata().map_err(|error| failed(&error))?;
    match refusal(metadata.file_type()) {
        Some(why) => Err(why),
        None => Ok((file, metadata)),
    }
}

/// The bytes of a plain file that has no more than a limit of them.
pub(super) fn read_plain(path: &Path, limit: u64) -> Result<Vec<u8>, Refusal> {
    let (file, metadata) = open_plain(path)?;
    if metadata.len() > limit {
        return Err(Refusal::TooLarge(metadata.len()));
    }
    let size = usize::try_from(metadata.len()).unwrap_or(0);
    let mut bytes = Vec::with_capacity(size + 1);
    // The limit also keeps the library from asking the system for the size once more.
    let read = file.take(limit + 1).read_to_end(&mut bytes);
    read.map_err(|error| Refusal::Unreadable(said(&error)))?;
    match bytes.len() as u64 {
        grown if grown > limit => Err(Refusal::TooLarge(grown)),
        _ => Ok(bytes),
    }
}

/// Opens a plain file by its path from a folder, which is itself no link; no link is
/// followed, neither at the end of the path nor on the way.
pub(super) fn open_below(folder: &Path, path: &str) -> io::Result<File> {
    let is_plain = |part: &str| !matches!(part, "" | "." | "..");
    if !path.split('/').all(is_plain) {
        return Err(not_plain());
    }
    let file = beneath(folder, path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(not_plain()) }
}

/// The system itself holds the path below the folder, so that nothing on the way can be
/// replaced by a link between a look and the opening.
#[cfg(target_os = "linux")]
fn beneath(folder: &Path, path: &str) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags, ResolveFlags, open, openat2};
    let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let top = open(folder, flags, Mode::empty())?;
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
    match openat2(&top, path, flags, Mode::empty(), resolve) {
        Ok(file) => Ok(File::from(file)),
        // Kernels before 5.6, and sandboxes that do not know the call.
        Err(rustix::io::Errno::NOSYS | rustix::io::Errno::PERM) => {
            step_by_step(folder, path)
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn beneath(folder: &Path, path: &str) -> io::Result<File> {
    step_by_step(folder, path)
}

/// Looks at each folder on the way.
fn step_by_step(folder: &Path, path: &str) -> io::Result<File> {
    let mut folder = folder.to_owned();
    for part in path.split('/') {
        if !folder.symlink_metadata()?.is_dir() {
            return Err(not_plain());
        }
        folder.push(part);
    }
    open(&folder)
}

fn not_plain() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "not a plain file")
}

/// Why a file of this kind is not opened; `None` for a plain one.
pub(super) fn refusal(kind: fs::FileType) -> Option<Refusal> {
    if kind.is_file() {
        return None;
    }
    if kind.is_symlink() {
        return Some(Refusal::Symlink);
    }
    if kind.is_dir() {
        return Some(Refusal::Special("a folder"));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Some(Refusal::Special("a named pipe"));
        }
        if kind.is_socket() {
            return Some(Refusal::Special("a socket"));
        }
    }
    Some(Refusal::Special("a device"))
}

/// What the operating system said, without its number.
pub(super) fn said(error: &io::Error) -> String {
    let said = error.to_string().to_lowercase();
    said.split(" (os error").next().unwrap_or(&said).to_owned()
}

#[cfg(all(test, unix))]
#[expect(clippy::disallowed_methods, reason = "the tests make the files that are opened")]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn no_link_is_followed_on_the_way_to_a_file_or_at_its_end() {
        let root = tempfile::tempdir().unwrap();
        let (top, out) = (root.path().join("static"), root.path().join("out"));
        fs::create_dir_all(top.join("img")).unwrap();
        fs::create_dir_all(&out).unwrap();
        fs::write(top.join("img/a.txt"), "a").unwrap();
        fs::write(out.join("secret"), "secret").unwrap();
        symlink(&out, top.join("img/link")).unwrap();
        symlink(out.join("secret"), top.join("img/file")).unwrap();
        let cases = [
            ("img/a.txt", true),
            ("img/link/secret", false),
            ("img/file", false),
            ("img", false),
            ("img/../img/a.txt", false),
            ("", false),
        ];
        for (path, is_good) in cases {
            assert_eq!(open_below(&top, path).is_ok(), is_good, "{path}");
            // What stands in on other systems looks at the way only.
            let is_followed = step_by_step(&top, path).and_then(|it| it.metadata());
            let is_file = is_followed.is_ok_and(|it| it.is_file());
            assert!(is_good || !is_file || path.contains(".."), "{path}");
        }
    }

    #[test]
    fn whatever_is_no_plain_file_of_a_size_is_refused_by_name() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        fs::write(at("large"), "12345").unwrap();
        symlink("/dev/zero", at("zero")).unwrap();
        fs::create_dir(at("folder")).unwrap();
        let read = |name: &str| read_plain(&at(name), 4);
        assert_eq!(read("large"), Err(Refusal::TooLarge(5)));
        assert_eq!(read("zero"), Err(Refusal::Symlink));
        assert_eq!(read("folder"), Err(Refusal::Special("a folder")));
        assert_eq!(
            read_plain(Path::new("/dev/zero"), 4),
            Err(Refusal::Special("a device"))
        );
        assert!(matches!(read("nothing"), Err(Refusal::Unreadable(_))));
    }
}

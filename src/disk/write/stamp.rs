//! What a build was made from and what it made, beside the output, so that the next build
//! of the same need not render it again.
//!
//! A stamp is a fact, not a state: from this, this program makes that. It stays true
//! whatever becomes of the site, so it matters neither when it is written nor whether an
//! interruption comes between. What has to be looked at each time is whether the site is
//! still what the stamp says.
//!
//! It lies outside the output because it names this machine's program; what is published is
//! the same from everywhere.

use std::fmt;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::digest::{Digest, Digester, quick};
use crate::disk::open::{StaticFile, open};
use crate::disk::write::{MANIFEST, Writer, Written, beside, compare, place};
use crate::outline::kind::Page;
use crate::parallel;

/// The first line of a stamp.
const HEADER: &str = "dateline stamp 1";
/// A file over this many bytes is not a stamp.
const MAX_SIZE: u64 = 1024;

/// What a site is made from, and the sum of what is made.
#[derive(Debug)]
pub struct Stamp {
    from: Digest,
    made: Sum,
}

/// The sum of files, in whatever order they come: of each one's path, size and content. The
/// quick digest will do: it has to tell accidents and edits, and whoever could forge a page to
/// fit the sum could as well write a stamp.
#[derive(Debug, Default)]
struct Sum([AtomicU64; 2]);

impl Stamp {
    /// The stamp of a site of which nothing is made yet, from the program and what else its
    /// pages are made from.
    pub fn new(program: Digest, rest: u128) -> Stamp {
        let mut from = Digester::default();
        from.put(program.as_bytes());
        from.put(&rest.to_le_bytes());
        Stamp { from: from.finish(), made: Sum::default() }
    }

    /// Takes note of a page. May be called from many threads.
    pub fn note(&self, path: &str, bytes: &[u8]) {
        self.made.add(path, bytes.len() as u64, quick(bytes));
    }

    /// Reads a stamp; `None` for anything that is none.
    fn read(path: &Path) -> Option<Stamp> {
        let file = open(path).ok()?;
        let metadata = file.metadata().ok()?;
        let mut text = String::new();
        if !metadata.is_file() || metadata.len() > MAX_SIZE {
            return None;
        }
        file.take(MAX_SIZE).read_to_string(&mut text).ok()?;
        let (from, made) = text.strip_prefix(HEADER)?.split_once("\nmade ")?;
        let (high, low) = made.strip_suffix('\n')?.split_once(' ')?;
        let half = |text: &str| u64::from_str_radix(text, 16).ok().map(AtomicU64::new);
        let stamp = Stamp {
            from: Digest::parse(from.strip_prefix("\nfrom ")?)?,
            made: Sum([half(high)?, half(low)?]),
        };
        // The parsers above are lenient (`+1`, capitals, missing zeros); a stamp has one form.
        (stamp.to_string() == text).then_some(stamp)
    }
}

impl Sum {
    fn add(&self, path: &str, size: u64, content: u128) {
        let mut file = Vec::with_capacity(path.len() + 24);
        file.extend(content.to_le_bytes());
        file.extend(size.to_le_bytes());
        file.extend(path.as_bytes());
        let file = quick(&file);
        // Pages come from all cores in any order, and a sum does not tell orders apart. There
        // are no atomics of 128 bits, so each half is a sum of its own: two files that cancel
        // out in one would have to do so in the other, too.
        let half = |it: u128| u64::try_from(it & u128::from(u64::MAX));
        for (sum, part) in self.0.iter().zip([file >> 64, file]) {
            sum.fetch_add(half(part).expect("it is 64 bits"), Ordering::Relaxed);
        }
    }

    fn get(&self) -> [u64; 2] {
        self.0.each_ref().map(|half| half.load(Ordering::Relaxed))
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [high, low] = self.made.get();
        writeln!(f, "{HEADER}\nfrom {}\nmade {high:016x} {low:016x}", self.from)
    }
}

impl Writer {
    /// What is left to be written of a site, if the last build had the same stamp and the
    /// output is as it left it: nothing, so this is what [`Writer::finish`] would say. `None`
    /// if the site has to be made, for whatever reason.
    ///
    /// `outline` is by path; the files of `static/` of the book at `root` are compared with
    /// their copies as [`Writer::copy`] does. `looked_at` is told of each file.
    pub fn stands(
        &self,
        stamp: &Stamp,
        outline: &[Page],
        root: &Path,
        looked_at: impl Fn() + Sync + Send,
    ) -> Option<Written> {
        let last = Stamp::read(&self.stamp)?;
        let listed = self.last().filter(|path| *path != MANIFEST);
        if last.from != stamp.from || !listed.eq(outline.iter().map(|page| &*page.path)) {
            return None;
        }
        let (made, bytes) = (Sum::default(), AtomicU64::new(0));
        let all = parallel::try_each(outline, |page| -> anyhow::Result<()> {
            looked_at();
            let there = open(&self.output.join(&*page.path))?;
            let size = plain_size(&there)?;
            match page.kind.copied() {
                Some(file) => {
                    let from = StaticFile::open(root, file)?;
                    if from.size != size || !compare::are_equal(&there, &from.file, size)?
                    {
                        return Err(another().into());
                    }
                }
                None => made.add(&page.path, size, compare::digest(&there)?),
            }
            bytes.fetch_add(size, Ordering::Relaxed);
            Ok(())
        });
        (all.is_ok() && made.get() == last.made.get()).then(|| Written {
            files: outline.len(),
            bytes: bytes.into_inner(),
            unchanged: outline.len(),
            ..Written::default()
        })
    }

    /// Keeps the stamp of a site all of whose pages are noted. If that cannot be done the
    /// next build renders the site again, which is no reason to stop this one.
    pub fn keep(&self, stamp: &Stamp) {
        let new = self.staging.join("stamp.new");
        let write = || -> io::Result<()> {
            let mut file = place::create(&new, self.umask)?;
            file.write_all(stamp.to_string().as_bytes())?;
            fs::rename(&new, &self.stamp)
        };
        let _ = fs::remove_file(&new);
        let _ = write(); // what is left of it goes with the staging folder
    }
}

/// Where the stamp of an output lies.
pub(super) fn stamp_of(output: &Path) -> anyhow::Result<PathBuf> {
    beside(output, ".stamp")
}

/// The size of a plain file. The error is for anything else.
fn plain_size(file: &fs::File) -> io::Result<u64> {
    let metadata = file.metadata()?;
    if metadata.is_file() { Ok(metadata.len()) } else { Err(another()) }
}

fn another() -> io::Error {
    io::Error::other("not the file that was made")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(files: &[(&str, &str)]) -> String {
        let stamp = Stamp::new(Digest::of(b"program"), 1);
        for (path, text) in files {
            stamp.note(path, text.as_bytes());
        }
        stamp.to_string()
    }

    #[test]
    fn a_stamp_tells_sites_apart_whatever_the_order_of_work() {
        let site = stamp(&[("a", "1"), ("b", "2")]);
        assert_eq!(stamp(&[("b", "2"), ("a", "1")]), site);
        let others: [&[(&str, &str)]; 7] = [
            &[],
            &[("a", "1")],
            &[("a", "2"), ("b", "1")],
            &[("a", "1"), ("b", "2"), ("c", "")],
            &[("a", ""), ("b", "12")],
            &[("a1", ""), ("b", "2")],
            &[("a", "1"), ("b", "2"), ("b", "2")],
        ];
        for other in others {
            assert_ne!(stamp(other), site, "{other:?}");
        }
    }

    #[test]
    fn a_stamp_is_of_one_program_and_one_book() {
        let from =
            |program: &[u8], book| Stamp::new(Digest::of(program), book).to_string();
        assert_ne!(from(b"a", 1), from(b"b", 1));
        assert_ne!(from(b"a", 1), from(b"a", 2));
    }

    #[test]
    fn a_file_has_the_digest_of_its_bytes_however_large() {
        let folder = tempfile::tempdir().unwrap();
        for size in [0, 1, 17, 240, 241, 65_535, 65_536, 65_537, 300_000] {
            let bytes: Vec<u8> = (0..size).map(|at: u32| at.to_le_bytes()[0]).collect();
            let path = folder.path().join("file");
            fs::write(&path, &bytes).unwrap();
            let digest = compare::digest(&open(&path).unwrap()).unwrap();
            assert_eq!(digest, quick(&bytes), "{size} bytes");
        }
    }
}

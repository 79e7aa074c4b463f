//! The list of a part: `dateline-part.txt`, as text.

use std::fmt::Write;

use crate::digest::Digest;
use crate::shard::Shard;
use crate::shard::fingerprint::Fingerprint;

/// The list's name in the folder of a part.
pub use crate::outline::reserved::PART_LIST as NAME;
/// The first line of a list.
const HEADER: &str = "dateline part 1";
/// How many lines come before the files.
pub const N_HEAD: usize = 9;

/// What a list says before it names the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Which part it is.
    pub shard: Shard,
    /// Of which site.
    pub fingerprint: Fingerprint,
    /// How many files follow.
    pub n_files: u64,
}

/// A file of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its path from the root of the site.
    pub path: String,
    /// Its content.
    pub digest: Digest,
    /// Its size in bytes.
    pub size: u64,
}

/// The text of a list. The files are put in order of path.
pub fn write(shard: Shard, fingerprint: &Fingerprint, files: &mut [Listed]) -> String {
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let Fingerprint { program, texts, assets, clock, wanted, n_pages, paths } =
        fingerprint;
    let (index, of, n_files) = (shard.index(), shard.of(), files.len());
    let mut text = format!(
        "{HEADER}\nshard {index} of {of}\nprogram {program}\ntexts {texts}\nassets {assets}\nclock {clock}\nwanted {wanted}\npages {n_pages} {paths}\nfiles {n_files}\n"
    );
    for Listed { path, digest, size } in files {
        writeln!(text, "{digest} {size} {path}").expect("memory takes all");
    }
    text
}

/// Reads the first [`N_HEAD`] lines; `None` if they are not the head of a list.
pub fn parse_head(lines: &[String]) -> Option<Head> {
    let [header, shard, program, texts, assets, clock, wanted, pages, files] = lines
    else {
        return None;
    };
    if header != HEADER {
        return None;
    }
    let (index, of) = shard.strip_prefix("shard ")?.split_once(" of ")?;
    let (n_pages, paths) = pages.strip_prefix("pages ")?.split_once(' ')?;
    let digest = |line: &str, name: &str| Digest::parse(line.strip_prefix(name)?);
    Some(Head {
        shard: format!("{index}/{of}").parse().ok()?,
        fingerprint: Fingerprint {
            program: program.strip_prefix("program ")?.to_owned(),
            texts: digest(texts, "texts ")?,
            assets: digest(assets, "assets ")?,
            clock: digest(clock, "clock ")?,
            wanted: wanted.strip_prefix("wanted ")?.to_owned(),
            n_pages: n_pages.parse().ok()?,
            paths: Digest::parse(paths)?,
        },
        n_files: files.strip_prefix("files ")?.parse().ok()?,
    })
}

/// Reads the line of a file; `None` if it is none.
pub fn parse_file(line: &str) -> Option<Listed> {
    let (digest, rest) = line.split_once(' ')?;
    let (size, path) = rest.split_once(' ')?;
    Some(Listed {
        path: path.to_owned(),
        digest: Digest::parse(digest)?,
        size: size.parse().ok()?,
    })
}

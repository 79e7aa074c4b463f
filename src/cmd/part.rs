//! `--shard`: one part of the site instead of the whole.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Mutex;

use crate::Built;
use crate::digest::Digest;
use crate::disk;
use crate::outline::kind::Page;
use crate::render::Rendered;
use crate::shard::Shard;
use crate::shard::engine::from_environment;
use crate::shard::fingerprint::{AssetDigests, Fingerprint};
use crate::shard::list::{self, Listed};
use crate::site::Site;

/// Which part is wanted, as it is written on the command line.
#[derive(Clone, Copy, Debug)]
pub(super) enum ShardArg {
    /// This one.
    Given(Shard),
    /// The one that the engine that runs this job names.
    Auto,
}

impl FromStr for ShardArg {
    type Err = String;

    fn from_str(text: &str) -> Result<ShardArg, String> {
        if text == "auto" {
            Ok(ShardArg::Auto)
        } else {
            text.parse().map(ShardArg::Given)
        }
    }
}

impl ShardArg {
    #[expect(
        clippy::disallowed_methods,
        reason = "an engine tells its jobs their number"
    )]
    pub(super) fn shard(self) -> anyhow::Result<Shard> {
        match self {
            ShardArg::Given(shard) => Ok(shard),
            ShardArg::Auto => from_environment(|name| std::env::var(name).ok())
                .map_err(anyhow::Error::msg),
        }
    }
}

/// Where a part goes if nothing else is said: `public-part-2-of-7` beside `public`, so that
/// it never takes the place of a site.
pub(super) fn output(shard: Shard, build_dir: &Path) -> PathBuf {
    let mut name = build_dir.file_name().unwrap_or_default().to_owned();
    name.push(format!("-part-{}-of-{}", shard.index(), shard.of()));
    build_dir.with_file_name(name)
}

/// A part in the making.
pub(super) struct Part {
    shard: Shard,
    fingerprint: Fingerprint,
    assets: AssetDigests,
    files: Mutex<Vec<Listed>>,
}

impl Part {
    /// Begins a part of a site.
    pub(super) fn new(shard: Shard, root: &Path, site: &Site) -> anyhow::Result<Part> {
        let (inputs, built) = (&site.inputs, &site.built);
        let assets = disk::digest_assets(root, inputs)?;
        let fingerprint =
            Fingerprint::of(inputs, &built.edition, &built.outline, &assets);
        Ok(Part { shard, fingerprint, assets, files: Mutex::default() })
    }

    /// The pages of this part.
    pub(super) fn pages<'a>(&self, built: &'a Built) -> Vec<&'a Page> {
        self.shard.pages(&built.edition, &built.outline)
    }

    /// Puts a page on the list.
    pub(super) fn note(&self, page: &Page, rendered: &Rendered) {
        let (digest, size) = match rendered {
            Rendered::Bytes(bytes) => (Digest::of(bytes), bytes.len() as u64),
            Rendered::Asset(path) => {
                *self.assets.get(&**path).expect("pages are made of usable files only")
            }
        };
        let listed = Listed { path: page.path.to_string(), digest, size };
        self.files.lock().expect("no thread panics while it holds this").push(listed);
    }

    /// The text of its list.
    pub(super) fn list(self) -> String {
        let mut files =
            self.files.into_inner().expect("no thread panics while it holds this");
        list::write(self.shard, &self.fingerprint, &mut files)
    }
}

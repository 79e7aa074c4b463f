//! One door to the readers: an archive opened by its kind.

use std::path::Path;

use anyhow::{Context, bail};
use jiff::civil::Date;

use crate::disk;
use crate::import::bytes;
use crate::import::eleventy::Eleventy;
use crate::import::finder::ANYWHERE;
use crate::import::folder::{Folder, TakePost};
use crate::import::ghost::Ghost;
use crate::import::hugo::Sections;
use crate::import::jekyll::Jekyll;
use crate::import::kind::ArchiveKind;
use crate::import::map::ImportMap;
use crate::import::obsidian::Vault;
use crate::import::pelican::Pelican;
use crate::import::post::{OldSite, Post};
use crate::import::text::tag::TagStyle;
use crate::import::wire;
use crate::import::wxr::WordPress;
use crate::parse::config::DateOrder;

/// An archive whose texts can be read, one after the other, as often as is wanted.
pub(crate) struct OldArchive {
    /// The files, for an archive that is a folder.
    pub(crate) folder: Folder,
    reader: KindReader,
}

enum KindReader {
    Jekyll(Jekyll),
    /// Hugo, or Zola.
    Sections(Sections, TagStyle),
    Pelican(Pelican),
    Eleventy(Eleventy),
    Vault(Vault),
    WordPress(WordPress),
    Ghost(Ghost),
    /// Wire copy: the items, and a site of which nothing is known.
    Wire(Vec<Post>, OldSite),
}

/// What wire copy is read by: it names few days whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WireClock {
    /// What `8/7` means.
    pub(crate) order: DateOrder,
    /// The day on which it is pasted.
    pub(crate) today: Date,
}

impl OldArchive {
    /// Opens what lies at a path.
    pub(crate) fn open(
        kind: ArchiveKind,
        from: &Path,
        map: &ImportMap,
        clock: WireClock,
    ) -> anyhow::Result<OldArchive> {
        let (file, folder) = if disk::is_folder(from) {
            let folder = Folder::open(from)?;
            let ending = if kind == ArchiveKind::Ghost { ".json" } else { ".xml" };
            let export = folder.files.iter().find(|it| it.path.ends_with(ending));
            (export.map(|it| from.join(&it.path)), folder)
        } else {
            let root = from.parent().unwrap_or(Path::new("")).to_owned();
            (Some(from.to_owned()), Folder { root, files: Vec::new() })
        };
        let export = || {
            let file = file.as_deref();
            file.with_context(|| {
                format!("{} holds no export of {}", from.display(), kind.word())
            })
        };
        let reader = match kind {
            ArchiveKind::Jekyll => KindReader::Jekyll(Jekyll::open(&folder, map)),
            ArchiveKind::Hugo => {
                KindReader::Sections(Sections::open(&folder, map, false), TagStyle::Hugo)
            }
            ArchiveKind::Zola => {
                KindReader::Sections(Sections::open(&folder, map, true), TagStyle::Zola)
            }
            ArchiveKind::Pelican => KindReader::Pelican(Pelican::open(&folder)),
            ArchiveKind::Eleventy => KindReader::Eleventy(Eleventy::open(&folder)),
            ArchiveKind::WordPress => KindReader::WordPress(WordPress::open(export()?)?),
            ArchiveKind::Ghost => KindReader::Ghost(Ghost::open(export()?)?),
            ArchiveKind::Wire => {
                let path = export()?;
                let bytes = disk::read_archived(path, 8 * 1024 * 1024);
                let bytes =
                    bytes.with_context(|| format!("cannot read {}", path.display()))?;
                let (text, _) = bytes::text_of(&bytes);
                let name = path.file_name().map_or("-".into(), |it| it.to_string_lossy());
                let posts = wire::posts(&text, &name, clock.order, clock.today);
                KindReader::Wire(posts, OldSite::default())
            }
            ArchiveKind::Obsidian => KindReader::Vault(Vault::open(&folder, map)),
            other => bail!("{} is a registry and has no texts", other.word()),
        };
        Ok(OldArchive { folder, reader })
    }

    /// What is known of the old site as a whole.
    pub(crate) fn site(&self) -> &OldSite {
        match &self.reader {
            KindReader::Jekyll(it) => &it.site,
            KindReader::Sections(it, _) => &it.site,
            KindReader::Pelican(it) => &it.site,
            KindReader::Eleventy(it) => &it.site,
            KindReader::Vault(it) => &it.site,
            KindReader::WordPress(it) => &it.site,
            KindReader::Ghost(it) => &it.site,
            KindReader::Wire(_, site) => site,
        }
    }

    /// The language of the tags in its texts.
    pub(crate) fn tags(&self) -> TagStyle {
        match &self.reader {
            KindReader::Jekyll(_) | KindReader::Eleventy(_) => TagStyle::Liquid,
            KindReader::Sections(_, style) => *style,
            KindReader::WordPress(_) => TagStyle::Brackets,
            KindReader::Pelican(_)
            | KindReader::Vault(_)
            | KindReader::Ghost(_)
            | KindReader::Wire(..) => TagStyle::Nothing,
        }
    }

    /// Folders whose files lay at the root of the old site.
    pub(crate) fn roots(&self) -> Vec<String> {
        match &self.reader {
            KindReader::Jekyll(_)
            | KindReader::WordPress(_)
            | KindReader::Ghost(_)
            | KindReader::Wire(..) => {
                vec![String::new()]
            }
            KindReader::Sections(it, _) => it.roots(),
            KindReader::Pelican(it) => it.roots(),
            KindReader::Eleventy(it) => it.roots(),
            KindReader::Vault(_) => vec![String::new(), ANYWHERE.to_owned()],
        }
    }

    /// Whether it is wire copy, which adds to a book and is not an archive of its own.
    pub(crate) fn is_wire(&self) -> bool {
        matches!(self.reader, KindReader::Wire(..))
    }

    /// Hands on every text, in the same order each time.
    pub(crate) fn each(&self, take: &mut TakePost<'_>) -> anyhow::Result<()> {
        match &self.reader {
            KindReader::Jekyll(it) => it.each(&self.folder, take),
            KindReader::Sections(it, _) => it.each(&self.folder, take),
            KindReader::Pelican(it) => it.each(&self.folder, take),
            KindReader::Eleventy(it) => it.each(&self.folder, take),
            KindReader::Vault(it) => it.each(&self.folder, take),
            KindReader::WordPress(it) => it.each(take),
            KindReader::Ghost(it) => it.each(take),
            KindReader::Wire(posts, _) => {
                posts.iter().try_for_each(|it| take(Ok(it.clone())))
            }
        }
    }
}

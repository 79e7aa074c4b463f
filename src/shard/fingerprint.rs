//! What a build depends on, in a few lines: parts that agree on them are of one site.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::ToSpan;

use crate::digest::{Digest, Digester, QuickDigester};
use crate::input::{Asset, Content, Inputs, Refused, Wanted};
use crate::link::edition::Edition;
use crate::outline::kind::Page;
use crate::parse::clock::NEWS_HOURS;
use crate::theme;

/// The files of `static/` by path there, each with its digest and its size in bytes.
pub type AssetDigests = BTreeMap<Arc<str>, (Digest, u64)>;

/// What a build depends on, and which pages there are. Two equal ones give equal sites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// The version of the program.
    pub program: String,
    /// The texts of the book, and the theme that is compiled in.
    pub texts: Digest,
    /// The files of `static/`, by their content: when they changed does not matter.
    pub assets: Digest,
    /// What the time decides: see [`clock`].
    pub clock: Digest,
    /// Which briefs are wanted: `published`, or with `+drafts` and `+future`.
    pub wanted: String,
    /// How many pages the whole site has.
    pub n_pages: u64,
    /// The paths of all pages, in order.
    pub paths: Digest,
}

impl Fingerprint {
    /// Of a book and what became of it.
    pub fn of(
        inputs: &Inputs,
        edition: &Edition,
        outline: &[Page],
        assets: &AssetDigests,
    ) -> Fingerprint {
        let mut listed = Digester::default();
        for (path, (digest, _)) in assets {
            listed.put(path.as_bytes());
            listed.put(digest.to_string().as_bytes());
        }
        Fingerprint {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            texts: sha256(|put| texts(inputs, put)),
            assets: listed.finish(),
            clock: sha256(|put| clock(edition, put)),
            wanted: wanted(inputs),
            n_pages: outline.len() as u64,
            paths: sha256(|put| paths(outline, put)),
        }
    }

    /// In what two of them differ, in the words of the user; empty if they are equal.
    pub fn differences(&self, other: &Fingerprint) -> Vec<&'static str> {
        let pairs = [
            (self.program == other.program, "the version of Dateline"),
            (self.texts == other.texts, "the texts"),
            (self.assets == other.assets, "the files of static/"),
            (self.wanted == other.wanted, "--drafts or --future"),
            (self.clock == other.clock, "the time (set SOURCE_DATE_EPOCH)"),
        ];
        let mut differing: Vec<_> =
            pairs.iter().filter(|(same, _)| !same).map(|(_, what)| *what).collect();
        // Which pages there are follows from the rest.
        if differing.is_empty()
            && (self.n_pages, self.paths) != (other.n_pages, other.paths)
        {
            differing.push("the pages they say there are");
        }
        differing
    }
}

/// What the pages of a site that are rendered depend on, the program aside. Files of
/// `static/` are copied, so what is in them does not matter, only what pages say of them.
pub fn of_pages(inputs: &Inputs, edition: &Edition, outline: &[Page]) -> u128 {
    // Named one by one, so that a new kind of input is thought of here.
    let Inputs { files: _, assets, wanted: Wanted { now: _, drafts: _, future: _ } } =
        inputs;
    let mut digest = QuickDigester::default();
    let mut put = |bytes: &[u8]| digest.put(bytes);
    for n in [inputs.files.len(), edition.briefs.len(), outline.len()] {
        put(&n.to_le_bytes());
    }
    texts(inputs, &mut put);
    clock(edition, &mut put);
    paths(outline, &mut put);
    put(wanted(inputs).as_bytes());
    for (path, asset) in assets {
        let Asset { size, modified: _, dimensions, traces: _, refused } = asset;
        put(path.as_bytes());
        put(format!("{size:?} {dimensions:?} {refused:?}").as_bytes());
    }
    digest.finish()
}

/// The digest of whatever is put in.
fn sha256(all: impl FnOnce(&mut dyn FnMut(&[u8]))) -> Digest {
    let mut digest = Digester::default();
    all(&mut |bytes| digest.put(bytes));
    digest.finish()
}

fn wanted(inputs: &Inputs) -> String {
    let with = |wanted: bool, word: &'static str| if wanted { word } else { "" };
    let (drafts, future) = (inputs.wanted.drafts, inputs.wanted.future);
    format!("published{}{}", with(drafts, "+drafts"), with(future, "+future"))
}

fn paths(outline: &[Page], put: &mut dyn FnMut(&[u8])) {
    for page in outline {
        put(page.path.as_bytes());
    }
}

fn texts(inputs: &Inputs, put: &mut dyn FnMut(&[u8])) {
    for (path, content) in &inputs.files {
        put(path.as_bytes());
        match content {
            Content::Text(text) => put(text.as_bytes()),
            Content::Refused(Refused { why, text }) => {
                put(format!("{why:?}").as_bytes());
                put(text.as_bytes());
            }
        }
    }
    for (name, text) in theme::templates() {
        put(name.as_bytes());
        put(text.as_bytes());
    }
    for path in theme::assets() {
        put(path.as_bytes());
        put(theme::asset(path).unwrap_or_default());
    }
}

/// What the time decides on a site, so that jobs that start a minute apart agree as long as
/// it makes no difference: which briefs are published, which of them show an embargo, which
/// are news of the last 48 hours, and the day of today, on which roles are held.
fn clock(edition: &Edition, put: &mut dyn FnMut(&[u8])) {
    let now = edition.wanted.now;
    let today = now.to_zoned_datetime(edition.config.zone.clone()).date();
    put(today.to_string().as_bytes());
    let since = now.checked_sub(NEWS_HOURS.hours()).unwrap_or(now);
    for linked in &edition.briefs {
        let front = &linked.brief.front;
        let is_embargoed = front.embargo.as_ref().is_some_and(|it| it.instant > now);
        let is_news = front.date.instant > since && front.date.instant <= now;
        put(linked.permalink.0.as_bytes());
        put(&[u8::from(is_embargoed), u8::from(is_news)]);
    }
}

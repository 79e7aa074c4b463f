//! Where the links and pictures of an old text lead now.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use crate::disk::{Fetched, Fetcher};
use crate::import::post::{OldSite, has_ending, name_key};
use crate::import::text::marks::NAME_SCHEME;

/// Everything of an archive that a link can lead to.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    /// New files of texts, as positions in `paths`; by address (`a:`), by file (`f:`) and by
    /// name (`n:`).
    texts: BTreeMap<Box<str>, u32>,
    /// The new files.
    paths: Vec<Box<str>>,
    /// Pages of the book's own, by address as [`address_key`] has it.
    lists: BTreeSet<Box<str>>,
    /// Files that are not texts: their path, by [`name_key`] of it.
    files: BTreeMap<Box<str>, Box<str>>,
    /// The first file of each name, for vaults.
    names: BTreeMap<Box<str>, Box<str>>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum LinkTo {
    /// Out of the site; it stays as it is.
    Out,
    /// To another text: its new file, the address from here, and whether the capitals of the
    /// link were others.
    Text { path: String, relative: String, other_case: bool },
    /// To a part of its own page.
    Same(String),
    /// To a file that is copied.
    File { from: String, to: String, other_case: bool },
    /// Nowhere.
    Dead { is_file: bool },
}

/// Where a picture lies.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PictureAt {
    /// In the archive: where there, and where below `static/`.
    File { from: String, to: String, other_case: bool },
    /// On another site; and why it could not be fetched, if that was wanted.
    Remote { url: String, why: Option<String> },
    /// Nowhere.
    Missing,
}

impl Shelf {
    /// Adds a text under what others may call it by. What was there first stays: of two
    /// notes of one name a link means the first.
    pub(crate) fn add(
        &mut self,
        path: &str,
        file: &str,
        addresses: &[String],
        names: &[String],
    ) {
        let at = u32::try_from(self.paths.len()).unwrap_or(u32::MAX);
        self.paths.push(path.into());
        let mut put = |key: String| {
            self.texts.entry(key.into()).or_insert(at);
        };
        put(format!("f:{}", file_key(file)));
        for address in addresses {
            put(format!("a:{}", address_key(address)));
        }
        for name in names {
            put(format!("n:{}", name_key(name)));
        }
    }

    /// Adds a page that the book has of itself.
    pub(crate) fn add_list(&mut self, address: &str) {
        self.lists.insert(address_key(address).into());
    }

    /// Adds a file that is not text.
    pub(crate) fn add_file(&mut self, path: &str) {
        let name = path.rsplit('/').next().unwrap_or(path);
        self.files.entry(name_key(path).into()).or_insert_with(|| path.into());
        self.names.entry(name_key(name).into()).or_insert_with(|| path.into());
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(|at| &*self.paths[*at as usize])
    }
}

/// An address without what servers add and leave out: `/a/b.html`, `/a/b/index.html` and
/// `/a/b/` are one.
pub(crate) fn address_key(address: &str) -> String {
    let decoded = percent_decode_str(address).decode_utf8_lossy();
    let key = name_key(&decoded);
    let key = key.trim_end_matches('/');
    let key =
        key.strip_suffix("/index.html").or(key.strip_suffix("/index")).unwrap_or(key);
    let key = key.strip_suffix(".html").or(key.strip_suffix(".htm")).unwrap_or(key);
    key.trim_matches('/').to_owned()
}

/// A file without its ending.
fn file_key(file: &str) -> String {
    let key = name_key(file.trim_start_matches('/'));
    let endings =
        [".md", ".markdown", ".mdown", ".mkd", ".html", ".htm", ".rst", ".mdx", ".njk"];
    let ending = endings.iter().find(|it| key.ends_with(**it));
    ending.map_or(key.clone(), |it| key[..key.len() - it.len()].to_owned())
}

/// What finds the targets of one text.
pub(crate) struct Finder<'a> {
    pub(crate) site: &'a OldSite,
    pub(crate) shelf: &'a Shelf,
    /// The folder of the text in the archive.
    pub(crate) folder: &'a str,
    /// Its address on the old site, if it had one.
    pub(crate) address: Option<&'a str>,
    /// Its new file.
    pub(crate) here: &'a str,
    /// Folders of the archive whose files lie at the root of the old site; the archive's
    /// own top last.
    pub(crate) roots: &'a [String],
    /// What fetches pictures of other sites, if they are wanted.
    pub(crate) fetcher: Option<&'a Fetcher>,
}

impl Finder<'_> {
    /// Where a link leads.
    pub(crate) fn link(&self, address: &str) -> LinkTo {
        let address = address.trim();
        if let Some(name) = address.strip_prefix(NAME_SCHEME) {
            return self.by_name(name);
        }
        if let Some(anchor) = address.strip_prefix('#') {
            return match anchor {
                "" | "top" => LinkTo::Dead { is_file: false },
                _ => LinkTo::Same(address.to_owned()),
            };
        }
        if let Some(file) = address.strip_prefix("@/") {
            return self.by_name(file);
        }
        if let Some(rest) =
            address.strip_prefix('{').or_else(|| address.strip_prefix('|'))
            && let Some((_, file)) = rest.split_once(['}', '|'])
        {
            return self.by_name(file);
        }
        let path = match self.site.path_of(address) {
            Some(path) => path,
            None if is_out(address) => return LinkTo::Out,
            None => address,
        };
        if path.is_empty() || path.starts_with("javascript:") || path.starts_with("data:")
        {
            return LinkTo::Dead { is_file: false };
        }
        if let Some(number) = path.trim_start_matches('/').strip_prefix("?p=") {
            return self.by_name(&format!("?p={number}")); // WordPress before it has a name
        }
        let (plain, tail) = split_tail(path);
        if plain.is_empty() {
            return LinkTo::Dead { is_file: false };
        }
        self.text_at(plain, tail).or_else(|| self.file_link(plain)).unwrap_or_else(|| {
            let last = plain.rsplit('/').next().unwrap_or(plain);
            let is_file = last.contains('.') && !has_ending(last, &["html", "htm", "md"]);
            LinkTo::Dead { is_file }
        })
    }

    /// Where a picture lies.
    pub(crate) fn picture(&self, address: &str) -> PictureAt {
        let address = address.trim();
        let name = address.strip_prefix(NAME_SCHEME);
        let address = name.unwrap_or(address);
        let address = match address.strip_prefix('{').and_then(|it| it.split_once('}')) {
            Some((_, file)) => file,
            None => address.strip_prefix("@/").unwrap_or(address),
        };
        let path = match self.site.path_of(address) {
            Some(path) => path,
            None if is_out(address) => {
                return match address.strip_prefix("//") {
                    Some(rest) => self.remote(&format!("https://{rest}")),
                    None if address.starts_with("http") => self.remote(address),
                    None => PictureAt::Missing,
                };
            }
            None => address,
        };
        match self.file(split_tail(path).0) {
            Some((from, to, other_case)) => PictureAt::File { from, to, other_case },
            // What the old site's own host has and the archive has not can still be fetched.
            None if address.starts_with("http") => self.remote(address),
            None => PictureAt::Missing,
        }
    }

    /// A picture of another site: fetched, if that is wanted.
    fn remote(&self, url: &str) -> PictureAt {
        let why = match self.fetcher.map(|it| it.fetch(url)) {
            Some(Ok(Fetched { file, to })) => {
                let from = file.to_string_lossy().into_owned();
                return PictureAt::File { from, to, other_case: false };
            }
            Some(Err(why)) => Some(why),
            None => None,
        };
        PictureAt::Remote { url: url.to_owned(), why }
    }

    fn by_name(&self, name: &str) -> LinkTo {
        let decoded = percent_decode_str(name).decode_utf8_lossy();
        let (plain, part) = decoded.split_once('#').unwrap_or((&decoded, ""));
        let tail = if part.is_empty() {
            String::new()
        } else {
            format!("#{}", part.replace(' ', "%20"))
        };
        let there = |key: String| self.shelf.text(&key);
        let plain = plain.trim();
        let relative = joined(self.folder, plain);
        let text = relative
            .as_deref()
            .and_then(|it| there(format!("f:{}", file_key(it))))
            .or_else(|| there(format!("f:{}", file_key(plain))))
            .or_else(|| {
                let mut roots = self.roots.iter();
                roots.find_map(|it| {
                    there(format!(
                        "f:{}",
                        file_key(&format!("{it}{}", plain.trim_start_matches('/')))
                    ))
                })
            })
            .or_else(|| there(format!("n:{}", name_key(plain))))
            .or_else(|| there(format!("n:{}", file_key(plain))))
            .or_else(|| there(format!("a:{}", address_key(plain))));
        if let Some(path) = text {
            return self.to_text(path, &tail, false);
        }
        match self.file(plain) {
            Some((from, to, other_case)) => LinkTo::File { from, to, other_case },
            None => LinkTo::Dead {
                is_file: plain.contains('.') && !has_ending(plain, &["md"]),
            },
        }
    }

    /// The text that an address or a file's path leads to.
    fn text_at(&self, plain: &str, tail: &str) -> Option<LinkTo> {
        let there = self.shelf;
        let decoded = percent_decode_str(plain).decode_utf8_lossy();
        let from_root = decoded.starts_with('/').then(|| decoded.to_string());
        let of_address = self.address.and_then(|it| {
            let folder = it.rsplit_once('/').map_or("", |it| it.0);
            joined(folder, &decoded)
        });
        let of_file = joined(self.folder, &decoded);
        let by_address = |it: &String| {
            let key = format!("a:{}", address_key(it));
            there.text(&key).map(|found| (found, it.clone()))
        };
        let by_file = |it: &String| {
            let key = format!("f:{}", file_key(it));
            there.text(&key).map(|found| (found, it.clone()))
        };
        let found = from_root
            .as_ref()
            .and_then(|it| by_address(it).or_else(|| by_file(it)))
            .or_else(|| {
                if from_root.is_none() {
                    of_file.as_ref().and_then(by_file)
                } else {
                    None
                }
            })
            .or_else(|| {
                if from_root.is_none() {
                    of_address.as_ref().and_then(by_address)
                } else {
                    None
                }
            });
        if let Some((path, _)) = found {
            return Some(self.to_text(path, tail, false));
        }
        let list = from_root.or(of_address)?;
        let key = address_key(&list);
        if there.lists.contains(key.as_str()) {
            let address =
                if key.is_empty() { "/".to_owned() } else { format!("/{key}/") };
            return Some(LinkTo::Text {
                path: String::new(),
                relative: address,
                other_case: false,
            });
        }
        None
    }

    fn to_text(&self, path: &str, tail: &str, other_case: bool) -> LinkTo {
        if path == self.here && tail.starts_with('#') {
            return LinkTo::Same(tail.to_owned());
        }
        let relative = format!("{}{tail}", relative(self.here, path));
        LinkTo::Text { path: path.to_owned(), relative, other_case }
    }

    fn file_link(&self, plain: &str) -> Option<LinkTo> {
        let (from, to, other_case) = self.file(plain)?;
        Some(LinkTo::File { from, to, other_case })
    }

    /// A file of the archive: where it lies, where it goes, and whether it is written
    /// otherwise than in the link.
    fn file(&self, plain: &str) -> Option<(String, String, bool)> {
        let decoded = percent_decode_str(plain).decode_utf8_lossy();
        let rooted = decoded.trim_start_matches('/');
        let folder_of_address =
            self.address.and_then(|it| it.rsplit_once('/')).map_or("", |it| it.0);
        let relative =
            (!decoded.starts_with('/')).then(|| joined(self.folder, &decoded)).flatten();
        let of_address = (!decoded.starts_with('/'))
            .then(|| joined(folder_of_address, &decoded))
            .flatten();
        let of_address = of_address.as_deref().map(|it| it.trim_start_matches('/'));
        let mut wanted: Vec<String> = relative.into_iter().collect();
        for root in self.roots {
            wanted.push(format!("{root}{rooted}"));
            wanted.extend(of_address.map(|it| format!("{root}{it}")));
        }
        let found = wanted.iter().find_map(|path| {
            let there = self.shelf.files.get(name_key(path).as_str())?;
            Some((there, **there != **path))
        });
        let by_name = || {
            let name = decoded.rsplit('/').next()?;
            let there = self.shelf.names.get(name_key(name).as_str())?;
            (self.roots.iter().any(|it| it == ANYWHERE)).then_some((there, false))
        };
        let (there, other_case) = found.or_else(by_name)?;
        Some((there.to_string(), self.public(there), other_case))
    }

    /// Where a file of the archive lies below `static/`: as its old address was.
    fn public(&self, path: &str) -> String {
        let roots = self.roots.iter().filter(|it| !it.is_empty() && *it != ANYWHERE);
        let longest = roots
            .filter_map(|it| path.strip_prefix(it.as_str()))
            .min_by_key(|it| it.len());
        longest.unwrap_or(path).to_owned()
    }
}

/// The root that stands for every folder: files are found by their name alone, as in a
/// vault.
pub(crate) const ANYWHERE: &str = "**/";

fn is_out(address: &str) -> bool {
    address.starts_with("//")
        || crate::parse::markdown::scheme(address).is_some_and(|it| it.len() > 1)
}

/// A path without its query and its part, and the part.
fn split_tail(path: &str) -> (&str, &str) {
    let (plain, part) = match path.find('#') {
        Some(at) => path.split_at(at),
        None => (path, ""),
    };
    (plain.split('?').next().unwrap_or(plain), part)
}

/// A relative path against a folder, `..` resolved; `None` if it leads out.
pub(crate) fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The way from one file to another.
pub(crate) fn relative(from: &str, to: &str) -> String {
    let folder: Vec<&str> = from.split('/').collect();
    let folder = &folder[..folder.len().saturating_sub(1)];
    let target: Vec<&str> = to.split('/').collect();
    let n_shared = folder.iter().zip(&target).take_while(|(a, b)| a == b).count();
    let n_shared = n_shared.min(target.len().saturating_sub(1));
    let up = "../".repeat(folder.len() - n_shared);
    let down: Vec<String> = target[n_shared..]
        .iter()
        .map(|it| crate::import::text::links::encoded(it))
        .collect();
    format!("{up}{}", down.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_every_form_find_their_text() {
        let site =
            OldSite { url: Some("https://old.example".to_owned()), ..OldSite::default() };
        let mut shelf = Shelf::default();
        let here = "content/briefs/2024/2024-02-01-strike.md";
        shelf.add(
            here,
            "_posts/2024-02-01-strike.md",
            &["/2024/02/01/strike.html".to_owned()],
            &[],
        );
        shelf.add(
            "content/pages/about.md",
            "about.md",
            &["/about/".to_owned()],
            &["About us".to_owned()],
        );
        shelf.add_list("/tags/port/");
        shelf.add_file("assets/img/Gate.JPG");
        shelf.add_file("files/r.pdf");
        let finder = Finder {
            site: &site,
            shelf: &shelf,
            folder: "_posts",
            address: Some("/2024/02/01/strike.html"),
            here,
            fetcher: None,
            roots: &[String::new()],
        };
        let about = "../../pages/about.md";
        let cases = [
            ("/about", about),
            ("/about/#team", "../../pages/about.md#team"),
            ("https://old.example/about/index.html", about),
            ("../about.md", about),
            ("dateline-name:about%20us", about),
            ("/tags/port/", "/tags/port/"),
            ("https://other.example/about/", "out"),
            ("mailto:a@b.example", "out"),
            ("#part", "#part"),
            ("/files/r.pdf#page=3", "file files/r.pdf"),
            ("/nowhere/", "dead"),
        ];
        for (address, expected) in cases {
            let found = match finder.link(address) {
                LinkTo::Text { relative, .. } => relative,
                LinkTo::Same(part) => part,
                LinkTo::File { to, .. } => format!("file {to}"),
                LinkTo::Out => "out".to_owned(),
                LinkTo::Dead { .. } => "dead".to_owned(),
            };
            assert_eq!(found, expected, "{address}");
        }
        let gate = PictureAt::File {
            from: "assets/img/Gate.JPG".to_owned(),
            to: "assets/img/Gate.JPG".to_owned(),
            other_case: true,
        };
        assert_eq!(finder.picture("/assets/img/gate.jpg"), gate);
        assert_eq!(finder.picture("gone.jpg"), PictureAt::Missing);
    }
}

//! Where each text of an archive goes, before any is converted.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Rule;
use crate::import::compose::Composer;
use crate::import::fields::NewHead;
use crate::import::finder::address_key;
use crate::import::post::{Post, Sort};
use crate::import::proof::{NewFile, Proof, errors};
use crate::import::remark::{Construct, Remark};
use crate::slug::Slug;

/// Where a text goes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlanCard {
    /// The file or item in the archive.
    pub(crate) from: String,
    /// What it becomes.
    pub(crate) becomes: Becomes,
    /// Its new file, from the root of the book; empty for one that is left out.
    pub(crate) path: String,
    /// Its segment of the address, if the file's name does not give it.
    pub(crate) slug: Option<String>,
    /// Old addresses that lead to it.
    pub(crate) redirects: Vec<String>,
}

/// What a text becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Becomes {
    /// A brief of a day.
    Brief(String),
    /// A page.
    Page,
    /// An entity of a kind.
    Entity(String),
    /// Nothing.
    Nothing,
}

/// Hands out places, each once.
#[derive(Debug, Default)]
pub(crate) struct MovePlan {
    pub(crate) cards: Vec<PlanCard>,
    /// Files that are taken, as file systems without capitals see them.
    taken: BTreeSet<String>,
    /// Tags by slug: the first spelling counts.
    pub(crate) tags: BTreeMap<String, String>,
    /// Storylines by slug: the title.
    pub(crate) series: BTreeMap<String, String>,
    /// Names in `by`, and how often.
    pub(crate) authors: BTreeMap<String, usize>,
}

impl MovePlan {
    /// Decides on a text. `src` is the content folder of the book.
    pub(crate) fn add(
        &mut self,
        post: &Post,
        head: &NewHead,
        src: &str,
        remarks: &mut Vec<Remark>,
    ) {
        let becomes = match (&post.sort, &head.date) {
            (Sort::Nothing(construct), _) => {
                remarks.push(Remark::of(*construct, &post.name));
                Becomes::Nothing
            }
            (Sort::Undated, _) if head.is_draft => {
                remarks.push(Remark::of(Construct::Unpublished, &head.title));
                Becomes::Nothing
            }
            (Sort::Entity(kind), _) => Becomes::Entity(kind.clone()),
            (Sort::Dated | Sort::Either, Some(date)) => {
                Becomes::Brief(date.day.to_string())
            }
            (Sort::Dated, None) => {
                remarks.push(Remark::of(Construct::NoDate, &head.title));
                Becomes::Page
            }
            (Sort::Undated | Sort::Either, _) => Becomes::Page,
        };
        let slug = slug_of(post, head);
        let path = match &becomes {
            Becomes::Brief(day) => {
                self.free(&format!("{src}/briefs/{}/{day}-", &day[..4]), &slug, remarks)
            }
            Becomes::Entity(_) => self.free(&format!("{src}/entities/"), &slug, remarks),
            Becomes::Page
                if is_home(post) && self.taken.insert(format!("{src}/index.md")) =>
            {
                format!("{src}/index.md")
            }
            Becomes::Page => {
                let folders = page_folders(post);
                self.free(&format!("{src}/pages/{folders}"), &slug, remarks)
            }
            Becomes::Nothing => String::new(),
        };
        if becomes != Becomes::Nothing {
            self.gather(head);
        }
        self.cards.push(PlanCard {
            from: post.file.clone(),
            slug: None,
            redirects: redirects(post, &path, src),
            becomes,
            path,
        });
    }

    /// The file of a name that nothing has yet.
    fn free(&mut self, before: &str, slug: &str, remarks: &mut Vec<Remark>) -> String {
        for n in 1_usize.. {
            let number = if n == 1 { String::new() } else { format!("-{n}") };
            let path = format!("{before}{slug}{number}.md");
            if self.taken.insert(path.to_lowercase()) {
                if n > 1 {
                    remarks.push(Remark::of(Construct::MovedAddress, &path));
                }
                return path;
            }
        }
        unreachable!("one of endless numbers is free")
    }

    fn gather(&mut self, head: &NewHead) {
        for tag in &head.tags {
            if let Some(slug) = Slug::from_title(tag) {
                self.tags.entry(slug.as_str().to_owned()).or_insert_with(|| tag.clone());
            }
        }
        for title in &head.series {
            if let Some(slug) = Slug::from_title(title) {
                self.series
                    .entry(slug.as_str().to_owned())
                    .or_insert_with(|| title.clone());
            }
        }
        for name in &head.by {
            *self.authors.entry(name.clone()).or_default() += 1;
        }
    }

    /// Takes away what the book as a whole would refuse: old addresses that a page of the
    /// book has, or that two texts claim. The addresses of all texts are laid out by the
    /// pipeline itself, without their bodies.
    pub(crate) fn settle(&mut self, proof: &Proof<'_>, own: &[NewFile]) -> Vec<Remark> {
        let mut remarks = Vec::new();
        let mut inputs = proof.inputs(&[], &[]);
        for file in own {
            inputs.insert(&file.path, &file.text);
        }
        let mut by_path = BTreeMap::new();
        for (at, card) in self.cards.iter().enumerate() {
            if card.becomes != Becomes::Nothing {
                by_path.insert(card.path.clone(), at);
                inputs.insert(&card.path, &MovePlan::skeleton(card));
            }
        }
        for _ in 0..12 {
            let mut changed = BTreeSet::new();
            for error in errors(&inputs) {
                let Some(at) = by_path.get(&*error.span.path).copied() else { continue };
                let Some(text) = inputs.text(&error.span.path).cloned() else { continue };
                if !changed.insert(at) {
                    continue; // one a round
                }
                let source =
                    text.get(error.span.stretch.range()).unwrap_or("").trim_matches('"');
                let card = &mut self.cards[at];
                let mut say = |construct: Construct, what: &str| {
                    let mut remark = Remark::of(construct, what);
                    remark.file.clone_from(&card.from);
                    remarks.push(remark);
                };
                if let Some(old) = card.redirects.iter().position(|it| it == source) {
                    say(Construct::LostAddress, source);
                    card.redirects.remove(old);
                } else if error.rule == Rule::UnknownKey {
                    card.redirects.iter().for_each(|it| say(Construct::LostAddress, it));
                    card.redirects.clear();
                } else {
                    let slug = card
                        .slug
                        .clone()
                        .unwrap_or_else(|| slug_in(&card.path).to_owned());
                    say(Construct::MovedAddress, &error.message);
                    card.slug = Some(format!("{slug}-2"));
                }
            }
            if changed.is_empty() {
                break;
            }
            for at in changed {
                let card = &self.cards[at];
                inputs.insert(&card.path, &MovePlan::skeleton(card));
            }
        }
        remarks
    }

    /// A text's front matter as far as addresses depend on it.
    fn skeleton(card: &PlanCard) -> String {
        let mut out = Composer::default();
        match &card.becomes {
            Becomes::Brief(day) => {
                out.text("title", "x");
                out.bare("date", day);
            }
            Becomes::Entity(kind) => {
                out.text("name", slug_in(&card.path));
                out.bare("kind", kind);
            }
            Becomes::Page | Becomes::Nothing => out.text("title", "x"),
        }
        out.maybe("slug", card.slug.as_deref());
        out.list("redirect-from", &card.redirects);
        out.file("")
    }
}

/// The name of a file without its day and ending.
pub(crate) fn slug_in(path: &str) -> &str {
    crate::parse::document::file_name(path)
}

/// The segment of the address: the head's own, else the old address's last, else the name.
fn slug_of(post: &Post, head: &NewHead) -> String {
    let last = post.addresses.first().map(|it| address_key(it));
    let last = last
        .as_deref()
        .and_then(|it| it.rsplit('/').next())
        .filter(|it| !it.contains('?'));
    let candidates =
        [head.slug.as_deref(), last, Some(post.name.as_str()), Some(head.title.as_str())];
    let found = candidates.into_iter().flatten().find_map(Slug::from_title);
    // With a day before it and a number behind it a name stays under what systems allow.
    let slug = found.map_or("text".to_owned(), |it| it.as_str().to_owned());
    let mut end = slug.len().min(180);
    while !slug.is_char_boundary(end) {
        end -= 1;
    }
    let slug = slug[..end].trim_end_matches('-');
    // A name that is a day would be taken for the file's date.
    match crate::date::PartialDate::parse(slug) {
        Some(_) => format!("on-{slug}"),
        None => slug.to_owned(),
    }
}

/// Whether a text was the first page of the old site.
fn is_home(post: &Post) -> bool {
    post.addresses.first().is_some_and(|it| address_key(it).is_empty())
}

/// The folders of a page, from its old address.
fn page_folders(post: &Post) -> String {
    let address = post.addresses.first().map(|it| address_key(it)).unwrap_or_default();
    let folders = match address.rsplit_once('/') {
        Some((folders, _)) => folders,
        None if post.addresses.is_empty() => post.folder.as_str(),
        None => "",
    };
    let parts = folders.split('/').filter_map(Slug::from_title);
    let parts: Vec<String> = parts.map(|it| it.as_str().to_owned()).collect();
    if parts.is_empty() { String::new() } else { format!("{}/", parts.join("/")) }
}

/// The old addresses that the new one does not answer by itself.
fn redirects(post: &Post, path: &str, src: &str) -> Vec<String> {
    let new = new_address(path, src);
    let mut seen = BTreeSet::new();
    let mut redirects = Vec::new();
    for address in &post.addresses {
        let plain = address.split(['?', '#']).next().unwrap_or(address);
        let is_new = plain.trim_matches('/') == new
            || plain.trim_matches('/') == format!("{new}/index.html");
        if plain.trim_matches('/').is_empty() || is_new || path.is_empty() {
            continue;
        }
        if seen.insert(plain.trim_matches('/').to_lowercase()) {
            redirects.push(if plain.starts_with('/') {
                plain.to_owned()
            } else {
                format!("/{plain}")
            });
        }
    }
    redirects
}

/// The address of a new file, without slashes around it.
pub(crate) fn new_address(path: &str, src: &str) -> String {
    let within = path.strip_prefix(src).unwrap_or(path).trim_start_matches('/');
    let slug = slug_in(path);
    if within.starts_with("briefs/") {
        let name = within.rsplit('/').next().unwrap_or(within);
        return format!("{}/{slug}", name.get(..10).unwrap_or("").replace('-', "/"));
    }
    if within.starts_with("entities/") {
        return format!("entities/{slug}");
    }
    let within = within.strip_prefix("pages/").unwrap_or(within);
    within.strip_suffix(".md").unwrap_or(within).to_owned()
}

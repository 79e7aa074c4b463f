//! An import from beginning to end.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::date::Moment;
use crate::disk::{self, ImportedBook, PutAs};
use crate::import::account::Account;
use crate::import::archive::{OldArchive, WireClock};
use crate::import::compose::{self, BriefParts, Composer};
use crate::import::fields::{self, HeadGround, NewHead, OldPicture};
use crate::import::finder::{Finder, PictureAt, Shelf};
use crate::import::kind::{ArchiveKind, detect};
use crate::import::map::ImportMap;
use crate::import::plan::{Becomes, MovePlan, PlanCard};
use crate::import::post::{OldSite, Post};
use crate::import::proof::{NewFile, Proof};
use crate::import::register::register;
use crate::import::registry;
use crate::import::remark::{Construct, Remark};
use crate::import::text::html::FromHtml;
use crate::import::text::{Converter, NewText};
use crate::input::{Content, Wanted};
use crate::parallel;
use crate::parse::config::Config;
use crate::slug::Slug;

/// What is wanted of an import.
#[derive(Clone, Debug)]
pub struct ImportJob<'a> {
    /// The archive: a folder or a file.
    pub from: &'a Path,
    /// The folder of the book.
    pub to: &'a Path,
    /// The kind of archive, if the desk says it.
    pub kind: Option<ArchiveKind>,
    /// Whether nothing is to be written.
    pub is_dry: bool,
    /// What becomes of those who write.
    pub authors: AuthorsAs,
    /// The day on which wire copy is pasted, if that is not today.
    pub date: Option<Date>,
    /// The day before which texts are left out.
    pub since: Option<Date>,
    /// What the desk says of its archive.
    pub map: ImportMap,
    /// The clock.
    pub now: Timestamp,
}

/// What becomes of those who write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum AuthorsAs {
    /// An entity each
    #[default]
    Entities,
    /// Only their names in `by`
    Text,
}

/// What an import is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It looks through the archive.
    Reading,
    /// It converts so many texts.
    Converting(usize),
    /// One more is done.
    OneMore,
}

/// How many texts are in memory at a time.
const CHUNK: usize = 256;

/// Makes or renews a book out of an archive, and says what became of it.
pub fn import(job: &ImportJob<'_>, tell: &dyn Fn(Step)) -> anyhow::Result<Account> {
    let kind = job.kind.map_or_else(|| detect(job.from), Ok)?;
    tell(Step::Reading);
    let is_registry = matches!(
        kind,
        ArchiveKind::Csv
            | ArchiveKind::Wikidata
            | ArchiveKind::Popolo
            | ArchiveKind::FollowTheMoney
    );
    if is_registry {
        return register(job, kind, tell);
    }
    let archive = OldArchive::open(kind, job.from, &job.map, wire_clock(job)?)?;
    let book = ImportedBook::at(job.to, job.is_dry)?;
    let desk = DeskBook::at(job, &book, archive.site())?;
    let mut work = ImportRun {
        job,
        archive: &archive,
        desk,
        book,
        account: Account::default(),
        plan: MovePlan::default(),
        shelf: Shelf::default(),
        copied: BTreeSet::new(),
    };
    work.account.say_of("settings", archive.site().remarks.clone());
    work.first_pass()?;
    work.settle();
    tell(Step::Converting(work.plan.cards.len()));
    work.second_pass(tell)?;
    work.beside()?;
    let ImportRun { mut account, mut book, .. } = work;
    account.tally.addresses_kept =
        account.tally.addresses.saturating_sub(account.count(Construct::LostAddress));
    book.report(&account.take_lines())?;
    let from = job.from.display().to_string();
    book.finish(&account.markdown(&from, kind.word()))?;
    Ok(account)
}

/// By what wire copy is read: the settings of the book it comes into, and today.
fn wire_clock(job: &ImportJob<'_>) -> anyhow::Result<WireClock> {
    let has_settings = disk::is_there(job.to, "book.toml");
    let settings = if has_settings { disk::read_settings(job.to)? } else { "".into() };
    let config = Config::parse(&settings).value;
    let today = job.now.to_zoned_datetime(config.zone.clone()).date();
    Ok(WireClock { order: config.date_order, today: job.date.unwrap_or(today) })
}

/// The book that is imported into: its settings, and what of it is the desk's own.
pub(crate) struct DeskBook {
    /// `book.toml`, the desk's or the one that is written.
    pub(crate) settings: String,
    /// Whether the desk has one already.
    pub(crate) has_settings: bool,
    /// The content folder.
    pub(crate) src: String,
    /// Files of the desk's own.
    pub(crate) own: Vec<NewFile>,
}

impl DeskBook {
    /// Looks at the folder of a book, which need not exist.
    pub(crate) fn at(
        job: &ImportJob<'_>,
        book: &ImportedBook,
        site: &OldSite,
    ) -> anyhow::Result<DeskBook> {
        let has_settings = disk::is_there(job.to, "book.toml");
        if !has_settings {
            let settings = book_toml(site);
            let src = Config::default().src.to_string();
            return Ok(DeskBook { settings, has_settings, src, own: Vec::new() });
        }
        let settings = disk::read_settings(job.to)?.to_string();
        let src = Config::parse(&settings).value.src.to_string();
        let wanted = Wanted { now: job.now, drafts: true, future: true };
        let mut own = Vec::new();
        if disk::is_there(job.to, &src) {
            for (path, content) in disk::read(job.to, wanted)?.files {
                if let Content::Text(text) = content
                    && path.starts_with(&src)
                    && !book.wrote(&path)
                {
                    let (path, text) = (path.to_string(), text.to_string());
                    own.push(NewFile { from: path.clone(), path, text });
                }
            }
        }
        Ok(DeskBook { settings, has_settings, src, own })
    }
}

/// The settings of a new book.
fn book_toml(site: &OldSite) -> String {
    let mut text = String::from("[book]\n");
    let quoted = |it: &str| toml::Value::String(it.to_owned()).to_string();
    text += &format!("title = {}\n", quoted(site.title.as_deref().unwrap_or("Untitled")));
    for (key, value) in [("description", &site.description), ("language", &site.language)]
    {
        let value = value.as_deref().map(crate::import::plain::one_line);
        if let Some(value) = value.filter(|it| !it.is_empty()) {
            text += &format!("{key} = {}\n", quoted(&value));
        }
    }
    if let Some(url) = &site.url {
        text += &format!("\n[output.html]\nsite-url = {}\n", quoted(&format!("{url}/")));
    }
    if let Some(zone) =
        site.zone.as_deref().filter(|it| jiff::tz::TimeZone::get(it).is_ok())
    {
        text += &format!("\n[text]\ntime-zone = {}\n", quoted(zone));
    }
    text
}

struct ImportRun<'a> {
    job: &'a ImportJob<'a>,
    archive: &'a OldArchive,
    desk: DeskBook,
    book: ImportedBook,
    account: Account,
    plan: MovePlan,
    shelf: Shelf,
    /// Files that were copied below `static/` already.
    copied: BTreeSet<String>,
}

impl<'a> ImportRun<'a> {
    fn ground(&self) -> HeadGround<'a> {
        HeadGround { site: self.archive.site(), map: &self.job.map, now: self.job.now }
    }

    /// Finds out which texts there are and where each goes.
    fn first_pass(&mut self) -> anyhow::Result<()> {
        let ground = self.ground();
        for file in &self.archive.folder.files {
            self.shelf.add_file(&file.path);
        }
        let (plan, account, targets) =
            (&mut self.plan, &mut self.account, &mut self.shelf);
        let (src, since) = (self.desk.src.clone(), self.job.since);
        let zone = ground.site.time_zone();
        self.archive.each(&mut |taken| {
            account.tally.posts += 1;
            let mut post = match taken {
                Ok(post) => post,
                Err(remark) => {
                    account.tally.left_out += 1;
                    account.say(&remark);
                    return Ok(());
                }
            };
            let head = fields::read(&post, &ground, &mut Vec::new());
            if let (Some(since), Some(date)) = (since, &head.date)
                && date.day < since
            {
                post.sort = crate::import::post::Sort::Nothing(Construct::TooOld);
            }
            let mut remarks = Vec::new();
            plan.add(&post, &head, &src, &mut remarks);
            account.say_of(&post.file, remarks);
            let card = plan.cards.last().expect("one was just added");
            if card.becomes == Becomes::Nothing {
                account.tally.left_out += 1;
                return Ok(());
            }
            account.tally.addresses += distinct(&post.addresses);
            let mut names = post.names.clone();
            names.push(head.title.clone());
            names.extend(head.aliases.iter().cloned());
            // What readers cannot see yet, or any more, nothing may link to.
            let is_over = head.expires.as_deref().and_then(|it| Moment::parse(it, &zone));
            let is_hidden = head.is_draft
                || head.embargo.is_some()
                || is_over.is_some_and(|it| it.instant <= ground.now);
            if !is_hidden {
                targets.add(&card.path, &post.file, &post.addresses, &names);
            }
            Ok(())
        })
    }

    /// Lets the pipeline lay out all addresses, and gives up those that two would have.
    fn settle(&mut self) {
        let beside = self.storylines();
        let mut plan = std::mem::take(&mut self.plan);
        let proof = self.proof(&beside);
        let remarks = plan.settle(&proof, &self.desk.own);
        self.plan = plan;
        self.account.say_of("", remarks);
        let tags = self.plan.tags.keys().map(|it| format!("tags/{it}"));
        let series = self.plan.series.keys().map(|it| format!("storylines/{it}"));
        let lists: Vec<String> = tags
            .chain(series)
            .chain(["", "tags", "entities"].map(str::to_owned))
            .collect();
        for list in &lists {
            self.shelf.add_list(list);
        }
        for address in &self.archive.site().feeds {
            if address != "/feed.xml" {
                self.account
                    .say_of("feeds", vec![Remark::of(Construct::OldFeed, address)]);
            }
        }
    }

    fn proof<'b>(&'b self, beside: &'b [NewFile]) -> Proof<'b> {
        Proof { settings: &self.desk.settings, beside, now: self.job.now }
    }

    fn storylines(&self) -> Vec<NewFile> {
        let one = |(slug, title): (&String, &String)| {
            let mut out = Composer::default();
            out.text("title", title);
            let path = format!("{}/storylines/{slug}.md", self.desk.src);
            NewFile { path, text: out.file(""), from: format!("series {title}") }
        };
        self.plan.series.iter().map(one).collect()
    }

    /// Converts and writes, so many texts at a time.
    fn second_pass(&mut self, tell: &dyn Fn(Step)) -> anyhow::Result<()> {
        let html = FromHtml::new();
        let archive = self.archive;
        let mut waiting: Vec<(Post, PlanCard)> = Vec::with_capacity(CHUNK);
        let mut at = 0;
        archive.each(&mut |taken| {
            let Ok(post) = taken else { return Ok(()) };
            let card = self.plan.cards[at].clone();
            at += 1;
            tell(Step::OneMore);
            if card.becomes != Becomes::Nothing {
                waiting.push((post, card));
            }
            if waiting.len() == CHUNK {
                self.chunk(&std::mem::take(&mut waiting), &html)?;
            }
            Ok(())
        })?;
        self.chunk(&waiting, &html)
    }

    fn chunk(
        &mut self,
        posts: &[(Post, PlanCard)],
        html: &FromHtml,
    ) -> anyhow::Result<()> {
        let roots = self.archive.roots();
        let converter = Converter { html, map: &self.job.map, tags: self.archive.tags() };
        let shared = Shared {
            ground: self.ground(),
            converter,
            shelf: &self.shelf,
            plan: &self.plan,
            roots: &roots,
        };
        let made = parallel::map(posts, |(post, card)| shared.convert(post, card));
        let mut files = Vec::with_capacity(made.len());
        let mut assets: BTreeMap<String, String> = BTreeMap::new();
        let mut targets = BTreeSet::new();
        for (converted, (post, card)) in made.into_iter().zip(posts) {
            let Converted { text, new } = converted;
            let tally = &mut self.account.tally;
            tally.links += new.led.links;
            tally.links_kept += new.led.links_kept;
            tally.pictures += new.led.pictures;
            tally.pictures_kept += new.led.pictures_kept;
            self.account.say_of(&post.file, new.remarks);
            assets.extend(new.wants.files.into_iter().map(|(from, to)| (to, from)));
            targets.extend(new.wants.targets);
            files.push(NewFile {
                path: card.path.clone(),
                text,
                from: post.file.clone(),
            });
        }
        let assets: Vec<(String, String)> =
            assets.into_iter().filter(|(to, from)| self.may_copy(to, from)).collect();
        targets.retain(|it| !it.is_empty() && !files.iter().any(|file| file.path == *it));
        let targets: Vec<&str> = targets.iter().map(String::as_str).collect();
        let names: Vec<&str> = assets.iter().map(|it| it.0.as_str()).collect();
        let mut beside = self.storylines();
        beside.extend(self.tag_pages(&files));
        let remarks = self.proof(&beside).mend(&mut files, &targets, &names);
        self.lost_to_proof(&remarks);
        self.account.say_of("", remarks);
        self.write(&files)?;
        self.copy(&assets);
        self.book.report(&self.account.take_lines())
    }

    /// A brief with every tag that these files link to, whose pages would else not be there.
    fn tag_pages(&self, files: &[NewFile]) -> Option<NewFile> {
        let is_linked = |slug: &&String| {
            let address = format!("](/tags/{slug}/)");
            files.iter().any(|it| it.text.contains(&address))
        };
        if !files.iter().any(|it| it.text.contains("](/tags/")) {
            return None;
        }
        let tags: Vec<String> = self
            .plan
            .tags
            .iter()
            .filter(|it| is_linked(&it.0))
            .map(|it| it.1.clone())
            .collect();
        let mut out = Composer::default();
        out.text("title", "tags");
        out.bare("date", "1970-01-01");
        out.list("tags", &tags);
        let path = format!("{}/briefs/1970-01-01-tags.md", self.desk.src);
        Some(NewFile { path, text: out.file(""), from: String::new() })
    }

    /// Takes off the tally what the proof took out of texts.
    fn lost_to_proof(&mut self, remarks: &[Remark]) {
        let tally = &mut self.account.tally;
        for remark in remarks {
            match remark.construct {
                Construct::DeadLink => {
                    tally.links_kept = tally.links_kept.saturating_sub(1);
                }
                Construct::MissingPicture => {
                    tally.pictures_kept = tally.pictures_kept.saturating_sub(1);
                }
                Construct::BrokenFile => tally.left_out += 1,
                _ => {}
            }
        }
    }

    /// Whether a file of the archive can be one of the site.
    fn may_copy(&mut self, to: &str, from: &str) -> bool {
        let is_bad = |part: &str| {
            part.is_empty()
                || part.starts_with('.')
                || part.ends_with(['.', ' ', '~'])
                || part.contains(['\\', ':', '*', '?', '"', '<', '>', '|'])
                || part.chars().any(char::is_control)
                || part.len() > crate::slug::MAX_LEN
                || crate::slug::is_windows_device(part)
        };
        let is_taken = !self.copied.contains(to)
            && self.copied.iter().any(|it| it.eq_ignore_ascii_case(to));
        if to.split('/').any(is_bad) || is_taken {
            self.account.say_of(from, vec![Remark::of(Construct::RefusedAsset, to)]);
            return false;
        }
        true
    }

    fn write(&mut self, files: &[NewFile]) -> anyhow::Result<()> {
        for file in files {
            let placed = self.book.put(&file.path, &file.text)?;
            self.placed(placed, &file.path, &file.from);
            let tally = &mut self.account.tally;
            let within = file.path.strip_prefix(&self.desk.src).unwrap_or("");
            match within.split('/').nth(1) {
                Some("briefs") => tally.briefs += 1,
                Some("entities") => tally.entities += 1,
                Some("storylines") => tally.storylines += 1,
                _ => tally.pages += 1,
            }
        }
        Ok(())
    }

    fn copy(&mut self, assets: &[(String, String)]) {
        for (to, from) in assets {
            if !self.copied.insert(to.clone()) {
                continue;
            }
            let path = format!("static/{to}");
            match self.book.copy(&self.archive.folder.root.join(from), &path) {
                Ok(placed) => {
                    self.placed(placed, &path, from);
                    self.account.tally.files_copied += 1;
                }
                Err(error) => {
                    let what = format!("{error:#}");
                    self.account
                        .say_of(from, vec![Remark::of(Construct::BrokenFile, &what)]);
                }
            }
        }
    }

    fn placed(&mut self, placed: PutAs, path: &str, from: &str) {
        let tally = &mut self.account.tally;
        let construct = match placed {
            PutAs::Written => {
                tally.written += 1;
                return;
            }
            PutAs::Unchanged => {
                tally.unchanged += 1;
                return;
            }
            PutAs::EditedOnly => {
                tally.kept += 1;
                return;
            }
            PutAs::Edited => Construct::Edited,
            PutAs::Deleted => Construct::Deleted,
            PutAs::InTheWay => Construct::InTheWay,
        };
        tally.kept += 1;
        self.account.say_of(from, vec![Remark::of(construct, path)]);
    }

    /// What stands beside the texts: settings, storylines, those who write.
    fn beside(&mut self) -> anyhow::Result<()> {
        if !self.desk.has_settings || self.book.wrote("book.toml") {
            let text = if self.desk.has_settings {
                book_toml(self.archive.site())
            } else {
                self.desk.settings.clone()
            };
            let placed = self.book.put("book.toml", &text)?;
            self.placed(placed, "book.toml", "settings");
        }
        let mut files = self.storylines();
        if self.job.authors == AuthorsAs::Entities && !self.archive.is_wire() {
            let taken: BTreeSet<&str> =
                self.plan.cards.iter().map(|it| it.path.as_str()).collect();
            let own: BTreeSet<&str> =
                self.desk.own.iter().map(|it| it.path.as_str()).collect();
            let (mut entities, remarks) = registry::authors(
                &self.plan.authors,
                self.archive.site(),
                &self.desk.src,
                |path| taken.contains(path) || own.contains(path),
            );
            files.append(&mut entities);
            self.account.say_of("authors", remarks);
        }
        let remarks = self.proof(&[]).mend(&mut files, &[], &[]);
        self.account.say_of("", remarks);
        self.write(&files)?;
        if self.archive.is_wire() {
            return Ok(()); // what other copy brought is still there
        }
        let vanished: Vec<String> =
            self.book.vanished().into_iter().map(str::to_owned).collect();
        for path in vanished {
            self.account.say_of(&path, vec![Remark::of(Construct::Vanished, &path)]);
        }
        Ok(())
    }
}

/// What the conversion of every text shares.
struct Shared<'a> {
    ground: HeadGround<'a>,
    converter: Converter<'a>,
    shelf: &'a Shelf,
    plan: &'a MovePlan,
    roots: &'a [String],
}

struct Converted {
    text: String,
    new: NewText,
}

impl Shared<'_> {
    fn convert(&self, post: &Post, card: &PlanCard) -> Converted {
        let mut remarks = post.remarks.clone();
        let mut head = fields::read(post, &self.ground, &mut remarks);
        let finder = Finder {
            site: self.ground.site,
            shelf: self.shelf,
            folder: &post.folder,
            address: post.addresses.first().map(String::as_str),
            here: &card.path,
            roots: self.roots,
        };
        let mut new =
            self.converter.convert(post, &head.title, &finder, head.summary.is_none());
        if head.summary.is_none() {
            head.summary = new.excerpt.take();
        }
        let (picture, dropped) = picture_on_top(&mut head, &finder, &mut new);
        remarks.extend(dropped);
        remarks.append(&mut new.remarks);
        let tags = self.tags(&head, &mut remarks);
        let text = match &card.becomes {
            Becomes::Brief(_) => {
                let storylines: Vec<String> = head
                    .series
                    .iter()
                    .filter_map(|it| Slug::from_title(it))
                    .map(|it| it.as_str().to_owned())
                    .collect();
                let parts = BriefParts {
                    slug: card.slug.as_deref(),
                    redirects: &card.redirects,
                    tags: &tags,
                    storylines: &storylines,
                    picture,
                };
                compose::brief(&head, &parts, &new.body)
            }
            Becomes::Entity(kind) => entity(&head, kind, card, &new.body),
            Becomes::Page | Becomes::Nothing => page(&head, card, &new.body),
        };
        new.remarks = remarks;
        Converted { text, new }
    }

    /// The tags in the spelling that came first.
    fn tags(&self, head: &NewHead, remarks: &mut Vec<Remark>) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        for tag in &head.tags {
            let Some(slug) = Slug::from_title(tag) else {
                remarks.push(Remark::of(Construct::OddValue, &format!("the tag {tag}")));
                continue;
            };
            let first = self.plan.tags.get(slug.as_str()).unwrap_or(tag);
            if first.to_lowercase() != tag.to_lowercase() {
                remarks
                    .push(Remark::of(Construct::MergedTag, &format!("{tag} → {first}")));
            }
            if !tags.contains(first) {
                tags.push(first.clone());
            }
        }
        tags
    }
}

/// The picture on top, if the archive has it.
fn picture_on_top(
    head: &mut NewHead,
    finder: &Finder<'_>,
    new: &mut NewText,
) -> (Option<OldPicture>, Option<Remark>) {
    let Some(mut picture) = head.picture.take() else { return (None, None) };
    new.led.pictures += 1;
    match finder.picture(&picture.file) {
        PictureAt::File { from, to, .. } => {
            new.led.pictures_kept += 1;
            picture.file.clone_from(&to);
            new.wants.files.push((from, to));
            (Some(picture), None)
        }
        PictureAt::Remote(url) => {
            (None, Some(Remark::of(Construct::RemotePicture, &url)))
        }
        PictureAt::Missing => {
            (None, Some(Remark::of(Construct::MissingPicture, &picture.file)))
        }
    }
}

fn page(head: &NewHead, card: &PlanCard, body: &str) -> String {
    let mut out = Composer::default();
    out.text("title", &head.title);
    out.maybe("summary", head.summary.as_deref());
    out.maybe("slug", card.slug.as_deref());
    out.list("redirect-from", &card.redirects);
    out.file(body)
}

fn entity(head: &NewHead, kind: &str, card: &PlanCard, body: &str) -> String {
    let mut out = Composer::default();
    out.text("name", &head.title);
    out.bare("kind", kind);
    out.list("aliases", &head.aliases);
    out.maybe("summary", head.summary.as_deref());
    out.maybe("slug", card.slug.as_deref());
    out.list("redirect-from", &card.redirects);
    out.file(body)
}

fn distinct(addresses: &[String]) -> usize {
    addresses
        .iter()
        .filter(|it| !it.trim_matches('/').is_empty())
        .collect::<BTreeSet<_>>()
        .len()
}

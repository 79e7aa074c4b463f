//! An import from beginning to end.

use std::collections::{BTreeMap, BTreeSet};

use crate::date::Moment;
use crate::disk::{self, Fetcher, ImportedBook};
use crate::import::account::Account;
use crate::import::archive::{OldArchive, WireClock};
use crate::import::compose::Composer;
use crate::import::convert::{Converted, TextMaker};
use crate::import::desk::{DeskBook, book_toml};
use crate::import::fields::{self, HeadGround};
use crate::import::finder::Shelf;
use crate::import::job::{AuthorsAs, ImportJob, Step};
use crate::import::kind::detect;
use crate::import::plan::{Becomes, MovePlan, PlanCard};
use crate::import::post::{Post, Sort};
use crate::import::proof::{NewFile, Proof};
use crate::import::register::register;
use crate::import::registry;
use crate::import::remark::{Construct, Remark};
use crate::import::shelve::BookShelf;
use crate::import::text::Converter;
use crate::import::text::html::FromHtml;
use crate::parallel;
use crate::parse::config::Config;

/// How many texts are in memory at a time.
const CHUNK: usize = 256;

/// Makes or renews a book out of an archive, and says what became of it.
pub fn import(job: &ImportJob<'_>, tell: &dyn Fn(Step)) -> anyhow::Result<Account> {
    let kind = job.kind.map_or_else(|| detect(job.from), Ok)?;
    tell(Step::Reading);
    if kind.is_registry() {
        return register(job, kind, tell);
    }
    let archive = OldArchive::open(kind, job.from, &job.map, wire_clock(job)?)?;
    let book = ImportedBook::at(job.to, job.is_dry)?;
    let desk = DeskBook::at(job, &book, archive.site())?;
    let fetcher = job.fetches_images.then(|| Fetcher::new(job.to)).transpose()?;
    let mut work = ImportRun {
        job,
        archive: &archive,
        out: BookShelf::new(book, &desk.src, &archive.folder.root),
        desk,
        fetcher,
        plan: MovePlan::default(),
        shelf: Shelf::default(),
    };
    work.out.account.say_of("settings", archive.site().remarks.clone());
    work.first_pass()?;
    work.settle();
    tell(Step::Converting(work.plan.cards.len()));
    work.second_pass(tell)?;
    work.beside()?;
    let BookShelf { mut account, mut book, .. } = work.out;
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

struct ImportRun<'a> {
    job: &'a ImportJob<'a>,
    archive: &'a OldArchive,
    desk: DeskBook,
    out: BookShelf,
    fetcher: Option<Fetcher>,
    plan: MovePlan,
    shelf: Shelf,
}

impl<'a> ImportRun<'a> {
    fn ground(&self) -> HeadGround<'a> {
        HeadGround { site: self.archive.site(), map: &self.job.map, now: self.job.now }
    }

    /// Finds out which texts there are and where each goes.
    fn first_pass(&mut self) -> anyhow::Result<()> {
        for file in &self.archive.folder.files {
            self.shelf.add_file(&file.path);
        }
        let archive = self.archive;
        archive.each(&mut |taken| {
            self.out.account.tally.posts += 1;
            match taken {
                Ok(post) => self.plan_post(post),
                Err(remark) => {
                    self.out.account.tally.left_out += 1;
                    self.out.account.say(&remark);
                }
            }
            Ok(())
        })
    }

    /// Says where a text goes, and puts it where links find it.
    fn plan_post(&mut self, mut post: Post) {
        let ground = self.ground();
        let head = fields::read(&post, &ground, &mut Vec::new());
        if let (Some(since), Some(date)) = (self.job.since, &head.date)
            && date.day < since
        {
            post.sort = Sort::Nothing(Construct::TooOld);
        }
        let mut remarks = Vec::new();
        self.plan.add(&post, &head, &self.desk.src, &mut remarks);
        self.out.account.say_of(&post.file, remarks);
        let card = self.plan.cards.last().expect("one was just added");
        let tally = &mut self.out.account.tally;
        if card.becomes == Becomes::Nothing {
            tally.left_out += 1;
            return;
        }
        tally.addresses += distinct(&post.addresses);
        let mut names = post.names.clone();
        names.push(head.title.clone());
        names.extend(head.aliases.iter().cloned());
        // What readers cannot see yet, or any more, nothing may link to.
        let zone = ground.site.time_zone();
        let is_over = head.expires.as_deref().and_then(|it| Moment::parse(it, &zone));
        let is_hidden = head.is_draft
            || head.embargo.is_some()
            || is_over.is_some_and(|it| it.instant <= ground.now);
        if !is_hidden {
            self.shelf.add(&card.path, &post.file, &post.addresses, &names);
        }
    }

    /// Lets the pipeline lay out all addresses, and gives up those that two would have.
    fn settle(&mut self) {
        let beside = self.storylines();
        let mut plan = std::mem::take(&mut self.plan);
        let proof = self.proof(&beside);
        let remarks = plan.settle(&proof, &self.desk.own);
        self.plan = plan;
        self.out.account.say_of("", remarks);
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
                self.out.account.say(&Remark::in_file(
                    "feeds",
                    Construct::OldFeed,
                    address,
                ));
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
        let made = self.convert(posts, html);
        let mut files = Vec::with_capacity(made.len());
        let mut assets: BTreeMap<String, String> = BTreeMap::new();
        let mut targets = BTreeSet::new();
        for (Converted { text, new }, (post, card)) in made.into_iter().zip(posts) {
            let tally = &mut self.out.account.tally;
            tally.links += new.led.links;
            tally.links_kept += new.led.links_kept;
            tally.pictures += new.led.pictures;
            tally.pictures_kept += new.led.pictures_kept;
            self.out.account.say_of(&post.file, new.remarks);
            assets.extend(new.wants.files.into_iter().map(|(from, to)| (to, from)));
            targets.extend(new.wants.targets);
            let (path, from) = (card.path.clone(), post.file.clone());
            files.push(NewFile { path, text, from });
        }
        let assets: Vec<(String, String)> =
            assets.into_iter().filter(|(to, from)| self.out.may_copy(to, from)).collect();
        let own: BTreeSet<&str> = files.iter().map(|it| it.path.as_str()).collect();
        targets.retain(|it: &String| !it.is_empty() && !own.contains(it.as_str()));
        let targets: Vec<&str> = targets.iter().map(String::as_str).collect();
        let names: Vec<&str> = assets.iter().map(|it| it.0.as_str()).collect();
        let mut beside = self.storylines();
        beside.extend(self.tag_pages(&files));
        let remarks = self.proof(&beside).mend(&mut files, &targets, &names);
        self.lost_to_proof(&remarks);
        self.out.account.say_of("", remarks);
        self.out.write(&files)?;
        self.out.copy(&assets);
        let lines = self.out.account.take_lines();
        self.out.book.report(&lines)
    }

    /// The files of texts, before they have been through the pipeline.
    fn convert(&self, posts: &[(Post, PlanCard)], html: &FromHtml) -> Vec<Converted> {
        let roots = self.archive.roots();
        let converter = Converter { html, map: &self.job.map, tags: self.archive.tags() };
        let maker = TextMaker {
            ground: self.ground(),
            converter,
            shelf: &self.shelf,
            plan: &self.plan,
            roots: &roots,
            fetcher: self.fetcher.as_ref(),
        };
        parallel::map(posts, |(post, card)| maker.convert(post, card))
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
        let tally = &mut self.out.account.tally;
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

    /// What stands beside the texts: settings, storylines, those who write.
    fn beside(&mut self) -> anyhow::Result<()> {
        if !self.desk.has_settings || self.out.book.wrote("book.toml") {
            let text = if self.desk.has_settings {
                book_toml(self.archive.site())
            } else {
                self.desk.settings.clone()
            };
            let placed = self.out.book.put("book.toml", &text)?;
            self.out.placed(placed, "book.toml", "settings");
        }
        let mut files = self.storylines();
        if self.job.authors == AuthorsAs::Entities && !self.archive.is_wire() {
            files.append(&mut self.authors());
        }
        let remarks = self.proof(&[]).mend(&mut files, &[], &[]);
        self.out.account.say_of("", remarks);
        self.out.write(&files)?;
        if self.archive.is_wire() {
            return Ok(()); // what other copy brought is still there
        }
        let vanished: Vec<String> =
            self.out.book.vanished().into_iter().map(str::to_owned).collect();
        for path in vanished {
            let remark = Remark::in_file(&path, Construct::Vanished, &path);
            self.out.account.say(&remark);
        }
        Ok(())
    }

    /// The entities of those who write.
    fn authors(&mut self) -> Vec<NewFile> {
        let cards = self.plan.cards.iter().map(|it| it.path.as_str());
        let own = self.desk.own.iter().map(|it| it.path.as_str());
        let taken: BTreeSet<&str> = cards.chain(own).collect();
        let (files, remarks) = registry::authors(
            &self.plan.authors,
            self.archive.site(),
            &self.desk.src,
            |path| taken.contains(path),
        );
        self.out.account.say_of("authors", remarks);
        files
    }
}

fn distinct(addresses: &[String]) -> usize {
    addresses
        .iter()
        .filter(|it| !it.trim_matches('/').is_empty())
        .collect::<BTreeSet<_>>()
        .len()
}

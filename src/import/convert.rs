//! An old text as a file of the book: its head, its picture, its words.

use crate::disk::Fetcher;
use crate::import::compose::{self, BriefParts, Composer};
use crate::import::fields::{self, HeadGround, NewHead, OldPicture};
use crate::import::finder::{Finder, PictureAt, Shelf};
use crate::import::plan::{Becomes, MovePlan, PlanCard};
use crate::import::post::Post;
use crate::import::remark::{Construct, Remark};
use crate::import::text::{Converter, NewText};
use crate::slug::Slug;

/// What the conversion of every text shares.
pub(crate) struct TextMaker<'a> {
    pub(crate) ground: HeadGround<'a>,
    pub(crate) converter: Converter<'a>,
    pub(crate) shelf: &'a Shelf,
    pub(crate) plan: &'a MovePlan,
    pub(crate) roots: &'a [String],
    pub(crate) fetcher: Option<&'a Fetcher>,
}

/// A text as a file of the book.
pub(crate) struct Converted {
    pub(crate) text: String,
    pub(crate) new: NewText,
}

impl TextMaker<'_> {
    /// The file of a text.
    pub(crate) fn convert(&self, post: &Post, card: &PlanCard) -> Converted {
        let mut remarks = post.remarks.clone();
        let mut head = fields::read(post, &self.ground, &mut remarks);
        let finder = Finder {
            site: self.ground.site,
            shelf: self.shelf,
            folder: &post.folder,
            address: post.addresses.first().map(String::as_str),
            here: &card.path,
            roots: self.roots,
            fetcher: self.fetcher,
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
        PictureAt::Remote { url, why: None } => {
            (None, Some(Remark::of(Construct::RemotePicture, &url)))
        }
        PictureAt::Remote { url, why: Some(why) } => {
            let what = format!("{url}: {why}");
            (None, Some(Remark::of(Construct::NotFetched, &what)))
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
    compose::extra(&mut out, &head.extra);
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
    compose::extra(&mut out, &head.extra);
    out.file(body)
}

//! What an import changed or could not take over, place by place, and what to do about it.

use serde::Serialize;

/// One place of an old archive that is not in the book as it was.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Remark {
    /// The file in the archive, or the item of an export.
    pub(crate) file: String,
    /// The line in it, from 1; absent where it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) line: Option<usize>,
    /// What kind of thing it is.
    pub(crate) construct: Construct,
    /// Which one: the tag, the key, the address.
    pub(crate) what: String,
}

impl Remark {
    /// A remark whose file is filled in by whoever knows it.
    pub(crate) fn of(construct: Construct, what: &str) -> Remark {
        Remark { file: String::new(), line: None, construct, what: short(what) }
    }

    /// A remark about a file, or about an item of an export.
    pub(crate) fn in_file(file: &str, construct: Construct, what: &str) -> Remark {
        Remark { file: file.to_owned(), ..Remark::of(construct, what) }
    }
}

/// A text cut to what fits into a line of a report.
fn short(what: &str) -> String {
    let line = what.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(300) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

macro_rules! constructs {
    ($($name:ident, $word:literal, $what:literal, $then:literal;)*) => {
        /// A kind of thing that an import has something to say of.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub(crate) enum Construct {
            $(#[doc = $what] #[serde(rename = $word)] $name,)*
        }

        impl Construct {
            /// The word in `import-report.jsonl`, what happened, and what is left to do.
            pub(crate) fn entry(self) -> (&'static str, &'static str, &'static str) {
                match self { $(Construct::$name => ($word, $what, $then),)* }
            }
        }
    };
}

// What cost something comes first: the report keeps this order.
constructs! {
    BrokenFile, "broken-file", "Files that could not be read; they are not in the book",
        "Look at the file; save it as text and import again.";
    NoText, "not-a-text", "Files that hold no text of the kind; they were left alone",
        "Nothing, unless you miss one.";
    NoDate, "no-date", "Posts without a date; they became pages",
        "Give the page a date and move it to `content/briefs/`, or leave it.";
    DraftDay, "draft-day", "Drafts without a date; they are briefs of 1 January 2000 with `draft: true`",
        "Give each its day before you publish it.";
    TooOld, "too-old", "Posts older than `--since`; they were left out", "Nothing.";
    Unpublished, "unpublished", "Items that were never meant for readers; they were left out",
        "Nothing, unless you miss one.";
    LostAddress, "lost-address", "Old addresses that the book cannot answer",
        "Redirect them at your web host if they still have readers.";
    OldFeed, "old-feed", "Addresses of old feeds",
        "Redirect them to `/feed.xml` at your web host, so that no subscriber is lost.";
    DeadLink, "dead-link", "Links within the old site that lead nowhere in the book; the words stayed",
        "Link to what you meant, or leave the words.";
    DeadAnchor, "dead-anchor", "Links to a heading that the page does not have; they lead to the page",
        "Name the heading, or leave it.";
    MissingPicture, "missing-picture", "Pictures that the archive does not have; their description stayed as words",
        "Put the file into `static/` and write `![…](/file.jpg)`.";
    MissingAsset, "missing-file", "Other files that the archive does not have; the words stayed",
        "Put the file into `static/` and link to it.";
    RemotePicture, "remote-picture", "Pictures on other sites; they became links, for a site of Dateline asks nothing of other hosts",
        "Save those you may use into `static/` and write `![…](/file.jpg)`.";
    OtherCase, "other-case", "Files whose names are in other capitals, or other accents, than the links to them; mended", "Nothing.";
    RefusedAsset, "refused-file", "Files that a site cannot hold under their name; they were not copied",
        "Rename the file, put it into `static/`, and link to it.";
    UnknownTag, "unknown-tag", "Tags and shortcodes that nothing is known of; they were taken out, the text inside stayed",
        "Give each a line under `[tags]` in a file for `--map`, and import again.";
    KnownTag, "known-tag", "Tags and shortcodes that became Markdown", "Look at one of each.";
    Script, "script", "Programs, styles and forms in texts; taken out", "Nothing, unless a text needs it.";
    Embed, "embed", "Frames and players of other sites; they became links", "Nothing: the reader opens them there.";
    Html, "html", "HTML that has no Markdown; the tags were taken out, the words stayed", "Look at one of each.";
    Gallery, "gallery", "Galleries; they became one picture after the other, where the files were there", "Look at one.";
    MarkupAttribute, "attribute", "Attributes for styles (`{: .class}`); taken out", "Nothing.";
    Excerpt, "excerpt", "Marks for an excerpt (`<!--more-->`); a paragraph of plain text before one became the `summary`", "Look at one.";
    NotFetched, "not-fetched", "Pictures on other sites that could not be fetched; they became links", "Import again when the other site answers.";
    Position, "picture-position", "Pictures that told where or with which camera they were taken; the copies do not", "Nothing; `sha256sum` of the two differs.";
    Comment, "comment", "Comments that readers never saw; taken out", "Nothing.";
    Callout, "callout", "Callouts; they became those of Markdown, `> [!NOTE]`, with a title of their own in bold", "Nothing.";
    BlockId, "block-id", "Ids of blocks; taken out", "Nothing.";
    Query, "query", "Queries that a program filled in; taken out", "Write down what they showed, if a text needs it.";
    DoubledTitle, "doubled-title", "Headings at the start that repeat the headline; taken out", "Nothing.";
    DoubledKey, "doubled-key", "Keys that stood twice in a head; the last one was taken", "Look whether that is the right one.";
    BrokenHead, "broken-head", "Heads that were not well formed; read line by line", "Look at the front matter of each.";
    OddDate, "odd-date", "Dates that could be read in two ways, or not at all", "Look at the date of each.";
    OddValue, "odd-value", "Values that do not fit their key; left out", "Write the value as the manual says.";
    ExtraKey, "extra-key", "Keys that Dateline makes nothing of; they are under `extra`, where templates find them",
        "Nothing, or name the key of ours under `[keys]` in a file for `--map`.";
    MergedTag, "merged-tag", "Tags of different spelling that have one address; they became one tag", "Rename one if they are not the same.";
    MovedAddress, "moved-address", "Briefs of one day with one name; the second got a number", "Nothing.";
    Encoding, "encoding", "Files that were not UTF-8; read as what browsers take them for", "Look at the accents of each.";
    ControlCharacters, "control-characters", "Characters that no page may hold; taken out", "Nothing.";
    Mended, "mended", "Places that Dateline would refuse; mended or taken out", "Look at each.";
    NoEntity, "no-entity", "Authors whose names are too short to be found in texts; they stayed text",
        "Make the entities that you want with `dateline new entity`.";
    OfferedEntity, "offered-entity", "Collections and folders that look like a registry; their files became pages",
        "Give each a line under `[entities]` in a file for `--map`, and import again.";
    MergedEntity, "merged-entity", "Entities of one name; they became one", "Look whether they are one.";
    Homonym, "homonym", "People of one name; the year of birth went into the slug", "Nothing.";
    JoinedTerms, "joined-terms", "Terms of one office that follow each other; they became one role", "Nothing.";
    NoName, "no-name", "Records without a name or a kind; they were left out", "Add the name where the record comes from.";
    Decide, "decide", "Things that an editor must decide", "Look at each.";
    Edited, "edited", "Files that you have edited and that have changed in the archive too; yours stayed",
        "Compare the two and take over what you want.";
    Deleted, "deleted", "Files that you have deleted; they were not made again", "Nothing.";
    Vanished, "vanished", "Files whose source is no longer in the archive; they stayed", "Delete them if they should go.";
    InTheWay, "in-the-way", "Files of your book that lie where the import wanted to write; yours stayed", "Rename yours and import again.";
}

//! Every check that can speak, with its entry in the manual.

use Severity::{Error, Warning};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Not reported.
    Off,
    /// Reported, and nothing more.
    Warning,
    /// Reported; the book is neither built nor published.
    Error,
}

impl Severity {
    /// The word for people and programs.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Off => "off",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// The severity of that word.
    pub fn from_word(word: &str) -> Option<Severity> {
        [Severity::Off, Severity::Warning, Severity::Error]
            .into_iter()
            .find(|severity| severity.word() == word)
    }
}

/// What the manual says of a rule; each text is one or more whole sentences.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The rule.
    pub rule: Rule,
    /// The name, in kebab case.
    pub name: &'static str,
    /// How much a finding weighs unless book.toml says otherwise.
    pub severity: Severity,
    /// What the rule finds.
    pub what: &'static str,
    /// Why that is worth a word.
    pub why: &'static str,
    /// What to do.
    pub instead: &'static str,
}

/// Makes the rules and the table of their entries from one list, so that a rule stands in
/// one place: a function cannot add a variant to an enum. What a rule finds is its doc
/// comment.
macro_rules! rules {
    ($(
        #[doc = $what:literal]
        $rule:ident = $name:literal, $severity:ident,
            why $why:literal,
            instead $instead:literal;
    )*) => {
        /// A check. Its name is public for ever: books set severities by it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = $what] $rule,)*
        }

        impl Rule {
            /// Every rule, by name.
            pub const ALL: &'static [Rule] = &[$(Rule::$rule),*];
        }

        /// The manual, in the order of [`Rule::ALL`].
        const ENTRIES: &[Entry] = &[$(Entry {
            rule: Rule::$rule,
            name: $name,
            severity: $severity,
            what: $what.trim_ascii(),
            why: $why,
            instead: $instead,
        }),*];
    };
}

// Sorted by name. After a change run the tests with SNAPSHOTS=overwrite, which writes
// docs/rules.md and the schema of book.toml anew.
rules! {
    /// A numeric date can be read two ways, or is not in the calendar.
    AmbiguousDate = "ambiguous-date", Warning,
        why "`8/7` is the seventh of August to one reader and the eighth of July to the next.",
        instead "Write the month as a word, write the date as `2025-08-07`, or set `date-order` in book.toml.";
    /// A name belongs to more than one entity, so it links to none of them.
    AmbiguousName = "ambiguous-name", Warning,
        why "A wrong link is worse than no link.",
        instead "Say which one you mean: for the whole book under `[names]` in book.toml, for one brief under `mentions:` in its front matter, in one place with `[[slug|the words]]`.";
    /// A value should be a web address and is not one.
    BadAddress = "bad-address", Error,
        why "A link that no browser can follow helps nobody.",
        instead "Write the whole address, beginning with `https://`.";
    /// A slug, permalink, tag or file name cannot be part of an address.
    BadSlug = "bad-slug", Error,
        why "A path that leads out of the site, a name that Windows reserves, or one of more than 200 bytes breaks the site for somebody.",
        instead "Use lower-case letters, digits and single hyphens.";
    /// A value has the right type but is not one of those allowed.
    BadValue = "bad-value", Error,
        why "The page would say something the desk did not mean.",
        instead "Use one of the values that the help lists.";
    /// A link leads to a page of the book and to a place there that does not exist.
    BrokenAnchor = "broken-anchor", Warning,
        why "Readers would land at the top of the page and look for what was meant.",
        instead "Write the words of the heading in lower case with hyphens, or `#note-name` for a footnote.";
    /// A link names a file of the book that does not exist.
    BrokenLink = "broken-link", Error,
        why "Readers would land on a page that is not there.",
        instead "Name the file by its path from this one, or write `[[Title]]`.";
    /// A picture holds the serial number of a camera or a lens.
    CameraSerial = "camera-serial", Warning,
        why "All pictures of one camera can be told to be one person's.",
        instead "Take it out of the file, with the command that the help shows.";
    /// `cname` and `site-url` name different hosts.
    CnameMismatch = "cname-mismatch", Warning,
        why "Readers find the site at the one, and its feeds and canonical links lead to the other.",
        instead "Give both the host that readers are to see.";
    /// A key that takes a list has one text with commas.
    CommaList = "comma-list", Warning,
        why "It would be one name, one source or one tag.",
        instead "Write a list: `[Ada Holm, Ben Ito]`.";
    /// Two findings of one claim differ and are of the same time.
    ConflictingFindings = "conflicting-findings", Warning,
        why "Nothing says which of them is the newer, so readers may be told the older one.",
        instead "Give the later brief a time of day, or correct one of the findings.";
    /// A party says and denies the same claim in one text.
    ContraryStances = "contrary-stances", Warning,
        why "Usually one of the two belongs to somebody else, or the party changed its mind on another day.",
        instead "Correct the party, or give the footnote the day of its stance with `on`.";
    /// A text contains a control character that HTML and XML forbid.
    ControlCharacter = "control-character", Error,
        why "Feed readers reject a whole feed for one such character.",
        instead "Delete the character; it often comes along with copied text.";
    /// The words of an annotation begin inside emphasis and end outside, or the other way round.
    CrossingAnchor = "crossing-anchor", Warning,
        why "HTML cannot mark such a stretch: the note would stand at a point, and its brackets would be printed.",
        instead "Put both brackets inside the emphasis, or both outside.";
    /// The book has more pages at the top than its navigation has by itself.
    CrowdedNav = "crowded-nav", Warning,
        why "Each would stand on every page of the site; those beyond the first 20 are left out.",
        instead "List what is to be in the navigation as `[[nav]]` in book.toml, or put pages into folders.";
    /// A text ends where YAML begins a comment, as in `title: Local #5 strikes`.
    CutText = "cut-text", Warning,
        why "The rest of the text would silently go missing.",
        instead "Put the text in quotes, or put a space after `#` if it is a comment.";
    /// A key is given twice in one table.
    DoubledKey = "doubled-key", Error,
        why "Only one of the two values can hold, and nothing says which.",
        instead "Delete one of them.";
    /// The same paragraph appears twice in a row.
    DuplicateParagraph = "duplicate-paragraph", Warning,
        why "Wire copy often carries a caption twice.",
        instead "Delete one of the two.";
    /// A footnote is defined and has no text.
    EmptyFootnote = "empty-footnote", Warning,
        why "Readers would open a note that says nothing.",
        instead "Write the note behind the colon, or delete it and its references.";
    /// A picture names no file, as in `![]()`.
    EmptyImage = "empty-image", Warning,
        why "Nothing would appear where a picture was meant.",
        instead "Put the picture under `image:` in the front matter with `file`, `alt`, `caption` and `credit`, and delete the line.";
    /// A link has no words, as in `[](https://example.org)`.
    EmptyLink = "empty-link", Warning,
        why "There is nothing to click, and nothing to read aloud.",
        instead "Write the words between the brackets.";
    /// The name or alias of an entity is an everyday word: `The`, `It`, `Mr`.
    EverydayName = "everyday-name", Warning,
        why "It would link wherever a sentence has the word.",
        instead "Give the entity a longer name, or link it by hand: `[[slug|words]]`.";
    /// The YAML between the `---` lines is missing, not closed, too long, or not well formed.
    FrontMatter = "front-matter", Error,
        why "It is where the headline and the date come from.",
        instead "Begin the file with `---`, write one `key: value` a line, and close with another `---`.";
    /// The `date` of a brief has not come.
    FutureDate = "future-date", Warning,
        why "The brief is published all the same, and stands above all others until its day.",
        instead "Correct the day, or hold the brief back with `embargo`.";
    /// A finding is dated to a day that has not come.
    FutureFinding = "future-finding", Warning,
        why "The desk cannot have found it yet; the finding is left out until its day.",
        instead "Correct the date.";
    /// It cannot be told when a brief may be published, for its day, `draft`, `embargo` or `expires` cannot be read.
    HeldBrief = "held-brief", Error,
        why "Published under a wrong day or before its time it could not be called back; so it never is, and no setting changes that.",
        instead "Mend these keys in its front matter.";
    /// Front matter contains an entity of HTML, such as `&#8217;`.
    HtmlEntity = "html-entity", Warning,
        why "Front matter is plain text, so readers would see the entity and not the sign it stands for.",
        instead "Write the sign itself.";
    /// A picture has no `alt` text.
    MissingAlt = "missing-alt", Warning,
        why "Readers who cannot see the picture would learn nothing from it.",
        instead "Describe in a few words what the picture shows.";
    /// A file named in the front matter or in book.toml is not in `static/`.
    MissingFile = "missing-file", Error,
        why "The page would show a broken picture, or lack its style.",
        instead "Add the file, or name one that is there.";
    /// A required key is missing.
    MissingKey = "missing-key", Error,
        why "A brief needs a headline and a date, an entity a name and a kind.",
        instead "Add the key to the front matter.";
    /// The words of a claim are nearly those of another claim.
    NearClaim = "near-claim", Warning,
        why "Two sentences that should be one claim split its history, and a denial written as a claim of its own reads as if somebody claimed it.",
        instead "Write the same sentence in both places, or the slug of its file; for a denial write `denied-by` under the claim that is denied.";
    /// A name matches no entity but comes very close to one.
    NearName = "near-name", Warning,
        why "One wrong letter costs the link and the backlink.",
        instead "Write the name as the registry has it, if that is the one you mean.";
    /// A footnote is defined inside another one.
    NestedFootnote = "nested-footnote", Error,
        why "Markdown ends the outer note there, so the rest of it would appear in the inner one.",
        instead "Begin each definition at the margin; one note may refer to another.";
    /// A claim is written as in version 0.1.0: a status with a speaker, and no sentence.
    OldClaim = "old-claim", Error,
        why "Its status stood beside words of whoever spoke last, so that a denial could be printed as confirmed.",
        instead "Write what is claimed as one full sentence, who says or denies it, and what the desk finds; see docs/upgrading.md.";
    /// Two pages would have the same address, or addresses that differ only in capitals or in how accents are encoded.
    PathClash = "path-clash", Error,
        why "One would overwrite the other, on some disks without a word.",
        instead "Give one of them another `slug`.";
    /// A picture says where it was taken.
    PicturePosition = "picture-position", Error,
        why "It can lead to a source, or to where somebody lives.",
        instead "Take the position out of the file, with the command that the help shows.";
    /// A text contains HTML, which is left out.
    RawHtml = "raw-html", Warning,
        why "HTML in a text can run programs in the reader's browser.",
        instead "Write it in Markdown, or set `raw-html = \"sanitize\"` in book.toml.";
    /// A picture, sound or film is on another site.
    RemotePicture = "remote-picture", Warning,
        why "A page loads nothing from other sites, which would learn who reads it; a link stands in its place.",
        instead "Put the file into static/ and name it by its path there.";
    /// A script of the settings is on another site.
    RemoteScript = "remote-script", Warning,
        why "It can read and change every page, and its host learns what each reader reads.",
        instead "Put the script into static/, or say with `remote-script = \"off\"` that you trust its host.";
    /// A range of dates ends before it begins.
    RoleDates = "role-dates", Warning,
        why "The role, name or relation would never hold.",
        instead "Swap the two dates.";
    /// book.toml is not valid TOML.
    Settings = "settings", Error,
        why "None of its settings can be read, so the book would come out with the defaults.",
        instead "Fix the line that the finding points at; see docs/settings.md for every key.";
    /// A text gives somebody a title that the registry dates to another time.
    StaleRole = "stale-role", Warning,
        why "Old titles creep in with wire copy.",
        instead "Write the title held that day, or correct the dates of the role in the entity's file.";
    /// Brackets look like a link or a note and are printed as they are.
    StrayBrackets = "stray-brackets", Warning,
        why "A caret or an address gone missing turns a link or a note into plain text.",
        instead "Write `[words][^name]` for a note and `[words](address)` for a link; `\\[` prints a bracket.";
    /// Asterisks were meant to make words stand out and are printed instead.
    StrayEmphasis = "stray-emphasis", Warning,
        why "Markdown wants a space or a sign outside the asterisks where one is inside, which scripts without spaces do not have.",
        instead "Move signs such as `「」` outside the asterisks, or put spaces around them; `\\*` prints an asterisk.";
    /// A file lies where nothing reads it: a picture beside a text, or a name with an ending that no text or no template has.
    StrayFile = "stray-file", Warning,
        why "It would be missing from the site, and nothing would say so.",
        instead "Give a text the ending `.md` and a template `.html`; put pictures and other files into static/.";
    /// Two tags with different words have one address.
    TagClash = "tag-clash", Warning,
        why "Their briefs would be on one page under the words of one of them.",
        instead "Write the tag the same way everywhere, or choose words that differ in letters.";
    /// A template cannot be read or rendered.
    Template = "template", Error,
        why "The page cannot be made, so this is an error whatever `[rules]` says.",
        instead "Fix the template at the place shown, or delete it to go back to the theme's.";
    /// A text ends with a byline, as wire copy does.
    TrailingByline = "trailing-byline", Warning,
        why "Names at the end of a text appear in no list and no feed.",
        instead "Move the names to `by:` and the sources to `sources:` in the front matter, and delete the line.";
    /// A footnote is used but never defined.
    UndefinedFootnote = "undefined-footnote", Error,
        why "The note that backs up the words is lost.",
        instead "Add `[^name]: …` at the end of the file.";
    /// A name or alias can never be found in a text: `C++`, `X`, `#MeToo`, `@home`.
    UnfindableName = "unfindable-name", Warning,
        why "Names of fewer than two letters or digits are not looked for, and none in handles and hashtags.",
        instead "Give the entity an alias that texts can have, or link it by hand: `[[slug|words]]`.";
    /// A claim is named by a slug that no claim has.
    UnknownClaim = "unknown-claim", Error,
        why "The stance would be on no page but this one, and nobody could tell what was said or denied.",
        instead "Write the slug of a file in content/claims/, or the claim itself as one full sentence.";
    /// A name in `[[ ]]`, under `mentions:` or in a relation matches no entity.
    UnknownEntity = "unknown-entity", Error,
        why "The link would lead nowhere.",
        instead "Write the name as the registry has it, or add a file for it under content/entities/.";
    /// A key is not one that Dateline knows.
    UnknownKey = "unknown-key", Error,
        why "A misspelled key would be ignored without a word.",
        instead "Use the key that the help names, or delete the line.";
    /// A brief names a storyline that has no file.
    UnknownStoryline = "unknown-storyline", Error,
        why "The brief would be missing from the story it belongs to.",
        instead "Add the file under content/storylines/, or write the slug of one that exists.";
    /// A file cannot be used: it is not UTF-8, contains a NUL byte, is a link or a device, is too large, only stands for a file of Git LFS, or is not a picture although its name says so.
    UnreadableFile = "unreadable-file", Error,
        why "A link could bring in anything on the machine, and text in another encoding would come out garbled.",
        instead "Save the file as UTF-8; where there is a link, put a copy of the file.";
    /// A footnote is defined but never used.
    UnreferencedFootnote = "unreferenced-footnote", Warning,
        why "The note would not appear anywhere.",
        instead "Put `[^name]` after the words it belongs to, or delete it.";
    /// A link could run a program: its scheme is `javascript:`, `data:` or another that a page may not use.
    UnsafeLink = "unsafe-link", Error,
        why "It could act in the reader's name.",
        instead "Link to an `https:` address, a file of the book, or an entity.";
    /// A claim has a file, and no text refers to it.
    UnusedClaim = "unused-claim", Warning,
        why "Its page would show no words of any brief.",
        instead "Write its slug behind `claim:` in a footnote, or delete the file.";
    /// A brief was updated before the day it carries.
    UpdatedBeforeDate = "updated-before-date", Warning,
        why "Feeds and search engines would be told of a change that cannot have happened.",
        instead "Correct `updated` or `date`, whichever is wrong.";
    /// A value is not of the type its key calls for.
    WrongType = "wrong-type", Error,
        why "A date that is not a date, or a list where a single text belongs, cannot be shown.",
        instead "Write the value as the help shows.";
}

impl Rule {
    /// The name, in kebab case.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The entry in the manual.
    pub fn entry(self) -> &'static Entry {
        // The list that makes the variants makes the table, in the same order.
        &ENTRIES[self as usize]
    }

    /// The entry as `--explain` prints it.
    pub fn explain(self) -> String {
        let Entry { name, severity, what, why, instead, .. } = self.entry();
        let severity = severity.word();
        format!(
            "{name} ({severity})\n\nWhat     {what}\nWhy      {why}\nInstead  {instead}\n"
        )
    }

    /// docs/rules.md: every entry, by name.
    pub fn manual() -> String {
        let mut manual = MANUAL.to_owned();
        for Entry { name, severity, what, why, instead, .. } in ENTRIES {
            let severity = match severity {
                Severity::Off => "Off",
                Severity::Warning => "Warning",
                Severity::Error => "Error",
            };
            manual += &format!(
                "\n## {name}\n\n{severity}. {what}\n\nWhy: {why}\n\nInstead: {instead}\n"
            );
        }
        manual
    }
}

const MANUAL: &str = r#"# Rules

Everything Dateline reports, by name. `[rules]` in `book.toml` sets how much a finding weighs: an `"error"` keeps the book from being built
or published, a `"warning"` does not, and `"off"` says nothing. `dateline check --explain RULE` prints an entry.
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_sorted_by_name_and_each_has_its_own_entry() {
        let names: Vec<_> = Rule::ALL.iter().map(|rule| rule.name()).collect();
        assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
        for rule in Rule::ALL {
            assert_eq!(rule.entry().rule, *rule);
        }
    }

    #[test]
    fn an_entry_is_made_of_whole_sentences() {
        for entry in ENTRIES {
            for text in [entry.what, entry.why, entry.instead] {
                let name = entry.name;
                let is_begun = text.starts_with(|c: char| c.is_uppercase() || c == '`')
                    || text.starts_with("book.toml");
                assert!(is_begun && text.ends_with('.'), "{name}: {text}");
            }
        }
    }

    #[test]
    fn the_manual_of_rules_is_the_one_in_docs() {
        snapbox::assert_data_eq!(
            Rule::manual(),
            snapbox::file!["../../docs/rules.md"].raw()
        );
    }
}

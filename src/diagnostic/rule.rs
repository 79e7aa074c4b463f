//! Every check that can speak, with its entry in the manual.

/// A check. Its name is public for ever: books set severities by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// A numeric date can be read in two ways, or lacks the order that decides.
    AmbiguousDate,
    /// A name belongs to more than one entity, so it links to none.
    AmbiguousName,
    /// A slug, permalink or file name cannot be a part of an address.
    BadSlug,
    /// A value has the right type but is not one of those that are allowed.
    BadValue,
    /// A link names a file of the book that does not exist.
    BrokenLink,
    /// A text holds a control character that HTML and XML forbid.
    ControlCharacter,
    /// The words of one annotation begin inside those of another and end outside.
    CrossingAnchor,
    /// A key is given twice in one table.
    DoubledKey,
    /// A paragraph stands twice in a row.
    DuplicateParagraph,
    /// A picture has no file, as in `![]()`.
    EmptyImage,
    /// The YAML between the `---` lines is missing, unclosed, too large, or not well formed.
    FrontMatter,
    /// A date in the text lies after the day of the brief, and the words do not say so.
    FutureDate,
    /// A picture has no `alt` text.
    MissingAlt,
    /// A file named in front matter or settings is not in `static/`.
    MissingFile,
    /// A key that must be there is not.
    MissingKey,
    /// A name is no entity but very nearly one.
    NearName,
    /// Two pages would have the same address, also when capitals or the form of accents are ignored.
    PathClash,
    /// A text holds HTML, which is left out.
    RawHtml,
    /// A date range ends before it begins.
    RoleDates,
    /// A text gives somebody a title that the registry dates to another time.
    StaleRole,
    /// A template cannot be read or rendered.
    Template,
    /// A text ends with a byline, as in wire copy.
    TrailingByline,
    /// A footnote is referred to and not defined.
    UndefinedFootnote,
    /// A name written in `[[ ]]`, in `mentions:` or as a relation is no entity's.
    UnknownEntity,
    /// A key is not one that Dateline knows.
    UnknownKey,
    /// A storyline has no file.
    UnknownStoryline,
    /// A file cannot be taken: it is no UTF-8, holds a NUL, is a link or a device, or is too large.
    UnreadableFile,
    /// A footnote is defined and never referred to.
    UnreferencedFootnote,
    /// A link has a scheme that can run a program, such as `javascript:` or `data:`.
    UnsafeLink,
    /// A value is not of the type that its key wants.
    WrongType,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Not reported.
    Off,
    /// Reported; `build` writes all the same, `check` exits with 1.
    Warning,
    /// Reported; `build` does not write.
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

/// What the manual says of a rule.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
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

impl Rule {
    /// Every rule, by name.
    pub const ALL: &'static [Rule] = &[
        Rule::AmbiguousDate,
        Rule::AmbiguousName,
        Rule::BadSlug,
        Rule::BadValue,
        Rule::BrokenLink,
        Rule::ControlCharacter,
        Rule::CrossingAnchor,
        Rule::DoubledKey,
        Rule::DuplicateParagraph,
        Rule::EmptyImage,
        Rule::FrontMatter,
        Rule::FutureDate,
        Rule::MissingAlt,
        Rule::MissingFile,
        Rule::MissingKey,
        Rule::NearName,
        Rule::PathClash,
        Rule::RawHtml,
        Rule::RoleDates,
        Rule::StaleRole,
        Rule::Template,
        Rule::TrailingByline,
        Rule::UndefinedFootnote,
        Rule::UnknownEntity,
        Rule::UnknownKey,
        Rule::UnknownStoryline,
        Rule::UnreadableFile,
        Rule::UnreferencedFootnote,
        Rule::UnsafeLink,
        Rule::WrongType,
    ];

    /// The name, in kebab case.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The entry in the manual.
    #[expect(clippy::too_many_lines, reason = "a table of like items")]
    pub fn entry(self) -> Entry {
        use Severity::{Error, Warning};
        let (name, severity, what, why, instead) = match self {
            Rule::AmbiguousDate => (
                "ambiguous-date",
                Warning,
                "a numeric date can be read in two ways, or lacks the order that decides",
                "`8/7` is the seventh of August to one reader and the eighth of July to the next.",
                "write the month as a word, write the date as `2025-08-07`, or set `date-order` in book.toml",
            ),
            Rule::AmbiguousName => (
                "ambiguous-name",
                Warning,
                "a name belongs to more than one entity, so it links to none",
                "a wrong link is worse than no link.",
                "say which one is meant under `mentions:` in the front matter, or write `[[slug|the words]]`",
            ),
            Rule::BadSlug => (
                "bad-slug",
                Error,
                "a slug, permalink or file name cannot be a part of an address",
                "a path that leaves the site, a device name of Windows, or a name over 200 bytes breaks the site for somebody.",
                "use lower-case letters, digits and single hyphens",
            ),
            Rule::BadValue => (
                "bad-value",
                Error,
                "a value has the right type but is not one of those that are allowed",
                "the page would say something that the desk did not mean.",
                "use one of the values that the message lists",
            ),
            Rule::BrokenLink => (
                "broken-link",
                Error,
                "a link names a file of the book that does not exist",
                "the reader would meet a page that is not there.",
                "name the file by its path from this one, or write `[[Title]]`",
            ),
            Rule::ControlCharacter => (
                "control-character",
                Error,
                "a text holds a control character that HTML and XML forbid",
                "feeds with such a character are refused whole by readers of feeds.",
                "delete the character; it often comes in with copied text",
            ),
            Rule::CrossingAnchor => (
                "crossing-anchor",
                Warning,
                "the words of one annotation begin inside those of another and end outside",
                "two notes cannot share half a stretch of words.",
                "put one pair of brackets inside the other, or one after the other",
            ),
            Rule::DoubledKey => (
                "doubled-key",
                Error,
                "a key is given twice in one table",
                "only one of the two values can hold, and it is not clear which.",
                "delete one of them",
            ),
            Rule::DuplicateParagraph => (
                "duplicate-paragraph",
                Warning,
                "a paragraph stands twice in a row",
                "wire copy often carries a caption twice.",
                "delete one of the two",
            ),
            Rule::EmptyImage => (
                "empty-image",
                Warning,
                "a picture has no file, as in `![]()`",
                "nothing would be shown where a picture was meant.",
                "put the picture under `image:` in the front matter with `file`, `alt`, `caption` and `credit`, and delete the line",
            ),
            Rule::FrontMatter => (
                "front-matter",
                Error,
                "the YAML between the `---` lines is missing, unclosed, too large, or not well formed",
                "without it nobody knows the headline and the date.",
                "begin the file with `---`, a `key: value` a line, and another `---`",
            ),
            Rule::FutureDate => (
                "future-date",
                Warning,
                "a date in the text lies after the day of the brief, and the words do not say so",
                "a brief reports what has happened; the year or the order of day and month is often the mistake.",
                "write the date in full, with its year",
            ),
            Rule::MissingAlt => (
                "missing-alt",
                Warning,
                "a picture has no `alt` text",
                "who cannot see the picture learns nothing of it.",
                "describe in a few words what the picture shows",
            ),
            Rule::MissingFile => (
                "missing-file",
                Error,
                "a file named in front matter or settings is not in `static/`",
                "the page would show a broken picture.",
                "add the file, or name one that is there",
            ),
            Rule::MissingKey => (
                "missing-key",
                Error,
                "a key that must be there is not",
                "a brief needs a headline and a date, an entity a name and a kind.",
                "add the key to the front matter",
            ),
            Rule::NearName => (
                "near-name",
                Warning,
                "a name is no entity but very nearly one",
                "a letter gone wrong costs the link and the backlink.",
                "write the name as the registry has it, if that one is meant",
            ),
            Rule::PathClash => (
                "path-clash",
                Error,
                "two pages would have the same address, also when capitals or the form of accents are ignored",
                "one would overwrite the other; on some disks only there.",
                "give one of them another `slug`",
            ),
            Rule::RawHtml => (
                "raw-html",
                Warning,
                "a text holds HTML, which is left out",
                "HTML in a text can run programs in the reader's browser.",
                "write it in Markdown, or set `raw-html = \"sanitize\"` in book.toml",
            ),
            Rule::RoleDates => (
                "role-dates",
                Warning,
                "a date range ends before it begins",
                "the role would never be shown.",
                "swap the two dates",
            ),
            Rule::StaleRole => (
                "stale-role",
                Warning,
                "a text gives somebody a title that the registry dates to another time",
                "an old title in wire copy is easily taken over.",
                "write the role held that day, or mend the dates of the role in the entity's file",
            ),
            Rule::Template => (
                "template",
                Error,
                "a template cannot be read or rendered",
                "the page cannot be made.",
                "mend the template at the place shown; delete it to go back to the default theme's",
            ),
            Rule::TrailingByline => (
                "trailing-byline",
                Warning,
                "a text ends with a byline, as in wire copy",
                "a name at the end of the text is in no list and no feed.",
                "put the names under `by:` and the sources under `sources:` in the front matter, and delete the line",
            ),
            Rule::UndefinedFootnote => (
                "undefined-footnote",
                Error,
                "a footnote is referred to and not defined",
                "the note that backs the words is lost.",
                "add `[^name]: …` at the end of the file",
            ),
            Rule::UnknownEntity => (
                "unknown-entity",
                Error,
                "a name written in `[[ ]]`, in `mentions:` or as a relation is no entity's",
                "the link would lead nowhere.",
                "write the name as the registry has it, or add a file for it under content/entities/",
            ),
            Rule::UnknownKey => (
                "unknown-key",
                Error,
                "a key is not one that Dateline knows",
                "a misspelt key would be ignored in silence.",
                "use the key that the help names, or delete the line",
            ),
            Rule::UnknownStoryline => (
                "unknown-storyline",
                Error,
                "a storyline has no file",
                "the brief would be missing from the story it belongs to.",
                "add the file under content/storylines/, or write the slug of one that exists",
            ),
            Rule::UnreadableFile => (
                "unreadable-file",
                Error,
                "a file cannot be taken: it is no UTF-8, holds a NUL, is a link or a device, or is too large",
                "a link could bring in anything on the machine, and a text in another encoding would come out garbled.",
                "save the file as UTF-8; put a copy where the link is",
            ),
            Rule::UnreferencedFootnote => (
                "unreferenced-footnote",
                Warning,
                "a footnote is defined and never referred to",
                "the note would not be shown anywhere.",
                "put `[^name]` after the words it belongs to, or delete it",
            ),
            Rule::UnsafeLink => (
                "unsafe-link",
                Error,
                "a link has a scheme that can run a program, such as `javascript:` or `data:`",
                "it could act in the reader's name.",
                "link to an `https:` address, a file of the book, or an entity",
            ),
            Rule::WrongType => (
                "wrong-type",
                Error,
                "a value is not of the type that its key wants",
                "a date that is no date, or a list where one text is wanted, cannot be shown.",
                "write the value as the help shows",
            ),
        };
        Entry { name, severity, what, why, instead }
    }

    /// The entry as `--explain` prints it.
    pub fn explain(self) -> String {
        let Entry { name, severity, what, why, instead } = self.entry();
        let severity = severity.word();
        format!(
            "{name} ({severity})\n\nWhat     {what}.\nWhy      {why}\nInstead  {instead}.\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_sorted_by_name_and_each_is_listed_once() {
        let names: Vec<_> = Rule::ALL.iter().map(|rule| rule.name()).collect();
        assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
    }
}

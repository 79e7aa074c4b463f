//! `dateline init`: a book that builds.

mod address;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::bail;

use crate::cmd::init::address::{GithubRepository, domain};
use crate::cmd::outcome::Outcome;
use crate::diagnostic::{Rule, printable};
use crate::disk::{self, FolderState};
use crate::layout::SETTINGS;

/// Start a book: settings, two briefs, three entities, a workflow for GitHub Pages
///
/// The new book builds as it is. No file is ever overwritten. The address of the site is
/// guessed from a CNAME file, from --github, or from the folder's remote `origin`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  dateline init harbor-desk
  dateline init harbor-desk --title \"The Harbor Desk\" --github harbor-desk/briefs
  dateline init --force              in a folder that holds other files")]
pub(super) struct Init {
    /// The folder, which is created if it does not exist
    #[arg(default_value = ".", value_name = "DIR")]
    folder: PathBuf,
    /// The name of the site; by default it comes from the name of the folder
    #[arg(long)]
    title: Option<String>,
    /// The repository on GitHub that will hold the book
    #[arg(long, value_name = "OWNER/REPO")]
    github: Option<GithubRepository>,
    /// Use a folder that holds other files, without changing any of them
    #[arg(long)]
    force: bool,
}

/// The files of a new book: path, text.
const FILES: &[(&str, &str)] = &[
    (".gitignore", include_str!("init/book/gitignore")),
    (".github/workflows/pages.yml", include_str!("init/book/pages.yml")),
    (
        "content/briefs/2025/2025-03-07-norwick-talks-break-off.md",
        include_str!(
            "init/book/content/briefs/2025/2025-03-07-norwick-talks-break-off.md"
        ),
    ),
    (
        "content/briefs/2025/2025-03-14-dock-strike-begins.md",
        include_str!("init/book/content/briefs/2025/2025-03-14-dock-strike-begins.md"),
    ),
    (
        "content/entities/ada-holm.md",
        include_str!("init/book/content/entities/ada-holm.md"),
    ),
    (
        "content/entities/harbor-union.md",
        include_str!("init/book/content/entities/harbor-union.md"),
    ),
    (
        "content/entities/norwick.md",
        include_str!("init/book/content/entities/norwick.md"),
    ),
    // The last: a folder without it is no book yet.
    (SETTINGS, include_str!("init/book/book.toml")),
];

/// Where this program comes from, as far as it was told when it was compiled: by Cargo.toml's
/// `repository`, or by the variables that the workflow of a release, and that of a book, set.
struct ProgramOrigin {
    /// Where its releases are; empty if that is not known.
    releases: String,
    /// Its repository; empty if that is not known.
    repository: &'static str,
    /// The commit of it; empty if that is not known.
    commit: &'static str,
}

impl ProgramOrigin {
    fn known() -> ProgramOrigin {
        let told = option_env!("DATELINE_RELEASES").unwrap_or_default();
        let repository = env!("CARGO_PKG_REPOSITORY").trim_end_matches('/');
        let releases = match (told, repository) {
            ("", "") => String::new(),
            ("", repository) => format!("{repository}/releases/download"),
            (told, _) => told.to_owned(),
        };
        let source = option_env!("DATELINE_REPOSITORY").unwrap_or_default();
        ProgramOrigin {
            releases,
            repository: if source.is_empty() { repository } else { source },
            commit: option_env!("DATELINE_COMMIT").unwrap_or_default(),
        }
    }

    /// Whether the workflow of a book can get the program.
    fn is_known(&self) -> bool {
        !self.releases.is_empty()
            || !self.repository.is_empty() && !self.commit.is_empty()
    }
}

impl Init {
    /// Makes the files and says what to do next.
    pub(super) fn run(&self, out: &mut impl Write) -> anyhow::Result<Outcome> {
        let state = disk::survey(&self.folder)?;
        let shown = printable(&self.folder.to_string_lossy());
        if state.names.iter().any(|name| name == SETTINGS) {
            bail!("{shown} is already a book: it has a book.toml; nothing was changed");
        }
        let (kept, added): (Vec<_>, Vec<_>) =
            FILES.iter().partition(|(path, _)| disk::is_there(&self.folder, path));
        let is_stranger = |name: &&String| !matches!(&***name, ".git" | "CNAME");
        let strangers: Vec<&str> =
            state.names.iter().filter(is_stranger).map(String::as_str).collect();
        if !strangers.is_empty() && !self.force {
            let added: Vec<_> =
                added.iter().map(|(path, _)| format!("\n  {path}")).collect();
            bail!(
                "{shown} holds other files ({}): with --force these are added, and no file is changed:{}",
                some_of(&strangers),
                added.concat()
            );
        }
        let title = self.title(&state)?;
        let book = Book::new(title, self.github.as_ref(), &state);
        let files: Vec<(String, String)> = added
            .iter()
            .map(|(path, text)| ((*path).to_owned(), book.fill(text)))
            .collect();
        disk::create_all(&self.folder, &files)?;
        let title = printable(&book.title);
        writeln!(out, "made the book {title} in {shown}: {} files", files.len())?;
        for (path, _) in kept {
            writeln!(out, "kept {path} as it was")?;
        }
        for line in book.notes(&state) {
            writeln!(out, "note: {line}")?;
        }
        out.write_all(printable(&next(&self.folder)).as_bytes())?;
        Ok(Outcome::Done)
    }

    /// The title, on one line.
    fn title(&self, state: &FolderState) -> anyhow::Result<String> {
        let given = self.title.as_deref();
        let title = given.map_or_else(|| title_of(&state.name), one_line);
        if title.is_empty() {
            bail!(
                "a title needs at least one letter: give one with --title \"The Harbor Desk\""
            );
        }
        Ok(title)
    }
}

/// What the placeholders of the files stand for.
struct Book {
    title: String,
    site: Option<String>,
    cname: Option<String>,
    repository: Option<GithubRepository>,
    branch: String,
}

impl Book {
    fn new(
        title: String,
        github: Option<&GithubRepository>,
        state: &FolderState,
    ) -> Book {
        let remote = || GithubRepository::of_remote(state.origin.as_deref()?);
        let repository = github.cloned().or_else(remote);
        let cname = state.cname.as_deref().and_then(domain);
        let site = match (&cname, &repository) {
            (Some(cname), _) => Some(format!("https://{cname}/")),
            (None, Some(repository)) => Some(repository.site()),
            (None, None) => None,
        };
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
        let branch = state.branch.as_deref().filter(|it| it.chars().all(is_plain));
        let branch = branch.unwrap_or("main").to_owned();
        Book { title, site, cname, repository, branch }
    }

    /// The host of the site, where that is a name.
    fn host(&self) -> Option<String> {
        let rest = self.site.as_deref()?.split_once("://")?.1;
        let host = rest.split(['/', ':']).next()?.to_lowercase();
        let is_sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
        (!host.is_empty() && host.chars().all(is_sign)).then_some(host)
    }

    fn fill(&self, text: &str) -> String {
        let line = |key: &str, value: Option<&str>, example: &str| {
            if let Some(value) = value {
                return format!("{key} = {}", quoted(value));
            }
            let setting = format!("# {key} = {}", quoted(example));
            format!("{setting:<34} # unset")
        };
        let url = self.repository.as_ref().map(GithubRepository::url);
        let edit = url.as_ref().map(|url| format!("{url}/edit/{}/{{path}}", self.branch));
        let origin = ProgramOrigin::known();
        let places = [
            (
                "@SITE_URL@",
                line("site-url", self.site.as_deref(), "https://example.org/repo/"),
            ),
            ("@FEED_ID@", line("feed-id", self.host().as_deref(), "news.example")),
            ("@CNAME@", line("cname", self.cname.as_deref(), "example.org")),
            (
                "@GIT_REPOSITORY_URL@",
                line(
                    "git-repository-url",
                    url.as_deref(),
                    "https://github.com/OWNER/REPO",
                ),
            ),
            (
                "@EDIT_URL_TEMPLATE@",
                line(
                    "edit-url-template",
                    edit.as_deref(),
                    "https://github.com/OWNER/REPO/edit/main/{path}",
                ),
            ),
            ("@VERSION@", env!("CARGO_PKG_VERSION").to_owned()),
            ("@RELEASES@", origin.releases),
            ("@SOURCE@", origin.repository.to_owned()),
            ("@COMMIT@", origin.commit.to_owned()),
            ("@RULES@", rules()),
            ("@TITLE@", quoted(&self.title)), // the last: a title may look like one of them
        ];
        places
            .iter()
            .fold(text.to_owned(), |text, (place, with)| text.replace(place, with))
    }

    /// What is left to the user.
    fn notes(&self, state: &FolderState) -> Vec<String> {
        let mut notes = Vec::new();
        if state.cname.is_some() && self.cname.is_none() {
            notes.push("CNAME holds no domain name and was not used".to_owned());
        }
        if self.site.is_none() {
            notes.push(
                "set site-url in book.toml when you know it: feeds and sitemap need it"
                    .to_owned(),
            );
        }
        if !ProgramOrigin::known().is_known() {
            notes.push(
                "fill in DATELINE_RELEASES, or DATELINE_REPOSITORY and DATELINE_COMMIT, at the top of .github/workflows/pages.yml: this program does not know where it comes from"
                    .to_owned(),
            );
        }
        notes
    }
}

/// Every rule and its weight, a comment each.
fn rules() -> String {
    let line = |rule: &Rule| {
        let entry = rule.entry();
        let setting = format!("# {} = \"{}\"", entry.name, entry.severity.word());
        format!("{setting:<34} # {}", entry.what)
    };
    Rule::ALL.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// `harbor-desk` is the Harbor Desk. Empty if the name has neither letter nor digit.
fn title_of(name: &str) -> String {
    let name = name.strip_suffix(".github.io").unwrap_or(name);
    let words = name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '.');
    let words = words.filter(|word| word.contains(char::is_alphanumeric));
    let capital = |word: &str| {
        let mut rest = word.chars();
        let first = rest.next().into_iter().flat_map(char::to_uppercase);
        first.chain(rest).collect::<String>()
    };
    words.map(capital).collect::<Vec<_>>().join(" ")
}

/// A text without line ends and control characters.
fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A TOML string. Without control characters JSON's escapes are TOML's (TOML 1.0, String).
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text becomes JSON")
}

fn some_of(names: &[&str]) -> String {
    let mut shown = names.iter().take(5).copied().collect::<Vec<_>>().join(", ");
    if names.len() > 5 {
        shown += ", …";
    }
    shown
}

/// Three lines on how to go on.
fn next(folder: &Path) -> String {
    let root = if folder == Path::new(".") {
        String::new()
    } else {
        format!(" --root {}", shell_word(&folder.to_string_lossy()))
    };
    format!(
        "next:
  dateline serve{root} --open    shows it in the browser, and every save
  dateline build{root}           writes the site to public/
  push it to GitHub: .github/workflows/pages.yml publishes it, once Settings, Pages, Source is \"GitHub Actions\"
"
    )
}

/// A word for a shell, in quotes if need be.
fn shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./\\:".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_s_name_becomes_a_title() {
        let cases = [
            ("", ""),
            ("...", ""),
            ("harbor-desk", "Harbor Desk"),
            ("the_harbor_desk", "The Harbor Desk"),
            ("harbor.github.io", "Harbor"),
            ("łódź", "Łódź"),
            ("Desk 2.0", "Desk 2.0"),
            ("a\"b\u{1b}[31m", "A B 31m"),
        ];
        for (name, expected) in cases {
            assert_eq!(title_of(name), expected, "{name:?}");
        }
    }

    #[test]
    fn a_folder_is_one_word_to_a_shell() {
        let cases = [("a/b-c", "a/b-c"), ("a b", "'a b'"), ("it's", "'it'\\''s'")];
        for (text, expected) in cases {
            assert_eq!(shell_word(text), expected, "{text}");
        }
    }
}
